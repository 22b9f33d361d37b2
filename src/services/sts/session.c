/*
 * The session token: base64 of the sealed JSON of a principal, bound to its access
 * key. The secret key is a MAC of the token, so that neither is kept anywhere.
 */
#include "base/buf.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/random.h"
#include "services/sts/sts.h"

enum {
    TOKEN_MAX = 65536,
    SECRET_BYTES = 30,
    KEY_ACCOUNT = 8, /* characters for the account: five bytes, the most significant one first */
    KEY_RANDOM = 8,
};

#define KEY_PREFIX STR("ASIA")

/* ---- The id of the key: as nothing is stored, it says itself whose it is ----------- */

static str key_id(struct arena *arena, str account)
{
    unsigned char bytes[KEY_ACCOUNT * 5 / 8];
    int64_t number = 0;

    (void)!str_to_i64(account, &number); /* 12 digits */
    for (size_t i = sizeof(bytes); i-- > 0; number >>= 8)
        bytes[i] = (unsigned char)number;
    return random_id(arena,
            str_concat(arena, KEY_PREFIX,
                    base32_encode(arena, (str){(const char *)bytes, sizeof(bytes)})),
            RANDOM_BASE32, KEY_RANDOM);
}

int sts_session_key_account(struct arena *arena, str access_key, str *ret)
{
    uint64_t number = 0;
    str bytes;

    if (!str_starts(access_key, KEY_PREFIX) ||
            access_key.len != KEY_PREFIX.len + KEY_ACCOUNT + KEY_RANDOM ||
            base32_decode(
                    arena, str_head(str_skip(access_key, KEY_PREFIX.len), KEY_ACCOUNT), &bytes) < 0)
        return -EINVAL;
    for (size_t i = 0; i < bytes.len; i++)
        number = number << 8 | (unsigned char)bytes.ptr[i];
    *ret = str_printf(arena, "%012llu", (unsigned long long)number);
    return 0;
}

/* ---- The token --------------------------------------------------------------------- */

static str token_context(struct arena *arena, str access_key)
{
    return str_concat(arena, STR("sts.session/"), access_key);
}

static str derive_secret(struct server *server, struct arena *arena, str access_key, str token)
{
    unsigned char key[SEAL_KEY_LEN], mac[SHA256_LEN];
    str secret;

    seal_derive(server->seal, STR("sts.session-secret"), key);
    hmac_sha256((str){(const char *)key, sizeof(key)}, str_concat(arena, access_key, token), mac);
    secret = base64_encode(arena, (str){(const char *)mac, SECRET_BYTES});
    mem_wipe(key, sizeof(key));
    mem_wipe(mac, sizeof(mac));
    return secret;
}

static void write_tags(struct buf *out, const struct principal_tags *tags)
{
    bool is_first = true;

    json_write_key(out, STR("tags"));
    buf_char(out, '[');
    for (size_t i = 0; i < tags->len; i++) {
        if (!tags->items[i].is_session) /* looked up at each call */
            continue;
        if (!is_first)
            buf_char(out, ',');
        is_first = false;
        buf_char(out, '{');
        json_write_member(out, STR("k"), tags->items[i].key);
        json_write_member(out, STR("v"), tags->items[i].value);
        json_write_member_int(out, STR("t"), tags->items[i].is_transitive);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static str principal_to_json(struct arena *arena, const struct principal *p)
{
    struct buf out = buf_make(arena, TOKEN_MAX);

    buf_char(&out, '{');
    json_write_member(&out, STR("account"), p->account);
    json_write_member(&out, STR("arn"), p->arn);
    json_write_member(&out, STR("id"), p->user_id);
    json_write_member(&out, STR("name"), p->name);
    json_write_member(&out, STR("issuer"), p->issuer_arn);
    json_write_member(&out, STR("issuer_id"), p->issuer_id);
    json_write_member(&out, STR("session"), p->session_name);
    json_write_member(&out, STR("policy"), p->session_policy);
    json_write_member(&out, STR("source"), p->source_identity);
    json_write_member(&out, STR("invoked"), p->invoked_by);
    json_write_member(&out, STR("provider"), p->federated.provider);
    json_write_member(&out, STR("aud"), p->federated.audience);
    json_write_member(&out, STR("sub"), p->federated.subject);
    write_tags(&out, &p->tags);
    json_write_member_int(
            &out, STR("user"), p->kind == PRINCIPAL_USER || p->kind == PRINCIPAL_ROOT);
    json_write_member_int(&out, STR("mfa"), p->mfa_time);
    json_write_member_int(&out, STR("start"), p->session_start);
    json_write_member_int(&out, STR("end"), p->session_end);
    buf_char(&out, '}');
    return buf_str(&out);
}

static str member(struct arena *arena, const json_t *json, const char *name)
{
    return str_dup(arena, json_member_str(json, name));
}

static struct principal_tags tags_from_json(struct arena *arena, const json_t *json)
{
    struct principal_tags tags = {
            arena_array(arena, json_array_size(json), struct principal_tag), json_array_size(json)};

    for (size_t i = 0; i < tags.len; i++) {
        const json_t *tag = json_array_get(json, i);
        tags.items[i] = (struct principal_tag){
                .key = member(arena, tag, "k"),
                .value = member(arena, tag, "v"),
                .is_session = true,
                .is_transitive = json_integer_value(json_member(tag, "t")) != 0,
        };
    }
    return tags;
}

/* Of a user or root IAM says which it is. */
static enum principal_kind kind_from_json(const json_t *json)
{
    if (json_integer_value(json_member(json, "user")) != 0)
        return PRINCIPAL_USER;
    return json_member(json, "issuer_id") ? PRINCIPAL_FEDERATED : PRINCIPAL_ROLE;
}

static void principal_from_json(struct arena *arena, const json_t *json, struct principal *ret)
{
    *ret = (struct principal){
            .kind = kind_from_json(json),
            .account = member(arena, json, "account"),
            .arn = member(arena, json, "arn"),
            .user_id = member(arena, json, "id"),
            .name = member(arena, json, "name"),
            .issuer_arn = member(arena, json, "issuer"),
            .issuer_id = member(arena, json, "issuer_id"),
            .session_name = member(arena, json, "session"),
            .session_policy = member(arena, json, "policy"),
            .source_identity = member(arena, json, "source"),
            .invoked_by = member(arena, json, "invoked"),
            .federated = {member(arena, json, "provider"), member(arena, json, "aud"),
                    member(arena, json, "sub")},
            .tags = tags_from_json(arena, json_member(json, "tags")),
            .mfa_time = json_integer_value(json_member(json, "mfa")),
            .session_start = json_integer_value(json_member(json, "start")),
            .session_end = json_integer_value(json_member(json, "end")),
    };
}

void sts_session_credentials(
        struct call *call, struct principal *session, int64_t seconds, struct sts_credentials *ret)
{
    struct arena *arena = call->arena;
    struct sts_credentials c = {
            .access_key = key_id(arena, session->account),
            .expires = call->now + seconds * 1000,
    };

    session->session_start = call->now;
    session->session_end = c.expires;
    session->access_key = c.access_key;
    c.token = base64_encode(
            arena, seal_bytes(call->server->seal, arena, token_context(arena, c.access_key),
                           principal_to_json(arena, session)));
    c.secret = derive_secret(call->server, arena, c.access_key, c.token);
    *ret = c;
}

int sts_session_open(struct server *server, struct arena *arena, str access_key, str token,
        struct credential *ret)
{
    AUTO_JSON json_t *json = NULL;
    struct credential credential = {0};
    str sealed, text;

    if (token.len > TOKEN_MAX || base64_decode(arena, token, &sealed) < 0 ||
            seal_unseal(server->seal, arena, token_context(arena, access_key), sealed, &text,
                    NULL) < 0 ||
            json_parse(text, &json, NULL) < 0)
        return -EBADMSG;
    principal_from_json(arena, json, &credential.principal);
    if (credential.principal.session_end <= clock_now())
        return -EKEYEXPIRED;
    credential.principal.access_key = access_key;
    credential.secret = derive_secret(server, arena, access_key, token);
    *ret = credential;
    return 0;
}
