#include "embedded.h"
#include "gen/worker.h"
#include "services/codebuild/build.h"
#include "services/codebuild/projects.h"

const struct service codebuild_service = {
        .model = &codebuild_model,
        .handlers = codebuild_handlers,
        .prepares = codebuild_prepares,
        .schema = {"codebuild", schema_codebuild_sql},
        .jobs = build_jobs,
        .jobs_len = BUILD_JOBS,
        .resource_tags = project_resource_tags,
};

const struct service worker_service = {
        .model = &worker_model,
        .handlers = worker_handlers,
        .prepares = worker_prepares,
};
