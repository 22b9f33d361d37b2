/*
 * history - what was recorded, newest first: changes, which have a row each, and the reads
 * and refused calls in chunks (api/audit_chunk.h), merged
 *
 * A page costs its own length, and at its ends the unpacking of a chunk.
 */
#pragma once

#include "api/audit_chunk.h"

/* What is looked for. */
struct history_query {
    str attribute, value; /* as audit_item_values() has them, or "EventId"; absent: all */
    int64_t from;         /* ms, inclusive */
    struct {
        int64_t time;
        str event_id;
    } before; /* the place after which the page begins */
    size_t limit;
};

struct history {
    struct audit_item *items; /* without resources and error_code */
    size_t len;               /* up to the limit */
};

MUST_CHECK int history_read(struct tx *tx, str account, str region,
        const struct history_query *query, struct history *ret);
