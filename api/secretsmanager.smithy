$version: "2.0"
namespace com.amazonaws.secretsmanager

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys

@service(sdkId: "Secrets Manager")
@sigv4(name: "secretsmanager")
@awsJson1_1
service secretsmanager {
    version: "2017-10-17"
    operations: [
        BatchGetSecretValue
        CancelRotateSecret
        CreateSecret
        DeleteResourcePolicy
        DeleteSecret
        DescribeSecret
        GetRandomPassword
        GetResourcePolicy
        GetSecretValue
        ListSecretVersionIds
        ListSecrets
        PutResourcePolicy
        PutSecretValue
        RemoveRegionsFromReplication
        ReplicateSecretToRegions
        RestoreSecret
        RotateSecret
        StopReplicationToReplica
        TagResource
        UntagResource
        UpdateSecret
        UpdateSecretVersionStage
        ValidateResourcePolicy
    ]
}

@readonly
@paginated
@arn("*")
operation BatchGetSecretValue {
    input: BatchGetSecretValueRequest
    output: BatchGetSecretValueResponse
    errors: [
        ResourceNotFoundException
        InvalidParameterException
        InvalidRequestException
        DecryptionFailure
        InternalServiceError
        InvalidNextTokenException
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation CancelRotateSecret {
    input: CancelRotateSecretRequest
    output: CancelRotateSecretResponse
    errors: [
        ResourceNotFoundException
        InvalidParameterException
        InternalServiceError
        InvalidRequestException
    ]
}

@arn("arn:aws:secretsmanager:{region}:{account}:secret:{Name}")
@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags", "secretsmanager:Description": "Description", "secretsmanager:ForceOverwriteReplicaSecret": "ForceOverwriteReplicaSecret", "secretsmanager:KmsKeyId": "KmsKeyId", "secretsmanager:Name": "Name", "secretsmanager:Type": "Type")
operation CreateSecret {
    input: CreateSecretRequest
    output: CreateSecretResponse
    errors: [
        InvalidParameterException
        InvalidRequestException
        LimitExceededException
        EncryptionFailure
        ResourceExistsException
        ResourceNotFoundException
        MalformedPolicyDocumentException
        InternalServiceError
        PreconditionNotMetException
        DecryptionFailure
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation DeleteResourcePolicy {
    input: DeleteResourcePolicyRequest
    output: DeleteResourcePolicyResponse
    errors: [
        ResourceNotFoundException
        InternalServiceError
        InvalidRequestException
        InvalidParameterException
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:ForceDeleteWithoutRecovery": "ForceDeleteWithoutRecovery", "secretsmanager:RecoveryWindowInDays": "RecoveryWindowInDays", "secretsmanager:SecretId": "SecretId")
operation DeleteSecret {
    input: DeleteSecretRequest
    output: DeleteSecretResponse
    errors: [
        ResourceNotFoundException
        InvalidParameterException
        InvalidRequestException
        InternalServiceError
    ]
}

@readonly
@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation DescribeSecret {
    input: DescribeSecretRequest
    output: DescribeSecretResponse
    errors: [
        ResourceNotFoundException
        InternalServiceError
        InvalidParameterException
    ]
}

@readonly
@arn("*")
operation GetRandomPassword {
    input: GetRandomPasswordRequest
    output: GetRandomPasswordResponse
    errors: [
        InvalidParameterException
        InvalidRequestException
        InternalServiceError
    ]
}

@readonly
@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation GetResourcePolicy {
    input: GetResourcePolicyRequest
    output: GetResourcePolicyResponse
    errors: [
        ResourceNotFoundException
        InternalServiceError
        InvalidRequestException
        InvalidParameterException
    ]
}

@readonly
@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId", "secretsmanager:VersionId": "VersionId", "secretsmanager:VersionStage": "VersionStage")
operation GetSecretValue {
    input: GetSecretValueRequest
    output: GetSecretValueResponse
    errors: [
        ResourceNotFoundException
        InvalidParameterException
        InvalidRequestException
        DecryptionFailure
        InternalServiceError
    ]
}

@readonly
@paginated
@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation ListSecretVersionIds {
    input: ListSecretVersionIdsRequest
    output: ListSecretVersionIdsResponse
    errors: [
        InvalidNextTokenException
        ResourceNotFoundException
        InternalServiceError
        InvalidParameterException
    ]
}

@readonly
@paginated
@arn("*")
operation ListSecrets {
    input: ListSecretsRequest
    output: ListSecretsResponse
    errors: [
        InvalidParameterException
        InvalidRequestException
        InvalidNextTokenException
        InternalServiceError
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:BlockPublicPolicy": "BlockPublicPolicy", "secretsmanager:SecretId": "SecretId")
operation PutResourcePolicy {
    input: PutResourcePolicyRequest
    output: PutResourcePolicyResponse
    errors: [
        MalformedPolicyDocumentException
        ResourceNotFoundException
        InvalidParameterException
        InternalServiceError
        InvalidRequestException
        PublicPolicyException
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation PutSecretValue {
    input: PutSecretValueRequest
    output: PutSecretValueResponse
    errors: [
        InvalidParameterException
        InvalidRequestException
        LimitExceededException
        EncryptionFailure
        ResourceExistsException
        ResourceNotFoundException
        InternalServiceError
        DecryptionFailure
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation RemoveRegionsFromReplication {
    input: RemoveRegionsFromReplicationRequest
    output: RemoveRegionsFromReplicationResponse
    errors: [
        ResourceNotFoundException
        InvalidRequestException
        InvalidParameterException
        InternalServiceError
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:ForceOverwriteReplicaSecret": "ForceOverwriteReplicaSecret", "secretsmanager:SecretId": "SecretId")
operation ReplicateSecretToRegions {
    input: ReplicateSecretToRegionsRequest
    output: ReplicateSecretToRegionsResponse
    errors: [
        ResourceNotFoundException
        InvalidRequestException
        InvalidParameterException
        InternalServiceError
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation RestoreSecret {
    input: RestoreSecretRequest
    output: RestoreSecretResponse
    errors: [
        ResourceNotFoundException
        InvalidParameterException
        InvalidRequestException
        InternalServiceError
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:ExternalSecretRotationRoleArn": "ExternalSecretRotationRoleArn", "secretsmanager:RotateImmediately": "RotateImmediately", "secretsmanager:RotationLambdaARN": "RotationLambdaARN", "secretsmanager:SecretId": "SecretId")
operation RotateSecret {
    input: RotateSecretRequest
    output: RotateSecretResponse
    errors: [
        ResourceNotFoundException
        InvalidParameterException
        InternalServiceError
        InvalidRequestException
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId")
operation StopReplicationToReplica {
    input: StopReplicationToReplicaRequest
    output: StopReplicationToReplicaResponse
    errors: [
        ResourceNotFoundException
        InvalidRequestException
        InvalidParameterException
        InternalServiceError
    ]
}

@authorizeSelf
@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags", "secretsmanager:SecretId": "SecretId")
operation TagResource {
    input: TagResourceRequest
    errors: [
        ResourceNotFoundException
        InvalidRequestException
        InvalidParameterException
        InternalServiceError
    ]
}

@authorizeSelf
@conditionKeys("aws:TagKeys": "TagKeys", "secretsmanager:SecretId": "SecretId")
operation UntagResource {
    input: UntagResourceRequest
    errors: [
        ResourceNotFoundException
        InvalidRequestException
        InvalidParameterException
        InternalServiceError
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:Description": "Description", "secretsmanager:KmsKeyId": "KmsKeyId", "secretsmanager:SecretId": "SecretId", "secretsmanager:Type": "Type")
operation UpdateSecret {
    input: UpdateSecretRequest
    output: UpdateSecretResponse
    errors: [
        InvalidParameterException
        InvalidRequestException
        LimitExceededException
        EncryptionFailure
        ResourceExistsException
        ResourceNotFoundException
        MalformedPolicyDocumentException
        InternalServiceError
        PreconditionNotMetException
        DecryptionFailure
    ]
}

@authorizeSelf
@conditionKeys("secretsmanager:SecretId": "SecretId", "secretsmanager:VersionStage": "VersionStage")
operation UpdateSecretVersionStage {
    input: UpdateSecretVersionStageRequest
    output: UpdateSecretVersionStageResponse
    errors: [
        ResourceNotFoundException
        InvalidParameterException
        InvalidRequestException
        LimitExceededException
        InternalServiceError
    ]
}

@authorizeSelf
operation ValidateResourcePolicy {
    input: ValidateResourcePolicyRequest
    output: ValidateResourcePolicyResponse
    errors: [
        MalformedPolicyDocumentException
        ResourceNotFoundException
        InvalidParameterException
        InternalServiceError
        InvalidRequestException
    ]
}

list APIErrorListType {
    member: APIErrorType
}

structure APIErrorType {
    SecretId: SecretIdType
    ErrorCode: String
    Message: String
}

@length(min: 1)
list AddReplicaRegionListType {
    member: ReplicaRegionType
}

@range(min: 1, max: 1000)
long AutomaticallyRotateAfterDaysType

structure BatchGetSecretValueRequest {
    SecretIdList: SecretIdListType
    Filters: FiltersListType
    MaxResults: MaxResultsBatchType
    NextToken: NextTokenType
}

structure BatchGetSecretValueResponse {
    SecretValues: SecretValuesType
    NextToken: NextTokenType
    Errors: APIErrorListType
}

structure CancelRotateSecretRequest {
    @required
    SecretId: SecretIdType
}

structure CancelRotateSecretResponse {
    ARN: SecretARNType
    Name: SecretNameType
    VersionId: SecretVersionIdType
}

@length(min: 32, max: 64)
string ClientRequestTokenType

structure CreateSecretRequest {
    @required
    Name: NameType
    @idempotencyToken
    ClientRequestToken: ClientRequestTokenType
    Description: DescriptionType
    KmsKeyId: KmsKeyIdType
    SecretBinary: SecretBinaryType
    SecretString: SecretStringType
    Tags: TagListType
    AddReplicaRegions: AddReplicaRegionListType
    ForceOverwriteReplicaSecret: Boolean
    Type: MedeaTypeType
}

structure CreateSecretResponse {
    ARN: SecretARNType
    Name: SecretNameType
    VersionId: SecretVersionIdType
    ReplicationStatus: ReplicationStatusListType
}

@error("client")
structure DecryptionFailure {
    Message: String
}

structure DeleteResourcePolicyRequest {
    @required
    SecretId: SecretIdType
}

structure DeleteResourcePolicyResponse {
    ARN: SecretARNType
    Name: NameType
}

structure DeleteSecretRequest {
    @required
    SecretId: SecretIdType
    RecoveryWindowInDays: Long
    ForceDeleteWithoutRecovery: Boolean
}

structure DeleteSecretResponse {
    ARN: SecretARNType
    Name: SecretNameType
    DeletionDate: Timestamp
}

structure DescribeSecretRequest {
    @required
    SecretId: SecretIdType
}

structure DescribeSecretResponse {
    ARN: SecretARNType
    Name: SecretNameType
    Type: MedeaTypeType
    Description: DescriptionType
    KmsKeyId: KmsKeyIdType
    RotationEnabled: Boolean
    RotationLambdaARN: RotationLambdaARNType
    RotationRules: RotationRulesType
    ExternalSecretRotationMetadata: ExternalSecretRotationMetadataType
    ExternalSecretRotationRoleArn: RoleARNType
    LastRotatedDate: Timestamp
    LastChangedDate: Timestamp
    LastAccessedDate: Timestamp
    DeletedDate: Timestamp
    NextRotationDate: Timestamp
    Tags: TagListType
    VersionIdsToStages: SecretVersionsToStagesMapType
    OwningService: OwningServiceType
    CreatedDate: Timestamp
    PrimaryRegion: RegionType
    ReplicationStatus: ReplicationStatusListType
}

@length(max: 2048)
string DescriptionType

@length(min: 2, max: 3)
@pattern("[0-9]+h")
string DurationType

@error("client")
structure EncryptionFailure {
    Message: String
}

@length(min: 0, max: 4096)
string ExcludeCharactersType

structure ExternalSecretRotationMetadataItem {
    Key: ExternalSecretRotationMetadataItemKeyType
    Value: ExternalSecretRotationMetadataItemValueType
}

@length(min: 1, max: 256)
string ExternalSecretRotationMetadataItemKeyType

@length(min: 1, max: 2048)
string ExternalSecretRotationMetadataItemValueType

list ExternalSecretRotationMetadataType {
    member: ExternalSecretRotationMetadataItem
}

structure Filter {
    Key: FilterNameStringType
    Values: FilterValuesStringList
}

enum FilterNameStringType {
    DESCRIPTION = "description"
    NAME = "name"
    TAG_KEY = "tag-key"
    TAG_VALUE = "tag-value"
    PRIMARY_REGION = "primary-region"
    OWNING_SERVICE = "owning-service"
    ALL = "all"
}

@length(max: 512)
@pattern("^\\!?[a-zA-Z0-9 :_@\\/\\+\\=\\.\\-\\!]*$")
string FilterValueStringType

@length(min: 1, max: 10)
list FilterValuesStringList {
    member: FilterValueStringType
}

@length(max: 10)
list FiltersListType {
    member: Filter
}

structure GetRandomPasswordRequest {
    PasswordLength: PasswordLengthType
    ExcludeCharacters: ExcludeCharactersType
    ExcludeNumbers: Boolean
    ExcludePunctuation: Boolean
    ExcludeUppercase: Boolean
    ExcludeLowercase: Boolean
    IncludeSpace: Boolean
    RequireEachIncludedType: Boolean
}

structure GetRandomPasswordResponse {
    RandomPassword: RandomPasswordType
}

structure GetResourcePolicyRequest {
    @required
    SecretId: SecretIdType
}

structure GetResourcePolicyResponse {
    ARN: SecretARNType
    Name: NameType
    ResourcePolicy: NonEmptyResourcePolicyType
}

structure GetSecretValueRequest {
    @required
    SecretId: SecretIdType
    VersionId: SecretVersionIdType
    VersionStage: SecretVersionStageType
}

structure GetSecretValueResponse {
    ARN: SecretARNType
    Name: SecretNameType
    VersionId: SecretVersionIdType
    SecretBinary: SecretBinaryType
    SecretString: SecretStringType
    VersionStages: SecretVersionStagesType
    CreatedDate: Timestamp
}

@error("server")
structure InternalServiceError {
    Message: String
}

@error("client")
structure InvalidNextTokenException {
    Message: String
}

@error("client")
structure InvalidParameterException {
    Message: String
}

@error("client")
structure InvalidRequestException {
    Message: String
}

list KmsKeyIdListType {
    member: KmsKeyIdType
}

@length(min: 0, max: 2048)
string KmsKeyIdType

@error("client")
structure LimitExceededException {
    Message: String
}

structure ListSecretVersionIdsRequest {
    @required
    SecretId: SecretIdType
    MaxResults: MaxResultsType
    NextToken: NextTokenType
    IncludeDeprecated: Boolean
}

structure ListSecretVersionIdsResponse {
    Versions: SecretVersionsListType
    NextToken: NextTokenType
    ARN: SecretARNType
    Name: SecretNameType
}

structure ListSecretsRequest {
    IncludePlannedDeletion: Boolean
    MaxResults: MaxResultsType
    NextToken: NextTokenType
    Filters: FiltersListType
    SortOrder: SortOrderType
    SortBy: SortByType
}

structure ListSecretsResponse {
    SecretList: SecretListType
    NextToken: NextTokenType
}

@error("client")
structure MalformedPolicyDocumentException {
    Message: String
}

@range(min: 1, max: 20)
integer MaxResultsBatchType

@range(min: 1, max: 100)
integer MaxResultsType

@length(min: 0, max: 256)
string MedeaTypeType

@length(min: 1, max: 512)
string NameType

@length(min: 1, max: 4096)
string NextTokenType

@length(min: 1, max: 20480)
string NonEmptyResourcePolicyType

@length(min: 1, max: 128)
string OwningServiceType

@range(min: 1, max: 4096)
long PasswordLengthType

@error("client")
structure PreconditionNotMetException {
    Message: String
}

@error("client")
structure PublicPolicyException {
    Message: String
}

structure PutResourcePolicyRequest {
    @required
    SecretId: SecretIdType
    @required
    ResourcePolicy: NonEmptyResourcePolicyType
    BlockPublicPolicy: Boolean
}

structure PutResourcePolicyResponse {
    ARN: SecretARNType
    Name: NameType
}

structure PutSecretValueRequest {
    @required
    SecretId: SecretIdType
    @idempotencyToken
    ClientRequestToken: ClientRequestTokenType
    SecretBinary: SecretBinaryType
    SecretString: SecretStringType
    VersionStages: SecretVersionStagesType
    RotationToken: RotationTokenType
}

structure PutSecretValueResponse {
    ARN: SecretARNType
    Name: SecretNameType
    VersionId: SecretVersionIdType
    VersionStages: SecretVersionStagesType
}

@length(min: 0, max: 4096)
@sensitive
string RandomPasswordType

@length(min: 1, max: 128)
@pattern("^([a-z]+-)+\\d+$")
string RegionType

structure RemoveRegionsFromReplicationRequest {
    @required
    SecretId: SecretIdType
    @required
    RemoveReplicaRegions: RemoveReplicaRegionListType
}

structure RemoveRegionsFromReplicationResponse {
    ARN: SecretARNType
    ReplicationStatus: ReplicationStatusListType
}

@length(min: 1)
list RemoveReplicaRegionListType {
    member: RegionType
}

structure ReplicaRegionType {
    Region: RegionType
    KmsKeyId: KmsKeyIdType
}

structure ReplicateSecretToRegionsRequest {
    @required
    SecretId: SecretIdType
    @required
    AddReplicaRegions: AddReplicaRegionListType
    ForceOverwriteReplicaSecret: Boolean
}

structure ReplicateSecretToRegionsResponse {
    ARN: SecretARNType
    ReplicationStatus: ReplicationStatusListType
}

list ReplicationStatusListType {
    member: ReplicationStatusType
}

structure ReplicationStatusType {
    Region: RegionType
    KmsKeyId: KmsKeyIdType
    Status: StatusType
    StatusMessage: StatusMessageType
    LastAccessedDate: Timestamp
}

@error("client")
structure ResourceExistsException {
    Message: String
}

@error("client")
structure ResourceNotFoundException {
    Message: String
}

structure RestoreSecretRequest {
    @required
    SecretId: SecretIdType
}

structure RestoreSecretResponse {
    ARN: SecretARNType
    Name: SecretNameType
}

@length(min: 20, max: 2048)
string RoleARNType

structure RotateSecretRequest {
    @required
    SecretId: SecretIdType
    @idempotencyToken
    ClientRequestToken: ClientRequestTokenType
    RotationLambdaARN: RotationLambdaARNType
    RotationRules: RotationRulesType
    ExternalSecretRotationMetadata: ExternalSecretRotationMetadataType
    ExternalSecretRotationRoleArn: RoleARNType
    RotateImmediately: Boolean
}

structure RotateSecretResponse {
    ARN: SecretARNType
    Name: SecretNameType
    VersionId: SecretVersionIdType
}

@length(min: 0, max: 2048)
string RotationLambdaARNType

structure RotationRulesType {
    AutomaticallyAfterDays: AutomaticallyRotateAfterDaysType
    Duration: DurationType
    ScheduleExpression: ScheduleExpressionType
}

@length(min: 36, max: 256)
@pattern("^[a-zA-Z0-9\\-]+$")
@sensitive
string RotationTokenType

@length(min: 1, max: 256)
@pattern("[0-9A-Za-z\\(\\)#\\?\\*\\-\\/, ]+")
string ScheduleExpressionType

@length(min: 20, max: 2048)
string SecretARNType

@length(min: 1, max: 65536)
@sensitive
blob SecretBinaryType

@length(min: 1, max: 20)
list SecretIdListType {
    member: SecretIdType
}

@length(min: 1, max: 2048)
string SecretIdType

structure SecretListEntry {
    ARN: SecretARNType
    Name: SecretNameType
    Type: MedeaTypeType
    Description: DescriptionType
    KmsKeyId: KmsKeyIdType
    RotationEnabled: Boolean
    RotationLambdaARN: RotationLambdaARNType
    RotationRules: RotationRulesType
    ExternalSecretRotationMetadata: ExternalSecretRotationMetadataType
    ExternalSecretRotationRoleArn: RoleARNType
    LastRotatedDate: Timestamp
    LastChangedDate: Timestamp
    LastAccessedDate: Timestamp
    DeletedDate: Timestamp
    NextRotationDate: Timestamp
    Tags: TagListType
    SecretVersionsToStages: SecretVersionsToStagesMapType
    OwningService: OwningServiceType
    CreatedDate: Timestamp
    PrimaryRegion: RegionType
}

list SecretListType {
    member: SecretListEntry
}

@length(min: 1, max: 256)
string SecretNameType

@length(min: 1, max: 65536)
@sensitive
string SecretStringType

structure SecretValueEntry {
    ARN: SecretARNType
    Name: SecretNameType
    VersionId: SecretVersionIdType
    SecretBinary: SecretBinaryType
    SecretString: SecretStringType
    VersionStages: SecretVersionStagesType
    CreatedDate: Timestamp
}

list SecretValuesType {
    member: SecretValueEntry
}

@length(min: 32, max: 64)
string SecretVersionIdType

@length(min: 1, max: 256)
string SecretVersionStageType

@length(min: 1, max: 20)
list SecretVersionStagesType {
    member: SecretVersionStageType
}

structure SecretVersionsListEntry {
    VersionId: SecretVersionIdType
    VersionStages: SecretVersionStagesType
    LastAccessedDate: Timestamp
    CreatedDate: Timestamp
    KmsKeyIds: KmsKeyIdListType
}

list SecretVersionsListType {
    member: SecretVersionsListEntry
}

map SecretVersionsToStagesMapType {
    key: SecretVersionIdType
    value: SecretVersionStagesType
}

enum SortByType {
    CREATED_DATE = "created-date"
    LAST_ACCESSED_DATE = "last-accessed-date"
    LAST_CHANGED_DATE = "last-changed-date"
    NAME = "name"
}

enum SortOrderType {
    ASC = "asc"
    DESC = "desc"
}

@length(min: 1, max: 4096)
string StatusMessageType

enum StatusType {
    IN_SYNC = "InSync"
    FAILED = "Failed"
    IN_PROGRESS = "InProgress"
}

structure StopReplicationToReplicaRequest {
    @required
    SecretId: SecretIdType
}

structure StopReplicationToReplicaResponse {
    ARN: SecretARNType
}

structure Tag {
    Key: TagKeyType
    Value: TagValueType
}

list TagKeyListType {
    member: TagKeyType
}

@length(min: 1, max: 128)
string TagKeyType

list TagListType {
    member: Tag
}

structure TagResourceRequest {
    @required
    SecretId: SecretIdType
    @required
    Tags: TagListType
}

@length(min: 0, max: 256)
string TagValueType

structure UntagResourceRequest {
    @required
    SecretId: SecretIdType
    @required
    TagKeys: TagKeyListType
}

structure UpdateSecretRequest {
    @required
    SecretId: SecretIdType
    @idempotencyToken
    ClientRequestToken: ClientRequestTokenType
    Description: DescriptionType
    KmsKeyId: KmsKeyIdType
    SecretBinary: SecretBinaryType
    SecretString: SecretStringType
    Type: MedeaTypeType
}

structure UpdateSecretResponse {
    ARN: SecretARNType
    Name: SecretNameType
    VersionId: SecretVersionIdType
}

structure UpdateSecretVersionStageRequest {
    @required
    SecretId: SecretIdType
    @required
    VersionStage: SecretVersionStageType
    RemoveFromVersionId: SecretVersionIdType
    MoveToVersionId: SecretVersionIdType
}

structure UpdateSecretVersionStageResponse {
    ARN: SecretARNType
    Name: SecretNameType
}

structure ValidateResourcePolicyRequest {
    SecretId: SecretIdType
    @required
    ResourcePolicy: NonEmptyResourcePolicyType
}

structure ValidateResourcePolicyResponse {
    PolicyValidationPassed: Boolean
    ValidationErrors: ValidationErrorsType
}

structure ValidationErrorsEntry {
    CheckName: NameType
    ErrorMessage: String
}

list ValidationErrorsType {
    member: ValidationErrorsEntry
}
