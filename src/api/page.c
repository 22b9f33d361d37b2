/*
 * page - page tokens: sealed positions, bound to the operation and the account
 */
#include "api/private.h"

#include "base/codec.h"

enum {
    PAGE_MAX_TOKEN = 8192
};

static str context_of(struct call *call)
{
    return str_printf(call->arena, "page/%s/%.*s/%.*s/%.*s", call->service->model->name,
            STR_ARG(call->private_->target.operation_name), STR_ARG(call->account),
            STR_ARG(call->region));
}

int page_refuse(struct call *call, str token, const struct call_error *invalid)
{
    if (!token.len)
        return 0;
    return call_fail(call, invalid ? invalid : &error_Validation,
            "The specified pagination token is not valid.");
}

int page_open(struct call *call, str token, const struct call_error *invalid, str *ret)
{
    str sealed, position;

    if (!token.len) {
        *ret = (str){0};
        return 0;
    }
    if (token.len > PAGE_MAX_TOKEN || base64url_decode(call->arena, token, &sealed) < 0 ||
            seal_unseal(
                    call->server->seal, call->arena, context_of(call), sealed, &position, NULL) < 0)
        return page_refuse(call, token, invalid);
    *ret = position;
    return 0;
}

str page_seal(struct call *call, str position)
{
    if (!position.ptr)
        return (str){0};
    return base64url_encode(
            call->arena, seal_bytes(call->server->seal, call->arena, context_of(call), position));
}

int64_t page_limit(struct opt_int asked, int64_t preset, int64_t max)
{
    int64_t limit = asked.is_set && asked.value > 0 ? asked.value : preset;

    return limit < max ? limit : max;
}
