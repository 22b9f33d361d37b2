/*
 * put - PutObject
 */
#include "services/s3/put.h"

int refuse_object_headers(struct call *call, const struct object_headers *h)
{
    static const str standard = STR_INIT("STANDARD");
    int r = check_acl(call, h->acl, h->grants, sizeof(h->grants) / sizeof(*h->grants));

    if (r < 0)
        return r;
    r = refuse_each(call, h->unsupported, sizeof(h->unsupported) / sizeof(*h->unsupported));
    if (r < 0)
        return r;
    if (h->retain_until.is_set || (h->bucket_key.is_set && h->bucket_key.value))
        return refuse_header(call, STR("set"));
    if (h->storage_class.ptr && !str_eq(h->storage_class, standard))
        return call_fail(
                call, &s3_InvalidStorageClass, "The storage class you specified is not valid");
    return 0;
}

struct put {
    struct object_key key;
    struct content content;
    struct received received;
};

static struct content_headers headers_of(const struct s3_PutObjectRequest *in)
{
    return (struct content_headers){in->CacheControl, in->ContentDisposition, in->ContentEncoding,
            in->ContentLanguage, in->Expires};
}

int s3_PutObject_prepare(struct call *call, const struct s3_PutObjectRequest *in)
{
    const struct object_headers refused = OBJECT_HEADERS(in);
    const struct content_headers headers = headers_of(in);
    struct put *put = arena_new(call->arena, struct put);
    struct s3_state *state = s3_state(call);
    struct sse_choice choice;
    struct blob_key plain;
    int r = check_key(call, in->Key);

    if (r < 0 || (r = refuse_object_headers(call, &refused)) < 0 ||
            (r = content_make(call, in->ContentType, &headers, &in->Metadata, in->Tagging,
                     &put->content)) < 0 ||
            (r = sse_choose(
                     call, &state->bucket, in->ServerSideEncryption, in->SSEKMSKeyId, &choice)) < 0)
        return r;
    if (in->WriteOffsetBytes.is_set)
        return refuse_header(call, STR("set"));
    if (in->Tagging.len && (r = authorize(call, STR("s3:PutObjectTagging"),
                                    object_arn(call, in->Bucket, in->Key))) < 0)
        return r;
    r = object_key_new(call, in->Bucket, &choice, &plain, &put->key);
    if (r < 0)
        return r;
    r = receive_body(call, in->ContentMD5, &plain, &put->received);
    mem_wipe(&plain, sizeof(plain));
    state->upload = put;
    return r;
}

int s3_PutObject(
        struct call *call, const struct s3_PutObjectRequest *in, struct s3_PutObjectOutput *out)
{
    const struct put *put = s3_state(call)->upload;
    const struct received *received = &put->received;
    struct object object = {
            .bucket = in->Bucket,
            .key = in->Key,
            .size = received->size,
            .modified = call->now,
            .etag = received->md5,
            .content_type = put->content.content_type,
            .headers = put->content.headers,
            .metadata = put->content.metadata,
            .tags = put->content.tags,
            .checksum = received->checksum,
            .blob = received->blob,
            .data_key = put->key,
    };
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0 ||
            (r = check_write_conditions(call, in->Bucket, in->Key, in->IfMatch, in->IfNoneMatch)) <
                    0 ||
            (r = object_record(call, &bucket, &object)) < 0)
        return r;
    out->ETag = quoted(call, object.etag);
    out->VersionId = str_eq(bucket.versioning, STR("Enabled")) ? object.version : (str){0};
    out->ServerSideEncryption = object.data_key.kms_key.ptr ? STR("aws:kms") : STR("AES256");
    out->SSEKMSKeyId = object.data_key.kms_key;
    CHECKSUM_FILL(out, &object.checksum);
    out->ChecksumType = object.checksum.type;
    return 0;
}

int object_record(struct call *call, const struct bucket *bucket, struct object *object)
{
    int r = 0;

    if (object->blob.ptr)
        r = blob_record(call->tx, object->blob, object->size,
                str_printf(call->arena, "s3.object/%.*s", STR_ARG(object->bucket)));
    return r < 0 ? r : object_put(call, bucket, object);
}
