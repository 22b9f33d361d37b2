/*
 * secret - the rows of a secret and of its versions (private to services/secretsmanager)
 */
#pragma once

#include "gen/secretsmanager.h"
#include "services/secretsmanager/secretsmanager.h"

enum {
    SECRET_SUFFIX_LEN = 6,
    SECRET_MAX_VALUE = 65536,
    SECRET_MAX_VERSIONS = 100, /* of those without a stage the oldest go */
    SECRET_MAX_STAGES = 20,    /* of one version */
    SECRET_MAX_TAGS = 50,
};

/* What rotation.h does with a secret. */
struct rotation {
    bool is_known; /* it has been turned on once */
    bool is_enabled;
    str function;    /* ARN */
    str rules;       /* RotationRulesType as JSON */
    int64_t next;    /* ms: the end of the next window; 0: there is none */
    int64_t rotated; /* ms; 0: never */
    str version;     /* of the rotation under way; absent: there is none */
    str step;
    int64_t tries; /* of this step that have failed */
};

struct secret {
    str id;
    str account;
    str region;
    str name;
    str arn;
    str description;
    str key_id; /* absent: aws/secretsmanager */
    str policy;
    int64_t created, changed; /* ms */
    int64_t deletion;         /* ms; 0: not to be deleted */
    struct rotation rotation;
};

struct version {
    str id;
    int64_t created; /* ms */
    bool is_binary;
    str key_id;
    str value; /* sealed; empty: a rotation has not made it yet */
};

#define SECRET_COLUMNS                                                                             \
    "id, account, region, name, suffix, description, key_id, policy, created, changed, deletion, " \
    "rotation_enabled, rotation_function, rotation_rules, rotation_next, rotated, "                \
    "rotation_version, rotation_step, rotation_tries"
#define VERSION_COLUMNS "v.id, v.created, v.is_binary, v.key_id, v.value"

/* ---- Secrets ------------------------------------------------------------------------- */

void secret_from_row(struct call *call, const struct db_row *row, struct secret *ret);
/* By name, ARN, or ARN without the six characters at its end: 1 found, 0 none. */
MUST_CHECK int secret_load(struct call *call, str ref, struct secret *ret);
/*
 * Finds the secret and asks whether the caller may do `action`, with its tags as conditions.
 * From here call->account is the owner's. Fails the call with ResourceNotFoundException.
 */
MUST_CHECK int secret_find(struct call *call, str ref, const char *action, struct secret *ret);
/* The same, and it is not waiting for its deletion. */
MUST_CHECK int secret_use(struct call *call, str ref, const char *action, struct secret *ret);
MUST_CHECK int secret_touch(struct call *call, const struct secret *secret); /* has changed */
MUST_CHECK int secret_tags(
        struct call *call, const struct secret *secret, struct secretsmanager_TagListType *ret);
MUST_CHECK int secret_put_tags(struct call *call, const struct secret *secret,
        const struct secretsmanager_TagListType *tags);
/* Fails the call with MalformedPolicyDocumentException. */
MUST_CHECK int secret_check_policy(struct call *call, str policy);

/* ---- Versions -------------------------------------------------------------------------- */

/* The one value that a request brings: 1, or 0 when it brings none. Fails the call on two. */
MUST_CHECK int value_of_request(
        struct call *call, str text, str binary, str *ret, bool *ret_binary);
/* By id or by stage: 1 found, 0 none. */
MUST_CHECK int version_by_id(
        struct call *call, const struct secret *secret, str id, struct version *ret);
MUST_CHECK int version_by_stage(
        struct call *call, const struct secret *secret, str stage, struct version *ret);
/*
 * Adds a version and puts the stages on it; none: AWSCURRENT. One with this id and this
 * value is there already: nothing happens; with another value: ResourceExistsException.
 */
MUST_CHECK int version_add(struct call *call, const struct secret *secret, str id, str plain,
        bool is_binary, const struct str_list *stages);
MUST_CHECK int version_open(
        struct call *call, const struct secret *secret, const struct version *version, str *ret);
/* A version without value, with AWSPENDING: what version_add() with its id will fill. */
MUST_CHECK int version_expect(struct call *call, const struct secret *secret, str id);
/* The version that has AWSPENDING and is not the current one: 1 found, 0 none. */
MUST_CHECK int version_pending(struct call *call, const struct secret *secret, struct version *ret);
/* Seals what versions with a stage hold under secret->key_id. */
MUST_CHECK int version_reseal_all(struct call *call, const struct secret *secret);
/* In order of name. */
MUST_CHECK int version_stages(
        struct call *call, const struct secret *secret, str id, struct str_list *ret);
/* Moves a stage to a version; what loses AWSCURRENT becomes AWSPREVIOUS. */
MUST_CHECK int stage_move(struct call *call, const struct secret *secret, str stage, str id);
