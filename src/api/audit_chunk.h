/*
 * audit_chunk - records that are not worth a row each, packed by the second
 *
 * Reads and refused calls come in thousands. Those of one account and region that arrive
 * together are one row of audit_chunk, packed, and one row of audit_chunk_value for each
 * thing that a record of the chunk can be found by. An item is a sequence of
 * "LENGTH:BYTES" fields; its flags say whether it ends with a trace.
 *
 * Limits    items of a chunk are at most AUDIT_CHUNK_SPAN_MS apart
 */
#pragma once

#include "api/call.h"

enum {
    AUDIT_CHUNK_SPAN_MS = 5000,
    AUDIT_CHUNK_FULL = 1 << 20, /* bytes after which a chunk takes no more items */
};

/* A record, and what it is found by. */
struct audit_item {
    int64_t time; /* ms */
    str event_id, event_source, event_name, user_name, access_key, error_code;
    bool is_read;
    struct str_list resources; /* ARNs */
    str record;                /* CloudTrail's JSON */
    str trace;                 /* why it was denied (trace.h); absent: it was not */
};

/* What items are found by: CloudTrail's attribute keys, and "ResourceArn". */
typedef void audit_value_fn(str attribute, str value, void *arg);
void audit_item_values(const struct audit_item *item, audit_value_fn *fn, void *arg);

struct audit_chunk {
    struct audit_chunk *next;
    char *account, *region;
    char *items; /* `len` bytes of them */
    size_t len, size;
    int64_t first, last; /* times of its items */
    bool is_data;        /* of data events: not kept, but copied to those who want them */
    bool has_global;     /* something of a service without regions */
};

struct audit_chunk *audit_chunk_new(str account, str region);
/* False: it is full, or the item of another time. */
bool audit_chunk_add(struct audit_chunk *chunk, int64_t time, str item);
MUST_CHECK int audit_chunk_insert(struct tx *tx, const struct audit_chunk *chunk);
void audit_chunk_free(struct audit_chunk *chunk);

str audit_item_pack(struct arena *arena, const struct audit_item *item);
/* Takes the next item off *rest: 1, 0 at the end, -EINVAL damaged. error_code is not kept. */
MUST_CHECK int audit_item_next(struct arena *arena, str *rest, struct audit_item *ret);
