$version: "2.0"
namespace com.amazonaws.codedeploy

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#memberErrors
use slipway#planned

@service(sdkId: "CodeDeploy")
@sigv4(name: "codedeploy")
@awsJson1_1
service CodeDeploy_20141006 {
    version: "2014-10-06"
    operations: [
        AddTagsToOnPremisesInstances
        BatchGetApplicationRevisions
        BatchGetApplications
        BatchGetDeploymentGroups
        BatchGetDeploymentInstances
        BatchGetDeploymentTargets
        BatchGetDeployments
        BatchGetOnPremisesInstances
        ContinueDeployment
        CreateApplication
        CreateDeployment
        CreateDeploymentConfig
        CreateDeploymentGroup
        DeleteApplication
        DeleteDeploymentConfig
        DeleteDeploymentGroup
        DeleteGitHubAccountToken
        DeleteResourcesByExternalId
        DeregisterOnPremisesInstance
        GetApplication
        GetApplicationRevision
        GetDeployment
        GetDeploymentConfig
        GetDeploymentGroup
        GetDeploymentInstance
        GetDeploymentTarget
        GetOnPremisesInstance
        ListApplicationRevisions
        ListApplications
        ListDeploymentConfigs
        ListDeploymentGroups
        ListDeploymentInstances
        ListDeploymentTargets
        ListDeployments
        ListGitHubAccountTokenNames
        ListOnPremisesInstances
        ListTagsForResource
        PutLifecycleEventHookExecutionStatus
        RegisterApplicationRevision
        RegisterOnPremisesInstance
        RemoveTagsFromOnPremisesInstances
        SkipWaitTimeForInstanceTermination
        StopDeployment
        TagResource
        UntagResource
        UpdateApplication
        UpdateDeploymentGroup
    ]
}

@authorizeSelf
operation AddTagsToOnPremisesInstances {
    input: AddTagsToOnPremisesInstancesInput
    errors: [
        InstanceNameRequiredException
        InvalidInstanceNameException
        TagRequiredException
        InvalidTagException
        TagLimitExceededException
        InstanceLimitExceededException
        InstanceNotRegisteredException
    ]
}

@planned
@readonly
@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName}")
operation BatchGetApplicationRevisions {
    input: BatchGetApplicationRevisionsInput
    output: BatchGetApplicationRevisionsOutput
    errors: [
        ApplicationDoesNotExistException
        ApplicationNameRequiredException
        InvalidApplicationNameException
        RevisionRequiredException
        InvalidRevisionException
        BatchLimitExceededException
    ]
}

@readonly
@authorizeSelf
operation BatchGetApplications {
    input: BatchGetApplicationsInput
    output: BatchGetApplicationsOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
        BatchLimitExceededException
    ]
}

@readonly
@authorizeSelf
operation BatchGetDeploymentGroups {
    input: BatchGetDeploymentGroupsInput
    output: BatchGetDeploymentGroupsOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
        DeploymentGroupNameRequiredException
        InvalidDeploymentGroupNameException
        BatchLimitExceededException
        DeploymentConfigDoesNotExistException
    ]
}

@planned
@readonly
operation BatchGetDeploymentInstances {
    input: BatchGetDeploymentInstancesInput
    output: BatchGetDeploymentInstancesOutput
    errors: [
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        InstanceIdRequiredException
        InvalidDeploymentIdException
        InvalidInstanceNameException
        BatchLimitExceededException
        InvalidComputePlatformException
    ]
}

@readonly
@arn("*")
operation BatchGetDeploymentTargets {
    input: BatchGetDeploymentTargetsInput
    output: BatchGetDeploymentTargetsOutput
    errors: [
        InvalidDeploymentIdException
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        DeploymentNotStartedException
        DeploymentTargetIdRequiredException
        InvalidDeploymentTargetIdException
        DeploymentTargetDoesNotExistException
        DeploymentTargetListSizeExceededException
        InstanceDoesNotExistException
    ]
}

@readonly
@authorizeSelf
operation BatchGetDeployments {
    input: BatchGetDeploymentsInput
    output: BatchGetDeploymentsOutput
    errors: [
        DeploymentIdRequiredException
        InvalidDeploymentIdException
        BatchLimitExceededException
    ]
}

@readonly
@authorizeSelf
operation BatchGetOnPremisesInstances {
    input: BatchGetOnPremisesInstancesInput
    output: BatchGetOnPremisesInstancesOutput
    errors: [
        InstanceNameRequiredException
        InvalidInstanceNameException
        BatchLimitExceededException
    ]
}

@planned
operation ContinueDeployment {
    input: ContinueDeploymentInput
    errors: [
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        DeploymentAlreadyCompletedException
        InvalidDeploymentIdException
        DeploymentIsNotInReadyStateException
        UnsupportedActionForDeploymentTypeException
        InvalidDeploymentWaitTypeException
        InvalidDeploymentStatusException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation CreateApplication {
    input: CreateApplicationInput
    output: CreateApplicationOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationAlreadyExistsException
        ApplicationLimitExceededException
        InvalidComputePlatformException
        InvalidTagsToAddException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:deploymentgroup:{applicationName}/{deploymentGroupName=*}")
operation CreateDeployment {
    input: CreateDeploymentInput
    output: CreateDeploymentOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
        DeploymentGroupNameRequiredException
        InvalidDeploymentGroupNameException
        DeploymentGroupDoesNotExistException
        RevisionRequiredException
        RevisionDoesNotExistException
        InvalidRevisionException
        InvalidDeploymentConfigNameException
        DeploymentConfigDoesNotExistException
        DescriptionTooLongException
        DeploymentLimitExceededException
        InvalidTargetInstancesException
        InvalidAlarmConfigException
        AlarmsLimitExceededException
        InvalidAutoRollbackConfigException
        InvalidLoadBalancerInfoException
        InvalidFileExistsBehaviorException
        InvalidRoleException
        InvalidAutoScalingGroupException
        ThrottlingException
        InvalidUpdateOutdatedInstancesOnlyValueException
        InvalidIgnoreApplicationStopFailuresValueException
        InvalidGitHubAccountTokenException
        InvalidTrafficRoutingConfigurationException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:deploymentconfig:{deploymentConfigName}")
operation CreateDeploymentConfig {
    input: CreateDeploymentConfigInput
    output: CreateDeploymentConfigOutput
    errors: [
        InvalidDeploymentConfigNameException
        DeploymentConfigNameRequiredException
        DeploymentConfigAlreadyExistsException
        InvalidMinimumHealthyHostValueException
        DeploymentConfigLimitExceededException
        InvalidComputePlatformException
        InvalidTrafficRoutingConfigurationException
        InvalidZonalDeploymentConfigurationException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:deploymentgroup:{applicationName}/{deploymentGroupName}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation CreateDeploymentGroup {
    input: CreateDeploymentGroupInput
    output: CreateDeploymentGroupOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
        DeploymentGroupNameRequiredException
        InvalidDeploymentGroupNameException
        DeploymentGroupAlreadyExistsException
        InvalidEC2TagException
        InvalidTagException
        InvalidAutoScalingGroupException
        InvalidDeploymentConfigNameException
        DeploymentConfigDoesNotExistException
        RoleRequiredException
        InvalidRoleException
        DeploymentGroupLimitExceededException
        LifecycleHookLimitExceededException
        InvalidTriggerConfigException
        TriggerTargetsLimitExceededException
        InvalidAlarmConfigException
        AlarmsLimitExceededException
        InvalidAutoRollbackConfigException
        InvalidLoadBalancerInfoException
        InvalidDeploymentStyleException
        InvalidBlueGreenDeploymentConfigurationException
        InvalidEC2TagCombinationException
        InvalidOnPremisesTagCombinationException
        TagSetListLimitExceededException
        InvalidInputException
        ThrottlingException
        InvalidECSServiceException
        InvalidTargetGroupPairException
        ECSServiceMappingLimitExceededException
        InvalidTagsToAddException
        InvalidTrafficRoutingConfigurationException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName}")
operation DeleteApplication {
    input: DeleteApplicationInput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        InvalidRoleException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:deploymentconfig:{deploymentConfigName}")
operation DeleteDeploymentConfig {
    input: DeleteDeploymentConfigInput
    errors: [
        InvalidDeploymentConfigNameException
        DeploymentConfigNameRequiredException
        DeploymentConfigInUseException
        InvalidOperationException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:deploymentgroup:{applicationName}/{deploymentGroupName}")
operation DeleteDeploymentGroup {
    input: DeleteDeploymentGroupInput
    output: DeleteDeploymentGroupOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        DeploymentGroupNameRequiredException
        InvalidDeploymentGroupNameException
        InvalidRoleException
    ]
}

@planned
operation DeleteGitHubAccountToken {
    input: DeleteGitHubAccountTokenInput
    output: DeleteGitHubAccountTokenOutput
    errors: [
        GitHubAccountTokenNameRequiredException
        GitHubAccountTokenDoesNotExistException
        InvalidGitHubAccountTokenNameException
        ResourceValidationException
        OperationNotSupportedException
    ]
}

@planned
operation DeleteResourcesByExternalId {
    input: DeleteResourcesByExternalIdInput
    output: DeleteResourcesByExternalIdOutput
}

@arn("arn:aws:codedeploy:{region}:{account}:instance:{instanceName}")
operation DeregisterOnPremisesInstance {
    input: DeregisterOnPremisesInstanceInput
    errors: [
        InstanceNameRequiredException
        InvalidInstanceNameException
    ]
}

@readonly
@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName}")
operation GetApplication {
    input: GetApplicationInput
    output: GetApplicationOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
    ]
}

@readonly
@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName}")
operation GetApplicationRevision {
    input: GetApplicationRevisionInput
    output: GetApplicationRevisionOutput
    errors: [
        ApplicationDoesNotExistException
        ApplicationNameRequiredException
        InvalidApplicationNameException
        RevisionDoesNotExistException
        RevisionRequiredException
        InvalidRevisionException
    ]
}

@readonly
@authorizeSelf
operation GetDeployment {
    input: GetDeploymentInput
    output: GetDeploymentOutput
    errors: [
        DeploymentIdRequiredException
        InvalidDeploymentIdException
        DeploymentDoesNotExistException
    ]
}

@readonly
@arn("arn:aws:codedeploy:{region}:{account}:deploymentconfig:{deploymentConfigName}")
operation GetDeploymentConfig {
    input: GetDeploymentConfigInput
    output: GetDeploymentConfigOutput
    errors: [
        InvalidDeploymentConfigNameException
        DeploymentConfigNameRequiredException
        DeploymentConfigDoesNotExistException
        InvalidComputePlatformException
    ]
}

@readonly
@arn("arn:aws:codedeploy:{region}:{account}:deploymentgroup:{applicationName}/{deploymentGroupName}")
operation GetDeploymentGroup {
    input: GetDeploymentGroupInput
    output: GetDeploymentGroupOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
        DeploymentGroupNameRequiredException
        InvalidDeploymentGroupNameException
        DeploymentGroupDoesNotExistException
        DeploymentConfigDoesNotExistException
    ]
}

@planned
@readonly
operation GetDeploymentInstance {
    input: GetDeploymentInstanceInput
    output: GetDeploymentInstanceOutput
    errors: [
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        InstanceIdRequiredException
        InvalidDeploymentIdException
        InstanceDoesNotExistException
        InvalidInstanceNameException
        InvalidComputePlatformException
    ]
}

@readonly
@arn("*")
operation GetDeploymentTarget {
    input: GetDeploymentTargetInput
    output: GetDeploymentTargetOutput
    errors: [
        InvalidDeploymentIdException
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        DeploymentNotStartedException
        DeploymentTargetIdRequiredException
        InvalidDeploymentTargetIdException
        DeploymentTargetDoesNotExistException
        InvalidInstanceNameException
    ]
}

@readonly
@arn("arn:aws:codedeploy:{region}:{account}:instance:{instanceName}")
operation GetOnPremisesInstance {
    input: GetOnPremisesInstanceInput
    output: GetOnPremisesInstanceOutput
    errors: [
        InstanceNameRequiredException
        InstanceNotRegisteredException
        InvalidInstanceNameException
    ]
}

@readonly
@paginated
@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName}")
operation ListApplicationRevisions {
    input: ListApplicationRevisionsInput
    output: ListApplicationRevisionsOutput
    errors: [
        ApplicationDoesNotExistException
        ApplicationNameRequiredException
        InvalidApplicationNameException
        InvalidSortByException
        InvalidSortOrderException
        InvalidBucketNameFilterException
        InvalidKeyPrefixFilterException
        BucketNameFilterRequiredException
        InvalidDeployedStateFilterException
        InvalidNextTokenException
    ]
}

@readonly
@paginated
@arn("*")
operation ListApplications {
    input: ListApplicationsInput
    output: ListApplicationsOutput
    errors: [
        InvalidNextTokenException
    ]
}

@readonly
@paginated
@arn("*")
operation ListDeploymentConfigs {
    input: ListDeploymentConfigsInput
    output: ListDeploymentConfigsOutput
    errors: [
        InvalidNextTokenException
    ]
}

@readonly
@paginated
@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName}")
operation ListDeploymentGroups {
    input: ListDeploymentGroupsInput
    output: ListDeploymentGroupsOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
        InvalidNextTokenException
    ]
}

@readonly
@paginated
@authorizeSelf
operation ListDeploymentInstances {
    input: ListDeploymentInstancesInput
    output: ListDeploymentInstancesOutput
    errors: [
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        DeploymentNotStartedException
        InvalidNextTokenException
        InvalidDeploymentIdException
        InvalidInstanceStatusException
        InvalidInstanceTypeException
        InvalidDeploymentInstanceTypeException
        InvalidTargetFilterNameException
        InvalidComputePlatformException
    ]
}

@readonly
@paginated
@arn("*")
operation ListDeploymentTargets {
    input: ListDeploymentTargetsInput
    output: ListDeploymentTargetsOutput
    errors: [
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        DeploymentNotStartedException
        InvalidNextTokenException
        InvalidDeploymentIdException
        InvalidInstanceStatusException
        InvalidInstanceTypeException
        InvalidDeploymentInstanceTypeException
        InvalidTargetFilterNameException
    ]
}

@readonly
@paginated
@arn("arn:aws:codedeploy:{region}:{account}:deploymentgroup:{applicationName=*}/{deploymentGroupName=*}")
operation ListDeployments {
    input: ListDeploymentsInput
    output: ListDeploymentsOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
        InvalidDeploymentGroupNameException
        DeploymentGroupDoesNotExistException
        DeploymentGroupNameRequiredException
        InvalidTimeRangeException
        InvalidDeploymentStatusException
        InvalidNextTokenException
        InvalidExternalIdException
        InvalidInputException
    ]
}

@planned
@readonly
@paginated
operation ListGitHubAccountTokenNames {
    input: ListGitHubAccountTokenNamesInput
    output: ListGitHubAccountTokenNamesOutput
    errors: [
        InvalidNextTokenException
        ResourceValidationException
        OperationNotSupportedException
    ]
}

@readonly
@paginated
@arn("*")
operation ListOnPremisesInstances {
    input: ListOnPremisesInstancesInput
    output: ListOnPremisesInstancesOutput
    errors: [
        InvalidRegistrationStatusException
        InvalidTagFilterException
        InvalidNextTokenException
    ]
}

@readonly
@paginated
@arn("{ResourceArn}")
operation ListTagsForResource {
    input: ListTagsForResourceInput
    output: ListTagsForResourceOutput
    errors: [
        ArnNotSupportedException
        InvalidArnException
        ResourceArnRequiredException
    ]
}

@planned
operation PutLifecycleEventHookExecutionStatus {
    input: PutLifecycleEventHookExecutionStatusInput
    output: PutLifecycleEventHookExecutionStatusOutput
    errors: [
        InvalidLifecycleEventHookExecutionStatusException
        InvalidLifecycleEventHookExecutionIdException
        LifecycleEventAlreadyCompletedException
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        InvalidDeploymentIdException
        UnsupportedActionForDeploymentTypeException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName}")
operation RegisterApplicationRevision {
    input: RegisterApplicationRevisionInput
    errors: [
        ApplicationDoesNotExistException
        ApplicationNameRequiredException
        InvalidApplicationNameException
        DescriptionTooLongException
        RevisionRequiredException
        InvalidRevisionException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:instance:{instanceName}")
operation RegisterOnPremisesInstance {
    input: RegisterOnPremisesInstanceInput
    errors: [
        InstanceNameAlreadyRegisteredException
        IamArnRequiredException
        IamSessionArnAlreadyRegisteredException
        IamUserArnAlreadyRegisteredException
        InstanceNameRequiredException
        IamUserArnRequiredException
        InvalidInstanceNameException
        InvalidIamSessionArnException
        InvalidIamUserArnException
        MultipleIamArnsProvidedException
    ]
}

@authorizeSelf
operation RemoveTagsFromOnPremisesInstances {
    input: RemoveTagsFromOnPremisesInstancesInput
    errors: [
        InstanceNameRequiredException
        InvalidInstanceNameException
        TagRequiredException
        InvalidTagException
        TagLimitExceededException
        InstanceLimitExceededException
        InstanceNotRegisteredException
    ]
}

@planned
operation SkipWaitTimeForInstanceTermination {
    input: SkipWaitTimeForInstanceTerminationInput
    errors: [
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        DeploymentAlreadyCompletedException
        InvalidDeploymentIdException
        DeploymentNotStartedException
        UnsupportedActionForDeploymentTypeException
    ]
}

@arn("*")
operation StopDeployment {
    input: StopDeploymentInput
    output: StopDeploymentOutput
    errors: [
        DeploymentIdRequiredException
        DeploymentDoesNotExistException
        DeploymentGroupDoesNotExistException
        DeploymentAlreadyCompletedException
        InvalidDeploymentIdException
        UnsupportedActionForDeploymentTypeException
    ]
}

@arn("{ResourceArn}")
@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags")
operation TagResource {
    input: TagResourceInput
    output: TagResourceOutput
    errors: [
        ResourceArnRequiredException
        ApplicationDoesNotExistException
        DeploymentGroupDoesNotExistException
        DeploymentConfigDoesNotExistException
        TagRequiredException
        InvalidTagsToAddException
        ArnNotSupportedException
        InvalidArnException
    ]
}

@arn("{ResourceArn}")
@conditionKeys("aws:TagKeys": "TagKeys")
operation UntagResource {
    input: UntagResourceInput
    output: UntagResourceOutput
    errors: [
        ResourceArnRequiredException
        ApplicationDoesNotExistException
        DeploymentGroupDoesNotExistException
        DeploymentConfigDoesNotExistException
        TagRequiredException
        InvalidTagsToAddException
        ArnNotSupportedException
        InvalidArnException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:application:{applicationName=*}")
operation UpdateApplication {
    input: UpdateApplicationInput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationAlreadyExistsException
        ApplicationDoesNotExistException
    ]
}

@arn("arn:aws:codedeploy:{region}:{account}:deploymentgroup:{applicationName}/{currentDeploymentGroupName}")
operation UpdateDeploymentGroup {
    input: UpdateDeploymentGroupInput
    output: UpdateDeploymentGroupOutput
    errors: [
        ApplicationNameRequiredException
        InvalidApplicationNameException
        ApplicationDoesNotExistException
        InvalidDeploymentGroupNameException
        DeploymentGroupAlreadyExistsException
        DeploymentGroupNameRequiredException
        DeploymentGroupDoesNotExistException
        InvalidEC2TagException
        InvalidTagException
        InvalidAutoScalingGroupException
        InvalidDeploymentConfigNameException
        DeploymentConfigDoesNotExistException
        InvalidRoleException
        LifecycleHookLimitExceededException
        InvalidTriggerConfigException
        TriggerTargetsLimitExceededException
        InvalidAlarmConfigException
        AlarmsLimitExceededException
        InvalidAutoRollbackConfigException
        InvalidLoadBalancerInfoException
        InvalidDeploymentStyleException
        InvalidBlueGreenDeploymentConfigurationException
        InvalidEC2TagCombinationException
        InvalidOnPremisesTagCombinationException
        TagSetListLimitExceededException
        InvalidInputException
        ThrottlingException
        InvalidECSServiceException
        InvalidTargetGroupPairException
        ECSServiceMappingLimitExceededException
        InvalidTrafficRoutingConfigurationException
    ]
}

structure AddTagsToOnPremisesInstancesInput {
    @required
    tags: TagList
    @required
    instanceNames: InstanceNameList
}

structure Alarm {
    name: String
}

structure AlarmConfiguration {
    enabled: Boolean
    ignorePollAlarmFailure: Boolean
    alarms: AlarmList
}

list AlarmList {
    member: Alarm
}

@error("client")
structure AlarmsLimitExceededException {}

structure AppSpecContent {
    content: String
    sha256: String
}

@error("client")
structure ApplicationAlreadyExistsException {}

@error("client")
structure ApplicationDoesNotExistException {}

structure ApplicationInfo {
    applicationId: String
    applicationName: ApplicationName
    createTime: Timestamp
    linkedToGitHub: Boolean
    gitHubAccountName: String
    computePlatform: ComputePlatform
}

@error("client")
structure ApplicationLimitExceededException {}

@length(min: 1, max: 100)
string ApplicationName

@error("client")
structure ApplicationNameRequiredException {}

enum ApplicationRevisionSortBy {
    REGISTER_TIME = "registerTime"
    FIRST_USED_TIME = "firstUsedTime"
    LAST_USED_TIME = "lastUsedTime"
}

list ApplicationsInfoList {
    member: ApplicationInfo
}

list ApplicationsList {
    member: ApplicationName
}

@length(min: 1, max: 1011)
string Arn

@error("client")
structure ArnNotSupportedException {}

structure AutoRollbackConfiguration {
    enabled: Boolean
    @memberErrors(invalid: InvalidAutoRollbackConfigException)
    events: AutoRollbackEventsList
}

enum AutoRollbackEvent {
    DEPLOYMENT_FAILURE
    DEPLOYMENT_STOP_ON_ALARM
    DEPLOYMENT_STOP_ON_REQUEST
}

list AutoRollbackEventsList {
    member: AutoRollbackEvent
}

structure AutoScalingGroup {
    name: String
    hook: String
    terminationHook: String
}

list AutoScalingGroupList {
    member: AutoScalingGroup
}

list AutoScalingGroupNameList {
    member: String
}

structure BatchGetApplicationRevisionsInput {
    @required
    applicationName: ApplicationName
    @required
    revisions: RevisionLocationList
}

structure BatchGetApplicationRevisionsOutput {
    applicationName: ApplicationName
    errorMessage: String
    revisions: RevisionInfoList
}

structure BatchGetApplicationsInput {
    @required
    applicationNames: ApplicationsList
}

structure BatchGetApplicationsOutput {
    applicationsInfo: ApplicationsInfoList
}

structure BatchGetDeploymentGroupsInput {
    @required
    applicationName: ApplicationName
    @required
    deploymentGroupNames: DeploymentGroupsList
}

structure BatchGetDeploymentGroupsOutput {
    deploymentGroupsInfo: DeploymentGroupInfoList
    errorMessage: String
}

structure BatchGetDeploymentInstancesInput {
    @required
    deploymentId: String
    @required
    instanceIds: InstancesList
}

structure BatchGetDeploymentInstancesOutput {
    instancesSummary: InstanceSummaryList
    errorMessage: String
}

structure BatchGetDeploymentTargetsInput {
    @required
    deploymentId: String
    @required
    @memberErrors(required: DeploymentTargetIdRequiredException, invalid: InvalidDeploymentTargetIdException)
    targetIds: TargetIdList
}

structure BatchGetDeploymentTargetsOutput {
    deploymentTargets: DeploymentTargetList
}

structure BatchGetDeploymentsInput {
    @required
    deploymentIds: DeploymentsList
}

structure BatchGetDeploymentsOutput {
    deploymentsInfo: DeploymentsInfoList
}

structure BatchGetOnPremisesInstancesInput {
    @required
    instanceNames: InstanceNameList
}

structure BatchGetOnPremisesInstancesOutput {
    instanceInfos: InstanceInfoList
}

@error("client")
structure BatchLimitExceededException {}

structure BlueGreenDeploymentConfiguration {
    terminateBlueInstancesOnDeploymentSuccess: BlueInstanceTerminationOption
    deploymentReadyOption: DeploymentReadyOption
    greenFleetProvisioningOption: GreenFleetProvisioningOption
}

structure BlueInstanceTerminationOption {
    action: InstanceAction
    terminationWaitTimeInMinutes: Integer
}

@error("client")
structure BucketNameFilterRequiredException {}

enum BundleType {
    TAR = "tar"
    TGZ = "tgz"
    ZIP = "zip"
    YAML
    JSON
}

structure CloudFormationTarget {
    deploymentId: String
    targetId: String
    lastUpdatedAt: Timestamp
    lifecycleEvents: LifecycleEventList
    status: TargetStatus
    resourceType: String
    targetVersionWeight: Double
}

enum ComputePlatform {
    SERVER = "Server"
    LAMBDA = "Lambda"
    ECS
}

structure ContinueDeploymentInput {
    deploymentId: String
    deploymentWaitType: DeploymentWaitType
}

structure CreateApplicationInput {
    @required
    applicationName: ApplicationName
    computePlatform: ComputePlatform
    tags: TagList
}

structure CreateApplicationOutput {
    applicationId: String
}

structure CreateDeploymentConfigInput {
    @required
    deploymentConfigName: DeploymentConfigName
    minimumHealthyHosts: MinimumHealthyHosts
    trafficRoutingConfig: TrafficRoutingConfig
    computePlatform: ComputePlatform
    zonalConfig: ZonalConfig
}

structure CreateDeploymentConfigOutput {
    deploymentConfigId: String
}

structure CreateDeploymentGroupInput {
    @required
    applicationName: ApplicationName
    @required
    deploymentGroupName: DeploymentGroupName
    deploymentConfigName: DeploymentConfigName
    ec2TagFilters: EC2TagFilterList
    onPremisesInstanceTagFilters: TagFilterList
    autoScalingGroups: AutoScalingGroupNameList
    @required
    @memberErrors(required: RoleRequiredException, invalid: InvalidRoleException)
    serviceRoleArn: String
    triggerConfigurations: TriggerConfigList
    alarmConfiguration: AlarmConfiguration
    autoRollbackConfiguration: AutoRollbackConfiguration
    outdatedInstancesStrategy: OutdatedInstancesStrategy
    deploymentStyle: DeploymentStyle
    blueGreenDeploymentConfiguration: BlueGreenDeploymentConfiguration
    loadBalancerInfo: LoadBalancerInfo
    ec2TagSet: EC2TagSet
    ecsServices: ECSServiceList
    onPremisesTagSet: OnPremisesTagSet
    tags: TagList
    terminationHookEnabled: Boolean
}

structure CreateDeploymentGroupOutput {
    deploymentGroupId: String
}

structure CreateDeploymentInput {
    @required
    applicationName: ApplicationName
    deploymentGroupName: DeploymentGroupName
    revision: RevisionLocation
    deploymentConfigName: DeploymentConfigName
    description: String
    ignoreApplicationStopFailures: Boolean
    targetInstances: TargetInstances
    autoRollbackConfiguration: AutoRollbackConfiguration
    updateOutdatedInstancesOnly: Boolean
    fileExistsBehavior: FileExistsBehavior
    overrideAlarmConfiguration: AlarmConfiguration
}

structure CreateDeploymentOutput {
    deploymentId: String
}

structure DeleteApplicationInput {
    @required
    applicationName: ApplicationName
}

structure DeleteDeploymentConfigInput {
    @required
    deploymentConfigName: DeploymentConfigName
}

structure DeleteDeploymentGroupInput {
    @required
    applicationName: ApplicationName
    @required
    deploymentGroupName: DeploymentGroupName
}

structure DeleteDeploymentGroupOutput {
    hooksNotCleanedUp: AutoScalingGroupList
}

structure DeleteGitHubAccountTokenInput {
    tokenName: String
}

structure DeleteGitHubAccountTokenOutput {
    tokenName: String
}

structure DeleteResourcesByExternalIdInput {
    externalId: String
}

structure DeleteResourcesByExternalIdOutput {}

@error("client")
structure DeploymentAlreadyCompletedException {}

@error("client")
structure DeploymentConfigAlreadyExistsException {}

@error("client")
structure DeploymentConfigDoesNotExistException {}

@error("client")
structure DeploymentConfigInUseException {}

structure DeploymentConfigInfo {
    deploymentConfigId: String
    deploymentConfigName: DeploymentConfigName
    minimumHealthyHosts: MinimumHealthyHosts
    createTime: Timestamp
    computePlatform: ComputePlatform
    trafficRoutingConfig: TrafficRoutingConfig
    zonalConfig: ZonalConfig
}

@error("client")
structure DeploymentConfigLimitExceededException {}

@length(min: 1, max: 100)
string DeploymentConfigName

@error("client")
structure DeploymentConfigNameRequiredException {}

list DeploymentConfigsList {
    member: DeploymentConfigName
}

enum DeploymentCreator {
    USER = "user"
    AUTOSCALING = "autoscaling"
    CODE_DEPLOY_ROLLBACK = "codeDeployRollback"
    CODE_DEPLOY = "CodeDeploy"
    CODE_DEPLOY_AUTO_UPDATE = "CodeDeployAutoUpdate"
    CLOUD_FORMATION = "CloudFormation"
    CLOUD_FORMATION_ROLLBACK = "CloudFormationRollback"
    AUTOSCALING_TERMINATION = "autoscalingTermination"
}

@error("client")
structure DeploymentDoesNotExistException {}

@error("client")
structure DeploymentGroupAlreadyExistsException {}

@error("client")
structure DeploymentGroupDoesNotExistException {}

structure DeploymentGroupInfo {
    applicationName: ApplicationName
    deploymentGroupId: String
    deploymentGroupName: DeploymentGroupName
    deploymentConfigName: DeploymentConfigName
    ec2TagFilters: EC2TagFilterList
    onPremisesInstanceTagFilters: TagFilterList
    autoScalingGroups: AutoScalingGroupList
    @memberErrors(required: RoleRequiredException, invalid: InvalidRoleException)
    serviceRoleArn: String
    targetRevision: RevisionLocation
    triggerConfigurations: TriggerConfigList
    alarmConfiguration: AlarmConfiguration
    autoRollbackConfiguration: AutoRollbackConfiguration
    deploymentStyle: DeploymentStyle
    outdatedInstancesStrategy: OutdatedInstancesStrategy
    blueGreenDeploymentConfiguration: BlueGreenDeploymentConfiguration
    loadBalancerInfo: LoadBalancerInfo
    lastSuccessfulDeployment: LastDeploymentInfo
    lastAttemptedDeployment: LastDeploymentInfo
    ec2TagSet: EC2TagSet
    onPremisesTagSet: OnPremisesTagSet
    computePlatform: ComputePlatform
    ecsServices: ECSServiceList
    terminationHookEnabled: Boolean
}

list DeploymentGroupInfoList {
    member: DeploymentGroupInfo
}

@error("client")
structure DeploymentGroupLimitExceededException {}

@length(min: 1, max: 100)
string DeploymentGroupName

@error("client")
structure DeploymentGroupNameRequiredException {}

list DeploymentGroupsList {
    member: DeploymentGroupName
}

@error("client")
structure DeploymentIdRequiredException {}

structure DeploymentInfo {
    applicationName: ApplicationName
    deploymentGroupName: DeploymentGroupName
    deploymentConfigName: DeploymentConfigName
    deploymentId: String
    previousRevision: RevisionLocation
    revision: RevisionLocation
    status: DeploymentStatus
    errorInformation: ErrorInformation
    createTime: Timestamp
    startTime: Timestamp
    completeTime: Timestamp
    deploymentOverview: DeploymentOverview
    description: String
    creator: DeploymentCreator
    ignoreApplicationStopFailures: Boolean
    autoRollbackConfiguration: AutoRollbackConfiguration
    updateOutdatedInstancesOnly: Boolean
    rollbackInfo: RollbackInfo
    deploymentStyle: DeploymentStyle
    targetInstances: TargetInstances
    instanceTerminationWaitTimeStarted: Boolean
    blueGreenDeploymentConfiguration: BlueGreenDeploymentConfiguration
    loadBalancerInfo: LoadBalancerInfo
    additionalDeploymentStatusInfo: String
    fileExistsBehavior: FileExistsBehavior
    deploymentStatusMessages: DeploymentStatusMessageList
    computePlatform: ComputePlatform
    externalId: String
    relatedDeployments: RelatedDeployments
    overrideAlarmConfiguration: AlarmConfiguration
}

@error("client")
structure DeploymentIsNotInReadyStateException {}

@error("client")
structure DeploymentLimitExceededException {}

@error("client")
structure DeploymentNotStartedException {}

enum DeploymentOption {
    WITH_TRAFFIC_CONTROL
    WITHOUT_TRAFFIC_CONTROL
}

structure DeploymentOverview {
    Pending: Long
    InProgress: Long
    Succeeded: Long
    Failed: Long
    Skipped: Long
    Ready: Long
}

enum DeploymentReadyAction {
    CONTINUE_DEPLOYMENT
    STOP_DEPLOYMENT
}

structure DeploymentReadyOption {
    actionOnTimeout: DeploymentReadyAction
    waitTimeInMinutes: Integer
}

enum DeploymentStatus {
    CREATED = "Created"
    QUEUED = "Queued"
    IN_PROGRESS = "InProgress"
    BAKING = "Baking"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    STOPPED = "Stopped"
    READY = "Ready"
}

list DeploymentStatusList {
    member: DeploymentStatus
}

list DeploymentStatusMessageList {
    member: String
}

structure DeploymentStyle {
    deploymentType: DeploymentType
    deploymentOption: DeploymentOption
}

structure DeploymentTarget {
    deploymentTargetType: DeploymentTargetType
    instanceTarget: InstanceTarget
    lambdaTarget: LambdaTarget
    ecsTarget: ECSTarget
    cloudFormationTarget: CloudFormationTarget
}

@error("client")
structure DeploymentTargetDoesNotExistException {}

@error("client")
structure DeploymentTargetIdRequiredException {}

list DeploymentTargetList {
    member: DeploymentTarget
}

@error("client")
structure DeploymentTargetListSizeExceededException {}

enum DeploymentTargetType {
    INSTANCE_TARGET = "InstanceTarget"
    LAMBDA_TARGET = "LambdaTarget"
    ECSTARGET = "ECSTarget"
    CLOUD_FORMATION_TARGET = "CloudFormationTarget"
}

enum DeploymentType {
    IN_PLACE
    BLUE_GREEN
}

enum DeploymentWaitType {
    READY_WAIT
    TERMINATION_WAIT
}

list DeploymentsInfoList {
    member: DeploymentInfo
}

list DeploymentsList {
    member: String
}

structure DeregisterOnPremisesInstanceInput {
    @required
    instanceName: String
}

@error("client")
structure DescriptionTooLongException {}

structure Diagnostics {
    errorCode: LifecycleErrorCode
    scriptName: String
    message: String
    logTail: String
}

structure EC2TagFilter {
    Key: String
    Value: String
    @memberErrors(invalid: InvalidEC2TagException)
    Type: EC2TagFilterType
}

list EC2TagFilterList {
    member: EC2TagFilter
}

enum EC2TagFilterType {
    KEY_ONLY
    VALUE_ONLY
    KEY_AND_VALUE
}

structure EC2TagSet {
    ec2TagSetList: EC2TagSetList
}

list EC2TagSetList {
    member: EC2TagFilterList
}

structure ECSService {
    serviceName: String
    clusterName: String
}

list ECSServiceList {
    member: ECSService
}

@error("client")
structure ECSServiceMappingLimitExceededException {}

structure ECSTarget {
    deploymentId: String
    targetId: String
    targetArn: String
    lastUpdatedAt: Timestamp
    lifecycleEvents: LifecycleEventList
    status: TargetStatus
    taskSetsInfo: ECSTaskSetList
}

structure ECSTaskSet {
    identifer: String
    desiredCount: Long
    pendingCount: Long
    runningCount: Long
    status: String
    trafficWeight: Double
    targetGroup: TargetGroupInfo
    taskSetLabel: TargetLabel
}

list ECSTaskSetList {
    member: ECSTaskSet
}

structure ELBInfo {
    name: String
}

list ELBInfoList {
    member: ELBInfo
}

enum ErrorCode {
    AGENT_ISSUE
    ALARM_ACTIVE
    APPLICATION_MISSING
    AUTOSCALING_VALIDATION_ERROR
    AUTO_SCALING_CONFIGURATION
    AUTO_SCALING_IAM_ROLE_PERMISSIONS
    CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND
    CUSTOMER_APPLICATION_UNHEALTHY
    DEPLOYMENT_GROUP_MISSING
    ECS_UPDATE_ERROR
    ELASTIC_LOAD_BALANCING_INVALID
    ELB_INVALID_INSTANCE
    HEALTH_CONSTRAINTS
    HEALTH_CONSTRAINTS_INVALID
    HOOK_EXECUTION_FAILURE
    IAM_ROLE_MISSING
    IAM_ROLE_PERMISSIONS
    INTERNAL_ERROR
    INVALID_ECS_SERVICE
    INVALID_LAMBDA_CONFIGURATION
    INVALID_LAMBDA_FUNCTION
    INVALID_REVISION
    MANUAL_STOP
    MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION
    MISSING_ELB_INFORMATION
    MISSING_GITHUB_TOKEN
    NO_EC2_SUBSCRIPTION
    NO_INSTANCES
    OVER_MAX_INSTANCES
    RESOURCE_LIMIT_EXCEEDED
    REVISION_MISSING
    THROTTLED
    TIMEOUT
    CLOUDFORMATION_STACK_FAILURE
}

structure ErrorInformation {
    code: ErrorCode
    message: String
}

enum FileExistsBehavior {
    DISALLOW
    OVERWRITE
    RETAIN
}

list FilterValueList {
    member: String
}

structure GenericRevisionInfo {
    description: String
    deploymentGroups: DeploymentGroupsList
    firstUsedTime: Timestamp
    lastUsedTime: Timestamp
    registerTime: Timestamp
}

structure GetApplicationInput {
    @required
    applicationName: ApplicationName
}

structure GetApplicationOutput {
    application: ApplicationInfo
}

structure GetApplicationRevisionInput {
    @required
    applicationName: ApplicationName
    @required
    revision: RevisionLocation
}

structure GetApplicationRevisionOutput {
    applicationName: ApplicationName
    revision: RevisionLocation
    revisionInfo: GenericRevisionInfo
}

structure GetDeploymentConfigInput {
    @required
    deploymentConfigName: DeploymentConfigName
}

structure GetDeploymentConfigOutput {
    deploymentConfigInfo: DeploymentConfigInfo
}

structure GetDeploymentGroupInput {
    @required
    applicationName: ApplicationName
    @required
    deploymentGroupName: DeploymentGroupName
}

structure GetDeploymentGroupOutput {
    deploymentGroupInfo: DeploymentGroupInfo
}

structure GetDeploymentInput {
    @required
    deploymentId: String
}

structure GetDeploymentInstanceInput {
    @required
    deploymentId: String
    @required
    instanceId: String
}

structure GetDeploymentInstanceOutput {
    instanceSummary: InstanceSummary
}

structure GetDeploymentOutput {
    deploymentInfo: DeploymentInfo
}

structure GetDeploymentTargetInput {
    @required
    deploymentId: String
    @required
    @memberErrors(required: DeploymentTargetIdRequiredException, invalid: InvalidDeploymentTargetIdException)
    targetId: String
}

structure GetDeploymentTargetOutput {
    deploymentTarget: DeploymentTarget
}

structure GetOnPremisesInstanceInput {
    @required
    instanceName: String
}

structure GetOnPremisesInstanceOutput {
    instanceInfo: InstanceInfo
}

@error("client")
structure GitHubAccountTokenDoesNotExistException {}

list GitHubAccountTokenNameList {
    member: String
}

@error("client")
structure GitHubAccountTokenNameRequiredException {}

structure GitHubLocation {
    repository: String
    commitId: String
}

enum GreenFleetProvisioningAction {
    DISCOVER_EXISTING
    COPY_AUTO_SCALING_GROUP
}

structure GreenFleetProvisioningOption {
    action: GreenFleetProvisioningAction
}

@error("client")
structure IamArnRequiredException {}

@error("client")
structure IamSessionArnAlreadyRegisteredException {}

@error("client")
structure IamUserArnAlreadyRegisteredException {}

@error("client")
structure IamUserArnRequiredException {}

enum InstanceAction {
    TERMINATE
    KEEP_ALIVE
}

@error("client")
structure InstanceDoesNotExistException {}

@error("client")
structure InstanceIdRequiredException {}

structure InstanceInfo {
    instanceName: String
    iamSessionArn: String
    iamUserArn: String
    instanceArn: String
    registerTime: Timestamp
    deregisterTime: Timestamp
    tags: TagList
}

list InstanceInfoList {
    member: InstanceInfo
}

@error("client")
structure InstanceLimitExceededException {}

@error("client")
structure InstanceNameAlreadyRegisteredException {}

list InstanceNameList {
    member: String
}

@error("client")
structure InstanceNameRequiredException {}

@error("client")
structure InstanceNotRegisteredException {}

enum InstanceStatus {
    PENDING = "Pending"
    IN_PROGRESS = "InProgress"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    SKIPPED = "Skipped"
    UNKNOWN = "Unknown"
    READY = "Ready"
}

list InstanceStatusList {
    member: InstanceStatus
}

structure InstanceSummary {
    deploymentId: String
    instanceId: String
    status: InstanceStatus
    lastUpdatedAt: Timestamp
    lifecycleEvents: LifecycleEventList
    instanceType: InstanceType
}

list InstanceSummaryList {
    member: InstanceSummary
}

structure InstanceTarget {
    deploymentId: String
    targetId: String
    targetArn: String
    status: TargetStatus
    lastUpdatedAt: Timestamp
    lifecycleEvents: LifecycleEventList
    instanceLabel: TargetLabel
}

enum InstanceType {
    BLUE = "Blue"
    GREEN = "Green"
}

list InstanceTypeList {
    member: InstanceType
}

list InstancesList {
    member: String
}

@error("client")
structure InvalidAlarmConfigException {}

@error("client")
structure InvalidApplicationNameException {}

@error("client")
structure InvalidArnException {}

@error("client")
structure InvalidAutoRollbackConfigException {}

@error("client")
structure InvalidAutoScalingGroupException {}

@error("client")
structure InvalidBlueGreenDeploymentConfigurationException {}

@error("client")
structure InvalidBucketNameFilterException {}

@error("client")
structure InvalidComputePlatformException {}

@error("client")
structure InvalidDeployedStateFilterException {}

@error("client")
structure InvalidDeploymentConfigNameException {}

@error("client")
structure InvalidDeploymentGroupNameException {}

@error("client")
structure InvalidDeploymentIdException {}

@error("client")
structure InvalidDeploymentInstanceTypeException {}

@error("client")
structure InvalidDeploymentStatusException {}

@error("client")
structure InvalidDeploymentStyleException {}

@error("client")
structure InvalidDeploymentTargetIdException {}

@error("client")
structure InvalidDeploymentWaitTypeException {}

@error("client")
structure InvalidEC2TagCombinationException {}

@error("client")
structure InvalidEC2TagException {}

@error("client")
structure InvalidECSServiceException {}

@error("client")
structure InvalidExternalIdException {}

@error("client")
structure InvalidFileExistsBehaviorException {}

@error("client")
structure InvalidGitHubAccountTokenException {}

@error("client")
structure InvalidGitHubAccountTokenNameException {}

@error("client")
structure InvalidIamSessionArnException {}

@error("client")
structure InvalidIamUserArnException {}

@error("client")
structure InvalidIgnoreApplicationStopFailuresValueException {}

@error("client")
structure InvalidInputException {}

@error("client")
structure InvalidInstanceNameException {}

@error("client")
structure InvalidInstanceStatusException {}

@error("client")
structure InvalidInstanceTypeException {}

@error("client")
structure InvalidKeyPrefixFilterException {}

@error("client")
structure InvalidLifecycleEventHookExecutionIdException {}

@error("client")
structure InvalidLifecycleEventHookExecutionStatusException {}

@error("client")
structure InvalidLoadBalancerInfoException {}

@error("client")
structure InvalidMinimumHealthyHostValueException {}

@error("client")
structure InvalidNextTokenException {}

@error("client")
structure InvalidOnPremisesTagCombinationException {}

@error("client")
structure InvalidOperationException {}

@error("client")
structure InvalidRegistrationStatusException {}

@error("client")
structure InvalidRevisionException {}

@error("client")
structure InvalidRoleException {}

@error("client")
structure InvalidSortByException {}

@error("client")
structure InvalidSortOrderException {}

@error("client")
structure InvalidTagException {}

@error("client")
structure InvalidTagFilterException {}

@error("client")
structure InvalidTagsToAddException {}

@error("client")
structure InvalidTargetFilterNameException {}

@error("client")
structure InvalidTargetGroupPairException {}

@error("client")
structure InvalidTargetInstancesException {}

@error("client")
structure InvalidTimeRangeException {}

@error("client")
structure InvalidTrafficRoutingConfigurationException {}

@error("client")
structure InvalidTriggerConfigException {}

@error("client")
structure InvalidUpdateOutdatedInstancesOnlyValueException {}

@error("client")
structure InvalidZonalDeploymentConfigurationException {}

structure LambdaFunctionInfo {
    functionName: String
    functionAlias: String
    currentVersion: String
    targetVersion: String
    targetVersionWeight: Double
}

structure LambdaTarget {
    deploymentId: String
    targetId: String
    targetArn: String
    status: TargetStatus
    lastUpdatedAt: Timestamp
    lifecycleEvents: LifecycleEventList
    lambdaFunctionInfo: LambdaFunctionInfo
}

structure LastDeploymentInfo {
    deploymentId: String
    status: DeploymentStatus
    endTime: Timestamp
    createTime: Timestamp
}

enum LifecycleErrorCode {
    SUCCESS = "Success"
    SCRIPT_MISSING = "ScriptMissing"
    SCRIPT_NOT_EXECUTABLE = "ScriptNotExecutable"
    SCRIPT_TIMED_OUT = "ScriptTimedOut"
    SCRIPT_FAILED = "ScriptFailed"
    UNKNOWN_ERROR = "UnknownError"
}

structure LifecycleEvent {
    lifecycleEventName: String
    diagnostics: Diagnostics
    startTime: Timestamp
    endTime: Timestamp
    status: LifecycleEventStatus
}

@error("client")
structure LifecycleEventAlreadyCompletedException {}

list LifecycleEventList {
    member: LifecycleEvent
}

enum LifecycleEventStatus {
    PENDING = "Pending"
    IN_PROGRESS = "InProgress"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    SKIPPED = "Skipped"
    UNKNOWN = "Unknown"
}

@error("client")
structure LifecycleHookLimitExceededException {}

structure ListApplicationRevisionsInput {
    @required
    applicationName: ApplicationName
    sortBy: ApplicationRevisionSortBy
    sortOrder: SortOrder
    @memberErrors(invalid: InvalidBucketNameFilterException)
    s3Bucket: String
    @memberErrors(invalid: InvalidKeyPrefixFilterException)
    s3KeyPrefix: String
    @memberErrors(invalid: InvalidDeployedStateFilterException)
    deployed: ListStateFilterAction
    nextToken: String
}

structure ListApplicationRevisionsOutput {
    revisions: RevisionLocationList
    nextToken: String
}

structure ListApplicationsInput {
    nextToken: String
}

structure ListApplicationsOutput {
    applications: ApplicationsList
    nextToken: String
}

structure ListDeploymentConfigsInput {
    nextToken: String
}

structure ListDeploymentConfigsOutput {
    deploymentConfigsList: DeploymentConfigsList
    nextToken: String
}

structure ListDeploymentGroupsInput {
    @required
    applicationName: ApplicationName
    nextToken: String
}

structure ListDeploymentGroupsOutput {
    applicationName: ApplicationName
    deploymentGroups: DeploymentGroupsList
    nextToken: String
}

structure ListDeploymentInstancesInput {
    @required
    deploymentId: String
    nextToken: String
    @memberErrors(invalid: InvalidInstanceStatusException)
    instanceStatusFilter: InstanceStatusList
    @memberErrors(invalid: InvalidInstanceTypeException)
    instanceTypeFilter: InstanceTypeList
}

structure ListDeploymentInstancesOutput {
    instancesList: InstancesList
    nextToken: String
}

structure ListDeploymentTargetsInput {
    @required
    deploymentId: String
    nextToken: String
    targetFilters: TargetFilters
}

structure ListDeploymentTargetsOutput {
    targetIds: TargetIdList
    nextToken: String
}

structure ListDeploymentsInput {
    applicationName: ApplicationName
    deploymentGroupName: DeploymentGroupName
    externalId: String
    @memberErrors(invalid: InvalidDeploymentStatusException)
    includeOnlyStatuses: DeploymentStatusList
    createTimeRange: TimeRange
    nextToken: String
}

structure ListDeploymentsOutput {
    deployments: DeploymentsList
    nextToken: String
}

structure ListGitHubAccountTokenNamesInput {
    nextToken: String
}

structure ListGitHubAccountTokenNamesOutput {
    tokenNameList: GitHubAccountTokenNameList
    nextToken: String
}

structure ListOnPremisesInstancesInput {
    registrationStatus: RegistrationStatus
    tagFilters: TagFilterList
    nextToken: String
}

structure ListOnPremisesInstancesOutput {
    instanceNames: InstanceNameList
    nextToken: String
}

enum ListStateFilterAction {
    INCLUDE = "include"
    EXCLUDE = "exclude"
    IGNORE = "ignore"
}

structure ListTagsForResourceInput {
    @required
    @memberErrors(required: ResourceArnRequiredException, invalid: InvalidArnException)
    ResourceArn: Arn
    NextToken: String
}

structure ListTagsForResourceOutput {
    Tags: TagList
    NextToken: String
}

list ListenerArnList {
    member: String
}

structure LoadBalancerInfo {
    elbInfoList: ELBInfoList
    targetGroupInfoList: TargetGroupInfoList
    targetGroupPairInfoList: TargetGroupPairInfoList
}

structure MinimumHealthyHosts {
    @memberErrors(invalid: InvalidMinimumHealthyHostValueException)
    type: MinimumHealthyHostsType
    value: Integer
}

structure MinimumHealthyHostsPerZone {
    type: MinimumHealthyHostsPerZoneType
    value: Integer
}

enum MinimumHealthyHostsPerZoneType {
    HOST_COUNT
    FLEET_PERCENT
}

enum MinimumHealthyHostsType {
    HOST_COUNT
    FLEET_PERCENT
}

@error("client")
structure MultipleIamArnsProvidedException {}

structure OnPremisesTagSet {
    onPremisesTagSetList: OnPremisesTagSetList
}

list OnPremisesTagSetList {
    member: TagFilterList
}

@error("client")
structure OperationNotSupportedException {}

enum OutdatedInstancesStrategy {
    UPDATE
    IGNORE
}

structure PutLifecycleEventHookExecutionStatusInput {
    deploymentId: String
    lifecycleEventHookExecutionId: String
    status: LifecycleEventStatus
}

structure PutLifecycleEventHookExecutionStatusOutput {
    lifecycleEventHookExecutionId: String
}

structure RawString {
    content: String
    sha256: String
}

structure RegisterApplicationRevisionInput {
    @required
    applicationName: ApplicationName
    description: String
    @required
    revision: RevisionLocation
}

structure RegisterOnPremisesInstanceInput {
    @required
    instanceName: String
    iamSessionArn: String
    iamUserArn: String
}

enum RegistrationStatus {
    REGISTERED = "Registered"
    DEREGISTERED = "Deregistered"
}

structure RelatedDeployments {
    autoUpdateOutdatedInstancesRootDeploymentId: String
    autoUpdateOutdatedInstancesDeploymentIds: DeploymentsList
}

structure RemoveTagsFromOnPremisesInstancesInput {
    @required
    tags: TagList
    @required
    instanceNames: InstanceNameList
}

@error("client")
structure ResourceArnRequiredException {}

@error("client")
structure ResourceValidationException {}

@error("client")
structure RevisionDoesNotExistException {}

structure RevisionInfo {
    revisionLocation: RevisionLocation
    genericRevisionInfo: GenericRevisionInfo
}

list RevisionInfoList {
    member: RevisionInfo
}

structure RevisionLocation {
    revisionType: RevisionLocationType
    s3Location: S3Location
    gitHubLocation: GitHubLocation
    string: RawString
    appSpecContent: AppSpecContent
}

list RevisionLocationList {
    member: RevisionLocation
}

enum RevisionLocationType {
    S3
    GIT_HUB = "GitHub"
    STRING = "String"
    APP_SPEC_CONTENT = "AppSpecContent"
}

@error("client")
structure RevisionRequiredException {}

@error("client")
structure RoleRequiredException {}

structure RollbackInfo {
    rollbackDeploymentId: String
    rollbackTriggeringDeploymentId: String
    rollbackMessage: String
}

structure S3Location {
    bucket: String
    key: String
    bundleType: BundleType
    version: String
    eTag: String
}

structure SkipWaitTimeForInstanceTerminationInput {
    deploymentId: String
}

enum SortOrder {
    ASCENDING = "ascending"
    DESCENDING = "descending"
}

structure StopDeploymentInput {
    @required
    deploymentId: String
    autoRollbackEnabled: Boolean
}

structure StopDeploymentOutput {
    status: StopStatus
    statusMessage: String
}

enum StopStatus {
    PENDING = "Pending"
    SUCCEEDED = "Succeeded"
}

structure Tag {
    Key: String
    Value: String
}

structure TagFilter {
    Key: String
    Value: String
    @memberErrors(invalid: InvalidTagException)
    Type: TagFilterType
}

list TagFilterList {
    member: TagFilter
}

enum TagFilterType {
    KEY_ONLY
    VALUE_ONLY
    KEY_AND_VALUE
}

list TagKeyList {
    member: String
}

@error("client")
structure TagLimitExceededException {}

list TagList {
    member: Tag
}

@error("client")
structure TagRequiredException {}

structure TagResourceInput {
    @required
    @memberErrors(required: ResourceArnRequiredException, invalid: InvalidArnException)
    ResourceArn: Arn
    @required
    Tags: TagList
}

structure TagResourceOutput {}

@error("client")
structure TagSetListLimitExceededException {}

enum TargetFilterName {
    TARGET_STATUS = "TargetStatus"
    SERVER_INSTANCE_LABEL = "ServerInstanceLabel"
}

map TargetFilters {
    key: TargetFilterName
    value: FilterValueList
}

structure TargetGroupInfo {
    name: String
}

list TargetGroupInfoList {
    member: TargetGroupInfo
}

structure TargetGroupPairInfo {
    targetGroups: TargetGroupInfoList
    prodTrafficRoute: TrafficRoute
    testTrafficRoute: TrafficRoute
}

list TargetGroupPairInfoList {
    member: TargetGroupPairInfo
}

list TargetIdList {
    member: String
}

structure TargetInstances {
    tagFilters: EC2TagFilterList
    autoScalingGroups: AutoScalingGroupNameList
    ec2TagSet: EC2TagSet
}

enum TargetLabel {
    BLUE = "Blue"
    GREEN = "Green"
}

enum TargetStatus {
    PENDING = "Pending"
    IN_PROGRESS = "InProgress"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    SKIPPED = "Skipped"
    UNKNOWN = "Unknown"
    READY = "Ready"
}

@error("client")
structure ThrottlingException {}

structure TimeBasedCanary {
    canaryPercentage: Integer
    canaryInterval: Integer
}

structure TimeBasedLinear {
    linearPercentage: Integer
    linearInterval: Integer
}

structure TimeRange {
    start: Timestamp
    end: Timestamp
}

structure TrafficRoute {
    listenerArns: ListenerArnList
}

structure TrafficRoutingConfig {
    @memberErrors(invalid: InvalidTrafficRoutingConfigurationException)
    type: TrafficRoutingType
    timeBasedCanary: TimeBasedCanary
    timeBasedLinear: TimeBasedLinear
}

enum TrafficRoutingType {
    TIME_BASED_CANARY = "TimeBasedCanary"
    TIME_BASED_LINEAR = "TimeBasedLinear"
    ALL_AT_ONCE = "AllAtOnce"
}

structure TriggerConfig {
    triggerName: String
    triggerTargetArn: String
    @memberErrors(invalid: InvalidTriggerConfigException)
    triggerEvents: TriggerEventTypeList
}

list TriggerConfigList {
    member: TriggerConfig
}

enum TriggerEventType {
    DEPLOYMENT_START = "DeploymentStart"
    DEPLOYMENT_SUCCESS = "DeploymentSuccess"
    DEPLOYMENT_FAILURE = "DeploymentFailure"
    DEPLOYMENT_STOP = "DeploymentStop"
    DEPLOYMENT_ROLLBACK = "DeploymentRollback"
    DEPLOYMENT_READY = "DeploymentReady"
    INSTANCE_START = "InstanceStart"
    INSTANCE_SUCCESS = "InstanceSuccess"
    INSTANCE_FAILURE = "InstanceFailure"
    INSTANCE_READY = "InstanceReady"
}

list TriggerEventTypeList {
    member: TriggerEventType
}

@error("client")
structure TriggerTargetsLimitExceededException {}

@error("client")
structure UnsupportedActionForDeploymentTypeException {}

structure UntagResourceInput {
    @required
    @memberErrors(required: ResourceArnRequiredException, invalid: InvalidArnException)
    ResourceArn: Arn
    @required
    @memberErrors(required: TagRequiredException)
    TagKeys: TagKeyList
}

structure UntagResourceOutput {}

structure UpdateApplicationInput {
    applicationName: ApplicationName
    @memberErrors(invalid: InvalidApplicationNameException)
    newApplicationName: ApplicationName
}

structure UpdateDeploymentGroupInput {
    @required
    applicationName: ApplicationName
    @required
    @memberErrors(required: DeploymentGroupNameRequiredException, invalid: InvalidDeploymentGroupNameException)
    currentDeploymentGroupName: DeploymentGroupName
    @memberErrors(invalid: InvalidDeploymentGroupNameException)
    newDeploymentGroupName: DeploymentGroupName
    deploymentConfigName: DeploymentConfigName
    ec2TagFilters: EC2TagFilterList
    onPremisesInstanceTagFilters: TagFilterList
    autoScalingGroups: AutoScalingGroupNameList
    @memberErrors(required: RoleRequiredException, invalid: InvalidRoleException)
    serviceRoleArn: String
    triggerConfigurations: TriggerConfigList
    alarmConfiguration: AlarmConfiguration
    autoRollbackConfiguration: AutoRollbackConfiguration
    outdatedInstancesStrategy: OutdatedInstancesStrategy
    deploymentStyle: DeploymentStyle
    blueGreenDeploymentConfiguration: BlueGreenDeploymentConfiguration
    loadBalancerInfo: LoadBalancerInfo
    ec2TagSet: EC2TagSet
    ecsServices: ECSServiceList
    onPremisesTagSet: OnPremisesTagSet
    terminationHookEnabled: Boolean
}

structure UpdateDeploymentGroupOutput {
    hooksNotCleanedUp: AutoScalingGroupList
}

structure ZonalConfig {
    firstZoneMonitorDurationInSeconds: Long
    monitorDurationInSeconds: Long
    minimumHealthyHostsPerZone: MinimumHealthyHostsPerZone
}
