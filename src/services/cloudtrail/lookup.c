/*
 * LookupEvents. Each attribute has a query of its own, which walks an index that ends
 * with (time, event_id) backwards from where the last page ended: a page costs its own
 * length, however long the history is.
 */
#include "gen/cloudtrail.h"
#include "services/cloudtrail/cloudtrail.h"

#include "api/audit_resource.h"
#include "base/json.h"

enum {
    LOOKUP_MAX = 50,
};
static const int64_t SECOND_MS = 1000;

#define COLUMNS                                                                                    \
    "select e.event_id, e.time, e.event_source, e.event_name, e.read_only, e.user_name, "          \
    "e.access_key, e.record from audit_event e "
/* $1 account, $2 region, $3 the value, $4 from, $5 and $6 before this place, $7 limit */
#define WHERE "where e.account = $1 and e.region = $2 and "
#define PAGE                                                                                       \
    " and e.time >= $4 and (e.time, e.event_id) < ($5, $6) order by e.time desc, e.event_id desc " \
    "limit $7"
#define BY_RESOURCE(column)                                                                        \
    COLUMNS "join (select distinct time, event_id from audit_resource where account = $1 and "     \
            "region = $2 and " column " = $3 and time >= $4 and (time, event_id) < ($5, $6) "      \
            "order by time desc, event_id desc limit $7) r on r.event_id = e.event_id "            \
            "order by e.time desc, e.event_id desc"

static const struct {
    const char *key, *sql;
} lookups[] = {
        {"EventId", COLUMNS WHERE "e.event_id = $3" PAGE},
        {"EventName", COLUMNS WHERE "e.event_name = $3" PAGE},
        {"Username", COLUMNS WHERE "e.user_name = $3" PAGE},
        {"EventSource", COLUMNS WHERE "e.event_source = $3" PAGE},
        {"AccessKeyId", COLUMNS WHERE "e.access_key = $3" PAGE},
        {"ResourceType", BY_RESOURCE("type")},
        {"ResourceName", BY_RESOURCE("short_name")},
};
static const char all_sql[] = COLUMNS WHERE "$3 = ''" PAGE,
                  change_sql[] = COLUMNS WHERE "e.read_only = $3" PAGE,
                  arn_sql[] = BY_RESOURCE("name");

/* What is looked for. */
struct lookup {
    const char *sql;
    struct db_arg value;
    int64_t from; /* ms, inclusive */
    struct {
        int64_t time;
        str event_id;
    } before; /* the place after which the page begins */
};

static int choose_query(
        struct call *call, const struct cloudtrail_LookupAttribute *attribute, struct lookup *ret)
{
    str value = attribute->AttributeValue;

    ret->value = db_text(value);
    if (str_eq(attribute->AttributeKey, STR("ReadOnly"))) {
        if (!str_eq(value, STR("true")) && !str_eq(value, STR("false")))
            return call_fail(call, &cloudtrail_InvalidLookupAttributesException,
                    "The value of the lookup attribute ReadOnly must be true or false.");
        ret->sql = change_sql;
        ret->value = db_int(str_eq(value, STR("true")));
        return 0;
    }
    if (str_eq(attribute->AttributeKey, STR("ResourceName")) && str_starts(value, STR("arn:"))) {
        ret->sql = arn_sql;
        return 0;
    }
    for (size_t i = 0; i < sizeof(lookups) / sizeof(*lookups); i++) {
        if (!str_eq(attribute->AttributeKey, str_of(lookups[i].key)))
            continue;
        ret->sql = lookups[i].sql;
        return 0;
    }
    return call_fail(call, &cloudtrail_InvalidLookupAttributesException,
            "The lookup attribute %.*s is not valid.", STR_ARG(attribute->AttributeKey));
}

static int parse_place(struct call *call, str token, struct lookup *ret)
{
    str position, time;
    int r = page_open(call, token, &cloudtrail_InvalidNextTokenException, &position);

    if (r < 0 || !position.ptr)
        return r;
    if (!str_cut(&position, ' ', &time) || str_to_i64(time, &ret->before.time) < 0)
        return call_fail(call, &cloudtrail_InvalidNextTokenException,
                "The specified pagination token is not valid.");
    ret->before.event_id = position;
    return 0;
}

/* Events have their time in seconds: both ends of a range mean the whole second. */
static int parse(
        struct call *call, const struct cloudtrail_LookupEventsRequest *in, struct lookup *ret)
{
    int64_t end = in->EndTime.is_set ? in->EndTime.ms : call->now;

    *ret = (struct lookup){.sql = all_sql, .value = db_text(STR(""))};
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
    int r = in->LookupAttributes.len ? choose_query(call, in->LookupAttributes.items, ret) : 0;
    return r < 0 ? r : parse_place(call, in->NextToken, ret);
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

static int fill(struct call *call, const struct db_row *row, struct cloudtrail_Event *ret)
{
    *ret = (struct cloudtrail_Event){
            .EventId = row_text(row, 0),
            .EventTime = SOME_TIME(row_int(row, 1) / SECOND_MS * SECOND_MS),
            .EventSource = row_text(row, 2),
            .EventName = row_text(row, 3),
            .ReadOnly = row_int(row, 4) ? STR("true") : STR("false"),
            .Username = row_text(row, 5),
            .AccessKeyId = row_text(row, 6),
            .CloudTrailEvent = row_text(row, 7),
    };
    return fill_resources(call, ret->CloudTrailEvent, ret);
}

int cloudtrail_LookupEvents(struct call *call, const struct cloudtrail_LookupEventsRequest *in,
        struct cloudtrail_LookupEventsResponse *out)
{
    size_t limit = (size_t)page_limit(in->MaxResults, LOOKUP_MAX, LOOKUP_MAX);
    struct lookup lookup;
    struct db_rows rows;
    int r = parse(call, in, &lookup);

    if (r < 0 ||
            (r = db_query(call->tx, &rows, lookup.sql, call->account, call->region, lookup.value,
                     lookup.from, lookup.before.time, lookup.before.event_id, limit + 1)) < 0)
        return r;
    out->Events.is_set = true;
    out->Events.len = rows.len < limit ? rows.len : limit;
    out->Events.items = arena_array(call->arena, out->Events.len, struct cloudtrail_Event);
    for (size_t i = 0; i < out->Events.len; i++)
        if ((r = fill(call, &rows.items[i], &out->Events.items[i])) < 0)
            return r;
    if (rows.len > limit)
        out->NextToken = page_seal(call,
                str_printf(call->arena, "%lld %.*s", (long long)row_int(&rows.items[limit - 1], 1),
                        STR_ARG(out->Events.items[limit - 1].EventId)));
    return 0;
}
