#include "api/audit_copy.h"

#include "api/private.h"
#include "base/clock.h"
#include "base/zstd.h"

enum {
    WANTS_MAX = 10000,         /* accounts with data events */
    WANTS_KNOWN_MS = 1000,     /* how long another server may be late to notice a change */
    COPY_MAX_BYTES = 16 << 20, /* of one delivery, unpacked */
    COPY_MAX = 2000,
};

/* ---- Subscribers --------------------------------------------------------------------------- */

/* The accounts in which somebody wants data events: asked at every call of S3, so in memory. */
struct audit_wants {
    pthread_mutex_t lock;
    struct arena arena;
    struct str_list accounts;
    int64_t loaded_us; /* 0: not yet, or no longer true */
};

struct audit_wants *audit_wants_new(void)
{
    struct audit_wants *wants = mem_new(struct audit_wants);

    pthread_mutex_init(&wants->lock, NULL);
    return wants;
}

void audit_wants_free(struct audit_wants *wants)
{
    pthread_mutex_destroy(&wants->lock);
    arena_free(&wants->arena);
    free(wants);
}

static void forget(void *arg)
{
    struct audit_wants *wants = arg;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&wants->lock);

    (void)lock;
    wants->loaded_us = 0;
}

static int load(struct tx *tx, void *arg)
{
    return db_query(tx, arg,
            "select distinct account from audit_subscriber where is_on = 1 and wants_data = 1 "
            "limit $1",
            (int64_t)WANTS_MAX);
}

static bool is_known(struct audit_wants *wants)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&wants->lock);

    (void)lock;
    return wants->loaded_us && clock_monotonic_us() - wants->loaded_us < WANTS_KNOWN_MS * 1000;
}

int audit_wants_load(struct server *server, struct error *err)
{
    struct audit_wants *wants = server->api->audit_wants;
    AUTO_ARENA struct arena scratch = {0};
    struct db_rows rows = {0};
    int r;

    if (is_known(wants))
        return 0;
    r = db_read(server->db, &scratch, load, &rows, err);
    if (r < 0)
        return r;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&wants->lock);
    (void)lock;
    arena_free(&wants->arena);
    wants->arena = (struct arena){0};
    wants->accounts = (struct str_list){.items = arena_array(&wants->arena, rows.len, str)};
    for (size_t i = 0; i < rows.len; i++)
        wants->accounts.items[wants->accounts.len++] =
                str_dup(&wants->arena, row_text(&rows.items[i], 0));
    wants->loaded_us = clock_monotonic_us();
    return 0;
}

bool audit_wants_data(struct server *server, str account)
{
    struct audit_wants *wants = server->api->audit_wants;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&wants->lock);

    (void)lock;
    for (size_t i = 0; i < wants->accounts.len; i++)
        if (str_eq(wants->accounts.items[i], account))
            return true;
    return false;
}

int audit_subscriber_put(struct call *call, const struct audit_subscriber *s)
{
    int r = db_exec(call->tx,
            "insert into audit_subscriber (id, account, region, is_on, has_all_regions, "
            "has_global, wants_data) values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do "
            "update set is_on = excluded.is_on, has_all_regions = excluded.has_all_regions, "
            "has_global = excluded.has_global, wants_data = excluded.wants_data",
            s->id, s->account, s->region, (int64_t)s->is_on, (int64_t)s->has_all_regions,
            (int64_t)s->has_global, (int64_t)s->wants_data);

    if (r < 0)
        return r;
    tx_on_commit(call->tx, forget, call->server->api->audit_wants);
    return 0;
}

int audit_subscriber_delete(struct tx *tx, str id)
{
    int r = db_exec(tx, "delete from audit_subscriber where id = $1", id);

    return r < 0 ? r : 0;
}

/* ---- Copies -------------------------------------------------------------------------------- */

bool audit_is_global(str event_source)
{
    return str_eq(event_source, STR("iam.amazonaws.com"));
}

/* $1 account, $2 region, $3 of a global service, $4 id, $5 size, $6 items */
#define NOTE(columns, values)                                                                      \
    "insert into audit_copy (subscriber, region, id, size, " columns ") select id, $2, $4, $5, "   \
    "" values " from audit_subscriber where account = $1 and is_on = 1 and "                       \
    "(region = $2 or has_all_regions = 1 or (has_global = 1 and $3 = 1))"
#define NOTE_EVENT NOTE("kind", "'event'") " on conflict do nothing"
#define NOTE_CHUNK NOTE("kind", "'chunk'")
#define NOTE_DATA NOTE("kind, items", "'data', $6") " and wants_data = 1 on conflict do nothing"

int audit_copy_event(struct call *call, str account, const struct audit_item *item)
{
    int r = db_exec(call->tx, NOTE_EVENT, account, call->region,
            (int64_t)audit_is_global(item->event_source), item->event_id,
            (int64_t)item->record.len);

    return r < 0 ? r : 0;
}

int audit_copy_data(struct call *call, str account, const struct audit_item *item)
{
    str packed = audit_item_pack(call->arena, item);
    int r = db_exec(call->tx, NOTE_DATA, account, call->region, (int64_t)0, item->event_id,
            (int64_t)packed.len, db_blob(zstd_pack(call->arena, packed)));

    return r < 0 ? r : 0;
}

int audit_copy_chunk(struct tx *tx, const struct audit_chunk *chunk, str id, str packed)
{
    int r;

    if (chunk->is_data)
        r = db_exec(tx, NOTE_DATA, str_of(chunk->account), str_of(chunk->region), (int64_t)0, id,
                (int64_t)chunk->len, db_blob(packed));
    else
        r = db_exec(tx, NOTE_CHUNK, str_of(chunk->account), str_of(chunk->region),
                (int64_t)chunk->has_global, id, (int64_t)chunk->len);
    return r < 0 ? r : 0;
}

/* ---- Delivering them ----------------------------------------------------------------------- */

/* How many of the oldest are one delivery. */
static int measure(struct tx *tx, str subscriber, str region, int64_t *ret)
{
    struct db_rows rows;
    int64_t bytes = 0;
    int r = db_query(tx, &rows,
            "select size from audit_copy where subscriber = $1 and region = $2 order by id "
            "limit $3",
            subscriber, region, (int64_t)COPY_MAX);

    *ret = 0;
    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        bytes += row_int(&rows.items[i], 0);
        if (i && bytes > COPY_MAX_BYTES)
            break;
        ++*ret;
    }
    return r;
}

int audit_copies_read(struct tx *tx, str subscriber, str region, struct audit_copies *ret)
{
    struct db_rows rows;
    int64_t count;
    int r = measure(tx, subscriber, region, &count);

    *ret = (struct audit_copies){0};
    if (r < 0 || count == 0)
        return r < 0 ? r : 0;
    r = db_query(tx, &rows,
            "select c.id, c.size, coalesce(c.items, k.items), e.record from audit_copy c "
            "left join audit_event e on c.kind = 'event' and e.event_id = c.id "
            "left join audit_chunk k on c.kind = 'chunk' and k.id = c.id "
            "where c.subscriber = $1 and c.region = $2 order by c.id limit $3",
            subscriber, region, count);
    if (r < 0)
        return r;
    ret->items = arena_array(tx->arena, rows.len, struct audit_copy);
    for (; ret->len < rows.len; ret->len++) {
        const struct db_row *row = &rows.items[ret->len];

        ret->items[ret->len] = (struct audit_copy){
                .id = row_text(row, 0),
                .size = row_int(row, 1),
                .items = row_text(row, 2),
                .record = row_text(row, 3),
        };
    }
    return 0;
}

int audit_copies_delete(
        struct tx *tx, str subscriber, str region, const struct audit_copies *copies)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < copies->len; i++)
        r = db_exec(tx, "delete from audit_copy where subscriber = $1 and region = $2 and id = $3",
                subscriber, region, copies->items[i].id);
    return r < 0 ? r : 0;
}

int audit_copies_regions(struct tx *tx, str subscriber, int64_t limit, struct str_list *ret)
{
    struct db_rows rows;
    int r = db_query(tx, &rows,
            "select distinct region from audit_copy where subscriber = $1 order by region limit $2",
            subscriber, limit);

    if (r < 0)
        return r;
    *ret = (struct str_list){.items = arena_array(tx->arena, rows.len, str), .is_set = true};
    while (ret->len < rows.len) {
        ret->items[ret->len] = row_text(&rows.items[ret->len], 0);
        ret->len++;
    }
    return 0;
}
