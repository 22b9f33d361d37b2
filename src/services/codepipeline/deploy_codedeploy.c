#include "services/codepipeline/provider.h"

#include "gen/codedeploy.h"
#include "services/codedeploy/codedeploy.h"

/*
 * Deploy CodeDeploy: CreateDeployment as the action's role, with the artifact as revision;
 * the deployment's end comes as an event (events.c).
 */

/* The artifact's own version, if its bucket has versions: the deployment cannot get another. */
static int revision(
        struct run *run, struct codedeploy_RevisionLocation *ret, struct outcome *why_not)
{
    const struct codepipeline_S3Location *from = run_input(run, 0);
    struct codedeploy_S3Location *s3 = arena_new(run->call->arena, struct codedeploy_S3Location);
    struct call_failure why;
    struct s3_info info;
    int r = s3_head(run->call, &run->role, from->bucket, from->key, (str){0}, &info, &why);

    if (r == CALL_FAILED) {
        *why_not = outcome_s3(run->call->arena, from->bucket, &why);
        return 1;
    }
    *s3 = (struct codedeploy_S3Location){
            .bucket = from->bucket,
            .key = from->key,
            .bundleType = STR("zip"),
            .version = str_eq(info.version, STR("null")) ? (str){0} : info.version,
            .eTag = info.etag,
    };
    ret->revisionType = STR("S3");
    ret->s3Location = s3;
    return r;
}

static int start(struct run *run)
{
    struct codedeploy_RevisionLocation location = {0};
    struct codedeploy_CreateDeploymentInput in = {
            .applicationName = run_configuration(run, "ApplicationName"),
            .deploymentGroupName = run_configuration(run, "DeploymentGroupName"),
            .revision = &location,
    };
    struct codedeploy_CreateDeploymentOutput out = {0};
    struct outcome outcome = {0};
    struct call_failure why;
    int r = revision(run, &location, &outcome);

    if (r < 0)
        return r;
    if (r == 0)
        r = call_invoke(
                run->call, &run->role, &codedeploy_service, "CreateDeployment", &in, &out, &why);
    if (r == CALL_FAILED)
        outcome = outcome_refused(run->call->arena, "createDeployment", "AmazonCodeDeploy", &why);
    else if (r < 0)
        return r;
    if (outcome.status.ptr)
        return run_end(run, &outcome);
    run->action.external =
            str_printf(run->call->arena, "codedeploy/%.*s", STR_ARG(out.deploymentId));
    run->action.detail->output->executionResult->externalExecutionId = out.deploymentId;
    return action_save(run->call, &run->action);
}

const struct provider provider_codedeploy = {
        .category = "Deploy",
        .name = "CodeDeploy",
        .keys = {{"ApplicationName", true}, {"DeploymentGroupName", true}},
        .min_inputs = 1,
        .max_inputs = 1,
        .start = start,
};

static struct outcome outcome_of(struct run *run, const struct codedeploy_DeploymentInfo *info)
{
    struct arena *arena = run->call->arena;
    struct outcome outcome = {.status = STR("Succeeded"), .summary = STR("Deployment Succeeded")};

    if (str_eq(info->status, STR("Succeeded"))) {
        variables_set(arena, &outcome.variables, "DeploymentId", info->deploymentId);
        return outcome;
    }
    if (str_eq(info->status, STR("Failed")) && info->errorInformation)
        return outcome_failed("JobFailed",
                str_printf(arena, "Deployment %.*s failed: %.*s (Error code: %.*s)",
                        STR_ARG(info->deploymentId), STR_ARG(info->errorInformation->message),
                        STR_ARG(info->errorInformation->code)));
    if (str_eq(info->status, STR("Failed")) || str_eq(info->status, STR("Stopped")))
        return outcome_failed(
                "JobFailed", str_printf(arena, "Deployment %.*s ended with status: %.*s",
                                     STR_ARG(info->deploymentId), STR_ARG(info->status)));
    return (struct outcome){0};
}

int deployment_read(struct run *run, str id, struct outcome *ret)
{
    struct codedeploy_GetDeploymentInput in = {.deploymentId = id};
    struct codedeploy_GetDeploymentOutput out = {0};
    struct call_failure why;
    int r = call_invoke(
            run->call, &run->role, &codedeploy_service, "GetDeployment", &in, &out, &why);

    if (r == CALL_FAILED)
        *ret = outcome_refused(run->call->arena, "getDeployment", "AmazonCodeDeploy", &why);
    else if (r == 0)
        *ret = outcome_of(run, out.deploymentInfo);
    return r == CALL_FAILED ? 0 : r;
}
