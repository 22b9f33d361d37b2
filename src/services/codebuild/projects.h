/*
 * projects - loading and checking projects (private to services/codebuild)
 */
#pragma once

#include "gen/codebuild.h"
#include "services/codebuild/codebuild.h"

enum {
    PROJECT_TIMEOUT_MIN = 5,
    PROJECT_TIMEOUT_MAX = 2160,
    PROJECT_TIMEOUT_PRESET = 60,
    PROJECT_QUEUED_MAX = 480,
    PROJECT_QUEUED_PRESET = 480,
    PROJECT_MAX_SECONDARY = 12,
    PROJECT_MAX_IDENTIFIER = 128, /* as the worker has it */
    PROJECT_MAX_VARIABLES = 1000, /* of a build; the worker takes twice as many */
};

/* 1 and the project, 0 none. */
MUST_CHECK int project_load(struct call *call, str name, struct codebuild_Project **ret);
/* service.resource_tags */
MUST_CHECK int project_resource_tags(struct call *call, str text, struct resource_tags *ret);
/* Fails the call with InvalidInputException where something is wrong or not supported. */
MUST_CHECK int project_check_source(
        struct call *call, const struct codebuild_ProjectSource *source, bool secondary);
MUST_CHECK int project_check_artifacts(
        struct call *call, const struct codebuild_ProjectArtifacts *artifacts, bool secondary);
MUST_CHECK int project_check_secondary(struct call *call,
        const struct codebuild_ProjectSources *sources,
        const struct codebuild_ProjectArtifactsList *artifacts);
MUST_CHECK int project_check_environment(
        struct call *call, const struct codebuild_ProjectEnvironment *environment);
MUST_CHECK int project_check_timeouts(
        struct call *call, struct opt_int build, struct opt_int queued);
/* The service role exists and trusts CodeBuild. */
MUST_CHECK int project_check_logs(struct call *call, const struct codebuild_LogsConfig *logs);
MUST_CHECK int project_check_role(struct call *call, str role_arn);
