/*
 * lease - one leased build, from the job to its reported end
 *
 *     job -> [ engine in this thread ] -> FinishBuild, repeated until it is answered
 *             | logs thread: PutLogEvents
 *             | heartbeat thread: HeartbeatBuild, waiting for a stop
 *
 * When the lease is lost, or the worker ends, the build is killed and not reported: the
 * server hands it out again.
 */
#pragma once

#include "net/aws.h"
#include "worker/job.h"

struct lease;

struct lease_options {
    struct aws_options aws; /* with the worker's own credentials */
    const char *work_dir;
    const char *const *hide;
};

/* Reads the job; `options` outlives the lease. */
MUST_CHECK int lease_new(const struct lease_options *options, const json_t *job, struct lease **ret,
        struct error *err);
/* Runs the build and reports it, in this thread, which starts the sandbox and so must stay. */
void lease_run(struct lease *lease);
void lease_free(struct lease *lease);
/* From any thread: gives the build up. */
void lease_abandon(struct lease *lease);
str lease_build(const struct lease *lease); /* the build's id */
