#include "base/crc.h"

#include <endian.h>
#include <pthread.h>

/* tables[k][b]: what byte b does to the register when k more bytes follow it. Eight bytes
 * are then eight look-ups. A 32-bit CRC is one whose upper bits stay zero. */
struct tables {
    uint64_t t[8][256];
};

static struct tables crc32c_tables, crc64nvme_tables;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fill(struct tables *tables, uint64_t reflected_polynomial)
{
    for (unsigned b = 0; b < 256; b++) {
        uint64_t v = b;
        for (int bit = 0; bit < 8; bit++)
            v = v >> 1 ^ (v & 1 ? reflected_polynomial : 0);
        tables->t[0][b] = v;
    }
    for (unsigned k = 1; k < 8; k++)
        for (unsigned b = 0; b < 256; b++)
            tables->t[k][b] = tables->t[k - 1][b] >> 8 ^ tables->t[0][tables->t[k - 1][b] & 255];
}

static void fill_all(void)
{
    fill(&crc32c_tables, 0x82F63B78u);
    fill(&crc64nvme_tables, 0x9A6C9329AC4BC9B5u);
}

static uint64_t add(const struct tables *tables, uint64_t crc, str s)
{
    const uint64_t(*t)[256] = tables->t;

    for (; s.len >= 8; s = str_skip(s, 8)) {
        uint64_t v;
        memcpy(&v, s.ptr, 8);
        v = le64toh(v) ^ crc;
        crc = t[7][v & 255] ^ t[6][v >> 8 & 255] ^ t[5][v >> 16 & 255] ^ t[4][v >> 24 & 255] ^
              t[3][v >> 32 & 255] ^ t[2][v >> 40 & 255] ^ t[1][v >> 48 & 255] ^ t[0][v >> 56];
    }
    for (size_t i = 0; i < s.len; i++)
        crc = crc >> 8 ^ t[0][(crc ^ (unsigned char)s.ptr[i]) & 255];
    return crc;
}

uint64_t crc32c_add(uint64_t crc, str bytes)
{
    (void)pthread_once(&once, fill_all); /* cannot fail with these arguments */
    return add(&crc32c_tables, crc ^ 0xFFFFFFFFu, bytes) ^ 0xFFFFFFFFu;
}

uint64_t crc64nvme_add(uint64_t crc, str bytes)
{
    (void)pthread_once(&once, fill_all); /* cannot fail with these arguments */
    return ~add(&crc64nvme_tables, ~crc, bytes);
}
