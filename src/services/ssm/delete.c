#include "services/ssm/parameter.h"

int ssm_DeleteParameter(struct call *call, const struct ssm_DeleteParameterRequest *in,
        struct ssm_DeleteParameterResult *out)
{
    struct parameter_name name;
    struct parameter p;
    int r = parameter_find(call, in->Name, "ssm:DeleteParameter", &name, &p);

    (void)out;
    if (r < 0)
        return r;
    if (r == 0 || name.selector.ptr)
        return parameter_not_found(call, in->Name);
    return parameter_delete(call->tx, p.id);
}

int ssm_DeleteParameters(struct call *call, const struct ssm_DeleteParametersRequest *in,
        struct ssm_DeleteParametersResult *out)
{
    struct str_list *deleted = &out->DeletedParameters, *invalid = &out->InvalidParameters;

    deleted->items = arena_array(call->arena, in->Names.len, str);
    invalid->items = arena_array(call->arena, in->Names.len, str);
    deleted->is_set = invalid->is_set = true;
    for (size_t i = 0; i < in->Names.len; i++) {
        struct parameter_name name;
        struct parameter p;
        int r = parameter_find(call, in->Names.items[i], "ssm:DeleteParameters", &name, &p);

        if (r < 0)
            return r;
        if (r == 0 || name.selector.ptr) {
            invalid->items[invalid->len++] = in->Names.items[i];
            continue;
        }
        if ((r = parameter_delete(call->tx, p.id)) < 0)
            return r;
        deleted->items[deleted->len++] = in->Names.items[i];
    }
    return 0;
}
