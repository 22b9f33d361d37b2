/*
 * admin - what the subcommands of `slipway admin` share: the store of a data directory,
 * beside a server that may run
 */
#pragma once

#include "cmd/config.h"

struct admin {
    struct arena *arena;
    const char *data_dir;
    const char *id, *to, *from;   /* --id, --to, --from; NULL: not given */
    const char *database, *blobs; /* --database, --blobs: where a server that is stopped has them */
    const char *database_url;     /* for db_open() */
    bool is_blobs_only;           /* --blobs-only */
    const char *event;            /* of `slipway policy explain` */
    const char *role, *user;      /* --role, --user: of `slipway policy suggest` */
    const char *since;            /* --since */
    struct server server;         /* seal, db, blobs, services: what is open */
};

enum {
    ADMIN_AT_ONCE = 500, /* rows of one query that walks a table */
};

typedef int admin_fn(struct admin *admin, struct error *err);
/* Opens the store, unless it is to be without, runs, and closes it: the exit code. An error is said
 * on standard error. */
int admin_run(struct admin *admin, admin_fn *run, bool is_without_store);

/* Each prints what it did; *err is one line where it failed. */
int admin_account_create(struct admin *admin, struct error *err);
int admin_account_list(struct admin *admin, struct error *err);
int admin_account_delete(struct admin *admin, struct error *err);
int admin_backup(struct admin *admin, struct error *err);
int admin_restore(struct admin *admin, struct error *err); /* the store is not open */
/* -EBADMSG something is broken, and was printed. */
int admin_fsck(struct admin *admin, struct error *err);
