#include "services/kms/pair.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define AUTO_PKEY __attribute__((cleanup(free_key)))
#define AUTO_CONTEXT __attribute__((cleanup(free_context)))

static void free_key(EVP_PKEY **key)
{
    EVP_PKEY_free(*key);
}

static void free_context(EVP_PKEY_CTX **context)
{
    EVP_PKEY_CTX_free(*context);
}

static int broken(struct error *err)
{
    return error_set(err, EIO, "OpenSSL refuses an operation with a key");
}

/* ---- Keys as DER ------------------------------------------------------------------ */

static int read_private(str der, EVP_PKEY **ret, struct error *err)
{
    const unsigned char *at = (const unsigned char *)der.ptr;
    PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &at, (long)der.len);
    EVP_PKEY *key = info ? EVP_PKCS82PKEY(info) : NULL;

    PKCS8_PRIV_KEY_INFO_free(info); /* wipes it */
    if (!key)
        return error_set(err, EINVAL, "not a private key in PKCS #8 DER");
    *ret = key;
    return 0;
}

static int read_public(str der, EVP_PKEY **ret, struct error *err)
{
    const unsigned char *at = (const unsigned char *)der.ptr;
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)der.len);

    if (!key)
        return error_set(err, EINVAL, "not a public key in DER");
    *ret = key;
    return 0;
}

static str take_der(struct arena *arena, unsigned char *der, int len)
{
    char *copy = arena_alloc(arena, (size_t)len, 1);

    memcpy(copy, der, (size_t)len);
    OPENSSL_clear_free(der, (size_t)len);
    return (str){copy, (size_t)len};
}

static int write_pair(struct arena *arena, EVP_PKEY *key, struct pair *ret, struct error *err)
{
    unsigned char *private_der = NULL, *public_der = NULL;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    int private_len = info ? i2d_PKCS8_PRIV_KEY_INFO(info, &private_der) : -1;
    int public_len = i2d_PUBKEY(key, &public_der);
    struct pair pair;

    PKCS8_PRIV_KEY_INFO_free(info);
    if (private_len <= 0 || public_len <= 0) {
        OPENSSL_clear_free(private_der, private_len > 0 ? (size_t)private_len : 0);
        OPENSSL_free(public_der);
        return broken(err);
    }
    pair.private_key = take_der(arena, private_der, private_len);
    pair.public_key = take_der(arena, public_der, public_len);
    *ret = pair;
    return 0;
}

int pair_generate(
        struct arena *arena, const struct key_spec *spec, struct pair *ret, struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = spec->family == KEY_RSA
                                      ? EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)spec->size)
                                      : EVP_PKEY_Q_keygen(NULL, NULL, "EC", spec->group);

    return key ? write_pair(arena, key, ret, err) : broken(err);
}

static bool is_of_spec(EVP_PKEY *key, const struct key_spec *spec)
{
    char group[64];
    size_t len;

    if (spec->family == KEY_RSA)
        return EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_bits(key) == (int)spec->size;
    if (spec->family != KEY_ECC || !EVP_PKEY_is_a(key, "EC") ||
            EVP_PKEY_get_group_name(key, group, sizeof(group), &len) <= 0)
        return false;
    return EC_curve_nist2nid(spec->group) == NID_undef
                   ? OBJ_sn2nid(group) == OBJ_sn2nid(spec->group)
                   : OBJ_sn2nid(group) == EC_curve_nist2nid(spec->group);
}

int pair_read(struct arena *arena, const struct key_spec *spec, str private_key, struct pair *ret,
        struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = NULL;
    AUTO_CONTEXT EVP_PKEY_CTX *context = NULL;
    int r = read_private(private_key, &key, err);

    if (r < 0)
        return r;
    context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    if (!context)
        return broken(err);
    if (!is_of_spec(key, spec) || EVP_PKEY_check(context) <= 0)
        return error_set(err, EINVAL, "not a private key of %.*s", STR_ARG(spec->name));
    return write_pair(arena, key, ret, err);
}

int pair_public_pkcs1(struct arena *arena, str public_key, str *ret, struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = NULL;
    unsigned char *der = NULL;
    int r = read_public(public_key, &key, err), len;

    if (r < 0)
        return r;
    if (!EVP_PKEY_is_a(key, "RSA"))
        return error_set(err, EINVAL, "not an RSA key");
    len = i2d_PublicKey(key, &der);
    if (len <= 0)
        return broken(err);
    *ret = take_der(arena, der, len);
    return 0;
}

/* ---- Signatures ------------------------------------------------------------------- */

static bool set_signature(EVP_PKEY_CTX *context, const struct signature *how)
{
    int padding = how->kind == SIGNATURE_PSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;

    if (EVP_PKEY_CTX_set_signature_md(context, EVP_get_digestbyname(how->digest)) <= 0)
        return false;
    if (how->kind == SIGNATURE_ECDSA)
        return true;
    if (EVP_PKEY_CTX_set_rsa_padding(context, padding) <= 0)
        return false;
    return how->kind != SIGNATURE_PSS ||
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0;
}

int pair_sign(struct arena *arena, str private_key, const struct signature *how, str digest,
        str *ret, struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = NULL;
    AUTO_CONTEXT EVP_PKEY_CTX *context = NULL;
    unsigned char *out = arena_alloc(arena, PAIR_MAX_BYTES, 1);
    size_t len = PAIR_MAX_BYTES;
    int r = read_private(private_key, &key, err);

    if (r < 0)
        return r;
    context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    if (!context || EVP_PKEY_sign_init(context) <= 0 || !set_signature(context, how) ||
            EVP_PKEY_sign(context, out, &len, (const unsigned char *)digest.ptr, digest.len) <= 0)
        return broken(err);
    *ret = (str){(const char *)out, len};
    return 0;
}

int pair_verify(
        str public_key, const struct signature *how, str digest, str signature, struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = NULL;
    AUTO_CONTEXT EVP_PKEY_CTX *context = NULL;
    int r = read_public(public_key, &key, err);

    if (r < 0)
        return r;
    context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    if (!context || EVP_PKEY_verify_init(context) <= 0 || !set_signature(context, how))
        return broken(err);
    if (EVP_PKEY_verify(context, (const unsigned char *)signature.ptr, signature.len,
                (const unsigned char *)digest.ptr, digest.len) != 1)
        return error_set(err, EBADMSG, "the signature is not of this key and message");
    return 0;
}

int pair_digest(
        struct arena *arena, const struct signature *how, str message, str *ret, struct error *err)
{
    unsigned char *out = arena_alloc(arena, EVP_MAX_MD_SIZE, 1);
    size_t len = 0;

    if (!EVP_Q_digest(NULL, how->digest, NULL, message.ptr, message.len, out, &len))
        return broken(err);
    *ret = (str){(const char *)out, len};
    return 0;
}

/* ---- Encryption ------------------------------------------------------------------- */

static bool set_oaep(EVP_PKEY_CTX *context, const char *digest)
{
    const EVP_MD *md = EVP_get_digestbyname(digest);

    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0 &&
           EVP_PKEY_CTX_set_rsa_oaep_md(context, md) > 0 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, md) > 0;
}

/* RFC 8017: the block holds two hashes and two more bytes. */
static size_t oaep_room(EVP_PKEY *key, const char *digest)
{
    size_t overhead = 2 * (size_t)EVP_MD_get_size(EVP_get_digestbyname(digest)) + 2;
    size_t size = (size_t)EVP_PKEY_get_size(key);

    return size > overhead ? size - overhead : 0;
}

int pair_encrypt(struct arena *arena, str public_key, const char *digest, str plain, str *ret,
        struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = NULL;
    AUTO_CONTEXT EVP_PKEY_CTX *context = NULL;
    unsigned char *out = arena_alloc(arena, PAIR_MAX_BYTES, 1);
    size_t len = PAIR_MAX_BYTES;
    int r = read_public(public_key, &key, err);

    if (r < 0)
        return r;
    if (plain.len > oaep_room(key, digest))
        return error_set(err, E2BIG, "%zu bytes are more than the key can encrypt", plain.len);
    context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    if (!context || EVP_PKEY_encrypt_init(context) <= 0 || !set_oaep(context, digest) ||
            EVP_PKEY_encrypt(context, out, &len, (const unsigned char *)plain.ptr, plain.len) <= 0)
        return broken(err);
    *ret = (str){(const char *)out, len};
    return 0;
}

int pair_decrypt(struct arena *arena, str private_key, const char *digest, str sealed, str *ret,
        struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = NULL;
    AUTO_CONTEXT EVP_PKEY_CTX *context = NULL;
    unsigned char *out = arena_alloc(arena, PAIR_MAX_BYTES, 1);
    size_t len = PAIR_MAX_BYTES;
    int r = read_private(private_key, &key, err);

    if (r < 0)
        return r;
    context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    if (!context || EVP_PKEY_decrypt_init(context) <= 0 || !set_oaep(context, digest))
        return broken(err);
    if (EVP_PKEY_decrypt(context, out, &len, (const unsigned char *)sealed.ptr, sealed.len) <= 0) {
        mem_wipe(out, PAIR_MAX_BYTES);
        return error_set(err, EBADMSG, "the ciphertext is not of this key");
    }
    *ret = (str){(const char *)out, len};
    return 0;
}

/* RFC 5649. */
static int aes_unwrap(struct arena *arena, str aes_key, str wrapped, str *ret, struct error *err)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    unsigned char *out = arena_alloc(arena, wrapped.len + EVP_MAX_BLOCK_LENGTH, 1);
    int len = 0, tail = 0, ok;

    if (!context)
        return broken(err);
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    ok = EVP_DecryptInit_ex(context, EVP_aes_256_wrap_pad(), NULL,
                 (const unsigned char *)aes_key.ptr, NULL) > 0 &&
         EVP_DecryptUpdate(
                 context, out, &len, (const unsigned char *)wrapped.ptr, (int)wrapped.len) > 0 &&
         EVP_DecryptFinal_ex(context, out + len, &tail) > 0;
    EVP_CIPHER_CTX_free(context);
    if (!ok) {
        mem_wipe(out, wrapped.len + EVP_MAX_BLOCK_LENGTH);
        return error_set(err, EBADMSG, "the bytes are not wrapped with this key");
    }
    *ret = (str){(const char *)out, (size_t)(len + tail)};
    return 0;
}

int pair_unwrap(struct arena *arena, str private_key, const char *digest, str wrapped, str *ret,
        struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = NULL;
    str aes_key;
    size_t size;
    int r = read_private(private_key, &key, err);

    if (r < 0)
        return r;
    size = (size_t)EVP_PKEY_get_size(key);
    if (wrapped.len <= size)
        return error_set(err, EBADMSG, "nothing follows the wrapped AES key");
    r = pair_decrypt(arena, private_key, digest, str_head(wrapped, size), &aes_key, err);
    if (r < 0)
        return r;
    r = aes_key.len == 32 ? aes_unwrap(arena, aes_key, str_skip(wrapped, size), ret, err)
                          : error_set(err, EBADMSG, "the wrapped AES key is not of 32 bytes");
    mem_wipe((char *)aes_key.ptr, aes_key.len);
    return r;
}

/* ---- Key agreement ---------------------------------------------------------------- */

int pair_derive(struct arena *arena, str private_key, str public_key, str *ret, struct error *err)
{
    AUTO_PKEY EVP_PKEY *key = NULL, *peer = NULL;
    AUTO_CONTEXT EVP_PKEY_CTX *context = NULL;
    unsigned char *out = arena_alloc(arena, PAIR_MAX_BYTES, 1);
    size_t len = PAIR_MAX_BYTES;
    int r = read_private(private_key, &key, err);

    if (r < 0)
        return r;
    if (read_public(public_key, &peer, err) < 0)
        return -EBADMSG;
    context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    if (!context || EVP_PKEY_derive_init(context) <= 0)
        return broken(err);
    if (EVP_PKEY_derive_set_peer_ex(context, peer, true) <= 0)
        return error_set(err, EBADMSG, "the public key is not of this curve");
    if (EVP_PKEY_derive(context, out, &len) <= 0)
        return broken(err);
    *ret = (str){(const char *)out, len};
    return 0;
}
