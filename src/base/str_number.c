/* str_number - numbers out of strings, the same in every locale */
#include "base/str.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>

enum {
    STR_MAX_DOUBLE = 400
}; /* characters: enough for any double written out in full */

int str_to_u64(str s, uint64_t *ret)
{
    uint64_t n = 0;
    bool over = false;

    if (s.len == 0)
        return -EINVAL;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return -EINVAL;
        over |= __builtin_mul_overflow(n, 10u, &n);
        over |= __builtin_add_overflow(n, (uint64_t)(s.ptr[i] - '0'), &n);
    }
    if (over)
        return -ERANGE;
    *ret = n;
    return 0;
}

int str_to_i64(str s, int64_t *ret)
{
    bool negative = str_take_prefix(&s, STR("-"));
    uint64_t n;
    int r = str_to_u64(s, &n);

    if (r < 0)
        return r;
    if (n > (uint64_t)INT64_MAX + negative)
        return -ERANGE;
    *ret = negative ? (int64_t)(0 - n) : (int64_t)n;
    return 0;
}

static size_t take_digits(str *s)
{
    size_t n = 0;

    while (n < s->len && s->ptr[n] >= '0' && s->ptr[n] <= '9')
        n++;
    *s = str_skip(*s, n);
    return n;
}

/* -?digits(.digits)?([eE][+-]?digits)? */
static bool is_decimal(str s)
{
    if (s.len == 0)
        return false;
    (void)str_take_prefix(&s, STR("-"));
    if (take_digits(&s) == 0)
        return false;
    if (str_take_prefix(&s, STR(".")) && take_digits(&s) == 0)
        return false;
    if (str_take_prefix(&s, STR("e")) || str_take_prefix(&s, STR("E"))) {
        if (!str_take_prefix(&s, STR("+")))
            (void)str_take_prefix(&s, STR("-"));
        if (take_digits(&s) == 0)
            return false;
    }
    return s.len == 0;
}

static locale_t c_locale;

static void make_c_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!c_locale)
        abort(); /* "C" always exists: out of memory */
}

int str_to_double(str s, double *ret)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char text[STR_MAX_DOUBLE + 1];

    if (!is_decimal(s))
        return -EINVAL;
    if (s.len > STR_MAX_DOUBLE)
        return -ERANGE;
    (void)pthread_once(&once, make_c_locale); /* cannot fail with these arguments */
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';

    double d = strtod_l(text, NULL, c_locale);
    if (!isfinite(d))
        return -ERANGE;
    *ret = d;
    return 0;
}
