#include "services/kms/key.h"

#include "base/random.h"

enum {
    LIST_PRESET = 100,
    LIST_MAX = 1000,
    DELETION_DEFAULT_DAYS = 30,
};
static const int64_t DAY_MS = 86400000;

static int check_support(struct call *call, const struct kms_CreateKeyRequest *in)
{
    str spec = in->KeySpec.ptr ? in->KeySpec : in->CustomerMasterKeySpec;

    if (in->KeySpec.ptr && in->CustomerMasterKeySpec.ptr)
        return call_fail(call, &error_Validation,
                "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                "CustomerMasterKeySpec is deprecated.");
    if (spec.ptr && !str_eq(spec, STR("SYMMETRIC_DEFAULT")))
        return call_fail(call, &kms_UnsupportedOperationException,
                "KeySpec %.*s is not supported by this version of Slipway.", STR_ARG(spec));
    if (in->KeyUsage.ptr && !str_eq(in->KeyUsage, STR("ENCRYPT_DECRYPT")))
        return call_fail(call, &error_Validation,
                "KeyUsage %.*s is not compatible with KeySpec SYMMETRIC_DEFAULT",
                STR_ARG(in->KeyUsage));
    if ((in->Origin.ptr && !str_eq(in->Origin, STR("AWS_KMS"))) || in->CustomKeyStoreId.ptr ||
            in->XksKeyId.ptr || (in->MultiRegion.is_set && in->MultiRegion.value))
        return call_fail(call, &kms_UnsupportedOperationException,
                "Imported key material, custom key stores and multi-Region keys are not supported "
                "by this version of Slipway.");
    return 0;
}

static int check_policy(struct call *call, str policy)
{
    struct policy *compiled;
    struct error err;

    if (policy_compile(policy, POLICY_RESOURCE, &compiled, &err) < 0)
        return call_fail(call, &kms_MalformedPolicyDocumentException, "%s", err.text);
    policy_free(compiled);
    return 0;
}

/*
 * Once the policy is in its row: the caller may still change it, unless the caller asked
 * for a policy that locks even him out. A refusal takes the row back.
 */
static int check_lockout(struct call *call, const struct key *key, struct opt_bool bypass)
{
    bool is_allowed;
    int r;

    if ((bypass.is_set && bypass.value) || call->principal->kind == PRINCIPAL_SERVICE)
        return 0;
    r = authorize_check(call, STR("kms:PutKeyPolicy"), key->arn, &is_allowed);
    if (r < 0 || is_allowed)
        return r;
    return call_fail(call, &kms_MalformedPolicyDocumentException,
            "The new key policy will not allow you to update the key policy in the future.");
}

int kms_CreateKey(
        struct call *call, const struct kms_CreateKeyRequest *in, struct kms_CreateKeyResponse *out)
{
    struct key key;
    int r = check_support(call, in);

    if (r < 0 || (in->Policy.ptr && (r = check_policy(call, in->Policy)) < 0) ||
            (r = key_create(call, STR("CUSTOMER"), in->Description.ptr ? in->Description : STR(""),
                     in->Policy, &key)) < 0 ||
            (in->Policy.ptr &&
                    (r = check_lockout(call, &key, in->BypassPolicyLockoutSafetyCheck)) < 0))
        return r;
    for (size_t i = 0; i < in->Tags.len; i++) {
        if (str_starts(in->Tags.items[i].TagKey, STR("aws:")))
            return call_fail(call, &kms_TagException,
                    "Tags beginning with aws: are reserved for system use");
        r = db_exec(call->tx,
                "insert into kms_tag (key_id, name, value) values ($1, $2, $3) on conflict do "
                "nothing",
                key.id, in->Tags.items[i].TagKey, in->Tags.items[i].TagValue);
        if (r < 0)
            return r;
        if (r == 0)
            return call_fail(call, &kms_TagException, "Duplicate tag keys");
    }
    out->KeyMetadata = key_metadata(call, &key);
    return 0;
}

int kms_DescribeKey(struct call *call, const struct kms_DescribeKeyRequest *in,
        struct kms_DescribeKeyResponse *out)
{
    struct key key;
    int r;

    if (in->GrantTokens.len)
        return call_fail(call, &kms_InvalidGrantTokenException,
                "Grants are not supported by this version of Slipway.");
    r = key_find_for(call, in->KeyId, "kms:DescribeKey", &key);
    if (r < 0)
        return r;
    out->KeyMetadata = key_metadata(call, &key);
    return 0;
}

int kms_ListKeys(
        struct call *call, const struct kms_ListKeysRequest *in, struct kms_ListKeysResponse *out)
{
    size_t limit = (size_t)page_limit(in->Limit, LIST_PRESET, LIST_MAX);
    struct db_rows rows;
    str after;
    int r = page_open(call, in->Marker, &kms_InvalidMarkerException, &after);

    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select id from kms_key where account = $1 and region = $2 and id > $3 order by id "
            "limit $4",
            call->account, call->region, after.ptr ? after : STR(""), limit + 1);
    if (r < 0)
        return r;
    out->Keys.is_set = true;
    out->Keys.len = rows.len < limit ? rows.len : limit;
    out->Keys.items = arena_array(call->arena, out->Keys.len, struct kms_KeyListEntry);
    for (size_t i = 0; i < out->Keys.len; i++) {
        str id = row_text(&rows.items[i], 0);
        out->Keys.items[i] = (struct kms_KeyListEntry){.KeyId = id,
                .KeyArn = arn_make(call, "kms", str_printf(call->arena, "key/%.*s", STR_ARG(id)))};
    }
    out->Truncated = SOME_BOOL(rows.len > limit);
    if (rows.len > limit)
        out->NextMarker = page_seal(call, out->Keys.items[limit - 1].KeyId);
    return 0;
}

/* A customer's key that may change state; managed keys belong to their service. */
static int find_customer_key(struct call *call, str ref, const char *action, struct key *ret)
{
    int r = key_find_for(call, ref, action, ret);

    if (r < 0)
        return r;
    if (str_eq(ret->manager, STR("AWS")))
        return call_fail(call, &error_AccessDenied,
                "User: %.*s is not authorized to perform: %s on an AWS managed key",
                STR_ARG(call->principal->arn), action);
    return 0;
}

static int set_state(struct call *call, const struct key *key, const char *state)
{
    int r = db_exec(call->tx, "update kms_key set state = $2, deletion = null where id = $1",
            key->id, state);

    return r < 0 ? r : 0;
}

static int refuse_pending(struct call *call, const struct key *key)
{
    if (str_eq(key->state, STR("PendingDeletion")))
        return call_fail(call, &kms_KMSInvalidStateException, "%.*s is pending deletion.",
                STR_ARG(key->arn));
    return 0;
}

int kms_EnableKey(struct call *call, const struct kms_EnableKeyRequest *in, void *out)
{
    struct key key;
    int r = find_customer_key(call, in->KeyId, "kms:EnableKey", &key);

    (void)out;
    return r < 0 || (r = refuse_pending(call, &key)) < 0 ? r : set_state(call, &key, "Enabled");
}

int kms_DisableKey(struct call *call, const struct kms_DisableKeyRequest *in, void *out)
{
    struct key key;
    int r = find_customer_key(call, in->KeyId, "kms:DisableKey", &key);

    (void)out;
    return r < 0 || (r = refuse_pending(call, &key)) < 0 ? r : set_state(call, &key, "Disabled");
}

int kms_ScheduleKeyDeletion(struct call *call, const struct kms_ScheduleKeyDeletionRequest *in,
        struct kms_ScheduleKeyDeletionResponse *out)
{
    int64_t days =
            in->PendingWindowInDays.is_set ? in->PendingWindowInDays.value : DELETION_DEFAULT_DAYS;
    struct key key;
    int r = find_customer_key(call, in->KeyId, "kms:ScheduleKeyDeletion", &key);

    if (r < 0)
        return r;
    if (days < 7 || days > 30)
        return call_fail(call, &error_Validation, "PendingWindowInDays must be between 7 and 30");
    if ((r = refuse_pending(call, &key)) < 0)
        return r;
    int64_t when = call->now + days * DAY_MS;
    r = db_exec(call->tx,
            "update kms_key set state = 'PendingDeletion', deletion = $2 where id = $1", key.id,
            when);
    if (r < 0 || (r = queue_add(call->server->queue, call->tx, "kms.delete-key", key.id, key.id,
                          when)) < 0)
        return r;
    out->KeyId = key.arn;
    out->DeletionDate = SOME_TIME(when);
    out->KeyState = STR("PendingDeletion");
    out->PendingWindowInDays = SOME_INT(days);
    return 0;
}

int kms_CancelKeyDeletion(struct call *call, const struct kms_CancelKeyDeletionRequest *in,
        struct kms_CancelKeyDeletionResponse *out)
{
    struct key key;
    int r = find_customer_key(call, in->KeyId, "kms:CancelKeyDeletion", &key);

    if (r < 0)
        return r;
    if (!str_eq(key.state, STR("PendingDeletion")))
        return call_fail(call, &kms_KMSInvalidStateException, "%.*s is not pending deletion.",
                STR_ARG(key.arn));
    if ((r = set_state(call, &key, "Disabled")) < 0 ||
            (r = queue_cancel(call->server->queue, call->tx, "kms.delete-key", key.id)) < 0)
        return r;
    out->KeyId = key.arn;
    return 0;
}

int kms_GetKeyPolicy(struct call *call, const struct kms_GetKeyPolicyRequest *in,
        struct kms_GetKeyPolicyResponse *out)
{
    const struct db_row *row;
    struct key key;
    int r = key_find_for(call, in->KeyId, "kms:GetKeyPolicy", &key);

    if (r < 0)
        return r;
    if (in->PolicyName.ptr && !str_eq(in->PolicyName, STR("default")))
        return call_fail(call, &kms_NotFoundException, "No such policy exists");
    if ((r = db_one(call->tx, &row, "select policy from kms_key where id = $1", key.id)) < 0)
        return r;
    out->Policy = row_text(row, 0);
    out->PolicyName = STR("default");
    return 0;
}

int kms_PutKeyPolicy(struct call *call, const struct kms_PutKeyPolicyRequest *in, void *out)
{
    struct key key;
    int r = find_customer_key(call, in->KeyId, "kms:PutKeyPolicy", &key);

    (void)out;
    if (r < 0)
        return r;
    if (in->PolicyName.ptr && !str_eq(in->PolicyName, STR("default")))
        return call_fail(call, &kms_NotFoundException, "No such policy exists");
    if ((r = refuse_pending(call, &key)) < 0 || (r = check_policy(call, in->Policy)) < 0)
        return r;
    r = db_exec(call->tx, "update kms_key set policy = $2, policy_version = $3 where id = $1",
            key.id, in->Policy, random_uuid(call->arena));
    return r < 0 ? r : check_lockout(call, &key, in->BypassPolicyLockoutSafetyCheck);
}
