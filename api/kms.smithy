$version: "2.0"
namespace com.amazonaws.kms

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#planned
use slipway#prepare

@service(sdkId: "KMS")
@sigv4(name: "kms")
@awsJson1_1
service TrentService {
    version: "2014-11-01"
    operations: [
        CancelKeyDeletion
        ConnectCustomKeyStore
        CreateAlias
        CreateCustomKeyStore
        CreateGrant
        CreateKey
        Decrypt
        DeleteAlias
        DeleteCustomKeyStore
        DeleteImportedKeyMaterial
        DeriveSharedSecret
        DescribeCustomKeyStores
        DescribeKey
        DisableKey
        DisableKeyRotation
        DisconnectCustomKeyStore
        EnableKey
        EnableKeyRotation
        Encrypt
        GenerateDataKey
        GenerateDataKeyPair
        GenerateDataKeyPairWithoutPlaintext
        GenerateDataKeyWithoutPlaintext
        GenerateMac
        GenerateRandom
        GetKeyLastUsage
        GetKeyPolicy
        GetKeyRotationStatus
        GetParametersForImport
        GetPublicKey
        ImportKeyMaterial
        ListAliases
        ListGrants
        ListKeyPolicies
        ListKeyRotations
        ListKeys
        ListResourceTags
        ListRetirableGrants
        PutKeyPolicy
        ReEncrypt
        ReplicateKey
        RetireGrant
        RevokeGrant
        RotateKeyOnDemand
        ScheduleKeyDeletion
        Sign
        TagResource
        UntagResource
        UpdateAlias
        UpdateCustomKeyStore
        UpdateKeyDescription
        UpdatePrimaryRegion
        Verify
        VerifyMac
    ]
}

@authorizeSelf
operation CancelKeyDeletion {
    input: CancelKeyDeletionRequest
    output: CancelKeyDeletionResponse
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@planned
operation ConnectCustomKeyStore {
    input: ConnectCustomKeyStoreRequest
    output: ConnectCustomKeyStoreResponse
    errors: [
        CloudHsmClusterNotActiveException
        CustomKeyStoreInvalidStateException
        CustomKeyStoreNotFoundException
        KMSInternalException
        CloudHsmClusterInvalidConfigurationException
    ]
}

@authorizeSelf
operation CreateAlias {
    input: CreateAliasRequest
    errors: [
        DependencyTimeoutException
        AlreadyExistsException
        NotFoundException
        InvalidAliasNameException
        KMSInternalException
        LimitExceededException
        KMSInvalidStateException
    ]
}

@planned
operation CreateCustomKeyStore {
    input: CreateCustomKeyStoreRequest
    output: CreateCustomKeyStoreResponse
    errors: [
        CloudHsmClusterInUseException
        CustomKeyStoreNameInUseException
        CloudHsmClusterNotFoundException
        KMSInternalException
        CloudHsmClusterNotActiveException
        IncorrectTrustAnchorException
        CloudHsmClusterInvalidConfigurationException
        LimitExceededException
        XksProxyUriInUseException
        XksProxyUriEndpointInUseException
        XksProxyUriUnreachableException
        XksProxyIncorrectAuthenticationCredentialException
        XksProxyVpcEndpointServiceInUseException
        XksProxyVpcEndpointServiceNotFoundException
        XksProxyVpcEndpointServiceInvalidConfigurationException
        XksProxyInvalidResponseException
        XksProxyInvalidConfigurationException
    ]
}

@authorizeSelf
@conditionKeys("kms:GranteePrincipal": "GranteePrincipal", "kms:GranteeServicePrincipal": "GranteeServicePrincipal", "kms:RetiringPrincipal": "RetiringPrincipal", "kms:RetiringServicePrincipal": "RetiringServicePrincipal")
operation CreateGrant {
    input: CreateGrantRequest
    output: CreateGrantResponse
    errors: [
        NotFoundException
        DisabledException
        DependencyTimeoutException
        InvalidArnException
        KMSInternalException
        InvalidGrantTokenException
        LimitExceededException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@prepare
@authorizeSelf
@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags", "kms:BypassPolicyLockoutSafetyCheck": "{BypassPolicyLockoutSafetyCheck=false}")
operation CreateKey {
    input: CreateKeyRequest
    output: CreateKeyResponse
    errors: [
        MalformedPolicyDocumentException
        DependencyTimeoutException
        InvalidArnException
        UnsupportedOperationException
        KMSInternalException
        LimitExceededException
        TagException
        CustomKeyStoreNotFoundException
        CustomKeyStoreInvalidStateException
        CloudHsmClusterInvalidConfigurationException
        XksKeyInvalidConfigurationException
        XksKeyAlreadyInUseException
        XksKeyNotFoundException
    ]
}

@readonly
@authorizeSelf
operation Decrypt {
    input: DecryptRequest
    output: DecryptResponse
    errors: [
        NotFoundException
        DisabledException
        InvalidCiphertextException
        KeyUnavailableException
        IncorrectKeyException
        InvalidKeyUsageException
        DependencyTimeoutException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@authorizeSelf
operation DeleteAlias {
    input: DeleteAliasRequest
    errors: [
        DependencyTimeoutException
        NotFoundException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@planned
operation DeleteCustomKeyStore {
    input: DeleteCustomKeyStoreRequest
    output: DeleteCustomKeyStoreResponse
    errors: [
        CustomKeyStoreHasCMKsException
        CustomKeyStoreInvalidStateException
        CustomKeyStoreNotFoundException
        KMSInternalException
    ]
}

@authorizeSelf
operation DeleteImportedKeyMaterial {
    input: DeleteImportedKeyMaterialRequest
    output: DeleteImportedKeyMaterialResponse
    errors: [
        InvalidArnException
        UnsupportedOperationException
        DependencyTimeoutException
        NotFoundException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@readonly
@authorizeSelf
@conditionKeys("kms:KeyAgreementAlgorithm": "KeyAgreementAlgorithm")
operation DeriveSharedSecret {
    input: DeriveSharedSecretRequest
    output: DeriveSharedSecretResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        InvalidGrantTokenException
        InvalidKeyUsageException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@planned
@readonly
@paginated
operation DescribeCustomKeyStores {
    input: DescribeCustomKeyStoresRequest
    output: DescribeCustomKeyStoresResponse
    errors: [
        CustomKeyStoreNotFoundException
        InvalidMarkerException
        KMSInternalException
    ]
}

@readonly
@authorizeSelf
operation DescribeKey {
    input: DescribeKeyRequest
    output: DescribeKeyResponse
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
    ]
}

@authorizeSelf
operation DisableKey {
    input: DisableKeyRequest
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@authorizeSelf
operation DisableKeyRotation {
    input: DisableKeyRotationRequest
    errors: [
        NotFoundException
        DisabledException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
        UnsupportedOperationException
    ]
}

@planned
operation DisconnectCustomKeyStore {
    input: DisconnectCustomKeyStoreRequest
    output: DisconnectCustomKeyStoreResponse
    errors: [
        CustomKeyStoreInvalidStateException
        CustomKeyStoreNotFoundException
        KMSInternalException
    ]
}

@authorizeSelf
operation EnableKey {
    input: EnableKeyRequest
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        LimitExceededException
        KMSInvalidStateException
    ]
}

@authorizeSelf
@conditionKeys("kms:RotationPeriodInDays": "{RotationPeriodInDays=365}")
operation EnableKeyRotation {
    input: EnableKeyRotationRequest
    errors: [
        NotFoundException
        DisabledException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
        UnsupportedOperationException
    ]
}

@readonly
@authorizeSelf
operation Encrypt {
    input: EncryptRequest
    output: EncryptResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@readonly
@authorizeSelf
operation GenerateDataKey {
    input: GenerateDataKeyRequest
    output: GenerateDataKeyResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@readonly
@authorizeSelf
@conditionKeys("kms:DataKeyPairSpec": "KeyPairSpec")
operation GenerateDataKeyPair {
    input: GenerateDataKeyPairRequest
    output: GenerateDataKeyPairResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        UnsupportedOperationException
        DryRunOperationException
    ]
}

@readonly
@authorizeSelf
@conditionKeys("kms:DataKeyPairSpec": "KeyPairSpec")
operation GenerateDataKeyPairWithoutPlaintext {
    input: GenerateDataKeyPairWithoutPlaintextRequest
    output: GenerateDataKeyPairWithoutPlaintextResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        UnsupportedOperationException
        DryRunOperationException
    ]
}

@readonly
@authorizeSelf
operation GenerateDataKeyWithoutPlaintext {
    input: GenerateDataKeyWithoutPlaintextRequest
    output: GenerateDataKeyWithoutPlaintextResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@readonly
@authorizeSelf
@conditionKeys("kms:MacAlgorithm": "MacAlgorithm")
operation GenerateMac {
    input: GenerateMacRequest
    output: GenerateMacResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@readonly
@arn("*")
operation GenerateRandom {
    input: GenerateRandomRequest
    output: GenerateRandomResponse
    errors: [
        DependencyTimeoutException
        KMSInternalException
        UnsupportedOperationException
        CustomKeyStoreNotFoundException
        CustomKeyStoreInvalidStateException
    ]
}

@planned
@readonly
@arn("arn:aws:kms:{region}:{account}:key/{KeyId}")
operation GetKeyLastUsage {
    input: GetKeyLastUsageRequest
    output: GetKeyLastUsageResponse
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
    ]
}

@readonly
@authorizeSelf
operation GetKeyPolicy {
    input: GetKeyPolicyRequest
    output: GetKeyPolicyResponse
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@readonly
@authorizeSelf
operation GetKeyRotationStatus {
    input: GetKeyRotationStatusRequest
    output: GetKeyRotationStatusResponse
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
        UnsupportedOperationException
    ]
}

@authorizeSelf
@readonly
@conditionKeys("kms:WrappingAlgorithm": "WrappingAlgorithm", "kms:WrappingKeySpec": "WrappingKeySpec")
operation GetParametersForImport {
    input: GetParametersForImportRequest
    output: GetParametersForImportResponse
    errors: [
        InvalidArnException
        UnsupportedOperationException
        DependencyTimeoutException
        NotFoundException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@readonly
@authorizeSelf
operation GetPublicKey {
    input: GetPublicKeyRequest
    output: GetPublicKeyResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        UnsupportedOperationException
        InvalidArnException
        InvalidGrantTokenException
        InvalidKeyUsageException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@authorizeSelf
@conditionKeys("kms:ExpirationModel": "{ExpirationModel=KEY_MATERIAL_EXPIRES}", "kms:ValidTo": "ValidTo")
operation ImportKeyMaterial {
    input: ImportKeyMaterialRequest
    output: ImportKeyMaterialResponse
    errors: [
        InvalidArnException
        UnsupportedOperationException
        DependencyTimeoutException
        NotFoundException
        KMSInternalException
        KMSInvalidStateException
        InvalidCiphertextException
        IncorrectKeyMaterialException
        ExpiredImportTokenException
        InvalidImportTokenException
    ]
}

@readonly
@paginated
@arn("*")
operation ListAliases {
    input: ListAliasesRequest
    output: ListAliasesResponse
    errors: [
        DependencyTimeoutException
        InvalidMarkerException
        KMSInternalException
        InvalidArnException
        NotFoundException
    ]
}

@authorizeSelf
@readonly
@paginated
operation ListGrants {
    input: ListGrantsRequest
    output: ListGrantsResponse
    errors: [
        NotFoundException
        DependencyTimeoutException
        InvalidMarkerException
        InvalidGrantIdException
        InvalidArnException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@readonly
@paginated
@authorizeSelf
operation ListKeyPolicies {
    input: ListKeyPoliciesRequest
    output: ListKeyPoliciesResponse
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@readonly
@paginated
@authorizeSelf
operation ListKeyRotations {
    input: ListKeyRotationsRequest
    output: ListKeyRotationsResponse
    errors: [
        NotFoundException
        InvalidArnException
        InvalidMarkerException
        KMSInternalException
        KMSInvalidStateException
        UnsupportedOperationException
    ]
}

@readonly
@paginated
@arn("*")
operation ListKeys {
    input: ListKeysRequest
    output: ListKeysResponse
    errors: [
        DependencyTimeoutException
        KMSInternalException
        InvalidMarkerException
    ]
}

@readonly
@paginated
@authorizeSelf
operation ListResourceTags {
    input: ListResourceTagsRequest
    output: ListResourceTagsResponse
    errors: [
        KMSInternalException
        NotFoundException
        InvalidArnException
        InvalidMarkerException
    ]
}

@arn("*")
@readonly
@paginated
operation ListRetirableGrants {
    input: ListRetirableGrantsRequest
    output: ListGrantsResponse
    errors: [
        DependencyTimeoutException
        InvalidMarkerException
        InvalidArnException
        NotFoundException
        KMSInternalException
    ]
}

@authorizeSelf
@conditionKeys("kms:BypassPolicyLockoutSafetyCheck": "{BypassPolicyLockoutSafetyCheck=false}")
operation PutKeyPolicy {
    input: PutKeyPolicyRequest
    errors: [
        NotFoundException
        InvalidArnException
        MalformedPolicyDocumentException
        DependencyTimeoutException
        UnsupportedOperationException
        KMSInternalException
        LimitExceededException
        KMSInvalidStateException
    ]
}

@readonly
@authorizeSelf
operation ReEncrypt {
    input: ReEncryptRequest
    output: ReEncryptResponse
    errors: [
        NotFoundException
        DisabledException
        InvalidCiphertextException
        KeyUnavailableException
        IncorrectKeyException
        DependencyTimeoutException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@planned
@arn("arn:aws:kms:{region}:{account}:key/{KeyId}")
@conditionKeys("kms:ReplicaRegion": "ReplicaRegion")
operation ReplicateKey {
    input: ReplicateKeyRequest
    output: ReplicateKeyResponse
    errors: [
        AlreadyExistsException
        DisabledException
        InvalidArnException
        KMSInvalidStateException
        KMSInternalException
        LimitExceededException
        MalformedPolicyDocumentException
        NotFoundException
        TagException
        UnsupportedOperationException
    ]
}

@authorizeSelf
operation RetireGrant {
    input: RetireGrantRequest
    errors: [
        InvalidArnException
        InvalidGrantTokenException
        InvalidGrantIdException
        NotFoundException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@authorizeSelf
operation RevokeGrant {
    input: RevokeGrantRequest
    errors: [
        NotFoundException
        DependencyTimeoutException
        InvalidArnException
        InvalidGrantIdException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@authorizeSelf
operation RotateKeyOnDemand {
    input: RotateKeyOnDemandRequest
    output: RotateKeyOnDemandResponse
    errors: [
        NotFoundException
        DisabledException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
        UnsupportedOperationException
        LimitExceededException
        ConflictException
    ]
}

@authorizeSelf
@conditionKeys("kms:ScheduleKeyDeletionPendingWindowInDays": "{PendingWindowInDays=30}")
operation ScheduleKeyDeletion {
    input: ScheduleKeyDeletionRequest
    output: ScheduleKeyDeletionResponse
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@readonly
@authorizeSelf
@conditionKeys("kms:MessageType": "{MessageType=RAW}", "kms:SigningAlgorithm": "SigningAlgorithm")
operation Sign {
    input: SignRequest
    output: SignResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@authorizeSelf
@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags")
operation TagResource {
    input: TagResourceRequest
    errors: [
        KMSInternalException
        NotFoundException
        InvalidArnException
        KMSInvalidStateException
        LimitExceededException
        TagException
    ]
}

@authorizeSelf
@conditionKeys("aws:TagKeys": "TagKeys")
operation UntagResource {
    input: UntagResourceRequest
    errors: [
        KMSInternalException
        NotFoundException
        InvalidArnException
        KMSInvalidStateException
        TagException
    ]
}

@authorizeSelf
operation UpdateAlias {
    input: UpdateAliasRequest
    errors: [
        DependencyTimeoutException
        NotFoundException
        KMSInternalException
        LimitExceededException
        KMSInvalidStateException
    ]
}

@planned
operation UpdateCustomKeyStore {
    input: UpdateCustomKeyStoreRequest
    output: UpdateCustomKeyStoreResponse
    errors: [
        CustomKeyStoreNotFoundException
        CustomKeyStoreNameInUseException
        CloudHsmClusterNotFoundException
        CloudHsmClusterNotRelatedException
        CustomKeyStoreInvalidStateException
        KMSInternalException
        CloudHsmClusterNotActiveException
        CloudHsmClusterInvalidConfigurationException
        XksProxyUriInUseException
        XksProxyUriEndpointInUseException
        XksProxyUriUnreachableException
        XksProxyIncorrectAuthenticationCredentialException
        XksProxyVpcEndpointServiceInUseException
        XksProxyVpcEndpointServiceNotFoundException
        XksProxyVpcEndpointServiceInvalidConfigurationException
        XksProxyInvalidResponseException
        XksProxyInvalidConfigurationException
    ]
}

@authorizeSelf
operation UpdateKeyDescription {
    input: UpdateKeyDescriptionRequest
    errors: [
        NotFoundException
        InvalidArnException
        DependencyTimeoutException
        KMSInternalException
        KMSInvalidStateException
    ]
}

@planned
@arn("arn:aws:kms:{region}:{account}:key/{KeyId}")
@conditionKeys("kms:PrimaryRegion": "PrimaryRegion")
operation UpdatePrimaryRegion {
    input: UpdatePrimaryRegionRequest
    errors: [
        DisabledException
        InvalidArnException
        KMSInvalidStateException
        KMSInternalException
        NotFoundException
        UnsupportedOperationException
    ]
}

@readonly
@authorizeSelf
@conditionKeys("kms:MessageType": "{MessageType=RAW}", "kms:SigningAlgorithm": "SigningAlgorithm")
operation Verify {
    input: VerifyRequest
    output: VerifyResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        DependencyTimeoutException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidStateException
        KMSInvalidSignatureException
        DryRunOperationException
    ]
}

@readonly
@authorizeSelf
@conditionKeys("kms:MacAlgorithm": "MacAlgorithm")
operation VerifyMac {
    input: VerifyMacRequest
    output: VerifyMacResponse
    errors: [
        NotFoundException
        DisabledException
        KeyUnavailableException
        InvalidKeyUsageException
        InvalidGrantTokenException
        KMSInternalException
        KMSInvalidMacException
        KMSInvalidStateException
        DryRunOperationException
    ]
}

@length(min: 12, max: 12)
@pattern("[0-9]{12}")
string AccountIdType

enum AlgorithmSpec {
    RSAES_PKCS1_V1_5
    RSAES_OAEP_SHA_1
    RSAES_OAEP_SHA_256
    RSA_AES_KEY_WRAP_SHA_1
    RSA_AES_KEY_WRAP_SHA_256
    SM2_PKE = "SM2PKE"
}

list AliasList {
    member: AliasListEntry
}

structure AliasListEntry {
    AliasName: AliasNameType
    AliasArn: ArnType
    TargetKeyId: KeyIdType
    CreationDate: Timestamp
    LastUpdatedDate: Timestamp
}

@length(min: 1, max: 256)
@pattern("^[a-zA-Z0-9:/_-]+$")
string AliasNameType

@error("client")
structure AlreadyExistsException {
    message: String
}

@length(min: 20, max: 2048)
string ArnType

@length(min: 1, max: 262144)
blob AttestationDocumentType

@length(min: 0, max: 64)
@pattern("^[a-f0-9]+$")
string BackingKeyIdResponseType

@length(min: 64, max: 64)
@pattern("^[a-f0-9]+$")
string BackingKeyIdType

structure CancelKeyDeletionRequest {
    @required
    KeyId: KeyIdType
}

structure CancelKeyDeletionResponse {
    KeyId: KeyIdType
}

@length(min: 1, max: 6144)
blob CiphertextType

@length(min: 19, max: 24)
@pattern("cluster-[2-7a-zA-Z]{11,16}")
string CloudHsmClusterIdType

@error("client")
structure CloudHsmClusterInUseException {
    message: String
}

@error("client")
structure CloudHsmClusterInvalidConfigurationException {
    message: String
}

@error("client")
structure CloudHsmClusterNotActiveException {
    message: String
}

@error("client")
structure CloudHsmClusterNotFoundException {
    message: String
}

@error("client")
structure CloudHsmClusterNotRelatedException {
    message: String
}

@error("client")
structure ConflictException {
    message: String
}

structure ConnectCustomKeyStoreRequest {
    @required
    CustomKeyStoreId: CustomKeyStoreIdType
}

structure ConnectCustomKeyStoreResponse {}

enum ConnectionErrorCodeType {
    INVALID_CREDENTIALS
    CLUSTER_NOT_FOUND
    NETWORK_ERRORS
    INTERNAL_ERROR
    INSUFFICIENT_CLOUDHSM_HSMS
    USER_LOCKED_OUT
    USER_NOT_FOUND
    USER_LOGGED_IN
    SUBNET_NOT_FOUND
    INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET
    XKS_PROXY_ACCESS_DENIED
    XKS_PROXY_NOT_REACHABLE
    XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND
    XKS_PROXY_INVALID_RESPONSE
    XKS_PROXY_INVALID_CONFIGURATION
    XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION
    XKS_PROXY_TIMED_OUT
    XKS_PROXY_INVALID_TLS_CONFIGURATION
}

enum ConnectionStateType {
    CONNECTED
    CONNECTING
    FAILED
    DISCONNECTED
    DISCONNECTING
}

structure CreateAliasRequest {
    @required
    AliasName: AliasNameType
    @required
    TargetKeyId: KeyIdType
}

structure CreateCustomKeyStoreRequest {
    @required
    CustomKeyStoreName: CustomKeyStoreNameType
    CloudHsmClusterId: CloudHsmClusterIdType
    TrustAnchorCertificate: TrustAnchorCertificateType
    KeyStorePassword: KeyStorePasswordType
    CustomKeyStoreType: CustomKeyStoreType
    XksProxyUriEndpoint: XksProxyUriEndpointType
    XksProxyUriPath: XksProxyUriPathType
    XksProxyVpcEndpointServiceName: XksProxyVpcEndpointServiceNameType
    XksProxyVpcEndpointServiceOwner: AccountIdType
    XksProxyAuthenticationCredential: XksProxyAuthenticationCredentialType
    XksProxyConnectivity: XksProxyConnectivityType
}

structure CreateCustomKeyStoreResponse {
    CustomKeyStoreId: CustomKeyStoreIdType
}

structure CreateGrantRequest {
    @required
    KeyId: KeyIdType
    GranteePrincipal: PrincipalIdType
    RetiringPrincipal: PrincipalIdType
    @required
    Operations: GrantOperationList
    Constraints: GrantConstraints
    GrantTokens: GrantTokenList
    Name: GrantNameType
    DryRun: Boolean
    GranteeServicePrincipal: ServicePrincipalType
    RetiringServicePrincipal: ServicePrincipalType
}

structure CreateGrantResponse {
    GrantToken: GrantTokenType
    GrantId: GrantIdType
}

structure CreateKeyRequest {
    Policy: PolicyType
    Description: DescriptionType
    KeyUsage: KeyUsageType
    CustomerMasterKeySpec: CustomerMasterKeySpec
    KeySpec: KeySpec
    Origin: OriginType
    CustomKeyStoreId: CustomKeyStoreIdType
    BypassPolicyLockoutSafetyCheck: Boolean
    Tags: TagList
    MultiRegion: Boolean
    XksKeyId: XksKeyIdType
}

structure CreateKeyResponse {
    KeyMetadata: KeyMetadata
}

@error("client")
structure CustomKeyStoreHasCMKsException {
    message: String
}

@length(min: 1, max: 64)
string CustomKeyStoreIdType

@error("client")
structure CustomKeyStoreInvalidStateException {
    message: String
}

@error("client")
structure CustomKeyStoreNameInUseException {
    message: String
}

@length(min: 1, max: 256)
string CustomKeyStoreNameType

@error("client")
structure CustomKeyStoreNotFoundException {
    message: String
}

enum CustomKeyStoreType {
    AWS_CLOUDHSM
    EXTERNAL_KEY_STORE
}

list CustomKeyStoresList {
    member: CustomKeyStoresListEntry
}

structure CustomKeyStoresListEntry {
    CustomKeyStoreId: CustomKeyStoreIdType
    CustomKeyStoreName: CustomKeyStoreNameType
    CloudHsmClusterId: CloudHsmClusterIdType
    TrustAnchorCertificate: TrustAnchorCertificateType
    ConnectionState: ConnectionStateType
    ConnectionErrorCode: ConnectionErrorCodeType
    CreationDate: Timestamp
    CustomKeyStoreType: CustomKeyStoreType
    XksProxyConfiguration: XksProxyConfigurationType
}

enum CustomerMasterKeySpec {
    RSA_2048
    RSA_3072
    RSA_4096
    ECC_NIST_P256
    ECC_NIST_P384
    ECC_NIST_P521
    ECC_SECG_P256_K1 = "ECC_SECG_P256K1"
    SYMMETRIC_DEFAULT
    HMAC_224
    HMAC_256
    HMAC_384
    HMAC_512
    SM2
}

enum DataKeyPairSpec {
    RSA_2048
    RSA_3072
    RSA_4096
    ECC_NIST_P256
    ECC_NIST_P384
    ECC_NIST_P521
    ECC_SECG_P256_K1 = "ECC_SECG_P256K1"
    SM2
    ECC_NIST_EDWARDS25519
}

enum DataKeySpec {
    AES_256
    AES_128
}

structure DecryptRequest {
    CiphertextBlob: CiphertextType
    EncryptionContext: EncryptionContextType
    GrantTokens: GrantTokenList
    KeyId: KeyIdType
    EncryptionAlgorithm: EncryptionAlgorithmSpec
    Recipient: RecipientInfo
    DryRun: Boolean
    DryRunModifiers: DryRunModifierList
}

structure DecryptResponse {
    KeyId: KeyIdType
    Plaintext: PlaintextType
    EncryptionAlgorithm: EncryptionAlgorithmSpec
    CiphertextForRecipient: CiphertextType
    KeyMaterialId: BackingKeyIdType
}

structure DeleteAliasRequest {
    @required
    AliasName: AliasNameType
}

structure DeleteCustomKeyStoreRequest {
    @required
    CustomKeyStoreId: CustomKeyStoreIdType
}

structure DeleteCustomKeyStoreResponse {}

structure DeleteImportedKeyMaterialRequest {
    @required
    KeyId: KeyIdType
    KeyMaterialId: BackingKeyIdType
}

structure DeleteImportedKeyMaterialResponse {
    KeyId: KeyIdType
    KeyMaterialId: BackingKeyIdResponseType
}

@error("server")
structure DependencyTimeoutException {
    message: String
}

structure DeriveSharedSecretRequest {
    @required
    KeyId: KeyIdType
    @required
    KeyAgreementAlgorithm: KeyAgreementAlgorithmSpec
    @required
    PublicKey: PublicKeyType
    GrantTokens: GrantTokenList
    DryRun: Boolean
    Recipient: RecipientInfo
}

structure DeriveSharedSecretResponse {
    KeyId: KeyIdType
    SharedSecret: PlaintextType
    CiphertextForRecipient: CiphertextType
    KeyAgreementAlgorithm: KeyAgreementAlgorithmSpec
    KeyOrigin: OriginType
}

structure DescribeCustomKeyStoresRequest {
    CustomKeyStoreId: CustomKeyStoreIdType
    CustomKeyStoreName: CustomKeyStoreNameType
    Limit: LimitType
    Marker: MarkerType
}

structure DescribeCustomKeyStoresResponse {
    CustomKeyStores: CustomKeyStoresList
    NextMarker: MarkerType
    Truncated: Boolean
}

structure DescribeKeyRequest {
    @required
    KeyId: KeyIdType
    GrantTokens: GrantTokenList
}

structure DescribeKeyResponse {
    KeyMetadata: KeyMetadata
}

@length(min: 0, max: 8192)
string DescriptionType

structure DisableKeyRequest {
    @required
    KeyId: KeyIdType
}

structure DisableKeyRotationRequest {
    @required
    KeyId: KeyIdType
}

@error("client")
structure DisabledException {
    message: String
}

structure DisconnectCustomKeyStoreRequest {
    @required
    CustomKeyStoreId: CustomKeyStoreIdType
}

structure DisconnectCustomKeyStoreResponse {}

list DryRunModifierList {
    member: DryRunModifierType
}

enum DryRunModifierType {
    IGNORE_CIPHERTEXT
}

@error("client")
structure DryRunOperationException {
    message: String
}

structure EnableKeyRequest {
    @required
    KeyId: KeyIdType
}

structure EnableKeyRotationRequest {
    @required
    KeyId: KeyIdType
    RotationPeriodInDays: RotationPeriodInDaysType
}

structure EncryptRequest {
    @required
    KeyId: KeyIdType
    @required
    Plaintext: PlaintextType
    EncryptionContext: EncryptionContextType
    GrantTokens: GrantTokenList
    EncryptionAlgorithm: EncryptionAlgorithmSpec
    DryRun: Boolean
}

structure EncryptResponse {
    CiphertextBlob: CiphertextType
    KeyId: KeyIdType
    EncryptionAlgorithm: EncryptionAlgorithmSpec
}

enum EncryptionAlgorithmSpec {
    SYMMETRIC_DEFAULT
    RSAES_OAEP_SHA_1
    RSAES_OAEP_SHA_256
    SM2_PKE = "SM2PKE"
}

list EncryptionAlgorithmSpecList {
    member: EncryptionAlgorithmSpec
}

map EncryptionContextType {
    key: String
    value: String
}

enum ExpirationModelType {
    KEY_MATERIAL_EXPIRES
    KEY_MATERIAL_DOES_NOT_EXPIRE
}

@error("client")
structure ExpiredImportTokenException {
    message: String
}

structure GenerateDataKeyPairRequest {
    EncryptionContext: EncryptionContextType
    @required
    KeyId: KeyIdType
    @required
    KeyPairSpec: DataKeyPairSpec
    GrantTokens: GrantTokenList
    Recipient: RecipientInfo
    DryRun: Boolean
}

structure GenerateDataKeyPairResponse {
    PrivateKeyCiphertextBlob: CiphertextType
    PrivateKeyPlaintext: PlaintextType
    PublicKey: PublicKeyType
    KeyId: KeyIdType
    KeyPairSpec: DataKeyPairSpec
    CiphertextForRecipient: CiphertextType
    KeyMaterialId: BackingKeyIdType
}

structure GenerateDataKeyPairWithoutPlaintextRequest {
    EncryptionContext: EncryptionContextType
    @required
    KeyId: KeyIdType
    @required
    KeyPairSpec: DataKeyPairSpec
    GrantTokens: GrantTokenList
    DryRun: Boolean
}

structure GenerateDataKeyPairWithoutPlaintextResponse {
    PrivateKeyCiphertextBlob: CiphertextType
    PublicKey: PublicKeyType
    KeyId: KeyIdType
    KeyPairSpec: DataKeyPairSpec
    KeyMaterialId: BackingKeyIdType
}

structure GenerateDataKeyRequest {
    @required
    KeyId: KeyIdType
    EncryptionContext: EncryptionContextType
    NumberOfBytes: NumberOfBytesType
    KeySpec: DataKeySpec
    GrantTokens: GrantTokenList
    Recipient: RecipientInfo
    DryRun: Boolean
}

structure GenerateDataKeyResponse {
    CiphertextBlob: CiphertextType
    Plaintext: PlaintextType
    KeyId: KeyIdType
    CiphertextForRecipient: CiphertextType
    KeyMaterialId: BackingKeyIdType
}

structure GenerateDataKeyWithoutPlaintextRequest {
    @required
    KeyId: KeyIdType
    EncryptionContext: EncryptionContextType
    KeySpec: DataKeySpec
    NumberOfBytes: NumberOfBytesType
    GrantTokens: GrantTokenList
    DryRun: Boolean
}

structure GenerateDataKeyWithoutPlaintextResponse {
    CiphertextBlob: CiphertextType
    KeyId: KeyIdType
    KeyMaterialId: BackingKeyIdType
}

structure GenerateMacRequest {
    @required
    Message: PlaintextType
    @required
    KeyId: KeyIdType
    @required
    MacAlgorithm: MacAlgorithmSpec
    GrantTokens: GrantTokenList
    DryRun: Boolean
}

structure GenerateMacResponse {
    Mac: CiphertextType
    MacAlgorithm: MacAlgorithmSpec
    KeyId: KeyIdType
}

structure GenerateRandomRequest {
    NumberOfBytes: NumberOfBytesType
    CustomKeyStoreId: CustomKeyStoreIdType
    Recipient: RecipientInfo
}

structure GenerateRandomResponse {
    Plaintext: PlaintextType
    CiphertextForRecipient: CiphertextType
}

structure GetKeyLastUsageRequest {
    @required
    KeyId: KeyIdType
}

structure GetKeyLastUsageResponse {
    KeyId: KeyIdType
    KeyLastUsage: KeyLastUsageData
    TrackingStartDate: Timestamp
    KeyCreationDate: Timestamp
}

structure GetKeyPolicyRequest {
    @required
    KeyId: KeyIdType
    PolicyName: PolicyNameType
}

structure GetKeyPolicyResponse {
    Policy: PolicyType
    PolicyName: PolicyNameType
}

structure GetKeyRotationStatusRequest {
    @required
    KeyId: KeyIdType
}

structure GetKeyRotationStatusResponse {
    KeyRotationEnabled: Boolean
    KeyId: KeyIdType
    RotationPeriodInDays: RotationPeriodInDaysType
    NextRotationDate: Timestamp
    OnDemandRotationStartDate: Timestamp
}

structure GetParametersForImportRequest {
    @required
    KeyId: KeyIdType
    @required
    WrappingAlgorithm: AlgorithmSpec
    @required
    WrappingKeySpec: WrappingKeySpec
}

structure GetParametersForImportResponse {
    KeyId: KeyIdType
    ImportToken: CiphertextType
    PublicKey: PlaintextType
    ParametersValidTo: Timestamp
}

structure GetPublicKeyRequest {
    @required
    KeyId: KeyIdType
    GrantTokens: GrantTokenList
}

structure GetPublicKeyResponse {
    KeyId: KeyIdType
    PublicKey: PublicKeyType
    CustomerMasterKeySpec: CustomerMasterKeySpec
    KeySpec: KeySpec
    KeyUsage: KeyUsageType
    EncryptionAlgorithms: EncryptionAlgorithmSpecList
    SigningAlgorithms: SigningAlgorithmSpecList
    KeyAgreementAlgorithms: KeyAgreementAlgorithmSpecList
}

@length(min: 20, max: 512)
@pattern("^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$")
string GrantConstraintSourceArnType

structure GrantConstraints {
    EncryptionContextSubset: EncryptionContextType
    EncryptionContextEquals: EncryptionContextType
    SourceArn: GrantConstraintSourceArnType
}

@length(min: 1, max: 128)
string GrantIdType

list GrantList {
    member: GrantListEntry
}

structure GrantListEntry {
    KeyId: KeyIdType
    GrantId: GrantIdType
    Name: GrantNameType
    CreationDate: Timestamp
    GranteePrincipal: PrincipalIdType
    RetiringPrincipal: PrincipalIdType
    IssuingAccount: PrincipalIdType
    Operations: GrantOperationList
    Constraints: GrantConstraints
    GranteeServicePrincipal: ServicePrincipalType
    RetiringServicePrincipal: ServicePrincipalType
}

@length(min: 1, max: 256)
@pattern("^[a-zA-Z0-9:/_-]+$")
string GrantNameType

enum GrantOperation {
    DECRYPT = "Decrypt"
    ENCRYPT = "Encrypt"
    GENERATE_DATA_KEY = "GenerateDataKey"
    GENERATE_DATA_KEY_WITHOUT_PLAINTEXT = "GenerateDataKeyWithoutPlaintext"
    RE_ENCRYPT_FROM = "ReEncryptFrom"
    RE_ENCRYPT_TO = "ReEncryptTo"
    SIGN = "Sign"
    VERIFY = "Verify"
    GET_PUBLIC_KEY = "GetPublicKey"
    CREATE_GRANT = "CreateGrant"
    RETIRE_GRANT = "RetireGrant"
    DESCRIBE_KEY = "DescribeKey"
    GENERATE_DATA_KEY_PAIR = "GenerateDataKeyPair"
    GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT = "GenerateDataKeyPairWithoutPlaintext"
    GENERATE_MAC = "GenerateMac"
    VERIFY_MAC = "VerifyMac"
    DERIVE_SHARED_SECRET = "DeriveSharedSecret"
}

list GrantOperationList {
    member: GrantOperation
}

@length(min: 0, max: 10)
list GrantTokenList {
    member: GrantTokenType
}

@length(min: 1, max: 8192)
string GrantTokenType

structure ImportKeyMaterialRequest {
    @required
    KeyId: KeyIdType
    @required
    ImportToken: CiphertextType
    @required
    EncryptedKeyMaterial: CiphertextType
    ValidTo: Timestamp
    ExpirationModel: ExpirationModelType
    ImportType: ImportType
    KeyMaterialDescription: KeyMaterialDescriptionType
    KeyMaterialId: BackingKeyIdType
}

structure ImportKeyMaterialResponse {
    KeyId: KeyIdType
    KeyMaterialId: BackingKeyIdType
}

enum ImportState {
    IMPORTED
    PENDING_IMPORT
}

enum ImportType {
    NEW_KEY_MATERIAL
    EXISTING_KEY_MATERIAL
}

enum IncludeKeyMaterial {
    ALL_KEY_MATERIAL
    ROTATIONS_ONLY
}

@error("client")
structure IncorrectKeyException {
    message: String
}

@error("client")
structure IncorrectKeyMaterialException {
    message: String
}

@error("client")
structure IncorrectTrustAnchorException {
    message: String
}

@error("client")
structure InvalidAliasNameException {
    message: String
}

@error("client")
structure InvalidArnException {
    message: String
}

@error("client")
structure InvalidCiphertextException {
    message: String
}

@error("client")
structure InvalidGrantIdException {
    message: String
}

@error("client")
structure InvalidGrantTokenException {
    message: String
}

@error("client")
structure InvalidImportTokenException {
    message: String
}

@error("client")
structure InvalidKeyUsageException {
    message: String
}

@error("client")
structure InvalidMarkerException {
    message: String
}

@error("server")
structure KMSInternalException {
    message: String
}

@error("client")
structure KMSInvalidMacException {
    message: String
}

@error("client")
structure KMSInvalidSignatureException {
    message: String
}

@error("client")
structure KMSInvalidStateException {
    message: String
}

enum KeyAgreementAlgorithmSpec {
    ECDH
}

list KeyAgreementAlgorithmSpecList {
    member: KeyAgreementAlgorithmSpec
}

enum KeyEncryptionMechanism {
    RSAES_OAEP_SHA_256
}

@length(min: 1, max: 2048)
string KeyIdType

structure KeyLastUsageData {
    Operation: KeyLastUsageTrackingOperation
    Timestamp: Timestamp
    CloudTrailEventId: String
    KmsRequestId: String
}

enum KeyLastUsageTrackingOperation {
    DECRYPT = "Decrypt"
    DERIVE_SHARED_SECRET = "DeriveSharedSecret"
    ENCRYPT = "Encrypt"
    GENERATE_DATA_KEY = "GenerateDataKey"
    GENERATE_DATA_KEY_PAIR = "GenerateDataKeyPair"
    GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT = "GenerateDataKeyPairWithoutPlaintext"
    GENERATE_DATA_KEY_WITHOUT_PLAINTEXT = "GenerateDataKeyWithoutPlaintext"
    GENERATE_MAC = "GenerateMac"
    RE_ENCRYPT = "ReEncrypt"
    SIGN = "Sign"
    VERIFY = "Verify"
    VERIFY_MAC = "VerifyMac"
}

list KeyList {
    member: KeyListEntry
}

structure KeyListEntry {
    KeyId: KeyIdType
    KeyArn: ArnType
}

enum KeyManagerType {
    AWS
    CUSTOMER
}

@length(min: 0, max: 256)
@pattern("^[a-zA-Z0-9:/_\\s.-]+$")
string KeyMaterialDescriptionType

enum KeyMaterialState {
    NON_CURRENT
    CURRENT
    PENDING_ROTATION
    PENDING_MULTI_REGION_IMPORT_AND_ROTATION
}

structure KeyMetadata {
    AWSAccountId: String
    @required
    KeyId: KeyIdType
    Arn: ArnType
    CreationDate: Timestamp
    Enabled: Boolean
    Description: DescriptionType
    KeyUsage: KeyUsageType
    KeyState: KeyState
    DeletionDate: Timestamp
    ValidTo: Timestamp
    Origin: OriginType
    CustomKeyStoreId: CustomKeyStoreIdType
    CloudHsmClusterId: CloudHsmClusterIdType
    ExpirationModel: ExpirationModelType
    KeyManager: KeyManagerType
    CustomerMasterKeySpec: CustomerMasterKeySpec
    KeySpec: KeySpec
    EncryptionAlgorithms: EncryptionAlgorithmSpecList
    SigningAlgorithms: SigningAlgorithmSpecList
    KeyAgreementAlgorithms: KeyAgreementAlgorithmSpecList
    MultiRegion: Boolean
    MultiRegionConfiguration: MultiRegionConfiguration
    PendingDeletionWindowInDays: PendingWindowInDaysType
    MacAlgorithms: MacAlgorithmSpecList
    XksKeyConfiguration: XksKeyConfigurationType
    CurrentKeyMaterialId: BackingKeyIdType
}

enum KeySpec {
    RSA_2048
    RSA_3072
    RSA_4096
    ECC_NIST_P256
    ECC_NIST_P384
    ECC_NIST_P521
    ECC_SECG_P256_K1 = "ECC_SECG_P256K1"
    SYMMETRIC_DEFAULT
    HMAC_224
    HMAC_256
    HMAC_384
    HMAC_512
    SM2
    ML_DSA_44
    ML_DSA_65
    ML_DSA_87
    ECC_NIST_EDWARDS25519
}

enum KeyState {
    CREATING = "Creating"
    ENABLED = "Enabled"
    DISABLED = "Disabled"
    PENDING_DELETION = "PendingDeletion"
    PENDING_IMPORT = "PendingImport"
    PENDING_REPLICA_DELETION = "PendingReplicaDeletion"
    UNAVAILABLE = "Unavailable"
    UPDATING = "Updating"
}

@length(min: 7, max: 32)
@sensitive
string KeyStorePasswordType

@error("server")
structure KeyUnavailableException {
    message: String
}

enum KeyUsageType {
    SIGN_VERIFY
    ENCRYPT_DECRYPT
    GENERATE_VERIFY_MAC
    KEY_AGREEMENT
}

@error("client")
structure LimitExceededException {
    message: String
}

@range(min: 1, max: 1000)
integer LimitType

structure ListAliasesRequest {
    KeyId: KeyIdType
    Limit: LimitType
    Marker: MarkerType
}

structure ListAliasesResponse {
    Aliases: AliasList
    NextMarker: MarkerType
    Truncated: Boolean
}

structure ListGrantsRequest {
    Limit: LimitType
    Marker: MarkerType
    @required
    KeyId: KeyIdType
    GrantId: GrantIdType
    GranteePrincipal: PrincipalIdType
    GranteeServicePrincipal: ServicePrincipalType
}

structure ListGrantsResponse {
    Grants: GrantList
    NextMarker: MarkerType
    Truncated: Boolean
}

structure ListKeyPoliciesRequest {
    @required
    KeyId: KeyIdType
    Limit: LimitType
    Marker: MarkerType
}

structure ListKeyPoliciesResponse {
    PolicyNames: PolicyNameList
    NextMarker: MarkerType
    Truncated: Boolean
}

structure ListKeyRotationsRequest {
    @required
    KeyId: KeyIdType
    IncludeKeyMaterial: IncludeKeyMaterial
    Limit: LimitType
    Marker: MarkerType
}

structure ListKeyRotationsResponse {
    Rotations: RotationsList
    NextMarker: MarkerType
    Truncated: Boolean
}

structure ListKeysRequest {
    Limit: LimitType
    Marker: MarkerType
}

structure ListKeysResponse {
    Keys: KeyList
    NextMarker: MarkerType
    Truncated: Boolean
}

structure ListResourceTagsRequest {
    @required
    KeyId: KeyIdType
    Limit: LimitType
    Marker: MarkerType
}

structure ListResourceTagsResponse {
    Tags: TagList
    NextMarker: MarkerType
    Truncated: Boolean
}

structure ListRetirableGrantsRequest {
    Limit: LimitType
    Marker: MarkerType
    RetiringPrincipal: PrincipalIdType
    RetiringServicePrincipal: ServicePrincipalType
}

enum MacAlgorithmSpec {
    HMAC_SHA_224
    HMAC_SHA_256
    HMAC_SHA_384
    HMAC_SHA_512
}

list MacAlgorithmSpecList {
    member: MacAlgorithmSpec
}

@error("client")
structure MalformedPolicyDocumentException {
    message: String
}

@length(min: 1, max: 1024)
@pattern("[\\x{0020}-\\x{00FF}]*")
string MarkerType

enum MessageType {
    RAW
    DIGEST
    EXTERNAL_MU
}

structure MultiRegionConfiguration {
    MultiRegionKeyType: MultiRegionKeyType
    PrimaryKey: MultiRegionKey
    ReplicaKeys: MultiRegionKeyList
}

structure MultiRegionKey {
    Arn: ArnType
    Region: RegionType
}

list MultiRegionKeyList {
    member: MultiRegionKey
}

enum MultiRegionKeyType {
    PRIMARY
    REPLICA
}

@error("client")
structure NotFoundException {
    message: String
}

@range(min: 1, max: 1024)
integer NumberOfBytesType

enum OriginType {
    AWS_KMS
    EXTERNAL
    AWS_CLOUDHSM
    EXTERNAL_KEY_STORE
}

@range(min: 1, max: 365)
integer PendingWindowInDaysType

@length(min: 1, max: 4096)
@sensitive
blob PlaintextType

list PolicyNameList {
    member: PolicyNameType
}

@length(min: 1, max: 128)
@pattern("[\\w]+")
string PolicyNameType

@length(min: 1, max: 131072)
@pattern("[\\x{0009}\\x{000A}\\x{000D}\\x{0020}-\\x{00FF}]+")
string PolicyType

@length(min: 1, max: 256)
@pattern("^[\\w+=,.@:/-]+$")
string PrincipalIdType

@length(min: 1, max: 8192)
blob PublicKeyType

structure PutKeyPolicyRequest {
    @required
    KeyId: KeyIdType
    PolicyName: PolicyNameType
    @required
    Policy: PolicyType
    BypassPolicyLockoutSafetyCheck: Boolean
}

structure ReEncryptRequest {
    CiphertextBlob: CiphertextType
    SourceEncryptionContext: EncryptionContextType
    SourceKeyId: KeyIdType
    @required
    DestinationKeyId: KeyIdType
    DestinationEncryptionContext: EncryptionContextType
    SourceEncryptionAlgorithm: EncryptionAlgorithmSpec
    DestinationEncryptionAlgorithm: EncryptionAlgorithmSpec
    GrantTokens: GrantTokenList
    DryRun: Boolean
    DryRunModifiers: DryRunModifierList
}

structure ReEncryptResponse {
    CiphertextBlob: CiphertextType
    SourceKeyId: KeyIdType
    KeyId: KeyIdType
    SourceEncryptionAlgorithm: EncryptionAlgorithmSpec
    DestinationEncryptionAlgorithm: EncryptionAlgorithmSpec
    SourceKeyMaterialId: BackingKeyIdType
    DestinationKeyMaterialId: BackingKeyIdType
}

structure RecipientInfo {
    KeyEncryptionAlgorithm: KeyEncryptionMechanism
    AttestationDocument: AttestationDocumentType
}

@length(min: 1, max: 32)
@pattern("^([a-z]+-){2,3}\\d+$")
string RegionType

structure ReplicateKeyRequest {
    @required
    KeyId: KeyIdType
    @required
    ReplicaRegion: RegionType
    Policy: PolicyType
    BypassPolicyLockoutSafetyCheck: Boolean
    Description: DescriptionType
    Tags: TagList
}

structure ReplicateKeyResponse {
    ReplicaKeyMetadata: KeyMetadata
    ReplicaPolicy: PolicyType
    ReplicaTags: TagList
}

structure RetireGrantRequest {
    GrantToken: GrantTokenType
    KeyId: KeyIdType
    GrantId: GrantIdType
    DryRun: Boolean
}

structure RevokeGrantRequest {
    @required
    KeyId: KeyIdType
    @required
    GrantId: GrantIdType
    DryRun: Boolean
}

structure RotateKeyOnDemandRequest {
    @required
    KeyId: KeyIdType
}

structure RotateKeyOnDemandResponse {
    KeyId: KeyIdType
}

@range(min: 90, max: 2560)
integer RotationPeriodInDaysType

enum RotationType {
    AUTOMATIC
    ON_DEMAND
}

list RotationsList {
    member: RotationsListEntry
}

structure RotationsListEntry {
    KeyId: KeyIdType
    KeyMaterialId: BackingKeyIdType
    KeyMaterialDescription: KeyMaterialDescriptionType
    ImportState: ImportState
    KeyMaterialState: KeyMaterialState
    ExpirationModel: ExpirationModelType
    ValidTo: Timestamp
    RotationDate: Timestamp
    RotationType: RotationType
}

structure ScheduleKeyDeletionRequest {
    @required
    KeyId: KeyIdType
    PendingWindowInDays: PendingWindowInDaysType
}

structure ScheduleKeyDeletionResponse {
    KeyId: KeyIdType
    DeletionDate: Timestamp
    KeyState: KeyState
    PendingWindowInDays: PendingWindowInDaysType
}

@length(min: 1, max: 128)
@pattern("^([A-Za-z0-9\\-]+)\\.([A-Za-z0-9\\-]+)(\\.[A-Za-z0-9\\-]+)+$")
string ServicePrincipalType

structure SignRequest {
    @required
    KeyId: KeyIdType
    @required
    Message: PlaintextType
    MessageType: MessageType
    GrantTokens: GrantTokenList
    @required
    SigningAlgorithm: SigningAlgorithmSpec
    DryRun: Boolean
}

structure SignResponse {
    KeyId: KeyIdType
    Signature: CiphertextType
    SigningAlgorithm: SigningAlgorithmSpec
}

enum SigningAlgorithmSpec {
    RSASSA_PSS_SHA_256
    RSASSA_PSS_SHA_384
    RSASSA_PSS_SHA_512
    RSASSA_PKCS1_V1_5_SHA_256
    RSASSA_PKCS1_V1_5_SHA_384
    RSASSA_PKCS1_V1_5_SHA_512
    ECDSA_SHA_256
    ECDSA_SHA_384
    ECDSA_SHA_512
    SM2_DSA = "SM2DSA"
    ML_DSA_SHAKE_256
    ED25519_SHA_512
    ED25519_PH_SHA_512
}

list SigningAlgorithmSpecList {
    member: SigningAlgorithmSpec
}

structure Tag {
    @required
    TagKey: TagKeyType
    @required
    TagValue: TagValueType
}

@error("client")
structure TagException {
    message: String
}

list TagKeyList {
    member: TagKeyType
}

@length(min: 1, max: 128)
string TagKeyType

list TagList {
    member: Tag
}

structure TagResourceRequest {
    @required
    KeyId: KeyIdType
    @required
    Tags: TagList
}

@length(min: 0, max: 256)
string TagValueType

@length(min: 1, max: 5000)
string TrustAnchorCertificateType

@error("client")
structure UnsupportedOperationException {
    message: String
}

structure UntagResourceRequest {
    @required
    KeyId: KeyIdType
    @required
    TagKeys: TagKeyList
}

structure UpdateAliasRequest {
    @required
    AliasName: AliasNameType
    @required
    TargetKeyId: KeyIdType
}

structure UpdateCustomKeyStoreRequest {
    @required
    CustomKeyStoreId: CustomKeyStoreIdType
    NewCustomKeyStoreName: CustomKeyStoreNameType
    KeyStorePassword: KeyStorePasswordType
    CloudHsmClusterId: CloudHsmClusterIdType
    XksProxyUriEndpoint: XksProxyUriEndpointType
    XksProxyUriPath: XksProxyUriPathType
    XksProxyVpcEndpointServiceName: XksProxyVpcEndpointServiceNameType
    XksProxyVpcEndpointServiceOwner: AccountIdType
    XksProxyAuthenticationCredential: XksProxyAuthenticationCredentialType
    XksProxyConnectivity: XksProxyConnectivityType
}

structure UpdateCustomKeyStoreResponse {}

structure UpdateKeyDescriptionRequest {
    @required
    KeyId: KeyIdType
    @required
    Description: DescriptionType
}

structure UpdatePrimaryRegionRequest {
    @required
    KeyId: KeyIdType
    @required
    PrimaryRegion: RegionType
}

structure VerifyMacRequest {
    @required
    Message: PlaintextType
    @required
    KeyId: KeyIdType
    @required
    MacAlgorithm: MacAlgorithmSpec
    @required
    Mac: CiphertextType
    GrantTokens: GrantTokenList
    DryRun: Boolean
}

structure VerifyMacResponse {
    KeyId: KeyIdType
    MacValid: Boolean
    MacAlgorithm: MacAlgorithmSpec
}

structure VerifyRequest {
    @required
    KeyId: KeyIdType
    @required
    Message: PlaintextType
    MessageType: MessageType
    @required
    Signature: CiphertextType
    @required
    SigningAlgorithm: SigningAlgorithmSpec
    GrantTokens: GrantTokenList
    DryRun: Boolean
}

structure VerifyResponse {
    KeyId: KeyIdType
    SignatureValid: Boolean
    SigningAlgorithm: SigningAlgorithmSpec
}

enum WrappingKeySpec {
    RSA_2048
    RSA_3072
    RSA_4096
    SM2
}

@error("client")
structure XksKeyAlreadyInUseException {
    message: String
}

structure XksKeyConfigurationType {
    Id: XksKeyIdType
}

@length(min: 1, max: 128)
@pattern("^[a-zA-Z0-9-_.]+$")
string XksKeyIdType

@error("client")
structure XksKeyInvalidConfigurationException {
    message: String
}

@error("client")
structure XksKeyNotFoundException {
    message: String
}

@length(min: 20, max: 30)
@pattern("^[A-Z2-7]+$")
@sensitive
string XksProxyAuthenticationAccessKeyIdType

structure XksProxyAuthenticationCredentialType {
    @required
    AccessKeyId: XksProxyAuthenticationAccessKeyIdType
    @required
    RawSecretAccessKey: XksProxyAuthenticationRawSecretAccessKeyType
}

@length(min: 43, max: 64)
@pattern("^[a-zA-Z0-9\\/+=]+$")
@sensitive
string XksProxyAuthenticationRawSecretAccessKeyType

structure XksProxyConfigurationType {
    Connectivity: XksProxyConnectivityType
    AccessKeyId: XksProxyAuthenticationAccessKeyIdType
    UriEndpoint: XksProxyUriEndpointType
    UriPath: XksProxyUriPathType
    VpcEndpointServiceName: XksProxyVpcEndpointServiceNameType
    VpcEndpointServiceOwner: AccountIdType
}

enum XksProxyConnectivityType {
    PUBLIC_ENDPOINT
    VPC_ENDPOINT_SERVICE
}

@error("client")
structure XksProxyIncorrectAuthenticationCredentialException {
    message: String
}

@error("client")
structure XksProxyInvalidConfigurationException {
    message: String
}

@error("client")
structure XksProxyInvalidResponseException {
    message: String
}

@error("client")
structure XksProxyUriEndpointInUseException {
    message: String
}

@length(min: 10, max: 128)
@pattern("^https://[a-zA-Z0-9.-]+$")
string XksProxyUriEndpointType

@error("client")
structure XksProxyUriInUseException {
    message: String
}

@length(min: 10, max: 128)
@pattern("^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$")
string XksProxyUriPathType

@error("client")
structure XksProxyUriUnreachableException {
    message: String
}

@error("client")
structure XksProxyVpcEndpointServiceInUseException {
    message: String
}

@error("client")
structure XksProxyVpcEndpointServiceInvalidConfigurationException {
    message: String
}

@length(min: 20, max: 64)
@pattern("^(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$")
string XksProxyVpcEndpointServiceNameType

@error("client")
structure XksProxyVpcEndpointServiceNotFoundException {
    message: String
}
