#include "services/ssm/parameter.h"

int parameter_show(struct call *call, const struct parameter *p, str selector,
        struct opt_bool decrypt, struct ssm_Parameter *ret)
{
    *ret = (struct ssm_Parameter){
            .Name = p->name,
            .Type = p->type,
            .Version = SOME_INT(p->version),
            .Selector = selector,
            .LastModifiedDate = SOME_TIME(p->changed),
            .ARN = name_arn(call, p->name),
            .DataType = p->data_type,
    };
    return value_show(call, p, decrypt, &ret->Value);
}

static int get_reference(struct call *call, const struct ssm_GetParameterRequest *in,
        struct ssm_GetParameterResult *out)
{
    int r = reference_get(call, "ssm:GetParameter", in->Name, in->WithDecryption, out->Parameter);

    if (r == 0)
        return call_fail(call, &ssm_ParameterNotFound,
                "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret "
                "%.*s not found.",
                STR_ARG(in->Name));
    return r < 0 ? r : 0;
}

int ssm_GetParameter(struct call *call, const struct ssm_GetParameterRequest *in,
        struct ssm_GetParameterResult *out)
{
    struct parameter_name name;
    struct parameter p;
    int r;

    out->Parameter = arena_new(call->arena, struct ssm_Parameter);
    if (reference_is(in->Name))
        return get_reference(call, in, out);
    r = parameter_find(call, in->Name, "ssm:GetParameter", &name, &p);
    if (r == 0)
        return parameter_not_found(call, in->Name);
    if (r < 0 || (r = parameter_select_or_fail(call, name.selector, &p)) < 0)
        return r;
    return parameter_show(call, &p, name.selector, in->WithDecryption, out->Parameter);
}

/* 1 and the parameter, or 0 where neither it nor the version is there. */
static int get_one(struct call *call, str ref, struct opt_bool decrypt, struct ssm_Parameter *ret)
{
    struct parameter_name name;
    struct parameter p;
    int r;

    if (reference_is(ref))
        return reference_get(call, "ssm:GetParameters", ref, decrypt, ret);
    r = parameter_find(call, ref, "ssm:GetParameters", &name, &p);
    if (r <= 0)
        return r;
    r = parameter_select(call, name.selector, &p);
    if (r <= 0)
        return r;
    r = parameter_show(call, &p, name.selector, decrypt, ret);
    return r < 0 ? r : 1;
}

int ssm_GetParameters(struct call *call, const struct ssm_GetParametersRequest *in,
        struct ssm_GetParametersResult *out)
{
    struct str_list *invalid = &out->InvalidParameters;

    out->Parameters.items = arena_array(call->arena, in->Names.len, struct ssm_Parameter);
    invalid->items = arena_array(call->arena, in->Names.len, str);
    out->Parameters.is_set = invalid->is_set = true;
    for (size_t i = 0; i < in->Names.len; i++) {
        str name = in->Names.items[i];

        for (size_t k = 0; k < i; k++)
            if (str_eq(name, in->Names.items[k]))
                return call_fail(call, &error_Validation,
                        "The request has the parameter name %.*s more than once.", STR_ARG(name));
        int r = get_one(
                call, name, in->WithDecryption, &out->Parameters.items[out->Parameters.len]);
        if (r < 0)
            return r;
        if (r == 0)
            invalid->items[invalid->len++] = name;
        else
            out->Parameters.len++;
    }
    return 0;
}
