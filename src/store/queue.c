#include "store/queue.h"

#include "base/clock.h"
#include "base/random.h"
#include "embedded.h"
#include "store/queue_internal.h"

const struct db_schema queue_schema = {"queue", queue_store_sql};

static bool is_known(const struct queue *queue, const char *kind)
{
    for (size_t i = 0; i < queue->options.kinds_len; i++)
        if (strcmp(kind, queue->options.kinds[i]->name) == 0)
            return true;
    return false;
}

int queue_add(
        struct queue *queue, struct tx *tx, const char *kind, str key, str payload, int64_t run_at)
{
    int64_t now = clock_now();
    int r;

    if (!is_known(queue, kind))
        return error_set(&tx->error, EINVAL, "no such kind of job: %s", kind);
    r = db_exec(tx,
            "insert into queue_job (id, kind, key, payload, state, due, attempt, created)"
            " values ($1, $2, $3, $4, 'waiting', $5, 0, $6)"
            " on conflict (kind, key) where state = 'waiting' do update set due ="
            " case when excluded.due < queue_job.due then excluded.due else queue_job.due end",
            random_uuid_sortable(tx->arena), kind, key, db_blob(payload.ptr ? payload : STR("")),
            run_at > now ? run_at : now, now);
    if (r < 0)
        return r;
    notify_add(queue->options.notify, tx, QUEUE_TOPIC);
    return 0;
}

int queue_cancel(struct queue *queue, struct tx *tx, const char *kind, str key)
{
    (void)queue;
    return db_exec(tx, "delete from queue_job where kind = $1 and key = $2 and state = 'waiting'",
            kind, key);
}

int queue_run_due(struct queue *queue, struct error *err)
{
    int64_t next_due = 0;
    struct run run;
    int count = 0;
    int r;

    do {
        while ((r = run_claim(queue, &run, &next_due, err)) > 0) {
            (void)run_job(&run); /* a failed job is in its row */
            run_done(&run);
            count++;
        }
    } while (r == 0 && next_due <= clock_now()); /* an unknown kind was put off */
    return r < 0 ? r : count;
}

/* ---- Counting --------------------------------------------------------------------- */

struct stats {
    int64_t now, waiting, leased, dead, oldest;
};

static int stats_fn(struct tx *tx, void *arg)
{
    struct stats *stats = arg;
    struct db_rows rows;
    int64_t now = clock_now();
    int r = db_query(tx, &rows, "select state, count(*), min(due) from queue_job group by state");

    *stats = (struct stats){.now = now, .oldest = now};
    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        const struct db_row *row = &rows.items[i];
        if (str_eq(row_text(row, 0), STR("waiting"))) {
            stats->waiting = row_int(row, 1);
            if (row_int(row, 2) < stats->oldest)
                stats->oldest = row_int(row, 2);
        } else if (str_eq(row_text(row, 0), STR("leased"))) {
            stats->leased = row_int(row, 1);
        } else {
            stats->dead = row_int(row, 1);
        }
    }
    return r < 0 ? r : 0;
}

int queue_stats(struct queue *queue, int64_t *waiting, int64_t *leased, int64_t *dead,
        int64_t *oldest_ms, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct stats stats;
    int r = db_read(queue->options.db, &scratch, stats_fn, &stats, err);

    if (r < 0)
        return r;
    *waiting = stats.waiting;
    *leased = stats.leased;
    *dead = stats.dead;
    *oldest_ms = stats.now - stats.oldest;
    return 0;
}

/* ---- Life cycle ------------------------------------------------------------------- */

int queue_open(const struct queue_options *options, struct queue **ret, struct error *err)
{
    struct queue *queue;

    if (options->threads > QUEUE_MAX_THREADS)
        return error_set(err, EINVAL, "a queue has at most %d threads", QUEUE_MAX_THREADS);
    queue = mem_new(struct queue);
    queue->options = *options;
    if (!queue->options.threads)
        queue->options.threads = QUEUE_DEFAULT_THREADS;
    pthread_mutex_init(&queue->lock, NULL);
    cond_init(&queue->timer);
    cond_init(&queue->spare);
    cond_init(&queue->ended);
    queue->subscription = notify_subscribe(options->notify, QUEUE_TOPIC, queue_wake, queue);
    *ret = queue;
    return 0;
}

void queue_close(struct queue *queue)
{
    if (!queue)
        return;
    (void)queue_stop(queue, 0); /* the threads are joined below */
    notify_unsubscribe(queue->subscription);
    for (unsigned i = 0; i < queue->threads_len; i++)
        (void)pthread_join(queue->threads[i], NULL);
    pthread_cond_destroy(&queue->timer);
    pthread_cond_destroy(&queue->spare);
    pthread_cond_destroy(&queue->ended);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}
