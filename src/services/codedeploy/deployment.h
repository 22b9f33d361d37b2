/*
 * deployment - deployments, their targets and the commands to hosts (private to
 * services/codedeploy)
 *
 * What users see is the declaration, the API's own shape kept as JSON; the row's other
 * columns are what queries and the engine need.
 */
#pragma once

#include "base/json.h"
#include "services/codedeploy/application.h"

enum {
    DEPLOYMENT_MAX_INSTANCES = 1000,
    EVENT_START_MS = 5 * 60 * 1000,         /* a host fetches its event in that time, or fails */
    EVENT_RUN_MS = 4200 * 1000,             /* and completes it in that time */
    DEPLOYMENT_RUN_MS = 8 * 60 * 60 * 1000, /* all of an in-place deployment */
    COMMAND_AGAIN_MS = 10 * 1000,           /* delivered, but not acknowledged: delivered again */
    COMMAND_POLL_MS = 20 * 1000,
};

extern const struct job_kind deployment_jobs[];
enum {
    DEPLOYMENT_JOBS = 1
};
#define CREATOR_ROLLBACK STR("codeDeployRollback")

struct deployment {
    str id;
    str application_id;
    str group_id;
    str status;
    str stop; /* "", "stop", "rollback" */
    int64_t minimum;
    struct codedeploy_DeploymentInfo *info; /* without the overview */
};

/* 1 and the deployment of the call's account and region, 0 there is none. */
MUST_CHECK int deployment_load(struct call *call, str id, struct deployment *ret);
MUST_CHECK int deployment_find(
        struct call *call, str id, struct deployment *ret); /* fails the call */
MUST_CHECK int deployment_save(struct call *call, struct deployment *deployment);
/*
 * Starts a deployment of `info` to the group: the creator, revision, configuration and
 * options are set. Fails the call when one is under way.
 */
MUST_CHECK int deployment_start(struct call *call, const struct group *group,
        struct codedeploy_DeploymentInfo *info, str *ret_id);
/* Has the engine look at it, at `run_at` (ms; 0: now). */
MUST_CHECK int deployment_wake(struct call *call, str id, int64_t run_at);
/* What ends a deployment leads to: the group's last success, events, a rollback. */
MUST_CHECK int deployment_end(struct call *call, struct deployment *deployment,
        const struct group *group, const char *status, const char *code, const char *message);
MUST_CHECK int deployment_tell(
        struct call *call, const struct deployment *deployment, const char *state);
bool deployment_is_over(str status);

struct target {
    str name;
    str host;
    int64_t position;
    bool was_healthy;
    bool begun;
    struct codedeploy_InstanceTarget *info;
};

struct targets {
    struct target *items;
    size_t len;
};

MUST_CHECK int deploy_targets_load(
        struct call *call, str deployment_id, struct targets *ret); /* by turn */
MUST_CHECK int deploy_target_load(
        struct call *call, str deployment_id, str name, struct target *ret); /* 1, 0 */
MUST_CHECK int deploy_target_insert(
        struct call *call, str deployment_id, const struct target *target);
MUST_CHECK int deploy_target_save(struct call *call, str deployment_id, struct target *target);
/* The event of that name, or NULL. */
struct codedeploy_LifecycleEvent *deploy_target_event(struct target *target, str name);

/* ---- Commands ------------------------------------------------------------------------------ */

struct command {
    str id;
    str host;
    str deployment_id;
    str target;
    str event;
    str state; /* Pending, InProgress, Succeeded, Failed */
    int64_t delivered;
    int64_t deadline;
};

struct commands {
    struct command *items;
    size_t len;
};

str deploy_host_topic(struct call *call, str host);
MUST_CHECK int deploy_command_issue(
        struct call *call, str deployment_id, const struct target *target, str event);
MUST_CHECK int deploy_command_load(struct call *call, str id, struct command *ret); /* 1, 0 */
MUST_CHECK int deploy_command_save(struct call *call, const struct command *command);
MUST_CHECK int deploy_commands_open(
        struct call *call, str deployment_id, struct commands *ret); /* Pending and InProgress */

/* The signed specification as PKCS7 in PEM, for GetDeploymentSpecification. */
MUST_CHECK int specification_make(struct call *call, const struct deployment *deployment, str *ret);
