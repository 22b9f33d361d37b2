#include "services/kms/grant.h"
#include "services/kms/rotation.h"

#include "base/random.h"

enum {
    LIST_PRESET = 100,
    LIST_MAX = 1000,
    DELETION_DEFAULT_DAYS = 30,
};
static const int64_t DAY_MS = 86400000;

static int check_spec(
        struct call *call, const struct kms_CreateKeyRequest *in, struct key_draft *draft)
{
    str name = in->KeySpec.ptr ? in->KeySpec : in->CustomerMasterKeySpec;

    if (in->KeySpec.ptr && in->CustomerMasterKeySpec.ptr)
        return call_fail(call, &error_Validation,
                "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                "CustomerMasterKeySpec is deprecated.");
    if (!name.ptr)
        name = STR("SYMMETRIC_DEFAULT");
    draft->spec = spec_find(name);
    if (!draft->spec)
        return call_fail(call, &kms_UnsupportedOperationException,
                "KeySpec %.*s is not supported by Slipway.", STR_ARG(name));
    draft->usage = in->KeyUsage.ptr ? in->KeyUsage : STR("ENCRYPT_DECRYPT");
    if (!in->KeyUsage.ptr && draft->spec->family != KEY_SYMMETRIC)
        return call_fail(call, &error_Validation,
                "You must specify a KeyUsage value for all KMS keys except for symmetric "
                "encryption keys.");
    if (!list_has(draft->spec->usages, draft->usage))
        return call_fail(call, &error_Validation,
                "KeyUsage %.*s is not compatible with KeySpec %.*s", STR_ARG(draft->usage),
                STR_ARG(name));
    return 0;
}

static int check_support(struct call *call, const struct kms_CreateKeyRequest *in)
{
    bool is_ours = !in->Origin.ptr || str_eq(in->Origin, STR("AWS_KMS")) ||
                   str_eq(in->Origin, STR("EXTERNAL"));

    if (!is_ours || in->CustomKeyStoreId.ptr || in->XksKeyId.ptr ||
            (in->MultiRegion.is_set && in->MultiRegion.value))
        return call_fail(call, &kms_UnsupportedOperationException,
                "Custom key stores and multi-Region keys are not supported by Slipway.");
    return 0;
}

/* The conditions of CreateKey, on what the key is going to be. */
static int may_create(struct call *call, const struct kms_CreateKeyRequest *in)
{
    str spec = in->KeySpec.ptr ? in->KeySpec : in->CustomerMasterKeySpec;
    str usage = in->KeyUsage.ptr ? in->KeyUsage : STR("ENCRYPT_DECRYPT");
    bool is_multi = in->MultiRegion.is_set && in->MultiRegion.value;

    if (!spec.ptr)
        spec = STR("SYMMETRIC_DEFAULT");
    call_add_key(call, STR("kms:CallerAccount"), call->principal->account);
    call_add_key(call, STR("kms:KeySpec"), spec);
    call_add_key(call, STR("kms:KeyUsage"), usage);
    call_add_key(call, STR("kms:CustomerMasterKeySpec"), spec);
    call_add_key(call, STR("kms:CustomerMasterKeyUsage"), usage);
    call_add_key(call, STR("kms:KeyOrigin"), in->Origin.ptr ? in->Origin : STR("AWS_KMS"));
    call_add_key(call, STR("kms:MultiRegion"), is_multi ? STR("true") : STR("false"));
    return authorize(call, STR("kms:CreateKey"), STR("*"));
}

/* Makes the material, which is slow for RSA, before the transaction. */
int kms_CreateKey_prepare(struct call *call, const struct kms_CreateKeyRequest *in)
{
    struct key_draft *draft = arena_new(call->arena, struct key_draft);
    int r = may_create(call, in);

    if (r < 0 || (r = check_spec(call, in, draft)) < 0 || (r = check_support(call, in)) < 0)
        return r;
    draft->id = random_uuid(call->arena);
    draft->manager = STR("CUSTOMER");
    draft->description = in->Description.ptr ? in->Description : STR("");
    draft->origin = in->Origin.ptr ? in->Origin : STR("AWS_KMS");
    draft->policy = in->Policy;
    call->prepared = draft;
    if (str_eq(draft->origin, STR("EXTERNAL")))
        return 0;
    return material_make(call, draft->spec, draft->id, 1, &draft->material);
}

int kms_CreateKey(
        struct call *call, const struct kms_CreateKeyRequest *in, struct kms_CreateKeyResponse *out)
{
    struct key key;
    int r = 0;

    if ((in->Policy.ptr && (r = key_check_policy(call, in->Policy)) < 0) ||
            (r = key_create(call, call->prepared, &key)) < 0 ||
            (in->Policy.ptr &&
                    (r = key_check_lockout(call, &key, in->BypassPolicyLockoutSafetyCheck)) < 0) ||
            (r = key_put_tags(call, &key, &in->Tags)) < 0)
        return r;
    out->KeyMetadata = key_metadata(call, &key);
    return 0;
}

int kms_DescribeKey(struct call *call, const struct kms_DescribeKeyRequest *in,
        struct kms_DescribeKeyResponse *out)
{
    struct key key;
    int r;

    if ((r = grant_tokens_check(call, &in->GrantTokens)) < 0 ||
            (r = key_find_for(call, in->KeyId, "kms:DescribeKey", &key)) < 0)
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

static int set_state(struct call *call, const struct key *key, const char *state)
{
    int r = db_exec(call->tx, "update kms_key set state = $2, deletion = null where id = $1",
            key->id, state);

    return r < 0 ? r : 0;
}

static int refuse_without_material(struct call *call, const struct key *key)
{
    return str_eq(key->state, STR("PendingImport")) ? key_is_usable(call, key)
                                                    : key_refuse_pending(call, key);
}

int kms_EnableKey(struct call *call, const struct kms_EnableKeyRequest *in, void *out)
{
    struct key key;
    int r = key_find_customer(call, in->KeyId, "kms:EnableKey", &key);

    (void)out;
    if (r < 0 || (r = refuse_without_material(call, &key)) < 0 ||
            (r = set_state(call, &key, "Enabled")) < 0)
        return r;
    return rotation_resume(call, &key);
}

int kms_DisableKey(struct call *call, const struct kms_DisableKeyRequest *in, void *out)
{
    struct key key;
    int r = key_find_customer(call, in->KeyId, "kms:DisableKey", &key);

    (void)out;
    return r < 0 || (r = refuse_without_material(call, &key)) < 0
                   ? r
                   : set_state(call, &key, "Disabled");
}

int kms_UpdateKeyDescription(
        struct call *call, const struct kms_UpdateKeyDescriptionRequest *in, void *out)
{
    struct key key;
    int r = key_find_customer(call, in->KeyId, "kms:UpdateKeyDescription", &key);

    (void)out;
    if (r < 0 || (r = key_refuse_pending(call, &key)) < 0)
        return r;
    r = db_exec(
            call->tx, "update kms_key set description = $2 where id = $1", key.id, in->Description);
    return r < 0 ? r : 0;
}

int kms_ScheduleKeyDeletion(struct call *call, const struct kms_ScheduleKeyDeletionRequest *in,
        struct kms_ScheduleKeyDeletionResponse *out)
{
    int64_t days =
            in->PendingWindowInDays.is_set ? in->PendingWindowInDays.value : DELETION_DEFAULT_DAYS;
    struct key key;
    int r = key_find_customer(call, in->KeyId, "kms:ScheduleKeyDeletion", &key);

    if (r < 0)
        return r;
    if (days < 7 || days > 30)
        return call_fail(call, &error_Validation, "PendingWindowInDays must be between 7 and 30");
    if ((r = key_refuse_pending(call, &key)) < 0)
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
    int r = key_find_customer(call, in->KeyId, "kms:CancelKeyDeletion", &key);

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
