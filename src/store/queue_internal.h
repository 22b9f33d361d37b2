/*
 * queue_internal - a claimed job, from claim to end
 *
 *     queue.c       adding, cancelling, counting; life cycle
 *     queue_run.c   claim, run, finish, fail: what each does to the row
 *     queue_pool.c  the threads and when they look
 */
#pragma once

#include "store/queue.h"

#include "base/thread.h"

enum {
    QUEUE_DEFAULT_ATTEMPTS = 10,
    QUEUE_DEFAULT_LEASE_MS = 60000,
    QUEUE_DEFAULT_THREADS = 4,
    QUEUE_MAX_THREADS = 64,
    QUEUE_BACKOFF_FIRST_MS = 100,
    QUEUE_BACKOFF_MOST_MS = 5 * 60 * 1000,
    QUEUE_BLOCKED_MS = 1000,      /* looks again for what another server holds up */
    QUEUE_UNKNOWN_MS = 30 * 1000, /* puts off a kind that only newer servers know */
    QUEUE_POLL_MS = 30 * 1000,    /* looks at least so often */
    QUEUE_GIVE_UP_TRIES = 10,     /* then the job is dead though give_up() fails */
    QUEUE_FAILURE_MAX = 500,      /* bytes of the reason that are kept */
};

#define QUEUE_TOPIC STR("queue")

struct queue {
    struct queue_options options;
    struct notify_subscription *subscription;

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t timer; /* the one idle thread that waits for next_due */
    pthread_cond_t spare; /* the other idle threads */
    pthread_cond_t ended; /* a job ended */
    bool is_started;
    bool is_stopping;
    bool look;     /* there may be a job that is due */
    bool looking;  /* a thread claims: others wait for what it finds */
    bool is_timed; /* some thread waits on `timer` */
    int64_t next_due;
    unsigned spares;  /* threads that wait on `spare` */
    unsigned running; /* jobs under way */
    unsigned threads_len;
    pthread_t threads[QUEUE_MAX_THREADS];
};

/* A claimed job. */
struct run {
    struct job job;
    struct queue *queue;
    const struct job_kind *kind;
    struct arena arena;
    struct error failure;
    bool was_given_up; /* it has had its attempts: only giving up is left */
};

enum run_result {
    RUN_DONE,
    RUN_RETRIED,
    RUN_DEAD,
    RUN_LOST
};

/*
 * Claims the next job that is due: 1 and *ret (end it with run_job()), or 0. *next_due
 * is when to look again.
 */
MUST_CHECK int run_claim(
        struct queue *queue, struct run *ret, int64_t *next_due, struct error *err);
/* Runs a claimed job to its end. Failures are in run->failure. */
enum run_result run_job(struct run *run);
void run_done(struct run *run);

int64_t queue_lease_ms(const struct job_kind *kind);
/* notify_fn: somebody added a job, here or on another server. */
void queue_wake(void *queue);
