#include "api/last_use.h"

#include "api/private.h"
#include "base/clock.h"
#include "base/metrics.h"

enum {
    ID_MAX = 128,
    NAME_MAX_LEN = 63, /* of a service, of a region */
    ROWS_AT_ONCE = 500,
};

/* In the map as long as the server runs, or until there are too many. */
struct use {
    struct use *next; /* of those that are being written */
    int64_t time, written;
    bool is_dirty;
    char id[ID_MAX + 1], account[16], service[NAME_MAX_LEN + 1], region[NAME_MAX_LEN + 1];
};

struct last_uses {
    pthread_mutex_t lock;
    struct map all; /* id -> struct use */
};

struct last_uses *last_uses_new(void)
{
    struct last_uses *uses = mem_new(struct last_uses);

    pthread_mutex_init(&uses->lock, NULL);
    return uses;
}

static void clear(struct last_uses *uses)
{
    size_t pos = 0;
    void *use;
    str id;

    while (map_next(&uses->all, &pos, &id, &use))
        free(use);
    map_done(&uses->all);
    uses->all = (struct map){0};
}

void last_uses_free(struct last_uses *uses)
{
    clear(uses);
    pthread_mutex_destroy(&uses->lock);
    free(uses);
}

/* ---- In memory ------------------------------------------------------------------------- */

static void copy(char *to, size_t size, str from)
{
    from = str_head(from, size - 1);
    memcpy(to, from.len ? from.ptr : "", from.len);
    to[from.len] = '\0';
}

/* Absent: nothing of this principal is counted. */
static str id_of(const struct principal *principal)
{
    str rest = principal->user_id, id = {0};

    if (principal->kind == PRINCIPAL_ROLE)
        return str_cut(&rest, ':', &id) ? id : (str){0};
    if ((principal->kind == PRINCIPAL_USER || principal->kind == PRINCIPAL_ROOT) &&
            str_starts(principal->access_key, STR("AKIA")))
        return principal->access_key;
    return (str){0};
}

static struct use *use_of(struct last_uses *uses, str id)
{
    struct use *use = map_get(&uses->all, id);

    if (use)
        return use;
    if (uses->all.len >= LAST_USE_MAX) {
        metrics_count("slipway_last_use_dropped_total", "", 1);
        return NULL;
    }
    use = mem_new(struct use);
    copy(use->id, sizeof(use->id), id);
    (void)map_put(&uses->all, id, use);
    return use;
}

void last_use_note(struct call *call)
{
    struct last_uses *uses = call->server->api->last_uses;
    str id = id_of(call->principal);
    struct use *use;

    if (!id.ptr || id.len > ID_MAX || !call->service || !call->service->model)
        return;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&uses->lock);
    use = use_of(uses, id);
    if (!use || use->time >= call->now)
        return;
    use->time = call->now;
    use->is_dirty = true;
    copy(use->account, sizeof(use->account), call->principal->account);
    copy(use->service, sizeof(use->service), str_of(call->service->model->signing_name));
    copy(use->region, sizeof(use->region), call->region);
}

/* ---- Rows ------------------------------------------------------------------------------ */

/* Copies of what is to be written, in the arena. A full map that has nothing new begins anew. */
static struct use *take(struct last_uses *uses, struct arena *arena, bool all)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&uses->lock);
    struct use *first = NULL, *taken;
    int64_t now = clock_now();
    bool is_any_dirty = false;
    size_t pos = 0, n = 0;
    void *each;
    str id;

    (void)lock;
    while (n < ROWS_AT_ONCE && map_next(&uses->all, &pos, &id, &each)) {
        struct use *use = each;
        is_any_dirty |= use->is_dirty;
        if (!use->is_dirty || (!all && now - use->written < LAST_USE_WRITE_MS))
            continue;
        use->is_dirty = false;
        use->written = now;
        taken = arena_new(arena, struct use);
        *taken = *use;
        taken->next = first;
        first = taken;
        n++;
    }
    if (!is_any_dirty && uses->all.len >= LAST_USE_MAX)
        clear(uses);
    return first;
}

static void put_back(struct last_uses *uses, const struct use *first)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&uses->lock);

    (void)lock;
    for (; first; first = first->next) {
        struct use *use = map_get(&uses->all, str_of(first->id));
        if (use) {
            use->is_dirty = true;
            use->written = 0;
        }
    }
}

/* Another server may have written a later one. */
static int write_all(struct tx *tx, void *arg)
{
    for (const struct use *use = arg; use; use = use->next) {
        int r = db_exec(tx,
                "insert into audit_last_use (id, account, service, region, last_time)"
                " values ($1, $2, $3, $4, $5) on conflict (id) do update set"
                " service = excluded.service, region = excluded.region,"
                " last_time = excluded.last_time"
                " where audit_last_use.last_time < excluded.last_time",
                str_of(use->id), str_of(use->account), str_of(use->service), str_of(use->region),
                use->time);
        if (r < 0)
            return r;
    }
    return 0;
}

int last_use_flush(struct server *server, bool all, struct error *err)
{
    struct last_uses *uses = server->api->last_uses;

    for (;;) {
        AUTO_ARENA struct arena arena = {0};
        struct use *first = take(uses, &arena, all);
        int r;

        if (!first)
            return 0;
        r = db_write(server->db, &arena, write_all, first, err);
        if (r < 0) {
            put_back(uses, first);
            return r;
        }
    }
}

int last_use_find(struct tx *tx, str id, struct last_use *ret)
{
    const struct db_row *row;
    int r = db_one(
            tx, &row, "select last_time, service, region from audit_last_use where id = $1", id);

    if (r > 0)
        *ret = (struct last_use){row_int(row, 0), row_text(row, 1), row_text(row, 2)};
    return r;
}

int last_use_forget(struct tx *tx, str id)
{
    int r = db_exec(tx, "delete from audit_last_use where id = $1", id);

    return r < 0 ? r : 0;
}
