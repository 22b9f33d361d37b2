/* Links against what apigen made of sample.smithy, and prints what its tables say. */
#include "gen/sample.h"

#include <stdio.h>

int sample_GetThing(
        struct call *call, const struct sample_GetThingInput *in, struct sample_GetThingOutput *out)
{
    static struct sample_Thing made;

    (void)call;
    made.name = in->thingName;
    out->thing = &made;
    return 7;
}

int sample_PutThing(struct call *call, const struct sample_PutThingInput *in, void *out)
{
    (void)call, (void)in, (void)out;
    return 0;
}

int sample_PutThing_prepare(struct call *call, const struct sample_PutThingInput *in)
{
    (void)call, (void)in;
    return 9;
}

int sample_Ping(struct call *call, const void *in, void *out)
{
    (void)call, (void)in, (void)out;
    return 0;
}

static const char *text(uint32_t offset)
{
    return model_str(&sample_model, offset);
}

static void print_member(const struct operation_member_error *error)
{
    const struct service_model *model = &sample_model;

    printf("member %s", text(model->members[error->member].name));
    printf(" required %s",
            error->required == SHAPE_NONE ? "-" : text(model->errors[error->required].name));
    printf(" invalid %s\n",
            error->invalid == SHAPE_NONE ? "-" : text(model->errors[error->invalid].name));
}

static void print_operation(size_t number)
{
    const struct operation *operation = &sample_model.operations[number];

    printf("operation %s flags %d handler %d prepare %d input %u\n", text(operation->name),
            operation->flags, sample_handlers[number] != NULL, sample_prepares[number] != NULL,
            operation->input_size > 0);
    for (size_t i = 0; i < operation->resources_len; i++)
        printf("resource %s\n", text(sample_model.resources[operation->first_resource + i].arn));
    for (size_t i = 0; i < operation->conditions_len; i++)
        printf("condition %s %s\n",
                text(sample_model.conditions[operation->first_condition + i].key),
                text(sample_model.conditions[operation->first_condition + i].path));
    for (size_t i = 0; i < operation->member_errors_len; i++)
        print_member(&sample_model.member_errors[operation->first_member_error + i]);
}

static void print_shape(uint16_t number)
{
    const struct shape *shape = &sample_model.shapes[number];

    printf("shape %s size %s\n", text(shape->name),
            shape->size == sizeof(struct sample_Thing) ? "ok" : "wrong");
    for (size_t i = 0; i < shape->members_len; i++) {
        const struct member *member = &sample_model.members[shape->first_member + i];
        const struct shape *target = &sample_model.shapes[member->shape];
        printf("  %s at %u kind %d min %lld max %lld pattern %s\n", text(member->name),
                member->offset, target->kind, (long long)target->min, (long long)target->max,
                text(target->pattern));
    }
}

int main(void)
{
    struct sample_GetThingInput in = {STR("x")};
    struct sample_GetThingOutput out = {0};
    int got;

    for (size_t i = 0; i < sample_model.operations_len; i++)
        print_operation(i);
    print_shape(sample_shape_Thing);
    got = sample_handlers[1](NULL, &in, &out);
    printf("get %d %.*s\n", got, STR_ARG(out.thing->name));
    printf("prepare %d\n", sample_prepares[3](NULL, NULL, NULL));
    printf("error %s %d\n", sample_ThingDoesNotExistException.code,
            sample_ThingDoesNotExistException.status);
    return 0;
}
