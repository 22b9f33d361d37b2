#include "embedded.h"
#include "services/iam/credential_report.h"
#include "services/iam/entity.h"
#include "services/iam/password.h"
#include "services/iam/tag_list.h"

/* A session of a user has to show that a device was at hand. */
static int admit(struct call *call)
{
    static const struct call_error unknown = {"InvalidClientTokenId", 403, true};
    const struct principal *principal = call->principal;

    if (principal->kind == PRINCIPAL_ROLE || !principal->session_start || principal->mfa_time)
        return 0;
    return call_fail(call, &unknown, "The security token included in the request is invalid.");
}

const struct service iam_service = {
        .admit = admit,
        .model = &iam_model,
        .handlers = iam_handlers,
        .prepares = iam_prepares,
        .schema = {"iam", schema_iam_sql},
        .jobs = &credential_report_job,
        .jobs_len = 1,
        .resource_policy = password_resource_policy,
        .resource_tags = tag_list_of_resource,
};
