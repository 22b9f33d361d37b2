#include "services/sts/issuer.h"

#include "base/json.h"
#include "base/log.h"
#include "net/http.h"

enum {
    CONNECT_MS = 3000,
    FETCH_MS = 5000,
    CONFIGURATION_MAX = 64 << 10,
};

const str issuer_unreachable = STR_INIT("unreachable");
const str issuer_untrusted = STR_INIT("untrusted");

str issuer_topic(struct arena *arena, const struct iam_oidc_provider *provider)
{
    return str_concat(arena, STR("sts.issuer/"), provider->arn);
}

str issuer_keys(const struct iam_oidc_provider *provider, int64_t now)
{
    return provider->keys_at + ISSUER_STALE_MS > now ? provider->keys : (str){0};
}

/* ---- Asking --------------------------------------------------------------------------- */

static int get_with(struct arena *arena, const struct http_options *options, str url, size_t max,
        str *ret, struct error *err)
{
    const struct sigv4_header accept = {STR("Accept"), STR("application/json")};
    const struct http_request req = {
            .url = url, .headers = &accept, .headers_len = 1, .max_response = max};
    struct http_response response;
    struct http *http;
    int r = http_open(options, &http, err);

    if (r < 0)
        return r;
    r = http_send(http, arena, &req, &response, err);
    http_close(http);
    if (r < 0)
        return r;
    if (response.status != 200)
        return error_set(err, EIO, "%.*s answers %d", STR_ARG(str_head(url, 100)), response.status);
    *ret = response.body;
    return 0;
}

static bool is_listed(const struct str_list *thumbprints, str thumbprint)
{
    for (size_t i = 0; i < thumbprints->len; i++)
        if (str_eq(thumbprints->items[i], thumbprint))
            return true;
    return false;
}

/* The certificate among those that the server shows which a thumbprint names. -EPERM  none */
static int find_trusted(struct arena *arena, const struct iam_oidc_provider *provider,
        const struct http_options *options, str url, str *ret, struct error *err)
{
    struct str_list shown;
    struct http *http;
    int r = http_open(options, &http, err);

    if (r < 0)
        return r;
    r = http_certificates(http, arena, url, &shown, err);
    http_close(http);
    if (r < 0)
        return r;
    for (size_t i = shown.len; i-- > 0;) {
        str thumbprint = http_thumbprint(arena, shown.items[i]);
        if (!thumbprint.ptr || !is_listed(&provider->thumbprints, thumbprint))
            continue;
        *ret = shown.items[i];
        return 0;
    }
    return error_set(
            err, EPERM, "no thumbprint is of a certificate of %.*s", STR_ARG(str_head(url, 100)));
}

static int get(struct arena *arena, const struct iam_oidc_provider *provider, str url, size_t max,
        str *ret, struct error *err)
{
    struct http_options options = {
            .https_only = true, .connect_timeout_ms = CONNECT_MS, .timeout_ms = FETCH_MS};
    int r = get_with(arena, &options, url, max, ret, err);

    if (r != -EPROTO) /* the certificate is good for the system, or it is not about it */
        return r;
    r = find_trusted(arena, provider, &options, url, &options.ca_pem, err);
    if (r == 0)
        r = get_with(arena, &options, url, max, ret, err);
    return r == -EPROTO ? -EPERM : r; /* of another host, or its time is over */
}

static int find_keys_url(struct arena *arena, str text, str issuer, str *ret, struct error *err)
{
    AUTO_JSON json_t *json = NULL;
    str url;

    if (json_parse(text, &json, err) < 0)
        return -EINVAL;
    if (!str_eq(json_member_str(json, "issuer"), issuer))
        return error_set(err, EINVAL, "the configuration is of another issuer");
    url = json_member_str(json, "jwks_uri");
    if (!str_starts(url, STR("https://")))
        return error_set(err, EINVAL, "the configuration has no https jwks_uri");
    *ret = str_dup(arena, url);
    return 0;
}

static int fetch(
        struct arena *arena, const struct iam_oidc_provider *provider, str *ret, struct error *err)
{
    str issuer = str_concat(arena, STR("https://"), provider->url), base = issuer, text, url;
    int r;

    if (str_ends(base, STR("/")))
        base.len--;
    r = get(arena, provider, str_concat(arena, base, STR("/.well-known/openid-configuration")),
            CONFIGURATION_MAX, &text, err);
    if (r == 0)
        r = find_keys_url(arena, text, issuer, &url, err);
    if (r == 0)
        r = get(arena, provider, url, JWKS_MAX_BYTES, &text, err);
    return r == 0 ? jwks_clean(arena, text, ret, err) : r;
}

/* ---- Keeping -------------------------------------------------------------------------- */

struct keeping {
    struct call *call;
    const struct iam_oidc_provider *provider;
    str keys, failure;
};

static int begin(struct tx *tx, void *arg)
{
    struct keeping *k = arg;

    return iam_oidc_begin_fetch(tx, k->provider, k->call->now - ISSUER_RETRY_MS, k->call->now);
}

static int end(struct tx *tx, void *arg)
{
    struct keeping *k = arg;
    int r = iam_oidc_end_fetch(tx, k->provider, k->keys, k->failure, k->call->now);

    notify_add(k->call->server->notify, tx, issuer_topic(tx->arena, k->provider));
    return r;
}

int issuer_refresh(
        struct call *call, const struct iam_oidc_provider *provider, const struct jwt *jwt)
{
    struct keeping keeping = {.call = call, .provider = provider};
    struct error err;
    int r;

    if (provider->keys_at + ISSUER_FRESH_MS > call->now && jwks_has(provider->keys, jwt))
        return 0;
    if (provider->keys_tried + ISSUER_RETRY_MS >= call->now)
        return 0; /* without a write: this can be asked for often, and by anyone */
    r = db_write(call->server->db, call->arena, begin, &keeping, &err);
    if (r <= 0)
        return r;
    r = fetch(call->arena, provider, &keeping.keys, &err);
    if (r < 0) {
        keeping.failure = r == -EPERM ? issuer_untrusted : issuer_unreachable;
        log_warn("sts_issuer", F("provider", provider->arn), F("error", err.text));
    }
    return db_write(call->server->db, call->arena, end, &keeping, &err);
}
