#include "services/s3/multipart.h"

#include "base/codec.h"
#include "base/random.h"

#define UPLOAD_COLUMNS                                                                             \
    "id, bucket, key, initiated, initiator, content_type, headers, metadata, tags, algorithm,"     \
    " checksum_type, data_key, kms_sealed, kms_key"

int upload_find(struct call *call, str bucket, str key, str id, struct upload *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row, "select " UPLOAD_COLUMNS " from s3_upload where id = $1", id);

    if (r < 0)
        return r;
    if (r == 0 || !str_eq(row_text(row, 1), bucket) || !str_eq(row_text(row, 2), key))
        return call_fail(call, &s3_NoSuchUpload,
                "The specified upload does not exist. The upload ID may be invalid, or the upload "
                "may have been aborted or completed.");
    *ret = (struct upload){
            .id = row_text(row, 0),
            .bucket = row_text(row, 1),
            .key = row_text(row, 2),
            .initiated = row_int(row, 3),
            .initiator = row_text(row, 4),
            .content = {row_text(row, 5), row_text(row, 6), row_text(row, 7), row_text(row, 8)},
            .algorithm = row_text(row, 9),
            .checksum_type = row_text(row, 10),
            .data_key = {row_text(row, 11), row_text(row, 12), row_text(row, 13)},
    };
    return 0;
}

int parts_load(struct call *call, str upload, int64_t after, int64_t limit, struct parts *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select number, size, modified, etag, checksum, blob, data_key from s3_part"
            " where upload = $1 and number > $2 order by number limit $3",
            upload, after, limit);

    if (r < 0)
        return r;
    ret->items = arena_array(call->arena, rows.len, struct part);
    ret->len = rows.len;
    for (size_t i = 0; i < rows.len; i++) {
        const struct db_row *row = &rows.items[i];

        ret->items[i] =
                (struct part){row_int(row, 0), row_int(row, 1), row_int(row, 2), row_text(row, 3),
                        checksum_parse(row_text(row, 4)), row_text(row, 5), row_text(row, 6)};
    }
    return 0;
}

/* ---- Create ------------------------------------------------------------------------ */

static int choose_checksum(
        struct call *call, const struct s3_CreateMultipartUploadRequest *in, struct upload *upload)
{
    enum digest_kind kind;
    bool is_sha;

    if (!in->ChecksumAlgorithm.ptr) {
        if (in->ChecksumType.ptr)
            return call_fail(call, &s3_InvalidRequest,
                    "The x-amz-checksum-type header can only be used with the "
                    "x-amz-checksum-algorithm header.");
        return 0;
    }
    if (checksum_kind(in->ChecksumAlgorithm, &kind) < 0)
        return refuse_header(call, in->ChecksumAlgorithm);
    is_sha = kind == DIGEST_SHA1 || kind == DIGEST_SHA256;
    upload->algorithm = in->ChecksumAlgorithm;
    upload->checksum_type = kind == DIGEST_CRC64NVME ? STR("FULL_OBJECT") : STR("COMPOSITE");
    if (!in->ChecksumType.ptr)
        return 0;
    if ((is_sha && str_eq(in->ChecksumType, STR("FULL_OBJECT"))) ||
            (kind == DIGEST_CRC64NVME && str_eq(in->ChecksumType, STR("COMPOSITE"))))
        return call_fail(call, &s3_InvalidRequest,
                "The %.*s checksum type cannot be used with the %.*s checksum algorithm.",
                STR_ARG(in->ChecksumType), STR_ARG(str_lower(call->arena, in->ChecksumAlgorithm)));
    upload->checksum_type = in->ChecksumType;
    return 0;
}

static int insert_upload(struct call *call, const struct upload *u)
{
    int r = db_exec(call->tx,
            "insert into s3_upload (" UPLOAD_COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7, $8,"
            " $9, $10, $11, $12, $13, $14)",
            u->id, u->bucket, u->key, u->initiated, u->initiator, u->content.content_type,
            u->content.headers, u->content.metadata, u->content.tags, u->algorithm,
            u->checksum_type, db_blob(u->data_key.data_key), db_blob(u->data_key.kms_sealed),
            u->data_key.kms_key);

    return r < 0 ? r : 0;
}

static int check_create(struct call *call, const struct s3_CreateMultipartUploadRequest *in)
{
    const struct object_headers refused = OBJECT_HEADERS(in);
    int r = check_key(call, in->Key);

    if (r < 0 || (r = refuse_object_headers(call, &refused)) < 0)
        return r;
    return in->Tagging.len ? authorize(call, STR("s3:PutObjectTagging"),
                                     object_arn(call, in->Bucket, in->Key))
                           : 0;
}

int s3_CreateMultipartUpload(struct call *call, const struct s3_CreateMultipartUploadRequest *in,
        struct s3_CreateMultipartUploadOutput *out)
{
    const struct content_headers headers = {in->CacheControl, in->ContentDisposition,
            in->ContentEncoding, in->ContentLanguage, in->Expires};
    struct upload upload = {.id = random_uuid_sortable(call->arena),
            .bucket = in->Bucket,
            .key = in->Key,
            .initiated = call->now,
            .initiator = call->principal->arn};
    struct sse_choice choice;
    struct blob_key plain;
    struct bucket bucket;
    int r = check_create(call, in);

    if (r < 0 || (r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket)) < 0 ||
            (r = choose_checksum(call, in, &upload)) < 0 ||
            (r = content_make(call, in->ContentType, &headers, &in->Metadata, in->Tagging,
                     &upload.content)) < 0 ||
            (r = sse_choose(call, &bucket, in->ServerSideEncryption, in->SSEKMSKeyId, &choice)) <
                    0 ||
            (r = object_key_new(call, in->Bucket, &choice, &plain, &upload.data_key)) < 0)
        return r;
    mem_wipe(&plain, sizeof(plain));
    r = insert_upload(call, &upload);
    if (r < 0)
        return r;
    out->Bucket = in->Bucket;
    out->Key = in->Key;
    out->UploadId = upload.id;
    out->ServerSideEncryption = upload.data_key.kms_key.ptr ? STR("aws:kms") : STR("AES256");
    out->SSEKMSKeyId = upload.data_key.kms_key;
    out->ChecksumAlgorithm = upload.algorithm;
    out->ChecksumType = upload.checksum_type;
    return 0;
}

/* ---- Abort ------------------------------------------------------------------------- */

static int drop_upload(struct call *call, str id)
{
    int r = db_exec(call->tx, "delete from s3_part where upload = $1", id);

    if (r >= 0)
        r = db_exec(call->tx, "delete from s3_upload where id = $1", id);
    return r < 0 ? r : 0;
}

int s3_AbortMultipartUpload(struct call *call, const struct s3_AbortMultipartUploadRequest *in,
        struct s3_AbortMultipartUploadOutput *out)
{
    struct upload upload;
    struct bucket bucket;
    struct parts parts;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    if (r < 0 || (r = upload_find(call, in->Bucket, in->Key, in->UploadId, &upload)) < 0)
        return r;
    if (in->IfMatchInitiatedTime.is_set &&
            in->IfMatchInitiatedTime.ms / 1000 != upload.initiated / 1000)
        return call_fail(call, &s3_PreconditionFailed,
                "At least one of the pre-conditions you specified did not hold");
    r = parts_load(call, upload.id, 0, OBJECT_MAX_PARTS, &parts);
    for (size_t i = 0; i < parts.len && r >= 0; i++)
        if (parts.items[i].blob.ptr)
            r = blob_release(call->tx, parts.items[i].blob);
    return r < 0 ? r : drop_upload(call, upload.id);
}

/* ---- Complete ---------------------------------------------------------------------- */

struct completion {
    struct call *call;
    const struct s3_CompleteMultipartUploadRequest *in;
    struct upload upload;
    struct parts all;   /* uploaded, by number */
    struct parts parts; /* those that the object consists of */
    struct object object;
};

static int invalid_part(struct call *call)
{
    return call_fail(call, &s3_InvalidPart,
            "One or more of the specified parts could not be found.  The part may not have been "
            "uploaded, or the specified entity tag may not match the part's entity tag.");
}

static str unquoted(str etag)
{
    etag = str_trim(etag);
    if (etag.len >= 2 && etag.ptr[0] == '"' && etag.ptr[etag.len - 1] == '"')
        return (str){etag.ptr + 1, etag.len - 2};
    return etag;
}

static bool has_checksum(const struct s3_CompletedPart *given, const struct part *part)
{
    struct s3_CompletedPart stored = {0};
    const str *const pairs[][2] = {{&given->ChecksumCRC32, &stored.ChecksumCRC32},
            {&given->ChecksumCRC32C, &stored.ChecksumCRC32C},
            {&given->ChecksumCRC64NVME, &stored.ChecksumCRC64NVME},
            {&given->ChecksumSHA1, &stored.ChecksumSHA1},
            {&given->ChecksumSHA256, &stored.ChecksumSHA256}};

    CHECKSUM_FILL(&stored, &part->checksum);
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
        if (pairs[i][0]->ptr && !str_eq(*pairs[i][0], *pairs[i][1]))
            return false;
    return true;
}

/* Both lists go up: one walk through both. */
static int choose_parts(struct completion *c, const struct s3_CompletedPartList *list)
{
    struct call *call = c->call;
    size_t next = 0;

    c->parts.items = arena_array(call->arena, list->len, struct part);
    for (size_t i = 0; i < list->len; i++) {
        const struct s3_CompletedPart *given = &list->items[i];

        while (next < c->all.len && c->all.items[next].number < given->PartNumber.value)
            next++;
        if (next == c->all.len || c->all.items[next].number != given->PartNumber.value ||
                !str_eq(unquoted(given->ETag), c->all.items[next].etag) ||
                !has_checksum(given, &c->all.items[next]))
            return invalid_part(call);
        if (i + 1 < list->len && c->all.items[next].size < PART_MIN)
            return call_fail(call, &s3_EntityTooSmall,
                    "Your proposed upload is smaller than the minimum allowed size");
        c->parts.items[c->parts.len++] = c->all.items[next];
        c->object.size += c->all.items[next].size;
    }
    if (c->object.size > S3_MAX_OBJECT)
        return call_fail(
                call, &s3_EntityTooLarge, "Your proposed upload exceeds the maximum allowed size");
    if (c->in->MpuObjectSize.is_set && c->in->MpuObjectSize.value != c->object.size)
        return call_fail(call, &s3_InvalidRequest,
                "The provided 'x-amz-mp-object-size' header value %lld does not match what was "
                "computed: %lld",
                (long long)c->in->MpuObjectSize.value, (long long)c->object.size);
    return 0;
}

/* MD5 of the parts' MD5s, "-" and their number. */
static int make_etag(struct completion *c)
{
    struct arena *arena = c->call->arena;
    AUTO_DIGEST struct digest digest;
    str bytes;

    digest_init(&digest, DIGEST_MD5);
    for (size_t i = 0; i < c->parts.len; i++) {
        int r = hex_decode(arena, c->parts.items[i].etag, &bytes);
        if (r < 0)
            return r;
        digest_add(&digest, bytes);
    }
    bytes = hex_encode(arena, digest_final(&digest, arena));
    c->object.etag = str_printf(arena, "%.*s-%zu", STR_ARG(bytes), c->parts.len);
    return 0;
}

/* What the request says of the object's checksum, against what the upload was made with. */
static int check_checksum_kind(struct completion *c)
{
    const struct s3_CompleteMultipartUploadRequest *in = c->in;
    str type = c->upload.algorithm.ptr ? c->upload.checksum_type : STR("FULL_OBJECT");
    bool has_value = in->ChecksumCRC32.ptr || in->ChecksumCRC32C.ptr || in->ChecksumCRC64NVME.ptr ||
                     in->ChecksumSHA1.ptr || in->ChecksumSHA256.ptr;

    if (in->ChecksumType.ptr && !str_eq(in->ChecksumType, type))
        return call_fail(c->call, &s3_InvalidRequest,
                "The upload was created using the %.*s checksum mode. The complete request must "
                "use the same checksum mode.",
                STR_ARG(type));
    if (has_value && !c->upload.algorithm.ptr)
        return call_fail(c->call, &s3_InvalidRequest,
                "The upload was created without a checksum algorithm. The complete request must "
                "not have a checksum.");
    return 0;
}

static int make_checksum(struct completion *c)
{
    struct call *call = c->call;
    struct checksum_part *parts = arena_array(call->arena, c->parts.len, struct checksum_part);
    struct s3_CompleteMultipartUploadRequest own = {0};
    int r = check_checksum_kind(c);

    if (r < 0 || !c->upload.algorithm.ptr)
        return r;
    for (size_t i = 0; i < c->parts.len; i++)
        parts[i] = (struct checksum_part){c->parts.items[i].checksum.value, c->parts.items[i].size};
    r = checksum_combine(call->arena, c->upload.algorithm, c->upload.checksum_type, parts,
            c->parts.len, &c->object.checksum);
    if (r < 0)
        return r;
    CHECKSUM_FILL(&own, &c->object.checksum);
    if ((c->in->ChecksumCRC32.ptr && !str_eq(c->in->ChecksumCRC32, own.ChecksumCRC32)) ||
            (c->in->ChecksumCRC32C.ptr && !str_eq(c->in->ChecksumCRC32C, own.ChecksumCRC32C)) ||
            (c->in->ChecksumCRC64NVME.ptr &&
                    !str_eq(c->in->ChecksumCRC64NVME, own.ChecksumCRC64NVME)) ||
            (c->in->ChecksumSHA1.ptr && !str_eq(c->in->ChecksumSHA1, own.ChecksumSHA1)) ||
            (c->in->ChecksumSHA256.ptr && !str_eq(c->in->ChecksumSHA256, own.ChecksumSHA256)))
        return call_fail(call, &s3_BadDigest,
                "The %.*s you specified did not match the calculated checksum.",
                STR_ARG(c->upload.algorithm));
    return 0;
}

/* The chosen parts' blobs become the object's; the others are given up. */
static int move_parts(struct completion *c)
{
    struct call *call = c->call;
    int64_t at = 0;
    size_t next = 0;
    int r = 0;

    for (size_t i = 0; i < c->all.len && r >= 0; i++) {
        const struct part *part = &c->all.items[i];

        if (next == c->parts.len || c->parts.items[next].number != part->number) {
            r = part->blob.ptr ? blob_release(call->tx, part->blob) : 0;
            continue;
        }
        const struct object_part moved = {
                part->number, at, part->size, part->blob, part->data_key, part->checksum};
        if (part->blob.ptr)
            r = object_part_add(call, c->object.id, &moved);
        at += part->size;
        next++;
    }
    return r;
}

static int check_list(struct call *call, const struct s3_CompleteMultipartUploadRequest *in,
        const struct s3_CompletedPartList **ret)
{
    const struct s3_CompletedPartList *list =
            in->MultipartUpload ? &in->MultipartUpload->Parts : NULL;
    bool is_good = list && list->len && list->len <= OBJECT_MAX_PARTS;

    for (size_t i = 0; is_good && i < list->len; i++)
        is_good = list->items[i].PartNumber.is_set && list->items[i].ETag.ptr;
    for (size_t i = 0; is_good && i < list->len; i++) {
        int r = refuse_headers(call, OTHER_CHECKSUMS(&list->items[i]));
        if (r < 0)
            return r;
    }
    if (!is_good)
        return call_fail(call, &s3_MalformedXML,
                "The XML you provided was not well-formed or did not validate against our "
                "published schema");
    for (size_t i = 1; i < list->len; i++)
        if (list->items[i].PartNumber.value <= list->items[i - 1].PartNumber.value)
            return call_fail(call, &s3_InvalidPartOrder,
                    "The list of parts was not in ascending order. Parts must be ordered by part "
                    "number.");
    *ret = list;
    return 0;
}

static int complete(
        struct completion *c, const struct bucket *bucket, const struct s3_CompletedPartList *list)
{
    struct call *call = c->call;
    int r = parts_load(call, c->upload.id, 0, OBJECT_MAX_PARTS, &c->all);

    if (r < 0)
        return r;
    c->object = (struct object){
            .id = random_uuid_sortable(call->arena),
            .bucket = c->upload.bucket,
            .key = c->upload.key,
            .modified = call->now,
            .content_type = c->upload.content.content_type,
            .headers = c->upload.content.headers,
            .metadata = c->upload.content.metadata,
            .tags = c->upload.content.tags,
            .data_key = c->upload.data_key,
            .parts = (int64_t)list->len,
    };
    if ((r = choose_parts(c, list)) < 0 || (r = make_etag(c)) < 0 || (r = make_checksum(c)) < 0 ||
            (r = move_parts(c)) < 0 || (r = drop_upload(call, c->upload.id)) < 0)
        return r;
    return object_put(call, bucket, &c->object);
}

int s3_CompleteMultipartUpload(struct call *call,
        const struct s3_CompleteMultipartUploadRequest *in,
        struct s3_CompleteMultipartUploadOutput *out)
{
    struct completion c = {.call = call, .in = in};
    const struct s3_CompletedPartList *list = NULL;
    struct bucket bucket;
    int r = check_list(call, in, &list);

    if (r < 0 || (r = refuse_headers(call, CUSTOMER_KEY(in), OTHER_CHECKSUMS(in))) < 0 ||
            (r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket)) < 0 ||
            (r = upload_find(call, in->Bucket, in->Key, in->UploadId, &c.upload)) < 0 ||
            (r = check_write_conditions(call, in->Bucket, in->Key, in->IfMatch, in->IfNoneMatch)) <
                    0 ||
            (r = complete(&c, &bucket, list)) < 0)
        return r;
    out->Location = str_printf(call->arena, "%.*s/%.*s/%.*s", STR_ARG(call->server->endpoint),
            STR_ARG(in->Bucket), STR_ARG(percent_encode(call->arena, in->Key, PERCENT_KEEP_SLASH)));
    out->Bucket = in->Bucket;
    out->Key = in->Key;
    out->ETag = quoted(call, c.object.etag);
    CHECKSUM_FILL(out, &c.object.checksum);
    out->ChecksumType = c.object.checksum.type;
    out->ServerSideEncryption = c.object.data_key.kms_key.ptr ? STR("aws:kms") : STR("AES256");
    out->SSEKMSKeyId = c.object.data_key.kms_key;
    out->VersionId = str_eq(bucket.versioning, STR("Enabled")) ? c.object.version : (str){0};
    return 0;
}
