/*
 * logs - sends the log of a build while it runs
 *
 * Bytes become events, one for each line. A thread of its own sends them with
 * logs:PutLogEvents: the first at once, later ones gathered for LOGS_GATHER_MS or
 * LOGS_SEND_BYTES. When the service is slower than the build, logs_add() waits: nothing
 * is dropped. A copy goes to a file for S3, packed with gzip when its key ends in ".gz".
 *
 * Group and stream are made when they do not exist yet. If the role may not write, the
 * build ends as FAILED and logs_denied() says why.
 *
 * Threads   logs_add() and logs_finish() from the build's thread
 */
#pragma once

#include "net/aws.h"
#include "worker/job.h"

enum {
    LOGS_GATHER_MS = 50,
    LOGS_SEND_BYTES = 64 << 10,
    LOGS_MAX_PENDING = 768 << 10, /* JSON bytes; a request may have 1 MiB */
    LOGS_MAX_LINE = 200 << 10,
    LOGS_MAX_EVENTS = 5000,
};

struct logs;

MUST_CHECK int logs_open(const struct job *job, const struct aws_options *aws,
        struct build_control *control, struct logs **ret, struct error *err);
void logs_add(struct logs *logs, str bytes);
void logs_set_credentials(struct logs *logs, const struct sigv4_credentials *credentials);
/* Sends the rest, stores the S3 copy. 0, or what went wrong at last. */
int logs_finish(struct logs *logs, struct error *err);
/* NULL, or the message of the refusal. */
const char *logs_denied(const struct logs *logs);
void logs_free(struct logs *logs);
