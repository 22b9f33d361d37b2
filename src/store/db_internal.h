/*
 * db_internal - what the parts of db share: drivers, connections, hooks
 *
 * db.c holds what is the same for both engines and calls the driver for the rest.
 * Each driver puts its own state behind struct db and struct db_connection, which
 * are the first members of its own structs. Only store/ includes this header.
 */
#pragma once

#include "store/db.h"

enum {
    DB_MAX_NESTING = 8,      /* savepoints inside one transaction */
    DB_MAX_STATEMENTS = 256, /* prepared on one connection; then all are dropped */
    DB_DEFAULT_CONNECTIONS = 16,
};

enum db_write_flags {
    DB_WRITE_READ_COMMITTED = 1, /* PostgreSQL: each statement sees the newest rows */
    DB_WRITE_MIGRATION = 2,      /* with the lock that lets one server migrate at a time */
};

struct tx_hook {
    struct tx_hook *next; /* the one added before */
    void (*fn)(void *arg);
    void *arg;
};

/* Prepared statements by the address of their text; the text is compared too. */
struct statement_cache {
    struct statement_slot {
        const char *sql;
        char *text; /* own copy */
        void *statement;
    } slots[2 * DB_MAX_STATEMENTS];
    unsigned len;
};

struct db_connection {
    struct db *db;
    struct db_connection *next; /* in the pool */
    struct tx_hook *hooks;      /* of the transaction under way, newest first */
    unsigned depth;             /* open savepoints of tx_nested() */
    int failed;                 /* the transaction cannot commit any more: why */
    struct statement_cache *statements;
};

struct db_driver {
    void (*close)(struct db *db);
    int (*write)(struct db *db, unsigned flags, struct arena *arena, db_fn *fn, void *arg,
            struct error *err);
    int (*read)(struct db *db, struct arena *arena, db_fn *fn, void *arg, struct error *err);
    /* ret NULL: rows changed; else the rows, and their number. */
    int (*run)(struct tx *tx, struct db_rows *ret, const char *sql, const struct db_arg *args,
            size_t len);
    /* Several statements without parameters. */
    int (*script)(struct tx *tx, const char *sql);
};

struct db {
    enum db_engine engine;
    const struct db_driver *driver;
};

/* The engines: `where` is the url, for SQLite without its scheme. */
int sqlite_open_db(const char *where, unsigned connections, struct db **ret, struct error *err);
int postgres_open_db(const char *where, unsigned connections, struct db **ret, struct error *err);

/* db_write() with enum db_write_flags. */
MUST_CHECK int db_write_with(struct db *db, unsigned flags, struct arena *arena, db_fn *fn,
        void *arg, struct error *err);

/* Runs fn in a fresh struct tx on `connection`; on failure *err has its text. */
int tx_call(struct db_connection *connection, struct arena *arena, bool is_write, db_fn *fn,
        void *arg, struct error *err);
/* Calls hooks in the order they were added. */
void tx_run_hooks(struct tx_hook *hooks);

/* The rows of one query, growing in an arena. */
struct db_row_list {
    struct arena *arena;
    struct db_row *items;
    size_t len;
    size_t size;
};
/* A new row of `columns` cells to fill, or NULL past DB_MAX_ROWS. */
struct db_arg *row_list_add(struct db_row_list *list, size_t columns);

/* NULL: not there. */
void *statement_find(const struct statement_cache *cache, const char *sql);
/* Drops everything by `drop` first when the cache is full. */
void statement_keep(struct statement_cache *cache, const char *sql, void *statement,
        void (*drop)(void *statement));
void statement_drop_all(struct statement_cache *cache, void (*drop)(void *statement));

/* ---- A pool of connections: at most `max`, made when first needed ----------------- */

struct pool;
typedef struct db_connection *pool_open_fn(struct db *db, struct error *err);
typedef void pool_close_fn(struct db_connection *connection);

struct pool *pool_new(struct db *db, unsigned max, pool_open_fn *open, pool_close_fn *close);
void pool_free(struct pool *pool);
/* Waits while all are in use. NULL: a new one could not be opened. */
struct db_connection *pool_take(struct pool *pool, struct error *err);
/* The most recently used is taken again first: its caches are warm. */
void pool_give(struct pool *pool, struct db_connection *connection);
/* Instead of pool_give() for a connection that is broken: closes it. */
void pool_drop(struct pool *pool, struct db_connection *connection);
/* Closes those that lie idle: they are of a server that went away. */
void pool_drop_idle(struct pool *pool);
