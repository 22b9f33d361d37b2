#include "api/audit.h"

#include "api/audit_record.h"
#include "api/audit_resource.h"
#include "api/private.h"
#include "base/log.h"
#include "base/metrics.h"
#include "embedded.h"

enum {
    AUDIT_MAX_BATCH = 20000, /* records held in memory; beyond, the caller writes them itself */
    AUDIT_MAX_HELD = 40000,
    AUDIT_MAX_TRANSACTION = 1000, /* records written in one transaction */
    AUDIT_FULL_ENOUGH = 2000,     /* records that wake the thread before its time */
    AUDIT_FLUSH_MS = 1000,
};

const struct db_schema audit_schema = {"audit", schema_api_sql};

/* A row, apart from the call that made it. */
struct entry {
    struct entry *next;
    struct arena arena; /* holds what follows */
    str account, region, event_id, event_source, event_name, user_name, access_key, error_code,
            record;
    int64_t time;
    bool is_read;
    struct str_list resources;
};

struct audit_batch {
    struct server *server;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_mutex_t flushing; /* one flush at a time keeps the order */
    pthread_t thread;
    struct entry *first, **tail;
    size_t len;
    bool is_stopping;
};

/* ---- Rows
 * ---------------------------------------------------------------------------------------- */

static void fill(struct call *call, const void *in, const void *out, struct entry *ret)
{
    const struct service_model *model = call->service->model;

    ret->account = call->account;
    ret->region = call->region;
    ret->event_id = call->event_id;
    ret->event_source = str_of(model->event_source);
    ret->event_name = call->private_->target.operation_name;
    ret->user_name = call->principal->kind == PRINCIPAL_ROLE ? call->principal->session_name
                                                             : call->principal->name;
    if (call->principal->kind == PRINCIPAL_ROOT)
        ret->user_name = STR("root");
    ret->access_key = call->principal->access_key;
    ret->error_code = call->failure.code;
    ret->time = call->now;
    ret->is_read = call_is_read(call);
    ret->resources = call->private_->resources;
    ret->record = audit_record_json(call, in, out);
}

static int insert(struct tx *tx, const struct entry *entry)
{
    int r = db_exec(tx,
            "insert into audit_event (account, region, event_id, time, event_source, event_name, "
            "read_only, user_name,"
            " access_key, error_code, record) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            " on conflict do nothing",
            entry->account, entry->region, entry->event_id, entry->time, entry->event_source,
            entry->event_name, (int64_t)entry->is_read, entry->user_name, entry->access_key,
            entry->error_code, entry->record);

    for (size_t i = 0; i < entry->resources.len && r > 0; i++) {
        str arn = entry->resources.items[i];
        int n = db_exec(tx,
                "insert into audit_resource (event_id, name, short_name, type, account, region, "
                "time) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
                entry->event_id, arn, audit_resource_name(arn), audit_resource_type(arn),
                entry->account, entry->region, entry->time);
        if (n < 0)
            return n;
    }
    return r < 0 ? r : 0;
}

int audit_record(struct call *call, const void *in, const void *out)
{
    struct entry entry = {0};
    int r;

    fill(call, in, out, &entry);
    r = insert(call->tx, &entry);
    if (r >= 0)
        call->private_->is_audited = true;
    return r;
}

/* ---- The batch
 * ------------------------------------------------------------------------------------- */

static struct entry *copy(const struct entry *from)
{
    struct entry *to = mem_new(struct entry);
    str *texts[] = {&to->account, &to->region, &to->event_id, &to->event_source, &to->event_name,
            &to->user_name, &to->access_key, &to->error_code, &to->record};

    *to = *from;
    to->next = NULL;
    to->arena = (struct arena){0};
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        *texts[i] = str_dup(&to->arena, *texts[i]);
    to->resources.items = arena_array(&to->arena, from->resources.len, str);
    for (size_t i = 0; i < from->resources.len; i++)
        to->resources.items[i] = str_dup(&to->arena, from->resources.items[i]);
    return to;
}

static void entry_free(struct entry *entry)
{
    arena_free(&entry->arena);
    free(entry);
}

/* False: the batch is full. Past the ceiling, with a database that takes nothing, the entry is
 * dropped. */
static bool append(struct audit_batch *batch, struct entry *entry)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);

    (void)lock;
    if (batch->len >= AUDIT_MAX_HELD) {
        metrics_count("slipway_audit_dropped_total", "", 1);
        entry_free(entry);
        return false;
    }
    *batch->tail = entry;
    batch->tail = &entry->next;
    if (++batch->len == AUDIT_FULL_ENOUGH)
        pthread_cond_signal(&batch->wake);
    return batch->len < AUDIT_MAX_BATCH;
}

void audit_record_later(struct call *call, const void *in)
{
    struct entry entry = {0};
    struct error err;

    fill(call, in, NULL, &entry);
    if (append(call->server->api->audit, copy(&entry)))
        return;
    if (call->tx)
        return; /* a flush would wait for this transaction; the thread is on its way */
    if (audit_flush(call->server, &err) < 0)
        log_error("audit_flush", F("error", err.text));
}

static struct entry *take(struct audit_batch *batch, size_t max)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);
    struct entry *first = batch->first, **at = &batch->first;
    size_t n = 0;

    (void)lock;
    if (!first)
        return NULL;
    while (*at && n < max) {
        at = &(*at)->next;
        n++;
    }
    batch->first = *at;
    if (!batch->first)
        batch->tail = &batch->first;
    *at = NULL;
    batch->len -= n;
    return first;
}

static void put_back(struct audit_batch *batch, struct entry *first)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);
    struct entry *last = first;
    size_t n = 1;

    (void)lock;
    for (; last->next; last = last->next)
        n++;
    last->next = batch->first;
    if (!batch->first)
        batch->tail = &last->next;
    batch->first = first;
    batch->len += n;
}

static int write_entries(struct tx *tx, void *arg)
{
    for (const struct entry *entry = arg; entry; entry = entry->next) {
        int r = insert(tx, entry);
        if (r < 0)
            return r;
    }
    return 0;
}

static void free_entries(struct entry *entry)
{
    while (entry) {
        struct entry *next = entry->next;
        entry_free(entry);
        entry = next;
    }
}

int audit_flush(struct server *server, struct error *err)
{
    struct audit_batch *batch = server->api->audit;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->flushing);
    struct entry *entries;

    (void)lock;
    while ((entries = take(batch, AUDIT_MAX_TRANSACTION))) {
        AUTO_ARENA struct arena arena = {0};
        int r = db_write(server->db, &arena, write_entries, entries, err);

        if (r < 0) {
            put_back(batch, entries);
            return r;
        }
        free_entries(entries);
    }
    return 0;
}

/* ---- The thread
 * ---------------------------------------------------------------------------------------- */

/* A full batch is flushed at once, unless the last flush failed. */
static bool wait_a_second(struct audit_batch *batch, bool has_failed)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&batch->lock);

    if (!batch->is_stopping && (has_failed || batch->len < AUDIT_FULL_ENOUGH))
        (void)cond_wait(&batch->wake, lock, AUDIT_FLUSH_MS); /* both ends of it mean: look */
    return !batch->is_stopping;
}

static void *run(void *arg)
{
    struct audit_batch *batch = arg;
    bool has_failed = false;
    struct error err;

    while (wait_a_second(batch, has_failed)) {
        has_failed = audit_flush(batch->server, &err) < 0;
        if (has_failed)
            log_error("audit_flush", F("error", err.text));
    }
    return NULL;
}

struct audit_batch *audit_start(struct server *server)
{
    struct audit_batch *batch = mem_new(struct audit_batch);

    batch->server = server;
    batch->tail = &batch->first;
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
    if (audit_flush(server, &err) < 0)
        log_error("audit_flush", F("error", err.text));
    free_entries(batch->first);
    pthread_mutex_destroy(&batch->lock);
    pthread_mutex_destroy(&batch->flushing);
    pthread_cond_destroy(&batch->wake);
    free(batch);
}
