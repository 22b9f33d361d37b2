#include "services/sts/jwt.h"

#include "base/codec.h"
#include "base/json.h"

#include <math.h>

static const str NOT_A_JWT = STR_INIT(
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access "
        "Token)");

static int not_a_jwt(struct error *err)
{
    return error_set(err, EINVAL, "%.*s", STR_ARG(NOT_A_JWT));
}

static int bad_claim(const char *name, struct error *err)
{
    return error_set(err, EINVAL, "Invalid claim: %s", name);
}

/* ---- Parts ---------------------------------------------------------------------------- */

static int read_object(struct arena *arena, str part, json_t **ret, struct error *err)
{
    str text;

    if (base64url_decode(arena, part, &text) < 0 || json_parse(text, ret, NULL) < 0 ||
            !json_is_object(*ret))
        return not_a_jwt(err);
    return 0;
}

static int read_header(struct arena *arena, const json_t *json, struct jwt *jwt, struct error *err)
{
    static const str known[] = {STR_INIT("RS256"), STR_INIT("RS384"), STR_INIT("RS512"),
            STR_INIT("ES256"), STR_INIT("ES384"), STR_INIT("ES512")};
    str alg = json_member_str(json, "alg");

    if (json_member(json, "crit") || json_member(json, "enc"))
        return not_a_jwt(err);
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (str_eq(alg, known[i]))
            jwt->alg = known[i];
    if (!jwt->alg.ptr)
        return error_set(err, EINVAL, "The token is not signed by a supported algorithm");
    jwt->kid = str_dup(arena, json_member_str(json, "kid"));
    return jwt->kid.len > JWT_MAX_TEXT ? not_a_jwt(err) : 0;
}

/* ---- Claims --------------------------------------------------------------------------- */

/* A text of 1 to JWT_MAX_TEXT bytes without control characters; `ret` stays absent if the claim
 * is not there. */
static int read_text(struct arena *arena, const json_t *claims, const char *name, bool is_required,
        str *ret, struct error *err)
{
    const json_t *json = json_member(claims, name);
    str text = json_str(json);

    if (!json && is_required)
        return error_set(err, EINVAL, "Missing a required claim: %s", name);
    if (!json)
        return 0;
    if (!text.ptr || text.len == 0 || text.len > JWT_MAX_TEXT)
        return bad_claim(name, err);
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7f)
            return bad_claim(name, err);
    *ret = str_dup(arena, text);
    return 0;
}

/* Texts, or one that stands for a list. */
static int read_list(struct arena *arena, const json_t *json, const char *name,
        struct str_list *ret, struct error *err)
{
    size_t len = json_is_array(json) ? json_array_size(json) : 1;
    struct str_list list = {NULL, 0, true};

    if (!json)
        return 0;
    if (len > JWT_MAX_LIST)
        return bad_claim(name, err);
    list.items = arena_array(arena, len, str);
    for (size_t i = 0; i < len; i++) {
        str text = json_str(json_is_array(json) ? json_array_get(json, i) : json);
        if (text.len == 0 || text.len > JWT_MAX_TEXT)
            return bad_claim(name, err);
        list.items[list.len++] = str_dup(arena, text);
    }
    *ret = list;
    return 0;
}

/* Seconds, perhaps with a fraction, as ms. */
static int read_time(
        const json_t *claims, const char *name, bool is_required, int64_t *ret, struct error *err)
{
    static const double max = 1e11; /* the year 5138 */
    const json_t *json = json_member(claims, name);
    double seconds = json_number_value(json);

    if (!json && is_required)
        return error_set(err, EINVAL, "Missing a required claim: %s", name);
    if (!json)
        return 0;
    if (!json_is_number(json) || !isfinite(seconds) || seconds < 0 || seconds > max)
        return bad_claim(name, err);
    *ret = (int64_t)(seconds * 1000);
    return 0;
}

/* {"principal_tags": {"team": ["blue"]}, "transitive_tag_keys": ["team"]} */
static int read_tags(struct arena *arena, const json_t *claims, struct jwt *jwt, struct error *err)
{
    static const char name[] = "https://aws.amazon.com/tags";
    const json_t *json = json_member(claims, name), *tags = json_member(json, "principal_tags");
    const json_t *value;
    const char *key;

    if (!json)
        return 0;
    if (!json_is_object(json) || (tags && !json_is_object(tags)) ||
            json_object_size(tags) > JWT_MAX_LIST)
        return bad_claim(name, err);
    jwt->tags.items = arena_array(arena, json_object_size(tags), struct jwt_tag);
    json_object_foreach((json_t *)tags, key, value)
    {
        str text = json_str(json_is_array(value) ? json_array_get(value, 0) : value);
        if (!text.ptr || (json_is_array(value) && json_array_size(value) != 1))
            return bad_claim(name, err);
        jwt->tags.items[jwt->tags.len++] =
                (struct jwt_tag){str_dup(arena, str_of(key)), str_dup(arena, text)};
    }
    return read_list(
            arena, json_member(json, "transitive_tag_keys"), name, &jwt->transitive_keys, err);
}

static int read_claims(
        struct arena *arena, const json_t *claims, struct jwt *jwt, struct error *err)
{
    int r = read_text(arena, claims, "iss", true, &jwt->issuer, err);

    if (r == 0)
        r = read_text(arena, claims, "sub", true, &jwt->subject, err);
    if (r == 0 && !json_member(claims, "aud"))
        r = error_set(err, EINVAL, "Missing a required claim: aud");
    if (r == 0)
        r = read_list(arena, json_member(claims, "aud"), "aud", &jwt->audience, err);
    if (r == 0)
        r = read_list(arena, json_member(claims, "amr"), "amr", &jwt->methods, err);
    if (r == 0)
        r = read_text(arena, claims, "azp", false, &jwt->party, err);
    if (r == 0)
        r = read_time(claims, "exp", true, &jwt->expires, err);
    if (r == 0)
        r = read_time(claims, "iat", true, &jwt->issued, err);
    if (r == 0)
        r = read_time(claims, "nbf", false, &jwt->not_before, err);
    if (r == 0)
        r = read_tags(arena, claims, jwt, err);
    if (r == 0)
        r = read_text(arena, claims, "https://aws.amazon.com/source_identity", false,
                &jwt->source_identity, err);
    return r;
}

/* ---- Whole ---------------------------------------------------------------------------- */

int jwt_parse(struct arena *arena, str text, struct jwt *ret, struct error *err)
{
    AUTO_JSON json_t *header = NULL;
    AUTO_JSON json_t *claims = NULL;
    struct jwt jwt = {0};
    str rest = text, head, payload;
    int r;

    if (text.len > JWT_MAX_BYTES || !str_cut(&rest, '.', &head) || !str_cut(&rest, '.', &payload) ||
            str_find_char(rest, '.') >= 0 || rest.len == 0 ||
            base64url_decode(arena, rest, &jwt.signature) < 0)
        return not_a_jwt(err);
    jwt.signed_text = str_dup(arena, str_head(text, head.len + 1 + payload.len));
    r = read_object(arena, head, &header, err);
    if (r == 0)
        r = read_header(arena, header, &jwt, err);
    if (r == 0)
        r = read_object(arena, payload, &claims, err);
    if (r == 0)
        r = read_claims(arena, claims, &jwt, err);
    if (r == 0)
        *ret = jwt;
    return r;
}
