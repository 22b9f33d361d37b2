/*
 * forward_check - can a trail write to the log group that it is given?
 */
#include "services/cloudtrail/forward.h"

#include "services/iam/iam.h"
#include "services/logs/logs.h"
#include "services/sts/sts.h"

static const str SERVICE = STR_INIT("cloudtrail.amazonaws.com");

static int fail_group(struct call *call)
{
    return call_fail(call, &cloudtrail_InvalidCloudWatchLogsLogGroupArnException,
            "Check the log group ARN: CloudTrail can't validate it.");
}

/* arn:aws:logs:REGION:ACCOUNT:log-group:NAME:* */
str forward_group_name(str log_group)
{
    struct arn arn;

    if (arn_parse(log_group, &arn) < 0 || !str_eq(arn.service, STR("logs")) ||
            !str_take_prefix(&arn.resource, STR("log-group:")) ||
            !str_ends(arn.resource, STR(":*")))
        return (str){0};
    arn.resource.len -= 2;
    return arn.resource.len ? arn.resource : (str){0};
}

static int check_group(struct call *call, const struct trail *trail)
{
    struct arn arn;
    str name = forward_group_name(trail->log_group);
    int r;

    if (!name.ptr || arn_parse(trail->log_group, &arn) < 0 ||
            !str_eq(arn.account, trail->account) || !str_eq(arn.region, trail->region))
        return fail_group(call);
    r = logs_group_exists(call, name);
    return r == 0 ? fail_group(call) : r < 0 ? r : 0;
}

static int check_permissions(
        struct call *call, const struct trail *trail, const struct principal *role)
{
    struct call *child = call_as(call, role, &logs_service, "PutLogEvents");
    str name = forward_group_name(trail->log_group);
    str stream = forward_stream_name(call->arena, trail, trail->region);
    str arn = arn_make(call, "logs",
            str_printf(
                    call->arena, "log-group:%.*s:log-stream:%.*s", STR_ARG(name), STR_ARG(stream)));
    bool may_create = false, may_put = false;
    int r = authorize_check(child, STR("logs:CreateLogStream"), arn, &may_create);

    if (r >= 0)
        r = authorize_check(child, STR("logs:PutLogEvents"), arn, &may_put);
    if (r < 0)
        return r;
    if (!may_create || !may_put)
        return call_fail(call, &cloudtrail_InvalidCloudWatchLogsLogGroupArnException,
                "Access denied. Check the permissions for your role.");
    return 0;
}

static int check(struct call *call, const struct trail *trail)
{
    struct principal role;
    int r;

    if (!trail->log_role.ptr)
        return call_fail(call, &cloudtrail_InvalidCloudWatchLogsRoleArnException,
                "You must specify a role ARN as well as a log group.");
    if (!trail->log_group.ptr)
        return call_fail(call, &cloudtrail_InvalidCloudWatchLogsLogGroupArnException,
                "You must specify a log group as well as a role ARN.");
    if ((r = check_group(call, trail)) < 0 ||
            (r = iam_pass_role(call, trail->log_role, SERVICE)) < 0)
        return r;
    r = sts_assume_service_role(call, trail->log_role, SERVICE, STR("CloudTrail"), &role);
    if (r == -EACCES)
        return call_fail(call, &cloudtrail_InvalidCloudWatchLogsRoleArnException,
                "Access denied. Check the trust relationships for your role.");
    return r < 0 ? r : check_permissions(call, trail, &role);
}

static void set(str *value, str wanted)
{
    if (wanted.ptr)
        *value = wanted.len ? wanted : (str){0};
}

int forward_set(struct call *call, struct trail *trail, str log_group, str log_role)
{
    if (!log_group.ptr && !log_role.ptr)
        return 0;
    set(&trail->log_group, log_group);
    set(&trail->log_role, log_role);
    return trail->log_group.ptr || trail->log_role.ptr ? check(call, trail) : 0;
}
