/*
 * trace - why a call was denied: what decided, or what was missing, as JSON
 *
 * Made of policy_decide()'s answer where a call is denied. It has the members of what
 * sts:DecodeAuthorizationMessage gives, and one more, "decision":
 *
 *     {"allowed":false,"explicitDeny":true,
 *      "matchedStatements":{"items":[{"statementId":"NoDelete","effect":"DENY"}]},
 *      "failures":{"items":[]},
 *      "context":{"principal":{"id":"AIDA…","name":"alice","arn":"arn:…"},"action":"s3:…",
 *                 "resource":"arn:…","conditions":{"items":[{"key":"…","values":…}]}},
 *      "decision":{"kind":"identity-based policy","policy":"policy/Safety","policyArn":"arn:…",
 *                  "policyVersion":"ANPA…/v2","statement":0,"statementId":"NoDelete",
 *                  "identity":"deny","resource":"none","boundary":"allow","session":"absent"}}
 *
 * "statement" is absent where no statement decided: then no policy of that kind allows. One that
 * would, were it not for a condition, is "unmetStatement" (of "unmetPolicy"); "conditionKey" is what
 * that condition, or the first of the statement that denies, looks at. The
 * resource policy and the tags of another account are never in it.
 *
 * It goes two ways: into the audit (audit_item.trace; CloudTrail's record does not show it), and
 * sealed to the client, who may have it decoded: the header TRACE_HEADER of a denied call.
 *
 * Limits    TRACE_MAX; condition keys that do not fit are left out
 */
#pragma once

#include "api/call.h"

enum {
    TRACE_MAX = 6 << 10,       /* bytes of JSON; encoded it stays below the next */
    TRACE_MAX_ENCODED = 10240, /* EncodedMessage of sts:DecodeAuthorizationMessage */
};

#define TRACE_HEADER "x-slipway-authorization-message"

/* A decision, with what it was about. */
struct trace {
    str action, resource;
    const struct policy_key *keys;
    size_t keys_len;
    const struct policy_set *set;
    const struct policy_decision *decision;
    str policy_arn;     /* of the managed policy that decided; absent: none did */
    str policy_version; /* what its text is cached under; absent: none decided */
    bool is_trust;      /* its resource policy is the trust policy of a role */
    struct {
        str key;       /* of a condition of the statement that denied, or that would have allowed */
        int statement; /* that would have allowed, from 0; -1: none would, or one denied */
        str policy;    /* the identity policy that has it; absent: of another kind */
    } unmet;
};

/* Fills in `unmet`: what a condition has to do with the refusal. */
void trace_condition(
        struct arena *arena, const struct policy_request *request, struct trace *trace);
str trace_json(struct call *call, const struct trace *trace);

/* The encoded form: packed, and sealed for the caller's account. Absent for a caller without account. */
str trace_encode(struct call *call, str json);
/* -EINVAL: it is none of ours, or of another account than the caller's. */
MUST_CHECK int trace_decode(struct call *call, str encoded, str *ret_json);
