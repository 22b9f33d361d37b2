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
/* Fails the call with PasswordPolicyViolation. */
MUST_CHECK int password_check(struct call *call, str password);
