/*
 * iam - accounts, users, roles, access keys and policies
 *
 * What other folders may use of it; the AWS API is in api/iam.smithy.
 *
 * Memory    results live in the transaction's (or call's) arena
 * Errors    negative errno of the store, or as said
 */
#pragma once

#include "api/call.h"
#include "api/principal.h"
#include "api/service.h"

extern const struct service iam_service;
extern const struct identity_source iam_identity; /* for server->identity */

/* ---- Accounts ---------------------------------------------------------------------- */

struct iam_account {
    str id; /* 12 digits */
    str name;
    int64_t created; /* ms */
};

struct iam_accounts {
    struct iam_account *items;
    size_t len;
};

struct iam_root_key {
    str account;
    str access_key;
    str secret; /* shown once */
};

/*
 * Makes an empty account with a root access key. `id` absent: a free one is chosen.
 * -EEXIST  there is one of that id
 * -EINVAL  the id is not 12 digits
 */
MUST_CHECK int iam_account_create(
        struct server *server, struct tx *tx, str id, str name, struct iam_root_key *ret);
/* One more root access key for an account. -ENOENT  no such account */
MUST_CHECK int iam_root_key_new(
        struct server *server, struct tx *tx, str account, struct iam_root_key *ret);
/* All accounts, by id; at most DB_MAX_ROWS. */
MUST_CHECK int iam_account_list(struct tx *tx, struct iam_accounts *ret);
/* 1 it exists, 0 it does not. */
MUST_CHECK int iam_account_exists(struct tx *tx, str id);
/*
 * Removes an account with every row of every service that has an `account` column.
 * -ENOENT  no such account
 */
MUST_CHECK int iam_account_delete(struct server *server, struct tx *tx, str id);

/* 1 and the account of an access key of a user or root, 0 there is no such key. */
MUST_CHECK int iam_access_key_account(struct tx *tx, str id, str *ret);

/* ---- Identity ---------------------------------------------------------------------- */

/* Tells caches that keys or policies of the account have changed. */
MUST_CHECK int iam_generation_bump(struct tx *tx, str account);

/*
 * The user of a service-specific credential ("codecommit.amazonaws.com"), as git sends
 * it. 1 and the user, 0 unknown, inactive or wrong password.
 */
MUST_CHECK int iam_find_service_credential(struct server *server, struct tx *tx, str username,
        str password, str service, struct principal *ret);

/*
 * The user whose active SSH public key that is: `blob` as an SSH client shows it, after its
 * signature has been verified or before (then only to say which keys are worth trying). `id`, if
 * present: the key's (APKA…), which AWS's clients give as their user name. 1 and the user, 0
 * unknown, inactive, or without an id of several users.
 */
MUST_CHECK int iam_find_ssh_key(struct tx *tx, str id, str blob, struct principal *ret);

/*
 * Passwords from outside that are not part of an API call: git's, over HTTPS or SSH. Ask before a
 * password (a signature) that came from an address for a user name is looked at: how many ms it
 * must wait, 0 if it need not. Then tell how it was. Not in a transaction function, which may run
 * twice. The user name is as the client gave it: of none of ours, too. (door.h)
 */
int64_t iam_door_wait(struct server *server, str address, str name);
void iam_door_was(struct server *server, str address, str name, bool is_right);

enum iam_mfa_result {
    IAM_MFA_RIGHT,
    IAM_MFA_WRONG,
    IAM_MFA_NO_DEVICE, /* no such device, or not the caller's */
    IAM_MFA_BLOCKED,   /* too many wrong ones: not looked at */
};

/*
 * Takes the one-time code that the caller shows of a device of its own, in a transaction that stays
 * whatever becomes of the call: a code is taken once, and wrong ones are counted. Only in prepare.
 */
MUST_CHECK int iam_mfa_show(struct call *call, str serial, str code, enum iam_mfa_result *ret);

/* What the session of a role is made from. */
struct iam_role {
    str id; /* AROA… */
    str account;
    str name;
    str arn;
    str trust;           /* JSON */
    str tags;            /* JSON of the API's tag list; absent: none */
    int64_t max_session; /* seconds */
};

/* 1 and the role of that ARN, in whatever account; 0 there is none. */
MUST_CHECK int iam_role_find(struct tx *tx, str arn, struct iam_role *ret);

/* Puts the tags of a user or role (as iam_role.tags) below those that a session has been given:
 * of the same key, the session's stays. */
MUST_CHECK int iam_principal_tags(struct arena *arena, str tags, struct principal *principal);

/* The text of a managed policy's default version, of `account` or of AWS: 1, or 0 not there. */
MUST_CHECK int iam_policy_text(struct tx *tx, str account, str arn, str *ret);

/*
 * May the caller hand this role to a service ("codebuild.amazonaws.com")? To be asked
 * wherever a role ARN is stored for later use. 0, or the call has failed.
 */
MUST_CHECK int iam_pass_role(struct call *call, str role_arn, str service);

/* ---- Identity providers (OpenID Connect) --------------------------------------------- */

struct iam_oidc_provider {
    str account;
    str arn;
    str url;                     /* the issuer without "https://" */
    struct str_list clients;     /* the audiences that its tokens may have */
    struct str_list thumbprints; /* of certificates, 40 digits of lower case */
    str keys;                    /* as iam_oidc_end_fetch() was given them; absent: none */
    int64_t keys_at;             /* ms */
    int64_t keys_tried;          /* ms; 0: never */
    str failure;                 /* how the last try ended; absent: well, or not yet */
};

/* 1 and the provider of that issuer in that account, 0 there is none. */
MUST_CHECK int iam_oidc_find(struct tx *tx, str account, str issuer, struct iam_oidc_provider *ret);
/* 1 if nobody has begun since `before` to fetch its keys: it is the caller's to do now. */
MUST_CHECK int iam_oidc_begin_fetch(
        struct tx *tx, const struct iam_oidc_provider *provider, int64_t before, int64_t now);
/* How that ended: with keys, or a failure and the keys of before. */
MUST_CHECK int iam_oidc_end_fetch(struct tx *tx, const struct iam_oidc_provider *provider, str keys,
        str failure, int64_t now);
