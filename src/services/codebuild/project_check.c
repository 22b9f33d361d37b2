#include "services/codebuild/projects.h"

#include "services/sts/sts.h"

static bool is_one_of(str s, const char *const *names)
{
    for (; *names; names++)
        if (str_eq(s, str_of(*names)))
            return true;
    return false;
}

/* Identifiers become names of directories and variables of the build. */
static int check_identifier(struct call *call, const char *what, str s)
{
    bool is_good = s.len > 0 && s.len <= PROJECT_MAX_IDENTIFIER;

    for (size_t i = 0; is_good && i < s.len; i++) {
        char c = s.ptr[i];
        is_good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
    }
    if (is_good)
        return 0;
    return call_fail(call, &codebuild_InvalidInputException,
            "Invalid %s: it must have 1 to %d letters, digits and underscores: %.*s", what,
            PROJECT_MAX_IDENTIFIER, STR_ARG(str_head(s, PROJECT_MAX_IDENTIFIER)));
}

int project_check_secondary(struct call *call, const struct codebuild_ProjectSources *sources,
        const struct codebuild_ProjectArtifactsList *artifacts)
{
    int r;

    if (sources->len > PROJECT_MAX_SECONDARY || artifacts->len > PROJECT_MAX_SECONDARY)
        return call_fail(call, &codebuild_InvalidInputException,
                "At most %d secondary sources and artifacts are allowed", PROJECT_MAX_SECONDARY);
    for (size_t i = 0; i < sources->len; i++)
        if ((r = project_check_source(call, &sources->items[i], true)) < 0)
            return r;
    for (size_t i = 0; i < artifacts->len; i++)
        if ((r = project_check_artifacts(call, &artifacts->items[i], true)) < 0)
            return r;
    return 0;
}

static const char *const source_types[] = {"CODECOMMIT", "CODEPIPELINE", "S3", "NO_SOURCE", NULL};

int project_check_source(
        struct call *call, const struct codebuild_ProjectSource *source, bool secondary)
{
    const struct call_error *invalid = &codebuild_InvalidInputException;

    if (!is_one_of(source->type, source_types))
        return call_fail(call, invalid,
                "Source type %.*s is not supported by this version of Slipway.",
                STR_ARG(source->type));
    if ((str_eq(source->type, STR("CODECOMMIT")) || str_eq(source->type, STR("S3"))) &&
            !source->location.len)
        return call_fail(call, invalid,
                "Invalid project source: location must be set for source type %.*s",
                STR_ARG(source->type));
    if (str_eq(source->type, STR("S3")) &&
            (str_find_char(source->location, '/') <= 0 || str_ends(source->location, STR("/"))))
        return call_fail(call, invalid,
                "Invalid project source: location must be a bucket and the key of a ZIP file: %.*s",
                STR_ARG(source->location));
    if (str_eq(source->type, STR("NO_SOURCE")) && !secondary && !source->buildspec.len)
        return call_fail(call, invalid,
                "A buildspec is required for a project that has NO_SOURCE as its source type.");
    if (source->auth)
        return call_fail(
                call, invalid, "Source authorization is not supported by this version of Slipway.");
    if ((source->reportBuildStatus.is_set && source->reportBuildStatus.value) ||
            source->buildStatusConfig)
        return call_fail(call, invalid,
                "Invalid project source: build statuses cannot be reported for source type %.*s",
                STR_ARG(source->type));
    if (source->insecureSsl.is_set && source->insecureSsl.value)
        return call_fail(call, invalid,
                "Invalid project source: insecureSsl is not supported for source type %.*s",
                STR_ARG(source->type));
    if (secondary && !source->sourceIdentifier.len)
        return call_fail(call, invalid,
                "Invalid project source: sourceIdentifier must be set for secondary sources");
    return secondary ? check_identifier(call, "sourceIdentifier", source->sourceIdentifier) : 0;
}

static int check_owner_access(struct call *call, str access)
{
    if (!access.ptr || str_eq(access, STR("FULL")))
        return 0;
    return call_fail(call, &codebuild_InvalidInputException,
            "Invalid bucketOwnerAccess: the owner of a bucket always has FULL access to its "
            "objects, not %.*s",
            STR_ARG(access));
}

int project_check_logs(struct call *call, const struct codebuild_LogsConfig *logs)
{
    return logs && logs->s3Logs ? check_owner_access(call, logs->s3Logs->bucketOwnerAccess) : 0;
}

static const char *const artifact_types[] = {"CODEPIPELINE", "S3", "NO_ARTIFACTS", NULL};

int project_check_artifacts(
        struct call *call, const struct codebuild_ProjectArtifacts *artifacts, bool secondary)
{
    const struct call_error *invalid = &codebuild_InvalidInputException;
    int r;

    if (!is_one_of(artifacts->type, artifact_types))
        return call_fail(call, invalid, "Invalid artifacts: type %.*s is not supported",
                STR_ARG(artifacts->type));
    if (str_eq(artifacts->type, STR("S3")) && !artifacts->location.len)
        return call_fail(
                call, invalid, "Invalid artifacts: location must be set for artifact type S3");
    if (str_eq(artifacts->type, STR("S3")) && !artifacts->name.len &&
            !(artifacts->overrideArtifactName.is_set && artifacts->overrideArtifactName.value))
        return call_fail(
                call, invalid, "Invalid artifacts: artifact name must be set for artifact type S3");
    if ((r = check_owner_access(call, artifacts->bucketOwnerAccess)) < 0)
        return r;
    if (secondary && !artifacts->artifactIdentifier.len)
        return call_fail(call, invalid,
                "Invalid artifacts: artifactIdentifier must be set for secondary artifacts");
    return artifacts->artifactIdentifier.len
                   ? check_identifier(call, "artifactIdentifier", artifacts->artifactIdentifier)
                   : 0;
}

static const char *const environment_types[] = {"LINUX_CONTAINER", "LINUX_GPU_CONTAINER",
        "ARM_CONTAINER", "LINUX_EC2", "ARM_EC2", "LINUX_LAMBDA_CONTAINER", "ARM_LAMBDA_CONTAINER",
        NULL};

int project_check_environment(
        struct call *call, const struct codebuild_ProjectEnvironment *environment)
{
    const struct call_error *invalid = &codebuild_InvalidInputException;

    if (!is_one_of(environment->type, environment_types))
        return call_fail(call, invalid,
                "Environment type %.*s is not supported by this version of Slipway.",
                STR_ARG(environment->type));
    if (environment->privilegedMode.is_set && environment->privilegedMode.value)
        return call_fail(
                call, invalid, "privilegedMode is not supported by this version of Slipway.");
    if (environment->registryCredential || environment->certificate.len || environment->fleet ||
            environment->dockerServer)
        return call_fail(call, invalid,
                "Registry credentials, certificates, fleets and docker servers are not supported "
                "by this version of Slipway.");
    if (environment->computeConfiguration)
        return call_fail(
                call, invalid, "computeConfiguration is not supported by this version of Slipway.");
    if (environment->hostKernel.ptr)
        return call_fail(call, invalid, "hostKernel is not supported by this version of Slipway.");
    if (environment->environmentVariables.len > PROJECT_MAX_VARIABLES)
        return call_fail(call, invalid, "At most %d environment variables are allowed",
                PROJECT_MAX_VARIABLES);
    for (size_t i = 0; i < environment->environmentVariables.len; i++) {
        const struct codebuild_EnvironmentVariable *variable =
                &environment->environmentVariables.items[i];
        if (memchr(variable->name.ptr, '=', variable->name.len) ||
                memchr(variable->name.ptr, '\0', variable->name.len))
            return call_fail(call, invalid, "Invalid environment variable name: %.*s",
                    STR_ARG(str_head(variable->name, PROJECT_MAX_IDENTIFIER)));
    }
    return 0;
}

int project_check_timeouts(struct call *call, struct opt_int build, struct opt_int queued)
{
    if (build.is_set && (build.value < PROJECT_TIMEOUT_MIN || build.value > PROJECT_TIMEOUT_MAX))
        return call_fail(call, &codebuild_InvalidInputException,
                "Invalid timeout: must be between %d and %d minutes", PROJECT_TIMEOUT_MIN,
                PROJECT_TIMEOUT_MAX);
    if (queued.is_set && (queued.value < PROJECT_TIMEOUT_MIN || queued.value > PROJECT_QUEUED_MAX))
        return call_fail(call, &codebuild_InvalidInputException,
                "Invalid queued timeout: must be between %d and %d minutes", PROJECT_TIMEOUT_MIN,
                PROJECT_QUEUED_MAX);
    return 0;
}

int project_check_role(struct call *call, str role_arn)
{
    struct principal session;
    int r = sts_assume_service_role(
            call, role_arn, STR("codebuild.amazonaws.com"), STR("check"), &session);

    if (r != -EACCES)
        return r;
    return call_fail(call, &codebuild_InvalidInputException,
            "CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify "
            "that: 1) The provided service "
            "role exists, 2) The role name is case-sensitive and matches exactly, and 3) The role "
            "has the necessary trust policy "
            "configured.");
}
