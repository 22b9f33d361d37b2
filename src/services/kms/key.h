/*
 * key - the row of a KMS key, and its material while it is in use (private to services/kms)
 */
#pragma once

#include "gen/kms.h"
#include "services/kms/kms.h"
#include "services/kms/material.h"

enum {
    KEY_MAX_ALIASES = 50 /* of one key, as AWS's quota */
};

struct key {
    str id; /* UUID; absent: not there, see key_find() */
    str account;
    str region;
    str arn;
    str alias;     /* "alias/x", where the caller named it so; else absent */
    str alias_arn; /* of another account's alias, by which it was named; else absent */
    str description;
    str manager; /* AWS, CUSTOMER */
    str state;   /* also PendingImport, which is no state of the row but a lack of material */
    int64_t created;
    int64_t deletion; /* 0: not scheduled */
    const struct key_spec *spec;
    str usage;               /* ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT */
    str origin;              /* AWS_KMS, EXTERNAL */
    int64_t material_number; /* the one that encrypts */
    int64_t rotation_days;   /* 0: not by itself */
    int64_t rotation_next;
    str material;     /* sealed; absent: not imported yet, or gone */
    str public_key;   /* DER; pairs only */
    int64_t valid_to; /* of imported material; 0: it does not expire */
};

/* What a new key is made of. */
struct key_draft {
    str id, manager, description, usage, origin;
    str policy; /* absent: the default one, which leaves it to IAM */
    const struct key_spec *spec;
    struct material material; /* sealed absent: to be imported */
};

/* May the principal do `action` on it? With condition keys of the operation's own; those of the key and of
 * the caller come by themselves (condition.c). */
MUST_CHECK int key_authorize(struct call *call, const struct key *key, const char *action,
        const struct policy_key *keys, size_t len);
/*
 * Finds a key by id, ARN, alias name or alias ARN, in call->account and region unless
 * an ARN says otherwise. Fails the call with NotFoundException; but whether another account
 * has a key is not told: *ret then has no id, and key_authorize() refuses it in the words
 * of a key that is there.
 */
MUST_CHECK int key_find(struct call *call, str ref, struct key *ret);
/* The managed key of a service of the call's account: the service's own permission is enough. */
bool key_is_own_managed(const struct call *call, const struct key *key);
/* key_find(), and the principal may do `action` on it ("kms:Encrypt"). */
MUST_CHECK int key_find_for(struct call *call, str ref, const char *action, struct key *ret);
MUST_CHECK int key_by_id(struct call *call, str id, struct key *ret); /* 1 found, 0 none */
/* The same, and the key is a customer's: managed ones belong to their service. */
MUST_CHECK int key_find_customer(struct call *call, str ref, const char *action, struct key *ret);
MUST_CHECK int key_refuse_managed(struct call *call, const char *action); /* fails the call */
MUST_CHECK int key_refuse_pending(struct call *call, const struct key *key);
/* Fails the call unless the key is enabled. */
MUST_CHECK int key_is_usable(struct call *call, const struct key *key);
MUST_CHECK int key_create(struct call *call, const struct key_draft *draft, struct key *ret);
/* Allows the account everything: leaves it to identity policies. */
str key_default_policy(struct call *call);
/* The managed key of a service, made if it is not there yet. */
MUST_CHECK int key_managed(struct call *call, const char *service, struct key *ret);
struct kms_KeyMetadata *key_metadata(struct call *call, const struct key *key);

/* Fails the call unless the key was made for this use and can do the algorithm. */
MUST_CHECK int key_check_usage(struct call *call, const struct key *key, const char *usage);
MUST_CHECK int key_check_algorithm(
        struct call *call, const struct key *key, struct str_list known, str algorithm);

/* The same for what other services keep: only symmetric keys seal that. */
MUST_CHECK int key_check_symmetric(struct call *call, const struct key *key);

/* Encrypts under the key's newest material. `aad` is the encryption context. */
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
