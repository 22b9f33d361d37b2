#include "services/codepipeline/engine.h"

#include "api/kept.h"
#include "base/random.h"
#include "services/codepipeline/rules.h"
#include "services/codepipeline/start.h"

/* The states and moves are drawn in engine.h; which move comes next is decided in rules.c. */

int engine_open(struct call *call, str pipeline, struct engine *ret)
{
    struct call *own = call_for_job(call->server, call->arena, call->tx, call->account,
            call->region, &codepipeline_service);
    int r = db_exec(call->tx, "update codepipeline_pipeline set mark = $2 where id = $1", pipeline,
            kept_mark());

    ret->call = own;
    if (r > 0)
        r = pipeline_by_id(call->tx, pipeline, &ret->pipeline);
    return r < 0 ? r : r == 0;
}

/* ---- Moves of an execution ------------------------------------------------------------- */

static int set_stage(struct engine *e, const struct execution *x, const char *status)
{
    int r = db_exec(e->call->tx,
            "insert into codepipeline_stage (account, pipeline, name, is_disabled,"
            " latest_execution, latest_status, retries) values ($1, $2, $3, 0, $4, $5, 0)"
            " on conflict (pipeline, name) do update set"
            " latest_execution = excluded.latest_execution, latest_status = excluded.latest_status,"
            " retries = case when codepipeline_stage.latest_execution = excluded.latest_execution"
            " then codepipeline_stage.retries else 0 end",
            e->call->account, e->pipeline.id, x->stage, x->id, status);

    return r < 0 ? r : 0;
}

static int end_execution(
        struct engine *e, struct execution *x, const char *status, const char *state)
{
    int r;

    x->status = str_of(status);
    r = execution_save(e->call, x);
    return r < 0 ? r : notice_pipeline(e->call, &e->pipeline, x, state);
}

static int end_in_stage(
        struct engine *e, struct execution *x, const char *status, const char *state)
{
    int r = set_stage(e, x, status);

    if (r == 0)
        r = notice_stage(e->call, &e->pipeline, x, x->stage, state);
    return r < 0 ? r : end_execution(e, x, status, state);
}

static int enter(struct engine *e, struct execution *x)
{
    int r;

    x->is_waiting = false;
    r = execution_save(e->call, x);
    if (r == 0)
        r = set_stage(e, x, "InProgress");
    return r < 0 ? r : notice_stage(e->call, &e->pipeline, x, x->stage, "STARTED");
}

static str next_stage(const struct codepipeline_PipelineDeclaration *d, str stage)
{
    for (size_t i = 0; i + 1 < d->stages.len; i++)
        if (str_eq(d->stages.items[i].name, stage))
            return d->stages.items[i + 1].name;
    return (str){0};
}

static int note_passed(struct engine *e, const struct execution *x)
{
    int r = db_exec(e->call->tx,
            "insert into codepipeline_passed (account, execution, pipeline, stage, position)"
            " values ($1, $2, $3, $4, $5) on conflict do nothing",
            e->call->account, x->id, e->pipeline.id, x->stage, x->position);

    return r < 0 ? r : 0;
}

static int leave(
        struct engine *e, struct execution *x, const struct codepipeline_PipelineDeclaration *d)
{
    str next = next_stage(d, x->stage);
    int r = set_stage(e, x, "Succeeded");

    if (r == 0)
        r = note_passed(e, x);
    if (r == 0)
        r = notice_stage(e->call, &e->pipeline, x, x->stage, "SUCCEEDED");
    if (r < 0)
        return r;
    if (!next.ptr)
        return str_eq(x->status, STR("Stopping")) ? end_execution(e, x, "Stopped", "STOPPED")
                                                  : end_execution(e, x, "Succeeded", "SUCCEEDED");
    x->stage = next;
    x->is_waiting = true;
    return execution_save(e->call, x);
}

/* ---- In a stage -------------------------------------------------------------------------- */

static enum try_state state_of(const struct action_list *tries, str stage, str name)
{
    for (size_t i = 0; i < tries->len; i++) {
        const struct action *a = &tries->items[i];
        if (!str_eq(a->stage, stage) || !str_eq(a->name, name))
            continue;
        return str_eq(a->status, STR("InProgress"))  ? TRY_IN_PROGRESS
               : str_eq(a->status, STR("Succeeded")) ? TRY_SUCCEEDED
                                                     : TRY_FAILED;
    }
    return TRY_NONE;
}

static int start_group(struct engine *e, struct execution *x,
        const struct codepipeline_PipelineDeclaration *d,
        const struct codepipeline_StageDeclaration *stage, const struct rule_action *rules,
        int64_t order)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < stage->actions.len; i++)
        if (rules[i].run_order == order && rules[i].state == TRY_NONE)
            r = action_start(e, x, d, &stage->actions.items[i]);
    return r;
}

/* 1: something moved, 0: it waits for its actions. */
static int work_in_stage(struct engine *e, struct execution *x)
{
    struct codepipeline_PipelineDeclaration *d;
    const struct codepipeline_StageDeclaration *stage;
    struct action_list tries;
    int64_t order = 0;
    int r = pipeline_version(e->call->tx, &e->pipeline, x->version, &d);

    if (r > 0)
        r = action_current(e->call->tx, x->id, &tries);
    if (r < 0)
        return r;
    stage = pipeline_stage(d, x->stage);
    struct rule_action *rules = arena_array(e->call->arena, stage->actions.len, struct rule_action);
    for (size_t i = 0; i < stage->actions.len; i++)
        rules[i] = (struct rule_action){stage->actions.items[i].runOrder.value,
                state_of(&tries, x->stage, stage->actions.items[i].name)};
    switch (rule_step(rules, stage->actions.len, str_eq(x->status, STR("Stopping")), &order)) {
    case STEP_WAIT:
        return 0;
    case STEP_START:
        r = start_group(e, x, d, stage, rules, order);
        break;
    case STEP_SUCCEED:
        r = leave(e, x, d);
        break;
    case STEP_FAIL:
        r = end_in_stage(e, x, "Failed", "FAILED");
        break;
    case STEP_STOP:
        r = end_in_stage(e, x, "Stopped", "STOPPED");
        break;
    }
    return r < 0 ? r : 1;
}

/* ---- Before a stage ------------------------------------------------------------------------ */

static int transition_is_disabled(struct engine *e, str stage)
{
    const struct db_row *row;
    int r = db_one(e->call->tx, &row,
            "select is_disabled from codepipeline_stage where pipeline = $1 and name = $2",
            e->pipeline.id, stage);

    return r <= 0 ? r : row_int(row, 0) != 0;
}

static int wait_before_stage(struct engine *e, const struct execution_list *live, size_t i)
{
    struct rule_execution *rules = arena_array(e->call->arena, live->len, struct rule_execution);
    struct execution *x = &live->items[i];
    int disabled = transition_is_disabled(e, x->stage);
    int r = 0;

    if (disabled < 0)
        return disabled;
    for (size_t k = 0; k < live->len; k++)
        rules[k] = (struct rule_execution){live->items[k].stage, live->items[k].is_waiting,
                str_eq(live->items[k].status, STR("Stopping"))};
    switch (rule_entry(rules, live->len, i, disabled)) {
    case ENTRY_WAIT:
        return 0;
    case ENTRY_ENTER:
        r = enter(e, x);
        break;
    case ENTRY_SUPERSEDED:
        r = end_execution(e, x, "Superseded", "SUPERSEDED");
        break;
    case ENTRY_STOPPED:
        r = end_execution(e, x, "Stopped", "STOPPED");
        break;
    }
    return r < 0 ? r : 1;
}

/* One move: 1, or 0 there is none. Rows are read again after each, as it may end anything. */
static int move_one(struct engine *e)
{
    struct execution_list live;
    int r = execution_live(e->call->tx, e->pipeline.id, &live);

    for (size_t i = 0; r == 0 && i < live.len; i++)
        r = live.items[i].is_waiting ? wait_before_stage(e, &live, i)
                                     : work_in_stage(e, &live.items[i]);
    return r;
}

int engine_advance(struct engine *e)
{
    int r;

    while ((r = move_one(e)) > 0)
        ;
    return r;
}

int engine_start(struct engine *e, const struct start *start, str *ret_id)
{
    struct call *call = e->call;
    struct execution x = {
            .id = random_uuid(call->arena),
            .pipeline = e->pipeline.id,
            .position = random_uuid_sortable(call->arena),
            .version = e->pipeline.version,
            .status = STR("InProgress"),
            .stage = e->pipeline.declaration->stages.items[0].name,
            .is_waiting = true,
            .trigger_type = start->trigger_type,
            .trigger_detail = start->trigger_detail,
            .wanted = start->wanted,
            .variables = start->variables,
            .started = call->now,
            .updated = call->now,
    };
    int r;

    x.wanted.is_set = x.variables.is_set = x.revisions.is_set = x.sources.is_set = true;
    r = execution_insert(call, &x, start->token);
    if (r == 0)
        r = notice_pipeline(call, &e->pipeline, &x, "STARTED");
    if (r == 0)
        r = engine_advance(e);
    *ret_id = x.id;
    return r;
}
