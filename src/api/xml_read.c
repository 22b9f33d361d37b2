#include "api/private.h"
#include "api/shape.h"
#include "api/xml.h"

#include <expat.h>

/* ---- Text to tree ---------------------------------------------------------------------- */

struct open_element {
    struct xml_node *node;
    struct xml_node **tail; /* where the next child goes */
    struct buf text;
};

struct parser {
    struct arena *arena;
    XML_Parser expat;
    struct xml_node *root;
    struct open_element stack[XML_MAX_DEPTH];
    size_t depth;
    size_t nodes;
    size_t max_text;
    const char *refusal;
};

static void refuse(struct parser *parser, const char *why)
{
    parser->refusal = why;
    XML_StopParser(parser->expat, XML_FALSE);
}

static str local_name(struct arena *arena, const char *name)
{
    const char *colon = strchr(name, ':');

    return str_dup(arena, str_of(colon ? colon + 1 : name));
}

static void add_attributes(struct parser *parser, struct xml_node *node, const char **attributes)
{
    for (; *attributes; attributes += 2) {
        struct xml_attribute *attribute = arena_new(parser->arena, struct xml_attribute);

        attribute->name = str_dup(parser->arena, str_of(attributes[0]));
        attribute->value = str_dup(parser->arena, str_of(attributes[1]));
        attribute->next = node->attributes;
        node->attributes = attribute;
    }
}

static void on_start(void *arg, const char *name, const char **attributes)
{
    struct parser *parser = arg;
    struct open_element *element;
    struct xml_node *node;

    if (parser->depth == XML_MAX_DEPTH || ++parser->nodes > XML_MAX_NODES) {
        refuse(parser, "too many or too deeply nested elements");
        return;
    }
    node = arena_new(parser->arena, struct xml_node);
    node->name = local_name(parser->arena, name);
    add_attributes(parser, node, attributes);
    if (parser->depth == 0) {
        parser->root = node;
    } else {
        struct open_element *parent = &parser->stack[parser->depth - 1];
        *parent->tail = node;
        parent->tail = &node->next;
    }
    element = &parser->stack[parser->depth++];
    *element = (struct open_element){
            node, &node->first_child, buf_make(parser->arena, parser->max_text)};
}

static void on_end(void *arg, const char *name)
{
    struct parser *parser = arg;
    struct open_element *element = &parser->stack[--parser->depth];

    (void)name;
    element->node->text = buf_str(&element->text);
}

static void on_text(void *arg, const char *text, int len)
{
    struct parser *parser = arg;

    if (parser->depth > 0)
        buf_add(&parser->stack[parser->depth - 1].text, (str){text, (size_t)len});
}

static void on_doctype(
        void *arg, const char *name, const char *system, const char *public_id, int has_internal)
{
    (void)name, (void)system, (void)public_id, (void)has_internal;
    refuse(arg, "a document type is not allowed");
}

int xml_parse(struct arena *arena, str text, struct xml_node **ret, struct error *err)
{
    struct parser *parser = arena_new(arena, struct parser);
    XML_Parser expat = XML_ParserCreate("UTF-8");
    enum XML_Error code;
    bool ok;

    if (!expat)
        abort(); /* out of memory */
    if (text.len > API_MAX_BODY_JSON)
        parser->refusal = "too large";
    parser->arena = arena;
    parser->expat = expat;
    parser->max_text = text.len + 1;
    XML_SetUserData(expat, parser);
    XML_SetElementHandler(expat, on_start, on_end);
    XML_SetCharacterDataHandler(expat, on_text);
    XML_SetStartDoctypeDeclHandler(expat, on_doctype);
    ok = !parser->refusal &&
         XML_Parse(expat, text.ptr ? text.ptr : "", (int)text.len, 1) == XML_STATUS_OK;
    code = XML_GetErrorCode(expat);
    if (!ok && !parser->refusal)
        parser->refusal = XML_ErrorString(code);
    XML_ParserFree(expat);
    if (!ok || !parser->root)
        return error_set(err, EINVAL, "%s", parser->refusal ? parser->refusal : "no element found");
    *ret = parser->root;
    return 0;
}

/* ---- Tree to shape --------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    const struct service_model *model;
    struct error *err;
};

static int read_value(struct reader *reader, uint16_t shape, const struct xml_node *node,
        enum timestamp_format format, void *ret);

static const struct xml_node *child(const struct xml_node *node, str name)
{
    for (node = node->first_child; node; node = node->next)
        if (str_eq(node->name, name))
            return node;
    return NULL;
}

static size_t count(const struct xml_node *node, str name)
{
    size_t n = 0;

    for (; node; node = node->next)
        n += str_eq(node->name, name);
    return n;
}

static int read_entry(
        struct reader *reader, const struct shape *shape, const struct xml_node *node, char *entry)
{
    str key_name = shape->key_name ? str_of(model_str(reader->model, shape->key_name)) : STR("key");
    str value_name =
            shape->value_name ? str_of(model_str(reader->model, shape->value_name)) : STR("value");
    const struct xml_node *key = child(node, key_name), *value = child(node, value_name);

    if (!key || !value)
        return error_set(reader->err, EINVAL, "a map entry has no key or no value");
    *(str *)entry = key->text;
    return read_value(reader, shape->element, value, TIMESTAMP_DEFAULT, entry + SHAPE_ENTRY_VALUE);
}

/* The items are the siblings from `first` on that have this name. */
static int read_items(struct reader *reader, const struct shape *shape,
        const struct xml_node *first, str name, struct any_list *ret)
{
    struct any_list list;
    size_t n = 0;

    shape_list_make(reader->arena, reader->model, shape, count(first, name), &list);
    for (const struct xml_node *node = first; node; node = node->next) {
        char *item;
        int r;

        if (!str_eq(node->name, name))
            continue;
        item = (char *)shape_item(reader->model, shape, &list, n++);
        r = shape->kind == SHAPE_MAP
                    ? read_entry(reader, shape, node, item)
                    : read_value(reader, shape->element, node, TIMESTAMP_DEFAULT, item);
        if (r < 0)
            return r;
    }
    *ret = list;
    return 0;
}

static int read_attribute(
        struct reader *reader, const struct member *member, const struct xml_node *node, void *base)
{
    for (const struct xml_attribute *a = node->attributes; a; a = a->next)
        if (str_eq(a->name, str_of(model_str(reader->model, member->wire_name))))
            return shape_scalar_parse(reader->arena, shape_of(reader->model, member->shape),
                    a->value, TIMESTAMP_DEFAULT, (char *)base + member->offset);
    return 0;
}

static int read_member(
        struct reader *reader, const struct member *member, const struct xml_node *node, void *base)
{
    const struct shape *shape = shape_of(reader->model, member->shape);
    str name = str_of(model_str(reader->model, member->wire_name));
    const struct xml_node *at = child(node, name);

    if (member->location != IN_BODY)
        return 0;
    if (member->flags & MEMBER_ATTRIBUTE)
        return read_attribute(reader, member, node, base);
    if (!at)
        return 0;
    if ((member->flags & MEMBER_FLATTENED) &&
            (shape->kind == SHAPE_LIST || shape->kind == SHAPE_MAP))
        return read_items(reader, shape, at, name,
                shape_member_slot(reader->arena, reader->model, member, base));
    return read_value(reader, member->shape, at, member->timestamp_format,
            shape_member_slot(reader->arena, reader->model, member, base));
}

int xml_read_shape(struct arena *arena, const struct service_model *model, uint16_t shape,
        const struct xml_node *node, void *ret, struct error *err)
{
    struct reader reader = {arena, model, err};
    const struct shape *s = shape_of(model, shape);

    for (size_t i = 0; i < s->members_len; i++) {
        const struct member *member = &model->members[s->first_member + i];
        int r = read_member(&reader, member, node, ret);

        if (r < 0)
            return error_set(err, EINVAL, "the value of %s is not valid",
                    model_str(model, member->wire_name));
    }
    return 0;
}

static int read_value(struct reader *reader, uint16_t shape, const struct xml_node *node,
        enum timestamp_format format, void *ret)
{
    const struct shape *s = shape_of(reader->model, shape);

    if (shape_is_structure(s))
        return xml_read_shape(reader->arena, reader->model, shape, node, ret, reader->err);
    if (s->kind == SHAPE_LIST || s->kind == SHAPE_MAP)
        return read_items(reader, s, node->first_child,
                str_of(model_str(reader->model, s->element_name)), ret);
    if (s->kind == SHAPE_STRING)
        return shape_scalar_parse(reader->arena, s, node->text, format, ret);
    return shape_scalar_parse(reader->arena, s, str_trim(node->text), format, ret);
}
