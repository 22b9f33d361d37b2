/*
 * object_key - the data key of an object, and what keeps it (private to services/s3)
 *
 *     AES256    data key  sealed under the master key, bound to the bucket
 *     aws:kms   data key  sealed under a key that KMS made for it and keeps sealed itself
 *
 * The same data key can be wrapped anew for another bucket or another KMS key: a copy of
 * an object shares its blob. Parts of one object have keys of their own, wrapped by the
 * object's.
 */
#pragma once

#include "services/kms/kms.h"
#include "services/s3/bucket.h"

struct object_key {
    str data_key;   /* sealed */
    str kms_sealed; /* absent: AES256 */
    str kms_key;    /* ARN */
};

/* What the request, or else the bucket, asks for. */
struct sse_choice {
    bool is_kms;
    str key; /* absent: the managed key */
};

/* `sse` and `key` are of the request's headers. Fails the call. */
MUST_CHECK int sse_choose(
        struct call *call, const struct bucket *bucket, str sse, str key, struct sse_choice *ret);
/* Wraps `plain`. In prepare and in handlers. Fails the call. */
MUST_CHECK int object_key_wrap(struct call *call, str bucket, const struct sse_choice *choice,
        const struct blob_key *plain, struct object_key *ret);
/* A new one; wipe *ret_plain. */
MUST_CHECK int object_key_new(struct call *call, str bucket, const struct sse_choice *choice,
        struct blob_key *ret_plain, struct object_key *ret);
MUST_CHECK int object_key_open(
        struct call *call, str bucket, const struct object_key *key, struct blob_key *ret);

str part_key_wrap(struct arena *arena, const struct blob_key *object, const struct blob_key *part);
MUST_CHECK int part_key_open(const struct blob_key *object, str wrapped, struct blob_key *ret);
