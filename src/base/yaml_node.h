/*
 * yaml_node - a YAML document as nodes with positions, over libyaml
 *
 * A node is a scalar, a sequence or a mapping, and knows where it stands. An alias is
 * the node itself: nothing is expanded, so a document cannot blow up, but it may
 * contain itself: walk it only to a depth that you know.
 *
 * Memory    nodes point into the struct yaml_file; texts are borrowed from it
 * Errors    -EINVAL "<problem> at line 3, column 7"
 */
#pragma once

#include "base/str.h"

#include <yaml.h>

struct yaml_file {
    yaml_document_t document;
    bool is_open;
};

/* One place in a document; all zero is "no node". */
struct yaml_node {
    yaml_document_t *document;
    const yaml_node_t *node;
};

#define AUTO_YAML __attribute__((cleanup(yaml_file_close)))

/* The first document of `text`. *ret_root is "no node" when there is none. */
MUST_CHECK int yaml_file_open(
        str text, struct yaml_file *ret, struct yaml_node *ret_root, struct error *err);
void yaml_file_close(struct yaml_file *file);

static inline bool yaml_node_is_mapping(struct yaml_node n)
{
    return n.node && n.node->type == YAML_MAPPING_NODE;
}
static inline bool yaml_node_is_sequence(struct yaml_node n)
{
    return n.node && n.node->type == YAML_SEQUENCE_NODE;
}
static inline bool yaml_node_is_scalar(struct yaml_node n)
{
    return n.node && n.node->type == YAML_SCALAR_NODE;
}
/* A plain empty scalar, "~" or "null". */
bool yaml_node_is_null(struct yaml_node n);
str yaml_node_text(struct yaml_node n);   /* absent unless a scalar */
size_t yaml_node_len(struct yaml_node n); /* items of a sequence, pairs of a mapping, or 0 */
struct yaml_node yaml_node_item(struct yaml_node sequence, size_t i);
/* The i-th pair of a mapping. */
void yaml_node_pair(
        struct yaml_node mapping, size_t i, struct yaml_node *ret_key, struct yaml_node *ret_value);
int yaml_node_line(struct yaml_node n);   /* from 1 */
int yaml_node_column(struct yaml_node n); /* from 1 */

/* Fills *err with "<message> at line L, column C" and returns -EINVAL. */
PRINTF(3, 4) int yaml_node_error(struct yaml_node n, struct error *err, const char *fmt, ...);
