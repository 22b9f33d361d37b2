/*
 * authenticate - who makes a call
 *
 * The claim (which key, which scope, when) is judged first, without a transaction. Then
 * the key is looked up: in the cache, if the account's generation in the database is
 * still the one under which it was cached, so a key that another server deleted is
 * refused at once.
 */
#include "api/last_use.h"
#include "api/private.h"

#include "base/clock.h"
#include "base/digest.h"

enum {
    SIGNING_KEYS = 4 /* remembered with each credential */
};

struct cached_credential {
    struct cache_item item;
    struct arena arena;
    struct credential credential;
    int64_t generation;
    pthread_mutex_t lock; /* of the keys */
    struct {
        char scope[128];
        unsigned char key[32];
    } keys[SIGNING_KEYS];
    unsigned next_key;
};

/* ---- The claim ------------------------------------------------------------------------------- */

static bool is_s3(const struct call *call)
{
    return call_family(call) == FAMILY_S3;
}

static const struct principal anonymous = {
        .kind = PRINCIPAL_ANONYMOUS, .arn = STR_INIT("anonymous")};

static int fail_payload(struct call *call, const char *why)
{
    static const struct call_error missing = {"InvalidRequest", 400, true};
    bool is_missing = !call_header(call, STR("x-amz-content-sha256")).ptr;

    return call_fail(call, is_missing ? &missing : &error_Validation, "%s", why);
}

/* Chunks are signed with the key of the request: one without can only send them unsigned. */
static int parse_anonymous_payload(struct call *call)
{
    struct call_private *p = call->private_;
    struct error err;

    if (sigv4_parse_payload(&p->sigv4, false, &p->claim, &err) < 0)
        return fail_payload(call, err.text);
    /* botocore names the framing where it signs, and frames also where it does not. */
    if (!p->claim.payload_hash.ptr && call_header(call, STR("x-amz-decoded-content-length")).ptr)
        p->claim.payload = SIGV4_PAYLOAD_UNSIGNED_TRAILER;
    if (p->claim.payload != SIGV4_PAYLOAD_CHUNKED &&
            p->claim.payload != SIGV4_PAYLOAD_CHUNKED_TRAILER)
        return 0;
    return fail_payload(call,
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER or "
            "a valid sha256 value where the request is not signed.");
}

static int be_anonymous(struct call *call)
{
    call->principal = &anonymous;
    if (is_s3(call))
        return parse_anonymous_payload(call);
    if (call->operation->flags & OP_ANONYMOUS)
        return 0;
    if (call_family(call) == FAMILY_JSON)
        return call_fail(call, &error_MissingAuthentication, "Missing Authentication Token");
    return call_fail(call, &error_MissingAuthentication, "Request is missing Authentication Token");
}

/* S3 tells a malformed header from malformed parameters. */
static const struct call_error *malformed(const struct call *call, enum sigv4_where where)
{
    static const struct call_error parameters = {"AuthorizationQueryParametersError", 400, true};

    return is_s3(call) && where == SIGV4_QUERY ? &parameters : &error_IncompleteSignature;
}

/* It goes into ARNs and rows: one that says more than a region would name other resources. */
static bool is_region(str region)
{
    for (size_t i = 0; i < region.len; i++) {
        char c = region.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return region.len > 0 && region.len <= API_MAX_REGION;
}

static int fail_region(struct call *call)
{
    const struct sigv4_claim *claim = &call->private_->claim;
    str region = str_head(claim->region, API_MAX_REGION);

    if (!is_s3(call))
        return call_fail(call, &error_SignatureMismatch,
                "Credential should be scoped to a valid region, not '%.*s'. ", STR_ARG(region));
    call_error_extra(call, STR("Region"), call->server->region);
    return call_fail(call, malformed(call, claim->where),
            "%s; the region '%.*s' is wrong; expecting '%.*s'",
            claim->where == SIGV4_QUERY ? "Error parsing the X-Amz-Credential parameter"
                                        : "The authorization header is malformed",
            STR_ARG(region), STR_ARG(call->server->region));
}

/* What somebody has added to a signed request. */
static int check_unsigned(struct call *call)
{
    str name = sigv4_unsigned_header(&call->private_->sigv4, &call->private_->claim);

    if (!name.ptr)
        return 0;
    if (!is_s3(call))
        return call_fail(call, &error_IncompleteSignature,
                "'%.*s' must be a 'SignedHeader' in the AWS Authorization.", STR_ARG(name));
    call_error_extra(call, STR("HeadersNotSigned"), str_lower(call->arena, name));
    return call_fail(call, &error_AccessDenied,
            "There were headers present in the request which were not signed");
}

static int check_scope(struct call *call)
{
    const struct sigv4_claim *claim = &call->private_->claim;
    const struct service_model *model = call->service->model;

    if (!str_eq(claim->service, str_of(model->signing_name)) &&
            !(model->other_signing_name &&
                    str_eq(claim->service, str_of(model->other_signing_name)))) {
        if (is_s3(call))
            return call_fail(call, malformed(call, claim->where),
                    "%s; incorrect service \"%.*s\". This endpoint belongs to \"s3\".",
                    claim->where == SIGV4_QUERY ? "Error parsing the X-Amz-Credential parameter"
                                                : "The authorization header is malformed",
                    STR_ARG(str_head(claim->service, 64)));
        return call_fail(call, &error_SignatureMismatch,
                "Credential should be scoped to correct service: '%s'. ", model->signing_name);
    }
    return is_region(claim->region) ? 0 : fail_region(call);
}

static int check_presigned(struct call *call, int64_t skew)
{
    const struct sigv4_claim *claim = &call->private_->claim;

    if (claim->time > call->now + skew)
        return call_fail(call, is_s3(call) ? &error_AccessDenied : &error_SignatureExpired,
                "Request is not yet valid");
    if (claim->expires > 0 && claim->time + claim->expires * 1000 >= call->now)
        return 0; /* of 0 seconds nothing is left, wherever the client's clock is */
    if (!is_s3(call))
        return call_fail(call, &error_PresignedExpired, "Request has expired.");
    call_error_extra(
            call, STR("X-Amz-Expires"), str_printf(call->arena, "%lld", (long long)claim->expires));
    call_error_extra(
            call, STR("Expires"), time_iso8601(call->arena, claim->time + claim->expires * 1000));
    call_error_extra(call, STR("ServerTime"), time_iso8601(call->arena, call->now));
    return call_fail(call, &error_PresignedExpired, "Request has expired");
}

static int fail_skew(
        struct call *call, const char *what, const char *relation, int64_t bound, char sign)
{
    struct arena *arena = call->arena;

    return call_fail(call, &error_SignatureExpired,
            "Signature %s: %.*s is %s than %.*s (%.*s %c 5 min.)", what,
            STR_ARG(call->private_->claim.timestamp), relation, STR_ARG(time_basic(arena, bound)),
            STR_ARG(time_basic(arena, call->now)), sign);
}

static int check_time(struct call *call)
{
    const struct sigv4_claim *claim = &call->private_->claim;
    int64_t skew = is_s3(call) ? API_SKEW_S3_MS : API_SKEW_MS;

    if (claim->where == SIGV4_QUERY)
        return check_presigned(call, skew);
    if (claim->time >= call->now - skew && claim->time <= call->now + skew)
        return 0;
    if (is_s3(call)) {
        call_error_extra(call, STR("RequestTime"), claim->timestamp);
        call_error_extra(call, STR("ServerTime"), time_iso8601(call->arena, call->now));
        call_error_extra(call, STR("MaxAllowedSkewMilliseconds"),
                str_printf(call->arena, "%d", API_SKEW_S3_MS));
        return call_fail(call, &error_SignatureExpired,
                "The difference between the request time and the current time is too large.");
    }
    if (claim->time < call->now)
        return fail_skew(call, "expired", "now earlier", call->now - skew, '-');
    return fail_skew(call, "not yet current", "still later", call->now + skew, '+');
}

/* The hash of the body that the signature covers: absent, the header's. */
void authenticate_body(struct call *call)
{
    struct call_private *p = call->private_;

    if (!p->is_signed)
        return;
    if (!is_s3(call)) {
        p->sigv4.payload_hash = sha256_hex(call->arena, p->target.body);
        return;
    }
    if (!p->claim.payload_hash.ptr) /* presigned */
        p->sigv4.payload_hash = STR("UNSIGNED-PAYLOAD");
}

static void make_sigv4(struct call *call)
{
    struct call_private *p = call->private_;
    const struct httpd_headers *headers = &p->req->headers;
    struct sigv4_header *copies = arena_array(call->arena, headers->len, struct sigv4_header);

    for (size_t i = 0; i < headers->len; i++)
        copies[i] = (struct sigv4_header){headers->items[i].name, headers->items[i].value};
    p->sigv4 = (struct sigv4_request){
            .method = p->req->method,
            .path = p->req->path,
            .query = p->req->query,
            .headers = copies,
            .headers_len = headers->len,
            .is_s3 = is_s3(call),
    };
}

/* Of a signature that could not be parsed. */
static enum sigv4_where claimed_where(struct call *call)
{
    return str_starts(call_header(call, STR("Authorization")), STR("AWS")) ? SIGV4_HEADER
                                                                           : SIGV4_QUERY;
}

int authenticate_claim(struct call *call)
{
    struct call_private *p = call->private_;
    struct error err;
    int r;

    make_sigv4(call);
    r = sigv4_parse(call->arena, &p->sigv4, &p->claim, &err);
    if (r == -ENOENT)
        return be_anonymous(call);
    if (r == -EBADMSG)
        return fail_payload(call, err.text);
    if (r < 0)
        return call_fail(call, malformed(call, claimed_where(call)), "%s", err.text);
    r = check_scope(call);
    if (r >= 0)
        r = check_unsigned(call);
    if (r >= 0)
        r = check_time(call);
    if (r < 0)
        return r;
    p->is_signed = true;
    call->region = p->claim.region;
    return 0;
}

/* ---- The key -----------------------------------------------------------------------------------
 */

static void free_credential(struct cache_item *item)
{
    struct cached_credential *cached = (struct cached_credential *)item;

    mem_wipe((char *)cached->credential.secret.ptr, cached->credential.secret.len);
    mem_wipe(cached->keys, sizeof(cached->keys));
    pthread_mutex_destroy(&cached->lock);
    arena_free(&cached->arena);
    free(cached);
}

static struct principal copy_principal(struct arena *arena, const struct principal *from)
{
    struct principal to = *from;
    str *texts[] = {&to.account, &to.arn, &to.user_id, &to.name, &to.issuer_arn, &to.issuer_id,
            &to.session_name, &to.access_key, &to.session_policy, &to.source_identity,
            &to.invoked_by, &to.federated.provider, &to.federated.audience, &to.federated.subject};

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        *texts[i] = str_dup(arena, *texts[i]);
    to.tags.items = arena_array(arena, to.tags.len, struct principal_tag);
    for (size_t i = 0; i < to.tags.len; i++) {
        to.tags.items[i] = from->tags.items[i];
        to.tags.items[i].key = str_dup(arena, from->tags.items[i].key);
        to.tags.items[i].value = str_dup(arena, from->tags.items[i].value);
    }
    return to;
}

static struct cached_credential *cache_credential(
        struct call *call, str key, const struct credential *credential, int64_t generation)
{
    struct cached_credential *cached = mem_new(struct cached_credential);

    cache_init_item(&cached->item, free_credential);
    pthread_mutex_init(&cached->lock, NULL);
    cached->credential.principal = copy_principal(&cached->arena, &credential->principal);
    cached->credential.secret = str_dup(&cached->arena, credential->secret);
    cached->generation = generation;
    cache_put(call->server->api->credentials, key, &cached->item);
    return cached;
}

static int fail_key(struct call *call)
{
    str key = str_head(call->private_->claim.access_key, 128);

    if (!is_s3(call))
        return call_fail(
                call, &error_UnknownKey, "The security token included in the request is invalid.");
    call_error_extra(call, STR("AWSAccessKeyId"), key);
    return call_fail(call, &error_UnknownKey,
            "The AWS Access Key Id you provided does not exist in our records.");
}

static int fail_token(struct call *call)
{
    return call_fail(call, &error_UnknownToken,
            is_s3(call) ? "The provided token is malformed or otherwise invalid."
                        : "The security token included in the request is invalid.");
}

static int fail_expired(struct call *call)
{
    return call_fail(call, &error_ExpiredToken,
            is_s3(call) ? "The provided token has expired."
                        : "The security token included in the request is expired");
}

static int find_credential(struct call *call, str key, struct cached_credential **ret)
{
    const struct identity_source *identity = call->server->identity;
    const struct sigv4_claim *claim = &call->private_->claim;
    struct credential found = {0};
    int64_t generation;
    int r = identity->find(call->server, call->tx, claim->access_key, claim->token, &found);

    if (r == 0)
        return fail_key(call);
    if (r == -EKEYEXPIRED)
        return fail_expired(call);
    if (r == -EBADMSG)
        return fail_token(call);
    if (r < 0)
        return r;
    r = identity->generation(call->server, call->tx, found.principal.account, &generation);
    if (r < 0)
        return r;
    *ret = cache_credential(call, key, &found, generation);
    return 0;
}

/* The cached credential, counted, or a fresh one. */
static int get_credential(struct call *call, struct cached_credential **ret)
{
    const struct sigv4_claim *claim = &call->private_->claim;
    str key = str_printf(
            call->arena, "%.*s\n%.*s", STR_ARG(claim->access_key), STR_ARG(claim->token));
    struct cached_credential *cached =
            (struct cached_credential *)cache_get(call->server->api->credentials, key);
    int64_t generation;
    int r;

    if (!cached)
        return find_credential(call, key, ret);
    r = call->server->identity->generation(
            call->server, call->tx, cached->credential.principal.account, &generation);
    if (r >= 0 && generation == cached->generation) {
        *ret = cached;
        return 0;
    }
    cache_unref(&cached->item);
    return r < 0 ? r : find_credential(call, key, ret);
}

static void get_signing_key(struct call *call, struct cached_credential *cached)
{
    const struct sigv4_claim *claim = &call->private_->claim;
    unsigned char *key = call->private_->signing_key;
    bool is_cacheable = claim->scope.len < sizeof(cached->keys[0].scope);

    if (is_cacheable) {
        AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&cached->lock);
        (void)lock;
        for (size_t i = 0; i < SIGNING_KEYS; i++)
            if (str_eq(str_of(cached->keys[i].scope), claim->scope)) {
                memcpy(key, cached->keys[i].key, 32);
                return;
            }
    }
    sigv4_key(cached->credential.secret, claim->date, claim->region, claim->service, key);
    if (is_cacheable) {
        AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&cached->lock);
        unsigned i = cached->next_key++ % SIGNING_KEYS;
        (void)lock;
        memcpy(cached->keys[i].scope, claim->scope.ptr, claim->scope.len);
        cached->keys[i].scope[claim->scope.len] = '\0';
        memcpy(cached->keys[i].key, key, 32);
    }
}

static int fail_signature(struct call *call)
{
    const struct call_private *p = call->private_;
    str canonical = sigv4_canonical(call->arena, &p->sigv4, &p->claim);
    str to_sign = str_printf(call->arena, "AWS4-HMAC-SHA256\n%.*s\n%.*s\n%.*s",
            STR_ARG(p->claim.timestamp), STR_ARG(p->claim.scope),
            STR_ARG(sha256_hex(call->arena, canonical)));

    if (is_s3(call)) {
        call_error_extra(call, STR("AWSAccessKeyId"), p->claim.access_key);
        call_error_extra(call, STR("StringToSign"), to_sign);
        call_error_extra(call, STR("SignatureProvided"), p->claim.signature);
        call_error_extra(call, STR("CanonicalRequest"), canonical);
        return call_fail(call, &error_SignatureMismatch,
                "The request signature we calculated does not match the "
                "signature you provided. Check your key and signing method.");
    }
    return call_fail(call, &error_SignatureMismatch,
            "The request signature we calculated does not match the signature "
            "you provided. Check your AWS Secret Access Key and signing method. Consult the "
            "service documentation for "
            "details.\n\nThe Canonical String for this request should have been\n'%.*s'\n\nThe "
            "String-to-Sign should "
            "have been\n'%.*s'\n",
            STR_ARG(canonical), STR_ARG(to_sign));
}

static int check_signature(struct call *call, struct cached_credential *cached)
{
    struct call_private *p = call->private_;
    struct error err;
    int r;

    get_signing_key(call, cached);
    r = sigv4_verify(call->arena, &p->sigv4, &p->claim, p->signing_key, &err);
    if (r == -EACCES)
        return fail_signature(call);
    if (r < 0)
        return call_fail(call, &error_IncompleteSignature, "%s", err.text);
    return 0;
}

static int adopt(struct call *call, struct cached_credential *cached)
{
    struct call_private *p = call->private_;
    const struct principal *principal = &cached->credential.principal;

    if (principal->session_end && principal->session_end <= call->now)
        return fail_expired(call);
    p->own_principal = copy_principal(call->arena, principal);
    p->generation = cached->generation;
    p->has_generation = true;
    call->principal = &p->own_principal;
    call->account = p->own_principal.account;
    return 0;
}

int authenticate_key(struct call *call)
{
    struct cached_credential *cached = NULL;
    int r = get_credential(call, &cached);

    if (r >= 0)
        cache_unref(&cached->item);
    return r;
}

int authenticate(struct call *call)
{
    struct cached_credential *cached = NULL;
    int r;

    if (!call->private_->is_signed)
        return 0;
    r = get_credential(call, &cached);
    if (r < 0)
        return r;
    /* The signature of a call that has waited is the one that was checked. */
    r = call->private_->has_waited ? 0 : check_signature(call, cached);
    if (r >= 0)
        r = adopt(call, cached);
    cache_unref(&cached->item);
    if (r >= 0)
        last_use_note(call);
    return r;
}

int principal_generation(struct call *call, int64_t *ret)
{
    struct call_private *p = call->private_;
    int r;

    if (!p->has_generation) {
        r = call->server->identity->generation(
                call->server, call->tx, call->principal->account, &p->generation);
        if (r < 0)
            return r;
        p->has_generation = true;
    }
    *ret = p->generation;
    return 0;
}
