/*
 * multipart - uploads in parts (private to services/s3)
 *
 *     CreateMultipartUpload --> [upload] --UploadPart, UploadPartCopy--> [upload with parts]
 *                                  |                                       |
 *                            AbortMultipartUpload              CompleteMultipartUpload
 *                                  v                                       v
 *                          (blobs released)                object that refers to the parts' blobs
 *
 * Completing moves rows, never bytes.
 */
#pragma once

#include "services/s3/put.h"

enum {
    PART_MIN = 5 << 20, /* bytes; of all but the last part */
    LIST_PARTS_MAX = 1000,
};
#define S3_MAX_OBJECT ((int64_t)5 << 40)

struct upload {
    str id, bucket, key;
    int64_t initiated; /* ms */
    str initiator;     /* ARN */
    struct content content;
    str algorithm, checksum_type; /* absent: none */
    struct object_key data_key;
};

/* Fails the call with NoSuchUpload. */
MUST_CHECK int upload_find(struct call *call, str bucket, str key, str id, struct upload *ret);

struct part {
    int64_t number, size, modified;
    str etag;
    struct checksum checksum;
    str blob, data_key; /* absent: empty */
};
struct parts {
    struct part *items;
    size_t len;
};
/* Up to `limit` parts with greater numbers. */
MUST_CHECK int parts_load(
        struct call *call, str upload, int64_t after, int64_t limit, struct parts *ret);
