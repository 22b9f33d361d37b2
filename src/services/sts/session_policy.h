/*
 * session_policy - what limits a session further, packed into its token
 *
 * Several policies become one whose statements are those of all: each of them may allow.
 * Managed policies are taken as they are when the session begins. Private to services/sts.
 */
#pragma once

#include "gen/sts.h"

enum {
    SESSION_MAX_POLICY_ARNS = 10,
    SESSION_MAX_PACKED = 12288, /* bytes of the policies and tags of a session */
};

/*
 * The session policy of `policy` and the managed ones of `arns` in that account; absent if there
 * is none. 0, or the call has failed with MalformedPolicyDocument or PackedPolicyTooLarge.
 */
MUST_CHECK int session_policy_make(struct call *call, str account, str policy,
        const struct sts_policyDescriptorListType *arns, str *ret);

/*
 * How much of SESSION_MAX_PACKED the policy and tags of the session take, in percent; unset if it
 * has neither. 0, or the call has failed with PackedPolicyTooLarge.
 */
MUST_CHECK int session_pack(
        struct call *call, const struct principal *session, struct opt_int *ret_percent);
