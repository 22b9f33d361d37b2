#include "services/iam/ssh_key.h"

#include "base/buf.h"
#include "base/codec.h"
#include "base/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

enum {
    RSA_MIN_BITS = 2048,
    RSA_MAX_BITS = 16384,
    RSA_MAX_EXPONENT_BITS = 64,
    ED25519_LEN = 32,
    GROUP_MAX = 64,
};

static const str SSH_RSA = STR_INIT("ssh-rsa");
static const str SSH_ED25519 = STR_INIT("ssh-ed25519");
static const str SSH_ECDSA = STR_INIT("ecdsa-sha2-");
static const str PEM_BEGIN = STR_INIT("-----BEGIN ");

/* As SSH and as OpenSSL call a curve; bytes of a point that is not compressed. */
static const struct curve {
    const char *name, *group;
    size_t point_len;
} curves[] = {
        {"nistp256", "prime256v1", 65},
        {"nistp384", "secp384r1", 97},
        {"nistp521", "secp521r1", 133},
};

/* ---- Blobs ---------------------------------------------------------------------------- */

/* Cuts a string (4 bytes of length before it) off the blob. */
static bool take(str *rest, str *ret)
{
    const unsigned char *p = (const unsigned char *)rest->ptr;
    size_t len;

    if (rest->len < 4)
        return false;
    len = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
    if (len > rest->len - 4)
        return false;
    *ret = (str){rest->ptr + 4, len};
    *rest = str_skip(*rest, 4 + len);
    return true;
}

static void put(struct buf *out, str bytes)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(out, (char)(bytes.len >> shift & 0xff));
    buf_add(out, bytes);
}

/* A positive number: the sign bit is clear. */
static void put_number(struct buf *out, const BIGNUM *number)
{
    size_t len = (size_t)BN_num_bytes(number);
    unsigned char *bytes = arena_alloc(out->arena, len + 1, 1);

    (void)BN_bn2bin(number, bytes + 1);
    put(out, BN_num_bits(number) % 8 == 0 ? (str){(const char *)bytes, len + 1}
                                          : (str){(const char *)bytes + 1, len});
}

/* ---- Keys from blobs ------------------------------------------------------------------ */

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

static EVP_PKEY *rsa_key(str exponent, str modulus)
{
    const unsigned char *e_bytes = (const unsigned char *)exponent.ptr;
    const unsigned char *n_bytes = (const unsigned char *)modulus.ptr;
    BIGNUM *e = BN_bin2bn(e_bytes, (int)exponent.len, NULL);
    BIGNUM *n = BN_bin2bn(n_bytes, (int)modulus.len, NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;

    if (n && e && builder && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) &&
            OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e))
        key = make_key("RSA", builder);
    OSSL_PARAM_BLD_free(builder);
    BN_free(n);
    BN_free(e);
    return key;
}

static EVP_PKEY *ec_key(str name, str point)
{
    const struct curve *curve = NULL;
    OSSL_PARAM_BLD *builder;
    EVP_PKEY *key = NULL;

    for (size_t i = 0; i < sizeof(curves) / sizeof(*curves); i++)
        if (str_eq(name, str_of(curves[i].name)))
            curve = &curves[i];
    if (!curve || point.len != curve->point_len || point.ptr[0] != 4)
        return NULL;
    builder = OSSL_PARAM_BLD_new();
    if (builder &&
            OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, curve->group, 0) &&
            OSSL_PARAM_BLD_push_octet_string(
                    builder, OSSL_PKEY_PARAM_PUB_KEY, point.ptr, point.len))
        key = make_key("EC", builder);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

/* NULL: this is no key. */
static EVP_PKEY *key_of_blob(str blob)
{
    str type, a, b;

    if (blob.len > SSH_KEY_MAX || !take(&blob, &type) || !take(&blob, &a))
        return NULL;
    if (str_eq(type, SSH_ED25519))
        return blob.len == 0 && a.len == ED25519_LEN
                       ? EVP_PKEY_new_raw_public_key(
                                 EVP_PKEY_ED25519, NULL, (const unsigned char *)a.ptr, a.len)
                       : NULL;
    if (!take(&blob, &b) || blob.len > 0)
        return NULL;
    if (str_eq(type, SSH_RSA))
        return rsa_key(a, b);
    if (!str_take_prefix(&type, SSH_ECDSA) || !str_eq(type, a))
        return NULL;
    return ec_key(a, b);
}

/* ---- Blobs from keys ------------------------------------------------------------------ */

static int fail_weak(struct error *err, int bits)
{
    return error_set(err, EINVAL, "an RSA key of %d bits: it must have %d to %d", bits,
            RSA_MIN_BITS, RSA_MAX_BITS);
}

static int add_rsa(EVP_PKEY *key, struct buf *out, struct error *err)
{
    int bits = EVP_PKEY_get_bits(key), r = 0;
    BIGNUM *e = NULL, *n = NULL;

    if (bits < RSA_MIN_BITS || bits > RSA_MAX_BITS)
        return fail_weak(err, bits);
    if (!EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e) ||
            !EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) || !BN_is_odd(e) ||
            BN_is_one(e) || BN_num_bits(e) > RSA_MAX_EXPONENT_BITS || !BN_is_odd(n)) {
        r = error_set(err, EINVAL, "the numbers of the RSA key cannot be right");
    } else {
        put(out, SSH_RSA);
        put_number(out, e);
        put_number(out, n);
    }
    BN_free(e);
    BN_free(n);
    return r;
}

static int add_ec(EVP_PKEY *key, struct buf *out, struct error *err)
{
    char group[GROUP_MAX] = "";
    const struct curve *curve = NULL;
    unsigned char *point = NULL;
    size_t len = 0;

    (void)EVP_PKEY_get_utf8_string_param(
            key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group), NULL);
    for (size_t i = 0; i < sizeof(curves) / sizeof(*curves); i++)
        if (strcmp(group, curves[i].group) == 0)
            curve = &curves[i];
    if (curve)
        len = EVP_PKEY_get1_encoded_public_key(key, &point);
    if (len > 0 && len == curve->point_len) {
        put(out, str_printf(out->arena, "%.*s%s", STR_ARG(SSH_ECDSA), curve->name));
        put(out, str_of(curve->name));
        put(out, (str){(const char *)point, len});
    }
    OPENSSL_free(point);
    return buf_str(out).len > 0 ? 0 : error_set(err, EINVAL, "the curve is not supported");
}

static int add_ed25519(EVP_PKEY *key, struct buf *out, struct error *err)
{
    unsigned char bytes[ED25519_LEN];
    size_t len = sizeof(bytes);

    if (EVP_PKEY_get_raw_public_key(key, bytes, &len) <= 0)
        return error_set(err, EINVAL, "the Ed25519 key cannot be read");
    put(out, SSH_ED25519);
    put(out, (str){(const char *)bytes, len});
    return 0;
}

static int blob_of_key(struct arena *arena, EVP_PKEY *key, str *ret, struct error *err)
{
    struct buf out = buf_make(arena, SSH_KEY_MAX);
    int r;

    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        r = add_rsa(key, &out, err);
        break;
    case EVP_PKEY_EC:
        r = add_ec(key, &out, err);
        break;
    case EVP_PKEY_ED25519:
        r = add_ed25519(key, &out, err);
        break;
    default:
        return error_set(err, EINVAL, "only RSA, Ed25519 and ECDSA keys are supported");
    }
    if (r == 0)
        *ret = buf_str(&out);
    return r;
}

/* ---- Texts ---------------------------------------------------------------------------- */

static int parse_pem(struct arena *arena, str text, struct ssh_key *ret, struct error *err)
{
    BIO *bio = BIO_new_mem_buf(text.ptr, (int)text.len);
    EVP_PKEY *key = bio ? PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL) : NULL;
    struct ssh_key found = {0};
    str rest;
    int r;

    BIO_free(bio);
    if (!key)
        return error_set(err, EINVAL, "the PEM text has no public key");
    r = blob_of_key(arena, key, &found.blob, err);
    EVP_PKEY_free(key);
    rest = found.blob;
    if (r == 0 && !take(&rest, &found.type))
        r = error_set(err, EINVAL, "the PEM text has no public key");
    if (r == 0)
        *ret = found;
    return r;
}

static int parse_ssh(struct arena *arena, str text, struct ssh_key *ret, struct error *err)
{
    struct ssh_key found = {0};
    str base64, canonical = {0}, rest, inner;
    EVP_PKEY *key;
    int r;

    if (!str_next(&text, ' ', &found.type) || !str_next(&text, ' ', &base64))
        return error_set(err, EPROTO, "the key is neither \"type base64\" nor PEM");
    if (base64_decode(arena, base64, &found.blob) < 0)
        return error_set(err, EINVAL, "the key is not valid base64");
    rest = found.blob;
    if (!take(&rest, &inner) || !str_eq(inner, found.type))
        return error_set(err, EINVAL, "the key is not of the type that stands before it");
    key = key_of_blob(found.blob);
    if (!key)
        return error_set(err, EINVAL, "the key is malformed, or of a type that is not supported");
    r = blob_of_key(arena, key, &canonical, err);
    EVP_PKEY_free(key);
    if (r < 0)
        return r;
    if (!str_eq(canonical, found.blob))
        return error_set(err, EINVAL, "the key is not written as SSH writes it");
    if (text.ptr && str_trim(text).len > 0)
        found.comment = str_trim(text);
    *ret = found;
    return 0;
}

int ssh_key_parse(struct arena *arena, str text, struct ssh_key *ret, struct error *err)
{
    text = str_trim(text);
    if (text.len == 0 || text.len > SSH_KEY_MAX)
        return error_set(err, EPROTO, "a key has 1 to %d characters", SSH_KEY_MAX);
    if (str_starts(text, PEM_BEGIN))
        return parse_pem(arena, text, ret, err);
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ')
            return error_set(err, EPROTO, "a key of SSH is one line");
    return parse_ssh(arena, text, ret, err);
}

str ssh_key_text(struct arena *arena, const struct ssh_key *key)
{
    str base64 = base64_encode(arena, key->blob);

    return str_printf(arena, "%.*s %.*s%s%.*s", STR_ARG(key->type), STR_ARG(base64),
            key->comment.ptr ? " " : "", STR_ARG(key->comment));
}

int ssh_key_pem(struct arena *arena, str blob, str *ret, struct error *err)
{
    EVP_PKEY *key = key_of_blob(blob);
    BIO *bio = BIO_new(BIO_s_mem());
    char *text = NULL;
    long len = 0;

    if (key && bio && PEM_write_bio_PUBKEY(bio, key))
        len = BIO_get_mem_data(bio, &text);
    if (len > 0)
        *ret = str_dup(arena, (str){text, (size_t)len});
    BIO_free(bio);
    EVP_PKEY_free(key);
    return len > 0 ? 0 : error_set(err, EINVAL, "the key cannot be written as PEM");
}

str ssh_key_fingerprint(struct arena *arena, str blob)
{
    AUTO_DIGEST struct digest digest;
    struct buf out = buf_make(arena, 3 * MD5_LEN);
    str hex;

    digest_init(&digest, DIGEST_MD5);
    digest_add(&digest, blob);
    hex = hex_encode(arena, digest_final(&digest, arena));
    for (size_t i = 0; i < hex.len; i += 2) {
        if (i > 0)
            buf_char(&out, ':');
        buf_add(&out, (str){hex.ptr + i, 2});
    }
    return buf_str(&out);
}
