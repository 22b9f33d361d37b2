#include "services/cloudtrail/deliver.h"

#include "api/audit_copy.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/zstd.h"
#include "services/cloudtrail/chain.h"
#include "services/cloudtrail/selectors.h"

enum {
    FILE_MAX = 64 << 20, /* bytes of a file before gzip: twice what its copies may have */
    UNIQUE_LEN = 16,
};
static const int64_t DAY_MS = 86400000;

/* What prepare hands to commit. */
struct delivery {
    struct trail trail;
    str region;
    struct audit_copies copies;
    struct selectors selectors;
    struct buf records;
    size_t count;       /* of records that the trail wants */
    str oldest, newest; /* eventTime of these */
    struct trail_file file;
};

/* ---- Which records ------------------------------------------------------------------------- */

/* IAM's records belong to every region, or to none: as the trail says. */
static bool is_in_scope(const struct delivery *d, const json_t *record)
{
    const struct trail *trail = &d->trail;

    if (audit_is_global(json_member_str(record, "eventSource")))
        return trail->has_global;
    return trail->is_multi_region || str_eq(trail->region, d->region);
}

/* ISO 8601 sorts as time does. */
static void note_time(struct arena *arena, struct delivery *d, str time)
{
    if (!d->oldest.ptr || str_cmp(time, d->oldest) < 0)
        d->oldest = str_dup(arena, time);
    if (!d->newest.ptr || str_cmp(time, d->newest) > 0)
        d->newest = str_dup(arena, time);
}

static int add_record(struct arena *arena, struct delivery *d, str text, struct error *err)
{
    AUTO_JSON json_t *record = NULL;
    int r = json_parse(text, &record, err);

    if (r < 0)
        return r;
    if (!is_in_scope(d, record) || !selectors_match(&d->selectors, record))
        return 0;
    note_time(arena, d, json_member_str(record, "eventTime"));
    if (d->count++)
        buf_char(&d->records, ',');
    buf_add(&d->records, text);
    return 0;
}

static int add_items(
        struct arena *arena, struct delivery *d, const struct audit_copy *copy, struct error *err)
{
    struct audit_item item;
    str rest;
    int r = zstd_unpack(arena, copy->items, (size_t)copy->size, &rest);

    while (r >= 0 && (r = audit_item_next(arena, &rest, &item)) > 0)
        r = add_record(arena, d, item.record, err);
    return r < 0 ? error_set(err, -r, "a copy of the audit is damaged") : 0;
}

static int add_copies(struct arena *arena, struct delivery *d, struct error *err)
{
    int r = 0;

    d->records = buf_make(arena, FILE_MAX);
    buf_add(&d->records, STR("{\"Records\":["));
    for (size_t i = 0; i < d->copies.len && r >= 0; i++) {
        const struct audit_copy *copy = &d->copies.items[i];

        if (copy->items.ptr)
            r = add_items(arena, d, copy, err);
        else if (copy->record.ptr)
            r = add_record(arena, d, copy->record, err);
    }
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
    struct str_list regions;
    int r = trail_by_id(tx, job->key, &d->trail);

    if (r <= 0)
        return r;
    r = audit_copies_regions(tx, d->trail.id, 1, &regions);
    if (r < 0 || regions.len == 0)
        return r;
    d->region = regions.items[0];
    r = audit_copies_read(tx, d->trail.id, d->region, &d->copies);
    return r < 0 ? r : selectors_load(tx->arena, d->trail.selectors, &d->selectors, &tx->error);
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
    if (r >= 0 && d->copies.len)
        r = add_copies(job->arena, d, err);
    if (r < 0 || d->count == 0)
        return r;
    d->file.key = file_key(job->arena, &d->trail, d->region, clock_now());
    return trail_file_make(server, job->arena, &d->trail, buf_str(&d->records), &d->file, err);
}

/* Ids begin with their time. */
static int give_up_old(struct tx *tx, const struct delivery *d, int64_t now)
{
    uint64_t before = (uint64_t)(now - DELIVER_KEEP_DAYS * DAY_MS);
    str id = str_printf(tx->arena, "%08llx-%04llx", (unsigned long long)(before >> 16),
            (unsigned long long)(before & 0xffff));
    int r = db_exec(tx, "delete from audit_copy where subscriber = $1 and region = $2 and id < $3",
            d->trail.id, d->region, id);

    return r < 0 ? r : 0;
}

/* `trail` as it is now. */
static int note_file(struct job *job, struct tx *tx, const struct delivery *d,
        const struct trail *trail, int64_t now)
{
    struct server *server = job->context;
    struct chain_file file = {
            .bucket = d->trail.bucket,
            .object = d->file.key,
            .hash = d->file.sha256,
            .oldest = d->oldest,
            .newest = d->newest,
    };
    int r = trail_note(tx, trail, "files", now, (str){0});

    if (r == 0)
        r = chain_begin(server->queue, tx, trail, d->region, now);
    return r < 0 ? r : chain_add(tx, trail->id, d->region, &file, now);
}

/* 1 delivered, 0 refused. */
static int put_file(
        struct job *job, struct tx *tx, const struct delivery *d, const struct trail *trail)
{
    struct call *call = call_for_job(
            job->context, job->arena, tx, d->trail.account, d->trail.region, &cloudtrail_service);
    struct call_failure failure;
    int r = 0;

    if (d->count)
        r = trail_file_put(call, &d->trail, &d->file, &failure);
    if (r == CALL_FAILED) {
        r = trail_note(tx, &d->trail, "files", call->now, failure.code);
        return r < 0 ? r : give_up_old(tx, d, call->now);
    }
    if (r >= 0 && d->count)
        r = note_file(job, tx, d, trail, call->now);
    if (r >= 0)
        r = audit_copies_delete(tx, d->trail.id, d->region, &d->copies);
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
    if (d->copies.len) {
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
