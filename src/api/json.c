/*
 * json - awsJson1_0 and awsJson1_1: the input is the body, the operation a header
 */
#include "api/private.h"
#include "api/shape.h"

static int decode(struct call *call, void *in)
{
    const struct operation *operation = call->operation;
    AUTO_JSON json_t *root = NULL;
    struct error err;
    str body = call->private_->target.body;

    if (body.len == 0)
        return 0;
    if (json_parse(body, &root, &err) < 0 || !json_is_object(root))
        return call_fail(call, &error_Serialization, "%s",
                root ? "Unexpected value type in payload" : err.text);
    if (operation->input == SHAPE_NONE)
        return 0;
    if (shape_json_read(call->arena, call->service->model, operation->input, root, in, &err) < 0)
        return call_fail(call, &error_Serialization, "%s", err.text);
    return 0;
}

static str content_type(const struct call *call)
{
    if (call->private_->wire == &wire_json10)
        return STR("application/x-amz-json-1.0");
    return STR("application/x-amz-json-1.1");
}

static int encode(struct call *call, const void *out, struct response *ret)
{
    struct buf body = buf_make(call->arena, API_MAX_RESPONSE);

    response_header(ret, STR("Content-Type"), content_type(call));
    if (call->operation->output == SHAPE_NONE || !out) {
        /* AWS sends an object from operations with an output, nothing from others. */
        ret->body = STR("");
        return 0;
    }
    if (call->private_->kept.out == out) {
        ret->body = call->private_->kept.body;
        return 0;
    }
    shape_json_write(&body, call->service->model, call->operation->output, out, 0);
    if (buf_is_full(&body))
        return call_fail(call, &error_InternalFailure, "the answer is larger than %d bytes",
                API_MAX_RESPONSE);
    ret->body = buf_str(&body);
    return 0;
}

static void write_detail(struct buf *body, const struct call *call)
{
    const struct service_model *model = call->service->model;
    const struct shape *shape = shape_of(model, call->failure.detail_shape);

    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &model->members[shape->first_member + i];
        const void *value = shape_member(model, member, call->failure.detail);
        str name = str_of(model_str(model, member->name));

        if (!value || str_eq_nocase(name, STR("message")))
            continue;
        json_write_key(body, name);
        shape_json_write(body, model, member->shape, value, 0);
    }
}

static void encode_error(struct call *call, struct response *ret)
{
    struct buf body = buf_make(call->arena, API_MAX_RESPONSE);

    response_header(ret, STR("Content-Type"), content_type(call));
    response_header(ret, STR("x-amzn-ErrorType"), call->failure.code);
    buf_char(&body, '{');
    json_write_member(&body, STR("__type"), call->failure.code);
    json_write_member(&body, STR("message"), call->failure.message);
    if (call->failure.detail && call->failure.detail_shape != SHAPE_NONE)
        write_detail(&body, call);
    buf_char(&body, '}');
    ret->body = buf_str(&body);
}

const struct wire wire_json10 = {PROTOCOL_JSON10, FAMILY_JSON, decode, encode, encode_error};
const struct wire wire_json11 = {PROTOCOL_JSON11, FAMILY_JSON, decode, encode, encode_error};
