#include "api/shape.h"
#include "api/xml.h"

static const str REPLACEMENT = STR_INIT("\xef\xbf\xbd"); /* U+FFFD */

void xml_write_text(struct buf *out, str text)
{
    bool is_utf8 = str_is_utf8(text); /* not where a message repeats what a client has sent */
    size_t plain = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        str as = c == '<'    ? STR("&lt;")
                 : c == '>'  ? STR("&gt;")
                 : c == '&'  ? STR("&amp;")
                 : c == '"'  ? STR("&quot;")
                 : c == '\r' ? STR("&#xD;")
                             : (str){0};

        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            as = REPLACEMENT; /* not a character of XML 1.0, in any form */
        if (!is_utf8 && c >= 0x80) {
            size_t len = str_utf8_next(str_skip(text, i));
            if (len > 0)
                i += len - 1;
            else
                as = REPLACEMENT;
        }
        if (!as.ptr)
            continue;
        buf_add(out, (str){text.ptr + plain, i - plain});
        buf_add(out, as);
        plain = i + 1;
    }
    buf_add(out, (str){text.ptr + plain, text.len - plain});
}

static void open_tag(struct buf *out, str name, str attributes)
{
    buf_char(out, '<');
    buf_add(out, name);
    buf_add(out, attributes);
    buf_char(out, '>');
}

static void close_tag(struct buf *out, str name)
{
    buf_add(out, STR("</"));
    buf_add(out, name);
    buf_char(out, '>');
}

void xml_write_element(struct buf *out, str name, str text)
{
    open_tag(out, name, STR(""));
    xml_write_text(out, text);
    close_tag(out, name);
}

static void write_list_items(struct buf *out, const struct service_model *model,
        const struct shape *shape, const struct any_list *list, str name)
{
    for (size_t i = 0; i < list->len; i++)
        xml_write_value(out, model, shape->element, shape_item(model, shape, list, i), name,
                STR(""), TIMESTAMP_DEFAULT);
}

static void write_map_entries(struct buf *out, const struct service_model *model,
        const struct shape *shape, const struct any_list *map, str name)
{
    str key_name = shape->key_name ? str_of(model_str(model, shape->key_name)) : STR("key");
    str value_name = shape->value_name ? str_of(model_str(model, shape->value_name)) : STR("value");

    for (size_t i = 0; i < map->len; i++) {
        const char *entry = shape_item(model, shape, map, i);

        open_tag(out, name, STR(""));
        xml_write_element(out, key_name, *(const str *)entry);
        xml_write_value(out, model, shape->element, entry + SHAPE_ENTRY_VALUE, value_name, STR(""),
                TIMESTAMP_DEFAULT);
        close_tag(out, name);
    }
}

static void write_items(struct buf *out, const struct service_model *model,
        const struct shape *shape, const void *value, str name)
{
    if (shape->kind == SHAPE_LIST)
        write_list_items(out, model, shape, value, name);
    else
        write_map_entries(out, model, shape, value, name);
}

/* xsi:type and the like: attributes stand in the start tag of their structure. */
static str attributes_of(struct buf *out, const struct service_model *model,
        const struct shape *shape, const void *base, str given)
{
    struct buf text = buf_make(out->arena, 4096);

    buf_add(&text, given);
    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &model->members[shape->first_member + i];
        const void *value = shape_member(model, member, base);

        if (!(member->flags & MEMBER_ATTRIBUTE) || !value)
            continue;
        if (str_starts(str_of(model_str(model, member->wire_name)), STR("xsi:")))
            buf_add(&text, STR(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""));
        buf_printf(&text, " %s=\"", model_str(model, member->wire_name));
        xml_write_text(&text, shape_scalar_print(out->arena, shape_of(model, member->shape), value,
                                      TIMESTAMP_ISO8601));
        buf_char(&text, '"');
    }
    return buf_str(&text);
}

static bool has_attributes(const struct service_model *model, const struct shape *shape)
{
    for (size_t i = 0; i < shape->members_len; i++)
        if (model->members[shape->first_member + i].flags & MEMBER_ATTRIBUTE)
            return true;
    return false;
}

void xml_write_members(
        struct buf *out, const struct service_model *model, uint16_t shape, const void *base)
{
    const struct shape *s = shape_of(model, shape);

    for (size_t i = 0; i < s->members_len; i++) {
        const struct member *member = &model->members[s->first_member + i];
        const struct shape *of = shape_of(model, member->shape);
        const void *value = shape_member(model, member, base);
        str name = str_of(model_str(model, member->wire_name));

        if (!value || member->location != IN_BODY || (member->flags & MEMBER_ATTRIBUTE))
            continue;
        if (shape_is_sensitive(model, member))
            arena_hold_secrets(out->arena);
        if ((member->flags & MEMBER_FLATTENED) && (of->kind == SHAPE_LIST || of->kind == SHAPE_MAP))
            write_items(out, model, of, value, name);
        else
            xml_write_value(
                    out, model, member->shape, value, name, STR(""), member->timestamp_format);
    }
}

void xml_write_value(struct buf *out, const struct service_model *model, uint16_t shape,
        const void *value, str name, str attributes, enum timestamp_format format)
{
    const struct shape *s = shape_of(model, shape);

    if (shape_is_structure(s) && has_attributes(model, s))
        attributes = attributes_of(out, model, s, value, attributes);
    open_tag(out, name, attributes);
    if (shape_is_structure(s))
        xml_write_members(out, model, shape, value);
    else if (s->kind == SHAPE_LIST || s->kind == SHAPE_MAP)
        write_items(out, model, s, value, str_of(model_str(model, s->element_name)));
    else
        xml_write_text(out, shape_scalar_print(out->arena, s, value,
                                    format == TIMESTAMP_DEFAULT ? TIMESTAMP_ISO8601 : format));
    close_tag(out, name);
}
