#include "agent/diagnostics.h"

#include "base/json.h"

enum {
    PAYLOAD_MAX = 8192
}; /* of the protocol */

str diagnostics_print(struct arena *arena, const struct diagnostics *d)
{
    struct buf out = buf_make(arena, 65536);

    buf_char(&out, '{');
    json_write_member_int(&out, STR("error_code"), d->code);
    json_write_member(&out, STR("script_name"), d->script.ptr ? d->script : STR(""));
    json_write_member(&out, STR("message"), str_head(d->message.ptr ? d->message : STR(""), 1024));
    json_write_member(&out, STR("log"), d->log.ptr ? d->log : STR(""));
    buf_char(&out, '}');
    if (out.len <= PAYLOAD_MAX || !d->log.len)
        return buf_str(&out);
    /* escapes made it too long: half the log, its newest part */
    struct diagnostics less = *d;
    less.log = str_skip(d->log, (d->log.len + 1) / 2);
    return diagnostics_print(arena, &less);
}
