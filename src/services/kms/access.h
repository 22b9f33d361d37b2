/*
 * access - may the caller use a key, and is the key fit for it?
 *
 * In this order: the key is there, the caller may, it is enabled, it was made for this use.
 */
#pragma once

#include "services/kms/key.h"

struct access {
    const char *action;                              /* "kms:Sign" */
    const char *usage;                               /* SIGN_VERIFY */
    const struct kms_EncryptionContextType *context; /* NULL: the operation has none */
    const struct str_list *grant_tokens;
    str via; /* the service that asks for the caller: "ssm.eu-west-1.amazonaws.com"; or absent */
    const struct policy_key *more; /* condition keys of the operation's own */
    size_t more_len;
};

/* Only whether the caller may. Fails the call. */
MUST_CHECK int access_ask(struct call *call, const struct key *key, const struct access *access);
/* Fails the call. */
MUST_CHECK int access_key(struct call *call, str ref, const struct access *access, struct key *ret);
/* The same for a key that was found already. */
MUST_CHECK int access_found_key(
        struct call *call, const struct key *key, const struct access *access);
/*
 * For another service that seals what it keeps, as the caller: under a customer's key he needs
 * permission (`service` is what kms:ViaService says: "s3"); the managed key belongs to its service,
 * which he was permitted to use. The key must be symmetric. `context` may be NULL.
 */
MUST_CHECK int access_for_service(struct call *call, const struct key *key, const char *service,
        const char *action, const struct kms_EncryptionContextType *context);
/* Fails the call if there is one: attestation needs hardware that is not here. */
MUST_CHECK int access_refuse_recipient(struct call *call, const void *recipient);
/* Fails the call with DryRunOperationException if that was asked for. */
MUST_CHECK int access_dry_run(struct call *call, struct opt_bool asked);
/* Associated data of a context: each name and value, sorted by name, with its length before it.
 * Fails the call where the context is too big. */
MUST_CHECK int access_context_bytes(
        struct call *call, const struct kms_EncryptionContextType *context, str *ret);
