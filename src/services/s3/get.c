/*
 * get - GetObject and HeadObject
 */
#include "base/clock.h"
#include "services/s3/reader.h"

enum {
    STREAM_BUFFER = 131072
};

/* What both have in their requests. */
struct get_request {
    str bucket, key, version, range, expected_owner, checksum_mode;
    struct opt_int part;
    struct conditions conditions;
    struct content_headers headers; /* response-… */
    struct opt_time expires;
    str content_type;
    str customer_key[3]; /* refused */
};

struct get {
    struct bucket bucket;
    struct object object;
    int64_t at, end;
    bool is_partial;
    struct checksum checksum; /* of what is sent; absent: none to show */
};

#define GET_REQUEST(in)                                                                            \
    {                                                                                              \
        .bucket = (in)->Bucket, .key = (in)->Key, .version = (in)->VersionId,                      \
        .range = (in)->Range, .expected_owner = (in)->ExpectedBucketOwner,                         \
        .checksum_mode = (in)->ChecksumMode, .part = (in)->PartNumber,                             \
        .conditions = {(in)->IfMatch, (in)->IfNoneMatch, (in)->IfModifiedSince,                    \
                (in)->IfUnmodifiedSince, false},                                                   \
        .headers = {(in)->ResponseCacheControl, (in)->ResponseContentDisposition,                  \
                (in)->ResponseContentEncoding, (in)->ResponseContentLanguage, (str){0}},           \
        .expires = (in)->ResponseExpires, .content_type = (in)->ResponseContentType,               \
        .customer_key = {CUSTOMER_KEY(in)},                                                        \
    }

static int is_marker(struct call *call, const struct get_request *request, const struct get *get)
{
    call_set_header(call, STR("x-amz-delete-marker"), STR("true"));
    call_set_header(call, STR("x-amz-version-id"), get->object.version);
    if (!request->version.ptr)
        return call_fail(call, &s3_NoSuchKey, "The specified key does not exist.");
    call_set_header(call, STR("Allow"), STR("DELETE"));
    return call_fail(call, &s3_MethodNotAllowed,
            "The specified method is not allowed against this resource.");
}

/* Who is not known cannot make an answer say what they like, in the name of the bucket's host. */
static int check_overrides(struct call *call, const struct get_request *request)
{
    const struct content_headers *h = &request->headers;

    if (call->principal->kind != PRINCIPAL_ANONYMOUS ||
            !(h->cache_control.ptr || h->disposition.ptr || h->encoding.ptr || h->language.ptr ||
                    request->expires.is_set || request->content_type.ptr))
        return 0;
    return call_fail(call, &s3_InvalidRequest,
            "Request specific response headers cannot be used for anonymous GET requests.");
}

static int find(struct call *call, const struct get_request *request, struct get *ret)
{
    int r = object_find(call, request->bucket, request->key, request->version,
            request->expected_owner, &ret->bucket, &ret->object);
    int found = r;

    if (r < 0)
        return r;
    r = authorize(call, request->version.ptr ? STR("s3:GetObjectVersion") : STR("s3:GetObject"),
            object_arn(call, request->bucket, request->key));
    if (r < 0)
        return r;
    if (!found)
        return object_missing(call, request->bucket, request->version);
    return ret->object.is_marker ? is_marker(call, request, ret) : 0;
}

static int choose_part(struct call *call, int64_t number, struct get *get)
{
    const struct object *object = &get->object;
    struct object_part part = {.size = object->size};
    int r = 1;

    if (number < 1 || number > OBJECT_MAX_PARTS)
        return call_fail(call, &s3_InvalidArgument,
                "Part number must be an integer between 1 and %d, inclusive", OBJECT_MAX_PARTS);
    if (object->parts)
        r = object_part(call, object->id, number, &part);
    else if (number > 1)
        r = 0;
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(
                call, &s3_InvalidPartNumber, "The requested partnumber is not satisfiable");
    get->at = part.at;
    get->end = part.at + part.size;
    get->is_partial = object->size > 0;
    get->checksum = object->parts ? part.checksum : object->checksum;
    return 0;
}

static int choose_range(struct call *call, const struct get_request *request, struct get *get)
{
    int r;

    get->at = 0;
    get->end = get->object.size;
    get->checksum = get->object.checksum;
    if (request->part.is_set) {
        if (request->range.ptr)
            return call_fail(call, &s3_InvalidRequest,
                    "Cannot specify both Range header and partNumber query parameter");
        return choose_part(call, request->part.value, get);
    }
    r = parse_range(call, request->range, get->object.size, &get->at, &get->end);
    if (r <= 0)
        return r;
    get->is_partial = true;
    get->checksum = (struct checksum){0};
    return 0;
}

/* response-… parameters are for those who signed. */
static int override_headers(
        struct call *call, const struct get_request *request, struct content_headers *headers)
{
    const struct content_headers *asked = &request->headers;
    bool is_asked = asked->cache_control.ptr || asked->disposition.ptr || asked->encoding.ptr ||
                    asked->language.ptr || request->expires.is_set || request->content_type.ptr;

    if (is_asked && call->principal->kind == PRINCIPAL_ANONYMOUS)
        return call_fail(call, &s3_InvalidRequest,
                "Request specific response headers cannot be used for anonymous GET requests.");
    if (asked->cache_control.ptr)
        headers->cache_control = asked->cache_control;
    if (asked->disposition.ptr)
        headers->disposition = asked->disposition;
    if (asked->encoding.ptr)
        headers->encoding = asked->encoding;
    if (asked->language.ptr)
        headers->language = asked->language;
    if (request->expires.is_set)
        headers->expires = time_http(call->arena, request->expires.ms);
    return 0;
}

static int count_tags(struct call *call, const struct object *object, struct opt_int *ret)
{
    struct s3_TagSet tags = {0};
    int r = tags_from_json(call, object->tags, &tags);

    if (r >= 0 && tags.len)
        *ret = SOME_INT((int64_t)tags.len);
    return r;
}

static int get_object(struct call *call, const struct get_request *request, struct get *get)
{
    int r = refuse_each(call, request->customer_key, 3);

    if (r < 0 || (r = check_overrides(call, request)) < 0 || (r = find(call, request, get)) < 0 ||
            (r = check_conditions(call, &get->object, &request->conditions)) < 0)
        return r;
    r = choose_range(call, request, get);
    if (r >= 0 && get->is_partial)
        call_set_status(call, 206);
    if (!str_eq(request->checksum_mode, STR("ENABLED")))
        get->checksum = (struct checksum){0};
    return r;
}

/* Two structs with the same members, as far as they are filled here. */
#define FILL(call, out, request, get, headers)                                                     \
    do {                                                                                           \
        const struct object *object_ = &(get)->object;                                             \
        (out)->AcceptRanges = STR("bytes");                                                        \
        (out)->LastModified = SOME_TIME(object_->modified);                                        \
        (out)->ContentLength = SOME_INT((get)->end - (get)->at);                                   \
        (out)->ETag = quoted(call, object_->etag);                                                 \
        (out)->VersionId = shown_version(&(get)->bucket, object_);                                 \
        (out)->CacheControl = (headers)->cache_control;                                            \
        (out)->ContentDisposition = (headers)->disposition;                                        \
        (out)->ContentEncoding = (headers)->encoding;                                              \
        (out)->ContentLanguage = (headers)->language;                                              \
        (out)->Expires = (headers)->expires;                                                       \
        (out)->ContentType =                                                                       \
                (request)->content_type.ptr ? (request)->content_type : object_->content_type;     \
        (out)->ServerSideEncryption =                                                              \
                object_->data_key.kms_key.ptr ? STR("aws:kms") : STR("AES256");                    \
        (out)->SSEKMSKeyId = object_->data_key.kms_key;                                            \
        if ((get)->is_partial)                                                                     \
            (out)->ContentRange = str_printf((call)->arena, "bytes %lld-%lld/%lld",                \
                    (long long)(get)->at, (long long)(get)->end - 1, (long long)object_->size);    \
        if ((request)->part.is_set && object_->parts)                                              \
            (out)->PartsCount = SOME_INT(object_->parts);                                          \
        if ((get)->checksum.algorithm.ptr) {                                                       \
            CHECKSUM_FILL(out, &(get)->checksum);                                                  \
            (out)->ChecksumType = (get)->checksum.type;                                            \
        }                                                                                          \
    } while (0)

struct stream {
    struct s3_reader *reader;
    int64_t at, end;
};

static int stream_object(struct call *call, void *arg, struct error *err)
{
    struct stream *stream = arg;
    int64_t left = stream->end - stream->at;
    size_t size = left < STREAM_BUFFER ? (size_t)left : STREAM_BUFFER;
    char *buffer = arena_alloc(call->arena, 1, size);
    int r = 0;

    while (stream->at < stream->end) {
        ssize_t n = s3_read(stream->reader, stream->at, buffer, size, err);

        if (n == 0)
            n = error_set(err, EBADMSG, "an object is shorter than its row says");
        r = n < 0 ? (int)n : call_write(call, (str){buffer, (size_t)n}, err);
        if (r < 0)
            break;
        stream->at += n;
    }
    s3_close(stream->reader);
    return r;
}

int s3_GetObject(
        struct call *call, const struct s3_GetObjectRequest *in, struct s3_GetObjectOutput *out)
{
    const struct get_request request = GET_REQUEST(in);
    struct content_headers headers;
    struct stream *stream = arena_new(call->arena, struct stream);
    struct get get = {0};
    int r = get_object(call, &request, &get);

    if (r < 0 || (r = content_headers(call, get.object.headers, &headers)) < 0 ||
            (r = override_headers(call, &request, &headers)) < 0 ||
            (r = content_metadata(call, get.object.metadata, &out->Metadata)) < 0 ||
            (r = count_tags(call, &get.object, &out->TagCount)) < 0 ||
            (r = reader_new(call, &get.object, get.at, get.end, &stream->reader)) < 0)
        return r;
    FILL(call, out, &request, &get, &headers);
    stream->at = get.at;
    stream->end = get.end;
    if (get.at < get.end)
        call_stream(call, get.end - get.at, stream_object, stream);
    return 0;
}

int s3_HeadObject(
        struct call *call, const struct s3_HeadObjectRequest *in, struct s3_HeadObjectOutput *out)
{
    const struct get_request request = GET_REQUEST(in);
    struct content_headers headers;
    struct get get = {0};
    int r = get_object(call, &request, &get);

    if (r < 0 || (r = content_headers(call, get.object.headers, &headers)) < 0 ||
            (r = override_headers(call, &request, &headers)) < 0 ||
            (r = content_metadata(call, get.object.metadata, &out->Metadata)) < 0 ||
            (r = count_tags(call, &get.object, &out->TagCount)) < 0)
        return r;
    FILL(call, out, &request, &get, &headers);
    return 0;
}
