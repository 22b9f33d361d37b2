/*
 * copy - CopyObject: a new row that refers to the same bytes
 */
#include "services/s3/copy.h"

#include "base/codec.h"
#include "base/random.h"
#include "services/s3/put.h"

struct name {
    str bucket, key, version;
};

static int bad_source(struct call *call)
{
    return call_fail(call, &s3_InvalidArgument,
            "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
}

static int parse_source(struct call *call, str text, struct name *ret)
{
    ptrdiff_t query = str_find(text, STR("?versionId="));
    str path;

    *ret = (struct name){0};
    if (query >= 0) {
        ret->version = str_skip(text, (size_t)query + strlen("?versionId="));
        text = str_head(text, (size_t)query);
    }
    if (percent_decode(call->arena, text, 0, &path) < 0 || !str_is_utf8(path))
        return bad_source(call);
    (void)str_take_prefix(&path, STR("/"));
    if (!str_cut(&path, '/', &ret->bucket) || !ret->bucket.len || !path.len)
        return bad_source(call);
    ret->key = path;
    return 0;
}

int copy_source_find(struct call *call, str text, str expected_owner,
        const struct conditions *conditions, struct copy_source *ret)
{
    struct name name;
    int found, r = parse_source(call, text, &name);

    if (r < 0)
        return r;
    found = object_find(
            call, name.bucket, name.key, name.version, expected_owner, &ret->bucket, &ret->object);
    if (found < 0)
        return found;
    r = authorize(call, name.version.ptr ? STR("s3:GetObjectVersion") : STR("s3:GetObject"),
            object_arn(call, name.bucket, name.key));
    if (r < 0)
        return r;
    if (!found)
        return object_missing(call, name.bucket, name.version);
    if (ret->object.is_marker && !name.version.ptr)
        return call_fail(call, &s3_NoSuchKey, "The specified key does not exist.");
    if (ret->object.is_marker)
        return call_fail(call, &s3_InvalidRequest,
                "The source of a copy request may not specifically refer to a delete marker by "
                "version id.");
    return check_conditions(call, &ret->object, conditions);
}

/* ---- CopyObject -------------------------------------------------------------------- */

static bool replaces(str directive)
{
    return str_eq(directive, STR("REPLACE"));
}

static int check_change(
        struct call *call, const struct s3_CopyObjectRequest *in, const struct copy_source *source)
{
    if (!str_eq(in->Bucket, source->object.bucket) || !str_eq(in->Key, source->object.key) ||
            !source->object.is_latest || replaces(in->MetadataDirective) ||
            replaces(in->TaggingDirective) || in->ServerSideEncryption.ptr)
        return 0;
    return call_fail(call, &s3_InvalidRequest,
            "This copy request is illegal because it is trying to copy an object to itself without "
            "changing the object's metadata, storage class, website redirect location or "
            "encryption attributes.");
}

static int check_request(struct call *call, const struct s3_CopyObjectRequest *in)
{
    const struct object_headers refused = OBJECT_HEADERS(in);
    int r = check_key(call, in->Key);

    if (r < 0 || (r = refuse_object_headers(call, &refused)) < 0 ||
            (r = refuse_headers(call, SOURCE_CUSTOMER_KEY(in))) < 0)
        return r;
    return 0;
}

static int check_source(
        struct call *call, const struct s3_CopyObjectRequest *in, const struct copy_source *source)
{
    if (source->object.size > S3_MAX_PUT)
        return call_fail(call, &s3_InvalidRequest,
                "The specified copy source is larger than the maximum allowable size for a copy "
                "source: %lld",
                (long long)S3_MAX_PUT);
    if (in->ChecksumAlgorithm.ptr &&
            !str_eq(in->ChecksumAlgorithm, source->object.checksum.algorithm))
        return refuse_header(call, in->ChecksumAlgorithm);
    return check_change(call, in, source);
}

static int copy_content(struct call *call, const struct s3_CopyObjectRequest *in,
        const struct object *source, struct object *target)
{
    const struct content_headers headers = {in->CacheControl, in->ContentDisposition,
            in->ContentEncoding, in->ContentLanguage, in->Expires};
    struct content content;
    int r = content_make(call, in->ContentType, &headers, &in->Metadata, in->Tagging, &content);

    if (r < 0)
        return r;
    if (replaces(in->MetadataDirective)) {
        target->content_type = content.content_type;
        target->headers = content.headers;
        target->metadata = content.metadata;
    }
    if (replaces(in->TaggingDirective)) {
        target->tags = content.tags;
        return content.tags.ptr ? authorize(call, STR("s3:PutObjectTagging"),
                                          object_arn(call, in->Bucket, in->Key))
                                : 0;
    }
    if (!source->tags.ptr)
        return 0;
    r = authorize(call, STR("s3:GetObjectTagging"), object_arn(call, source->bucket, source->key));
    return r < 0 ? r
                 : authorize(
                           call, STR("s3:PutObjectTagging"), object_arn(call, in->Bucket, in->Key));
}

/* One more reference to each blob. */
static int share_bytes(struct call *call, const struct object *source, struct object *target)
{
    struct object_parts parts;
    int r = 0;

    if (source->blob.ptr)
        r = blob_retain(call->tx, source->blob);
    if (r < 0 || !source->parts)
        return r;
    r = object_parts(call, source->id, 0, INT64_MAX, &parts);
    for (size_t i = 0; i < parts.len && r >= 0; i++) {
        r = blob_retain(call->tx, parts.items[i].blob);
        if (r >= 0)
            r = object_part_add(call, target->id, &parts.items[i]);
    }
    return r;
}

static int rewrap(struct call *call, const struct s3_CopyObjectRequest *in,
        const struct copy_source *source, const struct bucket *bucket, struct object *target)
{
    struct sse_choice choice;
    struct blob_key plain;
    int r = sse_choose(call, bucket, in->ServerSideEncryption, in->SSEKMSKeyId, &choice);

    if (r < 0 ||
            (r = object_key_open(call, source->bucket.name, &source->object.data_key, &plain)) < 0)
        return r;
    r = object_key_wrap(call, bucket->name, &choice, &plain, &target->data_key);
    mem_wipe(&plain, sizeof(plain));
    return r;
}

static void answer(struct call *call, const struct bucket *bucket, const struct object *object,
        struct s3_CopyObjectOutput *out)
{
    struct s3_CopyObjectResult *result = arena_new(call->arena, struct s3_CopyObjectResult);

    result->ETag = quoted(call, object->etag);
    result->LastModified = SOME_TIME(object->modified);
    CHECKSUM_FILL(result, &object->checksum);
    result->ChecksumType = object->checksum.type;
    out->CopyObjectResult = result;
    out->VersionId = str_eq(bucket->versioning, STR("Enabled")) ? object->version : (str){0};
    out->ServerSideEncryption = object->data_key.kms_key.ptr ? STR("aws:kms") : STR("AES256");
    out->SSEKMSKeyId = object->data_key.kms_key;
}

int s3_CopyObject(
        struct call *call, const struct s3_CopyObjectRequest *in, struct s3_CopyObjectOutput *out)
{
    const struct conditions conditions = {in->CopySourceIfMatch, in->CopySourceIfNoneMatch,
            in->CopySourceIfModifiedSince, in->CopySourceIfUnmodifiedSince, true};
    struct copy_source source;
    struct object object;
    struct bucket bucket;
    int r = check_request(call, in);

    if (r < 0 ||
            (r = authorize(call, STR("s3:PutObject"), object_arn(call, in->Bucket, in->Key))) < 0 ||
            (r = copy_source_find(call, in->CopySource, in->ExpectedSourceBucketOwner, &conditions,
                     &source)) < 0 ||
            (r = check_source(call, in, &source)) < 0)
        return r;
    object = source.object;
    r = copy_content(call, in, &source.object, &object);
    if (r < 0 || (r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket)) < 0 ||
            (r = check_write_conditions(call, in->Bucket, in->Key, in->IfMatch, in->IfNoneMatch)) <
                    0 ||
            (r = rewrap(call, in, &source, &bucket, &object)) < 0)
        return r;
    object.bucket = in->Bucket;
    object.key = in->Key;
    object.id = random_uuid_sortable(call->arena);
    object.modified = call->now;
    if ((r = share_bytes(call, &source.object, &object)) < 0 ||
            (r = object_put(call, &bucket, &object)) < 0)
        return r;
    out->CopySourceVersionId = shown_version(&source.bucket, &source.object);
    answer(call, &bucket, &object, out);
    return 0;
}
