/*
 * buckets - create, find, list and delete buckets
 */
#include "services/s3/bucket.h"

enum {
    NAME_MIN = 3,
    NAME_MAX = 63
};

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_ip_address(str name)
{
    struct str_list parts;
    AUTO_ARENA struct arena scratch = {0};
    uint64_t n;

    parts = str_split(&scratch, name, '.');
    if (parts.len != 4)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (str_to_u64(parts.items[i], &n) < 0 || n > 255)
            return false;
    return true;
}

/* Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
static bool is_bucket_name(str name)
{
    if (name.len < NAME_MIN || name.len > NAME_MAX || !is_name_char(name.ptr[0]) ||
            !is_name_char(name.ptr[name.len - 1]))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if (!is_name_char(name.ptr[i]) && name.ptr[i] != '.' && name.ptr[i] != '-')
            return false;
        if (name.ptr[i] == '.' && name.ptr[i - 1] == '.')
            return false;
    }
    return !is_ip_address(name) && !str_starts(name, STR("xn--")) &&
           !str_ends(name, STR("-s3alias"));
}

static bool is_region(str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_name_char(name.ptr[i]) && name.ptr[i] != '-')
            return false;
    return name.len <= NAME_MAX && !str_eq(name, STR("us-east-1"));
}

/* us-east-1 is the default of old clients, and may create anywhere. */
static int choose_region(
        struct call *call, const struct s3_CreateBucketConfiguration *config, str *ret)
{
    str constraint = config ? config->LocationConstraint : (str){0};
    bool is_first = str_eq(call->region, STR("us-east-1"));

    if (str_eq(constraint, STR("EU")))
        constraint = STR("eu-west-1");
    if (!is_region(constraint))
        return call_fail(call, &s3_InvalidLocationConstraint,
                "The specified location-constraint is not valid");
    if (!constraint.len && !is_first)
        return call_fail(call, &s3_IllegalLocationConstraintException,
                "The unspecified location constraint is incompatible for the region specific "
                "endpoint this request was sent to.");
    if (constraint.len && !is_first && !str_eq(constraint, call->region))
        return call_fail(call, &s3_IllegalLocationConstraintException,
                "The %.*s location constraint is incompatible for the region specific endpoint "
                "this request was sent to.",
                STR_ARG(constraint));
    *ret = constraint.len ? constraint : call->region;
    return 0;
}

static int check_support(struct call *call, const struct s3_CreateBucketRequest *in)
{
    const struct s3_CreateBucketConfiguration *config = in->CreateBucketConfiguration;
    const str grants[] = {in->GrantFullControl, in->GrantRead, in->GrantReadACP, in->GrantWrite,
            in->GrantWriteACP};
    int r = check_acl(call, in->ACL, grants, sizeof(grants) / sizeof(*grants));

    if (r < 0)
        return r;
    if (in->ObjectLockEnabledForBucket.is_set && in->ObjectLockEnabledForBucket.value)
        return call_fail(call, &error_NotImplemented, "Object Lock is not supported by Slipway.");
    if (in->ObjectOwnership.ptr && !str_eq(in->ObjectOwnership, STR("BucketOwnerEnforced")))
        return call_fail(call, &error_NotImplemented,
                "Objects belong to the owner of their bucket: BucketOwnerEnforced.");
    if (in->BucketNamespace.ptr && !str_eq(in->BucketNamespace, STR("global")))
        return call_fail(call, &error_NotImplemented,
                "Bucket names are one space for all accounts and regions.");
    if (config && (config->Location || config->Bucket))
        return call_fail(
                call, &error_NotImplemented, "Directory buckets are not supported by Slipway.");
    return 0;
}

static int name_is_taken(struct call *call, str name)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row, "select account from s3_bucket where name = $1", name);

    if (r < 0)
        return r;
    if (r > 0 && str_eq(row_text(row, 0), call->principal->account))
        return call_fail(call, &s3_BucketAlreadyOwnedByYou,
                "Your previous request to create the named bucket succeeded and you already own "
                "it.");
    return call_fail(call, &s3_BucketAlreadyExists,
            "The requested bucket name is not available. The bucket namespace is shared by all "
            "users of the system. Please select a different name and try again.");
}

static int check_count(struct call *call)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select name from s3_bucket where account = $1 order by name limit 1 offset $2",
            call->account, S3_MAX_BUCKETS - 1);

    if (r <= 0)
        return r;
    return call_fail(
            call, &s3_TooManyBuckets, "You have attempted to create more buckets than allowed");
}

int s3_CreateBucket(struct call *call, const struct s3_CreateBucketRequest *in,
        struct s3_CreateBucketOutput *out)
{
    static const struct s3_TagSet none;
    const struct s3_CreateBucketConfiguration *config = in->CreateBucketConfiguration;
    str region = {0}, tags;
    int r;

    if (!is_bucket_name(in->Bucket))
        return call_fail(call, &s3_InvalidBucketName, "The specified bucket is not valid.");
    if ((r = check_support(call, in)) < 0 || (r = choose_region(call, config, &region)) < 0 ||
            (r = tags_to_json(call, config ? &config->Tags : &none, S3_MAX_TAGS, &tags)) < 0 ||
            (r = check_count(call)) < 0)
        return r;
    r = db_exec(call->tx,
            "insert into s3_bucket (name, account, region, created, tags)"
            " values ($1, $2, $3, $4, $5) on conflict do nothing",
            in->Bucket, call->account, region, call->now, tags);
    if (r < 0)
        return r;
    if (r == 0)
        return name_is_taken(call, in->Bucket);
    out->Location = str_printf(call->arena, "/%.*s", STR_ARG(in->Bucket));
    out->BucketArn = bucket_arn(call, in->Bucket);
    return 0;
}

/* Versions, delete markers and uploads under way keep a bucket. */
int s3_DeleteBucket(struct call *call, const struct s3_DeleteBucketRequest *in, void *out)
{
    const struct db_row *row;
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    if (r < 0)
        return r;
    r = db_one(call->tx, &row, "select key from s3_object where bucket = $1 limit 1", bucket.name);
    if (r == 0)
        r = db_one(
                call->tx, &row, "select key from s3_upload where bucket = $1 limit 1", bucket.name);
    if (r < 0)
        return r;
    if (r > 0)
        return call_fail(call, &s3_BucketNotEmpty, "The bucket you tried to delete is not empty");
    r = db_exec(call->tx, "delete from s3_bucket where name = $1", bucket.name);
    return r < 0 ? r : 0;
}

int s3_HeadBucket(
        struct call *call, const struct s3_HeadBucketRequest *in, struct s3_HeadBucketOutput *out)
{
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0)
        return r;
    out->BucketRegion = bucket.region;
    out->BucketArn = bucket_arn(call, bucket.name);
    out->AccessPointAlias = SOME_BOOL(false);
    return 0;
}

int s3_GetBucketLocation(struct call *call, const struct s3_GetBucketLocationRequest *in,
        struct s3_GetBucketLocationOutput *out)
{
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0)
        return r;
    if (!str_eq(bucket.region, STR("us-east-1")))
        out->LocationConstraint = bucket.region;
    return 0;
}

static void add_bucket(struct call *call, const struct db_row *row, struct s3_Bucket *ret)
{
    *ret = (struct s3_Bucket){
            .Name = row_text(row, 0),
            .CreationDate = SOME_TIME(row_int(row, 1)),
            .BucketRegion = row_text(row, 2),
            .BucketArn = bucket_arn(call, row_text(row, 0)),
    };
}

int s3_ListBuckets(
        struct call *call, const struct s3_ListBucketsRequest *in, struct s3_ListBucketsOutput *out)
{
    size_t limit = (size_t)page_limit(in->MaxBuckets, S3_MAX_BUCKETS, S3_MAX_BUCKETS);
    str after, prefix = in->Prefix.ptr ? in->Prefix : STR("");
    struct db_rows rows;
    int r = page_open(call, in->ContinuationToken, &s3_InvalidArgument, &after);

    if (r < 0)
        return r;
    /* '~' comes after everything that a name may hold */
    r = db_query(call->tx, &rows,
            "select name, created, region from s3_bucket where account = $1 and name > $2"
            " and name >= $3 and name < $4 and ($5 = '' or region = $5) order by name limit $6",
            call->account, after.ptr ? after : STR(""), prefix,
            str_concat(call->arena, prefix, STR("~")),
            in->BucketRegion.ptr ? in->BucketRegion : STR(""), limit + 1);
    if (r < 0)
        return r;
    out->Owner = owner_of(call, call->account);
    out->Prefix = in->Prefix;
    out->Buckets.is_set = true;
    out->Buckets.len = rows.len < limit ? rows.len : limit;
    out->Buckets.items = arena_array(call->arena, out->Buckets.len, struct s3_Bucket);
    for (size_t i = 0; i < out->Buckets.len; i++)
        add_bucket(call, &rows.items[i], &out->Buckets.items[i]);
    if (rows.len > limit)
        out->ContinuationToken = page_seal(call, out->Buckets.items[limit - 1].Name);
    return 0;
}
