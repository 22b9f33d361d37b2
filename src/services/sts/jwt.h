/*
 * jwt - what an identity provider says of somebody: a signed JSON web token (RFC 7519)
 *
 *     base64url({"alg":"RS256","kid":"…"}) . base64url({"iss":…, "sub":…, …}) . base64url(signature)
 *
 * jwt_parse() reads it and judges form only. The algorithm must be one of a public key: "none"
 * and MACs are no form of this. Whose signature it is, jwks.h says; whether the claims count,
 * web_identity.c. Private to services/sts.
 *
 * Memory    everything in the arena
 * Errors    -EINVAL, and one line for the client in *err
 * Limits    JWT_MAX_…
 * Not here  encrypted tokens, the JSON serialization, "crit" extensions: refused. Keys and key
 *           addresses in the header ("jwk", "jku", "x5c", "x5u") are never looked at.
 */
#pragma once

#include "base/str.h"

enum {
    JWT_MAX_BYTES = 20000,
    JWT_MAX_LIST = 100,  /* values of a claim that is a list, and session tags */
    JWT_MAX_TEXT = 2048, /* bytes of one text */
};

struct jwt_tag {
    str key, value;
};

struct jwt {
    str alg, kid;    /* kid absent: none */
    str signed_text; /* header and payload, as they came */
    str signature;   /* its bytes */

    str issuer, subject; /* never absent */
    str party;           /* azp; absent: none */
    struct str_list audience;
    struct str_list methods; /* amr */
    int64_t issued, expires; /* ms */
    int64_t not_before;      /* ms; 0: not said */

    /* The claims of AWS's own names: what the session is to begin with. */
    struct {
        struct jwt_tag *items;
        size_t len;
    } tags;
    struct str_list transitive_keys;
    str source_identity; /* absent: none */
};

MUST_CHECK int jwt_parse(struct arena *arena, str text, struct jwt *ret, struct error *err);
