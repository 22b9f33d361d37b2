#include "services/iam/door.h"

#include "base/map.h"
#include "base/thread.h"

#include <arpa/inet.h>

enum {
    KEY_MAX = 256, /* longer names are cut: none of ours is as long */
};

struct entry {
    int64_t failures, last, blocked_until;
    bool was_right; /* this name came from this address with the right one */
};

/* Two maps, as in api/cache.h: what is used moves to the young one. */
struct iam_door {
    pthread_mutex_t lock;
    struct map young, old;
};

struct iam_door *door_new(void)
{
    struct iam_door *door = mem_new(struct iam_door);

    pthread_mutex_init(&door->lock, NULL);
    return door;
}

static void clear(struct map *map)
{
    size_t pos = 0;
    void *entry;
    str key;

    while (map_next(map, &pos, &key, &entry))
        free(entry);
    map_done(map);
    *map = (struct map){0};
}

void door_free(struct iam_door *door)
{
    if (!door)
        return;
    clear(&door->young);
    clear(&door->old);
    pthread_mutex_destroy(&door->lock);
    free(door);
}

/* ---- Keys ----------------------------------------------------------------------------- */

struct keys {
    char place[KEY_MAX], pair[KEY_MAX], everywhere[KEY_MAX];
};

/* Of IPv6 the network: who has one address of it has them all. */
static void write_place(str address, char ret[INET6_ADDRSTRLEN + 4])
{
    struct in6_addr six;
    size_t len = address.len < INET6_ADDRSTRLEN ? address.len : INET6_ADDRSTRLEN;

    memcpy(ret, address.len ? address.ptr : "", len);
    ret[len] = '\0';
    if (inet_pton(AF_INET6, ret, &six) != 1 || IN6_IS_ADDR_V4MAPPED(&six))
        return;
    memset(six.s6_addr + 8, 0, 8);
    (void)inet_ntop(AF_INET6, &six, ret, INET6_ADDRSTRLEN);
}

static struct keys make_keys(str address, str name)
{
    char place[INET6_ADDRSTRLEN + 4];
    struct keys keys;

    write_place(address, place);
    name = str_head(name, 128);
    snprintf(keys.place, sizeof(keys.place), "a %s", place);
    snprintf(keys.pair, sizeof(keys.pair), "p %s %.*s", place, STR_ARG(name));
    snprintf(keys.everywhere, sizeof(keys.everywhere), "n %.*s", STR_ARG(name));
    return keys;
}

/* ---- Entries: under the lock ---------------------------------------------------------- */

static void put(struct iam_door *door, str key, struct entry *entry)
{
    if (door->young.len >= DOOR_MAX / 2) {
        clear(&door->old);
        door->old = door->young;
        door->young = (struct map){0};
    }
    (void)map_put(&door->young, key, entry);
}

/* NULL: not there. */
static struct entry *get(struct iam_door *door, const char *text)
{
    str key = str_of(text);
    struct entry *entry = map_get(&door->young, key);

    if (entry || !(entry = map_remove(&door->old, key)))
        return entry;
    put(door, key, entry);
    return entry;
}

static struct entry *get_or_make(struct iam_door *door, const char *text)
{
    struct entry *entry = get(door, text);

    if (entry)
        return entry;
    entry = mem_new(struct entry);
    put(door, str_of(text), entry);
    return entry;
}

static int64_t wait_of(const struct entry *entry, int64_t now)
{
    return entry && entry->blocked_until > now ? entry->blocked_until - now : 0;
}

static void fail(struct iam_door *door, const char *key, int64_t free, int64_t now)
{
    struct entry *entry = get_or_make(door, key);
    int64_t pause = DOOR_PAUSE_MS;

    if (now - entry->last >= DOOR_FORGET_MS)
        entry->failures = 0;
    entry->last = now;
    if (++entry->failures < free)
        return;
    for (int64_t i = free; i < entry->failures && pause < DOOR_PAUSE_MAX_MS; i++)
        pause *= 2;
    entry->blocked_until = now + (pause < DOOR_PAUSE_MAX_MS ? pause : DOOR_PAUSE_MAX_MS);
}

static void forget(struct entry *entry)
{
    if (entry)
        entry->failures = entry->blocked_until = 0;
}

/* ---- Asking --------------------------------------------------------------------------- */

int64_t door_wait(struct iam_door *door, str address, str name, int64_t now)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&door->lock);
    struct keys keys = make_keys(address, name);
    struct entry *pair = get(door, keys.pair);
    int64_t wait = wait_of(pair, now), other;

    if (pair && pair->was_right)
        return wait;
    other = wait_of(get(door, keys.place), now);
    wait = other > wait ? other : wait;
    other = wait_of(get(door, keys.everywhere), now);
    return other > wait ? other : wait;
}

void door_was(struct iam_door *door, str address, str name, bool is_right, int64_t now)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&door->lock);
    struct keys keys = make_keys(address, name);

    (void)lock;
    if (!is_right) {
        fail(door, keys.pair, DOOR_NAME_FREE, now);
        fail(door, keys.place, DOOR_ADDRESS_FREE, now);
        fail(door, keys.everywhere, DOOR_EVERYWHERE_FREE, now);
        return;
    }
    get_or_make(door, keys.pair)->was_right = true;
    forget(get(door, keys.pair));
    forget(get(door, keys.everywhere));
}
