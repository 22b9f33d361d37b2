/* CreateDeployment, StopDeployment, and what follows when a deployment ends. */
#include "services/codedeploy/deployment.h"

#include "base/random.h"
#include "services/events/events.h"
#include "services/s3/s3.h"

enum {
    ID_LEN = 9,
    DESCRIPTION_MAX = 256
};

/* ---- Starting -----------------------------------------------------------------------------------
 */

static int refuse_second(struct call *call, const struct group *group)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select id from codedeploy_deployment where group_id = $1 and status in ('Created', "
            "'Queued', 'InProgress')",
            group->id);

    if (r > 0)
        return call_fail(call, &codedeploy_DeploymentLimitExceededException,
                "The Deployment Group '%.*s' already has an active Deployment '%.*s'",
                STR_ARG(group->name), STR_ARG(row_text(row, 0)));
    return r;
}

/* The revision of the group's last success: 1, or 0 it never had one. */
static int last_good(struct call *call, const struct group *group, struct deployment *ret)
{
    const struct codedeploy_LastDeploymentInfo *last = group->info->lastSuccessfulDeployment;

    return last ? deployment_load(call, last->deploymentId, ret) : 0;
}

int deployment_start(struct call *call, const struct group *group,
        struct codedeploy_DeploymentInfo *info, str *ret_id)
{
    struct deployment good;
    str id = random_id(call->arena, STR("d-"), RANDOM_UPPER, ID_LEN);
    int r = refuse_second(call, group);

    if (r < 0 || (r = last_good(call, group, &good)) < 0)
        return r;
    info->previousRevision = r > 0 ? good.info->revision : NULL;
    info->applicationName = group->application.name;
    info->deploymentGroupName = group->name;
    info->deploymentId = id;
    info->status = STR("Created");
    info->createTime = SOME_TIME(call->now);
    info->computePlatform = STR("Server");
    info->deploymentStyle = group->info->deploymentStyle;
    info->updateOutdatedInstancesOnly = SOME_BOOL(false);
    info->instanceTerminationWaitTimeStarted = SOME_BOOL(false);
    r = db_exec(call->tx,
            "insert into codedeploy_deployment (id, account, region, application_id, group_id, "
            "group_name, status, declaration, created)"
            " values ($1, $2, $3, $4, $5, $6, 'Created', $7, $8)",
            id, call->account, call->region, group->application.id, group->id, group->name,
            shape_to_json(call->arena, codedeploy_type_DeploymentInfo, info), call->now);
    if (r < 0 ||
            (r = db_exec(call->tx, "update codedeploy_group set last_attempted = $2 where id = $1",
                     group->id, id)) < 0 ||
            (r = deploy_revision_use(call, group->application.id, info->revision)) < 0)
        return r;
    *ret_id = id;
    return deployment_wake(call, id, 0);
}

/* ---- CreateDeployment
 * ------------------------------------------------------------------------------ */

static int check_options(struct call *call, const struct codedeploy_CreateDeploymentInput *in)
{
    const struct codedeploy_AlarmConfiguration *alarms = in->overrideAlarmConfiguration;

    if (!in->deploymentGroupName.ptr)
        return call_fail(call, &codedeploy_DeploymentGroupNameRequiredException,
                "Deployment group name must be specified.");
    if (in->description.len > DESCRIPTION_MAX)
        return call_fail(call, &codedeploy_DescriptionTooLongException,
                "The description is longer than %d characters.", DESCRIPTION_MAX);
    if (in->targetInstances)
        return call_fail(call, &codedeploy_InvalidTargetInstancesException,
                "Target instances are for blue/green deployments, which are not supported by this "
                "version of Slipway.");
    if (in->updateOutdatedInstancesOnly.is_set && in->updateOutdatedInstancesOnly.value)
        return call_fail(call, &codedeploy_InvalidUpdateOutdatedInstancesOnlyValueException,
                "Updating outdated instances only is not supported by this version of Slipway.");
    if (alarms && ((alarms->enabled.is_set && alarms->enabled.value) || alarms->alarms.len))
        return call_fail(call, &codedeploy_InvalidAlarmConfigException,
                "Alarms in deployments are not supported by this version of Slipway.");
    return deploy_rollback_check(call, in->autoRollbackConfiguration);
}

/*
 * A bundle that is known not to be there is refused at once. A caller who may not read it
 * may still deploy it: the host reads it, with permissions of its own.
 */
static int check_bundle(struct call *call, const struct codedeploy_S3Location *s3)
{
    struct call_failure failure;
    struct s3_info info;
    int r = s3_head(call, call->principal, s3->bucket, s3->key, s3->version, &info, &failure);

    if (r == CALL_FAILED)
        return failure.status != 404
                       ? 0
                       : call_fail(call, &codedeploy_RevisionDoesNotExistException,
                                 "The revision s3://%.*s/%.*s does not exist: %.*s",
                                 STR_ARG(s3->bucket), STR_ARG(s3->key), STR_ARG(failure.message));
    if (r < 0)
        return r;
    if (s3->eTag.len && !str_eq(str_replace(call->arena, s3->eTag, STR("\""), STR("")), info.etag))
        return call_fail(call, &codedeploy_RevisionDoesNotExistException,
                "The revision s3://%.*s/%.*s has another ETag than %.*s", STR_ARG(s3->bucket),
                STR_ARG(s3->key), STR_ARG(s3->eTag));
    return 0;
}

int codedeploy_CreateDeployment(struct call *call,
        const struct codedeploy_CreateDeploymentInput *in,
        struct codedeploy_CreateDeploymentOutput *out)
{
    struct codedeploy_DeploymentInfo info = {
            .revision = in->revision,
            .description = in->description,
            .creator = STR("user"),
            .ignoreApplicationStopFailures = SOME_BOOL(in->ignoreApplicationStopFailures.is_set &&
                                                       in->ignoreApplicationStopFailures.value),
            .autoRollbackConfiguration = in->autoRollbackConfiguration,
            .fileExistsBehavior =
                    in->fileExistsBehavior.ptr ? in->fileExistsBehavior : STR("DISALLOW"),
            .deploymentConfigName = in->deploymentConfigName,
    };
    struct group group;
    int r = check_options(call, in);

    if (r < 0 ||
            (r = deploy_group_find(call, in->applicationName, in->deploymentGroupName, &group)) <
                    0 ||
            (r = deploy_revision_check(call, in->revision)) < 0 ||
            (r = check_bundle(call, in->revision->s3Location)) < 0)
        return r;
    if (!info.deploymentConfigName.ptr)
        info.deploymentConfigName = group.info->deploymentConfigName;
    if (!info.autoRollbackConfiguration)
        info.autoRollbackConfiguration = group.info->autoRollbackConfiguration;
    if ((r = deploy_config_check(call, info.deploymentConfigName)) < 0)
        return r;
    return deployment_start(call, &group, &info, &out->deploymentId);
}

int codedeploy_StopDeployment(struct call *call, const struct codedeploy_StopDeploymentInput *in,
        struct codedeploy_StopDeploymentOutput *out)
{
    const struct codedeploy_AutoRollbackConfiguration *config;
    struct deployment d;
    bool is_wanted = false;
    int r = deployment_find(call, in->deploymentId, &d);

    if (r < 0)
        return r;
    if (deployment_is_over(d.status))
        return call_fail(call, &codedeploy_DeploymentAlreadyCompletedException,
                "The deployment %.*s is already complete", STR_ARG(d.id));
    config = d.info->autoRollbackConfiguration;
    for (size_t i = 0; config && config->enabled.value && i < config->events.len; i++)
        is_wanted = is_wanted || str_eq(config->events.items[i], STR("DEPLOYMENT_STOP_ON_REQUEST"));
    if (in->autoRollbackEnabled.is_set)
        is_wanted = in->autoRollbackEnabled.value;
    d.stop = is_wanted ? STR("rollback") : STR("stop");
    if ((r = deployment_save(call, &d)) < 0)
        return r;
    out->status = STR("Pending");
    out->statusMessage =
            STR("No more commands will be scheduled for execution in the deployment instances");
    return deployment_wake(call, d.id, 0);
}

/* ---- The end
 * ------------------------------------------------------------------------------------------ */

int deployment_tell(struct call *call, const struct deployment *d, const char *state)
{
    str application = d->info->applicationName, group = d->info->deploymentGroupName;
    str arns[] = {deploy_group_arn(call, application, group), application_arn(call, application)};
    struct buf detail = buf_make(call->arena, 4096);

    buf_char(&detail, '{');
    json_write_member(&detail, STR("region"), call->region);
    json_write_member(&detail, STR("deploymentId"), d->id);
    json_write_member(&detail, STR("instanceGroupId"), d->group_id);
    json_write_member(&detail, STR("deploymentGroup"), group);
    json_write_member(&detail, STR("state"), str_of(state));
    json_write_member(&detail, STR("application"), application);
    buf_char(&detail, '}');
    return events_emit(call, STR("aws.codedeploy"),
            STR("CodeDeploy Deployment State-change Notification"),
            (struct str_list){arns, 2, true}, buf_str(&detail));
}

static bool wants_rollback(const struct deployment *d)
{
    const struct codedeploy_AutoRollbackConfiguration *config = d->info->autoRollbackConfiguration;

    if (str_eq(d->status, STR("Stopped")))
        return str_eq(d->stop, STR("rollback"));
    for (size_t i = 0; config && config->enabled.value && i < config->events.len; i++)
        if (str_eq(config->events.items[i], STR("DEPLOYMENT_FAILURE")))
            return true;
    return false;
}

/* A new deployment of what was good last; each says which the other is. */
static int roll_back(struct call *call, struct deployment *d, struct group *group)
{
    struct codedeploy_RollbackInfo *there = arena_new(call->arena, struct codedeploy_RollbackInfo);
    struct codedeploy_RollbackInfo *here = arena_new(call->arena, struct codedeploy_RollbackInfo);
    struct deployment good;
    str id;
    int r = last_good(call, group, &good);

    if (r < 0)
        return r;
    if (r == 0) {
        here->rollbackMessage = STR("There is no successful deployment to roll back to.");
        d->info->rollbackInfo = here;
        return deployment_save(call, d);
    }
    there->rollbackTriggeringDeploymentId = d->id;
    there->rollbackMessage = str_printf(call->arena,
            "Deployment %.*s is rolled back to the revision of deployment %.*s.", STR_ARG(d->id),
            STR_ARG(good.id));
    struct codedeploy_DeploymentInfo info = {
            .revision = good.info->revision,
            .description = there->rollbackMessage,
            .creator = CREATOR_ROLLBACK,
            .ignoreApplicationStopFailures = d->info->ignoreApplicationStopFailures,
            .fileExistsBehavior = d->info->fileExistsBehavior,
            .deploymentConfigName = d->info->deploymentConfigName,
            .rollbackInfo = there,
    };
    if ((r = deployment_start(call, group, &info, &id)) < 0)
        return r;
    here->rollbackDeploymentId = id;
    here->rollbackMessage = str_printf(call->arena,
            "Rolled back by deployment %.*s to the revision of deployment %.*s.", STR_ARG(id),
            STR_ARG(good.id));
    d->info->rollbackInfo = here;
    return deployment_save(call, d);
}

int deployment_end(struct call *call, struct deployment *d, const struct group *group,
        const char *status, const char *code, const char *message)
{
    const char *state = str_eq(str_of(status), STR("Succeeded")) ? "SUCCESS"
                        : str_eq(str_of(status), STR("Stopped")) ? "STOP"
                                                                 : "FAILURE";
    struct group fresh;
    int r;

    d->status = str_of(status);
    d->info->completeTime = SOME_TIME(call->now);
    if (code) {
        d->info->errorInformation = arena_new(call->arena, struct codedeploy_ErrorInformation);
        *d->info->errorInformation =
                (struct codedeploy_ErrorInformation){str_of(code), str_of(message)};
    }
    if ((r = deployment_save(call, d)) < 0 || (r = deployment_tell(call, d, state)) < 0 || !group)
        return r;
    if (str_eq(d->status, STR("Succeeded"))) {
        r = db_exec(call->tx, "update codedeploy_group set last_successful = $2 where id = $1",
                group->id, d->id);
        return r < 0 ? r : 0;
    }
    /* one rollback that fails is not rolled back again */
    if (!wants_rollback(d) || str_eq(d->info->creator, CREATOR_ROLLBACK))
        return 0;
    r = deploy_group_load(call, group->id, &fresh);
    return r <= 0 ? r : roll_back(call, d, &fresh);
}
