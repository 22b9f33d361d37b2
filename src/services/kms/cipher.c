#include "services/kms/access.h"

#include "base/random.h"

enum {
    DATA_KEY_MAX = 1024,
};

/* One way to encrypt: the key, the algorithm and what is bound to the ciphertext. */
struct cipher {
    struct key key;
    str algorithm;
    const struct kms_EncryptionContextType *context;
    str aad;
    const struct key *other; /* of a ReEncrypt, the key at the other end; else NULL */
};

static str algorithm_or_default(str algorithm)
{
    return algorithm.ptr ? algorithm : STR("SYMMETRIC_DEFAULT");
}

/* With a key that was found: permission, state, algorithm, context. */
static int open_cipher(struct call *call, struct cipher *cipher, const char *action,
        const struct str_list *grant_tokens)
{
    bool is_same = cipher->other && str_eq(cipher->other->id, cipher->key.id);
    str same = is_same ? STR("true") : STR("false");
    const struct policy_key more[] = {
            {STR("kms:EncryptionAlgorithm"), {&cipher->algorithm, 1, true}},
            {STR("kms:ReEncryptOnSameKey"), {&same, 1, true}},
    };
    const struct access access = {
            .action = action,
            .usage = "ENCRYPT_DECRYPT",
            .context = cipher->context,
            .grant_tokens = grant_tokens,
            .more = more,
            .more_len = cipher->other ? 2 : 1,
    };
    int r = access_found_key(call, &cipher->key, &access);

    if (r < 0 || (r = key_check_algorithm(
                          call, &cipher->key, cipher->key.spec->encryption, cipher->algorithm)) < 0)
        return r;
    if (cipher->key.spec->family != KEY_SYMMETRIC && cipher->context->len)
        return call_fail(call, &error_Validation,
                "EncryptionContext is not supported with asymmetric keys.");
    return access_context_bytes(call, cipher->context, &cipher->aad);
}

static const char *oaep_digest(str algorithm)
{
    return str_eq(algorithm, STR("RSAES_OAEP_SHA_1")) ? "SHA1" : "SHA256";
}

static int encrypt(struct call *call, const struct cipher *cipher, str plain, str *ret)
{
    int r;

    if (cipher->key.spec->family == KEY_SYMMETRIC)
        return key_encrypt(call, &cipher->key, cipher->aad, plain, ret);
    r = pair_encrypt(call->arena, cipher->key.public_key, oaep_digest(cipher->algorithm), plain,
            ret, &call->tx->error);
    if (r == -E2BIG)
        return call_fail(call, &error_Validation,
                "Algorithm %.*s and key spec %.*s cannot encrypt data of %zu bytes.",
                STR_ARG(cipher->algorithm), STR_ARG(cipher->key.spec->name), plain.len);
    return r;
}

static int decrypt_pair(struct call *call, const struct cipher *cipher, str sealed, str *ret)
{
    str material;
    int r = material_open(call, &cipher->key, cipher->key.material_number, &material);

    if (r < 0)
        return r;
    r = pair_decrypt(
            call->arena, material, oaep_digest(cipher->algorithm), sealed, ret, &call->tx->error);
    mem_wipe((char *)material.ptr, material.len);
    return r;
}

static int decrypt(struct call *call, const struct cipher *cipher, str ciphertext, str *ret)
{
    int r = cipher->key.spec->family == KEY_SYMMETRIC
                    ? key_decrypt(call, &cipher->key, cipher->aad, ciphertext, ret)
                    : decrypt_pair(call, cipher, ciphertext, ret);

    if (r == -EBADMSG)
        return call_fail(call, &kms_InvalidCiphertextException,
                "The ciphertext or the encryption context is invalid");
    return r;
}

/* KeyMaterialId, which only keys that rotate have. */
static str material_id(struct call *call, const struct key *key)
{
    return key->spec->family == KEY_SYMMETRIC
                   ? material_public_id(call->arena, key->id, key->material_number)
                   : (str){0};
}

int kms_Encrypt(
        struct call *call, const struct kms_EncryptRequest *in, struct kms_EncryptResponse *out)
{
    struct cipher cipher = {.algorithm = algorithm_or_default(in->EncryptionAlgorithm),
            .context = &in->EncryptionContext};
    int r = key_find(call, in->KeyId, &cipher.key);

    if (r < 0 || (r = open_cipher(call, &cipher, "kms:Encrypt", &in->GrantTokens)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0 ||
            (r = encrypt(call, &cipher, in->Plaintext, &out->CiphertextBlob)) < 0)
        return r;
    out->KeyId = cipher.key.arn;
    out->EncryptionAlgorithm = cipher.algorithm;
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

/* Which keys other accounts have is not to be learned from ciphertexts either. */
static int open_unnamed(struct call *call, struct cipher *cipher, str id, const char *action,
        const struct str_list *grant_tokens)
{
    int r = key_by_id(call, id, &cipher->key);

    if (r < 0)
        return r;
    if (r == 0 || !str_eq(cipher->key.region, call->region))
        return refuse_ciphertext(call);
    r = open_cipher(call, cipher, action, grant_tokens);
    if (r == CALL_FAILED && str_eq(call->failure.code, STR("AccessDeniedException")) &&
            !str_eq(cipher->key.account, call->principal->account))
        return refuse_ciphertext(call);
    return r;
}

/*
 * open_cipher() with the key that made a ciphertext. A symmetric one names its key, which must be
 * the one that the caller named, if he did; an asymmetric one does not, so he must.
 */
static int open_source(struct call *call, struct cipher *cipher, str ciphertext, str ref,
        const char *action, const struct str_list *grant_tokens)
{
    bool is_symmetric = str_eq(cipher->algorithm, STR("SYMMETRIC_DEFAULT"));
    str id = {0};
    int r;

    if (!is_symmetric && !ref.ptr)
        return call_fail(
                call, &error_Validation, "KeyId is required to decrypt with an asymmetric key.");
    if (is_symmetric && !key_of_ciphertext(call->arena, ciphertext, &id))
        return call_fail(call, &kms_InvalidCiphertextException, "The ciphertext is invalid");
    if (!ref.ptr)
        return open_unnamed(call, cipher, id, action, grant_tokens);
    if ((r = key_find(call, ref, &cipher->key)) < 0 ||
            (r = open_cipher(call, cipher, action, grant_tokens)) < 0)
        return r;
    if (is_symmetric && !str_eq(cipher->key.id, id))
        return call_fail(call, &kms_IncorrectKeyException,
                "The key ID in the request does not identify a CMK that can perform this "
                "operation.");
    return 0;
}

int kms_Decrypt(
        struct call *call, const struct kms_DecryptRequest *in, struct kms_DecryptResponse *out)
{
    struct cipher cipher = {.algorithm = algorithm_or_default(in->EncryptionAlgorithm),
            .context = &in->EncryptionContext};
    int r = access_refuse_recipient(call, in->Recipient);

    if (r < 0 || (r = refuse_modifiers(call, &in->DryRunModifiers)) < 0 ||
            (r = open_source(call, &cipher, in->CiphertextBlob, in->KeyId, "kms:Decrypt",
                     &in->GrantTokens)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0 ||
            (r = decrypt(call, &cipher, in->CiphertextBlob, &out->Plaintext)) < 0)
        return r;
    out->KeyId = cipher.key.arn;
    out->EncryptionAlgorithm = cipher.algorithm;
    return 0;
}

int kms_ReEncrypt(
        struct call *call, const struct kms_ReEncryptRequest *in, struct kms_ReEncryptResponse *out)
{
    struct cipher to = {.algorithm = algorithm_or_default(in->DestinationEncryptionAlgorithm),
            .context = &in->DestinationEncryptionContext};
    struct cipher from = {.algorithm = algorithm_or_default(in->SourceEncryptionAlgorithm),
            .context = &in->SourceEncryptionContext,
            .other = &to.key};
    str plain;
    int r = refuse_modifiers(call, &in->DryRunModifiers);

    to.other = &from.key;
    if (r < 0 || (r = key_find(call, in->DestinationKeyId, &to.key)) < 0 ||
            (r = open_source(call, &from, in->CiphertextBlob, in->SourceKeyId, "kms:ReEncryptFrom",
                     &in->GrantTokens)) < 0 ||
            (r = open_cipher(call, &to, "kms:ReEncryptTo", &in->GrantTokens)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0 ||
            (r = decrypt(call, &from, in->CiphertextBlob, &plain)) < 0)
        return r;
    r = encrypt(call, &to, plain, &out->CiphertextBlob);
    mem_wipe((char *)plain.ptr, plain.len);
    if (r < 0)
        return r;
    out->SourceKeyId = from.key.arn;
    out->KeyId = to.key.arn;
    out->SourceEncryptionAlgorithm = from.algorithm;
    out->DestinationEncryptionAlgorithm = to.algorithm;
    out->DestinationKeyMaterialId = material_id(call, &to.key);
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
    struct cipher cipher = {
            .algorithm = STR("SYMMETRIC_DEFAULT"), .context = &in->EncryptionContext};
    size_t len = 0;
    int r = access_refuse_recipient(call, in->Recipient);

    if (r < 0 || (r = key_find(call, in->KeyId, &cipher.key)) < 0 ||
            (r = open_cipher(call, &cipher, action, &in->GrantTokens)) < 0 ||
            (r = data_key_len(call, in->KeySpec, in->NumberOfBytes, &len)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0)
        return r;
    char *plain = arena_alloc(call->arena, len, 1);
    random_bytes(plain, len);
    out->Plaintext = (str){plain, len};
    out->KeyId = cipher.key.arn;
    out->KeyMaterialId = material_id(call, &cipher.key);
    return encrypt(call, &cipher, out->Plaintext, &out->CiphertextBlob);
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
    out->KeyMaterialId = both.KeyMaterialId;
    return 0;
}

/* The common part of both GenerateDataKeyPair operations. */
static int generate_pair(struct call *call, const struct kms_GenerateDataKeyPairRequest *in,
        const char *action, struct kms_GenerateDataKeyPairResponse *out)
{
    struct cipher cipher = {
            .algorithm = STR("SYMMETRIC_DEFAULT"), .context = &in->EncryptionContext};
    const struct key_spec *spec = spec_find(in->KeyPairSpec);
    struct pair pair;
    int r = access_refuse_recipient(call, in->Recipient);

    if (!spec)
        return call_fail(call, &kms_UnsupportedOperationException,
                "KeyPairSpec %.*s is not supported by Slipway.", STR_ARG(in->KeyPairSpec));
    if (r < 0 || (r = key_find(call, in->KeyId, &cipher.key)) < 0 ||
            (r = open_cipher(call, &cipher, action, &in->GrantTokens)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0 ||
            (r = pair_generate(call->arena, spec, &pair, &call->tx->error)) < 0 ||
            (r = encrypt(call, &cipher, pair.private_key, &out->PrivateKeyCiphertextBlob)) < 0)
        return r;
    out->PrivateKeyPlaintext = pair.private_key;
    out->PublicKey = pair.public_key;
    out->KeyId = cipher.key.arn;
    out->KeyPairSpec = spec->name;
    out->KeyMaterialId = material_id(call, &cipher.key);
    return 0;
}

int kms_GenerateDataKeyPair(struct call *call, const struct kms_GenerateDataKeyPairRequest *in,
        struct kms_GenerateDataKeyPairResponse *out)
{
    return generate_pair(call, in, "kms:GenerateDataKeyPair", out);
}

int kms_GenerateDataKeyPairWithoutPlaintext(struct call *call,
        const struct kms_GenerateDataKeyPairWithoutPlaintextRequest *in,
        struct kms_GenerateDataKeyPairWithoutPlaintextResponse *out)
{
    const struct kms_GenerateDataKeyPairRequest same = {
            .KeyId = in->KeyId,
            .EncryptionContext = in->EncryptionContext,
            .KeyPairSpec = in->KeyPairSpec,
            .GrantTokens = in->GrantTokens,
            .DryRun = in->DryRun,
    };
    struct kms_GenerateDataKeyPairResponse both = {0};
    int r = generate_pair(call, &same, "kms:GenerateDataKeyPairWithoutPlaintext", &both);

    if (r < 0)
        return r;
    mem_wipe((char *)both.PrivateKeyPlaintext.ptr, both.PrivateKeyPlaintext.len);
    out->PrivateKeyCiphertextBlob = both.PrivateKeyCiphertextBlob;
    out->PublicKey = both.PublicKey;
    out->KeyId = both.KeyId;
    out->KeyPairSpec = both.KeyPairSpec;
    out->KeyMaterialId = both.KeyMaterialId;
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
