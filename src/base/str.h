/*
 * str - bytes that somebody else keeps alive
 *
 * A str is a pointer and a length, passed by value. Any byte may occur and there is
 * no NUL at the end. A str whose ptr is NULL is "absent"; STR("") is present and
 * empty. That difference is kept by every function here that returns a part.
 *
 * Memory    nothing is copied unless the function takes an arena
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const char *ptr;
    size_t len;
} str;

struct str_list {
    str *items;
    size_t len;
    bool is_set; /* false: the list was absent, not empty */
};

#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
/* clang-format off */
#define STR_INIT(literal) {"" literal, sizeof(literal) - 1} /* for static tables */
/* clang-format on */
/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) ((int)(s).len), ((s).ptr ? (s).ptr : "")

static inline str str_of(const char *cstr) /* NULL gives the absent str */
{
    return (str){cstr, cstr ? strlen(cstr) : 0};
}

static inline str str_skip(str s, size_t n) /* n <= s.len */
{
    return (str){s.ptr + n, s.len - n};
}

static inline str str_head(str s, size_t n) /* at most the first n bytes */
{
    return (str){s.ptr, n < s.len ? n : s.len};
}

static inline bool str_eq(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_starts(str s, str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool str_ends(str s, str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

bool str_eq_nocase(str a, str b);      /* ASCII only */
int str_cmp(str a, str b);             /* byte order, as strcmp() */
str str_trim(str s);                   /* without ASCII white space at both ends */
ptrdiff_t str_find(str s, str needle); /* offset of the first, or -1 */
ptrdiff_t str_find_char(str s, char c);
ptrdiff_t str_rfind_char(str s, char c);

/* Cuts *rest at the first `sep`. False, and nothing has changed, if there is none. */
bool str_cut(str *rest, char sep, str *ret_head);
/* The next piece of *rest up to `sep` or the end; false when *rest is absent (used up). */
bool str_next(str *rest, char sep, str *ret_piece);
/* If s starts with prefix: moves *s past it and returns true. */
bool str_take_prefix(str *s, str prefix);

str str_dup(struct arena *arena, str s); /* absent stays absent */
/* A copy with a NUL at its end, cut at an inner NUL; never NULL. */
char *str_cstr(struct arena *arena, str s);
str str_concat(struct arena *arena, str a, str b);
str str_join(struct arena *arena, struct str_list list, str sep);
PRINTF(2, 3)
str str_printf(struct arena *arena, const char *fmt, ...);
PRINTF(2, 0)
str str_vprintf(struct arena *arena, const char *fmt, va_list args);
str str_lower(struct arena *arena, str s); /* ASCII only */
/* All of it replaced, or `s` itself when `from` does not occur. `from` is not empty. */
str str_replace(struct arena *arena, str s, str from, str to);
struct str_list str_split(struct arena *arena, str s, char sep); /* "" gives one empty item */

/*
 * Numbers that are the whole string; "-" is allowed, "+" and blanks are not.
 * -EINVAL not a number, -ERANGE out of range
 */
MUST_CHECK int str_to_i64(str s, int64_t *ret);
MUST_CHECK int str_to_u64(str s, uint64_t *ret);
MUST_CHECK int str_to_double(str s, double *ret); /* finite decimal only; "." in every locale */

bool str_is_utf8(str s);     /* well-formed, no surrogates */
size_t str_utf8_next(str s); /* bytes of the well-formed code point s begins with, or 0 */
size_t str_utf8_len(str s);  /* code points; s is UTF-8 */
/* Equal in time that depends on the lengths only: for secrets. */
bool str_eq_secret(str a, str b);
/* Overwrites in a way that the compiler keeps. */
void mem_wipe(void *ptr, size_t len);
