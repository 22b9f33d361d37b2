$version: "2.0"
namespace com.amazonaws.codepipeline

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#conditionKeys
use slipway#planned

@service(sdkId: "CodePipeline")
@sigv4(name: "codepipeline")
@awsJson1_1
service CodePipeline_20150709 {
    version: "2015-07-09"
    operations: [
        AcknowledgeJob
        AcknowledgeThirdPartyJob
        CreateCustomActionType
        CreatePipeline
        DeleteCustomActionType
        DeletePipeline
        DeleteWebhook
        DeregisterWebhookWithThirdParty
        DisableStageTransition
        EnableStageTransition
        GetActionType
        GetJobDetails
        GetPipeline
        GetPipelineExecution
        GetPipelineState
        GetThirdPartyJobDetails
        ListActionExecutions
        ListActionTypes
        ListDeployActionExecutionTargets
        ListPipelineExecutions
        ListPipelines
        ListRuleExecutions
        ListRuleTypes
        ListTagsForResource
        ListWebhooks
        OverrideStageCondition
        PollForJobs
        PollForThirdPartyJobs
        PutActionRevision
        PutApprovalResult
        PutJobFailureResult
        PutJobSuccessResult
        PutThirdPartyJobFailureResult
        PutThirdPartyJobSuccessResult
        PutWebhook
        RegisterWebhookWithThirdParty
        RetryStageExecution
        RollbackStage
        StartPipelineExecution
        StopPipelineExecution
        TagResource
        UntagResource
        UpdateActionType
        UpdatePipeline
    ]
}

@planned
operation AcknowledgeJob {
    input: AcknowledgeJobInput
    output: AcknowledgeJobOutput
    errors: [
        ValidationException
        InvalidNonceException
        JobNotFoundException
    ]
}

@planned
operation AcknowledgeThirdPartyJob {
    input: AcknowledgeThirdPartyJobInput
    output: AcknowledgeThirdPartyJobOutput
    errors: [
        ValidationException
        InvalidNonceException
        JobNotFoundException
        InvalidClientTokenException
    ]
}

@planned
operation CreateCustomActionType {
    input: CreateCustomActionTypeInput
    output: CreateCustomActionTypeOutput
    errors: [
        ValidationException
        LimitExceededException
        TooManyTagsException
        InvalidTagsException
        ConcurrentModificationException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{pipeline.name}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation CreatePipeline {
    input: CreatePipelineInput
    output: CreatePipelineOutput
    errors: [
        ValidationException
        PipelineNameInUseException
        InvalidStageDeclarationException
        InvalidActionDeclarationException
        InvalidBlockerDeclarationException
        InvalidStructureException
        LimitExceededException
        TooManyTagsException
        InvalidTagsException
        ConcurrentModificationException
    ]
}

@planned
operation DeleteCustomActionType {
    input: DeleteCustomActionTypeInput
    errors: [
        ValidationException
        ConcurrentModificationException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{name}")
operation DeletePipeline {
    input: DeletePipelineInput
    errors: [
        ValidationException
        ConcurrentModificationException
    ]
}

@planned
@arn("arn:aws:codepipeline:{region}:{account}:webhook:{name}")
operation DeleteWebhook {
    input: DeleteWebhookInput
    output: DeleteWebhookOutput
    errors: [
        ValidationException
        ConcurrentModificationException
    ]
}

@planned
operation DeregisterWebhookWithThirdParty {
    input: DeregisterWebhookWithThirdPartyInput
    output: DeregisterWebhookWithThirdPartyOutput
    errors: [
        ValidationException
        WebhookNotFoundException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}/{stageName}")
operation DisableStageTransition {
    input: DisableStageTransitionInput
    errors: [
        ValidationException
        PipelineNotFoundException
        StageNotFoundException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}/{stageName}")
operation EnableStageTransition {
    input: EnableStageTransitionInput
    errors: [
        ValidationException
        PipelineNotFoundException
        StageNotFoundException
    ]
}

@planned
@readonly
operation GetActionType {
    input: GetActionTypeInput
    output: GetActionTypeOutput
    errors: [
        ActionTypeNotFoundException
        ValidationException
    ]
}

@planned
@readonly
operation GetJobDetails {
    input: GetJobDetailsInput
    output: GetJobDetailsOutput
    errors: [
        ValidationException
        JobNotFoundException
    ]
}

@readonly
@arn("arn:aws:codepipeline:{region}:{account}:{name}")
operation GetPipeline {
    input: GetPipelineInput
    output: GetPipelineOutput
    errors: [
        ValidationException
        PipelineNotFoundException
        PipelineVersionNotFoundException
    ]
}

@readonly
@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}")
operation GetPipelineExecution {
    input: GetPipelineExecutionInput
    output: GetPipelineExecutionOutput
    errors: [
        ValidationException
        PipelineNotFoundException
        PipelineExecutionNotFoundException
    ]
}

@readonly
@arn("arn:aws:codepipeline:{region}:{account}:{name}")
operation GetPipelineState {
    input: GetPipelineStateInput
    output: GetPipelineStateOutput
    errors: [
        ValidationException
        PipelineNotFoundException
    ]
}

@planned
@readonly
operation GetThirdPartyJobDetails {
    input: GetThirdPartyJobDetailsInput
    output: GetThirdPartyJobDetailsOutput
    errors: [
        JobNotFoundException
        ValidationException
        InvalidClientTokenException
        InvalidJobException
    ]
}

@readonly
@paginated
@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}")
operation ListActionExecutions {
    input: ListActionExecutionsInput
    output: ListActionExecutionsOutput
    errors: [
        ValidationException
        PipelineNotFoundException
        InvalidNextTokenException
        PipelineExecutionNotFoundException
    ]
}

@planned
@readonly
@paginated
operation ListActionTypes {
    input: ListActionTypesInput
    output: ListActionTypesOutput
    errors: [
        ValidationException
        InvalidNextTokenException
    ]
}

@planned
@readonly
@paginated
operation ListDeployActionExecutionTargets {
    input: ListDeployActionExecutionTargetsInput
    output: ListDeployActionExecutionTargetsOutput
    errors: [
        ValidationException
        PipelineNotFoundException
        InvalidNextTokenException
        ActionExecutionNotFoundException
    ]
}

@readonly
@paginated
@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}")
operation ListPipelineExecutions {
    input: ListPipelineExecutionsInput
    output: ListPipelineExecutionsOutput
    errors: [
        ValidationException
        PipelineNotFoundException
        InvalidNextTokenException
    ]
}

@readonly
@paginated
@arn("*")
operation ListPipelines {
    input: ListPipelinesInput
    output: ListPipelinesOutput
    errors: [
        ValidationException
        InvalidNextTokenException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}")
operation ListRuleExecutions {
    input: ListRuleExecutionsInput
    output: ListRuleExecutionsOutput
    errors: [
        ValidationException
        PipelineNotFoundException
        InvalidNextTokenException
        PipelineExecutionNotFoundException
    ]
}

@planned
@readonly
operation ListRuleTypes {
    input: ListRuleTypesInput
    output: ListRuleTypesOutput
    errors: [
        ValidationException
        InvalidNextTokenException
    ]
}

@readonly
@paginated
@arn("{resourceArn}")
operation ListTagsForResource {
    input: ListTagsForResourceInput
    output: ListTagsForResourceOutput
    errors: [
        ValidationException
        ResourceNotFoundException
        InvalidNextTokenException
        InvalidArnException
    ]
}

@planned
@readonly
@paginated
operation ListWebhooks {
    input: ListWebhooksInput
    output: ListWebhooksOutput
    errors: [
        ValidationException
        InvalidNextTokenException
    ]
}

@planned
@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}/{stageName}")
operation OverrideStageCondition {
    input: OverrideStageConditionInput
    errors: [
        ValidationException
        ConflictException
        PipelineNotFoundException
        StageNotFoundException
        ConditionNotOverridableException
        NotLatestPipelineExecutionException
        ConcurrentPipelineExecutionsLimitExceededException
    ]
}

@planned
operation PollForJobs {
    input: PollForJobsInput
    output: PollForJobsOutput
    errors: [
        ValidationException
        ActionTypeNotFoundException
    ]
}

@planned
operation PollForThirdPartyJobs {
    input: PollForThirdPartyJobsInput
    output: PollForThirdPartyJobsOutput
    errors: [
        ActionTypeNotFoundException
        ValidationException
    ]
}

@planned
@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}/{stageName}/{actionName}")
operation PutActionRevision {
    input: PutActionRevisionInput
    output: PutActionRevisionOutput
    errors: [
        PipelineNotFoundException
        StageNotFoundException
        ActionNotFoundException
        ValidationException
        ConcurrentPipelineExecutionsLimitExceededException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}/{stageName}/{actionName}")
operation PutApprovalResult {
    input: PutApprovalResultInput
    output: PutApprovalResultOutput
    errors: [
        InvalidApprovalTokenException
        ApprovalAlreadyCompletedException
        PipelineNotFoundException
        StageNotFoundException
        ActionNotFoundException
        ValidationException
    ]
}

@planned
operation PutJobFailureResult {
    input: PutJobFailureResultInput
    errors: [
        ValidationException
        JobNotFoundException
        InvalidJobStateException
    ]
}

@planned
operation PutJobSuccessResult {
    input: PutJobSuccessResultInput
    errors: [
        ValidationException
        JobNotFoundException
        InvalidJobStateException
        OutputVariablesSizeExceededException
    ]
}

@planned
operation PutThirdPartyJobFailureResult {
    input: PutThirdPartyJobFailureResultInput
    errors: [
        ValidationException
        JobNotFoundException
        InvalidJobStateException
        InvalidClientTokenException
    ]
}

@planned
operation PutThirdPartyJobSuccessResult {
    input: PutThirdPartyJobSuccessResultInput
    errors: [
        ValidationException
        JobNotFoundException
        InvalidJobStateException
        InvalidClientTokenException
    ]
}

@planned
operation PutWebhook {
    input: PutWebhookInput
    output: PutWebhookOutput
    errors: [
        ValidationException
        LimitExceededException
        InvalidWebhookFilterPatternException
        InvalidWebhookAuthenticationParametersException
        PipelineNotFoundException
        TooManyTagsException
        InvalidTagsException
        ConcurrentModificationException
    ]
}

@planned
operation RegisterWebhookWithThirdParty {
    input: RegisterWebhookWithThirdPartyInput
    output: RegisterWebhookWithThirdPartyOutput
    errors: [
        ValidationException
        WebhookNotFoundException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}/{stageName}")
operation RetryStageExecution {
    input: RetryStageExecutionInput
    output: RetryStageExecutionOutput
    errors: [
        ValidationException
        ConflictException
        PipelineNotFoundException
        StageNotFoundException
        StageNotRetryableException
        NotLatestPipelineExecutionException
        ConcurrentPipelineExecutionsLimitExceededException
    ]
}

@planned
@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}/{stageName}")
operation RollbackStage {
    input: RollbackStageInput
    output: RollbackStageOutput
    errors: [
        ValidationException
        ConflictException
        PipelineNotFoundException
        PipelineExecutionNotFoundException
        PipelineExecutionOutdatedException
        StageNotFoundException
        UnableToRollbackStageException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{name}")
operation StartPipelineExecution {
    input: StartPipelineExecutionInput
    output: StartPipelineExecutionOutput
    errors: [
        ValidationException
        ConflictException
        PipelineNotFoundException
        ConcurrentPipelineExecutionsLimitExceededException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{pipelineName}")
operation StopPipelineExecution {
    input: StopPipelineExecutionInput
    output: StopPipelineExecutionOutput
    errors: [
        ValidationException
        ConflictException
        PipelineNotFoundException
        PipelineExecutionNotStoppableException
        DuplicatedStopRequestException
    ]
}

@arn("{resourceArn}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation TagResource {
    input: TagResourceInput
    output: TagResourceOutput
    errors: [
        ValidationException
        ResourceNotFoundException
        InvalidArnException
        TooManyTagsException
        InvalidTagsException
        ConcurrentModificationException
    ]
}

@arn("{resourceArn}")
@conditionKeys("aws:TagKeys": "tagKeys")
operation UntagResource {
    input: UntagResourceInput
    output: UntagResourceOutput
    errors: [
        ValidationException
        ResourceNotFoundException
        InvalidArnException
        InvalidTagsException
        ConcurrentModificationException
    ]
}

@planned
operation UpdateActionType {
    input: UpdateActionTypeInput
    errors: [
        RequestFailedException
        ValidationException
        ActionTypeNotFoundException
    ]
}

@arn("arn:aws:codepipeline:{region}:{account}:{pipeline.name}")
operation UpdatePipeline {
    input: UpdatePipelineInput
    output: UpdatePipelineOutput
    errors: [
        ValidationException
        InvalidStageDeclarationException
        InvalidActionDeclarationException
        InvalidBlockerDeclarationException
        InvalidStructureException
        LimitExceededException
    ]
}

@length(min: 4, max: 30)
string AWSRegionName

@sensitive
structure AWSSessionCredentials {
    @required
    accessKeyId: AccessKeyId
    @required
    secretAccessKey: SecretAccessKey
    @required
    sessionToken: SessionToken
}

@sensitive
string AccessKeyId

@pattern("[0-9]{12}")
string AccountId

structure AcknowledgeJobInput {
    @required
    jobId: JobId
    @required
    nonce: Nonce
}

structure AcknowledgeJobOutput {
    status: JobStatus
}

structure AcknowledgeThirdPartyJobInput {
    @required
    jobId: ThirdPartyJobId
    @required
    nonce: Nonce
    @required
    clientToken: ClientToken
}

structure AcknowledgeThirdPartyJobOutput {
    status: JobStatus
}

enum ActionCategory {
    SOURCE = "Source"
    BUILD = "Build"
    DEPLOY = "Deploy"
    TEST = "Test"
    INVOKE = "Invoke"
    APPROVAL = "Approval"
    COMPUTE = "Compute"
}

structure ActionConfiguration {
    configuration: ActionConfigurationMap
}

@length(min: 1, max: 50)
string ActionConfigurationKey

map ActionConfigurationMap {
    key: ActionConfigurationKey
    value: ActionConfigurationValue
}

structure ActionConfigurationProperty {
    @required
    name: ActionConfigurationKey
    @required
    required: Boolean
    @required
    key: Boolean
    @required
    secret: Boolean
    queryable: Boolean
    description: Description
    type: ActionConfigurationPropertyType
}

@length(max: 10)
list ActionConfigurationPropertyList {
    member: ActionConfigurationProperty
}

enum ActionConfigurationPropertyType {
    STRING = "String"
    NUMBER = "Number"
    BOOLEAN = "Boolean"
}

@length(min: 1, max: 50)
@pattern("[a-zA-Z0-9_-]+")
string ActionConfigurationQueryableValue

@length(min: 1, max: 1000)
string ActionConfigurationValue

structure ActionContext {
    name: ActionName
    actionExecutionId: String
}

structure ActionDeclaration {
    @required
    name: ActionName
    @required
    actionTypeId: ActionTypeId
    runOrder: ActionRunOrder
    configuration: ActionConfigurationMap
    commands: CommandList
    outputArtifacts: OutputArtifactList
    inputArtifacts: InputArtifactList
    outputVariables: OutputVariableList
    roleArn: RoleArn
    region: AWSRegionName
    namespace: ActionNamespace
    timeoutInMinutes: ActionTimeout
    environmentVariables: EnvironmentVariableList
}

structure ActionExecution {
    actionExecutionId: String
    status: ActionExecutionStatus
    summary: ExecutionSummary
    lastStatusChange: Timestamp
    token: String
    lastUpdatedBy: String
    externalExecutionId: ExecutionId
    externalExecutionUrl: Url
    percentComplete: Percentage
    errorDetails: ErrorDetails
    logStreamARN: LogStreamARN
}

structure ActionExecutionDetail {
    pipelineExecutionId: PipelineExecutionId
    actionExecutionId: String
    pipelineVersion: PipelineVersion
    stageName: StageName
    actionName: ActionName
    startTime: Timestamp
    lastUpdateTime: Timestamp
    updatedBy: String
    status: ActionExecutionStatus
    input: ActionExecutionInput
    output: ActionExecutionOutput
}

list ActionExecutionDetailList {
    member: ActionExecutionDetail
}

structure ActionExecutionFilter {
    pipelineExecutionId: PipelineExecutionId
    latestInPipelineExecution: LatestInPipelineExecutionFilter
}

structure ActionExecutionInput {
    actionTypeId: ActionTypeId
    configuration: ActionConfigurationMap
    resolvedConfiguration: ResolvedActionConfigurationMap
    roleArn: RoleArn
    region: AWSRegionName
    inputArtifacts: ArtifactDetailList
    namespace: ActionNamespace
}

@error("client")
structure ActionExecutionNotFoundException {
    message: Message
}

structure ActionExecutionOutput {
    outputArtifacts: ArtifactDetailList
    executionResult: ActionExecutionResult
    outputVariables: OutputVariablesMap
}

structure ActionExecutionResult {
    externalExecutionId: String
    externalExecutionSummary: String
    externalExecutionUrl: Url
    errorDetails: ErrorDetails
    logStreamARN: LogStreamARN
}

enum ActionExecutionStatus {
    IN_PROGRESS = "InProgress"
    ABANDONED = "Abandoned"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
}

@length(min: 1, max: 100)
@pattern("[A-Za-z0-9.@\\-_]+")
string ActionName

@length(min: 1, max: 100)
@pattern("[A-Za-z0-9@\\-_]+")
string ActionNamespace

@error("client")
structure ActionNotFoundException {}

enum ActionOwner {
    AWS
    THIRD_PARTY = "ThirdParty"
    CUSTOM = "Custom"
}

@length(min: 1, max: 35)
@pattern("[0-9A-Za-z_-]+")
string ActionProvider

structure ActionRevision {
    @required
    revisionId: Revision
    @required
    revisionChangeId: RevisionChangeIdentifier
    @required
    created: Timestamp
}

@range(min: 1, max: 999)
integer ActionRunOrder

structure ActionState {
    actionName: ActionName
    currentRevision: ActionRevision
    latestExecution: ActionExecution
    entityUrl: Url
    revisionUrl: Url
}

list ActionStateList {
    member: ActionState
}

@range(min: 5, max: 86400)
integer ActionTimeout

structure ActionType {
    @required
    id: ActionTypeId
    settings: ActionTypeSettings
    actionConfigurationProperties: ActionConfigurationPropertyList
    @required
    inputArtifactDetails: ArtifactDetails
    @required
    outputArtifactDetails: ArtifactDetails
}

structure ActionTypeArtifactDetails {
    @required
    minimumCount: MinimumActionTypeArtifactCount
    @required
    maximumCount: MaximumActionTypeArtifactCount
}

structure ActionTypeDeclaration {
    description: ActionTypeDescription
    @required
    executor: ActionTypeExecutor
    @required
    id: ActionTypeIdentifier
    @required
    inputArtifactDetails: ActionTypeArtifactDetails
    @required
    outputArtifactDetails: ActionTypeArtifactDetails
    permissions: ActionTypePermissions
    properties: ActionTypeProperties
    urls: ActionTypeUrls
}

@length(min: 1, max: 1024)
string ActionTypeDescription

structure ActionTypeExecutor {
    @required
    configuration: ExecutorConfiguration
    @required
    type: ExecutorType
    policyStatementsTemplate: PolicyStatementsTemplate
    jobTimeout: JobTimeout
}

structure ActionTypeId {
    @required
    category: ActionCategory
    @required
    owner: ActionOwner
    @required
    provider: ActionProvider
    @required
    version: Version
}

structure ActionTypeIdentifier {
    @required
    category: ActionCategory
    @required
    owner: ActionTypeOwner
    @required
    provider: ActionProvider
    @required
    version: Version
}

list ActionTypeList {
    member: ActionType
}

@error("client")
structure ActionTypeNotFoundException {}

@pattern("AWS|ThirdParty")
string ActionTypeOwner

structure ActionTypePermissions {
    @required
    allowedAccounts: AllowedAccounts
}

@length(max: 10)
list ActionTypeProperties {
    member: ActionTypeProperty
}

structure ActionTypeProperty {
    @required
    name: ActionConfigurationKey
    @required
    optional: Boolean
    @required
    key: Boolean
    @required
    noEcho: Boolean
    queryable: Boolean
    description: PropertyDescription
}

structure ActionTypeSettings {
    thirdPartyConfigurationUrl: Url
    entityUrlTemplate: UrlTemplate
    executionUrlTemplate: UrlTemplate
    revisionUrlTemplate: UrlTemplate
}

structure ActionTypeUrls {
    configurationUrl: Url
    entityUrlTemplate: UrlTemplate
    executionUrlTemplate: UrlTemplate
    revisionUrlTemplate: UrlTemplate
}

@pattern("[0-9]{12}|\\*")
string AllowedAccount

@length(min: 1, max: 1000)
list AllowedAccounts {
    member: AllowedAccount
}

@error("client")
structure ApprovalAlreadyCompletedException {}

structure ApprovalResult {
    @required
    summary: ApprovalSummary
    @required
    status: ApprovalStatus
}

enum ApprovalStatus {
    APPROVED = "Approved"
    REJECTED = "Rejected"
}

@length(min: 0, max: 512)
string ApprovalSummary

@pattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
string ApprovalToken

structure Artifact {
    name: ArtifactName
    revision: Revision
    location: ArtifactLocation
}

structure ArtifactDetail {
    name: ArtifactName
    s3location: S3Location
}

list ArtifactDetailList {
    member: ArtifactDetail
}

structure ArtifactDetails {
    @required
    minimumCount: MinimumArtifactCount
    @required
    maximumCount: MaximumArtifactCount
}

list ArtifactList {
    member: Artifact
}

structure ArtifactLocation {
    type: ArtifactLocationType
    s3Location: S3ArtifactLocation
}

enum ArtifactLocationType {
    S3
}

@length(min: 1, max: 100)
@pattern("[a-zA-Z0-9_\\-]+")
string ArtifactName

structure ArtifactRevision {
    name: ArtifactName
    revisionId: Revision
    revisionChangeIdentifier: RevisionChangeIdentifier
    revisionSummary: RevisionSummary
    created: Timestamp
    revisionUrl: Url
}

list ArtifactRevisionList {
    member: ArtifactRevision
}

structure ArtifactStore {
    @required
    type: ArtifactStoreType
    @required
    location: ArtifactStoreLocation
    encryptionKey: EncryptionKey
}

@length(min: 3, max: 63)
@pattern("[a-zA-Z0-9\\-\\.]+")
string ArtifactStoreLocation

map ArtifactStoreMap {
    key: AWSRegionName
    value: ArtifactStore
}

enum ArtifactStoreType {
    S3
}

structure BeforeEntryConditions {
    @required
    conditions: ConditionList
}

structure BlockerDeclaration {
    @required
    name: BlockerName
    @required
    type: BlockerType
}

@length(min: 1, max: 100)
string BlockerName

enum BlockerType {
    SCHEDULE = "Schedule"
}

@pattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
string ClientId

@length(min: 1, max: 128)
@pattern("^[a-zA-Z0-9-]+$")
string ClientRequestToken

@length(min: 1, max: 256)
string ClientToken

@length(min: 1, max: 1000)
string Command

@length(min: 1, max: 50)
list CommandList {
    member: Command
}

@error("client")
structure ConcurrentModificationException {
    message: Message
}

@error("client")
structure ConcurrentPipelineExecutionsLimitExceededException {
    message: Message
}

structure Condition {
    result: Result
    rules: RuleDeclarationList
}

structure ConditionExecution {
    status: ConditionExecutionStatus
    summary: ExecutionSummary
    lastStatusChange: Timestamp
}

enum ConditionExecutionStatus {
    IN_PROGRESS = "InProgress"
    FAILED = "Failed"
    ERRORED = "Errored"
    SUCCEEDED = "Succeeded"
    CANCELLED = "Cancelled"
    ABANDONED = "Abandoned"
    OVERRIDDEN = "Overridden"
}

@length(min: 1, max: 1)
list ConditionList {
    member: Condition
}

@error("client")
structure ConditionNotOverridableException {
    message: String
}

structure ConditionState {
    latestExecution: ConditionExecution
    ruleStates: RuleStateList
}

list ConditionStateList {
    member: ConditionState
}

enum ConditionType {
    BEFORE_ENTRY
    ON_SUCCESS
}

@error("client")
structure ConflictException {
    message: Message
}

@length(min: 1, max: 2048)
string ContinuationToken

structure CreateCustomActionTypeInput {
    @required
    category: ActionCategory
    @required
    provider: ActionProvider
    @required
    version: Version
    settings: ActionTypeSettings
    configurationProperties: ActionConfigurationPropertyList
    @required
    inputArtifactDetails: ArtifactDetails
    @required
    outputArtifactDetails: ArtifactDetails
    tags: TagList
}

structure CreateCustomActionTypeOutput {
    @required
    actionType: ActionType
    tags: TagList
}

structure CreatePipelineInput {
    @required
    pipeline: PipelineDeclaration
    tags: TagList
}

structure CreatePipelineOutput {
    pipeline: PipelineDeclaration
    tags: TagList
}

structure CurrentRevision {
    @required
    revision: Revision
    @required
    changeIdentifier: RevisionChangeIdentifier
    created: Timestamp
    revisionSummary: RevisionSummary
}

structure DeleteCustomActionTypeInput {
    @required
    category: ActionCategory
    @required
    provider: ActionProvider
    @required
    version: Version
}

structure DeletePipelineInput {
    @required
    name: PipelineName
}

structure DeleteWebhookInput {
    @required
    name: WebhookName
}

structure DeleteWebhookOutput {}

structure DeployActionExecutionTarget {
    targetId: String
    targetType: String
    status: String
    startTime: Timestamp
    endTime: Timestamp
    events: DeployTargetEventList
}

list DeployActionExecutionTargetList {
    member: DeployActionExecutionTarget
}

structure DeployTargetEvent {
    name: String
    status: String
    startTime: Timestamp
    endTime: Timestamp
    context: DeployTargetEventContext
}

structure DeployTargetEventContext {
    ssmCommandId: String
    message: String
}

list DeployTargetEventList {
    member: DeployTargetEvent
}

structure DeregisterWebhookWithThirdPartyInput {
    webhookName: WebhookName
}

structure DeregisterWebhookWithThirdPartyOutput {}

@length(min: 1, max: 160)
string Description

structure DisableStageTransitionInput {
    @required
    pipelineName: PipelineName
    @required
    stageName: StageName
    @required
    transitionType: StageTransitionType
    @required
    reason: DisabledReason
}

@length(min: 1, max: 300)
@pattern("[a-zA-Z0-9!@ \\(\\)\\.\\*\\?\\-]+")
string DisabledReason

@error("client")
structure DuplicatedStopRequestException {
    message: Message
}

structure EnableStageTransitionInput {
    @required
    pipelineName: PipelineName
    @required
    stageName: StageName
    @required
    transitionType: StageTransitionType
}

structure EncryptionKey {
    @required
    id: EncryptionKeyId
    @required
    type: EncryptionKeyType
}

@length(min: 1, max: 400)
string EncryptionKeyId

enum EncryptionKeyType {
    KMS
}

structure EnvironmentVariable {
    @required
    name: EnvironmentVariableName
    @required
    value: EnvironmentVariableValue
    type: EnvironmentVariableType
}

@length(min: 1, max: 10)
list EnvironmentVariableList {
    member: EnvironmentVariable
}

@length(min: 1, max: 128)
@pattern("[A-Za-z0-9_]+")
string EnvironmentVariableName

enum EnvironmentVariableType {
    PLAINTEXT
    SECRETS_MANAGER
}

@length(min: 1, max: 2000)
string EnvironmentVariableValue

structure ErrorDetails {
    code: String
    message: Message
}

structure ExecutionDetails {
    summary: ExecutionSummary
    externalExecutionId: ExecutionId
    percentComplete: Percentage
}

@length(min: 1, max: 1500)
string ExecutionId

enum ExecutionMode {
    QUEUED
    SUPERSEDED
    PARALLEL
}

@length(min: 1, max: 2048)
string ExecutionSummary

structure ExecutionTrigger {
    triggerType: TriggerType
    triggerDetail: TriggerDetail
}

enum ExecutionType {
    STANDARD
    ROLLBACK
}

structure ExecutorConfiguration {
    lambdaExecutorConfiguration: LambdaExecutorConfiguration
    jobWorkerExecutorConfiguration: JobWorkerExecutorConfiguration
}

enum ExecutorType {
    JOB_WORKER = "JobWorker"
    LAMBDA = "Lambda"
}

structure FailureConditions {
    result: Result
    retryConfiguration: RetryConfiguration
    conditions: ConditionList
}

structure FailureDetails {
    @required
    type: FailureType
    @required
    message: Message
    externalExecutionId: ExecutionId
}

enum FailureType {
    JOB_FAILED = "JobFailed"
    CONFIGURATION_ERROR = "ConfigurationError"
    PERMISSION_ERROR = "PermissionError"
    REVISION_OUT_OF_SYNC = "RevisionOutOfSync"
    REVISION_UNAVAILABLE = "RevisionUnavailable"
    SYSTEM_UNAVAILABLE = "SystemUnavailable"
}

@length(min: 1, max: 128)
string FilePath

@length(min: 1, max: 10)
list FilePathList {
    member: FilePath
}

structure GetActionTypeInput {
    @required
    category: ActionCategory
    @required
    owner: ActionTypeOwner
    @required
    provider: ActionProvider
    @required
    version: Version
}

structure GetActionTypeOutput {
    actionType: ActionTypeDeclaration
}

structure GetJobDetailsInput {
    @required
    jobId: JobId
}

structure GetJobDetailsOutput {
    jobDetails: JobDetails
}

structure GetPipelineExecutionInput {
    @required
    pipelineName: PipelineName
    @required
    pipelineExecutionId: PipelineExecutionId
}

structure GetPipelineExecutionOutput {
    pipelineExecution: PipelineExecution
}

structure GetPipelineInput {
    @required
    name: PipelineName
    version: PipelineVersion
}

structure GetPipelineOutput {
    pipeline: PipelineDeclaration
    metadata: PipelineMetadata
}

structure GetPipelineStateInput {
    @required
    name: PipelineName
}

structure GetPipelineStateOutput {
    pipelineName: PipelineName
    pipelineVersion: PipelineVersion
    stageStates: StageStateList
    created: Timestamp
    updated: Timestamp
}

structure GetThirdPartyJobDetailsInput {
    @required
    jobId: ThirdPartyJobId
    @required
    clientToken: ClientToken
}

structure GetThirdPartyJobDetailsOutput {
    jobDetails: ThirdPartyJobDetails
}

structure GitBranchFilterCriteria {
    includes: GitBranchPatternList
    excludes: GitBranchPatternList
}

@length(min: 1, max: 255)
string GitBranchNamePattern

@length(min: 1, max: 8)
list GitBranchPatternList {
    member: GitBranchNamePattern
}

structure GitConfiguration {
    @required
    sourceActionName: ActionName
    push: GitPushFilterList
    pullRequest: GitPullRequestFilterList
}

structure GitFilePathFilterCriteria {
    includes: GitFilePathPatternList
    excludes: GitFilePathPatternList
}

@length(min: 1, max: 255)
string GitFilePathPattern

@length(min: 1, max: 8)
list GitFilePathPatternList {
    member: GitFilePathPattern
}

enum GitPullRequestEventType {
    OPEN
    UPDATED
    CLOSED
}

@length(min: 1, max: 3)
list GitPullRequestEventTypeList {
    member: GitPullRequestEventType
}

structure GitPullRequestFilter {
    events: GitPullRequestEventTypeList
    branches: GitBranchFilterCriteria
    filePaths: GitFilePathFilterCriteria
}

@length(min: 1, max: 3)
list GitPullRequestFilterList {
    member: GitPullRequestFilter
}

structure GitPushFilter {
    tags: GitTagFilterCriteria
    branches: GitBranchFilterCriteria
    filePaths: GitFilePathFilterCriteria
}

@length(min: 1, max: 3)
list GitPushFilterList {
    member: GitPushFilter
}

structure GitTagFilterCriteria {
    includes: GitTagPatternList
    excludes: GitTagPatternList
}

@length(min: 1, max: 255)
string GitTagNamePattern

@length(min: 1, max: 8)
list GitTagPatternList {
    member: GitTagNamePattern
}

structure InputArtifact {
    @required
    name: ArtifactName
}

list InputArtifactList {
    member: InputArtifact
}

@error("client")
structure InvalidActionDeclarationException {}

@error("client")
structure InvalidApprovalTokenException {}

@error("client")
structure InvalidArnException {
    message: Message
}

@error("client")
structure InvalidBlockerDeclarationException {}

@error("client")
structure InvalidClientTokenException {}

@error("client")
structure InvalidJobException {}

@error("client")
structure InvalidJobStateException {}

@error("client")
structure InvalidNextTokenException {}

@error("client")
structure InvalidNonceException {}

@error("client")
structure InvalidStageDeclarationException {}

@error("client")
structure InvalidStructureException {}

@error("client")
structure InvalidTagsException {
    message: Message
}

@error("client")
structure InvalidWebhookAuthenticationParametersException {}

@error("client")
structure InvalidWebhookFilterPatternException {}

structure Job {
    id: JobId
    data: JobData
    nonce: Nonce
    accountId: AccountId
}

structure JobData {
    actionTypeId: ActionTypeId
    actionConfiguration: ActionConfiguration
    pipelineContext: PipelineContext
    inputArtifacts: ArtifactList
    outputArtifacts: ArtifactList
    artifactCredentials: AWSSessionCredentials
    continuationToken: ContinuationToken
    encryptionKey: EncryptionKey
}

structure JobDetails {
    id: JobId
    data: JobData
    accountId: AccountId
}

@pattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
string JobId

list JobList {
    member: Job
}

@error("client")
structure JobNotFoundException {}

enum JobStatus {
    CREATED = "Created"
    QUEUED = "Queued"
    DISPATCHED = "Dispatched"
    IN_PROGRESS = "InProgress"
    TIMED_OUT = "TimedOut"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
}

@range(min: 60, max: 43200)
integer JobTimeout

structure JobWorkerExecutorConfiguration {
    pollingAccounts: PollingAccountList
    pollingServicePrincipals: PollingServicePrincipalList
}

@length(min: 1, max: 150)
string JsonPath

structure LambdaExecutorConfiguration {
    @required
    lambdaFunctionArn: LambdaFunctionArn
}

@length(min: 1, max: 140)
@pattern("arn:aws(-[\\w]+)*:lambda:.+:[0-9]{12}:function:.+")
string LambdaFunctionArn

structure LatestInPipelineExecutionFilter {
    @required
    pipelineExecutionId: PipelineExecutionId
    @required
    startTimeRange: StartTimeRange
}

@error("client")
structure LimitExceededException {}

structure ListActionExecutionsInput {
    @required
    pipelineName: PipelineName
    filter: ActionExecutionFilter
    maxResults: MaxResults
    nextToken: NextToken
}

structure ListActionExecutionsOutput {
    actionExecutionDetails: ActionExecutionDetailList
    nextToken: NextToken
}

structure ListActionTypesInput {
    actionOwnerFilter: ActionOwner
    nextToken: NextToken
    regionFilter: AWSRegionName
}

structure ListActionTypesOutput {
    @required
    actionTypes: ActionTypeList
    nextToken: NextToken
}

structure ListDeployActionExecutionTargetsInput {
    pipelineName: PipelineName
    @required
    actionExecutionId: String
    filters: TargetFilterList
    maxResults: MaxResults
    nextToken: NextToken
}

structure ListDeployActionExecutionTargetsOutput {
    targets: DeployActionExecutionTargetList
    nextToken: NextToken
}

structure ListPipelineExecutionsInput {
    @required
    pipelineName: PipelineName
    maxResults: MaxResults
    filter: PipelineExecutionFilter
    nextToken: NextToken
}

structure ListPipelineExecutionsOutput {
    pipelineExecutionSummaries: PipelineExecutionSummaryList
    nextToken: NextToken
}

structure ListPipelinesInput {
    nextToken: NextToken
    maxResults: MaxPipelines
}

structure ListPipelinesOutput {
    pipelines: PipelineList
    nextToken: NextToken
}

structure ListRuleExecutionsInput {
    @required
    pipelineName: PipelineName
    filter: RuleExecutionFilter
    maxResults: MaxResults
    nextToken: NextToken
}

structure ListRuleExecutionsOutput {
    ruleExecutionDetails: RuleExecutionDetailList
    nextToken: NextToken
}

structure ListRuleTypesInput {
    ruleOwnerFilter: RuleOwner
    regionFilter: AWSRegionName
}

structure ListRuleTypesOutput {
    @required
    ruleTypes: RuleTypeList
}

structure ListTagsForResourceInput {
    @required
    resourceArn: ResourceArn
    nextToken: NextToken
    maxResults: MaxResults
}

structure ListTagsForResourceOutput {
    tags: TagList
    nextToken: NextToken
}

structure ListWebhookItem {
    @required
    definition: WebhookDefinition
    @required
    url: WebhookUrl
    errorMessage: String
    errorCode: String
    lastTriggered: Timestamp
    arn: String
    tags: TagList
}

structure ListWebhooksInput {
    NextToken: NextToken
    MaxResults: MaxResults
}

structure ListWebhooksOutput {
    webhooks: WebhookList
    NextToken: NextToken
}

@length(min: 1, max: 250)
string LogStreamARN

@length(min: 1, max: 150)
string MatchEquals

@range(min: 1)
integer MaxBatchSize

@range(min: 1, max: 1000)
integer MaxPipelines

@range(min: 1, max: 100)
integer MaxResults

@range(min: 0, max: 10)
integer MaximumActionTypeArtifactCount

@range(min: 0, max: 5)
integer MaximumArtifactCount

@length(min: 1, max: 5000)
string Message

@range(min: 0, max: 10)
integer MinimumActionTypeArtifactCount

@range(min: 0, max: 5)
integer MinimumArtifactCount

@length(min: 1, max: 2048)
string NextToken

@length(min: 1, max: 50)
string Nonce

@error("client")
structure NotLatestPipelineExecutionException {}

structure OutputArtifact {
    @required
    name: ArtifactName
    files: FilePathList
}

list OutputArtifactList {
    member: OutputArtifact
}

@length(min: 1, max: 128)
string OutputVariable

@length(min: 1, max: 15)
list OutputVariableList {
    member: OutputVariable
}

@pattern("[A-Za-z0-9@\\-_]+")
string OutputVariablesKey

map OutputVariablesMap {
    key: OutputVariablesKey
    value: String
}

@error("client")
structure OutputVariablesSizeExceededException {
    message: Message
}

structure OverrideStageConditionInput {
    @required
    pipelineName: PipelineName
    @required
    stageName: StageName
    @required
    pipelineExecutionId: PipelineExecutionId
    @required
    conditionType: ConditionType
}

@range(min: 0, max: 100)
integer Percentage

@pattern("arn:aws(-[\\w]+)*:codepipeline:.+:[0-9]{12}:.+")
string PipelineArn

structure PipelineContext {
    pipelineName: PipelineName
    stage: StageContext
    action: ActionContext
    pipelineArn: PipelineArn
    pipelineExecutionId: PipelineExecutionId
}

structure PipelineDeclaration {
    @required
    name: PipelineName
    @required
    roleArn: RoleArn
    artifactStore: ArtifactStore
    artifactStores: ArtifactStoreMap
    @required
    stages: PipelineStageDeclarationList
    version: PipelineVersion
    executionMode: ExecutionMode
    pipelineType: PipelineType
    variables: PipelineVariableDeclarationList
    triggers: PipelineTriggerDeclarationList
}

structure PipelineExecution {
    pipelineName: PipelineName
    pipelineVersion: PipelineVersion
    pipelineExecutionId: PipelineExecutionId
    status: PipelineExecutionStatus
    statusSummary: String
    artifactRevisions: ArtifactRevisionList
    variables: ResolvedPipelineVariableList
    trigger: ExecutionTrigger
    executionMode: ExecutionMode
    executionType: ExecutionType
    rollbackMetadata: PipelineRollbackMetadata
}

structure PipelineExecutionFilter {
    succeededInStage: SucceededInStageFilter
}

@pattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
string PipelineExecutionId

@error("client")
structure PipelineExecutionNotFoundException {}

@error("client")
structure PipelineExecutionNotStoppableException {
    message: Message
}

@error("client")
structure PipelineExecutionOutdatedException {
    message: Message
}

enum PipelineExecutionStatus {
    CANCELLED = "Cancelled"
    IN_PROGRESS = "InProgress"
    STOPPED = "Stopped"
    STOPPING = "Stopping"
    SUCCEEDED = "Succeeded"
    SUPERSEDED = "Superseded"
    FAILED = "Failed"
}

structure PipelineExecutionSummary {
    pipelineExecutionId: PipelineExecutionId
    status: PipelineExecutionStatus
    statusSummary: String
    startTime: Timestamp
    lastUpdateTime: Timestamp
    sourceRevisions: SourceRevisionList
    trigger: ExecutionTrigger
    stopTrigger: StopExecutionTrigger
    executionMode: ExecutionMode
    executionType: ExecutionType
    rollbackMetadata: PipelineRollbackMetadata
}

list PipelineExecutionSummaryList {
    member: PipelineExecutionSummary
}

list PipelineList {
    member: PipelineSummary
}

structure PipelineMetadata {
    pipelineArn: PipelineArn
    created: Timestamp
    updated: Timestamp
    pollingDisabledAt: Timestamp
}

@length(min: 1, max: 100)
@pattern("[A-Za-z0-9.@\\-_]+")
string PipelineName

@error("client")
structure PipelineNameInUseException {}

@error("client")
structure PipelineNotFoundException {}

structure PipelineRollbackMetadata {
    rollbackTargetPipelineExecutionId: PipelineExecutionId
}

list PipelineStageDeclarationList {
    member: StageDeclaration
}

structure PipelineSummary {
    name: PipelineName
    version: PipelineVersion
    pipelineType: PipelineType
    executionMode: ExecutionMode
    created: Timestamp
    updated: Timestamp
}

structure PipelineTriggerDeclaration {
    @required
    providerType: PipelineTriggerProviderType
    @required
    gitConfiguration: GitConfiguration
}

@length(max: 50)
list PipelineTriggerDeclarationList {
    member: PipelineTriggerDeclaration
}

enum PipelineTriggerProviderType {
    CODE_STAR_SOURCE_CONNECTION = "CodeStarSourceConnection"
}

enum PipelineType {
    V1
    V2
}

structure PipelineVariable {
    @required
    name: PipelineVariableName
    @required
    value: PipelineVariableValue
}

structure PipelineVariableDeclaration {
    @required
    name: PipelineVariableName
    defaultValue: PipelineVariableValue
    description: PipelineVariableDescription
}

@length(max: 50)
list PipelineVariableDeclarationList {
    member: PipelineVariableDeclaration
}

@length(min: 0, max: 200)
string PipelineVariableDescription

@length(min: 1, max: 50)
list PipelineVariableList {
    member: PipelineVariable
}

@length(min: 1, max: 128)
@pattern("[A-Za-z0-9@\\-_]+")
string PipelineVariableName

@length(min: 1, max: 1000)
string PipelineVariableValue

@range(min: 1)
integer PipelineVersion

@error("client")
structure PipelineVersionNotFoundException {}

@length(min: 1, max: 2048)
string PolicyStatementsTemplate

structure PollForJobsInput {
    @required
    actionTypeId: ActionTypeId
    maxBatchSize: MaxBatchSize
    queryParam: QueryParamMap
}

structure PollForJobsOutput {
    jobs: JobList
}

structure PollForThirdPartyJobsInput {
    @required
    actionTypeId: ActionTypeId
    maxBatchSize: MaxBatchSize
}

structure PollForThirdPartyJobsOutput {
    jobs: ThirdPartyJobList
}

@length(min: 1, max: 1000)
list PollingAccountList {
    member: AccountId
}

@length(min: 1, max: 10)
list PollingServicePrincipalList {
    member: ServicePrincipal
}

@length(min: 1, max: 250)
string PropertyDescription

structure PutActionRevisionInput {
    @required
    pipelineName: PipelineName
    @required
    stageName: StageName
    @required
    actionName: ActionName
    @required
    actionRevision: ActionRevision
}

structure PutActionRevisionOutput {
    newRevision: Boolean
    pipelineExecutionId: PipelineExecutionId
}

structure PutApprovalResultInput {
    @required
    pipelineName: PipelineName
    @required
    stageName: StageName
    @required
    actionName: ActionName
    @required
    result: ApprovalResult
    @required
    token: ApprovalToken
}

structure PutApprovalResultOutput {
    approvedAt: Timestamp
}

structure PutJobFailureResultInput {
    @required
    jobId: JobId
    @required
    failureDetails: FailureDetails
}

structure PutJobSuccessResultInput {
    @required
    jobId: JobId
    currentRevision: CurrentRevision
    continuationToken: ContinuationToken
    executionDetails: ExecutionDetails
    outputVariables: OutputVariablesMap
}

structure PutThirdPartyJobFailureResultInput {
    @required
    jobId: ThirdPartyJobId
    @required
    clientToken: ClientToken
    @required
    failureDetails: FailureDetails
}

structure PutThirdPartyJobSuccessResultInput {
    @required
    jobId: ThirdPartyJobId
    @required
    clientToken: ClientToken
    currentRevision: CurrentRevision
    continuationToken: ContinuationToken
    executionDetails: ExecutionDetails
}

structure PutWebhookInput {
    @required
    webhook: WebhookDefinition
    tags: TagList
}

structure PutWebhookOutput {
    webhook: ListWebhookItem
}

@length(min: 0, max: 1)
map QueryParamMap {
    key: ActionConfigurationKey
    value: ActionConfigurationQueryableValue
}

structure RegisterWebhookWithThirdPartyInput {
    webhookName: WebhookName
}

structure RegisterWebhookWithThirdPartyOutput {}

@error("client")
structure RequestFailedException {
    message: Message
}

map ResolvedActionConfigurationMap {
    key: String
    value: String
}

structure ResolvedPipelineVariable {
    name: String
    resolvedValue: String
}

list ResolvedPipelineVariableList {
    member: ResolvedPipelineVariable
}

map ResolvedRuleConfigurationMap {
    key: String
    value: String
}

@pattern("arn:aws(-[\\w]+)*:codepipeline:.+:[0-9]{12}:.+")
string ResourceArn

@error("client")
structure ResourceNotFoundException {}

enum Result {
    ROLLBACK
    FAIL
    RETRY
    SKIP
}

@range(min: 1)
integer RetryAttempt

structure RetryConfiguration {
    retryMode: StageRetryMode
}

structure RetryStageExecutionInput {
    @required
    pipelineName: PipelineName
    @required
    stageName: StageName
    @required
    pipelineExecutionId: PipelineExecutionId
    @required
    retryMode: StageRetryMode
}

structure RetryStageExecutionOutput {
    pipelineExecutionId: PipelineExecutionId
}

structure RetryStageMetadata {
    autoStageRetryAttempt: RetryAttempt
    manualStageRetryAttempt: RetryAttempt
    latestRetryTrigger: RetryTrigger
}

enum RetryTrigger {
    AUTOMATED_STAGE_RETRY = "AutomatedStageRetry"
    MANUAL_STAGE_RETRY = "ManualStageRetry"
}

@length(min: 1, max: 1500)
string Revision

@length(min: 1, max: 100)
string RevisionChangeIdentifier

@length(min: 1, max: 2048)
string RevisionSummary

@length(max: 1024)
@pattern("arn:aws(-[\\w]+)*:iam::[0-9]{12}:role/.*")
string RoleArn

structure RollbackStageInput {
    @required
    pipelineName: PipelineName
    @required
    stageName: StageName
    @required
    targetPipelineExecutionId: PipelineExecutionId
}

structure RollbackStageOutput {
    @required
    pipelineExecutionId: PipelineExecutionId
}

enum RuleCategory {
    RULE = "Rule"
}

@length(min: 1, max: 50)
string RuleConfigurationKey

@length(min: 0, max: 200)
map RuleConfigurationMap {
    key: RuleConfigurationKey
    value: RuleConfigurationValue
}

structure RuleConfigurationProperty {
    @required
    name: RuleConfigurationKey
    @required
    required: Boolean
    @required
    key: Boolean
    @required
    secret: Boolean
    queryable: Boolean
    description: Description
    type: RuleConfigurationPropertyType
}

@length(max: 10)
list RuleConfigurationPropertyList {
    member: RuleConfigurationProperty
}

enum RuleConfigurationPropertyType {
    STRING = "String"
    NUMBER = "Number"
    BOOLEAN = "Boolean"
}

@length(min: 1, max: 10000)
string RuleConfigurationValue

structure RuleDeclaration {
    @required
    name: RuleName
    @required
    ruleTypeId: RuleTypeId
    configuration: RuleConfigurationMap
    commands: CommandList
    inputArtifacts: InputArtifactList
    roleArn: RoleArn
    region: AWSRegionName
    timeoutInMinutes: RuleTimeout
}

@length(min: 1, max: 5)
list RuleDeclarationList {
    member: RuleDeclaration
}

structure RuleExecution {
    ruleExecutionId: RuleExecutionId
    status: RuleExecutionStatus
    summary: ExecutionSummary
    lastStatusChange: Timestamp
    token: RuleExecutionToken
    lastUpdatedBy: String
    externalExecutionId: ExecutionId
    externalExecutionUrl: Url
    errorDetails: ErrorDetails
}

structure RuleExecutionDetail {
    pipelineExecutionId: PipelineExecutionId
    ruleExecutionId: RuleExecutionId
    pipelineVersion: PipelineVersion
    stageName: StageName
    ruleName: RuleName
    startTime: Timestamp
    lastUpdateTime: Timestamp
    updatedBy: String
    status: RuleExecutionStatus
    input: RuleExecutionInput
    output: RuleExecutionOutput
}

list RuleExecutionDetailList {
    member: RuleExecutionDetail
}

structure RuleExecutionFilter {
    pipelineExecutionId: PipelineExecutionId
    latestInPipelineExecution: LatestInPipelineExecutionFilter
}

@length(min: 1, max: 200)
string RuleExecutionId

structure RuleExecutionInput {
    ruleTypeId: RuleTypeId
    configuration: RuleConfigurationMap
    resolvedConfiguration: ResolvedRuleConfigurationMap
    roleArn: RoleArn
    region: AWSRegionName
    inputArtifacts: ArtifactDetailList
}

structure RuleExecutionOutput {
    executionResult: RuleExecutionResult
}

structure RuleExecutionResult {
    externalExecutionId: String
    externalExecutionSummary: String
    externalExecutionUrl: Url
    errorDetails: ErrorDetails
}

enum RuleExecutionStatus {
    IN_PROGRESS = "InProgress"
    ABANDONED = "Abandoned"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
}

@length(min: 1, max: 200)
@pattern("[a-zA-Z0-9\\-\\.]+")
string RuleExecutionToken

@length(min: 1, max: 100)
@pattern("[A-Za-z0-9.@\\-_]+")
string RuleName

enum RuleOwner {
    AWS
}

@length(min: 1, max: 35)
@pattern("[0-9A-Za-z_-]+")
string RuleProvider

structure RuleRevision {
    @required
    revisionId: Revision
    @required
    revisionChangeId: RevisionChangeIdentifier
    @required
    created: Timestamp
}

structure RuleState {
    ruleName: RuleName
    currentRevision: RuleRevision
    latestExecution: RuleExecution
    entityUrl: Url
    revisionUrl: Url
}

list RuleStateList {
    member: RuleState
}

@range(min: 5, max: 86400)
integer RuleTimeout

structure RuleType {
    @required
    id: RuleTypeId
    settings: RuleTypeSettings
    ruleConfigurationProperties: RuleConfigurationPropertyList
    @required
    inputArtifactDetails: ArtifactDetails
}

structure RuleTypeId {
    @required
    category: RuleCategory
    owner: RuleOwner
    @required
    provider: RuleProvider
    version: Version
}

list RuleTypeList {
    member: RuleType
}

structure RuleTypeSettings {
    thirdPartyConfigurationUrl: Url
    entityUrlTemplate: UrlTemplate
    executionUrlTemplate: UrlTemplate
    revisionUrlTemplate: UrlTemplate
}

structure S3ArtifactLocation {
    @required
    bucketName: String
    @required
    objectKey: String
}

@length(min: 3, max: 63)
string S3Bucket

@length(min: 1, max: 100)
string S3Key

structure S3Location {
    bucket: S3Bucket
    key: S3Key
}

@sensitive
string SecretAccessKey

@length(min: 1, max: 128)
string ServicePrincipal

@sensitive
string SessionToken

structure SourceRevision {
    @required
    actionName: ActionName
    revisionId: Revision
    revisionSummary: RevisionSummary
    revisionUrl: Url
}

list SourceRevisionList {
    member: SourceRevision
}

structure SourceRevisionOverride {
    @required
    actionName: ActionName
    @required
    revisionType: SourceRevisionType
    @required
    revisionValue: Revision
}

@length(min: 0, max: 50)
list SourceRevisionOverrideList {
    member: SourceRevisionOverride
}

enum SourceRevisionType {
    COMMIT_ID
    IMAGE_DIGEST
    S3_OBJECT_VERSION_ID
    S3_OBJECT_KEY
}

list StageActionDeclarationList {
    member: ActionDeclaration
}

list StageBlockerDeclarationList {
    member: BlockerDeclaration
}

structure StageConditionState {
    latestExecution: StageConditionsExecution
    conditionStates: ConditionStateList
}

structure StageConditionsExecution {
    status: ConditionExecutionStatus
    summary: ExecutionSummary
}

structure StageContext {
    name: StageName
}

structure StageDeclaration {
    @required
    name: StageName
    blockers: StageBlockerDeclarationList
    @required
    actions: StageActionDeclarationList
    onFailure: FailureConditions
    onSuccess: SuccessConditions
    beforeEntry: BeforeEntryConditions
}

structure StageExecution {
    @required
    pipelineExecutionId: PipelineExecutionId
    @required
    status: StageExecutionStatus
    type: ExecutionType
}

list StageExecutionList {
    member: StageExecution
}

enum StageExecutionStatus {
    CANCELLED = "Cancelled"
    IN_PROGRESS = "InProgress"
    FAILED = "Failed"
    STOPPED = "Stopped"
    STOPPING = "Stopping"
    SUCCEEDED = "Succeeded"
    SKIPPED = "Skipped"
}

@length(min: 1, max: 100)
@pattern("[A-Za-z0-9.@\\-_]+")
string StageName

@error("client")
structure StageNotFoundException {}

@error("client")
structure StageNotRetryableException {}

enum StageRetryMode {
    FAILED_ACTIONS
    ALL_ACTIONS
}

structure StageState {
    stageName: StageName
    inboundExecution: StageExecution
    inboundExecutions: StageExecutionList
    inboundTransitionState: TransitionState
    actionStates: ActionStateList
    latestExecution: StageExecution
    beforeEntryConditionState: StageConditionState
    onSuccessConditionState: StageConditionState
    onFailureConditionState: StageConditionState
    retryStageMetadata: RetryStageMetadata
}

list StageStateList {
    member: StageState
}

enum StageTransitionType {
    INBOUND = "Inbound"
    OUTBOUND = "Outbound"
}

structure StartPipelineExecutionInput {
    @required
    name: PipelineName
    variables: PipelineVariableList
    @idempotencyToken
    clientRequestToken: ClientRequestToken
    sourceRevisions: SourceRevisionOverrideList
}

structure StartPipelineExecutionOutput {
    pipelineExecutionId: PipelineExecutionId
}

enum StartTimeRange {
    LATEST = "Latest"
    ALL = "All"
}

structure StopExecutionTrigger {
    reason: StopPipelineExecutionReason
}

structure StopPipelineExecutionInput {
    @required
    pipelineName: PipelineName
    @required
    pipelineExecutionId: PipelineExecutionId
    abandon: Boolean
    reason: StopPipelineExecutionReason
}

structure StopPipelineExecutionOutput {
    pipelineExecutionId: PipelineExecutionId
}

@length(max: 200)
string StopPipelineExecutionReason

structure SucceededInStageFilter {
    stageName: StageName
}

structure SuccessConditions {
    @required
    conditions: ConditionList
}

structure Tag {
    @required
    key: TagKey
    @required
    value: TagValue
}

@length(min: 1, max: 128)
string TagKey

list TagKeyList {
    member: TagKey
}

list TagList {
    member: Tag
}

structure TagResourceInput {
    @required
    resourceArn: ResourceArn
    @required
    tags: TagList
}

structure TagResourceOutput {}

@length(min: 0, max: 256)
string TagValue

structure TargetFilter {
    name: TargetFilterName
    values: TargetFilterValueList
}

list TargetFilterList {
    member: TargetFilter
}

enum TargetFilterName {
    TARGET_STATUS
}

@length(min: 1)
string TargetFilterValue

list TargetFilterValueList {
    member: TargetFilterValue
}

structure ThirdPartyJob {
    clientId: ClientId
    jobId: JobId
}

structure ThirdPartyJobData {
    actionTypeId: ActionTypeId
    actionConfiguration: ActionConfiguration
    pipelineContext: PipelineContext
    inputArtifacts: ArtifactList
    outputArtifacts: ArtifactList
    artifactCredentials: AWSSessionCredentials
    continuationToken: ContinuationToken
    encryptionKey: EncryptionKey
}

structure ThirdPartyJobDetails {
    id: ThirdPartyJobId
    data: ThirdPartyJobData
    nonce: Nonce
}

@length(min: 1, max: 512)
string ThirdPartyJobId

list ThirdPartyJobList {
    member: ThirdPartyJob
}

@error("client")
structure TooManyTagsException {
    message: Message
}

structure TransitionState {
    enabled: Boolean
    lastChangedBy: String
    lastChangedAt: Timestamp
    disabledReason: DisabledReason
}

@length(min: 0, max: 1024)
string TriggerDetail

enum TriggerType {
    CREATE_PIPELINE = "CreatePipeline"
    START_PIPELINE_EXECUTION = "StartPipelineExecution"
    POLL_FOR_SOURCE_CHANGES = "PollForSourceChanges"
    WEBHOOK = "Webhook"
    CLOUD_WATCH_EVENT = "CloudWatchEvent"
    PUT_ACTION_REVISION = "PutActionRevision"
    WEBHOOK_V2 = "WebhookV2"
    MANUAL_ROLLBACK = "ManualRollback"
    AUTOMATED_ROLLBACK = "AutomatedRollback"
}

@error("client")
structure UnableToRollbackStageException {
    message: String
}

structure UntagResourceInput {
    @required
    resourceArn: ResourceArn
    @required
    tagKeys: TagKeyList
}

structure UntagResourceOutput {}

structure UpdateActionTypeInput {
    @required
    actionType: ActionTypeDeclaration
}

structure UpdatePipelineInput {
    @required
    pipeline: PipelineDeclaration
}

structure UpdatePipelineOutput {
    pipeline: PipelineDeclaration
}

@length(min: 1, max: 2048)
string Url

@length(min: 1, max: 2048)
string UrlTemplate

@error("client")
structure ValidationException {}

@length(min: 1, max: 9)
@pattern("[0-9A-Za-z_-]+")
string Version

structure WebhookAuthConfiguration {
    AllowedIPRange: WebhookAuthConfigurationAllowedIPRange
    SecretToken: WebhookAuthConfigurationSecretToken
}

@length(min: 1, max: 100)
string WebhookAuthConfigurationAllowedIPRange

@length(min: 1, max: 100)
string WebhookAuthConfigurationSecretToken

enum WebhookAuthenticationType {
    GITHUB_HMAC
    IP
    UNAUTHENTICATED
}

structure WebhookDefinition {
    @required
    name: WebhookName
    @required
    targetPipeline: PipelineName
    @required
    targetAction: ActionName
    @required
    filters: WebhookFilters
    @required
    authentication: WebhookAuthenticationType
    @required
    authenticationConfiguration: WebhookAuthConfiguration
}

structure WebhookFilterRule {
    @required
    jsonPath: JsonPath
    matchEquals: MatchEquals
}

@length(max: 5)
list WebhookFilters {
    member: WebhookFilterRule
}

list WebhookList {
    member: ListWebhookItem
}

@length(min: 1, max: 100)
@pattern("[A-Za-z0-9.@\\-_]+")
string WebhookName

@error("client")
structure WebhookNotFoundException {}

@length(min: 1, max: 1000)
string WebhookUrl
