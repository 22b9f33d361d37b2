/*
 * suggest - the least policy that covers what a user or role has done
 *
 * Memory    answers live in the arena
 */
#pragma once

#include "api/usage.h"

enum {
    SUGGEST_MAX_MANAGED = 6144, /* characters of a managed policy, white space not counted */
};

struct suggestion {
    str policy;    /* JSON, a line for each action and resource; absent: nothing was used */
    str remarks;   /* lines: what was refused; "" none */
    size_t length; /* of the policy, as IAM counts */
};

/* `items` as usage_read() has them. -E2BIG  more than can be written */
MUST_CHECK int suggest_policy(
        struct arena *arena, const struct usage_items *items, struct suggestion *ret);
