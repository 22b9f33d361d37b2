$version: "2.0"
namespace com.amazonaws.logs

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#dataPlane
use slipway#planned
use slipway#validationError

@service(sdkId: "CloudWatch Logs")
@sigv4(name: "logs")
@awsJson1_1
@validationError("InvalidParameterException")
service Logs_20140328 {
    version: "2014-03-28"
    operations: [
        AssociateKmsKey
        AssociateSourceToS3TableIntegration
        CancelExportTask
        CancelImportTask
        CreateDelivery
        CreateExportTask
        CreateImportTask
        CreateLogAnomalyDetector
        CreateLogGroup
        CreateLogStream
        CreateLookupTable
        CreateScheduledQuery
        DeleteAccountPolicy
        DeleteDataProtectionPolicy
        DeleteDelivery
        DeleteDeliveryDestination
        DeleteDeliveryDestinationPolicy
        DeleteDeliverySource
        DeleteDestination
        DeleteIndexPolicy
        DeleteIntegration
        DeleteLogAnomalyDetector
        DeleteLogGroup
        DeleteLogStream
        DeleteLookupTable
        DeleteMetricFilter
        DeleteQueryDefinition
        DeleteResourcePolicy
        DeleteRetentionPolicy
        DeleteScheduledQuery
        DeleteSubscriptionFilter
        DeleteSyslogConfiguration
        DeleteTransformer
        DescribeAccountPolicies
        DescribeConfigurationTemplates
        DescribeDeliveries
        DescribeDeliveryDestinations
        DescribeDeliverySources
        DescribeDestinations
        DescribeExportTasks
        DescribeFieldIndexes
        DescribeImportTaskBatches
        DescribeImportTasks
        DescribeIndexPolicies
        DescribeLogGroups
        DescribeLogStreams
        DescribeLookupTables
        DescribeMetricFilters
        DescribeQueries
        DescribeQueryDefinitions
        DescribeResourcePolicies
        DescribeSubscriptionFilters
        DisassociateKmsKey
        DisassociateSourceFromS3TableIntegration
        FilterLogEvents
        GetDataProtectionPolicy
        GetDelivery
        GetDeliveryDestination
        GetDeliveryDestinationPolicy
        GetDeliverySource
        GetIntegration
        GetLogAnomalyDetector
        GetLogEvents
        GetLogFields
        GetLogGroupFields
        GetLogObject
        GetLogRecord
        GetLookupTable
        GetQueryResults
        GetScheduledQuery
        GetScheduledQueryHistory
        GetStorageTierPolicy
        GetTransformer
        ListAggregateLogGroupSummaries
        ListAnomalies
        ListIntegrations
        ListLogAnomalyDetectors
        ListLogGroups
        ListLogGroupsForQuery
        ListScheduledQueries
        ListSourcesForS3TableIntegration
        ListSyslogConfigurations
        ListTagsForResource
        ListTagsLogGroup
        PutAccountPolicy
        PutBearerTokenAuthentication
        PutDataProtectionPolicy
        PutDeliveryDestination
        PutDeliveryDestinationPolicy
        PutDeliverySource
        PutDestination
        PutDestinationPolicy
        PutIndexPolicy
        PutIntegration
        PutLogEvents
        PutLogGroupDeletionProtection
        PutMetricFilter
        PutQueryDefinition
        PutResourcePolicy
        PutRetentionPolicy
        PutStorageTierPolicy
        PutSubscriptionFilter
        PutSyslogConfiguration
        PutTransformer
        StartLiveTail
        StartQuery
        StopQuery
        TagLogGroup
        TagResource
        TestMetricFilter
        TestTransformer
        UntagLogGroup
        UntagResource
        UpdateAnomaly
        UpdateDeliveryConfiguration
        UpdateLogAnomalyDetector
        UpdateLookupTable
        UpdateScheduledQuery
    ]
}

@planned
operation AssociateKmsKey {
    input: AssociateKmsKeyRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation AssociateSourceToS3TableIntegration {
    input: AssociateSourceToS3TableIntegrationRequest
    output: AssociateSourceToS3TableIntegrationResponse
    errors: [
        AccessDeniedException
        ResourceNotFoundException
        ThrottlingException
        ValidationException
        InternalServerException
    ]
}

@planned
operation CancelExportTask {
    input: CancelExportTaskRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        InvalidOperationException
        ServiceUnavailableException
    ]
}

@planned
operation CancelImportTask {
    input: CancelImportTaskRequest
    output: CancelImportTaskResponse
    errors: [
        AccessDeniedException
        InvalidParameterException
        ResourceNotFoundException
        ThrottlingException
        InvalidOperationException
    ]
}

@planned
operation CreateDelivery {
    input: CreateDeliveryRequest
    output: CreateDeliveryResponse
    errors: [
        ServiceUnavailableException
        ConflictException
        ResourceNotFoundException
        ValidationException
        AccessDeniedException
        ServiceQuotaExceededException
        ThrottlingException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
operation CreateExportTask {
    input: CreateExportTaskRequest
    output: CreateExportTaskResponse
    errors: [
        InvalidParameterException
        LimitExceededException
        OperationAbortedException
        ServiceUnavailableException
        ResourceNotFoundException
        ResourceAlreadyExistsException
    ]
}

@planned
operation CreateImportTask {
    input: CreateImportTaskRequest
    output: CreateImportTaskResponse
    errors: [
        AccessDeniedException
        ConflictException
        InvalidParameterException
        ResourceNotFoundException
        ThrottlingException
        ValidationException
        InvalidOperationException
    ]
}

@planned
operation CreateLogAnomalyDetector {
    input: CreateLogAnomalyDetectorRequest
    output: CreateLogAnomalyDetectorResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
        LimitExceededException
    ]
}

@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation CreateLogGroup {
    input: CreateLogGroupRequest
    errors: [
        InvalidParameterException
        ResourceAlreadyExistsException
        LimitExceededException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{logStreamName}")
operation CreateLogStream {
    input: CreateLogStreamRequest
    errors: [
        InvalidParameterException
        ResourceAlreadyExistsException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:lookup-table:{lookupTableName}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation CreateLookupTable {
    input: CreateLookupTableRequest
    output: CreateLookupTableResponse
    errors: [
        InvalidParameterException
        ResourceAlreadyExistsException
        AccessDeniedException
        LimitExceededException
        ValidationException
        ServiceUnavailableException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:scheduled-query:{name}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation CreateScheduledQuery {
    input: CreateScheduledQueryRequest
    output: CreateScheduledQueryResponse
    errors: [
        ValidationException
        AccessDeniedException
        ResourceNotFoundException
        ConflictException
        ServiceQuotaExceededException
        ThrottlingException
        InternalServerException
    ]
}

@planned
operation DeleteAccountPolicy {
    input: DeleteAccountPolicyRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
    ]
}

@planned
operation DeleteDataProtectionPolicy {
    input: DeleteDataProtectionPolicyRequest
    errors: [
        InvalidParameterException
        OperationAbortedException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
operation DeleteDelivery {
    input: DeleteDeliveryRequest
    errors: [
        ResourceNotFoundException
        ServiceUnavailableException
        ConflictException
        ValidationException
        ServiceQuotaExceededException
        ThrottlingException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:delivery-destination:{name}")
operation DeleteDeliveryDestination {
    input: DeleteDeliveryDestinationRequest
    errors: [
        ResourceNotFoundException
        ServiceUnavailableException
        ConflictException
        ValidationException
        ServiceQuotaExceededException
        ThrottlingException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:delivery-destination:{deliveryDestinationName}")
operation DeleteDeliveryDestinationPolicy {
    input: DeleteDeliveryDestinationPolicyRequest
    errors: [
        ServiceUnavailableException
        ValidationException
        ResourceNotFoundException
        ConflictException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:delivery-destination:{name}")
operation DeleteDeliverySource {
    input: DeleteDeliverySourceRequest
    errors: [
        ResourceNotFoundException
        ServiceUnavailableException
        ConflictException
        ValidationException
        ServiceQuotaExceededException
        ThrottlingException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:destination:{destinationName}")
operation DeleteDestination {
    input: DeleteDestinationRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation DeleteIndexPolicy {
    input: DeleteIndexPolicyRequest
    output: DeleteIndexPolicyResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        LimitExceededException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation DeleteIntegration {
    input: DeleteIntegrationRequest
    output: DeleteIntegrationResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        ValidationException
    ]
}

@planned
operation DeleteLogAnomalyDetector {
    input: DeleteLogAnomalyDetectorRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
    ]
}

@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:")
operation DeleteLogGroup {
    input: DeleteLogGroupRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
        ValidationException
    ]
}

@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{logStreamName}")
operation DeleteLogStream {
    input: DeleteLogStreamRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
        ValidationException
    ]
}

@planned
operation DeleteLookupTable {
    input: DeleteLookupTableRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        AccessDeniedException
        ServiceUnavailableException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
operation DeleteMetricFilter {
    input: DeleteMetricFilterRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation DeleteQueryDefinition {
    input: DeleteQueryDefinitionRequest
    output: DeleteQueryDefinitionResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
operation DeleteResourcePolicy {
    input: DeleteResourcePolicyRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:")
operation DeleteRetentionPolicy {
    input: DeleteRetentionPolicyRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation DeleteScheduledQuery {
    input: DeleteScheduledQueryRequest
    output: DeleteScheduledQueryResponse
    errors: [
        ValidationException
        AccessDeniedException
        ResourceNotFoundException
        ThrottlingException
        InternalServerException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
operation DeleteSubscriptionFilter {
    input: DeleteSubscriptionFilterRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation DeleteSyslogConfiguration {
    input: DeleteSyslogConfigurationRequest
    errors: [
        AccessDeniedException
        InvalidParameterException
        InvalidOperationException
        OperationAbortedException
        ResourceNotFoundException
        ThrottlingException
        ServiceUnavailableException
    ]
}

@planned
operation DeleteTransformer {
    input: DeleteTransformerRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
        InvalidOperationException
    ]
}

@planned
@readonly
@paginated
operation DescribeAccountPolicies {
    input: DescribeAccountPoliciesRequest
    output: DescribeAccountPoliciesResponse
    errors: [
        InvalidParameterException
        OperationAbortedException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeConfigurationTemplates {
    input: DescribeConfigurationTemplatesRequest
    output: DescribeConfigurationTemplatesResponse
    errors: [
        ServiceUnavailableException
        ValidationException
        ResourceNotFoundException
        ThrottlingException
    ]
}

@planned
@readonly
@paginated
operation DescribeDeliveries {
    input: DescribeDeliveriesRequest
    output: DescribeDeliveriesResponse
    errors: [
        ServiceUnavailableException
        ServiceQuotaExceededException
        ValidationException
        ThrottlingException
    ]
}

@planned
@readonly
@paginated
operation DescribeDeliveryDestinations {
    input: DescribeDeliveryDestinationsRequest
    output: DescribeDeliveryDestinationsResponse
    errors: [
        ServiceUnavailableException
        ServiceQuotaExceededException
        ValidationException
        ThrottlingException
    ]
}

@planned
@readonly
@paginated
operation DescribeDeliverySources {
    input: DescribeDeliverySourcesRequest
    output: DescribeDeliverySourcesResponse
    errors: [
        ServiceUnavailableException
        ServiceQuotaExceededException
        ValidationException
        ThrottlingException
    ]
}

@planned
@readonly
@paginated
operation DescribeDestinations {
    input: DescribeDestinationsRequest
    output: DescribeDestinationsResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeExportTasks {
    input: DescribeExportTasksRequest
    output: DescribeExportTasksResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeFieldIndexes {
    input: DescribeFieldIndexesRequest
    output: DescribeFieldIndexesResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        LimitExceededException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeImportTaskBatches {
    input: DescribeImportTaskBatchesRequest
    output: DescribeImportTaskBatchesResponse
    errors: [
        AccessDeniedException
        InvalidParameterException
        ResourceNotFoundException
        ThrottlingException
        InvalidOperationException
    ]
}

@planned
@readonly
@paginated
operation DescribeImportTasks {
    input: DescribeImportTasksRequest
    output: DescribeImportTasksResponse
    errors: [
        AccessDeniedException
        InvalidParameterException
        ResourceNotFoundException
        ThrottlingException
        InvalidOperationException
    ]
}

@planned
@readonly
@paginated
operation DescribeIndexPolicies {
    input: DescribeIndexPoliciesRequest
    output: DescribeIndexPoliciesResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        LimitExceededException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@readonly
@paginated
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupNamePrefix=}:log-stream:")
operation DescribeLogGroups {
    input: DescribeLogGroupsRequest
    output: DescribeLogGroupsResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
    ]
}

@readonly
@paginated
@authorizeSelf
operation DescribeLogStreams {
    input: DescribeLogStreamsRequest
    output: DescribeLogStreamsResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeLookupTables {
    input: DescribeLookupTablesRequest
    output: DescribeLookupTablesResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        AccessDeniedException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeMetricFilters {
    input: DescribeMetricFiltersRequest
    output: DescribeMetricFiltersResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeQueries {
    input: DescribeQueriesRequest
    output: DescribeQueriesResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeQueryDefinitions {
    input: DescribeQueryDefinitionsRequest
    output: DescribeQueryDefinitionsResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribeResourcePolicies {
    input: DescribeResourcePoliciesRequest
    output: DescribeResourcePoliciesResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
operation DescribeSubscriptionFilters {
    input: DescribeSubscriptionFiltersRequest
    output: DescribeSubscriptionFiltersResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
operation DisassociateKmsKey {
    input: DisassociateKmsKeyRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation DisassociateSourceFromS3TableIntegration {
    input: DisassociateSourceFromS3TableIntegrationRequest
    output: DisassociateSourceFromS3TableIntegrationResponse
    errors: [
        AccessDeniedException
        ResourceNotFoundException
        ThrottlingException
        ValidationException
        InternalServerException
    ]
}

@readonly
@paginated
@authorizeSelf
@dataPlane
operation FilterLogEvents {
    input: FilterLogEventsRequest
    output: FilterLogEventsResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
operation GetDataProtectionPolicy {
    input: GetDataProtectionPolicyRequest
    output: GetDataProtectionPolicyResponse
    errors: [
        InvalidParameterException
        OperationAbortedException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
operation GetDelivery {
    input: GetDeliveryRequest
    output: GetDeliveryResponse
    errors: [
        ResourceNotFoundException
        ServiceUnavailableException
        ValidationException
        ServiceQuotaExceededException
        ThrottlingException
    ]
}

@planned
@readonly
@arn("arn:aws:logs:{region}:{account}:delivery-destination:{name}")
operation GetDeliveryDestination {
    input: GetDeliveryDestinationRequest
    output: GetDeliveryDestinationResponse
    errors: [
        ResourceNotFoundException
        ServiceUnavailableException
        ValidationException
        ServiceQuotaExceededException
        ThrottlingException
    ]
}

@planned
@readonly
@arn("arn:aws:logs:{region}:{account}:delivery-destination:{deliveryDestinationName}")
operation GetDeliveryDestinationPolicy {
    input: GetDeliveryDestinationPolicyRequest
    output: GetDeliveryDestinationPolicyResponse
    errors: [
        ServiceUnavailableException
        ValidationException
        ResourceNotFoundException
    ]
}

@planned
@readonly
@arn("arn:aws:logs:{region}:{account}:delivery-source:{name}")
operation GetDeliverySource {
    input: GetDeliverySourceRequest
    output: GetDeliverySourceResponse
    errors: [
        ResourceNotFoundException
        ServiceUnavailableException
        ValidationException
        ServiceQuotaExceededException
        ThrottlingException
    ]
}

@planned
@readonly
operation GetIntegration {
    input: GetIntegrationRequest
    output: GetIntegrationResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
        ResourceNotFoundException
    ]
}

@planned
@readonly
operation GetLogAnomalyDetector {
    input: GetLogAnomalyDetectorRequest
    output: GetLogAnomalyDetectorResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
    ]
}

@readonly
@authorizeSelf
@dataPlane
operation GetLogEvents {
    input: GetLogEventsRequest
    output: GetLogEventsResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
operation GetLogFields {
    input: GetLogFieldsRequest
    output: GetLogFieldsResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
@readonly
operation GetLogGroupFields {
    input: GetLogGroupFieldsRequest
    output: GetLogGroupFieldsResponse
    errors: [
        InvalidParameterException
        LimitExceededException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
operation GetLogObject {
    input: GetLogObjectRequest
    output: GetLogObjectResponse
    errors: [
        AccessDeniedException
        InvalidParameterException
        ResourceNotFoundException
        LimitExceededException
        InvalidOperationException
    ]
}

@planned
@readonly
operation GetLogRecord {
    input: GetLogRecordRequest
    output: GetLogRecordResponse
    errors: [
        InvalidParameterException
        LimitExceededException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
operation GetLookupTable {
    input: GetLookupTableRequest
    output: GetLookupTableResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        AccessDeniedException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation GetQueryResults {
    input: GetQueryResultsRequest
    output: GetQueryResultsResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
operation GetScheduledQuery {
    input: GetScheduledQueryRequest
    output: GetScheduledQueryResponse
    errors: [
        ValidationException
        AccessDeniedException
        ResourceNotFoundException
        ThrottlingException
        InternalServerException
    ]
}

@planned
@readonly
@paginated
operation GetScheduledQueryHistory {
    input: GetScheduledQueryHistoryRequest
    output: GetScheduledQueryHistoryResponse
    errors: [
        ValidationException
        AccessDeniedException
        ResourceNotFoundException
        ThrottlingException
        InternalServerException
    ]
}

@planned
@readonly
operation GetStorageTierPolicy {
    input: GetStorageTierPolicyRequest
    output: GetStorageTierPolicyResponse
    errors: [
        ServiceUnavailableException
        InvalidParameterException
        AccessDeniedException
        OperationAbortedException
        ResourceNotFoundException
    ]
}

@planned
@readonly
operation GetTransformer {
    input: GetTransformerRequest
    output: GetTransformerResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        InvalidOperationException
    ]
}

@planned
@readonly
@paginated
operation ListAggregateLogGroupSummaries {
    input: ListAggregateLogGroupSummariesRequest
    output: ListAggregateLogGroupSummariesResponse
    errors: [
        ValidationException
        ServiceUnavailableException
        InvalidParameterException
    ]
}

@planned
@readonly
@paginated
operation ListAnomalies {
    input: ListAnomaliesRequest
    output: ListAnomaliesResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
    ]
}

@planned
@readonly
operation ListIntegrations {
    input: ListIntegrationsRequest
    output: ListIntegrationsResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation ListLogAnomalyDetectors {
    input: ListLogAnomalyDetectorsRequest
    output: ListLogAnomalyDetectorsResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
    ]
}

@planned
@readonly
@paginated
operation ListLogGroups {
    input: ListLogGroupsRequest
    output: ListLogGroupsResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation ListLogGroupsForQuery {
    input: ListLogGroupsForQueryRequest
    output: ListLogGroupsForQueryResponse
    errors: [
        InvalidParameterException
        AccessDeniedException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@paginated
operation ListScheduledQueries {
    input: ListScheduledQueriesRequest
    output: ListScheduledQueriesResponse
    errors: [
        ValidationException
        AccessDeniedException
        ThrottlingException
        InternalServerException
    ]
}

@planned
@readonly
@paginated
operation ListSourcesForS3TableIntegration {
    input: ListSourcesForS3TableIntegrationRequest
    output: ListSourcesForS3TableIntegrationResponse
    errors: [
        AccessDeniedException
        ResourceNotFoundException
        ThrottlingException
        ValidationException
        InternalServerException
    ]
}

@planned
@readonly
@paginated
operation ListSyslogConfigurations {
    input: ListSyslogConfigurationsRequest
    output: ListSyslogConfigurationsResponse
    errors: [
        AccessDeniedException
        InvalidParameterException
        InvalidOperationException
        ResourceNotFoundException
        ThrottlingException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@arn("{resourceArn}")
operation ListTagsForResource {
    input: ListTagsForResourceRequest
    output: ListTagsForResourceResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
operation ListTagsLogGroup {
    input: ListTagsLogGroupRequest
    output: ListTagsLogGroupResponse
    errors: [
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
operation PutAccountPolicy {
    input: PutAccountPolicyRequest
    output: PutAccountPolicyResponse
    errors: [
        InvalidParameterException
        OperationAbortedException
        ServiceUnavailableException
        LimitExceededException
    ]
}

@planned
operation PutBearerTokenAuthentication {
    input: PutBearerTokenAuthenticationRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        AccessDeniedException
        OperationAbortedException
        ServiceUnavailableException
        InvalidOperationException
    ]
}

@planned
operation PutDataProtectionPolicy {
    input: PutDataProtectionPolicyRequest
    output: PutDataProtectionPolicyResponse
    errors: [
        InvalidParameterException
        LimitExceededException
        OperationAbortedException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:delivery-destination:{name}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation PutDeliveryDestination {
    input: PutDeliveryDestinationRequest
    output: PutDeliveryDestinationResponse
    errors: [
        ServiceUnavailableException
        ConflictException
        ValidationException
        ServiceQuotaExceededException
        ThrottlingException
        ResourceNotFoundException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:delivery-destination:{deliveryDestinationName}")
operation PutDeliveryDestinationPolicy {
    input: PutDeliveryDestinationPolicyRequest
    output: PutDeliveryDestinationPolicyResponse
    errors: [
        ServiceUnavailableException
        ValidationException
        ResourceNotFoundException
        ConflictException
    ]
}

@planned
@arn("{resourceArn}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation PutDeliverySource {
    input: PutDeliverySourceRequest
    output: PutDeliverySourceResponse
    errors: [
        ServiceUnavailableException
        ConflictException
        ValidationException
        ServiceQuotaExceededException
        ResourceNotFoundException
        ThrottlingException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:destination:{destinationName}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation PutDestination {
    input: PutDestinationRequest
    output: PutDestinationResponse
    errors: [
        InvalidParameterException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:destination:{destinationName}")
operation PutDestinationPolicy {
    input: PutDestinationPolicyRequest
    errors: [
        InvalidParameterException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation PutIndexPolicy {
    input: PutIndexPolicyRequest
    output: PutIndexPolicyResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        LimitExceededException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation PutIntegration {
    input: PutIntegrationRequest
    output: PutIntegrationResponse
    errors: [
        InvalidParameterException
        LimitExceededException
        ServiceUnavailableException
        ValidationException
    ]
}

@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{logStreamName}")
@dataPlane
operation PutLogEvents {
    input: PutLogEventsRequest
    output: PutLogEventsResponse
    errors: [
        InvalidParameterException
        InvalidSequenceTokenException
        DataAlreadyAcceptedException
        ResourceNotFoundException
        ServiceUnavailableException
        UnrecognizedClientException
    ]
}

@planned
operation PutLogGroupDeletionProtection {
    input: PutLogGroupDeletionProtectionRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        AccessDeniedException
        OperationAbortedException
        ServiceUnavailableException
        InvalidOperationException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
operation PutMetricFilter {
    input: PutMetricFilterRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        LimitExceededException
        ServiceUnavailableException
        InvalidOperationException
    ]
}

@planned
operation PutQueryDefinition {
    input: PutQueryDefinitionRequest
    output: PutQueryDefinitionResponse
    errors: [
        InvalidParameterException
        LimitExceededException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
operation PutResourcePolicy {
    input: PutResourcePolicyRequest
    output: PutResourcePolicyResponse
    errors: [
        InvalidParameterException
        LimitExceededException
        OperationAbortedException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}:log-stream:")
operation PutRetentionPolicy {
    input: PutRetentionPolicyRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        ServiceUnavailableException
    ]
}

@planned
operation PutStorageTierPolicy {
    input: PutStorageTierPolicyRequest
    output: PutStorageTierPolicyResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
        AccessDeniedException
        OperationAbortedException
        ResourceNotFoundException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
operation PutSubscriptionFilter {
    input: PutSubscriptionFilterRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        OperationAbortedException
        LimitExceededException
        ServiceUnavailableException
        InvalidOperationException
    ]
}

@planned
operation PutSyslogConfiguration {
    input: PutSyslogConfigurationRequest
    errors: [
        AccessDeniedException
        InvalidParameterException
        InvalidOperationException
        OperationAbortedException
        ResourceNotFoundException
        ThrottlingException
        ServiceUnavailableException
    ]
}

@planned
operation PutTransformer {
    input: PutTransformerRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        LimitExceededException
        OperationAbortedException
        InvalidOperationException
    ]
}

@planned
@readonly
operation StartLiveTail {
    input: StartLiveTailRequest
    output: StartLiveTailResponse
    errors: [
        AccessDeniedException
        InvalidParameterException
        ResourceNotFoundException
        LimitExceededException
        InvalidOperationException
    ]
}

@planned
@readonly
operation StartQuery {
    input: StartQueryRequest
    output: StartQueryResponse
    errors: [
        MalformedQueryException
        InvalidParameterException
        LimitExceededException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@readonly
operation StopQuery {
    input: StopQueryRequest
    output: StopQueryResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation TagLogGroup {
    input: TagLogGroupRequest
    errors: [
        ResourceNotFoundException
        InvalidParameterException
    ]
}

@planned
@arn("{resourceArn}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation TagResource {
    input: TagResourceRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        TooManyTagsException
    ]
}

@planned
@readonly
operation TestMetricFilter {
    input: TestMetricFilterRequest
    output: TestMetricFilterResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
    ]
}

@planned
@readonly
operation TestTransformer {
    input: TestTransformerRequest
    output: TestTransformerResponse
    errors: [
        InvalidParameterException
        ServiceUnavailableException
        InvalidOperationException
    ]
}

@planned
@arn("arn:aws:logs:{region}:{account}:log-group:{logGroupName}")
@conditionKeys("aws:TagKeys": "tags")
operation UntagLogGroup {
    input: UntagLogGroupRequest
    errors: [
        ResourceNotFoundException
    ]
}

@planned
@arn("{resourceArn}")
@conditionKeys("aws:TagKeys": "tagKeys")
operation UntagResource {
    input: UntagResourceRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
    ]
}

@planned
operation UpdateAnomaly {
    input: UpdateAnomalyRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
    ]
}

@planned
operation UpdateDeliveryConfiguration {
    input: UpdateDeliveryConfigurationRequest
    output: UpdateDeliveryConfigurationResponse
    errors: [
        ServiceUnavailableException
        ConflictException
        ResourceNotFoundException
        ValidationException
        AccessDeniedException
        ThrottlingException
    ]
}

@planned
operation UpdateLogAnomalyDetector {
    input: UpdateLogAnomalyDetectorRequest
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        ServiceUnavailableException
        OperationAbortedException
    ]
}

@planned
operation UpdateLookupTable {
    input: UpdateLookupTableRequest
    output: UpdateLookupTableResponse
    errors: [
        InvalidParameterException
        ResourceNotFoundException
        AccessDeniedException
        ValidationException
        ServiceUnavailableException
    ]
}

@planned
operation UpdateScheduledQuery {
    input: UpdateScheduledQueryRequest
    output: UpdateScheduledQueryResponse
    errors: [
        ValidationException
        AccessDeniedException
        ResourceNotFoundException
        ConflictException
        ThrottlingException
        InternalServerException
    ]
}

@error("client")
structure AccessDeniedException {}

@length(min: 1)
string AccessPolicy

@length(min: 12, max: 12)
@pattern("^\\d{12}$")
string AccountId

@length(min: 0, max: 20)
list AccountIds {
    member: AccountId
}

list AccountPolicies {
    member: AccountPolicy
}

structure AccountPolicy {
    policyName: String
    policyDocument: String
    lastUpdatedTime: Long
    policyType: PolicyType
    scope: Scope
    selectionCriteria: String
    accountId: AccountId
}

enum ActionStatus {
    IN_PROGRESS
    CLIENT_ERROR
    FAILED
    COMPLETE
}

@length(min: 1, max: 5)
list AddKeyEntries {
    member: AddKeyEntry
}

structure AddKeyEntry {
    @required
    key: Key
    @required
    value: AddKeyValue
    overwriteIfExists: Boolean
}

@length(min: 1, max: 256)
string AddKeyValue

structure AddKeys {
    @required
    entries: AddKeyEntries
}

list AggregateLogGroupSummaries {
    member: AggregateLogGroupSummary
}

structure AggregateLogGroupSummary {
    logGroupCount: Integer
    groupingIdentifiers: GroupingIdentifiers
}

list AllowedFieldDelimiters {
    member: FieldDelimiter
}

list AllowedFields {
    member: RecordField
}

@length(min: 1, max: 1011)
@pattern("[\\w+=/:,.@-]*")
string AmazonResourceName

list Anomalies {
    member: Anomaly
}

structure Anomaly {
    @required
    anomalyId: AnomalyId
    @required
    patternId: PatternId
    @required
    anomalyDetectorArn: AnomalyDetectorArn
    @required
    patternString: PatternString
    patternRegex: PatternRegex
    priority: Priority
    @required
    firstSeen: Long
    @required
    lastSeen: Long
    @required
    description: Description
    @required
    active: Boolean
    @required
    state: State
    @required
    histogram: Histogram
    @required
    logSamples: LogSamples
    @required
    patternTokens: PatternTokens
    @required
    logGroupArnList: LogGroupArnList
    suppressed: Boolean
    suppressedDate: Long
    suppressedUntil: Long
    isPatternLevelSuppression: Boolean
}

structure AnomalyDetector {
    anomalyDetectorArn: AnomalyDetectorArn
    detectorName: DetectorName
    logGroupArnList: LogGroupArnList
    evaluationFrequency: EvaluationFrequency
    filterPattern: FilterPattern
    anomalyDetectorStatus: AnomalyDetectorStatus
    kmsKeyId: KmsKeyId
    creationTimeStamp: Long
    lastModifiedTimeStamp: Long
    anomalyVisibilityTime: AnomalyVisibilityTime
}

@length(min: 1)
@pattern("[\\w#+=/:,.@-]*")
string AnomalyDetectorArn

enum AnomalyDetectorStatus {
    INITIALIZING
    TRAINING
    ANALYZING
    FAILED
    DELETED
    PAUSED
}

list AnomalyDetectors {
    member: AnomalyDetector
}

@length(min: 36, max: 36)
string AnomalyId

@range(min: 7, max: 90)
long AnomalyVisibilityTime

structure AssociateKmsKeyRequest {
    logGroupName: LogGroupName
    @required
    kmsKeyId: KmsKeyId
    resourceIdentifier: ResourceIdentifier
}

structure AssociateSourceToS3TableIntegrationRequest {
    @required
    integrationArn: String
    @required
    dataSource: DataSource
}

structure AssociateSourceToS3TableIntegrationResponse {
    identifier: S3TableIntegrationSourceIdentifier
}

@length(min: 1, max: 256)
string BatchId

structure CSV {
    quoteCharacter: QuoteCharacter
    delimiter: Delimiter
    columns: Columns
    source: Source
    destination: DestinationField
}

structure CancelExportTaskRequest {
    @required
    taskId: ExportTaskId
}

structure CancelImportTaskRequest {
    @required
    importId: ImportId
}

structure CancelImportTaskResponse {
    importId: ImportId
    importStatistics: ImportStatistics
    importStatus: ImportStatus
    creationTime: Long
    lastUpdatedTime: Long
}

@length(min: 36, max: 128)
@pattern("\\S{36,128}")
string ClientToken

@range(min: 1, max: 30)
integer CollectionRetentionDays

@length(min: 1, max: 128)
string Column

@length(max: 100)
list Columns {
    member: Column
}

structure ConfigurationTemplate {
    service: Service
    logType: LogType
    resourceType: ResourceType
    deliveryDestinationType: DeliveryDestinationType
    defaultDeliveryConfigValues: ConfigurationTemplateDeliveryConfigValues
    allowedFields: AllowedFields
    allowedOutputFormats: OutputFormats
    allowedActionForAllowVendedLogsDeliveryForResource: String
    allowedFieldDelimiters: AllowedFieldDelimiters
    allowedSuffixPathFields: RecordFields
    deliverySourceConfiguration: DeliverySourceConfigurationSchemas
    s3TablesIntegration: S3TablesIntegration
}

structure ConfigurationTemplateDeliveryConfigValues {
    recordFields: RecordFields
    fieldDelimiter: FieldDelimiter
    s3DeliveryConfiguration: S3DeliveryConfiguration
}

list ConfigurationTemplates {
    member: ConfigurationTemplate
}

@error("client")
structure ConflictException {}

structure CopyValue {
    @required
    entries: CopyValueEntries
}

@length(min: 1, max: 5)
list CopyValueEntries {
    member: CopyValueEntry
}

structure CopyValueEntry {
    @required
    source: Source
    @required
    target: Target
    overwriteIfExists: Boolean
}

structure CreateDeliveryRequest {
    @required
    deliverySourceName: DeliverySourceName
    @required
    deliveryDestinationArn: String
    recordFields: RecordFields
    fieldDelimiter: FieldDelimiter
    s3DeliveryConfiguration: S3DeliveryConfiguration
    tags: Tags
}

structure CreateDeliveryResponse {
    delivery: Delivery
}

structure CreateExportTaskRequest {
    taskName: ExportTaskName
    @required
    logGroupName: LogGroupName
    logStreamNamePrefix: LogStreamName
    @required
    from: Long
    @required
    to: Long
    @required
    destination: ExportDestinationBucket
    destinationPrefix: String
}

structure CreateExportTaskResponse {
    taskId: ExportTaskId
}

structure CreateImportTaskRequest {
    @required
    importSourceArn: String
    @required
    importRoleArn: RoleArn
    importFilter: ImportFilter
}

structure CreateImportTaskResponse {
    importId: ImportId
    importDestinationArn: String
    creationTime: Long
}

structure CreateLogAnomalyDetectorRequest {
    @required
    logGroupArnList: LogGroupArnList
    detectorName: DetectorName
    evaluationFrequency: EvaluationFrequency
    filterPattern: FilterPattern
    kmsKeyId: DetectorKmsKeyArn
    anomalyVisibilityTime: AnomalyVisibilityTime
    tags: Tags
}

structure CreateLogAnomalyDetectorResponse {
    anomalyDetectorArn: AnomalyDetectorArn
}

structure CreateLogGroupRequest {
    @required
    logGroupName: LogGroupName
    kmsKeyId: KmsKeyId
    tags: Tags
    logGroupClass: LogGroupClass
    deletionProtectionEnabled: Boolean
}

structure CreateLogStreamRequest {
    @required
    logGroupName: LogGroupName
    @required
    logStreamName: LogStreamName
}

structure CreateLookupTableRequest {
    @required
    lookupTableName: LookupTableName
    description: LookupTableDescription
    tableBody: TableBody
    queryId: QueryId
    kmsKeyId: KmsKeyId
    tags: Tags
}

structure CreateLookupTableResponse {
    lookupTableArn: String
    createdAt: Long
}

structure CreateScheduledQueryRequest {
    @required
    name: ScheduledQueryName
    description: ScheduledQueryDescription
    @required
    queryLanguage: QueryLanguage
    @required
    queryString: QueryString
    logGroupIdentifiers: ScheduledQueryLogGroupIdentifiers
    @required
    scheduleExpression: ScheduleExpression
    timezone: ScheduleTimezone
    startTimeOffset: Long
    endTimeOffset: Long
    destinationConfiguration: DestinationConfiguration
    scheduleStartTime: Long
    scheduleEndTime: Long
    @required
    executionRoleArn: RoleArn
    state: ScheduledQueryState
    tags: Tags
}

structure CreateScheduledQueryResponse {
    scheduledQueryArn: String
    state: ScheduledQueryState
}

list DashboardViewerPrincipals {
    member: String
}

@error("client")
structure DataAlreadyAcceptedException {
    expectedSequenceToken: SequenceToken
}

enum DataProtectionStatus {
    ACTIVATED
    DELETED
    ARCHIVED
    DISABLED
}

structure DataSource {
    @required
    name: String
    type: String
}

structure DataSourceFilter {
    @required
    name: String
    type: String
}

@length(min: 1, max: 5)
list DataSourceFilters {
    member: DataSourceFilter
}

structure DateTimeConverter {
    @required
    source: Source
    @required
    target: Target
    targetFormat: TargetFormat
    @required
    matchPatterns: MatchPatterns
    sourceTimezone: SourceTimezone
    targetTimezone: TargetTimezone
    locale: Locale
}

structure DeleteAccountPolicyRequest {
    @required
    policyName: String
    @required
    policyType: PolicyType
}

structure DeleteDataProtectionPolicyRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
}

structure DeleteDeliveryDestinationPolicyRequest {
    @required
    deliveryDestinationName: DeliveryDestinationName
}

structure DeleteDeliveryDestinationRequest {
    @required
    name: DeliveryDestinationName
}

structure DeleteDeliveryRequest {
    @required
    id: DeliveryId
}

structure DeleteDeliverySourceRequest {
    @required
    name: DeliverySourceName
}

structure DeleteDestinationRequest {
    @required
    destinationName: DestinationName
}

structure DeleteIndexPolicyRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
}

structure DeleteIndexPolicyResponse {}

structure DeleteIntegrationRequest {
    @required
    integrationName: IntegrationName
    force: Boolean
}

structure DeleteIntegrationResponse {}

structure DeleteKeys {
    @required
    withKeys: DeleteWithKeys
}

structure DeleteLogAnomalyDetectorRequest {
    @required
    anomalyDetectorArn: AnomalyDetectorArn
}

structure DeleteLogGroupRequest {
    @required
    logGroupName: LogGroupName
}

structure DeleteLogStreamRequest {
    @required
    logGroupName: LogGroupName
    @required
    logStreamName: LogStreamName
}

structure DeleteLookupTableRequest {
    @required
    lookupTableArn: String
}

structure DeleteMetricFilterRequest {
    @required
    logGroupName: LogGroupName
    @required
    filterName: FilterName
}

structure DeleteQueryDefinitionRequest {
    @required
    queryDefinitionId: QueryId
}

structure DeleteQueryDefinitionResponse {
    success: Boolean
}

structure DeleteResourcePolicyRequest {
    policyName: String
    resourceArn: String
    expectedRevisionId: ExpectedRevisionId
}

structure DeleteRetentionPolicyRequest {
    @required
    logGroupName: LogGroupName
}

structure DeleteScheduledQueryRequest {
    @required
    identifier: ScheduledQueryIdentifier
}

structure DeleteScheduledQueryResponse {}

structure DeleteSubscriptionFilterRequest {
    @required
    logGroupName: LogGroupName
    @required
    filterName: FilterName
}

structure DeleteSyslogConfigurationRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
    vpcEndpointId: VpcEndpointId
}

structure DeleteTransformerRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
}

@length(min: 1, max: 5)
list DeleteWithKeys {
    member: WithKey
}

@length(min: 1, max: 2)
string Delimiter

list Deliveries {
    member: Delivery
}

structure Delivery {
    id: DeliveryId
    arn: String
    deliverySourceName: DeliverySourceName
    deliveryDestinationArn: String
    deliveryDestinationType: DeliveryDestinationType
    recordFields: RecordFields
    fieldDelimiter: FieldDelimiter
    s3DeliveryConfiguration: S3DeliveryConfiguration
    tags: Tags
}

structure DeliveryDestination {
    name: DeliveryDestinationName
    arn: String
    deliveryDestinationType: DeliveryDestinationType
    outputFormat: OutputFormat
    deliveryDestinationConfiguration: DeliveryDestinationConfiguration
    tags: Tags
}

structure DeliveryDestinationConfiguration {
    @required
    destinationResourceArn: String
}

@length(min: 1, max: 60)
@pattern("[\\w-]*")
string DeliveryDestinationName

@length(min: 1, max: 51200)
string DeliveryDestinationPolicy

enum DeliveryDestinationType {
    S3
    CWL
    FH
    XRAY
}

@length(min: 1, max: 4)
list DeliveryDestinationTypes {
    member: DeliveryDestinationType
}

list DeliveryDestinations {
    member: DeliveryDestination
}

@length(min: 1, max: 64)
@pattern("^[0-9A-Za-z]+$")
string DeliveryId

structure DeliverySource {
    name: DeliverySourceName
    arn: String
    resourceArns: ResourceArns
    service: Service
    logType: LogType
    tags: Tags
    deliverySourceConfiguration: DeliverySourceConfiguration
    status: DeliverySourceStatus
    statusReason: DeliverySourceStatusReason
}

map DeliverySourceConfiguration {
    key: DeliverySourceConfigurationKey
    value: DeliverySourceConfigurationValue
}

@length(min: 1, max: 255)
string DeliverySourceConfigurationKey

structure DeliverySourceConfigurationSchema {
    @required
    keyName: DeliverySourceConfigurationSchemaField
    @required
    valueType: DeliverySourceConfigurationSchemaValueType
    @required
    defaultValue: DeliverySourceConfigurationSchemaField
    supportedValues: DeliverySourceConfigurationSupportedValues
    minValue: Double
    maxValue: Double
}

@length(min: 1, max: 256)
string DeliverySourceConfigurationSchemaField

enum DeliverySourceConfigurationSchemaValueType {
    STRING = "string"
    BOOLEAN = "boolean"
    INT = "int"
    DOUBLE = "double"
    LONG = "long"
}

list DeliverySourceConfigurationSchemas {
    member: DeliverySourceConfigurationSchema
}

list DeliverySourceConfigurationSupportedValues {
    member: DeliverySourceConfigurationSchemaField
}

@length(min: 1, max: 255)
string DeliverySourceConfigurationValue

@length(min: 1, max: 60)
@pattern("[\\w-]*")
string DeliverySourceName

enum DeliverySourceStatus {
    ACTIVE
    INACTIVE
}

enum DeliverySourceStatusReason {
    RESOURCE_DELETED
}

list DeliverySources {
    member: DeliverySource
}

@length(min: 1, max: 256)
string DeliverySuffixPath

structure DescribeAccountPoliciesRequest {
    @required
    policyType: PolicyType
    policyName: String
    accountIdentifiers: AccountIds
    nextToken: NextToken
}

structure DescribeAccountPoliciesResponse {
    accountPolicies: AccountPolicies
    nextToken: NextToken
}

structure DescribeConfigurationTemplatesRequest {
    service: Service
    logTypes: LogTypes
    resourceTypes: ResourceTypes
    deliveryDestinationTypes: DeliveryDestinationTypes
    nextToken: NextToken
    limit: DescribeLimit
}

structure DescribeConfigurationTemplatesResponse {
    configurationTemplates: ConfigurationTemplates
    nextToken: NextToken
}

structure DescribeDeliveriesRequest {
    nextToken: NextToken
    limit: DescribeLimit
}

structure DescribeDeliveriesResponse {
    deliveries: Deliveries
    nextToken: NextToken
}

structure DescribeDeliveryDestinationsRequest {
    nextToken: NextToken
    limit: DescribeLimit
}

structure DescribeDeliveryDestinationsResponse {
    deliveryDestinations: DeliveryDestinations
    nextToken: NextToken
}

structure DescribeDeliverySourcesRequest {
    nextToken: NextToken
    limit: DescribeLimit
}

structure DescribeDeliverySourcesResponse {
    deliverySources: DeliverySources
    nextToken: NextToken
}

structure DescribeDestinationsRequest {
    DestinationNamePrefix: DestinationName
    nextToken: NextToken
    limit: DescribeLimit
}

structure DescribeDestinationsResponse {
    destinations: Destinations
    nextToken: NextToken
}

structure DescribeExportTasksRequest {
    taskId: ExportTaskId
    statusCode: ExportTaskStatusCode
    nextToken: NextToken
    limit: DescribeLimit
}

structure DescribeExportTasksResponse {
    exportTasks: ExportTasks
    nextToken: NextToken
}

@length(min: 1, max: 100)
list DescribeFieldIndexesLogGroupIdentifiers {
    member: LogGroupIdentifier
}

structure DescribeFieldIndexesRequest {
    @required
    logGroupIdentifiers: DescribeFieldIndexesLogGroupIdentifiers
    indexCategories: IndexCategories
    nextToken: NextToken
}

structure DescribeFieldIndexesResponse {
    fieldIndexes: FieldIndexes
    nextToken: NextToken
}

structure DescribeImportTaskBatchesRequest {
    @required
    importId: ImportId
    batchImportStatus: ImportStatusList
    limit: DescribeLimit
    nextToken: NextToken
}

structure DescribeImportTaskBatchesResponse {
    importSourceArn: String
    importId: ImportId
    importBatches: ImportBatchList
    nextToken: NextToken
}

structure DescribeImportTasksRequest {
    importId: ImportId
    importStatus: ImportStatus
    importSourceArn: String
    limit: DescribeLimit
    nextToken: NextToken
}

structure DescribeImportTasksResponse {
    imports: ImportList
    nextToken: NextToken
}

@length(min: 1, max: 1)
list DescribeIndexPoliciesLogGroupIdentifiers {
    member: LogGroupIdentifier
}

structure DescribeIndexPoliciesRequest {
    @required
    logGroupIdentifiers: DescribeIndexPoliciesLogGroupIdentifiers
    nextToken: NextToken
}

structure DescribeIndexPoliciesResponse {
    indexPolicies: IndexPolicies
    nextToken: NextToken
}

@range(min: 1, max: 50)
integer DescribeLimit

@length(min: 1, max: 50)
list DescribeLogGroupsLogGroupIdentifiers {
    member: LogGroupIdentifier
}

structure DescribeLogGroupsRequest {
    accountIdentifiers: AccountIds
    logGroupNamePrefix: LogGroupName
    logGroupNamePattern: LogGroupNamePattern
    nextToken: NextToken
    limit: DescribeLimit
    includeLinkedAccounts: Boolean
    logGroupClass: LogGroupClass
    logGroupIdentifiers: DescribeLogGroupsLogGroupIdentifiers
}

structure DescribeLogGroupsResponse {
    logGroups: LogGroups
    nextToken: NextToken
}

structure DescribeLogStreamsRequest {
    logGroupName: LogGroupName
    logGroupIdentifier: LogGroupIdentifier
    logStreamNamePrefix: LogStreamName
    orderBy: OrderBy
    descending: Boolean
    nextToken: NextToken
    limit: DescribeLimit
}

structure DescribeLogStreamsResponse {
    logStreams: LogStreams
    nextToken: NextToken
}

@range(max: 100)
integer DescribeLookupTablesMaxResults

structure DescribeLookupTablesRequest {
    lookupTableNamePrefix: LookupTableName
    maxResults: DescribeLookupTablesMaxResults
    nextToken: NextToken
}

structure DescribeLookupTablesResponse {
    lookupTables: LookupTables
    nextToken: NextToken
}

structure DescribeMetricFiltersRequest {
    logGroupName: LogGroupName
    filterNamePrefix: FilterName
    nextToken: NextToken
    limit: DescribeLimit
    metricName: MetricName
    metricNamespace: MetricNamespace
}

structure DescribeMetricFiltersResponse {
    metricFilters: MetricFilters
    nextToken: NextToken
}

@range(min: 1, max: 1000)
integer DescribeQueriesMaxResults

structure DescribeQueriesRequest {
    logGroupName: LogGroupName
    status: QueryStatus
    maxResults: DescribeQueriesMaxResults
    nextToken: NextToken
    queryLanguage: QueryLanguage
}

structure DescribeQueriesResponse {
    queries: QueryInfoList
    nextToken: NextToken
}

structure DescribeQueryDefinitionsRequest {
    queryLanguage: QueryLanguage
    queryDefinitionNamePrefix: QueryDefinitionName
    maxResults: QueryListMaxResults
    nextToken: NextToken
}

structure DescribeQueryDefinitionsResponse {
    queryDefinitions: QueryDefinitionList
    nextToken: NextToken
}

structure DescribeResourcePoliciesRequest {
    nextToken: NextToken
    limit: DescribeLimit
    resourceArn: String
    policyScope: PolicyScope
}

structure DescribeResourcePoliciesResponse {
    resourcePolicies: ResourcePolicies
    nextToken: NextToken
}

structure DescribeSubscriptionFiltersRequest {
    @required
    logGroupName: LogGroupName
    filterNamePrefix: FilterName
    nextToken: NextToken
    limit: DescribeLimit
}

structure DescribeSubscriptionFiltersResponse {
    subscriptionFilters: SubscriptionFilters
    nextToken: NextToken
}

@length(min: 1)
string Description

structure Destination {
    destinationName: DestinationName
    targetArn: TargetArn
    roleArn: RoleArn
    accessPolicy: AccessPolicy
    arn: String
    creationTime: Long
}

@length(min: 1)
string DestinationArn

structure DestinationConfiguration {
    s3Configuration: S3Configuration
    lookupTableConfiguration: LookupTableConfiguration
}

@length(min: 1, max: 128)
string DestinationField

@length(min: 1, max: 512)
@pattern("[^:*]*")
string DestinationName

list Destinations {
    member: Destination
}

@length(max: 256)
@pattern("^arn:aws[a-z\\-]*:kms:[-a-z0-9]*:[0-9]*:key/[-a-z0-9]*$")
string DetectorKmsKeyArn

@length(min: 1)
string DetectorName

map Dimensions {
    key: DimensionsKey
    value: DimensionsValue
}

@length(max: 255)
string DimensionsKey

@length(max: 255)
string DimensionsValue

structure DisassociateKmsKeyRequest {
    logGroupName: LogGroupName
    resourceIdentifier: ResourceIdentifier
}

structure DisassociateSourceFromS3TableIntegrationRequest {
    @required
    identifier: S3TableIntegrationSourceIdentifier
}

structure DisassociateSourceFromS3TableIntegrationResponse {
    identifier: S3TableIntegrationSourceIdentifier
}

enum Distribution {
    RANDOM = "Random"
    BY_LOG_STREAM = "ByLogStream"
}

list EmitSystemFields {
    member: String
}

@length(max: 256)
string EncryptionKey

structure Entity {
    keyAttributes: EntityKeyAttributes
    attributes: EntityAttributes
}

@length(min: 0, max: 10)
map EntityAttributes {
    key: EntityAttributesKey
    value: EntityAttributesValue
}

@length(min: 1, max: 256)
string EntityAttributesKey

@length(min: 1, max: 512)
string EntityAttributesValue

@length(min: 2, max: 4)
map EntityKeyAttributes {
    key: EntityKeyAttributesKey
    value: EntityKeyAttributesValue
}

@length(min: 1, max: 32)
string EntityKeyAttributesKey

@length(min: 1, max: 512)
string EntityKeyAttributesValue

enum EntityRejectionErrorType {
    INVALID_ENTITY = "InvalidEntity"
    INVALID_TYPE_VALUE = "InvalidTypeValue"
    INVALID_KEY_ATTRIBUTES = "InvalidKeyAttributes"
    INVALID_ATTRIBUTES = "InvalidAttributes"
    ENTITY_SIZE_TOO_LARGE = "EntitySizeTooLarge"
    UNSUPPORTED_LOG_GROUP_TYPE = "UnsupportedLogGroupType"
    MISSING_REQUIRED_FIELDS = "MissingRequiredFields"
}

map Enumerations {
    key: TokenString
    value: Long
}

enum EvaluationFrequency {
    ONE_MIN
    FIVE_MIN
    TEN_MIN
    FIFTEEN_MIN
    THIRTY_MIN
    ONE_HOUR
}

@length(min: 1)
string EventMessage

enum EventSource {
    CLOUD_TRAIL = "CloudTrail"
    ROUTE53_RESOLVER = "Route53Resolver"
    VPCFLOW = "VPCFlow"
    EKSAUDIT = "EKSAudit"
    AWSWAF
}

@range(min: 1, max: 10000)
integer EventsLimit

@range(min: 1, max: 100000)
integer EventsLimitStartQuery

enum ExecutionStatus {
    RUNNING = "Running"
    INVALID_QUERY = "InvalidQuery"
    COMPLETE = "Complete"
    FAILED = "Failed"
    TIMEOUT = "Timeout"
}

list ExecutionStatusList {
    member: ExecutionStatus
}

@length(min: 1)
string ExpectedRevisionId

@length(min: 1, max: 512)
string ExportDestinationBucket

structure ExportTask {
    taskId: ExportTaskId
    taskName: ExportTaskName
    logGroupName: LogGroupName
    from: Long
    to: Long
    destination: ExportDestinationBucket
    destinationPrefix: String
    status: ExportTaskStatus
    executionInfo: ExportTaskExecutionInfo
}

structure ExportTaskExecutionInfo {
    creationTime: Long
    completionTime: Long
}

@length(min: 1, max: 512)
string ExportTaskId

@length(min: 1, max: 512)
string ExportTaskName

structure ExportTaskStatus {
    code: ExportTaskStatusCode
    message: String
}

enum ExportTaskStatusCode {
    CANCELLED
    COMPLETED
    FAILED
    PENDING
    PENDING_CANCEL
    RUNNING
}

list ExportTasks {
    member: ExportTask
}

map ExtractedValues {
    key: String
    value: String
}

@length(min: 0, max: 5)
string FieldDelimiter

@length(min: 1, max: 64)
string FieldHeader

structure FieldIndex {
    logGroupIdentifier: LogGroupIdentifier
    fieldIndexName: FieldIndexName
    lastScanTime: Long
    firstEventTime: Long
    lastEventTime: Long
    type: IndexType
    indexCategory: IndexCategory
}

@length(min: 1, max: 512)
@pattern("[\\.\\-_/#A-Za-z0-9]+")
string FieldIndexName

@length(min: 1, max: 20)
list FieldIndexNames {
    member: FieldIndexName
}

list FieldIndexes {
    member: FieldIndex
}

@length(min: 0, max: 2000)
string FieldSelectionCriteria

structure FieldsData {
    data: Blob
}

structure FilterLogEventsRequest {
    logGroupName: LogGroupName
    logGroupIdentifier: LogGroupIdentifier
    logStreamNames: InputLogStreamNames
    logStreamNamePrefix: LogStreamName
    startTime: Long
    endTime: Long
    filterPattern: FilterPattern
    nextToken: NextToken
    limit: EventsLimit
    startFromHead: Boolean
    interleaved: Boolean
    unmask: Boolean
}

structure FilterLogEventsResponse {
    events: FilteredLogEvents
    searchedLogStreams: SearchedLogStreams
    nextToken: NextToken
}

@length(min: 1, max: 512)
@pattern("[^:*]*")
string FilterName

@length(min: 0, max: 1024)
string FilterPattern

structure FilteredLogEvent {
    logStreamName: LogStreamName
    timestamp: Long
    message: EventMessage
    ingestionTime: Long
    eventId: String
}

list FilteredLogEvents {
    member: FilteredLogEvent
}

enum FlattenedElement {
    FIRST = "first"
    LAST = "last"
}

@length(min: 1, max: 128)
string FromKey

structure GetDataProtectionPolicyRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
}

structure GetDataProtectionPolicyResponse {
    logGroupIdentifier: LogGroupIdentifier
    policyDocument: String
    lastUpdatedTime: Long
}

structure GetDeliveryDestinationPolicyRequest {
    @required
    deliveryDestinationName: DeliveryDestinationName
}

structure GetDeliveryDestinationPolicyResponse {
    policy: Policy
}

structure GetDeliveryDestinationRequest {
    @required
    name: DeliveryDestinationName
}

structure GetDeliveryDestinationResponse {
    deliveryDestination: DeliveryDestination
}

structure GetDeliveryRequest {
    @required
    id: DeliveryId
}

structure GetDeliveryResponse {
    delivery: Delivery
}

structure GetDeliverySourceRequest {
    @required
    name: DeliverySourceName
}

structure GetDeliverySourceResponse {
    deliverySource: DeliverySource
}

structure GetIntegrationRequest {
    @required
    integrationName: IntegrationName
}

structure GetIntegrationResponse {
    integrationName: IntegrationName
    integrationType: IntegrationType
    integrationStatus: IntegrationStatus
    integrationDetails: IntegrationDetails
}

structure GetLogAnomalyDetectorRequest {
    @required
    anomalyDetectorArn: AnomalyDetectorArn
}

structure GetLogAnomalyDetectorResponse {
    detectorName: DetectorName
    logGroupArnList: LogGroupArnList
    evaluationFrequency: EvaluationFrequency
    filterPattern: FilterPattern
    anomalyDetectorStatus: AnomalyDetectorStatus
    kmsKeyId: KmsKeyId
    creationTimeStamp: Long
    lastModifiedTimeStamp: Long
    anomalyVisibilityTime: AnomalyVisibilityTime
}

structure GetLogEventsRequest {
    logGroupName: LogGroupName
    logGroupIdentifier: LogGroupIdentifier
    @required
    logStreamName: LogStreamName
    startTime: Long
    endTime: Long
    nextToken: NextToken
    limit: EventsLimit
    startFromHead: Boolean
    unmask: Boolean
}

structure GetLogEventsResponse {
    events: OutputLogEvents
    nextForwardToken: NextToken
    nextBackwardToken: NextToken
}

structure GetLogFieldsRequest {
    @required
    dataSourceName: String
    @required
    dataSourceType: String
}

structure GetLogFieldsResponse {
    logFields: LogFieldsList
}

structure GetLogGroupFieldsRequest {
    logGroupName: LogGroupName
    time: Long
    logGroupIdentifier: LogGroupIdentifier
}

structure GetLogGroupFieldsResponse {
    logGroupFields: LogGroupFieldList
}

structure GetLogObjectRequest {
    unmask: Boolean
    @required
    logObjectPointer: LogObjectPointer
}

structure GetLogObjectResponse {
    fieldStream: GetLogObjectResponseStream
}

@streaming
union GetLogObjectResponseStream {
    fields: FieldsData
    InternalStreamingException: InternalStreamingException
}

structure GetLogRecordRequest {
    @required
    logRecordPointer: String
    unmask: Boolean
}

structure GetLogRecordResponse {
    logRecord: LogRecord
}

structure GetLookupTableRequest {
    @required
    lookupTableArn: String
}

structure GetLookupTableResponse {
    lookupTableArn: String
    lookupTableName: LookupTableName
    description: LookupTableDescription
    tableBody: TableBody
    sizeBytes: Long
    lastUpdatedTime: Long
    kmsKeyId: KmsKeyId
}

@range(min: 0, max: 10000)
integer GetQueryResultsMaxItems

@length(max: 1024)
string GetQueryResultsNextToken

structure GetQueryResultsRequest {
    @required
    queryId: QueryId
    nextToken: GetQueryResultsNextToken
    maxItems: GetQueryResultsMaxItems
}

structure GetQueryResultsResponse {
    queryLanguage: QueryLanguage
    results: QueryResults
    statistics: QueryStatistics
    status: QueryStatus
    encryptionKey: EncryptionKey
    nextToken: GetQueryResultsNextToken
}

@range(min: 1, max: 1000)
integer GetScheduledQueryHistoryMaxResults

structure GetScheduledQueryHistoryRequest {
    @required
    identifier: ScheduledQueryIdentifier
    @required
    startTime: Long
    @required
    endTime: Long
    executionStatuses: ExecutionStatusList
    maxResults: GetScheduledQueryHistoryMaxResults
    nextToken: NextToken
}

structure GetScheduledQueryHistoryResponse {
    name: ScheduledQueryName
    scheduledQueryArn: String
    triggerHistory: TriggerHistoryRecordList
    nextToken: NextToken
}

structure GetScheduledQueryRequest {
    @required
    identifier: ScheduledQueryIdentifier
}

structure GetScheduledQueryResponse {
    scheduledQueryArn: String
    name: ScheduledQueryName
    description: ScheduledQueryDescription
    queryLanguage: QueryLanguage
    queryString: QueryString
    logGroupIdentifiers: ScheduledQueryLogGroupIdentifiers
    scheduleExpression: ScheduleExpression
    timezone: ScheduleTimezone
    startTimeOffset: Long
    endTimeOffset: Long
    destinationConfiguration: DestinationConfiguration
    state: ScheduledQueryState
    scheduleType: ScheduleType
    lastTriggeredTime: Long
    lastExecutionStatus: ExecutionStatus
    scheduleStartTime: Long
    scheduleEndTime: Long
    executionRoleArn: RoleArn
    creationTime: Long
    lastUpdatedTime: Long
}

structure GetStorageTierPolicyRequest {}

structure GetStorageTierPolicyResponse {
    storageTier: StorageTier
    lastUpdatedTime: Long
}

structure GetTransformerRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
}

structure GetTransformerResponse {
    logGroupIdentifier: LogGroupIdentifier
    creationTime: Long
    lastModifiedTime: Long
    transformerConfig: Processors
}

structure Grok {
    source: Source
    @required
    match: GrokMatch
}

@length(min: 1, max: 512)
string GrokMatch

structure GroupingIdentifier {
    key: String
    value: String
}

list GroupingIdentifiers {
    member: GroupingIdentifier
}

map Histogram {
    key: Time
    value: Long
}

structure Import {
    importId: ImportId
    importSourceArn: String
    importStatus: ImportStatus
    importDestinationArn: String
    importStatistics: ImportStatistics
    importFilter: ImportFilter
    creationTime: Long
    lastUpdatedTime: Long
    errorMessage: String
}

structure ImportBatch {
    @required
    batchId: BatchId
    @required
    status: ImportStatus
    errorMessage: String
}

list ImportBatchList {
    member: ImportBatch
}

structure ImportFilter {
    startEventTime: Long
    endEventTime: Long
}

@length(min: 1, max: 256)
@pattern("[\\-a-zA-Z0-9]+")
string ImportId

list ImportList {
    member: Import
}

structure ImportStatistics {
    bytesImported: Long
}

enum ImportStatus {
    IN_PROGRESS
    CANCELLED
    COMPLETED
    FAILED
}

list ImportStatusList {
    member: ImportStatus
}

@length(max: 4)
list IndexCategories {
    member: IndexCategory
}

enum IndexCategory {
    DEFAULT
    CUSTOM
    AUTO
    INACTIVE
}

list IndexPolicies {
    member: IndexPolicy
}

structure IndexPolicy {
    logGroupIdentifier: LogGroupIdentifier
    lastUpdateTime: Long
    policyDocument: PolicyDocument
    policyName: String
    source: IndexSource
}

enum IndexSource {
    ACCOUNT
    LOG_GROUP
}

enum IndexType {
    FACET
    FIELD_INDEX
}

@length(min: 1)
string InferredTokenName

list InheritedProperties {
    member: InheritedProperty
}

enum InheritedProperty {
    ACCOUNT_DATA_PROTECTION
}

structure InputLogEvent {
    @required
    timestamp: Long
    @required
    message: EventMessage
}

@length(min: 1, max: 10000)
list InputLogEvents {
    member: InputLogEvent
}

@length(min: 1, max: 100)
list InputLogStreamNames {
    member: LogStreamName
}

union IntegrationDetails {
    openSearchIntegrationDetails: OpenSearchIntegrationDetails
}

@length(min: 1, max: 50)
@pattern("[\\.\\-_/#A-Za-z0-9]+")
string IntegrationName

@length(min: 1, max: 50)
@pattern("[\\.\\-_/#A-Za-z0-9]+")
string IntegrationNamePrefix

enum IntegrationStatus {
    PROVISIONING
    ACTIVE
    FAILED
}

@length(min: 1)
string IntegrationStatusMessage

list IntegrationSummaries {
    member: IntegrationSummary
}

structure IntegrationSummary {
    integrationName: IntegrationName
    integrationType: IntegrationType
    integrationStatus: IntegrationStatus
}

enum IntegrationType {
    OPENSEARCH
}

@error("server")
structure InternalServerException {}

@error("client")
structure InternalStreamingException {
    message: String
}

@error("client")
structure InvalidOperationException {}

@error("client")
structure InvalidParameterException {}

@error("client")
structure InvalidSequenceTokenException {
    expectedSequenceToken: SequenceToken
}

@length(min: 1, max: 128)
string Key

@length(min: 1, max: 128)
string KeyPrefix

@length(min: 1, max: 128)
string KeyValueDelimiter

@length(max: 256)
string KmsKeyId

@error("client")
structure LimitExceededException {}

enum ListAggregateLogGroupSummariesGroupBy {
    DATA_SOURCE_NAME_TYPE_AND_FORMAT
    DATA_SOURCE_NAME_AND_TYPE
}

structure ListAggregateLogGroupSummariesRequest {
    accountIdentifiers: AccountIds
    includeLinkedAccounts: Boolean
    logGroupClass: LogGroupClass
    logGroupNamePattern: LogGroupNameRegexPattern
    dataSources: DataSourceFilters
    @required
    groupBy: ListAggregateLogGroupSummariesGroupBy
    nextToken: NextToken
    limit: ListLogGroupsRequestLimit
}

structure ListAggregateLogGroupSummariesResponse {
    aggregateLogGroupSummaries: AggregateLogGroupSummaries
    nextToken: NextToken
}

@range(min: 1, max: 50)
integer ListAnomaliesLimit

structure ListAnomaliesRequest {
    anomalyDetectorArn: AnomalyDetectorArn
    suppressionState: SuppressionState
    limit: ListAnomaliesLimit
    nextToken: NextToken
}

structure ListAnomaliesResponse {
    anomalies: Anomalies
    nextToken: NextToken
}

structure ListIntegrationsRequest {
    integrationNamePrefix: IntegrationNamePrefix
    integrationType: IntegrationType
    integrationStatus: IntegrationStatus
}

structure ListIntegrationsResponse {
    integrationSummaries: IntegrationSummaries
}

@range(min: 1, max: 1000)
integer ListLimit

@range(min: 1, max: 50)
integer ListLogAnomalyDetectorsLimit

structure ListLogAnomalyDetectorsRequest {
    filterLogGroupArn: LogGroupArn
    limit: ListLogAnomalyDetectorsLimit
    nextToken: NextToken
}

structure ListLogAnomalyDetectorsResponse {
    anomalyDetectors: AnomalyDetectors
    nextToken: NextToken
}

@range(min: 50, max: 500)
integer ListLogGroupsForQueryMaxResults

structure ListLogGroupsForQueryRequest {
    @required
    queryId: QueryId
    nextToken: NextToken
    maxResults: ListLogGroupsForQueryMaxResults
}

structure ListLogGroupsForQueryResponse {
    logGroupIdentifiers: LogGroupIdentifiers
    nextToken: NextToken
}

structure ListLogGroupsRequest {
    logGroupNamePattern: LogGroupNameRegexPattern
    logGroupClass: LogGroupClass
    includeLinkedAccounts: Boolean
    accountIdentifiers: AccountIds
    nextToken: NextToken
    limit: ListLimit
    dataSources: DataSourceFilters
    fieldIndexNames: FieldIndexNames
    logGroupTags: TagFilters
}

@range(min: 1, max: 50)
integer ListLogGroupsRequestLimit

structure ListLogGroupsResponse {
    logGroups: LogGroupSummaries
    nextToken: NextToken
}

@range(min: 1, max: 1000)
integer ListScheduledQueriesMaxResults

structure ListScheduledQueriesRequest {
    maxResults: ListScheduledQueriesMaxResults
    nextToken: NextToken
    state: ScheduledQueryState
    scheduleType: ScheduleType
}

structure ListScheduledQueriesResponse {
    nextToken: NextToken
    scheduledQueries: ScheduledQuerySummaryList
}

@range(min: 1, max: 100)
integer ListSourcesForS3TableIntegrationMaxResults

structure ListSourcesForS3TableIntegrationRequest {
    @required
    integrationArn: String
    maxResults: ListSourcesForS3TableIntegrationMaxResults
    nextToken: NextToken
}

structure ListSourcesForS3TableIntegrationResponse {
    sources: S3TableIntegrationSources
    nextToken: NextToken
}

@range(min: 0, max: 50)
integer ListSyslogConfigurationsMaxResults

structure ListSyslogConfigurationsRequest {
    logGroupIdentifier: LogGroupIdentifier
    vpcEndpointId: VpcEndpointId
    nextToken: NextToken
    maxResults: ListSyslogConfigurationsMaxResults
}

structure ListSyslogConfigurationsResponse {
    syslogConfigurations: SyslogConfigurations
    nextToken: NextToken
}

structure ListTagsForResourceRequest {
    @required
    resourceArn: AmazonResourceName
}

structure ListTagsForResourceResponse {
    tags: Tags
}

structure ListTagsLogGroupRequest {
    @required
    logGroupName: LogGroupName
}

structure ListTagsLogGroupResponse {
    tags: Tags
}

structure ListToMap {
    @required
    source: Source
    @required
    key: Key
    valueKey: ValueKey
    target: Target
    flatten: Boolean
    flattenedElement: FlattenedElement
}

structure LiveTailSessionLogEvent {
    logStreamName: LogStreamName
    logGroupIdentifier: LogGroupIdentifier
    message: EventMessage
    timestamp: Long
    ingestionTime: Long
}

structure LiveTailSessionMetadata {
    sampled: Boolean
}

list LiveTailSessionResults {
    member: LiveTailSessionLogEvent
}

structure LiveTailSessionStart {
    requestId: RequestId
    sessionId: SessionId
    logGroupIdentifiers: StartLiveTailLogGroupIdentifiers
    logStreamNames: InputLogStreamNames
    logStreamNamePrefixes: InputLogStreamNames
    logEventFilterPattern: FilterPattern
}

structure LiveTailSessionUpdate {
    sessionMetadata: LiveTailSessionMetadata
    sessionResults: LiveTailSessionResults
}

@length(min: 1)
string Locale

structure LogEvent {
    timestamp: Long
    message: EventMessage
}

@length(min: 1, max: 256)
string LogFieldName

structure LogFieldType {
    type: String
    element: LogFieldType
    fields: LogFieldsList
}

list LogFieldsList {
    member: LogFieldsListItem
}

structure LogFieldsListItem {
    logFieldName: LogFieldName
    logFieldType: LogFieldType
}

structure LogGroup {
    logGroupName: LogGroupName
    creationTime: Long
    retentionInDays: Integer
    metricFilterCount: Integer
    arn: String
    storedBytes: Long
    kmsKeyId: KmsKeyId
    dataProtectionStatus: DataProtectionStatus
    inheritedProperties: InheritedProperties
    logGroupClass: LogGroupClass
    logGroupArn: String
    deletionProtectionEnabled: Boolean
    bearerTokenAuthenticationEnabled: Boolean
}

@length(min: 1, max: 2048)
@pattern("[\\w#+=/:,.@-]*")
string LogGroupArn

list LogGroupArnList {
    member: LogGroupArn
}

enum LogGroupClass {
    STANDARD
    INFREQUENT_ACCESS
    DELIVERY
}

structure LogGroupField {
    name: String
    percent: Percentage
}

list LogGroupFieldList {
    member: LogGroupField
}

@length(min: 1, max: 2048)
@pattern("[\\w#+=/:,.@-]*")
string LogGroupIdentifier

list LogGroupIdentifiers {
    member: LogGroupIdentifier
}

@length(min: 1, max: 512)
@pattern("[\\.\\-_/#A-Za-z0-9]+")
string LogGroupName

@length(min: 0, max: 512)
@pattern("[\\.\\-_/#A-Za-z0-9]*")
string LogGroupNamePattern

@length(min: 3, max: 129)
@pattern("(\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24}){0,4}")
string LogGroupNameRegexPattern

list LogGroupNames {
    member: LogGroupName
}

list LogGroupSummaries {
    member: LogGroupSummary
}

structure LogGroupSummary {
    logGroupName: LogGroupName
    logGroupArn: String
    logGroupClass: LogGroupClass
}

list LogGroups {
    member: LogGroup
}

@length(min: 1, max: 512)
string LogObjectPointer

map LogRecord {
    key: String
    value: String
}

list LogSamples {
    member: LogEvent
}

structure LogStream {
    logStreamName: LogStreamName
    creationTime: Long
    firstEventTimestamp: Long
    lastEventTimestamp: Long
    lastIngestionTime: Long
    uploadSequenceToken: SequenceToken
    arn: String
    storedBytes: Long
}

@length(min: 1, max: 512)
@pattern("[^:*]*")
string LogStreamName

list LogStreams {
    member: LogStream
}

@length(min: 1, max: 255)
@pattern("[\\w]*")
string LogType

@length(min: 1, max: 10)
list LogTypes {
    member: LogType
}

structure LookupTable {
    lookupTableArn: String
    lookupTableName: LookupTableName
    description: LookupTableDescription
    tableFields: TableFields
    recordsCount: Long
    sizeBytes: Long
    lastUpdatedTime: Long
    kmsKeyId: KmsKeyId
}

structure LookupTableConfiguration {
    @required
    tableName: LookupTableName
    @required
    roleArn: RoleArn
    description: LookupTableDescription
    kmsKeyId: KmsKeyId
    tags: Tags
}

@length(min: 0, max: 1024)
string LookupTableDescription

@length(min: 1, max: 256)
@pattern("^[a-zA-Z0-9_]+$")
string LookupTableName

list LookupTables {
    member: LookupTable
}

structure LowerCaseString {
    @required
    withKeys: LowerCaseStringWithKeys
}

@length(min: 1, max: 10)
list LowerCaseStringWithKeys {
    member: WithKey
}

@error("client")
structure MalformedQueryException {
    queryCompileError: QueryCompileError
}

@length(min: 1, max: 10)
@pattern("^\\d+\\.\\d+(\\.\\d+)?$")
string MappingVersion

@length(min: 1)
string MatchPattern

@length(min: 1, max: 5)
list MatchPatterns {
    member: MatchPattern
}

structure MetricFilter {
    filterName: FilterName
    filterPattern: FilterPattern
    metricTransformations: MetricTransformations
    creationTime: Long
    logGroupName: LogGroupName
    applyOnTransformedLogs: Boolean
    fieldSelectionCriteria: FieldSelectionCriteria
    emitSystemFieldDimensions: EmitSystemFields
}

structure MetricFilterMatchRecord {
    eventNumber: Long
    eventMessage: EventMessage
    extractedValues: ExtractedValues
}

list MetricFilterMatches {
    member: MetricFilterMatchRecord
}

list MetricFilters {
    member: MetricFilter
}

@length(max: 255)
@pattern("[^:*$]*")
string MetricName

@length(max: 255)
@pattern("[^:*$]*")
string MetricNamespace

structure MetricTransformation {
    @required
    metricName: MetricName
    @required
    metricNamespace: MetricNamespace
    @required
    metricValue: MetricValue
    defaultValue: Double
    dimensions: Dimensions
    unit: StandardUnit
}

@length(min: 1, max: 1)
list MetricTransformations {
    member: MetricTransformation
}

@length(max: 100)
string MetricValue

@length(min: 1, max: 5)
list MoveKeyEntries {
    member: MoveKeyEntry
}

structure MoveKeyEntry {
    @required
    source: Source
    @required
    target: Target
    overwriteIfExists: Boolean
}

structure MoveKeys {
    @required
    entries: MoveKeyEntries
}

@length(min: 1)
string NextToken

@length(min: 1, max: 128)
string NonMatchValue

enum OCSFVersion {
    V1_1 = "V1.1"
    V1_5 = "V1.5"
}

structure OpenSearchApplication {
    applicationEndpoint: OpenSearchApplicationEndpoint
    applicationArn: String
    applicationId: OpenSearchApplicationId
    status: OpenSearchResourceStatus
}

@length(min: 1, max: 1024)
@pattern("^https://[\\.\\-_/#:A-Za-z0-9]+\\.com$")
string OpenSearchApplicationEndpoint

@length(min: 1, max: 256)
@pattern("[\\.\\-_/#A-Za-z0-9]+")
string OpenSearchApplicationId

structure OpenSearchCollection {
    collectionEndpoint: OpenSearchCollectionEndpoint
    collectionArn: String
    status: OpenSearchResourceStatus
}

@length(min: 1, max: 1024)
@pattern("^https://[\\.\\-_/#:A-Za-z0-9]+\\.com$")
string OpenSearchCollectionEndpoint

structure OpenSearchDataAccessPolicy {
    policyName: OpenSearchPolicyName
    status: OpenSearchResourceStatus
}

structure OpenSearchDataSource {
    dataSourceName: OpenSearchDataSourceName
    status: OpenSearchResourceStatus
}

@length(min: 1, max: 256)
@pattern("[\\.\\-_/#A-Za-z0-9]+")
string OpenSearchDataSourceName

structure OpenSearchEncryptionPolicy {
    policyName: OpenSearchPolicyName
    status: OpenSearchResourceStatus
}

structure OpenSearchIntegrationDetails {
    dataSource: OpenSearchDataSource
    application: OpenSearchApplication
    collection: OpenSearchCollection
    workspace: OpenSearchWorkspace
    encryptionPolicy: OpenSearchEncryptionPolicy
    networkPolicy: OpenSearchNetworkPolicy
    accessPolicy: OpenSearchDataAccessPolicy
    lifecyclePolicy: OpenSearchLifecyclePolicy
}

structure OpenSearchLifecyclePolicy {
    policyName: OpenSearchPolicyName
    status: OpenSearchResourceStatus
}

structure OpenSearchNetworkPolicy {
    policyName: OpenSearchPolicyName
    status: OpenSearchResourceStatus
}

@length(min: 1, max: 256)
@pattern("[\\.\\-_/#A-Za-z0-9]+")
string OpenSearchPolicyName

structure OpenSearchResourceConfig {
    kmsKeyArn: String
    @required
    dataSourceRoleArn: String
    @required
    dashboardViewerPrincipals: DashboardViewerPrincipals
    applicationArn: String
    @required
    retentionDays: CollectionRetentionDays
}

structure OpenSearchResourceStatus {
    status: OpenSearchResourceStatusType
    statusMessage: IntegrationStatusMessage
}

enum OpenSearchResourceStatusType {
    ACTIVE
    NOT_FOUND
    ERROR
}

structure OpenSearchWorkspace {
    workspaceId: OpenSearchWorkspaceId
    status: OpenSearchResourceStatus
}

@length(min: 1, max: 256)
@pattern("[\\.\\-_/#A-Za-z0-9]+")
string OpenSearchWorkspaceId

@error("client")
structure OperationAbortedException {}

enum OrderBy {
    LOG_STREAM_NAME = "LogStreamName"
    LAST_EVENT_TIME = "LastEventTime"
}

enum OutputFormat {
    JSON = "json"
    PLAIN = "plain"
    W3C = "w3c"
    RAW = "raw"
    PARQUET = "parquet"
}

list OutputFormats {
    member: OutputFormat
}

structure OutputLogEvent {
    timestamp: Long
    message: EventMessage
    ingestionTime: Long
}

list OutputLogEvents {
    member: OutputLogEvent
}

structure ParseCloudfront {
    source: Source
}

structure ParseJSON {
    source: Source
    destination: DestinationField
}

structure ParseKeyValue {
    source: Source
    destination: DestinationField
    fieldDelimiter: ParserFieldDelimiter
    keyValueDelimiter: KeyValueDelimiter
    keyPrefix: KeyPrefix
    nonMatchValue: NonMatchValue
    overwriteIfExists: Boolean
}

structure ParsePostgres {
    source: Source
}

structure ParseRoute53 {
    source: Source
}

structure ParseToOCSF {
    source: Source
    @required
    eventSource: EventSource
    @required
    ocsfVersion: OCSFVersion
    mappingVersion: MappingVersion
}

structure ParseVPC {
    source: Source
}

structure ParseWAF {
    source: Source
}

@length(min: 1, max: 128)
string ParserFieldDelimiter

@length(min: 32, max: 32)
string PatternId

@length(min: 1)
string PatternRegex

@length(min: 1)
string PatternString

structure PatternToken {
    dynamicTokenPosition: Integer
    isDynamic: Boolean
    tokenString: TokenString
    enumerations: Enumerations
    inferredTokenName: InferredTokenName
}

list PatternTokens {
    member: PatternToken
}

@range(min: 0, max: 100)
integer Percentage

structure Policy {
    deliveryDestinationPolicy: DeliveryDestinationPolicy
}

@length(min: 1, max: 51200)
string PolicyDocument

enum PolicyScope {
    ACCOUNT
    RESOURCE
}

enum PolicyType {
    DATA_PROTECTION_POLICY
    SUBSCRIPTION_FILTER_POLICY
    FIELD_INDEX_POLICY
    TRANSFORMER_POLICY
    METRIC_EXTRACTION_POLICY
}

@length(min: 1)
string Priority

structure Processor {
    addKeys: AddKeys
    copyValue: CopyValue
    csv: CSV
    dateTimeConverter: DateTimeConverter
    deleteKeys: DeleteKeys
    grok: Grok
    listToMap: ListToMap
    lowerCaseString: LowerCaseString
    moveKeys: MoveKeys
    parseCloudfront: ParseCloudfront
    parseJSON: ParseJSON
    parseKeyValue: ParseKeyValue
    parseRoute53: ParseRoute53
    parseToOCSF: ParseToOCSF
    parsePostgres: ParsePostgres
    parseVPC: ParseVPC
    parseWAF: ParseWAF
    renameKeys: RenameKeys
    splitString: SplitString
    substituteString: SubstituteString
    trimString: TrimString
    typeConverter: TypeConverter
    upperCaseString: UpperCaseString
}

@length(min: 1, max: 20)
list Processors {
    member: Processor
}

structure PutAccountPolicyRequest {
    @required
    policyName: String
    @required
    policyDocument: String
    @required
    policyType: PolicyType
    scope: Scope
    selectionCriteria: String
}

structure PutAccountPolicyResponse {
    accountPolicy: AccountPolicy
}

structure PutBearerTokenAuthenticationRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
    @required
    bearerTokenAuthenticationEnabled: Boolean
}

structure PutDataProtectionPolicyRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
    @required
    policyDocument: String
}

structure PutDataProtectionPolicyResponse {
    logGroupIdentifier: LogGroupIdentifier
    policyDocument: String
    lastUpdatedTime: Long
}

structure PutDeliveryDestinationPolicyRequest {
    @required
    deliveryDestinationName: DeliveryDestinationName
    @required
    deliveryDestinationPolicy: DeliveryDestinationPolicy
}

structure PutDeliveryDestinationPolicyResponse {
    policy: Policy
}

structure PutDeliveryDestinationRequest {
    @required
    name: DeliveryDestinationName
    outputFormat: OutputFormat
    deliveryDestinationConfiguration: DeliveryDestinationConfiguration
    deliveryDestinationType: DeliveryDestinationType
    tags: Tags
}

structure PutDeliveryDestinationResponse {
    deliveryDestination: DeliveryDestination
}

structure PutDeliverySourceRequest {
    @required
    name: DeliverySourceName
    @required
    resourceArn: String
    @required
    logType: LogType
    tags: Tags
    deliverySourceConfiguration: DeliverySourceConfiguration
}

structure PutDeliverySourceResponse {
    deliverySource: DeliverySource
}

structure PutDestinationPolicyRequest {
    @required
    destinationName: DestinationName
    @required
    accessPolicy: AccessPolicy
    forceUpdate: Boolean
}

structure PutDestinationRequest {
    @required
    destinationName: DestinationName
    @required
    targetArn: TargetArn
    @required
    roleArn: RoleArn
    tags: Tags
}

structure PutDestinationResponse {
    destination: Destination
}

structure PutIndexPolicyRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
    @required
    policyDocument: PolicyDocument
}

structure PutIndexPolicyResponse {
    indexPolicy: IndexPolicy
}

structure PutIntegrationRequest {
    @required
    integrationName: IntegrationName
    @required
    resourceConfig: ResourceConfig
    @required
    integrationType: IntegrationType
}

structure PutIntegrationResponse {
    integrationName: IntegrationName
    integrationStatus: IntegrationStatus
}

structure PutLogEventsRequest {
    @required
    logGroupName: LogGroupName
    @required
    logStreamName: LogStreamName
    @required
    logEvents: InputLogEvents
    sequenceToken: SequenceToken
    entity: Entity
}

structure PutLogEventsResponse {
    nextSequenceToken: SequenceToken
    rejectedLogEventsInfo: RejectedLogEventsInfo
    rejectedEntityInfo: RejectedEntityInfo
}

structure PutLogGroupDeletionProtectionRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
    @required
    deletionProtectionEnabled: Boolean
}

structure PutMetricFilterRequest {
    @required
    logGroupName: LogGroupName
    @required
    filterName: FilterName
    @required
    filterPattern: FilterPattern
    @required
    metricTransformations: MetricTransformations
    applyOnTransformedLogs: Boolean
    fieldSelectionCriteria: FieldSelectionCriteria
    emitSystemFieldDimensions: EmitSystemFields
}

structure PutQueryDefinitionRequest {
    queryLanguage: QueryLanguage
    @required
    name: QueryDefinitionName
    queryDefinitionId: QueryId
    logGroupNames: LogGroupNames
    @required
    queryString: QueryDefinitionString
    @idempotencyToken
    clientToken: ClientToken
    parameters: QueryParameterList
}

structure PutQueryDefinitionResponse {
    queryDefinitionId: QueryId
}

structure PutResourcePolicyRequest {
    policyName: String
    policyDocument: PolicyDocument
    resourceArn: String
    expectedRevisionId: ExpectedRevisionId
}

structure PutResourcePolicyResponse {
    resourcePolicy: ResourcePolicy
    revisionId: ExpectedRevisionId
}

structure PutRetentionPolicyRequest {
    @required
    logGroupName: LogGroupName
    @required
    retentionInDays: Integer
}

structure PutStorageTierPolicyRequest {
    @required
    storageTier: StorageTier
}

structure PutStorageTierPolicyResponse {
    storageTier: StorageTier
    lastUpdatedTime: Long
}

structure PutSubscriptionFilterRequest {
    @required
    logGroupName: LogGroupName
    @required
    filterName: FilterName
    @required
    filterPattern: FilterPattern
    @required
    destinationArn: DestinationArn
    roleArn: RoleArn
    distribution: Distribution
    applyOnTransformedLogs: Boolean
    fieldSelectionCriteria: FieldSelectionCriteria
    emitSystemFields: EmitSystemFields
}

structure PutSyslogConfigurationRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
    vpcEndpointId: VpcEndpointId
}

structure PutTransformerRequest {
    @required
    logGroupIdentifier: LogGroupIdentifier
    @required
    transformerConfig: Processors
}

structure QueryCompileError {
    location: QueryCompileErrorLocation
    message: String
}

structure QueryCompileErrorLocation {
    startCharOffset: Integer
    endCharOffset: Integer
}

structure QueryDefinition {
    queryLanguage: QueryLanguage
    queryDefinitionId: QueryId
    name: QueryDefinitionName
    queryString: QueryDefinitionString
    lastModified: Long
    logGroupNames: LogGroupNames
    parameters: QueryParameterList
}

list QueryDefinitionList {
    member: QueryDefinition
}

@length(min: 1, max: 255)
string QueryDefinitionName

@length(min: 1, max: 10000)
string QueryDefinitionString

@length(min: 1, max: 256)
string QueryId

structure QueryInfo {
    queryLanguage: QueryLanguage
    queryId: QueryId
    queryString: QueryString
    status: QueryStatus
    createTime: Long
    logGroupName: LogGroupName
    queryDuration: Long
    bytesScanned: Double
    userIdentity: UserIdentity
}

list QueryInfoList {
    member: QueryInfo
}

enum QueryLanguage {
    CWLI
    SQL
    PPL
}

@range(min: 1, max: 1000)
integer QueryListMaxResults

structure QueryParameter {
    @required
    name: QueryParameterName
    defaultValue: QueryParameterDefaultValue
    description: QueryParameterDescription
}

@length(max: 1024)
string QueryParameterDefaultValue

@length(max: 512)
string QueryParameterDescription

@length(max: 20)
list QueryParameterList {
    member: QueryParameter
}

@length(min: 1, max: 128)
@pattern("^[a-zA-Z_][a-zA-Z0-9_]*")
string QueryParameterName

list QueryResults {
    member: ResultRows
}

structure QueryStatistics {
    recordsMatched: Double
    recordsScanned: Double
    estimatedRecordsSkipped: Double
    bytesScanned: Double
    estimatedBytesSkipped: Double
    logGroupsScanned: Double
}

enum QueryStatus {
    SCHEDULED = "Scheduled"
    RUNNING = "Running"
    COMPLETE = "Complete"
    FAILED = "Failed"
    CANCELLED = "Cancelled"
    TIMEOUT = "Timeout"
    UNKNOWN = "Unknown"
}

@length(min: 0, max: 10000)
string QueryString

@length(min: 1, max: 1)
string QuoteCharacter

structure RecordField {
    name: FieldHeader
    mandatory: Boolean
}

@length(min: 0, max: 128)
list RecordFields {
    member: FieldHeader
}

structure RejectedEntityInfo {
    @required
    errorType: EntityRejectionErrorType
}

structure RejectedLogEventsInfo {
    tooNewLogEventStartIndex: Integer
    tooOldLogEventEndIndex: Integer
    expiredLogEventEndIndex: Integer
}

@length(min: 1, max: 5)
list RenameKeyEntries {
    member: RenameKeyEntry
}

structure RenameKeyEntry {
    @required
    key: Key
    @required
    renameTo: RenameTo
    overwriteIfExists: Boolean
}

structure RenameKeys {
    @required
    entries: RenameKeyEntries
}

@length(min: 1, max: 128)
string RenameTo

@length(min: 0, max: 256)
string RequestId

@error("client")
structure ResourceAlreadyExistsException {}

list ResourceArns {
    member: String
}

union ResourceConfig {
    openSearchResourceConfig: OpenSearchResourceConfig
}

@length(min: 1, max: 2048)
@pattern("[\\w+=/:,.@\\-\\*]*")
string ResourceIdentifier

@error("client")
structure ResourceNotFoundException {}

list ResourcePolicies {
    member: ResourcePolicy
}

structure ResourcePolicy {
    policyName: String
    policyDocument: PolicyDocument
    lastUpdatedTime: Long
    policyScope: PolicyScope
    resourceArn: String
    revisionId: ExpectedRevisionId
}

@length(min: 1, max: 255)
@pattern("[\\w\\-_]*")
string ResourceType

@length(min: 1, max: 10)
list ResourceTypes {
    member: ResourceType
}

structure ResultField {
    field: String
    value: String
}

list ResultRows {
    member: ResultField
}

@length(min: 1)
string RoleArn

structure S3Configuration {
    @required
    destinationIdentifier: S3Uri
    @required
    roleArn: RoleArn
    ownerAccountId: AccountId
    kmsKeyId: KmsKeyId
}

structure S3DeliveryConfiguration {
    suffixPath: DeliverySuffixPath
    enableHiveCompatiblePath: Boolean
}

structure S3TableIntegrationSource {
    identifier: S3TableIntegrationSourceIdentifier
    dataSource: DataSource
    status: S3TableIntegrationSourceStatus
    statusReason: S3TableIntegrationSourceStatusReason
    createdTimeStamp: Long
    parentSourceIdentifier: S3TableIntegrationSourceIdentifier
}

@length(min: 1, max: 2048)
string S3TableIntegrationSourceIdentifier

enum S3TableIntegrationSourceStatus {
    ACTIVE
    UNHEALTHY
    FAILED
    DATA_SOURCE_DELETE_IN_PROGRESS
}

@length(min: 1)
string S3TableIntegrationSourceStatusReason

list S3TableIntegrationSources {
    member: S3TableIntegrationSource
}

@length(min: 1, max: 256)
string S3TablesDatasourceName

@length(min: 1, max: 256)
string S3TablesDatasourceType

structure S3TablesIntegration {
    datasourceName: S3TablesDatasourceName
    datasourceType: S3TablesDatasourceType
}

@length(max: 1024)
@pattern("s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?")
string S3Uri

@length(max: 256)
string ScheduleExpression

@length(min: 1)
string ScheduleTimezone

enum ScheduleType {
    CUSTOMER_MANAGED
    AWS_MANAGED
}

@length(max: 1024)
string ScheduledQueryDescription

structure ScheduledQueryDestination {
    destinationType: ScheduledQueryDestinationType
    destinationIdentifier: String
    status: ActionStatus
    processedIdentifier: String
    errorMessage: String
}

list ScheduledQueryDestinationList {
    member: ScheduledQueryDestination
}

enum ScheduledQueryDestinationType {
    S3
    LOOKUP_TABLE
}

@length(min: 1, max: 300)
string ScheduledQueryIdentifier

@length(min: 1, max: 50)
list ScheduledQueryLogGroupIdentifiers {
    member: LogGroupIdentifier
}

@length(min: 1, max: 300)
string ScheduledQueryName

enum ScheduledQueryState {
    ENABLED
    DISABLED
}

structure ScheduledQuerySummary {
    scheduledQueryArn: String
    name: ScheduledQueryName
    state: ScheduledQueryState
    scheduleType: ScheduleType
    lastTriggeredTime: Long
    lastExecutionStatus: ExecutionStatus
    scheduleExpression: ScheduleExpression
    timezone: ScheduleTimezone
    destinationConfiguration: DestinationConfiguration
    creationTime: Long
    lastUpdatedTime: Long
}

list ScheduledQuerySummaryList {
    member: ScheduledQuerySummary
}

enum Scope {
    ALL
}

structure SearchedLogStream {
    logStreamName: LogStreamName
    searchedCompletely: Boolean
}

list SearchedLogStreams {
    member: SearchedLogStream
}

@length(min: 1)
string SequenceToken

@length(min: 1, max: 255)
@pattern("[\\w_-]*")
string Service

@error("client")
structure ServiceQuotaExceededException {}

@error("server")
structure ServiceUnavailableException {}

@length(min: 0, max: 256)
string SessionId

@error("client")
structure SessionStreamingException {
    message: String
}

@error("client")
structure SessionTimeoutException {
    message: String
}

@length(min: 1, max: 128)
string Source

@length(min: 1)
string SourceTimezone

structure SplitString {
    @required
    entries: SplitStringEntries
}

@length(min: 1, max: 128)
string SplitStringDelimiter

@length(min: 1, max: 10)
list SplitStringEntries {
    member: SplitStringEntry
}

structure SplitStringEntry {
    @required
    source: Source
    @required
    delimiter: SplitStringDelimiter
}

enum StandardUnit {
    SECONDS = "Seconds"
    MICROSECONDS = "Microseconds"
    MILLISECONDS = "Milliseconds"
    BYTES = "Bytes"
    KILOBYTES = "Kilobytes"
    MEGABYTES = "Megabytes"
    GIGABYTES = "Gigabytes"
    TERABYTES = "Terabytes"
    BITS = "Bits"
    KILOBITS = "Kilobits"
    MEGABITS = "Megabits"
    GIGABITS = "Gigabits"
    TERABITS = "Terabits"
    PERCENT = "Percent"
    COUNT = "Count"
    BYTES_SECOND = "Bytes/Second"
    KILOBYTES_SECOND = "Kilobytes/Second"
    MEGABYTES_SECOND = "Megabytes/Second"
    GIGABYTES_SECOND = "Gigabytes/Second"
    TERABYTES_SECOND = "Terabytes/Second"
    BITS_SECOND = "Bits/Second"
    KILOBITS_SECOND = "Kilobits/Second"
    MEGABITS_SECOND = "Megabits/Second"
    GIGABITS_SECOND = "Gigabits/Second"
    TERABITS_SECOND = "Terabits/Second"
    COUNT_SECOND = "Count/Second"
    NONE = "None"
}

@length(min: 1, max: 10)
list StartLiveTailLogGroupIdentifiers {
    member: LogGroupIdentifier
}

structure StartLiveTailRequest {
    @required
    logGroupIdentifiers: StartLiveTailLogGroupIdentifiers
    logStreamNames: InputLogStreamNames
    logStreamNamePrefixes: InputLogStreamNames
    logEventFilterPattern: FilterPattern
}

structure StartLiveTailResponse {
    responseStream: StartLiveTailResponseStream
}

@streaming
union StartLiveTailResponseStream {
    sessionStart: LiveTailSessionStart
    sessionUpdate: LiveTailSessionUpdate
    SessionTimeoutException: SessionTimeoutException
    SessionStreamingException: SessionStreamingException
}

structure StartQueryRequest {
    queryLanguage: QueryLanguage
    logGroupName: LogGroupName
    logGroupNames: LogGroupNames
    logGroupIdentifiers: LogGroupIdentifiers
    @required
    startTime: Long
    @required
    endTime: Long
    @required
    queryString: QueryString
    limit: EventsLimitStartQuery
}

structure StartQueryResponse {
    queryId: QueryId
}

enum State {
    ACTIVE = "Active"
    SUPPRESSED = "Suppressed"
    BASELINE = "Baseline"
}

structure StopQueryRequest {
    @required
    queryId: QueryId
}

structure StopQueryResponse {
    success: Boolean
}

enum StorageTier {
    STANDARD
    INTELLIGENT_TIERING
}

structure SubscriptionFilter {
    filterName: FilterName
    logGroupName: LogGroupName
    filterPattern: FilterPattern
    destinationArn: DestinationArn
    roleArn: RoleArn
    distribution: Distribution
    applyOnTransformedLogs: Boolean
    creationTime: Long
    fieldSelectionCriteria: FieldSelectionCriteria
    emitSystemFields: EmitSystemFields
}

list SubscriptionFilters {
    member: SubscriptionFilter
}

structure SubstituteString {
    @required
    entries: SubstituteStringEntries
}

@length(min: 1, max: 10)
list SubstituteStringEntries {
    member: SubstituteStringEntry
}

structure SubstituteStringEntry {
    @required
    source: Source
    @required
    from: FromKey
    @required
    to: ToKey
}

structure SuppressionPeriod {
    value: Integer
    suppressionUnit: SuppressionUnit
}

enum SuppressionState {
    SUPPRESSED
    UNSUPPRESSED
}

enum SuppressionType {
    LIMITED
    INFINITE
}

enum SuppressionUnit {
    SECONDS
    MINUTES
    HOURS
}

structure SyslogConfiguration {
    logGroupArn: LogGroupArn
    sourceType: SyslogSourceType
    vpcEndpointId: VpcEndpointId
    createdAt: Long
}

list SyslogConfigurations {
    member: SyslogConfiguration
}

enum SyslogSourceType {
    VPCE
}

@length(min: 1, max: 10485760)
string TableBody

list TableFields {
    member: String
}

structure TagFilter {
    @required
    key: TagFilterKey
    values: TagFilterValues
}

@length(min: 1, max: 128)
@pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$")
string TagFilterKey

@length(min: 0, max: 259)
@pattern("^!?\\*?([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)\\*?$")
string TagFilterValue

@length(min: 0, max: 5)
list TagFilterValues {
    member: TagFilterValue
}

@length(min: 1, max: 5)
list TagFilters {
    member: TagFilter
}

@length(min: 1, max: 128)
@pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$")
string TagKey

@length(min: 0, max: 50)
list TagKeyList {
    member: TagKey
}

@length(min: 1)
list TagList {
    member: TagKey
}

structure TagLogGroupRequest {
    @required
    logGroupName: LogGroupName
    @required
    tags: Tags
}

structure TagResourceRequest {
    @required
    resourceArn: AmazonResourceName
    @required
    tags: Tags
}

@length(max: 256)
@pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$")
string TagValue

@length(min: 1, max: 50)
map Tags {
    key: TagKey
    value: TagValue
}

@length(min: 1, max: 128)
string Target

@length(min: 1)
string TargetArn

@length(min: 1, max: 64)
string TargetFormat

@length(min: 1)
string TargetTimezone

@length(min: 1, max: 50)
list TestEventMessages {
    member: EventMessage
}

structure TestMetricFilterRequest {
    @required
    filterPattern: FilterPattern
    @required
    logEventMessages: TestEventMessages
}

structure TestMetricFilterResponse {
    matches: MetricFilterMatches
}

structure TestTransformerRequest {
    @required
    transformerConfig: Processors
    @required
    logEventMessages: TestEventMessages
}

structure TestTransformerResponse {
    transformedLogs: TransformedLogs
}

@error("client")
structure ThrottlingException {}

@length(min: 1)
string Time

@length(min: 1, max: 128)
string ToKey

@length(min: 1)
string TokenString

@error("client")
structure TooManyTagsException {
    message: String
    resourceName: AmazonResourceName
}

@length(min: 1)
string TransformedEventMessage

structure TransformedLogRecord {
    eventNumber: Long
    eventMessage: EventMessage
    transformedEventMessage: TransformedEventMessage
}

list TransformedLogs {
    member: TransformedLogRecord
}

structure TriggerHistoryRecord {
    queryId: QueryId
    executionStatus: ExecutionStatus
    triggeredTimestamp: Long
    errorMessage: String
    destinations: ScheduledQueryDestinationList
}

list TriggerHistoryRecordList {
    member: TriggerHistoryRecord
}

structure TrimString {
    @required
    withKeys: TrimStringWithKeys
}

@length(min: 1, max: 10)
list TrimStringWithKeys {
    member: WithKey
}

enum Type {
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DOUBLE = "double"
    STRING = "string"
}

structure TypeConverter {
    @required
    entries: TypeConverterEntries
}

@length(min: 1, max: 5)
list TypeConverterEntries {
    member: TypeConverterEntry
}

structure TypeConverterEntry {
    @required
    key: Key
    @required
    type: Type
}

@error("client")
structure UnrecognizedClientException {}

structure UntagLogGroupRequest {
    @required
    logGroupName: LogGroupName
    @required
    tags: TagList
}

structure UntagResourceRequest {
    @required
    resourceArn: AmazonResourceName
    @required
    tagKeys: TagKeyList
}

structure UpdateAnomalyRequest {
    anomalyId: AnomalyId
    patternId: PatternId
    @required
    anomalyDetectorArn: AnomalyDetectorArn
    suppressionType: SuppressionType
    suppressionPeriod: SuppressionPeriod
    baseline: Boolean
}

structure UpdateDeliveryConfigurationRequest {
    @required
    id: DeliveryId
    recordFields: RecordFields
    fieldDelimiter: FieldDelimiter
    s3DeliveryConfiguration: S3DeliveryConfiguration
}

structure UpdateDeliveryConfigurationResponse {}

structure UpdateLogAnomalyDetectorRequest {
    @required
    anomalyDetectorArn: AnomalyDetectorArn
    evaluationFrequency: EvaluationFrequency
    filterPattern: FilterPattern
    anomalyVisibilityTime: AnomalyVisibilityTime
    @required
    enabled: Boolean
}

structure UpdateLookupTableRequest {
    @required
    lookupTableArn: String
    description: LookupTableDescription
    tableBody: TableBody
    queryId: QueryId
    kmsKeyId: KmsKeyId
}

structure UpdateLookupTableResponse {
    lookupTableArn: String
    lastUpdatedTime: Long
}

structure UpdateScheduledQueryRequest {
    @required
    identifier: ScheduledQueryIdentifier
    description: ScheduledQueryDescription
    @required
    queryLanguage: QueryLanguage
    @required
    queryString: QueryString
    logGroupIdentifiers: ScheduledQueryLogGroupIdentifiers
    @required
    scheduleExpression: ScheduleExpression
    timezone: ScheduleTimezone
    startTimeOffset: Long
    endTimeOffset: Long
    destinationConfiguration: DestinationConfiguration
    scheduleStartTime: Long
    scheduleEndTime: Long
    @required
    executionRoleArn: RoleArn
    state: ScheduledQueryState
}

structure UpdateScheduledQueryResponse {
    scheduledQueryArn: String
    name: ScheduledQueryName
    description: ScheduledQueryDescription
    queryLanguage: QueryLanguage
    queryString: QueryString
    logGroupIdentifiers: ScheduledQueryLogGroupIdentifiers
    scheduleExpression: ScheduleExpression
    timezone: ScheduleTimezone
    startTimeOffset: Long
    endTimeOffset: Long
    destinationConfiguration: DestinationConfiguration
    state: ScheduledQueryState
    scheduleType: ScheduleType
    lastTriggeredTime: Long
    lastExecutionStatus: ExecutionStatus
    scheduleStartTime: Long
    scheduleEndTime: Long
    executionRoleArn: RoleArn
    creationTime: Long
    lastUpdatedTime: Long
}

structure UpperCaseString {
    @required
    withKeys: UpperCaseStringWithKeys
}

@length(min: 1, max: 10)
list UpperCaseStringWithKeys {
    member: WithKey
}

@length(min: 1, max: 2048)
string UserIdentity

@error("client")
structure ValidationException {}

@length(min: 1, max: 128)
string ValueKey

@pattern("^vpce-[0-9a-f]{1,64}$")
string VpcEndpointId

@length(min: 1)
string WithKey
