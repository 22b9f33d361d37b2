/*
 * shape - walking a C structure by its model's tables
 *
 * A "value" here is what a list holds: the structure itself (not the pointer that a
 * member has), a str, an opt_int, a struct any_list. So lists, maps and members are
 * walked by the same functions.
 */
#pragma once

#include "api/model.h"
#include "base/buf.h"
#include "base/json.h"

enum {
    SHAPE_ENTRY_VALUE = sizeof(str)
}; /* where a map entry has its value, after the key */

static inline const struct shape *shape_of(const struct service_model *model, uint16_t shape)
{
    return &model->shapes[shape];
}

static inline bool shape_is_sensitive(
        const struct service_model *model, const struct member *member)
{
    return (member->flags & MEMBER_SENSITIVE) ||
           (shape_of(model, member->shape)->flags & SHAPE_SENSITIVE);
}
static inline bool shape_is_structure(const struct shape *shape)
{
    return shape->kind == SHAPE_STRUCTURE || shape->kind == SHAPE_UNION;
}

static inline bool shape_is_text(const struct shape *shape)
{
    return shape->kind == SHAPE_STRING || shape->kind == SHAPE_BLOB ||
           shape->kind == SHAPE_DOCUMENT;
}

/* Bytes of one entry of a map with such values. */
static inline size_t shape_entry_size(const struct shape *value)
{
    return (SHAPE_ENTRY_VALUE + value->size + 7) / 8 * 8;
}

/* The value of a member; NULL: absent (streamed members always are). */
const void *shape_member(
        const struct service_model *model, const struct member *member, const void *base);
/* Where to put the value of a member: makes the structure that it points to. */
void *shape_member_slot(struct arena *arena, const struct service_model *model,
        const struct member *member, void *base);
/* Item i of a list; entry i of a map begins with its key. */
const void *shape_item(const struct service_model *model, const struct shape *list,
        const struct any_list *items, size_t i);
/* Room for `len` items or entries in *ret. */
void shape_list_make(struct arena *arena, const struct service_model *model,
        const struct shape *list, size_t len, struct any_list *ret);
/* The member of a path "pipeline.name"; NULL: absent. *ret_shape is what it is. */
const void *shape_path(const struct service_model *model, uint16_t shape, const void *base,
        str path, uint16_t *ret_shape);
/* A scalar as text, as in a policy or a path; absent: not a scalar, or not set. */
str shape_text(
        struct arena *arena, const struct service_model *model, uint16_t shape, const void *value);

/* ---- Scalars in text ----------------------------------------------------------------- */

str shape_time_text(struct arena *arena, int64_t ms, enum timestamp_format format);
MUST_CHECK int shape_time_parse(str text, enum timestamp_format format, int64_t *ret);
/* A scalar from text (query, headers, XML). -EINVAL not one of these, -ERANGE. */
MUST_CHECK int shape_scalar_parse(struct arena *arena, const struct shape *shape, str text,
        enum timestamp_format format, void *slot);
/* A scalar as text (XML, headers); absent: not a scalar. */
str shape_scalar_print(struct arena *arena, const struct shape *shape, const void *value,
        enum timestamp_format format);
void double_print(struct buf *out, double value);

/* ---- JSON ---------------------------------------------------------------------------- */

enum shape_json_flags {
    SHAPE_JSON_AUDIT = 1, /* CloudTrail's: no sensitive members, no blobs, lowerCamel names */
};

void shape_json_write(struct buf *out, const struct service_model *model, uint16_t shape,
        const void *value, int flags);
/* -EINVAL: *err has AWS's wording of a SerializationException. */
MUST_CHECK int shape_json_read(struct arena *arena, const struct service_model *model,
        uint16_t shape, const json_t *json, void *ret, struct error *err);
