#include "base/str.h"

#include <openssl/crypto.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool str_eq_nocase(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

int str_cmp(str a, str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int r = len ? memcmp(a.ptr, b.ptr, len) : 0;

    if (r != 0)
        return r;
    return (a.len > b.len) - (a.len < b.len);
}

str str_trim(str s)
{
    while (s.len && is_space(s.ptr[0]))
        s = str_skip(s, 1);
    while (s.len && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

ptrdiff_t str_find(str s, str needle)
{
    if (needle.len == 0)
        return 0;
    if (s.len < needle.len)
        return -1;
    const char *at = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return at ? at - s.ptr : -1;
}

ptrdiff_t str_find_char(str s, char c)
{
    const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;

    return at ? at - s.ptr : -1;
}

ptrdiff_t str_rfind_char(str s, char c)
{
    const char *at = s.len ? memrchr(s.ptr, c, s.len) : NULL;

    return at ? at - s.ptr : -1;
}

bool str_cut(str *rest, char sep, str *ret_head)
{
    ptrdiff_t at = str_find_char(*rest, sep);

    if (at < 0)
        return false;
    *ret_head = str_head(*rest, (size_t)at);
    *rest = str_skip(*rest, (size_t)at + 1);
    return true;
}

bool str_next(str *rest, char sep, str *ret_piece)
{
    if (!rest->ptr)
        return false;
    if (!str_cut(rest, sep, ret_piece)) {
        *ret_piece = *rest;
        *rest = (str){0};
    }
    return true;
}

bool str_take_prefix(str *s, str prefix)
{
    if (!str_starts(*s, prefix))
        return false;
    *s = str_skip(*s, prefix.len);
    return true;
}

str str_dup(struct arena *arena, str s)
{
    if (!s.ptr)
        return s;
    char *copy = arena_alloc(arena, s.len, 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return (str){copy, s.len};
}

char *str_cstr(struct arena *arena, str s)
{
    size_t len = s.len ? strnlen(s.ptr, s.len) : 0;
    char *copy = arena_alloc(arena, len + 1, 1);

    if (len)
        memcpy(copy, s.ptr, len);
    return copy;
}

str str_concat(struct arena *arena, str a, str b)
{
    char *ptr = arena_alloc(arena, a.len + b.len, 1);

    if (a.len)
        memcpy(ptr, a.ptr, a.len);
    if (b.len)
        memcpy(ptr + a.len, b.ptr, b.len);
    return (str){ptr, a.len + b.len};
}

str str_join(struct arena *arena, struct str_list list, str sep)
{
    size_t len = 0, at = 0;

    for (size_t i = 0; i < list.len; i++)
        len += list.items[i].len + (i ? sep.len : 0);
    char *ptr = arena_alloc(arena, len, 1);
    for (size_t i = 0; i < list.len; i++) {
        if (i && sep.len) {
            memcpy(ptr + at, sep.ptr, sep.len);
            at += sep.len;
        }
        if (list.items[i].len)
            memcpy(ptr + at, list.items[i].ptr, list.items[i].len);
        at += list.items[i].len;
    }
    return (str){ptr, len};
}

str str_vprintf(struct arena *arena, const char *fmt, va_list args)
{
    char small[256];
    va_list again;
    int n;

    va_copy(again, args);
    n = vsnprintf(small, sizeof(small), fmt, args);
    if (n < 0)
        abort(); /* a format of ours that cannot be printed */

    char *ptr = arena_alloc(arena, (size_t)n + 1, 1);
    if ((size_t)n < sizeof(small))
        memcpy(ptr, small, (size_t)n);
    else
        (void)vsnprintf(ptr, (size_t)n + 1, fmt, again);
    va_end(again);
    return (str){ptr, (size_t)n};
}

str str_printf(struct arena *arena, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    str s = str_vprintf(arena, fmt, args);
    va_end(args);
    return s;
}

str str_lower(struct arena *arena, str s)
{
    if (!s.ptr)
        return s;
    char *ptr = arena_alloc(arena, s.len, 1);
    for (size_t i = 0; i < s.len; i++)
        ptr[i] = lower(s.ptr[i]);
    return (str){ptr, s.len};
}

static size_t count_of(str s, str needle)
{
    size_t count = 0;
    ptrdiff_t at;

    while ((at = str_find(s, needle)) >= 0) {
        s = str_skip(s, (size_t)at + needle.len);
        count++;
    }
    return count;
}

str str_replace(struct arena *arena, str s, str from, str to)
{
    size_t count = from.len ? count_of(s, from) : 0;

    if (count == 0)
        return s;
    size_t len = s.len - count * from.len + count * to.len;
    char *ptr = arena_alloc(arena, len, 1), *out = ptr;
    for (size_t i = 0; i < count; i++) {
        size_t at = (size_t)str_find(s, from);
        out = mempcpy(out, s.ptr, at);
        if (to.len)
            out = mempcpy(out, to.ptr, to.len);
        s = str_skip(s, at + from.len);
    }
    memcpy(out, s.ptr, s.len);
    return (str){ptr, len};
}

struct str_list str_split(struct arena *arena, str s, char sep)
{
    struct str_list list = {.is_set = s.ptr != NULL};
    size_t count = s.ptr ? 1 : 0;
    str piece;

    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == sep;
    list.items = arena_array(arena, count, str);
    while (str_next(&s, sep, &piece))
        list.items[list.len++] = piece;
    return list;
}

/* The length of the well-formed sequence at the start of s (RFC 3629), or 0. */
static size_t utf8_sequence(const unsigned char *p, size_t len)
{
    unsigned char least = 0x80, most = 0xBF;
    size_t need;

    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        need = 2;
    } else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        need = 3;
        least = p[0] == 0xE0 ? 0xA0 : 0x80; /* no overlong form */
        most = p[0] == 0xED ? 0x9F : 0xBF;  /* no surrogate */
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        need = 4;
        least = p[0] == 0xF0 ? 0x90 : 0x80;
        most = p[0] == 0xF4 ? 0x8F : 0xBF; /* up to U+10FFFF */
    } else {
        return 0;
    }
    if (len < need || p[1] < least || p[1] > most)
        return 0;
    for (size_t i = 2; i < need; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return need;
}

size_t str_utf8_next(str s)
{
    return s.len ? utf8_sequence((const unsigned char *)s.ptr, s.len) : 0;
}

bool str_is_utf8(str s)
{
    while (s.len) {
        uint64_t word;
        if (s.len >= sizeof(word)) { /* most text is ASCII: eight bytes at once */
            memcpy(&word, s.ptr, sizeof(word));
            if (!(word & 0x8080808080808080u)) {
                s = str_skip(s, sizeof(word));
                continue;
            }
        }
        size_t n = str_utf8_next(s);
        if (n == 0)
            return false;
        s = str_skip(s, n);
    }
    return true;
}

size_t str_utf8_len(str s)
{
    size_t len = 0;

    for (size_t i = 0; i < s.len; i++)
        len += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return len;
}

bool str_eq_secret(str a, str b)
{
    return a.len == b.len && (a.len == 0 || CRYPTO_memcmp(a.ptr, b.ptr, a.len) == 0);
}

void mem_wipe(void *ptr, size_t len)
{
    explicit_bzero(ptr, len);
}
