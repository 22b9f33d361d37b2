#include "store/db_internal.h"

#include "base/clock.h"
#include "base/random.h"
#include "store/fault.h"

#include <assert.h>

/* ---- Statement cache -------------------------------------------------------------- */

static struct statement_slot *find_slot(const struct statement_cache *cache, const char *sql)
{
    enum {
        SLOTS = 2 * DB_MAX_STATEMENTS
    };
    size_t at = ((uintptr_t)sql * 0x9E3779B97F4A7C15u) >> 32;

    for (;; at++) {
        const struct statement_slot *slot = &cache->slots[at % SLOTS];
        if (!slot->sql || (slot->sql == sql && strcmp(slot->text, sql) == 0))
            return (struct statement_slot *)slot;
    }
}

void *statement_find(const struct statement_cache *cache, const char *sql)
{
    return find_slot(cache, sql)->statement;
}

void statement_drop_all(struct statement_cache *cache, void (*drop)(void *statement))
{
    for (size_t i = 0; i < 2 * DB_MAX_STATEMENTS; i++) {
        if (!cache->slots[i].sql)
            continue;
        drop(cache->slots[i].statement);
        free(cache->slots[i].text);
    }
    memset(cache, 0, sizeof(*cache));
}

void statement_keep(struct statement_cache *cache, const char *sql, void *statement,
        void (*drop)(void *statement))
{
    if (cache->len == DB_MAX_STATEMENTS)
        statement_drop_all(cache, drop);

    struct statement_slot *slot = find_slot(cache, sql);
    size_t size = strlen(sql) + 1;
    slot->sql = sql;
    slot->text = memcpy(mem_alloc(1, size), sql, size);
    slot->statement = statement;
    cache->len++;
}

/* ---- Rows ------------------------------------------------------------------------- */

struct db_arg *row_list_add(struct db_row_list *list, size_t columns)
{
    struct db_arg *cells;

    if (list->len == DB_MAX_ROWS)
        return NULL;
    if (list->len == list->size) {
        size_t size = list->size ? 2 * list->size : 4;
        struct db_row *items = arena_array(list->arena, size, struct db_row);
        if (list->len)
            memcpy(items, list->items, list->len * sizeof(*items));
        list->items = items;
        list->size = size;
    }
    cells = arena_array(list->arena, columns, struct db_arg);
    list->items[list->len++] = (struct db_row){cells, columns};
    return cells;
}

/* ---- Opening ---------------------------------------------------------------------- */

int db_open(const struct db_options *options, struct db **ret, struct error *err)
{
    str url = str_of(options->url);
    unsigned connections =
            options->max_connections ? options->max_connections : DB_DEFAULT_CONNECTIONS;

    if (str_take_prefix(&url, STR("sqlite:"))) {
        if (!url.len)
            return error_set(err, EINVAL, "database url \"sqlite:\" names no file");
        return sqlite_open_db(url.ptr, connections, ret, err);
    }
    if (str_starts(url, STR("postgres://")) || str_starts(url, STR("postgresql://")))
        return postgres_open_db(url.ptr, connections, ret, err);
    return error_set(err, EINVAL, "database url must begin with \"sqlite:\" or \"postgres://\"");
}

void db_close(struct db *db)
{
    if (db)
        db->driver->close(db);
}

enum db_engine db_engine(const struct db *db)
{
    return db->engine;
}

static int ping(struct tx *tx, void *arg)
{
    const struct db_row *row;

    (void)arg;
    return db_one(tx, &row, "select 1");
}

int db_ping(struct db *db, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    int r = db_read(db, &scratch, ping, NULL, err);

    return r < 0 ? r : 0;
}

/* ---- Transactions ----------------------------------------------------------------- */

/* Full jitter: between 0 and 1, 2, 4 … 128 ms, so that those who met do not meet again. */
static void back_off(unsigned tries)
{
    uint64_t most = 1u << (tries < 7 ? tries : 7);

    clock_sleep((int64_t)random_below(most + 1));
}

int db_write_with(
        struct db *db, unsigned flags, struct arena *arena, db_fn *fn, void *arg, struct error *err)
{
    int r;

    for (unsigned tries = 0;; tries++) {
        r = db->driver->write(db, flags, arena, fn, arg, err);
        if (r != -EAGAIN || tries + 1 == DB_MAX_TRIES)
            return r;
        back_off(tries);
    }
}

int db_write(struct db *db, struct arena *arena, db_fn *fn, void *arg, struct error *err)
{
    return db_write_with(db, 0, arena, fn, arg, err);
}

int db_read(struct db *db, struct arena *arena, db_fn *fn, void *arg, struct error *err)
{
    int r;

    for (unsigned tries = 0;; tries++) {
        r = db->driver->read(db, arena, fn, arg, err);
        if (r != -EAGAIN || tries + 1 == DB_MAX_TRIES)
            return r;
        back_off(tries);
    }
}

int tx_call(struct db_connection *connection, struct arena *arena, bool is_write, db_fn *fn,
        void *arg, struct error *err)
{
    struct tx tx = {.arena = arena,
            .is_write = is_write,
            .engine = connection->db->engine,
            .connection = connection};
    int r;

    connection->hooks = NULL;
    connection->depth = 0;
    connection->failed = 0;
    r = fn(&tx, arg);
    if (r >= 0 && connection->failed)
        r = connection->failed; /* fn went on after a failure that undid its writes */
    if (connection->failed == -EAGAIN)
        r = -EAGAIN; /* whatever fn made of it: it has to run again */
    if (r < 0 && err) {
        if (!tx.error.text[0])
            (void)error_set(&tx.error, -r, "transaction failed: %s", strerrordesc_np(-r));
        *err = tx.error;
    }
    return r;
}

void tx_run_hooks(struct tx_hook *hooks)
{
    struct tx_hook *in_order = NULL;

    while (hooks) {
        struct tx_hook *next = hooks->next;
        hooks->next = in_order;
        in_order = hooks;
        hooks = next;
    }
    for (; in_order; in_order = in_order->next)
        in_order->fn(in_order->arg);
}

void tx_on_commit(struct tx *tx, void (*fn)(void *arg), void *arg)
{
    struct tx_hook *hook = arena_new(tx->arena, struct tx_hook);

    assert(tx->is_write);
    *hook = (struct tx_hook){tx->connection->hooks, fn, arg};
    tx->connection->hooks = hook;
}

int tx_nested(struct tx *tx, db_fn *fn, void *arg)
{
    /* clang-format off */
    static const struct { const char *begin, *undo, *end; } texts[DB_MAX_NESTING] = {
#define LEVEL(n) {"savepoint nested" n, "rollback to savepoint nested" n, "release savepoint nested" n}
        LEVEL("1"), LEVEL("2"), LEVEL("3"), LEVEL("4"), LEVEL("5"), LEVEL("6"), LEVEL("7"), LEVEL("8"),
#undef LEVEL
    };
    /* clang-format on */
    struct db_connection *connection = tx->connection;
    struct tx_hook *hooks = connection->hooks;
    unsigned depth = connection->depth;
    int r, undone;

    if (depth == DB_MAX_NESTING)
        return error_set(&tx->error, EIO, "transactions nest deeper than %d", DB_MAX_NESTING);
    if (connection->failed)
        return connection->failed;
    r = db_exec(tx, texts[depth].begin);
    if (r < 0)
        return r;

    connection->depth++;
    r = fn(tx, arg);
    connection->depth--;
    if (r >= 0 && !connection->failed) {
        int released = db_exec(tx, texts[depth].end);
        return released < 0 ? released : r;
    }

    connection->hooks = hooks;
    if (connection->failed == -EAGAIN)
        return -EAGAIN; /* the whole transaction runs again */
    if (r >= 0)
        r = connection->failed;
    connection->failed = 0;
    struct error why = tx->error;
    undone = db_exec(tx, texts[depth].undo);
    if (undone >= 0)
        undone = db_exec(tx, texts[depth].end);
    if (undone < 0)
        return connection->failed = undone;
    tx->error = why;
    return r;
}

/* ---- Statements ------------------------------------------------------------------- */

/* PostgreSQL refuses these; SQLite would keep them and answer oddly later. */
static int check_args(struct tx *tx, const struct db_arg *args, size_t len)
{
    if (len > DB_MAX_ARGS)
        return error_set(&tx->error, EIO, "statement has more than %d parameters", DB_MAX_ARGS);
    for (size_t i = 0; i < len; i++) {
        if (args[i].kind != DB_ARG_TEXT || !args[i].s.len)
            continue;
        if (memchr(args[i].s.ptr, '\0', args[i].s.len) || !str_is_utf8(args[i].s))
            return error_set(&tx->error, EILSEQ, "text is not UTF-8, or contains a NUL");
    }
    return 0;
}

static int run(
        struct tx *tx, struct db_rows *ret, const char *sql, const struct db_arg *args, size_t len)
{
    int r = check_args(tx, args, len);
    int fault = fault_hit(FAULT_STATEMENT);

    if (r < 0)
        return r;
    if (tx->connection->failed)
        return tx->connection->failed;
    if (fault)
        return error_set(&tx->error, fault, "statement failed by a test");
    return tx->connection->db->driver->run(tx, ret, sql, args, len);
}

int db_exec_args(struct tx *tx, const char *sql, const struct db_arg *args, size_t len)
{
    return run(tx, NULL, sql, args, len);
}

int db_query_args(
        struct tx *tx, struct db_rows *ret, const char *sql, const struct db_arg *args, size_t len)
{
    return run(tx, ret, sql, args, len);
}

int db_one_args(struct tx *tx, const struct db_row **ret, const char *sql,
        const struct db_arg *args, size_t len)
{
    struct db_rows rows;
    int r = run(tx, &rows, sql, args, len);

    if (r < 0)
        return r;
    if (rows.len > 1)
        return error_set(&tx->error, EIO, "query for one row gives %zu", rows.len);
    *ret = rows.len ? &rows.items[0] : NULL;
    return (int)rows.len;
}
