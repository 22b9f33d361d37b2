/*
 * engine - runs one build from provisioning to its end
 *
 *     PROVISIONING -> DOWNLOAD_SOURCE -> INSTALL -> PRE_BUILD -> BUILD -> POST_BUILD
 *         -> UPLOAD_ARTIFACTS -> FINALIZING -> COMPLETED
 *
 * What follows a failed phase:
 *
 *     failed                       on-failure: none    ABORT        CONTINUE
 *     PROVISIONING, DOWNLOAD       FINALIZING
 *     INSTALL, PRE_BUILD           FINALIZING          FINALIZING   the next phase
 *     BUILD                        POST_BUILD          FINALIZING   the next phase
 *     POST_BUILD                   UPLOAD_ARTIFACTS    FINALIZING   the next phase
 *     UPLOAD_ARTIFACTS             FINALIZING
 *
 * A phase that failed stays FAILED and so does the build, with CONTINUE too. `finally`
 * commands run whenever their phase was entered, also after a failed command; not when
 * the build is stopped or out of time: then the phase under way ends as STOPPED or
 * TIMED_OUT, everything is killed, and only FINALIZING and COMPLETED follow.
 *
 * When build_run() returns, no process, mount, cgroup or file of the build is left.
 */
#pragma once

#include "worker/build.h"

/* The failure of a build is in the result, not in an error: this cannot fail. */
void build_run(struct arena *arena, const struct build_options *options, struct build_result *ret);

/* Whether builds for this image run here: a curated image of AWS, or "slipway/host". */
bool build_image_is_known(str image);
