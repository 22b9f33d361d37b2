#include "base/yaml_node.h"

static int parser_error(const yaml_parser_t *parser, struct error *err)
{
    const char *problem = parser->problem ? parser->problem : "document cannot be read";

    if (parser->error == YAML_MEMORY_ERROR)
        abort();
    if (parser->error == YAML_READER_ERROR)
        return error_set(err, EINVAL, "%s at byte %zu", problem, parser->problem_offset);
    return error_set(err, EINVAL, "%s at line %zu, column %zu", problem,
            parser->problem_mark.line + 1, parser->problem_mark.column + 1);
}

int yaml_file_open(str text, struct yaml_file *ret, struct yaml_node *ret_root, struct error *err)
{
    yaml_parser_t parser;
    int r = 0;

    if (!yaml_parser_initialize(&parser))
        abort();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr, text.len);
    if (yaml_parser_load(&parser, &ret->document)) {
        ret->is_open = true;
        *ret_root = (struct yaml_node){&ret->document, yaml_document_get_root_node(&ret->document)};
    } else {
        r = parser_error(&parser, err);
    }
    yaml_parser_delete(&parser);
    return r;
}

void yaml_file_close(struct yaml_file *file)
{
    if (file->is_open)
        yaml_document_delete(&file->document);
    file->is_open = false;
}

str yaml_node_text(struct yaml_node n)
{
    if (!yaml_node_is_scalar(n))
        return (str){0};
    return (str){(const char *)n.node->data.scalar.value, n.node->data.scalar.length};
}

bool yaml_node_is_null(struct yaml_node n)
{
    str text = yaml_node_text(n);

    if (!text.ptr || n.node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    return text.len == 0 || str_eq(text, STR("~")) || str_eq_nocase(text, STR("null"));
}

size_t yaml_node_len(struct yaml_node n)
{
    if (yaml_node_is_sequence(n))
        return (size_t)(n.node->data.sequence.items.top - n.node->data.sequence.items.start);
    if (yaml_node_is_mapping(n))
        return (size_t)(n.node->data.mapping.pairs.top - n.node->data.mapping.pairs.start);
    return 0;
}

static struct yaml_node at(struct yaml_node n, int index)
{
    return (struct yaml_node){n.document, yaml_document_get_node(n.document, index)};
}

struct yaml_node yaml_node_item(struct yaml_node sequence, size_t i)
{
    return at(sequence, sequence.node->data.sequence.items.start[i]);
}

void yaml_node_pair(
        struct yaml_node mapping, size_t i, struct yaml_node *ret_key, struct yaml_node *ret_value)
{
    const yaml_node_pair_t *pair = &mapping.node->data.mapping.pairs.start[i];

    *ret_key = at(mapping, pair->key);
    *ret_value = at(mapping, pair->value);
}

int yaml_node_line(struct yaml_node n)
{
    return n.node ? (int)n.node->start_mark.line + 1 : 1;
}

int yaml_node_column(struct yaml_node n)
{
    return n.node ? (int)n.node->start_mark.column + 1 : 1;
}

int yaml_node_error(struct yaml_node n, struct error *err, const char *fmt, ...)
{
    char message[400];
    va_list args;

    va_start(args, fmt);
    vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    return error_set(err, EINVAL, "%s at line %d, column %d", message, yaml_node_line(n),
            yaml_node_column(n));
}
