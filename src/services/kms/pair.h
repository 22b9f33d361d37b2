/*
 * pair - RSA and elliptic curve key pairs, over OpenSSL
 *
 * A private key is PKCS #8 DER, a public one SubjectPublicKeyInfo DER. A key is decoded for
 * one use, and wiped after it; who gave its DER wipes that.
 *
 * Errors    -EBADMSG  the signature or ciphertext is not of this key
 *           -E2BIG    more than the key can encrypt
 *           -EINVAL   the DER is no key
 *           -EIO      OpenSSL refuses: out of memory or a broken build
 */
#pragma once

#include "base/arena.h"
#include "services/kms/spec.h"

enum {
    PAIR_MAX_BYTES = 1024 /* of a signature or a ciphertext */
};

struct pair {
    str private_key; /* wipe after use */
    str public_key;
};

MUST_CHECK int pair_generate(
        struct arena *arena, const struct key_spec *spec, struct pair *ret, struct error *err);

/* A pair that was made elsewhere, from its private key in PKCS #8 DER; written anew. -EINVAL: it is no
 * private key, or not of this spec. */
MUST_CHECK int pair_read(struct arena *arena, const struct key_spec *spec, str private_key,
        struct pair *ret, struct error *err);

/* PKCS #1 DER of an RSA public key. */
MUST_CHECK int pair_public_pkcs1(struct arena *arena, str public_key, str *ret, struct error *err);

/* `digest` is the hash of the message. */
MUST_CHECK int pair_sign(struct arena *arena, str private_key, const struct signature *how,
        str digest, str *ret, struct error *err);
MUST_CHECK int pair_verify(
        str public_key, const struct signature *how, str digest, str signature, struct error *err);
/* The digest of a message by an algorithm's hash. */
MUST_CHECK int pair_digest(
        struct arena *arena, const struct signature *how, str message, str *ret, struct error *err);

/* RSA-OAEP; `digest` is "SHA1" or "SHA256", for the mask too. */
MUST_CHECK int pair_encrypt(struct arena *arena, str public_key, const char *digest, str plain,
        str *ret, struct error *err);
MUST_CHECK int pair_decrypt(struct arena *arena, str private_key, const char *digest, str sealed,
        str *ret, struct error *err);
/* ECDH of NIST SP 800-56A: the x coordinate of the point that both sides reach, in as many bytes as the
 * curve's field. Wipe *ret after use. -EBADMSG: `public_key` is none of this curve. */
MUST_CHECK int pair_derive(
        struct arena *arena, str private_key, str public_key, str *ret, struct error *err);
/* The wrapping of PKCS #11's CKM_RSA_AES_KEY_WRAP: an AES key of 32 bytes under RSA-OAEP, behind it the bytes
 * under that key (RFC 5649). Wipe *ret after use. */
MUST_CHECK int pair_unwrap(struct arena *arena, str private_key, const char *digest, str wrapped,
        str *ret, struct error *err);
