/*
 * serve - s3.h: objects for the other services
 */
#include "services/s3/put.h"
#include "services/s3/reader.h"

static void tell(const struct object *object, struct s3_info *ret)
{
    *ret = (struct s3_info){
            .bucket = object->bucket,
            .key = object->key,
            .version = object->version,
            .etag = object->etag,
            .content_type = object->content_type,
            .size = object->size,
            .modified = object->modified,
    };
}

static int finish(const struct call *child, int r, struct call_failure *ret_failure)
{
    if (r == CALL_FAILED)
        *ret_failure = child->failure;
    return r;
}

static int find(struct call *child, str name, str key, str version, struct object *ret)
{
    struct bucket bucket;
    int found = object_find(child, name, key, version, (str){0}, &bucket, ret), r;

    if (found < 0)
        return found;
    r = authorize(child, version.ptr ? STR("s3:GetObjectVersion") : STR("s3:GetObject"),
            object_arn(child, name, key));
    if (r < 0)
        return r;
    if (!found && version.ptr)
        return call_fail(child, &s3_NoSuchVersion, "The specified version does not exist.");
    if (!found || ret->is_marker)
        return call_fail(child, &s3_NoSuchKey, "The specified key does not exist.");
    return 0;
}

int s3_head(struct call *call, const struct principal *principal, str bucket, str key, str version,
        struct s3_info *ret, struct call_failure *ret_failure)
{
    struct call *child = call_as(call, principal, &s3_service, "HeadObject");
    struct object object;
    int r = find(child, bucket, key, version, &object);

    if (r >= 0)
        tell(&object, ret);
    return finish(child, r, ret_failure);
}

int s3_open_object(struct call *call, const struct principal *principal, str bucket, str key,
        str version, struct s3_info *ret, struct s3_reader **ret_reader,
        struct call_failure *ret_failure)
{
    struct call *child = call_as(call, principal, &s3_service, "GetObject");
    struct object object;
    int r = find(child, bucket, key, version, &object);

    if (r >= 0)
        r = reader_new(child, &object, 0, object.size, ret_reader);
    if (r >= 0)
        tell(&object, ret);
    return finish(child, r, ret_failure);
}

static int put_blob(struct call *child, const struct s3_blob *blob, struct object *object)
{
    const struct content_headers headers = {.encoding = blob->content_encoding};
    const struct s3_Metadata none = {0};
    struct sse_choice choice;
    struct content content;
    struct bucket bucket;
    int r = check_key(child, object->key);

    for (size_t i = 0; i < blob->keys.len; i++)
        call_add_key(child, blob->keys.items[i].name, blob->keys.items[i].value);
    if (r >= 0)
        r = content_make(child, object->content_type, &headers, &none, (str){0}, &content);

    if (r < 0 || (r = bucket_use(child, object->bucket, (str){0}, &bucket)) < 0 ||
            (r = authorize(child, STR("s3:PutObject"),
                     object_arn(child, object->bucket, object->key))) < 0 ||
            (r = sse_choose(child, &bucket, blob->kms_key.ptr ? STR("aws:kms") : (str){0},
                     blob->kms_key, &choice)) < 0 ||
            (r = object_key_wrap(child, object->bucket, &choice, &blob->key, &object->data_key)) <
                    0)
        return r;
    object->headers = content.headers;
    object->metadata = blob->metadata;
    return object_record(child, &bucket, object);
}

int s3_put_blob(struct call *call, const struct principal *principal, str bucket, str key,
        const struct s3_blob *blob, struct s3_info *ret, struct call_failure *ret_failure)
{
    struct call *child = call_as(call, principal, &s3_service, "PutObject");
    struct object object = {
            .bucket = bucket,
            .key = key,
            .size = blob->size,
            .modified = call->now,
            .etag = blob->md5,
            .content_type =
                    blob->content_type.ptr ? blob->content_type : STR("binary/octet-stream"),
            .blob = blob->blob,
    };
    int r = put_blob(child, blob, &object);

    if (r >= 0)
        tell(&object, ret);
    return finish(child, r, ret_failure);
}
