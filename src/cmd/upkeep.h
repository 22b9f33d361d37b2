/*
 * upkeep - what a server does once a day for its store: removes the bytes of blobs that
 * no row refers to any more
 */
#pragma once

#include "api/server.h"
#include "store/queue.h"

extern const struct job_kind upkeep_job;

/* Plans the job, if it is not planned; before the queue starts. */
MUST_CHECK int upkeep_start(struct server *server, struct error *err);
