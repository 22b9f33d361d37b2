#include "base/buf.h"
#include "base/json.h"
#include "gen/sts.h"
#include "services/sts/trust.h"

enum {
    DEFAULT_SECONDS = 3600,
    MAX_PACKED_POLICY = 16384, /* bytes of all session policies together, without the rest */
};

static int deny(struct call *call, const char *action, str role_arn)
{
    return call_fail(call, &error_AccessDenied,
            "User: %.*s is not authorized to perform: %s on resource: %.*s",
            STR_ARG(call->principal->arn), action, STR_ARG(role_arn));
}

/* What would change who the session is, and is not there: refused, never ignored. */
static int refuse_unsupported(struct call *call, const struct sts_AssumeRoleRequest *in)
{
    const char *what = in->Tags.len > 0                ? "Session tags are"
                       : in->TransitiveTagKeys.len > 0 ? "Transitive session tags are"
                       : in->ProvidedContexts.len > 0  ? "Provided contexts are"
                       : in->SerialNumber.ptr || in->TokenCode.ptr
                               ? "Multi-factor authentication is"
                               : NULL;

    return what ? call_fail(call, &error_Validation, "%s not supported.", what) : 0;
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

/* ---- Session policies: several become one, since each of them may allow -------------- */

static int check_policy(struct call *call, str text)
{
    struct policy *policy;
    struct error err;

    if (policy_compile(text, POLICY_IDENTITY, &policy, &err) < 0)
        return call_fail(call, &sts_MalformedPolicyDocumentException, "%s", err.text);
    policy_free(policy);
    return 0;
}

static void add_statement(struct buf *out, struct arena *arena, json_t *statement, bool *first)
{
    (void)json_object_del(statement, "Sid"); /* ids are unique within one policy only */
    if (!*first)
        buf_char(out, ',');
    *first = false;
    buf_add(out, json_print(arena, statement));
}

/* The statements of a policy that has compiled. */
static int add_policy(struct buf *out, struct arena *arena, str text, bool *first)
{
    AUTO_JSON json_t *json = NULL;
    json_t *statements;

    if (json_parse(text, &json, NULL) < 0)
        return -EIO;
    statements = json_object_get(json, "Statement");
    if (!json_is_array(statements)) {
        add_statement(out, arena, statements, first);
        return 0;
    }
    for (size_t i = 0; i < json_array_size(statements); i++)
        add_statement(out, arena, json_array_get(statements, i), first);
    return 0;
}

static int add_managed(
        struct call *call, const struct iam_role *role, str arn, struct buf *out, bool *first)
{
    str text;
    int r = iam_policy_text(call->tx, role->account, arn, &text);

    if (r == 0)
        return call_fail(call, &sts_MalformedPolicyDocumentException,
                "Policy %.*s does not exist or is not attachable.", STR_ARG(arn));
    return r < 0 ? r : add_policy(out, call->arena, text, first);
}

static int make_session_policy(struct call *call, const struct iam_role *role,
        const struct sts_AssumeRoleRequest *in, str *ret)
{
    struct buf out = buf_make(call->arena, MAX_PACKED_POLICY);
    bool first = true;
    int r;

    *ret = (str){0};
    if (!in->Policy.ptr && in->PolicyArns.len == 0)
        return 0;
    buf_add(&out, STR("{\"Version\":\"2012-10-17\",\"Statement\":["));
    if (in->Policy.ptr) {
        r = check_policy(call, in->Policy);
        if (r == 0)
            r = add_policy(&out, call->arena, in->Policy, &first);
        if (r < 0)
            return r;
    }
    for (size_t i = 0; i < in->PolicyArns.len; i++) {
        r = add_managed(call, role, in->PolicyArns.items[i].arn, &out, &first);
        if (r < 0)
            return r;
    }
    buf_add(&out, STR("]}"));
    if (buf_is_full(&out))
        return call_fail(call, &sts_PackedPolicyTooLargeException,
                "The session policies exceed %d bytes.", MAX_PACKED_POLICY);
    *ret = buf_str(&out);
    return check_policy(call, *ret);
}

/* ---- Permission -------------------------------------------------------------------- */

static int check_permission(struct call *call, const struct iam_role *role,
        const struct sts_AssumeRoleRequest *in, const char *action)
{
    struct trust_keys keys = {.len = 0};
    bool is_allowed = false;
    int r;

    trust_add(&keys, call->arena, STR("sts:ExternalId"), in->ExternalId);
    trust_add(&keys, call->arena, STR("sts:RoleSessionName"), in->RoleSessionName);
    trust_add(&keys, call->arena, STR("sts:SourceIdentity"), in->SourceIdentity);
    r = trust_check(call, role, (str){0}, str_of(action), &keys, &is_allowed);
    if (r < 0)
        return r;
    return is_allowed ? 0 : deny(call, action, in->RoleArn);
}

static int check_source_identity(
        struct call *call, const struct iam_role *role, const struct sts_AssumeRoleRequest *in)
{
    str current = call->principal->source_identity;

    if (!in->SourceIdentity.ptr)
        return 0;
    if (current.ptr && !str_eq(current, in->SourceIdentity))
        return deny(call, "sts:SetSourceIdentity", in->RoleArn);
    return check_permission(call, role, in, "sts:SetSourceIdentity");
}

int sts_AssumeRole(struct call *call, const struct sts_AssumeRoleRequest *in,
        struct sts_AssumeRoleResponse *out)
{
    struct principal session;
    struct sts_credentials credentials;
    struct iam_role role;
    int64_t seconds = 0;
    str policy = {0};
    int r = refuse_unsupported(call, in);

    if (r < 0)
        return r;
    if (call->principal->kind == PRINCIPAL_ROOT)
        return call_fail(call, &error_AccessDenied, "Roles may not be assumed by root accounts.");
    r = iam_role_find(call->tx, in->RoleArn, &role);
    if (r == 0) /* the same as without permission: names of roles are not given away */
        return deny(call, "sts:AssumeRole", in->RoleArn);
    if (r > 0)
        r = check_permission(call, &role, in, "sts:AssumeRole");
    if (r == 0)
        r = check_source_identity(call, &role, in);
    if (r == 0)
        r = check_duration(call, &role, in->DurationSeconds, &seconds);
    if (r == 0)
        r = make_session_policy(call, &role, in, &policy);
    if (r < 0)
        return r;

    trust_session(call->arena, &role, in->RoleSessionName, &session);
    session.session_policy = policy;
    session.source_identity =
            in->SourceIdentity.ptr ? in->SourceIdentity : call->principal->source_identity;
    sts_session_credentials(call, &session, seconds, &credentials);

    out->Credentials = arena_new(call->arena, struct sts_Credentials);
    out->Credentials->AccessKeyId = credentials.access_key;
    out->Credentials->SecretAccessKey = credentials.secret;
    out->Credentials->SessionToken = credentials.token;
    out->Credentials->Expiration = SOME_TIME(credentials.expires / 1000 * 1000);
    out->AssumedRoleUser = arena_new(call->arena, struct sts_AssumedRoleUser);
    out->AssumedRoleUser->AssumedRoleId = session.user_id;
    out->AssumedRoleUser->Arn = session.arn;
    out->SourceIdentity = session.source_identity;
    if (policy.ptr)
        out->PackedPolicySize =
                SOME_INT((int64_t)((policy.len * 100 + MAX_PACKED_POLICY - 1) / MAX_PACKED_POLICY));
    return 0;
}
