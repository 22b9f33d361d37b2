/*
 * mask - keeps secret values out of a stream of bytes
 *
 *     struct mask *mask;                       the values, in every form that is known
 *     struct mask_stream *log;                 one stream: what came of it so far
 *
 *     "token=s3cr3t\n"   ->   "token=***\n"
 *
 * A value is found as it is, in base64 (both alphabets, at any place in what was encoded, also
 * cut into lines), percent-encoded (as the usual libraries do, either case of digits), escaped as
 * JSON (with and without \u, "\/"), and quoted for a shell. Of a value of several lines each line
 * is found by itself, without blanks around it. How the bytes are cut into pieces does not
 * matter: what may be the beginning of a value is held back until it is decided. Held bytes are
 * never more than a form of a value is long, and none follow the end of a line, but for a line of
 * base64 that ends inside of a value.
 *
 * Every byte of every form that occurs is covered, also where they overlap; each run of them
 * becomes "***".
 *
 * Memory    heap; about 250 bytes for a byte of a value, 1 KiB for one that needs much escaping
 * Limits    values and lines shorter than MASK_MIN are left alone: they would tear the log to
 *           pieces and be guessed from what is left. -E2BIG past MASK_MAX_NODES
 * Threads   a mask is constant; a stream belongs to one thread at a time
 * Not here  other forms (hexadecimal, compressed, encrypted), parts of a value
 */
#pragma once

#include "base/str.h"

enum {
    MASK_MIN = 4,
    MASK_MAX_NODES = 4 << 20,
};

#define MASK_SHOWN STR("***")

struct mask;
struct mask_stream;

MUST_CHECK int mask_new(struct str_list values, struct mask **ret, struct error *err);
void mask_free(struct mask *mask); /* wipes it; NULL is fine */

/* The mask must outlive the stream; NULL: nothing is masked. */
struct mask_stream *mask_stream_new(const struct mask *mask);
void mask_stream_free(struct mask_stream *stream); /* NULL is fine */
/* What can be said now, with nothing of what is held back; in `arena`. */
str mask_stream_add(struct mask_stream *stream, struct arena *arena, str bytes);
/* What was held back: the stream is at its end, or goes on with something else. */
str mask_stream_flush(struct mask_stream *stream, struct arena *arena);

/* A whole text; `text` itself where it has nothing to hide. */
str mask_text(const struct mask *mask, struct arena *arena, str text);
