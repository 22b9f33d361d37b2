/* Rows that are many items in one, and the patterns that look through them: api/audit_chunk.h,
 * services/logs/chunk.h, services/logs/pattern.h. */
#include "api/audit_chunk.h"
#include "services/logs/chunk.h"
#include "services/logs/pattern.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void audit(struct arena *arena, str rest)
{
    struct audit_item item, again;
    size_t before = rest.len;

    while (audit_item_next(arena, &rest, &item) == 1) {
        if (rest.len >= before)
            abort();
        before = rest.len;
        str packed = audit_item_pack(arena, &item);
        if (audit_item_next(arena, &packed, &again) != 1 || !str_eq(item.record, again.record) ||
                item.resources.len != again.resources.len)
            abort();
    }
}

static void logs(struct arena *arena, str bytes)
{
    struct chunk_events events;

    if (chunk_unpack(arena, bytes, &events) == 0 &&
            !str_eq(chunk_pack(arena, events.items, events.len), bytes))
        abort();
}

static void patterns(struct arena *arena, str text)
{
    struct pattern pattern;
    struct error err;
    str line = {0};

    (void)str_cut(&text, '\n', &line);
    if (pattern_parse(arena, text, &pattern, &err) == 0) {
        if (pattern.len > PATTERN_MAX_TERMS)
            abort();
        (void)pattern_matches(&pattern, line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    AUTO_ARENA struct arena arena = {0};
    str text = {(const char *)data, len};

    audit(&arena, text);
    logs(&arena, text);
    patterns(&arena, text);
    return 0;
}
