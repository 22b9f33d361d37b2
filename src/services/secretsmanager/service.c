#include "embedded.h"
#include "services/secretsmanager/secret.h"

/* The recovery window is over. A secret that was restored has no date any more. */
static int delete_secret(struct job *job, struct tx *tx)
{
    int r = db_exec(tx, "delete from secretsmanager_secret where id = $1 and deletion is not null",
            job->payload);

    return r < 0 ? r : 0;
}

static int secret_policy(struct call *call, str arn, str *ret)
{
    struct secret secret;
    int r = secret_load(call, arn, &secret);

    if (r <= 0 || !secret.policy.ptr)
        return r < 0 ? r : 0;
    *ret = secret.policy;
    return 1;
}

static const struct job_kind jobs[] = {
        {.name = "secretsmanager.delete", .commit = delete_secret},
};

const struct service secretsmanager_service = {
        .model = &secretsmanager_model,
        .handlers = secretsmanager_handlers,
        .prepares = secretsmanager_prepares,
        .schema = {"secretsmanager", schema_secretsmanager_sql},
        .jobs = jobs,
        .jobs_len = 1,
        .resource_policy = secret_policy,
};
