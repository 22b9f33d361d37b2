#include "api/model.h"

#include "api/shape.h"

const struct operation *model_operation(const struct service_model *model, str name)
{
    size_t low = 0, high = model->operations_len;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(name, str_of(model_str(model, model->operations[middle].name)));

        if (order == 0)
            return &model->operations[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct member *model_member(const struct service_model *model, uint16_t shape, str name)
{
    const struct shape *s;

    if (shape == SHAPE_NONE)
        return NULL;
    s = shape_of(model, shape);
    for (size_t i = 0; i < s->members_len; i++) {
        const struct member *member = &model->members[s->first_member + i];
        if (str_eq(name, str_of(model_str(model, member->name))))
            return member;
    }
    return NULL;
}
