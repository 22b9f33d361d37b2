#include "base/random.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/thread.h"

#include <openssl/rand.h>
#include <stdatomic.h>

enum {
    STAMP_MAX_DRIFT = 10000 << 12, /* ten seconds */
    UUID_LEN = 36,
    POOL_BYTES = 512,
};

static _Atomic bool is_seeded;
static uint64_t seeded_state;
static pthread_mutex_t seeded_lock = PTHREAD_MUTEX_INITIALIZER;

/* SplitMix64: enough for tests, which need the same bytes again and nothing else. */
static uint64_t seeded_next(void)
{
    uint64_t z = seeded_state += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void seeded_bytes(unsigned char *ptr, size_t len)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&seeded_lock);

    for (size_t i = 0; i < len; i++)
        ptr[i] = (unsigned char)(seeded_next() >> 56);
}

void random_set_seed(uint64_t seed)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&seeded_lock);

    seeded_state = seed;
    is_seeded = true;
}

void random_bytes(void *ptr, size_t len)
{
    if (is_seeded) {
        seeded_bytes(ptr, len);
        return;
    }
    for (unsigned char *at = ptr; len > 0;) {
        int piece = len > 1 << 20 ? 1 << 20 : (int)len;
        if (RAND_bytes(at, piece) != 1) {
            fputs("slipway: no randomness\n", stderr);
            abort();
        }
        at += piece;
        len -= (size_t)piece;
    }
}

uint64_t random_below(uint64_t limit)
{
    uint64_t excess = (0 - limit) % limit; /* 2^64 mod limit: what would make it uneven */
    uint64_t n;

    do
        random_bytes(&n, sizeof(n));
    while (n < excess);
    return n % limit;
}

/*
 * Of UUIDs, which are names and no secrets, each request makes some: OpenSSL is asked for many
 * at once.
 */
static void uuid_bytes(unsigned char ret[16])
{
    static _Thread_local unsigned char pool[POOL_BYTES];
    static _Thread_local size_t left;

    if (is_seeded) {
        random_bytes(ret, 16);
        return;
    }
    if (left == 0) {
        random_bytes(pool, sizeof(pool));
        left = sizeof(pool);
    }
    left -= 16;
    memcpy(ret, pool + left, 16);
}

static str uuid_text(struct arena *arena, unsigned char b[16], unsigned version)
{
    b[6] = (unsigned char)((b[6] & 0x0F) | version << 4);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    static const size_t groups[] = {4, 2, 2, 2, 6};
    char *out = arena_alloc(arena, UUID_LEN, 1), *at = out;

    for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++) {
        if (i > 0)
            *at++ = '-';
        hex_write((str){(const char *)b, groups[i]}, at);
        at += 2 * groups[i];
        b += groups[i];
    }
    return (str){out, UUID_LEN};
}

str random_uuid(struct arena *arena)
{
    unsigned char b[16];

    uuid_bytes(b);
    return uuid_text(arena, b, 4);
}

/*
 * Milliseconds and twelve bits that count within one: greater than all before it, unless
 * the clock was really set back.
 */
static uint64_t next_stamp(void)
{
    static _Atomic uint64_t last;
    uint64_t now = (uint64_t)clock_now() << 12;
    uint64_t before = last, stamp;

    do
        stamp = now <= before && before - now < STAMP_MAX_DRIFT ? before + 1 : now;
    while (!atomic_compare_exchange_weak(&last, &before, stamp));
    return stamp;
}

str random_uuid_sortable(struct arena *arena)
{
    uint64_t stamp = next_stamp();
    unsigned char b[16];

    uuid_bytes(b);
    for (int i = 0; i < 6; i++)
        b[i] = (unsigned char)(stamp >> (52 - 8 * i));
    b[6] = (unsigned char)(stamp >> 8 & 0x0F);
    b[7] = (unsigned char)stamp;
    return uuid_text(arena, b, 7);
}

str random_id(struct arena *arena, str prefix, str alphabet, size_t len)
{
    char *out = arena_alloc(arena, prefix.len + len, 1);

    if (prefix.len)
        memcpy(out, prefix.ptr, prefix.len);
    for (size_t i = 0; i < len; i++)
        out[prefix.len + i] = alphabet.ptr[random_below(alphabet.len)];
    return (str){out, prefix.len + len};
}
