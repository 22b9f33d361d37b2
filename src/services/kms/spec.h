/*
 * spec - the kinds of keys, and the algorithms that each can do
 *
 * Source: AWS KMS Developer Guide, "Key spec reference".
 */
#pragma once

#include "base/str.h"

enum key_family {
    KEY_SYMMETRIC,
    KEY_HMAC,
    KEY_RSA,
    KEY_ECC
};

struct key_spec {
    str name; /* RSA_2048 */
    enum key_family family;
    unsigned size;     /* bytes of a secret, bits of a modulus */
    const char *group; /* OpenSSL's name of the curve; NULL: none */
    struct str_list usages;
    struct str_list encryption, signing, mac, agreement; /* algorithms for these usages */
};

const struct key_spec *spec_find(str name); /* NULL: not supported */

enum signature_kind {
    SIGNATURE_PKCS1,
    SIGNATURE_PSS,
    SIGNATURE_ECDSA
};

/* How an algorithm signs. */
struct signature {
    str name;
    enum signature_kind kind;
    const char *digest;
    size_t digest_len;
};

const struct signature *signature_find(str name); /* NULL: not supported */

bool list_has(struct str_list list, str item);
