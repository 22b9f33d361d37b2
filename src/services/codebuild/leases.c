#include "services/codebuild/build.h"

#include "base/clock.h"

/*
 * What happens to a build that nobody takes, or whose worker falls silent. Both jobs
 * find the build as it then is, and do nothing where it has gone on.
 */

enum {
    MINUTE_MS = 60000
};

int build_enqueue(
        struct server *server, struct tx *tx, const struct codebuild_Build *b, int64_t now)
{
    notify_add(server->notify, tx, BUILD_QUEUE_TOPIC);
    return queue_add(server->queue, tx, BUILD_QUEUED_TIMEOUT, b->id, b->id,
            now + b->queuedTimeoutInMinutes.value * MINUTE_MS);
}

static int end_late(struct job *job, struct tx *tx, struct build *build, const char *status,
        const char *code, const char *message)
{
    struct call *call = call_for_job(
            job->context, job->arena, tx, build->account, build->region, &codebuild_service);

    return build_end(call, build, str_of(status), str_of(code), str_of(message));
}

static int queued_timeout(struct job *job, struct tx *tx)
{
    struct build build;
    int r = build_load(tx, job->payload, &build);

    if (r <= 0 || !str_eq(build.state, STR("QUEUED")))
        return r < 0 ? r : 0;
    return end_late(job, tx, &build, "TIMED_OUT", "QUEUED_TIMEOUT",
            "The build was not taken by a worker within its queued timeout");
}

/* It waits as at first, and no longer than then. */
static int requeue(struct job *job, struct tx *tx, struct build *build)
{
    struct codebuild_Build *b = build->declaration;
    int64_t now = clock_now();
    int r;

    build->state = STR("QUEUED");
    build->lease = build->worker = (str){0};
    b->phases.len = b->phases.len < 1 ? b->phases.len : 1; /* SUBMITTED */
    build_enter_phase(tx->arena, b, STR("QUEUED"), (str){0}, now);
    r = build_save(tx, build);
    return r < 0 ? r : build_enqueue(job->context, tx, b, now);
}

static int lease_over(struct job *job, struct tx *tx)
{
    struct server *server = job->context;
    struct build build;
    int r = build_load(tx, job->payload, &build);

    if (r <= 0 || !str_eq(build.state, STR("RUNNING")))
        return r < 0 ? r : 0;
    if (build.lease_until > clock_now())
        return queue_add(server->queue, tx, BUILD_LEASE, build.id, build.id, build.lease_until);
    if (build.stop_requested)
        return end_late(job, tx, &build, "STOPPED", "WORKER_LOST",
                "The build's worker fell silent while it was being stopped");
    if (build.attempts >= BUILD_MAX_ATTEMPTS)
        return end_late(job, tx, &build, "FAULT", "WORKER_LOST",
                "The build's workers fell silent too often");
    return requeue(job, tx, &build);
}

const struct job_kind build_jobs[BUILD_JOBS] = {
        {.name = BUILD_QUEUED_TIMEOUT, .commit = queued_timeout},
        {.name = BUILD_LEASE, .commit = lease_over},
};
