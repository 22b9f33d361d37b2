/*
 * The end of an account: its objects, versions and uploads go, and their blobs.
 */
#include "services/s3/account.h"

#include "store/blob.h"

enum {
    ROWS_AT_ONCE = 500
};

/* `sql` gives (key, number, blob) after ($2, $3), in that order. */
static int release(struct tx *tx, const char *sql, str account)
{
    str key = STR("");
    int64_t number = -1;
    struct db_rows rows;
    int r;

    do {
        r = db_query(tx, &rows, sql, account, key, number, ROWS_AT_ONCE);
        for (int i = 0; i < r; i++) {
            const struct db_row *row = &rows.items[i];
            int released = row_is_null(row, 2) ? 0 : blob_release(tx, row_text(row, 2));

            if (released < 0)
                return released;
            key = row_text(row, 0);
            number = row_int(row, 1);
        }
    } while (r == ROWS_AT_ONCE);
    return r < 0 ? r : 0;
}

int s3_delete_account(struct tx *tx, str account)
{
    static const char objects[] =
            "select o.id, 0, o.blob from s3_object o join s3_bucket b on b.name = o.bucket"
            " where b.account = $1 and o.id > $2 and $3 < 1 order by o.id limit $4";
    static const char parts[] =
            "select p.object, p.number, p.blob from s3_object_part p join s3_object o on o.id = "
            "p.object join s3_bucket b on b.name = o.bucket where b.account = $1"
            " and (p.object, p.number) > ($2, $3) order by p.object, p.number limit $4";
    static const char uploads[] =
            "select p.upload, p.number, p.blob from s3_part p join s3_upload u on u.id = p.upload"
            " join s3_bucket b on b.name = u.bucket where b.account = $1"
            " and (p.upload, p.number) > ($2, $3) order by p.upload, p.number limit $4";
    static const char *const deletes[] = {
            ("delete from s3_object_part where object in (select o.id from s3_object o"
             " join s3_bucket b on b.name = o.bucket where b.account = $1)"),
            "delete from s3_object where bucket in (select name from s3_bucket where account = $1)",
            "delete from s3_upload where bucket in (select name from s3_bucket where account = $1)",
    };
    int r;

    if ((r = release(tx, objects, account)) < 0 || (r = release(tx, parts, account)) < 0 ||
            (r = release(tx, uploads, account)) < 0)
        return r;
    for (size_t i = 0; i < sizeof(deletes) / sizeof(*deletes) && r >= 0; i++)
        r = db_exec(tx, deletes[i], account);
    return r;
}
