/*
 * tagging - GetObjectTagging, PutObjectTagging, DeleteObjectTagging
 */
#include "services/s3/object.h"

/* Finds an object whose tags the caller may read or change. */
static int find(struct call *call, const char *verb, str bucket_name, str key, str version,
        str expected_owner, struct bucket *ret_bucket, struct object *ret)
{
    str action =
            str_printf(call->arena, "s3:%sObject%sTagging", verb, version.ptr ? "Version" : "");
    int r = object_find(call, bucket_name, key, version, expected_owner, ret_bucket, ret);
    int found = r;

    if (r < 0 || (r = authorize(call, action, object_arn(call, bucket_name, key))) < 0)
        return r;
    if (!found && version.ptr)
        return call_fail(call, &s3_NoSuchVersion, "The specified version does not exist.");
    if (!found || (ret->is_marker && !version.ptr))
        return call_fail(call, &s3_NoSuchKey, "The specified key does not exist.");
    if (ret->is_marker)
        return call_fail(call, &s3_MethodNotAllowed,
                "The specified method is not allowed against this resource.");
    return 0;
}

static int set_tags(struct call *call, const struct object *object, str tags)
{
    int r = db_exec(call->tx,
            "update s3_object set tags = $4 where bucket = $1 and key = $2 and version = $3",
            object->bucket, object->key, object->version, tags);

    return r < 0 ? r : 0;
}

int s3_GetObjectTagging(struct call *call, const struct s3_GetObjectTaggingRequest *in,
        struct s3_GetObjectTaggingOutput *out)
{
    struct bucket bucket;
    struct object object;
    int r = find(call, "Get", in->Bucket, in->Key, in->VersionId, in->ExpectedBucketOwner, &bucket,
            &object);

    if (r < 0)
        return r;
    out->VersionId = shown_version(&bucket, &object);
    return tags_from_json(call, object.tags, &out->TagSet);
}

int s3_PutObjectTagging(struct call *call, const struct s3_PutObjectTaggingRequest *in,
        struct s3_PutObjectTaggingOutput *out)
{
    static const struct s3_TagSet none;
    struct bucket bucket;
    struct object object;
    str tags;
    int r = find(call, "Put", in->Bucket, in->Key, in->VersionId, in->ExpectedBucketOwner, &bucket,
            &object);

    if (r < 0 || (r = tags_to_json(call, in->Tagging ? &in->Tagging->TagSet : &none,
                          S3_MAX_OBJECT_TAGS, &tags)) < 0)
        return r;
    out->VersionId = shown_version(&bucket, &object);
    return set_tags(call, &object, tags);
}

int s3_DeleteObjectTagging(struct call *call, const struct s3_DeleteObjectTaggingRequest *in,
        struct s3_DeleteObjectTaggingOutput *out)
{
    struct bucket bucket;
    struct object object;
    int r = find(call, "Delete", in->Bucket, in->Key, in->VersionId, in->ExpectedBucketOwner,
            &bucket, &object);

    if (r < 0)
        return r;
    out->VersionId = shown_version(&bucket, &object);
    return set_tags(call, &object, (str){0});
}
