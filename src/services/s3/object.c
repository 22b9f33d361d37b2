#include "services/s3/object.h"

#include "base/codec.h"
#include "base/random.h"

#define OBJECT_COLUMNS                                                                             \
    "o.bucket, o.key, o.version, o.id, o.rank, o.is_latest, o.is_marker, o.size, o.modified,"      \
    " o.etag, o.content_type, o.headers, o.metadata, o.tags, o.checksum, o.blob, o.data_key,"      \
    " o.kms_sealed, o.kms_key, o.parts"

enum {
    VERSION_LEN = 32,
    RANK_DIGITS = 10, /* at the end of a version id, hex */
};

static struct object from_row(const struct db_row *row)
{
    return (struct object){
            .bucket = row_text(row, 0),
            .key = row_text(row, 1),
            .version = row_text(row, 2),
            .id = row_text(row, 3),
            .rank = row_int(row, 4),
            .is_latest = row_int(row, 5),
            .is_marker = row_int(row, 6),
            .size = row_int(row, 7),
            .modified = row_int(row, 8),
            .etag = row_text(row, 9),
            .content_type = row_text(row, 10),
            .headers = row_text(row, 11),
            .metadata = row_text(row, 12),
            .tags = row_text(row, 13),
            .checksum = checksum_parse(row_text(row, 14)),
            .blob = row_text(row, 15),
            .data_key = {row_text(row, 16), row_text(row, 17), row_text(row, 18)},
            .parts = row_int(row, 19),
    };
}

int check_key(struct call *call, str key)
{
    if (key.len > S3_MAX_KEY)
        return call_fail(call, &s3_KeyTooLongError, "Your key is too long");
    if (memchr(key.ptr, '\0', key.len))
        return call_fail(call, &s3_InvalidArgument, "Object keys cannot hold the character NUL.");
    return 0;
}

int check_version(struct call *call, str version)
{
    bool is_ours = version.len == VERSION_LEN;

    for (size_t i = 0; i < version.len && is_ours; i++)
        is_ours = memchr(RANDOM_BASE62.ptr, version.ptr[i], RANDOM_BASE62.len);
    if (!version.ptr || is_ours || str_eq(version, STR("null")))
        return 0;
    return call_fail(call, &s3_InvalidArgument, "Invalid version id specified");
}

str shown_version(const struct bucket *bucket, const struct object *object)
{
    return bucket->versioning.ptr ? object->version : (str){0};
}

int object_find(struct call *call, str name, str key, str version, str expected_owner,
        struct bucket *ret_bucket, struct object *ret)
{
    const struct db_row *row;
    int r = bucket_use(call, name, expected_owner, ret_bucket);

    if (r < 0 || (r = check_version(call, version)) < 0)
        return r;
    if (version.ptr)
        r = db_one(call->tx, &row,
                "select " OBJECT_COLUMNS " from s3_object o where o.bucket = $1 and o.key = $2"
                " and o.version = $3",
                name, key, version);
    else
        r = db_one(call->tx, &row,
                "select " OBJECT_COLUMNS " from s3_object o where o.bucket = $1 and o.key = $2"
                " and o.is_latest = 1",
                name, key);
    if (r > 0)
        *ret = from_row(row);
    return r;
}

/* ---- Writing ----------------------------------------------------------------------- */

static int release_parts(struct call *call, str id)
{
    struct object_parts parts;
    int r = object_parts(call, id, 0, INT64_MAX, &parts);

    for (size_t i = 0; i < parts.len && r >= 0; i++)
        r = blob_release(call->tx, parts.items[i].blob);
    if (r >= 0)
        r = db_exec(call->tx, "delete from s3_object_part where object = $1", id);
    return r < 0 ? r : 0;
}

static int remove_row(struct call *call, const struct object *object)
{
    int r = 0;

    if (object->blob.ptr)
        r = blob_release(call->tx, object->blob);
    if (r >= 0 && object->parts)
        r = release_parts(call, object->id);
    if (r >= 0)
        r = db_exec(call->tx,
                "delete from s3_object where bucket = $1 and key = $2 and version = $3",
                object->bucket, object->key, object->version);
    return r < 0 ? r : 0;
}

int object_missing(struct call *call, str bucket, str version)
{
    bool may_list = false;
    int r = authorize_check(call, STR("s3:ListBucket"), bucket_arn(call, bucket), &may_list);

    if (r < 0)
        return r;
    if (!may_list)
        return call_fail(call, &s3_AccessDenied, "Access Denied");
    if (version.ptr)
        return call_fail(call, &s3_NoSuchVersion, "The specified version does not exist.");
    return call_fail(call, &s3_NoSuchKey, "The specified key does not exist.");
}

int object_latest(struct call *call, str bucket, str key, struct object *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " OBJECT_COLUMNS " from s3_object o where o.bucket = $1 and o.key = $2"
            " and o.is_latest = 1",
            bucket, key);

    if (r > 0)
        *ret = from_row(row);
    return r;
}

static int remove_null(struct call *call, str bucket, str key)
{
    const struct db_row *row;
    struct object object;
    int r = db_one(call->tx, &row,
            "select " OBJECT_COLUMNS " from s3_object o where o.bucket = $1 and o.key = $2"
            " and o.version = 'null'",
            bucket, key);

    if (r <= 0)
        return r;
    object = from_row(row);
    return remove_row(call, &object);
}

static int insert(struct call *call, const struct object *o)
{
    int r = db_exec(call->tx,
            "insert into s3_object (bucket, key, version, id, rank, is_latest, is_marker, size,"
            " modified, etag, content_type, headers, metadata, tags, checksum, blob, data_key,"
            " kms_sealed, kms_key, parts) values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11,"
            " $12, $13, $14, $15, $16, $17, $18, $19)",
            o->bucket, o->key, o->version, o->id, o->rank, o->is_marker, o->size, o->modified,
            o->etag, o->content_type, o->headers, o->metadata, o->tags,
            checksum_print(call->arena, &o->checksum), o->blob, db_blob(o->data_key.data_key),
            db_blob(o->data_key.kms_sealed), o->data_key.kms_key, o->parts);

    return r < 0 ? r : 0;
}

/* The rank lies in the id, so that a listing can go on after a version that is gone. */
static str new_version(struct call *call, int64_t rank)
{
    str id = random_id(call->arena, STR(""), RANDOM_BASE62, VERSION_LEN - RANK_DIGITS);

    return str_printf(call->arena, "%.*s%0*llx", STR_ARG(id), RANK_DIGITS, (long long)rank);
}

int rank_of_version(struct call *call, str version, int64_t *ret)
{
    uint64_t rank;
    int r = check_version(call, version);

    if (r < 0)
        return r;
    if (hex_to_u64(str_skip(version, VERSION_LEN - RANK_DIGITS), &rank) < 0)
        return call_fail(call, &s3_InvalidArgument, "Invalid version id specified");
    *ret = (int64_t)rank;
    return 0;
}

int object_put(struct call *call, const struct bucket *bucket, struct object *object)
{
    bool has_versions = str_eq(bucket->versioning, STR("Enabled"));
    struct object latest = {0};
    int r = object_latest(call, object->bucket, object->key, &latest);

    if (r < 0)
        return r;
    object->rank = latest.rank + 1;
    object->version = has_versions ? new_version(call, object->rank) : STR("null");
    object->is_latest = true;
    if (!object->id.ptr)
        object->id = random_uuid_sortable(call->arena);
    if (r > 0 && !has_versions)
        r = remove_null(call, object->bucket, object->key);
    if (r >= 0 && latest.id.ptr)
        r = db_exec(call->tx,
                "update s3_object set is_latest = 0 where bucket = $1 and key = $2"
                " and is_latest = 1",
                object->bucket, object->key);
    if (r >= 0)
        r = insert(call, object);
    return r < 0 || object->is_marker ? r : object_created(call, bucket, object);
}

int object_delete(struct call *call, const struct bucket *bucket, str key, bool *ret_is_marker,
        str *ret_version)
{
    struct object marker = {
            .bucket = bucket->name, .key = key, .is_marker = true, .modified = call->now};
    int r;

    *ret_is_marker = bucket->versioning.ptr;
    *ret_version = (str){0};
    if (!bucket->versioning.ptr)
        return remove_null(call, bucket->name, key);
    r = object_put(call, bucket, &marker);
    *ret_version = marker.version;
    return r;
}

int object_delete_version(struct call *call, const struct object *object)
{
    const struct db_row *row;
    int r = remove_row(call, object);

    if (r < 0 || !object->is_latest)
        return r;
    r = db_one(call->tx, &row,
            "select version from s3_object where bucket = $1 and key = $2 order by rank desc"
            " limit 1",
            object->bucket, object->key);
    if (r <= 0)
        return r;
    r = db_exec(call->tx,
            "update s3_object set is_latest = 1 where bucket = $1 and key = $2 and version = $3",
            object->bucket, object->key, row_text(row, 0));
    return r < 0 ? r : 0;
}

/* ---- Parts ------------------------------------------------------------------------- */

#define PART_COLUMNS "number, at, size, blob, data_key, checksum"

static struct object_part part_from_row(const struct db_row *row)
{
    return (struct object_part){row_int(row, 0), row_int(row, 1), row_int(row, 2), row_text(row, 3),
            row_text(row, 4), checksum_parse(row_text(row, 5))};
}

int object_parts(struct call *call, str id, int64_t at, int64_t end, struct object_parts *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select " PART_COLUMNS " from s3_object_part where object = $1 and at + size > $2"
            " and at < $3 order by number limit $4",
            id, at, end, OBJECT_MAX_PARTS);

    if (r < 0)
        return r;
    ret->items = arena_array(call->arena, rows.len, struct object_part);
    ret->len = rows.len;
    for (size_t i = 0; i < rows.len; i++)
        ret->items[i] = part_from_row(&rows.items[i]);
    return 0;
}

int object_part(struct call *call, str id, int64_t number, struct object_part *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " PART_COLUMNS " from s3_object_part where object = $1"
            " order by number limit 1 offset $2",
            id, number - 1);

    if (r > 0)
        *ret = part_from_row(row);
    return r;
}

int object_part_add(struct call *call, str id, const struct object_part *part)
{
    int r = db_exec(call->tx,
            "insert into s3_object_part (object, number, at, size, blob, data_key, checksum)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            id, part->number, part->at, part->size, part->blob, db_blob(part->data_key),
            checksum_print(call->arena, &part->checksum));

    return r < 0 ? r : 0;
}
