/*
 * guess - how often a code or a password may be wrong
 *
 * After GUESS_FREE wrong ones in a row nothing is looked at for a while, which doubles with each
 * further one. A right one forgets them. A call with a wrong one fails, and its transaction is
 * undone: so what is counted is counted in prepare, in a transaction of its own.
 *
 * Private to services/iam.
 */
#pragma once

#include "services/iam/entity.h"

enum {
    GUESS_FREE = 5,
    GUESS_PAUSE_MS = 30 * 1000, /* the first */
    GUESS_PAUSE_MAX_MS = 3600 * 1000,
};

enum guess_kind {
    GUESS_MFA,
    GUESS_PASSWORD,
};

/* Runs fn with call->tx in a write transaction that stays whatever becomes of the call. */
MUST_CHECK int guess_transaction(struct call *call, db_fn *fn, void *arg);
/* 1 look at what is shown, 0 not yet. */
MUST_CHECK int guess_may(struct call *call, str entity, enum guess_kind kind);
/* What was shown was right, or wrong. */
MUST_CHECK int guess_was(struct call *call, str entity, enum guess_kind kind, bool is_right);
/* Fails the call of one who may not. */
MUST_CHECK int guess_refuse(struct call *call);
