#include "services/logs/group.h"

#include "base/clock.h"
#include "base/random.h"

enum {
    DESCRIBE_PRESET = 50,
    DESCRIBE_MAX = 50
};
static const int64_t DAY_MS = 86400000, EXPIRE_EVERY_MS = 3600000;

str group_arn(struct call *call, str name)
{
    return arn_make(call, "logs", str_printf(call->arena, "log-group:%.*s", STR_ARG(name)));
}

int group_may_unmask(struct call *call, str name, struct opt_bool unmask)
{
    return unmask.is_set && unmask.value
                   ? authorize(call, STR("logs:Unmask"), group_arn(call, name))
                   : 0;
}

int group_name(struct call *call, str name, str identifier, str *ret)
{
    struct arn arn;

    if (name.ptr && identifier.ptr)
        return call_fail(call, &logs_InvalidParameterException,
                "You must specify either logGroupName or logGroupIdentifier, but not both.");
    if (!name.ptr && !identifier.ptr)
        return call_fail(call, &logs_InvalidParameterException,
                "You must specify logGroupName or logGroupIdentifier.");
    *ret = name.ptr ? name : identifier;
    if (str_starts(*ret, STR("arn:"))) {
        if (arn_parse(*ret, &arn) < 0 || !str_take_prefix(&arn.resource, STR("log-group:")))
            return call_fail(call, &logs_InvalidParameterException, "Invalid log group ARN");
        if (!str_eq(arn.account, call->account) || !str_eq(arn.region, call->region))
            return call_fail(call, &logs_ResourceNotFoundException,
                    "The specified log group does not exist.");
        if (str_ends(arn.resource, STR(":*")))
            arn.resource.len -= 2;
        *ret = arn.resource;
    }
    return 0;
}

int group_find(struct call *call, str name, struct group *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select id, name, retention_days from logs_group where account = $1 and region = $2 "
            "and name = $3",
            call->account, call->region, name);

    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(
                call, &logs_ResourceNotFoundException, "The specified log group does not exist.");
    *ret = (struct group){row_text(row, 0), row_text(row, 1), row_int(row, 2)};
    return 0;
}

int logs_group_exists(struct call *call, str name)
{
    const struct db_row *row;

    return db_one(call->tx, &row,
            "select 1 from logs_group where account = $1 and region = $2 and name = $3",
            call->account, call->region, name);
}

int logs_CreateLogGroup(struct call *call, const struct logs_CreateLogGroupRequest *in, void *out)
{
    int r;

    (void)out;
    if (in->kmsKeyId.ptr)
        return call_fail(call, &logs_InvalidParameterException,
                "kmsKeyId is not supported by this version of Slipway.");
    if (in->tags.len)
        return call_fail(call, &logs_InvalidParameterException,
                "Tags of log groups are not supported by this version of Slipway.");
    if (in->deletionProtectionEnabled.is_set && in->deletionProtectionEnabled.value)
        return call_fail(call, &logs_InvalidParameterException,
                "Deletion protection is not supported by this version of Slipway.");
    r = db_exec(call->tx,
            "insert into logs_group (id, account, region, name, class, created) values ($1, $2, "
            "$3, $4, $5, $6)"
            " on conflict do nothing",
            random_uuid(call->arena), call->account, call->region, in->logGroupName,
            in->logGroupClass.ptr ? in->logGroupClass : STR("STANDARD"), call->now);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &logs_ResourceAlreadyExistsException,
                "The specified log group already exists");
    return 0;
}

int logs_DeleteLogGroup(struct call *call, const struct logs_DeleteLogGroupRequest *in, void *out)
{
    struct group group;
    int r = group_find(call, in->logGroupName, &group);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx, "delete from logs_group where id = $1", group.id);
    return r < 0 ? r : 0;
}

/* "prefix" as a range of names: >= prefix and < the prefix with a byte that no name has. */
static str after_prefix(struct arena *arena, str prefix)
{
    return str_concat(arena, prefix, STR("\xf4\x8f\xbf\xbf"));
}

int logs_DescribeLogGroups(struct call *call, const struct logs_DescribeLogGroupsRequest *in,
        struct logs_DescribeLogGroupsResponse *out)
{
    size_t limit = (size_t)page_limit(in->limit, DESCRIBE_PRESET, DESCRIBE_MAX);
    str prefix = in->logGroupNamePrefix.ptr ? in->logGroupNamePrefix : STR(""), after;
    struct db_rows rows;
    int r;

    if (in->accountIdentifiers.len || in->logGroupIdentifiers.len ||
            (in->includeLinkedAccounts.is_set && in->includeLinkedAccounts.value))
        return call_fail(call, &logs_InvalidParameterException,
                "Linked accounts are not supported by Slipway.");
    if (in->logGroupNamePattern.ptr && in->logGroupNamePrefix.ptr)
        return call_fail(call, &logs_InvalidParameterException,
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive "
                "parameters.");
    if ((r = page_open(call, in->nextToken, &logs_InvalidParameterException, &after)) < 0)
        return r;
    str pattern = in->logGroupNamePattern.ptr ? in->logGroupNamePattern : STR("");
    r = db_query(call->tx, &rows,
            "select g.name, g.created, g.retention_days, g.class, (select "
            "coalesce(sum(s.bytes), 0) from logs_stream s where s.group_id = g.id)"
            " from logs_group g where account = $1 and region = $2 and name >= $3 and name < $4"
            " and name > $5 and ($6 = '' or replace(name, $6, '') <> name) order by name limit $7",
            call->account, call->region, prefix, after_prefix(call->arena, prefix),
            after.ptr ? after : STR(""), pattern, limit + 1);
    if (r < 0)
        return r;
    out->logGroups.is_set = true;
    out->logGroups.len = rows.len < limit ? rows.len : limit;
    out->logGroups.items = arena_array(call->arena, out->logGroups.len, struct logs_LogGroup);
    for (size_t i = 0; i < out->logGroups.len; i++) {
        const struct db_row *row = &rows.items[i];
        struct logs_LogGroup *group = &out->logGroups.items[i];
        group->logGroupName = row_text(row, 0);
        group->creationTime = SOME_INT(row_int(row, 1));
        if (!row_is_null(row, 2))
            group->retentionInDays = SOME_INT(row_int(row, 2));
        group->logGroupClass = row_text(row, 3);
        group->storedBytes = SOME_INT(row_int(row, 4));
        group->metricFilterCount = SOME_INT(0);
        group->logGroupArn = group_arn(call, group->logGroupName);
        group->arn = str_concat(call->arena, group->logGroupArn, STR(":*"));
    }
    if (rows.len > limit)
        out->nextToken = page_seal(call, out->logGroups.items[limit - 1].logGroupName);
    return 0;
}

/* ---- Retention ----------------------------------------------------------------------- */

static bool is_retention(int64_t days)
{
    static const int allowed[] = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731,
            1096, 1827, 2192, 2557, 2922, 3288, 3653};

    for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
        if (days == allowed[i])
            return true;
    return false;
}

int logs_PutRetentionPolicy(
        struct call *call, const struct logs_PutRetentionPolicyRequest *in, void *out)
{
    struct group group;
    int r = group_find(call, in->logGroupName, &group);

    (void)out;
    if (r < 0)
        return r;
    if (!is_retention(in->retentionInDays.value))
        return call_fail(call, &logs_InvalidParameterException, "Invalid retentionInDays value");
    r = db_exec(call->tx, "update logs_group set retention_days = $2 where id = $1", group.id,
            in->retentionInDays.value);
    return r < 0 ? r
                 : queue_add(call->server->queue, call->tx, group_expire_job.name, group.id,
                           group.id, 0);
}

int logs_DeleteRetentionPolicy(
        struct call *call, const struct logs_DeleteRetentionPolicyRequest *in, void *out)
{
    struct group group;
    int r = group_find(call, in->logGroupName, &group);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx, "update logs_group set retention_days = null where id = $1", group.id);
    return r < 0 ? r : 0;
}

static int expire(struct job *job, struct tx *tx)
{
    struct server *server = job->context;
    const struct db_row *row;
    int64_t now = clock_now();
    int r = db_one(tx, &row,
            "select retention_days from logs_group where id = $1 and retention_days is not null",
            job->payload);

    if (r <= 0)
        return r; /* the group or its policy is gone: so is the job */
    int64_t before = now - row_int(row, 0) * DAY_MS;
    r = db_exec(tx,
            "update logs_stream set bytes = bytes - (select coalesce(sum(length(c.events)), 0) "
            "from logs_chunk c where c.stream_id = logs_stream.id and c.last_ms < $2) where id in "
            "(select stream_id from logs_chunk where group_id = $1 and last_ms < $2)",
            job->payload, before);
    if (r < 0)
        return r;
    r = db_exec(tx, "delete from logs_chunk where group_id = $1 and last_ms < $2", job->payload,
            before);
    return r < 0 ? r
                 : queue_add(server->queue, tx, group_expire_job.name, job->payload, job->payload,
                           now + EXPIRE_EVERY_MS);
}

const struct job_kind group_expire_job = {.name = "logs.expire", .commit = expire};
