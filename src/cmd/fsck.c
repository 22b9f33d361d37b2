/*
 * fsck: the database's own check, every recorded blob read whole, what is sealed
 * unsealed; each problem is a line. It changes nothing, and a server may run.
 */
#include "cmd/admin.h"

struct fsck {
    struct admin *admin;
    str after; /* the key that a walk has come to */
    struct db_rows rows;
    const char *sql;
    int64_t blobs, bytes, seals, problems, unreferenced;
};

static void print_problem(struct fsck *fsck, const char *what, str which, const char *why)
{
    printf("%s %.*s: %s\n", what, STR_ARG(which), why);
    fsck->problems++;
}

static int next_rows(struct tx *tx, void *arg)
{
    struct fsck *fsck = arg;

    return db_query(tx, &fsck->rows, fsck->sql, fsck->after, ADMIN_AT_ONCE);
}

/* Calls check for each row of fsck->sql, whose first column is its key. */
static int walk(struct fsck *fsck, const char *sql,
        int (*check)(struct fsck *fsck, const struct db_row *row, struct error *err),
        struct error *err)
{
    struct arena arenas[2] = {0};
    int r = 1;

    fsck->sql = sql;
    fsck->after = STR("");
    for (int turn = 0; r > 0; turn ^= 1) { /* `after` lives in the arena of the page before */
        arena_free(&arenas[turn]);
        arenas[turn] = (struct arena){0};
        r = db_read(fsck->admin->server.db, &arenas[turn], next_rows, fsck, err);
        for (size_t i = 0; r > 0 && i < fsck->rows.len; i++) {
            int checked = check(fsck, &fsck->rows.items[i], err);
            if (checked < 0)
                r = checked;
            fsck->after = row_text(&fsck->rows.items[i], 0);
        }
    }
    arena_free(&arenas[0]);
    arena_free(&arenas[1]);
    return r;
}

/* ---- The database ---------------------------------------------------------------- */

static int check_sqlite(struct tx *tx, void *arg)
{
    struct fsck *fsck = arg;
    struct db_rows rows;
    int r = tx->engine == DB_SQLITE ? db_query(tx, &rows, "pragma integrity_check(100)") : 0;

    for (int i = 0; i < r; i++)
        if (!str_eq(row_text(&rows.items[i], 0), STR("ok")))
            print_problem(fsck, "database", row_text(&rows.items[i], 0), "is damaged");
    if (r >= 0 && tx->engine == DB_SQLITE)
        r = db_query(tx, &rows, "pragma foreign_key_check");
    for (int i = 0; i < r && i < 100; i++)
        print_problem(
                fsck, "database", row_text(&rows.items[i], 0), "refers to a row that is not there");
    return r < 0 ? r : 0;
}

/* ---- Blobs ----------------------------------------------------------------------- */

static int check_blob(struct fsck *fsck, const struct db_row *row, struct error *err)
{
    str id = row_text(row, 0);
    int64_t size = row_int(row, 1);
    struct error why = {0};
    int r = blob_verify(fsck->admin->server.blobs, id, size, &why);

    (void)err;
    fsck->blobs++;
    fsck->bytes += size;
    if (r < 0) {
        print_problem(fsck, "blob", id, r == -ENOENT ? "is missing" : why.text);
        printf("    of %.*s\n", STR_ARG(row_text(row, 2)));
    }
    return 0;
}

struct lookup {
    struct fsck *fsck;
    const char *id;
};

static int has_row(struct tx *tx, void *arg)
{
    const struct lookup *lookup = arg;
    const struct db_row *row;

    return db_one(tx, &row, "select 1 from blob where id = $1", lookup->id);
}

static int check_stored(void *arg, const char *id)
{
    AUTO_ARENA struct arena scratch = {0};
    struct fsck *fsck = arg;
    struct lookup lookup = {fsck, id};
    struct error err;
    int r = db_read(fsck->admin->server.db, &scratch, has_row, &lookup, &err);

    if (r == 0) {
        printf("blob %s: nothing refers to it (removed a day after it was written)\n", id);
        fsck->unreferenced++;
    }
    return r < 0 ? r : 0;
}

/* ---- Seals ----------------------------------------------------------------------- */

static int check_seal(struct fsck *fsck, const struct db_row *row, const char *what)
{
    AUTO_ARENA struct arena scratch = {0};
    str id = row_text(row, 0), plain;
    struct error why = {0};
    str context = str_printf(&scratch, "%s/%.*s", what, STR_ARG(id));

    fsck->seals++;
    if (seal_unseal(fsck->admin->server.seal, &scratch, context, row_text(row, 1), &plain, &why) <
            0)
        print_problem(fsck, what, id, "does not open with this master key");
    else
        mem_wipe((char *)plain.ptr, plain.len);
    return 0;
}

static int check_kms_key(struct fsck *fsck, const struct db_row *row, struct error *err)
{
    (void)err;
    return check_seal(fsck, row, "kms.key");
}

static int check_access_key(struct fsck *fsck, const struct db_row *row, struct error *err)
{
    (void)err;
    return check_seal(fsck, row, "iam.access-key");
}

int admin_fsck(struct admin *admin, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct fsck fsck = {.admin = admin};
    int r;

    if ((r = db_read(admin->server.db, &scratch, check_sqlite, &fsck, err)) < 0 ||
            (r = walk(&fsck,
                     "select id, size, owner from blob where id > $1 and refs > 0 order by id "
                     "limit $2",
                     check_blob, err)) < 0 ||
            (r = blob_walk(admin->server.blobs, check_stored, &fsck, err)) < 0 ||
            (r = walk(&fsck,
                     "select id, material from kms_material where id > $1 and material is not null"
                     " order by id limit $2",
                     check_kms_key, err)) < 0 ||
            (r = walk(&fsck,
                     "select id, secret from iam_access_key where id > $1 order by id limit $2",
                     check_access_key, err)) < 0)
        return r;
    printf("%lld blobs (%lld bytes), %lld seals, %lld unreferenced blobs, %lld problems\n",
            (long long)fsck.blobs, (long long)fsck.bytes, (long long)fsck.seals,
            (long long)fsck.unreferenced, (long long)fsck.problems);
    if (fsck.problems)
        return error_set(err, EBADMSG, "\"%s\" is damaged", admin->data_dir);
    return 0;
}
