#include "services/codepipeline/pipeline.h"

/* What has been: GetPipelineExecution, ListPipelineExecutions, ListActionExecutions. */

static int find_execution(
        struct call *call, const struct pipeline *p, str id, struct execution *ret)
{
    int r = execution_load(call->tx, p->id, id, ret);

    if (r == 0)
        return call_fail(call, &codepipeline_PipelineExecutionNotFoundException,
                "The pipeline '%.*s' does not have an execution with id '%.*s'", STR_ARG(p->name),
                STR_ARG(id));
    return r < 0 ? r : 0;
}

/* A page of a pipeline's list, newest first: what comes before the position *ret_before. */
static int open_page(
        struct call *call, str token, str name, struct pipeline *ret_pipeline, str *ret_before)
{
    str before;
    int r = page_open(call, token, &codepipeline_InvalidNextTokenException, &before);

    *ret_before = before.ptr ? before : STR("~");
    return r < 0 ? r : pipeline_find(call, name, ret_pipeline);
}

static struct codepipeline_ExecutionTrigger *trigger_of(
        struct arena *arena, const struct execution *x)
{
    struct codepipeline_ExecutionTrigger *t =
            arena_new(arena, struct codepipeline_ExecutionTrigger);

    *t = (struct codepipeline_ExecutionTrigger){x->trigger_type, x->trigger_detail};
    return t;
}

int codepipeline_GetPipelineExecution(struct call *call,
        const struct codepipeline_GetPipelineExecutionInput *in,
        struct codepipeline_GetPipelineExecutionOutput *out)
{
    struct pipeline p;
    struct execution x;
    int r = pipeline_find(call, in->pipelineName, &p);

    if (r == 0)
        r = find_execution(call, &p, in->pipelineExecutionId, &x);
    if (r < 0)
        return r;
    out->pipelineExecution = arena_new(call->arena, struct codepipeline_PipelineExecution);
    *out->pipelineExecution = (struct codepipeline_PipelineExecution){
            .pipelineName = p.name,
            .pipelineVersion = SOME_INT(x.version),
            .pipelineExecutionId = x.id,
            .status = x.status,
            .artifactRevisions = x.revisions,
            .trigger = trigger_of(call->arena, &x),
            .executionMode = STR("SUPERSEDED"),
            .executionType = STR("STANDARD"),
    };
    if (x.variables.len)
        out->pipelineExecution->variables = x.variables;
    return 0;
}

static struct codepipeline_PipelineExecutionSummary summary(
        struct arena *arena, const struct execution *x)
{
    struct codepipeline_PipelineExecutionSummary s = {
            .pipelineExecutionId = x->id,
            .status = x->status,
            .startTime = SOME_TIME(x->started),
            .lastUpdateTime = SOME_TIME(x->updated),
            .sourceRevisions = x->sources,
            .trigger = trigger_of(arena, x),
            .executionMode = STR("SUPERSEDED"),
            .executionType = STR("STANDARD"),
    };

    if (x->stop_reason.ptr) {
        s.stopTrigger = arena_new(arena, struct codepipeline_StopExecutionTrigger);
        s.stopTrigger->reason = x->stop_reason;
    }
    return s;
}

static int query_executions(struct call *call, str pipeline, str stage, str before, size_t limit,
        struct execution_list *ret)
{
    struct db_rows rows;
    int r;

    if (stage.ptr)
        r = db_query(call->tx, &rows,
                EXECUTION_COLUMNS "where id in (select execution from codepipeline_passed"
                                  " where pipeline = $1 and stage = $2 and position < $3"
                                  " order by position desc limit $4) order by position desc",
                pipeline, stage, before, limit);
    else
        r = db_query(call->tx, &rows,
                EXECUTION_COLUMNS
                "where pipeline = $1 and position < $2 order by position desc limit $3",
                pipeline, before, limit);
    return r < 0 ? r : execution_from_rows(call->tx, &rows, ret);
}

int codepipeline_ListPipelineExecutions(struct call *call,
        const struct codepipeline_ListPipelineExecutionsInput *in,
        struct codepipeline_ListPipelineExecutionsOutput *out)
{
    size_t limit = (size_t)page_limit(in->maxResults, 100, 100);
    str stage = in->filter && in->filter->succeededInStage ? in->filter->succeededInStage->stageName
                                                           : (str){0};
    struct execution_list list;
    struct pipeline p;
    str before;
    int r = open_page(call, in->nextToken, in->pipelineName, &p, &before);

    if (r == 0)
        r = query_executions(call, p.id, stage, before, limit + 1, &list);
    if (r < 0)
        return r;
    size_t len = list.len < limit ? list.len : limit;
    out->pipelineExecutionSummaries.is_set = true;
    out->pipelineExecutionSummaries.len = len;
    out->pipelineExecutionSummaries.items =
            arena_array(call->arena, len, struct codepipeline_PipelineExecutionSummary);
    for (size_t i = 0; i < len; i++)
        out->pipelineExecutionSummaries.items[i] = summary(call->arena, &list.items[i]);
    if (list.len > limit)
        out->nextToken = page_seal(call, list.items[len - 1].position);
    return 0;
}

/* ---- Actions ----------------------------------------------------------------------------- */

struct action_filter {
    str execution;   /* absent: any */
    bool is_current; /* only the newest tries */
};

static int read_filter(struct call *call, const struct pipeline *p,
        const struct codepipeline_ActionExecutionFilter *in, struct action_filter *ret)
{
    const struct codepipeline_LatestInPipelineExecutionFilter *latest =
            in ? in->latestInPipelineExecution : NULL;
    struct execution x;

    *ret = (struct action_filter){0};
    if (!in)
        return 0;
    if (latest && in->pipelineExecutionId.ptr)
        return call_fail(call, &codepipeline_ValidationException,
                "pipelineExecutionId and latestInPipelineExecution cannot both be set");
    ret->execution = latest ? latest->pipelineExecutionId : in->pipelineExecutionId;
    ret->is_current = latest && str_eq(latest->startTimeRange, STR("Latest"));
    return ret->execution.ptr ? find_execution(call, p, ret->execution, &x) : 0;
}

static int query_actions(struct call *call, str pipeline, const struct action_filter *filter,
        str before, size_t limit, struct action_list *ret)
{
    struct db_rows rows;
    int r;

    if (filter->execution.ptr)
        r = db_query(call->tx, &rows,
                ACTION_COLUMNS("a") "where a.execution = $1 and a.position < $2"
                                    " and a.is_current >= $3 order by a.position desc limit $4",
                filter->execution, before, filter->is_current, limit);
    else
        r = db_query(call->tx, &rows,
                ACTION_COLUMNS("a") "where a.pipeline = $1 and a.position < $2"
                                    " order by a.position desc limit $3",
                pipeline, before, limit);
    return r < 0 ? r : action_from_rows(call->tx, &rows, ret);
}

int codepipeline_ListActionExecutions(struct call *call,
        const struct codepipeline_ListActionExecutionsInput *in,
        struct codepipeline_ListActionExecutionsOutput *out)
{
    size_t limit = (size_t)page_limit(in->maxResults, 100, 100);
    struct action_filter filter;
    struct action_list list;
    struct pipeline p;
    str before;
    int r = open_page(call, in->nextToken, in->pipelineName, &p, &before);

    if (r == 0)
        r = read_filter(call, &p, in->filter, &filter);
    if (r == 0)
        r = query_actions(call, p.id, &filter, before, limit + 1, &list);
    if (r < 0)
        return r;
    size_t len = list.len < limit ? list.len : limit;
    out->actionExecutionDetails.is_set = true;
    out->actionExecutionDetails.len = len;
    out->actionExecutionDetails.items =
            arena_array(call->arena, len, struct codepipeline_ActionExecutionDetail);
    for (size_t i = 0; i < len; i++)
        out->actionExecutionDetails.items[i] = *list.items[i].detail;
    if (list.len > limit)
        out->nextToken = page_seal(call, list.items[len - 1].position);
    return 0;
}
