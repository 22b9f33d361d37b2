/*
 * sigv4_private - what the files of sigv4 share
 */
#pragma once

#include "base/digest.h"
#include "net/sigv4.h"

enum {
    SIGV4_MAX_PARAMETERS = 4096, /* of a query */
    SIGV4_MAX_SIGNED_HEADERS = 200,
    SIGV4_MAX_CANONICAL = 1 << 20, /* bytes of a canonical request */
    SIGV4_MAX_EXPIRES = 604800,    /* seconds: a week */
    SIGV4_MAX_CHUNK_LINE = 256,
    SIGV4_MAX_TRAILER_LINE = 1024,
    SIGV4_MAX_TRAILERS = 16,
    SIGV4_SIGNATURE_LEN = 64,
};

#define SIGV4_ALGORITHM STR("AWS4-HMAC-SHA256")
#define SIGV4_EMPTY_HASH STR("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

bool sigv4_is_signature(str s); /* 64 hexadecimal digits */
/* The hex HMAC of the lines, joined by line feeds. */
void sigv4_hmac_lines(
        const unsigned char key[32], const str *lines, size_t len, char ret[SIGV4_SIGNATURE_LEN]);
void sigv4_hex(const unsigned char bytes[SHA256_LEN], char ret[SIGV4_SIGNATURE_LEN]);
