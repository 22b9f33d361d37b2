#include "services/s3/checksum.h"

#include "base/codec.h"

static const struct algorithm {
    const char *name;
    const char *header;
    enum digest_kind kind;
    size_t len;
    uint64_t polynomial; /* reflected; 0: no CRC */
} algorithms[] = {
        {"CRC32", "x-amz-checksum-crc32", DIGEST_CRC32, 4, 0xedb88320},
        {"CRC32C", "x-amz-checksum-crc32c", DIGEST_CRC32C, 4, 0x82f63b78},
        {"CRC64NVME", "x-amz-checksum-crc64nvme", DIGEST_CRC64NVME, 8, 0x9a6c9329ac4bc9b5},
        {"SHA1", "x-amz-checksum-sha1", DIGEST_SHA1, SHA1_LEN, 0},
        {"SHA256", "x-amz-checksum-sha256", DIGEST_SHA256, SHA256_LEN, 0},
};

enum {
    ALGORITHMS = sizeof(algorithms) / sizeof(*algorithms),
    CRC_MAX_BITS = 64,
};

static const struct algorithm *find(str name)
{
    for (size_t i = 0; i < ALGORITHMS; i++)
        if (str_eq(name, str_of(algorithms[i].name)))
            return &algorithms[i];
    return NULL;
}

int checksum_kind(str name, enum digest_kind *ret)
{
    const struct algorithm *algorithm = find(name);

    if (!algorithm)
        return -EINVAL;
    *ret = algorithm->kind;
    return 0;
}

str checksum_print(struct arena *arena, const struct checksum *sum)
{
    if (!sum->algorithm.ptr)
        return (str){0};
    return str_printf(arena, "%.*s %.*s %.*s", STR_ARG(sum->algorithm), STR_ARG(sum->type),
            STR_ARG(sum->value));
}

struct checksum checksum_parse(str text)
{
    struct checksum sum = {0};

    if (text.ptr && str_cut(&text, ' ', &sum.algorithm) && str_cut(&text, ' ', &sum.type))
        sum.value = text;
    return sum;
}

static int check_value(struct call *call, const struct algorithm *algorithm, str value)
{
    str bytes;

    if (base64_decode(call->arena, value, &bytes) < 0 || bytes.len != algorithm->len)
        return call_fail(
                call, &s3_InvalidRequest, "Value for %s header is invalid.", algorithm->header);
    return 0;
}

int checksum_of_request(struct call *call, struct checksum *ret)
{
    struct checksum sum = {0};

    for (size_t i = 0; i < ALGORITHMS; i++) {
        str value = call_header(call, str_of(algorithms[i].header));
        int r;

        if (!value.ptr)
            continue;
        if (sum.algorithm.ptr)
            return call_fail(call, &s3_InvalidRequest,
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not "
                    "allowed.");
        sum = (struct checksum){str_of(algorithms[i].name), str_dup(call->arena, str_trim(value)),
                STR("FULL_OBJECT")};
        r = check_value(call, &algorithms[i], sum.value);
        if (r < 0)
            return r;
    }
    *ret = sum;
    return 0;
}

void checksum_store(const struct checksum *sum, str *crc32, str *crc32c, str *crc64nvme, str *sha1,
        str *sha256_)
{
    str *const slots[ALGORITHMS] = {crc32, crc32c, crc64nvme, sha1, sha256_};
    const struct algorithm *algorithm = find(sum->algorithm);

    if (algorithm)
        *slots[algorithm - algorithms] = sum->value;
}

/* ---- CRC of a whole from the CRCs of its parts --------------------------------------- */

/* The CRC register as a vector over GF(2): a zero bit shifted in is a matrix. */
static uint64_t times(const uint64_t *matrix, uint64_t vector)
{
    uint64_t sum = 0;

    for (; vector; vector >>= 1, matrix++)
        if (vector & 1)
            sum ^= *matrix;
    return sum;
}

static void square(uint64_t *ret, const uint64_t *matrix, unsigned bits)
{
    for (unsigned i = 0; i < bits; i++)
        ret[i] = times(matrix, matrix[i]);
}

/* The register after `len` more zero bytes. Source: zlib's crc32_combine, any polynomial. */
static uint64_t shift(uint64_t crc, uint64_t len, uint64_t polynomial, unsigned bits)
{
    uint64_t even[CRC_MAX_BITS], odd[CRC_MAX_BITS];

    odd[0] = polynomial; /* one zero bit */
    for (unsigned i = 1; i < bits; i++)
        odd[i] = (uint64_t)1 << (i - 1);
    square(even, odd, bits); /* two */
    square(odd, even, bits); /* four */
    while (len) {
        square(even, odd, bits); /* a byte, four bytes, sixteen, ... */
        if (len & 1)
            crc = times(even, crc);
        len >>= 1;
        if (!len)
            break;
        square(odd, even, bits);
        if (len & 1)
            crc = times(odd, crc);
        len >>= 1;
    }
    return crc;
}

static uint64_t number_of(str bytes)
{
    uint64_t n = 0;

    for (size_t i = 0; i < bytes.len; i++)
        n = n << 8 | (unsigned char)bytes.ptr[i];
    return n;
}

static str bytes_of(struct arena *arena, uint64_t n, size_t len)
{
    char *bytes = arena_alloc(arena, len, 1);

    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)(n >> (8 * (len - 1 - i)));
    return (str){bytes, len};
}

static int combine_crcs(struct arena *arena, const struct algorithm *algorithm,
        const struct checksum_part *parts, size_t len, str *ret)
{
    uint64_t crc = 0;
    str bytes;

    for (size_t i = 0; i < len; i++) {
        if (base64_decode(arena, parts[i].value, &bytes) < 0 || bytes.len != algorithm->len)
            return -EINVAL;
        crc = shift(crc, (uint64_t)parts[i].size, algorithm->polynomial,
                      (unsigned)algorithm->len * 8) ^
              number_of(bytes);
    }
    *ret = base64_encode(arena, bytes_of(arena, crc, algorithm->len));
    return 0;
}

static int compose(struct arena *arena, const struct algorithm *algorithm,
        const struct checksum_part *parts, size_t len, str *ret)
{
    AUTO_DIGEST struct digest digest;
    str bytes;

    digest_init(&digest, algorithm->kind);
    for (size_t i = 0; i < len; i++) {
        if (base64_decode(arena, parts[i].value, &bytes) < 0 || bytes.len != algorithm->len)
            return -EINVAL;
        digest_add(&digest, bytes);
    }
    bytes = base64_encode(arena, digest_final(&digest, arena));
    *ret = str_printf(arena, "%.*s-%zu", STR_ARG(bytes), len);
    return 0;
}

int checksum_combine(struct arena *arena, str name, str type, const struct checksum_part *parts,
        size_t len, struct checksum *ret)
{
    const struct algorithm *algorithm = find(name);
    bool is_full = str_eq(type, STR("FULL_OBJECT"));
    str value;
    int r;

    if (!algorithm || (is_full && !algorithm->polynomial))
        return -EINVAL;
    r = is_full ? combine_crcs(arena, algorithm, parts, len, &value)
                : compose(arena, algorithm, parts, len, &value);
    if (r < 0)
        return r;
    *ret = (struct checksum){name, value, type};
    return 0;
}
