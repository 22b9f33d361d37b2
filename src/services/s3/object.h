/*
 * object - the rows of objects and their versions (private to services/s3)
 *
 *     unversioned   one version "null" of a key; writing replaces it
 *     Enabled       writing adds a version; deleting adds a delete marker
 *     Suspended     both write the version "null", which replaces an earlier "null"
 *
 * Versions of a key are ordered by rank; the highest is the latest, and marked so.
 */
#pragma once

#include "services/s3/checksum.h"
#include "services/s3/object_key.h"

enum {
    OBJECT_MAX_PARTS = 10000,
};

struct object {
    str bucket, key;
    str version; /* "null" */
    str id;      /* parts hang on it */
    int64_t rank;
    bool is_latest, is_marker;
    int64_t size;
    int64_t modified; /* ms */
    str etag;         /* hex, or hex-N; without quotes */
    str content_type;
    str headers;  /* JSON: Cache-Control and so on; absent: none */
    str metadata; /* JSON */
    str tags;     /* JSON */
    struct checksum checksum;
    str blob; /* absent: empty, or in parts */
    struct object_key data_key;
    int64_t parts; /* 0: one blob */
};

MUST_CHECK int check_key(struct call *call, str key);
/* "null" or as we make them; fails the call otherwise. */
MUST_CHECK int check_version(struct call *call, str version);

/*
 * 1 the object, or a delete marker; 0 no such key or version. Fails the call like
 * bucket_use(). `version` absent: the latest.
 */
MUST_CHECK int object_find(struct call *call, str bucket, str key, str version, str expected_owner,
        struct bucket *ret_bucket, struct object *ret);
/* Fails the call: who may not list the bucket does not learn what is not in it. */
MUST_CHECK int object_missing(struct call *call, str bucket, str version);
/* 1 the latest version, perhaps a delete marker; 0 none. */
MUST_CHECK int object_latest(struct call *call, str bucket, str key, struct object *ret);
/* The event of it: "Object Created". */
MUST_CHECK int object_created(
        struct call *call, const struct bucket *bucket, const struct object *object);
/* Writes *object as the latest version of its key; version and rank become known. */
MUST_CHECK int object_put(struct call *call, const struct bucket *bucket, struct object *object);
/* Deletes the way of the bucket's versioning. */
MUST_CHECK int object_delete(struct call *call, const struct bucket *bucket, str key,
        bool *ret_is_marker, str *ret_version);
/* Deletes one version for good. */
MUST_CHECK int object_delete_version(struct call *call, const struct object *object);
/* The rank that lies in a version id other than "null". Fails the call if it is no version id. */
MUST_CHECK int rank_of_version(struct call *call, str version, int64_t *ret);
/* "null" is not shown of buckets that never had versions. */
str shown_version(const struct bucket *bucket, const struct object *object);

/* The part that holds a byte, and all after it. */
struct object_part {
    int64_t number, at, size;
    str blob, data_key;
    struct checksum checksum;
};
struct object_parts {
    struct object_part *items;
    size_t len;
};
/* The parts that lie in [at, end). */
MUST_CHECK int object_parts(
        struct call *call, str id, int64_t at, int64_t end, struct object_parts *ret);
MUST_CHECK int object_part(struct call *call, str id, int64_t number, struct object_part *ret);
MUST_CHECK int object_part_add(struct call *call, str id, const struct object_part *part);

/* If-Match and If-None-Match of a write, against the latest version. Fails the call. */
MUST_CHECK int check_write_conditions(
        struct call *call, str bucket, str key, str if_match, str if_none_match);
/* If-Match and its kin of a read or of the source of a copy. Fails the call, or answers
 * NotModified. */
struct conditions {
    str if_match, if_none_match;
    struct opt_time if_modified, if_unmodified;
    bool is_copy; /* a condition that does not hold is then always PreconditionFailed */
};
MUST_CHECK int check_conditions(
        struct call *call, const struct object *object, const struct conditions *conditions);
/* 1 and [*ret_at, *ret_end), or 0: not a range, to be ignored. Fails the call: it lies outside. */
MUST_CHECK int parse_range(
        struct call *call, str range, int64_t size, int64_t *ret_at, int64_t *ret_end);
str quoted(struct call *call, str etag);

/* Headers and metadata as they lie in a row. */
struct content {
    str content_type, headers, metadata, tags;
};
struct content_headers {
    str cache_control, disposition, encoding, language;
    str expires; /* as it was sent: a date or not */
};
MUST_CHECK int content_make(struct call *call, str content_type,
        const struct content_headers *headers, const struct s3_Metadata *metadata, str tagging,
        struct content *ret);
MUST_CHECK int content_headers(struct call *call, str json, struct content_headers *ret);
MUST_CHECK int content_metadata(struct call *call, str json, struct s3_Metadata *ret);
