#include "services/codepipeline/engine.h"

/* Inbound of a stage is a switch of that stage; outbound is the inbound one of the next. */

static int open_stage(
        struct call *call, str pipeline, str stage, str type, struct engine *ret, str *ret_stage)
{
    const struct codepipeline_StageDeclaration *at;
    struct pipeline p;
    size_t index;
    int r = pipeline_find(call, pipeline, &p);

    if (r < 0)
        return r;
    at = pipeline_stage(p.declaration, stage);
    if (!at)
        return call_fail(call, &codepipeline_StageNotFoundException,
                "The pipeline '%.*s' does not have a stage with name '%.*s'", STR_ARG(pipeline),
                STR_ARG(stage));
    index = (size_t)(at - p.declaration->stages.items) + str_eq(type, STR("Outbound"));
    if (index >= p.declaration->stages.len)
        return call_fail(call, &codepipeline_ValidationException,
                "The last stage '%.*s' has no outbound transition", STR_ARG(stage));
    *ret_stage = p.declaration->stages.items[index].name;
    return engine_open(call, p.id, ret);
}

static int set_disabled(
        struct call *call, const struct engine *e, str stage, bool is_disabled, str reason)
{
    int r = db_exec(call->tx,
            "insert into codepipeline_stage (account, pipeline, name, is_disabled, reason,"
            " changed_by, changed, retries) values ($1, $2, $3, $4, $5, $6, $7, 0)"
            " on conflict (pipeline, name) do update set is_disabled = excluded.is_disabled,"
            " reason = excluded.reason, changed_by = excluded.changed_by,"
            " changed = excluded.changed",
            call->account, e->pipeline.id, stage, is_disabled, reason, call->principal->arn,
            call->now);

    return r < 0 ? r : 0;
}

int codepipeline_DisableStageTransition(
        struct call *call, const struct codepipeline_DisableStageTransitionInput *in, void *out)
{
    struct engine e;
    str stage;
    int r = open_stage(call, in->pipelineName, in->stageName, in->transitionType, &e, &stage);

    (void)out;
    return r < 0 ? r : set_disabled(call, &e, stage, true, in->reason);
}

int codepipeline_EnableStageTransition(
        struct call *call, const struct codepipeline_EnableStageTransitionInput *in, void *out)
{
    struct engine e;
    str stage;
    int r = open_stage(call, in->pipelineName, in->stageName, in->transitionType, &e, &stage);

    (void)out;
    if (r == 0)
        r = set_disabled(call, &e, stage, false, (str){0});
    return r < 0 ? r : engine_advance(&e);
}
