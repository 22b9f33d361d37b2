/*
 * The SQLite engine: WAL, one writer, a pool of readers.
 *
 * SQLite numbers "$1" by first appearance, so every parameter is bound through the
 * number in its name; the mapping is worked out once when a statement is prepared.
 */
#include "store/db_sqlite.h"

#include "base/fs.h"

#include <fcntl.h>

enum {
    SQLITE_BUSY_MS = 2000, /* another process writes: an admin command */
};

struct sqlite_statement {
    sqlite3_stmt *stmt;
    int len;                           /* parameters */
    unsigned char number[DB_MAX_ARGS]; /* of parameter i: 3 for "$3" */
};

int sqlite_fail(struct error *err, sqlite3 *handle, int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return error_set(err, EEXIST, "database: %s", sqlite3_errmsg(handle));
    default:
        break;
    }
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return error_set(err, EAGAIN, "database is in use by another process");
    return error_set(err, EIO, "database: %s", sqlite3_errmsg(handle));
}

/* ---- Statements ------------------------------------------------------------------- */

static void drop_statement(void *ptr)
{
    struct sqlite_statement *statement = ptr;

    (void)sqlite3_finalize(statement->stmt); /* repeats an error that was reported */
    free(statement);
}

/* Which argument each parameter takes. */
static int map_parameters(struct sqlite_statement *statement, const char *sql, struct error *err)
{
    statement->len = sqlite3_bind_parameter_count(statement->stmt);
    if (statement->len > DB_MAX_ARGS)
        return error_set(err, EIO, "statement has more than %d parameters: %s", DB_MAX_ARGS, sql);
    for (int i = 0; i < statement->len; i++) {
        str name = str_of(sqlite3_bind_parameter_name(statement->stmt, i + 1));
        int64_t number;

        if (!str_take_prefix(&name, STR("$")) || str_to_i64(name, &number) < 0 || number < 1 ||
                number > DB_MAX_ARGS)
            return error_set(err, EIO, "statement has a parameter that is not $n: %s", sql);
        statement->number[i] = (unsigned char)number;
    }
    return 0;
}

static int prepare(struct sqlite_connection *connection, const char *sql,
        struct sqlite_statement **ret, struct error *err)
{
    struct sqlite_statement *statement = statement_find(connection->base.statements, sql);
    const char *rest;
    int r;

    if (statement) {
        *ret = statement;
        return 0;
    }
    statement = mem_new(struct sqlite_statement);
    r = sqlite3_prepare_v3(
            connection->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->stmt, &rest);
    if (r != SQLITE_OK)
        r = sqlite_fail(err, connection->handle, r);
    else if (!statement->stmt || str_trim(str_of(rest)).len)
        r = error_set(err, EIO, "not one statement: %s", sql);
    else
        r = map_parameters(statement, sql, err);
    if (r < 0) {
        drop_statement(statement);
        return r;
    }
    statement_keep(connection->base.statements, sql, statement, drop_statement);
    *ret = statement;
    return 0;
}

static int bind_one(sqlite3_stmt *stmt, int at, const struct db_arg *arg)
{
    if (arg->kind == DB_ARG_INT)
        return sqlite3_bind_int64(stmt, at, arg->i);
    if (!arg->s.ptr)
        return sqlite3_bind_null(stmt, at);
    if (arg->kind == DB_ARG_BLOB)
        return sqlite3_bind_blob64(stmt, at, arg->s.ptr, arg->s.len, SQLITE_STATIC);
    return sqlite3_bind_text64(stmt, at, arg->s.ptr, arg->s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_all(struct sqlite_connection *connection, const struct sqlite_statement *statement,
        const struct db_arg *args, size_t len, struct error *err)
{
    for (int i = 0; i < statement->len; i++) {
        unsigned number = statement->number[i];
        int r;

        if (number > len)
            return error_set(err, EIO, "statement lacks parameter $%u", number);
        r = bind_one(statement->stmt, i + 1, &args[number - 1]);
        if (r != SQLITE_OK)
            return sqlite_fail(err, connection->handle, r);
    }
    return 0;
}

static int read_cell(struct arena *arena, sqlite3_stmt *stmt, int at, struct db_arg *ret)
{
    str bytes;

    switch (sqlite3_column_type(stmt, at)) {
    case SQLITE_NULL:
        *ret = DB_NULL;
        return 0;
    case SQLITE_INTEGER:
        *ret = db_int(sqlite3_column_int64(stmt, at));
        return 0;
    case SQLITE_TEXT:
        bytes.ptr = (const char *)sqlite3_column_text(stmt, at);
        bytes.len = (size_t)sqlite3_column_bytes(stmt, at);
        *ret = db_text(bytes.len ? str_dup(arena, bytes) : STR(""));
        return 0;
    case SQLITE_BLOB:
        bytes.ptr = sqlite3_column_blob(stmt, at);
        bytes.len = (size_t)sqlite3_column_bytes(stmt, at);
        *ret = db_blob(bytes.len ? str_dup(arena, bytes) : STR(""));
        return 0;
    default:
        return -EIO;
    }
}

static int read_row(struct tx *tx, sqlite3_stmt *stmt, struct db_row_list *list)
{
    int columns = sqlite3_column_count(stmt);
    struct db_arg *cells = row_list_add(list, (size_t)columns);

    if (!cells)
        return error_set(&tx->error, E2BIG, "query gives more than %d rows", DB_MAX_ROWS);
    for (int i = 0; i < columns; i++)
        if (read_cell(tx->arena, stmt, i, &cells[i]) < 0)
            return error_set(&tx->error, EIO, "column %d is a floating-point number", i + 1);
    return 0;
}

/* Steps to the end: rows found, or rows changed when the statement gives none. */
static int step_all(struct tx *tx, sqlite3 *handle, sqlite3_stmt *stmt, struct db_rows *ret)
{
    struct db_row_list list = {.arena = tx->arena};
    int code, r;

    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        r = ret ? read_row(tx, stmt, &list) : 0;
        if (r < 0)
            return r;
    }
    if (code != SQLITE_DONE)
        return sqlite_fail(&tx->error, handle, code);
    if (!ret)
        return sqlite3_stmt_readonly(stmt) ? 0 : sqlite3_changes(handle);
    *ret = (struct db_rows){list.items, list.len};
    return (int)list.len;
}

static int sqlite_run(
        struct tx *tx, struct db_rows *ret, const char *sql, const struct db_arg *args, size_t len)
{
    struct sqlite_connection *connection = (struct sqlite_connection *)tx->connection;
    struct sqlite_statement *statement;
    int r;

    r = prepare(connection, sql, &statement, &tx->error);
    if (r < 0)
        return r;
    r = bind_all(connection, statement, args, len, &tx->error);
    if (r >= 0)
        r = step_all(tx, connection->handle, statement->stmt, ret);
    (void)sqlite3_reset(statement->stmt);          /* repeats the error of the step */
    (void)sqlite3_clear_bindings(statement->stmt); /* always succeeds */

    /* A full disk or a failed write makes SQLite undo the whole transaction. */
    if (r < 0 && sqlite3_get_autocommit(connection->handle))
        tx->connection->failed = r;
    return r;
}

static int sqlite_script(struct tx *tx, const char *sql)
{
    struct sqlite_connection *connection = (struct sqlite_connection *)tx->connection;
    int code = sqlite3_exec(connection->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? 0 : sqlite_fail(&tx->error, connection->handle, code);
}

int sqlite_do(struct sqlite_connection *connection, const char *sql, struct error *err)
{
    struct sqlite_statement *statement;
    int r, code;

    r = prepare(connection, sql, &statement, err);
    if (r < 0)
        return r;
    code = sqlite3_step(statement->stmt);
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        r = sqlite_fail(err, connection->handle, code);
    (void)sqlite3_reset(statement->stmt); /* repeats the error of the step */
    return r;
}

/* ---- Connections ------------------------------------------------------------------ */

static void close_connection(struct db_connection *base)
{
    struct sqlite_connection *connection = (struct sqlite_connection *)base;

    statement_drop_all(base->statements, drop_statement);
    (void)sqlite3_close(connection->handle); /* nothing is left open */
    free(base->statements);
    free(connection);
}

static int set_up(struct sqlite_connection *connection, const char *pragmas, struct error *err)
{
    sqlite3 *handle = connection->handle;
    int code;

    (void)sqlite3_extended_result_codes(handle, 1);
    (void)sqlite3_busy_timeout(handle, SQLITE_BUSY_MS);
    code = sqlite3_exec(handle, pragmas, NULL, NULL, NULL);
    return code == SQLITE_OK ? 0 : sqlite_fail(err, handle, code);
}

static struct sqlite_connection *open_connection(
        struct sqlite_db *db, const char *pragmas, struct error *err)
{
    struct sqlite_connection *connection = mem_new(struct sqlite_connection);
    int code = sqlite3_open_v2(db->path, &connection->handle,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    int r;

    connection->base.db = &db->db;
    connection->base.statements = mem_new(struct statement_cache);
    r = code == SQLITE_OK ? set_up(connection, pragmas, err)
                          : sqlite_fail(err, connection->handle, code);
    if (r < 0) {
        (void)error_prefix(err, r, "could not open \"%s\"", db->path);
        close_connection(&connection->base);
        return NULL;
    }
    return connection;
}

static struct db_connection *open_reader(struct db *base, struct error *err)
{
    static const char pragmas[] = "pragma query_only = on; pragma cache_size = -1024;"
                                  "pragma temp_store = memory";
    struct sqlite_connection *reader = open_connection((struct sqlite_db *)base, pragmas, err);

    return reader ? &reader->base : NULL;
}

static int is_durable(struct tx *tx, void *arg)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "pragma journal_mode");

    (void)arg;
    if (r == 1 && !str_eq(row_text(row, 0), STR("wal")))
        return error_set(&tx->error, EIO, "file system does not allow a write-ahead log");
    return r < 0 ? r : 0;
}

static int open_writer(struct sqlite_db *db, struct error *err)
{
    static const char pragmas[] = "pragma journal_mode = wal; pragma synchronous = full;"
                                  "pragma foreign_keys = on; pragma temp_store = memory;"
                                  "pragma cache_size = -2048;"
                                  "pragma journal_size_limit = 67108864"; /* 64 MiB */
    AUTO_ARENA struct arena scratch = {0};
    /* Made here so that others cannot read it; the log beside it takes the same mode. */
    AUTO_CLOSE int fd = open(db->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0)
        return error_set(err, errno, "could not open \"%s\": %m", db->path);
    fd_close(&fd);
    db->writer = open_connection(db, pragmas, err);
    if (!db->writer)
        return -EIO;
    return tx_call(&db->writer->base, &scratch, false, is_durable, NULL, err);
}

/* ---- Reading and life cycle ------------------------------------------------------- */

static int sqlite_read(
        struct db *base, struct arena *arena, db_fn *fn, void *arg, struct error *err)
{
    struct sqlite_db *db = (struct sqlite_db *)base;
    struct db_connection *taken = pool_take(db->readers, err);
    struct sqlite_connection *reader = (struct sqlite_connection *)taken;
    int r, ended;

    if (!taken)
        return -EIO;
    r = sqlite_do(reader, "begin", err);
    if (r < 0) {
        pool_drop(db->readers, taken);
        return r;
    }
    r = tx_call(taken, arena, false, fn, arg, err);
    ended = sqlite_do(reader, "rollback", r < 0 ? NULL : err); /* nothing was written */
    if (ended < 0) {
        pool_drop(db->readers, taken);
        return r < 0 ? r : ended;
    }
    pool_give(db->readers, taken);
    return r;
}

static void sqlite_close_db(struct db *base)
{
    struct sqlite_db *db = (struct sqlite_db *)base;

    pool_free(db->readers);
    if (db->writer)
        close_connection(&db->writer->base); /* last: moves the log into the database */
    pthread_mutex_destroy(&db->lock);
    free(db->path);
    free(db);
}

int sqlite_open_db(const char *where, unsigned connections, struct db **ret, struct error *err)
{
    static const struct db_driver driver = {
            .close = sqlite_close_db,
            .write = sqlite_write,
            .read = sqlite_read,
            .run = sqlite_run,
            .script = sqlite_script,
    };
    struct sqlite_db *db = mem_new(struct sqlite_db);
    size_t size = strlen(where) + 1;
    int r;

    db->db = (struct db){DB_SQLITE, &driver};
    db->path = memcpy(mem_alloc(1, size), where, size);
    db->line_end = &db->line;
    pthread_mutex_init(&db->lock, NULL);
    db->readers = pool_new(&db->db, connections, open_reader, close_connection);
    r = open_writer(db, err);
    if (r < 0) {
        sqlite_close_db(&db->db);
        return r;
    }
    *ret = &db->db;
    return 0;
}
