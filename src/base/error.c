#include "base/error.h"

#include <stdarg.h>

int error_set(struct error *err, int code, const char *fmt, ...)
{
    va_list args;

    if (!err)
        return -code;
    errno = code; /* %m means this failure, whatever has been called since */
    va_start(args, fmt);
    (void)vsnprintf(err->text, sizeof(err->text), fmt, args); /* cut when too long */
    va_end(args);
    return -code;
}

int error_prefix(struct error *err, int code, const char *fmt, ...)
{
    struct error old;
    va_list args;
    int n;

    if (!err)
        return code;
    old = *err;
    va_start(args, fmt);
    n = vsnprintf(err->text, sizeof(err->text), fmt, args);
    va_end(args);
    if (n >= 0 && (size_t)n + strlen(": ") < sizeof(err->text)) {
        size_t left = sizeof(err->text) - (size_t)n;
        (void)snprintf(err->text + n, left, ": %.*s", (int)(left - 3), old.text);
    }
    return code;
}
