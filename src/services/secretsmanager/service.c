#include "embedded.h"
#include "services/secretsmanager/rotation.h"

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
        {.name = ROTATION_WINDOW_JOB, .commit = rotation_open_window},
        {.name = ROTATION_STEP_JOB,
                .prepare = rotation_step_prepare,
                .commit = rotation_step_commit,
                .give_up = rotation_step_give_up,
                .lease_ms = ROTATION_LEASE_MS},
};

static int start(struct server *server, struct error *err)
{
    return server->rotation_hooks_file
                   ? hooks_open(server->rotation_hooks_file, &server->rotation_hooks, err)
                   : 0;
}

static void stop(struct server *server)
{
    hooks_close(server->rotation_hooks);
    server->rotation_hooks = NULL;
}

const struct service secretsmanager_service = {
        .model = &secretsmanager_model,
        .handlers = secretsmanager_handlers,
        .prepares = secretsmanager_prepares,
        .schema = {"secretsmanager", schema_secretsmanager_sql},
        .jobs = jobs,
        .jobs_len = sizeof(jobs) / sizeof(*jobs),
        .start = start,
        .stop = stop,
        .resource_policy = secret_policy,
};
