/*
 * queue - durable jobs: every consequence of a change
 *
 *          queue_add (in the transaction that causes it)
 *                |
 *                v                        lease over: claimed again
 *            [waiting] --claim--> [leased] <-----------------.
 *                ^                  |  |                      |
 *                |   retry, backoff |  | prepare, commit: ok  | (worker died)
 *                '------------------'  v                      |
 *                                    (row deleted)            |
 *            [dead]  <-- max_attempts failures: an operator sees it (slipway_jobs_dead)
 *
 * A job kind has two steps: `prepare` (optional; outside any transaction; slow; may
 * fail) and `commit` (one transaction, which also deletes the job). A job may run
 * again after a crash: prepare is idempotent, commit happens once.
 *
 * (kind, key) is unique among waiting jobs: adding one that waits already keeps the
 * earlier run_at, unless key is absent. Jobs of one kind and key never run at once.
 *
 * Threads   a pool claims jobs; new ones wake it at once after the commit
 */
#pragma once

#include "store/db.h"
#include "store/notify.h"

struct queue;

struct job {
    str id;
    str kind;
    str key;
    str payload;         /* what queue_add() was given */
    int attempt;         /* from 1 */
    struct arena *arena; /* ends with the job */
    void *prepared;      /* what prepare made for commit; in the arena */
    void *context;       /* queue_options.context: the server */
};

struct job_kind {
    const char *name;
    /* NULL: none. < 0: retried with backoff. */
    int (*prepare)(struct job *job, struct error *err);
    /* NULL: none. < 0: rolled back and retried with backoff. */
    int (*commit)(struct job *job, struct tx *tx);
    /* Runs in a transaction when the last attempt failed: may record the failure. NULL: none. */
    int (*give_up)(struct job *job, struct tx *tx, const struct error *why);
    int max_attempts; /* 0: 10 */
    int64_t lease_ms; /* 0: 60000; prepare must be quicker, or call queue_extend() */
};

struct queue_options {
    struct db *db;
    struct notify *notify;
    const struct job_kind *const *kinds;
    size_t kinds_len;
    unsigned threads; /* at most, started when needed; 0: 4 */
    /* Ours alone, and the same after a restart: what had this owner is run again at once, not
     * after its lease. Absent: no owner. */
    str owner;
    void *context;
};

MUST_CHECK int queue_open(
        const struct queue_options *options, struct queue **ret, struct error *err);
MUST_CHECK int queue_start(struct queue *queue, struct error *err); /* begins to run jobs */
/* No new jobs; waits for those under way, at most grace_ms. False: some still are. */
bool queue_stop(struct queue *queue, int64_t grace_ms);
void queue_close(struct queue *queue); /* waits for all jobs under way, without end */

/* run_at in ms; 0 or the past: at once. `kind` is a name of the table. */
MUST_CHECK int queue_add(
        struct queue *queue, struct tx *tx, const char *kind, str key, str payload, int64_t run_at);
/* Removes a waiting job: 1 removed, 0 not there (or running). */
MUST_CHECK int queue_cancel(struct queue *queue, struct tx *tx, const char *kind, str key);
MUST_CHECK int queue_extend(struct job *job, struct error *err);
/* Runs all jobs that are due, on this thread, until none is: tests and the simulator. The count
 * run. */
MUST_CHECK int queue_run_due(struct queue *queue, struct error *err);
/* Waiting, leased and dead jobs, and the age of the oldest due one (0: none is): for /metrics. */
MUST_CHECK int queue_stats(struct queue *queue, int64_t *waiting, int64_t *leased, int64_t *dead,
        int64_t *oldest_ms, struct error *err);
extern const struct db_schema queue_schema;
