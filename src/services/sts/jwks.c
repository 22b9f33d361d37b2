#include "services/sts/jwks.h"

#include "base/codec.h"
#include "base/json.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

enum {
    RSA_MIN_BYTES = 256,
    RSA_MAX_BYTES = 1024,
    RSA_MAX_EXPONENT_BYTES = 4,
    EC_MAX_BYTES = 66, /* of a coordinate */
};

struct algorithm {
    const char *name, *type, *digest;
    const char *curve, *group; /* EC: as key sets and as OpenSSL call it */
    size_t size;               /* EC: bytes of a coordinate */
};

static const struct algorithm algorithms[] = {
        {"RS256", "RSA", "SHA256", NULL, NULL, 0},
        {"RS384", "RSA", "SHA384", NULL, NULL, 0},
        {"RS512", "RSA", "SHA512", NULL, NULL, 0},
        {"ES256", "EC", "SHA256", "P-256", "prime256v1", 32},
        {"ES384", "EC", "SHA384", "P-384", "secp384r1", 48},
        {"ES512", "EC", "SHA512", "P-521", "secp521r1", EC_MAX_BYTES},
};

static const struct algorithm *algorithm_of(str name)
{
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++)
        if (str_eq(name, str_of(algorithms[i].name)))
            return &algorithms[i];
    return NULL;
}

/* ---- A set ---------------------------------------------------------------------------- */

static bool is_member(const json_t *key, const char *name, const char *value)
{
    return str_eq(json_member_str(key, name), str_of(value));
}

/* Absent, or exactly that. */
static bool may_be(const json_t *key, const char *name, const char *value)
{
    return !json_member(key, name) || is_member(key, name, value);
}

static bool is_usable(const json_t *key)
{
    if (json_member_str(key, "kid").len == 0 || !may_be(key, "use", "sig"))
        return false;
    if (is_member(key, "kty", "RSA"))
        return json_member_str(key, "n").ptr && json_member_str(key, "e").ptr;
    return is_member(key, "kty", "EC") && json_member_str(key, "crv").ptr &&
           json_member_str(key, "x").ptr && json_member_str(key, "y").ptr;
}

static void write_key(struct buf *out, const json_t *key)
{
    static const char *const kept[] = {"kid", "kty", "alg", "n", "e", "crv", "x", "y"};

    buf_char(out, '{');
    for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
        json_write_member(out, str_of(kept[i]), json_member_str(key, kept[i]));
    buf_char(out, '}');
}

int jwks_clean(struct arena *arena, str fetched, str *ret, struct error *err)
{
    AUTO_JSON json_t *json = NULL;
    struct buf out = buf_make(arena, 2 * JWKS_MAX_BYTES);
    const json_t *keys;
    bool is_first = true;

    if (fetched.len > JWKS_MAX_BYTES)
        return error_set(err, EINVAL, "the key set is larger than %d bytes", JWKS_MAX_BYTES);
    if (json_parse(fetched, &json, err) < 0)
        return -EINVAL;
    keys = json_member(json, "keys");
    if (!json_is_array(keys) || json_array_size(keys) > JWKS_MAX_KEYS)
        return error_set(err, EINVAL, "this is no set of at most %d keys", JWKS_MAX_KEYS);
    buf_add(&out, STR("{\"keys\":["));
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *key = json_array_get(keys, i);
        if (!is_usable(key))
            continue;
        if (!is_first)
            buf_char(&out, ',');
        is_first = false;
        write_key(&out, key);
    }
    buf_add(&out, STR("]}"));
    if (buf_is_full(&out))
        return error_set(err, EINVAL, "the key set is larger than %d bytes", JWKS_MAX_BYTES);
    *ret = buf_str(&out);
    return 0;
}

/* NULL: none. */
static const json_t *find_key(
        const json_t *set, const struct jwt *jwt, const struct algorithm *algorithm)
{
    const json_t *keys = json_member(set, "keys");

    for (size_t i = 0; i < json_array_size(keys) && jwt->kid.ptr; i++) {
        const json_t *key = json_array_get(keys, i);
        if (str_eq(json_member_str(key, "kid"), jwt->kid) &&
                is_member(key, "kty", algorithm->type) && may_be(key, "alg", algorithm->name) &&
                (!algorithm->curve || is_member(key, "crv", algorithm->curve)))
            return key;
    }
    return NULL;
}

bool jwks_has(str keys, const struct jwt *jwt)
{
    AUTO_JSON json_t *set = NULL;
    const struct algorithm *algorithm = algorithm_of(jwt->alg);

    return algorithm && keys.ptr && json_parse(keys, &set, NULL) == 0 &&
           find_key(set, jwt, algorithm);
}

/* ---- A key ---------------------------------------------------------------------------- */

/* NULL: OpenSSL does not take it. */
static EVP_PKEY *make_key(const char *type, OSSL_PARAM_BLD *builder)
{
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *key = NULL;

    if (!params || !ctx || EVP_PKEY_fromdata_init(ctx) <= 0 ||
            EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) <= 0)
        key = NULL;
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    return key;
}

static str without_zeros(str number)
{
    while (number.len > 0 && number.ptr[0] == 0)
        number = str_skip(number, 1);
    return number;
}

static EVP_PKEY *make_rsa_key(struct arena *arena, const json_t *json)
{
    OSSL_PARAM_BLD *builder;
    EVP_PKEY *key = NULL;
    BIGNUM *n, *e;
    str modulus, exponent;

    if (base64url_decode(arena, json_member_str(json, "n"), &modulus) < 0 ||
            base64url_decode(arena, json_member_str(json, "e"), &exponent) < 0)
        return NULL;
    modulus = without_zeros(modulus);
    exponent = without_zeros(exponent);
    if (modulus.len < RSA_MIN_BYTES || modulus.len > RSA_MAX_BYTES || exponent.len == 0 ||
            exponent.len > RSA_MAX_EXPONENT_BYTES || (exponent.ptr[exponent.len - 1] & 1) == 0 ||
            str_eq(exponent, (str){"\1", 1}))
        return NULL;
    n = BN_bin2bn((const unsigned char *)modulus.ptr, (int)modulus.len, NULL);
    e = BN_bin2bn((const unsigned char *)exponent.ptr, (int)exponent.len, NULL);
    builder = OSSL_PARAM_BLD_new();
    if (n && e && builder && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) &&
            OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e))
        key = make_key("RSA", builder);
    OSSL_PARAM_BLD_free(builder);
    BN_free(n);
    BN_free(e);
    return key;
}

/* The point as 4 | x | y. OpenSSL takes none that is not on the curve. */
static EVP_PKEY *make_ec_key(
        struct arena *arena, const json_t *json, const struct algorithm *algorithm)
{
    unsigned char point[1 + 2 * EC_MAX_BYTES] = {4};
    OSSL_PARAM_BLD *builder;
    EVP_PKEY *key = NULL;
    str x, y;

    if (base64url_decode(arena, json_member_str(json, "x"), &x) < 0 ||
            base64url_decode(arena, json_member_str(json, "y"), &y) < 0 ||
            x.len != algorithm->size || y.len != algorithm->size)
        return NULL;
    memcpy(point + 1, x.ptr, x.len);
    memcpy(point + 1 + x.len, y.ptr, y.len);
    builder = OSSL_PARAM_BLD_new();
    if (builder &&
            OSSL_PARAM_BLD_push_utf8_string(
                    builder, OSSL_PKEY_PARAM_GROUP_NAME, algorithm->group, 0) &&
            OSSL_PARAM_BLD_push_octet_string(
                    builder, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + x.len + y.len))
        key = make_key("EC", builder);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

/* ---- A signature ---------------------------------------------------------------------- */

/* Tokens have r | s, of fixed length; OpenSSL wants DER. Absent: not of that length. */
static str der_signature(struct arena *arena, str raw, const struct algorithm *algorithm)
{
    const unsigned char *bytes = (const unsigned char *)raw.ptr;
    int half = (int)algorithm->size, len = 0;
    unsigned char *der = NULL;
    ECDSA_SIG *signature;
    BIGNUM *r, *s;
    str result = {0};

    if (raw.len != 2 * algorithm->size)
        return result;
    signature = ECDSA_SIG_new();
    r = BN_bin2bn(bytes, half, NULL);
    s = BN_bin2bn(bytes + half, half, NULL);
    if (!signature || !r || !s || !ECDSA_SIG_set0(signature, r, s)) {
        BN_free(r);
        BN_free(s);
    } else {
        len = i2d_ECDSA_SIG(signature, &der);
    }
    ECDSA_SIG_free(signature);
    if (len > 0)
        result = str_dup(arena, (str){(const char *)der, (size_t)len});
    OPENSSL_free(der);
    return result;
}

static bool is_signed_by(
        EVP_PKEY *key, const struct algorithm *algorithm, str signature, str signed_text)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = ctx &&
              EVP_DigestVerifyInit_ex(ctx, NULL, algorithm->digest, NULL, NULL, key, NULL) == 1 &&
              EVP_DigestVerify(ctx, (const unsigned char *)signature.ptr, signature.len,
                      (const unsigned char *)signed_text.ptr, signed_text.len) == 1;

    EVP_MD_CTX_free(ctx);
    return ok;
}

int jwks_verify(struct arena *arena, str keys, const struct jwt *jwt)
{
    AUTO_JSON json_t *set = NULL;
    const struct algorithm *algorithm = algorithm_of(jwt->alg);
    const json_t *json = NULL;
    str signature = jwt->signature;
    EVP_PKEY *key;
    bool ok;

    if (algorithm && keys.ptr && json_parse(keys, &set, NULL) == 0)
        json = find_key(set, jwt, algorithm);
    if (!json)
        return -ENOENT;
    if (algorithm->curve)
        signature = der_signature(arena, signature, algorithm);
    key = algorithm->curve ? make_ec_key(arena, json, algorithm) : make_rsa_key(arena, json);
    ok = key && signature.ptr && is_signed_by(key, algorithm, signature, jwt->signed_text);
    EVP_PKEY_free(key);
    return ok ? 0 : -EBADMSG;
}
