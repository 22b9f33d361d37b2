#include "embedded.h"
#include "services/kms/grant.h"
#include "services/kms/import.h"
#include "services/kms/rotation.h"

/* The waiting period is over. A key whose deletion was cancelled has another state. */
static int delete_key(struct job *job, struct tx *tx)
{
    int r = db_exec(
            tx, "delete from kms_key where id = $1 and state = 'PendingDeletion'", job->payload);

    return r < 0 ? r : 0;
}

static int key_policy(struct call *call, str arn, str *ret)
{
    const struct db_row *row;
    struct arn parsed;
    str id;
    int r;

    if (arn_parse(arn, &parsed) < 0)
        return 0;
    id = parsed.resource;
    if (str_starts(id, STR("alias/"))) { /* has none of its own: identity policies decide */
        if (!str_eq(parsed.account, call->account))
            return 0;
        *ret = key_default_policy(call);
        return 1;
    }
    if (!str_take_prefix(&id, STR("key/")))
        return 0;
    r = db_one(call->tx, &row, "select policy from kms_key where id = $1", id);
    if (r > 0)
        *ret = row_text(row, 0);
    return r;
}

static const struct job_kind jobs[] = {
        {.name = "kms.delete-key", .commit = delete_key},
        {.name = ROTATION_JOB, .commit = rotation_run},
        {.name = EXPIRY_JOB, .commit = import_expire},
};

const struct service kms_service = {
        .model = &kms_model,
        .handlers = kms_handlers,
        .prepares = kms_prepares,
        .schema = {"kms", schema_kms_sql},
        .jobs = jobs,
        .jobs_len = sizeof(jobs) / sizeof(*jobs),
        .resource_policy = key_policy,
        .resource_policy_required = true,
        .resource_grant = grant_speaks,
        .resource_tags = key_resource_tags,
};
