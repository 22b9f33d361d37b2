/* trust - may a principal assume a role, and the session that it then has. Private to services/sts. */
#pragma once

#include "services/iam/iam.h"
#include "services/sts/sts.h"

enum {
    TRUST_MAX_KEYS = 128
};

/* Condition keys beside those that every call has. */
struct trust_keys {
    struct policy_key items[TRUST_MAX_KEYS];
    size_t len;
};

/* An absent value is no key. */
void trust_add(struct trust_keys *keys, struct arena *arena, str name, str value);
void trust_add_list(struct trust_keys *keys, str name, struct str_list values);

/* authorize_trust() of a role. */
MUST_CHECK int trust_check(struct call *call, const struct iam_role *role, str action,
        const struct trust_keys *keys, bool *ret);

/* Fails the call in the words that do not tell whether the role exists. */
MUST_CHECK int trust_deny(struct call *call, const char *action, str role_arn);

/* `session_name` is not copied; the tags are the role's. */
MUST_CHECK int trust_session(
        struct call *call, const struct iam_role *role, str session_name, struct principal *ret);
