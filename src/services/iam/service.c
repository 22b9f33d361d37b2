#include "embedded.h"
#include "base/clock.h"
#include "services/iam/credential_report.h"
#include "services/iam/door.h"
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

static int start(struct server *server, struct error *err)
{
    (void)err;
    server->door = door_new();
    return 0;
}

static void stop(struct server *server)
{
    door_free(server->door);
    server->door = NULL;
}

int64_t iam_door_wait(struct server *server, str address, str name)
{
    return door_wait(server->door, address, name, clock_now());
}

void iam_door_was(struct server *server, str address, str name, bool is_right)
{
    door_was(server->door, address, name, is_right, clock_now());
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
        .start = start,
        .stop = stop,
};
