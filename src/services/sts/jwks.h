/*
 * jwks - the public keys of an identity provider: a JSON web key set (RFC 7517)
 *
 *     {"keys": [{"kty": "RSA", "kid": "a", "n": "…", "e": "AQAB"},
 *               {"kty": "EC", "kid": "b", "crv": "P-256", "x": "…", "y": "…"}]}
 *
 * jwks_clean() takes from a fetched set what can check a signature here, as a set that is small
 * enough to be kept. A key is found by its kid and by what the token's algorithm needs; the key
 * says what its type is, so that no token makes a MAC key of a public one. Private to services/sts.
 *
 * Memory    in the arena
 * Limits    JWKS_MAX_…; RSA of 2048 to 8192 bits, P-256, P-384, P-521
 */
#pragma once

#include "services/sts/jwt.h"

enum {
    JWKS_MAX_BYTES = 256 << 10, /* of a fetched set */
    JWKS_MAX_KEYS = 200,
};

/* -EINVAL  this is no key set, or has too many keys. One without a usable key is a set. */
MUST_CHECK int jwks_clean(struct arena *arena, str fetched, str *ret, struct error *err);

/* Is there a key for this token? */
bool jwks_has(str keys, const struct jwt *jwt);

/*
 * 0, the token is signed by one of them.
 * -ENOENT   there is no key for it
 * -EBADMSG  there is, and it did not sign this
 */
MUST_CHECK int jwks_verify(struct arena *arena, str keys, const struct jwt *jwt);
