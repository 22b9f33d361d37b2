/*
 * check - can a trail deliver where it is told to? Asked when it is made or changed, as
 * cloudtrail.amazonaws.com, whom the policies of bucket and key must let in.
 */
#include "services/cloudtrail/trail.h"

#include "gen/kms.h"
#include "services/kms/kms.h"
#include "services/s3/s3.h"

static const str SERVICE = STR_INIT("cloudtrail.amazonaws.com");

const struct principal *trail_principal(struct arena *arena, str account)
{
    struct principal *principal = arena_new(arena, struct principal);

    *principal = (struct principal){
            .kind = PRINCIPAL_SERVICE,
            .account = account,
            .user_id = SERVICE,
            .name = SERVICE,
            .is_guest = true,
    };
    return principal;
}

void trail_keys(const struct trail *trail, struct s3_keys *ret)
{
    *ret = (struct s3_keys){
            .items = {{STR("aws:SourceArn"), trail->arn},
                    {STR("s3:x-amz-acl"), STR("bucket-owner-full-control")},
                    {STR("kms:EncryptionContext:aws:cloudtrail:arn"), trail->arn}},
            .len = 3,
    };
}

struct call *trail_call_as_service(struct call *call, const struct trail *trail,
        const struct service *service, const char *operation)
{
    struct call *child =
            call_as(call, trail_principal(call->arena, trail->account), service, operation);

    struct s3_keys keys;

    trail_keys(trail, &keys);
    for (size_t i = 0; i < keys.len; i++)
        call_add_key(child, keys.items[i].name, keys.items[i].value);
    return child;
}

str trail_folder(struct arena *arena, const struct trail *trail, const char *kind, str region)
{
    return str_printf(arena, "%.*s%sAWSLogs/%.*s/%s%s%.*s%s", STR_ARG(trail->prefix),
            trail->prefix.len ? "/" : "", STR_ARG(trail->account), kind, region.len ? "/" : "",
            STR_ARG(region), region.len ? "/" : "");
}

/* ---- The bucket ---------------------------------------------------------------------------- */

/* Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
static bool is_bucket_name(str name)
{
    if (name.len < 3 || name.len > 63)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (!is_plain && (i == 0 || i == name.len - 1 || (c != '-' && c != '.')))
            return false;
        if (c == '.' && name.ptr[i - 1] == '.')
            return false;
    }
    return true;
}

static int check_prefix(struct call *call, str prefix)
{
    if (prefix.len > TRAIL_MAX_PREFIX)
        return call_fail(call, &cloudtrail_InvalidS3PrefixException,
                "The S3 key prefix is longer than %d characters.", TRAIL_MAX_PREFIX);
    for (size_t i = 0; i < prefix.len; i++) {
        unsigned char c = (unsigned char)prefix.ptr[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (!is_plain && !memchr("/-_.'()!*+=@:~", c, 14))
            return call_fail(call, &cloudtrail_InvalidS3PrefixException,
                    "The S3 key prefix %.*s is not valid.", STR_ARG(prefix));
    }
    if (str_starts(prefix, STR("/")) || str_ends(prefix, STR("/")))
        return call_fail(call, &cloudtrail_InvalidS3PrefixException,
                "The S3 key prefix %.*s must not begin or end with a slash.", STR_ARG(prefix));
    return 0;
}

static int check_bucket(struct call *call, const struct trail *trail)
{
    str folder = trail_folder(call->arena, trail, "CloudTrail", STR(""));
    str bucket = str_printf(call->arena, "arn:aws:s3:::%.*s", STR_ARG(trail->bucket));
    struct call *child = trail_call_as_service(call, trail, &s3_service, "PutObject");
    bool may_look = false, may_write = false;
    int r;

    if (!is_bucket_name(trail->bucket))
        return call_fail(call, &cloudtrail_InvalidS3BucketNameException,
                "The bucket name %.*s is not valid.", STR_ARG(str_head(trail->bucket, 256)));
    if ((r = check_prefix(call, trail->prefix)) < 0)
        return r;
    r = authorize_check(child, STR("s3:GetBucketAcl"), bucket, &may_look);
    if (r >= 0)
        r = authorize_check(child, STR("s3:PutObject"),
                str_printf(call->arena, "%.*s/%.*s", STR_ARG(bucket), STR_ARG(folder)), &may_write);
    if (r == CALL_FAILED)
        return call_fail(call, &cloudtrail_S3BucketDoesNotExistException,
                "S3 bucket %.*s does not exist!", STR_ARG(trail->bucket));
    if (r < 0)
        return r;
    if (!may_look || !may_write)
        return call_fail(call, &cloudtrail_InsufficientS3BucketPolicyException,
                "Incorrect S3 bucket policy is detected for bucket: %.*s", STR_ARG(trail->bucket));
    return 0;
}

/* ---- The key ------------------------------------------------------------------------------- */

static int kms_failed(struct call *call, const struct call_failure *failure)
{
    if (str_eq(failure->code, STR("NotFoundException")))
        return call_fail(
                call, &cloudtrail_KmsKeyNotFoundException, "%.*s", STR_ARG(failure->message));
    if (str_eq(failure->code, STR("ValidationException")))
        return call_fail(
                call, &cloudtrail_InvalidKmsKeyIdException, "%.*s", STR_ARG(failure->message));
    return call_fail(call, &cloudtrail_InsufficientEncryptionPolicyException, "%.*s",
            STR_ARG(failure->message));
}

static int check_key(struct call *call, struct trail *trail)
{
    struct kms_DescribeKeyRequest in = {.KeyId = trail->kms_key};
    struct kms_DescribeKeyResponse out;
    struct principal *insider = arena_new(call->arena, struct principal);
    struct call_failure failure;
    bool may_encrypt = false;
    int r;

    if (!trail->kms_key.ptr)
        return 0;
    *insider = *trail_principal(call->arena, trail->account);
    insider->is_guest = false;
    r = call_invoke(call, insider, &kms_service, "DescribeKey", &in, &out, &failure);
    if (r == CALL_FAILED)
        return kms_failed(call, &failure);
    if (r < 0)
        return r;
    trail->kms_key = out.KeyMetadata->Arn;
    if (!out.KeyMetadata->Enabled.value)
        return call_fail(call, &cloudtrail_KmsKeyDisabledException, "%.*s is disabled.",
                STR_ARG(trail->kms_key));
    r = authorize_check(trail_call_as_service(call, trail, &kms_service, "GenerateDataKey"),
            STR("kms:GenerateDataKey"), trail->kms_key, &may_encrypt);
    if (r < 0)
        return r;
    if (!may_encrypt)
        return call_fail(call, &cloudtrail_InsufficientEncryptionPolicyException,
                "Insufficient permissions to access S3 bucket %.*s or KMS key %.*s.",
                STR_ARG(trail->bucket), STR_ARG(trail->kms_key));
    return 0;
}

int trail_check(struct call *call, struct trail *trail)
{
    int r = check_bucket(call, trail);

    if (r == 0)
        r = check_key(call, trail);
    if (r == 0 && trail->is_multi_region && !trail->has_global)
        return call_fail(call, &cloudtrail_InvalidParameterCombinationException,
                "Multi-Region trail must include global service events.");
    return r;
}
