/*
 * cache - shared, counted objects by key, of which the oldest unused ones go
 *
 * Two maps: what is used moves to the young one; when that has half of the ceiling the
 * old one is dropped. So what was used lately stays, without a list to keep in order.
 * The ceiling counts objects, or what their weights say (bytes).
 *
 *     item = cache_get(cache, key);           counted: pair with cache_unref()
 *     cache_put(cache, key, &thing->item);    the cache takes a count of its own
 *
 * Threads   any; an item itself is not changed after cache_put(), or locks itself
 */
#pragma once

#include "base/str.h"

struct cache;

struct cache_item {
    int refs;
    size_t weight; /* 1, unless changed before cache_put() */
    void (*free)(struct cache_item *item);
};

struct cache *cache_new(size_t max);
void cache_free(struct cache *cache);                       /* NULL is fine */
struct cache_item *cache_get(struct cache *cache, str key); /* NULL: not there */
/* What is heavier than half of the ceiling is not kept. */
void cache_put(struct cache *cache, str key, struct cache_item *item);
void cache_init_item(
        struct cache_item *item, void (*free)(struct cache_item *item)); /* one reference */
void cache_ref(struct cache_item *item);
void cache_unref(struct cache_item *item); /* NULL is fine */
