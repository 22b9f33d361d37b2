/* Open addressing with linear probing; removal moves the rest of the run back, so there
 * are no tombstones. The table is at most three quarters full. */
#include "base/map.h"

#include "base/random.h"

enum {
    MAP_FIRST = 16
};

struct map_slot {
    uint64_t hash;
    char *key;
    size_t len;
    void *value; /* NULL: the slot is free */
};

static uint64_t rotate(uint64_t v, int bits)
{
    return v << bits | v >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

/* SipHash-1-3 (Aumasson, Bernstein), its second key word derived from the first. */
static uint64_t hash_of(uint64_t seed, str key)
{
    uint64_t other = seed * 0x9E3779B97F4A7C15u;
    uint64_t v[4] = {seed ^ 0x736f6d6570736575u, other ^ 0x646f72616e646f6du,
            seed ^ 0x6c7967656e657261u, other ^ 0x7465646279746573u};
    uint64_t tail = (uint64_t)key.len << 56;

    for (; key.len >= 8; key = str_skip(key, 8)) {
        uint64_t word;
        memcpy(&word, key.ptr, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    for (size_t i = 0; i < key.len; i++)
        tail |= (uint64_t)(unsigned char)key.ptr[i] << (8 * i);
    v[3] ^= tail;
    sip_round(v);
    v[0] ^= tail;
    v[2] ^= 0xFF;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* The slot that holds `key`, or the free one where it would go. The table is not empty. */
static struct map_slot *find(const struct map *map, uint64_t hash, str key)
{
    size_t mask = map->size - 1;

    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct map_slot *slot = &map->slots[i];
        if (!slot->value)
            return slot;
        if (slot->hash == hash && str_eq((str){slot->key, slot->len}, key))
            return slot;
    }
}

static void grow(struct map *map)
{
    struct map bigger = {.len = map->len, .seed = map->seed};

    bigger.size = map->size ? map->size * 2 : MAP_FIRST;
    bigger.slots = mem_alloc(bigger.size, sizeof(*bigger.slots));
    if (!map->size)
        random_bytes(&bigger.seed, sizeof(bigger.seed));
    for (size_t i = 0; i < map->size; i++) {
        const struct map_slot *slot = &map->slots[i];
        if (slot->value)
            *find(&bigger, slot->hash, (str){slot->key, slot->len}) = *slot;
    }
    free(map->slots);
    *map = bigger;
}

void *map_get(const struct map *map, str key)
{
    return map->len ? find(map, hash_of(map->seed, key), key)->value : NULL;
}

void *map_put(struct map *map, str key, void *value)
{
    if ((map->len + 1) * 4 > map->size * 3)
        grow(map);

    uint64_t hash = hash_of(map->seed, key);
    struct map_slot *slot = find(map, hash, key);
    void *before = slot->value;
    if (!before) {
        *slot = (struct map_slot){.hash = hash, .key = mem_alloc(key.len, 1), .len = key.len};
        if (key.len)
            memcpy(slot->key, key.ptr, key.len);
        map->len++;
    }
    slot->value = value;
    return before;
}

/* Moves back every later slot of the run that could lie in the free one. */
static void close_gap(struct map *map, size_t gap)
{
    size_t mask = map->size - 1;

    for (size_t i = (gap + 1) & mask; map->slots[i].value; i = (i + 1) & mask) {
        size_t home = map->slots[i].hash & mask;
        if (((i - home) & mask) < ((i - gap) & mask))
            continue; /* it would come before its home */
        map->slots[gap] = map->slots[i];
        gap = i;
    }
    map->slots[gap] = (struct map_slot){0};
}

void *map_remove(struct map *map, str key)
{
    if (!map->len)
        return NULL;
    struct map_slot *slot = find(map, hash_of(map->seed, key), key);
    void *value = slot->value;
    if (value) {
        free(slot->key);
        close_gap(map, (size_t)(slot - map->slots));
        map->len--;
    }
    return value;
}

bool map_next(const struct map *map, size_t *pos, str *ret_key, void **ret_value)
{
    for (; *pos < map->size; (*pos)++) {
        const struct map_slot *slot = &map->slots[*pos];
        if (!slot->value)
            continue;
        *ret_key = (str){slot->key, slot->len};
        *ret_value = slot->value;
        (*pos)++;
        return true;
    }
    return false;
}

void map_done(struct map *map)
{
    for (size_t i = 0; i < map->size; i++)
        free(map->slots[i].key);
    free(map->slots);
    *map = (struct map){0};
}
