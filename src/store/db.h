/*
 * db - SQL, one text for SQLite and PostgreSQL
 *
 *     static int create_user(struct tx *tx, void *arg)
 *     {
 *         const struct db_row *row;
 *         int r = db_exec(tx, "insert into iam_user (account, name, created) values ($1, $2, $3)"
 *                             " on conflict do nothing", account, name, now);
 *         if (r < 0)
 *             return r;
 *         if (r == 0)
 *             return -EEXIST;
 *         return db_one(tx, &row, "select id from iam_user where account = $1 and name = $2",
 *                 account, name);
 *     }
 *     r = db_write(db, arena, create_user, arg, err);
 *
 * Statements are static strings with $1… parameters, prepared once for each
 * connection. Parameters are str (TEXT; absent is NULL), any integer (BIGINT), or
 * db_blob(bytes) (BYTEA). Rows are read whole into the transaction's arena, so every
 * query has a `limit` or a key: DB_MAX_ROWS is a ceiling, not a page size.
 *
 * Columns are TEXT, BIGINT (also for booleans and ms) and BYTEA; these three mean
 * the same in both engines. Text sorts by bytes in both.
 *
 * SQLite: one writer; writers that come together share one commit (and one sync).
 * Each runs behind a savepoint, so one that fails undoes only itself. Readers have
 * snapshots and never wait. PostgreSQL: serializable, one connection for each
 * transaction under way, retried on conflict.
 *
 * A transaction function may run more than once: it has no effect outside the
 * transaction, except through tx_on_commit().
 *
 * Errors    negative errno; the text is in tx->error
 *           -EAGAIN  conflict: return it up to db_write(), which runs the function again
 *           -EEXIST  a unique key or foreign key refused (PostgreSQL: the transaction
 *                    is dead; prefer `on conflict do nothing` and the row count)
 *           -EIO     anything else of the database
 * Threads   struct db: any. A tx belongs to the thread that runs its function.
 */
#pragma once

#include "base/str.h"

struct db;

enum {
    DB_MAX_ARGS = 24,
    DB_MAX_ROWS = 20000,
    DB_MAX_TRIES = 12, /* runs of one transaction function under conflict */
};

enum db_engine {
    DB_SQLITE,
    DB_POSTGRES
};

struct tx {
    struct arena *arena; /* rows live here: the call's arena */
    struct error error;
    bool is_write;
    enum db_engine engine;
    struct db_connection *connection; /* private to store/ */
};

typedef int db_fn(struct tx *tx, void *arg);

struct db_options {
    const char *url;          /* "sqlite:/path/file.db" or "postgres://…" (any libpq URI) */
    unsigned max_connections; /* PostgreSQL, and SQLite readers; 0: 16 */
};

MUST_CHECK int db_open(const struct db_options *options, struct db **ret, struct error *err);
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);
/* A trivial query: for readiness. */
MUST_CHECK int db_ping(struct db *db, struct error *err);

/*
 * Copies a SQLite database, as of one instant, into a new file, also while it is in use.
 * -ENOTSUP PostgreSQL: use its own tools.
 */
MUST_CHECK int db_backup(const char *url, const char *to, struct error *err);

/*
 * Runs fn in a transaction and returns what it returned. >= 0 commits, < 0 rolls
 * back. -EAGAIN only after DB_MAX_TRIES, -EIO when the commit itself failed.
 */
MUST_CHECK int db_write(
        struct db *db, struct arena *arena, db_fn *fn, void *arg, struct error *err);
/* The same on a snapshot; fn may not write. */
MUST_CHECK int db_read(struct db *db, struct arena *arena, db_fn *fn, void *arg, struct error *err);

/* Runs fn behind a savepoint of an open write transaction: < 0 undoes fn's writes only. */
MUST_CHECK int tx_nested(struct tx *tx, db_fn *fn, void *arg);
/*
 * Calls fn(arg) once after a successful commit, on the committing thread, after all
 * locks are free; never after a rollback (also not of the savepoint it was added in).
 * For waking threads and dropping caches. `arg` must outlive the commit: allocate it
 * in the transaction's arena.
 */
void tx_on_commit(struct tx *tx, void (*fn)(void *arg), void *arg);

/* ---- Statements ------------------------------------------------------------------ */

struct db_arg {
    enum {
        DB_ARG_TEXT,
        DB_ARG_INT,
        DB_ARG_BLOB
    } kind;
    str s; /* ptr NULL: SQL NULL */
    int64_t i;
};

struct db_row {
    const struct db_arg *columns; /* kind is DB_ARG_TEXT for NULL too */
    size_t len;
};

struct db_rows {
    const struct db_row *items;
    size_t len;
};

static inline struct db_arg db_text(str s)
{
    return (struct db_arg){.kind = DB_ARG_TEXT, .s = s};
}
static inline struct db_arg db_cstr(const char *s)
{
    return db_text(str_of(s));
}
static inline struct db_arg db_int(int64_t i)
{
    return (struct db_arg){.kind = DB_ARG_INT, .i = i};
}
static inline struct db_arg db_blob(str s)
{
    return (struct db_arg){.kind = DB_ARG_BLOB, .s = s};
}
static inline struct db_arg db_same(struct db_arg arg)
{
    return arg;
}
#define DB_NULL db_text((str){0})

/* Rows changed (>= 0), or negative. */
MUST_CHECK int db_exec_args(struct tx *tx, const char *sql, const struct db_arg *args, size_t len);
/* Rows found, all of them in *ret, in the transaction's arena. */
MUST_CHECK int db_query_args(
        struct tx *tx, struct db_rows *ret, const char *sql, const struct db_arg *args, size_t len);
/* 1 and the row, or 0 and *ret NULL; more than one row is our bug. */
MUST_CHECK int db_one_args(struct tx *tx, const struct db_row **ret, const char *sql,
        const struct db_arg *args, size_t len);

/* clang-format off */
#define DB_ARG(x) _Generic((x), str: db_text, char *: db_cstr, const char *: db_cstr, \
        struct db_arg: db_same, default: db_int)(x)
#define DB_N(_1,_2,_3,_4,_5,_6,_7,_8,_9,_10,_11,_12,_13,_14,_15,_16,_17,_18,_19,_20,_21,_22,_23,_24,N,...) N
#define DB_M1(x) DB_ARG(x)
#define DB_M2(x, ...) DB_ARG(x), DB_M1(__VA_ARGS__)
#define DB_M3(x, ...) DB_ARG(x), DB_M2(__VA_ARGS__)
#define DB_M4(x, ...) DB_ARG(x), DB_M3(__VA_ARGS__)
#define DB_M5(x, ...) DB_ARG(x), DB_M4(__VA_ARGS__)
#define DB_M6(x, ...) DB_ARG(x), DB_M5(__VA_ARGS__)
#define DB_M7(x, ...) DB_ARG(x), DB_M6(__VA_ARGS__)
#define DB_M8(x, ...) DB_ARG(x), DB_M7(__VA_ARGS__)
#define DB_M9(x, ...) DB_ARG(x), DB_M8(__VA_ARGS__)
#define DB_M10(x, ...) DB_ARG(x), DB_M9(__VA_ARGS__)
#define DB_M11(x, ...) DB_ARG(x), DB_M10(__VA_ARGS__)
#define DB_M12(x, ...) DB_ARG(x), DB_M11(__VA_ARGS__)
#define DB_M13(x, ...) DB_ARG(x), DB_M12(__VA_ARGS__)
#define DB_M14(x, ...) DB_ARG(x), DB_M13(__VA_ARGS__)
#define DB_M15(x, ...) DB_ARG(x), DB_M14(__VA_ARGS__)
#define DB_M16(x, ...) DB_ARG(x), DB_M15(__VA_ARGS__)
#define DB_M17(x, ...) DB_ARG(x), DB_M16(__VA_ARGS__)
#define DB_M18(x, ...) DB_ARG(x), DB_M17(__VA_ARGS__)
#define DB_M19(x, ...) DB_ARG(x), DB_M18(__VA_ARGS__)
#define DB_M20(x, ...) DB_ARG(x), DB_M19(__VA_ARGS__)
#define DB_M21(x, ...) DB_ARG(x), DB_M20(__VA_ARGS__)
#define DB_M22(x, ...) DB_ARG(x), DB_M21(__VA_ARGS__)
#define DB_M23(x, ...) DB_ARG(x), DB_M22(__VA_ARGS__)
#define DB_M24(x, ...) DB_ARG(x), DB_M23(__VA_ARGS__)
#define DB_MAP(...) DB_N(__VA_ARGS__,DB_M24,DB_M23,DB_M22,DB_M21,DB_M20,DB_M19,DB_M18,DB_M17,DB_M16,DB_M15,DB_M14,DB_M13,DB_M12,DB_M11,DB_M10,DB_M9,DB_M8,DB_M7,DB_M6,DB_M5,DB_M4,DB_M3,DB_M2,DB_M1)(__VA_ARGS__)
#define DB_ARGS(...) (const struct db_arg[]){{0} __VA_OPT__(, DB_MAP(__VA_ARGS__))} + 1, \
        sizeof((const struct db_arg[]){{0} __VA_OPT__(, DB_MAP(__VA_ARGS__))}) / sizeof(struct db_arg) - 1
#define db_exec(tx, sql, ...) db_exec_args((tx), (sql), DB_ARGS(__VA_ARGS__))
#define db_query(tx, ret, sql, ...) db_query_args((tx), (ret), (sql), DB_ARGS(__VA_ARGS__))
#define db_one(tx, ret, sql, ...) db_one_args((tx), (ret), (sql), DB_ARGS(__VA_ARGS__))
/* clang-format on */

/* Column `i` of a row: absent for NULL; 0 for a NULL integer. */
static inline str row_text(const struct db_row *row, size_t i)
{
    return row->columns[i].s;
}
static inline int64_t row_int(const struct db_row *row, size_t i)
{
    return row->columns[i].i;
}
static inline bool row_is_null(const struct db_row *row, size_t i)
{
    return row->columns[i].kind != DB_ARG_INT && !row->columns[i].s.ptr;
}

/* ---- Migrations ------------------------------------------------------------------ */

/*
 * A service's schema.sql is a list of steps; "-- step N" begins each, from 1, in
 * order. A step that has landed is never edited: what changes is a new step.
 * Statements end with ";" at the end of a line.
 */
struct db_schema {
    const char *service; /* "iam" */
    const char *sql;     /* the whole file */
};

/*
 * Brings every schema to its newest step, under a lock, all in one transaction.
 * -EPROTO the database has a step that this program does not know (it is newer).
 */
MUST_CHECK int db_migrate(
        struct db *db, const struct db_schema *schemas, size_t len, struct error *err);
