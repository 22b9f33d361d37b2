/*
 * parts - UploadPart, UploadPartCopy, ListParts
 */
#include "base/random.h"
#include "services/s3/copy.h"
#include "services/s3/multipart.h"
#include "services/s3/reader.h"

/* What prepare hands to the handler. */
struct arrival {
    struct upload upload;
    struct received received;
    str data_key;              /* of the part, wrapped */
    struct copy_source source; /* UploadPartCopy */
    struct s3_reader *reader;
    int64_t at, end;
};

static int check_number(struct call *call, int64_t number)
{
    if (number >= 1 && number <= OBJECT_MAX_PARTS)
        return 0;
    return call_fail(call, &s3_InvalidArgument,
            "Part number must be an integer between 1 and %d, inclusive", OBJECT_MAX_PARTS);
}

/* Parts have the checksum that the upload was created with. */
static int check_sum(struct call *call, const struct arrival *arrival)
{
    const struct checksum *sum = &arrival->received.checksum;
    str actual = sum->algorithm.ptr ? str_lower(call->arena, sum->algorithm) : STR("null");

    if (!arrival->upload.algorithm.ptr || str_eq(arrival->upload.algorithm, sum->algorithm))
        return 0;
    return call_fail(call, &s3_InvalidRequest,
            "Checksum Type mismatch occurred, expected checksum Type: %.*s, actual checksum Type: "
            "%.*s",
            STR_ARG(str_lower(call->arena, arrival->upload.algorithm)), STR_ARG(actual));
}

static int replace_part(
        struct call *call, const struct arrival *arrival, str upload, int64_t number)
{
    const struct received *received = &arrival->received;
    const struct db_row *row;
    int r = db_one(call->tx, &row, "select blob from s3_part where upload = $1 and number = $2",
            upload, number);

    if (r > 0 && row_text(row, 0).ptr)
        r = blob_release(call->tx, row_text(row, 0));
    if (r >= 0)
        r = db_exec(
                call->tx, "delete from s3_part where upload = $1 and number = $2", upload, number);
    if (r >= 0 && received->blob.ptr)
        r = blob_record(call->tx, received->blob, received->size,
                str_printf(call->arena, "s3.object/%.*s", STR_ARG(arrival->upload.bucket)));
    if (r >= 0)
        r = db_exec(call->tx,
                "insert into s3_part (upload, number, size, modified, etag, checksum, blob,"
                " data_key) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                upload, number, received->size, call->now, received->md5,
                checksum_print(call->arena, &received->checksum), received->blob,
                db_blob(received->blob.ptr ? arrival->data_key : (str){0}));
    return r < 0 ? r : 0;
}

/* The upload may have ended while the bytes came. */
static int record(
        struct call *call, str bucket_name, str key, str id, int64_t number, str expected_owner)
{
    const struct arrival *arrival = s3_state(call)->upload;
    struct upload upload;
    struct bucket bucket;
    int r = bucket_use(call, bucket_name, expected_owner, &bucket);

    if (r < 0 || (r = upload_find(call, bucket_name, key, id, &upload)) < 0)
        return r;
    return replace_part(call, arrival, upload.id, number);
}

/* Runs fn on a snapshot, from prepare. */
struct lookup {
    struct call *call;
    const void *in;
    struct arrival *arrival;
};

static int look_up(struct call *call, db_fn *fn, const void *in, struct arrival *arrival)
{
    struct lookup lookup = {call, in, arrival};
    struct error err;
    int r = db_read(call->server->db, call->arena, fn, &lookup, &err);

    call->tx = NULL;
    return r;
}

static int new_key(struct call *call, struct arrival *arrival, struct blob_key *ret)
{
    struct blob_key object;
    int r = object_key_open(call, arrival->upload.bucket, &arrival->upload.data_key, &object);

    if (r < 0)
        return r;
    random_bytes(ret->bytes, sizeof(ret->bytes));
    arrival->data_key = part_key_wrap(call->arena, &object, ret);
    mem_wipe(&object, sizeof(object));
    return 0;
}

/* ---- UploadPart -------------------------------------------------------------------- */

static int find_upload(struct tx *tx, void *arg)
{
    struct lookup *lookup = arg;
    const struct s3_UploadPartRequest *in = lookup->in;

    lookup->call->tx = tx;
    return upload_find(lookup->call, in->Bucket, in->Key, in->UploadId, &lookup->arrival->upload);
}

int s3_UploadPart_prepare(struct call *call, const struct s3_UploadPartRequest *in)
{
    struct arrival *arrival = arena_new(call->arena, struct arrival);
    struct blob_key key;
    int r = check_number(call, in->PartNumber.value);

    if (r < 0 || (r = refuse_headers(call, CUSTOMER_KEY(in))) < 0 ||
            (r = look_up(call, find_upload, in, arrival)) < 0 ||
            (r = new_key(call, arrival, &key)) < 0)
        return r;
    r = receive_body(call, in->ContentMD5, &key, &arrival->received);
    mem_wipe(&key, sizeof(key));
    s3_state(call)->upload = arrival;
    return r < 0 ? r : check_sum(call, arrival);
}

int s3_UploadPart(
        struct call *call, const struct s3_UploadPartRequest *in, struct s3_UploadPartOutput *out)
{
    const struct arrival *arrival = s3_state(call)->upload;
    int r = record(
            call, in->Bucket, in->Key, in->UploadId, in->PartNumber.value, in->ExpectedBucketOwner);

    if (r < 0)
        return r;
    out->ETag = quoted(call, arrival->received.md5);
    CHECKSUM_FILL(out, &arrival->received.checksum);
    out->ServerSideEncryption =
            arrival->upload.data_key.kms_key.ptr ? STR("aws:kms") : STR("AES256");
    out->SSEKMSKeyId = arrival->upload.data_key.kms_key;
    return 0;
}

/* ---- UploadPartCopy ---------------------------------------------------------------- */

/* Stricter than a range of GET: both ends, and within the source. */
static int choose_range(struct call *call, str range, struct arrival *arrival)
{
    const int64_t size = arrival->source.object.size;
    str first, last = range;

    arrival->at = 0;
    arrival->end = size;
    if (range.ptr) {
        if (!str_take_prefix(&last, STR("bytes=")) || !str_cut(&last, '-', &first) ||
                str_to_i64(first, &arrival->at) < 0 || str_to_i64(last, &arrival->end) < 0 ||
                arrival->at < 0 || arrival->end < arrival->at)
            return call_fail(call, &s3_InvalidArgument,
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where "
                    "first and last are the zero-based offsets of the first and last bytes to "
                    "copy");
        if (arrival->end++ >= size)
            return call_fail(call, &s3_InvalidArgument,
                    "Range specified is not valid for source object of size: %lld",
                    (long long)size);
    }
    if (arrival->end - arrival->at > S3_MAX_PUT)
        return call_fail(call, &s3_InvalidRequest,
                "The specified copy source is larger than the maximum allowable size for a copy "
                "source: %lld",
                (long long)S3_MAX_PUT);
    return 0;
}

static int find_both(struct tx *tx, void *arg)
{
    struct lookup *lookup = arg;
    struct call *call = lookup->call;
    const struct s3_UploadPartCopyRequest *in = lookup->in;
    struct arrival *arrival = lookup->arrival;
    const struct conditions conditions = {in->CopySourceIfMatch, in->CopySourceIfNoneMatch,
            in->CopySourceIfModifiedSince, in->CopySourceIfUnmodifiedSince, true};
    struct bucket bucket;
    int r;

    call->tx = tx;
    r = authorize(call, STR("s3:PutObject"), object_arn(call, in->Bucket, in->Key));
    if (r < 0 || (r = upload_find(call, in->Bucket, in->Key, in->UploadId, &arrival->upload)) < 0 ||
            (r = copy_source_find(call, in->CopySource, in->ExpectedSourceBucketOwner, &conditions,
                     &arrival->source)) < 0 ||
            (r = choose_range(call, in->CopySourceRange, arrival)) < 0 ||
            (r = reader_new(call, &arrival->source.object, arrival->at, arrival->end,
                     &arrival->reader)) < 0)
        return r;
    return bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);
}

static ssize_t read_source(void *arg, void *ptr, size_t len, struct error *err)
{
    struct arrival *arrival = arg;
    ssize_t n = s3_read(arrival->reader, arrival->at, ptr, len, err);

    if (n > 0)
        arrival->at += n;
    return n;
}

int s3_UploadPartCopy_prepare(struct call *call, const struct s3_UploadPartCopyRequest *in)
{
    struct arrival *arrival = arena_new(call->arena, struct arrival);
    struct blob_key key;
    int r = check_number(call, in->PartNumber.value);

    if (r < 0 || (r = refuse_headers(call, CUSTOMER_KEY(in), SOURCE_CUSTOMER_KEY(in))) < 0 ||
            (r = look_up(call, find_both, in, arrival)) < 0)
        return r;
    r = new_key(call, arrival, &key);
    if (r >= 0)
        r = receive_from(
                call, read_source, arrival, arrival->upload.algorithm, &key, &arrival->received);
    mem_wipe(&key, sizeof(key));
    s3_close(arrival->reader);
    s3_state(call)->upload = arrival;
    return r;
}

int s3_UploadPartCopy(struct call *call, const struct s3_UploadPartCopyRequest *in,
        struct s3_UploadPartCopyOutput *out)
{
    const struct arrival *arrival = s3_state(call)->upload;
    struct s3_CopyPartResult *result = arena_new(call->arena, struct s3_CopyPartResult);
    int r = record(
            call, in->Bucket, in->Key, in->UploadId, in->PartNumber.value, in->ExpectedBucketOwner);

    if (r < 0)
        return r;
    result->ETag = quoted(call, arrival->received.md5);
    result->LastModified = SOME_TIME(call->now);
    CHECKSUM_FILL(result, &arrival->received.checksum);
    out->CopyPartResult = result;
    out->CopySourceVersionId = shown_version(&arrival->source.bucket, &arrival->source.object);
    out->ServerSideEncryption =
            arrival->upload.data_key.kms_key.ptr ? STR("aws:kms") : STR("AES256");
    out->SSEKMSKeyId = arrival->upload.data_key.kms_key;
    return 0;
}

/* ---- ListParts --------------------------------------------------------------------- */

static void show_part(struct call *call, const struct part *part, struct s3_Part *ret)
{
    *ret = (struct s3_Part){
            .PartNumber = SOME_INT(part->number),
            .LastModified = SOME_TIME(part->modified),
            .ETag = quoted(call, part->etag),
            .Size = SOME_INT(part->size),
    };
    CHECKSUM_FILL(ret, &part->checksum);
}

int s3_ListParts(
        struct call *call, const struct s3_ListPartsRequest *in, struct s3_ListPartsOutput *out)
{
    size_t limit = (size_t)page_limit(in->MaxParts, LIST_PARTS_MAX, LIST_PARTS_MAX);
    int64_t after = in->PartNumberMarker.is_set ? in->PartNumberMarker.value : 0;
    struct upload upload;
    struct bucket bucket;
    struct parts parts;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0 || (r = refuse_headers(call, CUSTOMER_KEY(in))) < 0 ||
            (r = upload_find(call, in->Bucket, in->Key, in->UploadId, &upload)) < 0 ||
            (r = parts_load(call, upload.id, after, (int64_t)limit + 1, &parts)) < 0)
        return r;
    out->Bucket = in->Bucket;
    out->Key = in->Key;
    out->UploadId = in->UploadId;
    out->PartNumberMarker = SOME_INT(after);
    out->MaxParts = SOME_INT((int64_t)limit);
    out->IsTruncated = SOME_BOOL(parts.len > limit);
    out->StorageClass = STR("STANDARD");
    out->ChecksumAlgorithm = upload.algorithm;
    out->ChecksumType = upload.checksum_type;
    out->Owner = owner_of(call, bucket.account);
    out->Initiator = arena_new(call->arena, struct s3_Initiator);
    out->Initiator->ID = upload.initiator;
    out->Parts.is_set = true;
    out->Parts.len = parts.len < limit ? parts.len : limit;
    out->Parts.items = arena_array(call->arena, out->Parts.len, struct s3_Part);
    for (size_t i = 0; i < out->Parts.len; i++)
        show_part(call, &parts.items[i], &out->Parts.items[i]);
    if (out->Parts.len)
        out->NextPartNumberMarker = SOME_INT(parts.items[out->Parts.len - 1].number);
    return 0;
}
