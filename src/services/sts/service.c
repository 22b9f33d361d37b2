#include "gen/sts.h"
#include "services/sts/sts.h"

static bool is_for_sessions(enum principal_kind kind, str name)
{
    if (str_eq(name, STR("GetCallerIdentity")))
        return true;
    if (kind == PRINCIPAL_FEDERATED)
        return false;
    if (kind != PRINCIPAL_ROLE)
        return str_eq(name, STR("AssumeRole"));
    return !str_eq(name, STR("GetSessionToken")) && !str_eq(name, STR("GetFederationToken"));
}

/* What a session may not call, whatever policies say. */
static int admit(struct call *call)
{
    str name = str_of(model_str(call->service->model, call->operation->name));

    if (call->principal->session_start == 0 || is_for_sessions(call->principal->kind, name))
        return 0;
    return call_fail(
            call, &error_AccessDenied, "Cannot call %.*s with session credentials", STR_ARG(name));
}

const struct service sts_service = {
        .admit = admit,
        .model = &sts_model,
        .handlers = sts_handlers,
        .prepares = sts_prepares,
};
