#include "services/s3/bucket.h"

#include "base/digest.h"

#define BUCKET_COLUMNS                                                                             \
    "name, account, region, created, versioning, policy, sse_algorithm, sse_key, bucket_key"

struct s3_state *s3_state(struct call *call)
{
    if (!call->prepared)
        call->prepared = arena_new(call->arena, struct s3_state);
    return call->prepared;
}

str bucket_arn(struct call *call, str bucket)
{
    return str_printf(call->arena, "arn:aws:s3:::%.*s", STR_ARG(bucket));
}

str object_arn(struct call *call, str bucket, str key)
{
    return str_printf(call->arena, "arn:aws:s3:::%.*s/%.*s", STR_ARG(bucket), STR_ARG(key));
}

str canonical_id(struct call *call, str account)
{
    return sha256_hex(
            call->arena, str_printf(call->arena, "canonical user of %.*s", STR_ARG(account)));
}

struct s3_Owner *owner_of(struct call *call, str account)
{
    struct s3_Owner *owner = arena_new(call->arena, struct s3_Owner);

    owner->ID = canonical_id(call, account);
    return owner;
}

static int load(struct call *call, str name, struct bucket *ret)
{
    const struct db_row *row;
    int r = db_one(
            call->tx, &row, "select " BUCKET_COLUMNS " from s3_bucket where name = $1", name);

    if (r <= 0)
        return r;
    *ret = (struct bucket){
            .name = row_text(row, 0),
            .account = row_text(row, 1),
            .region = row_text(row, 2),
            .created = row_int(row, 3),
            .versioning = row_text(row, 4),
            .policy = row_text(row, 5),
            .sse = row_text(row, 6),
            .sse_key = row_text(row, 7),
            .bucket_key = row_int(row, 8),
    };
    return 1;
}

static bool is_operation(const struct call *call, const char *name)
{
    return call->service == &s3_service && call->operation &&
           str_eq(str_of(model_str(call->service->model, call->operation->name)), str_of(name));
}

/* Clients take the region from the answer and sign again. */
static int wrong_region(struct call *call, const struct bucket *bucket)
{
    struct s3_AuthorizationHeaderMalformed *detail =
            arena_new(call->arena, struct s3_AuthorizationHeaderMalformed);

    detail->Region = bucket->region;
    call_set_header(call, STR("x-amz-bucket-region"), bucket->region);
    return call_fail_detail(call, &s3_AuthorizationHeaderMalformed,
            s3_shape_AuthorizationHeaderMalformed, detail,
            "The authorization header is malformed; the region '%.*s' is wrong; expecting '%.*s'",
            STR_ARG(call->region), STR_ARG(bucket->region));
}

/* In a transaction that only reads, the bucket is looked up once. */
static int find(struct call *call, str name, struct bucket *ret)
{
    struct s3_state *state = s3_state(call);
    int r;

    if (call->tx->is_write || !str_eq(state->bucket.name, name)) {
        r = load(call, name, &state->bucket);
        if (r < 0)
            return r;
        if (r == 0) {
            state->bucket = (struct bucket){0};
            return call_fail(call, &s3_NoSuchBucket, "The specified bucket does not exist");
        }
    }
    *ret = state->bucket;
    call->account = ret->account;
    if (!str_eq(ret->region, call->region) && !call->parent &&
            call->principal->kind != PRINCIPAL_ANONYMOUS &&
            !is_operation(call, "GetBucketLocation"))
        return wrong_region(call, ret);
    return 0;
}

int bucket_use(struct call *call, str name, str expected_owner, struct bucket *ret)
{
    int r = find(call, name, ret);

    if (r < 0)
        return r;
    if (expected_owner.ptr && !str_eq(expected_owner, ret->account))
        return call_fail(call, &s3_AccessDenied, "Access Denied");
    return 0;
}

/* The owner's root can always see and change the policy, or nobody could who is locked out.
 * Source: Amazon S3 API Reference, PutBucketPolicy. */
static bool is_mending(const struct call *call, const struct bucket *bucket)
{
    return call->principal->kind == PRINCIPAL_ROOT &&
           str_eq(call->principal->account, bucket->account) &&
           (is_operation(call, "GetBucketPolicy") || is_operation(call, "PutBucketPolicy") ||
                   is_operation(call, "DeleteBucketPolicy"));
}

int bucket_policy(struct call *call, str arn, str *ret)
{
    struct bucket bucket = {0};
    struct arn parts;
    str name;
    int r;

    if (arn_parse(arn, &parts) < 0 || is_operation(call, "CreateBucket"))
        return 0;
    name = parts.resource;
    if (!str_cut(&parts.resource, '/', &name))
        name = parts.resource;
    if (call->service == &s3_service)
        r = find(call, name, &bucket);
    else
        r = load(call, name, &bucket);
    if (r < 0 || !bucket.name.ptr)
        return r;
    call->account = bucket.account;
    if (!bucket.policy.ptr || is_mending(call, &bucket))
        return 0;
    *ret = bucket.policy;
    return 1;
}

int refuse_header(struct call *call, str value)
{
    if (!value.ptr)
        return 0;
    return call_fail(call, &error_NotImplemented,
            "A header you provided implies functionality that is not implemented");
}

int refuse_each(struct call *call, const str *values, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (values[i].ptr)
            return refuse_header(call, values[i]);
    return 0;
}

int check_acl(struct call *call, str acl, const str *grants, size_t len)
{
    bool is_grant = false;

    for (size_t i = 0; i < len; i++)
        is_grant = is_grant || grants[i].ptr;
    if (!is_grant && (!acl.ptr || str_eq(acl, STR("private")) ||
                             str_eq(acl, STR("bucket-owner-full-control"))))
        return 0;
    return call_fail(call, &s3_AccessControlListNotSupported, "The bucket does not allow ACLs");
}
