#include "services/cloudtrail/deliver.h"

#include "base/clock.h"
#include "base/random.h"
#include "services/cloudtrail/chain.h"
#include "services/cloudtrail/wanted.h"

enum {
    FILE_MAX = 64 << 20, /* bytes of a file before gzip: twice what its copies may have */
    UNIQUE_LEN = 16,
};

/* What prepare hands to commit. */
struct delivery {
    struct wanted wanted;
    struct buf records;
    size_t count;       /* of records that the trail wants */
    str oldest, newest; /* eventTime of these */
    struct trail_file file;
};

/* ---- Which records ------------------------------------------------------------------------- */

/* ISO 8601 sorts as time does. */
static void note_time(struct arena *arena, struct delivery *d, str time)
{
    if (!d->oldest.ptr || str_cmp(time, d->oldest) < 0)
        d->oldest = str_dup(arena, time);
    if (!d->newest.ptr || str_cmp(time, d->newest) > 0)
        d->newest = str_dup(arena, time);
}

static int add_record(
        struct arena *arena, void *arg, str text, const json_t *record, struct error *err)
{
    struct delivery *d = arg;

    (void)err;
    note_time(arena, d, json_member_str(record, "eventTime"));
    if (d->count++)
        buf_char(&d->records, ',');
    buf_add(&d->records, text);
    return 0;
}

static int add_records(struct arena *arena, struct delivery *d, struct error *err)
{
    int r;

    d->records = buf_make(arena, FILE_MAX);
    buf_add(&d->records, STR("{\"Records\":["));
    r = wanted_each(arena, &d->wanted, add_record, d, err);
    buf_add(&d->records, STR("]}"));
    if (r >= 0 && buf_is_full(&d->records))
        return error_set(err, E2BIG, "a log file is larger than %d bytes", FILE_MAX);
    return r;
}

/* ---- The job ------------------------------------------------------------------------------- */

static int read_delivery(struct tx *tx, void *arg)
{
    struct job *job = arg;
    struct delivery *d = job->prepared;
    int r = trail_by_id(tx, job->key, &d->wanted.trail);

    d->wanted.subscriber = d->wanted.trail.id;
    return r <= 0 ? r : wanted_read(tx, STR(""), &d->wanted);
}

static str file_key(struct arena *arena, const struct trail *trail, str region, int64_t now)
{
    str folder = trail_folder(arena, trail, "CloudTrail", region), time = time_basic(arena, now);
    str unique = random_id(arena, STR(""),
            STR("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"), UNIQUE_LEN);

    /* 20261123T174200Z: of the file's name without seconds */
    return str_printf(arena, "%.*s%.4s/%.2s/%.2s/%.*s_CloudTrail_%.*s_%.13sZ_%.*s.json.gz",
            STR_ARG(folder), time.ptr, time.ptr + 4, time.ptr + 6, STR_ARG(trail->account),
            STR_ARG(region), time.ptr, STR_ARG(unique));
}

int deliver_prepare(struct job *job, struct error *err)
{
    struct server *server = job->context;
    struct delivery *d = arena_new(job->arena, struct delivery);
    int r;

    job->prepared = d;
    r = db_read(server->db, job->arena, read_delivery, job, err);
    if (r >= 0 && d->wanted.copies.len)
        r = add_records(job->arena, d, err);
    if (r < 0 || d->count == 0)
        return r;
    d->file.key = file_key(job->arena, &d->wanted.trail, d->wanted.region, clock_now());
    return trail_file_make(
            server, job->arena, &d->wanted.trail, buf_str(&d->records), &d->file, err);
}

/* `trail` as it is now. */
static int note_file(struct job *job, struct tx *tx, const struct delivery *d,
        const struct trail *trail, int64_t now)
{
    struct server *server = job->context;
    struct chain_file file = {
            .bucket = d->wanted.trail.bucket,
            .object = d->file.key,
            .hash = d->file.sha256,
            .oldest = d->oldest,
            .newest = d->newest,
    };
    int r = trail_note(tx, trail, "files", now, (str){0});

    if (r == 0)
        r = chain_begin(server->queue, tx, trail, d->wanted.region, now);
    return r < 0 ? r : chain_add(tx, trail->id, d->wanted.region, &file, now);
}

/* 1 delivered, 0 refused. */
static int put_file(
        struct job *job, struct tx *tx, const struct delivery *d, const struct trail *trail)
{
    struct call *call = call_for_job(job->context, job->arena, tx, d->wanted.trail.account,
            d->wanted.trail.region, &cloudtrail_service);
    struct call_failure failure;
    int r = 0;

    if (d->count)
        r = trail_file_put(call, &d->wanted.trail, &d->file, &failure);
    if (r == CALL_FAILED) {
        r = trail_note(tx, &d->wanted.trail, "files", call->now, failure.code);
        return r < 0 ? r : wanted_give_up_old(tx, &d->wanted, call->now);
    }
    if (r >= 0 && d->count)
        r = note_file(job, tx, d, trail, call->now);
    if (r >= 0)
        r = wanted_delete(tx, &d->wanted);
    return r < 0 ? r : 1;
}

static int plan(struct queue *queue, struct tx *tx, str trail, int64_t when)
{
    return queue_add(queue, tx, "cloudtrail.deliver", trail, STR(""), when);
}

/* A trail that is off, and has nothing left, has no job; switching it on makes one. */
static int plan_next(struct job *job, struct tx *tx, const struct trail *trail, bool was_delivered)
{
    struct server *server = job->context;
    struct str_list regions;
    int64_t now = clock_now();
    int r = audit_copies_regions(tx, trail->id, 1, &regions);

    if (r < 0 || (!regions.len && !trail->is_logging))
        return r;
    return plan(server->queue, tx, trail->id,
            regions.len && was_delivered ? now : now + DELIVER_EVERY_MS);
}

int deliver_commit(struct job *job, struct tx *tx)
{
    struct delivery *d = job->prepared;
    struct trail trail;
    int was_delivered = 0;
    int r = trail_by_id(tx, job->key, &trail);

    if (r <= 0)
        return r; /* it is deleted: nothing is left to do */
    if (d->wanted.copies.len) {
        was_delivered = put_file(job, tx, d, &trail);
        if (was_delivered < 0)
            return was_delivered;
    }
    return plan_next(job, tx, &trail, was_delivered);
}

/* It was no refusal but an error of ours: the trail goes on all the same. */
int deliver_give_up(struct job *job, struct tx *tx, const struct error *why)
{
    struct trail trail;
    int r = trail_by_id(tx, job->key, &trail);

    (void)why; /* the queue logs it */
    if (r <= 0)
        return r;
    r = trail_note(tx, &trail, "files", clock_now(), STR("InternalError"));
    return r < 0 ? r : plan_next(job, tx, &trail, false);
}

int deliver_plan(struct call *call, const struct trail *trail)
{
    return plan(call->server->queue, call->tx, trail->id, call->now + DELIVER_EVERY_MS);
}
