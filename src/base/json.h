/*
 * json - reading and writing JSON documents
 *
 * Reading is jansson's, with our ceilings: it gives line and column. Writing is
 * straight into a buf: most of what is written comes from typed structures.
 */
#pragma once

#include "base/buf.h"

#include <jansson.h>

#define AUTO_JSON __attribute__((cleanup(json_unref)))
static inline void json_unref(json_t **json)
{
    json_decref(*json);
}

enum {
    JSON_MAX_DEPTH = 100
};

/*
 * Any JSON value. -EINVAL malformed, not UTF-8, duplicate key, or deeper than
 * JSON_MAX_DEPTH: *err says where. *ret is the caller's (AUTO_JSON).
 */
MUST_CHECK int json_parse(str text, json_t **ret, struct error *err);
/* Borrowed views; absent when `json` is not an object, or the member absent or of another type. */
str json_member_str(const json_t *json, const char *name);
const json_t *json_member(const json_t *json, const char *name);
str json_str(const json_t *json);                        /* absent unless a string */
str json_print(struct arena *arena, const json_t *json); /* compact, keys in order of insertion */

/* A string with quotes, escaped; bytes that are not UTF-8 become U+FFFD. */
void json_write_str(struct buf *out, str s);
/* `"name":` with a comma before it unless the last byte is '{', '[' or ','. */
void json_write_key(struct buf *out, str name);
/* "name": "value" members, comma where needed; absent values are left out. */
void json_write_member(struct buf *out, str name, str value);
void json_write_member_int(struct buf *out, str name, int64_t value);
