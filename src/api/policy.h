/*
 * policy - the IAM policy language: compiled once, evaluated often, no I/O
 *
 * Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements
 * reference".
 *
 *     explicit deny anywhere        deny
 *     boundary, session policy      each must allow, where there is one
 *     identity or resource policy   one must allow (same account); both (other account)
 *     otherwise                     deny
 *
 * Memory    a compiled policy is one heap block, immutable, shared between threads
 * Errors    -EINVAL malformed: *err has the wording of MalformedPolicyDocument
 * Limits    POLICY_MAX_…
 */
#pragma once

#include "base/str.h"

enum {
    POLICY_MAX_BYTES = 131072,
    POLICY_MAX_STATEMENTS = 1000,
};

enum policy_kind {
    POLICY_IDENTITY, /* Resource, no Principal */
    POLICY_RESOURCE, /* Principal and Resource: bucket and key policies */
    POLICY_TRUST,    /* Principal, no Resource: AssumeRole */
};

struct policy;

MUST_CHECK int policy_compile(
        str text, enum policy_kind kind, struct policy **ret, struct error *err);
void policy_free(struct policy *policy);
/* Does a condition or a variable of it look at tags of the resource: aws:ResourceTag/…? */
bool policy_asks_for_tags(const struct policy *policy);

/* Condition keys of one request, in any order; names compare without case. */
struct policy_key {
    str name;               /* "aws:SourceIp", "codecommit:References", "aws:RequestTag/team" */
    struct str_list values; /* one for most keys */
};

struct policy_request {
    str action;   /* "codecommit:GitPush" */
    str resource; /* ARN, or "*" */
    /* for Principal elements */
    str principal_arn;    /* session ARN for roles */
    str principal_issuer; /* role ARN for sessions; else absent */
    str principal_account;
    str principal_service; /* "codebuild.amazonaws.com" when a service acts */
    str principal_federated;
    bool is_anonymous;
    const struct policy_key *keys;
    size_t keys_len;
};

enum policy_effect {
    POLICY_NONE,
    POLICY_ALLOW,
    POLICY_DENY
};

struct policy_match {
    enum policy_effect effect;
    str sid;         /* of the statement that decided; absent: it has none */
    int statement;   /* its number from 0; -1: none matched */
    bool by_account; /* resource policy: allowed through the account's root, so identity policies
                        must allow too */
};

/* One policy alone. Deny wins over allow. `scratch` is for variables. */
struct policy_match policy_evaluate(
        const struct policy *policy, const struct policy_request *request, struct arena *scratch);

/* Why not: the first statement (from 0) that would allow it were it not for a condition, and the
 * key of that condition; -1: none. */
int policy_find_unmet(const struct policy *policy, const struct policy_request *request,
        struct arena *scratch, str *ret_key);
/* The key of a statement's first condition; absent: it has none. */
str policy_condition_key(const struct policy *policy, int statement);

/* All of them together. Arrays may be empty; a NULL boundary or session means there is none. */
struct policy_set {
    const struct policy *const *identity;
    const str *identity_names;
    size_t identity_len;
    const struct policy *boundary;
    const struct policy *session;
    const struct policy *resource;    /* of the touched resource */
    const struct policy_match *grant; /* KMS: an allow beside it, as if it said that; NULL: none */
    bool is_cross_account;            /* principal and resource are of different accounts */
    bool is_resource_policy_required; /* KMS keys: nothing is allowed unless the key policy allows
                                       */
};

enum policy_part {
    POLICY_PART_IDENTITY,
    POLICY_PART_RESOURCE,
    POLICY_PART_BOUNDARY,
    POLICY_PART_SESSION,
    POLICY_PARTS
};

/* The trace of a decision: what decided it, and what every part said by itself. */
struct policy_decision {
    bool allowed;
    bool explicit_deny;
    enum policy_part part; /* decided, or should have allowed and did not */
    const char *kind;      /* its name: "identity-based policy", "resource-based policy",
                            * "permissions boundary", "session policy" */
    /* KMS: what is in another account is not told to be there, nor what its policy says */
    bool is_untold;
    int policy;      /* identity policy that decided, its number from 0; -1: none did */
    str policy_name; /* its name; absent otherwise */
    str sid;         /* of the statement that decided, as in struct policy_match */
    int statement;
    struct policy_match parts[POLICY_PARTS];
};

struct policy_decision policy_decide(
        const struct policy_set *set, const struct policy_request *request, struct arena *scratch);

/* ---- For simulators: all that a policy says, not only what decides -------------------- */

struct policy_matches {
    struct policy_match *items; /* in the order of the policy */
    size_t len;
};

/* Every statement that applies to the request; a decision stops at the first that settles it. */
void policy_match_all(const struct policy *policy, const struct policy_request *request,
        struct arena *arena, struct policy_matches *ret);

/* Told every condition key and variable that the policy looks at, as often as it does. */
typedef void policy_key_fn(void *arg, str key);
void policy_each_key(const struct policy *policy, policy_key_fn *fn, void *arg);
/* Told those that the request does not have, of statements that they may make apply to it. */
void policy_each_missing(const struct policy *policy, const struct policy_request *request,
        struct arena *scratch, policy_key_fn *fn, void *arg);

bool policy_request_has(const struct policy_request *request, str key);

/* What a condition operator reads a value as. */
enum policy_type {
    POLICY_TYPE_STRING,
    POLICY_TYPE_NUMBER,
    POLICY_TYPE_BOOL,
    POLICY_TYPE_DATE,
    POLICY_TYPE_IP, /* address or range */
    POLICY_TYPE_BINARY,
};
bool policy_reads_as(enum policy_type type, str value);

/* Where a statement stands in its text: behind the braces that open and close it, from 1. */
struct policy_position {
    int line, column; /* characters */
};
struct policy_span {
    struct policy_position start, end;
};
/* Of each statement of a text that has compiled. -ENOENT: their place cannot be told. */
struct policy_spans {
    struct policy_span *items;
    size_t len;
};
MUST_CHECK int policy_find_spans(str text, struct arena *arena, struct policy_spans *ret);
