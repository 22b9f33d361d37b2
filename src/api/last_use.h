/*
 * last_use - when each access key and each role was last used, and for what
 *
 *     call --> note (memory: the latest of each id) --(a minute after the last write)--> a row
 *
 * No call writes: a key that is used all the time costs one row a minute, on the thread that
 * writes the batch of the audit. A first use is written within a second.
 *
 * Limits    LAST_USE_MAX ids in memory; those that come past it are dropped, and counted
 * Threads   last_use_note() from any; last_use_flush() one at a time
 * Not here  keys of sessions (their role or user counts), users without a key
 */
#pragma once

#include "api/call.h"

enum {
    LAST_USE_MAX = 20000,
    LAST_USE_WRITE_MS = 60 * 1000,
};

struct last_uses;
struct last_uses *last_uses_new(void);
void last_uses_free(struct last_uses *uses);
/* call->principal makes this call: its access key, or its role, is in use. */
void last_use_note(struct call *call);
/* Writes what is due, or all. What could not be written is kept. */
MUST_CHECK int last_use_flush(struct server *server, bool all, struct error *err);

struct last_use {
    int64_t time; /* ms */
    str service;  /* "s3" */
    str region;
};
/* Of an access key (AKIA…) or role (AROA…): 1, or 0 never used. */
MUST_CHECK int last_use_find(struct tx *tx, str id, struct last_use *ret);
/* It is deleted. */
MUST_CHECK int last_use_forget(struct tx *tx, str id);
