#include "services/kms/spec.h"

/* clang-format off */
#define LIST(...) {(str[]){__VA_ARGS__}, sizeof((str[]){__VA_ARGS__}) / sizeof(str), true}
#define ENCRYPT STR_INIT("ENCRYPT_DECRYPT")
#define SIGN STR_INIT("SIGN_VERIFY")
#define MAC STR_INIT("GENERATE_VERIFY_MAC")
#define AGREE STR_INIT("KEY_AGREEMENT")
#define OAEP LIST(STR_INIT("RSAES_OAEP_SHA_1"), STR_INIT("RSAES_OAEP_SHA_256"))
#define RSA_SIGNING LIST( \
        STR_INIT("RSASSA_PKCS1_V1_5_SHA_256"), STR_INIT("RSASSA_PKCS1_V1_5_SHA_384"), \
        STR_INIT("RSASSA_PKCS1_V1_5_SHA_512"), STR_INIT("RSASSA_PSS_SHA_256"), \
        STR_INIT("RSASSA_PSS_SHA_384"), STR_INIT("RSASSA_PSS_SHA_512"))
#define RSA(bits) {STR_INIT("RSA_" #bits), KEY_RSA, bits, NULL, LIST(ENCRYPT, SIGN), \
        .encryption = OAEP, .signing = RSA_SIGNING}
#define ECC(name, group, hash) {STR_INIT("ECC_NIST_" name), KEY_ECC, 0, group, LIST(SIGN, AGREE), \
        .signing = LIST(STR_INIT("ECDSA_SHA_" hash)), .agreement = LIST(STR_INIT("ECDH"))}
#define HMAC(bits) {STR_INIT("HMAC_" #bits), KEY_HMAC, bits / 8, NULL, LIST(MAC), \
        .mac = LIST(STR_INIT("HMAC_SHA_" #bits))}

static const struct key_spec specs[] = {
        {STR_INIT("SYMMETRIC_DEFAULT"), KEY_SYMMETRIC, 32, NULL, LIST(ENCRYPT),
                .encryption = LIST(STR_INIT("SYMMETRIC_DEFAULT"))},
        RSA(2048), RSA(3072), RSA(4096),
        ECC("P256", "P-256", "256"), ECC("P384", "P-384", "384"), ECC("P521", "P-521", "512"),
        {STR_INIT("ECC_SECG_P256K1"), KEY_ECC, 0, "secp256k1", LIST(SIGN),
                .signing = LIST(STR_INIT("ECDSA_SHA_256"))},
        HMAC(224), HMAC(256), HMAC(384), HMAC(512),
};

static const struct signature signatures[] = {
        {STR_INIT("RSASSA_PKCS1_V1_5_SHA_256"), SIGNATURE_PKCS1, "SHA256", 32},
        {STR_INIT("RSASSA_PKCS1_V1_5_SHA_384"), SIGNATURE_PKCS1, "SHA384", 48},
        {STR_INIT("RSASSA_PKCS1_V1_5_SHA_512"), SIGNATURE_PKCS1, "SHA512", 64},
        {STR_INIT("RSASSA_PSS_SHA_256"), SIGNATURE_PSS, "SHA256", 32},
        {STR_INIT("RSASSA_PSS_SHA_384"), SIGNATURE_PSS, "SHA384", 48},
        {STR_INIT("RSASSA_PSS_SHA_512"), SIGNATURE_PSS, "SHA512", 64},
        {STR_INIT("ECDSA_SHA_256"), SIGNATURE_ECDSA, "SHA256", 32},
        {STR_INIT("ECDSA_SHA_384"), SIGNATURE_ECDSA, "SHA384", 48},
        {STR_INIT("ECDSA_SHA_512"), SIGNATURE_ECDSA, "SHA512", 64},
};
/* clang-format on */

const struct key_spec *spec_find(str name)
{
    for (size_t i = 0; i < sizeof(specs) / sizeof(*specs); i++)
        if (str_eq(specs[i].name, name))
            return &specs[i];
    return NULL;
}

const struct signature *signature_find(str name)
{
    for (size_t i = 0; i < sizeof(signatures) / sizeof(*signatures); i++)
        if (str_eq(signatures[i].name, name))
            return &signatures[i];
    return NULL;
}

bool list_has(struct str_list list, str item)
{
    for (size_t i = 0; i < list.len; i++)
        if (str_eq(list.items[i], item))
            return true;
    return false;
}
