/*
 * put - what the ways to write an object share (private to services/s3)
 */
#pragma once

#include "services/s3/receive.h"

/* Headers of a write that ask for what is not there. */
struct object_headers {
    str acl, storage_class;
    str grants[4];
    str unsupported[7];
    struct opt_time retain_until;
    struct opt_bool bucket_key;
};
#define OBJECT_HEADERS(in)                                                                         \
    {                                                                                              \
        .acl = (in)->ACL, .storage_class = (in)->StorageClass,                                     \
        .grants = {(in)->GrantFullControl, (in)->GrantRead, (in)->GrantReadACP,                    \
                (in)->GrantWriteACP},                                                              \
        .unsupported = {CUSTOMER_KEY(in), (in)->WebsiteRedirectLocation,                           \
                (in)->SSEKMSEncryptionContext, (in)->ObjectLockMode,                               \
                (in)->ObjectLockLegalHoldStatus},                                                  \
        .retain_until = (in)->ObjectLockRetainUntilDate, .bucket_key = (in)->BucketKeyEnabled,     \
    }
MUST_CHECK int refuse_object_headers(struct call *call, const struct object_headers *headers);

/* Records a new blob and the object that is made of it. */
MUST_CHECK int object_record(struct call *call, const struct bucket *bucket, struct object *object);
