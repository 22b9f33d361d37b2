/*
 * query - awsQuery: a form whose names are paths, and XML back
 *
 *     Action=CreateUser&UserName=a&Tags.member.1.Key=k&Tags.member.1.Value=v
 *
 * The pairs are sorted by path, so that what belongs to one member stands together;
 * then the shape is walked with the range that belongs to it.
 */
#include "api/private.h"
#include "api/shape.h"
#include "api/xml.h"

struct form {
    struct call *call;
    const struct service_model *model;
    const struct pair *items;
};

/* Pairs from..to, all of which have the same first `skip` bytes ("Tags.member.1."). */
struct range {
    size_t from, to;
    size_t skip;
};

static int read_value(struct form *form, uint16_t shape, struct range range, void *ret);

static int compare(const void *a, const void *b)
{
    str x = ((const struct pair *)a)->name, y = ((const struct pair *)b)->name;

    for (size_t i = 0; i < x.len && i < y.len; i++) {
        /* '.' before anything else: "a.b" stands beside "a.c", not after "a-". */
        int cx = x.ptr[i] == '.' ? -1 : (unsigned char)x.ptr[i];
        int cy = y.ptr[i] == '.' ? -1 : (unsigned char)y.ptr[i];
        if (cx != cy)
            return cx < cy ? -1 : 1;
    }
    return x.len < y.len ? -1 : x.len > y.len;
}

static int malformed(struct form *form, str name)
{
    return call_fail(form->call, &error_Serialization,
            "Unexpected or invalid value of parameter %.*s", STR_ARG(str_head(name, 256)));
}

static str rest_of(const struct form *form, struct range range, size_t i)
{
    return str_skip(form->items[i].name, range.skip);
}

static bool is_leaf(const struct form *form, struct range range)
{
    return range.to - range.from == 1 && form->items[range.from].name.len + 1 == range.skip;
}

/* Takes the pairs with the next path segment off *range: false at the end. */
static bool next_group(
        const struct form *form, struct range *range, str *ret_segment, struct range *ret)
{
    size_t at = range->from, end;
    str rest, segment;

    if (range->from >= range->to || form->items[at].name.len < range->skip)
        return false;
    rest = rest_of(form, *range, at);
    if (!str_cut(&rest, '.', &segment))
        segment = rest;
    end = at + 1;
    while (end < range->to) {
        str other = rest_of(form, *range, end);
        if (!str_starts(other, segment) ||
                (other.len > segment.len && other.ptr[segment.len] != '.'))
            break;
        end++;
    }
    *ret_segment = segment;
    *ret = (struct range){at, end, range->skip + segment.len + 1};
    range->from = end;
    return true;
}

static int read_scalar(struct form *form, const struct shape *shape, struct range range, void *ret)
{
    const struct pair *pair = &form->items[range.from];
    str value = pair->value.ptr ? pair->value : STR("");

    if (!is_leaf(form, range) ||
            shape_scalar_parse(form->call->arena, shape, value, TIMESTAMP_DEFAULT, ret) < 0)
        return malformed(form, pair->name);
    return 0;
}

struct numbered {
    int64_t number;
    struct range range;
};

static int by_number(const void *a, const void *b)
{
    int64_t x = ((const struct numbered *)a)->number, y = ((const struct numbered *)b)->number;

    return x < y ? -1 : x > y;
}

static int read_entry(struct form *form, const struct shape *shape, struct range range, char *entry)
{
    str key_name = shape->key_name ? str_of(model_str(form->model, shape->key_name)) : STR("key");
    str value_name =
            shape->value_name ? str_of(model_str(form->model, shape->value_name)) : STR("value");
    bool has_key = false, has_value = false;
    struct range part, all = range;
    str segment;

    while (next_group(form, &range, &segment, &part)) {
        int r = 0;
        if (str_eq(segment, key_name))
            has_key = true, r = read_value(form, shape->key, part, entry);
        else if (str_eq(segment, value_name))
            has_value = true, r = read_value(form, shape->element, part, entry + SHAPE_ENTRY_VALUE);
        if (r < 0)
            return r;
    }
    return has_key && has_value ? 0 : malformed(form, form->items[all.from].name);
}

/* "N.…" for N from 1. */
static int read_items(
        struct form *form, const struct shape *shape, struct range range, struct any_list *ret)
{
    struct numbered *items = arena_array(form->call->arena, range.to - range.from, struct numbered);
    struct range part;
    size_t len = 0;
    str segment;

    while (next_group(form, &range, &segment, &part)) {
        if (str_to_i64(segment, &items[len].number) < 0 || items[len].number < 1 ||
                items[len].number > API_MAX_LIST)
            return malformed(form, form->items[part.from].name);
        items[len++].range = part;
    }
    qsort(items, len, sizeof(*items), by_number);
    shape_list_make(form->call->arena, form->model, shape, len, ret);
    for (size_t i = 0; i < len; i++) {
        char *item = (char *)shape_item(form->model, shape, ret, i);
        int r;

        if (i > 0 && items[i].number == items[i - 1].number)
            return malformed(form, form->items[items[i].range.from].name);
        r = shape->kind == SHAPE_MAP ? read_entry(form, shape, items[i].range, item)
                                     : read_value(form, shape->element, items[i].range, item);
        if (r < 0)
            return r;
    }
    return 0;
}

static int read_list(struct form *form, const struct shape *shape, struct range range, bool is_flat,
        struct any_list *ret)
{
    const struct pair *first = &form->items[range.from];
    struct range part;
    str segment;

    /* "Tags=" is an empty list. */
    if (is_leaf(form, range)) {
        if (first->value.len)
            return malformed(form, first->name);
        shape_list_make(form->call->arena, form->model, shape, 0, ret);
        return 0;
    }
    if (is_flat)
        return read_items(form, shape, range, ret);
    if (!next_group(form, &range, &segment, &part) || range.from != range.to ||
            !str_eq(segment, str_of(model_str(form->model, shape->element_name))))
        return malformed(form, first->name);
    return read_items(form, shape, part, ret);
}

static const struct member *member_of(const struct form *form, const struct shape *shape, str name)
{
    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &form->model->members[shape->first_member + i];
        if (str_eq(name, str_of(model_str(form->model, member->wire_name))))
            return member;
    }
    return NULL;
}

static int read_structure(
        struct form *form, const struct shape *shape, struct range range, void *ret)
{
    struct range part;
    str segment;

    while (next_group(form, &range, &segment, &part)) {
        const struct member *member = member_of(form, shape, segment);
        const struct shape *of;
        void *slot;
        int r;

        if (!member)
            continue; /* Action, Version, and what newer clients know */
        of = shape_of(form->model, member->shape);
        slot = shape_member_slot(form->call->arena, form->model, member, ret);
        if (of->kind == SHAPE_LIST || of->kind == SHAPE_MAP)
            r = read_list(form, of, part, member->flags & MEMBER_FLATTENED, slot);
        else
            r = read_value(form, member->shape, part, slot);
        if (r < 0)
            return r;
    }
    return 0;
}

static int read_value(struct form *form, uint16_t shape, struct range range, void *ret)
{
    const struct shape *s = shape_of(form->model, shape);

    if (shape_is_structure(s))
        return read_structure(form, s, range, ret);
    if (s->kind == SHAPE_LIST || s->kind == SHAPE_MAP)
        return read_list(form, s, range, false, ret);
    return read_scalar(form, s, range, ret);
}

static int decode(struct call *call, void *in)
{
    const struct pairs *pairs = &call->private_->target.form;
    struct form form = {call, call->service->model, pairs->items};

    if (call->operation->input == SHAPE_NONE || pairs->len == 0)
        return 0;
    qsort(pairs->items, pairs->len, sizeof(*pairs->items), compare);
    for (size_t i = 0; i < pairs->len; i++) {
        str name = pairs->items[i].name;
        size_t dots = 0;

        for (size_t j = 0; j < name.len; j++)
            dots += name.ptr[j] == '.';
        if (dots > API_MAX_DEPTH || (i > 0 && str_eq(name, pairs->items[i - 1].name)))
            return malformed(&form, name);
    }
    return read_structure(&form, shape_of(form.model, call->operation->input),
            (struct range){0, pairs->len, 0}, in);
}

static void write_metadata(struct buf *body, const struct call *call)
{
    buf_add(body, STR("<ResponseMetadata>"));
    xml_write_element(body, STR("RequestId"), call->request_id);
    buf_add(body, STR("</ResponseMetadata>"));
}

static int encode(struct call *call, const void *out, struct response *ret)
{
    const struct service_model *model = call->service->model;
    const struct operation *operation = call->operation;
    const char *name = model_str(model, operation->name);
    struct buf body = buf_make(call->arena, API_MAX_RESPONSE);

    response_header(ret, STR("Content-Type"), STR("text/xml"));
    buf_printf(&body, "<%sResponse xmlns=\"%s\">", name,
            model->xml_namespace ? model->xml_namespace : "");
    if (operation->output != SHAPE_NONE && out && operation->result_wrapper) {
        const char *wrapper = model_str(model, operation->result_wrapper);
        buf_printf(&body, "<%s>", wrapper);
        xml_write_members(&body, model, operation->output, out);
        buf_printf(&body, "</%s>", wrapper);
    }
    write_metadata(&body, call);
    buf_printf(&body, "</%sResponse>", name);
    if (buf_is_full(&body))
        return call_fail(call, &error_InternalFailure, "the answer is larger than %d bytes",
                API_MAX_RESPONSE);
    ret->body = buf_str(&body);
    return 0;
}

static void encode_error(struct call *call, struct response *ret)
{
    const struct call_failure *failure = &call->failure;
    const char *namespace = call->service ? call->service->model->xml_namespace : NULL;
    struct buf body = buf_make(call->arena, API_MAX_RESPONSE);

    response_header(ret, STR("Content-Type"), STR("text/xml"));
    if (namespace)
        buf_printf(&body, "<ErrorResponse xmlns=\"%s\"><Error>", namespace);
    else
        buf_add(&body, STR("<ErrorResponse><Error>"));
    xml_write_element(&body, STR("Type"), failure->is_sender ? STR("Sender") : STR("Receiver"));
    xml_write_element(&body, STR("Code"), failure->code);
    xml_write_element(&body, STR("Message"), failure->message);
    if (failure->detail && failure->detail_shape != SHAPE_NONE)
        xml_write_members(&body, call->service->model, failure->detail_shape, failure->detail);
    buf_add(&body, STR("</Error>"));
    xml_write_element(&body, STR("RequestId"), call->request_id);
    buf_add(&body, STR("</ErrorResponse>"));
    ret->body = buf_str(&body);
}

const struct wire wire_query = {PROTOCOL_QUERY, FAMILY_QUERY, decode, encode, encode_error};
