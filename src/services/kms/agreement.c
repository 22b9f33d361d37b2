/* Keys that agree on a secret with somebody else's. */
#include "services/kms/access.h"

static int derive(struct call *call, const struct key *key, str public_key, str *ret)
{
    str material;
    int r = material_open(call, key, key->material_number, &material);

    if (r < 0)
        return r;
    r = pair_derive(call->arena, material, public_key, ret, &call->tx->error);
    mem_wipe((char *)material.ptr, material.len);
    if (r == -EBADMSG)
        return call_fail(call, &error_Validation,
                "The public key is not valid for a key of spec %.*s.", STR_ARG(key->spec->name));
    return r;
}

int kms_DeriveSharedSecret(struct call *call, const struct kms_DeriveSharedSecretRequest *in,
        struct kms_DeriveSharedSecretResponse *out)
{
    const struct access access = {
            .action = "kms:DeriveSharedSecret",
            .usage = "KEY_AGREEMENT",
            .grant_tokens = &in->GrantTokens,
    };
    struct key key;
    int r = access_refuse_recipient(call, in->Recipient);

    if (r < 0 || (r = access_key(call, in->KeyId, &access, &key)) < 0 ||
            (r = key_check_algorithm(call, &key, key.spec->agreement, in->KeyAgreementAlgorithm)) <
                    0 ||
            (r = access_dry_run(call, in->DryRun)) < 0 ||
            (r = derive(call, &key, in->PublicKey, &out->SharedSecret)) < 0)
        return r;
    out->KeyId = key.arn;
    out->KeyAgreementAlgorithm = in->KeyAgreementAlgorithm;
    out->KeyOrigin = key.origin;
    return 0;
}
