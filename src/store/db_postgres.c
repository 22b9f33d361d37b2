/*
 * The PostgreSQL engine: serializable transactions, one connection for each that is
 * under way.
 *
 * A serialization failure or a deadlock is -EAGAIN, and so is a connection that ends
 * before the commit was sent: nothing was changed, and db_write() runs the function
 * again, on a new connection. A connection that ends while it commits is -EIO: nobody
 * can know then.
 */
#include "store/db_postgres.h"

#include "store/fault.h"

#define MIGRATION_LOCK "select pg_advisory_xact_lock(7525748170345)" /* any number: ours */

/* ---- Connections ------------------------------------------------------------------ */

static void ignore_notice(void *arg, const char *message)
{
    (void)arg, (void)message;
}

/* libpq's message is several lines: the first, without its end. */
static str first_line(const char *message)
{
    str rest = str_of(message), line = rest;

    (void)str_cut(&rest, '\n', &line); /* none: all of it */
    return str_trim(line);
}

PGconn *postgres_connect(const char *url, struct error *err)
{
    /* What the url says comes after and wins, save for what we depend on. */
    const char *names[] = {
            "connect_timeout", "application_name", "dbname", "client_encoding", NULL};
    const char *values[] = {"5", "slipway", url, "UTF8", NULL};
    PGconn *handle = PQ(connectdbParams)(names, values, 1);

    if (PQ(status)(handle) != CONNECTION_OK) {
        (void)error_set(err, EIO, "could not connect to the database: %.*s",
                STR_ARG(first_line(PQ(errorMessage)(handle))));
        PQ(finish)(handle);
        return NULL;
    }
    (void)PQ(setNoticeProcessor)(handle, ignore_notice, NULL);
    return handle;
}

static void drop_statement(void *statement)
{
    free(statement); /* its name; the server's side ends with the connection or by "deallocate" */
}

static struct db_connection *open_connection(struct db *base, struct error *err)
{
    struct postgres_db *db = (struct postgres_db *)base;
    struct postgres_connection *connection;
    PGconn *handle = postgres_connect(db->url, err);

    if (!handle)
        return NULL;
    connection = mem_new(struct postgres_connection);
    connection->base.db = base;
    connection->base.statements = mem_new(struct statement_cache);
    connection->handle = handle;
    return &connection->base;
}

static void close_connection(struct db_connection *base)
{
    struct postgres_connection *connection = (struct postgres_connection *)base;

    statement_drop_all(base->statements, drop_statement);
    PQ(finish)(connection->handle);
    free(base->statements);
    free(connection);
}

/* ---- Errors ----------------------------------------------------------------------- */

/* Fills *err from a failed result: -EAGAIN, -EEXIST or -EIO. */
static int fail(struct error *err, struct postgres_connection *connection, const PGresult *result)
{
    static const struct {
        const char *state; /* SQLSTATE, or its class */
        int code;
    } codes[] = {
            {"40001", EAGAIN}, /* serialization_failure */
            {"40P01", EAGAIN}, /* deadlock_detected */
            {"57P01", EAGAIN}, /* admin_shutdown */
            {"57P02", EAGAIN}, /* crash_shutdown */
            {"08", EAGAIN},    /* connection exceptions */
            {"23505", EEXIST}, /* unique_violation */
            {"23503", EEXIST}, /* foreign_key_violation */
    };
    str state = str_of(result ? PQ(resultErrorField)(result, PG_DIAG_SQLSTATE) : NULL);
    str text = str_of(result ? PQ(resultErrorField)(result, PG_DIAG_MESSAGE_PRIMARY) : NULL);
    int code = EIO;

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (str_starts(state, str_of(codes[i].state)))
            code = codes[i].code;
    /* libpq's own errors have no state; its connection status may lag behind. */
    if (!state.ptr || PQ(status)(connection->handle) != CONNECTION_OK)
        connection->is_lost = true;
    if (connection->is_lost)
        code = EAGAIN;
    if (!text.ptr)
        text = first_line(PQ(errorMessage)(connection->handle));
    return error_set(err, code, "database: %.*s", STR_ARG(text));
}

static bool is_ok(const PGresult *result)
{
    ExecStatusType status = PQ(resultStatus)(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static int do_sql(struct postgres_connection *connection, const char *sql, struct error *err)
{
    AUTO_RESULT PGresult *result = PQ(exec)(connection->handle, sql);

    return is_ok(result) ? 0 : fail(err, connection, result);
}

/* ---- Statements ------------------------------------------------------------------- */

/* A failed statement makes the transaction useless up to the next savepoint. */
static int fail_tx(struct tx *tx, const PGresult *result)
{
    struct postgres_connection *connection = (struct postgres_connection *)tx->connection;

    return tx->connection->failed = fail(&tx->error, connection, result);
}

/* The name under which the server knows `sql`. */
static const char *prepare(
        struct tx *tx, const char *sql, const struct postgres_args *args, size_t len)
{
    struct postgres_connection *connection = (struct postgres_connection *)tx->connection;
    struct statement_cache *cache = tx->connection->statements;
    char *name = statement_find(cache, sql);

    if (name)
        return name;
    if (cache->len == DB_MAX_STATEMENTS) {
        int r = do_sql(connection, "deallocate all", &tx->error);
        if (r < 0) {
            tx->connection->failed = r;
            return NULL;
        }
        statement_drop_all(cache, drop_statement);
    }
    name = mem_alloc(16, 1);
    snprintf(name, 16, "s%u", ++connection->statements_made);
    AUTO_RESULT PGresult *result =
            PQ(prepare)(connection->handle, name, sql, (int)len, args->types);
    if (!is_ok(result)) {
        free(name);
        (void)fail_tx(tx, result);
        return NULL;
    }
    statement_keep(cache, sql, name, drop_statement);
    return name;
}

static int rows_changed(const PGresult *result)
{
    int64_t n;

    return str_to_i64(str_of(PQ(cmdTuples)((PGresult *)result)), &n) < 0 ? 0 : (int)n;
}

static int postgres_run(
        struct tx *tx, struct db_rows *ret, const char *sql, const struct db_arg *args, size_t len)
{
    struct postgres_connection *connection = (struct postgres_connection *)tx->connection;
    struct postgres_args encoded;
    const char *name;

    postgres_encode(tx->arena, args, len, &encoded);
    name = prepare(tx, sql, &encoded, len);
    if (!name)
        return tx->connection->failed;

    AUTO_RESULT PGresult *result = PQ(execPrepared)(connection->handle, name, (int)len,
            encoded.values, encoded.lengths, encoded.formats, 1);
    if (!is_ok(result))
        return fail_tx(tx, result);
    return ret ? postgres_decode(tx, result, ret) : rows_changed(result);
}

static int postgres_script(struct tx *tx, const char *sql)
{
    struct postgres_connection *connection = (struct postgres_connection *)tx->connection;
    AUTO_RESULT PGresult *result = PQ(exec)(connection->handle, sql);

    /* Only white space and comments: nothing to do. */
    if (PQ(resultStatus)(result) == PGRES_EMPTY_QUERY)
        return 0;
    return is_ok(result) ? 0 : fail_tx(tx, result);
}

/* ---- Transactions ----------------------------------------------------------------- */

/* Back to the pool, if the connection is as it should be between transactions. */
static void give_back(struct postgres_db *db, struct postgres_connection *connection)
{
    if (!connection->is_lost && PQ(status)(connection->handle) == CONNECTION_OK &&
            PQ(transactionStatus)(connection->handle) == PQTRANS_IDLE) {
        pool_give(db->pool, &connection->base);
        return;
    }
    pool_drop(db->pool, &connection->base);
    pool_drop_idle(db->pool); /* who lost one has most likely lost all */
}

static int commit(struct postgres_connection *connection, struct error *err)
{
    int fault = fault_hit(FAULT_COMMIT);
    int r;

    if (fault) {
        (void)do_sql(connection, "rollback", NULL); /* any end is right */
        return error_set(err, EIO, "commit failed by a test");
    }
    AUTO_RESULT PGresult *result = PQ(exec)(connection->handle, "commit");
    if (is_ok(result) && strcmp(PQ(cmdStatus)((PGresult *)result), "COMMIT") == 0)
        return 0;
    if (is_ok(result)) /* the server says ROLLBACK */
        return error_set(err, EIO, "database: the transaction was undone");
    r = fail(err, connection, result);
    return connection->is_lost || r != -EAGAIN ? -EIO : r;
}

static int transact(struct postgres_db *db, const char *begin, const char *lock, bool is_write,
        struct arena *arena, db_fn *fn, void *arg, struct error *err)
{
    struct db_connection *taken = pool_take(db->pool, err);
    struct postgres_connection *connection = (struct postgres_connection *)taken;
    struct tx_hook *hooks;
    int r, ended;

    if (!taken)
        return -EIO;
    r = do_sql(connection, begin, err);
    if (r >= 0 && lock)
        r = do_sql(connection, lock, err);
    if (r < 0) {
        give_back(db, connection);
        return r;
    }
    r = tx_call(taken, arena, is_write, fn, arg, err);
    hooks = taken->hooks;
    if (r >= 0 && is_write)
        ended = commit(connection, err);
    else
        ended = do_sql(connection, "rollback", r < 0 ? NULL : err);
    give_back(db, connection);
    if (r < 0)
        return r;
    if (ended < 0)
        return ended;
    tx_run_hooks(hooks);
    return r;
}

static int postgres_write(
        struct db *db, unsigned flags, struct arena *arena, db_fn *fn, void *arg, struct error *err)
{
    const char *begin =
            flags ? "begin isolation level read committed" : "begin isolation level serializable";

    return transact((struct postgres_db *)db, begin,
            flags & DB_WRITE_MIGRATION ? MIGRATION_LOCK : NULL, true, arena, fn, arg, err);
}

static int postgres_read(
        struct db *db, struct arena *arena, db_fn *fn, void *arg, struct error *err)
{
    return transact((struct postgres_db *)db, "begin isolation level repeatable read read only",
            NULL, false, arena, fn, arg, err);
}

/* ---- Life cycle ------------------------------------------------------------------- */

static void postgres_close_db(struct db *base)
{
    struct postgres_db *db = (struct postgres_db *)base;

    pool_free(db->pool);
    free(db->url);
    free(db);
}

/* Connects once, so that a wrong url is an error at the start. */
static int check_server(struct postgres_db *db, struct error *err)
{
    enum {
        OLDEST = 150000
    };
    struct db_connection *taken = pool_take(db->pool, err);
    int version;
    str encoding;

    if (!taken)
        return -EIO;
    PGconn *handle = ((struct postgres_connection *)taken)->handle;
    version = PQ(serverVersion)(handle);
    encoding = str_of(PQ(parameterStatus)(handle, "server_encoding"));
    pool_give(db->pool, taken);
    if (version < OLDEST)
        return error_set(
                err, EINVAL, "PostgreSQL %d is too old: 15 or newer is needed", version / 10000);
    if (!str_eq(encoding, STR("UTF8")))
        return error_set(
                err, EINVAL, "the database has encoding %.*s: UTF8 is needed", STR_ARG(encoding));
    return 0;
}

int postgres_open_db(const char *where, unsigned connections, struct db **ret, struct error *err)
{
    static const struct db_driver driver = {
            .close = postgres_close_db,
            .write = postgres_write,
            .read = postgres_read,
            .run = postgres_run,
            .script = postgres_script,
    };
    struct postgres_db *db;
    size_t size = strlen(where) + 1;
    int r;

    r = postgres_load(err);
    if (r < 0)
        return r;
    db = mem_new(struct postgres_db);
    db->db = (struct db){DB_POSTGRES, &driver};
    db->url = memcpy(mem_alloc(1, size), where, size);
    db->pool = pool_new(&db->db, connections, open_connection, close_connection);
    r = check_server(db, err);
    if (r < 0) {
        postgres_close_db(&db->db);
        return r;
    }
    *ret = &db->db;
    return 0;
}
