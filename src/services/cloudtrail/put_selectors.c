/*
 * put_selectors - PutEventSelectors, and what it refuses; GetEventSelectors
 *
 * What could never match here is refused, not kept: data events other than those of S3 objects
 * and git transfers, fields that no record has.
 */
#include "services/cloudtrail/selectors.h"
#include "services/cloudtrail/trail.h"

enum {
    SELECTORS_MAX = 5,      /* basic, of a trail */
    DATA_VALUES_MAX = 250,  /* of all basic selectors */
    FIELD_VALUES_MAX = 500, /* of all advanced selectors */
    VALUE_MAX = 2048,
};

#define invalid(call, ...) call_fail(call, &cloudtrail_InvalidEventSelectorsException, __VA_ARGS__)

/* ---- Basic --------------------------------------------------------------------------------- */

static bool is_repository(str value)
{
    struct arn arn;

    return str_eq(value, STR("arn:aws:codecommit")) ||
           (value.len <= VALUE_MAX && arn_parse(value, &arn) == 0 &&
                   str_eq(arn.service, STR("codecommit")) && arn.resource.len > 0);
}

static int check_data_value(struct call *call, str type, str value)
{
    str rest = value;
    bool is_all = str_eq(value, STR("arn:aws:s3")) || str_eq(value, STR("arn:aws:s3:::"));

    if (str_eq(type, SELECTORS_GIT) && is_repository(value))
        return 0;
    if (!str_eq(type, SELECTORS_GIT) &&
            (is_all || (value.len <= VALUE_MAX && str_take_prefix(&rest, STR("arn:aws:s3:::")) &&
                               str_find_char(rest, '/') > 0)))
        return 0;
    return invalid(
            call, "Value %.*s for DataResources.Values is invalid.", STR_ARG(str_head(value, 256)));
}

static int check_data_resource(
        struct call *call, const struct cloudtrail_DataResource *resource, size_t *values)
{
    int r = 0;

    if (str_starts(resource->Type, STR("AWS::Lambda::")) ||
            str_starts(resource->Type, STR("AWS::DynamoDB::")))
        return invalid(call,
                "Data events of the type %.*s do not occur in this version of Slipway: "
                "AWS::S3::Object and AWS::CodeCommit::Repository do.",
                STR_ARG(resource->Type));
    if (!str_eq(resource->Type, SELECTORS_S3) && !str_eq(resource->Type, SELECTORS_GIT))
        return invalid(call, "Value %.*s for DataResources.Type is invalid.",
                STR_ARG(str_head(resource->Type, 256)));
    for (size_t i = 0; i < resource->Values.len && r == 0; i++)
        r = check_data_value(call, resource->Type, resource->Values.items[i]);
    *values += resource->Values.len;
    return r;
}

static int check_source(struct call *call, str source)
{
    if (str_eq(source, STR("kms.amazonaws.com")) || str_eq(source, STR("rdsdata.amazonaws.com")))
        return 0;
    return invalid(
            call, "The event source %.*s cannot be excluded.", STR_ARG(str_head(source, 256)));
}

static int check_basic(struct call *call, const struct cloudtrail_EventSelectors *selectors)
{
    size_t values = 0;
    int r = 0;

    if (selectors->len > SELECTORS_MAX)
        return invalid(call, "A trail can have up to %d event selectors.", SELECTORS_MAX);
    for (size_t i = 0; i < selectors->len && r == 0; i++) {
        struct cloudtrail_EventSelector *selector = &selectors->items[i];

        if (!selector->ReadWriteType.ptr)
            selector->ReadWriteType = STR("All");
        if (!selector->IncludeManagementEvents.is_set)
            selector->IncludeManagementEvents = SOME_BOOL(true);
        selector->DataResources.is_set = true;
        selector->ExcludeManagementEventSources.is_set = true;
        if (!selector->IncludeManagementEvents.value && !selector->DataResources.len)
            return invalid(call, "An event selector must select management events, data events, "
                                 "or both.");
        for (size_t k = 0; k < selector->DataResources.len && r == 0; k++)
            r = check_data_resource(call, &selector->DataResources.items[k], &values);
        for (size_t k = 0; k < selector->ExcludeManagementEventSources.len && r == 0; k++)
            r = check_source(call, selector->ExcludeManagementEventSources.items[k]);
    }
    if (r == 0 && values > DATA_VALUES_MAX)
        return invalid(call, "The number of data resources exceeds %d.", DATA_VALUES_MAX);
    return r;
}

/* ---- Advanced ------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    bool of_management, only_equals;
} fields[] = {
        {"eventCategory", true, true},
        {"readOnly", true, true},
        {"eventSource", true, false},
        {"resources.type", false, true},
        {"resources.ARN", false, false},
        {"eventName", false, false},
        {"eventType", false, false},
        {"userIdentity.arn", false, false},
};

/* The operators of a field, to be looked at alike. */
static size_t operators_of(
        const struct cloudtrail_AdvancedFieldSelector *field, struct str_list ret[6])
{
    size_t used = 0;

    ret[0] = field->Equals;
    ret[1] = field->StartsWith;
    ret[2] = field->EndsWith;
    ret[3] = field->NotEquals;
    ret[4] = field->NotStartsWith;
    ret[5] = field->NotEndsWith;
    for (size_t i = 0; i < 6; i++)
        used += ret[i].len;
    return used;
}

static int check_field(struct call *call, const struct cloudtrail_AdvancedFieldSelector *field,
        bool is_management, size_t *values)
{
    struct str_list operators[6];
    size_t used = operators_of(field, operators), i = 0;
    size_t known = sizeof(fields) / sizeof(*fields);

    while (i < known && !str_eq(field->Field, str_of(fields[i].name)))
        i++;
    if (i == known || (is_management && !fields[i].of_management))
        return invalid(call, "The field %.*s cannot be used in a selector of %s events.",
                STR_ARG(str_head(field->Field, 256)), is_management ? "management" : "data");
    if (!used)
        return invalid(call, "The field %.*s has no values.", STR_ARG(field->Field));
    if (fields[i].only_equals && used != field->Equals.len)
        return invalid(call, "The field %s can be used with Equals only.", fields[i].name);
    if (is_management && str_eq(field->Field, STR("eventSource")) && used != field->NotEquals.len)
        return invalid(call, "The field eventSource of management events can be used with "
                             "NotEquals only.");
    *values += used;
    return 0;
}

static struct str_list equals_of(
        const struct cloudtrail_AdvancedEventSelector *selector, const char *name, size_t *count)
{
    struct str_list found = {0};

    *count = 0;
    for (size_t i = 0; i < selector->FieldSelectors.len; i++)
        if (str_eq(selector->FieldSelectors.items[i].Field, str_of(name))) {
            found = selector->FieldSelectors.items[i].Equals;
            ++*count;
        }
    return found;
}

static int check_shape(struct call *call, const struct cloudtrail_AdvancedEventSelector *selector)
{
    size_t count;
    struct str_list category = equals_of(selector, "eventCategory", &count), type, reads;

    if (count != 1 || category.len != 1 ||
            (!str_eq(category.items[0], STR("Management")) &&
                    !str_eq(category.items[0], STR("Data"))))
        return invalid(call, "An advanced event selector must have one eventCategory field that "
                             "Equals Management or Data.");
    for (size_t i = 0; i < selector->FieldSelectors.len; i++) {
        (void)equals_of(
                selector, str_cstr(call->arena, selector->FieldSelectors.items[i].Field), &count);
        if (count > 1)
            return invalid(call, "The field %.*s is used more than once.",
                    STR_ARG(str_head(selector->FieldSelectors.items[i].Field, 256)));
    }
    reads = equals_of(selector, "readOnly", &count);
    if (count && (reads.len != 1 || (!str_eq(reads.items[0], STR("true")) &&
                                            !str_eq(reads.items[0], STR("false")))))
        return invalid(call, "The field readOnly must be true or false.");
    if (str_eq(category.items[0], STR("Management")))
        return 0;
    type = equals_of(selector, "resources.type", &count);
    if (count != 1 || type.len != 1)
        return invalid(call, "A selector of data events must have one resources.type field with "
                             "one value.");
    if (!str_eq(type.items[0], SELECTORS_S3) && !str_eq(type.items[0], SELECTORS_GIT))
        return invalid(call,
                "Data events of the type %.*s do not occur in this version of Slipway: "
                "AWS::S3::Object and AWS::CodeCommit::Repository do.",
                STR_ARG(str_head(type.items[0], 256)));
    return 0;
}

static int check_advanced(
        struct call *call, const struct cloudtrail_AdvancedEventSelectors *selectors)
{
    size_t values = 0, count;

    for (size_t i = 0; i < selectors->len; i++) {
        const struct cloudtrail_AdvancedEventSelector *selector = &selectors->items[i];
        int r = check_shape(call, selector);

        if (r < 0)
            return r;
        bool is_management =
                str_eq(equals_of(selector, "eventCategory", &count).items[0], STR("Management"));
        for (size_t k = 0; k < selector->FieldSelectors.len && r == 0; k++)
            r = check_field(call, &selector->FieldSelectors.items[k], is_management, &values);
        if (r < 0)
            return r;
    }
    if (values > FIELD_VALUES_MAX)
        return invalid(call, "The number of values of all advanced event selectors exceeds %d.",
                FIELD_VALUES_MAX);
    return 0;
}

/* ---- The calls ----------------------------------------------------------------------------- */

int cloudtrail_PutEventSelectors(struct call *call,
        const struct cloudtrail_PutEventSelectorsRequest *in,
        struct cloudtrail_PutEventSelectorsResponse *out)
{
    struct cloudtrail_GetEventSelectorsResponse kept = {
            .EventSelectors = in->EventSelectors,
            .AdvancedEventSelectors = in->AdvancedEventSelectors,
    };
    struct trail trail;
    int r = trail_open_home(call, in->TrailName, &trail);

    if (r < 0)
        return r;
    if (!in->EventSelectors.len == !in->AdvancedEventSelectors.len)
        return invalid(call, "You must specify either EventSelectors or AdvancedEventSelectors, "
                             "and not both.");
    if ((r = check_basic(call, &in->EventSelectors)) < 0 ||
            (r = check_advanced(call, &in->AdvancedEventSelectors)) < 0)
        return r;
    kept.EventSelectors.is_set = kept.EventSelectors.len;
    kept.AdvancedEventSelectors.is_set = kept.AdvancedEventSelectors.len;
    trail.selectors = shape_to_json(call->arena, cloudtrail_type_GetEventSelectorsResponse, &kept);
    out->TrailARN = trail.arn;
    out->EventSelectors = kept.EventSelectors;
    out->AdvancedEventSelectors = kept.AdvancedEventSelectors;
    return trail_update(call, &trail);
}

int cloudtrail_GetEventSelectors(struct call *call,
        const struct cloudtrail_GetEventSelectorsRequest *in,
        struct cloudtrail_GetEventSelectorsResponse *out)
{
    struct selectors selectors;
    struct trail trail;
    int r = trail_open(call, in->TrailName, &trail);

    if (r == 0)
        r = selectors_load(call->arena, trail.selectors, &selectors, &call->tx->error);
    if (r < 0)
        return r;
    out->TrailARN = trail.arn;
    out->EventSelectors = selectors.basic;
    out->AdvancedEventSelectors = selectors.advanced;
    return 0;
}
