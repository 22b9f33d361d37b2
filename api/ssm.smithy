$version: "2.0"
namespace com.amazonaws.ssm

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#planned

@service(sdkId: "SSM")
@sigv4(name: "ssm")
@awsJson1_1
service AmazonSSM {
    version: "2014-11-06"
    operations: [
        AddTagsToResource
        AssociateOpsItemRelatedItem
        CancelCommand
        CancelMaintenanceWindowExecution
        CreateActivation
        CreateAssociation
        CreateAssociationBatch
        CreateCloudConnector
        CreateDocument
        CreateMaintenanceWindow
        CreateOpsItem
        CreateOpsMetadata
        CreatePatchBaseline
        CreateResourceDataSync
        DeleteActivation
        DeleteAssociation
        DeleteCloudConnector
        DeleteDocument
        DeleteInventory
        DeleteMaintenanceWindow
        DeleteOpsItem
        DeleteOpsMetadata
        DeleteParameter
        DeleteParameters
        DeletePatchBaseline
        DeleteResourceDataSync
        DeleteResourcePolicy
        DeregisterManagedInstance
        DeregisterPatchBaselineForPatchGroup
        DeregisterTargetFromMaintenanceWindow
        DeregisterTaskFromMaintenanceWindow
        DescribeActivations
        DescribeAssociation
        DescribeAssociationExecutionTargets
        DescribeAssociationExecutions
        DescribeAutomationExecutions
        DescribeAutomationStepExecutions
        DescribeAvailablePatches
        DescribeDocument
        DescribeDocumentPermission
        DescribeEffectiveInstanceAssociations
        DescribeEffectivePatchesForPatchBaseline
        DescribeInstanceAssociationsStatus
        DescribeInstanceInformation
        DescribeInstancePatchStates
        DescribeInstancePatchStatesForPatchGroup
        DescribeInstancePatches
        DescribeInstanceProperties
        DescribeInventoryDeletions
        DescribeMaintenanceWindowExecutionTaskInvocations
        DescribeMaintenanceWindowExecutionTasks
        DescribeMaintenanceWindowExecutions
        DescribeMaintenanceWindowSchedule
        DescribeMaintenanceWindowTargets
        DescribeMaintenanceWindowTasks
        DescribeMaintenanceWindows
        DescribeMaintenanceWindowsForTarget
        DescribeOpsItems
        DescribeParameters
        DescribePatchBaselines
        DescribePatchGroupState
        DescribePatchGroups
        DescribePatchProperties
        DescribeSessions
        DisassociateOpsItemRelatedItem
        GetAccessToken
        GetAutomationExecution
        GetCalendarState
        GetCloudConnector
        GetCommandInvocation
        GetConnectionStatus
        GetDefaultPatchBaseline
        GetDeployablePatchSnapshotForInstance
        GetDocument
        GetExecutionPreview
        GetInventory
        GetInventorySchema
        GetMaintenanceWindow
        GetMaintenanceWindowExecution
        GetMaintenanceWindowExecutionTask
        GetMaintenanceWindowExecutionTaskInvocation
        GetMaintenanceWindowTask
        GetOpsItem
        GetOpsMetadata
        GetOpsSummary
        GetParameter
        GetParameterHistory
        GetParameters
        GetParametersByPath
        GetPatchBaseline
        GetPatchBaselineForPatchGroup
        GetResourcePolicies
        GetServiceSetting
        LabelParameterVersion
        ListAssociationVersions
        ListAssociations
        ListCloudConnectors
        ListCommandInvocations
        ListCommands
        ListComplianceItems
        ListComplianceSummaries
        ListDocumentMetadataHistory
        ListDocumentVersions
        ListDocuments
        ListInventoryEntries
        ListNodes
        ListNodesSummary
        ListOpsItemEvents
        ListOpsItemRelatedItems
        ListOpsMetadata
        ListResourceComplianceSummaries
        ListResourceDataSync
        ListTagsForResource
        ModifyDocumentPermission
        PutComplianceItems
        PutInventory
        PutParameter
        PutResourcePolicy
        RegisterDefaultPatchBaseline
        RegisterPatchBaselineForPatchGroup
        RegisterTargetWithMaintenanceWindow
        RegisterTaskWithMaintenanceWindow
        RemoveTagsFromResource
        ResetServiceSetting
        ResumeSession
        SendAutomationSignal
        SendCommand
        StartAccessRequest
        StartAssociationsOnce
        StartAutomationExecution
        StartChangeRequestExecution
        StartExecutionPreview
        StartSession
        StopAutomationExecution
        TerminateSession
        UnlabelParameterVersion
        UpdateAssociation
        UpdateAssociationStatus
        UpdateCloudConnector
        UpdateDocument
        UpdateDocumentDefaultVersion
        UpdateDocumentMetadata
        UpdateMaintenanceWindow
        UpdateMaintenanceWindowTarget
        UpdateMaintenanceWindowTask
        UpdateManagedInstanceRole
        UpdateOpsItem
        UpdateOpsMetadata
        UpdatePatchBaseline
        UpdateResourceDataSync
        UpdateServiceSetting
        ValidateCloudConnector
    ]
}

@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags")
@authorizeSelf
operation AddTagsToResource {
    input: AddTagsToResourceRequest
    output: AddTagsToResourceResult
    errors: [
        InvalidResourceType
        InvalidResourceId
        InternalServerError
        TooManyTagsError
        TooManyUpdates
    ]
}

@planned
operation AssociateOpsItemRelatedItem {}

@planned
operation CancelCommand {}

@planned
operation CancelMaintenanceWindowExecution {}

@planned
operation CreateActivation {}

@planned
operation CreateAssociation {}

@planned
operation CreateAssociationBatch {}

@planned
operation CreateCloudConnector {}

@planned
operation CreateDocument {}

@planned
operation CreateMaintenanceWindow {}

@planned
operation CreateOpsItem {}

@planned
operation CreateOpsMetadata {}

@planned
operation CreatePatchBaseline {}

@planned
operation CreateResourceDataSync {}

@planned
operation DeleteActivation {}

@planned
operation DeleteAssociation {}

@planned
operation DeleteCloudConnector {}

@planned
operation DeleteDocument {}

@planned
operation DeleteInventory {}

@planned
operation DeleteMaintenanceWindow {}

@planned
operation DeleteOpsItem {}

@planned
operation DeleteOpsMetadata {}

@authorizeSelf
operation DeleteParameter {
    input: DeleteParameterRequest
    output: DeleteParameterResult
    errors: [
        InternalServerError
        ParameterNotFound
    ]
}

@authorizeSelf
operation DeleteParameters {
    input: DeleteParametersRequest
    output: DeleteParametersResult
    errors: [
        InternalServerError
    ]
}

@planned
operation DeletePatchBaseline {}

@planned
operation DeleteResourceDataSync {}

@planned
operation DeleteResourcePolicy {}

@planned
operation DeregisterManagedInstance {}

@planned
operation DeregisterPatchBaselineForPatchGroup {}

@planned
operation DeregisterTargetFromMaintenanceWindow {}

@planned
operation DeregisterTaskFromMaintenanceWindow {}

@planned
operation DescribeActivations {}

@planned
operation DescribeAssociation {}

@planned
operation DescribeAssociationExecutionTargets {}

@planned
operation DescribeAssociationExecutions {}

@planned
operation DescribeAutomationExecutions {}

@planned
operation DescribeAutomationStepExecutions {}

@planned
operation DescribeAvailablePatches {}

@planned
operation DescribeDocument {}

@planned
operation DescribeDocumentPermission {}

@planned
operation DescribeEffectiveInstanceAssociations {}

@planned
operation DescribeEffectivePatchesForPatchBaseline {}

@planned
operation DescribeInstanceAssociationsStatus {}

@planned
operation DescribeInstanceInformation {}

@planned
operation DescribeInstancePatchStates {}

@planned
operation DescribeInstancePatchStatesForPatchGroup {}

@planned
operation DescribeInstancePatches {}

@planned
operation DescribeInstanceProperties {}

@planned
operation DescribeInventoryDeletions {}

@planned
operation DescribeMaintenanceWindowExecutionTaskInvocations {}

@planned
operation DescribeMaintenanceWindowExecutionTasks {}

@planned
operation DescribeMaintenanceWindowExecutions {}

@planned
operation DescribeMaintenanceWindowSchedule {}

@planned
operation DescribeMaintenanceWindowTargets {}

@planned
operation DescribeMaintenanceWindowTasks {}

@planned
operation DescribeMaintenanceWindows {}

@planned
operation DescribeMaintenanceWindowsForTarget {}

@planned
operation DescribeOpsItems {}

@readonly
@paginated
@arn("arn:aws:ssm:{region}:{account}:*")
operation DescribeParameters {
    input: DescribeParametersRequest
    output: DescribeParametersResult
    errors: [
        InternalServerError
        InvalidFilterKey
        InvalidFilterOption
        InvalidFilterValue
        InvalidNextToken
    ]
}

@planned
operation DescribePatchBaselines {}

@planned
operation DescribePatchGroupState {}

@planned
operation DescribePatchGroups {}

@planned
operation DescribePatchProperties {}

@planned
operation DescribeSessions {}

@planned
operation DisassociateOpsItemRelatedItem {}

@planned
operation GetAccessToken {}

@planned
operation GetAutomationExecution {}

@planned
operation GetCalendarState {}

@planned
operation GetCloudConnector {}

@planned
operation GetCommandInvocation {}

@planned
operation GetConnectionStatus {}

@planned
operation GetDefaultPatchBaseline {}

@planned
operation GetDeployablePatchSnapshotForInstance {}

@planned
operation GetDocument {}

@planned
operation GetExecutionPreview {}

@planned
operation GetInventory {}

@planned
operation GetInventorySchema {}

@planned
operation GetMaintenanceWindow {}

@planned
operation GetMaintenanceWindowExecution {}

@planned
operation GetMaintenanceWindowExecutionTask {}

@planned
operation GetMaintenanceWindowExecutionTaskInvocation {}

@planned
operation GetMaintenanceWindowTask {}

@planned
operation GetOpsItem {}

@planned
operation GetOpsMetadata {}

@planned
operation GetOpsSummary {}

@readonly
@authorizeSelf
operation GetParameter {
    input: GetParameterRequest
    output: GetParameterResult
    errors: [
        InternalServerError
        InvalidKeyId
        ParameterNotFound
        ParameterVersionNotFound
    ]
}

@readonly
@paginated
@authorizeSelf
operation GetParameterHistory {
    input: GetParameterHistoryRequest
    output: GetParameterHistoryResult
    errors: [
        InternalServerError
        ParameterNotFound
        InvalidNextToken
        InvalidKeyId
    ]
}

@readonly
@authorizeSelf
operation GetParameters {
    input: GetParametersRequest
    output: GetParametersResult
    errors: [
        InvalidKeyId
        InternalServerError
    ]
}

@readonly
@paginated
@authorizeSelf
@conditionKeys("ssm:Recursive": "Recursive")
operation GetParametersByPath {
    input: GetParametersByPathRequest
    output: GetParametersByPathResult
    errors: [
        InternalServerError
        InvalidFilterKey
        InvalidFilterOption
        InvalidFilterValue
        InvalidKeyId
        InvalidNextToken
    ]
}

@planned
operation GetPatchBaseline {}

@planned
operation GetPatchBaselineForPatchGroup {}

@planned
operation GetResourcePolicies {}

@planned
operation GetServiceSetting {}

@authorizeSelf
operation LabelParameterVersion {
    input: LabelParameterVersionRequest
    output: LabelParameterVersionResult
    errors: [
        InternalServerError
        TooManyUpdates
        ParameterNotFound
        ParameterVersionNotFound
        ParameterVersionLabelLimitExceeded
    ]
}

@planned
operation ListAssociationVersions {}

@planned
operation ListAssociations {}

@planned
operation ListCloudConnectors {}

@planned
operation ListCommandInvocations {}

@planned
operation ListCommands {}

@planned
operation ListComplianceItems {}

@planned
operation ListComplianceSummaries {}

@planned
operation ListDocumentMetadataHistory {}

@planned
operation ListDocumentVersions {}

@planned
operation ListDocuments {}

@planned
operation ListInventoryEntries {}

@planned
operation ListNodes {}

@planned
operation ListNodesSummary {}

@planned
operation ListOpsItemEvents {}

@planned
operation ListOpsItemRelatedItems {}

@planned
operation ListOpsMetadata {}

@planned
operation ListResourceComplianceSummaries {}

@planned
operation ListResourceDataSync {}

@readonly
@authorizeSelf
operation ListTagsForResource {
    input: ListTagsForResourceRequest
    output: ListTagsForResourceResult
    errors: [
        InvalidResourceType
        InvalidResourceId
        InternalServerError
    ]
}

@planned
operation ModifyDocumentPermission {}

@planned
operation PutComplianceItems {}

@planned
operation PutInventory {}

@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags", "ssm:Overwrite": "Overwrite", "ssm:Policies": "Policies")
@authorizeSelf
operation PutParameter {
    input: PutParameterRequest
    output: PutParameterResult
    errors: [
        InternalServerError
        InvalidKeyId
        ParameterLimitExceeded
        TooManyUpdates
        ParameterAlreadyExists
        HierarchyLevelLimitExceededException
        HierarchyTypeMismatchException
        InvalidAllowedPatternException
        ParameterMaxVersionLimitExceeded
        ParameterPatternMismatchException
        UnsupportedParameterType
        PoliciesLimitExceededException
        InvalidPolicyTypeException
        InvalidPolicyAttributeException
        IncompatiblePolicyException
    ]
}

@planned
operation PutResourcePolicy {}

@planned
operation RegisterDefaultPatchBaseline {}

@planned
operation RegisterPatchBaselineForPatchGroup {}

@planned
operation RegisterTargetWithMaintenanceWindow {}

@planned
operation RegisterTaskWithMaintenanceWindow {}

@conditionKeys("aws:TagKeys": "TagKeys")
@authorizeSelf
operation RemoveTagsFromResource {
    input: RemoveTagsFromResourceRequest
    output: RemoveTagsFromResourceResult
    errors: [
        InvalidResourceType
        InvalidResourceId
        InternalServerError
        TooManyUpdates
    ]
}

@planned
operation ResetServiceSetting {}

@planned
operation ResumeSession {}

@planned
operation SendAutomationSignal {}

@planned
operation SendCommand {}

@planned
operation StartAccessRequest {}

@planned
operation StartAssociationsOnce {}

@planned
operation StartAutomationExecution {}

@planned
operation StartChangeRequestExecution {}

@planned
operation StartExecutionPreview {}

@planned
operation StartSession {}

@planned
operation StopAutomationExecution {}

@planned
operation TerminateSession {}

@authorizeSelf
operation UnlabelParameterVersion {
    input: UnlabelParameterVersionRequest
    output: UnlabelParameterVersionResult
    errors: [
        InternalServerError
        TooManyUpdates
        ParameterNotFound
        ParameterVersionNotFound
    ]
}

@planned
operation UpdateAssociation {}

@planned
operation UpdateAssociationStatus {}

@planned
operation UpdateCloudConnector {}

@planned
operation UpdateDocument {}

@planned
operation UpdateDocumentDefaultVersion {}

@planned
operation UpdateDocumentMetadata {}

@planned
operation UpdateMaintenanceWindow {}

@planned
operation UpdateMaintenanceWindowTarget {}

@planned
operation UpdateMaintenanceWindowTask {}

@planned
operation UpdateManagedInstanceRole {}

@planned
operation UpdateOpsItem {}

@planned
operation UpdateOpsMetadata {}

@planned
operation UpdatePatchBaseline {}

@planned
operation UpdateResourceDataSync {}

@planned
operation UpdateServiceSetting {}

@planned
operation ValidateCloudConnector {}

structure AddTagsToResourceRequest {
    @required
    ResourceType: ResourceTypeForTagging
    @required
    ResourceId: String
    @required
    Tags: TagList
}

structure AddTagsToResourceResult {}

@length(min: 0, max: 1024)
string AllowedPattern

structure DeleteParameterRequest {
    @required
    Name: PSParameterName
}

structure DeleteParameterResult {}

structure DeleteParametersRequest {
    @required
    Names: ParameterNameList
}

structure DeleteParametersResult {
    DeletedParameters: ParameterNameList
    InvalidParameters: ParameterNameList
}

structure DescribeParametersRequest {
    Filters: ParametersFilterList
    ParameterFilters: ParameterStringFilterList
    MaxResults: MaxResults
    NextToken: String
    Shared: Boolean
}

structure DescribeParametersResult {
    Parameters: ParameterMetadataList
    NextToken: String
}

structure GetParameterHistoryRequest {
    @required
    Name: PSParameterName
    WithDecryption: Boolean
    MaxResults: MaxResults
    NextToken: String
}

structure GetParameterHistoryResult {
    Parameters: ParameterHistoryList
    NextToken: String
}

structure GetParameterRequest {
    @required
    Name: PSParameterName
    WithDecryption: Boolean
}

structure GetParameterResult {
    Parameter: Parameter
}

@range(min: 1, max: 10)
integer GetParametersByPathMaxResults

structure GetParametersByPathRequest {
    @required
    Path: PSParameterName
    Recursive: Boolean
    ParameterFilters: ParameterStringFilterList
    WithDecryption: Boolean
    MaxResults: GetParametersByPathMaxResults
    NextToken: String
}

structure GetParametersByPathResult {
    Parameters: ParameterList
    NextToken: String
}

structure GetParametersRequest {
    @required
    Names: ParameterNameList
    WithDecryption: Boolean
}

structure GetParametersResult {
    Parameters: ParameterList
    InvalidParameters: ParameterNameList
}

@error("client")
structure HierarchyLevelLimitExceededException {
    message: String
}

@error("client")
structure HierarchyTypeMismatchException {
    message: String
}

@error("client")
structure IncompatiblePolicyException {
    message: String
}

@error("server")
structure InternalServerError {
    Message: String
}

@error("client")
structure InvalidAllowedPatternException {
    message: String
}

@error("client")
structure InvalidFilterKey {}

@error("client")
structure InvalidFilterOption {
    message: String
}

@error("client")
structure InvalidFilterValue {
    Message: String
}

@error("client")
structure InvalidKeyId {
    message: String
}

@error("client")
structure InvalidNextToken {
    Message: String
}

@error("client")
structure InvalidPolicyAttributeException {
    message: String
}

@error("client")
structure InvalidPolicyTypeException {
    message: String
}

@error("client")
structure InvalidResourceId {}

@error("client")
structure InvalidResourceType {}

list KeyList {
    member: TagKey
}

structure LabelParameterVersionRequest {
    @required
    Name: PSParameterName
    ParameterVersion: Long
    @required
    Labels: ParameterLabelList
}

structure LabelParameterVersionResult {
    InvalidLabels: ParameterLabelList
    ParameterVersion: Long
}

structure ListTagsForResourceRequest {
    @required
    ResourceType: ResourceTypeForTagging
    @required
    ResourceId: String
}

structure ListTagsForResourceResult {
    TagList: TagList
}

@range(min: 1, max: 50)
integer MaxResults

@length(min: 1, max: 2048)
string PSParameterName

@length(min: 0, max: 128)
string PSParameterSelector

@sensitive
string PSParameterValue

structure Parameter {
    Name: PSParameterName
    Type: ParameterType
    Value: PSParameterValue
    Version: Long
    Selector: PSParameterSelector
    SourceResult: String
    LastModifiedDate: Timestamp
    ARN: String
    DataType: ParameterDataType
}

@error("client")
structure ParameterAlreadyExists {
    message: String
}

@length(min: 0, max: 128)
string ParameterDataType

@length(min: 0, max: 1024)
string ParameterDescription

structure ParameterHistory {
    Name: PSParameterName
    Type: ParameterType
    KeyId: ParameterKeyId
    LastModifiedDate: Timestamp
    LastModifiedUser: String
    Description: ParameterDescription
    Value: PSParameterValue
    AllowedPattern: AllowedPattern
    Version: Long
    Labels: ParameterLabelList
    Tier: ParameterTier
    Policies: ParameterPolicyList
    DataType: ParameterDataType
}

list ParameterHistoryList {
    member: ParameterHistory
}

structure ParameterInlinePolicy {
    PolicyText: String
    PolicyType: String
    PolicyStatus: String
}

@length(min: 1, max: 256)
@pattern("^([a-zA-Z0-9:/_-]+)$")
string ParameterKeyId

@length(min: 1, max: 100)
string ParameterLabel

@length(min: 1, max: 10)
list ParameterLabelList {
    member: ParameterLabel
}

@error("client")
structure ParameterLimitExceeded {
    message: String
}

list ParameterList {
    member: Parameter
}

@error("client")
structure ParameterMaxVersionLimitExceeded {
    message: String
}

structure ParameterMetadata {
    Name: PSParameterName
    ARN: String
    Type: ParameterType
    KeyId: ParameterKeyId
    LastModifiedDate: Timestamp
    LastModifiedUser: String
    Description: ParameterDescription
    AllowedPattern: AllowedPattern
    Version: Long
    Tier: ParameterTier
    Policies: ParameterPolicyList
    DataType: ParameterDataType
}

list ParameterMetadataList {
    member: ParameterMetadata
}

@length(min: 1, max: 10)
list ParameterNameList {
    member: PSParameterName
}

@error("client")
structure ParameterNotFound {
    message: String
}

@error("client")
structure ParameterPatternMismatchException {
    message: String
}

@length(min: 1, max: 4096)
string ParameterPolicies

list ParameterPolicyList {
    member: ParameterInlinePolicy
}

structure ParameterStringFilter {
    @required
    Key: ParameterStringFilterKey
    Option: ParameterStringQueryOption
    Values: ParameterStringFilterValueList
}

@length(min: 1, max: 132)
@pattern("tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType")
string ParameterStringFilterKey

list ParameterStringFilterList {
    member: ParameterStringFilter
}

@length(min: 1, max: 1024)
string ParameterStringFilterValue

@length(min: 1, max: 50)
list ParameterStringFilterValueList {
    member: ParameterStringFilterValue
}

@length(min: 1, max: 10)
string ParameterStringQueryOption

enum ParameterTier {
    STANDARD = "Standard"
    ADVANCED = "Advanced"
    INTELLIGENT_TIERING = "Intelligent-Tiering"
}

enum ParameterType {
    STRING = "String"
    STRING_LIST = "StringList"
    SECURE_STRING = "SecureString"
}

@error("client")
structure ParameterVersionLabelLimitExceeded {
    message: String
}

@error("client")
structure ParameterVersionNotFound {
    message: String
}

structure ParametersFilter {
    @required
    Key: ParametersFilterKey
    @required
    Values: ParametersFilterValueList
}

enum ParametersFilterKey {
    NAME = "Name"
    TYPE = "Type"
    KEY_ID = "KeyId"
}

list ParametersFilterList {
    member: ParametersFilter
}

@length(min: 1, max: 1024)
string ParametersFilterValue

@length(min: 1, max: 50)
list ParametersFilterValueList {
    member: ParametersFilterValue
}

@error("client")
structure PoliciesLimitExceededException {
    message: String
}

structure PutParameterRequest {
    @required
    Name: PSParameterName
    Description: ParameterDescription
    @required
    Value: PSParameterValue
    Type: ParameterType
    KeyId: ParameterKeyId
    Overwrite: Boolean
    AllowedPattern: AllowedPattern
    Tags: TagList
    Tier: ParameterTier
    Policies: ParameterPolicies
    DataType: ParameterDataType
}

structure PutParameterResult {
    Version: Long
    Tier: ParameterTier
}

structure RemoveTagsFromResourceRequest {
    @required
    ResourceType: ResourceTypeForTagging
    @required
    ResourceId: String
    @required
    TagKeys: KeyList
}

structure RemoveTagsFromResourceResult {}

enum ResourceTypeForTagging {
    DOCUMENT = "Document"
    MANAGED_INSTANCE = "ManagedInstance"
    MAINTENANCE_WINDOW = "MaintenanceWindow"
    PARAMETER = "Parameter"
    PATCH_BASELINE = "PatchBaseline"
    OPS_ITEM = "OpsItem"
    OPS_METADATA = "OpsMetadata"
    AUTOMATION = "Automation"
    ASSOCIATION = "Association"
    CLOUD_CONNECTOR = "CloudConnector"
}

structure Tag {
    @required
    Key: TagKey
    @required
    Value: TagValue
}

@length(min: 1, max: 128)
@pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$")
string TagKey

@length(max: 1000)
list TagList {
    member: Tag
}

@length(min: 0, max: 256)
@pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$")
string TagValue

@error("client")
structure TooManyTagsError {}

@error("client")
structure TooManyUpdates {
    Message: String
}

structure UnlabelParameterVersionRequest {
    @required
    Name: PSParameterName
    @required
    ParameterVersion: Long
    @required
    Labels: ParameterLabelList
}

structure UnlabelParameterVersionResult {
    RemovedLabels: ParameterLabelList
    InvalidLabels: ParameterLabelList
}

@error("client")
structure UnsupportedParameterType {
    message: String
}
