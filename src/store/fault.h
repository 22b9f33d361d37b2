/*
 * fault - tests make the n-th write, sync, rename or commit fail
 *
 *     fault_arm(FAULT_COMMIT, 3, EIO);      the third commit from now fails
 *     ...
 *     fault_disarm();
 *
 * Every door through which store/ makes something durable asks fault_hit() first.
 * Nothing but a test arms it; unarmed it is one relaxed load.
 *
 * Threads   any; one fault is armed at a time
 */
#pragma once

#include "base/str.h"

enum fault_point {
    FAULT_NONE,
    FAULT_STATEMENT, /* a statement of a transaction */
    FAULT_COMMIT,    /* a commit, before it is made */
    FAULT_BLOB_WRITE,
    FAULT_BLOB_SYNC,
    FAULT_BLOB_RENAME,
    FAULT_BLOB_SYNC_DIR,
};

/* The nth pass of `point` from now (1: the next) fails with `code`; FAULT_KILL ends the process. */
enum {
    FAULT_KILL = -1
};
void fault_arm(enum fault_point point, int64_t nth, int code);
void fault_disarm(void);
/* How often `point` was passed since fault_arm(point, …); to know where a matrix ends. */
int64_t fault_passes(void);
/* 0, or the code to fail with. */
int fault_hit(enum fault_point point);
