#include "services/codepipeline/engine.h"

#include "base/buf.h"

/*
 * #{SourceVariables.CommitId}: what earlier actions of the execution gave out under their
 * namespace; #{variables.NAME}: the pipeline's own; #{codepipeline.PipelineExecutionId}.
 *
 * Source: CodePipeline User Guide, "Working with variables".
 */

enum {
    RESOLVED_MAX = 65536
};

static str in_map(const struct codepipeline_OutputVariablesMap *map, str name)
{
    for (size_t i = 0; i < map->len; i++)
        if (str_eq(map->items[i].key, name))
            return map->items[i].value;
    return (str){0};
}

static str look_up(const struct run *run, const struct action_list *done, str namespace, str name)
{
    const struct execution *x = run->execution;

    if (str_eq(namespace, STR("codepipeline")))
        return str_eq(name, STR("PipelineExecutionId")) ? x->id : (str){0};
    if (str_eq(namespace, STR("variables"))) {
        for (size_t i = 0; i < x->variables.len; i++)
            if (str_eq(x->variables.items[i].name, name))
                return x->variables.items[i].resolvedValue;
        return (str){0};
    }
    for (size_t i = 0; i < done->len; i++) {
        const struct codepipeline_ActionExecutionDetail *detail = done->items[i].detail;
        if (str_eq(done->items[i].status, STR("Succeeded")) && detail->input->namespace.ptr &&
                str_eq(detail->input->namespace, namespace))
            return in_map(&detail->output->outputVariables, name);
    }
    return (str){0};
}

static int expand(
        const struct run *run, const struct action_list *done, str text, str *ret, str *ret_missing)
{
    struct buf out = buf_make(run->call->arena, RESOLVED_MAX);
    ptrdiff_t at, end;

    while ((at = str_find(text, STR("#{"))) >= 0 &&
            (end = str_find(str_skip(text, (size_t)at), STR("}"))) >= 0) {
        str reference = {text.ptr + at + 2, (size_t)end - 2}, rest = reference, namespace, value;
        buf_add(&out, str_head(text, (size_t)at));
        value = str_cut(&rest, '.', &namespace) ? look_up(run, done, namespace, rest) : (str){0};
        if (!value.ptr) {
            *ret_missing = str_printf(run->call->arena, "#{%.*s}", STR_ARG(reference));
            return 1;
        }
        buf_add(&out, value);
        text = str_skip(text, (size_t)(at + end) + 1);
    }
    buf_add(&out, text);
    *ret = buf_str(&out);
    return buf_is_full(&out) ? error_set(&run->call->tx->error, E2BIG,
                                       "a configuration is larger than %d bytes", RESOLVED_MAX)
                             : 0;
}

int variables_resolve(const struct run *run, const struct action_list *done,
        struct codepipeline_ResolvedActionConfigurationMap *ret, str *ret_missing)
{
    const struct codepipeline_ActionConfigurationMap *map = &run->as->configuration;
    int r = 0;

    ret->is_set = true;
    ret->items = arena_array(
            run->call->arena, map->len, struct codepipeline_ResolvedActionConfigurationMap_entry);
    for (ret->len = 0; r == 0 && ret->len < map->len; ret->len++) {
        ret->items[ret->len].key = map->items[ret->len].key;
        ret->items[ret->len].value = map->items[ret->len].value;
        r = expand(run, done, map->items[ret->len].value, &ret->items[ret->len].value, ret_missing);
    }
    return r;
}

void variables_set(struct arena *arena, struct codepipeline_OutputVariablesMap *map,
        const char *name, str value)
{
    struct codepipeline_OutputVariablesMap_entry *items =
            arena_array(arena, map->len + 1, struct codepipeline_OutputVariablesMap_entry);

    if (map->len)
        memcpy(items, map->items, map->len * sizeof(*items));
    items[map->len] = (struct codepipeline_OutputVariablesMap_entry){str_of(name), value};
    map->items = items;
    map->len++;
    map->is_set = true;
}
