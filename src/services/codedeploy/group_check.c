/* What a deployment group may say. What is not supported is refused, never ignored. */
#include "services/codedeploy/application.h"

enum {
    TAG_GROUPS_MAX = 3
};

static const char NOT_SUPPORTED[] = "is not supported by this version of Slipway";

static bool is_style(const struct codedeploy_DeploymentStyle *style)
{
    return !style ||
           ((!style->deploymentType.ptr || str_eq(style->deploymentType, STR("IN_PLACE"))) &&
                   (!style->deploymentOption.ptr ||
                           str_eq(style->deploymentOption, STR("WITHOUT_TRAFFIC_CONTROL"))));
}

static bool has_balancer(const struct codedeploy_LoadBalancerInfo *info)
{
    return info && (info->elbInfoList.len || info->targetGroupInfoList.len ||
                           info->targetGroupPairInfoList.len);
}

static bool has_alarms(const struct codedeploy_AlarmConfiguration *config)
{
    return config && ((config->enabled.is_set && config->enabled.value) || config->alarms.len);
}

static int refuse_traffic(struct call *call, const struct codedeploy_CreateDeploymentGroupInput *in)
{
    if (!is_style(in->deploymentStyle))
        return call_fail(call, &codedeploy_InvalidDeploymentStyleException,
                "The deployment style %.*s, %.*s %s: only IN_PLACE, WITHOUT_TRAFFIC_CONTROL is.",
                STR_ARG(in->deploymentStyle->deploymentType),
                STR_ARG(in->deploymentStyle->deploymentOption), NOT_SUPPORTED);
    if (in->blueGreenDeploymentConfiguration)
        return call_fail(call, &codedeploy_InvalidBlueGreenDeploymentConfigurationException,
                "Blue/green deployment %s.", NOT_SUPPORTED);
    if (has_balancer(in->loadBalancerInfo))
        return call_fail(call, &codedeploy_InvalidLoadBalancerInfoException,
                "Load balancing in deployments %s.", NOT_SUPPORTED);
    return 0;
}

static int refuse_others(struct call *call, const struct codedeploy_CreateDeploymentGroupInput *in)
{
    if (in->ec2TagFilters.len || (in->ec2TagSet && in->ec2TagSet->ec2TagSetList.len))
        return call_fail(call, &codedeploy_InvalidEC2TagException,
                "Choosing EC2 instances by tags %s: register hosts as on-premises instances.",
                NOT_SUPPORTED);
    if (in->autoScalingGroups.len ||
            (in->terminationHookEnabled.is_set && in->terminationHookEnabled.value))
        return call_fail(call, &codedeploy_InvalidAutoScalingGroupException, "Auto Scaling %s.",
                NOT_SUPPORTED);
    if (in->ecsServices.len)
        return call_fail(call, &codedeploy_InvalidECSServiceException, "Deploying to ECS %s.",
                NOT_SUPPORTED);
    if (has_alarms(in->alarmConfiguration))
        return call_fail(call, &codedeploy_InvalidAlarmConfigException,
                "Alarms in deployment groups %s.", NOT_SUPPORTED);
    if (in->triggerConfigurations.len)
        return call_fail(
                call, &codedeploy_InvalidTriggerConfigException, "Triggers %s.", NOT_SUPPORTED);
    if (str_eq(in->outdatedInstancesStrategy, STR("UPDATE")))
        return call_fail(call, &codedeploy_InvalidInputException,
                "The outdated instances strategy UPDATE concerns EC2 instances, which %s.",
                "are not supported by this version of Slipway");
    return 0;
}

static int check_filter(struct call *call, const struct codedeploy_TagFilter *filter)
{
    bool needs_key = !str_eq(filter->Type, STR("VALUE_ONLY")),
         needs_value = !str_eq(filter->Type, STR("KEY_ONLY"));

    if (!filter->Type.ptr || (needs_key && !filter->Key.len) || (needs_value && !filter->Value.ptr))
        return call_fail(call, &codedeploy_InvalidTagException,
                "The on-premises instance tag filter is not valid: it needs a Type of KEY_ONLY, "
                "VALUE_ONLY or KEY_AND_VALUE, and what that names.");
    return 0;
}

static int check_filters(struct call *call, const struct codedeploy_TagFilterList *filters)
{
    if (filters->len > CODEDEPLOY_MAX_FILTERS)
        return call_fail(call, &codedeploy_InvalidTagException,
                "A deployment group cannot have more than %d on-premises tag filters.",
                CODEDEPLOY_MAX_FILTERS);
    for (size_t i = 0; i < filters->len; i++) {
        int r = check_filter(call, &filters->items[i]);
        if (r < 0)
            return r;
    }
    return 0;
}

static int check_tags(struct call *call, const struct codedeploy_CreateDeploymentGroupInput *in)
{
    const struct codedeploy_OnPremisesTagSetList *set =
            in->onPremisesTagSet ? &in->onPremisesTagSet->onPremisesTagSetList : NULL;
    int r = check_filters(call, &in->onPremisesInstanceTagFilters);

    if (r < 0 || !set)
        return r;
    if (in->onPremisesInstanceTagFilters.len && set->len)
        return call_fail(call, &codedeploy_InvalidOnPremisesTagCombinationException,
                "A call was submitted that specified both OnPremisesTagFilters and "
                "OnPremisesTagSet, but only one of these data types can be used in a single call.");
    if (set->len > TAG_GROUPS_MAX)
        return call_fail(call, &codedeploy_TagSetListLimitExceededException,
                "The number of tag groups included in the tag set list exceeded the maximum "
                "allowed limit of %d.",
                TAG_GROUPS_MAX);
    for (size_t i = 0; r >= 0 && i < set->len; i++)
        r = check_filters(call, &set->items[i]);
    return r;
}

int deploy_rollback_check(
        struct call *call, const struct codedeploy_AutoRollbackConfiguration *config)
{
    if (!config)
        return 0;
    if (config->enabled.is_set && config->enabled.value && !config->events.len)
        return call_fail(call, &codedeploy_InvalidAutoRollbackConfigException,
                "The automatic rollback configuration was specified in an invalid format: "
                "automatic rollback is enabled, but no events were listed.");
    for (size_t i = 0; i < config->events.len; i++)
        if (str_eq(config->events.items[i], STR("DEPLOYMENT_STOP_ON_ALARM")))
            return call_fail(call, &codedeploy_InvalidAutoRollbackConfigException,
                    "Rollback by DEPLOYMENT_STOP_ON_ALARM %s: alarms are not.", NOT_SUPPORTED);
    return 0;
}

int deploy_group_check(struct call *call, const struct codedeploy_CreateDeploymentGroupInput *in)
{
    int r = refuse_traffic(call, in);

    if (r < 0 || (r = refuse_others(call, in)) < 0 || (r = check_tags(call, in)) < 0)
        return r;
    return deploy_rollback_check(call, in->autoRollbackConfiguration);
}
