/* Keys that authenticate messages. */
#include "services/kms/access.h"

#include <openssl/evp.h>

/* HMAC_SHA_256 is OpenSSL's SHA256. */
static const char *digest_name(struct arena *arena, str algorithm)
{
    (void)str_take_prefix(&algorithm, STR("HMAC_SHA_"));
    return str_cstr(arena, str_concat(arena, STR("SHA"), algorithm));
}

static int make_mac(struct call *call, const struct key *key, str algorithm, str message, str *ret)
{
    unsigned char *out = arena_alloc(call->arena, EVP_MAX_MD_SIZE, 1);
    const char *digest = digest_name(call->arena, algorithm);
    size_t len = 0;
    str material;
    int r = material_open(call, key, key->material_number, &material);

    if (r < 0)
        return r;
    const unsigned char *made =
            EVP_Q_mac(NULL, "HMAC", NULL, digest, NULL, material.ptr, material.len,
                    (const unsigned char *)message.ptr, message.len, out, EVP_MAX_MD_SIZE, &len);
    mem_wipe((char *)material.ptr, material.len);
    if (!made)
        return error_set(&call->tx->error, EIO, "OpenSSL refuses an HMAC");
    *ret = (str){(const char *)out, len};
    return 0;
}

int kms_GenerateMac(struct call *call, const struct kms_GenerateMacRequest *in,
        struct kms_GenerateMacResponse *out)
{
    const struct access access = {"kms:GenerateMac", "GENERATE_VERIFY_MAC", NULL, &in->GrantTokens};
    struct key key;
    int r = access_key(call, in->KeyId, &access, &key);

    if (r < 0 || (r = key_check_algorithm(call, &key, key.spec->mac, in->MacAlgorithm)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0 ||
            (r = make_mac(call, &key, in->MacAlgorithm, in->Message, &out->Mac)) < 0)
        return r;
    out->KeyId = key.arn;
    out->MacAlgorithm = in->MacAlgorithm;
    return 0;
}

int kms_VerifyMac(
        struct call *call, const struct kms_VerifyMacRequest *in, struct kms_VerifyMacResponse *out)
{
    const struct access access = {"kms:VerifyMac", "GENERATE_VERIFY_MAC", NULL, &in->GrantTokens};
    struct key key;
    str mac;
    int r = access_key(call, in->KeyId, &access, &key);

    if (r < 0 || (r = key_check_algorithm(call, &key, key.spec->mac, in->MacAlgorithm)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0 ||
            (r = make_mac(call, &key, in->MacAlgorithm, in->Message, &mac)) < 0)
        return r;
    if (!str_eq_secret(mac, in->Mac))
        return call_fail(call, &kms_KMSInvalidMacException, "The MAC is invalid.");
    out->KeyId = key.arn;
    out->MacValid = SOME_BOOL(true);
    out->MacAlgorithm = in->MacAlgorithm;
    return 0;
}
