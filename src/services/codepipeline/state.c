#include "services/codepipeline/pipeline.h"

#include "api/kept.h"

/*
 * GetPipelineState: the stages as they stand. Every move of a pipeline writes its row
 * (engine_open), and so gives it a new mark: one query, if nothing has moved since the answer
 * was made; else four more, whatever the pipeline.
 */

struct stage_row {
    str name, reason, changed_by, latest_execution, latest_status;
    bool is_disabled;
    struct opt_time changed;
    int64_t retries;
};

struct view {
    struct call *call;
    struct pipeline pipeline;
    struct db_rows stages;
    struct action_list actions;
    struct execution_list live;
};

static struct stage_row stage_row(const struct view *view, str name)
{
    for (size_t i = 0; i < view->stages.len; i++) {
        const struct db_row *row = &view->stages.items[i];
        if (!str_eq(row_text(row, 0), name))
            continue;
        return (struct stage_row){
                .name = name,
                .is_disabled = row_int(row, 1) != 0,
                .reason = row_text(row, 2),
                .changed_by = row_text(row, 3),
                .changed = {!row_is_null(row, 4), row_int(row, 4)},
                .latest_execution = row_text(row, 5),
                .latest_status = row_text(row, 6),
                .retries = row_int(row, 7),
        };
    }
    return (struct stage_row){.name = name};
}

static struct codepipeline_ActionExecution *latest_of(struct arena *arena, const struct action *a)
{
    struct codepipeline_ActionExecution *x = arena_new(arena, struct codepipeline_ActionExecution);
    const struct codepipeline_ActionExecutionResult *result = a->detail->output->executionResult;
    bool is_waiting = str_eq(a->status, STR("InProgress"));

    *x = (struct codepipeline_ActionExecution){
            .actionExecutionId = a->id,
            .status = a->status,
            .summary = result->externalExecutionSummary,
            .lastStatusChange = a->detail->lastUpdateTime,
            .token = is_waiting ? a->token : (str){0},
            .lastUpdatedBy = a->detail->updatedBy,
            .externalExecutionId = result->externalExecutionId,
            .externalExecutionUrl = result->externalExecutionUrl,
            .errorDetails = result->errorDetails,
    };
    return x;
}

static struct codepipeline_ActionRevision *revision_of(
        struct arena *arena, const struct codepipeline_ArtifactRevision *revision)
{
    struct codepipeline_ActionRevision *r = arena_new(arena, struct codepipeline_ActionRevision);

    *r = (struct codepipeline_ActionRevision){
            .revisionId = revision->revisionId,
            .revisionChangeId = revision->revisionChangeIdentifier,
            .created = revision->created,
    };
    return r;
}

static void action_state(struct view *view, str stage,
        const struct codepipeline_ActionDeclaration *as, struct codepipeline_ActionState *ret)
{
    struct arena *arena = view->call->arena;

    ret->actionName = as->name;
    ret->entityUrl = configuration_get(&as->configuration, "ExternalEntityLink");
    for (size_t i = 0; i < view->actions.len; i++) {
        const struct action *a = &view->actions.items[i];
        if (!str_eq(a->stage, stage) || !str_eq(a->name, as->name))
            continue;
        ret->latestExecution = latest_of(arena, a);
        if (a->revision) {
            ret->currentRevision = revision_of(arena, a->revision);
            ret->revisionUrl = a->revision->revisionUrl;
        }
    }
}

static struct codepipeline_StageExecution *stage_execution(struct arena *arena, str id, str status)
{
    struct codepipeline_StageExecution *x = arena_new(arena, struct codepipeline_StageExecution);

    *x = (struct codepipeline_StageExecution){id, status, STR("STANDARD")};
    return x;
}

static struct codepipeline_StageExecution *inbound(const struct view *view, str stage)
{
    for (size_t i = 0; i < view->live.len; i++)
        if (view->live.items[i].is_waiting && str_eq(view->live.items[i].stage, stage))
            return stage_execution(
                    view->call->arena, view->live.items[i].id, view->live.items[i].status);
    return NULL;
}

static void stage_state(struct view *view, const struct codepipeline_StageDeclaration *stage,
        struct codepipeline_StageState *ret)
{
    struct arena *arena = view->call->arena;
    struct stage_row row = stage_row(view, stage->name);

    ret->stageName = stage->name;
    ret->inboundExecution = inbound(view, stage->name);
    ret->inboundTransitionState = arena_new(arena, struct codepipeline_TransitionState);
    *ret->inboundTransitionState = (struct codepipeline_TransitionState){
            .enabled = SOME_BOOL(!row.is_disabled),
            .lastChangedBy = row.changed_by,
            .lastChangedAt = row.changed,
            .disabledReason = row.reason,
    };
    if (row.latest_execution.ptr)
        ret->latestExecution = stage_execution(arena, row.latest_execution, row.latest_status);
    if (row.retries) {
        ret->retryStageMetadata = arena_new(arena, struct codepipeline_RetryStageMetadata);
        ret->retryStageMetadata->manualStageRetryAttempt = SOME_INT(row.retries);
        ret->retryStageMetadata->latestRetryTrigger = STR("ManualStageRetry");
    }
    ret->actionStates.is_set = true;
    ret->actionStates.len = stage->actions.len;
    ret->actionStates.items =
            arena_array(arena, stage->actions.len, struct codepipeline_ActionState);
    for (size_t i = 0; i < stage->actions.len; i++)
        action_state(view, stage->name, &stage->actions.items[i], &ret->actionStates.items[i]);
}

/* When nothing was kept: the state from all its rows. */
static int read_state(struct call *call, str name, struct codepipeline_GetPipelineStateOutput *ret)
{
    struct view view = {.call = call};
    int r = pipeline_find(call, name, &view.pipeline);

    if (r == 0)
        r = db_query(call->tx, &view.stages,
                "select name, is_disabled, reason, changed_by, changed, latest_execution,"
                " latest_status, retries from codepipeline_stage where pipeline = $1 limit $2",
                view.pipeline.id, DB_MAX_ROWS);
    if (r >= 0)
        r = action_latest(call->tx, view.pipeline.id, &view.actions);
    if (r >= 0)
        r = execution_live(call->tx, view.pipeline.id, &view.live);
    if (r < 0)
        return r;
    const struct codepipeline_PipelineStageDeclarationList *stages =
            &view.pipeline.declaration->stages;
    *ret = (struct codepipeline_GetPipelineStateOutput){
            .pipelineName = view.pipeline.name,
            .pipelineVersion = SOME_INT(view.pipeline.version),
            .created = SOME_TIME(view.pipeline.created),
            .updated = SOME_TIME(view.pipeline.updated),
    };
    ret->stageStates.is_set = true;
    ret->stageStates.len = stages->len;
    ret->stageStates.items = arena_array(call->arena, stages->len, struct codepipeline_StageState);
    for (size_t i = 0; i < stages->len; i++)
        stage_state(&view, &stages->items[i], &ret->stageStates.items[i]);
    return 0;
}

int codepipeline_GetPipelineState(struct call *call,
        const struct codepipeline_GetPipelineStateInput *in,
        struct codepipeline_GetPipelineStateOutput *out)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select id, mark from codepipeline_pipeline where account = $1 and region = $2"
            " and name = $3",
            call->account, call->region, in->name);

    if (r > 0 && kept_answer(call, row_text(row, 0), row_int(row, 1)))
        return 0;
    if (r >= 0)
        r = read_state(call, in->name, out);
    if (r == 0)
        kept_put(call, row_text(row, 0), row_int(row, 1), out);
    return r;
}
