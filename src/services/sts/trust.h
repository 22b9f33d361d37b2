/* trust - may a principal assume a role? Private to services/sts. */
#pragma once

#include "services/iam/iam.h"
#include "services/sts/sts.h"

enum {
    TRUST_MAX_KEYS = 24
};

struct trust_keys {
    struct policy_key items[TRUST_MAX_KEYS];
    size_t len;
};

/* An absent value is no key. */
void trust_add(struct trust_keys *keys, struct arena *arena, str name, str value);
void trust_add_list(struct trust_keys *keys, str name, struct str_list values);

/*
 * Asks the trust policy of the role, and of a caller its identity policies, boundary and
 * session policy. `service` absent: the caller of the call asks.
 */
MUST_CHECK int trust_check(struct call *call, const struct iam_role *role, str service, str action,
        struct trust_keys *keys, bool *ret);

void trust_session(
        struct arena *arena, const struct iam_role *role, str session_name, struct principal *ret);
