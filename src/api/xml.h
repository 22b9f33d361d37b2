/*
 * xml - reading XML into a small tree, and writing shapes as XML
 *
 * Reading is expat's, without document types: no entities but the five of XML, no
 * external ones. Namespaces are not looked at; prefixes are cut off.
 *
 * Limits    XML_MAX_DEPTH, XML_MAX_NODES
 */
#pragma once

#include "api/model.h"
#include "base/buf.h"

enum {
    XML_MAX_DEPTH = 100,
    XML_MAX_NODES = 200000
};

struct xml_node {
    str name;
    str text; /* of the element itself, present; white space kept */
    struct xml_attribute *attributes;
    struct xml_node *first_child;
    struct xml_node *next; /* sibling */
};

struct xml_attribute {
    str name;
    str value;
    struct xml_attribute *next;
};

/* -EINVAL malformed, too deep, too much, or with a document type. */
MUST_CHECK int xml_parse(struct arena *arena, str text, struct xml_node **ret, struct error *err);
/* The body members of a structure from the children of `node`. */
MUST_CHECK int xml_read_shape(struct arena *arena, const struct service_model *model,
        uint16_t shape, const struct xml_node *node, void *ret, struct error *err);

void xml_write_text(struct buf *out, str text); /* escaped */
void xml_write_element(struct buf *out, str name, str text);
/* The members that travel in the body, without an element around them. */
void xml_write_members(
        struct buf *out, const struct service_model *model, uint16_t shape, const void *base);
/* <name>value</name>; `attributes` is text for the start tag, may be empty. */
void xml_write_value(struct buf *out, const struct service_model *model, uint16_t shape,
        const void *value, str name, str attributes, enum timestamp_format format);
