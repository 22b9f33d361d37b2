/*
 * AssumeRoleWithWebIdentity: the caller has no keys but the token of an identity provider that
 * the role's account knows. prepare sees to it that the provider's keys are there; all is
 * judged in the handler, which waits where another call is just fetching them.
 */
#include "services/sts/issuer.h"
#include "services/sts/session_answer.h"
#include "services/sts/session_policy.h"
#include "services/sts/session_tags.h"

enum {
    DEFAULT_SECONDS = 3600,
    SKEW_MS = 300 * 1000, /* of the provider's clock; not for the end of a token */
    MAX_SUBJECT = 255,
    MAX_SOURCE_IDENTITY = 64,
};

static const str ACTION = STR_INIT("sts:AssumeRoleWithWebIdentity");

static int invalid(struct call *call, const char *why)
{
    return call_fail(call, &sts_InvalidIdentityTokenException, "%s", why);
}

static int refuse(struct call *call, const char *action)
{
    return call_fail(call, &error_AccessDenied, "Not authorized to perform %s", action);
}

/* ---- The token and its provider ------------------------------------------------------- */

struct finding {
    str account, issuer;
    struct iam_oidc_provider provider;
};

static int find_provider(struct tx *tx, void *arg)
{
    struct finding *finding = arg;

    return iam_oidc_find(tx, finding->account, finding->issuer, &finding->provider);
}

static int no_provider(struct call *call, str issuer)
{
    return call_fail(call, &sts_InvalidIdentityTokenException,
            "No OpenIDConnect provider found in your account for %.*s",
            STR_ARG(str_head(issuer, 255)));
}

/* Whose account a role of that ARN is in. */
static int role_account(struct call *call, str text, str *ret)
{
    struct arn arn;

    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("iam")) ||
            !str_starts(arn.resource, STR("role/")))
        return call_fail(call, &error_Validation, "Request ARN is invalid");
    *ret = arn.account;
    return 0;
}

int sts_AssumeRoleWithWebIdentity_prepare(
        struct call *call, const struct sts_AssumeRoleWithWebIdentityRequest *in)
{
    struct jwt *jwt = arena_new(call->arena, struct jwt);
    struct finding finding = {0};
    struct error err;
    int r;

    if (in->ProviderId.ptr)
        return invalid(call, "ProviderId is of OAuth 2.0 access tokens, which are not supported");
    r = role_account(call, in->RoleArn, &finding.account);
    if (r < 0)
        return r;
    if (jwt_parse(call->arena, in->WebIdentityToken, jwt, &err) < 0)
        return invalid(call, err.text);
    call->prepared = jwt;
    finding.issuer = jwt->issuer;
    r = db_read(call->server->db, call->arena, find_provider, &finding, &err);
    if (r == 0)
        return no_provider(call, jwt->issuer);
    return r < 0 ? r : issuer_refresh(call, &finding.provider, jwt);
}

/* ---- Is it what it says? -------------------------------------------------------------- */

static int check_times(struct call *call, const struct jwt *jwt)
{
    if (jwt->expires <= call->now)
        return call_fail(call, &sts_ExpiredTokenException,
                "Token expired: current date/time %lld must be before the expiration date/time "
                "%lld",
                (long long)(call->now / 1000), (long long)(jwt->expires / 1000));
    if (jwt->not_before > call->now + SKEW_MS)
        return call_fail(call, &sts_IDPRejectedClaimException,
                "Token is not yet valid: current date/time %lld must not be before %lld",
                (long long)(call->now / 1000), (long long)(jwt->not_before / 1000));
    if (jwt->issued > call->now + SKEW_MS)
        return call_fail(call, &sts_IDPRejectedClaimException,
                "Token was issued in the future: %lld is after the current date/time %lld",
                (long long)(jwt->issued / 1000), (long long)(call->now / 1000));
    return 0;
}

static bool has_item(const struct str_list *list, str item)
{
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->items[i], item))
            return true;
    return false;
}

/* The audience that the provider has been made for: the authorized party, if the token names one.
 */
static int find_audience(struct call *call, const struct iam_oidc_provider *provider,
        const struct jwt *jwt, str *ret)
{
    if (jwt->party.ptr && has_item(&provider->clients, jwt->party)) {
        *ret = jwt->party;
        return 0;
    }
    for (size_t i = 0; i < jwt->audience.len && !jwt->party.ptr; i++)
        if (has_item(&provider->clients, jwt->audience.items[i])) {
            *ret = jwt->audience.items[i];
            return 0;
        }
    return invalid(call, "Incorrect token audience");
}

/* No key for the token. Another call may be fetching it. */
static int without_key(struct call *call, const struct iam_oidc_provider *provider)
{
    bool is_under_way = provider->keys_tried > provider->keys_at && !provider->failure.ptr;

    if (is_under_way) {
        int r = call_wait(
                call, issuer_topic(call->arena, provider), call->arrived + ISSUER_WAIT_MS);
        if (r < 0)
            return r;
    }
    if (str_eq(provider->failure, issuer_untrusted))
        return invalid(call,
                "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint");
    if (is_under_way || provider->failure.ptr)
        return call_fail(call, &sts_IDPCommunicationErrorException,
                "There was a problem communicating with the identity provider.");
    return invalid(call,
            "Couldn't retrieve verification key from your identity provider, please reference "
            "AssumeRoleWithWebIdentity documentation for requirements");
}

static int check_token(struct call *call, const struct iam_oidc_provider *provider,
        const struct jwt *jwt, str *ret_audience)
{
    int r = jwks_verify(call->arena, issuer_keys(provider, call->now), jwt);

    if (r == -ENOENT)
        return without_key(call, provider);
    if (r < 0)
        return invalid(call, "Token signature invalid");
    r = check_times(call, jwt);
    if (r == 0 &&
            (jwt->subject.len > MAX_SUBJECT || jwt->source_identity.len > MAX_SOURCE_IDENTITY))
        r = call_fail(call, &sts_IDPRejectedClaimException, "A claim of the token is too long");
    return r < 0 ? r : find_audience(call, provider, jwt, ret_audience);
}

/* ---- The session ---------------------------------------------------------------------- */

/* "<issuer without https://>:aud" and so on. */
static void add_keys(struct trust_keys *keys, struct arena *arena,
        const struct iam_oidc_provider *provider, const struct jwt *jwt, str audience)
{
    str prefix = str_concat(arena, provider->url, STR(":"));

    trust_add(keys, arena, STR("aws:FederatedProvider"), provider->arn);
    trust_add(keys, arena, str_concat(arena, prefix, STR("aud")), audience);
    trust_add(keys, arena, str_concat(arena, prefix, STR("sub")), jwt->subject);
    if (jwt->party.ptr)
        trust_add_list(keys, str_concat(arena, prefix, STR("oaud")), jwt->audience);
    if (jwt->methods.len > 0)
        trust_add_list(keys, str_concat(arena, prefix, STR("amr")), jwt->methods);
}

static int ask(struct call *call, const struct iam_role *role, const char *action,
        const struct iam_oidc_provider *provider, const struct trust_keys *keys)
{
    const struct trust_question question = {
            .action = str_of(action),
            .role_arn = role->arn,
            .policy = role->trust,
            .federated = provider->arn,
            .keys = keys->items,
            .keys_len = keys->len,
    };
    bool is_allowed = false;
    int r = authorize_trust(call, &question, &is_allowed);

    if (r < 0)
        return r;
    return is_allowed ? 0 : refuse(call, action);
}

static struct principal *caller(struct call *call, const struct iam_oidc_provider *provider,
        const struct jwt *jwt, str audience)
{
    struct principal *principal = arena_new(call->arena, struct principal);

    *principal = (struct principal){
            .kind = PRINCIPAL_WEB_IDENTITY,
            .name = jwt->subject,
            .user_id = str_printf(call->arena, "%.*s:%.*s:%.*s", STR_ARG(provider->arn),
                    STR_ARG(audience), STR_ARG(jwt->subject)),
            .federated = {provider->arn, audience, jwt->subject},
    };
    return principal;
}

/* What the token says of tags, as a request would. */
static int make_tags(struct call *call, const struct jwt *jwt, struct principal_tags *ret)
{
    struct sts_tagListType tags = {
            arena_array(call->arena, jwt->tags.len, struct sts_Tag), 0, true};

    for (size_t i = 0; i < jwt->tags.len; i++) {
        const struct jwt_tag *tag = &jwt->tags.items[i];
        if (tag->key.len > 128 || tag->value.len > 256)
            return call_fail(
                    call, &sts_IDPRejectedClaimException, "A session tag of the token is too long");
        tags.items[tags.len++] = (struct sts_Tag){tag->key, tag->value};
    }
    return session_tags_make(call, &tags, &jwt->transitive_keys, ret);
}

static int check_permission(struct call *call, const struct iam_role *role,
        const struct iam_oidc_provider *provider, const struct jwt *jwt,
        const struct principal_tags *tags, struct trust_keys *keys)
{
    int r;

    trust_add(keys, call->arena, STR("sts:SourceIdentity"), jwt->source_identity);
    if (jwt->transitive_keys.len > 0)
        trust_add_list(keys, STR("sts:TransitiveTagKeys"), jwt->transitive_keys);
    for (size_t i = 0; i < tags->len; i++)
        trust_add(keys, call->arena,
                str_concat(call->arena, STR("aws:RequestTag/"), tags->items[i].key),
                tags->items[i].value);
    r = ask(call, role, "sts:AssumeRoleWithWebIdentity", provider, keys);
    if (r == 0 && tags->len > 0)
        r = ask(call, role, "sts:TagSession", provider, keys);
    if (r == 0 && jwt->source_identity.ptr)
        r = ask(call, role, "sts:SetSourceIdentity", provider, keys);
    return r;
}

static int find_role(struct call *call, str arn, struct iam_role *ret)
{
    int r = iam_role_find(call->tx, arn, ret);

    return r == 0 ? refuse(call, ACTION.ptr) : r < 0 ? r : 0;
}

static int make_session(struct call *call, const struct sts_AssumeRoleWithWebIdentityRequest *in,
        const struct iam_oidc_provider *provider, const struct jwt *jwt, str audience,
        struct principal *ret, int64_t *ret_seconds)
{
    struct trust_keys *keys = arena_new(call->arena, struct trust_keys);
    struct iam_role role;
    int r = find_role(call, in->RoleArn, &role);

    if (r == 0)
        r = trust_session(call, &role, in->RoleSessionName, ret);
    if (r < 0)
        return r;
    ret->federated = call->principal->federated;
    ret->source_identity = jwt->source_identity;
    trust_add(keys, call->arena, STR("sts:RoleSessionName"), in->RoleSessionName);
    add_keys(keys, call->arena, provider, jwt, audience);
    r = make_tags(call, jwt, &ret->tags);
    if (r == 0)
        r = check_permission(call, &role, provider, jwt, &ret->tags, keys);
    if (r == 0)
        r = session_policy_make(
                call, role.account, in->Policy, &in->PolicyArns, &ret->session_policy);
    if (r < 0)
        return r;
    *ret_seconds = in->DurationSeconds.is_set ? in->DurationSeconds.value : DEFAULT_SECONDS;
    if (*ret_seconds > role.max_session)
        return call_fail(call, &error_Validation,
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    return 0;
}

int sts_AssumeRoleWithWebIdentity(struct call *call,
        const struct sts_AssumeRoleWithWebIdentityRequest *in,
        struct sts_AssumeRoleWithWebIdentityResponse *out)
{
    const struct jwt *jwt = call->prepared;
    struct iam_oidc_provider provider;
    struct principal session = {0};
    str audience = {0}, account;
    int64_t seconds = 0;
    int r = role_account(call, in->RoleArn, &account);

    if (r == 0)
        r = iam_oidc_find(call->tx, account, jwt->issuer, &provider);
    if (r == 0)
        return no_provider(call, jwt->issuer);
    if (r > 0)
        r = check_token(call, &provider, jwt, &audience);
    if (r < 0)
        return r;
    call->account = account;
    call->principal = caller(call, &provider, jwt, audience);
    r = make_session(call, in, &provider, jwt, audience, &session, &seconds);
    if (r == 0)
        r = session_pack(call, &session, &out->PackedPolicySize);
    if (r < 0)
        return r;
    out->Credentials = session_credentials(call, &session, seconds);
    out->AssumedRoleUser = session_role_user(call, &session);
    out->SubjectFromWebIdentityToken = jwt->subject;
    out->Audience = audience;
    out->Provider = provider.arn;
    out->SourceIdentity = session.source_identity;
    return 0;
}
