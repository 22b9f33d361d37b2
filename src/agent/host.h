/*
 * host - what the agent keeps on its host, and the commands that it carries out there
 *
 *     ROOT/<group id>/<deployment id>/bundle            the archive
 *                                    /deployment-archive/  unpacked
 *                                    /logs/scripts.log
 *     ROOT/deployment-instructions/<group id>-cleanup             what Install made
 *                                  <group id>_last_successful_install   a deployment's directory
 *                                  <group id>_most_recent_install
 *     ROOT/ongoing-deployment/<deployment id>           the command under way
 *
 * Which revision's scripts an event runs:
 *
 *     event                                in place         blue/green rollback
 *     BeforeBlockTraffic AfterBlockTraffic last successful  most recent
 *     ApplicationStop                      last successful  last successful
 *     BeforeAllowTraffic AfterAllowTraffic current          last successful
 *     all others                           current          current
 *
 * "last successful" is the deployment whose Install ended last; without one the event
 * succeeds and runs nothing.
 */
#pragma once

#include "agent/diagnostics.h"
#include "agent/spec.h"
#include "net/aws.h"

enum {
    HOST_KEEP_REVISIONS = 5
};

struct host {
    str root;
    struct aws *aws;
};

/* Carries `command` out; always fills *ret. */
void host_run(struct arena *arena, const struct host *host, str command, const struct spec *spec,
        struct diagnostics *ret);
/* Would the command run nothing? For the acknowledgement. */
bool host_is_noop(
        struct arena *arena, const struct host *host, str command, const struct spec *spec);

/* The command under way, kept over a crash. */
MUST_CHECK int host_track(struct arena *arena, const struct host *host, str deployment_id,
        str command_id, struct error *err);
void host_untrack(struct arena *arena, const struct host *host, str deployment_id);
/* One that was under way when the agent ended; absent if there is none. */
str host_tracked(struct arena *arena, const struct host *host, str *ret_deployment_id);
