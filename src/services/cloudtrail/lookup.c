#include "gen/cloudtrail.h"
#include "services/cloudtrail/cloudtrail.h"
#include "services/cloudtrail/history.h"

#include "api/audit_resource.h"
#include "base/digest.h"
#include "base/json.h"

enum {
    LOOKUP_MAX = 50,
    QUESTION_LEN = 32, /* hexadecimal digits in a token */
};
static const int64_t SECOND_MS = 1000;

static const char *const attributes[] = {"EventId", "EventName", "ReadOnly", "Username",
        "ResourceType", "ResourceName", "EventSource", "AccessKeyId"};

static int parse_attribute(struct call *call, const struct cloudtrail_LookupAttribute *attribute,
        struct history_query *ret)
{
    str value = attribute->AttributeValue;

    for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++)
        if (str_eq(attribute->AttributeKey, str_of(attributes[i])))
            ret->attribute = attribute->AttributeKey;
    ret->value = value;
    if (!ret->attribute.ptr)
        return call_fail(call, &cloudtrail_InvalidLookupAttributesException,
                "The lookup attribute %.*s is not valid.", STR_ARG(attribute->AttributeKey));
    if (str_eq(ret->attribute, STR("ReadOnly")) && !str_eq(value, STR("true")) &&
            !str_eq(value, STR("false")))
        return call_fail(call, &cloudtrail_InvalidLookupAttributesException,
                "The value of the lookup attribute ReadOnly must be true or false.");
    if (str_eq(ret->attribute, STR("ResourceName")) && str_starts(value, STR("arn:")))
        ret->attribute = STR("ResourceArn");
    return 0;
}

/* A token goes on with the question that it was given for. */
static str question_of(struct call *call, const struct cloudtrail_LookupEventsRequest *in)
{
    const struct cloudtrail_LookupAttribute none = {
            .AttributeKey = STR(""), .AttributeValue = STR("")};
    const struct cloudtrail_LookupAttribute *asked =
            in->LookupAttributes.len ? in->LookupAttributes.items : &none;
    str text = str_printf(call->arena, "%.*s %lld %lld %.*s", STR_ARG(asked->AttributeKey),
            in->StartTime.is_set ? (long long)in->StartTime.ms : -1,
            in->EndTime.is_set ? (long long)in->EndTime.ms : -1, STR_ARG(asked->AttributeValue));

    return str_head(sha256_hex(call->arena, text), QUESTION_LEN);
}

static int parse_place(struct call *call, const struct cloudtrail_LookupEventsRequest *in,
        struct history_query *ret)
{
    str position, time, question;
    int r = page_open(call, in->NextToken, &cloudtrail_InvalidNextTokenException, &position);

    if (r < 0 || !position.ptr)
        return r;
    if (!str_cut(&position, ' ', &question) || !str_eq(question, question_of(call, in)) ||
            !str_cut(&position, ' ', &time) || str_to_i64(time, &ret->before.time) < 0)
        return call_fail(call, &cloudtrail_InvalidNextTokenException,
                "The specified pagination token is not valid.");
    ret->before.event_id = position;
    return 0;
}

/* Events have their time in seconds: both ends of a range mean the whole second. */
static int parse(struct call *call, const struct cloudtrail_LookupEventsRequest *in,
        struct history_query *ret)
{
    int64_t end = in->EndTime.is_set ? in->EndTime.ms : call->now;

    *ret = (struct history_query){0};
    if (in->EventCategory.ptr)
        return call_fail(call, &cloudtrail_InvalidEventCategoryException,
                "Insights events are not recorded by this version of Slipway.");
    if (in->StartTime.is_set && in->EndTime.is_set && in->StartTime.ms > in->EndTime.ms)
        return call_fail(call, &cloudtrail_InvalidTimeRangeException,
                "The start time must not be later than the end time.");
    if (in->LookupAttributes.len > 1)
        return call_fail(call, &cloudtrail_InvalidLookupAttributesException,
                "You can specify only one lookup attribute.");
    if (in->StartTime.is_set)
        ret->from = in->StartTime.ms / SECOND_MS * SECOND_MS;
    ret->before.time = end / SECOND_MS * SECOND_MS + SECOND_MS;
    ret->before.event_id = STR("");
    int r = in->LookupAttributes.len ? parse_attribute(call, in->LookupAttributes.items, ret) : 0;
    return r < 0 ? r : parse_place(call, in, ret);
}

/* The resources stand in the record. */
static int fill_resources(struct call *call, str record, struct cloudtrail_Event *ret)
{
    AUTO_JSON json_t *json = NULL;
    struct error err;
    int r = json_parse(record, &json, &err);

    if (r < 0)
        return error_set(&call->tx->error, -r, "a record of the audit is damaged: %s", err.text);
    const json_t *resources = json_member(json, "resources");
    ret->Resources.is_set = true;
    ret->Resources.items =
            arena_array(call->arena, json_array_size(resources), struct cloudtrail_Resource);
    for (size_t i = 0; i < json_array_size(resources); i++) {
        const json_t *resource = json_array_get(resources, i);
        str arn = str_dup(call->arena, json_member_str(resource, "ARN"));

        ret->Resources.items[ret->Resources.len++] = (struct cloudtrail_Resource){
                .ResourceType = audit_resource_type(arn),
                .ResourceName = audit_resource_name(arn),
        };
    }
    return 0;
}

static int fill(struct call *call, const struct audit_item *item, struct cloudtrail_Event *ret)
{
    *ret = (struct cloudtrail_Event){
            .EventId = item->event_id,
            .EventTime = SOME_TIME(item->time / SECOND_MS * SECOND_MS),
            .EventSource = item->event_source,
            .EventName = item->event_name,
            .ReadOnly = item->is_read ? STR("true") : STR("false"),
            .Username = item->user_name,
            .AccessKeyId = item->access_key,
            .CloudTrailEvent = item->record,
    };
    return fill_resources(call, item->record, ret);
}

int cloudtrail_LookupEvents(struct call *call, const struct cloudtrail_LookupEventsRequest *in,
        struct cloudtrail_LookupEventsResponse *out)
{
    size_t limit = (size_t)page_limit(in->MaxResults, LOOKUP_MAX, LOOKUP_MAX);
    struct history_query query;
    struct history history;
    int r = parse(call, in, &query);

    query.limit = limit + 1;
    if (r < 0 || (r = history_read(call->tx, call->account, call->region, &query, &history)) < 0)
        return r;
    out->Events.is_set = true;
    out->Events.len = history.len < limit ? history.len : limit;
    out->Events.items = arena_array(call->arena, out->Events.len, struct cloudtrail_Event);
    for (size_t i = 0; i < out->Events.len; i++)
        if ((r = fill(call, &history.items[i], &out->Events.items[i])) < 0)
            return r;
    if (history.len > limit)
        out->NextToken = page_seal(
                call, str_printf(call->arena, "%.*s %lld %.*s", STR_ARG(question_of(call, in)),
                              (long long)history.items[limit - 1].time,
                              STR_ARG(history.items[limit - 1].event_id)));
    return 0;
}
