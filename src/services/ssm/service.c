#include "embedded.h"
#include "services/ssm/policies.h"

static const struct job_kind jobs[] = {
        {.name = POLICY_JOB, .commit = policies_run},
};

const struct service ssm_service = {
        .model = &ssm_model,
        .handlers = ssm_handlers,
        .prepares = ssm_prepares,
        .schema = {"ssm", schema_ssm_sql},
        .jobs = jobs,
        .jobs_len = 1,
};
