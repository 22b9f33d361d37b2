#include "embedded.h"
#include "services/codepipeline/engine.h"

const struct job_kind pipeline_jobs[PIPELINE_JOBS] = {
        {.name = JOB_ACT,
                .prepare = act_prepare,
                .commit = act_commit,
                .give_up = act_give_up,
                .max_attempts = 6,
                .lease_ms = 3600 * 1000},
        {.name = JOB_APPROVAL, .commit = approval_time_over},
};

const struct service codepipeline_service = {
        .model = &codepipeline_model,
        .handlers = codepipeline_handlers,
        .prepares = codepipeline_prepares,
        .schema = {"codepipeline", schema_codepipeline_sql},
        .jobs = pipeline_jobs,
        .jobs_len = PIPELINE_JOBS,
        .on_event = pipeline_on_event,
        .wants_event = pipeline_wants_event,
        .resource_tags = pipeline_resource_tags,
};
