#include "services/codebuild/build.h"
#include "services/codebuild/projects.h"

#include "base/buf.h"
#include "base/random.h"
#include "services/iam/iam.h"

static const int64_t TOKEN_MS =
        12 * 3600 * INT64_C(1000); /* idempotency tokens are good for 12 hours */

/* ---- Project and overrides become a build ---------------------------------------------- */

static void override_source(
        struct arena *arena, struct codebuild_Build *b, const struct codebuild_StartBuildInput *in)
{
    struct codebuild_ProjectSource *source = arena_new(arena, struct codebuild_ProjectSource);

    *source = *b->source;
    b->source = source;
    if (in->sourceTypeOverride.ptr)
        source->type = in->sourceTypeOverride;
    if (in->sourceLocationOverride.ptr)
        source->location = in->sourceLocationOverride;
    if (in->sourceAuthOverride)
        source->auth = in->sourceAuthOverride;
    if (in->gitCloneDepthOverride.is_set)
        source->gitCloneDepth = in->gitCloneDepthOverride;
    if (in->gitSubmodulesConfigOverride)
        source->gitSubmodulesConfig = in->gitSubmodulesConfigOverride;
    if (in->buildspecOverride.ptr)
        source->buildspec = in->buildspecOverride;
    if (in->insecureSslOverride.is_set)
        source->insecureSsl = in->insecureSslOverride;
    if (in->reportBuildStatusOverride.is_set)
        source->reportBuildStatus = in->reportBuildStatusOverride;
    if (in->buildStatusConfigOverride)
        source->buildStatusConfig = in->buildStatusConfigOverride;
    if (in->secondarySourcesOverride.is_set)
        b->secondarySources = in->secondarySourcesOverride;
    if (in->secondarySourcesVersionOverride.is_set)
        b->secondarySourceVersions = in->secondarySourcesVersionOverride;
    if (in->sourceVersion.ptr)
        b->sourceVersion = in->sourceVersion;
    str place = {0}, revision = b->sourceVersion;
    if (str_eq(source->type, STR("CODEPIPELINE")) && str_cut(&revision, '#', &place)) {
        b->sourceVersion = place;
        b->resolvedSourceVersion = revision;
    }
}

/* The project's variables, replaced or followed by those of the request. */
static void override_variables(struct arena *arena,
        struct codebuild_ProjectEnvironment *environment,
        const struct codebuild_EnvironmentVariables *changes)
{
    const struct codebuild_EnvironmentVariables old = environment->environmentVariables;
    struct codebuild_EnvironmentVariable *items =
            arena_array(arena, old.len + changes->len, struct codebuild_EnvironmentVariable);
    size_t len = old.len;

    if (old.len)
        memcpy(items, old.items, old.len * sizeof(*items));
    for (size_t i = 0; i < changes->len; i++) {
        size_t at = 0;
        while (at < len && !str_eq(items[at].name, changes->items[i].name))
            at++;
        items[at] = changes->items[i];
        if (at == len)
            len++;
    }
    environment->environmentVariables.items = items;
    environment->environmentVariables.len = len;
    environment->environmentVariables.is_set = true;
}

static void override_environment(
        struct arena *arena, struct codebuild_Build *b, const struct codebuild_StartBuildInput *in)
{
    struct codebuild_ProjectEnvironment *environment =
            arena_new(arena, struct codebuild_ProjectEnvironment);

    *environment = *b->environment;
    b->environment = environment;
    if (in->environmentTypeOverride.ptr)
        environment->type = in->environmentTypeOverride;
    if (in->imageOverride.ptr)
        environment->image = in->imageOverride;
    if (in->computeTypeOverride.ptr)
        environment->computeType = in->computeTypeOverride;
    if (in->certificateOverride.ptr)
        environment->certificate = in->certificateOverride;
    if (in->privilegedModeOverride.is_set)
        environment->privilegedMode = in->privilegedModeOverride;
    if (in->imagePullCredentialsTypeOverride.ptr)
        environment->imagePullCredentialsType = in->imagePullCredentialsTypeOverride;
    if (in->hostKernelOverride.ptr)
        environment->hostKernel = in->hostKernelOverride;
    if (in->registryCredentialOverride)
        environment->registryCredential = in->registryCredentialOverride;
    if (in->fleetOverride)
        environment->fleet = in->fleetOverride;
    override_variables(arena, environment, &in->environmentVariablesOverride);
}

static int check_build(struct call *call, const struct codebuild_StartBuildInput *in,
        const struct codebuild_Build *b)
{
    int r;

    if (in->debugSessionEnabled.is_set && in->debugSessionEnabled.value)
        return call_fail(call, &codebuild_InvalidInputException,
                "Debug sessions are not supported by this version of Slipway.");
    if (in->cacheOverride && in->cacheOverride->type.ptr &&
            !str_eq(in->cacheOverride->type, STR("NO_CACHE")))
        return call_fail(call, &codebuild_InvalidInputException,
                "cache is not supported by this version of Slipway.");
    if (in->autoRetryLimitOverride.is_set && in->autoRetryLimitOverride.value > 0)
        return call_fail(call, &codebuild_InvalidInputException,
                "autoRetryLimit is not supported by this version of Slipway.");
    if ((r = project_check_source(call, b->source, false)) < 0 ||
            (r = project_check_secondary(
                     call, &b->secondarySources, &in->secondaryArtifactsOverride)) < 0 ||
            (r = project_check_environment(call, b->environment)) < 0 ||
            (r = project_check_logs(call, in->logsConfigOverride)) < 0 ||
            (r = project_check_timeouts(call, b->timeoutInMinutes, b->queuedTimeoutInMinutes)) < 0)
        return r;
    if (str_eq(b->source->type, STR("CODEPIPELINE")) && !str_starts(b->sourceVersion, STR("arn:")))
        return call_fail(call, &codebuild_InvalidInputException,
                "Builds of source type CODEPIPELINE are started by CodePipeline only");
    if (in->serviceRoleOverride.ptr &&
            (r = iam_pass_role(call, b->serviceRole, STR("codebuild.amazonaws.com"))) < 0)
        return r;
    return project_check_role(call, b->serviceRole);
}

/* What the build's declaration does not hold, but its start and its worker need. */
struct plan {
    const struct codebuild_ProjectArtifacts *artifacts;
    const struct codebuild_ProjectArtifactsList *secondary;
    const struct codebuild_LogsConfig *logs;
    str token;
};

/* ---- Artifacts and logs: where they will be ----------------------------------------------- */

/* Source: CodeBuild API reference, ProjectArtifacts: path, namespaceType, name. */
static str artifact_location(
        struct arena *arena, const struct codebuild_ProjectArtifacts *a, str uuid)
{
    struct buf out = buf_make(arena, 4096);
    str parts[3] = {a->path, str_eq(a->namespaceType, STR("BUILD_ID")) ? uuid : (str){0}, a->name};

    buf_printf(&out, "arn:aws:s3:::%.*s", STR_ARG(a->location));
    for (int i = 0; i < 3; i++) {
        str part = parts[i];
        while (part.len && part.ptr[0] == '/')
            part = str_skip(part, 1);
        while (part.len && part.ptr[part.len - 1] == '/')
            part.len--;
        if (part.len)
            buf_printf(&out, "/%.*s", STR_ARG(part));
    }
    return buf_str(&out);
}

static void build_artifacts(struct arena *arena, const struct codebuild_ProjectArtifacts *a,
        str uuid, struct codebuild_BuildArtifacts *ret)
{
    *ret = (struct codebuild_BuildArtifacts){
            .artifactIdentifier = a->artifactIdentifier,
            .overrideArtifactName = a->overrideArtifactName,
            .encryptionDisabled = a->encryptionDisabled,
    };
    if (!str_eq(a->type, STR("NO_ARTIFACTS")))
        ret->location = artifact_location(arena, a, uuid);
}

static int set_artifacts(
        struct call *call, struct codebuild_Build *b, const struct plan *plan, str uuid)
{
    int r = project_check_artifacts(call, plan->artifacts, false);

    if (r < 0)
        return r;
    b->artifacts = arena_new(call->arena, struct codebuild_BuildArtifacts);
    build_artifacts(call->arena, plan->artifacts, uuid, b->artifacts);
    b->secondaryArtifacts.len = plan->secondary->len;
    b->secondaryArtifacts.is_set = plan->secondary->is_set;
    b->secondaryArtifacts.items =
            arena_array(call->arena, plan->secondary->len, struct codebuild_BuildArtifacts);
    for (size_t i = 0; i < plan->secondary->len; i++) {
        if ((r = project_check_artifacts(call, &plan->secondary->items[i], true)) < 0)
            return r;
        build_artifacts(
                call->arena, &plan->secondary->items[i], uuid, &b->secondaryArtifacts.items[i]);
    }
    return 0;
}

static bool is_enabled(str status, bool preset)
{
    return status.ptr ? str_eq(status, STR("ENABLED")) : preset;
}

static void place_logs(struct call *call, struct codebuild_Build *b,
        const struct codebuild_LogsConfig *config, str uuid)
{
    const struct codebuild_CloudWatchLogsConfig *cloud = config ? config->cloudWatchLogs : NULL;
    const struct codebuild_S3LogsConfig *s3 = config ? config->s3Logs : NULL;
    struct codebuild_LogsLocation *logs = arena_new(call->arena, struct codebuild_LogsLocation);

    logs->cloudWatchLogs = arena_new(call->arena, struct codebuild_CloudWatchLogsConfig);
    logs->s3Logs = arena_new(call->arena, struct codebuild_S3LogsConfig);
    logs->cloudWatchLogs->status = STR("DISABLED");
    logs->s3Logs->status = STR("DISABLED");
    if (is_enabled(cloud ? cloud->status : (str){0}, true)) {
        logs->groupName =
                cloud && cloud->groupName.len
                        ? cloud->groupName
                        : str_printf(call->arena, "/aws/codebuild/%.*s", STR_ARG(b->projectName));
        logs->streamName = cloud && cloud->streamName.len
                                   ? str_printf(call->arena, "%.*s/%.*s",
                                             STR_ARG(cloud->streamName), STR_ARG(uuid))
                                   : uuid;
        *logs->cloudWatchLogs = (struct codebuild_CloudWatchLogsConfig){
                STR("ENABLED"), logs->groupName, logs->streamName};
        logs->cloudWatchLogsArn = arn_make(call, "logs",
                str_printf(call->arena, "log-group:%.*s:log-stream:%.*s", STR_ARG(logs->groupName),
                        STR_ARG(logs->streamName)));
    }
    if (s3 && is_enabled(s3->status, false) && s3->location.len) {
        *logs->s3Logs = *s3;
        logs->s3LogsArn = str_printf(
                call->arena, "arn:aws:s3:::%.*s/%.*s.gz", STR_ARG(s3->location), STR_ARG(uuid));
    }
    b->logs = logs;
}

static str initiator(struct call *call)
{
    const struct principal *p = call->principal;

    if (str_eq(p->invoked_by, STR("codepipeline.amazonaws.com")))
        return str_printf(call->arena, "codepipeline/%.*s", STR_ARG(p->session_name));
    if (p->kind == PRINCIPAL_ROLE)
        return str_printf(call->arena, "%.*s/%.*s", STR_ARG(p->name), STR_ARG(p->session_name));
    return p->kind == PRINCIPAL_ROOT ? STR("root") : p->name;
}

/* ---- The row ------------------------------------------------------------------------------ */

static int next_number(struct call *call, str project, int64_t *ret)
{
    const struct db_row *row;
    int r = db_exec(call->tx,
            "update codebuild_project set last_number = last_number + 1 where account = $1 and "
            "region = $2 and name = $3",
            call->account, call->region, project);

    if (r < 0)
        return r;
    r = db_one(call->tx, &row,
            "select last_number from codebuild_project where account = $1 and region = $2 and name "
            "= $3",
            call->account, call->region, project);
    if (r > 0)
        *ret = row_int(row, 0);
    return r;
}

/* AWS throttles builds past the limit; what is not kept waiting for ever is refused. */
static int check_limit(struct call *call, const struct codebuild_Project *project)
{
    const struct db_row *row;
    int r;

    if (!project->concurrentBuildLimit.is_set)
        return 0;
    r = db_one(call->tx, &row,
            "select count(*) from codebuild_build where account = $1 and region = $2 and project = "
            "$3 and state <> 'ENDED'",
            call->account, call->region, project->name);
    if (r < 0)
        return r;
    if (row_int(row, 0) >= project->concurrentBuildLimit.value)
        return call_fail(call, &codebuild_AccountLimitExceededException,
                "Project has %lld concurrent builds, which is its limit",
                (long long)project->concurrentBuildLimit.value);
    return 0;
}

static int insert(struct call *call, const struct codebuild_Build *b, const struct plan *plan)
{
    int r = db_exec(call->tx,
            "insert into codebuild_build (id, account, region, project, position, state, "
            "declaration, artifacts,"
            " secondary_artifacts, env_type, created, token, attempts, stop_requested)"
            " values ($1, $2, $3, $4, $5, 'QUEUED', $6, $7, $8, $9, $10, $11, 0, 0)",
            b->id, call->account, call->region, b->projectName, random_uuid_sortable(call->arena),
            shape_to_json(call->arena, codebuild_type_Build, b),
            shape_to_json(call->arena, codebuild_type_ProjectArtifacts, plan->artifacts),
            shape_to_json(call->arena, codebuild_type_ProjectArtifactsList, plan->secondary),
            b->environment->type, call->now, plan->token);

    return r < 0 ? r : build_enqueue(call->server, call->tx, b, call->now);
}

/* The build that an earlier call with the same token made: 1, or 0. */
static int find_by_token(struct call *call, str project, str token, struct codebuild_Build **ret)
{
    const struct db_row *row;
    struct build build;
    int r;

    if (!token.ptr)
        return 0;
    r = db_one(call->tx, &row,
            "select id from codebuild_build where account = $1 and region = $2 and project = $3 "
            "and token = $4 and created > $5 limit 1",
            call->account, call->region, project, token, call->now - TOKEN_MS);
    if (r <= 0 || (r = build_load(call->tx, row_text(row, 0), &build)) <= 0)
        return r;
    *ret = build.declaration;
    return 1;
}

static int project_is_missing(struct call *call, str name)
{
    str arn = arn_make(call, "codebuild", str_printf(call->arena, "project/%.*s", STR_ARG(name)));

    return call_fail(call, &codebuild_ResourceNotFoundException, "Project cannot be found: %.*s",
            STR_ARG(arn));
}

static int start(struct call *call, struct codebuild_Build *b, const struct plan *plan)
{
    str uuid = random_uuid(call->arena);
    int64_t number = 0;
    int r = next_number(call, b->projectName, &number);

    if (r == 0)
        return project_is_missing(call, b->projectName);
    if (r < 0 || (r = set_artifacts(call, b, plan, uuid)) < 0)
        return r;
    b->id = str_printf(call->arena, "%.*s:%.*s", STR_ARG(b->projectName), STR_ARG(uuid));
    b->arn = build_arn(call->arena, call->account, call->region, b->id);
    b->buildNumber = SOME_INT(number);
    b->startTime = SOME_TIME(call->now);
    b->buildStatus = STR("IN_PROGRESS");
    b->buildComplete = SOME_BOOL(false);
    b->initiator = initiator(call);
    place_logs(call, b, plan->logs, uuid);
    build_enter_phase(call->arena, b, STR("SUBMITTED"), (str){0}, call->now);
    build_enter_phase(call->arena, b, STR("QUEUED"), STR("SUCCEEDED"), call->now);
    if ((r = insert(call, b, plan)) < 0)
        return r;
    return build_tell(
            call, &(struct build){.id = b->id, .project = b->projectName, .declaration = b});
}

int codebuild_StartBuild(struct call *call, const struct codebuild_StartBuildInput *in,
        struct codebuild_StartBuildOutput *out)
{
    struct codebuild_Build *b = arena_new(call->arena, struct codebuild_Build);
    struct codebuild_Project *p;
    int r = project_load(call, in->projectName, &p);

    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codebuild_ResourceNotFoundException,
                "Project cannot be found: %.*s",
                STR_ARG(arn_make(call, "codebuild",
                        str_printf(call->arena, "project/%.*s", STR_ARG(in->projectName)))));
    if ((r = find_by_token(call, p->name, in->idempotencyToken, &out->build)) != 0)
        return r < 0 ? r : 0;
    *b = (struct codebuild_Build){
            .projectName = p->name,
            .source = p->source,
            .secondarySources = p->secondarySources,
            .secondarySourceVersions = p->secondarySourceVersions,
            .sourceVersion = p->sourceVersion,
            .environment = p->environment,
            .cache = p->cache,
            .serviceRole = in->serviceRoleOverride.ptr ? in->serviceRoleOverride : p->serviceRole,
            .timeoutInMinutes = in->timeoutInMinutesOverride.is_set ? in->timeoutInMinutesOverride
                                                                    : p->timeoutInMinutes,
            .queuedTimeoutInMinutes = in->queuedTimeoutInMinutesOverride.is_set
                                              ? in->queuedTimeoutInMinutesOverride
                                              : p->queuedTimeoutInMinutes,
            .encryptionKey =
                    in->encryptionKeyOverride.ptr ? in->encryptionKeyOverride : p->encryptionKey,
    };
    override_source(call->arena, b, in);
    override_environment(call->arena, b, in);
    const struct plan plan = {
            .artifacts = in->artifactsOverride ? in->artifactsOverride : p->artifacts,
            .secondary = in->secondaryArtifactsOverride.is_set ? &in->secondaryArtifactsOverride
                                                               : &p->secondaryArtifacts,
            .logs = in->logsConfigOverride ? in->logsConfigOverride : p->logsConfig,
            .token = in->idempotencyToken,
    };
    if ((r = check_build(call, in, b)) < 0 || (r = check_limit(call, p)) < 0 ||
            (r = start(call, b, &plan)) < 0)
        return r;
    out->build = b;
    return 0;
}

/* ---- Again -------------------------------------------------------------------------------- */

static int load_plan(struct call *call, str id, struct plan *ret)
{
    struct codebuild_ProjectArtifacts *artifacts =
            arena_new(call->arena, struct codebuild_ProjectArtifacts);
    struct codebuild_ProjectArtifactsList *secondary =
            arena_new(call->arena, struct codebuild_ProjectArtifactsList);
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select artifacts, secondary_artifacts from codebuild_build where id = $1", id);

    if (r < 0 ||
            (r = shape_from_json(call->arena, codebuild_type_ProjectArtifacts, row_text(row, 0),
                     artifacts, &call->tx->error)) < 0 ||
            (r = shape_from_json(call->arena, codebuild_type_ProjectArtifactsList, row_text(row, 1),
                     secondary, &call->tx->error)) < 0)
        return r;
    ret->artifacts = artifacts;
    ret->secondary = secondary;
    return 0;
}

/* The logs go where those of the first try went, each to its own stream. */
static const struct codebuild_LogsConfig *logs_config(
        struct arena *arena, const struct codebuild_Build *b)
{
    struct codebuild_LogsConfig *config = arena_new(arena, struct codebuild_LogsConfig);
    struct codebuild_CloudWatchLogsConfig *cloud =
            arena_new(arena, struct codebuild_CloudWatchLogsConfig);
    str prefix = {0}, stream = b->logs->streamName;

    (void)str_cut(&stream, '/', &prefix); /* "<configured name>/<uuid>", or the uuid alone */
    *cloud = (struct codebuild_CloudWatchLogsConfig){
            b->logs->cloudWatchLogs->status, b->logs->groupName, prefix};
    config->cloudWatchLogs = cloud;
    config->s3Logs = b->logs->s3Logs;
    return config;
}

int codebuild_RetryBuild(struct call *call, const struct codebuild_RetryBuildInput *in,
        struct codebuild_RetryBuildOutput *out)
{
    struct build old;
    struct plan plan = {.token = in->idempotencyToken};
    int r;

    if (!in->id.ptr)
        return call_fail(call, &codebuild_InvalidInputException, "id must be set");
    if ((r = build_find(call, in->id, &old)) < 0)
        return r;
    str project = r > 0 ? old.project : STR("*");
    int denied = authorize(call, STR("codebuild:RetryBuild"),
            arn_make(call, "codebuild", str_printf(call->arena, "project/%.*s", STR_ARG(project))));
    if (denied < 0)
        return denied;
    if (r == 0)
        return call_fail(call, &codebuild_ResourceNotFoundException, "Build cannot be found: %.*s",
                STR_ARG(in->id));
    if ((r = find_by_token(call, old.project, in->idempotencyToken, &out->build)) != 0)
        return r < 0 ? r : 0;
    if (!str_eq(old.state, STR("ENDED")))
        return call_fail(call, &codebuild_InvalidInputException, "Build %.*s is still in progress",
                STR_ARG(old.id));
    if (str_starts(old.declaration->initiator, STR("codepipeline/")))
        return call_fail(call, &codebuild_InvalidInputException,
                "Builds of a pipeline are retried by CodePipeline");
    struct codebuild_Build *b = old.declaration;
    plan.logs = logs_config(call->arena, b);
    b->phases = (struct codebuild_BuildPhases){0};
    b->endTime = (struct opt_time){0};
    b->resolvedSourceVersion = (str){0};
    b->exportedEnvironmentVariables = (struct codebuild_ExportedEnvironmentVariables){0};
    if ((r = load_plan(call, old.id, &plan)) < 0 ||
            (r = project_check_role(call, b->serviceRole)) < 0)
        return r;
    r = start(call, b, &plan);
    if (r < 0)
        return r;
    out->build = b;
    return 0;
}
