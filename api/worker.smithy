$version: "2.0"

/// How `slipway worker` gets builds and reports on them. Not an API of AWS: the worker
/// is an ordinary client with ordinary credentials, so it speaks signed awsJson1_1 like
/// everything else.
///
///     PollBuild -> job + lease ... UpdateBuild* / HeartbeatBuild* ... FinishBuild
///
/// A lease fences a build: every later call carries its token, and a token that is no
/// longer the build's newest gets LeaseLostException, upon which the worker kills the
/// build and forgets it. A build whose lease ran out is handed out again, with a new
/// token, from its start (phases from PROVISIONING on are replaced).
namespace com.slipway.worker

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#dataPlane
use slipway#validationError

@service(sdkId: "Slipway Worker", arnNamespace: "slipway-worker", cloudTrailEventSource: "slipway-worker.amazonaws.com")
@sigv4(name: "slipway-worker")
@awsJson1_1
@validationError("InvalidInputException")
service SlipwayWorker_20261101 {
    version: "2026-11-01"
    operations: [
        PollBuild
        UpdateBuild
        HeartbeatBuild
        FinishBuild
    ]
}

/// Waits up to waitSeconds for a queued build, and leases it. Without one the answer is
/// empty. The same pollToken again gets the same job again with the same lease token,
/// while that lease lives: an answer lost on the way loses no time.
@arn("*")
@dataPlane
operation PollBuild {
    input: PollBuildInput
    output: PollBuildOutput
    errors: [
        InvalidInputException
    ]
}

/// Reports the phases so far. Idempotent: `phases` is the whole list of the worker's
/// phases, oldest first, the last one perhaps without an end. Renews the lease.
@arn("*")
@dataPlane
operation UpdateBuild {
    input: UpdateBuildInput
    output: UpdateBuildOutput
    errors: [
        InvalidInputException
        LeaseLostException
    ]
}

/// Renews the lease and waits up to waitSeconds for a request to stop, which it answers
/// at once. One such call is under way during the whole build, each renewed before half
/// of leaseSeconds is over.
@arn("*")
@dataPlane
operation HeartbeatBuild {
    input: HeartbeatBuildInput
    output: HeartbeatBuildOutput
    errors: [
        InvalidInputException
        LeaseLostException
    ]
}

/// Ends the build. Takes effect once: again with the same token it answers as the first
/// time and changes nothing, so the worker repeats it until it has an answer.
@arn("*")
@dataPlane
operation FinishBuild {
    input: FinishBuildInput
    output: FinishBuildOutput
    errors: [
        InvalidInputException
        LeaseLostException
    ]
}

structure PollBuildInput {
    /// Chosen by the worker at its start; for logs and listings.
    @required
    workerId: WorkerId

    /// New for every poll that is not a repetition.
    @required
    pollToken: Token

    waitSeconds: WaitSeconds

    /// "LINUX_CONTAINER" and the like: only builds of these types are handed out. Absent: any.
    environmentTypes: StringList

    /// A secret that outlives the worker's process. It belongs to the builds that are handed out.
    @sensitive
    workerSecret: Token

    /// The worker has just started: the builds of its secret that run were an earlier one's, and
    /// are given up, as if their leases were over. Such a poll does not wait.
    isStarting: Boolean
}

structure PollBuildOutput {
    job: BuildJob
}

structure UpdateBuildInput {
    @required
    buildArn: String

    @required
    leaseToken: Token

    @required
    currentPhase: PhaseType

    @required
    phases: BuildPhases

    /// The commit or object version that was built, once known.
    resolvedSourceVersion: String
}

structure UpdateBuildOutput {
    /// StopBuild was called: end the build as STOPPED.
    @required
    stopRequested: Boolean

    /// From now.
    @required
    leaseSeconds: Count
}

structure HeartbeatBuildInput {
    @required
    buildArn: String

    @required
    leaseToken: Token

    waitSeconds: WaitSeconds
}

structure HeartbeatBuildOutput {
    @required
    stopRequested: Boolean

    /// From now.
    @required
    leaseSeconds: Count

    /// New ones of the service role, when those of the job expire within 15 minutes.
    credentials: Credentials
}

structure FinishBuildInput {
    @required
    buildArn: String

    @required
    leaseToken: Token

    @required
    buildStatus: BuildStatus

    /// All of the worker's phases, the last one COMPLETED.
    @required
    phases: BuildPhases

    resolvedSourceVersion: String

    exportedEnvironmentVariables: EnvironmentVariables

    /// What was uploaded: the primary artifact first (no identifier), then secondary ones.
    artifacts: UploadedArtifacts
}

structure FinishBuildOutput {}

/// Everything a build needs. Names are CodeBuild's where it has them.
structure BuildJob {
    @required
    buildArn: String

    /// project:uuid
    @required
    buildId: String

    @required
    leaseToken: Token

    @required
    leaseSeconds: Count

    @required
    projectName: String

    @required
    accountId: String

    @required
    region: String

    @required
    buildNumber: Long

    @required
    startTime: Timestamp

    @required
    initiator: String

    @required
    environmentType: String

    @required
    image: String

    computeType: String

    privilegedMode: Boolean

    /// ARN of the KMS key, for CODEBUILD_KMS_KEY_ID.
    encryptionKey: String

    /// The buildspec itself, or the name of the file in the source; absent: buildspec.yml
    /// in the source. Text that has a line end or begins with '{' is a buildspec.
    buildspec: String

    /// The primary source first.
    @required
    sources: BuildSources

    /// Project's and overrides together, in order; all PLAINTEXT values (the server has
    /// looked up or refused the others).
    environmentVariables: EnvironmentVariables

    /// The primary one first.
    artifacts: BuildArtifacts

    /// What is left of the build's time.
    @required
    timeoutSeconds: Long

    logs: BuildLogs

    /// Of the service role: for source, artifacts, logs, and the commands of the build.
    @required
    credentials: Credentials

    /// What the server recorded before: SUBMITTED, QUEUED.
    phases: BuildPhases
}

structure BuildSource {
    /// Absent for the primary source; else the name in CODEBUILD_SRC_DIR_<name>.
    sourceIdentifier: String

    @required
    type: SourceType

    /// As in the project, for CODEBUILD_SOURCE_REPO_URL.
    location: String

    /// As asked for: branch, tag, commit; object version.
    sourceVersion: String

    /// S3 and CODEPIPELINE: a ZIP object, unpacked; a key that ends in "/" is refused by
    /// the server.
    bucket: String

    key: String

    objectVersion: String

    /// CODEPIPELINE: the revision that the artifact was made of (a commit), where the
    /// pipeline knows one, for CODEBUILD_RESOLVED_SOURCE_VERSION.
    revision: String

    /// CODECOMMIT: HTTPS URL of the repository, at the server's own address.
    cloneUrl: String

    /// 0 or absent: full history.
    gitCloneDepth: Count

    gitSubmodules: Boolean
}

structure BuildArtifact {
    /// Absent for the primary artifact.
    artifactIdentifier: String

    @required
    type: ArtifactType

    bucket: String

    /// The exact key of the object (CODEPIPELINE); always one ZIP. When absent, the key is
    /// path/[build uuid/]name as CodeBuild defines it.
    key: String

    path: String

    /// NONE, BUILD_ID
    namespaceType: String

    name: String

    /// NONE, ZIP
    packaging: String

    /// The buildspec's name (with shell expressions) replaces `name`.
    overrideArtifactName: Boolean

    /// The customer's KMS key that the object is encrypted under; absent: the bucket's default.
    kmsKey: String
}

structure BuildLogs {
    cloudWatchGroupName: String
    cloudWatchStreamName: String
    s3Bucket: String
    s3Key: String

    /// As the artifact's.
    s3KmsKey: String

    /// For CODEBUILD_LOG_PATH.
    path: String
}

structure UploadedArtifact {
    artifactIdentifier: String

    /// arn:aws:s3:::bucket/key
    @required
    location: String

    /// Of one ZIP; absent when files were uploaded one by one.
    sha256sum: String

    md5sum: String
}

structure BuildPhase {
    @required
    phaseType: PhaseType

    /// Absent while it runs.
    phaseStatus: BuildStatus

    @required
    startTime: Timestamp

    endTime: Timestamp

    durationInSeconds: Long

    contexts: PhaseContexts
}

structure PhaseContext {
    statusCode: String
    message: String
}

structure EnvironmentVariable {
    @required
    name: String

    @required
    @sensitive
    value: String

    /// Absent: PLAINTEXT. Of the others the value is a reference, as in codebuild's variables.
    type: EnvironmentVariableType
}

enum EnvironmentVariableType {
    PLAINTEXT
    PARAMETER_STORE
    SECRETS_MANAGER
}

structure Credentials {
    @required
    accessKeyId: String

    @required
    @sensitive
    secretAccessKey: String

    @sensitive
    sessionToken: String

    expiration: Timestamp
}

/// A value is out of range or missing.
@error("client")
@httpError(400)
structure InvalidInputException {
    message: String
}

/// The build has another lease, has ended or is gone.
@error("client")
@httpError(400)
structure LeaseLostException {
    message: String
}

@length(min: 1, max: 128)
@pattern("^[A-Za-z0-9._:-]+$")
string WorkerId

@length(min: 1, max: 128)
string Token

@range(min: 0, max: 20)
integer WaitSeconds

@range(min: 0)
integer Count

list StringList {
    member: String
}

@length(max: 40)
list BuildPhases {
    member: BuildPhase
}

@length(max: 10)
list PhaseContexts {
    member: PhaseContext
}

@length(max: 13)
list BuildSources {
    member: BuildSource
}

@length(max: 13)
list BuildArtifacts {
    member: BuildArtifact
}

@length(max: 13)
list UploadedArtifacts {
    member: UploadedArtifact
}

@length(max: 2000)
list EnvironmentVariables {
    member: EnvironmentVariable
}

enum BuildStatus {
    SUCCEEDED
    FAILED
    FAULT
    TIMED_OUT
    IN_PROGRESS
    STOPPED
}

enum PhaseType {
    SUBMITTED
    QUEUED
    PROVISIONING
    DOWNLOAD_SOURCE
    INSTALL
    PRE_BUILD
    BUILD
    POST_BUILD
    UPLOAD_ARTIFACTS
    FINALIZING
    COMPLETED
}

enum SourceType {
    CODECOMMIT
    CODEPIPELINE
    S3
    NO_SOURCE
}

enum ArtifactType {
    CODEPIPELINE
    S3
    NO_ARTIFACTS
}
