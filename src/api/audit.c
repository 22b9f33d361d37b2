#include "api/audit.h"

#include "api/audit_copy.h"
#include "api/audit_record.h"
#include "api/audit_resource.h"
#include "api/last_use.h"
#include "api/private.h"
#include "api/usage.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/random.h"
#include "embedded.h"

enum {
    AUDIT_MAX_BATCH = 32 << 20, /* bytes held in memory; beyond, the caller writes them itself */
    AUDIT_MAX_HELD = 64 << 20,
    AUDIT_FULL_ENOUGH = 4 << 20, /* bytes that wake the thread before its time */
    AUDIT_MAX_TRANSACTION = 16,  /* chunks written in one transaction */
    AUDIT_FLUSH_MS = 1000,
};

const struct db_schema audit_schema = {"audit", schema_api_sql};

struct audit_batch {
    struct server *server;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_mutex_t flushing; /* one flush at a time keeps the order */
    pthread_t thread;
    struct audit_chunk *open; /* of each account and region, at most one */
    struct audit_chunk *closed, **tail;
    size_t held; /* bytes of both */
    bool is_stopping;
};

/* ---- A change's row ------------------------------------------------------------------------- */

static struct audit_item item_of(
        struct call *call, const struct audit_side *side, const void *in, const void *out)
{
    const struct principal *principal = call->principal;
    str name = principal->kind == PRINCIPAL_ROLE   ? principal->session_name
               : principal->kind == PRINCIPAL_ROOT ? STR("root")
                                                   : principal->name;

    return (struct audit_item){
            .time = call->now,
            .event_id = side->event_id,
            .event_source = str_of(call->service->model->event_source),
            .event_name = call->private_->target.operation_name,
            .user_name = side->is_owner ? (str){0} : name,
            .access_key = side->is_owner ? (str){0} : principal->access_key,
            .error_code = call->failure.code,
            .is_read = audit_is_read(call),
            .resources = call->private_->resources,
            .record = audit_record_json(call, side, in, out),
            .trace = call->failure.code.ptr && !side->is_owner ? call->private_->trace : (str){0},
    };
}

static int insert_resource(struct call *call, str account, str event_id, str arn)
{
    return db_exec(call->tx,
            "insert into audit_resource (event_id, name, short_name, type, account, region, "
            "time) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            event_id, arn, audit_resource_name(arn), audit_resource_type(arn), account,
            call->region, call->now);
}

static int insert_event(struct call *call, str account, const struct audit_item *item)
{
    int r = db_exec(call->tx,
            "insert into audit_event (account, region, event_id, time, event_source, event_name, "
            "read_only, user_name, access_key, error_code, record) values ($1, $2, $3, $4, $5, $6, "
            "$7, $8, $9, $10, $11) on conflict do nothing",
            account, call->region, item->event_id, item->time, item->event_source, item->event_name,
            (int64_t)item->is_read, item->user_name, item->access_key, item->error_code,
            item->record);

    for (size_t i = 0; i < item->resources.len && r > 0; i++) {
        int n = insert_resource(call, account, item->event_id, item->resources.items[i]);
        if (n < 0)
            return n;
    }
    return r < 0 ? r : audit_copy_event(call, account, item);
}

int audit_record(struct call *call, const void *in, const void *out)
{
    struct audit_side sides[AUDIT_SIDES];
    size_t len = audit_sides(call, sides);

    for (size_t i = 0; i < len; i++) {
        struct audit_item item = item_of(call, &sides[i], in, out);
        int r = insert_event(call, sides[i].account, &item);
        if (r < 0)
            return r;
    }
    call->private_->is_audited = true;
    return 0;
}

int audit_record_service_event(struct call *call, const struct audit_service_event *event)
{
    struct str_list *resources = &call->private_->resources;
    struct audit_item item;
    int r;

    call->event_id = random_uuid(call->arena);
    *resources = (struct str_list){arena_array(call->arena, 1, str), 1, true};
    resources->items[0] = event->resource;
    item = (struct audit_item){
            .time = call->now,
            .event_id = call->event_id,
            .event_source = str_of(call->service->model->event_source),
            .event_name = event->name,
            .resources = *resources,
            .record = audit_record_service_json(call, event),
    };
    r = insert_event(call, call->account, &item);
    return r < 0 ? r : 0;
}

bool audit_is_data_event(const struct call *call)
{
    return call->operation && (call->operation->flags & OP_DATA_PLANE) &&
           call->service->has_data_events;
}

int audit_record_data(struct call *call, const void *in, const void *out)
{
    struct audit_side sides[AUDIT_SIDES];
    size_t len = audit_is_data_event(call) ? audit_sides(call, sides) : 0;

    for (size_t i = 0; i < len; i++) {
        if (!audit_wants_data(call->server, sides[i].account))
            continue;
        struct audit_item item = item_of(call, &sides[i], in, out);
        int r = audit_copy_data(call, sides[i].account, &item);
        if (r < 0)
            return r;
    }
    call->private_->is_audited = len > 0;
    return 0;
}

/* ---- The batch ------------------------------------------------------------------------------ */

/* Where a pointer to the open chunk of an account and region is, or would be. */
static struct audit_chunk **find_open(
        struct audit_batch *batch, str account, str region, bool is_data)
{
    struct audit_chunk **at = &batch->open;

    while (*at && !((*at)->is_data == is_data && str_eq(str_of((*at)->account), account) &&
                          str_eq(str_of((*at)->region), region)))
        at = &(*at)->next;
    return at;
}

static void close_chunk(struct audit_batch *batch, struct audit_chunk **at)
{
    struct audit_chunk *chunk = *at;

    *at = chunk->next;
    chunk->next = NULL;
    *batch->tail = chunk;
    batch->tail = &chunk->next;
}

/* False: the batch is full. Past the ceiling, with a database that takes nothing, the item is
 * dropped. */
static bool append(struct audit_batch *batch, const struct call *call, str account, str item)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);
    bool is_data = audit_is_data_event(call);
    struct audit_chunk **at = find_open(batch, account, call->region, is_data);
    bool was_enough = batch->held >= AUDIT_FULL_ENOUGH;

    (void)lock;
    if (batch->held >= AUDIT_MAX_HELD) {
        metrics_count("slipway_audit_dropped_total", "", 1);
        return false;
    }
    if (!*at || !audit_chunk_add(*at, call->now, item)) {
        if (*at)
            close_chunk(batch, at);
        struct audit_chunk *chunk = audit_chunk_new(account, call->region);
        chunk->is_data = is_data;
        chunk->next = batch->open;
        batch->open = chunk;
        at = &batch->open;
        (void)audit_chunk_add(chunk, call->now, item); /* an empty one takes any */
    }
    if (audit_is_global(str_of(call->service->model->event_source)))
        (*at)->has_global = true;
    batch->held += item.len;
    if (!was_enough && batch->held >= AUDIT_FULL_ENOUGH)
        pthread_cond_signal(&batch->wake);
    return batch->held < AUDIT_MAX_BATCH;
}

void audit_record_later(struct call *call, const void *in, const void *out)
{
    struct audit_side sides[AUDIT_SIDES];
    size_t len = audit_sides(call, sides);
    bool has_room = true;
    struct error err;

    for (size_t i = 0; i < len; i++) {
        if (audit_is_data_event(call) && !audit_wants_data(call->server, sides[i].account))
            continue;
        struct audit_item item = item_of(call, &sides[i], in, out);
        has_room = append(call->server->api->audit, call, sides[i].account,
                audit_item_pack(call->arena, &item));
    }
    if (has_room || call->tx)
        return; /* with a transaction: a flush would wait for it; the thread is on its way */
    if (audit_flush(call->server, &err) < 0)
        log_error("audit_flush", F("error", err.text));
}

static void close_all(struct audit_batch *batch)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);

    (void)lock;
    while (batch->open)
        close_chunk(batch, &batch->open);
}

/* Some of the closed chunks; NULL: there is none. */
static struct audit_chunk *take(struct audit_batch *batch)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);
    struct audit_chunk *first = batch->closed, **at = &batch->closed;

    (void)lock;
    for (size_t n = 0; *at && n < AUDIT_MAX_TRANSACTION; n++) {
        batch->held -= (*at)->len;
        at = &(*at)->next;
    }
    batch->closed = *at;
    if (!batch->closed)
        batch->tail = &batch->closed;
    if (first)
        *at = NULL;
    return first;
}

static void put_back(struct audit_batch *batch, struct audit_chunk *first)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);
    struct audit_chunk **last = &first;

    (void)lock;
    for (; *last; last = &(*last)->next)
        batch->held += (*last)->len;
    if (!batch->closed)
        batch->tail = last;
    *last = batch->closed;
    batch->closed = first;
}

static int write_chunks(struct tx *tx, void *arg)
{
    for (const struct audit_chunk *chunk = arg; chunk; chunk = chunk->next) {
        int r = audit_chunk_insert(tx, chunk);
        if (r < 0)
            return r;
    }
    return 0;
}

static void free_chunks(struct audit_chunk *chunk)
{
    while (chunk) {
        struct audit_chunk *next = chunk->next;
        audit_chunk_free(chunk);
        chunk = next;
    }
}

/* `all`: also what could wait. */
static int flush(struct audit_batch *batch, bool all, struct error *err)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->flushing);
    struct audit_chunk *chunks;

    (void)lock;
    close_all(batch);
    while ((chunks = take(batch))) {
        AUTO_ARENA struct arena arena = {0};
        int r = db_write(batch->server->db, &arena, write_chunks, chunks, err);

        if (r < 0) {
            put_back(batch, chunks);
            return r;
        }
        free_chunks(chunks);
    }
    if (last_use_flush(batch->server, all, err) < 0)
        return -EIO;
    return usage_flush(batch->server, err);
}

int audit_flush(struct server *server, struct error *err)
{
    return flush(server->api->audit, false, err);
}

/* ---- The thread ----------------------------------------------------------------------------- */

/* A full batch is flushed at once, unless the last flush failed. */
static bool wait_a_second(struct audit_batch *batch, bool has_failed)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);

    if (!batch->is_stopping && (has_failed || batch->held < AUDIT_FULL_ENOUGH))
        (void)cond_wait(&batch->wake, lock, AUDIT_FLUSH_MS); /* both ends of it mean: look */
    return !batch->is_stopping;
}

static void *run(void *arg)
{
    struct audit_batch *batch = arg;
    bool has_failed = false;
    struct error err;

    while (wait_a_second(batch, has_failed)) {
        has_failed = flush(batch, false, &err) < 0;
        if (has_failed)
            log_error("audit_flush", F("error", err.text));
    }
    return NULL;
}

struct audit_batch *audit_start(struct server *server)
{
    struct audit_batch *batch = mem_new(struct audit_batch);

    batch->server = server;
    batch->tail = &batch->closed;
    pthread_mutex_init(&batch->lock, NULL);
    pthread_mutex_init(&batch->flushing, NULL);
    cond_init(&batch->wake);
    batch->thread = thread_start("audit", run, batch);
    return batch;
}

static void signal_stop(struct audit_batch *batch)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);

    (void)lock;
    batch->is_stopping = true;
    pthread_cond_signal(&batch->wake);
}

void audit_stop(struct server *server)
{
    struct audit_batch *batch = server->api->audit;
    struct error err;

    signal_stop(batch);
    pthread_join(batch->thread, NULL);
    if (flush(batch, true, &err) < 0)
        log_error("audit_flush", F("error", err.text));
    free_chunks(batch->closed);
    free_chunks(batch->open);
    pthread_mutex_destroy(&batch->lock);
    pthread_mutex_destroy(&batch->flushing);
    pthread_cond_destroy(&batch->wake);
    free(batch);
}
