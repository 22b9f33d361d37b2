/*
 * Which blobs are wanted: one row for each, with the number of its references. At 0 the
 * row stays for the grace period (who read the id before may still open the blob), then
 * row and bytes go. Bytes that never got a row are found by a walk.
 */
#include "store/blob.h"

#include "base/clock.h"
#include "embedded.h"
#include "store/blob_backend.h"

enum {
    COLLECT_BATCH = 500
};

const struct db_schema blob_schema = {"blob", blob_store_sql};

static int changed_one(struct tx *tx, int rows)
{
    if (rows == 0)
        return error_set(&tx->error, ENOENT, "there is no such blob");
    return rows < 0 ? rows : 0;
}

int blob_record(struct tx *tx, str id, int64_t size, str owner)
{
    int r = db_exec(tx,
            "insert into blob (id, size, owner, refs, created) values ($1, $2, $3, 1, $4)", id,
            size, owner, clock_now());

    return r < 0 ? r : 0;
}

int blob_retain(struct tx *tx, str id)
{
    return changed_one(
            tx, db_exec(tx, "update blob set refs = refs + 1 where id = $1 and refs > 0", id));
}

int blob_release(struct tx *tx, str id)
{
    return changed_one(
            tx, db_exec(tx,
                        "update blob set refs = refs - 1, released = case when refs = 1 then $2 end"
                        " where id = $1 and refs > 0",
                        id, clock_now()));
}

/* ---- Collecting ------------------------------------------------------------------- */

struct collection {
    struct blob_store *store;
    struct db *db;
    int64_t before;
    struct db_rows released;
    const char *id;
    int removed;
    struct error *err;
};

static int drop_rows_fn(struct tx *tx, void *arg)
{
    struct collection *collection = arg;

    return db_query(tx, &collection->released,
            "delete from blob where id in (select id from blob where refs = 0 and released < $1"
            " order by released limit $2) returning id",
            collection->before, COLLECT_BATCH);
}

/* Rows first: a crash in between leaves bytes without a row, which the walk finds. */
static int remove_released(struct collection *collection)
{
    int r;

    do {
        AUTO_ARENA struct arena scratch = {0};
        r = db_write(collection->db, &scratch, drop_rows_fn, collection, collection->err);
        for (size_t i = 0; r > 0 && i < collection->released.len; i++) {
            str id = row_text(&collection->released.items[i], 0);
            int removed = collection->store->backend->remove(
                    collection->store->state, str_cstr(&scratch, id), collection->err);
            if (removed < 0)
                return removed;
            collection->removed++;
        }
    } while (r == COLLECT_BATCH);
    return r < 0 ? r : 0;
}

static int has_row_fn(struct tx *tx, void *arg)
{
    const struct collection *collection = arg;
    const struct db_row *row;

    return db_one(tx, &row, "select 1 from blob where id = $1", collection->id);
}

static int remove_orphan(void *arg, const char *id)
{
    AUTO_ARENA struct arena scratch = {0};
    struct collection *collection = arg;
    int r;

    collection->id = id;
    r = db_read(collection->db, &scratch, has_row_fn, collection, collection->err);
    if (r == 0) {
        r = collection->store->backend->remove(collection->store->state, id, collection->err);
        collection->removed += r >= 0;
    }
    return r < 0 ? r : 0;
}

int blob_collect(struct blob_store *store, struct db *db, int64_t grace_ms, struct error *err)
{
    struct collection collection = {
            .store = store, .db = db, .before = clock_now() - grace_ms, .err = err};
    int r = remove_released(&collection);

    if (r >= 0)
        r = store->backend->walk(store->state, grace_ms, remove_orphan, &collection, err);
    return r < 0 ? r : collection.removed + r;
}
