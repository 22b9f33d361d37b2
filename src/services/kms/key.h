/*
 * key - the row of a KMS key, and its material while it is in use (private to services/kms)
 */
#pragma once

#include "gen/kms.h"
#include "services/kms/kms.h"

enum {
    KEY_MATERIAL_LEN = 32
};

struct key {
    str id; /* UUID; absent: not there, see key_find() */
    str account;
    str region;
    str arn;
    str alias_arn; /* of another account's alias, by which it was named; else absent */
    str description;
    str manager; /* AWS, CUSTOMER */
    str state;
    str material; /* sealed */
    int64_t created;
    int64_t deletion; /* 0: not scheduled */
};

/*
 * Finds a key by id, ARN, alias name or alias ARN, in call->account and region unless
 * an ARN says otherwise. Fails the call with NotFoundException; but whether another account
 * has a key is not told: *ret then has no id, and key_authorize() refuses it in the words
 * of a key that is there.
 */
MUST_CHECK int key_find(struct call *call, str ref, struct key *ret);
/* May the principal do `action` on it? With condition keys of its own. */
MUST_CHECK int key_authorize(struct call *call, const struct key *key, const char *action,
        const struct policy_key *keys, size_t len);
/* The managed key of a service of the call's account: the service's own permission is enough. */
bool key_is_own_managed(const struct call *call, const struct key *key);
/* key_find(), and the principal may do `action` on it ("kms:Encrypt"). */
MUST_CHECK int key_find_for(struct call *call, str ref, const char *action, struct key *ret);
MUST_CHECK int key_by_id(struct call *call, str id, struct key *ret); /* 1 found, 0 none */
/* The same, and the key is a customer's: managed ones belong to their service. */
MUST_CHECK int key_find_customer(struct call *call, str ref, const char *action, struct key *ret);
MUST_CHECK int key_refuse_pending(struct call *call, const struct key *key);
/* Fails the call unless the key is enabled. */
MUST_CHECK int key_is_usable(struct call *call, const struct key *key);
/* A new key; `policy` absent: the default one, which leaves it to IAM. */
MUST_CHECK int key_create(
        struct call *call, str manager, str description, str policy, struct key *ret);
/* Allows the account everything: leaves it to identity policies. */
str key_default_policy(struct call *call);
/* The managed key of a service, made if it is not there yet. */
MUST_CHECK int key_managed(struct call *call, const char *service, struct key *ret);
struct kms_KeyMetadata *key_metadata(struct call *call, const struct key *key);

/* Encrypts under the key's material. `aad` is the encryption context. */
MUST_CHECK int key_encrypt(struct call *call, const struct key *key, str aad, str plain, str *ret);
/* -EBADMSG not made with this key and context. */
MUST_CHECK int key_decrypt(
        struct call *call, const struct key *key, str aad, str ciphertext, str *ret);
/* The id of the key that a ciphertext names; false: it is none. */
bool key_of_ciphertext(struct arena *arena, str ciphertext, str *ret_id);

/* Fails the call with MalformedPolicyDocumentException. */
MUST_CHECK int key_check_policy(struct call *call, str policy);
/*
 * Once the policy is in its row: the caller may still change it, unless the caller asked
 * for a policy that locks even him out. A refusal takes the row back.
 */
MUST_CHECK int key_check_lockout(struct call *call, const struct key *key, struct opt_bool bypass);
/* service.resource_tags */
MUST_CHECK int key_resource_tags(struct call *call, str arn, struct resource_tags *ret);
/* Adds tags, or gives them new values. */
MUST_CHECK int key_put_tags(
        struct call *call, const struct key *key, const struct kms_TagList *tags);

/* Permission to use the key, under conditions on the encryption context and, where a service
 * asks for the caller, on that service ("ssm.eu-west-1.amazonaws.com"); then its state. */
MUST_CHECK int key_may_use(struct call *call, const struct key *key, const char *action,
        const struct kms_EncryptionContextType *context, str via);
/* An encryption context as associated data. Fails the call where it is too big. */
MUST_CHECK int key_context(
        struct call *call, const struct kms_EncryptionContextType *context, str *ret);
