/*
 * db_sqlite - the SQLite engine's inside: db_sqlite.c has connections and statements,
 * db_sqlite_write.c the one writer and its group commit
 */
#pragma once

#include "store/db_internal.h"

#include "base/thread.h"

#include <sqlite3.h>

struct sqlite_connection {
    struct db_connection base;
    sqlite3 *handle;
};

struct sqlite_member;

struct sqlite_db {
    struct db db;
    char *path;
    struct pool *readers;

    struct sqlite_connection *writer; /* belongs to the thread whose turn it is */
    pthread_mutex_t lock;             /* guards what follows */
    bool busy;                        /* some thread has the turn */
    pthread_t owner;                  /* that thread */
    struct sqlite_member *line;       /* those who wait for the turn, first come first */
    struct sqlite_member **line_end;
    struct sqlite_member *group; /* those who wait for the commit, newest first */
    unsigned group_len;
    int64_t group_start; /* clock_monotonic_us() of its begin */
};

/* Fills *err from the connection's last error: -EAGAIN, -EEXIST or -EIO. */
int sqlite_fail(struct error *err, sqlite3 *handle, int code);
/* Runs a static statement without parameters or rows. 0 or negative. */
int sqlite_do(struct sqlite_connection *connection, const char *sql, struct error *err);

int sqlite_write(struct db *db, unsigned flags, struct arena *arena, db_fn *fn, void *arg,
        struct error *err);
