#include "api/template.h"

#include "api/service.h"
#include "api/shape.h"

enum {
    TEMPLATE_MAX = 65536 /* bytes of an expanded one */
};

static str value_of(struct call *call, str name, const void *in)
{
    const struct service_model *model = call->service->model;
    str path, preset = name;
    uint16_t shape;
    const void *value;
    str text = {0};

    if (str_eq(name, STR("region")))
        return call->region;
    if (str_eq(name, STR("account")))
        return call->account;
    if (!str_cut(&preset, '=', &path)) {
        path = name;
        preset = STR("");
    }
    value = in && call->operation->input != SHAPE_NONE
                    ? shape_path(model, call->operation->input, in, path, &shape)
                    : NULL;
    if (value)
        text = shape_text(call->arena, model, shape, value);
    return text.ptr ? text : preset;
}

str template_expand(struct call *call, const char *template, const void *in)
{
    struct buf out = buf_make(call->arena, TEMPLATE_MAX);
    str rest = str_of(template), head, name;

    while (str_cut(&rest, '{', &head)) {
        buf_add(&out, head);
        if (!str_cut(&rest, '}', &name))
            break;
        buf_add(&out, value_of(call, name, in));
    }
    buf_add(&out, rest);
    return buf_str(&out);
}
