#include "gen/sts.h"
#include "services/sts/sts.h"

/* What sessions of users are not for. */
static int admit(struct call *call)
{
    str name = str_of(model_str(call->service->model, call->operation->name));
    bool is_session = call->principal->session_start != 0;
    bool is_of_user = is_session && call->principal->kind != PRINCIPAL_ROLE;

    if (str_eq(name, STR("GetCallerIdentity")) || str_eq(name, STR("AssumeRole")))
        return 0;
    if (!is_of_user && !(is_session && str_eq(name, STR("GetSessionToken"))))
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
