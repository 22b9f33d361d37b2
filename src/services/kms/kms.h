/*
 * kms - keys, and the data keys that other services seal their bytes with
 *
 * A KMS key never leaves this module: its material lies sealed under the master key.
 * A ciphertext names its key, and which of its materials (version 1 had no number, and meant
 * the first):
 *
 *     version 2 (1 byte) | key id (16) | number (4) | nonce (12) | ciphertext | tag (16)
 *
 * AES-256-GCM, with the encryption context (sorted, length-prefixed) as associated data.
 *
 * Data keys for other services: with a customer's key the caller needs
 * kms:GenerateDataKey and kms:Decrypt on it, as in AWS; the managed key of a service
 * (alias/aws/<service>) is made at its first use and needs no permission.
 */
#pragma once

#include "api/service.h"
#include "store/blob.h"

extern const struct service kms_service;

enum {
    KMS_MAX_PLAINTEXT = 4096
};

struct kms_data_key {
    struct blob_key key; /* wipe after use */
    str sealed;          /* for the row of what is sealed with it */
    str key_arn;         /* of the KMS key above it */
};

/*
 * A new data key under `key` (id, ARN, alias name or ARN), or, when that is absent,
 * under the managed key of `service` ("s3"). In prepare it opens transactions of its
 * own; in a handler the call must be one that writes. Fails the call.
 */
MUST_CHECK int kms_data_key_new(
        struct call *call, str key, const char *service, struct kms_data_key *ret);
/* Opens what kms_data_key_new() sealed. Fails the call where the key is disabled, gone or not
 * permitted. */
MUST_CHECK int kms_data_key_open(
        struct call *call, const char *service, str sealed, struct blob_key *ret);

/* A value that another service keeps for the caller: under which key, bound to what. */
struct kms_use {
    const char *service; /* "ssm": whose managed key, and what kms:ViaService says */
    const char *action;  /* what sealing needs on a customer's key: "kms:Encrypt" */
    str key;             /* as the customer named it; absent: the managed key */
    struct {
        str name, value;
    } context[2]; /* the encryption context: {"PARAMETER_ARN", arn}; an absent name ends it */
};

/*
 * Encrypts `plain` as the caller, who needs `action` on a customer's key. The call is one
 * that writes. Fails the call with KMS's own error.
 */
MUST_CHECK int kms_seal_value(struct call *call, const struct kms_use *use, str plain, str *ret);
/* Decrypts it: kms:Decrypt on a customer's key. `use->key` and `use->action` are not looked at. */
MUST_CHECK int kms_open_value(struct call *call, const struct kms_use *use, str sealed, str *ret);
/* Says whether the call failed because the key is missing, disabled, about to be deleted, or
 * not one that encrypts. */
bool kms_failed_for_key(const struct call *call);

/*
 * An RSA pair of 2048 bits of a service's own: no KMS key, in no account, under no policy.
 * `label` says whose it is ("cloudtrail/eu-west-1/…") and is bound to the sealed private key.
 * Making one is slow: not in a transaction.
 */
struct kms_own_pair {
    str sealed;     /* the private key, under the master key */
    str public_key; /* PKCS #1 DER */
};
MUST_CHECK int kms_own_pair_new(struct server *server, struct arena *arena, str label,
        struct kms_own_pair *ret, struct error *err);
/* RSASSA-PKCS1-v1_5 with SHA-256. -EBADMSG: not sealed by us for this label. */
MUST_CHECK int kms_own_pair_sign(struct server *server, struct arena *arena, str label, str sealed,
        str message, str *ret, struct error *err);
