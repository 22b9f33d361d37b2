#include "base/buf.h"

enum {
    BUF_FIRST = 256
};

/* Makes size >= len + n, or marks the buf full. One byte more is kept for vsnprintf's NUL. */
static bool reserve(struct buf *buf, size_t n)
{
    size_t size = buf->size < BUF_FIRST ? BUF_FIRST : buf->size;

    if (n <= buf->size - buf->len && buf->ptr)
        return true;
    if (n > buf->max - buf->len) {
        buf->full = true;
        return false;
    }
    while (size < buf->len + n)
        size = size > SIZE_MAX / 4 ? buf->len + n : size * 2;
    if (size > buf->max)
        size = buf->max;

    if (!buf->ptr || !arena_extend(buf->arena, buf->ptr, buf->size + 1, size + 1)) {
        char *ptr = arena_alloc(buf->arena, size + 1, 1);
        if (buf->len)
            memcpy(ptr, buf->ptr, buf->len);
        buf->ptr = ptr;
    }
    buf->size = size;
    return true;
}

void buf_add(struct buf *buf, str s)
{
    if (s.len == 0 || buf->full)
        return;
    if (s.len > buf->max - buf->len) { /* fill up to the ceiling */
        s.len = buf->max - buf->len;
        if (s.len && reserve(buf, s.len))
            memcpy(buf->ptr + buf->len, s.ptr, s.len);
        buf->len += s.len;
        buf->full = true;
        return;
    }
    if (!reserve(buf, s.len))
        return;
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
}

void buf_char(struct buf *buf, char c)
{
    if (!buf->full && reserve(buf, 1))
        buf->ptr[buf->len++] = c;
}

PRINTF(2, 0)
static void print(struct buf *buf, const char *fmt, va_list args)
{
    va_list again;
    int n;

    va_copy(again, args);
    if (reserve(buf, 0)) {
        size_t room = buf->size - buf->len;
        n = vsnprintf(buf->ptr + buf->len, room + 1, fmt, args);
        if (n < 0)
            abort(); /* a format of ours that cannot be printed */
        if ((size_t)n > room) {
            size_t left = buf->max - buf->len;
            bool fits = (size_t)n <= left;
            size_t take = fits ? (size_t)n : left;
            if (reserve(buf, take))
                (void)vsnprintf(buf->ptr + buf->len, take + 1, fmt, again);
            buf->len += take;
            buf->full = !fits;
        } else {
            buf->len += (size_t)n;
        }
    }
    va_end(again);
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
    va_list args;

    if (buf->full)
        return;
    va_start(args, fmt);
    print(buf, fmt, args);
    va_end(args);
}

void buf_int(struct buf *buf, int64_t n)
{
    char digits[24];
    size_t at = sizeof(digits);
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (n < 0)
        digits[--at] = '-';
    buf_add(buf, (str){digits + at, sizeof(digits) - at});
}

char *buf_room(struct buf *buf, size_t n)
{
    if (buf->full || !reserve(buf, n))
        return NULL;
    return buf->ptr + buf->len;
}
