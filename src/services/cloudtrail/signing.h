/*
 * signing - the keys that digest files are signed with (private to services/cloudtrail)
 *
 * A region has one at a time, made when it is first needed, for SIGNING_DAYS. When the next is
 * made the private half of the one before is destroyed: what it signed cannot be signed anew.
 * The public halves are kept, for all who validate (ListPublicKeys).
 */
#pragma once

#include "api/service.h"

enum {
    SIGNING_DAYS = 30,
};

struct signing_key {
    str id, region;
    str fingerprint; /* MD5 of the public key, hex */
    str sealed;
};

/* The one of now; makes it. Outside of transactions. */
MUST_CHECK int signing_key_get(struct server *server, struct arena *arena, str region, int64_t now,
        struct signing_key *ret, struct error *err);
/* RSASSA-PKCS1-v1_5 with SHA-256, hex. */
MUST_CHECK int signing_sign(struct server *server, struct arena *arena,
        const struct signing_key *key, str text, str *ret, struct error *err);
