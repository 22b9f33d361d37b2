#include "base/log.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"

#include <stdatomic.h>

enum {
    LOG_MAX_LINE = 16 << 10
}; /* longer lines are cut */

static _Atomic int least_level = LOG_LEVEL_INFO;

void log_set_level(enum log_level least)
{
    least_level = (int)least;
}

bool log_is_on(enum log_level level)
{
    return (int)level >= least_level;
}

static const char *level_name(enum log_level level)
{
    switch (level) {
    case LOG_LEVEL_DEBUG:
        return "debug";
    case LOG_LEVEL_INFO:
        return "info";
    case LOG_LEVEL_WARN:
        return "warn";
    case LOG_LEVEL_ERROR:
        return "error";
    }
    return "unknown";
}

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7F)
            return false;
    }
    return s.len > 0 && str_is_utf8(s);
}

static void add_value(struct buf *line, str s)
{
    if (is_plain(s))
        buf_add(line, s);
    else
        json_write_str(line, s);
}

static void add_field(struct buf *line, const struct log_field *field)
{
    buf_char(line, ' ');
    buf_add(line, str_of(field->name));
    buf_char(line, '=');
    switch (field->kind) {
    case LOG_FIELD_STR:
        add_value(line, field->s);
        return;
    case LOG_FIELD_INT:
        buf_int(line, field->i);
        return;
    case LOG_FIELD_DOUBLE:
        buf_printf(line, "%.6g", field->d);
        return;
    }
}

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
    AUTO_ARENA struct arena scratch = {0};
    struct buf line = buf_make(&scratch, LOG_MAX_LINE);

    if (!log_is_on(level))
        return;
    buf_add(&line, STR("ts="));
    buf_add(&line, time_iso8601_ms(&scratch, clock_now()));
    buf_add(&line, STR(" level="));
    buf_add(&line, str_of(level_name(level)));
    buf_add(&line, STR(" event="));
    add_value(&line, str_of(event));
    for (; fields && fields->name; fields++)
        add_field(&line, fields);
    if (buf_is_full(&line))
        line.len--;
    line.full = false;
    buf_char(&line, '\n');
    (void)!write(STDERR_FILENO, line.ptr, line.len); /* there is nobody else to tell */
}
