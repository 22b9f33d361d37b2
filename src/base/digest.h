/*
 * digest - hashes and checksums, over OpenSSL and zlib
 *
 * One-shot functions for small inputs; struct digest for streams. None can fail:
 * OpenSSL refusing a basic digest is out of memory or a broken build, and ends the
 * process.
 */
#pragma once

#include "base/str.h"

enum {
    SHA256_LEN = 32,
    SHA1_LEN = 20,
    MD5_LEN = 16,
};

enum digest_kind {
    DIGEST_MD5,
    DIGEST_SHA1,
    DIGEST_SHA256,
    DIGEST_CRC32,
    DIGEST_CRC32C,
    DIGEST_CRC64NVME
};

void sha256(str bytes, unsigned char ret[SHA256_LEN]);
void hmac_sha256(str key, str bytes, unsigned char ret[SHA256_LEN]);
void hmac_sha1(str key, str bytes, unsigned char ret[SHA1_LEN]); /* for RFC 6238 */
str sha256_hex(struct arena *arena, str bytes);

/* A running digest. Init with digest_init(); digest_done() also after digest_final(). */
struct digest {
    enum digest_kind kind;
    uint64_t crc;
    void *ctx; /* EVP_MD_CTX */
};

#define AUTO_DIGEST __attribute__((cleanup(digest_done)))
void digest_init(struct digest *digest, enum digest_kind kind);
void digest_add(struct digest *digest, str bytes);
/* The bytes (CRCs big-endian, as AWS prints them), in `arena`. Once only. */
str digest_final(struct digest *digest, struct arena *arena);
void digest_done(struct digest *digest);
