#include "services/ssm/policies.h"

#include "api/audit.h"
#include "base/clock.h"
#include "base/json.h"
#include "services/events/events.h"

enum {
    UNITS_MAX = 100000,
    DETAIL_MAX = 16384,
};
static const int64_t HOUR_MS = 3600000;

enum kind {
    EXPIRATION,
    EXPIRATION_NOTIFICATION,
    NO_CHANGE_NOTIFICATION,
    KINDS,
};

static const char *const kind_names[] = {
        "Expiration", "ExpirationNotification", "NoChangeNotification"};

struct policy_time {
    enum kind kind;
    int64_t at;   /* of an expiration, ms */
    int64_t span; /* of a notification, ms */
};

/* ---- One policy ------------------------------------------------------------------------- */

static int kind_of(str name)
{
    for (int i = 0; i < KINDS; i++)
        if (str_eq(name, str_of(kind_names[i])))
            return i;
    return -1;
}

/* False: it is not so many hours or days. */
static bool read_span(const json_t *attributes, const char *name, int64_t *ret)
{
    str unit = json_member_str(attributes, "Unit");
    bool is_days = str_eq(unit, STR("Days"));
    int64_t n;

    if (!is_days && !str_eq(unit, STR("Hours")))
        return false;
    if (str_to_i64(json_member_str(attributes, name), &n) < 0 || n < 1 || n > UNITS_MAX)
        return false;
    *ret = n * HOUR_MS * (is_days ? 24 : 1);
    return true;
}

/* NULL, or what is wrong with it. */
static const char *read_policy(const json_t *json, struct policy_time *ret)
{
    const json_t *attributes = json_member(json, "Attributes");

    *ret = (struct policy_time){.kind = (enum kind)kind_of(json_member_str(json, "Type"))};
    switch (ret->kind) {
    case EXPIRATION:
        return time_parse_iso8601(json_member_str(attributes, "Timestamp"), &ret->at) < 0
                       ? "Timestamp must be a date in ISO 8601 format"
                       : NULL;
    case EXPIRATION_NOTIFICATION:
        return read_span(attributes, "Before", &ret->span)
                       ? NULL
                       : "Before must be a number, and Unit Days or Hours";
    default:
        return read_span(attributes, "After", &ret->span)
                       ? NULL
                       : "After must be a number, and Unit Days or Hours";
    }
}

static int check_policy(struct call *call, const json_t *json, struct policy_time *ret)
{
    str type = json_member_str(json, "Type");
    str version = json_member_str(json, "Version");
    const char *wrong;

    if (kind_of(type) < 0)
        return call_fail(call, &ssm_InvalidPolicyTypeException,
                "The policy type %.*s isn't valid: use Expiration, ExpirationNotification or "
                "NoChangeNotification.",
                STR_ARG(type));
    if (!str_eq(version, STR("1.0")))
        return call_fail(
                call, &ssm_InvalidPolicyAttributeException, "The version of a policy must be 1.0.");
    if ((wrong = read_policy(json, ret)))
        return call_fail(call, &ssm_InvalidPolicyAttributeException,
                "The attributes of the policy %.*s aren't valid: %s.", STR_ARG(type), wrong);
    if (ret->kind == EXPIRATION && ret->at <= call->now)
        return call_fail(call, &ssm_InvalidPolicyAttributeException,
                "The time of the policy Expiration must be in the future.");
    return 0;
}

/* ---- The list ----------------------------------------------------------------------------- */

static int check_together(struct call *call, const int counts[KINDS])
{
    if (counts[EXPIRATION] > 1)
        return call_fail(call, &ssm_IncompatiblePolicyException,
                "A parameter can't have more than one policy of the type Expiration.");
    if (counts[EXPIRATION_NOTIFICATION] && !counts[EXPIRATION])
        return call_fail(call, &ssm_IncompatiblePolicyException,
                "A policy of the type ExpirationNotification needs one of the type Expiration.");
    return 0;
}

/* "[]", and "[{}]" as AWS's documentation has it, take all policies away. */
static bool is_none(const json_t *list)
{
    return json_array_size(list) == 0 ||
           (json_array_size(list) == 1 && json_is_object(json_array_get(list, 0)) &&
                   json_object_size(json_array_get(list, 0)) == 0);
}

int policies_parse(struct call *call, str text, str *ret)
{
    AUTO_JSON json_t *list = NULL;
    struct ssm_ParameterInlinePolicy items[POLICIES_MAX];
    struct ssm_ParameterPolicyList policies = {.items = items, .is_set = true};
    int counts[KINDS] = {0}, r;

    *ret = (str){0};
    if (json_parse(text, &list, NULL) < 0 || !json_is_array(list))
        return call_fail(call, &ssm_InvalidPolicyAttributeException,
                "Parameter policies must be a JSON array.");
    if (is_none(list))
        return 0;
    if (json_array_size(list) > POLICIES_MAX)
        return call_fail(call, &ssm_PoliciesLimitExceededException,
                "A parameter can have at most %d policies.", POLICIES_MAX);
    for (; policies.len < json_array_size(list); policies.len++) {
        const json_t *json = json_array_get(list, policies.len);
        struct policy_time when;

        if ((r = check_policy(call, json, &when)) < 0)
            return r;
        counts[when.kind]++;
        items[policies.len] =
                (struct ssm_ParameterInlinePolicy){.PolicyText = json_print(call->arena, json),
                        .PolicyType = str_of(kind_names[when.kind]),
                        .PolicyStatus = STR("Pending")};
    }
    if ((r = check_together(call, counts)) < 0)
        return r;
    *ret = shape_to_json(call->arena, ssm_type_ParameterPolicyList, &policies);
    return 0;
}

int policies_show(struct call *call, str stored, struct ssm_ParameterPolicyList *ret)
{
    *ret = (struct ssm_ParameterPolicyList){.is_set = true};
    return !stored.ptr ? 0
                       : shape_from_json(call->arena, ssm_type_ParameterPolicyList, stored, ret,
                                 &call->tx->error);
}

int policies_keep(struct call *call, str stored, str *ret)
{
    struct ssm_ParameterPolicyList policies;
    int r = policies_show(call, stored, &policies);

    *ret = stored;
    if (r < 0 || !policies.len)
        return r;
    for (size_t i = 0; i < policies.len; i++) /* there is a change again to be waited for */
        if (kind_of(policies.items[i].PolicyType) == NO_CHANGE_NOTIFICATION)
            policies.items[i].PolicyStatus = STR("Pending");
    *ret = shape_to_json(call->arena, ssm_type_ParameterPolicyList, &policies);
    return 0;
}

/* ---- When ----------------------------------------------------------------------------------- */

/* The moment of each policy; those that are over are 0. */
static int read_times(const struct parameter *p, const struct ssm_ParameterPolicyList *policies,
        int64_t *times, struct error *err)
{
    struct policy_time all[POLICIES_MAX];
    int64_t expires = 0;

    for (size_t i = 0; i < policies->len && i < POLICIES_MAX; i++) {
        AUTO_JSON json_t *json = NULL;
        int r = json_parse(policies->items[i].PolicyText, &json, err);

        if (r < 0)
            return r;
        (void)read_policy(json, &all[i]); /* it has been checked */
        expires = all[i].kind == EXPIRATION ? all[i].at : expires;
    }
    for (size_t i = 0; i < policies->len && i < POLICIES_MAX; i++) {
        times[i] = all[i].kind == EXPIRATION                ? all[i].at
                   : all[i].kind == EXPIRATION_NOTIFICATION ? expires - all[i].span
                                                            : p->changed + all[i].span;
        if (!str_eq(policies->items[i].PolicyStatus, STR("Pending")))
            times[i] = 0;
        else if (times[i] < 1)
            times[i] = 1;
    }
    return 0;
}

int policies_plan(struct call *call, const struct parameter *p)
{
    struct ssm_ParameterPolicyList policies;
    int64_t times[POLICIES_MAX] = {0}, first = 0;
    int r = policies_show(call, p->policies, &policies);

    if (r < 0 || (r = read_times(p, &policies, times, &call->tx->error)) < 0 ||
            (r = queue_cancel(call->server->queue, call->tx, POLICY_JOB, p->id)) < 0)
        return r;
    for (size_t i = 0; i < POLICIES_MAX; i++)
        if (times[i] && (!first || times[i] < first))
            first = times[i];
    return first ? queue_add(call->server->queue, call->tx, POLICY_JOB, p->id, p->id, first) : 0;
}

/* ---- What happens ------------------------------------------------------------------------------ */

/* Told as the event of EventBridge that AWS has, and in the trail. */
static int tell(struct call *call, const struct parameter *p,
        const struct ssm_ParameterInlinePolicy *policy)
{
    struct buf detail = buf_make(call->arena, DETAIL_MAX);
    str arn = name_arn(call, p->name);
    int r;

    buf_char(&detail, '{');
    json_write_member(&detail, STR("parameter-name"), p->name);
    json_write_member(&detail, STR("parameter-type"), p->type);
    json_write_member(&detail, STR("policy-type"), policy->PolicyType);
    json_write_member(&detail, STR("policy-content"), policy->PolicyText);
    json_write_member(&detail, STR("action-status"), STR("Success"));
    buf_char(&detail, '}');
    r = audit_record_service_event(
            call, &(struct audit_service_event){.name = STR("ParameterPolicyAction"),
                          .resource = arn,
                          .details = buf_str(&detail)});
    return r < 0 ? r
                 : events_emit(call, STR("aws.ssm"), STR("Parameter Store Policy Action"),
                           (struct str_list){&arn, 1, true}, buf_str(&detail));
}

static int load(struct tx *tx, str id, struct parameter *ret, str *ret_account, str *ret_region)
{
    const struct db_row *row;
    int r = db_one(tx, &row,
            "select " PARAMETER_COLUMNS ", p.account, p.region" PARAMETER_FROM
            " and v.version = p.version where p.id = $1",
            id);

    if (r <= 0)
        return r;
    parameter_from_row(row, ret);
    *ret_account = row_text(row, PARAMETER_COLUMNS_LEN);
    *ret_region = row_text(row, PARAMETER_COLUMNS_LEN + 1);
    return 1;
}

static int finish(
        struct call *call, struct parameter *p, const struct ssm_ParameterPolicyList *policies)
{
    int r;

    p->policies = shape_to_json(call->arena, ssm_type_ParameterPolicyList, policies);
    r = db_exec(call->tx,
            "update ssm_version set policies = $3 where parameter_id = $1 and version = $2", p->id,
            p->version, p->policies);
    return r < 0 ? r : policies_plan(call, p);
}

int policies_run(struct job *job, struct tx *tx)
{
    struct ssm_ParameterPolicyList policies;
    struct parameter p;
    int64_t times[POLICIES_MAX] = {0};
    str account, region;
    struct call *call;
    int r = load(tx, job->payload, &p, &account, &region);

    if (r <= 0)
        return r;
    call = call_for_job(job->context, job->arena, tx, account, region, &ssm_service);
    if ((r = policies_show(call, p.policies, &policies)) < 0 ||
            (r = read_times(&p, &policies, times, &tx->error)) < 0)
        return r;
    for (size_t i = 0; i < policies.len && i < POLICIES_MAX; i++) {
        if (!times[i] || times[i] > call->now)
            continue;
        if ((r = tell(call, &p, &policies.items[i])) < 0)
            return r;
        if (kind_of(policies.items[i].PolicyType) == EXPIRATION)
            return parameter_delete(tx, p.id);
        policies.items[i].PolicyStatus = STR("Finished");
    }
    return finish(call, &p, &policies);
}
