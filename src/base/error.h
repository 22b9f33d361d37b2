/*
 * error - the one error contract of the tree
 *
 *     0 or a documented value >= 0      success; outputs are written
 *     negative errno                    failure; outputs are untouched, *err is filled
 *
 * The prototype lists the codes that a caller may act on; any other is passed up as
 * it is. The text is one line for whoever made the request: lower case, no period.
 * Nobody parses it. Only cmd/ and the top loops of threads print or log it.
 */
#pragma once

#include <errno.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

struct error {
    char text[512];
};

/* Fills *err (NULL: nobody asked) and returns -code, for `return error_set(...)`. */
PRINTF(3, 4)
int error_set(struct error *err, int code, const char *fmt, ...);

/* Puts "<prefix>: " before the text of *err and returns `code` as it is. */
PRINTF(3, 4)
int error_prefix(struct error *err, int code, const char *fmt, ...);
