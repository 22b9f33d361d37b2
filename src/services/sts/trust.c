#include "services/sts/trust.h"

#include "base/clock.h"

#include <assert.h>

enum {
    MAX_POLICIES = 1024
};

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

static void add_request(struct trust_keys *keys, struct call *call)
{
    struct arena *arena = call->arena;

    trust_add(keys, arena, STR("aws:CurrentTime"), time_iso8601(arena, call->now));
    trust_add(keys, arena, STR("aws:EpochTime"),
            str_printf(arena, "%lld", (long long)(call->now / 1000)));
    trust_add(keys, arena, STR("aws:SecureTransport"), call->is_tls ? STR("true") : STR("false"));
    trust_add(keys, arena, STR("aws:SourceIp"), call->source_ip);
    trust_add(keys, arena, STR("aws:UserAgent"), call->user_agent);
    trust_add(keys, arena, STR("aws:RequestedRegion"), call->region);
}

static void add_caller(struct trust_keys *keys, struct arena *arena, const struct principal *p)
{
    bool is_user = p->kind == PRINCIPAL_USER;

    trust_add(keys, arena, STR("aws:PrincipalArn"), p->issuer_arn.ptr ? p->issuer_arn : p->arn);
    trust_add(keys, arena, STR("aws:PrincipalAccount"), p->account);
    trust_add(keys, arena, STR("aws:PrincipalType"), is_user ? STR("User") : STR("AssumedRole"));
    trust_add(keys, arena, STR("aws:userid"), p->user_id);
    trust_add(keys, arena, STR("aws:username"), is_user ? p->name : (str){0});
    trust_add(keys, arena, STR("aws:SourceIdentity"), p->source_identity);
    trust_add(keys, arena, STR("aws:PrincipalIsAWSService"), STR("false"));
}

/* ---- Policies ---------------------------------------------------------------------- */

struct compiled {
    struct policy *items[MAX_POLICIES + 3];
    size_t len;
};

/* A stored policy compiled when it was stored; one that does no more denies everything. */
static int compile(struct compiled *all, str text, enum policy_kind kind, struct policy **ret)
{
    struct error err;
    int r;

    *ret = NULL;
    if (!text.ptr)
        return 0;
    r = policy_compile(text, kind, ret, &err);
    if (r == 0)
        all->items[all->len++] = *ret;
    return r;
}

static int compile_caller(struct call *call, struct compiled *all, struct policy_set *set)
{
    const struct principal *p = call->principal;
    struct principal_policies policies;
    const struct policy **identity;
    struct policy *policy;
    int r = call->server->identity->policies(call->server, call->tx, p, &policies);

    if (r < 0)
        return r;
    if (policies.identity.len > MAX_POLICIES)
        return -E2BIG;
    identity = arena_array(call->arena, policies.identity.len, const struct policy *);
    for (size_t i = 0; i < policies.identity.len; i++) {
        r = compile(all, policies.identity.items[i].text, POLICY_IDENTITY, &policy);
        if (r < 0)
            return r;
        identity[i] = policy;
    }
    set->identity = identity;
    set->identity_len = policies.identity.len;
    r = compile(all, policies.boundary.text, POLICY_IDENTITY, &policy);
    set->boundary = policy;
    if (r < 0)
        return r;
    r = compile(all, p->session_policy, POLICY_IDENTITY, &policy);
    set->session = policy;
    return r;
}

static int decide(struct call *call, struct compiled *all, const struct iam_role *role,
        const struct policy_request *request, bool *ret)
{
    struct policy_set set = {.is_resource_policy_required = true};
    struct policy *trust;
    int r = compile(all, role->trust, POLICY_TRUST, &trust);

    if (r < 0)
        return r;
    set.resource = trust;
    if (request->principal_service.len == 0) {
        set.is_cross_account = !str_eq(role->account, call->principal->account);
        r = compile_caller(call, all, &set);
        if (r < 0)
            return r;
    }
    *ret = policy_decide(&set, request, call->arena).allowed;
    return 0;
}

int trust_check(struct call *call, const struct iam_role *role, str service, str action,
        struct trust_keys *keys, bool *ret)
{
    struct compiled *all = arena_new(call->arena, struct compiled);
    struct policy_request request = {.action = action, .resource = role->arn};
    int r;

    add_request(keys, call);
    if (service.len > 0) {
        trust_add(keys, call->arena, STR("aws:SourceAccount"), call->account);
        trust_add(keys, call->arena, STR("aws:PrincipalIsAWSService"), STR("true"));
        trust_add(keys, call->arena, STR("aws:PrincipalServiceName"), service);
        request.principal_service = service;
    } else {
        add_caller(keys, call->arena, call->principal);
        request.principal_arn = call->principal->arn;
        request.principal_issuer = call->principal->issuer_arn;
        request.principal_account = call->principal->account;
    }
    request.keys = keys->items;
    request.keys_len = keys->len;

    r = decide(call, all, role, &request, ret);
    for (size_t i = 0; i < all->len; i++)
        policy_free(all->items[i]);
    return r;
}

/* ---- Sessions ---------------------------------------------------------------------- */

void trust_session(
        struct arena *arena, const struct iam_role *role, str session_name, struct principal *ret)
{
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

int sts_assume_service_role(
        struct call *call, str role_arn, str service, str session_name, struct principal *ret)
{
    struct trust_keys keys = {.len = 0};
    struct principal session;
    struct iam_role role;
    bool is_allowed = false;
    int r = iam_role_find(call->tx, role_arn, &role);

    if (r < 0)
        return r;
    if (r == 0 || !str_eq(role.account, call->account))
        return -EACCES;
    session_name = clean_session_name(call->arena, session_name);
    trust_add(&keys, call->arena, STR("sts:RoleSessionName"), session_name);
    r = trust_check(call, &role, service, STR("sts:AssumeRole"), &keys, &is_allowed);
    if (r < 0)
        return r;
    if (!is_allowed)
        return -EACCES;
    trust_session(call->arena, &role, session_name, &session);
    session.invoked_by = service;
    session.session_start = call->now;
    session.session_end = call->now + (int64_t)STS_MAX_CHAINED_SESSION * 1000;
    *ret = session;
    return 0;
}
