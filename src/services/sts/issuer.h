/*
 * issuer - the keys of an identity provider, fetched from it and kept with it
 *
 *     GET <issuer>/.well-known/openid-configuration  -->  {"issuer", "jwks_uri"}
 *     GET <jwks_uri>                                 -->  the key set
 *
 * A server's certificate must be good for the system's authorities, or be signed by (or be) one
 * that the provider's thumbprints name. Redirections are not followed. One server at a time asks,
 * at most once in ISSUER_RETRY_MS; who comes meanwhile waits for issuer_topic(). Private to
 * services/sts.
 *
 * Limits    5 s and 64 KiB (JWKS_MAX_BYTES for keys) for each of the two answers
 */
#pragma once

#include "services/iam/iam.h"
#include "services/sts/jwks.h"

enum {
    ISSUER_RETRY_MS = 30 * 1000,
    ISSUER_FRESH_MS = 3600 * 1000,      /* then the keys are fetched anew */
    ISSUER_STALE_MS = 24 * 3600 * 1000, /* then they count no more, if that did not work */
    ISSUER_WAIT_MS = 15 * 1000,         /* longer than one try takes */
};

/* What iam_oidc_provider.failure says. */
extern const str issuer_unreachable, issuer_untrusted;

str issuer_topic(struct arena *arena, const struct iam_oidc_provider *provider);
/* The keys that still count; absent: none. */
str issuer_keys(const struct iam_oidc_provider *provider, int64_t now);

/* Without transaction: asks the issuer if the token's key is not there or the keys are old, and it
 * is this call's turn. What came of it stands in the provider's row. */
MUST_CHECK int issuer_refresh(
        struct call *call, const struct iam_oidc_provider *provider, const struct jwt *jwt);
