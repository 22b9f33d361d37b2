/*
 * map - a hash map from bytes to pointers
 *
 * Keys are copied; values belong to the caller. Not synchronised. Hash seeds are
 * random for each map, so that outside keys cannot be chosen to collide.
 */
#pragma once

#include "base/str.h"

struct map_slot;

/* All zero is an empty map. */
struct map {
    struct map_slot *slots;
    size_t len;  /* entries */
    size_t size; /* slots, a power of two or 0 */
    uint64_t seed;
};

/* Each returns the value that is there, was there before, or NULL. `value` is not NULL. */
void *map_get(const struct map *map, str key);
void *map_put(struct map *map, str key, void *value);
void *map_remove(struct map *map, str key);
/* Walks all: *pos starts at 0. False at the end. The map must not change meanwhile. */
bool map_next(const struct map *map, size_t *pos, str *ret_key, void **ret_value);
void map_done(struct map *map); /* frees keys and table, not values */
