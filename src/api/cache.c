#include "api/cache.h"

#include "base/map.h"
#include "base/thread.h"

struct cache {
    pthread_mutex_t lock;
    struct map young;
    struct map old;
    size_t weight; /* of the young */
    size_t max;
};

struct cache *cache_new(size_t max)
{
    struct cache *cache = mem_new(struct cache);

    pthread_mutex_init(&cache->lock, NULL);
    cache->max = max;
    return cache;
}

static void drop_all(struct map *map)
{
    size_t pos = 0;
    void *value;
    str key;

    while (map_next(map, &pos, &key, &value))
        cache_unref(value);
    map_done(map);
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    drop_all(&cache->young);
    drop_all(&cache->old);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

/* The young map takes `item`, and becomes the old one when it is full. The lock is held. */
static void put_young(struct cache *cache, str key, struct cache_item *item)
{
    struct cache_item *before;

    if (cache->weight + item->weight > cache->max / 2) {
        drop_all(&cache->old);
        cache->old = cache->young;
        cache->young = (struct map){0};
        cache->weight = 0;
    }
    before = map_put(&cache->young, key, item);
    cache->weight += item->weight;
    if (before)
        cache->weight -= before->weight;
    cache_unref(before);
}

struct cache_item *cache_get(struct cache *cache, str key)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&cache->lock);
    struct cache_item *item = map_get(&cache->young, key);

    (void)lock;
    if (!item) {
        item = map_remove(&cache->old, key);
        if (!item)
            return NULL;
        put_young(cache, key, item);
    }
    cache_ref(item);
    return item;
}

void cache_put(struct cache *cache, str key, struct cache_item *item)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&cache->lock);

    (void)lock;
    if (item->weight > cache->max / 2)
        return;
    cache_ref(item);
    cache_unref(map_remove(&cache->old, key));
    put_young(cache, key, item);
}

void cache_init_item(struct cache_item *item, void (*free_item)(struct cache_item *item))
{
    item->refs = 1;
    item->weight = 1;
    item->free = free_item;
}

void cache_ref(struct cache_item *item)
{
    (void)__atomic_add_fetch(&item->refs, 1, __ATOMIC_RELAXED);
}

void cache_unref(struct cache_item *item)
{
    if (item && __atomic_sub_fetch(&item->refs, 1, __ATOMIC_ACQ_REL) == 0)
        item->free(item);
}
