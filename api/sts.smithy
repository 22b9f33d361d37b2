$version: "2.0"
namespace com.amazonaws.sts

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsQuery
use aws.protocols#awsQueryError
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#anonymous
use slipway#noAuth
use slipway#planned
use slipway#prepare

@service(sdkId: "STS")
@sigv4(name: "sts")
@awsQuery
@xmlNamespace(uri: "https://sts.amazonaws.com/doc/2011-06-15/")
service STS {
    version: "2011-06-15"
    operations: [
        AssumeRole
        AssumeRoleWithSAML
        AssumeRoleWithWebIdentity
        AssumeRoot
        DecodeAuthorizationMessage
        GetAccessKeyInfo
        GetCallerIdentity
        GetDelegatedAccessToken
        GetFederationToken
        GetSessionToken
        GetWebIdentityToken
    ]
}

@authorizeSelf
@prepare
@readonly
operation AssumeRole {
    input: AssumeRoleRequest
    output: AssumeRoleResponse
    errors: [
        MalformedPolicyDocumentException
        PackedPolicyTooLargeException
        RegionDisabledException
        ExpiredTokenException
    ]
}

@planned
operation AssumeRoleWithSAML {
    input: AssumeRoleWithSAMLRequest
    output: AssumeRoleWithSAMLResponse
    errors: [
        MalformedPolicyDocumentException
        PackedPolicyTooLargeException
        IDPRejectedClaimException
        InvalidIdentityTokenException
        ExpiredTokenException
        RegionDisabledException
    ]
}

@readonly
@prepare
@anonymous
operation AssumeRoleWithWebIdentity {
    input: AssumeRoleWithWebIdentityRequest
    output: AssumeRoleWithWebIdentityResponse
    errors: [
        MalformedPolicyDocumentException
        PackedPolicyTooLargeException
        IDPRejectedClaimException
        IDPCommunicationErrorException
        InvalidIdentityTokenException
        ExpiredTokenException
        RegionDisabledException
    ]
}

@planned
@arn("arn:aws:iam::{account}:root")
operation AssumeRoot {
    input: AssumeRootRequest
    output: AssumeRootResponse
    errors: [
        RegionDisabledException
        ExpiredTokenException
    ]
}

@readonly
@arn("*")
operation DecodeAuthorizationMessage {
    input: DecodeAuthorizationMessageRequest
    output: DecodeAuthorizationMessageResponse
    errors: [
        InvalidAuthorizationMessageException
    ]
}

@readonly
@arn("*")
operation GetAccessKeyInfo {
    input: GetAccessKeyInfoRequest
    output: GetAccessKeyInfoResponse
}

@readonly
@noAuth
operation GetCallerIdentity {
    input: GetCallerIdentityRequest
    output: GetCallerIdentityResponse
}

@planned
operation GetDelegatedAccessToken {
    input: GetDelegatedAccessTokenRequest
    output: GetDelegatedAccessTokenResponse
    errors: [
        ExpiredTradeInTokenException
        RegionDisabledException
        PackedPolicyTooLargeException
    ]
}

@readonly
@arn("arn:aws:sts::{account}:federated-user/{Name}")
@conditionKeys("aws:RequestTag": "Tags", "aws:TagKeys": "Tags")
operation GetFederationToken {
    input: GetFederationTokenRequest
    output: GetFederationTokenResponse
    errors: [
        MalformedPolicyDocumentException
        PackedPolicyTooLargeException
        RegionDisabledException
    ]
}

@noAuth
@prepare
@readonly
operation GetSessionToken {
    input: GetSessionTokenRequest
    output: GetSessionTokenResponse
    errors: [
        RegionDisabledException
    ]
}

@planned
operation GetWebIdentityToken {
    input: GetWebIdentityTokenRequest
    output: GetWebIdentityTokenResponse
    errors: [
        SessionDurationEscalationException
        OutboundWebIdentityFederationDisabledException
        JWTPayloadSizeExceededException
    ]
}

structure AssumeRoleRequest {
    @required
    RoleArn: arnType
    @required
    RoleSessionName: roleSessionNameType
    PolicyArns: policyDescriptorListType
    Policy: unrestrictedSessionPolicyDocumentType
    DurationSeconds: roleDurationSecondsType
    Tags: tagListType
    TransitiveTagKeys: tagKeyListType
    ExternalId: externalIdType
    SerialNumber: serialNumberType
    TokenCode: tokenCodeType
    SourceIdentity: sourceIdentityType
    ProvidedContexts: ProvidedContextsListType
}

structure AssumeRoleResponse {
    Credentials: Credentials
    AssumedRoleUser: AssumedRoleUser
    PackedPolicySize: Integer
    SourceIdentity: sourceIdentityType
}

structure AssumeRoleWithSAMLRequest {
    @required
    RoleArn: arnType
    @required
    PrincipalArn: arnType
    @required
    SAMLAssertion: SAMLAssertionType
    PolicyArns: policyDescriptorListType
    Policy: sessionPolicyDocumentType
    DurationSeconds: roleDurationSecondsType
}

structure AssumeRoleWithSAMLResponse {
    Credentials: Credentials
    AssumedRoleUser: AssumedRoleUser
    PackedPolicySize: Integer
    Subject: String
    SubjectType: String
    Issuer: String
    Audience: String
    NameQualifier: String
    SourceIdentity: sourceIdentityType
}

structure AssumeRoleWithWebIdentityRequest {
    @required
    RoleArn: arnType
    @required
    RoleSessionName: roleSessionNameType
    @required
    WebIdentityToken: clientTokenType
    ProviderId: urlType
    PolicyArns: policyDescriptorListType
    Policy: sessionPolicyDocumentType
    DurationSeconds: roleDurationSecondsType
}

structure AssumeRoleWithWebIdentityResponse {
    Credentials: Credentials
    SubjectFromWebIdentityToken: webIdentitySubjectType
    AssumedRoleUser: AssumedRoleUser
    PackedPolicySize: Integer
    Provider: String
    Audience: String
    SourceIdentity: sourceIdentityType
}

structure AssumeRootRequest {
    @required
    TargetPrincipal: TargetPrincipalType
    @required
    TaskPolicyArn: PolicyDescriptorType
    DurationSeconds: RootDurationSecondsType
}

structure AssumeRootResponse {
    Credentials: Credentials
    SourceIdentity: sourceIdentityType
}

structure AssumedRoleUser {
    @required
    AssumedRoleId: assumedRoleIdType
    @required
    Arn: arnType
}

structure Credentials {
    @required
    AccessKeyId: accessKeyIdType
    @required
    SecretAccessKey: accessKeySecretType
    @required
    SessionToken: sessionTokenType
    @required
    Expiration: Timestamp
}

structure DecodeAuthorizationMessageRequest {
    @required
    EncodedMessage: encodedMessageType
}

structure DecodeAuthorizationMessageResponse {
    DecodedMessage: String
}

@error("client")
structure ExpiredTokenException {
    message: String
}

@error("client")
structure ExpiredTradeInTokenException {
    message: String
}

structure FederatedUser {
    @required
    FederatedUserId: federatedIdType
    @required
    Arn: arnType
}

structure GetAccessKeyInfoRequest {
    @required
    AccessKeyId: accessKeyIdType
}

structure GetAccessKeyInfoResponse {
    Account: String
}

structure GetCallerIdentityRequest {}

structure GetCallerIdentityResponse {
    UserId: String
    Account: String
    Arn: arnType
}

structure GetDelegatedAccessTokenRequest {
    @required
    TradeInToken: tradeInTokenType
}

structure GetDelegatedAccessTokenResponse {
    Credentials: Credentials
    PackedPolicySize: Integer
    AssumedPrincipal: arnType
}

structure GetFederationTokenRequest {
    @required
    Name: userNameType
    Policy: sessionPolicyDocumentType
    PolicyArns: policyDescriptorListType
    DurationSeconds: durationSecondsType
    Tags: tagListType
}

structure GetFederationTokenResponse {
    Credentials: Credentials
    FederatedUser: FederatedUser
    PackedPolicySize: Integer
}

structure GetSessionTokenRequest {
    DurationSeconds: durationSecondsType
    SerialNumber: serialNumberType
    TokenCode: tokenCodeType
}

structure GetSessionTokenResponse {
    Credentials: Credentials
}

structure GetWebIdentityTokenRequest {
    @required
    Audience: webIdentityTokenAudienceListType
    DurationSeconds: webIdentityTokenDurationSecondsType
    @required
    SigningAlgorithm: jwtAlgorithmType
    Tags: tagListType
}

structure GetWebIdentityTokenResponse {
    WebIdentityToken: webIdentityTokenType
    Expiration: Timestamp
}

@error("client")
@awsQueryError(code: "IDPCommunicationError", httpResponseCode: 400)
structure IDPCommunicationErrorException {
    message: String
}

@error("client")
@httpError(403)
@awsQueryError(code: "IDPRejectedClaim", httpResponseCode: 403)
structure IDPRejectedClaimException {
    message: String
}

@error("client")
structure InvalidAuthorizationMessageException {
    message: String
}

@error("client")
@awsQueryError(code: "InvalidIdentityToken", httpResponseCode: 400)
structure InvalidIdentityTokenException {
    message: String
}

@error("client")
structure JWTPayloadSizeExceededException {
    message: String
}

@error("client")
@awsQueryError(code: "MalformedPolicyDocument", httpResponseCode: 400)
structure MalformedPolicyDocumentException {
    message: String
}

@error("client")
@httpError(403)
structure OutboundWebIdentityFederationDisabledException {
    message: String
}

@error("client")
@awsQueryError(code: "PackedPolicyTooLarge", httpResponseCode: 400)
structure PackedPolicyTooLargeException {
    message: String
}

structure PolicyDescriptorType {
    arn: arnType
}

structure ProvidedContext {
    ProviderArn: arnType
    ContextAssertion: contextAssertionType
}

@length(min: 1, max: 5)
list ProvidedContextsListType {
    member: ProvidedContext
}

@error("client")
@httpError(403)
structure RegionDisabledException {
    message: String
}

@range(min: 0, max: 900)
integer RootDurationSecondsType

@sensitive
string sessionTokenType

@length(min: 4, max: 100000)
@sensitive
string SAMLAssertionType

@error("client")
@httpError(403)
structure SessionDurationEscalationException {
    message: String
}

structure Tag {
    @required
    Key: tagKeyType
    @required
    Value: tagValueType
}

@length(min: 12, max: 2048)
string TargetPrincipalType

@length(min: 16, max: 128)
@pattern("[\\w]*")
string accessKeyIdType

@sensitive
string accessKeySecretType

@length(min: 20, max: 2048)
@pattern("[\\x{0009}\\x{000A}\\x{000D}\\x{0020}-\\x{007E}\\x{0085}\\x{00A0}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]+")
string arnType

@length(min: 2, max: 193)
@pattern("[\\w+=,.@:-]*")
string assumedRoleIdType

@length(min: 4, max: 20000)
@sensitive
string clientTokenType

@length(min: 4, max: 2048)
string contextAssertionType

@range(min: 900, max: 129600)
integer durationSecondsType

@length(min: 1, max: 10240)
string encodedMessageType

@length(min: 2, max: 1224)
@pattern("[\\w+=,.@:\\/-]*")
string externalIdType

@length(min: 2, max: 193)
@pattern("[\\w+=,.@\\:-]*")
string federatedIdType

@length(min: 5, max: 5)
string jwtAlgorithmType

list policyDescriptorListType {
    member: PolicyDescriptorType
}

@range(min: 900, max: 43200)
integer roleDurationSecondsType

@length(min: 2, max: 64)
@pattern("[\\w+=,.@-]*")
string roleSessionNameType

@length(min: 9, max: 256)
@pattern("[\\w+=/:,.@-]*")
string serialNumberType

@length(min: 1, max: 2048)
@pattern("[\\x{0009}\\x{000A}\\x{000D}\\x{0020}-\\x{00FF}]+")
string sessionPolicyDocumentType

@length(min: 2, max: 64)
@pattern("[\\w+=,.@-]*")
string sourceIdentityType

@length(max: 50)
list tagKeyListType {
    member: tagKeyType
}

@length(min: 1, max: 128)
@pattern("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+")
string tagKeyType

@length(max: 50)
list tagListType {
    member: Tag
}

@length(min: 0, max: 256)
@pattern("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*")
string tagValueType

@length(min: 6, max: 6)
@pattern("[\\d]*")
@sensitive
string tokenCodeType

@sensitive
string tradeInTokenType

@length(min: 1)
@pattern("[\\x{0009}\\x{000A}\\x{000D}\\x{0020}-\\x{00FF}]+")
string unrestrictedSessionPolicyDocumentType

@length(min: 4, max: 2048)
string urlType

@length(min: 2, max: 32)
@pattern("[\\w+=,.@-]*")
string userNameType

@length(min: 6, max: 255)
string webIdentitySubjectType

@length(min: 1, max: 10)
list webIdentityTokenAudienceListType {
    member: webIdentityTokenAudienceStringType
}

@length(min: 1, max: 1000)
string webIdentityTokenAudienceStringType

@range(min: 60, max: 3600)
integer webIdentityTokenDurationSecondsType

@sensitive
string webIdentityTokenType
