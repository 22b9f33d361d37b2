#include "api/call.h"
#include "api/private.h"
#include "api/shape.h"
#include "base/clock.h"
#include "base/codec.h"

#include <math.h>

/* ---- Writing ------------------------------------------------------------------------- */

static void write_name(struct buf *out, str name, int flags)
{
    if (!(flags & SHAPE_JSON_AUDIT) || name.len == 0 || name.ptr[0] < 'A' || name.ptr[0] > 'Z') {
        json_write_key(out, name);
        return;
    }
    char lower[128];
    size_t len = name.len < sizeof(lower) ? name.len : sizeof(lower);

    memcpy(lower, name.ptr, len);
    lower[0] = (char)(lower[0] + 'a' - 'A');
    json_write_key(out, (str){lower, len});
}

static bool is_hidden(const struct service_model *model, const struct member *member, int flags)
{
    const struct shape *shape = shape_of(model, member->shape);

    return (flags & SHAPE_JSON_AUDIT) &&
           (shape_is_sensitive(model, member) || shape->kind == SHAPE_BLOB);
}

static void write_structure(struct buf *out, const struct service_model *model,
        const struct shape *shape, const void *base, int flags)
{
    buf_char(out, '{');
    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &model->members[shape->first_member + i];
        const void *value = shape_member(model, member, base);

        if (!value || is_hidden(model, member, flags))
            continue;
        if (shape_is_sensitive(model, member))
            arena_hold_secrets(out->arena);
        write_name(out, str_of(model_str(model, member->name)), flags);
        shape_json_write(out, model, member->shape, value, flags);
    }
    buf_char(out, '}');
}

static void write_list(struct buf *out, const struct service_model *model,
        const struct shape *shape, const struct any_list *list, int flags)
{
    bool is_hidden_item = (flags & SHAPE_JSON_AUDIT) &&
                          (shape_of(model, shape->element)->flags & SHAPE_SENSITIVE);

    buf_char(out, '[');
    for (size_t i = 0; i < list->len && !is_hidden_item; i++) {
        if (i > 0)
            buf_char(out, ',');
        shape_json_write(out, model, shape->element, shape_item(model, shape, list, i), flags);
    }
    buf_char(out, ']');
}

static void write_map(struct buf *out, const struct service_model *model, const struct shape *shape,
        const struct any_list *map, int flags)
{
    bool is_hidden_item = (flags & SHAPE_JSON_AUDIT) &&
                          (shape_of(model, shape->element)->flags & SHAPE_SENSITIVE);

    buf_char(out, '{');
    for (size_t i = 0; i < map->len && !is_hidden_item; i++) {
        const char *entry = shape_item(model, shape, map, i);

        json_write_key(out, *(const str *)entry);
        shape_json_write(out, model, shape->element, entry + SHAPE_ENTRY_VALUE, flags);
    }
    buf_char(out, '}');
}

static void write_time(struct buf *out, int64_t ms)
{
    int64_t seconds = ms / 1000, rest = ms % 1000;

    if (ms < 0 && seconds == 0)
        buf_char(out, '-');
    buf_int(out, seconds);
    if (rest)
        buf_printf(out, ".%03d", abs((int)rest));
}

static void write_document(struct buf *out, str text)
{
    buf_add(out, text.len ? text : STR("null"));
}

void shape_json_write(struct buf *out, const struct service_model *model, uint16_t shape,
        const void *value, int flags)
{
    const struct shape *s = shape_of(model, shape);

    switch (s->kind) {
    case SHAPE_STRING:
        json_write_str(out, *(const str *)value);
        return;
    case SHAPE_BLOB:
        json_write_str(out, (flags & SHAPE_JSON_AUDIT)
                                    ? STR("")
                                    : base64_encode(out->arena, *(const str *)value));
        return;
    case SHAPE_BOOLEAN:
        buf_add(out, ((const struct opt_bool *)value)->value ? STR("true") : STR("false"));
        return;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        buf_int(out, ((const struct opt_int *)value)->value);
        return;
    case SHAPE_FLOAT:
    case SHAPE_DOUBLE:
        double_print(out, ((const struct opt_double *)value)->value);
        return;
    case SHAPE_TIMESTAMP:
        write_time(out, ((const struct opt_time *)value)->ms);
        return;
    case SHAPE_DOCUMENT:
        write_document(out, *(const str *)value);
        return;
    case SHAPE_LIST:
        write_list(out, model, s, value, flags);
        return;
    case SHAPE_MAP:
        write_map(out, model, s, value, flags);
        return;
    default:
        write_structure(out, model, s, value, flags);
    }
}

/* ---- Reading ------------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    const struct service_model *model;
    struct error *err;
    unsigned depth;
};

static int read_value(struct reader *reader, uint16_t shape, const json_t *json, void *ret);

static const char *token_name(const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_STRING:
        return "STRING_VALUE";
    case JSON_TRUE:
        return "TRUE_VALUE";
    case JSON_FALSE:
        return "FALSE_VALUE";
    case JSON_INTEGER:
        return "NUMBER_VALUE";
    case JSON_REAL:
        return "DECIMAL_VALUE";
    default:
        return "NULL_VALUE";
    }
}

/* AWS's sentences for a value of another type. */
static int refuse(struct reader *reader, const json_t *json, const char *wanted)
{
    if (json_is_array(json))
        return error_set(reader->err, EINVAL, "Start of list found where not expected");
    if (json_is_object(json))
        return error_set(
                reader->err, EINVAL, "Start of structure or map found where not expected.");
    return error_set(
            reader->err, EINVAL, "%s can not be converted to %s", token_name(json), wanted);
}

static int read_text(struct reader *reader, const struct shape *shape, const json_t *json, str *ret)
{
    str text = json_str(json);

    if (!text.ptr)
        return refuse(reader, json, shape->kind == SHAPE_BLOB ? "a Blob" : "a String");
    if (shape->kind == SHAPE_STRING) {
        *ret = str_dup(reader->arena, text);
        return 0;
    }
    if (base64_decode(reader->arena, text, ret) < 0)
        return error_set(reader->err, EINVAL, "Invalid base64 encoding in a Blob");
    return 0;
}

static int read_integer(
        struct reader *reader, const struct shape *shape, const json_t *json, struct opt_int *ret)
{
    const char *type = shape->kind == SHAPE_INTEGER ? "an Integer" : "a Long";
    double limit = 9007199254740992.0; /* 2^53: beyond, a decimal is not one integer */
    int64_t n;

    if (json_is_real(json)) {
        double d = json_real_value(json);
        if (d != trunc(d) || fabs(d) > limit)
            return refuse(reader, json, type);
        n = (int64_t)d;
    } else if (json_is_integer(json)) {
        n = json_integer_value(json);
    } else {
        return refuse(reader, json, type);
    }
    if (shape->kind == SHAPE_INTEGER && (n < INT32_MIN || n > INT32_MAX))
        return refuse(reader, json, type);
    *ret = SOME_INT(n);
    return 0;
}

static int read_time(struct reader *reader, const json_t *json, struct opt_time *ret)
{
    int64_t ms;
    double seconds;

    if (json_is_string(json)) {
        if (shape_time_parse(json_str(json), TIMESTAMP_DEFAULT, &ms) < 0)
            return refuse(reader, json, "a Timestamp");
        *ret = SOME_TIME(ms);
        return 0;
    }
    if (!json_is_number(json))
        return refuse(reader, json, "a Timestamp");
    seconds = json_number_value(json);
    if (!(fabs(seconds) <= 1e12))
        return refuse(reader, json, "a Timestamp");
    *ret = SOME_TIME((int64_t)llround(seconds * 1000));
    return 0;
}

static int read_list(
        struct reader *reader, const struct shape *shape, const json_t *json, struct any_list *ret)
{
    struct any_list list;
    size_t len = json_array_size(json);

    if (!json_is_array(json))
        return error_set(reader->err, EINVAL, "Unexpected value type in payload: expected a list");
    if (len > API_MAX_LIST)
        return error_set(reader->err, EINVAL, "a list has more than %d items", API_MAX_LIST);
    shape_list_make(reader->arena, reader->model, shape, len, &list);
    for (size_t i = 0; i < len; i++) {
        int r = read_value(reader, shape->element, json_array_get(json, i),
                (void *)shape_item(reader->model, shape, &list, i));
        if (r < 0)
            return r;
    }
    *ret = list;
    return 0;
}

static int read_map(
        struct reader *reader, const struct shape *shape, const json_t *json, struct any_list *ret)
{
    struct any_list map;
    size_t n = 0;

    if (!json_is_object(json))
        return error_set(reader->err, EINVAL, "Unexpected value type in payload: expected a map");
    if (json_object_size(json) > API_MAX_LIST)
        return error_set(reader->err, EINVAL, "a map has more than %d entries", API_MAX_LIST);
    shape_list_make(reader->arena, reader->model, shape, json_object_size(json), &map);
    for (void *it = json_object_iter((json_t *)json); it;
            it = json_object_iter_next((json_t *)json, it)) {
        char *entry;
        int r;

        if (json_is_null(json_object_iter_value(it)))
            continue;
        entry = (char *)shape_item(reader->model, shape, &map, n++);
        *(str *)entry = str_dup(reader->arena, str_of(json_object_iter_key(it)));
        r = read_value(
                reader, shape->element, json_object_iter_value(it), entry + SHAPE_ENTRY_VALUE);
        if (r < 0)
            return r;
    }
    map.len = n;
    *ret = map;
    return 0;
}

static int read_structure(
        struct reader *reader, const struct shape *shape, const json_t *json, void *ret)
{
    size_t set = 0;

    if (!json_is_object(json))
        return error_set(
                reader->err, EINVAL, "Unexpected value type in payload: expected a structure");
    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &reader->model->members[shape->first_member + i];
        const json_t *value = json_member(json, model_str(reader->model, member->name));
        int r;

        if (!value || json_is_null(value) || (member->flags & MEMBER_STREAMING))
            continue;
        r = read_value(reader, member->shape, value,
                shape_member_slot(reader->arena, reader->model, member, ret));
        if (r < 0)
            return r;
        set++;
    }
    if (shape->kind == SHAPE_UNION && set > 1)
        return error_set(reader->err, EINVAL,
                "Unexpected number of members in a union: exactly one must be set");
    return 0;
}

static int read_scalar(
        struct reader *reader, const struct shape *shape, const json_t *json, void *ret)
{
    switch (shape->kind) {
    case SHAPE_STRING:
    case SHAPE_BLOB:
        return read_text(reader, shape, json, ret);
    case SHAPE_BOOLEAN:
        if (!json_is_boolean(json))
            return refuse(reader, json, "a Boolean");
        *(struct opt_bool *)ret = SOME_BOOL(json_is_true(json));
        return 0;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        return read_integer(reader, shape, json, ret);
    case SHAPE_FLOAT:
    case SHAPE_DOUBLE:
        if (!json_is_number(json))
            return refuse(reader, json, "a Double");
        *(struct opt_double *)ret = SOME_DOUBLE(json_number_value(json));
        return 0;
    case SHAPE_TIMESTAMP:
        return read_time(reader, json, ret);
    default: /* SHAPE_DOCUMENT */
        *(str *)ret = json_print(reader->arena, json);
        return 0;
    }
}

static int read_value(struct reader *reader, uint16_t shape, const json_t *json, void *ret)
{
    const struct shape *s = shape_of(reader->model, shape);
    int r;

    if (reader->depth >= API_MAX_DEPTH)
        return error_set(reader->err, EINVAL, "nested deeper than %d levels", API_MAX_DEPTH);
    reader->depth++;
    if (json_is_null(json) && s->kind != SHAPE_DOCUMENT)
        r = error_set(reader->err, EINVAL, "NULL_VALUE found where not expected");
    else if (s->kind == SHAPE_LIST)
        r = read_list(reader, s, json, ret);
    else if (s->kind == SHAPE_MAP)
        r = read_map(reader, s, json, ret);
    else if (shape_is_structure(s))
        r = read_structure(reader, s, json, ret);
    else
        r = read_scalar(reader, s, json, ret);
    reader->depth--;
    return r;
}

int shape_json_read(struct arena *arena, const struct service_model *model, uint16_t shape,
        const json_t *json, void *ret, struct error *err)
{
    struct reader reader = {.arena = arena, .model = model, .err = err};

    return read_value(&reader, shape, json, ret);
}

/* ---- For storage ---------------------------------------------------------------------- */

str shape_to_json(struct arena *arena, struct type type, const void *value)
{
    struct buf out = buf_make(arena, API_MAX_RESPONSE);

    shape_json_write(&out, type.model, type.shape, value, 0);
    return buf_is_full(&out) ? (str){0} : buf_str(&out);
}

int shape_from_json(struct arena *arena, struct type type, str json, void *ret, struct error *err)
{
    AUTO_JSON json_t *root = NULL;
    int r = json_parse(json, &root, err);

    if (r < 0)
        return r;
    return shape_json_read(arena, type.model, type.shape, root, ret, err);
}
