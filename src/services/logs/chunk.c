#include "services/logs/chunk.h"

enum {
    HEADER = 12
};

static void put_be(char *at, uint64_t n, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, n >>= 8)
        at[i] = (char)(n & 0xff);
}

static uint64_t get_be(const char *at, int bytes)
{
    uint64_t n = 0;

    for (int i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)at[i];
    return n;
}

str chunk_pack(struct arena *arena, const struct chunk_event *events, size_t len)
{
    size_t total = 0;
    char *bytes, *at;

    for (size_t i = 0; i < len; i++)
        total += HEADER + events[i].message.len;
    at = bytes = arena_alloc(arena, total, 1);
    for (size_t i = 0; i < len; i++) {
        put_be(at, (uint64_t)events[i].ms, 8);
        put_be(at + 8, events[i].message.len, 4);
        if (events[i].message.len)
            memcpy(at + HEADER, events[i].message.ptr, events[i].message.len);
        at += HEADER + events[i].message.len;
    }
    return (str){bytes, total};
}

/* The length of the first event of `bytes`, or -EBADMSG. */
static int64_t first_len(str bytes)
{
    uint64_t len;

    if (bytes.len < HEADER)
        return -EBADMSG;
    len = get_be(bytes.ptr + 8, 4);
    return len > bytes.len - HEADER ? -EBADMSG : (int64_t)len;
}

int chunk_unpack(struct arena *arena, str bytes, struct chunk_events *ret)
{
    struct chunk_event *items;
    size_t count = 0;

    for (str rest = bytes; rest.len; count++) {
        int64_t len = first_len(rest);
        if (len < 0)
            return (int)len;
        rest = str_skip(rest, HEADER + (size_t)len);
    }
    items = arena_array(arena, count, struct chunk_event);
    for (size_t i = 0; i < count; i++) {
        size_t len = (size_t)first_len(bytes);
        items[i] = (struct chunk_event){(int64_t)get_be(bytes.ptr, 8), {bytes.ptr + HEADER, len}};
        bytes = str_skip(bytes, HEADER + len);
    }
    *ret = (struct chunk_events){items, count};
    return 0;
}
