/*
 * Backup and restore. A backup is laid out as the data directory, and is one for fsck:
 *
 *     DEST/backup.json    what made it, and when; a directory with it may be backed up to again
 *     DEST/master.key  credentials  tls/
 *     DEST/blobs/         what the copy of the database refers to, and what earlier ones did
 *     DEST/slipway.db     last, by renaming: at every instant DEST is the old backup or the new
 *
 * The database is copied as of one instant, then the blobs. Those that the server drops
 * meanwhile stay for a day, so all are still there.
 */
#include "cmd/admin.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

enum {
    SMALL_MAX = 1 << 20, /* bytes of a key or certificate */
    COPY_BUFFER = 1 << 16,
};

/* What the copy of the database refers to is copied page by page. */
struct copying {
    struct admin *admin;
    struct blob_store *from, *to;
    str after;
    struct db_rows rows;
    int64_t copied, seen;
};

/* ---- Files ----------------------------------------------------------------------- */

/* -ENOENT: there is none. */
static int copy_small(struct arena *arena, const char *from_dir, const char *to_dir,
        const char *name, struct error *err)
{
    str text;
    int r = fs_read(arena, config_path(arena, from_dir, name), SMALL_MAX, &text, err);

    return r < 0 ? r : fs_write_atomic(config_path(arena, to_dir, name), text, 0600, err);
}

static void close_dir(DIR **dir)
{
    if (*dir)
        (void)closedir(*dir);
}

/* The files of from_dir/name, if there is such a directory. */
static int copy_folder(struct arena *arena, const char *from_dir, const char *to_dir,
        const char *name, struct error *err)
{
    const char *from = config_path(arena, from_dir, name), *to = config_path(arena, to_dir, name);
    __attribute__((cleanup(close_dir))) DIR *dir = opendir(from);
    struct dirent *entry;
    int r = 0;

    if (!dir)
        return errno == ENOENT ? 0 : error_set(err, errno, "could not open \"%s\": %m", from);
    if ((r = fs_make_dirs(to, 0700, err)) < 0)
        return r;
    while (r >= 0 && (entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            r = copy_small(arena, from, to, entry->d_name, err);
    return r;
}

static int copy_identity(struct arena *arena, const char *from, const char *to, struct error *err)
{
    int r = copy_small(arena, from, to, "master.key", err);

    if (r >= 0 && (r = copy_small(arena, from, to, "credentials", err)) == -ENOENT)
        r = 0; /* the operator removed it: the next start makes a new root key */
    return r < 0 ? r : copy_folder(arena, from, to, "tls", err);
}

/* A file of any size; the caller renames it. */
static int copy_large(const char *from, const char *to, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    AUTO_CLOSE int in = open(from, O_RDONLY | O_CLOEXEC);
    char *bytes = arena_alloc(&scratch, COPY_BUFFER, 1);
    ssize_t n;
    int r;

    if (in < 0)
        return error_set(err, errno, "could not open \"%s\": %m", from);
    AUTO_CLOSE int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (out < 0)
        return error_set(err, errno, "could not create \"%s\": %m", to);
    while ((n = fd_read_full(in, bytes, COPY_BUFFER, err)) > 0)
        if ((r = fd_write_all(out, (str){bytes, (size_t)n}, err)) < 0)
            return r;
    return n < 0 ? (int)n : fd_sync(out, err);
}

static int move(
        struct arena *arena, const char *dir, const char *from, const char *to, struct error *err)
{
    if (rename(config_path(arena, dir, from), config_path(arena, dir, to)) < 0)
        return error_set(err, errno, "could not rename \"%s/%s\": %m", dir, from);
    return fs_sync_dir(dir, err);
}

/* A directory for us alone: new, empty, or (where `marker` is given) one that has it. */
static int open_target(struct arena *arena, const char *dir, const char *marker, struct error *err)
{
    int r = fs_make_dirs(dir, 0700, err);
    struct dirent *entry;

    if (r < 0 || (marker && fs_exists(config_path(arena, dir, marker))))
        return r;
    __attribute__((cleanup(close_dir))) DIR *open_dir = opendir(dir);
    if (!open_dir)
        return error_set(err, errno, "could not open \"%s\": %m", dir);
    while ((entry = readdir(open_dir)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            return error_set(err, ENOTEMPTY, "\"%s\" is not empty%s", dir,
                    marker ? ", and no earlier backup" : "");
    return 0;
}

/* ---- Blobs ----------------------------------------------------------------------- */

static int next_blobs(struct tx *tx, void *arg)
{
    struct copying *copying = arg;

    return db_query(tx, &copying->rows,
            "select id, refs from blob where id > $1 order by id limit $2", copying->after,
            ADMIN_AT_ONCE);
}

static int copy_page(struct copying *copying, struct error *err)
{
    for (size_t i = 0; i < copying->rows.len; i++) {
        const struct db_row *row = &copying->rows.items[i];
        int r = blob_copy(copying->from, copying->to, row_text(row, 0), err);

        if (r == -ENOENT && row_int(row, 1) == 0)
            continue; /* was being removed */
        if (r < 0)
            return error_prefix(err, r, "could not copy a blob");
        copying->copied += r;
        copying->seen++;
    }
    return 0;
}

/* What `database`, a copy that nobody else has open, refers to. */
static int copy_referenced(struct copying *copying, const char *database, struct error *err)
{
    struct db_options options = {.url = database, .max_connections = 1};
    struct db *db;
    int r = db_open(&options, &db, err);

    if (r < 0)
        return r;
    copying->after = STR("");
    do {
        AUTO_ARENA struct arena scratch = {0};
        r = db_read(db, &scratch, next_blobs, copying, err);
        if (r > 0) {
            int copied = copy_page(copying, err);
            copying->after =
                    str_dup(copying->admin->arena, row_text(&copying->rows.items[r - 1], 0));
            r = copied < 0 ? copied : r;
        }
    } while (r == ADMIN_AT_ONCE);
    db_close(db);
    return r < 0 ? r : 0;
}

static int copy_stored(void *arg, const char *id)
{
    struct copying *copying = arg;
    struct error err;
    int r = blob_copy(copying->from, copying->to, str_of(id), &err);

    if (r == -ENOENT)
        return 0; /* removed meanwhile */
    copying->seen++;
    copying->copied += r > 0;
    return r < 0 ? r : 0;
}

/* ---- Backup ---------------------------------------------------------------------- */

static int copy_database(struct copying *copying, struct error *err)
{
    struct admin *admin = copying->admin;
    const char *path = config_path(admin->arena, admin->to, "slipway.db.new");
    int r = db_backup(admin->database_url, path, err);

    if (r < 0)
        return r;
    return copy_referenced(copying, str_printf(admin->arena, "sqlite:%s", path).ptr, err);
}

static int write_marker(struct admin *admin, struct error *err)
{
    str text = str_printf(admin->arena, "{\"slipway\":\"%s\",\"time\":\"%.*s\"}\n", SLIPWAY_VERSION,
            STR_ARG(time_iso8601(admin->arena, clock_now())));

    return fs_write_atomic(config_path(admin->arena, admin->to, "backup.json"), text, 0600, err);
}

int admin_backup(struct admin *admin, struct error *err)
{
    struct copying copying = {.admin = admin, .from = admin->server.blobs};
    int r;

    if (!admin->to)
        return error_set(err, EINVAL, "backup needs --to DEST");
    if (db_engine(admin->server.db) == DB_POSTGRES && !admin->is_blobs_only)
        return error_set(err, EINVAL,
                "the database is PostgreSQL: save it with pg_dump, then run backup with "
                "--blobs-only");
    if ((r = open_target(admin->arena, admin->to, "backup.json", err)) < 0 ||
            (r = write_marker(admin, err)) < 0 ||
            (r = copy_identity(admin->arena, admin->data_dir, admin->to, err)) < 0 ||
            (r = blob_store_open(config_path(admin->arena, admin->to, "blobs"), &copying.to, err)) <
                    0)
        return r;
    r = admin->is_blobs_only ? blob_walk(copying.from, copy_stored, &copying, err)
                             : copy_database(&copying, err);
    blob_store_close(copying.to);
    if (r < 0)
        return r;
    if (!admin->is_blobs_only &&
            (r = move(admin->arena, admin->to, "slipway.db.new", "slipway.db", err)) < 0)
        return r;
    printf("backed up %s%lld blobs (%lld of them new) to \"%s\"\n",
            admin->is_blobs_only ? "" : "the database and ", (long long)copying.seen,
            (long long)copying.copied, admin->to);
    return 0;
}

/* ---- Restore --------------------------------------------------------------------- */

static int restore_blobs(struct copying *copying, struct error *err)
{
    struct admin *admin = copying->admin;
    const char *to =
            admin->blobs ? admin->blobs : config_path(admin->arena, admin->data_dir, "blobs");
    int r = blob_store_open(config_path(admin->arena, admin->from, "blobs"), &copying->from, err);

    if (r < 0)
        return r;
    r = blob_store_open(to, &copying->to, err);
    if (r >= 0) {
        r = blob_walk(copying->from, copy_stored, copying, err);
        blob_store_close(copying->to);
    }
    blob_store_close(copying->from);
    return r;
}

int admin_restore(struct admin *admin, struct error *err)
{
    struct copying copying = {.admin = admin};
    struct arena *arena = admin->arena;
    int r;

    if (!admin->from)
        return error_set(err, EINVAL, "restore needs --from SRC");
    const char *database = config_path(arena, admin->from, "slipway.db");
    if (!fs_exists(config_path(arena, admin->from, "backup.json")))
        return error_set(err, ENOENT, "\"%s\" is no backup", admin->from);
    bool has_database = fs_exists(database);
    if (fs_exists(config_path(arena, admin->from, "slipway.db.new")) && !has_database)
        return error_set(err, ENOENT, "the backup in \"%s\" was interrupted", admin->from);
    if ((r = open_target(arena, admin->data_dir, NULL, err)) < 0 ||
            (r = copy_identity(arena, admin->from, admin->data_dir, err)) < 0 ||
            (r = restore_blobs(&copying, err)) < 0)
        return r;
    if (has_database &&
            ((r = copy_large(
                      database, config_path(arena, admin->data_dir, "slipway.db.new"), err)) < 0 ||
                    (r = move(arena, admin->data_dir, "slipway.db.new", "slipway.db", err)) < 0))
        return r;
    printf("restored %s%lld blobs to \"%s\"\n", has_database ? "the database and " : "",
            (long long)copying.seen, admin->data_dir);
    return 0;
}
