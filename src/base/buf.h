/*
 * buf - bytes that grow, in an arena, up to a ceiling
 *
 *     struct buf out = buf_make(arena, RESPONSE_MAX);
 *     buf_add(&out, STR("<Name>"));
 *     ...
 *     if (buf_is_full(&out))
 *         return error_set(err, E2BIG, ...);
 *     return buf_str(&out);
 *
 * Past the ceiling bytes are dropped and buf_is_full() says so once, at the end:
 * writers need no check on each line.
 */
#pragma once

#include "base/str.h"

struct buf {
    struct arena *arena;
    char *ptr;
    size_t len;
    size_t size;
    size_t max;
    bool full; /* something was dropped */
};

static inline struct buf buf_make(struct arena *arena, size_t max)
{
    return (struct buf){.arena = arena, .max = max};
}

void buf_add(struct buf *buf, str s);
void buf_char(struct buf *buf, char c);
PRINTF(2, 3)
void buf_printf(struct buf *buf, const char *fmt, ...);
void buf_int(struct buf *buf, int64_t n);
/* Room for `n` more bytes at the end, or NULL past the ceiling; then buf_grew(). */
char *buf_room(struct buf *buf, size_t n);
static inline void buf_grew(struct buf *buf, size_t n)
{
    buf->len += n;
}
static inline void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->full = false;
}
static inline bool buf_is_full(const struct buf *buf)
{
    return buf->full;
}
static inline str buf_str(const struct buf *buf) /* present, also when empty */
{
    return (str){buf->ptr ? buf->ptr : "", buf->len};
}
