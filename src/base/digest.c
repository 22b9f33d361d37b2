#include "base/digest.h"

#include "base/codec.h"
#include "base/crc.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pthread.h>
#include <zlib.h>

enum {
    SHA256_BLOCK = 64
};

/* Fetched once: looking an algorithm up costs more than hashing a small input. */
static EVP_MD *algorithms[DIGEST_SHA256 + 1];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void must(bool worked)
{
    if (!worked) {
        fputs("slipway: OpenSSL refuses a basic digest\n", stderr);
        abort();
    }
}

static void fetch_all(void)
{
    algorithms[DIGEST_MD5] = EVP_MD_fetch(NULL, "MD5", NULL);
    algorithms[DIGEST_SHA1] = EVP_MD_fetch(NULL, "SHA1", NULL);
    algorithms[DIGEST_SHA256] = EVP_MD_fetch(NULL, "SHA256", NULL);
}

static const EVP_MD *algorithm(enum digest_kind kind)
{
    (void)pthread_once(&once, fetch_all); /* cannot fail with these arguments */
    must(algorithms[kind] != NULL);
    return algorithms[kind];
}

static void sha256_pair(EVP_MD_CTX *ctx, str a, str b, unsigned char ret[SHA256_LEN])
{
    must(EVP_DigestInit_ex2(ctx, algorithm(DIGEST_SHA256), NULL) == 1);
    must(EVP_DigestUpdate(ctx, a.ptr, a.len) == 1);
    must(EVP_DigestUpdate(ctx, b.ptr, b.len) == 1);
    must(EVP_DigestFinal_ex(ctx, ret, NULL) == 1);
}

void sha256(str bytes, unsigned char ret[SHA256_LEN])
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    must(ctx != NULL);
    sha256_pair(ctx, bytes, STR(""), ret);
    EVP_MD_CTX_free(ctx);
}

/* RFC 2104 */
void hmac_sha256(str key, str bytes, unsigned char ret[SHA256_LEN])
{
    unsigned char inner[SHA256_BLOCK] = {0}, outer[SHA256_BLOCK], hash[SHA256_LEN];
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    must(ctx != NULL);
    if (key.len > SHA256_BLOCK)
        sha256_pair(ctx, key, STR(""), inner);
    else if (key.len)
        memcpy(inner, key.ptr, key.len);
    for (size_t i = 0; i < SHA256_BLOCK; i++) {
        outer[i] = inner[i] ^ 0x5C;
        inner[i] ^= 0x36;
    }
    sha256_pair(ctx, (str){(char *)inner, SHA256_BLOCK}, bytes, hash);
    sha256_pair(ctx, (str){(char *)outer, SHA256_BLOCK}, (str){(char *)hash, SHA256_LEN}, ret);
    EVP_MD_CTX_free(ctx);
    mem_wipe(inner, sizeof(inner));
    mem_wipe(outer, sizeof(outer));
}

void hmac_sha1(str key, str bytes, unsigned char ret[SHA1_LEN])
{
    must(HMAC(algorithm(DIGEST_SHA1), key.ptr, (int)key.len, (const unsigned char *)bytes.ptr,
                 bytes.len, ret, NULL) != NULL);
}

str sha256_hex(struct arena *arena, str bytes)
{
    unsigned char hash[SHA256_LEN];

    sha256(bytes, hash);
    return hex_encode(arena, (str){(char *)hash, SHA256_LEN});
}

void digest_init(struct digest *digest, enum digest_kind kind)
{
    *digest = (struct digest){.kind = kind};
    if (kind > DIGEST_SHA256)
        return;
    digest->ctx = EVP_MD_CTX_new();
    must(digest->ctx != NULL);
    must(EVP_DigestInit_ex2(digest->ctx, algorithm(kind), NULL) == 1);
}

void digest_add(struct digest *digest, str bytes)
{
    if (bytes.len == 0) /* zlib takes a NULL pointer as "start over" */
        return;
    switch (digest->kind) {
    case DIGEST_MD5:
    case DIGEST_SHA1:
    case DIGEST_SHA256:
        must(EVP_DigestUpdate(digest->ctx, bytes.ptr, bytes.len) == 1);
        return;
    case DIGEST_CRC32:
        digest->crc = crc32_z(digest->crc, (const unsigned char *)bytes.ptr, bytes.len);
        return;
    case DIGEST_CRC32C:
        digest->crc = crc32c_add(digest->crc, bytes);
        return;
    case DIGEST_CRC64NVME:
        digest->crc = crc64nvme_add(digest->crc, bytes);
        return;
    }
}

static str big_endian(struct arena *arena, uint64_t n, size_t len)
{
    char *out = arena_alloc(arena, len, 1);

    for (size_t i = len; i > 0; i--, n >>= 8)
        out[i - 1] = (char)(n & 255);
    return (str){out, len};
}

str digest_final(struct digest *digest, struct arena *arena)
{
    unsigned len = 0;

    if (digest->kind == DIGEST_CRC64NVME)
        return big_endian(arena, digest->crc, 8);
    if (digest->kind > DIGEST_SHA256)
        return big_endian(arena, digest->crc, 4);
    unsigned char *out = arena_alloc(arena, EVP_MAX_MD_SIZE, 1);
    must(EVP_DigestFinal_ex(digest->ctx, out, &len) == 1);
    return (str){(char *)out, len};
}

void digest_done(struct digest *digest)
{
    EVP_MD_CTX_free(digest->ctx);
    digest->ctx = NULL;
}
