/*
 * The threads of the queue. They start when needed and then stay.
 *
 *     [looks]  claims; one thread at a time
 *        | job                          | none is due
 *        v                              v
 *     [runs]  and before, lets         [timer]  one idle thread waits for next_due
 *        |    another one look         [spare]  the others wait to be called
 *        '--> looks again
 */
#include "store/queue_internal.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"

static void *run_worker(void *arg);

/* The lock is held: gets one more thread to look, or to mind the timer. */
static void call_another(struct queue *queue)
{
    if (queue->is_stopping)
        return;
    if (queue->is_timed)
        pthread_cond_signal(&queue->timer);
    else if (queue->spares)
        pthread_cond_signal(&queue->spare);
    else if (queue->threads_len < queue->options.threads)
        queue->threads[queue->threads_len++] = thread_start("job", run_worker, queue);
}

void queue_wake(void *arg)
{
    struct queue *queue = arg;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&queue->lock);

    (void)lock;
    queue->look = true;
    if (queue->is_started)
        call_another(queue);
}

/* The lock is held: waits until there is something to look for. */
static void wait_idle(struct queue *queue)
{
    int64_t wait_ms = queue->next_due - clock_now();

    if (queue->is_timed || queue->looking) {
        queue->spares++;
        (void)cond_wait(&queue->spare, &queue->lock, -1);
        queue->spares--;
        return;
    }
    if (wait_ms > QUEUE_POLL_MS)
        wait_ms = QUEUE_POLL_MS;
    queue->is_timed = true;
    if (wait_ms <= 0 || !cond_wait(&queue->timer, &queue->lock, wait_ms))
        queue->look = true;
    queue->is_timed = false;
}

static void report(const struct run *run, enum run_result result)
{
    static const char *const names[] = {"done", "retried", "dead", "lost"};
    char labels[128];

    snprintf(labels, sizeof(labels), "kind=\"%s\",result=\"%s\"", run->kind->name, names[result]);
    metrics_count("slipway_jobs_total", labels, 1);
    if (result == RUN_DEAD)
        log_error("job.dead", F("kind", run->job.kind), F("key", run->job.key),
                F("attempt", run->job.attempt), F("error", run->failure.text));
    else if (result != RUN_DONE)
        log_warn("job.failed", F("kind", run->job.kind), F("key", run->job.key),
                F("attempt", run->job.attempt), F("result", names[result]),
                F("error", run->failure.text));
}

/* The lock is held, and is let go while the job runs. */
static void run_claimed(struct queue *queue, struct run *run)
{
    enum run_result result;

    queue->running++;
    queue->look = queue->look || queue->next_due <= clock_now();
    call_another(queue);
    pthread_mutex_unlock(&queue->lock);
    result = run_job(run);
    report(run, result);
    run_done(run);
    pthread_mutex_lock(&queue->lock);
    queue->running--;
    queue->look = true; /* it may have been in the way of another */
    pthread_cond_broadcast(&queue->ended);
}

/* The lock is held, and is let go meanwhile. */
static void look_for_job(struct queue *queue)
{
    struct error err = {0};
    struct run run;
    int64_t next_due = 0;
    int r;

    queue->look = false;
    queue->looking = true;
    pthread_mutex_unlock(&queue->lock);
    r = run_claim(queue, &run, &next_due, &err);
    if (r < 0)
        log_warn("job.claim", F("error", err.text));
    pthread_mutex_lock(&queue->lock);
    queue->looking = false;
    queue->next_due = r < 0 ? clock_now() + QUEUE_BLOCKED_MS : next_due;
    if (r == 1)
        run_claimed(queue, &run);
    else
        pthread_cond_broadcast(&queue->ended);
}

static void *run_worker(void *arg)
{
    struct queue *queue = arg;

    pthread_mutex_lock(&queue->lock);
    while (!queue->is_stopping) {
        if (queue->look && !queue->looking)
            look_for_job(queue);
        else
            wait_idle(queue);
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

/* ---- Starting and stopping -------------------------------------------------------- */

/*
 * What is leased by this server when it starts, was running when it ended. On SQLite there is
 * one server, whatever its name was.
 */
static int end_leases_fn(struct tx *tx, void *arg)
{
    const struct queue *queue = arg;

    return db_exec(tx,
            "update queue_job set due = $1 where state = 'leased' and due > $1"
            " and ($2 = '' or owner = $2)",
            clock_now(), tx->engine == DB_SQLITE ? STR("") : queue->options.owner);
}

static int has_leases_fn(struct tx *tx, void *arg)
{
    const struct db_row *row;

    (void)arg;
    return db_one(tx, &row, "select 1 from queue_job where state = 'leased' limit 1");
}

int queue_start(struct queue *queue, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct db *db = queue->options.db;
    int r = 0;

    if (db_engine(db) == DB_SQLITE || queue->options.owner.len)
        r = db_read(db, &scratch, has_leases_fn, NULL, err);
    if (r > 0)
        r = db_write(db, &scratch, end_leases_fn, queue, err);
    if (r < 0)
        return r;
    pthread_mutex_lock(&queue->lock);
    queue->is_started = true;
    pthread_mutex_unlock(&queue->lock);
    queue_wake(queue);
    return 0;
}

bool queue_stop(struct queue *queue, int64_t grace_ms)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&queue->lock);
    int64_t end = clock_monotonic_us() + grace_ms * 1000;

    queue->is_stopping = true;
    pthread_cond_broadcast(&queue->timer);
    pthread_cond_broadcast(&queue->spare);
    while (queue->running || queue->looking) { /* what is looked for now may be found, and run */
        int64_t rest_us = end - clock_monotonic_us();
        if (rest_us <= 0)
            return false;
        (void)cond_wait(&queue->ended, lock, rest_us / 1000 + 1);
    }
    return true;
}
