#include "services/iam/password.h"

#include "base/random.h"

#include <openssl/evp.h>

enum {
    SALT_LEN = 16,
    HASH_LEN = 32,
    SCRYPT_N = 1 << 14, /* with r = 8: 16 MiB for each password */
    SCRYPT_R = 8,
    SCRYPT_P = 5,
    SCRYPT_MAX_MEMORY = 64 << 20,
};

static int hash(str password, const char *salt, unsigned char ret[HASH_LEN])
{
    int ok = EVP_PBE_scrypt(password.ptr, password.len, (const unsigned char *)salt, SALT_LEN,
            SCRYPT_N, SCRYPT_R, SCRYPT_P, SCRYPT_MAX_MEMORY, ret, HASH_LEN);

    return ok == 1 ? 0 : -ENOMEM;
}

int password_verifier(struct arena *arena, str password, str *ret)
{
    char *verifier = arena_alloc(arena, SALT_LEN + HASH_LEN, 1);
    int r;

    random_bytes(verifier, SALT_LEN);
    r = hash(password, verifier, (unsigned char *)verifier + SALT_LEN);
    if (r == 0)
        *ret = (str){verifier, SALT_LEN + HASH_LEN};
    return r;
}

int password_verify(str verifier, str password)
{
    unsigned char found[HASH_LEN];
    int r;

    if (verifier.len != SALT_LEN + HASH_LEN)
        return 0;
    r = hash(password, verifier.ptr, found);
    if (r < 0)
        return r;
    return str_eq_secret(str_skip(verifier, SALT_LEN), (str){(const char *)found, sizeof(found)});
}
