/* Looking at what a deployment did on each instance. */
#include "services/codedeploy/deployment.h"

static struct codedeploy_DeploymentTarget target_info(struct target *target)
{
    return (struct codedeploy_DeploymentTarget){
            .deploymentTargetType = STR("InstanceTarget"), .instanceTarget = target->info};
}

int codedeploy_GetDeploymentTarget(struct call *call,
        const struct codedeploy_GetDeploymentTargetInput *in,
        struct codedeploy_GetDeploymentTargetOutput *out)
{
    struct deployment d;
    struct target target;
    int r = deployment_find(call, in->deploymentId, &d);

    if (r < 0 || (r = deploy_target_load(call, d.id, in->targetId, &target)) < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codedeploy_DeploymentTargetDoesNotExistException,
                "The deployment target %.*s does not exist in deployment %.*s",
                STR_ARG(in->targetId), STR_ARG(d.id));
    out->deploymentTarget = arena_new(call->arena, struct codedeploy_DeploymentTarget);
    *out->deploymentTarget = target_info(&target);
    return 0;
}

int codedeploy_BatchGetDeploymentTargets(struct call *call,
        const struct codedeploy_BatchGetDeploymentTargetsInput *in,
        struct codedeploy_BatchGetDeploymentTargetsOutput *out)
{
    struct deployment d;
    int r = deployment_find(call, in->deploymentId, &d);

    if (r < 0)
        return r;
    if (!in->targetIds.len)
        return call_fail(call, &codedeploy_DeploymentTargetIdRequiredException,
                "A deployment target ID was not provided.");
    if (in->targetIds.len > CODEDEPLOY_MAX_BATCH)
        return call_fail(call, &codedeploy_DeploymentTargetListSizeExceededException,
                "The maximum number of targets that can be associated with this request is %d.",
                CODEDEPLOY_MAX_BATCH);
    out->deploymentTargets.is_set = true;
    out->deploymentTargets.items =
            arena_array(call->arena, in->targetIds.len, struct codedeploy_DeploymentTarget);
    for (size_t i = 0; i < in->targetIds.len; i++) {
        struct target target;
        if ((r = deploy_target_load(call, d.id, in->targetIds.items[i], &target)) < 0)
            return r;
        if (r == 0)
            return call_fail(call, &codedeploy_DeploymentTargetDoesNotExistException,
                    "The deployment target %.*s does not exist in deployment %.*s",
                    STR_ARG(in->targetIds.items[i]), STR_ARG(d.id));
        out->deploymentTargets.items[out->deploymentTargets.len++] = target_info(&target);
    }
    return 0;
}

/* ---- Lists
 * ----------------------------------------------------------------------------------------- */

/* Names of targets in one of the statuses (none: in any). */
static int list(struct call *call, str deployment_id, const struct str_list *statuses, str token,
        struct str_list *ret, str *ret_token)
{
    struct buf filter = buf_make(call->arena, 4096);
    struct deployment d;
    struct db_rows rows;
    str after;
    int r = deployment_find(call, deployment_id, &d);

    if (r < 0 || (r = deploy_names_after(call, token, &after)) < 0)
        return r;
    if (str_eq(d.status, STR("Created")))
        return call_fail(call, &codedeploy_DeploymentNotStartedException,
                "The specified deployment has not started: %.*s", STR_ARG(d.id));
    buf_char(&filter, '|');
    for (size_t i = 0; statuses && i < statuses->len; i++)
        buf_printf(&filter, "%.*s|", STR_ARG(statuses->items[i]));
    r = db_query(call->tx, &rows,
            "select name from codedeploy_target where deployment_id = $1 and name > $2 and ($3 = "
            "'|' or $3 like '%|' || status || '|%')"
            " order by name limit $4",
            d.id, after, buf_str(&filter), CODEDEPLOY_PAGE + 1);
    if (r < 0)
        return r;
    deploy_names_page(call, &rows, ret, ret_token);
    return 0;
}

static int refuse_labels(struct call *call)
{
    return call_fail(call, &codedeploy_InvalidDeploymentInstanceTypeException,
            "An instance type was specified for an in-place deployment. Instance types are "
            "supported for blue/green deployments only.");
}

int codedeploy_ListDeploymentTargets(struct call *call,
        const struct codedeploy_ListDeploymentTargetsInput *in,
        struct codedeploy_ListDeploymentTargetsOutput *out)
{
    const struct str_list *statuses = NULL;

    for (size_t i = 0; i < in->targetFilters.len; i++) {
        if (!str_eq(in->targetFilters.items[i].key, STR("TargetStatus")))
            return refuse_labels(call);
        statuses = &in->targetFilters.items[i].value;
    }
    if (!in->deploymentId.ptr)
        return call_fail(call, &codedeploy_DeploymentIdRequiredException,
                "At least one deployment ID must be specified.");
    return list(call, in->deploymentId, statuses, in->nextToken, &out->targetIds, &out->nextToken);
}

int codedeploy_ListDeploymentInstances(struct call *call,
        const struct codedeploy_ListDeploymentInstancesInput *in,
        struct codedeploy_ListDeploymentInstancesOutput *out)
{
    struct deployment d;
    int r = deployment_find(call, in->deploymentId, &d);

    if (r < 0 || (r = authorize(call, STR("codedeploy:ListDeploymentInstances"),
                          deploy_group_arn(
                                  call, d.info->applicationName, d.info->deploymentGroupName))) < 0)
        return r;
    if (in->instanceTypeFilter.len)
        return refuse_labels(call);
    return list(call, in->deploymentId, &in->instanceStatusFilter, in->nextToken,
            &out->instancesList, &out->nextToken);
}
