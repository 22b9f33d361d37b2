#include "services/sts/mfa.h"
#include "services/sts/session_answer.h"
#include "services/sts/session_policy.h"
#include "services/sts/session_tags.h"

enum {
    DEFAULT_SECONDS = 3600,
};

int sts_AssumeRole_prepare(struct call *call, const struct sts_AssumeRoleRequest *in)
{
    if (in->ProvidedContexts.len > 0)
        return call_fail(call, &error_Validation, "Provided contexts are not supported.");
    return session_mfa(call, in->SerialNumber, in->TokenCode);
}

/* When the code that this call brought was taken; 0: it brought none. */
static int64_t shown_time(const struct call *call)
{
    return *(const int64_t *)call->prepared;
}

static int check_duration(
        struct call *call, const struct iam_role *role, struct opt_int asked, int64_t *ret)
{
    bool is_chained = call->principal->kind == PRINCIPAL_ROLE;
    int64_t seconds = asked.is_set ? asked.value : DEFAULT_SECONDS;

    if (is_chained && seconds > STS_MAX_CHAINED_SESSION)
        return call_fail(call, &error_Validation,
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed "
                "by role chaining");
    if (seconds > role->max_session)
        return call_fail(call, &error_Validation,
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    *ret = seconds;
    return 0;
}

/* ---- Permission -------------------------------------------------------------------- */

/* Inherited or asked for; absent: none. One that is set stays. */
static str source_identity(const struct call *call, const struct sts_AssumeRoleRequest *in)
{
    return in->SourceIdentity.ptr ? in->SourceIdentity : call->principal->source_identity;
}

static int check_action(struct call *call, const struct iam_role *role, const char *action,
        const struct trust_keys *keys)
{
    bool is_allowed = false;
    int r = trust_check(call, role, str_of(action), keys, &is_allowed);

    if (r < 0)
        return r;
    return is_allowed ? 0 : trust_deny(call, action, role->arn);
}

static int check_permission(struct call *call, const struct iam_role *role,
        const struct sts_AssumeRoleRequest *in, const struct principal_tags *tags)
{
    struct trust_keys *keys = arena_new(call->arena, struct trust_keys);
    str current = call->principal->source_identity, source = source_identity(call, in);
    int r;

    trust_add(keys, call->arena, STR("sts:ExternalId"), in->ExternalId);
    trust_add(keys, call->arena, STR("sts:RoleSessionName"), in->RoleSessionName);
    trust_add(keys, call->arena, STR("sts:SourceIdentity"), source);
    if (shown_time(call)) {
        trust_add(keys, call->arena, STR("aws:MultiFactorAuthPresent"), STR("true"));
        trust_add(keys, call->arena, STR("aws:MultiFactorAuthAge"), STR("0"));
    }
    session_tags_keys(call, tags, &in->TransitiveTagKeys, keys);
    r = check_action(call, role, "sts:AssumeRole", keys);
    if (r == 0 && tags->len > 0)
        r = check_action(call, role, "sts:TagSession", keys);
    if (r < 0 || !source.ptr)
        return r;
    if (current.ptr && !str_eq(current, source))
        return trust_deny(call, "sts:SetSourceIdentity", role->arn);
    return check_action(call, role, "sts:SetSourceIdentity", keys);
}

static int find_role(struct call *call, str arn, struct iam_role *ret)
{
    struct arn parts;
    int r;

    if (arn_parse(arn, &parts) < 0 || !str_eq(parts.service, STR("iam")))
        return call_fail(call, &error_Validation, "%.*s is invalid", STR_ARG(arn));
    if (call->principal->kind == PRINCIPAL_ROOT)
        return call_fail(call, &error_AccessDenied, "Roles may not be assumed by root accounts.");
    r = iam_role_find(call->tx, arn, ret);
    if (r == 0) /* the same as without permission: names of roles are not given away */
        return trust_deny(call, "sts:AssumeRole", arn);
    return r < 0 ? r : 0;
}

static int make_session(struct call *call, const struct iam_role *role,
        const struct sts_AssumeRoleRequest *in, struct principal *ret, struct opt_int *ret_percent)
{
    struct principal session;
    int r = trust_session(call, role, in->RoleSessionName, &session);

    if (r == 0)
        r = session_tags_make(call, &in->Tags, &in->TransitiveTagKeys, &session.tags);
    if (r == 0)
        r = check_permission(call, role, in, &session.tags);
    if (r == 0)
        r = session_policy_make(
                call, role->account, in->Policy, &in->PolicyArns, &session.session_policy);
    if (r == 0)
        r = session_pack(call, &session, ret_percent);
    if (r < 0)
        return r;
    session.source_identity = source_identity(call, in);
    session.mfa_time = shown_time(call);
    if (!session.mfa_time && call->principal->kind == PRINCIPAL_USER)
        session.mfa_time = call->principal->mfa_time; /* does not go on from role to role */
    *ret = session;
    return 0;
}

int sts_AssumeRole(struct call *call, const struct sts_AssumeRoleRequest *in,
        struct sts_AssumeRoleResponse *out)
{
    struct principal session;
    struct iam_role role;
    int64_t seconds = 0;
    int r = find_role(call, in->RoleArn, &role);

    if (r == 0)
        r = make_session(call, &role, in, &session, &out->PackedPolicySize);
    if (r == 0)
        r = check_duration(call, &role, in->DurationSeconds, &seconds);
    if (r < 0)
        return r;
    out->Credentials = session_credentials(call, &session, seconds);
    out->AssumedRoleUser = session_role_user(call, &session);
    out->SourceIdentity = session.source_identity;
    return 0;
}
