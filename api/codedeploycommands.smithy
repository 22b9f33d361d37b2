$version: "2.0"

/// What deployment agents ask for and report, as the public CodeDeploy agent speaks it.
/// The agent signs with the key of its host; the handlers map the caller to a host and
/// refuse any other. No permission is asked beyond that, whichever signing name is used.
namespace com.amazonaws.codedeploycommands

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#authorizeSelf
use slipway#dataPlane
use slipway#iamPrefix
use slipway#signingNames
use slipway#targetPrefixes

@service(sdkId: "CodeDeployCommand", cloudTrailEventSource: "codedeploy-commands.amazonaws.com")
@sigv4(name: "codedeploy-commands")
@signingNames(["codedeploy-commands", "codedeploy-commands-secure"])
@targetPrefixes(["CodeDeployCommandService_v20141006", "CodeDeployCommandService"])
@iamPrefix("codedeploy-commands-secure")
@awsJson1_1
service CodeDeployCommandService_v20141006 {
    version: "2014-10-06"
    operations: [
        GetDeploymentSpecification
        PollHostCommand
        PostHostCommandUpdate
        PutHostCommandAcknowledgement
        PutHostCommandComplete
    ]
}

@readonly
@authorizeSelf
@dataPlane
operation GetDeploymentSpecification {
    input: GetDeploymentSpecificationInput
    output: GetDeploymentSpecificationOutput
    errors: [
        ClientException
        ServerException
    ]
}

/// The next command for the host; nothing to do is an empty answer.
@authorizeSelf
@dataPlane
operation PollHostCommand {
    input: PollHostCommandInput
    output: PollHostCommandOutput
    errors: [
        ClientException
        ServerException
    ]
}

/// No agent calls it: it keeps a long command alive and tells its status.
@authorizeSelf
@dataPlane
operation PostHostCommandUpdate {
    input: PostHostCommandUpdateInput
    output: PostHostCommandUpdateOutput
    errors: [
        ClientException
        ServerException
    ]
}

@authorizeSelf
@dataPlane
operation PutHostCommandAcknowledgement {
    input: PutHostCommandAcknowledgementInput
    output: PutHostCommandAcknowledgementOutput
    errors: [
        ClientException
        ServerException
    ]
}

/// The first one of a command counts; repetitions change nothing.
@authorizeSelf
@dataPlane
operation PutHostCommandComplete {
    input: PutHostCommandCompleteInput
    output: PutHostCommandCompleteOutput
    errors: [
        ClientException
        ServerException
    ]
}

structure GetDeploymentSpecificationInput {
    @required
    DeploymentExecutionId: DeploymentExecutionId

    @required
    HostIdentifier: HostIdentifier
}

structure GetDeploymentSpecificationOutput {
    DeploymentSystem: String
    DeploymentSpecification: DeploymentSpecification
}

structure PollHostCommandInput {
    @required
    HostIdentifier: HostIdentifier
}

structure PollHostCommandOutput {
    HostCommand: HostCommand
}

structure PostHostCommandUpdateInput {
    @required
    HostCommandIdentifier: HostCommandIdentifier

    EstimatedCompletionTime: Timestamp
    Diagnostics: Envelope
}

structure PostHostCommandUpdateOutput {
    CommandStatus: DeploymentCommandStatus
}

structure PutHostCommandAcknowledgementInput {
    @required
    HostCommandIdentifier: HostCommandIdentifier

    Diagnostics: Envelope
}

structure PutHostCommandAcknowledgementOutput {
    CommandStatus: DeploymentCommandStatus
}

structure PutHostCommandCompleteInput {
    @required
    HostCommandIdentifier: HostCommandIdentifier

    @required
    CommandStatus: DeploymentCommandStatus

    Diagnostics: Envelope
}

structure PutHostCommandCompleteOutput {}

structure HostCommand {
    HostCommandIdentifier: HostCommandIdentifier
    HostIdentifier: HostIdentifier
    DeploymentExecutionId: DeploymentExecutionId
    CommandName: String
    Nonce: Long
}

structure DeploymentSpecification {
    GenericEnvelope: SpecificationEnvelope
    VariantId: String
    VariantEnvelope: SpecificationEnvelope
}

/// What an agent tells: JSON text under the format "JSON".
structure Envelope {
    Format: Format
    Payload: Payload
}

/// What an agent is told: signed, and longer than what it may tell.
structure SpecificationEnvelope {
    Format: Format
    Payload: String
}

@error("client")
structure ClientException {
    message: String
}

@error("server")
structure ServerException {
    message: String
}

@length(min: 1, max: 129)
@pattern("[^/]+/[^/]+/[^/]+/.+")
string DeploymentExecutionId

@length(min: 1, max: 2048)
string HostIdentifier

@length(min: 1, max: 2048)
string HostCommandIdentifier

@length(min: 1, max: 64)
string Format

@length(max: 8192)
string Payload

enum DeploymentCommandStatus {
    PENDING = "Pending"
    IN_PROGRESS = "InProgress"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
}
