#include "services/sts/trust.h"

#include <assert.h>

/* ---- Condition keys ---------------------------------------------------------------- */

void trust_add_list(struct trust_keys *keys, str name, struct str_list values)
{
    assert(keys->len < TRUST_MAX_KEYS);
    keys->items[keys->len++] = (struct policy_key){name, values};
}

void trust_add(struct trust_keys *keys, struct arena *arena, str name, str value)
{
    str *copy = arena_new(arena, str);

    if (!value.ptr)
        return;
    *copy = value;
    trust_add_list(keys, name, (struct str_list){copy, 1, true});
}

int trust_check(struct call *call, const struct iam_role *role, str action,
        const struct trust_keys *keys, bool *ret)
{
    const struct trust_question question = {
            .action = action,
            .role_arn = role->arn,
            .policy = role->trust,
            .keys = keys->items,
            .keys_len = keys->len,
    };

    return authorize_trust(call, &question, ret);
}

int trust_deny(struct call *call, const char *action, str role_arn)
{
    return call_fail(call, &error_AccessDenied,
            "User: %.*s is not authorized to perform: %s on resource: %.*s",
            STR_ARG(call->principal->arn), action, STR_ARG(role_arn));
}

/* ---- Sessions ---------------------------------------------------------------------- */

int trust_session(
        struct call *call, const struct iam_role *role, str session_name, struct principal *ret)
{
    struct arena *arena = call->arena;

    *ret = (struct principal){
            .kind = PRINCIPAL_ROLE,
            .account = role->account,
            .arn = str_printf(arena, "arn:aws:sts::%.*s:assumed-role/%.*s/%.*s",
                    STR_ARG(role->account), STR_ARG(role->name), STR_ARG(session_name)),
            .user_id = str_printf(arena, "%.*s:%.*s", STR_ARG(role->id), STR_ARG(session_name)),
            .name = role->name,
            .issuer_arn = role->arn,
            .session_name = session_name,
    };
    return iam_principal_tags(arena, role->tags, ret);
}

/* [\w+=,.@-]{2,64}: other bytes become "-". */
static str clean_session_name(struct arena *arena, str name)
{
    char *out = str_cstr(arena, str_head(name, STS_MAX_SESSION_NAME));
    size_t len = strlen(out);

    for (size_t i = 0; i < len; i++) {
        char c = out[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  strchr("_+=,.@-", c);
        if (!ok)
            out[i] = '-';
    }
    return len < 2 ? STR("session") : (str){out, len};
}

/* The service as one who asks to be given a role. */
static struct call *ask_as_service(struct call *call, str service)
{
    struct principal *principal = arena_new(call->arena, struct principal);

    *principal = (struct principal){
            .kind = PRINCIPAL_SERVICE,
            .account = call->account,
            .user_id = service,
            .name = service,
    };
    return call_as(call, principal, &sts_service, "AssumeRole");
}

int sts_assume_service_role(
        struct call *call, str role_arn, str service, str session_name, struct principal *ret)
{
    struct trust_keys *keys = arena_new(call->arena, struct trust_keys);
    struct principal session;
    struct iam_role role;
    bool is_allowed = false;
    int r = iam_role_find(call->tx, role_arn, &role);

    if (r < 0)
        return r;
    if (r == 0 || !str_eq(role.account, call->account))
        return -EACCES;
    session_name = clean_session_name(call->arena, session_name);
    trust_add(keys, call->arena, STR("sts:RoleSessionName"), session_name);
    r = trust_check(ask_as_service(call, service), &role, STR("sts:AssumeRole"), keys, &is_allowed);
    if (r == 0 && !is_allowed)
        return -EACCES;
    if (r == 0)
        r = trust_session(call, &role, session_name, &session);
    if (r < 0)
        return r;
    session.invoked_by = service;
    session.session_start = call->now;
    session.session_end = call->now + (int64_t)STS_MAX_CHAINED_SESSION * 1000;
    *ret = session;
    return 0;
}
