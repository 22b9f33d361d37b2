/*
 * grant - what lets a principal use a key beside the key's policy (private to services/kms)
 *
 *     grant = key, grantee, operations [, constraints on the encryption context] [, who may retire it]
 *
 * A grant counts as if the key policy allowed its operations to the grantee: explicit denies,
 * boundaries and session policies still hold. Grants are in force when CreateGrant returns, so a
 * grant token is only another name of a grant: it opens nothing, and is no secret.
 *
 * Source    KMS Developer Guide, "Grants in AWS KMS"
 * Limits    GRANT_MAX_PER_KEY
 */
#pragma once

#include "services/kms/key.h"

enum {
    GRANT_ID_LEN = 64,
    GRANT_MAX_PER_KEY = 50000,
};

#define GRANT_COLUMNS                                                                              \
    "select g.id, g.key_id, g.name, g.grantee, g.retiring, g.operations, g.constraints, g.issuer," \
    " g.created, k.account, k.region from kms_grant g join kms_key k on k.id = g.key_id where "

struct grant {
    str id, key_id, key_arn;
    str name;       /* empty: none */
    str grantee;    /* ARN, or the name of a service */
    str retiring;   /* the same; empty: none */
    str operations; /* ",Decrypt,Encrypt," */
    struct kms_GrantConstraints constraints;
    str issuer; /* account */
    int64_t created;
};

MUST_CHECK int grant_read(struct call *call, const struct db_row *row, struct grant *ret);
MUST_CHECK int grant_find(struct call *call, str id, struct grant *ret); /* 1 found, 0 none */
bool grant_allows(const struct grant *grant, str operation);
/* Does `who`, a grantee or a retiring principal, name the caller? As a policy's Principal would. */
bool grant_names(str who, const struct principal *principal);

/* The pairs that the constraints want; *ret_exact: these and no others. Empty: there are none. */
const struct kms_EncryptionContextType *grant_pairs(
        const struct kms_GrantConstraints *constraints, bool *ret_exact);

/* service.resource_grant */
MUST_CHECK int grant_speaks(
        struct call *call, const struct policy_request *request, struct policy_match *ret);

str grant_token(struct arena *arena, str id); /* another one each time */
/* The id that a token names. Fails the call with InvalidGrantTokenException. */
MUST_CHECK int grant_of_token(struct call *call, str token, str *ret_id);
/* Fails the call unless each has the form of a token: all grants are in force anyway. */
MUST_CHECK int grant_tokens_check(struct call *call, const struct str_list *tokens);
