/* unit - what every unit test includes: cmocka, and comparing a str with a literal */
#pragma once

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Compares lengths too, and shows both texts when they differ. */
static inline void assert_str_at(str s, const char *expected, const char *file, int line)
{
    struct arena arena = {0}; /* a failing assertion jumps away and leaks it */

    if (s.len != strlen(expected) || memcmp(s.ptr ? s.ptr : "", expected, s.len) != 0)
        _assert_string_equal(str_cstr(&arena, s), expected, file, line);
    _assert_int_equal(s.len, strlen(expected), file, line);
    arena_free(&arena);
}

#define assert_str(s, expected) assert_str_at((s), (expected), __FILE__, __LINE__)
