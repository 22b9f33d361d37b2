/*
 * client - the calls of api/worker.smithy
 *
 * Errors    -EREMOTEIO with the code in aws->code; client_lease_is_lost() knows the one
 *           that matters
 */
#pragma once

#include "net/aws.h"
#include "worker/job.h"
#include "worker/upload.h"

struct client_poll {
    str worker_id;
    str secret; /* absent: none */
    bool is_starting;
    str token;
    int wait_s;
};

/* *ret_job: borrowed from *ret_answer (AUTO_JSON); NULL when there is no build to do. */
MUST_CHECK int client_poll(struct aws *aws, struct arena *arena, const struct client_poll *poll,
        json_t **ret_answer, const json_t **ret_job, struct error *err);
MUST_CHECK int client_update(struct aws *aws, struct arena *arena, const struct job *job,
        const struct build_result *so_far, bool *ret_stop, struct error *err);

struct client_heartbeat {
    bool stop;
    int64_t lease_ms;
    bool has_credentials;
    struct sigv4_credentials credentials;
};

MUST_CHECK int client_heartbeat(struct aws *aws, struct arena *arena, const struct job *job,
        int wait_s, struct client_heartbeat *ret, struct error *err);
MUST_CHECK int client_finish(struct aws *aws, struct arena *arena, const struct job *job,
        const struct build_result *result, const struct uploaded *artifacts, size_t artifacts_len,
        struct error *err);
bool client_lease_is_lost(const struct aws *aws, int r);
