/*
 * checksum - the additional checksums of objects (private to services/s3)
 *
 * What a client sends is verified by the api layer while the body is read; here it is
 * kept, given back, and combined over the parts of an upload:
 *
 *     COMPOSITE    checksum of the parts' checksums, "-" and their number
 *     FULL_OBJECT  of all bytes: CRCs only, computed from the parts' CRCs and sizes
 */
#pragma once

#include "base/digest.h"
#include "services/s3/bucket.h"

struct checksum {
    str algorithm; /* CRC32, CRC32C, CRC64NVME, SHA1, SHA256; absent: none */
    str value;     /* base64, perhaps with "-N" */
    str type;      /* COMPOSITE, FULL_OBJECT */
};

/* "<algorithm> <type> <value>" for a row; absent when there is none. */
str checksum_print(struct arena *arena, const struct checksum *sum);
struct checksum checksum_parse(str text);

/* -EINVAL: no such algorithm. */
MUST_CHECK int checksum_kind(str algorithm, enum digest_kind *ret);
/* Of the request's headers and trailers. Fails the call where there are several. */
MUST_CHECK int checksum_of_request(struct call *call, struct checksum *ret);

struct checksum_part {
    str value; /* base64 */
    int64_t size;
};

/* Fails with -EINVAL where a part's value is not of the algorithm. */
MUST_CHECK int checksum_combine(struct arena *arena, str algorithm, str type,
        const struct checksum_part *parts, size_t len, struct checksum *ret);

void checksum_store(const struct checksum *sum, str *crc32, str *crc32c, str *crc64nvme, str *sha1,
        str *sha256);
/* Fills the five members that many outputs have. */
#define CHECKSUM_FILL(target, sum)                                                                 \
    checksum_store(sum, &(target)->ChecksumCRC32, &(target)->ChecksumCRC32C,                       \
            &(target)->ChecksumCRC64NVME, &(target)->ChecksumSHA1, &(target)->ChecksumSHA256)
