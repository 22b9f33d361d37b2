/*
 * list - ListObjects, ListObjectsV2, ListObjectVersions
 */
#include "services/s3/walk.h"

#define LATEST                                                                                     \
    "select key, rank, size, modified, etag, checksum from s3_object"                              \
    " where bucket = $1 and key >= $2 and key < $3 and is_latest = 1 and is_marker = 0"            \
    " and (key > $2 or rank < $4) order by key limit $5"
#define VERSIONS                                                                                   \
    "select key, rank, size, modified, etag, checksum, version, is_latest, is_marker"              \
    " from s3_object where bucket = $1 and key >= $2 and key < $3"                                 \
    " and (key > $2 or rank < $4) order by key, rank desc limit $5"

struct contents {
    struct s3_ObjectList list;
    struct s3_Owner *owner; /* NULL: not asked for */
};

static struct str_list checksum_names(struct call *call, const struct checksum *sum)
{
    str *name = arena_new(call->arena, str);

    *name = sum->algorithm;
    return (struct str_list){name, sum->algorithm.ptr ? 1 : 0, sum->algorithm.ptr};
}

static bool add_object(struct walk *walk, const struct db_row *row)
{
    struct contents *contents = walk->arg;
    struct checksum sum = checksum_parse(row_text(row, 5));

    if (!contents->list.items)
        contents->list.items = arena_array(walk->call->arena, walk->max, struct s3_Object);
    contents->list.is_set = true;
    contents->list.items[contents->list.len++] = (struct s3_Object){
            .Key = walk_encode(walk, row_text(row, 0)),
            .Size = SOME_INT(row_int(row, 2)),
            .LastModified = SOME_TIME(row_int(row, 3)),
            .ETag = quoted(walk->call, row_text(row, 4)),
            .ChecksumAlgorithm = checksum_names(walk->call, &sum),
            .ChecksumType = sum.type,
            .StorageClass = STR("STANDARD"),
            .Owner = contents->owner,
    };
    return true;
}

int s3_ListObjects(
        struct call *call, const struct s3_ListObjectsRequest *in, struct s3_ListObjectsOutput *out)
{
    struct contents contents = {0};
    struct walk walk = {.sql = LATEST, .add = add_object, .arg = &contents};
    int r = walk_init(&walk, call,
            &(struct walk_query){in->Bucket, in->ExpectedBucketOwner, in->Prefix, in->Delimiter,
                    in->EncodingType, in->MaxKeys});

    if (r < 0)
        return r;
    contents.owner = owner_of(call, walk.bucket.account);
    if (in->Marker.len)
        walk_after_marker(&walk, in->Marker);
    r = walk_run(&walk);
    if (r < 0)
        return r;
    *out = (struct s3_ListObjectsOutput){
            .IsTruncated = SOME_BOOL(walk.is_truncated),
            .Marker = walk_encode(&walk, in->Marker.ptr ? in->Marker : STR("")),
            .Contents = contents.list,
            .Name = walk.bucket.name,
            .Prefix = walk_encode(&walk, walk.prefix),
            .Delimiter = walk_encode(&walk, in->Delimiter),
            .MaxKeys = SOME_INT((int64_t)walk.max),
            .CommonPrefixes = walk.prefixes,
            .EncodingType = in->EncodingType,
    };
    if (walk.is_truncated && in->Delimiter.len)
        out->NextMarker = walk_encode(&walk, walk.last);
    return 0;
}

/* Continuation tokens: 'k' and the last key, or 'p' and the last common prefix. */
static int continue_from(struct call *call, struct walk *walk, str token, str start_after)
{
    str position;
    int r = page_open(call, token, &s3_InvalidArgument, &position);

    if (r < 0)
        return r;
    if (!position.ptr && start_after.len)
        walk_after_key(walk, start_after);
    if (position.ptr && position.len && position.ptr[0] == 'p')
        walk_after_prefix(walk, str_skip(position, 1));
    else if (position.ptr && position.len)
        walk_after_key(walk, str_skip(position, 1));
    return 0;
}

int s3_ListObjectsV2(struct call *call, const struct s3_ListObjectsV2Request *in,
        struct s3_ListObjectsV2Output *out)
{
    struct contents contents = {0};
    struct walk walk = {.sql = LATEST, .add = add_object, .arg = &contents};
    int r = walk_init(&walk, call,
            &(struct walk_query){in->Bucket, in->ExpectedBucketOwner, in->Prefix, in->Delimiter,
                    in->EncodingType, in->MaxKeys});

    if (r == 0)
        r = continue_from(call, &walk, in->ContinuationToken, in->StartAfter);
    if (r < 0)
        return r;
    if (in->FetchOwner.is_set && in->FetchOwner.value)
        contents.owner = owner_of(call, walk.bucket.account);
    r = walk_run(&walk);
    if (r < 0)
        return r;
    *out = (struct s3_ListObjectsV2Output){
            .IsTruncated = SOME_BOOL(walk.is_truncated),
            .Contents = contents.list,
            .Name = walk.bucket.name,
            .Prefix = walk_encode(&walk, walk.prefix),
            .Delimiter = walk_encode(&walk, in->Delimiter),
            .MaxKeys = SOME_INT((int64_t)walk.max),
            .CommonPrefixes = walk.prefixes,
            .EncodingType = in->EncodingType,
            .KeyCount = SOME_INT((int64_t)walk.count),
            .ContinuationToken = in->ContinuationToken,
            .StartAfter = walk_encode(&walk, in->StartAfter),
    };
    if (walk.is_truncated)
        out->NextContinuationToken = page_seal(call,
                str_concat(call->arena, walk.last_is_prefix ? STR("p") : STR("k"), walk.last));
    return 0;
}

/* ---- Versions ---------------------------------------------------------------------- */

struct versions {
    struct s3_ObjectVersionList list;
    struct s3_DeleteMarkers markers;
    struct s3_Owner *owner;
};

static void add_marker(struct walk *walk, struct versions *versions, const struct db_row *row)
{
    if (!versions->markers.items)
        versions->markers.items =
                arena_array(walk->call->arena, walk->max, struct s3_DeleteMarkerEntry);
    versions->markers.is_set = true;
    versions->markers.items[versions->markers.len++] = (struct s3_DeleteMarkerEntry){
            .Owner = versions->owner,
            .Key = walk_encode(walk, row_text(row, 0)),
            .VersionId = row_text(row, 6),
            .IsLatest = SOME_BOOL(row_int(row, 7)),
            .LastModified = SOME_TIME(row_int(row, 3)),
    };
}

static bool add_version(struct walk *walk, const struct db_row *row)
{
    struct versions *versions = walk->arg;
    struct checksum sum = checksum_parse(row_text(row, 5));

    if (row_int(row, 8)) {
        add_marker(walk, versions, row);
        return true;
    }
    if (!versions->list.items)
        versions->list.items = arena_array(walk->call->arena, walk->max, struct s3_ObjectVersion);
    versions->list.is_set = true;
    versions->list.items[versions->list.len++] = (struct s3_ObjectVersion){
            .ETag = quoted(walk->call, row_text(row, 4)),
            .ChecksumAlgorithm = checksum_names(walk->call, &sum),
            .ChecksumType = sum.type,
            .Size = SOME_INT(row_int(row, 2)),
            .StorageClass = STR("STANDARD"),
            .Key = walk_encode(walk, row_text(row, 0)),
            .VersionId = row_text(row, 6),
            .IsLatest = SOME_BOOL(row_int(row, 7)),
            .LastModified = SOME_TIME(row_int(row, 3)),
            .Owner = versions->owner,
    };
    return true;
}

/* The rank of a version that may be gone by now: clients delete what they list. */
static int rank_of(struct call *call, const struct s3_ListObjectVersionsRequest *in, int64_t *ret)
{
    const struct db_row *row;
    int r;

    if (!str_eq(in->VersionIdMarker, STR("null")))
        return rank_of_version(call, in->VersionIdMarker, ret);
    r = db_one(call->tx, &row,
            "select rank from s3_object where bucket = $1 and key = $2 and version = 'null'",
            in->Bucket, in->KeyMarker);
    if (r < 0)
        return r;
    *ret = r > 0 ? row_int(row, 0) : INT64_MAX;
    return 0;
}

static int versions_from(
        struct call *call, const struct s3_ListObjectVersionsRequest *in, struct walk *walk)
{
    int64_t rank = 0;
    int r;

    if (!in->VersionIdMarker.len) {
        if (in->KeyMarker.len)
            walk_after_marker(walk, in->KeyMarker);
        return 0;
    }
    if (!in->KeyMarker.len)
        return call_fail(call, &s3_InvalidArgument,
                "A version-id marker cannot be specified without a key marker.");
    r = rank_of(call, in, &rank);
    if (r >= 0)
        walk_after_version(walk, in->KeyMarker, rank);
    return r;
}

int s3_ListObjectVersions(struct call *call, const struct s3_ListObjectVersionsRequest *in,
        struct s3_ListObjectVersionsOutput *out)
{
    struct versions versions = {0};
    struct walk walk = {.sql = VERSIONS, .add = add_version, .arg = &versions};
    int r = walk_init(&walk, call,
            &(struct walk_query){in->Bucket, in->ExpectedBucketOwner, in->Prefix, in->Delimiter,
                    in->EncodingType, in->MaxKeys});

    if (r == 0)
        r = versions_from(call, in, &walk);
    if (r < 0)
        return r;
    versions.owner = owner_of(call, walk.bucket.account);
    r = walk_run(&walk);
    if (r < 0)
        return r;
    *out = (struct s3_ListObjectVersionsOutput){
            .IsTruncated = SOME_BOOL(walk.is_truncated),
            .KeyMarker = walk_encode(&walk, in->KeyMarker),
            .VersionIdMarker = in->VersionIdMarker,
            .Versions = versions.list,
            .DeleteMarkers = versions.markers,
            .Name = walk.bucket.name,
            .Prefix = walk_encode(&walk, walk.prefix),
            .Delimiter = walk_encode(&walk, in->Delimiter),
            .MaxKeys = SOME_INT((int64_t)walk.max),
            .CommonPrefixes = walk.prefixes,
            .EncodingType = in->EncodingType,
    };
    if (walk.is_truncated)
        out->NextKeyMarker = walk_encode(&walk, walk.last);
    if (walk.is_truncated && walk.last_row)
        out->NextVersionIdMarker = row_text(walk.last_row, 6);
    return 0;
}
