/*
 * db_postgres - the PostgreSQL engine's inside
 *
 *     db_postgres.c        connections, transactions
 *     postgres_value.c     parameters and rows
 *     postgres_library.c   libpq, loaded when the first PostgreSQL url is opened: a
 *                          server on SQLite carries neither it nor what it needs
 *
 * Calls are written PQ(exec)(…), which is PQexec() of the loaded library.
 */
#pragma once

#include "store/db_internal.h"

#include <libpq-fe.h>

/* clang-format off */
#define POSTGRES_FUNCTIONS(X) \
    X(clear) X(cmdStatus) X(cmdTuples) X(connectdbParams) X(consumeInput) X(errorMessage) \
    X(exec) X(execPrepared) X(finish) X(freemem) X(ftype) X(getisnull) X(getlength) \
    X(getvalue) X(nfields) X(notifies) X(ntuples) X(parameterStatus) X(prepare) \
    X(resultErrorField) X(resultStatus) X(serverVersion) X(setNoticeProcessor) X(socket) \
    X(status) X(transactionStatus)
/* clang-format on */

struct postgres_library {
#define X(name) __typeof__(PQ##name) *name;
    POSTGRES_FUNCTIONS(X)
#undef X
};
extern struct postgres_library postgres_library; /* filled once by postgres_load() */
#define PQ(name) (postgres_library.name)

int postgres_load(struct error *err);

#define AUTO_RESULT __attribute__((cleanup(postgres_clear)))
static inline void postgres_clear(PGresult **result)
{
    if (*result)
        PQ(clear)(*result);
}

struct postgres_connection {
    struct db_connection base;
    PGconn *handle;
    unsigned statements_made; /* names the next one */
    bool is_lost;             /* the server went away: of no more use */
};

struct postgres_db {
    struct db db;
    char *url;
    struct pool *pool;
};

/* NULL and *err. */
PGconn *postgres_connect(const char *url, struct error *err);

/* What libpq wants to know of the parameters of one statement. */
struct postgres_args {
    const char *values[DB_MAX_ARGS];
    int lengths[DB_MAX_ARGS];
    int formats[DB_MAX_ARGS];
    Oid types[DB_MAX_ARGS];
    char numbers[DB_MAX_ARGS][24];
};
void postgres_encode(
        struct arena *arena, const struct db_arg *args, size_t len, struct postgres_args *ret);
int postgres_decode(struct tx *tx, const PGresult *result, struct db_rows *ret);
