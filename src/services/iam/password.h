/*
 * password - passwords of users: what is allowed, and what is kept of them
 *
 * Private to services/iam. Kept is a verifier: salt (16) | scrypt(password, salt) (32).
 */
#pragma once

#include "services/iam/entity.h"

/* Slow on purpose: not while a write transaction is open. -ENOMEM */
MUST_CHECK int password_verifier(struct arena *arena, str password, str *ret);
/* 1 it is the password, 0 it is not, -ENOMEM. */
MUST_CHECK int password_verify(str verifier, str password);

struct password_rules {
    int64_t reuse;   /* the last passwords that a new one may not be; 0: any */
    int64_t max_age; /* ms; 0: for ever */
    bool is_hard;    /* who has let it expire cannot change it */
};
/* What the account's policy says of time. */
MUST_CHECK int password_rules(struct call *call, struct password_rules *ret);
/* service.resource_policy */
MUST_CHECK int password_resource_policy(struct call *call, str arn, str *ret);

/* ---- password_history.c ---------------------------------------------------------------- */

enum {
    PASSWORD_HISTORY = 24, /* kept, the present one with them */
};

/* Verifiers of the passwords that a new one of the user may not be, by the account's policy. */
MUST_CHECK int password_history_read(struct call *call, str user, struct str_list *ret);
/* Slow. Fails the call with PasswordPolicyViolation if it is one of them. */
MUST_CHECK int password_history_check(
        struct call *call, const struct str_list *verifiers, str password);
/* The user's password is now this one. */
MUST_CHECK int password_history_add(struct call *call, str user, str verifier);

/* Fails the call with PasswordPolicyViolation. */
MUST_CHECK int password_check(struct call *call, str password);
