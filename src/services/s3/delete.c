/*
 * delete - DeleteObject and DeleteObjects
 */
#include "services/s3/object.h"

/* What is to be deleted, and what came of it. */
struct deletion {
    str key, version;
    str if_match;
    struct opt_time if_modified;
    struct opt_int if_size;
    bool is_marker;     /* a delete marker was made or deleted */
    str marker_version; /* of the one made */
};

static int check_deletion(
        struct call *call, const struct deletion *d, const struct object *object, bool is_there)
{
    bool matches = is_there;

    if (!d->if_match.ptr && !d->if_modified.is_set && !d->if_size.is_set)
        return 0;
    if (!is_there)
        return call_fail(call, &s3_NoSuchKey, "The specified key does not exist.");
    if (d->if_match.ptr) {
        const struct conditions conditions = {.if_match = d->if_match, .is_copy = true};
        int r = check_conditions(call, object, &conditions);
        if (r < 0)
            return r;
    }
    if (d->if_modified.is_set)
        matches = matches && d->if_modified.ms / 1000 == object->modified / 1000;
    if (d->if_size.is_set)
        matches = matches && d->if_size.value == object->size;
    if (matches)
        return 0;
    return call_fail(call, &s3_PreconditionFailed,
            "At least one of the pre-conditions you specified did not hold");
}

static int delete_one(struct call *call, str name, str expected_owner, struct deletion *d)
{
    struct object object = {0};
    struct bucket bucket;
    int r = object_find(call, name, d->key, d->version, expected_owner, &bucket, &object);
    int found = r;

    if (r < 0 || (r = check_key(call, d->key)) < 0)
        return r;
    r = authorize(call, d->version.ptr ? STR("s3:DeleteObjectVersion") : STR("s3:DeleteObject"),
            object_arn(call, name, d->key));
    if (r < 0)
        return r;
    r = check_deletion(call, d, &object, found && !object.is_marker);
    if (r < 0)
        return r;
    if (!d->version.ptr)
        return object_delete(call, &bucket, d->key, &d->is_marker, &d->marker_version);
    d->is_marker = found && object.is_marker;
    return found ? object_delete_version(call, &object) : 0;
}

static int refuse_locks(struct call *call, str mfa, struct opt_bool bypass)
{
    if (bypass.is_set && bypass.value)
        return call_fail(call, &error_Validation,
                "x-amz-bypass-governance-retention is only applicable to Object Lock enabled "
                "buckets.");
    return refuse_header(call, mfa);
}

int s3_DeleteObject(struct call *call, const struct s3_DeleteObjectRequest *in,
        struct s3_DeleteObjectOutput *out)
{
    struct deletion d = {.key = in->Key,
            .version = in->VersionId,
            .if_match = in->IfMatch,
            .if_modified = in->IfMatchLastModifiedTime,
            .if_size = in->IfMatchSize};
    int r = refuse_locks(call, in->MFA, in->BypassGovernanceRetention);

    if (r < 0 || (r = delete_one(call, in->Bucket, in->ExpectedBucketOwner, &d)) < 0)
        return r;
    out->VersionId = d.version.ptr ? d.version : d.marker_version;
    if (d.is_marker)
        out->DeleteMarker = SOME_BOOL(true);
    return 0;
}

struct step {
    struct call *call;
    const struct s3_DeleteObjectsRequest *in;
    struct deletion *deletion;
};

static int delete_step(struct tx *tx, void *arg)
{
    struct step *step = arg;

    (void)tx;
    return delete_one(step->call, step->in->Bucket, step->in->ExpectedBucketOwner, step->deletion);
}

static void add_deleted(const struct deletion *d, struct s3_DeleteObjectsOutput *out)
{
    struct s3_DeletedObject *item = &out->Deleted.items[out->Deleted.len++];

    *item = (struct s3_DeletedObject){.Key = d->key, .VersionId = d->version};
    if (!d->is_marker)
        return;
    item->DeleteMarker = SOME_BOOL(true);
    item->DeleteMarkerVersionId = d->version.ptr ? d->version : d->marker_version;
}

static void add_error(
        struct call *call, const struct deletion *d, struct s3_DeleteObjectsOutput *out)
{
    out->Errors.items[out->Errors.len++] = (struct s3_Error){
            .Key = d->key,
            .VersionId = d->version,
            .Code = call->failure.code,
            .Message = call->failure.message,
    };
    call->failure = (struct call_failure){0};
}

/* Each object for itself: one that is refused does not keep the others. */
int s3_DeleteObjects(struct call *call, const struct s3_DeleteObjectsRequest *in,
        struct s3_DeleteObjectsOutput *out)
{
    const struct s3_ObjectIdentifierList *objects = in->Delete ? &in->Delete->Objects : NULL;
    bool is_quiet = in->Delete && in->Delete->Quiet.is_set && in->Delete->Quiet.value;
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0 || (r = refuse_locks(call, in->MFA, in->BypassGovernanceRetention)) < 0)
        return r;
    if (!objects || !objects->len || objects->len > S3_MAX_LIST)
        return call_fail(call, &s3_MalformedXML,
                "The XML you provided was not well-formed or did not validate against our "
                "published schema");
    out->Deleted.items = arena_array(call->arena, objects->len, struct s3_DeletedObject);
    out->Errors.items = arena_array(call->arena, objects->len, struct s3_Error);
    for (size_t i = 0; i < objects->len; i++) {
        const struct s3_ObjectIdentifier *object = &objects->items[i];
        struct deletion d = {object->Key, object->VersionId, object->ETag, object->LastModifiedTime,
                object->Size, false, {0}};
        struct step step = {call, in, &d};

        if (!d.version.len)
            d.version = (str){0};
        r = tx_nested(call->tx, delete_step, &step);
        if (r == CALL_FAILED)
            add_error(call, &d, out);
        else if (r < 0)
            return r;
        else if (!is_quiet)
            add_deleted(&d, out);
    }
    out->Deleted.is_set = out->Deleted.len > 0;
    out->Errors.is_set = out->Errors.len > 0;
    return 0;
}
