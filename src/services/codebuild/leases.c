#include "services/codebuild/build.h"

#include "base/clock.h"

/*
 * What happens to a build that nobody takes, or whose worker is gone. Both jobs find the
 * build as it then is, and do nothing where it has gone on.
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

static struct call *call_of(struct job *job, struct tx *tx, const struct build *build)
{
    return call_for_job(
            job->context, job->arena, tx, build->account, build->region, &codebuild_service);
}

static int queued_timeout(struct job *job, struct tx *tx)
{
    struct build build;
    int r = build_load(tx, job->payload, &build);

    if (r <= 0 || !str_eq(build.state, STR("QUEUED")))
        return r < 0 ? r : 0;
    return build_end(call_of(job, tx, &build), &build, STR("TIMED_OUT"), STR("QUEUED_TIMEOUT"),
            STR("The build was not taken by a worker within its queued timeout"));
}

/* It waits as at first, and no longer than then. */
static int requeue(struct call *call, struct build *build)
{
    struct codebuild_Build *b = build->declaration;
    int r;

    build->state = STR("QUEUED");
    build->lease = build->worker = (str){0};
    b->phases.len = b->phases.len < 1 ? b->phases.len : 1; /* SUBMITTED */
    build_enter_phase(call->arena, b, STR("QUEUED"), (str){0}, call->now);
    r = build_save(call->tx, build);
    return r < 0 ? r : build_enqueue(call->server, call->tx, b, call->now);
}

int build_lost(struct call *call, struct build *build)
{
    if (build->stop_requested)
        return build_end(call, build, STR("STOPPED"), STR("WORKER_LOST"),
                STR("The build's worker fell silent while it was being stopped"));
    if (build->attempts >= BUILD_MAX_ATTEMPTS)
        return build_end(call, build, STR("FAULT"), STR("WORKER_LOST"),
                STR("The build's workers fell silent too often"));
    return requeue(call, build);
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
    return build_lost(call_of(job, tx, &build), &build);
}

const struct job_kind build_jobs[BUILD_JOBS] = {
        {.name = BUILD_QUEUED_TIMEOUT, .commit = queued_timeout},
        {.name = BUILD_LEASE, .commit = lease_over},
};
