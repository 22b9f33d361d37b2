/*
 * validate - the constraints of the model, in AWS's words
 *
 *     1 validation error detected: Value 'x' at 'name' failed to satisfy constraint:
 *     Member must have length less than or equal to 100
 *
 * All broken constraints are told at once, VALIDATE_MAX_ERRORS at most. Where the model
 * has an error of its own for a member (RepositoryNameRequiredException), the first such
 * one is the answer.
 */
#include "api/private.h"

#include "api/shape.h"

enum {
    VALIDATE_MAX_ERRORS = 10,
    VALIDATE_MAX_VALUE = 256, /* bytes quoted of a value */
    VALIDATE_MAX_TEXT = 16384,
};

struct validation {
    struct call *call;
    const struct service_model *model;
    const struct operation_member_error *own; /* the first own error */
    bool own_is_missing;
    const struct member *own_member;
    struct buf text;
    size_t errors;
};

/* Where we are: "tags.1.member.key". */
struct place {
    const struct place *parent;
    str name;
    size_t index;                /* from 1: an item; 0: none */
    const struct member *member; /* the nearest */
    bool is_sensitive;
};

static void check_value(
        struct validation *v, uint16_t shape, const void *value, const struct place *place);

static void write_place(struct buf *out, const struct place *place)
{
    if (place->parent) {
        write_place(out, place->parent);
        if (place->parent->name.len || place->parent->index)
            buf_char(out, '.');
    }
    if (place->index) {
        buf_printf(out, "%zu.member", place->index);
        return;
    }
    for (size_t i = 0; i < place->name.len; i++) {
        char c = place->name.ptr[i];
        buf_char(out, i == 0 && c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c);
    }
}

static void write_quoted(struct validation *v, const struct shape *shape, const void *value)
{
    const struct shape *element;
    const struct any_list *list = value;

    if (!shape_is_structure(shape) && shape->kind != SHAPE_LIST && shape->kind != SHAPE_MAP) {
        str text = str_head(shape_scalar_print(v->call->arena, shape, value, TIMESTAMP_ISO8601),
                VALIDATE_MAX_VALUE);
        while (text.len && !str_is_utf8(text)) /* not in the middle of a character */
            text.len--;
        buf_add(&v->text, text);
        return;
    }
    element = shape->kind == SHAPE_LIST ? shape_of(v->model, shape->element) : NULL;
    buf_char(&v->text, '[');
    for (size_t i = 0; element && element->kind <= SHAPE_TIMESTAMP && i < list->len && i < 20;
            i++) {
        if (i > 0)
            buf_add(&v->text, STR(", "));
        write_quoted(v, element, shape_item(v->model, shape, list, i));
    }
    buf_char(&v->text, ']');
}

/* CodeCommit's kind of services: an error for each member. */
static void find_own(struct validation *v, const struct place *place, bool is_missing)
{
    const struct operation *operation = v->call->operation;

    for (size_t i = 0; i < operation->member_errors_len && place->member; i++) {
        const struct operation_member_error *own =
                &v->model->member_errors[operation->first_member_error + i];

        if (&v->model->members[own->member] != place->member || v->own)
            continue;
        if ((is_missing ? own->required : own->invalid) == SHAPE_NONE)
            continue;
        v->own = own;
        v->own_is_missing = is_missing;
        v->own_member = place->member;
    }
}

/* Begins an error; false: there are too many already. */
static bool begin(struct validation *v, const struct place *place, const struct shape *shape,
        const void *value)
{
    find_own(v, place, !value);
    if (++v->errors > VALIDATE_MAX_ERRORS)
        return false;
    if (v->errors > 1)
        buf_add(&v->text, STR("; "));
    buf_add(&v->text, STR("Value "));
    if (!value) {
        buf_add(&v->text, STR("null "));
    } else if (!place->is_sensitive) {
        buf_char(&v->text, '\'');
        write_quoted(v, shape, value);
        buf_add(&v->text, STR("' "));
    }
    buf_add(&v->text, STR("at '"));
    write_place(&v->text, place);
    buf_add(&v->text, STR("' failed to satisfy constraint: "));
    return true;
}

static void write_enum(struct validation *v, const struct shape *shape)
{
    buf_add(&v->text, STR("Member must satisfy enum value set: ["));
    for (size_t i = 0; i < shape->enum_len; i++)
        buf_printf(&v->text, "%s%s", i ? ", " : "",
                model_str(v->model, v->model->enums[shape->first_enum + i]));
    buf_char(&v->text, ']');
}

static bool is_of_enum(const struct validation *v, const struct shape *shape, str text)
{
    for (size_t i = 0; i < shape->enum_len; i++)
        if (str_eq(text, str_of(model_str(v->model, v->model->enums[shape->first_enum + i]))))
            return true;
    return shape->enum_len == 0;
}

/* what: "length" or "value" */
static void check_range(struct validation *v, const struct shape *shape, const void *value,
        const struct place *place, int64_t n, const char *what)
{
    if ((shape->flags & SHAPE_HAS_MIN) && n < shape->min && begin(v, place, shape, value))
        buf_printf(&v->text, "Member must have %s greater than or equal to %lld", what,
                (long long)shape->min);
    if ((shape->flags & SHAPE_HAS_MAX) && n > shape->max && begin(v, place, shape, value))
        buf_printf(&v->text, "Member must have %s less than or equal to %lld", what,
                (long long)shape->max);
}

static void check_string(struct validation *v, const struct shape *shape, const str *value,
        const struct place *place)
{
    const char *pattern = model_str(v->model, shape->pattern);

    if (shape->flags & (SHAPE_HAS_MIN | SHAPE_HAS_MAX))
        check_range(v, shape, value, place, (int64_t)str_utf8_len(*value), "length");
    if (!is_of_enum(v, shape, *value) && begin(v, place, shape, value))
        write_enum(v, shape);
    /* A value that is far too long is not matched as well. */
    if (!shape->pattern || ((shape->flags & SHAPE_HAS_MAX) && value->len > 4 * (size_t)shape->max))
        return;
    if (patterns_match(v->call->server->api->patterns, pattern, *value) != 1 &&
            begin(v, place, shape, value))
        buf_printf(&v->text, "Member must satisfy regular expression pattern: %s", pattern);
}

static struct place item_place(
        const struct validation *v, uint16_t element, const struct place *parent, size_t i)
{
    return (struct place){
            .parent = parent,
            .index = i + 1,
            .member = parent->member,
            .is_sensitive =
                    parent->is_sensitive || (shape_of(v->model, element)->flags & SHAPE_SENSITIVE),
    };
}

static void check_items(struct validation *v, const struct shape *shape,
        const struct any_list *list, const struct place *place)
{
    check_range(v, shape, list, place, (int64_t)list->len, "length");
    for (size_t i = 0; i < list->len && v->errors < VALIDATE_MAX_ERRORS; i++) {
        struct place at = item_place(v, shape->element, place, i);
        const char *item = shape_item(v->model, shape, list, i);

        if (shape->kind == SHAPE_LIST) {
            check_value(v, shape->element, item, &at);
            continue;
        }
        check_value(v, shape->key, item, &at);
        at = (struct place){place, *(const str *)item, 0, place->member, at.is_sensitive};
        check_value(v, shape->element, item + SHAPE_ENTRY_VALUE, &at);
    }
}

static void check_structure(struct validation *v, const struct shape *shape, const void *base,
        const struct place *place)
{
    size_t set = 0;

    for (size_t i = 0; i < shape->members_len && v->errors < VALIDATE_MAX_ERRORS; i++) {
        const struct member *member = &v->model->members[shape->first_member + i];
        const struct shape *of = shape_of(v->model, member->shape);
        const void *value = shape_member(v->model, member, base);
        struct place at = {place, str_of(model_str(v->model, member->name)), 0, member,
                place->is_sensitive || (member->flags & MEMBER_SENSITIVE) ||
                        (of->flags & SHAPE_SENSITIVE)};

        if (member->flags & MEMBER_STREAMING)
            continue;
        set += value != NULL;
        if (value && at.is_sensitive)
            arena_hold_secrets(v->call->arena);
        if (value)
            check_value(v, member->shape, value, &at);
        else if ((member->flags & MEMBER_REQUIRED) && begin(v, &at, of, NULL))
            buf_add(&v->text, STR("Member must not be null"));
    }
    if (shape->kind == SHAPE_UNION && set != 1 && begin(v, place, shape, base))
        buf_add(&v->text, STR("Member must have exactly one of its members set"));
}

static void check_value(
        struct validation *v, uint16_t shape, const void *value, const struct place *place)
{
    const struct shape *s = shape_of(v->model, shape);

    switch (s->kind) {
    case SHAPE_STRING:
        check_string(v, s, value, place);
        return;
    case SHAPE_BLOB:
        check_range(v, s, value, place, (int64_t)((const str *)value)->len, "length");
        return;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        check_range(v, s, value, place, ((const struct opt_int *)value)->value, "value");
        return;
    case SHAPE_FLOAT:
    case SHAPE_DOUBLE: {
        double d = ((const struct opt_double *)value)->value;
        /* A fraction beyond a bound counts as the next integer beyond it. */
        int64_t n = d < (double)s->min ? s->min - 1 : d > (double)s->max ? s->max + 1 : s->min;
        check_range(v, s, value, place, n, "value");
        return;
    }
    case SHAPE_LIST:
    case SHAPE_MAP:
        check_items(v, s, value, place);
        return;
    case SHAPE_STRUCTURE:
    case SHAPE_UNION:
        check_structure(v, s, value, place);
        return;
    default:
        return;
    }
}

static int fail_own(struct validation *v)
{
    const struct error_shape *shape =
            &v->model->errors[v->own_is_missing ? v->own->required : v->own->invalid];
    struct call_error error = {model_str(v->model, shape->code), shape->status, shape->is_sender};

    if (v->own_is_missing)
        return call_fail(v->call, &error, "The parameter %s is required, but was not specified.",
                model_str(v->model, v->own_member->name));
    return call_fail(v->call, &error, "%zu validation error%s detected: %.*s", v->errors,
            v->errors == 1 ? "" : "s", STR_ARG(buf_str(&v->text)));
}

int validate(struct call *call, const void *in)
{
    struct validation v = {.call = call, .model = call->service->model};
    struct place root = {0};
    struct call_error own = error_Validation;

    if (call->operation->input == SHAPE_NONE)
        return 0;
    v.text = buf_make(call->arena, VALIDATE_MAX_TEXT);
    check_value(&v, call->operation->input, in, &root);
    if (v.errors == 0)
        return 0;
    if (v.own)
        return fail_own(&v);
    if (v.errors > VALIDATE_MAX_ERRORS)
        v.errors = VALIDATE_MAX_ERRORS;
    if (v.model->validation_error) {
        own.code = v.model->validation_error;
        own.status = 400;
    }
    return call_fail(call, v.model->validation_error ? &own : &error_Validation,
            "%zu validation error%s detected: %.*s", v.errors, v.errors == 1 ? "" : "s",
            STR_ARG(buf_str(&v.text)));
}
