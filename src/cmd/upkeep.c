#include "cmd/upkeep.h"

#include "base/clock.h"
#include "base/log.h"

static const int64_t EVERY_MS = 86400000, GRACE_MS = 86400000, LEASE_MS = 6 * 3600000;

static int plan(struct tx *tx, struct queue *queue, int64_t when)
{
    return queue_add(queue, tx, upkeep_job.name, STR("all"), STR(""), when);
}

static int plan_first(struct tx *tx, void *arg)
{
    struct server *server = arg;

    return plan(tx, server->queue, clock_now() + EVERY_MS);
}

int upkeep_start(struct server *server, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    int r = db_write(server->db, &scratch, plan_first, server, err);

    return r < 0 ? r : 0;
}

static int collect(struct job *job, struct error *err)
{
    struct server *server = job->context;
    int r = blob_collect(server->blobs, server->db, GRACE_MS, err);

    if (r > 0)
        log_info("blobs.collected", F("count", r));
    return r < 0 ? r : 0;
}

static int plan_next(struct job *job, struct tx *tx)
{
    struct server *server = job->context;

    return plan(tx, server->queue, clock_now() + EVERY_MS);
}

/* The last try failed: the next day is another. */
static int give_up(struct job *job, struct tx *tx, const struct error *why)
{
    log_error("blobs.collect", F("error", why->text));
    return plan_next(job, tx);
}

const struct job_kind upkeep_job = {.name = "store.collect",
        .prepare = collect,
        .commit = plan_next,
        .give_up = give_up,
        .lease_ms = LEASE_MS};
