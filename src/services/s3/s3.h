/*
 * s3 - objects for the other services: artifacts of pipelines, builds and deployments
 *
 * All of these act as a given principal and are authorized as it: a role that lacks
 * s3:GetObject fails with S3's words. They need call->tx; reading needs none.
 */
#pragma once

#include "api/service.h"
#include "store/blob.h"

#include <sys/types.h>

extern const struct service s3_service;

struct s3_info {
    str bucket, key;
    str version; /* "null" in buckets without versions */
    str etag;    /* without quotes */
    str content_type;
    int64_t size;
    int64_t modified; /* ms */
};

struct s3_reader;

/*
 * The latest version, or `version` where it is present. CALL_FAILED and *ret_failure:
 * NoSuchBucket, NoSuchKey, AccessDenied; any other error is the store's.
 */
MUST_CHECK int s3_head(struct call *call, const struct principal *principal, str bucket, str key,
        str version, struct s3_info *ret, struct call_failure *ret_failure);
/* The same, and a way to its bytes, which outlives the transaction; s3_close() it. */
MUST_CHECK int s3_open_object(struct call *call, const struct principal *principal, str bucket,
        str key, str version, struct s3_info *ret, struct s3_reader **ret_reader,
        struct call_failure *ret_failure);
/* Up to `len` bytes at `offset`, perhaps fewer; 0 at the end. On one thread at a time. */
MUST_CHECK ssize_t s3_read(
        struct s3_reader *reader, int64_t offset, void *ptr, size_t len, struct error *err);
void s3_close(struct s3_reader *reader); /* NULL is fine */

/* Condition keys of the one who puts it, beside those of every call. */
struct s3_keys {
    struct {
        str name, value;
    } items[4];
    size_t len;
};

/* A blob that was written and is not recorded yet, to become an object. */
struct s3_blob {
    str blob; /* absent: an empty object */
    struct blob_key key;
    int64_t size;
    str md5; /* hex: the ETag */
    str content_type;
    str content_encoding; /* absent: none */
    str metadata;         /* JSON object of texts, names in lower case; absent: none */
    str kms_key;          /* absent: as the bucket says */
    struct s3_keys keys;
};
MUST_CHECK int s3_put_blob(struct call *call, const struct principal *principal, str bucket,
        str key, const struct s3_blob *blob, struct s3_info *ret, struct call_failure *ret_failure);
