#include "api/shape.h"

#include "base/clock.h"
#include "base/codec.h"

#include <math.h>

static bool is_present(const struct shape *shape, const void *value)
{
    switch (shape->kind) {
    case SHAPE_STRING:
    case SHAPE_BLOB:
    case SHAPE_DOCUMENT:
        return ((const str *)value)->ptr;
    case SHAPE_BOOLEAN:
        return ((const struct opt_bool *)value)->is_set;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        return ((const struct opt_int *)value)->is_set;
    case SHAPE_FLOAT:
    case SHAPE_DOUBLE:
        return ((const struct opt_double *)value)->is_set;
    case SHAPE_TIMESTAMP:
        return ((const struct opt_time *)value)->is_set;
    case SHAPE_LIST:
    case SHAPE_MAP:
        return ((const struct any_list *)value)->is_set;
    default:
        return true;
    }
}

const void *shape_member(
        const struct service_model *model, const struct member *member, const void *base)
{
    const struct shape *shape = shape_of(model, member->shape);
    const void *at = (const char *)base + member->offset;

    if (member->flags & MEMBER_STREAMING)
        return NULL;
    if (shape_is_structure(shape))
        return *(void *const *)at;
    return is_present(shape, at) ? at : NULL;
}

void *shape_member_slot(struct arena *arena, const struct service_model *model,
        const struct member *member, void *base)
{
    const struct shape *shape = shape_of(model, member->shape);
    void *at = (char *)base + member->offset;

    if (!shape_is_structure(shape))
        return at;
    return *(void **)at = arena_alloc(arena, 1, shape->size ? shape->size : 1);
}

const void *shape_item(const struct service_model *model, const struct shape *list,
        const struct any_list *items, size_t i)
{
    const struct shape *element = shape_of(model, list->element);
    size_t size = list->kind == SHAPE_MAP ? shape_entry_size(element) : element->size;

    return (const char *)items->items + i * size;
}

void shape_list_make(struct arena *arena, const struct service_model *model,
        const struct shape *list, size_t len, struct any_list *ret)
{
    const struct shape *element = shape_of(model, list->element);
    size_t size = list->kind == SHAPE_MAP ? shape_entry_size(element) : element->size;

    *ret = (struct any_list){.items = arena_alloc(arena, len, size), .len = len, .is_set = true};
}

const void *shape_path(const struct service_model *model, uint16_t shape, const void *base,
        str path, uint16_t *ret_shape)
{
    str name;

    while (base && str_next(&path, '.', &name)) {
        const struct member *member;

        if (shape == SHAPE_NONE || !shape_is_structure(shape_of(model, shape)))
            return NULL;
        member = model_member(model, shape, name);
        if (!member)
            return NULL;
        base = shape_member(model, member, base);
        shape = member->shape;
    }
    *ret_shape = shape;
    return base;
}

str shape_text(
        struct arena *arena, const struct service_model *model, uint16_t shape, const void *value)
{
    if (!value || !is_present(shape_of(model, shape), value))
        return (str){0};
    return shape_scalar_print(arena, shape_of(model, shape), value, TIMESTAMP_ISO8601);
}

/* ---- Scalars in text ----------------------------------------------------------------- */

str shape_time_text(struct arena *arena, int64_t ms, enum timestamp_format format)
{
    if (format == TIMESTAMP_HTTP)
        return time_http(arena, ms);
    if (format == TIMESTAMP_ISO8601)
        return ms % 1000 ? time_iso8601_ms(arena, ms) : time_iso8601(arena, ms);
    if (ms % 1000 == 0)
        return str_printf(arena, "%lld", (long long)(ms / 1000));
    return str_printf(arena, "%s%lld.%03lld", ms < 0 ? "-" : "", llabs((long long)ms / 1000),
            llabs((long long)ms % 1000));
}

int shape_time_parse(str text, enum timestamp_format format, int64_t *ret)
{
    double seconds;

    /* SDKs write the format of the model, hand-written clients any: take what is clear. */
    if (format != TIMESTAMP_EPOCH && time_parse_iso8601(text, ret) == 0)
        return 0;
    if (format != TIMESTAMP_EPOCH && time_parse_http(text, ret) == 0)
        return 0;
    if (str_to_double(text, &seconds) < 0 || fabs(seconds) > 1e12)
        return -EINVAL;
    *ret = (int64_t)llround(seconds * 1000);
    return 0;
}

static int parse_integer(const struct shape *shape, str text, struct opt_int *ret)
{
    int64_t n;
    int r = str_to_i64(text, &n);

    if (r < 0)
        return r;
    if (shape->kind == SHAPE_INTEGER && (n < INT32_MIN || n > INT32_MAX))
        return -ERANGE;
    *ret = SOME_INT(n);
    return 0;
}

int shape_scalar_parse(struct arena *arena, const struct shape *shape, str text,
        enum timestamp_format format, void *slot)
{
    int64_t ms;
    double number;
    int r;

    switch (shape->kind) {
    case SHAPE_STRING:
    case SHAPE_DOCUMENT:
        if (!str_is_utf8(text))
            return -EINVAL;
        *(str *)slot = str_dup(arena, text);
        return 0;
    case SHAPE_BLOB:
        return base64_decode(arena, text, slot);
    case SHAPE_BOOLEAN:
        if (!str_eq_nocase(text, STR("true")) && !str_eq_nocase(text, STR("false")))
            return -EINVAL;
        *(struct opt_bool *)slot = SOME_BOOL(str_eq_nocase(text, STR("true")));
        return 0;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        return parse_integer(shape, text, slot);
    case SHAPE_FLOAT:
    case SHAPE_DOUBLE:
        r = str_to_double(text, &number);
        if (r == 0)
            *(struct opt_double *)slot = SOME_DOUBLE(number);
        return r;
    case SHAPE_TIMESTAMP:
        r = shape_time_parse(text, format, &ms);
        if (r == 0)
            *(struct opt_time *)slot = SOME_TIME(ms);
        return r;
    default:
        return -EINVAL;
    }
}

void double_print(struct buf *out, double value)
{
    char text[32];

    /* The shortest text that reads back as the same number. */
    for (int digits = 6; digits <= 17; digits++) {
        double back;
        int len = snprintf(text, sizeof(text), "%.*g", digits, value);

        if (str_to_double((str){text, (size_t)len}, &back) == 0 && back == value)
            break;
    }
    buf_add(out, str_of(text));
}

str shape_scalar_print(struct arena *arena, const struct shape *shape, const void *value,
        enum timestamp_format format)
{
    struct buf out;

    switch (shape->kind) {
    case SHAPE_STRING:
    case SHAPE_DOCUMENT:
        return *(const str *)value;
    case SHAPE_BLOB:
        return base64_encode(arena, *(const str *)value);
    case SHAPE_BOOLEAN:
        return ((const struct opt_bool *)value)->value ? STR("true") : STR("false");
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        return str_printf(arena, "%lld", (long long)((const struct opt_int *)value)->value);
    case SHAPE_FLOAT:
    case SHAPE_DOUBLE:
        out = buf_make(arena, 64);
        double_print(&out, ((const struct opt_double *)value)->value);
        return buf_str(&out);
    case SHAPE_TIMESTAMP:
        return shape_time_text(arena, ((const struct opt_time *)value)->ms, format);
    default:
        return (str){0};
    }
}
