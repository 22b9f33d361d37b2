/* Deployment groups: what is deployed where, and how. */
#include "services/codedeploy/application.h"

#include "base/random.h"
#include "services/iam/iam.h"
#include "services/sts/sts.h"

enum {
    GROUPS_MAX = 1000
};

/* ---- Rows -------------------------------------------------------------------------------------
 */

#define GROUP_COLUMNS                                                                              \
    "g.id, g.name, g.declaration, g.last_attempted, g.last_successful, a.id, a.name, a.created "   \
    "from codedeploy_group g"                                                                      \
    " join codedeploy_application a on a.id = g.application_id"

str deploy_group_arn(struct call *call, str application, str name)
{
    return arn_make(call, "codedeploy",
            str_printf(
                    call->arena, "deploymentgroup:%.*s/%.*s", STR_ARG(application), STR_ARG(name)));
}

static int last_deployment(struct call *call, str id, struct codedeploy_LastDeploymentInfo **ret)
{
    struct codedeploy_DeploymentInfo info = {0};
    const struct db_row *row;
    int r;

    if (!id.ptr || (r = db_one(call->tx, &row,
                            "select declaration, status from codedeploy_deployment where id = $1",
                            id)) == 0)
        return 0;
    if (r < 0 || (r = shape_from_json(call->arena, codedeploy_type_DeploymentInfo, row_text(row, 0),
                          &info, &call->tx->error)) < 0)
        return r;
    *ret = arena_new(call->arena, struct codedeploy_LastDeploymentInfo);
    **ret = (struct codedeploy_LastDeploymentInfo){.deploymentId = id,
            .status = row_text(row, 1),
            .createTime = info.createTime,
            .endTime = info.completeTime};
    return 0;
}

static int read_row(struct call *call, const struct db_row *row, struct group *ret)
{
    struct codedeploy_DeploymentGroupInfo *info =
            arena_new(call->arena, struct codedeploy_DeploymentGroupInfo);
    int r = shape_from_json(call->arena, codedeploy_type_DeploymentGroupInfo, row_text(row, 2),
            info, &call->tx->error);

    if (r < 0 ||
            (r = last_deployment(call, row_text(row, 3), &info->lastAttemptedDeployment)) < 0 ||
            (r = last_deployment(call, row_text(row, 4), &info->lastSuccessfulDeployment)) < 0)
        return r;
    *ret = (struct group){
            .id = row_text(row, 0),
            .name = row_text(row, 1),
            .application = {row_text(row, 5), row_text(row, 6), row_int(row, 7)},
            .info = info,
    };
    info->applicationName = ret->application.name;
    info->deploymentGroupName = ret->name;
    info->deploymentGroupId = ret->id;
    return 1;
}

int deploy_group_load(struct call *call, str id, struct group *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row, "select " GROUP_COLUMNS " where g.id = $1", id);

    return r <= 0 ? r : read_row(call, row, ret);
}

static int by_name(
        struct call *call, const struct application *application, str name, struct group *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " GROUP_COLUMNS " where g.application_id = $1 and g.name = $2", application->id,
            name);

    return r <= 0 ? r : read_row(call, row, ret);
}

int deploy_group_find(struct call *call, str application_name, str name, struct group *ret)
{
    struct application application;
    int r = application_find(call, application_name, &application);

    if (r < 0 || (r = by_name(call, &application, name, ret)) < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codedeploy_DeploymentGroupDoesNotExistException,
                "No Deployment Group found for name: %.*s", STR_ARG(name));
    return 0;
}

/* ---- Checks
 * -------------------------------------------------------------------------------------- */

static int check_name(struct call *call, str name)
{
    if (!is_deploy_name(name))
        return call_fail(call, &codedeploy_InvalidDeploymentGroupNameException,
                "Deployment group name is not valid: %.*s. It may have up to 100 letters, digits "
                "and . _ + = , @ -",
                STR_ARG(name));
    return 0;
}

/* The caller may pass the role, and CodeDeploy can assume it. */
static int check_role(struct call *call, str role)
{
    struct principal session;
    struct arn arn;
    int r;

    if (arn_parse(role, &arn) < 0 || !str_eq(arn.service, STR("iam")) ||
            !str_starts(arn.resource, STR("role/")))
        return call_fail(call, &codedeploy_InvalidRoleException,
                "The service role ARN is not valid: %.*s", STR_ARG(role));
    if ((r = iam_pass_role(call, role, STR("codedeploy.amazonaws.com"))) < 0)
        return r;
    r = sts_assume_service_role(
            call, role, STR("codedeploy.amazonaws.com"), STR("codedeploy"), &session);
    if (r == -EACCES)
        return call_fail(call, &codedeploy_InvalidRoleException,
                "AWS CodeDeploy does not have the permissions required to assume the role %.*s.",
                STR_ARG(role));
    return r;
}

static int check_count(struct call *call, const struct application *application)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select count(*) from codedeploy_group where application_id = $1", application->id);

    if (r < 0)
        return r;
    if (row_int(row, 0) >= GROUPS_MAX)
        return call_fail(call, &codedeploy_DeploymentGroupLimitExceededException,
                "The deployment groups limit of %d was exceeded.", GROUPS_MAX);
    return 0;
}

/* ---- Create, update, delete
 * ------------------------------------------------------------------------ */

static str declaration(struct call *call, const struct codedeploy_CreateDeploymentGroupInput *in)
{
    const struct codedeploy_DeploymentGroupInfo info = {
            .deploymentConfigName =
                    in->deploymentConfigName.ptr ? in->deploymentConfigName : deploy_config_default,
            .ec2TagFilters.is_set = true,
            .onPremisesInstanceTagFilters = {in->onPremisesInstanceTagFilters.items,
                    in->onPremisesInstanceTagFilters.len, true},
            .autoScalingGroups.is_set = true,
            .serviceRoleArn = in->serviceRoleArn,
            .triggerConfigurations.is_set = true,
            .autoRollbackConfiguration = in->autoRollbackConfiguration,
            .alarmConfiguration = in->alarmConfiguration,
            .deploymentStyle = &(struct codedeploy_DeploymentStyle){STR("IN_PLACE"),
                    STR("WITHOUT_TRAFFIC_CONTROL")},
            .outdatedInstancesStrategy = in->outdatedInstancesStrategy,
            .onPremisesTagSet = in->onPremisesTagSet,
            .computePlatform = STR("Server"),
            .terminationHookEnabled = SOME_BOOL(false),
    };

    return shape_to_json(call->arena, codedeploy_type_DeploymentGroupInfo, &info);
}

int codedeploy_CreateDeploymentGroup(struct call *call,
        const struct codedeploy_CreateDeploymentGroupInput *in,
        struct codedeploy_CreateDeploymentGroupOutput *out)
{
    str config = in->deploymentConfigName.ptr ? in->deploymentConfigName : deploy_config_default,
        id = random_uuid(call->arena);
    struct application application;
    int r = check_name(call, in->deploymentGroupName);

    if (r < 0 || (r = application_find(call, in->applicationName, &application)) < 0 ||
            (r = deploy_config_check(call, config)) < 0 || (r = deploy_group_check(call, in)) < 0 ||
            (r = check_role(call, in->serviceRoleArn)) < 0 ||
            (r = check_count(call, &application)) < 0)
        return r;
    r = db_exec(call->tx,
            "insert into codedeploy_group (id, account, region, application_id, name, config, "
            "declaration, created)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
            id, call->account, call->region, application.id, in->deploymentGroupName, config,
            declaration(call, in), call->now);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codedeploy_DeploymentGroupAlreadyExistsException,
                "Deployment group already exists: %.*s", STR_ARG(in->deploymentGroupName));
    out->deploymentGroupId = id;
    return deploy_tags_put(
            call, deploy_group_arn(call, application.name, in->deploymentGroupName), &in->tags);
}

/* What the group is to be: members of the request replace those that are there. */
static struct codedeploy_CreateDeploymentGroupInput merged(
        const struct codedeploy_UpdateDeploymentGroupInput *in,
        const struct codedeploy_DeploymentGroupInfo *old)
{
    bool new_filters = in->onPremisesInstanceTagFilters.is_set,
         new_set = in->onPremisesTagSet != NULL;

    return (struct codedeploy_CreateDeploymentGroupInput){
            .deploymentConfigName = in->deploymentConfigName.ptr ? in->deploymentConfigName
                                                                 : old->deploymentConfigName,
            .serviceRoleArn = in->serviceRoleArn.ptr ? in->serviceRoleArn : old->serviceRoleArn,
            .ec2TagFilters = in->ec2TagFilters,
            .ec2TagSet = in->ec2TagSet,
            .onPremisesInstanceTagFilters = new_filters ? in->onPremisesInstanceTagFilters
                                            : new_set   ? (struct codedeploy_TagFilterList){0}
                                                        : old->onPremisesInstanceTagFilters,
            .onPremisesTagSet = new_set       ? in->onPremisesTagSet
                                : new_filters ? NULL
                                              : old->onPremisesTagSet,
            .autoScalingGroups = in->autoScalingGroups,
            .triggerConfigurations = in->triggerConfigurations,
            .alarmConfiguration =
                    in->alarmConfiguration ? in->alarmConfiguration : old->alarmConfiguration,
            .autoRollbackConfiguration = in->autoRollbackConfiguration
                                                 ? in->autoRollbackConfiguration
                                                 : old->autoRollbackConfiguration,
            .outdatedInstancesStrategy = in->outdatedInstancesStrategy.ptr
                                                 ? in->outdatedInstancesStrategy
                                                 : old->outdatedInstancesStrategy,
            .deploymentStyle = in->deploymentStyle,
            .blueGreenDeploymentConfiguration = in->blueGreenDeploymentConfiguration,
            .loadBalancerInfo = in->loadBalancerInfo,
            .ecsServices = in->ecsServices,
            .terminationHookEnabled = in->terminationHookEnabled,
    };
}

static int rename_group(struct call *call, const struct group *group, str to)
{
    struct group other;
    int r = check_name(call, to);

    if (r < 0 ||
            (r = authorize(call, STR("codedeploy:UpdateDeploymentGroup"),
                     deploy_group_arn(call, group->application.name, to))) < 0 ||
            (r = by_name(call, &group->application, to, &other)) < 0)
        return r;
    if (r > 0)
        return call_fail(call, &codedeploy_DeploymentGroupAlreadyExistsException,
                "Deployment group already exists: %.*s", STR_ARG(to));
    r = db_exec(call->tx, "update codedeploy_group set name = $2 where id = $1", group->id, to);
    return r < 0 ? r
                 : deploy_tags_move(call,
                           deploy_group_arn(call, group->application.name, group->name),
                           deploy_group_arn(call, group->application.name, to));
}

int codedeploy_UpdateDeploymentGroup(struct call *call,
        const struct codedeploy_UpdateDeploymentGroupInput *in,
        struct codedeploy_UpdateDeploymentGroupOutput *out)
{
    struct codedeploy_CreateDeploymentGroupInput whole;
    struct group group;
    str to = in->newDeploymentGroupName;
    int r = deploy_group_find(call, in->applicationName, in->currentDeploymentGroupName, &group);

    if (r < 0)
        return r;
    whole = merged(in, group.info);
    if ((r = deploy_config_check(call, whole.deploymentConfigName)) < 0 ||
            (r = deploy_group_check(call, &whole)) < 0 ||
            (in->serviceRoleArn.ptr && (r = check_role(call, in->serviceRoleArn)) < 0))
        return r;
    r = db_exec(call->tx, "update codedeploy_group set config = $2, declaration = $3 where id = $1",
            group.id, whole.deploymentConfigName, declaration(call, &whole));
    if (r >= 0 && to.ptr && !str_eq(to, group.name))
        r = rename_group(call, &group, to);
    out->hooksNotCleanedUp.is_set = true;
    return r < 0 ? r : 0;
}

int codedeploy_DeleteDeploymentGroup(struct call *call,
        const struct codedeploy_DeleteDeploymentGroupInput *in,
        struct codedeploy_DeleteDeploymentGroupOutput *out)
{
    struct application application;
    int r = application_load(call, in->applicationName, &application);

    out->hooksNotCleanedUp.is_set = true;
    if (r <= 0)
        return r; /* deleting what is not there succeeds */
    r = db_exec(call->tx, "delete from codedeploy_group where application_id = $1 and name = $2",
            application.id, in->deploymentGroupName);
    return r < 0 ? r
                 : deploy_tags_drop(
                           call, deploy_group_arn(call, application.name, in->deploymentGroupName));
}

/* ---- Reading
 * ------------------------------------------------------------------------------------------ */

int codedeploy_GetDeploymentGroup(struct call *call,
        const struct codedeploy_GetDeploymentGroupInput *in,
        struct codedeploy_GetDeploymentGroupOutput *out)
{
    struct group group;
    int r = deploy_group_find(call, in->applicationName, in->deploymentGroupName, &group);

    if (r < 0)
        return r;
    out->deploymentGroupInfo = group.info;
    return 0;
}

int codedeploy_BatchGetDeploymentGroups(struct call *call,
        const struct codedeploy_BatchGetDeploymentGroupsInput *in,
        struct codedeploy_BatchGetDeploymentGroupsOutput *out)
{
    struct application application;
    int r;

    if (in->deploymentGroupNames.len > CODEDEPLOY_PAGE)
        return call_fail(call, &codedeploy_BatchLimitExceededException,
                "The maximum number of names or IDs allowed for this request is %d.",
                CODEDEPLOY_PAGE);
    for (size_t i = 0; i < in->deploymentGroupNames.len; i++)
        if ((r = authorize(call, STR("codedeploy:BatchGetDeploymentGroups"),
                     deploy_group_arn(
                             call, in->applicationName, in->deploymentGroupNames.items[i]))) < 0)
            return r;
    if ((r = application_find(call, in->applicationName, &application)) < 0)
        return r;
    out->deploymentGroupsInfo.is_set = true;
    out->deploymentGroupsInfo.items = arena_array(
            call->arena, in->deploymentGroupNames.len, struct codedeploy_DeploymentGroupInfo);
    for (size_t i = 0; i < in->deploymentGroupNames.len; i++) {
        struct group group;
        if ((r = by_name(call, &application, in->deploymentGroupNames.items[i], &group)) < 0)
            return r;
        if (r > 0)
            out->deploymentGroupsInfo.items[out->deploymentGroupsInfo.len++] = *group.info;
        else
            out->errorMessage = str_printf(call->arena, "No Deployment Group found for name: %.*s",
                    STR_ARG(in->deploymentGroupNames.items[i]));
    }
    return 0;
}

int codedeploy_ListDeploymentGroups(struct call *call,
        const struct codedeploy_ListDeploymentGroupsInput *in,
        struct codedeploy_ListDeploymentGroupsOutput *out)
{
    struct application application;
    struct db_rows rows;
    str after;
    int r = application_find(call, in->applicationName, &application);

    if (r < 0 || (r = deploy_names_after(call, in->nextToken, &after)) < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select name from codedeploy_group where application_id = $1 and name > $2 order by "
            "name limit $3",
            application.id, after, CODEDEPLOY_PAGE + 1);
    if (r < 0)
        return r;
    deploy_names_page(call, &rows, &out->deploymentGroups, &out->nextToken);
    out->applicationName = application.name;
    return 0;
}
