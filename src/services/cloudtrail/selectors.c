#include "services/cloudtrail/selectors.h"

#include "services/cloudtrail/trail.h"

const str SELECTORS_S3 = STR_INIT("AWS::S3::Object");
const str SELECTORS_GIT = STR_INIT("AWS::CodeCommit::Repository");

/* ---- Kept ---------------------------------------------------------------------------------- */

static void fill_preset(struct arena *arena, struct selectors *ret)
{
    struct cloudtrail_EventSelector *all = arena_new(arena, struct cloudtrail_EventSelector);

    *all = (struct cloudtrail_EventSelector){
            .ReadWriteType = STR("All"),
            .IncludeManagementEvents = SOME_BOOL(true),
            .DataResources = {.is_set = true},
            .ExcludeManagementEventSources = {.is_set = true},
    };
    *ret = (struct selectors){.basic = {all, 1, true}};
}

int selectors_load(struct arena *arena, str json, struct selectors *ret, struct error *err)
{
    struct cloudtrail_GetEventSelectorsResponse kept = {0};
    int r;

    if (!json.ptr) {
        fill_preset(arena, ret);
        return 0;
    }
    r = shape_from_json(arena, cloudtrail_type_GetEventSelectorsResponse, json, &kept, err);
    if (r >= 0)
        *ret = (struct selectors){kept.EventSelectors, kept.AdvancedEventSelectors};
    return r;
}

bool selectors_are_custom(str json)
{
    return json.ptr;
}

/* Git transfers are management events, as AWS has them, that can be selected by repository too. */
static bool is_git_transfer(const json_t *record)
{
    str name = json_member_str(record, "eventName");

    return str_eq(json_member_str(record, "eventSource"), STR("codecommit.amazonaws.com")) &&
           (str_eq(name, STR("GitPull")) || str_eq(name, STR("GitPush")));
}

static str type_of_data(const json_t *record)
{
    return is_git_transfer(record) ? SELECTORS_GIT : SELECTORS_S3;
}

static bool has_value(struct str_list list, str value)
{
    for (size_t i = 0; i < list.len; i++)
        if (str_eq(list.items[i], value))
            return true;
    return false;
}

static bool is_of_category(const struct cloudtrail_AdvancedEventSelector *selector, str category)
{
    for (size_t i = 0; i < selector->FieldSelectors.len; i++)
        if (str_eq(selector->FieldSelectors.items[i].Field, STR("eventCategory")))
            return has_value(selector->FieldSelectors.items[i].Equals, category);
    return false;
}

bool selectors_want_data(str json)
{
    AUTO_ARENA struct arena scratch = {0};
    struct selectors selectors;
    struct error err;

    if (!json.ptr || selectors_load(&scratch, json, &selectors, &err) < 0)
        return false;
    for (size_t i = 0; i < selectors.basic.len; i++)
        if (selectors.basic.items[i].DataResources.len)
            return true;
    for (size_t i = 0; i < selectors.advanced.len; i++)
        if (is_of_category(&selectors.advanced.items[i], STR("Data")))
            return true;
    return false;
}

/* ---- Matching ------------------------------------------------------------------------------ */

static bool is_true(const json_t *record, const char *name)
{
    return json_is_true(json_member(record, name));
}

static bool matches_management(
        const struct cloudtrail_EventSelector *selector, const json_t *record)
{
    bool is_included =
            !selector->IncludeManagementEvents.is_set || selector->IncludeManagementEvents.value;

    return is_included && !has_value(selector->ExcludeManagementEventSources,
                                  json_member_str(record, "eventSource"));
}

/* "arn:aws:s3:::bucket/prefix"; a call on a bucket is on all that begins with "bucket/". A
 * repository has one ARN, or "arn:aws:codecommit" means all. */
static bool is_below(str arn, str prefix)
{
    if (str_starts(arn, STR("arn:aws:codecommit:")))
        return str_eq(arn, prefix) || str_eq(prefix, STR("arn:aws:codecommit"));
    return str_starts(arn, prefix) ||
           (str_find_char(arn, '/') < 0 && prefix.len == arn.len + 1 && str_starts(prefix, arn));
}

static bool touches(const struct cloudtrail_DataResource *wanted, const json_t *record)
{
    const json_t *resources = json_member(record, "resources");

    if (!str_eq(wanted->Type, type_of_data(record)))
        return false;
    for (size_t i = 0; i < json_array_size(resources); i++) {
        str arn = json_member_str(json_array_get(resources, i), "ARN");

        for (size_t k = 0; k < wanted->Values.len; k++)
            if (is_below(arn, wanted->Values.items[k]))
                return true;
    }
    return false;
}

static bool matches_basic(
        const struct cloudtrail_EventSelector *selector, const json_t *record, bool is_data)
{
    bool is_read = is_true(record, "readOnly");

    if (str_eq(selector->ReadWriteType, is_read ? STR("WriteOnly") : STR("ReadOnly")))
        return false;
    if (!is_data && matches_management(selector, record))
        return true;
    if (!is_data && !is_git_transfer(record))
        return false;
    for (size_t i = 0; i < selector->DataResources.len; i++)
        if (touches(&selector->DataResources.items[i], record))
            return true;
    return false;
}

/* The values of a record that a field looks at, at most two here: the ARNs of a copy. */
struct values {
    str items[16];
    size_t len;
};

static struct values values_of(str field, const json_t *record, bool is_of_data)
{
    const json_t *resources = json_member(record, "resources");
    struct values values = {.len = 1};

    if (str_eq(field, STR("eventCategory")))
        values.items[0] = is_of_data && is_git_transfer(record)
                                  ? STR("Data")
                                  : json_member_str(record, "eventCategory");
    else if (str_eq(field, STR("eventSource")))
        values.items[0] = json_member_str(record, "eventSource");
    else if (str_eq(field, STR("eventName")))
        values.items[0] = json_member_str(record, "eventName");
    else if (str_eq(field, STR("eventType")))
        values.items[0] = json_member_str(record, "eventType");
    else if (str_eq(field, STR("readOnly")))
        values.items[0] = is_true(record, "readOnly") ? STR("true") : STR("false");
    else if (str_eq(field, STR("userIdentity.arn")))
        values.items[0] = json_member_str(json_member(record, "userIdentity"), "arn");
    else if (str_eq(field, STR("resources.type")))
        values.items[0] = type_of_data(record);
    else
        for (values.len = 0; values.len < json_array_size(resources) && values.len < 16;
                values.len++)
            values.items[values.len] =
                    json_member_str(json_array_get(resources, values.len), "ARN");
    return values;
}

typedef bool compare_fn(str value, str wanted);

static bool any(const struct values *values, struct str_list wanted, compare_fn *compare)
{
    for (size_t i = 0; i < values->len; i++)
        for (size_t k = 0; k < wanted.len; k++)
            if (compare(values->items[i], wanted.items[k]))
                return true;
    return false;
}

static bool matches_field(
        const struct cloudtrail_AdvancedFieldSelector *field, const json_t *record, bool is_of_data)
{
    struct values values = values_of(field->Field, record, is_of_data);

    return (!field->Equals.len || any(&values, field->Equals, str_eq)) &&
           (!field->StartsWith.len || any(&values, field->StartsWith, str_starts)) &&
           (!field->EndsWith.len || any(&values, field->EndsWith, str_ends)) &&
           !any(&values, field->NotEquals, str_eq) &&
           !any(&values, field->NotStartsWith, str_starts) &&
           !any(&values, field->NotEndsWith, str_ends);
}

static bool matches_advanced(
        const struct cloudtrail_AdvancedEventSelector *selector, const json_t *record)
{
    bool is_of_data = is_of_category(selector, STR("Data"));

    for (size_t i = 0; i < selector->FieldSelectors.len; i++)
        if (!matches_field(&selector->FieldSelectors.items[i], record, is_of_data))
            return false;
    return true;
}

bool selectors_match(const struct selectors *selectors, const json_t *record)
{
    bool is_data = str_eq(json_member_str(record, "eventCategory"), STR("Data"));

    for (size_t i = 0; i < selectors->basic.len; i++)
        if (matches_basic(&selectors->basic.items[i], record, is_data))
            return true;
    for (size_t i = 0; i < selectors->advanced.len; i++)
        if (matches_advanced(&selectors->advanced.items[i], record))
            return true;
    return false;
}
