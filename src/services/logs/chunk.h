/*
 * chunk - the events of one PutLogEvents, packed into one row
 *
 * For each event: time (8 bytes, big-endian, ms), length (4), message. A batch is one
 * row, so that ten thousand lines cost one insert. The place of an event is (seq of
 * its chunk in the stream, index in the chunk).
 */
#pragma once

#include "base/str.h"

struct chunk_event {
    int64_t ms;
    str message;
};

struct chunk_events {
    const struct chunk_event *items;
    size_t len;
};

str chunk_pack(struct arena *arena, const struct chunk_event *events, size_t len);
/* Views into `bytes`. -EBADMSG: not made by chunk_pack(). */
MUST_CHECK int chunk_unpack(struct arena *arena, str bytes, struct chunk_events *ret);
