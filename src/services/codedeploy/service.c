#include "embedded.h"
#include "gen/codedeploycommands.h"
#include "net/tls.h"
#include "services/codedeploy/deployment.h"

/* Agents verify specifications by the authority, also where the server speaks plain HTTP. */
static int start(struct server *server, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};

    return tls_ensure_authority(&scratch, str_cstr(&scratch, server->data_dir), err);
}

const struct service codedeploy_service = {
        .model = &codedeploy_model,
        .handlers = codedeploy_handlers,
        .prepares = codedeploy_prepares,
        .schema = {"codedeploy", schema_codedeploy_sql},
        .jobs = deployment_jobs,
        .jobs_len = DEPLOYMENT_JOBS,
        .start = start,
        .resource_tags = deploy_resource_tags,
};

const struct service codedeploycommands_service = {
        .model = &codedeploycommands_model,
        .handlers = codedeploycommands_handlers,
        .prepares = codedeploycommands_prepares,
};
