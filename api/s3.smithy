$version: "2.0"

/// Two members are wider than AWS's model: Expires is kept and answered as it was sent, as S3
/// does; a LocationConstraint is judged by the handler, since regions are the operator's.
namespace com.amazonaws.s3

use aws.api#service
use aws.auth#sigv4
use aws.customizations#s3UnwrappedXmlOutput
use aws.protocols#awsQueryError
use aws.protocols#restXml
use slipway#action
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#dataPlane
use slipway#planned
use slipway#prepare
use slipway#validationError

@service(sdkId: "S3")
@sigv4(name: "s3")
@restXml
@xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
@validationError("InvalidArgument")
service S3 {
    version: "2006-03-01"
    operations: [
        AbortMultipartUpload
        CompleteMultipartUpload
        CopyObject
        CreateBucket
        CreateBucketMetadataConfiguration
        CreateBucketMetadataTableConfiguration
        CreateMultipartUpload
        CreateSession
        DeleteBucket
        DeleteBucketAnalyticsConfiguration
        DeleteBucketCors
        DeleteBucketEncryption
        DeleteBucketIntelligentTieringConfiguration
        DeleteBucketInventoryConfiguration
        DeleteBucketLifecycle
        DeleteBucketMetadataConfiguration
        DeleteBucketMetadataTableConfiguration
        DeleteBucketMetricsConfiguration
        DeleteBucketOwnershipControls
        DeleteBucketPolicy
        DeleteBucketReplication
        DeleteBucketTagging
        DeleteBucketWebsite
        DeleteObject
        DeleteObjectAnnotation
        DeleteObjectTagging
        DeleteObjects
        DeletePublicAccessBlock
        GetBucketAbac
        GetBucketAccelerateConfiguration
        GetBucketAcl
        GetBucketAnalyticsConfiguration
        GetBucketCors
        GetBucketEncryption
        GetBucketIntelligentTieringConfiguration
        GetBucketInventoryConfiguration
        GetBucketLifecycle
        GetBucketLifecycleConfiguration
        GetBucketLocation
        GetBucketLogging
        GetBucketMetadataConfiguration
        GetBucketMetadataTableConfiguration
        GetBucketMetricsConfiguration
        GetBucketNotification
        GetBucketNotificationConfiguration
        GetBucketOwnershipControls
        GetBucketPolicy
        GetBucketPolicyStatus
        GetBucketReplication
        GetBucketRequestPayment
        GetBucketTagging
        GetBucketVersioning
        GetBucketWebsite
        GetObject
        GetObjectAcl
        GetObjectAnnotation
        GetObjectAttributes
        GetObjectLegalHold
        GetObjectLockConfiguration
        GetObjectRetention
        GetObjectTagging
        GetObjectTorrent
        GetPublicAccessBlock
        HeadBucket
        HeadObject
        ListBucketAnalyticsConfigurations
        ListBucketIntelligentTieringConfigurations
        ListBucketInventoryConfigurations
        ListBucketMetricsConfigurations
        ListBuckets
        ListDirectoryBuckets
        ListMultipartUploads
        ListObjectAnnotations
        ListObjectVersions
        ListObjects
        ListObjectsV2
        ListParts
        PutBucketAbac
        PutBucketAccelerateConfiguration
        PutBucketAcl
        PutBucketAnalyticsConfiguration
        PutBucketCors
        PutBucketEncryption
        PutBucketIntelligentTieringConfiguration
        PutBucketInventoryConfiguration
        PutBucketLifecycle
        PutBucketLifecycleConfiguration
        PutBucketLogging
        PutBucketMetricsConfiguration
        PutBucketNotification
        PutBucketNotificationConfiguration
        PutBucketOwnershipControls
        PutBucketPolicy
        PutBucketReplication
        PutBucketRequestPayment
        PutBucketTagging
        PutBucketVersioning
        PutBucketWebsite
        PutObject
        PutObjectAcl
        PutObjectAnnotation
        PutObjectLegalHold
        PutObjectLockConfiguration
        PutObjectRetention
        PutObjectTagging
        PutPublicAccessBlock
        RenameObject
        RestoreObject
        SelectObjectContent
        UpdateBucketMetadataAnnotationTableConfiguration
        UpdateBucketMetadataInventoryTableConfiguration
        UpdateBucketMetadataJournalTableConfiguration
        UpdateObjectEncryption
        UploadPart
        UploadPartCopy
        WriteGetObjectResponse
    ]
    errors: [
        AccessControlListNotSupported
        AuthorizationHeaderMalformed
        BadDigest
        BucketNotEmpty
        ConditionalRequestConflict
        EntityTooLarge
        EntityTooSmall
        IllegalLocationConstraintException
        IncompleteBody
        InvalidArgument
        InvalidBucketName
        InvalidBucketState
        InvalidDigest
        InvalidLocationConstraint
        InvalidPart
        InvalidPartNumber
        InvalidPartOrder
        InvalidPolicyDocument
        InvalidRange
        InvalidStorageClass
        InvalidTag
        KMSDisabledException
        KMSInvalidKeyUsageException
        KMSInvalidStateException
        KMSNotFoundException
        KeyTooLongError
        MalformedPolicy
        MalformedXML
        MaxMessageLengthExceeded
        MetadataTooLarge
        MethodNotAllowed
        MissingContentLength
        NoSuchBucketPolicy
        NoSuchTagSet
        NoSuchVersion
        NotModified
        OperationAborted
        PermanentRedirect
        PreconditionFailed
        ServerSideEncryptionConfigurationNotFoundError
        TooManyBuckets
        XAmzContentChecksumMismatch
        AccessDenied
        InvalidRequest
        NoSuchBucket
        NoSuchKey
        NoSuchUpload
    ]
}

@arn("arn:aws:s3:::{Bucket}/{Key}")
@dataPlane
@http(method: "DELETE", uri: "/{Bucket}/{Key+}", code: 204)
operation AbortMultipartUpload {
    input: AbortMultipartUploadRequest
    output: AbortMultipartUploadOutput
    errors: [
        NoSuchUpload
    ]
}

@action("s3:PutObject")
@arn("arn:aws:s3:::{Bucket}/{Key}")
@dataPlane
@http(method: "POST", uri: "/{Bucket}/{Key+}")
operation CompleteMultipartUpload {
    input: CompleteMultipartUploadRequest
    output: CompleteMultipartUploadOutput
}

@authorizeSelf
@dataPlane
@conditionKeys("s3:x-amz-acl": "ACL", "s3:x-amz-storage-class": "StorageClass", "s3:x-amz-server-side-encryption": "ServerSideEncryption", "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId")
@http(method: "PUT", uri: "/{Bucket}/{Key+}")
operation CopyObject {
    input: CopyObjectRequest
    output: CopyObjectOutput
    errors: [
        ObjectNotInActiveTierError
    ]
}

@arn("arn:aws:s3:::{Bucket}")
@conditionKeys("aws:RequestTag": "CreateBucketConfiguration.Tags", "aws:TagKeys": "CreateBucketConfiguration.Tags", "s3:locationconstraint": "CreateBucketConfiguration.LocationConstraint", "s3:x-amz-acl": "ACL")
@http(method: "PUT", uri: "/{Bucket}")
operation CreateBucket {
    input: CreateBucketRequest
    output: CreateBucketOutput
    errors: [
        BucketAlreadyExists
        BucketAlreadyOwnedByYou
    ]
}

@planned
@http(method: "POST", uri: "/{Bucket}?metadataConfiguration")
operation CreateBucketMetadataConfiguration {
    input: CreateBucketMetadataConfigurationRequest
}

@planned
@http(method: "POST", uri: "/{Bucket}?metadataTable")
operation CreateBucketMetadataTableConfiguration {
    input: CreateBucketMetadataTableConfigurationRequest
}

@action("s3:PutObject")
@arn("arn:aws:s3:::{Bucket}/{Key}")
@dataPlane
@conditionKeys("s3:x-amz-acl": "ACL", "s3:x-amz-storage-class": "StorageClass", "s3:x-amz-server-side-encryption": "ServerSideEncryption", "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId")
@http(method: "POST", uri: "/{Bucket}/{Key+}?uploads")
operation CreateMultipartUpload {
    input: CreateMultipartUploadRequest
    output: CreateMultipartUploadOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?session")
operation CreateSession {
    input: CreateSessionRequest
    output: CreateSessionOutput
    errors: [
        NoSuchBucket
    ]
}

@arn("arn:aws:s3:::{Bucket}")
@http(method: "DELETE", uri: "/{Bucket}", code: 204)
operation DeleteBucket {
    input: DeleteBucketRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?analytics", code: 204)
operation DeleteBucketAnalyticsConfiguration {
    input: DeleteBucketAnalyticsConfigurationRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?cors", code: 204)
operation DeleteBucketCors {
    input: DeleteBucketCorsRequest
}

@action("s3:PutEncryptionConfiguration")
@arn("arn:aws:s3:::{Bucket}")
@http(method: "DELETE", uri: "/{Bucket}?encryption", code: 204)
operation DeleteBucketEncryption {
    input: DeleteBucketEncryptionRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?intelligent-tiering", code: 204)
operation DeleteBucketIntelligentTieringConfiguration {
    input: DeleteBucketIntelligentTieringConfigurationRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?inventory", code: 204)
operation DeleteBucketInventoryConfiguration {
    input: DeleteBucketInventoryConfigurationRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?lifecycle", code: 204)
operation DeleteBucketLifecycle {
    input: DeleteBucketLifecycleRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?metadataConfiguration", code: 204)
operation DeleteBucketMetadataConfiguration {
    input: DeleteBucketMetadataConfigurationRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?metadataTable", code: 204)
operation DeleteBucketMetadataTableConfiguration {
    input: DeleteBucketMetadataTableConfigurationRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?metrics", code: 204)
operation DeleteBucketMetricsConfiguration {
    input: DeleteBucketMetricsConfigurationRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?ownershipControls", code: 204)
operation DeleteBucketOwnershipControls {
    input: DeleteBucketOwnershipControlsRequest
}

@arn("arn:aws:s3:::{Bucket}")
@http(method: "DELETE", uri: "/{Bucket}?policy", code: 204)
operation DeleteBucketPolicy {
    input: DeleteBucketPolicyRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?replication", code: 204)
operation DeleteBucketReplication {
    input: DeleteBucketReplicationRequest
}

@action("s3:PutBucketTagging")
@arn("arn:aws:s3:::{Bucket}")
@http(method: "DELETE", uri: "/{Bucket}?tagging", code: 204)
operation DeleteBucketTagging {
    input: DeleteBucketTaggingRequest
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?website", code: 204)
operation DeleteBucketWebsite {
    input: DeleteBucketWebsiteRequest
}

@authorizeSelf
@dataPlane
@http(method: "DELETE", uri: "/{Bucket}/{Key+}", code: 204)
operation DeleteObject {
    input: DeleteObjectRequest
    output: DeleteObjectOutput
}

@planned
@http(method: "DELETE", uri: "/{Bucket}/{Key+}?annotation", code: 204)
operation DeleteObjectAnnotation {
    input: DeleteObjectAnnotationRequest
    output: DeleteObjectAnnotationOutput
    errors: [
        NoSuchBucket
        NoSuchKey
    ]
}

@authorizeSelf
@dataPlane
@http(method: "DELETE", uri: "/{Bucket}/{Key+}?tagging", code: 204)
operation DeleteObjectTagging {
    input: DeleteObjectTaggingRequest
    output: DeleteObjectTaggingOutput
}

@authorizeSelf
@dataPlane
@http(method: "POST", uri: "/{Bucket}?delete")
operation DeleteObjects {
    input: DeleteObjectsRequest
    output: DeleteObjectsOutput
}

@planned
@http(method: "DELETE", uri: "/{Bucket}?publicAccessBlock", code: 204)
operation DeletePublicAccessBlock {
    input: DeletePublicAccessBlockRequest
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?abac")
operation GetBucketAbac {
    input: GetBucketAbacRequest
    output: GetBucketAbacOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?accelerate")
operation GetBucketAccelerateConfiguration {
    input: GetBucketAccelerateConfigurationRequest
    output: GetBucketAccelerateConfigurationOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?acl")
operation GetBucketAcl {
    input: GetBucketAclRequest
    output: GetBucketAclOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?analytics")
operation GetBucketAnalyticsConfiguration {
    input: GetBucketAnalyticsConfigurationRequest
    output: GetBucketAnalyticsConfigurationOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?cors")
operation GetBucketCors {
    input: GetBucketCorsRequest
    output: GetBucketCorsOutput
}

@readonly
@action("s3:GetEncryptionConfiguration")
@arn("arn:aws:s3:::{Bucket}")
@http(method: "GET", uri: "/{Bucket}?encryption")
operation GetBucketEncryption {
    input: GetBucketEncryptionRequest
    output: GetBucketEncryptionOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?intelligent-tiering")
operation GetBucketIntelligentTieringConfiguration {
    input: GetBucketIntelligentTieringConfigurationRequest
    output: GetBucketIntelligentTieringConfigurationOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?inventory")
operation GetBucketInventoryConfiguration {
    input: GetBucketInventoryConfigurationRequest
    output: GetBucketInventoryConfigurationOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?lifecycle")
operation GetBucketLifecycle {
    input: GetBucketLifecycleRequest
    output: GetBucketLifecycleOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?lifecycle")
operation GetBucketLifecycleConfiguration {
    input: GetBucketLifecycleConfigurationRequest
    output: GetBucketLifecycleConfigurationOutput
}

@readonly
@arn("arn:aws:s3:::{Bucket}")
@s3UnwrappedXmlOutput
@http(method: "GET", uri: "/{Bucket}?location")
operation GetBucketLocation {
    input: GetBucketLocationRequest
    output: GetBucketLocationOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?logging")
operation GetBucketLogging {
    input: GetBucketLoggingRequest
    output: GetBucketLoggingOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?metadataConfiguration")
operation GetBucketMetadataConfiguration {
    input: GetBucketMetadataConfigurationRequest
    output: GetBucketMetadataConfigurationOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?metadataTable")
operation GetBucketMetadataTableConfiguration {
    input: GetBucketMetadataTableConfigurationRequest
    output: GetBucketMetadataTableConfigurationOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?metrics")
operation GetBucketMetricsConfiguration {
    input: GetBucketMetricsConfigurationRequest
    output: GetBucketMetricsConfigurationOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?notification")
operation GetBucketNotification {
    input: GetBucketNotificationConfigurationRequest
    output: NotificationConfigurationDeprecated
}

@planned
@http(method: "GET", uri: "/{Bucket}?notification")
operation GetBucketNotificationConfiguration {
    input: GetBucketNotificationConfigurationRequest
    output: NotificationConfiguration
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?ownershipControls")
operation GetBucketOwnershipControls {
    input: GetBucketOwnershipControlsRequest
    output: GetBucketOwnershipControlsOutput
}

@readonly
@arn("arn:aws:s3:::{Bucket}")
@http(method: "GET", uri: "/{Bucket}?policy")
operation GetBucketPolicy {
    input: GetBucketPolicyRequest
    output: GetBucketPolicyOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?policyStatus")
operation GetBucketPolicyStatus {
    input: GetBucketPolicyStatusRequest
    output: GetBucketPolicyStatusOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?replication")
operation GetBucketReplication {
    input: GetBucketReplicationRequest
    output: GetBucketReplicationOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?requestPayment")
operation GetBucketRequestPayment {
    input: GetBucketRequestPaymentRequest
    output: GetBucketRequestPaymentOutput
}

@readonly
@arn("arn:aws:s3:::{Bucket}")
@http(method: "GET", uri: "/{Bucket}?tagging")
operation GetBucketTagging {
    input: GetBucketTaggingRequest
    output: GetBucketTaggingOutput
}

@readonly
@arn("arn:aws:s3:::{Bucket}")
@http(method: "GET", uri: "/{Bucket}?versioning")
operation GetBucketVersioning {
    input: GetBucketVersioningRequest
    output: GetBucketVersioningOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}?website")
operation GetBucketWebsite {
    input: GetBucketWebsiteRequest
    output: GetBucketWebsiteOutput
}

@readonly
@authorizeSelf
@dataPlane
@http(method: "GET", uri: "/{Bucket}/{Key+}")
operation GetObject {
    input: GetObjectRequest
    output: GetObjectOutput
    errors: [
        NoSuchKey
        InvalidObjectState
    ]
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}/{Key+}?acl")
operation GetObjectAcl {
    input: GetObjectAclRequest
    output: GetObjectAclOutput
    errors: [
        NoSuchKey
    ]
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}/{Key+}?annotation")
operation GetObjectAnnotation {
    input: GetObjectAnnotationRequest
    output: GetObjectAnnotationOutput
    errors: [
        NoSuchBucket
        NoSuchKey
        NoSuchAnnotation
    ]
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}/{Key+}?attributes")
operation GetObjectAttributes {
    input: GetObjectAttributesRequest
    output: GetObjectAttributesOutput
    errors: [
        NoSuchKey
    ]
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}/{Key+}?legal-hold")
operation GetObjectLegalHold {
    input: GetObjectLegalHoldRequest
    output: GetObjectLegalHoldOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?object-lock")
operation GetObjectLockConfiguration {
    input: GetObjectLockConfigurationRequest
    output: GetObjectLockConfigurationOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}/{Key+}?retention")
operation GetObjectRetention {
    input: GetObjectRetentionRequest
    output: GetObjectRetentionOutput
}

@readonly
@authorizeSelf
@dataPlane
@http(method: "GET", uri: "/{Bucket}/{Key+}?tagging")
operation GetObjectTagging {
    input: GetObjectTaggingRequest
    output: GetObjectTaggingOutput
}

@planned
@readonly
@http(method: "GET", uri: "/{Bucket}/{Key+}?torrent")
operation GetObjectTorrent {
    input: GetObjectTorrentRequest
    output: GetObjectTorrentOutput
}

@planned
@http(method: "GET", uri: "/{Bucket}?publicAccessBlock")
operation GetPublicAccessBlock {
    input: GetPublicAccessBlockRequest
    output: GetPublicAccessBlockOutput
}

@readonly
@action("s3:ListBucket")
@arn("arn:aws:s3:::{Bucket}")
@dataPlane
@http(method: "HEAD", uri: "/{Bucket}")
operation HeadBucket {
    input: HeadBucketRequest
    output: HeadBucketOutput
    errors: [
        NoSuchBucket
    ]
}

@readonly
@authorizeSelf
@dataPlane
@http(method: "HEAD", uri: "/{Bucket}/{Key+}")
operation HeadObject {
    input: HeadObjectRequest
    output: HeadObjectOutput
    errors: [
        NoSuchKey
    ]
}

@planned
@paginated
@http(method: "GET", uri: "/{Bucket}?analytics")
operation ListBucketAnalyticsConfigurations {
    input: ListBucketAnalyticsConfigurationsRequest
    output: ListBucketAnalyticsConfigurationsOutput
}

@planned
@paginated
@http(method: "GET", uri: "/{Bucket}?intelligent-tiering")
operation ListBucketIntelligentTieringConfigurations {
    input: ListBucketIntelligentTieringConfigurationsRequest
    output: ListBucketIntelligentTieringConfigurationsOutput
}

@planned
@paginated
@http(method: "GET", uri: "/{Bucket}?inventory")
operation ListBucketInventoryConfigurations {
    input: ListBucketInventoryConfigurationsRequest
    output: ListBucketInventoryConfigurationsOutput
}

@planned
@paginated
@http(method: "GET", uri: "/{Bucket}?metrics")
operation ListBucketMetricsConfigurations {
    input: ListBucketMetricsConfigurationsRequest
    output: ListBucketMetricsConfigurationsOutput
}

@paginated
@readonly
@action("s3:ListAllMyBuckets")
@http(method: "GET", uri: "/")
operation ListBuckets {
    input: ListBucketsRequest
    output: ListBucketsOutput
}

@planned
@paginated
@http(method: "GET", uri: "/")
operation ListDirectoryBuckets {
    input: ListDirectoryBucketsRequest
    output: ListDirectoryBucketsOutput
}

@paginated
@readonly
@action("s3:ListBucketMultipartUploads")
@arn("arn:aws:s3:::{Bucket}")
@dataPlane
@http(method: "GET", uri: "/{Bucket}?uploads")
operation ListMultipartUploads {
    input: ListMultipartUploadsRequest
    output: ListMultipartUploadsOutput
}

@planned
@readonly
@paginated
@http(method: "GET", uri: "/{Bucket}/{Key+}?annotation")
operation ListObjectAnnotations {
    input: ListObjectAnnotationsRequest
    output: ListObjectAnnotationsOutput
    errors: [
        NoSuchBucket
        NoSuchKey
        InvalidPrefix
    ]
}

@paginated
@readonly
@action("s3:ListBucketVersions")
@arn("arn:aws:s3:::{Bucket}")
@dataPlane
@conditionKeys("s3:prefix": "Prefix", "s3:delimiter": "Delimiter", "s3:max-keys": "MaxKeys")
@http(method: "GET", uri: "/{Bucket}?versions")
operation ListObjectVersions {
    input: ListObjectVersionsRequest
    output: ListObjectVersionsOutput
}

@paginated
@readonly
@action("s3:ListBucket")
@arn("arn:aws:s3:::{Bucket}")
@dataPlane
@conditionKeys("s3:prefix": "Prefix", "s3:delimiter": "Delimiter", "s3:max-keys": "MaxKeys")
@http(method: "GET", uri: "/{Bucket}")
operation ListObjects {
    input: ListObjectsRequest
    output: ListObjectsOutput
    errors: [
        NoSuchBucket
    ]
}

@paginated
@readonly
@action("s3:ListBucket")
@arn("arn:aws:s3:::{Bucket}")
@dataPlane
@conditionKeys("s3:prefix": "Prefix", "s3:delimiter": "Delimiter", "s3:max-keys": "MaxKeys")
@http(method: "GET", uri: "/{Bucket}?list-type=2")
operation ListObjectsV2 {
    input: ListObjectsV2Request
    output: ListObjectsV2Output
    errors: [
        NoSuchBucket
    ]
}

@readonly
@paginated
@action("s3:ListMultipartUploadParts")
@arn("arn:aws:s3:::{Bucket}/{Key}")
@dataPlane
@http(method: "GET", uri: "/{Bucket}/{Key+}")
operation ListParts {
    input: ListPartsRequest
    output: ListPartsOutput
}

@planned
@http(method: "PUT", uri: "/{Bucket}?abac")
operation PutBucketAbac {
    input: PutBucketAbacRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?accelerate")
operation PutBucketAccelerateConfiguration {
    input: PutBucketAccelerateConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?acl")
operation PutBucketAcl {
    input: PutBucketAclRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?analytics")
operation PutBucketAnalyticsConfiguration {
    input: PutBucketAnalyticsConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?cors")
operation PutBucketCors {
    input: PutBucketCorsRequest
}

@action("s3:PutEncryptionConfiguration")
@arn("arn:aws:s3:::{Bucket}")
@http(method: "PUT", uri: "/{Bucket}?encryption")
operation PutBucketEncryption {
    input: PutBucketEncryptionRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?intelligent-tiering")
operation PutBucketIntelligentTieringConfiguration {
    input: PutBucketIntelligentTieringConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?inventory")
operation PutBucketInventoryConfiguration {
    input: PutBucketInventoryConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?lifecycle")
operation PutBucketLifecycle {
    input: PutBucketLifecycleRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?lifecycle")
operation PutBucketLifecycleConfiguration {
    input: PutBucketLifecycleConfigurationRequest
    output: PutBucketLifecycleConfigurationOutput
}

@planned
@http(method: "PUT", uri: "/{Bucket}?logging")
operation PutBucketLogging {
    input: PutBucketLoggingRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?metrics")
operation PutBucketMetricsConfiguration {
    input: PutBucketMetricsConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?notification")
operation PutBucketNotification {
    input: PutBucketNotificationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?notification")
operation PutBucketNotificationConfiguration {
    input: PutBucketNotificationConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?ownershipControls")
operation PutBucketOwnershipControls {
    input: PutBucketOwnershipControlsRequest
}

@arn("arn:aws:s3:::{Bucket}")
@http(method: "PUT", uri: "/{Bucket}?policy")
operation PutBucketPolicy {
    input: PutBucketPolicyRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?replication")
operation PutBucketReplication {
    input: PutBucketReplicationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?requestPayment")
operation PutBucketRequestPayment {
    input: PutBucketRequestPaymentRequest
}

@arn("arn:aws:s3:::{Bucket}")
@http(method: "PUT", uri: "/{Bucket}?tagging")
operation PutBucketTagging {
    input: PutBucketTaggingRequest
}

@arn("arn:aws:s3:::{Bucket}")
@http(method: "PUT", uri: "/{Bucket}?versioning")
operation PutBucketVersioning {
    input: PutBucketVersioningRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?website")
operation PutBucketWebsite {
    input: PutBucketWebsiteRequest
}

@arn("arn:aws:s3:::{Bucket}/{Key}")
@dataPlane
@prepare
@conditionKeys("s3:x-amz-acl": "ACL", "s3:x-amz-storage-class": "StorageClass", "s3:x-amz-server-side-encryption": "ServerSideEncryption", "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId")
@http(method: "PUT", uri: "/{Bucket}/{Key+}")
operation PutObject {
    input: PutObjectRequest
    output: PutObjectOutput
    errors: [
        InvalidRequest
        InvalidWriteOffset
        TooManyParts
        EncryptionTypeMismatch
    ]
}

@planned
@http(method: "PUT", uri: "/{Bucket}/{Key+}?acl")
operation PutObjectAcl {
    input: PutObjectAclRequest
    output: PutObjectAclOutput
    errors: [
        NoSuchKey
    ]
}

@planned
@http(method: "PUT", uri: "/{Bucket}/{Key+}?annotation")
operation PutObjectAnnotation {
    input: PutObjectAnnotationRequest
    output: PutObjectAnnotationOutput
    errors: [
        NoSuchBucket
        NoSuchKey
        InvalidRequest
        AnnotationNameTooLong
        AnnotationLimitExceeded
        InvalidAnnotationName
        UnsupportedMediaType
    ]
}

@planned
@http(method: "PUT", uri: "/{Bucket}/{Key+}?legal-hold")
operation PutObjectLegalHold {
    input: PutObjectLegalHoldRequest
    output: PutObjectLegalHoldOutput
}

@planned
@http(method: "PUT", uri: "/{Bucket}?object-lock")
operation PutObjectLockConfiguration {
    input: PutObjectLockConfigurationRequest
    output: PutObjectLockConfigurationOutput
}

@planned
@http(method: "PUT", uri: "/{Bucket}/{Key+}?retention")
operation PutObjectRetention {
    input: PutObjectRetentionRequest
    output: PutObjectRetentionOutput
}

@authorizeSelf
@dataPlane
@http(method: "PUT", uri: "/{Bucket}/{Key+}?tagging")
operation PutObjectTagging {
    input: PutObjectTaggingRequest
    output: PutObjectTaggingOutput
}

@planned
@http(method: "PUT", uri: "/{Bucket}?publicAccessBlock")
operation PutPublicAccessBlock {
    input: PutPublicAccessBlockRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}/{Key+}?renameObject")
operation RenameObject {
    input: RenameObjectRequest
    output: RenameObjectOutput
    errors: [
        IdempotencyParameterMismatch
    ]
}

@planned
@http(method: "POST", uri: "/{Bucket}/{Key+}?restore")
operation RestoreObject {
    input: RestoreObjectRequest
    output: RestoreObjectOutput
    errors: [
        ObjectAlreadyInActiveTierError
    ]
}

@planned
@http(method: "POST", uri: "/{Bucket}/{Key+}?select&select-type=2")
operation SelectObjectContent {
    input: SelectObjectContentRequest
    output: SelectObjectContentOutput
}

@planned
@http(method: "PUT", uri: "/{Bucket}?metadataAnnotationTable")
operation UpdateBucketMetadataAnnotationTableConfiguration {
    input: UpdateBucketMetadataAnnotationTableConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?metadataInventoryTable")
operation UpdateBucketMetadataInventoryTableConfiguration {
    input: UpdateBucketMetadataInventoryTableConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}?metadataJournalTable")
operation UpdateBucketMetadataJournalTableConfiguration {
    input: UpdateBucketMetadataJournalTableConfigurationRequest
}

@planned
@http(method: "PUT", uri: "/{Bucket}/{Key+}?encryption")
operation UpdateObjectEncryption {
    input: UpdateObjectEncryptionRequest
    output: UpdateObjectEncryptionResponse
    errors: [
        NoSuchKey
        InvalidRequest
        AccessDenied
    ]
}

@action("s3:PutObject")
@arn("arn:aws:s3:::{Bucket}/{Key}")
@dataPlane
@prepare
@http(method: "PUT", uri: "/{Bucket}/{Key+}")
operation UploadPart {
    input: UploadPartRequest
    output: UploadPartOutput
}

@authorizeSelf
@dataPlane
@prepare
@http(method: "PUT", uri: "/{Bucket}/{Key+}")
operation UploadPartCopy {
    input: UploadPartCopyRequest
    output: UploadPartCopyOutput
}

@planned
@http(method: "POST", uri: "/WriteGetObjectResponse")
operation WriteGetObjectResponse {
    input: WriteGetObjectResponseRequest
}

structure AbacStatus {
    Status: BucketAbacStatus
}

structure AbortIncompleteMultipartUpload {
    DaysAfterInitiation: Integer
}

structure AbortMultipartUploadOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure AbortMultipartUploadRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @required
    @httpQuery("uploadId")
    UploadId: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-if-match-initiated-time")
    IfMatchInitiatedTime: IfMatchInitiatedTime
}

structure AccelerateConfiguration {
    Status: BucketAccelerateStatus
}

structure AccessControlPolicy {
    @xmlName("AccessControlList")
    Grants: Grants
    Owner: Owner
}

structure AccessControlTranslation {
    @required
    Owner: OwnerOverride
}

@error("client")
@httpError(403)
structure AccessDenied {}

list AllowedHeaders {
    member: String
}

list AllowedMethods {
    member: String
}

list AllowedOrigins {
    member: String
}

structure AnalyticsAndOperator {
    Prefix: String
    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet
}

structure AnalyticsConfiguration {
    @required
    Id: String
    Filter: AnalyticsFilter
    @required
    StorageClassAnalysis: StorageClassAnalysis
}

list AnalyticsConfigurationList {
    member: AnalyticsConfiguration
}

structure AnalyticsExportDestination {
    @required
    S3BucketDestination: AnalyticsS3BucketDestination
}

structure AnalyticsFilter {
    Prefix: String
    Tag: Tag
    And: AnalyticsAndOperator
}

structure AnalyticsS3BucketDestination {
    @required
    Format: AnalyticsS3ExportFileFormat
    BucketAccountId: String
    @required
    Bucket: String
    Prefix: String
}

enum AnalyticsS3ExportFileFormat {
    CSV
}

enum AnnotationConfigurationState {
    ENABLED
    DISABLED
}

enum AnnotationDirective {
    COPY
    EXCLUDE
}

structure AnnotationEntry {
    @required
    AnnotationName: String
    @required
    LastModified: Timestamp
    ETag: String
    @xmlFlattened
    ChecksumAlgorithm: ChecksumAlgorithmList
    @required
    Size: Long
    ReplicationStatus: ReplicationStatus
}

@error("client")
structure AnnotationLimitExceeded {}

list AnnotationList {
    @xmlName("AnnotationEntry")
    member: AnnotationEntry
}

@error("client")
structure AnnotationNameTooLong {}

structure AnnotationTableConfiguration {
    @required
    ConfigurationState: AnnotationConfigurationState
    EncryptionConfiguration: MetadataTableEncryptionConfiguration
    Role: String
}

structure AnnotationTableConfigurationResult {
    @required
    ConfigurationState: AnnotationConfigurationState
    TableStatus: String
    Error: ErrorDetails
    TableName: String
    TableArn: String
    Role: String
}

structure AnnotationTableConfigurationUpdates {
    @required
    ConfigurationState: AnnotationConfigurationState
    EncryptionConfiguration: MetadataTableEncryptionConfiguration
    Role: String
}

enum ArchiveStatus {
    ARCHIVE_ACCESS
    DEEP_ARCHIVE_ACCESS
}

structure BlockedEncryptionTypes {
    @xmlFlattened
    EncryptionType: EncryptionTypeList
}

structure Bucket {
    Name: String
    CreationDate: Timestamp
    BucketRegion: String
    BucketArn: S3RegionalOrS3ExpressBucketArnString
}

enum BucketAbacStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

enum BucketAccelerateStatus {
    ENABLED = "Enabled"
    SUSPENDED = "Suspended"
}

@error("client")
@httpError(409)
structure BucketAlreadyExists {}

@error("client")
@httpError(409)
structure BucketAlreadyOwnedByYou {}

enum BucketCannedACL {
    PRIVATE = "private"
    PUBLIC_READ = "public-read"
    PUBLIC_READ_WRITE = "public-read-write"
    AUTHENTICATED_READ = "authenticated-read"
}

structure BucketInfo {
    DataRedundancy: DataRedundancy
    Type: BucketType
}

structure BucketLifecycleConfiguration {
    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: LifecycleRules
}

structure BucketLoggingStatus {
    LoggingEnabled: LoggingEnabled
}

enum BucketLogsPermission {
    FULL_CONTROL
    READ
    WRITE
}

enum BucketNamespace {
    ACCOUNT_REGIONAL = "account-regional"
    GLOBAL = "global"
}

enum BucketType {
    DIRECTORY = "Directory"
}

enum BucketVersioningStatus {
    ENABLED = "Enabled"
    SUSPENDED = "Suspended"
}

list Buckets {
    @xmlName("Bucket")
    member: Bucket
}

structure CORSConfiguration {
    @required
    @xmlFlattened
    @xmlName("CORSRule")
    CORSRules: CORSRules
}

structure CORSRule {
    ID: String
    @xmlFlattened
    @xmlName("AllowedHeader")
    AllowedHeaders: AllowedHeaders
    @required
    @xmlFlattened
    @xmlName("AllowedMethod")
    AllowedMethods: AllowedMethods
    @required
    @xmlFlattened
    @xmlName("AllowedOrigin")
    AllowedOrigins: AllowedOrigins
    @xmlFlattened
    @xmlName("ExposeHeader")
    ExposeHeaders: ExposeHeaders
    MaxAgeSeconds: Integer
}

list CORSRules {
    member: CORSRule
}

structure CSVInput {
    FileHeaderInfo: FileHeaderInfo
    Comments: String
    QuoteEscapeCharacter: String
    RecordDelimiter: String
    FieldDelimiter: String
    QuoteCharacter: String
    AllowQuotedRecordDelimiter: Boolean
}

structure CSVOutput {
    QuoteFields: QuoteFields
    QuoteEscapeCharacter: String
    RecordDelimiter: String
    FieldDelimiter: String
    QuoteCharacter: String
}

structure Checksum {
    ChecksumCRC32: String
    ChecksumCRC32C: String
    ChecksumCRC64NVME: String
    ChecksumSHA1: String
    ChecksumSHA256: String
    ChecksumSHA512: String
    ChecksumMD5: String
    ChecksumXXHASH64: String
    ChecksumXXHASH3: String
    ChecksumXXHASH128: String
    ChecksumType: ChecksumType
}

enum ChecksumAlgorithm {
    CRC32
    CRC32_C = "CRC32C"
    SHA1
    SHA256
    CRC64_NVME = "CRC64NVME"
    SHA512
    MD5
    XXHASH64
    XXHASH3
    XXHASH128
}

list ChecksumAlgorithmList {
    member: ChecksumAlgorithm
}

enum ChecksumMode {
    ENABLED
}

enum ChecksumType {
    COMPOSITE
    FULL_OBJECT
}

structure CloudFunctionConfiguration {
    Id: String
    Event: Event
    @xmlFlattened
    @xmlName("Event")
    Events: EventList
    CloudFunction: String
    InvocationRole: String
}

structure CommonPrefix {
    Prefix: String
}

list CommonPrefixList {
    member: CommonPrefix
}

@xmlName("CompleteMultipartUploadResult")
structure CompleteMultipartUploadOutput {
    Location: String
    Bucket: String
    Key: ObjectKey
    @httpHeader("x-amz-expiration")
    Expiration: String
    ETag: String
    ChecksumCRC32: String
    ChecksumCRC32C: String
    ChecksumCRC64NVME: String
    ChecksumSHA1: String
    ChecksumSHA256: String
    ChecksumSHA512: String
    ChecksumMD5: String
    ChecksumXXHASH64: String
    ChecksumXXHASH3: String
    ChecksumXXHASH128: String
    ChecksumType: ChecksumType
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-version-id")
    VersionId: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure CompleteMultipartUploadRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    @xmlName("CompleteMultipartUpload")
    MultipartUpload: CompletedMultipartUpload
    @required
    @httpQuery("uploadId")
    UploadId: String
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
    @httpHeader("x-amz-mp-object-size")
    MpuObjectSize: Long
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("If-Match")
    IfMatch: String
    @httpHeader("If-None-Match")
    IfNoneMatch: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
}

structure CompletedMultipartUpload {
    @xmlFlattened
    @xmlName("Part")
    Parts: CompletedPartList
}

structure CompletedPart {
    ETag: String
    ChecksumCRC32: String
    ChecksumCRC32C: String
    ChecksumCRC64NVME: String
    ChecksumSHA1: String
    ChecksumSHA256: String
    ChecksumSHA512: String
    ChecksumMD5: String
    ChecksumXXHASH64: String
    ChecksumXXHASH3: String
    ChecksumXXHASH128: String
    PartNumber: Integer
}

list CompletedPartList {
    member: CompletedPart
}

enum CompressionType {
    NONE
    GZIP
    BZIP2
}

structure Condition {
    HttpErrorCodeReturnedEquals: String
    KeyPrefixEquals: String
}

structure ContinuationEvent {}

structure CopyObjectOutput {
    @httpPayload
    CopyObjectResult: CopyObjectResult
    @httpHeader("x-amz-expiration")
    Expiration: String
    @httpHeader("x-amz-copy-source-version-id")
    CopySourceVersionId: String
    @httpHeader("x-amz-version-id")
    VersionId: String
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure CopyObjectRequest {
    @httpHeader("x-amz-acl")
    ACL: ObjectCannedACL
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Cache-Control")
    CacheControl: String
    @httpHeader("x-amz-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("Content-Disposition")
    ContentDisposition: String
    @httpHeader("Content-Encoding")
    ContentEncoding: String
    @httpHeader("Content-Language")
    ContentLanguage: String
    @httpHeader("Content-Type")
    ContentType: String
    @required
    @httpHeader("x-amz-copy-source")
    CopySource: CopySource
    @httpHeader("x-amz-copy-source-if-match")
    CopySourceIfMatch: String
    @httpHeader("x-amz-copy-source-if-modified-since")
    CopySourceIfModifiedSince: Timestamp
    @httpHeader("x-amz-copy-source-if-none-match")
    CopySourceIfNoneMatch: String
    @httpHeader("x-amz-copy-source-if-unmodified-since")
    CopySourceIfUnmodifiedSince: Timestamp
    @httpHeader("Expires")
    Expires: String
    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: String
    @httpHeader("x-amz-grant-read")
    GrantRead: String
    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: String
    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: String
    @httpHeader("If-Match")
    IfMatch: String
    @httpHeader("If-None-Match")
    IfNoneMatch: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata
    @httpHeader("x-amz-metadata-directive")
    MetadataDirective: MetadataDirective
    @httpHeader("x-amz-tagging-directive")
    TaggingDirective: TaggingDirective
    @httpHeader("x-amz-object-annotation-directive")
    AnnotationDirective: AnnotationDirective
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass
    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-copy-source-server-side-encryption-customer-algorithm")
    CopySourceSSECustomerAlgorithm: String
    @httpHeader("x-amz-copy-source-server-side-encryption-customer-key")
    CopySourceSSECustomerKey: CopySourceSSECustomerKey
    @httpHeader("x-amz-copy-source-server-side-encryption-customer-key-MD5")
    CopySourceSSECustomerKeyMD5: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-tagging")
    Tagging: String
    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode
    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate
    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-source-expected-bucket-owner")
    ExpectedSourceBucketOwner: String
}

structure CopyObjectResult {
    ETag: String
    LastModified: Timestamp
    ChecksumType: ChecksumType
    ChecksumCRC32: String
    ChecksumCRC32C: String
    ChecksumCRC64NVME: String
    ChecksumSHA1: String
    ChecksumSHA256: String
    ChecksumSHA512: String
    ChecksumMD5: String
    ChecksumXXHASH64: String
    ChecksumXXHASH3: String
    ChecksumXXHASH128: String
}

structure CopyPartResult {
    ETag: String
    LastModified: Timestamp
    ChecksumCRC32: String
    ChecksumCRC32C: String
    ChecksumCRC64NVME: String
    ChecksumSHA1: String
    ChecksumSHA256: String
    ChecksumSHA512: String
    ChecksumMD5: String
    ChecksumXXHASH64: String
    ChecksumXXHASH3: String
    ChecksumXXHASH128: String
}

@pattern("\\/?.+\\/.+")
string CopySource

@sensitive
string CopySourceSSECustomerKey

structure CreateBucketConfiguration {
    LocationConstraint: String
    Location: LocationInfo
    Bucket: BucketInfo
    Tags: TagSet
}

structure CreateBucketMetadataConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    MetadataConfiguration: MetadataConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure CreateBucketMetadataTableConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    MetadataTableConfiguration: MetadataTableConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure CreateBucketOutput {
    @httpHeader("Location")
    Location: String
    @httpHeader("x-amz-bucket-arn")
    BucketArn: S3RegionalOrS3ExpressBucketArnString
}

structure CreateBucketRequest {
    @httpHeader("x-amz-acl")
    ACL: BucketCannedACL
    @required
    @httpLabel
    Bucket: String
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    CreateBucketConfiguration: CreateBucketConfiguration
    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: String
    @httpHeader("x-amz-grant-read")
    GrantRead: String
    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: String
    @httpHeader("x-amz-grant-write")
    GrantWrite: String
    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: String
    @httpHeader("x-amz-bucket-object-lock-enabled")
    ObjectLockEnabledForBucket: Boolean
    @httpHeader("x-amz-object-ownership")
    ObjectOwnership: ObjectOwnership
    @httpHeader("x-amz-bucket-namespace")
    BucketNamespace: BucketNamespace
}

@xmlName("InitiateMultipartUploadResult")
structure CreateMultipartUploadOutput {
    @httpHeader("x-amz-abort-date")
    AbortDate: Timestamp
    @httpHeader("x-amz-abort-rule-id")
    AbortRuleId: String
    Bucket: String
    Key: ObjectKey
    UploadId: String
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
    @httpHeader("x-amz-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
}

structure CreateMultipartUploadRequest {
    @httpHeader("x-amz-acl")
    ACL: ObjectCannedACL
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Cache-Control")
    CacheControl: String
    @httpHeader("Content-Disposition")
    ContentDisposition: String
    @httpHeader("Content-Encoding")
    ContentEncoding: String
    @httpHeader("Content-Language")
    ContentLanguage: String
    @httpHeader("Content-Type")
    ContentType: String
    @httpHeader("Expires")
    Expires: String
    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: String
    @httpHeader("x-amz-grant-read")
    GrantRead: String
    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: String
    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass
    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-tagging")
    Tagging: String
    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode
    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate
    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
}

structure CreateSessionOutput {
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @required
    Credentials: SessionCredentials
}

structure CreateSessionRequest {
    @httpHeader("x-amz-create-session-mode")
    SessionMode: SessionMode
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
}

enum DataRedundancy {
    SINGLE_AVAILABILITY_ZONE = "SingleAvailabilityZone"
    SINGLE_LOCAL_ZONE = "SingleLocalZone"
}

@timestampFormat("date-time")
timestamp Date

structure DefaultRetention {
    Mode: ObjectLockRetentionMode
    Days: Integer
    Years: Integer
}

structure Delete {
    @required
    @xmlFlattened
    @xmlName("Object")
    Objects: ObjectIdentifierList
    Quiet: Boolean
}

structure DeleteBucketAnalyticsConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketCorsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketEncryptionRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketIntelligentTieringConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketInventoryConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketLifecycleRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketMetadataConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketMetadataTableConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketMetricsConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketOwnershipControlsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketPolicyRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketReplicationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketTaggingRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteBucketWebsiteRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeleteMarkerEntry {
    Owner: Owner
    Key: ObjectKey
    VersionId: String
    IsLatest: Boolean
    LastModified: Timestamp
}

structure DeleteMarkerReplication {
    Status: DeleteMarkerReplicationStatus
}

enum DeleteMarkerReplicationStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

list DeleteMarkers {
    member: DeleteMarkerEntry
}

structure DeleteObjectAnnotationOutput {
    @httpHeader("x-amz-object-version-id")
    ObjectVersionId: String
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure DeleteObjectAnnotationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @required
    @httpQuery("annotationName")
    AnnotationName: String
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-object-if-match")
    ObjectIfMatch: String
}

structure DeleteObjectOutput {
    @httpHeader("x-amz-delete-marker")
    DeleteMarker: Boolean
    @httpHeader("x-amz-version-id")
    VersionId: String
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure DeleteObjectRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpHeader("x-amz-mfa")
    MFA: String
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-bypass-governance-retention")
    BypassGovernanceRetention: Boolean
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("If-Match")
    IfMatch: String
    @httpHeader("x-amz-if-match-last-modified-time")
    IfMatchLastModifiedTime: IfMatchLastModifiedTime
    @httpHeader("x-amz-if-match-size")
    IfMatchSize: Long
}

structure DeleteObjectTaggingOutput {
    @httpHeader("x-amz-version-id")
    VersionId: String
}

structure DeleteObjectTaggingRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

@xmlName("DeleteResult")
structure DeleteObjectsOutput {
    @xmlFlattened
    Deleted: DeletedObjects
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
    @xmlFlattened
    @xmlName("Error")
    Errors: Errors
}

structure DeleteObjectsRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    Delete: Delete
    @httpHeader("x-amz-mfa")
    MFA: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-bypass-governance-retention")
    BypassGovernanceRetention: Boolean
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
}

structure DeletePublicAccessBlockRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure DeletedObject {
    Key: ObjectKey
    VersionId: String
    DeleteMarker: Boolean
    DeleteMarkerVersionId: String
}

list DeletedObjects {
    member: DeletedObject
}

structure Destination {
    @required
    Bucket: String
    Account: String
    StorageClass: StorageClass
    AccessControlTranslation: AccessControlTranslation
    EncryptionConfiguration: EncryptionConfiguration
    ReplicationTime: ReplicationTime
    Metrics: Metrics
}

structure DestinationResult {
    TableBucketType: S3TablesBucketType
    TableBucketArn: String
    TableNamespace: String
}

@length(min: 0, max: 1024)
string DirectoryBucketToken

enum EncodingType {
    URL = "url"
}

structure Encryption {
    @required
    EncryptionType: ServerSideEncryption
    KMSKeyId: SSEKMSKeyId
    KMSContext: String
}

structure EncryptionConfiguration {
    ReplicaKmsKeyID: String
}

enum EncryptionType {
    NONE
    SSE_C = "SSE-C"
}

list EncryptionTypeList {
    @xmlName("EncryptionType")
    member: EncryptionType
}

@error("client")
structure EncryptionTypeMismatch {}

structure EndEvent {}

structure Error {
    Key: ObjectKey
    VersionId: String
    Code: String
    Message: String
}

structure ErrorDetails {
    ErrorCode: String
    ErrorMessage: String
}

structure ErrorDocument {
    @required
    Key: ObjectKey
}

list Errors {
    member: Error
}

enum Event {
    S3_REDUCED_REDUNDANCY_LOST_OBJECT = "s3:ReducedRedundancyLostObject"
    S3_OBJECT_CREATED = "s3:ObjectCreated:*"
    S3_OBJECT_CREATED_PUT = "s3:ObjectCreated:Put"
    S3_OBJECT_CREATED_POST = "s3:ObjectCreated:Post"
    S3_OBJECT_CREATED_COPY = "s3:ObjectCreated:Copy"
    S3_OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD = "s3:ObjectCreated:CompleteMultipartUpload"
    S3_OBJECT_REMOVED = "s3:ObjectRemoved:*"
    S3_OBJECT_REMOVED_DELETE = "s3:ObjectRemoved:Delete"
    S3_OBJECT_REMOVED_DELETE_MARKER_CREATED = "s3:ObjectRemoved:DeleteMarkerCreated"
    S3_OBJECT_RESTORE = "s3:ObjectRestore:*"
    S3_OBJECT_RESTORE_POST = "s3:ObjectRestore:Post"
    S3_OBJECT_RESTORE_COMPLETED = "s3:ObjectRestore:Completed"
    S3_REPLICATION = "s3:Replication:*"
    S3_REPLICATION_OPERATION_FAILED_REPLICATION = "s3:Replication:OperationFailedReplication"
    S3_REPLICATION_OPERATION_NOT_TRACKED = "s3:Replication:OperationNotTracked"
    S3_REPLICATION_OPERATION_MISSED_THRESHOLD = "s3:Replication:OperationMissedThreshold"
    S3_REPLICATION_OPERATION_REPLICATED_AFTER_THRESHOLD = "s3:Replication:OperationReplicatedAfterThreshold"
    S3_OBJECT_RESTORE_DELETE = "s3:ObjectRestore:Delete"
    S3_LIFECYCLE_TRANSITION = "s3:LifecycleTransition"
    S3_INTELLIGENT_TIERING = "s3:IntelligentTiering"
    S3_OBJECT_ACL_PUT = "s3:ObjectAcl:Put"
    S3_LIFECYCLE_EXPIRATION = "s3:LifecycleExpiration:*"
    S3_LIFECYCLE_EXPIRATION_DELETE = "s3:LifecycleExpiration:Delete"
    S3_LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED = "s3:LifecycleExpiration:DeleteMarkerCreated"
    S3_OBJECT_TAGGING = "s3:ObjectTagging:*"
    S3_OBJECT_TAGGING_PUT = "s3:ObjectTagging:Put"
    S3_OBJECT_TAGGING_DELETE = "s3:ObjectTagging:Delete"
    S3_OBJECT_ANNOTATION = "s3:ObjectAnnotation:*"
    S3_OBJECT_ANNOTATION_PUT = "s3:ObjectAnnotation:Put"
    S3_OBJECT_ANNOTATION_DELETE = "s3:ObjectAnnotation:Delete"
}

structure EventBridgeConfiguration {}

list EventList {
    member: Event
}

structure ExistingObjectReplication {
    @required
    Status: ExistingObjectReplicationStatus
}

enum ExistingObjectReplicationStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

enum ExpirationState {
    ENABLED
    DISABLED
}

enum ExpirationStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

list ExposeHeaders {
    member: String
}

enum ExpressionType {
    SQL
}

enum FileHeaderInfo {
    USE
    IGNORE
    NONE
}

structure FilterRule {
    Name: FilterRuleName
    Value: String
}

list FilterRuleList {
    member: FilterRule
}

enum FilterRuleName {
    PREFIX = "prefix"
    SUFFIX = "suffix"
}

structure GetBucketAbacOutput {
    @httpPayload
    AbacStatus: AbacStatus
}

structure GetBucketAbacRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketAccelerateConfigurationOutput {
    Status: BucketAccelerateStatus
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure GetBucketAccelerateConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
}

structure GetBucketAclOutput {
    Owner: Owner
    @xmlName("AccessControlList")
    Grants: Grants
}

structure GetBucketAclRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketAnalyticsConfigurationOutput {
    @httpPayload
    AnalyticsConfiguration: AnalyticsConfiguration
}

structure GetBucketAnalyticsConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketCorsOutput {
    @xmlFlattened
    @xmlName("CORSRule")
    CORSRules: CORSRules
}

structure GetBucketCorsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketEncryptionOutput {
    @httpPayload
    ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration
}

structure GetBucketEncryptionRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketIntelligentTieringConfigurationOutput {
    @httpPayload
    IntelligentTieringConfiguration: IntelligentTieringConfiguration
}

structure GetBucketIntelligentTieringConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketInventoryConfigurationOutput {
    @httpPayload
    InventoryConfiguration: InventoryConfiguration
}

structure GetBucketInventoryConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketLifecycleConfigurationOutput {
    @xmlFlattened
    @xmlName("Rule")
    Rules: LifecycleRules
    @httpHeader("x-amz-transition-default-minimum-object-size")
    TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize
}

structure GetBucketLifecycleConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketLifecycleOutput {
    @xmlFlattened
    @xmlName("Rule")
    Rules: Rules
}

structure GetBucketLifecycleRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketLocationOutput {
    LocationConstraint: String
}

structure GetBucketLocationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketLoggingOutput {
    LoggingEnabled: LoggingEnabled
}

structure GetBucketLoggingRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketMetadataConfigurationOutput {
    @httpPayload
    GetBucketMetadataConfigurationResult: GetBucketMetadataConfigurationResult
}

structure GetBucketMetadataConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketMetadataConfigurationResult {
    @required
    MetadataConfigurationResult: MetadataConfigurationResult
}

structure GetBucketMetadataTableConfigurationOutput {
    @httpPayload
    GetBucketMetadataTableConfigurationResult: GetBucketMetadataTableConfigurationResult
}

structure GetBucketMetadataTableConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketMetadataTableConfigurationResult {
    @required
    MetadataTableConfigurationResult: MetadataTableConfigurationResult
    @required
    Status: String
    Error: ErrorDetails
}

structure GetBucketMetricsConfigurationOutput {
    @httpPayload
    MetricsConfiguration: MetricsConfiguration
}

structure GetBucketMetricsConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketNotificationConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketOwnershipControlsOutput {
    @httpPayload
    OwnershipControls: OwnershipControls
}

structure GetBucketOwnershipControlsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketPolicyOutput {
    @httpPayload
    Policy: String
}

structure GetBucketPolicyRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketPolicyStatusOutput {
    @httpPayload
    PolicyStatus: PolicyStatus
}

structure GetBucketPolicyStatusRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketReplicationOutput {
    @httpPayload
    ReplicationConfiguration: ReplicationConfiguration
}

structure GetBucketReplicationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketRequestPaymentOutput {
    Payer: Payer
}

structure GetBucketRequestPaymentRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

@xmlName("Tagging")
structure GetBucketTaggingOutput {
    @required
    TagSet: TagSet
}

structure GetBucketTaggingRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

@xmlName("VersioningConfiguration")
structure GetBucketVersioningOutput {
    Status: BucketVersioningStatus
    @xmlName("MfaDelete")
    MFADelete: MFADeleteStatus
}

structure GetBucketVersioningRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetBucketWebsiteOutput {
    RedirectAllRequestsTo: RedirectAllRequestsTo
    IndexDocument: IndexDocument
    ErrorDocument: ErrorDocument
    RoutingRules: RoutingRules
}

structure GetBucketWebsiteRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetObjectAclOutput {
    Owner: Owner
    @xmlName("AccessControlList")
    Grants: Grants
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure GetObjectAclRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetObjectAnnotationOutput {
    @httpPayload
    AnnotationPayload: StreamingBlob
    @httpHeader("x-amz-object-version-id")
    ObjectVersionId: String
    @httpHeader("Last-Modified")
    LastModified: Timestamp
    @httpHeader("Content-Length")
    ContentLength: Long
    @httpHeader("ETag")
    ETag: String
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
    @httpHeader("x-amz-replication-status")
    ReplicationStatus: ReplicationStatus
}

structure GetObjectAnnotationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @required
    @httpQuery("annotationName")
    AnnotationName: String
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-checksum-mode")
    ChecksumMode: ChecksumMode
}

structure GetObjectAttributesOutput {
    @httpHeader("x-amz-delete-marker")
    DeleteMarker: Boolean
    @httpHeader("Last-Modified")
    LastModified: Timestamp
    @httpHeader("x-amz-version-id")
    VersionId: String
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
    ETag: String
    Checksum: Checksum
    ObjectParts: GetObjectAttributesParts
    StorageClass: StorageClass
    ObjectSize: Long
}

structure GetObjectAttributesParts {
    @xmlName("PartsCount")
    TotalPartsCount: Integer
    PartNumberMarker: Integer
    NextPartNumberMarker: Integer
    MaxParts: Integer
    IsTruncated: Boolean
    @xmlFlattened
    @xmlName("Part")
    Parts: PartsList
}

structure GetObjectAttributesRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-max-parts")
    MaxParts: Integer
    @httpHeader("x-amz-part-number-marker")
    PartNumberMarker: Integer
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @required
    @httpHeader("x-amz-object-attributes")
    ObjectAttributes: ObjectAttributesList
}

structure GetObjectLegalHoldOutput {
    @httpPayload
    LegalHold: ObjectLockLegalHold
}

structure GetObjectLegalHoldRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetObjectLockConfigurationOutput {
    @httpPayload
    ObjectLockConfiguration: ObjectLockConfiguration
}

structure GetObjectLockConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetObjectOutput {
    @httpPayload
    Body: StreamingBlob
    @httpHeader("x-amz-delete-marker")
    DeleteMarker: Boolean
    @httpHeader("accept-ranges")
    AcceptRanges: String
    @httpHeader("x-amz-expiration")
    Expiration: String
    @httpHeader("x-amz-restore")
    Restore: String
    @httpHeader("Last-Modified")
    LastModified: Timestamp
    @httpHeader("Content-Length")
    ContentLength: Long
    @httpHeader("ETag")
    ETag: String
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
    @httpHeader("x-amz-missing-meta")
    MissingMeta: Integer
    @httpHeader("x-amz-version-id")
    VersionId: String
    @httpHeader("Cache-Control")
    CacheControl: String
    @httpHeader("Content-Disposition")
    ContentDisposition: String
    @httpHeader("Content-Encoding")
    ContentEncoding: String
    @httpHeader("Content-Language")
    ContentLanguage: String
    @httpHeader("Content-Range")
    ContentRange: String
    @httpHeader("Content-Type")
    ContentType: String
    @httpHeader("Expires")
    Expires: String
    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: String
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
    @httpHeader("x-amz-replication-status")
    ReplicationStatus: ReplicationStatus
    @httpHeader("x-amz-mp-parts-count")
    PartsCount: Integer
    @httpHeader("x-amz-tagging-count")
    TagCount: Integer
    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode
    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate
    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus
}

structure GetObjectRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("If-Match")
    IfMatch: String
    @httpHeader("If-Modified-Since")
    IfModifiedSince: Timestamp
    @httpHeader("If-None-Match")
    IfNoneMatch: String
    @httpHeader("If-Unmodified-Since")
    IfUnmodifiedSince: Timestamp
    @required
    @httpLabel
    Key: ObjectKey
    @httpHeader("Range")
    Range: String
    @httpQuery("response-cache-control")
    ResponseCacheControl: String
    @httpQuery("response-content-disposition")
    ResponseContentDisposition: String
    @httpQuery("response-content-encoding")
    ResponseContentEncoding: String
    @httpQuery("response-content-language")
    ResponseContentLanguage: String
    @httpQuery("response-content-type")
    ResponseContentType: String
    @httpQuery("response-expires")
    ResponseExpires: ResponseExpires
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpQuery("partNumber")
    PartNumber: Integer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-checksum-mode")
    ChecksumMode: ChecksumMode
}

structure GetObjectRetentionOutput {
    @httpPayload
    Retention: ObjectLockRetention
}

structure GetObjectRetentionRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetObjectTaggingOutput {
    @httpHeader("x-amz-version-id")
    VersionId: String
    @required
    TagSet: TagSet
}

structure GetObjectTaggingRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
}

structure GetObjectTorrentOutput {
    @httpPayload
    Body: StreamingBlob
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure GetObjectTorrentRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GetPublicAccessBlockOutput {
    @httpPayload
    PublicAccessBlockConfiguration: PublicAccessBlockConfiguration
}

structure GetPublicAccessBlockRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure GlacierJobParameters {
    @required
    Tier: Tier
}

structure Grant {
    Grantee: Grantee
    Permission: Permission
}

@xmlNamespace(uri: "http://www.w3.org/2001/XMLSchema-instance", prefix: "xsi")
structure Grantee {
    DisplayName: String
    EmailAddress: String
    ID: String
    @required
    @xmlAttribute
    @xmlName("xsi:type")
    Type: Type
    URI: String
}

list Grants {
    @xmlName("Grant")
    member: Grant
}

structure HeadBucketOutput {
    @httpHeader("x-amz-bucket-arn")
    BucketArn: S3RegionalOrS3ExpressBucketArnString
    @httpHeader("x-amz-bucket-location-type")
    BucketLocationType: LocationType
    @httpHeader("x-amz-bucket-location-name")
    BucketLocationName: String
    @httpHeader("x-amz-bucket-region")
    BucketRegion: Region
    @httpHeader("x-amz-access-point-alias")
    AccessPointAlias: Boolean
}

structure HeadBucketRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure HeadObjectOutput {
    @httpHeader("x-amz-delete-marker")
    DeleteMarker: Boolean
    @httpHeader("accept-ranges")
    AcceptRanges: String
    @httpHeader("x-amz-expiration")
    Expiration: String
    @httpHeader("x-amz-restore")
    Restore: String
    @httpHeader("x-amz-archive-status")
    ArchiveStatus: ArchiveStatus
    @httpHeader("Last-Modified")
    LastModified: Timestamp
    @httpHeader("Content-Length")
    ContentLength: Long
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
    @httpHeader("ETag")
    ETag: String
    @httpHeader("x-amz-missing-meta")
    MissingMeta: Integer
    @httpHeader("x-amz-version-id")
    VersionId: String
    @httpHeader("Cache-Control")
    CacheControl: String
    @httpHeader("Content-Disposition")
    ContentDisposition: String
    @httpHeader("Content-Encoding")
    ContentEncoding: String
    @httpHeader("Content-Language")
    ContentLanguage: String
    @httpHeader("Content-Type")
    ContentType: String
    @httpHeader("Content-Range")
    ContentRange: String
    @httpHeader("Expires")
    Expires: String
    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: String
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
    @httpHeader("x-amz-replication-status")
    ReplicationStatus: ReplicationStatus
    @httpHeader("x-amz-mp-parts-count")
    PartsCount: Integer
    @httpHeader("x-amz-tagging-count")
    TagCount: Integer
    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode
    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate
    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus
}

structure HeadObjectRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("If-Match")
    IfMatch: String
    @httpHeader("If-Modified-Since")
    IfModifiedSince: Timestamp
    @httpHeader("If-None-Match")
    IfNoneMatch: String
    @httpHeader("If-Unmodified-Since")
    IfUnmodifiedSince: Timestamp
    @required
    @httpLabel
    Key: ObjectKey
    @httpHeader("Range")
    Range: String
    @httpQuery("response-cache-control")
    ResponseCacheControl: String
    @httpQuery("response-content-disposition")
    ResponseContentDisposition: String
    @httpQuery("response-content-encoding")
    ResponseContentEncoding: String
    @httpQuery("response-content-language")
    ResponseContentLanguage: String
    @httpQuery("response-content-type")
    ResponseContentType: String
    @httpQuery("response-expires")
    ResponseExpires: ResponseExpires
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpQuery("partNumber")
    PartNumber: Integer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-checksum-mode")
    ChecksumMode: ChecksumMode
}

@error("client")
structure IdempotencyParameterMismatch {}

@timestampFormat("http-date")
timestamp IfMatchInitiatedTime

@timestampFormat("http-date")
timestamp IfMatchLastModifiedTime

structure IndexDocument {
    @required
    Suffix: String
}

structure Initiator {
    ID: String
    DisplayName: String
}

structure InputSerialization {
    CSV: CSVInput
    CompressionType: CompressionType
    JSON: JSONInput
    Parquet: ParquetInput
}

enum IntelligentTieringAccessTier {
    ARCHIVE_ACCESS
    DEEP_ARCHIVE_ACCESS
}

structure IntelligentTieringAndOperator {
    Prefix: String
    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet
}

structure IntelligentTieringConfiguration {
    @required
    Id: String
    Filter: IntelligentTieringFilter
    @required
    Status: IntelligentTieringStatus
    @required
    @xmlFlattened
    @xmlName("Tiering")
    Tierings: TieringList
}

list IntelligentTieringConfigurationList {
    member: IntelligentTieringConfiguration
}

structure IntelligentTieringFilter {
    Prefix: String
    Tag: Tag
    And: IntelligentTieringAndOperator
}

enum IntelligentTieringStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

@error("client")
structure InvalidAnnotationName {}

@error("client")
@httpError(403)
structure InvalidObjectState {
    StorageClass: StorageClass
    AccessTier: IntelligentTieringAccessTier
}

@error("client")
structure InvalidPrefix {}

@error("client")
structure InvalidRequest {}

@error("client")
structure InvalidWriteOffset {}

structure InventoryConfiguration {
    @required
    Destination: InventoryDestination
    @required
    IsEnabled: Boolean
    Filter: InventoryFilter
    @required
    Id: String
    @required
    IncludedObjectVersions: InventoryIncludedObjectVersions
    OptionalFields: InventoryOptionalFields
    @required
    Schedule: InventorySchedule
}

list InventoryConfigurationList {
    member: InventoryConfiguration
}

enum InventoryConfigurationState {
    ENABLED
    DISABLED
}

structure InventoryDestination {
    @required
    S3BucketDestination: InventoryS3BucketDestination
}

structure InventoryEncryption {
    @xmlName("SSE-S3")
    SSES3: SSES3
    @xmlName("SSE-KMS")
    SSEKMS: SSEKMS
}

structure InventoryFilter {
    @required
    Prefix: String
}

enum InventoryFormat {
    CSV
    ORC
    PARQUET = "Parquet"
}

enum InventoryFrequency {
    DAILY = "Daily"
    WEEKLY = "Weekly"
}

enum InventoryIncludedObjectVersions {
    ALL = "All"
    CURRENT = "Current"
}

enum InventoryOptionalField {
    SIZE = "Size"
    LAST_MODIFIED_DATE = "LastModifiedDate"
    STORAGE_CLASS = "StorageClass"
    ETAG = "ETag"
    IS_MULTIPART_UPLOADED = "IsMultipartUploaded"
    REPLICATION_STATUS = "ReplicationStatus"
    ENCRYPTION_STATUS = "EncryptionStatus"
    OBJECT_LOCK_RETAIN_UNTIL_DATE = "ObjectLockRetainUntilDate"
    OBJECT_LOCK_MODE = "ObjectLockMode"
    OBJECT_LOCK_LEGAL_HOLD_STATUS = "ObjectLockLegalHoldStatus"
    INTELLIGENT_TIERING_ACCESS_TIER = "IntelligentTieringAccessTier"
    BUCKET_KEY_STATUS = "BucketKeyStatus"
    CHECKSUM_ALGORITHM = "ChecksumAlgorithm"
    OBJECT_ACCESS_CONTROL_LIST = "ObjectAccessControlList"
    OBJECT_OWNER = "ObjectOwner"
    LIFECYCLE_EXPIRATION_DATE = "LifecycleExpirationDate"
}

list InventoryOptionalFields {
    @xmlName("Field")
    member: InventoryOptionalField
}

structure InventoryS3BucketDestination {
    AccountId: String
    @required
    Bucket: String
    @required
    Format: InventoryFormat
    Prefix: String
    Encryption: InventoryEncryption
}

structure InventorySchedule {
    @required
    Frequency: InventoryFrequency
}

structure InventoryTableConfiguration {
    @required
    ConfigurationState: InventoryConfigurationState
    EncryptionConfiguration: MetadataTableEncryptionConfiguration
}

structure InventoryTableConfigurationResult {
    @required
    ConfigurationState: InventoryConfigurationState
    TableStatus: String
    Error: ErrorDetails
    TableName: String
    TableArn: String
}

structure InventoryTableConfigurationUpdates {
    @required
    ConfigurationState: InventoryConfigurationState
    EncryptionConfiguration: MetadataTableEncryptionConfiguration
}

structure JSONInput {
    Type: JSONType
}

structure JSONOutput {
    RecordDelimiter: String
}

enum JSONType {
    DOCUMENT
    LINES
}

structure JournalTableConfiguration {
    @required
    RecordExpiration: RecordExpiration
    EncryptionConfiguration: MetadataTableEncryptionConfiguration
}

structure JournalTableConfigurationResult {
    @required
    TableStatus: String
    Error: ErrorDetails
    @required
    TableName: String
    TableArn: String
    @required
    RecordExpiration: RecordExpiration
}

structure JournalTableConfigurationUpdates {
    @required
    RecordExpiration: RecordExpiration
}

structure LambdaFunctionConfiguration {
    Id: String
    @required
    @xmlName("CloudFunction")
    LambdaFunctionArn: String
    @required
    @xmlFlattened
    @xmlName("Event")
    Events: EventList
    Filter: NotificationConfigurationFilter
}

list LambdaFunctionConfigurationList {
    member: LambdaFunctionConfiguration
}

@timestampFormat("http-date")
timestamp LastModifiedTime

structure LifecycleConfiguration {
    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: Rules
}

structure LifecycleExpiration {
    Date: Date
    Days: Integer
    ExpiredObjectDeleteMarker: Boolean
}

structure LifecycleRule {
    Expiration: LifecycleExpiration
    ID: String
    Prefix: String
    Filter: LifecycleRuleFilter
    @required
    Status: ExpirationStatus
    @xmlFlattened
    @xmlName("Transition")
    Transitions: TransitionList
    @xmlFlattened
    @xmlName("NoncurrentVersionTransition")
    NoncurrentVersionTransitions: NoncurrentVersionTransitionList
    NoncurrentVersionExpiration: NoncurrentVersionExpiration
    AbortIncompleteMultipartUpload: AbortIncompleteMultipartUpload
}

structure LifecycleRuleAndOperator {
    Prefix: String
    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet
    ObjectSizeGreaterThan: Long
    ObjectSizeLessThan: Long
}

structure LifecycleRuleFilter {
    Prefix: String
    Tag: Tag
    ObjectSizeGreaterThan: Long
    ObjectSizeLessThan: Long
    And: LifecycleRuleAndOperator
}

list LifecycleRules {
    member: LifecycleRule
}

structure ListBucketAnalyticsConfigurationsOutput {
    IsTruncated: Boolean
    ContinuationToken: String
    NextContinuationToken: String
    @xmlFlattened
    @xmlName("AnalyticsConfiguration")
    AnalyticsConfigurationList: AnalyticsConfigurationList
}

structure ListBucketAnalyticsConfigurationsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("continuation-token")
    ContinuationToken: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure ListBucketIntelligentTieringConfigurationsOutput {
    IsTruncated: Boolean
    ContinuationToken: String
    NextContinuationToken: String
    @xmlFlattened
    @xmlName("IntelligentTieringConfiguration")
    IntelligentTieringConfigurationList: IntelligentTieringConfigurationList
}

structure ListBucketIntelligentTieringConfigurationsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("continuation-token")
    ContinuationToken: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure ListBucketInventoryConfigurationsOutput {
    ContinuationToken: String
    @xmlFlattened
    @xmlName("InventoryConfiguration")
    InventoryConfigurationList: InventoryConfigurationList
    IsTruncated: Boolean
    NextContinuationToken: String
}

structure ListBucketInventoryConfigurationsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("continuation-token")
    ContinuationToken: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure ListBucketMetricsConfigurationsOutput {
    IsTruncated: Boolean
    ContinuationToken: String
    NextContinuationToken: String
    @xmlFlattened
    @xmlName("MetricsConfiguration")
    MetricsConfigurationList: MetricsConfigurationList
}

structure ListBucketMetricsConfigurationsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("continuation-token")
    ContinuationToken: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

@xmlName("ListAllMyBucketsResult")
structure ListBucketsOutput {
    Buckets: Buckets
    Owner: Owner
    ContinuationToken: String
    Prefix: String
}

structure ListBucketsRequest {
    @httpQuery("max-buckets")
    MaxBuckets: MaxBuckets
    @httpQuery("continuation-token")
    ContinuationToken: String
    @httpQuery("prefix")
    Prefix: String
    @httpQuery("bucket-region")
    BucketRegion: String
}

structure ListDirectoryBucketsOutput {
    Buckets: Buckets
    ContinuationToken: DirectoryBucketToken
}

structure ListDirectoryBucketsRequest {
    @httpQuery("continuation-token")
    ContinuationToken: DirectoryBucketToken
    @httpQuery("max-directory-buckets")
    MaxDirectoryBuckets: MaxDirectoryBuckets
}

@xmlName("ListMultipartUploadsResult")
structure ListMultipartUploadsOutput {
    Bucket: String
    KeyMarker: String
    UploadIdMarker: String
    NextKeyMarker: String
    Prefix: String
    Delimiter: String
    NextUploadIdMarker: String
    MaxUploads: Integer
    IsTruncated: Boolean
    @xmlFlattened
    @xmlName("Upload")
    Uploads: MultipartUploadList
    @xmlFlattened
    CommonPrefixes: CommonPrefixList
    EncodingType: EncodingType
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListMultipartUploadsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("delimiter")
    Delimiter: String
    @httpQuery("encoding-type")
    EncodingType: EncodingType
    @httpQuery("key-marker")
    KeyMarker: String
    @httpQuery("max-uploads")
    MaxUploads: Integer
    @httpQuery("prefix")
    Prefix: String
    @httpQuery("upload-id-marker")
    UploadIdMarker: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
}

structure ListObjectAnnotationsOutput {
    Annotations: AnnotationList
    Bucket: String
    Key: ObjectKey
    @httpHeader("x-amz-object-version-id")
    ObjectVersionId: String
    AnnotationPrefix: String
    MaxAnnotationResults: MaxAnnotationResults
    AnnotationCount: Integer
    ContinuationToken: String
    NextContinuationToken: String
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListObjectAnnotationsRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpQuery("max-annotation-results")
    MaxAnnotationResults: MaxAnnotationResults
    @httpQuery("annotation-prefix")
    AnnotationPrefix: String
    @httpQuery("continuation-token")
    ContinuationToken: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

@xmlName("ListVersionsResult")
structure ListObjectVersionsOutput {
    IsTruncated: Boolean
    KeyMarker: String
    VersionIdMarker: String
    NextKeyMarker: String
    NextVersionIdMarker: String
    @xmlFlattened
    @xmlName("Version")
    Versions: ObjectVersionList
    @xmlFlattened
    @xmlName("DeleteMarker")
    DeleteMarkers: DeleteMarkers
    Name: String
    Prefix: String
    Delimiter: String
    MaxKeys: Integer
    @xmlFlattened
    CommonPrefixes: CommonPrefixList
    EncodingType: EncodingType
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListObjectVersionsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("delimiter")
    Delimiter: String
    @httpQuery("encoding-type")
    EncodingType: EncodingType
    @httpQuery("key-marker")
    KeyMarker: String
    @httpQuery("max-keys")
    MaxKeys: Integer
    @httpQuery("prefix")
    Prefix: String
    @httpQuery("version-id-marker")
    VersionIdMarker: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-optional-object-attributes")
    OptionalObjectAttributes: OptionalObjectAttributesList
}

@xmlName("ListBucketResult")
structure ListObjectsOutput {
    IsTruncated: Boolean
    Marker: String
    NextMarker: String
    @xmlFlattened
    Contents: ObjectList
    Name: String
    Prefix: String
    Delimiter: String
    MaxKeys: Integer
    @xmlFlattened
    CommonPrefixes: CommonPrefixList
    EncodingType: EncodingType
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListObjectsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("delimiter")
    Delimiter: String
    @httpQuery("encoding-type")
    EncodingType: EncodingType
    @httpQuery("marker")
    Marker: String
    @httpQuery("max-keys")
    MaxKeys: Integer
    @httpQuery("prefix")
    Prefix: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-optional-object-attributes")
    OptionalObjectAttributes: OptionalObjectAttributesList
}

@xmlName("ListBucketResult")
structure ListObjectsV2Output {
    IsTruncated: Boolean
    @xmlFlattened
    Contents: ObjectList
    Name: String
    Prefix: String
    Delimiter: String
    MaxKeys: Integer
    @xmlFlattened
    CommonPrefixes: CommonPrefixList
    EncodingType: EncodingType
    KeyCount: Integer
    ContinuationToken: String
    NextContinuationToken: String
    StartAfter: String
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListObjectsV2Request {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("delimiter")
    Delimiter: String
    @httpQuery("encoding-type")
    EncodingType: EncodingType
    @httpQuery("max-keys")
    MaxKeys: Integer
    @httpQuery("prefix")
    Prefix: String
    @httpQuery("continuation-token")
    ContinuationToken: String
    @httpQuery("fetch-owner")
    FetchOwner: Boolean
    @httpQuery("start-after")
    StartAfter: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-optional-object-attributes")
    OptionalObjectAttributes: OptionalObjectAttributesList
}

@xmlName("ListPartsResult")
structure ListPartsOutput {
    @httpHeader("x-amz-abort-date")
    AbortDate: Timestamp
    @httpHeader("x-amz-abort-rule-id")
    AbortRuleId: String
    Bucket: String
    Key: ObjectKey
    UploadId: String
    PartNumberMarker: Integer
    NextPartNumberMarker: Integer
    MaxParts: Integer
    IsTruncated: Boolean
    @xmlFlattened
    @xmlName("Part")
    Parts: Parts
    Initiator: Initiator
    Owner: Owner
    StorageClass: StorageClass
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
    ChecksumAlgorithm: ChecksumAlgorithm
    ChecksumType: ChecksumType
}

structure ListPartsRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("max-parts")
    MaxParts: Integer
    @httpQuery("part-number-marker")
    PartNumberMarker: Integer
    @required
    @httpQuery("uploadId")
    UploadId: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
}

structure LocationInfo {
    Type: LocationType
    Name: String
}

enum LocationType {
    AVAILABILITY_ZONE = "AvailabilityZone"
    LOCAL_ZONE = "LocalZone"
}

structure LoggingEnabled {
    @required
    TargetBucket: String
    TargetGrants: TargetGrants
    @required
    TargetPrefix: String
    TargetObjectKeyFormat: TargetObjectKeyFormat
}

enum MFADelete {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

enum MFADeleteStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

@range(min: 1, max: 1000)
integer MaxAnnotationResults

@range(min: 1, max: 10000)
integer MaxBuckets

@range(min: 0, max: 1000)
integer MaxDirectoryBuckets

map Metadata {
    key: String
    value: String
}

structure MetadataConfiguration {
    @required
    JournalTableConfiguration: JournalTableConfiguration
    InventoryTableConfiguration: InventoryTableConfiguration
    AnnotationTableConfiguration: AnnotationTableConfiguration
}

structure MetadataConfigurationResult {
    @required
    DestinationResult: DestinationResult
    JournalTableConfigurationResult: JournalTableConfigurationResult
    InventoryTableConfigurationResult: InventoryTableConfigurationResult
    AnnotationTableConfigurationResult: AnnotationTableConfigurationResult
}

enum MetadataDirective {
    COPY
    REPLACE
}

structure MetadataEntry {
    Name: String
    Value: String
}

structure MetadataTableConfiguration {
    @required
    S3TablesDestination: S3TablesDestination
}

structure MetadataTableConfigurationResult {
    @required
    S3TablesDestinationResult: S3TablesDestinationResult
}

structure MetadataTableEncryptionConfiguration {
    @required
    SseAlgorithm: TableSseAlgorithm
    KmsKeyArn: String
}

structure Metrics {
    @required
    Status: MetricsStatus
    EventThreshold: ReplicationTimeValue
}

structure MetricsAndOperator {
    Prefix: String
    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet
    AccessPointArn: String
}

structure MetricsConfiguration {
    @required
    Id: String
    Filter: MetricsFilter
}

list MetricsConfigurationList {
    member: MetricsConfiguration
}

structure MetricsFilter {
    Prefix: String
    Tag: Tag
    AccessPointArn: String
    And: MetricsAndOperator
}

enum MetricsStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

structure MultipartUpload {
    UploadId: String
    Key: ObjectKey
    Initiated: Timestamp
    StorageClass: StorageClass
    Owner: Owner
    Initiator: Initiator
    ChecksumAlgorithm: ChecksumAlgorithm
    ChecksumType: ChecksumType
}

list MultipartUploadList {
    member: MultipartUpload
}

@error("client")
@httpError(404)
structure NoSuchAnnotation {}

@error("client")
@httpError(404)
structure NoSuchBucket {}

@error("client")
@httpError(404)
structure NoSuchKey {}

@error("client")
@httpError(404)
structure NoSuchUpload {}

@length(min: 20, max: 2048)
@pattern("arn:aws[a-zA-Z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+")
@sensitive
string NonEmptyKmsKeyArnString

structure NoncurrentVersionExpiration {
    NoncurrentDays: Integer
    NewerNoncurrentVersions: Integer
}

structure NoncurrentVersionTransition {
    NoncurrentDays: Integer
    StorageClass: TransitionStorageClass
    NewerNoncurrentVersions: Integer
}

list NoncurrentVersionTransitionList {
    member: NoncurrentVersionTransition
}

structure NotificationConfiguration {
    @xmlFlattened
    @xmlName("TopicConfiguration")
    TopicConfigurations: TopicConfigurationList
    @xmlFlattened
    @xmlName("QueueConfiguration")
    QueueConfigurations: QueueConfigurationList
    @xmlFlattened
    @xmlName("CloudFunctionConfiguration")
    LambdaFunctionConfigurations: LambdaFunctionConfigurationList
    EventBridgeConfiguration: EventBridgeConfiguration
}

structure NotificationConfigurationDeprecated {
    TopicConfiguration: TopicConfigurationDeprecated
    QueueConfiguration: QueueConfigurationDeprecated
    CloudFunctionConfiguration: CloudFunctionConfiguration
}

structure NotificationConfigurationFilter {
    @xmlName("S3Key")
    Key: S3KeyFilter
}

structure Object {
    Key: ObjectKey
    LastModified: Timestamp
    ETag: String
    @xmlFlattened
    ChecksumAlgorithm: ChecksumAlgorithmList
    ChecksumType: ChecksumType
    Size: Long
    StorageClass: ObjectStorageClass
    Owner: Owner
    RestoreStatus: RestoreStatus
}

@error("client")
@httpError(403)
structure ObjectAlreadyInActiveTierError {}

enum ObjectAttributes {
    ETAG = "ETag"
    CHECKSUM = "Checksum"
    OBJECT_PARTS = "ObjectParts"
    STORAGE_CLASS = "StorageClass"
    OBJECT_SIZE = "ObjectSize"
}

list ObjectAttributesList {
    member: ObjectAttributes
}

enum ObjectCannedACL {
    PRIVATE = "private"
    PUBLIC_READ = "public-read"
    PUBLIC_READ_WRITE = "public-read-write"
    AUTHENTICATED_READ = "authenticated-read"
    AWS_EXEC_READ = "aws-exec-read"
    BUCKET_OWNER_READ = "bucket-owner-read"
    BUCKET_OWNER_FULL_CONTROL = "bucket-owner-full-control"
}

union ObjectEncryption {
    @xmlName("SSE-KMS")
    SSEKMS: SSEKMSEncryption
}

structure ObjectIdentifier {
    @required
    Key: ObjectKey
    VersionId: String
    ETag: String
    LastModifiedTime: LastModifiedTime
    Size: Long
}

list ObjectIdentifierList {
    member: ObjectIdentifier
}

@length(min: 1)
string ObjectKey

list ObjectList {
    member: Object
}

structure ObjectLockConfiguration {
    ObjectLockEnabled: ObjectLockEnabled
    Rule: ObjectLockRule
}

enum ObjectLockEnabled {
    ENABLED = "Enabled"
}

structure ObjectLockLegalHold {
    Status: ObjectLockLegalHoldStatus
}

enum ObjectLockLegalHoldStatus {
    ON
    OFF
}

enum ObjectLockMode {
    GOVERNANCE
    COMPLIANCE
}

@timestampFormat("date-time")
timestamp ObjectLockRetainUntilDate

structure ObjectLockRetention {
    Mode: ObjectLockRetentionMode
    RetainUntilDate: Date
}

enum ObjectLockRetentionMode {
    GOVERNANCE
    COMPLIANCE
}

structure ObjectLockRule {
    DefaultRetention: DefaultRetention
}

@error("client")
@httpError(403)
structure ObjectNotInActiveTierError {}

enum ObjectOwnership {
    BUCKET_OWNER_PREFERRED = "BucketOwnerPreferred"
    OBJECT_WRITER = "ObjectWriter"
    BUCKET_OWNER_ENFORCED = "BucketOwnerEnforced"
}

structure ObjectPart {
    PartNumber: Integer
    Size: Long
    ChecksumCRC32: String
    ChecksumCRC32C: String
    ChecksumCRC64NVME: String
    ChecksumSHA1: String
    ChecksumSHA256: String
    ChecksumSHA512: String
    ChecksumMD5: String
    ChecksumXXHASH64: String
    ChecksumXXHASH3: String
    ChecksumXXHASH128: String
}

enum ObjectStorageClass {
    STANDARD
    REDUCED_REDUNDANCY
    GLACIER
    STANDARD_IA
    ONEZONE_IA
    INTELLIGENT_TIERING
    DEEP_ARCHIVE
    OUTPOSTS
    GLACIER_IR
    SNOW
    EXPRESS_ONEZONE
    FSX_OPENZFS
    FSX_ONTAP
    AWS_BACKUP_WARM
    AWS_BACKUP_LOW_COST_WARM
}

structure ObjectVersion {
    ETag: String
    @xmlFlattened
    ChecksumAlgorithm: ChecksumAlgorithmList
    ChecksumType: ChecksumType
    Size: Long
    StorageClass: ObjectVersionStorageClass
    Key: ObjectKey
    VersionId: String
    IsLatest: Boolean
    LastModified: Timestamp
    Owner: Owner
    RestoreStatus: RestoreStatus
}

list ObjectVersionList {
    member: ObjectVersion
}

enum ObjectVersionStorageClass {
    STANDARD
}

enum OptionalObjectAttributes {
    RESTORE_STATUS = "RestoreStatus"
}

list OptionalObjectAttributesList {
    member: OptionalObjectAttributes
}

structure OutputLocation {
    S3: S3Location
}

structure OutputSerialization {
    CSV: CSVOutput
    JSON: JSONOutput
}

structure Owner {
    DisplayName: String
    ID: String
}

enum OwnerOverride {
    DESTINATION = "Destination"
}

structure OwnershipControls {
    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: OwnershipControlsRules
}

structure OwnershipControlsRule {
    @required
    ObjectOwnership: ObjectOwnership
}

list OwnershipControlsRules {
    member: OwnershipControlsRule
}

structure ParquetInput {}

structure Part {
    PartNumber: Integer
    LastModified: Timestamp
    ETag: String
    Size: Long
    ChecksumCRC32: String
    ChecksumCRC32C: String
    ChecksumCRC64NVME: String
    ChecksumSHA1: String
    ChecksumSHA256: String
    ChecksumSHA512: String
    ChecksumMD5: String
    ChecksumXXHASH64: String
    ChecksumXXHASH3: String
    ChecksumXXHASH128: String
}

enum PartitionDateSource {
    EVENT_TIME = "EventTime"
    DELIVERY_TIME = "DeliveryTime"
}

@xmlName("PartitionedPrefix")
structure PartitionedPrefix {
    PartitionDateSource: PartitionDateSource
}

list Parts {
    member: Part
}

list PartsList {
    member: ObjectPart
}

enum Payer {
    REQUESTER = "Requester"
    BUCKET_OWNER = "BucketOwner"
}

enum Permission {
    FULL_CONTROL
    WRITE
    WRITE_ACP
    READ
    READ_ACP
}

structure PolicyStatus {
    IsPublic: Boolean
}

structure Progress {
    BytesScanned: Long
    BytesProcessed: Long
    BytesReturned: Long
}

structure ProgressEvent {
    Details: Progress
}

enum Protocol {
    HTTP = "http"
    HTTPS = "https"
}

structure PublicAccessBlockConfiguration {
    BlockPublicAcls: Boolean
    IgnorePublicAcls: Boolean
    BlockPublicPolicy: Boolean
    RestrictPublicBuckets: Boolean
}

structure PutBucketAbacRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    AbacStatus: AbacStatus
}

structure PutBucketAccelerateConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    AccelerateConfiguration: AccelerateConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
}

structure PutBucketAclRequest {
    @httpHeader("x-amz-acl")
    ACL: BucketCannedACL
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    AccessControlPolicy: AccessControlPolicy
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: String
    @httpHeader("x-amz-grant-read")
    GrantRead: String
    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: String
    @httpHeader("x-amz-grant-write")
    GrantWrite: String
    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketAnalyticsConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    AnalyticsConfiguration: AnalyticsConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketCorsRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    CORSConfiguration: CORSConfiguration
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketEncryptionRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketIntelligentTieringConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    IntelligentTieringConfiguration: IntelligentTieringConfiguration
}

structure PutBucketInventoryConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    InventoryConfiguration: InventoryConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketLifecycleConfigurationOutput {
    @httpHeader("x-amz-transition-default-minimum-object-size")
    TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize
}

structure PutBucketLifecycleConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    LifecycleConfiguration: BucketLifecycleConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-transition-default-minimum-object-size")
    TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize
}

structure PutBucketLifecycleRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    LifecycleConfiguration: LifecycleConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketLoggingRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    BucketLoggingStatus: BucketLoggingStatus
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketMetricsConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpQuery("id")
    Id: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    MetricsConfiguration: MetricsConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketNotificationConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    NotificationConfiguration: NotificationConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-skip-destination-validation")
    SkipDestinationValidation: Boolean
}

structure PutBucketNotificationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    NotificationConfiguration: NotificationConfigurationDeprecated
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketOwnershipControlsRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    OwnershipControls: OwnershipControls
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
}

structure PutBucketPolicyRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-confirm-remove-self-bucket-access")
    ConfirmRemoveSelfBucketAccess: Boolean
    @required
    @httpPayload
    Policy: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketReplicationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    ReplicationConfiguration: ReplicationConfiguration
    @httpHeader("x-amz-bucket-object-lock-token")
    Token: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketRequestPaymentRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    RequestPaymentConfiguration: RequestPaymentConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketTaggingRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    Tagging: Tagging
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketVersioningRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-mfa")
    MFA: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    VersioningConfiguration: VersioningConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutBucketWebsiteRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    WebsiteConfiguration: WebsiteConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutObjectAclOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectAclRequest {
    @httpHeader("x-amz-acl")
    ACL: ObjectCannedACL
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    AccessControlPolicy: AccessControlPolicy
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: String
    @httpHeader("x-amz-grant-read")
    GrantRead: String
    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: String
    @httpHeader("x-amz-grant-write")
    GrantWrite: String
    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutObjectAnnotationOutput {
    Key: ObjectKey
    AnnotationName: String
    @httpHeader("x-amz-object-version-id")
    ObjectVersionId: String
    @httpHeader("ETag")
    ETag: String
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectAnnotationRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @required
    @httpQuery("annotationName")
    AnnotationName: String
    @required
    @httpPayload
    AnnotationPayload: StreamingBlob
    @httpHeader("x-amz-object-if-match")
    ObjectIfMatch: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutObjectLegalHoldOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectLegalHoldRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    LegalHold: ObjectLockLegalHold
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutObjectLockConfigurationOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectLockConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    ObjectLockConfiguration: ObjectLockConfiguration
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-bucket-object-lock-token")
    Token: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutObjectOutput {
    @httpHeader("x-amz-expiration")
    Expiration: String
    @httpHeader("ETag")
    ETag: String
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-version-id")
    VersionId: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-object-size")
    Size: Long
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectRequest {
    @httpHeader("x-amz-acl")
    ACL: ObjectCannedACL
    @httpPayload
    Body: StreamingBlob
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Cache-Control")
    CacheControl: String
    @httpHeader("Content-Disposition")
    ContentDisposition: String
    @httpHeader("Content-Encoding")
    ContentEncoding: String
    @httpHeader("Content-Language")
    ContentLanguage: String
    @httpHeader("Content-Length")
    ContentLength: Long
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("Content-Type")
    ContentType: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("Expires")
    Expires: String
    @httpHeader("If-Match")
    IfMatch: String
    @httpHeader("If-None-Match")
    IfNoneMatch: String
    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: String
    @httpHeader("x-amz-grant-read")
    GrantRead: String
    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: String
    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpHeader("x-amz-write-offset-bytes")
    WriteOffsetBytes: Long
    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass
    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-tagging")
    Tagging: String
    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode
    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate
    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutObjectRetentionOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectRetentionRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    Retention: ObjectLockRetention
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("x-amz-bypass-governance-retention")
    BypassGovernanceRetention: Boolean
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure PutObjectTaggingOutput {
    @httpHeader("x-amz-version-id")
    VersionId: String
}

structure PutObjectTaggingRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    Tagging: Tagging
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
}

structure PutPublicAccessBlockRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    PublicAccessBlockConfiguration: PublicAccessBlockConfiguration
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure QueueConfiguration {
    Id: String
    @required
    @xmlName("Queue")
    QueueArn: String
    @required
    @xmlFlattened
    @xmlName("Event")
    Events: EventList
    Filter: NotificationConfigurationFilter
}

structure QueueConfigurationDeprecated {
    Id: String
    Event: Event
    @xmlFlattened
    @xmlName("Event")
    Events: EventList
    Queue: String
}

list QueueConfigurationList {
    member: QueueConfiguration
}

enum QuoteFields {
    ALWAYS
    ASNEEDED
}

structure RecordExpiration {
    @required
    Expiration: ExpirationState
    Days: Integer
}

structure RecordsEvent {
    Payload: Blob
}

structure Redirect {
    HostName: String
    HttpRedirectCode: String
    Protocol: Protocol
    ReplaceKeyPrefixWith: String
    ReplaceKeyWith: String
}

structure RedirectAllRequestsTo {
    @required
    HostName: String
    Protocol: Protocol
}

@length(min: 0, max: 20)
string Region

structure RenameObjectOutput {}

structure RenameObjectRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @required
    @httpHeader("x-amz-rename-source")
    RenameSource: RenameSource
    @httpHeader("If-Match")
    DestinationIfMatch: String
    @httpHeader("If-None-Match")
    DestinationIfNoneMatch: String
    @httpHeader("If-Modified-Since")
    DestinationIfModifiedSince: Timestamp
    @httpHeader("If-Unmodified-Since")
    DestinationIfUnmodifiedSince: Timestamp
    @httpHeader("x-amz-rename-source-if-match")
    SourceIfMatch: String
    @httpHeader("x-amz-rename-source-if-none-match")
    SourceIfNoneMatch: String
    @httpHeader("x-amz-rename-source-if-modified-since")
    SourceIfModifiedSince: RenameSourceIfModifiedSince
    @httpHeader("x-amz-rename-source-if-unmodified-since")
    SourceIfUnmodifiedSince: RenameSourceIfUnmodifiedSince
    @idempotencyToken
    @httpHeader("x-amz-client-token")
    ClientToken: String
}

@pattern("\\/?.+\\/.+")
string RenameSource

@timestampFormat("http-date")
timestamp RenameSourceIfModifiedSince

@timestampFormat("http-date")
timestamp RenameSourceIfUnmodifiedSince

structure ReplicaModifications {
    @required
    Status: ReplicaModificationsStatus
}

enum ReplicaModificationsStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

structure ReplicationConfiguration {
    @required
    Role: String
    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: ReplicationRules
}

structure ReplicationRule {
    ID: String
    Priority: Integer
    Prefix: String
    Filter: ReplicationRuleFilter
    @required
    Status: ReplicationRuleStatus
    SourceSelectionCriteria: SourceSelectionCriteria
    ExistingObjectReplication: ExistingObjectReplication
    @required
    Destination: Destination
    DeleteMarkerReplication: DeleteMarkerReplication
}

structure ReplicationRuleAndOperator {
    Prefix: String
    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet
}

structure ReplicationRuleFilter {
    Prefix: String
    Tag: Tag
    And: ReplicationRuleAndOperator
}

enum ReplicationRuleStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

list ReplicationRules {
    member: ReplicationRule
}

enum ReplicationStatus {
    COMPLETE
    PENDING
    FAILED
    REPLICA
    COMPLETED
}

structure ReplicationTime {
    @required
    Status: ReplicationTimeStatus
    @required
    Time: ReplicationTimeValue
}

enum ReplicationTimeStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

structure ReplicationTimeValue {
    Minutes: Integer
}

enum RequestCharged {
    REQUESTER = "requester"
}

enum RequestPayer {
    REQUESTER = "requester"
}

structure RequestPaymentConfiguration {
    @required
    Payer: Payer
}

structure RequestProgress {
    Enabled: Boolean
}

@timestampFormat("http-date")
timestamp ResponseExpires

structure RestoreObjectOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
    @httpHeader("x-amz-restore-output-path")
    RestoreOutputPath: String
}

structure RestoreObjectRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    RestoreRequest: RestoreRequest
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure RestoreRequest {
    Days: Integer
    GlacierJobParameters: GlacierJobParameters
    Type: RestoreRequestType
    Tier: Tier
    Description: String
    SelectParameters: SelectParameters
    OutputLocation: OutputLocation
}

enum RestoreRequestType {
    SELECT
}

structure RestoreStatus {
    IsRestoreInProgress: Boolean
    RestoreExpiryDate: Timestamp
}

structure RoutingRule {
    Condition: Condition
    @required
    Redirect: Redirect
}

list RoutingRules {
    @xmlName("RoutingRule")
    member: RoutingRule
}

structure Rule {
    Expiration: LifecycleExpiration
    ID: String
    @required
    Prefix: String
    @required
    Status: ExpirationStatus
    Transition: Transition
    NoncurrentVersionTransition: NoncurrentVersionTransition
    NoncurrentVersionExpiration: NoncurrentVersionExpiration
    AbortIncompleteMultipartUpload: AbortIncompleteMultipartUpload
}

list Rules {
    member: Rule
}

structure S3KeyFilter {
    @xmlFlattened
    @xmlName("FilterRule")
    FilterRules: FilterRuleList
}

structure S3Location {
    @required
    BucketName: String
    @required
    Prefix: String
    Encryption: Encryption
    CannedACL: ObjectCannedACL
    AccessControlList: Grants
    Tagging: Tagging
    UserMetadata: UserMetadata
    StorageClass: StorageClass
}

@length(min: 1, max: 128)
@pattern("arn:[^:]+:(s3|s3express):.*")
string S3RegionalOrS3ExpressBucketArnString

enum S3TablesBucketType {
    AWS = "aws"
    CUSTOMER = "customer"
}

structure S3TablesDestination {
    @required
    TableBucketArn: String
    @required
    TableName: String
}

structure S3TablesDestinationResult {
    @required
    TableBucketArn: String
    @required
    TableName: String
    @required
    TableArn: String
    @required
    TableNamespace: String
}

@sensitive
string SSECustomerKey

@xmlName("SSE-KMS")
structure SSEKMS {
    @required
    KeyId: SSEKMSKeyId
}

@xmlName("SSE-KMS")
structure SSEKMSEncryption {
    @required
    KMSKeyArn: NonEmptyKmsKeyArnString
    BucketKeyEnabled: Boolean
}

@sensitive
string SSEKMSEncryptionContext

@sensitive
string SSEKMSKeyId

@xmlName("SSE-S3")
structure SSES3 {}

structure ScanRange {
    Start: Long
    End: Long
}

@streaming
union SelectObjectContentEventStream {
    Records: RecordsEvent
    Stats: StatsEvent
    Progress: ProgressEvent
    Cont: ContinuationEvent
    End: EndEvent
}

structure SelectObjectContentOutput {
    @httpPayload
    Payload: SelectObjectContentEventStream
}

structure SelectObjectContentRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @required
    Expression: String
    @required
    ExpressionType: ExpressionType
    RequestProgress: RequestProgress
    @required
    InputSerialization: InputSerialization
    @required
    OutputSerialization: OutputSerialization
    ScanRange: ScanRange
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure SelectParameters {
    @required
    InputSerialization: InputSerialization
    @required
    ExpressionType: ExpressionType
    @required
    Expression: String
    @required
    OutputSerialization: OutputSerialization
}

enum ServerSideEncryption {
    AES256
    AWS_FSX = "aws:fsx"
    AWS_BACKUP = "aws:backup"
    AWS_KMS = "aws:kms"
    AWS_KMS_DSSE = "aws:kms:dsse"
}

structure ServerSideEncryptionByDefault {
    @required
    SSEAlgorithm: ServerSideEncryption
    KMSMasterKeyID: SSEKMSKeyId
}

structure ServerSideEncryptionConfiguration {
    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: ServerSideEncryptionRules
}

structure ServerSideEncryptionRule {
    ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault
    BucketKeyEnabled: Boolean
    BlockedEncryptionTypes: BlockedEncryptionTypes
}

list ServerSideEncryptionRules {
    member: ServerSideEncryptionRule
}

@sensitive
string SessionCredentialValue

structure SessionCredentials {
    @required
    AccessKeyId: String
    @required
    SecretAccessKey: SessionCredentialValue
    @required
    SessionToken: SessionCredentialValue
    @required
    Expiration: Timestamp
}

enum SessionMode {
    READ_ONLY = "ReadOnly"
    READ_WRITE = "ReadWrite"
}

@xmlName("SimplePrefix")
structure SimplePrefix {}

structure SourceSelectionCriteria {
    SseKmsEncryptedObjects: SseKmsEncryptedObjects
    ReplicaModifications: ReplicaModifications
}

structure SseKmsEncryptedObjects {
    @required
    Status: SseKmsEncryptedObjectsStatus
}

enum SseKmsEncryptedObjectsStatus {
    ENABLED = "Enabled"
    DISABLED = "Disabled"
}

structure Stats {
    BytesScanned: Long
    BytesProcessed: Long
    BytesReturned: Long
}

structure StatsEvent {
    Details: Stats
}

enum StorageClass {
    STANDARD
    REDUCED_REDUNDANCY
    STANDARD_IA
    ONEZONE_IA
    INTELLIGENT_TIERING
    GLACIER
    DEEP_ARCHIVE
    OUTPOSTS
    GLACIER_IR
    SNOW
    EXPRESS_ONEZONE
    FSX_OPENZFS
    FSX_ONTAP
    AWS_BACKUP_WARM
    AWS_BACKUP_LOW_COST_WARM
}

structure StorageClassAnalysis {
    DataExport: StorageClassAnalysisDataExport
}

structure StorageClassAnalysisDataExport {
    @required
    OutputSchemaVersion: StorageClassAnalysisSchemaVersion
    @required
    Destination: AnalyticsExportDestination
}

enum StorageClassAnalysisSchemaVersion {
    V_1
}

enum TableSseAlgorithm {
    AWS_KMS = "aws:kms"
    AES256
}

structure Tag {
    @required
    Key: ObjectKey
    @required
    Value: String
}

list TagSet {
    @xmlName("Tag")
    member: Tag
}

structure Tagging {
    @required
    TagSet: TagSet
}

enum TaggingDirective {
    COPY
    REPLACE
}

structure TargetGrant {
    Grantee: Grantee
    Permission: BucketLogsPermission
}

list TargetGrants {
    @xmlName("Grant")
    member: TargetGrant
}

structure TargetObjectKeyFormat {
    SimplePrefix: SimplePrefix
    PartitionedPrefix: PartitionedPrefix
}

enum Tier {
    STANDARD = "Standard"
    BULK = "Bulk"
    EXPEDITED = "Expedited"
}

structure Tiering {
    @required
    Days: Integer
    @required
    AccessTier: IntelligentTieringAccessTier
}

list TieringList {
    member: Tiering
}

@error("client")
structure TooManyParts {}

structure TopicConfiguration {
    Id: String
    @required
    @xmlName("Topic")
    TopicArn: String
    @required
    @xmlFlattened
    @xmlName("Event")
    Events: EventList
    Filter: NotificationConfigurationFilter
}

structure TopicConfigurationDeprecated {
    Id: String
    @xmlFlattened
    @xmlName("Event")
    Events: EventList
    Event: Event
    Topic: String
}

list TopicConfigurationList {
    member: TopicConfiguration
}

structure Transition {
    Date: Date
    Days: Integer
    StorageClass: TransitionStorageClass
}

enum TransitionDefaultMinimumObjectSize {
    VARIES_BY_STORAGE_CLASS = "varies_by_storage_class"
    ALL_STORAGE_CLASSES_128_K = "all_storage_classes_128K"
}

list TransitionList {
    member: Transition
}

enum TransitionStorageClass {
    GLACIER
    STANDARD_IA
    ONEZONE_IA
    INTELLIGENT_TIERING
    DEEP_ARCHIVE
    GLACIER_IR
}

enum Type {
    CANONICAL_USER = "CanonicalUser"
    AMAZON_CUSTOMER_BY_EMAIL = "AmazonCustomerByEmail"
    GROUP = "Group"
}

@error("client")
@httpError(415)
structure UnsupportedMediaType {}

structure UpdateBucketMetadataAnnotationTableConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    AnnotationTableConfiguration: AnnotationTableConfigurationUpdates
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure UpdateBucketMetadataInventoryTableConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    InventoryTableConfiguration: InventoryTableConfigurationUpdates
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure UpdateBucketMetadataJournalTableConfigurationRequest {
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    JournalTableConfiguration: JournalTableConfigurationUpdates
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

structure UpdateObjectEncryptionRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: ObjectKey
    @httpQuery("versionId")
    VersionId: String
    @required
    @httpPayload
    @xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
    ObjectEncryption: ObjectEncryption
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
}

structure UpdateObjectEncryptionResponse {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure UploadPartCopyOutput {
    @httpHeader("x-amz-copy-source-version-id")
    CopySourceVersionId: String
    @httpPayload
    CopyPartResult: CopyPartResult
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure UploadPartCopyRequest {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpHeader("x-amz-copy-source")
    CopySource: CopySource
    @httpHeader("x-amz-copy-source-if-match")
    CopySourceIfMatch: String
    @httpHeader("x-amz-copy-source-if-modified-since")
    CopySourceIfModifiedSince: Timestamp
    @httpHeader("x-amz-copy-source-if-none-match")
    CopySourceIfNoneMatch: String
    @httpHeader("x-amz-copy-source-if-unmodified-since")
    CopySourceIfUnmodifiedSince: Timestamp
    @httpHeader("x-amz-copy-source-range")
    CopySourceRange: String
    @required
    @httpLabel
    Key: ObjectKey
    @required
    @httpQuery("partNumber")
    PartNumber: Integer
    @required
    @httpQuery("uploadId")
    UploadId: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-copy-source-server-side-encryption-customer-algorithm")
    CopySourceSSECustomerAlgorithm: String
    @httpHeader("x-amz-copy-source-server-side-encryption-customer-key")
    CopySourceSSECustomerKey: CopySourceSSECustomerKey
    @httpHeader("x-amz-copy-source-server-side-encryption-customer-key-MD5")
    CopySourceSSECustomerKeyMD5: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
    @httpHeader("x-amz-source-expected-bucket-owner")
    ExpectedSourceBucketOwner: String
}

structure UploadPartOutput {
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("ETag")
    ETag: String
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure UploadPartRequest {
    @httpPayload
    Body: StreamingBlob
    @required
    @httpLabel
    Bucket: String
    @httpHeader("Content-Length")
    ContentLength: Long
    @httpHeader("Content-MD5")
    ContentMD5: String
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @required
    @httpLabel
    Key: ObjectKey
    @required
    @httpQuery("partNumber")
    PartNumber: Integer
    @required
    @httpQuery("uploadId")
    UploadId: String
    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey
    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: String
}

list UserMetadata {
    @xmlName("MetadataEntry")
    member: MetadataEntry
}

structure VersioningConfiguration {
    @xmlName("MfaDelete")
    MFADelete: MFADelete
    Status: BucketVersioningStatus
}

structure WebsiteConfiguration {
    ErrorDocument: ErrorDocument
    IndexDocument: IndexDocument
    RedirectAllRequestsTo: RedirectAllRequestsTo
    RoutingRules: RoutingRules
}

structure WriteGetObjectResponseRequest {
    @required
    @httpHeader("x-amz-request-route")
    RequestRoute: String
    @required
    @httpHeader("x-amz-request-token")
    RequestToken: String
    @httpPayload
    Body: StreamingBlob
    @httpHeader("x-amz-fwd-status")
    StatusCode: Integer
    @httpHeader("x-amz-fwd-error-code")
    ErrorCode: String
    @httpHeader("x-amz-fwd-error-message")
    ErrorMessage: String
    @httpHeader("x-amz-fwd-header-accept-ranges")
    AcceptRanges: String
    @httpHeader("x-amz-fwd-header-Cache-Control")
    CacheControl: String
    @httpHeader("x-amz-fwd-header-Content-Disposition")
    ContentDisposition: String
    @httpHeader("x-amz-fwd-header-Content-Encoding")
    ContentEncoding: String
    @httpHeader("x-amz-fwd-header-Content-Language")
    ContentLanguage: String
    @httpHeader("Content-Length")
    ContentLength: Long
    @httpHeader("x-amz-fwd-header-Content-Range")
    ContentRange: String
    @httpHeader("x-amz-fwd-header-Content-Type")
    ContentType: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-crc32")
    ChecksumCRC32: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-crc32c")
    ChecksumCRC32C: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-sha1")
    ChecksumSHA1: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-sha256")
    ChecksumSHA256: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-sha512")
    ChecksumSHA512: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-md5")
    ChecksumMD5: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-xxhash64")
    ChecksumXXHASH64: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-xxhash3")
    ChecksumXXHASH3: String
    @httpHeader("x-amz-fwd-header-x-amz-checksum-xxhash128")
    ChecksumXXHASH128: String
    @httpHeader("x-amz-fwd-header-x-amz-delete-marker")
    DeleteMarker: Boolean
    @httpHeader("x-amz-fwd-header-ETag")
    ETag: String
    @httpHeader("x-amz-fwd-header-Expires")
    Expires: String
    @httpHeader("x-amz-fwd-header-x-amz-expiration")
    Expiration: String
    @httpHeader("x-amz-fwd-header-Last-Modified")
    LastModified: Timestamp
    @httpHeader("x-amz-fwd-header-x-amz-missing-meta")
    MissingMeta: Integer
    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata
    @httpHeader("x-amz-fwd-header-x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode
    @httpHeader("x-amz-fwd-header-x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus
    @httpHeader("x-amz-fwd-header-x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate
    @httpHeader("x-amz-fwd-header-x-amz-mp-parts-count")
    PartsCount: Integer
    @httpHeader("x-amz-fwd-header-x-amz-replication-status")
    ReplicationStatus: ReplicationStatus
    @httpHeader("x-amz-fwd-header-x-amz-request-charged")
    RequestCharged: RequestCharged
    @httpHeader("x-amz-fwd-header-x-amz-restore")
    Restore: String
    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption
    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: String
    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId
    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: String
    @httpHeader("x-amz-fwd-header-x-amz-storage-class")
    StorageClass: StorageClass
    @httpHeader("x-amz-fwd-header-x-amz-tagging-count")
    TagCount: Integer
    @httpHeader("x-amz-fwd-header-x-amz-version-id")
    VersionId: String
    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: Boolean
}

@streaming
blob StreamingBlob

@error("client")
structure AccessControlListNotSupported {}

@error("client")
structure AuthorizationHeaderMalformed {
    Region: String
}

@error("client")
structure BadDigest {}

@error("client")
@httpError(409)
structure BucketNotEmpty {}

@error("client")
@httpError(409)
structure ConditionalRequestConflict {}

@error("client")
structure EntityTooLarge {}

@error("client")
structure EntityTooSmall {}

@error("client")
structure IllegalLocationConstraintException {}

@error("client")
structure IncompleteBody {}

@error("client")
structure InvalidArgument {}

@error("client")
structure InvalidBucketName {}

@error("client")
@httpError(409)
structure InvalidBucketState {}

@error("client")
structure InvalidDigest {}

@error("client")
structure InvalidLocationConstraint {}

@error("client")
structure InvalidPart {}

@error("client")
@httpError(416)
structure InvalidPartNumber {}

@error("client")
structure InvalidPartOrder {}

@error("client")
structure InvalidPolicyDocument {}

@error("client")
@httpError(416)
structure InvalidRange {}

@error("client")
structure InvalidStorageClass {}

@error("client")
structure InvalidTag {}

@error("client")
@awsQueryError(code: "KMS.DisabledException", httpResponseCode: 400)
structure KMSDisabledException {}

@error("client")
@awsQueryError(code: "KMS.InvalidKeyUsageException", httpResponseCode: 400)
structure KMSInvalidKeyUsageException {}

@error("client")
@awsQueryError(code: "KMS.KMSInvalidStateException", httpResponseCode: 400)
structure KMSInvalidStateException {}

@error("client")
@awsQueryError(code: "KMS.NotFoundException", httpResponseCode: 400)
structure KMSNotFoundException {}

@error("client")
structure KeyTooLongError {}

@error("client")
structure MalformedPolicy {}

@error("client")
structure MalformedXML {}

@error("client")
structure MaxMessageLengthExceeded {}

@error("client")
structure MetadataTooLarge {}

@error("client")
@httpError(405)
structure MethodNotAllowed {}

@error("client")
@httpError(411)
structure MissingContentLength {}

@error("client")
@httpError(404)
structure NoSuchBucketPolicy {}

@error("client")
@httpError(404)
structure NoSuchTagSet {}

@error("client")
@httpError(404)
structure NoSuchVersion {}

@error("client")
@httpError(304)
structure NotModified {}

@error("client")
@httpError(409)
structure OperationAborted {}

@error("client")
@httpError(301)
structure PermanentRedirect {}

@error("client")
@httpError(412)
structure PreconditionFailed {}

@error("client")
@httpError(404)
structure ServerSideEncryptionConfigurationNotFoundError {}

@error("client")
structure TooManyBuckets {}

@error("client")
structure XAmzContentChecksumMismatch {}
