/*
 * receive - bytes into a blob: sizes, MD5 and checksums on the way (private to services/s3)
 */
#pragma once

#include "services/s3/object.h"

#define S3_MAX_PUT ((int64_t)5 << 30) /* bytes of one request */

struct received {
    str blob; /* absent: no bytes */
    int64_t size;
    str md5; /* hex */
    struct checksum checksum;
};

/* The streamed body of a request; only in prepare. Fails the call. */
MUST_CHECK int receive_body(
        struct call *call, str content_md5, const struct blob_key *key, struct received *ret);

/* The same of bytes from elsewhere. `algorithm` absent: no checksum. */
typedef ssize_t receive_fn(void *arg, void *ptr, size_t len, struct error *err);
MUST_CHECK int receive_from(struct call *call, receive_fn *fn, void *arg, str algorithm,
        const struct blob_key *key, struct received *ret);
