/* Asymmetric keys that sign, and the public halves of all pairs. */
#include "services/kms/access.h"

/* The hash that is signed: of the message, or what the caller says it is. */
static int digest_of(
        struct call *call, const struct signature *how, str message, str type, str *ret)
{
    if (str_eq(type, STR("EXTERNAL_MU")))
        return call_fail(call, &error_Validation,
                "MessageType EXTERNAL_MU is not valid for algorithm %.*s.", STR_ARG(how->name));
    if (!str_eq(type, STR("DIGEST")))
        return pair_digest(call->arena, how, message, ret, &call->tx->error);
    if (message.len != how->digest_len)
        return call_fail(call, &error_Validation, "Digest is invalid length for algorithm %.*s.",
                STR_ARG(how->name));
    *ret = message;
    return 0;
}

static int find_algorithm(
        struct call *call, const struct key *key, str name, const struct signature **ret)
{
    int r = key_check_algorithm(call, key, key->spec->signing, name);

    *ret = r < 0 ? NULL : signature_find(name);
    return r;
}

int kms_Sign(struct call *call, const struct kms_SignRequest *in, struct kms_SignResponse *out)
{
    const struct access access = {"kms:Sign", "SIGN_VERIFY", NULL, &in->GrantTokens};
    const struct signature *how;
    str digest, material;
    struct key key;
    int r = access_key(call, in->KeyId, &access, &key);

    if (r < 0 || (r = find_algorithm(call, &key, in->SigningAlgorithm, &how)) < 0 ||
            (r = digest_of(call, how, in->Message, in->MessageType, &digest)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0 ||
            (r = material_open(call, &key, key.material_number, &material)) < 0)
        return r;
    r = pair_sign(call->arena, material, how, digest, &out->Signature, &call->tx->error);
    mem_wipe((char *)material.ptr, material.len);
    if (r < 0)
        return r;
    out->KeyId = key.arn;
    out->SigningAlgorithm = in->SigningAlgorithm;
    return 0;
}

int kms_Verify(
        struct call *call, const struct kms_VerifyRequest *in, struct kms_VerifyResponse *out)
{
    const struct access access = {"kms:Verify", "SIGN_VERIFY", NULL, &in->GrantTokens};
    const struct signature *how;
    struct key key;
    str digest;
    int r = access_key(call, in->KeyId, &access, &key);

    if (r < 0 || (r = find_algorithm(call, &key, in->SigningAlgorithm, &how)) < 0 ||
            (r = digest_of(call, how, in->Message, in->MessageType, &digest)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0)
        return r;
    r = pair_verify(key.public_key, how, digest, in->Signature, &call->tx->error);
    if (r == -EBADMSG)
        return call_fail(call, &kms_KMSInvalidSignatureException, "The signature is invalid.");
    if (r < 0)
        return r;
    out->KeyId = key.arn;
    out->SignatureValid = SOME_BOOL(true);
    out->SigningAlgorithm = in->SigningAlgorithm;
    return 0;
}

int kms_GetPublicKey(struct call *call, const struct kms_GetPublicKeyRequest *in,
        struct kms_GetPublicKeyResponse *out)
{
    const struct access access = {"kms:GetPublicKey", NULL, NULL, &in->GrantTokens};
    struct kms_KeyMetadata *about;
    struct key key;
    int r = access_key(call, in->KeyId, &access, &key);

    if (r < 0)
        return r;
    if (!key.public_key.ptr)
        return call_fail(call, &kms_UnsupportedOperationException,
                "%.*s key spec is %.*s which is not valid for this operation.", STR_ARG(key.arn),
                STR_ARG(key.spec->name));
    about = key_metadata(call, &key);
    out->KeyId = key.arn;
    out->PublicKey = key.public_key;
    out->CustomerMasterKeySpec = key.spec->name;
    out->KeySpec = key.spec->name;
    out->KeyUsage = key.usage;
    out->EncryptionAlgorithms = about->EncryptionAlgorithms;
    out->SigningAlgorithms = about->SigningAlgorithms;
    out->KeyAgreementAlgorithms = about->KeyAgreementAlgorithms;
    return 0;
}
