#include "services/codepipeline/engine.h"

/* StartPipelineExecution, StopPipelineExecution, RetryStageExecution. */

int engine_default_variables(struct call *call, const struct codepipeline_PipelineDeclaration *d,
        const struct codepipeline_PipelineVariableList *values,
        struct codepipeline_ResolvedPipelineVariableList *ret)
{
    size_t used = 0;

    ret->is_set = true;
    ret->len = d->variables.len;
    ret->items = arena_array(call->arena, ret->len, struct codepipeline_ResolvedPipelineVariable);
    for (size_t i = 0; i < ret->len; i++) {
        ret->items[i].name = d->variables.items[i].name;
        ret->items[i].resolvedValue = d->variables.items[i].defaultValue;
        for (size_t k = 0; values && k < values->len; k++)
            if (str_eq(values->items[k].name, ret->items[i].name)) {
                ret->items[i].resolvedValue = values->items[k].value;
                used++;
            }
        if (!ret->items[i].resolvedValue.ptr)
            return call_fail(call, &codepipeline_ValidationException,
                    "Value for variable %.*s is required", STR_ARG(ret->items[i].name));
    }
    if (values && used != values->len)
        return call_fail(call, &codepipeline_ValidationException,
                "Variables must be declared in the pipeline, and given once");
    return 0;
}

static int check_overrides(struct call *call, const struct codepipeline_PipelineDeclaration *d,
        const struct codepipeline_SourceRevisionOverrideList *list)
{
    for (size_t i = 0; i < list->len; i++) {
        const struct codepipeline_SourceRevisionOverride *o = &list->items[i];
        const struct codepipeline_ActionDeclaration *a =
                stage_action(&d->stages.items[0], o->actionName);
        if (!a)
            return call_fail(call, &codepipeline_ValidationException,
                    "The pipeline has no source action with name '%.*s'", STR_ARG(o->actionName));
        if (!str_eq(o->revisionType, str_eq(a->actionTypeId->provider, STR("S3"))
                                             ? STR("S3_OBJECT_VERSION_ID")
                                             : STR("COMMIT_ID")))
            return call_fail(call, &codepipeline_ValidationException,
                    "The revision type %.*s is not supported for action '%.*s'",
                    STR_ARG(o->revisionType), STR_ARG(o->actionName));
    }
    return 0;
}

int codepipeline_StartPipelineExecution(struct call *call,
        const struct codepipeline_StartPipelineExecutionInput *in,
        struct codepipeline_StartPipelineExecutionOutput *out)
{
    struct start start = {
            .trigger_type = STR("StartPipelineExecution"),
            .trigger_detail = call->principal->arn,
            .wanted = in->sourceRevisions,
            .token = in->clientRequestToken,
    };
    const struct db_row *row;
    struct pipeline p;
    struct engine e;
    int r = pipeline_find(call, in->name, &p);

    if (r == 0)
        r = check_overrides(call, p.declaration, &in->sourceRevisions);
    if (r == 0)
        r = engine_default_variables(call, p.declaration, &in->variables, &start.variables);
    if (r == 0)
        r = engine_open(call, p.id, &e);
    if (r < 0)
        return r;
    if (start.token.ptr) {
        r = db_one(call->tx, &row,
                "select id from codepipeline_execution where pipeline = $1 and token = $2", p.id,
                start.token);
        if (r > 0)
            out->pipelineExecutionId = row_text(row, 0);
        if (r != 0)
            return r < 0 ? r : 0;
    }
    return engine_start(&e, &start, &out->pipelineExecutionId);
}

/* ---- Stop ---------------------------------------------------------------------------------- */

static int abandon(struct engine *e, struct execution *x)
{
    struct action_list tries;
    struct codepipeline_PipelineDeclaration *d;
    int r = action_current(e->call->tx, x->id, &tries);

    if (r >= 0)
        r = pipeline_version(e->call->tx, &e->pipeline, x->version, &d);
    for (size_t i = 0; r >= 0 && i < tries.len; i++) {
        struct run run = {.call = e->call,
                .pipeline = &e->pipeline,
                .declaration = d,
                .execution = x,
                .action = tries.items[i]};
        if (str_eq(tries.items[i].status, STR("InProgress")))
            r = run_end(&run, &(struct outcome){.status = STR("Abandoned")});
    }
    return r < 0 ? r : 0;
}

/* An abandoned action counts as failed; a stopped execution's stage says Stopped. */
static int stop_now(struct engine *e, struct execution *x)
{
    int r = abandon(e, x);

    if (r < 0)
        return r;
    x->status = STR("Stopped");
    r = execution_save(e->call, x);
    if (r == 0 && !x->is_waiting)
        r = db_exec(e->call->tx,
                "update codepipeline_stage set latest_status = 'Stopped' where pipeline = $1"
                " and name = $2 and latest_execution = $3",
                e->pipeline.id, x->stage, x->id);
    if (r >= 0 && !x->is_waiting)
        r = notice_stage(e->call, &e->pipeline, x, x->stage, "STOPPED");
    return r < 0 ? r : notice_pipeline(e->call, &e->pipeline, x, "STOPPED");
}

int codepipeline_StopPipelineExecution(struct call *call,
        const struct codepipeline_StopPipelineExecutionInput *in,
        struct codepipeline_StopPipelineExecutionOutput *out)
{
    bool is_abandoned = in->abandon.is_set && in->abandon.value;
    struct pipeline p;
    struct engine e;
    struct execution x;
    int r = pipeline_find(call, in->pipelineName, &p);

    if (r == 0)
        r = engine_open(call, p.id, &e);
    if (r < 0)
        return r;
    r = execution_load(call->tx, p.id, in->pipelineExecutionId, &x);
    if (r < 0)
        return r;
    if (r == 0 || (!str_eq(x.status, STR("InProgress")) && !str_eq(x.status, STR("Stopping"))))
        return call_fail(call, &codepipeline_PipelineExecutionNotStoppableException,
                "Unable to stop the pipeline execution '%.*s'. The execution is not in progress",
                STR_ARG(in->pipelineExecutionId));
    if (str_eq(x.status, STR("Stopping")) && !is_abandoned)
        return call_fail(call, &codepipeline_DuplicatedStopRequestException,
                "The pipeline execution '%.*s' is already in a Stopping state",
                STR_ARG(in->pipelineExecutionId));
    out->pipelineExecutionId = x.id;
    x.stop_reason = in->reason.ptr ? in->reason : STR("");
    if (is_abandoned) {
        r = stop_now(&e, &x);
    } else {
        x.status = STR("Stopping");
        r = execution_save(e.call, &x);
        if (r == 0)
            r = notice_pipeline(e.call, &e.pipeline, &x, "STOPPING");
    }
    return r < 0 ? r : engine_advance(&e);
}

/* ---- Retry --------------------------------------------------------------------------------- */

static int not_retryable(struct call *call)
{
    return call_fail(call, &codepipeline_StageNotRetryableException,
            "Unable to retry. The pipeline structure or stage state might have changed while "
            "actions awaited retry, or the stage contains no failed actions.");
}

static int check_retry(struct call *call, struct engine *e,
        const struct codepipeline_RetryStageExecutionInput *in, const struct execution *x)
{
    const struct db_row *row;
    struct execution_list live;
    int r = db_one(call->tx, &row,
            "select latest_execution from codepipeline_stage where pipeline = $1 and name = $2",
            e->pipeline.id, in->stageName);

    if (r < 0)
        return r;
    if (r == 0 || !str_eq(row_text(row, 0), x->id))
        return call_fail(call, &codepipeline_NotLatestPipelineExecutionException,
                "The stage has progressed to a later pipeline execution, so the "
                "pipelineExecutionId "
                "'%.*s' is no longer the latest",
                STR_ARG(x->id));
    if (x->version != e->pipeline.version || !str_eq(x->stage, in->stageName) || x->is_waiting ||
            (!str_eq(x->status, STR("Failed")) && !str_eq(x->status, STR("Stopped"))))
        return not_retryable(call);
    r = execution_live(call->tx, e->pipeline.id, &live);
    for (size_t i = 0; r >= 0 && i < live.len; i++)
        if (!live.items[i].is_waiting && str_eq(live.items[i].stage, x->stage))
            return call_fail(call, &codepipeline_ConflictException,
                    "Another execution is in stage '%.*s'", STR_ARG(x->stage));
    return r < 0 ? r : 0;
}

static int reopen(struct engine *e, struct execution *x, bool is_all)
{
    int r = db_exec(e->call->tx,
            "update codepipeline_action set is_current = 0 where execution = $1 and stage = $2"
            " and ($3 = 1 or status in ('Failed', 'Abandoned'))",
            x->id, x->stage, (int)is_all);

    if (r >= 0)
        r = db_exec(e->call->tx,
                "update codepipeline_stage set latest_status = 'InProgress', retries = retries + 1"
                " where pipeline = $1 and name = $2",
                e->pipeline.id, x->stage);
    x->status = STR("InProgress");
    x->stop_reason = (str){0};
    if (r >= 0)
        r = execution_save(e->call, x);
    if (r == 0)
        r = notice_pipeline(e->call, &e->pipeline, x, "RESUMED");
    if (r == 0)
        r = notice_stage(e->call, &e->pipeline, x, x->stage, "RESUMED");
    return r;
}

int codepipeline_RetryStageExecution(struct call *call,
        const struct codepipeline_RetryStageExecutionInput *in,
        struct codepipeline_RetryStageExecutionOutput *out)
{
    struct pipeline p;
    struct engine e;
    struct execution x;
    int r = pipeline_find(call, in->pipelineName, &p);

    if (r < 0)
        return r;
    if (!pipeline_stage(p.declaration, in->stageName))
        return call_fail(call, &codepipeline_StageNotFoundException,
                "The pipeline '%.*s' does not have a stage with name '%.*s'", STR_ARG(p.name),
                STR_ARG(in->stageName));
    r = engine_open(call, p.id, &e);
    if (r == 0)
        r = execution_load(call->tx, p.id, in->pipelineExecutionId, &x);
    if (r < 0)
        return r;
    if (r == 0)
        return not_retryable(call);
    r = check_retry(call, &e, in, &x);
    if (r == 0)
        r = reopen(&e, &x, str_eq(in->retryMode, STR("ALL_ACTIONS")));
    if (r == 0)
        r = engine_advance(&e);
    out->pipelineExecutionId = x.id;
    return r;
}
