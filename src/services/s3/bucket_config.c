/*
 * bucket_config - what is set on a bucket: policy, encryption, versioning, tags
 */
#include "services/kms/kms.h"
#include "services/s3/bucket.h"

/* ---- Policy ------------------------------------------------------------------------ */

int s3_PutBucketPolicy(struct call *call, const struct s3_PutBucketPolicyRequest *in, void *out)
{
    struct policy *policy;
    struct bucket bucket;
    struct error err;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    if (r < 0)
        return r;
    if (in->Policy.len > S3_MAX_POLICY)
        return call_fail(
                call, &s3_MalformedPolicy, "Policy exceeds the maximum allowed document size.");
    if (!in->Policy.len || policy_compile(in->Policy, POLICY_RESOURCE, &policy, &err) < 0)
        return call_fail(call, &s3_MalformedPolicy, "%s",
                in->Policy.len ? err.text : "Missing required field Statement");
    policy_free(policy);
    r = db_exec(
            call->tx, "update s3_bucket set policy = $2 where name = $1", bucket.name, in->Policy);
    if (r < 0)
        return r;
    call_set_status(call, 204);
    return 0;
}

int s3_GetBucketPolicy(struct call *call, const struct s3_GetBucketPolicyRequest *in,
        struct s3_GetBucketPolicyOutput *out)
{
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0)
        return r;
    if (!bucket.policy.ptr)
        return call_fail(call, &s3_NoSuchBucketPolicy, "The bucket policy does not exist");
    out->Policy = bucket.policy;
    return 0;
}

int s3_DeleteBucketPolicy(
        struct call *call, const struct s3_DeleteBucketPolicyRequest *in, void *out)
{
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx, "update s3_bucket set policy = null where name = $1", bucket.name);
    return r < 0 ? r : 0;
}

/* ---- Encryption -------------------------------------------------------------------- */

static int set_encryption(
        struct call *call, str bucket, str algorithm, str key, bool has_bucket_key)
{
    int r = db_exec(call->tx,
            "update s3_bucket set sse_algorithm = $2, sse_key = $3, bucket_key = $4"
            " where name = $1",
            bucket, algorithm, key, has_bucket_key);

    return r < 0 ? r : 0;
}

int s3_PutBucketEncryption(
        struct call *call, const struct s3_PutBucketEncryptionRequest *in, void *out)
{
    const struct s3_ServerSideEncryptionRules *rules =
            in->ServerSideEncryptionConfiguration ? &in->ServerSideEncryptionConfiguration->Rules
                                                  : NULL;
    const struct s3_ServerSideEncryptionByDefault *preset;
    struct bucket bucket;
    bool is_kms;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    if (r < 0)
        return r;
    if (!rules || rules->len != 1 || !rules->items[0].ApplyServerSideEncryptionByDefault)
        return call_fail(call, &s3_MalformedXML,
                "The XML you provided was not well-formed or did not validate against our "
                "published schema");
    if (rules->items[0].BlockedEncryptionTypes)
        return call_fail(call, &error_NotImplemented,
                "Customer-provided keys are not supported by Slipway, and so need no blocking.");
    preset = rules->items[0].ApplyServerSideEncryptionByDefault;
    is_kms = str_eq(preset->SSEAlgorithm, STR("aws:kms"));
    if (!is_kms && !str_eq(preset->SSEAlgorithm, STR("AES256")))
        return call_fail(call, &error_NotImplemented,
                "Double encryption (aws:kms:dsse) is not supported by Slipway.");
    if (!is_kms && preset->KMSMasterKeyID.ptr)
        return call_fail(call, &s3_InvalidArgument,
                "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or "
                "aws:kms:dsse");
    return set_encryption(call, bucket.name, preset->SSEAlgorithm, preset->KMSMasterKeyID,
            rules->items[0].BucketKeyEnabled.is_set && rules->items[0].BucketKeyEnabled.value);
}

int s3_DeleteBucketEncryption(
        struct call *call, const struct s3_DeleteBucketEncryptionRequest *in, void *out)
{
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    return r < 0 ? r : set_encryption(call, bucket.name, (str){0}, (str){0}, false);
}

int s3_GetBucketEncryption(struct call *call, const struct s3_GetBucketEncryptionRequest *in,
        struct s3_GetBucketEncryptionOutput *out)
{
    struct s3_ServerSideEncryptionConfiguration *config =
            arena_new(call->arena, struct s3_ServerSideEncryptionConfiguration);
    struct s3_ServerSideEncryptionRule *rule =
            arena_new(call->arena, struct s3_ServerSideEncryptionRule);
    struct s3_ServerSideEncryptionByDefault *preset =
            arena_new(call->arena, struct s3_ServerSideEncryptionByDefault);
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0)
        return r;
    preset->SSEAlgorithm = bucket.sse.ptr ? bucket.sse : STR("AES256");
    preset->KMSMasterKeyID = bucket.sse_key;
    rule->ApplyServerSideEncryptionByDefault = preset;
    rule->BucketKeyEnabled = SOME_BOOL(bucket.bucket_key);
    config->Rules.items = rule;
    config->Rules.len = 1;
    config->Rules.is_set = true;
    out->ServerSideEncryptionConfiguration = config;
    return 0;
}

/* ---- Versioning -------------------------------------------------------------------- */

int s3_PutBucketVersioning(
        struct call *call, const struct s3_PutBucketVersioningRequest *in, void *out)
{
    const struct s3_VersioningConfiguration *config = in->VersioningConfiguration;
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    if (r < 0)
        return r;
    if (!config || !config->Status.ptr)
        return call_fail(call, &s3_MalformedXML,
                "The XML you provided was not well-formed or did not validate against our "
                "published schema");
    if (in->MFA.ptr || str_eq(config->MFADelete, STR("Enabled")))
        return call_fail(call, &error_NotImplemented, "MFA delete is not supported by Slipway.");
    r = db_exec(call->tx, "update s3_bucket set versioning = $2 where name = $1", bucket.name,
            config->Status);
    return r < 0 ? r : 0;
}

int s3_GetBucketVersioning(struct call *call, const struct s3_GetBucketVersioningRequest *in,
        struct s3_GetBucketVersioningOutput *out)
{
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0)
        return r;
    out->Status = bucket.versioning;
    return 0;
}

/* ---- Tags -------------------------------------------------------------------------- */

int s3_PutBucketTagging(struct call *call, const struct s3_PutBucketTaggingRequest *in, void *out)
{
    static const struct s3_TagSet none;
    struct bucket bucket;
    str tags;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    if (r < 0 || (r = tags_to_json(call, in->Tagging ? &in->Tagging->TagSet : &none, S3_MAX_TAGS,
                          &tags)) < 0)
        return r;
    r = db_exec(call->tx, "update s3_bucket set tags = $2 where name = $1", bucket.name, tags);
    if (r < 0)
        return r;
    call_set_status(call, 204);
    return 0;
}

int s3_GetBucketTagging(struct call *call, const struct s3_GetBucketTaggingRequest *in,
        struct s3_GetBucketTaggingOutput *out)
{
    const struct db_row *row;
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    if (r < 0)
        return r;
    r = db_one(call->tx, &row, "select tags from s3_bucket where name = $1", bucket.name);
    if (r < 0)
        return r;
    if (row_is_null(row, 0))
        return call_fail(call, &s3_NoSuchTagSet, "The TagSet does not exist");
    return tags_from_json(call, row_text(row, 0), &out->TagSet);
}

int s3_DeleteBucketTagging(
        struct call *call, const struct s3_DeleteBucketTaggingRequest *in, void *out)
{
    struct bucket bucket;
    int r = bucket_use(call, in->Bucket, in->ExpectedBucketOwner, &bucket);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx, "update s3_bucket set tags = null where name = $1", bucket.name);
    return r < 0 ? r : 0;
}
