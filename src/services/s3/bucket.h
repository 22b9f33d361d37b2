/*
 * bucket - the row of a bucket, and the way to it (private to services/s3)
 *
 * Bucket names are one space for all accounts; so S3's ARNs name no account, and a
 * call's account becomes that of the bucket's owner as soon as the bucket is known.
 */
#pragma once

#include "base/json.h"
#include "gen/s3.h"
#include "services/s3/s3.h"

enum {
    S3_MAX_BUCKETS = 10000, /* of one account */
    S3_MAX_TAGS = 50,       /* of a bucket */
    S3_MAX_OBJECT_TAGS = 10,
    S3_MAX_KEY = 1024,      /* bytes */
    S3_MAX_METADATA = 2048, /* bytes, names and values */
    S3_MAX_POLICY = 20480,
    S3_MAX_LIST = 1000, /* entries of one answer */
};

struct bucket {
    str name;
    str account; /* the owner */
    str region;
    int64_t created;
    str versioning; /* absent: never switched on */
    str policy;     /* absent: none */
    str sse;        /* AES256, aws:kms; absent: AES256 by default */
    str sse_key;
    bool bucket_key;
};

/* What call->prepared of every S3 call points to. */
struct s3_state {
    struct bucket bucket; /* name absent: not looked at yet */
    void *upload;         /* what a prepare step made */
};

struct s3_state *s3_state(struct call *call);

/*
 * The bucket of a call; call->account becomes its owner's. Fails the call when it is not
 * there, lies in another region, or is not `expected_owner`'s (absent: anybody's).
 */
MUST_CHECK int bucket_use(struct call *call, str name, str expected_owner, struct bucket *ret);
str bucket_arn(struct call *call, str bucket);
str object_arn(struct call *call, str bucket, str key);
struct s3_Owner *owner_of(struct call *call, str account);
/* The canonical user id of an account: 64 hex digits. */
str canonical_id(struct call *call, str account);

/* service.resource_policy */
MUST_CHECK int bucket_policy(struct call *call, str arn, str *ret);

/* The JSON of a row's column; NULL where the column is. *ret is the caller's (AUTO_JSON). */
MUST_CHECK int json_of_column(struct call *call, str column, json_t **ret);
/* service.resource_tags: of a bucket, which its objects have too */
MUST_CHECK int bucket_resource_tags(struct call *call, str text, struct resource_tags *ret);

/* Tags as a JSON object, checked; an empty set is absent. Fails the call. */
MUST_CHECK int tags_to_json(struct call *call, const struct s3_TagSet *tags, size_t max, str *ret);
MUST_CHECK int tags_from_json(struct call *call, str json, struct s3_TagSet *ret);

/* Refuses what would be accepted and then ignored: "A header you provided implies…". */
MUST_CHECK int refuse_header(struct call *call, str value);
MUST_CHECK int refuse_each(struct call *call, const str *values, size_t len);
#define refuse_headers(call, ...)                                                                  \
    refuse_each(call, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
/* What it is mostly asked to refuse. */
#define CUSTOMER_KEY(in) (in)->SSECustomerAlgorithm, (in)->SSECustomerKey, (in)->SSECustomerKeyMD5
#define SOURCE_CUSTOMER_KEY(in)                                                                    \
    (in)->CopySourceSSECustomerAlgorithm, (in)->CopySourceSSECustomerKey,                          \
            (in)->CopySourceSSECustomerKeyMD5
#define OTHER_CHECKSUMS(in)                                                                        \
    (in)->ChecksumSHA512, (in)->ChecksumMD5, (in)->ChecksumXXHASH64, (in)->ChecksumXXHASH3,        \
            (in)->ChecksumXXHASH128
/* Only "private" and "bucket-owner-full-control" mean anything here. */
MUST_CHECK int check_acl(struct call *call, str acl, const str *grants, size_t len);
