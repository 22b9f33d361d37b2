#include "services/kms/key.h"

#include "base/buf.h"
#include "base/random.h"

enum {
    CONTEXT_MAX_BYTES = 8192,
    DATA_KEY_MAX = 1024,
    AAD_MAX = 65536,
};

static int by_name(const void *a, const void *b)
{
    const struct kms_EncryptionContextType_entry *x = a, *y = b;

    return str_cmp(x->key, y->key);
}

/* Associated data: each name and value, sorted by name, with its length before it. */
int key_context(struct call *call, const struct kms_EncryptionContextType *context, str *ret)
{
    struct buf out = buf_make(call->arena, AAD_MAX);
    struct kms_EncryptionContextType_entry *sorted =
            arena_array(call->arena, context->len, struct kms_EncryptionContextType_entry);

    if (context->len)
        memcpy(sorted, context->items, context->len * sizeof(*sorted));
    qsort(sorted, context->len, sizeof(*sorted), by_name);
    for (size_t i = 0; i < context->len; i++)
        buf_printf(&out, "%zu:%.*s%zu:%.*s", sorted[i].key.len, STR_ARG(sorted[i].key),
                sorted[i].value.len, STR_ARG(sorted[i].value));
    if (out.len > CONTEXT_MAX_BYTES || buf_is_full(&out))
        return call_fail(call, &error_Validation,
                "Encryption context exceeds the maximum size of 8192 bytes");
    *ret = buf_str(&out);
    return 0;
}

static int refuse_extras(struct call *call, const struct str_list *grant_tokens,
        const void *recipient, str algorithm)
{
    if (grant_tokens->len)
        return call_fail(call, &kms_InvalidGrantTokenException,
                "Grants are not supported by this version of Slipway.");
    if (recipient)
        return call_fail(call, &kms_UnsupportedOperationException,
                "Attested recipients are not supported by Slipway.");
    if (algorithm.ptr && !str_eq(algorithm, STR("SYMMETRIC_DEFAULT")))
        return call_fail(call, &kms_InvalidKeyUsageException,
                "The request was rejected because the encryption algorithm %.*s is not supported "
                "by the key.",
                STR_ARG(algorithm));
    return 0;
}

static int dry_run(struct call *call, struct opt_bool asked)
{
    if (asked.is_set && asked.value)
        return call_fail(call, &kms_DryRunOperationException,
                "The request would have succeeded, but the DryRun option is set.");
    return 0;
}

int key_may_use(struct call *call, const struct key *key, const char *action,
        const struct kms_EncryptionContextType *context, str via)
{
    struct policy_key *keys = arena_array(call->arena, context->len + 3, struct policy_key);
    str *names = arena_array(call->arena, context->len, str);
    size_t n = 0;
    int r;

    for (size_t i = 0; i < context->len; i++) {
        names[i] = context->items[i].key;
        keys[n].name = str_concat(call->arena, STR("kms:EncryptionContext:"), names[i]);
        keys[n++].values = (struct str_list){&context->items[i].value, 1, true};
    }
    if (context->len)
        keys[n++] =
                (struct policy_key){STR("kms:EncryptionContextKeys"), {names, context->len, true}};
    if (via.ptr) {
        str *item = arena_new(call->arena, str);
        *item = via;
        keys[n++] = (struct policy_key){STR("kms:ViaService"), {item, 1, true}};
    }
    keys[n].name = STR("kms:CallerAccount");
    keys[n++].values = (struct str_list){(str *)&call->principal->account, 1, true};
    r = key_authorize(call, key, action, keys, n);
    return r < 0 ? r : key_is_usable(call, key);
}

/* Finds the key, permission and state for an operation that uses it. */
static int use_key(struct call *call, str ref, const char *action,
        const struct kms_EncryptionContextType *context, struct key *ret)
{
    int r = key_find(call, ref, ret);

    return r < 0 ? r : key_may_use(call, ret, action, context, (str){0});
}

int kms_Encrypt(
        struct call *call, const struct kms_EncryptRequest *in, struct kms_EncryptResponse *out)
{
    struct key key;
    str aad;
    int r = refuse_extras(call, &in->GrantTokens, NULL, in->EncryptionAlgorithm);

    if (r < 0 || (r = use_key(call, in->KeyId, "kms:Encrypt", &in->EncryptionContext, &key)) < 0 ||
            (r = key_context(call, &in->EncryptionContext, &aad)) < 0 ||
            (r = dry_run(call, in->DryRun)) < 0 ||
            (r = key_encrypt(call, &key, aad, in->Plaintext, &out->CiphertextBlob)) < 0)
        return r;
    out->KeyId = key.arn;
    out->EncryptionAlgorithm = STR("SYMMETRIC_DEFAULT");
    return 0;
}

static int refuse_modifiers(struct call *call, const struct str_list *modifiers)
{
    if (modifiers->len)
        return call_fail(call, &kms_UnsupportedOperationException,
                "DryRunModifiers are not supported by Slipway.");
    return 0;
}

static int refuse_ciphertext(struct call *call)
{
    return call_fail(call, &error_AccessDenied,
            "The ciphertext refers to a customer master key that does not exist, does not exist in "
            "this region, or you are not allowed to access.");
}

/* The key that made a ciphertext, which must be the one that the caller named, if he did; and
 * permission to use it so. Which keys other accounts have is not to be learned here either. */
static int use_source(struct call *call, str ciphertext, str ref, const char *action,
        const struct kms_EncryptionContextType *context, struct key *ret)
{
    str id;
    int r;

    if (!key_of_ciphertext(call->arena, ciphertext, &id))
        return call_fail(call, &kms_InvalidCiphertextException, "The ciphertext is invalid");
    if (ref.ptr) {
        r = use_key(call, ref, action, context, ret);
        if (r < 0 || str_eq(ret->id, id))
            return r;
        return call_fail(call, &kms_IncorrectKeyException,
                "The key ID in the request does not identify a CMK that can perform this "
                "operation.");
    }
    if ((r = key_by_id(call, id, ret)) < 0)
        return r;
    if (r == 0 || !str_eq(ret->region, call->region))
        return refuse_ciphertext(call);
    r = key_may_use(call, ret, action, context, (str){0});
    if (r == CALL_FAILED && str_eq(call->failure.code, STR("AccessDeniedException")) &&
            !str_eq(ret->account, call->principal->account))
        return refuse_ciphertext(call);
    return r;
}

static int decrypt(struct call *call, const struct key *key, str aad, str ciphertext, str *ret)
{
    int r = key_decrypt(call, key, aad, ciphertext, ret);

    if (r == -EBADMSG)
        return call_fail(call, &kms_InvalidCiphertextException,
                "The ciphertext or the encryption context is invalid");
    return r;
}

int kms_Decrypt(
        struct call *call, const struct kms_DecryptRequest *in, struct kms_DecryptResponse *out)
{
    struct key key;
    str aad;
    int r = refuse_extras(call, &in->GrantTokens, in->Recipient, in->EncryptionAlgorithm);

    if (r < 0 || (r = refuse_modifiers(call, &in->DryRunModifiers)) < 0 ||
            (r = use_source(call, in->CiphertextBlob, in->KeyId, "kms:Decrypt",
                     &in->EncryptionContext, &key)) < 0 ||
            (r = key_context(call, &in->EncryptionContext, &aad)) < 0 ||
            (r = dry_run(call, in->DryRun)) < 0 ||
            (r = decrypt(call, &key, aad, in->CiphertextBlob, &out->Plaintext)) < 0)
        return r;
    out->KeyId = key.arn;
    out->EncryptionAlgorithm = STR("SYMMETRIC_DEFAULT");
    return 0;
}

int kms_ReEncrypt(
        struct call *call, const struct kms_ReEncryptRequest *in, struct kms_ReEncryptResponse *out)
{
    struct key from, to;
    str plain, from_aad, to_aad;
    int r = refuse_extras(call, &in->GrantTokens, NULL, in->SourceEncryptionAlgorithm);

    if (r < 0 ||
            (r = refuse_extras(call, &in->GrantTokens, NULL, in->DestinationEncryptionAlgorithm)) <
                    0 ||
            (r = refuse_modifiers(call, &in->DryRunModifiers)) < 0 ||
            (r = use_source(call, in->CiphertextBlob, in->SourceKeyId, "kms:ReEncryptFrom",
                     &in->SourceEncryptionContext, &from)) < 0 ||
            (r = use_key(call, in->DestinationKeyId, "kms:ReEncryptTo",
                     &in->DestinationEncryptionContext, &to)) < 0 ||
            (r = key_context(call, &in->SourceEncryptionContext, &from_aad)) < 0 ||
            (r = key_context(call, &in->DestinationEncryptionContext, &to_aad)) < 0 ||
            (r = dry_run(call, in->DryRun)) < 0 ||
            (r = decrypt(call, &from, from_aad, in->CiphertextBlob, &plain)) < 0)
        return r;
    r = key_encrypt(call, &to, to_aad, plain, &out->CiphertextBlob);
    mem_wipe((char *)plain.ptr, plain.len);
    if (r < 0)
        return r;
    out->SourceKeyId = from.arn;
    out->KeyId = to.arn;
    out->SourceEncryptionAlgorithm = STR("SYMMETRIC_DEFAULT");
    out->DestinationEncryptionAlgorithm = STR("SYMMETRIC_DEFAULT");
    return 0;
}

static int data_key_len(struct call *call, str spec, struct opt_int bytes, size_t *ret)
{
    if (spec.ptr ? bytes.is_set : !bytes.is_set)
        return call_fail(
                call, &error_Validation, "Please specify either number of bytes or key spec.");
    if (spec.ptr)
        *ret = str_eq(spec, STR("AES_128")) ? 16 : 32;
    else if (bytes.value < 1 || bytes.value > DATA_KEY_MAX)
        return call_fail(
                call, &error_Validation, "NumberOfBytes must be between 1 and %d", DATA_KEY_MAX);
    else
        *ret = (size_t)bytes.value;
    return 0;
}

/* The common part of both GenerateDataKey operations. */
static int generate(struct call *call, const struct kms_GenerateDataKeyRequest *in,
        const char *action, struct kms_GenerateDataKeyResponse *out)
{
    struct key key;
    size_t len = 0;
    str aad;
    int r = refuse_extras(call, &in->GrantTokens, in->Recipient, (str){0});

    if (r < 0 || (r = use_key(call, in->KeyId, action, &in->EncryptionContext, &key)) < 0 ||
            (r = data_key_len(call, in->KeySpec, in->NumberOfBytes, &len)) < 0 ||
            (r = key_context(call, &in->EncryptionContext, &aad)) < 0 ||
            (r = dry_run(call, in->DryRun)) < 0)
        return r;
    char *plain = arena_alloc(call->arena, len, 1);
    random_bytes(plain, len);
    out->Plaintext = (str){plain, len};
    out->KeyId = key.arn;
    return key_encrypt(call, &key, aad, out->Plaintext, &out->CiphertextBlob);
}

int kms_GenerateDataKey(struct call *call, const struct kms_GenerateDataKeyRequest *in,
        struct kms_GenerateDataKeyResponse *out)
{
    return generate(call, in, "kms:GenerateDataKey", out);
}

int kms_GenerateDataKeyWithoutPlaintext(struct call *call,
        const struct kms_GenerateDataKeyWithoutPlaintextRequest *in,
        struct kms_GenerateDataKeyWithoutPlaintextResponse *out)
{
    const struct kms_GenerateDataKeyRequest same = {
            .KeyId = in->KeyId,
            .EncryptionContext = in->EncryptionContext,
            .KeySpec = in->KeySpec,
            .NumberOfBytes = in->NumberOfBytes,
            .GrantTokens = in->GrantTokens,
            .DryRun = in->DryRun,
    };
    struct kms_GenerateDataKeyResponse both = {0};
    int r = generate(call, &same, "kms:GenerateDataKeyWithoutPlaintext", &both);

    if (r < 0)
        return r;
    out->CiphertextBlob = both.CiphertextBlob;
    out->KeyId = both.KeyId;
    return 0;
}

int kms_GenerateRandom(struct call *call, const struct kms_GenerateRandomRequest *in,
        struct kms_GenerateRandomResponse *out)
{
    size_t len = (size_t)in->NumberOfBytes.value; /* 1 to 1024: the description says so */

    if (in->Recipient || in->CustomKeyStoreId.ptr)
        return call_fail(call, &kms_UnsupportedOperationException,
                "Attested recipients and custom key stores are not supported by Slipway.");
    if (!in->NumberOfBytes.is_set)
        return call_fail(call, &error_Validation, "NumberOfBytes is required.");
    char *bytes = arena_alloc(call->arena, len, 1);
    random_bytes(bytes, len);
    out->Plaintext = (str){bytes, len};
    return 0;
}
