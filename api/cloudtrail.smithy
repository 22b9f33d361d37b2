$version: "2.0"
namespace com.amazonaws.cloudtrail

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#planned
use slipway#targetPrefixes

@service(sdkId: "CloudTrail")
@sigv4(name: "cloudtrail")
@targetPrefixes(["CloudTrail_20131101", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"])
@awsJson1_1
service CloudTrail_20131101 {
    version: "2013-11-01"
    operations: [
        AddTags
        CancelQuery
        CreateChannel
        CreateDashboard
        CreateEventDataStore
        CreateTrail
        DeleteChannel
        DeleteDashboard
        DeleteEventDataStore
        DeleteResourcePolicy
        DeleteTrail
        DeregisterOrganizationDelegatedAdmin
        DescribeQuery
        DescribeTrails
        DisableFederation
        EnableFederation
        GenerateQuery
        GetChannel
        GetDashboard
        GetEventConfiguration
        GetEventDataStore
        GetEventSelectors
        GetImport
        GetInsightSelectors
        GetQueryResults
        GetResourcePolicy
        GetTrail
        GetTrailStatus
        ListChannels
        ListDashboards
        ListEventDataStores
        ListImportFailures
        ListImports
        ListInsightsData
        ListInsightsMetricData
        ListPublicKeys
        ListQueries
        ListTags
        ListTrails
        LookupEvents
        PutEventConfiguration
        PutEventSelectors
        PutInsightSelectors
        PutResourcePolicy
        RegisterOrganizationDelegatedAdmin
        RemoveTags
        RestoreEventDataStore
        SearchSampleQueries
        StartDashboardRefresh
        StartEventDataStoreIngestion
        StartImport
        StartLogging
        StartQuery
        StopEventDataStoreIngestion
        StopImport
        StopLogging
        UpdateChannel
        UpdateDashboard
        UpdateEventDataStore
        UpdateTrail
    ]
}

@idempotent
@authorizeSelf
@conditionKeys("aws:RequestTag": "TagsList", "aws:TagKeys": "TagsList")
operation AddTags {
    input: AddTagsRequest
    output: AddTagsResponse
    errors: [
        ResourceNotFoundException
        CloudTrailARNInvalidException
        EventDataStoreARNInvalidException
        ChannelARNInvalidException
        ResourceTypeNotSupportedException
        TagsLimitExceededException
        InvalidTrailNameException
        InvalidTagParameterException
        InactiveEventDataStoreException
        EventDataStoreNotFoundException
        ChannelNotFoundException
        UnsupportedOperationException
        OperationNotPermittedException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        ConflictException
    ]
}

@planned
@idempotent
operation CancelQuery {
    input: CancelQueryRequest
    output: CancelQueryResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        InactiveQueryException
        InvalidParameterException
        QueryIdNotFoundException
        OperationNotPermittedException
        UnsupportedOperationException
        NoManagementAccountSLRExistsException
        ConflictException
    ]
}

@planned
@arn(["arn:aws:cloudtrail:{region}:{account}:channel/{Name}", "arn:aws:cloudtrail:{region}:{account}:eventdatastore/{Name}"])
@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags")
operation CreateChannel {
    input: CreateChannelRequest
    output: CreateChannelResponse
    errors: [
        ChannelMaxLimitExceededException
        InvalidSourceException
        ChannelAlreadyExistsException
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidEventDataStoreCategoryException
        InactiveEventDataStoreException
        InvalidParameterException
        InvalidTagParameterException
        TagsLimitExceededException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@idempotent
@arn("arn:aws:cloudtrail:{region}:{account}:dashboard/{Name}")
operation CreateDashboard {
    input: CreateDashboardRequest
    output: CreateDashboardResponse
    errors: [
        ConflictException
        InvalidTagParameterException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        InsufficientEncryptionPolicyException
        InvalidQueryStatementException
        ServiceQuotaExceededException
        UnsupportedOperationException
    ]
}

@planned
@arn("arn:aws:cloudtrail:{region}:{account}:eventdatastore/{Name}")
operation CreateEventDataStore {
    input: CreateEventDataStoreRequest
    output: CreateEventDataStoreResponse
    errors: [
        EventDataStoreAlreadyExistsException
        EventDataStoreMaxLimitExceededException
        InvalidEventSelectorsException
        InvalidParameterException
        InvalidTagParameterException
        OperationNotPermittedException
        UnsupportedOperationException
        ConflictException
        InsufficientEncryptionPolicyException
        InvalidKmsKeyIdException
        KmsKeyNotFoundException
        KmsException
        CloudTrailAccessNotEnabledException
        InsufficientDependencyServiceAccessPermissionException
        NotOrganizationMasterAccountException
        OrganizationsNotInUseException
        OrganizationNotInAllFeaturesModeException
        NoManagementAccountSLRExistsException
        ThrottlingException
    ]
}

@idempotent
@arn("arn:aws:cloudtrail:{region}:{account}:trail/{Name}")
@conditionKeys("aws:RequestTag": "TagsList", "aws:TagKeys": "TagsList")
operation CreateTrail {
    input: CreateTrailRequest
    output: CreateTrailResponse
    errors: [
        MaximumNumberOfTrailsExceededException
        TrailAlreadyExistsException
        S3BucketDoesNotExistException
        InsufficientS3BucketPolicyException
        InsufficientSnsTopicPolicyException
        InsufficientEncryptionPolicyException
        InvalidS3BucketNameException
        InvalidS3PrefixException
        InvalidSnsTopicNameException
        InvalidKmsKeyIdException
        InvalidTrailNameException
        TrailNotProvidedException
        TagsLimitExceededException
        InvalidParameterCombinationException
        InvalidParameterException
        KmsKeyNotFoundException
        KmsKeyDisabledException
        KmsException
        InvalidCloudWatchLogsLogGroupArnException
        InvalidCloudWatchLogsRoleArnException
        CloudWatchLogsDeliveryUnavailableException
        InvalidTagParameterException
        UnsupportedOperationException
        OperationNotPermittedException
        CloudTrailAccessNotEnabledException
        InsufficientDependencyServiceAccessPermissionException
        NotOrganizationMasterAccountException
        OrganizationsNotInUseException
        OrganizationNotInAllFeaturesModeException
        NoManagementAccountSLRExistsException
        CloudTrailInvalidClientTokenIdException
        ConflictException
        ThrottlingException
    ]
}

@planned
operation DeleteChannel {
    input: DeleteChannelRequest
    output: DeleteChannelResponse
    errors: [
        ChannelARNInvalidException
        ChannelNotFoundException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@idempotent
operation DeleteDashboard {
    input: DeleteDashboardRequest
    output: DeleteDashboardResponse
    errors: [
        ConflictException
        ResourceNotFoundException
        UnsupportedOperationException
    ]
}

@planned
operation DeleteEventDataStore {
    input: DeleteEventDataStoreRequest
    output: DeleteEventDataStoreResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        EventDataStoreTerminationProtectedException
        EventDataStoreHasOngoingImportException
        InactiveEventDataStoreException
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        ChannelExistsForEDSException
        InsufficientDependencyServiceAccessPermissionException
        ConflictException
        EventDataStoreFederationEnabledException
    ]
}

@planned
@idempotent
@arn("{ResourceArn}")
operation DeleteResourcePolicy {
    input: DeleteResourcePolicyRequest
    output: DeleteResourcePolicyResponse
    errors: [
        ResourceARNNotValidException
        ResourceNotFoundException
        ResourcePolicyNotFoundException
        ResourceTypeNotSupportedException
        ConflictException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@idempotent
@authorizeSelf
operation DeleteTrail {
    input: DeleteTrailRequest
    output: DeleteTrailResponse
    errors: [
        TrailNotFoundException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        ConflictException
        ThrottlingException
        InvalidHomeRegionException
        UnsupportedOperationException
        OperationNotPermittedException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        InsufficientDependencyServiceAccessPermissionException
    ]
}

@planned
@idempotent
operation DeregisterOrganizationDelegatedAdmin {
    input: DeregisterOrganizationDelegatedAdminRequest
    output: DeregisterOrganizationDelegatedAdminResponse
    errors: [
        AccountNotFoundException
        AccountNotRegisteredException
        CloudTrailAccessNotEnabledException
        ConflictException
        InsufficientDependencyServiceAccessPermissionException
        InvalidParameterException
        NotOrganizationManagementAccountException
        OrganizationNotInAllFeaturesModeException
        OrganizationsNotInUseException
        UnsupportedOperationException
        OperationNotPermittedException
    ]
}

@planned
@readonly
@idempotent
operation DescribeQuery {
    input: DescribeQueryRequest
    output: DescribeQueryResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        InvalidParameterException
        QueryIdNotFoundException
        OperationNotPermittedException
        UnsupportedOperationException
        NoManagementAccountSLRExistsException
    ]
}

@readonly
@idempotent
@arn("*")
operation DescribeTrails {
    input: DescribeTrailsRequest
    output: DescribeTrailsResponse
    errors: [
        UnsupportedOperationException
        OperationNotPermittedException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        NoManagementAccountSLRExistsException
    ]
}

@planned
operation DisableFederation {
    input: DisableFederationRequest
    output: DisableFederationResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidParameterException
        InactiveEventDataStoreException
        OperationNotPermittedException
        UnsupportedOperationException
        CloudTrailAccessNotEnabledException
        InsufficientDependencyServiceAccessPermissionException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        OrganizationsNotInUseException
        OrganizationNotInAllFeaturesModeException
        ConcurrentModificationException
        AccessDeniedException
    ]
}

@planned
operation EnableFederation {
    input: EnableFederationRequest
    output: EnableFederationResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidParameterException
        InactiveEventDataStoreException
        OperationNotPermittedException
        UnsupportedOperationException
        CloudTrailAccessNotEnabledException
        InsufficientDependencyServiceAccessPermissionException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        OrganizationsNotInUseException
        OrganizationNotInAllFeaturesModeException
        ConcurrentModificationException
        AccessDeniedException
        EventDataStoreFederationEnabledException
    ]
}

@planned
@idempotent
operation GenerateQuery {
    input: GenerateQueryRequest
    output: GenerateQueryResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        InvalidParameterException
        GenerateResponseException
        OperationNotPermittedException
        UnsupportedOperationException
        NoManagementAccountSLRExistsException
    ]
}

@planned
@readonly
@idempotent
operation GetChannel {
    input: GetChannelRequest
    output: GetChannelResponse
    errors: [
        ChannelARNInvalidException
        ChannelNotFoundException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@readonly
@idempotent
operation GetDashboard {
    input: GetDashboardRequest
    output: GetDashboardResponse
    errors: [
        ResourceNotFoundException
        UnsupportedOperationException
    ]
}

@planned
@readonly
@idempotent
operation GetEventConfiguration {
    input: GetEventConfigurationRequest
    output: GetEventConfigurationResponse
    errors: [
        TrailNotFoundException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        UnsupportedOperationException
        OperationNotPermittedException
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidEventDataStoreStatusException
        InvalidParameterException
        InvalidEventDataStoreCategoryException
        NoManagementAccountSLRExistsException
        InvalidParameterCombinationException
    ]
}

@planned
@readonly
@idempotent
operation GetEventDataStore {
    input: GetEventDataStoreRequest
    output: GetEventDataStoreResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
        NoManagementAccountSLRExistsException
    ]
}

@readonly
@idempotent
@authorizeSelf
operation GetEventSelectors {
    input: GetEventSelectorsRequest
    output: GetEventSelectorsResponse
    errors: [
        TrailNotFoundException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        UnsupportedOperationException
        OperationNotPermittedException
        NoManagementAccountSLRExistsException
    ]
}

@planned
@readonly
operation GetImport {
    input: GetImportRequest
    output: GetImportResponse
    errors: [
        ImportNotFoundException
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@readonly
@idempotent
operation GetInsightSelectors {
    input: GetInsightSelectorsRequest
    output: GetInsightSelectorsResponse
    errors: [
        InvalidParameterException
        InvalidParameterCombinationException
        TrailNotFoundException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        UnsupportedOperationException
        OperationNotPermittedException
        InsightNotEnabledException
        NoManagementAccountSLRExistsException
        ThrottlingException
    ]
}

@planned
@readonly
@paginated
operation GetQueryResults {
    input: GetQueryResultsRequest
    output: GetQueryResultsResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        InvalidMaxResultsException
        InvalidNextTokenException
        InvalidParameterException
        QueryIdNotFoundException
        InsufficientEncryptionPolicyException
        OperationNotPermittedException
        UnsupportedOperationException
        NoManagementAccountSLRExistsException
    ]
}

@planned
@readonly
@idempotent
@arn("{ResourceArn}")
operation GetResourcePolicy {
    input: GetResourcePolicyRequest
    output: GetResourcePolicyResponse
    errors: [
        ResourceARNNotValidException
        ResourceNotFoundException
        ResourcePolicyNotFoundException
        ResourceTypeNotSupportedException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@readonly
@idempotent
@authorizeSelf
operation GetTrail {
    input: GetTrailRequest
    output: GetTrailResponse
    errors: [
        CloudTrailARNInvalidException
        TrailNotFoundException
        InvalidTrailNameException
        UnsupportedOperationException
        OperationNotPermittedException
    ]
}

@readonly
@idempotent
@authorizeSelf
operation GetTrailStatus {
    input: GetTrailStatusRequest
    output: GetTrailStatusResponse
    errors: [
        CloudTrailARNInvalidException
        TrailNotFoundException
        InvalidTrailNameException
        UnsupportedOperationException
        OperationNotPermittedException
    ]
}

@planned
@readonly
@idempotent
@paginated
operation ListChannels {
    input: ListChannelsRequest
    output: ListChannelsResponse
    errors: [
        InvalidNextTokenException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@readonly
@idempotent
@paginated
operation ListDashboards {
    input: ListDashboardsRequest
    output: ListDashboardsResponse
    errors: [
        UnsupportedOperationException
    ]
}

@planned
@readonly
@idempotent
@paginated
operation ListEventDataStores {
    input: ListEventDataStoresRequest
    output: ListEventDataStoresResponse
    errors: [
        InvalidMaxResultsException
        InvalidNextTokenException
        OperationNotPermittedException
        UnsupportedOperationException
        NoManagementAccountSLRExistsException
    ]
}

@planned
@readonly
@idempotent
@paginated
operation ListImportFailures {
    input: ListImportFailuresRequest
    output: ListImportFailuresResponse
    errors: [
        InvalidNextTokenException
        OperationNotPermittedException
        UnsupportedOperationException
        InvalidParameterException
    ]
}

@planned
@readonly
@idempotent
@paginated
operation ListImports {
    input: ListImportsRequest
    output: ListImportsResponse
    errors: [
        EventDataStoreARNInvalidException
        InvalidNextTokenException
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@readonly
@idempotent
@paginated
operation ListInsightsData {
    input: ListInsightsDataRequest
    output: ListInsightsDataResponse
    errors: [
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@idempotent
@paginated
operation ListInsightsMetricData {
    input: ListInsightsMetricDataRequest
    output: ListInsightsMetricDataResponse
    errors: [
        InvalidParameterException
        InvalidTrailNameException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@readonly
@idempotent
@paginated
@arn("*")
operation ListPublicKeys {
    input: ListPublicKeysRequest
    output: ListPublicKeysResponse
    errors: [
        InvalidTimeRangeException
        UnsupportedOperationException
        OperationNotPermittedException
        InvalidTokenException
    ]
}

@planned
@readonly
@idempotent
@paginated
operation ListQueries {
    input: ListQueriesRequest
    output: ListQueriesResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        InvalidDateRangeException
        InvalidMaxResultsException
        InvalidNextTokenException
        InvalidParameterException
        InvalidQueryStatusException
        OperationNotPermittedException
        UnsupportedOperationException
        NoManagementAccountSLRExistsException
    ]
}

@readonly
@idempotent
@paginated
@authorizeSelf
operation ListTags {
    input: ListTagsRequest
    output: ListTagsResponse
    errors: [
        ResourceNotFoundException
        CloudTrailARNInvalidException
        EventDataStoreARNInvalidException
        ChannelARNInvalidException
        ResourceTypeNotSupportedException
        InvalidTrailNameException
        InactiveEventDataStoreException
        EventDataStoreNotFoundException
        UnsupportedOperationException
        OperationNotPermittedException
        InvalidTokenException
        NoManagementAccountSLRExistsException
    ]
}

@readonly
@idempotent
@paginated
@arn("*")
operation ListTrails {
    input: ListTrailsRequest
    output: ListTrailsResponse
    errors: [
        UnsupportedOperationException
        OperationNotPermittedException
    ]
}

@readonly
@idempotent
@paginated
@arn("*")
operation LookupEvents {
    input: LookupEventsRequest
    output: LookupEventsResponse
    errors: [
        InvalidLookupAttributesException
        InvalidTimeRangeException
        InvalidMaxResultsException
        InvalidNextTokenException
        InvalidEventCategoryException
        UnsupportedOperationException
        OperationNotPermittedException
    ]
}

@planned
@idempotent
operation PutEventConfiguration {
    input: PutEventConfigurationRequest
    output: PutEventConfigurationResponse
    errors: [
        TrailNotFoundException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        InvalidParameterCombinationException
        InvalidHomeRegionException
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidEventDataStoreStatusException
        InvalidEventDataStoreCategoryException
        InactiveEventDataStoreException
        UnsupportedOperationException
        OperationNotPermittedException
        ThrottlingException
        InvalidParameterException
        ConflictException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        InsufficientDependencyServiceAccessPermissionException
        InsufficientIAMAccessPermissionException
    ]
}

@idempotent
@authorizeSelf
operation PutEventSelectors {
    input: PutEventSelectorsRequest
    output: PutEventSelectorsResponse
    errors: [
        TrailNotFoundException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        InvalidHomeRegionException
        InvalidEventSelectorsException
        ConflictException
        ThrottlingException
        UnsupportedOperationException
        OperationNotPermittedException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        InsufficientDependencyServiceAccessPermissionException
    ]
}

@planned
@idempotent
operation PutInsightSelectors {
    input: PutInsightSelectorsRequest
    output: PutInsightSelectorsResponse
    errors: [
        InvalidParameterException
        InvalidParameterCombinationException
        TrailNotFoundException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        InvalidHomeRegionException
        InvalidInsightSelectorsException
        InsufficientS3BucketPolicyException
        InsufficientEncryptionPolicyException
        S3BucketDoesNotExistException
        KmsException
        UnsupportedOperationException
        OperationNotPermittedException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        ThrottlingException
    ]
}

@planned
@idempotent
@arn("{ResourceArn}")
operation PutResourcePolicy {
    input: PutResourcePolicyRequest
    output: PutResourcePolicyResponse
    errors: [
        ResourceARNNotValidException
        ResourcePolicyNotValidException
        ResourceNotFoundException
        ResourceTypeNotSupportedException
        ConflictException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@idempotent
operation RegisterOrganizationDelegatedAdmin {
    input: RegisterOrganizationDelegatedAdminRequest
    output: RegisterOrganizationDelegatedAdminResponse
    errors: [
        AccountRegisteredException
        AccountNotFoundException
        InsufficientDependencyServiceAccessPermissionException
        InvalidParameterException
        CannotDelegateManagementAccountException
        CloudTrailAccessNotEnabledException
        ConflictException
        DelegatedAdminAccountLimitExceededException
        NotOrganizationManagementAccountException
        OrganizationNotInAllFeaturesModeException
        OrganizationsNotInUseException
        UnsupportedOperationException
        OperationNotPermittedException
        InsufficientIAMAccessPermissionException
    ]
}

@idempotent
@authorizeSelf
@conditionKeys("aws:TagKeys": "TagsList")
operation RemoveTags {
    input: RemoveTagsRequest
    output: RemoveTagsResponse
    errors: [
        ResourceNotFoundException
        CloudTrailARNInvalidException
        EventDataStoreARNInvalidException
        ChannelARNInvalidException
        ResourceTypeNotSupportedException
        InvalidTrailNameException
        InvalidTagParameterException
        InactiveEventDataStoreException
        EventDataStoreNotFoundException
        ChannelNotFoundException
        UnsupportedOperationException
        OperationNotPermittedException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        ConflictException
    ]
}

@planned
operation RestoreEventDataStore {
    input: RestoreEventDataStoreRequest
    output: RestoreEventDataStoreResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        EventDataStoreMaxLimitExceededException
        InvalidEventDataStoreStatusException
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
        CloudTrailAccessNotEnabledException
        InsufficientDependencyServiceAccessPermissionException
        OrganizationsNotInUseException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        OrganizationNotInAllFeaturesModeException
    ]
}

@planned
@readonly
@idempotent
@paginated
operation SearchSampleQueries {
    input: SearchSampleQueriesRequest
    output: SearchSampleQueriesResponse
    errors: [
        InvalidParameterException
        UnsupportedOperationException
        OperationNotPermittedException
    ]
}

@planned
@idempotent
operation StartDashboardRefresh {
    input: StartDashboardRefreshRequest
    output: StartDashboardRefreshResponse
    errors: [
        ResourceNotFoundException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        ServiceQuotaExceededException
        UnsupportedOperationException
    ]
}

@planned
operation StartEventDataStoreIngestion {
    input: StartEventDataStoreIngestionRequest
    output: StartEventDataStoreIngestionResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidEventDataStoreStatusException
        InvalidParameterException
        InvalidEventDataStoreCategoryException
        OperationNotPermittedException
        UnsupportedOperationException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        InsufficientDependencyServiceAccessPermissionException
        ConflictException
    ]
}

@planned
operation StartImport {
    input: StartImportRequest
    output: StartImportResponse
    errors: [
        AccountHasOngoingImportException
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidEventDataStoreStatusException
        InvalidEventDataStoreCategoryException
        InactiveEventDataStoreException
        InvalidImportSourceException
        ImportNotFoundException
        InvalidParameterException
        InsufficientEncryptionPolicyException
        OperationNotPermittedException
        UnsupportedOperationException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@idempotent
@authorizeSelf
operation StartLogging {
    input: StartLoggingRequest
    output: StartLoggingResponse
    errors: [
        CloudTrailARNInvalidException
        ConflictException
        ThrottlingException
        TrailNotFoundException
        InvalidTrailNameException
        InvalidHomeRegionException
        UnsupportedOperationException
        OperationNotPermittedException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        InsufficientDependencyServiceAccessPermissionException
    ]
}

@planned
@idempotent
operation StartQuery {
    input: StartQueryRequest
    output: StartQueryResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        InvalidParameterException
        InvalidQueryStatementException
        MaxConcurrentQueriesException
        InsufficientEncryptionPolicyException
        InvalidS3PrefixException
        InvalidS3BucketNameException
        InsufficientS3BucketPolicyException
        S3BucketDoesNotExistException
        OperationNotPermittedException
        UnsupportedOperationException
        NoManagementAccountSLRExistsException
    ]
}

@planned
operation StopEventDataStoreIngestion {
    input: StopEventDataStoreIngestionRequest
    output: StopEventDataStoreIngestionResponse
    errors: [
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidEventDataStoreStatusException
        InvalidParameterException
        InvalidEventDataStoreCategoryException
        OperationNotPermittedException
        UnsupportedOperationException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        InsufficientDependencyServiceAccessPermissionException
        ConflictException
    ]
}

@planned
operation StopImport {
    input: StopImportRequest
    output: StopImportResponse
    errors: [
        ImportNotFoundException
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@idempotent
@authorizeSelf
operation StopLogging {
    input: StopLoggingRequest
    output: StopLoggingResponse
    errors: [
        TrailNotFoundException
        InvalidTrailNameException
        CloudTrailARNInvalidException
        ConflictException
        ThrottlingException
        InvalidHomeRegionException
        UnsupportedOperationException
        OperationNotPermittedException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        InsufficientDependencyServiceAccessPermissionException
    ]
}

@planned
@idempotent
operation UpdateChannel {
    input: UpdateChannelRequest
    output: UpdateChannelResponse
    errors: [
        ChannelARNInvalidException
        ChannelNotFoundException
        ChannelAlreadyExistsException
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidEventDataStoreCategoryException
        InactiveEventDataStoreException
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
    ]
}

@planned
@idempotent
operation UpdateDashboard {
    input: UpdateDashboardRequest
    output: UpdateDashboardResponse
    errors: [
        ConflictException
        ResourceNotFoundException
        EventDataStoreNotFoundException
        InactiveEventDataStoreException
        InsufficientEncryptionPolicyException
        InvalidQueryStatementException
        ServiceQuotaExceededException
        UnsupportedOperationException
    ]
}

@planned
@idempotent
operation UpdateEventDataStore {
    input: UpdateEventDataStoreRequest
    output: UpdateEventDataStoreResponse
    errors: [
        EventDataStoreAlreadyExistsException
        EventDataStoreARNInvalidException
        EventDataStoreNotFoundException
        InvalidEventSelectorsException
        InvalidInsightSelectorsException
        EventDataStoreHasOngoingImportException
        InactiveEventDataStoreException
        InvalidParameterException
        OperationNotPermittedException
        UnsupportedOperationException
        InsufficientEncryptionPolicyException
        InvalidKmsKeyIdException
        KmsKeyNotFoundException
        KmsException
        CloudTrailAccessNotEnabledException
        InsufficientDependencyServiceAccessPermissionException
        OrganizationsNotInUseException
        NotOrganizationMasterAccountException
        NoManagementAccountSLRExistsException
        OrganizationNotInAllFeaturesModeException
        ConflictException
        ThrottlingException
    ]
}

@idempotent
@authorizeSelf
operation UpdateTrail {
    input: UpdateTrailRequest
    output: UpdateTrailResponse
    errors: [
        S3BucketDoesNotExistException
        InsufficientS3BucketPolicyException
        InsufficientSnsTopicPolicyException
        InsufficientEncryptionPolicyException
        TrailNotFoundException
        InvalidS3BucketNameException
        InvalidS3PrefixException
        InvalidSnsTopicNameException
        InvalidKmsKeyIdException
        InvalidTrailNameException
        TrailNotProvidedException
        InvalidEventSelectorsException
        CloudTrailARNInvalidException
        ConflictException
        ThrottlingException
        InvalidParameterCombinationException
        InvalidHomeRegionException
        KmsKeyNotFoundException
        KmsKeyDisabledException
        KmsException
        InvalidCloudWatchLogsLogGroupArnException
        InvalidCloudWatchLogsRoleArnException
        CloudWatchLogsDeliveryUnavailableException
        UnsupportedOperationException
        OperationNotPermittedException
        CloudTrailAccessNotEnabledException
        InsufficientDependencyServiceAccessPermissionException
        OrganizationsNotInUseException
        NotOrganizationMasterAccountException
        OrganizationNotInAllFeaturesModeException
        NoManagementAccountSLRExistsException
        CloudTrailInvalidClientTokenIdException
        InvalidParameterException
    ]
}

@error("client")
structure AccessDeniedException {}

@error("client")
structure AccountHasOngoingImportException {}

@length(min: 12, max: 16)
@pattern("\\d+")
string AccountId

@error("client")
structure AccountNotFoundException {}

@error("client")
structure AccountNotRegisteredException {}

@error("client")
structure AccountRegisteredException {}

structure AddTagsRequest {
    @required
    ResourceId: String
    @required
    TagsList: TagsList
}

structure AddTagsResponse {}

structure AdvancedEventSelector {
    Name: SelectorName
    @required
    FieldSelectors: AdvancedFieldSelectors
}

list AdvancedEventSelectors {
    member: AdvancedEventSelector
}

structure AdvancedFieldSelector {
    @required
    Field: SelectorField
    Equals: Operator
    StartsWith: Operator
    EndsWith: Operator
    NotEquals: Operator
    NotStartsWith: Operator
    NotEndsWith: Operator
}

@length(min: 1)
list AdvancedFieldSelectors {
    member: AdvancedFieldSelector
}

structure AggregationConfiguration {
    @required
    Templates: Templates
    @required
    EventCategory: EventCategoryAggregation
}

@length(max: 1)
list AggregationConfigurations {
    member: AggregationConfiguration
}

enum BillingMode {
    EXTENDABLE_RETENTION_PRICING
    FIXED_RETENTION_PRICING
}

structure CancelQueryRequest {
    EventDataStore: EventDataStoreArn
    @required
    QueryId: UUID
    EventDataStoreOwnerAccountId: AccountId
}

structure CancelQueryResponse {
    @required
    QueryId: UUID
    @required
    QueryStatus: QueryStatus
    EventDataStoreOwnerAccountId: AccountId
}

@error("client")
structure CannotDelegateManagementAccountException {}

structure Channel {
    ChannelArn: ChannelArn
    Name: ChannelName
}

@error("client")
structure ChannelARNInvalidException {}

@error("client")
structure ChannelAlreadyExistsException {}

@length(min: 3, max: 256)
@pattern("^[a-zA-Z0-9._/\\-:]+$")
string ChannelArn

@error("client")
structure ChannelExistsForEDSException {}

@error("client")
structure ChannelMaxLimitExceededException {}

@length(min: 3, max: 128)
@pattern("^[a-zA-Z0-9._\\-]+$")
string ChannelName

@error("client")
structure ChannelNotFoundException {}

list Channels {
    member: Channel
}

@error("client")
structure CloudTrailARNInvalidException {}

@error("client")
structure CloudTrailAccessNotEnabledException {}

@error("client")
structure CloudTrailInvalidClientTokenIdException {}

@error("client")
structure CloudWatchLogsDeliveryUnavailableException {}

@error("client")
structure ConcurrentModificationException {}

@error("client")
structure ConflictException {}

structure ContextKeySelector {
    @required
    Type: Type
    @required
    Equals: OperatorTargetList
}

@length(max: 2)
list ContextKeySelectors {
    member: ContextKeySelector
}

structure CreateChannelRequest {
    @required
    Name: ChannelName
    @required
    Source: Source
    @required
    Destinations: Destinations
    Tags: TagsList
}

structure CreateChannelResponse {
    ChannelArn: ChannelArn
    Name: ChannelName
    Source: Source
    Destinations: Destinations
    Tags: TagsList
}

structure CreateDashboardRequest {
    @required
    Name: DashboardName
    RefreshSchedule: RefreshSchedule
    TagsList: TagsList
    TerminationProtectionEnabled: Boolean
    Widgets: RequestWidgetList
}

structure CreateDashboardResponse {
    DashboardArn: DashboardArn
    Name: DashboardName
    Type: DashboardType
    Widgets: WidgetList
    TagsList: TagsList
    RefreshSchedule: RefreshSchedule
    TerminationProtectionEnabled: Boolean
}

structure CreateEventDataStoreRequest {
    @required
    Name: EventDataStoreName
    AdvancedEventSelectors: AdvancedEventSelectors
    MultiRegionEnabled: Boolean
    OrganizationEnabled: Boolean
    RetentionPeriod: RetentionPeriod
    TerminationProtectionEnabled: Boolean
    TagsList: TagsList
    KmsKeyId: EventDataStoreKmsKeyId
    StartIngestion: Boolean
    BillingMode: BillingMode
}

structure CreateEventDataStoreResponse {
    EventDataStoreArn: EventDataStoreArn
    Name: EventDataStoreName
    Status: EventDataStoreStatus
    AdvancedEventSelectors: AdvancedEventSelectors
    MultiRegionEnabled: Boolean
    OrganizationEnabled: Boolean
    RetentionPeriod: RetentionPeriod
    TerminationProtectionEnabled: Boolean
    TagsList: TagsList
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
    KmsKeyId: EventDataStoreKmsKeyId
    BillingMode: BillingMode
}

structure CreateTrailRequest {
    @required
    Name: String
    @required
    S3BucketName: String
    S3KeyPrefix: String
    SnsTopicName: String
    IncludeGlobalServiceEvents: Boolean
    IsMultiRegionTrail: Boolean
    EnableLogFileValidation: Boolean
    CloudWatchLogsLogGroupArn: String
    CloudWatchLogsRoleArn: String
    KmsKeyId: String
    IsOrganizationTrail: Boolean
    TagsList: TagsList
}

structure CreateTrailResponse {
    Name: String
    S3BucketName: String
    S3KeyPrefix: String
    SnsTopicName: String
    SnsTopicARN: String
    IncludeGlobalServiceEvents: Boolean
    IsMultiRegionTrail: Boolean
    TrailARN: String
    LogFileValidationEnabled: Boolean
    CloudWatchLogsLogGroupArn: String
    CloudWatchLogsRoleArn: String
    KmsKeyId: String
    IsOrganizationTrail: Boolean
}

@pattern("^[a-zA-Z0-9._/\\-:]+$")
string DashboardArn

structure DashboardDetail {
    DashboardArn: DashboardArn
    Type: DashboardType
}

@length(min: 3, max: 128)
@pattern("^[a-zA-Z0-9_\\-]+$")
string DashboardName

enum DashboardStatus {
    CREATING
    CREATED
    UPDATING
    UPDATED
    DELETING
}

enum DashboardType {
    MANAGED
    CUSTOM
}

list Dashboards {
    member: DashboardDetail
}

structure DataResource {
    Type: String
    Values: DataResourceValues
}

list DataResourceValues {
    member: String
}

list DataResources {
    member: DataResource
}

@error("client")
structure DelegatedAdminAccountLimitExceededException {}

structure DeleteChannelRequest {
    @required
    Channel: ChannelArn
}

structure DeleteChannelResponse {}

structure DeleteDashboardRequest {
    @required
    DashboardId: DashboardArn
}

structure DeleteDashboardResponse {}

structure DeleteEventDataStoreRequest {
    @required
    EventDataStore: EventDataStoreArn
}

structure DeleteEventDataStoreResponse {}

structure DeleteResourcePolicyRequest {
    @required
    ResourceArn: ResourceArn
}

structure DeleteResourcePolicyResponse {}

structure DeleteTrailRequest {
    @required
    Name: String
}

structure DeleteTrailResponse {}

@length(max: 1024)
@pattern("s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?")
string DeliveryS3Uri

enum DeliveryStatus {
    SUCCESS
    FAILED
    FAILED_SIGNING_FILE
    PENDING
    RESOURCE_NOT_FOUND
    ACCESS_DENIED
    ACCESS_DENIED_SIGNING_FILE
    CANCELLED
    UNKNOWN
}

structure DeregisterOrganizationDelegatedAdminRequest {
    @required
    DelegatedAdminAccountId: AccountId
}

structure DeregisterOrganizationDelegatedAdminResponse {}

structure DescribeQueryRequest {
    EventDataStore: EventDataStoreArn
    QueryId: UUID
    QueryAlias: QueryAlias
    RefreshId: RefreshId
    EventDataStoreOwnerAccountId: AccountId
}

structure DescribeQueryResponse {
    QueryId: UUID
    QueryString: QueryStatement
    QueryStatus: QueryStatus
    QueryStatistics: QueryStatisticsForDescribeQuery
    ErrorMessage: ErrorMessage
    DeliveryS3Uri: DeliveryS3Uri
    DeliveryStatus: DeliveryStatus
    Prompt: Prompt
    EventDataStoreOwnerAccountId: AccountId
}

structure DescribeTrailsRequest {
    trailNameList: TrailNameList
    includeShadowTrails: Boolean
}

structure DescribeTrailsResponse {
    trailList: TrailList
}

structure Destination {
    @required
    Type: DestinationType
    @required
    Location: Location
}

enum DestinationType {
    EVENT_DATA_STORE
    AWS_SERVICE
}

@length(min: 1, max: 200)
list Destinations {
    member: Destination
}

structure DisableFederationRequest {
    @required
    EventDataStore: EventDataStoreArn
}

structure DisableFederationResponse {
    EventDataStoreArn: EventDataStoreArn
    FederationStatus: FederationStatus
}

structure EnableFederationRequest {
    @required
    EventDataStore: EventDataStoreArn
    @required
    FederationRoleArn: FederationRoleArn
}

structure EnableFederationResponse {
    EventDataStoreArn: EventDataStoreArn
    FederationStatus: FederationStatus
    FederationRoleArn: FederationRoleArn
}

@length(max: 128)
@pattern("^[\\w\\d\\s_.,\\-:\\[\\]]+$")
string ErrorCode

@length(min: 4, max: 1000)
string ErrorMessage

structure Event {
    EventId: String
    EventName: String
    ReadOnly: String
    AccessKeyId: String
    EventTime: Timestamp
    EventSource: String
    Username: String
    Resources: ResourceList
    CloudTrailEvent: String
}

enum EventCategory {
    INSIGHT = "insight"
}

enum EventCategoryAggregation {
    DATA = "Data"
}

structure EventDataStore {
    EventDataStoreArn: EventDataStoreArn
    Name: EventDataStoreName
    TerminationProtectionEnabled: Boolean
    Status: EventDataStoreStatus
    AdvancedEventSelectors: AdvancedEventSelectors
    MultiRegionEnabled: Boolean
    OrganizationEnabled: Boolean
    RetentionPeriod: RetentionPeriod
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
}

@error("client")
structure EventDataStoreARNInvalidException {}

@error("client")
structure EventDataStoreAlreadyExistsException {}

@length(min: 3, max: 256)
@pattern("^[a-zA-Z0-9._/\\-:]+$")
string EventDataStoreArn

@error("client")
structure EventDataStoreFederationEnabledException {}

@error("client")
structure EventDataStoreHasOngoingImportException {}

@length(min: 1, max: 350)
@pattern("^[a-zA-Z0-9._/\\-:]+$")
string EventDataStoreKmsKeyId

@length(min: 1, max: 1)
list EventDataStoreList {
    member: EventDataStoreArn
}

@error("client")
structure EventDataStoreMaxLimitExceededException {}

@length(min: 3, max: 128)
@pattern("^[a-zA-Z0-9._\\-]+$")
string EventDataStoreName

@error("client")
structure EventDataStoreNotFoundException {}

enum EventDataStoreStatus {
    CREATED
    ENABLED
    PENDING_DELETION
    STARTING_INGESTION
    STOPPING_INGESTION
    STOPPED_INGESTION
}

@error("client")
structure EventDataStoreTerminationProtectedException {}

list EventDataStores {
    member: EventDataStore
}

@length(max: 128)
@pattern("^[A-Za-z0-9_]+$")
string EventName

structure EventSelector {
    ReadWriteType: ReadWriteType
    IncludeManagementEvents: Boolean
    DataResources: DataResources
    ExcludeManagementEventSources: ExcludeManagementEventSources
}

list EventSelectors {
    member: EventSelector
}

@length(max: 256)
@pattern("^[a-z0-9_-]+\\.amazonaws\\.com$")
string EventSource

list EventsList {
    member: Event
}

list ExcludeManagementEventSources {
    member: String
}

@length(min: 3, max: 125)
@pattern("^[a-zA-Z0-9._/\\-:@=\\+,\\.]+$")
string FederationRoleArn

enum FederationStatus {
    ENABLING
    ENABLED
    DISABLING
    DISABLED
}

structure GenerateQueryRequest {
    @required
    EventDataStores: EventDataStoreList
    @required
    Prompt: Prompt
}

structure GenerateQueryResponse {
    QueryStatement: QueryStatement
    QueryAlias: QueryAlias
    EventDataStoreOwnerAccountId: AccountId
}

@error("client")
structure GenerateResponseException {}

structure GetChannelRequest {
    @required
    Channel: ChannelArn
}

structure GetChannelResponse {
    ChannelArn: ChannelArn
    Name: ChannelName
    Source: Source
    SourceConfig: SourceConfig
    Destinations: Destinations
    IngestionStatus: IngestionStatus
}

structure GetDashboardRequest {
    @required
    DashboardId: DashboardArn
}

structure GetDashboardResponse {
    DashboardArn: DashboardArn
    Type: DashboardType
    Status: DashboardStatus
    Widgets: WidgetList
    RefreshSchedule: RefreshSchedule
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
    LastRefreshId: RefreshId
    LastRefreshFailureReason: ErrorMessage
    TerminationProtectionEnabled: Boolean
}

structure GetEventConfigurationRequest {
    TrailName: String
    EventDataStore: String
}

structure GetEventConfigurationResponse {
    TrailARN: String
    EventDataStoreArn: EventDataStoreArn
    MaxEventSize: MaxEventSize
    ContextKeySelectors: ContextKeySelectors
    AggregationConfigurations: AggregationConfigurations
}

structure GetEventDataStoreRequest {
    @required
    EventDataStore: EventDataStoreArn
}

structure GetEventDataStoreResponse {
    EventDataStoreArn: EventDataStoreArn
    Name: EventDataStoreName
    Status: EventDataStoreStatus
    AdvancedEventSelectors: AdvancedEventSelectors
    MultiRegionEnabled: Boolean
    OrganizationEnabled: Boolean
    RetentionPeriod: RetentionPeriod
    TerminationProtectionEnabled: Boolean
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
    KmsKeyId: EventDataStoreKmsKeyId
    BillingMode: BillingMode
    FederationStatus: FederationStatus
    FederationRoleArn: FederationRoleArn
    PartitionKeys: PartitionKeyList
}

structure GetEventSelectorsRequest {
    @required
    TrailName: String
}

structure GetEventSelectorsResponse {
    TrailARN: String
    EventSelectors: EventSelectors
    AdvancedEventSelectors: AdvancedEventSelectors
}

structure GetImportRequest {
    @required
    ImportId: UUID
}

structure GetImportResponse {
    ImportId: UUID
    Destinations: ImportDestinations
    ImportSource: ImportSource
    StartEventTime: Timestamp
    EndEventTime: Timestamp
    ImportStatus: ImportStatus
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
    ImportStatistics: ImportStatistics
}

structure GetInsightSelectorsRequest {
    TrailName: String
    EventDataStore: EventDataStoreArn
}

structure GetInsightSelectorsResponse {
    TrailARN: String
    InsightSelectors: InsightSelectors
    EventDataStoreArn: EventDataStoreArn
    InsightsDestination: EventDataStoreArn
}

structure GetQueryResultsRequest {
    EventDataStore: EventDataStoreArn
    @required
    QueryId: UUID
    NextToken: PaginationToken
    MaxQueryResults: MaxQueryResults
    EventDataStoreOwnerAccountId: AccountId
}

structure GetQueryResultsResponse {
    QueryStatus: QueryStatus
    QueryStatistics: QueryStatistics
    QueryResultRows: QueryResultRows
    NextToken: PaginationToken
    ErrorMessage: ErrorMessage
}

structure GetResourcePolicyRequest {
    @required
    ResourceArn: ResourceArn
}

structure GetResourcePolicyResponse {
    ResourceArn: ResourceArn
    ResourcePolicy: ResourcePolicy
    DelegatedAdminResourcePolicy: ResourcePolicy
}

structure GetTrailRequest {
    @required
    Name: String
}

structure GetTrailResponse {
    Trail: Trail
}

structure GetTrailStatusRequest {
    @required
    Name: String
}

structure GetTrailStatusResponse {
    IsLogging: Boolean
    LatestDeliveryError: String
    LatestNotificationError: String
    LatestDeliveryTime: Timestamp
    LatestNotificationTime: Timestamp
    StartLoggingTime: Timestamp
    StopLoggingTime: Timestamp
    LatestCloudWatchLogsDeliveryError: String
    LatestCloudWatchLogsDeliveryTime: Timestamp
    LatestDigestDeliveryTime: Timestamp
    LatestDigestDeliveryError: String
    LatestDeliveryAttemptTime: String
    LatestNotificationAttemptTime: String
    LatestNotificationAttemptSucceeded: String
    LatestDeliveryAttemptSucceeded: String
    TimeLoggingStarted: String
    TimeLoggingStopped: String
}

@length(min: 1, max: 1)
list ImportDestinations {
    member: EventDataStoreArn
}

list ImportFailureList {
    member: ImportFailureListItem
}

structure ImportFailureListItem {
    Location: String
    Status: ImportFailureStatus
    ErrorType: String
    ErrorMessage: String
    LastUpdatedTime: Timestamp
}

enum ImportFailureStatus {
    FAILED
    RETRY
    SUCCEEDED
}

@error("client")
structure ImportNotFoundException {}

structure ImportSource {
    @required
    S3: S3ImportSource
}

structure ImportStatistics {
    PrefixesFound: Long
    PrefixesCompleted: Long
    FilesCompleted: Long
    EventsCompleted: Long
    FailedEntries: Long
}

enum ImportStatus {
    INITIALIZING
    IN_PROGRESS
    FAILED
    STOPPED
    COMPLETED
}

list ImportsList {
    member: ImportsListItem
}

structure ImportsListItem {
    ImportId: UUID
    ImportStatus: ImportStatus
    Destinations: ImportDestinations
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
}

@error("client")
structure InactiveEventDataStoreException {}

@error("client")
structure InactiveQueryException {}

structure IngestionStatus {
    LatestIngestionSuccessTime: Timestamp
    LatestIngestionSuccessEventID: UUID
    LatestIngestionErrorCode: ErrorMessage
    LatestIngestionAttemptTime: Timestamp
    LatestIngestionAttemptEventID: UUID
}

@error("client")
structure InsightNotEnabledException {}

structure InsightSelector {
    InsightType: InsightType
    EventCategories: SourceEventCategories
}

list InsightSelectors {
    member: InsightSelector
}

enum InsightType {
    API_CALL_RATE_INSIGHT = "ApiCallRateInsight"
    API_ERROR_RATE_INSIGHT = "ApiErrorRateInsight"
}

enum InsightsMetricDataType {
    FILL_WITH_ZEROS = "FillWithZeros"
    NON_ZERO_DATA = "NonZeroData"
}

@range(min: 1, max: 21600)
integer InsightsMetricMaxResults

@length(min: 1, max: 5000)
string InsightsMetricNextToken

@range(min: 60, max: 3600)
integer InsightsMetricPeriod

list InsightsMetricValues {
    member: Double
}

@error("client")
structure InsufficientDependencyServiceAccessPermissionException {}

@error("client")
structure InsufficientEncryptionPolicyException {}

@error("client")
structure InsufficientIAMAccessPermissionException {}

@error("client")
structure InsufficientS3BucketPolicyException {}

@error("client")
structure InsufficientSnsTopicPolicyException {}

@error("client")
structure InvalidCloudWatchLogsLogGroupArnException {}

@error("client")
structure InvalidCloudWatchLogsRoleArnException {}

@error("client")
structure InvalidDateRangeException {}

@error("client")
structure InvalidEventCategoryException {}

@error("client")
structure InvalidEventDataStoreCategoryException {}

@error("client")
structure InvalidEventDataStoreStatusException {}

@error("client")
structure InvalidEventSelectorsException {}

@error("client")
structure InvalidHomeRegionException {}

@error("client")
structure InvalidImportSourceException {}

@error("client")
structure InvalidInsightSelectorsException {}

@error("client")
structure InvalidKmsKeyIdException {}

@error("client")
structure InvalidLookupAttributesException {}

@error("client")
structure InvalidMaxResultsException {}

@error("client")
structure InvalidNextTokenException {}

@error("client")
structure InvalidParameterCombinationException {}

@error("client")
structure InvalidParameterException {}

@error("client")
structure InvalidQueryStatementException {}

@error("client")
structure InvalidQueryStatusException {}

@error("client")
structure InvalidS3BucketNameException {}

@error("client")
structure InvalidS3PrefixException {}

@error("client")
structure InvalidSnsTopicNameException {}

@error("client")
structure InvalidSourceException {}

@error("client")
structure InvalidTagParameterException {}

@error("client")
structure InvalidTimeRangeException {}

@error("client")
structure InvalidTokenException {}

@error("client")
structure InvalidTrailNameException {}

@error("client")
structure KmsException {}

@error("client")
structure KmsKeyDisabledException {}

@error("client")
structure KmsKeyNotFoundException {}

@range(min: 1, max: 1000)
integer ListChannelsMaxResultsCount

structure ListChannelsRequest {
    MaxResults: ListChannelsMaxResultsCount
    NextToken: PaginationToken
}

structure ListChannelsResponse {
    Channels: Channels
    NextToken: PaginationToken
}

@range(min: 1, max: 1000)
integer ListDashboardsMaxResultsCount

structure ListDashboardsRequest {
    NamePrefix: DashboardName
    Type: DashboardType
    NextToken: PaginationToken
    MaxResults: ListDashboardsMaxResultsCount
}

structure ListDashboardsResponse {
    Dashboards: Dashboards
    NextToken: PaginationToken
}

@range(min: 1, max: 1000)
integer ListEventDataStoresMaxResultsCount

structure ListEventDataStoresRequest {
    NextToken: PaginationToken
    MaxResults: ListEventDataStoresMaxResultsCount
}

structure ListEventDataStoresResponse {
    EventDataStores: EventDataStores
    NextToken: PaginationToken
}

@range(min: 1, max: 1000)
integer ListImportFailuresMaxResultsCount

structure ListImportFailuresRequest {
    @required
    ImportId: UUID
    MaxResults: ListImportFailuresMaxResultsCount
    NextToken: PaginationToken
}

structure ListImportFailuresResponse {
    Failures: ImportFailureList
    NextToken: PaginationToken
}

@range(min: 1, max: 1000)
integer ListImportsMaxResultsCount

structure ListImportsRequest {
    MaxResults: ListImportsMaxResultsCount
    Destination: EventDataStoreArn
    ImportStatus: ImportStatus
    NextToken: PaginationToken
}

structure ListImportsResponse {
    Imports: ImportsList
    NextToken: PaginationToken
}

enum ListInsightsDataDimensionKey {
    EVENT_ID = "EventId"
    EVENT_NAME = "EventName"
    EVENT_SOURCE = "EventSource"
}

@length(min: 1, max: 2000)
string ListInsightsDataDimensionValue

@length(min: 1, max: 1)
map ListInsightsDataDimensions {
    key: ListInsightsDataDimensionKey
    value: ListInsightsDataDimensionValue
}

@range(min: 1, max: 50)
integer ListInsightsDataMaxResultsCount

structure ListInsightsDataRequest {
    @required
    InsightSource: ResourceArn
    @required
    DataType: ListInsightsDataType
    Dimensions: ListInsightsDataDimensions
    StartTime: Timestamp
    EndTime: Timestamp
    MaxResults: ListInsightsDataMaxResultsCount
    NextToken: PaginationToken
}

structure ListInsightsDataResponse {
    Events: EventsList
    NextToken: PaginationToken
}

enum ListInsightsDataType {
    INSIGHTS_EVENTS = "InsightsEvents"
}

structure ListInsightsMetricDataRequest {
    TrailName: String
    @required
    EventSource: EventSource
    @required
    EventName: EventName
    @required
    InsightType: InsightType
    ErrorCode: ErrorCode
    StartTime: Timestamp
    EndTime: Timestamp
    Period: InsightsMetricPeriod
    DataType: InsightsMetricDataType
    MaxResults: InsightsMetricMaxResults
    NextToken: InsightsMetricNextToken
}

structure ListInsightsMetricDataResponse {
    TrailARN: String
    EventSource: EventSource
    EventName: EventName
    InsightType: InsightType
    ErrorCode: ErrorCode
    Timestamps: Timestamps
    Values: InsightsMetricValues
    NextToken: InsightsMetricNextToken
}

structure ListPublicKeysRequest {
    StartTime: Timestamp
    EndTime: Timestamp
    NextToken: String
}

structure ListPublicKeysResponse {
    PublicKeyList: PublicKeyList
    NextToken: String
}

@range(min: 1, max: 1000)
integer ListQueriesMaxResultsCount

structure ListQueriesRequest {
    @required
    EventDataStore: EventDataStoreArn
    NextToken: PaginationToken
    MaxResults: ListQueriesMaxResultsCount
    StartTime: Timestamp
    EndTime: Timestamp
    QueryStatus: QueryStatus
}

structure ListQueriesResponse {
    Queries: Queries
    NextToken: PaginationToken
}

structure ListTagsRequest {
    @required
    ResourceIdList: ResourceIdList
    NextToken: String
}

structure ListTagsResponse {
    ResourceTagList: ResourceTagList
    NextToken: String
}

structure ListTrailsRequest {
    NextToken: String
}

structure ListTrailsResponse {
    Trails: Trails
    NextToken: String
}

@length(min: 3, max: 1024)
@pattern("^[a-zA-Z0-9._/\\-:*]+$")
string Location

structure LookupAttribute {
    @required
    AttributeKey: LookupAttributeKey
    @required
    AttributeValue: LookupAttributeValue
}

enum LookupAttributeKey {
    EVENT_ID = "EventId"
    EVENT_NAME = "EventName"
    READ_ONLY = "ReadOnly"
    USERNAME = "Username"
    RESOURCE_TYPE = "ResourceType"
    RESOURCE_NAME = "ResourceName"
    EVENT_SOURCE = "EventSource"
    ACCESS_KEY_ID = "AccessKeyId"
}

@length(min: 1, max: 2000)
string LookupAttributeValue

list LookupAttributesList {
    member: LookupAttribute
}

structure LookupEventsRequest {
    LookupAttributes: LookupAttributesList
    StartTime: Timestamp
    EndTime: Timestamp
    EventCategory: EventCategory
    MaxResults: MaxResults
    NextToken: String
}

structure LookupEventsResponse {
    Events: EventsList
    NextToken: String
}

@error("client")
structure MaxConcurrentQueriesException {}

enum MaxEventSize {
    STANDARD = "Standard"
    LARGE = "Large"
}

@range(min: 1, max: 1000)
integer MaxQueryResults

@range(min: 1, max: 50)
integer MaxResults

@error("client")
structure MaximumNumberOfTrailsExceededException {}

@error("client")
structure NoManagementAccountSLRExistsException {}

@error("client")
structure NotOrganizationManagementAccountException {}

@error("client")
structure NotOrganizationMasterAccountException {}

@error("client")
structure OperationNotPermittedException {}

@length(min: 1)
list Operator {
    member: OperatorValue
}

@length(min: 1, max: 50)
list OperatorTargetList {
    member: OperatorTargetListMember
}

@length(min: 1, max: 128)
string OperatorTargetListMember

@length(min: 1, max: 2048)
@pattern(".+")
string OperatorValue

@error("client")
structure OrganizationNotInAllFeaturesModeException {}

@error("client")
structure OrganizationsNotInUseException {}

@length(min: 4, max: 1000)
string PaginationToken

structure PartitionKey {
    @required
    Name: PartitionKeyName
    @required
    Type: PartitionKeyType
}

@length(max: 2)
list PartitionKeyList {
    member: PartitionKey
}

@length(min: 1, max: 255)
@pattern("[\\x{0020}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}\\t]*")
string PartitionKeyName

@length(min: 0, max: 255)
@pattern("[\\x{0020}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}\\t]*")
string PartitionKeyType

@length(min: 3, max: 500)
@pattern("^[ -~\\n]*$")
string Prompt

structure PublicKey {
    Value: Blob
    ValidityStartTime: Timestamp
    ValidityEndTime: Timestamp
    Fingerprint: String
}

list PublicKeyList {
    member: PublicKey
}

structure PutEventConfigurationRequest {
    TrailName: String
    EventDataStore: String
    MaxEventSize: MaxEventSize
    ContextKeySelectors: ContextKeySelectors
    AggregationConfigurations: AggregationConfigurations
}

structure PutEventConfigurationResponse {
    TrailARN: String
    EventDataStoreArn: EventDataStoreArn
    MaxEventSize: MaxEventSize
    ContextKeySelectors: ContextKeySelectors
    AggregationConfigurations: AggregationConfigurations
}

structure PutEventSelectorsRequest {
    @required
    TrailName: String
    EventSelectors: EventSelectors
    AdvancedEventSelectors: AdvancedEventSelectors
}

structure PutEventSelectorsResponse {
    TrailARN: String
    EventSelectors: EventSelectors
    AdvancedEventSelectors: AdvancedEventSelectors
}

structure PutInsightSelectorsRequest {
    TrailName: String
    @required
    InsightSelectors: InsightSelectors
    EventDataStore: EventDataStoreArn
    InsightsDestination: EventDataStoreArn
}

structure PutInsightSelectorsResponse {
    TrailARN: String
    InsightSelectors: InsightSelectors
    EventDataStoreArn: EventDataStoreArn
    InsightsDestination: EventDataStoreArn
}

structure PutResourcePolicyRequest {
    @required
    ResourceArn: ResourceArn
    @required
    ResourcePolicy: ResourcePolicy
}

structure PutResourcePolicyResponse {
    ResourceArn: ResourceArn
    ResourcePolicy: ResourcePolicy
    DelegatedAdminResourcePolicy: ResourcePolicy
}

list Queries {
    member: Query
}

structure Query {
    QueryId: UUID
    QueryStatus: QueryStatus
    CreationTime: Timestamp
}

@length(min: 1, max: 256)
@pattern("^[a-zA-Z][a-zA-Z0-9._\\-]*$")
string QueryAlias

@error("client")
structure QueryIdNotFoundException {}

@length(min: 1, max: 1024)
string QueryParameter

@length(min: 3, max: 128)
@pattern("^[a-zA-Z0-9._/\\-:$]+$")
string QueryParameterKey

@length(min: 1, max: 128)
@pattern("^[a-zA-Z0-9._/\\-:]+$")
string QueryParameterValue

map QueryParameterValues {
    key: QueryParameterKey
    value: QueryParameterValue
}

@length(min: 1, max: 10)
list QueryParameters {
    member: QueryParameter
}

map QueryResultColumn {
    key: String
    value: String
}

list QueryResultRow {
    member: QueryResultColumn
}

list QueryResultRows {
    member: QueryResultRow
}

@length(min: 1, max: 10000)
string QueryStatement

structure QueryStatistics {
    ResultsCount: Integer
    TotalResultsCount: Integer
    BytesScanned: Long
}

structure QueryStatisticsForDescribeQuery {
    EventsMatched: Long
    EventsScanned: Long
    BytesScanned: Long
    ExecutionTimeInMillis: Integer
    CreationTime: Timestamp
}

enum QueryStatus {
    QUEUED
    RUNNING
    FINISHED
    FAILED
    CANCELLED
    TIMED_OUT
}

enum ReadWriteType {
    READ_ONLY = "ReadOnly"
    WRITE_ONLY = "WriteOnly"
    ALL = "All"
}

@length(min: 10, max: 20)
@pattern("\\d+")
string RefreshId

structure RefreshSchedule {
    Frequency: RefreshScheduleFrequency
    Status: RefreshScheduleStatus
    TimeOfDay: TimeOfDay
}

structure RefreshScheduleFrequency {
    Unit: RefreshScheduleFrequencyUnit
    Value: Integer
}

enum RefreshScheduleFrequencyUnit {
    HOURS
    DAYS
}

enum RefreshScheduleStatus {
    ENABLED
    DISABLED
}

structure RegisterOrganizationDelegatedAdminRequest {
    @required
    MemberAccountId: AccountId
}

structure RegisterOrganizationDelegatedAdminResponse {}

structure RemoveTagsRequest {
    @required
    ResourceId: String
    @required
    TagsList: TagsList
}

structure RemoveTagsResponse {}

structure RequestWidget {
    @required
    QueryStatement: QueryStatement
    QueryParameters: QueryParameters
    @required
    ViewProperties: ViewPropertiesMap
}

list RequestWidgetList {
    member: RequestWidget
}

structure Resource {
    ResourceType: String
    ResourceName: String
}

@error("client")
structure ResourceARNNotValidException {}

@length(min: 3, max: 256)
@pattern("^[a-zA-Z0-9._/\\-:]+$")
string ResourceArn

list ResourceIdList {
    member: String
}

list ResourceList {
    member: Resource
}

@error("client")
structure ResourceNotFoundException {}

@length(min: 1, max: 8192)
string ResourcePolicy

@error("client")
structure ResourcePolicyNotFoundException {}

@error("client")
structure ResourcePolicyNotValidException {}

structure ResourceTag {
    ResourceId: String
    TagsList: TagsList
}

list ResourceTagList {
    member: ResourceTag
}

@error("client")
structure ResourceTypeNotSupportedException {}

structure RestoreEventDataStoreRequest {
    @required
    EventDataStore: EventDataStoreArn
}

structure RestoreEventDataStoreResponse {
    EventDataStoreArn: EventDataStoreArn
    Name: EventDataStoreName
    Status: EventDataStoreStatus
    AdvancedEventSelectors: AdvancedEventSelectors
    MultiRegionEnabled: Boolean
    OrganizationEnabled: Boolean
    RetentionPeriod: RetentionPeriod
    TerminationProtectionEnabled: Boolean
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
    KmsKeyId: EventDataStoreKmsKeyId
    BillingMode: BillingMode
}

@range(min: 7, max: 3653)
integer RetentionPeriod

@error("client")
structure S3BucketDoesNotExistException {}

structure S3ImportSource {
    @required
    S3LocationUri: String
    @required
    S3BucketRegion: String
    @required
    S3BucketAccessRoleArn: String
}

@range(min: 1, max: 50)
integer SearchSampleQueriesMaxResults

structure SearchSampleQueriesRequest {
    @required
    SearchPhrase: SearchSampleQueriesSearchPhrase
    MaxResults: SearchSampleQueriesMaxResults
    NextToken: PaginationToken
}

structure SearchSampleQueriesResponse {
    SearchResults: SearchSampleQueriesSearchResults
    NextToken: PaginationToken
}

@length(min: 2, max: 1000)
@pattern("^[ -~\\n]*$")
string SearchSampleQueriesSearchPhrase

structure SearchSampleQueriesSearchResult {
    Name: String
    Description: String
    SQL: String
    Relevance: Float
}

list SearchSampleQueriesSearchResults {
    member: SearchSampleQueriesSearchResult
}

@length(min: 1, max: 1000)
@pattern("[\\w|\\d|\\.|_]+")
string SelectorField

@length(min: 0, max: 1000)
string SelectorName

@error("client")
structure ServiceQuotaExceededException {}

@length(min: 1, max: 256)
string Source

structure SourceConfig {
    ApplyToAllRegions: Boolean
    AdvancedEventSelectors: AdvancedEventSelectors
}

list SourceEventCategories {
    member: SourceEventCategory
}

enum SourceEventCategory {
    MANAGEMENT = "Management"
    DATA = "Data"
}

structure StartDashboardRefreshRequest {
    @required
    DashboardId: DashboardArn
    QueryParameterValues: QueryParameterValues
}

structure StartDashboardRefreshResponse {
    RefreshId: RefreshId
}

structure StartEventDataStoreIngestionRequest {
    @required
    EventDataStore: EventDataStoreArn
}

structure StartEventDataStoreIngestionResponse {}

structure StartImportRequest {
    Destinations: ImportDestinations
    ImportSource: ImportSource
    StartEventTime: Timestamp
    EndEventTime: Timestamp
    ImportId: UUID
}

structure StartImportResponse {
    ImportId: UUID
    Destinations: ImportDestinations
    ImportSource: ImportSource
    StartEventTime: Timestamp
    EndEventTime: Timestamp
    ImportStatus: ImportStatus
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
}

structure StartLoggingRequest {
    @required
    Name: String
}

structure StartLoggingResponse {}

structure StartQueryRequest {
    QueryStatement: QueryStatement
    DeliveryS3Uri: DeliveryS3Uri
    QueryAlias: QueryAlias
    QueryParameters: QueryParameters
    EventDataStoreOwnerAccountId: AccountId
}

structure StartQueryResponse {
    QueryId: UUID
    EventDataStoreOwnerAccountId: AccountId
}

structure StopEventDataStoreIngestionRequest {
    @required
    EventDataStore: EventDataStoreArn
}

structure StopEventDataStoreIngestionResponse {}

structure StopImportRequest {
    @required
    ImportId: UUID
}

structure StopImportResponse {
    ImportId: UUID
    ImportSource: ImportSource
    Destinations: ImportDestinations
    ImportStatus: ImportStatus
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
    StartEventTime: Timestamp
    EndEventTime: Timestamp
    ImportStatistics: ImportStatistics
}

structure StopLoggingRequest {
    @required
    Name: String
}

structure StopLoggingResponse {}

structure Tag {
    @required
    Key: TagKey
    Value: TagValue
}

@length(min: 1, max: 128)
string TagKey

@length(min: 1, max: 256)
string TagValue

@error("client")
structure TagsLimitExceededException {}

@length(max: 200)
list TagsList {
    member: Tag
}

enum Template {
    API_ACTIVITY
    RESOURCE_ACCESS
    USER_ACTIONS
}

@length(min: 1, max: 50)
list Templates {
    member: Template
}

@error("client")
structure ThrottlingException {}

@pattern("^[0-9]{2}:[0-9]{2}")
string TimeOfDay

list Timestamps {
    member: Timestamp
}

structure Trail {
    Name: String
    S3BucketName: String
    S3KeyPrefix: String
    SnsTopicName: String
    SnsTopicARN: String
    IncludeGlobalServiceEvents: Boolean
    IsMultiRegionTrail: Boolean
    HomeRegion: String
    TrailARN: String
    LogFileValidationEnabled: Boolean
    CloudWatchLogsLogGroupArn: String
    CloudWatchLogsRoleArn: String
    KmsKeyId: String
    HasCustomEventSelectors: Boolean
    HasInsightSelectors: Boolean
    IsOrganizationTrail: Boolean
}

@error("client")
structure TrailAlreadyExistsException {}

structure TrailInfo {
    TrailARN: String
    Name: String
    HomeRegion: String
}

list TrailList {
    member: Trail
}

list TrailNameList {
    member: String
}

@error("client")
structure TrailNotFoundException {}

@error("client")
structure TrailNotProvidedException {}

list Trails {
    member: TrailInfo
}

enum Type {
    TAG_CONTEXT = "TagContext"
    REQUEST_CONTEXT = "RequestContext"
}

@length(min: 36, max: 36)
@pattern("^[a-f0-9\\-]+$")
string UUID

@error("client")
structure UnsupportedOperationException {}

structure UpdateChannelRequest {
    @required
    Channel: ChannelArn
    Destinations: Destinations
    Name: ChannelName
}

structure UpdateChannelResponse {
    ChannelArn: ChannelArn
    Name: ChannelName
    Source: Source
    Destinations: Destinations
}

structure UpdateDashboardRequest {
    @required
    DashboardId: DashboardArn
    Widgets: RequestWidgetList
    RefreshSchedule: RefreshSchedule
    TerminationProtectionEnabled: Boolean
}

structure UpdateDashboardResponse {
    DashboardArn: DashboardArn
    Name: DashboardName
    Type: DashboardType
    Widgets: WidgetList
    RefreshSchedule: RefreshSchedule
    TerminationProtectionEnabled: Boolean
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
}

structure UpdateEventDataStoreRequest {
    @required
    EventDataStore: EventDataStoreArn
    Name: EventDataStoreName
    AdvancedEventSelectors: AdvancedEventSelectors
    MultiRegionEnabled: Boolean
    OrganizationEnabled: Boolean
    RetentionPeriod: RetentionPeriod
    TerminationProtectionEnabled: Boolean
    KmsKeyId: EventDataStoreKmsKeyId
    BillingMode: BillingMode
}

structure UpdateEventDataStoreResponse {
    EventDataStoreArn: EventDataStoreArn
    Name: EventDataStoreName
    Status: EventDataStoreStatus
    AdvancedEventSelectors: AdvancedEventSelectors
    MultiRegionEnabled: Boolean
    OrganizationEnabled: Boolean
    RetentionPeriod: RetentionPeriod
    TerminationProtectionEnabled: Boolean
    CreatedTimestamp: Timestamp
    UpdatedTimestamp: Timestamp
    KmsKeyId: EventDataStoreKmsKeyId
    BillingMode: BillingMode
    FederationStatus: FederationStatus
    FederationRoleArn: FederationRoleArn
}

structure UpdateTrailRequest {
    @required
    Name: String
    S3BucketName: String
    S3KeyPrefix: String
    SnsTopicName: String
    IncludeGlobalServiceEvents: Boolean
    IsMultiRegionTrail: Boolean
    EnableLogFileValidation: Boolean
    CloudWatchLogsLogGroupArn: String
    CloudWatchLogsRoleArn: String
    KmsKeyId: String
    IsOrganizationTrail: Boolean
}

structure UpdateTrailResponse {
    Name: String
    S3BucketName: String
    S3KeyPrefix: String
    SnsTopicName: String
    SnsTopicARN: String
    IncludeGlobalServiceEvents: Boolean
    IsMultiRegionTrail: Boolean
    TrailARN: String
    LogFileValidationEnabled: Boolean
    CloudWatchLogsLogGroupArn: String
    CloudWatchLogsRoleArn: String
    KmsKeyId: String
    IsOrganizationTrail: Boolean
}

@length(min: 3, max: 128)
@pattern("^[a-zA-Z0-9._\\-]+$")
string ViewPropertiesKey

map ViewPropertiesMap {
    key: ViewPropertiesKey
    value: ViewPropertiesValue
}

@length(min: 1, max: 128)
@pattern("^[a-zA-Z0-9._\\- ]+$")
string ViewPropertiesValue

structure Widget {
    QueryAlias: QueryAlias
    QueryStatement: QueryStatement
    QueryParameters: QueryParameters
    ViewProperties: ViewPropertiesMap
}

list WidgetList {
    member: Widget
}
