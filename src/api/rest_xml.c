/*
 * rest_xml - restXml (S3): path, query, headers and an XML body
 */
#include "api/private.h"
#include "api/shape.h"
#include "api/xml.h"
#include "base/codec.h"

/* ---- The request ----------------------------------------------------------------------- */

static const char *wire_name(const struct call *call, const struct member *member)
{
    return model_str(call->service->model, member->wire_name);
}

static enum timestamp_format format_of(const struct member *member, enum timestamp_format preset)
{
    return member->timestamp_format == TIMESTAMP_DEFAULT ? preset : member->timestamp_format;
}

static int bad_value(struct call *call, const struct member *member)
{
    return call_fail(
            call, &error_Validation, "The value of %s is not valid.", wire_name(call, member));
}

static int read_text(struct call *call, const struct member *member, str text,
        enum timestamp_format format, void *in)
{
    const struct shape *shape = shape_of(call->service->model, member->shape);
    char *slot = (char *)in + member->offset;

    if (!text.ptr)
        return 0;
    if (shape->kind != SHAPE_STRING)
        text = str_trim(text);
    if (shape_scalar_parse(call->arena, shape, text, format_of(member, format), slot) < 0)
        return bad_value(call, member);
    return 0;
}

/* "x-amz-object-attributes: ETag, Checksum": one list from one header. */
static int read_header_list(struct call *call, const struct member *member, str text, void *in)
{
    const struct service_model *model = call->service->model;
    const struct shape *list = shape_of(model, member->shape);
    struct str_list parts = str_split(call->arena, text, ',');
    struct any_list items;

    shape_list_make(call->arena, model, list, parts.len, &items);
    for (size_t i = 0; i < parts.len; i++)
        if (shape_scalar_parse(call->arena, shape_of(model, list->element),
                    str_trim(parts.items[i]), TIMESTAMP_HTTP,
                    (void *)shape_item(model, list, &items, i)) < 0)
            return bad_value(call, member);
    *(struct any_list *)((char *)in + member->offset) = items;
    return 0;
}

static int read_header(struct call *call, const struct member *member, void *in)
{
    str text = httpd_header(call->private_->req, str_of(wire_name(call, member)));

    if (!text.ptr)
        return 0;
    if (shape_of(call->service->model, member->shape)->kind == SHAPE_LIST)
        return read_header_list(call, member, text, in);
    return read_text(call, member, text, TIMESTAMP_HTTP, in);
}

/* x-amz-meta-…: a map of all headers with a prefix. */
static int read_prefixed(struct call *call, const struct member *member, void *in)
{
    const struct httpd_headers *headers = &call->private_->req->headers;
    const struct service_model *model = call->service->model;
    const struct shape *shape = shape_of(model, member->shape);
    str prefix = str_of(wire_name(call, member));
    struct any_list map;
    size_t len = 0;

    shape_list_make(call->arena, model, shape, headers->len, &map);
    for (size_t i = 0; i < headers->len; i++) {
        str name = headers->items[i].name;
        char *entry;

        if (name.len <= prefix.len || !str_eq_nocase(str_head(name, prefix.len), prefix))
            continue;
        if (!str_is_utf8(headers->items[i].value))
            return bad_value(call, member);
        entry = (char *)shape_item(model, shape, &map, len++);
        *(str *)entry = str_lower(call->arena, str_skip(name, prefix.len));
        *(str *)(entry + SHAPE_ENTRY_VALUE) = headers->items[i].value;
    }
    map.len = len;
    if (len)
        *(struct any_list *)((char *)in + member->offset) = map;
    return 0;
}

static int read_query(struct call *call, const struct member *member, void *in)
{
    const struct pair *pair =
            pairs_find(&call->private_->target.query, str_of(wire_name(call, member)));

    if (!pair)
        return 0;
    return read_text(call, member, pair->value.ptr ? pair->value : STR(""), TIMESTAMP_ISO8601, in);
}

static int read_label(struct call *call, const struct member *member, void *in)
{
    const struct pair *pair = pairs_find(
            &call->private_->target.labels, str_of(model_str(call->service->model, member->name)));

    return pair ? read_text(call, member, pair->value, TIMESTAMP_ISO8601, in) : 0;
}

static int parse_body(struct call *call, struct xml_node **ret)
{
    struct error err;

    if (xml_parse(call->arena, call->private_->target.body, ret, &err) < 0)
        return call_fail(call, &error_Serialization,
                "The XML you provided was not well-formed or did not validate against our "
                "published schema");
    return 0;
}

static int read_node(struct call *call, uint16_t shape, const struct xml_node *node, void *value)
{
    struct error err;

    if (xml_read_shape(call->arena, call->service->model, shape, node, value, &err) < 0)
        return call_fail(call, &error_Serialization,
                "The XML you provided was not well-formed or did not validate against our "
                "published schema");
    return 0;
}

/* One member is the whole body. */
static int read_payload(struct call *call, const struct member *member, void *in)
{
    const struct service_model *model = call->service->model;
    const struct shape *shape = shape_of(model, member->shape);
    str body = call->private_->target.body;
    struct xml_node *root;
    int r;

    if ((member->flags & MEMBER_STREAMING) || body.len == 0)
        return 0;
    if (shape_is_text(shape)) {
        if (shape->kind != SHAPE_BLOB && !str_is_utf8(body))
            return bad_value(call, member);
        *(str *)((char *)in + member->offset) = body;
        return 0;
    }
    r = parse_body(call, &root);
    if (r < 0)
        return r;
    return read_node(call, member->shape, root, shape_member_slot(call->arena, model, member, in));
}

static int read_member(struct call *call, const struct member *member, void *in)
{
    switch (member->location) {
    case IN_HEADER:
        return read_header(call, member, in);
    case IN_HEADERS:
        return read_prefixed(call, member, in);
    case IN_QUERY:
        return read_query(call, member, in);
    case IN_PATH:
        return read_label(call, member, in);
    case IN_PAYLOAD:
        return read_payload(call, member, in);
    default:
        return 0;
    }
}

static int decode(struct call *call, void *in)
{
    const struct service_model *model = call->service->model;
    bool has_body = false;
    struct xml_node *root;
    int r;

    if (call->operation->input == SHAPE_NONE)
        return 0;
    const struct shape *shape = shape_of(model, call->operation->input);
    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &model->members[shape->first_member + i];

        has_body = has_body || (member->location == IN_BODY);
        r = read_member(call, member, in);
        if (r < 0)
            return r;
    }
    if (!has_body || call->private_->target.body.len == 0)
        return 0;
    r = parse_body(call, &root);
    return r < 0 ? r : read_node(call, call->operation->input, root, in);
}

/* ---- The answer -------------------------------------------------------------------------- */

static void write_header(
        struct call *call, const struct member *member, const void *value, struct response *ret)
{
    const struct service_model *model = call->service->model;
    const struct shape *shape = shape_of(model, member->shape);
    str name = str_of(wire_name(call, member));

    if (member->location == IN_HEADER && shape->kind == SHAPE_LIST) {
        const struct str_list *list = value;
        response_header(ret, name, str_join(call->arena, *list, STR(", ")));
    } else if (member->location == IN_HEADER) {
        response_header(ret, name,
                shape_scalar_print(call->arena, shape, value, format_of(member, TIMESTAMP_HTTP)));
    } else {
        const struct any_list *map = value;
        for (size_t i = 0; i < map->len; i++) {
            const char *entry = shape_item(model, shape, map, i);
            response_header(ret, str_concat(call->arena, name, *(const str *)entry),
                    *(const str *)(entry + SHAPE_ENTRY_VALUE));
        }
    }
}

static void open_document(struct buf *body)
{
    buf_add(body, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
}

static str namespace_attribute(const struct call *call)
{
    const char *namespace = call->service->model->xml_namespace;

    return namespace ? str_printf(call->arena, " xmlns=\"%s\"", namespace) : STR("");
}

static void write_payload(
        struct call *call, const struct member *member, const void *value, struct buf *body)
{
    const struct service_model *model = call->service->model;

    if (shape_is_text(shape_of(model, member->shape))) {
        buf_add(body, *(const str *)value);
        return;
    }
    open_document(body);
    xml_write_value(body, model, member->shape, value, str_of(wire_name(call, member)),
            namespace_attribute(call), TIMESTAMP_DEFAULT);
}

/* S3's GetBucketLocation: the only member is the document itself. */
static void write_unwrapped(struct call *call, const void *out, struct buf *body)
{
    const struct service_model *model = call->service->model;
    const struct shape *shape = shape_of(model, call->operation->output);

    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &model->members[shape->first_member + i];
        const void *value = shape_member(model, member, out);
        static const str empty = STR_INIT("");

        if (member->location != IN_BODY)
            continue;
        open_document(body);
        xml_write_value(body, model, member->shape, value ? value : &empty,
                str_of(wire_name(call, member)), namespace_attribute(call),
                member->timestamp_format);
        return;
    }
}

static void write_document(struct call *call, const void *out, struct buf *body)
{
    const struct service_model *model = call->service->model;
    const struct shape *shape = shape_of(model, call->operation->output);
    const char *root = model_str(model, shape->element_name ? shape->element_name : shape->name);

    if (call->operation->flags & OP_UNWRAPPED_XML) {
        write_unwrapped(call, out, body);
        return;
    }
    open_document(body);
    buf_printf(body, "<%s%.*s>", root, STR_ARG(namespace_attribute(call)));
    xml_write_members(body, model, call->operation->output, out);
    buf_printf(body, "</%s>", root);
}

static int encode(struct call *call, const void *out, struct response *ret)
{
    const struct service_model *model = call->service->model;
    struct buf body = buf_make(call->arena, API_MAX_RESPONSE);
    bool has_document = false, has_payload = false;

    ret->body = STR("");
    if (call->operation->output == SHAPE_NONE || !out)
        return 0;
    const struct shape *shape = shape_of(model, call->operation->output);
    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &model->members[shape->first_member + i];
        const void *value = shape_member(model, member, out);

        has_document = has_document || member->location == IN_BODY;
        has_payload = has_payload || member->location == IN_PAYLOAD;
        if (!value)
            continue;
        if (member->location == IN_HEADER || member->location == IN_HEADERS)
            write_header(call, member, value, ret);
        else if (member->location == IN_PAYLOAD)
            write_payload(call, member, value, &body);
        else if (member->location == IN_STATUS)
            ret->status = (int)((const struct opt_int *)value)->value;
    }
    if (has_document && !has_payload)
        write_document(call, out, &body);
    if (buf_is_full(&body))
        return call_fail(call, &error_InternalFailure, "the answer is larger than %d bytes",
                API_MAX_RESPONSE);
    ret->body = buf_str(&body);
    if (ret->body.len && !call->private_->answer.fn)
        response_header(ret, STR("Content-Type"), STR("application/xml"));
    return 0;
}

/* What the error is about, as S3 has it in the document. */
static void write_subject(struct call *call, struct buf *body)
{
    const struct pairs *labels = &call->private_->target.labels;
    const struct pair *bucket = pairs_find(labels, STR("Bucket")),
                      *key = pairs_find(labels, STR("Key"));
    const struct pairs *extra = &call->private_->error_extra;

    if (bucket && str_eq(call->failure.code, STR("NoSuchBucket")))
        xml_write_element(body, STR("BucketName"), bucket->value);
    if (key && str_eq(call->failure.code, STR("NoSuchKey")))
        xml_write_element(body, STR("Key"), key->value);
    for (size_t i = 0; i < extra->len; i++)
        xml_write_element(body, extra->items[i].name, extra->items[i].value);
}

static void encode_error(struct call *call, struct response *ret)
{
    const struct call_failure *failure = &call->failure;
    struct buf body = buf_make(call->arena, API_MAX_RESPONSE);

    response_header(ret, STR("Content-Type"), STR("application/xml"));
    ret->body = STR("");
    if (failure->status == 304)
        return;
    open_document(&body);
    buf_add(&body, STR("<Error>"));
    xml_write_element(&body, STR("Code"), failure->code);
    xml_write_element(&body, STR("Message"), failure->message);
    if (failure->detail && failure->detail_shape != SHAPE_NONE)
        xml_write_members(&body, call->service->model, failure->detail_shape, failure->detail);
    write_subject(call, &body);
    if (call->private_->req)
        xml_write_element(&body, STR("Resource"), call->private_->req->path);
    xml_write_element(&body, STR("RequestId"), call->request_id);
    xml_write_element(&body, STR("HostId"), call->event_id);
    buf_add(&body, STR("</Error>"));
    ret->body = buf_str(&body);
}

const struct wire wire_rest_xml = {PROTOCOL_REST_XML, FAMILY_S3, decode, encode, encode_error};
