/*
 * uploads - ListMultipartUploads
 */
#include "services/s3/walk.h"

#define UPLOADS                                                                                    \
    "select key, id, initiated, initiator, algorithm, checksum_type from s3_upload"                \
    " where bucket = $1 and key >= $2 and key < $3 and (key > $2 or id > $4)"                      \
    " order by key, id limit $5"

struct shown {
    struct s3_MultipartUploadList list;
    struct s3_Owner *owner;
};

static bool add_upload(struct walk *walk, const struct db_row *row)
{
    struct shown *shown = walk->arg;
    struct s3_Initiator *initiator = arena_new(walk->call->arena, struct s3_Initiator);

    if (!shown->list.items)
        shown->list.items = arena_array(walk->call->arena, walk->max, struct s3_MultipartUpload);
    initiator->ID = row_text(row, 3);
    shown->list.is_set = true;
    shown->list.items[shown->list.len++] = (struct s3_MultipartUpload){
            .UploadId = row_text(row, 1),
            .Key = walk_encode(walk, row_text(row, 0)),
            .Initiated = SOME_TIME(row_int(row, 2)),
            .StorageClass = STR("STANDARD"),
            .Owner = shown->owner,
            .Initiator = initiator,
            .ChecksumAlgorithm = row_text(row, 4),
            .ChecksumType = row_text(row, 5),
    };
    return true;
}

int s3_ListMultipartUploads(struct call *call, const struct s3_ListMultipartUploadsRequest *in,
        struct s3_ListMultipartUploadsOutput *out)
{
    struct shown shown = {0};
    struct walk walk = {.sql = UPLOADS, .is_uploads = true, .add = add_upload, .arg = &shown};
    int r = walk_init(&walk, call,
            &(struct walk_query){in->Bucket, in->ExpectedBucketOwner, in->Prefix, in->Delimiter,
                    in->EncodingType, in->MaxUploads});

    if (r < 0)
        return r;
    if (in->KeyMarker.len && in->UploadIdMarker.len)
        walk_after_upload(&walk, in->KeyMarker, in->UploadIdMarker);
    else if (in->KeyMarker.len)
        walk_after_marker(&walk, in->KeyMarker);
    shown.owner = owner_of(call, walk.bucket.account);
    r = walk_run(&walk);
    if (r < 0)
        return r;
    *out = (struct s3_ListMultipartUploadsOutput){
            .Bucket = walk.bucket.name,
            .KeyMarker = walk_encode(&walk, in->KeyMarker),
            .UploadIdMarker = in->UploadIdMarker,
            .Prefix = walk_encode(&walk, walk.prefix),
            .Delimiter = walk_encode(&walk, in->Delimiter),
            .MaxUploads = SOME_INT((int64_t)walk.max),
            .IsTruncated = SOME_BOOL(walk.is_truncated),
            .Uploads = shown.list,
            .CommonPrefixes = walk.prefixes,
            .EncodingType = in->EncodingType,
    };
    if (walk.is_truncated)
        out->NextKeyMarker = walk_encode(&walk, walk.last);
    if (walk.is_truncated && walk.last_row)
        out->NextUploadIdMarker = row_text(walk.last_row, 1);
    return 0;
}
