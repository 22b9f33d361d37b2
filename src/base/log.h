/*
 * log - one structured line for each event, on standard error
 *
 *     log_info("request", F("method", method), F("status", 200), F("ms", 1.5));
 *     ts=2026-11-23T17:42:00.123Z level=info event=request method=GET status=200 ms=1.5
 *
 * logfmt: values with blanks, quotes, '=' or control characters are quoted and
 * escaped as in JSON. Only cmd/ and the top loops of threads log; a library returns
 * its error. Secrets are never fields.
 *
 * Threads   any; a line is one write(2)
 */
#pragma once

#include "base/str.h"

enum log_level {
    LOG_LEVEL_DEBUG,
    LOG_LEVEL_INFO,
    LOG_LEVEL_WARN,
    LOG_LEVEL_ERROR
};

struct log_field {
    const char *name; /* NULL ends the list */
    enum {
        LOG_FIELD_STR,
        LOG_FIELD_INT,
        LOG_FIELD_DOUBLE
    } kind;
    str s;
    int64_t i;
    double d;
};

static inline struct log_field log_field_str(const char *name, str s)
{
    return (struct log_field){.name = name, .kind = LOG_FIELD_STR, .s = s};
}
static inline struct log_field log_field_cstr(const char *name, const char *s)
{
    return (struct log_field){.name = name, .kind = LOG_FIELD_STR, .s = str_of(s)};
}
static inline struct log_field log_field_int(const char *name, int64_t i)
{
    return (struct log_field){.name = name, .kind = LOG_FIELD_INT, .i = i};
}
static inline struct log_field log_field_double(const char *name, double d)
{
    return (struct log_field){.name = name, .kind = LOG_FIELD_DOUBLE, .d = d};
}

/* clang-format off */
#define F(name, value) _Generic((value), \
        str: log_field_str, char *: log_field_cstr, const char *: log_field_cstr, \
        float: log_field_double, double: log_field_double, default: log_field_int)((name), (value))
/* clang-format on */

void log_set_level(enum log_level least); /* default: info */
bool log_is_on(enum log_level level);     /* to skip work for lines nobody wants */
void log_write(enum log_level level, const char *event, const struct log_field *fields);

#define LOG_AT(level, event, ...)                                                                  \
    do {                                                                                           \
        if (log_is_on(level))                                                                      \
            log_write(                                                                             \
                    (level), (event), (const struct log_field[]){__VA_ARGS__ __VA_OPT__(, ){0}});  \
    } while (0)
#define log_debug(event, ...) LOG_AT(LOG_LEVEL_DEBUG, event __VA_OPT__(, ) __VA_ARGS__)
#define log_info(event, ...) LOG_AT(LOG_LEVEL_INFO, event __VA_OPT__(, ) __VA_ARGS__)
#define log_warn(event, ...) LOG_AT(LOG_LEVEL_WARN, event __VA_OPT__(, ) __VA_ARGS__)
#define log_error(event, ...) LOG_AT(LOG_LEVEL_ERROR, event __VA_OPT__(, ) __VA_ARGS__)
