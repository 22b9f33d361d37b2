#include "services/codepipeline/start.h"

#include "base/random.h"
#include "services/codepipeline/provider.h"

static void fill_detail(struct run *run)
{
    struct arena *arena = run->call->arena;
    struct action *a = &run->action;
    struct codepipeline_ActionExecutionInput *input =
            arena_new(arena, struct codepipeline_ActionExecutionInput);

    *input = (struct codepipeline_ActionExecutionInput){
            .actionTypeId = run->as->actionTypeId,
            .configuration = run->as->configuration,
            .roleArn = run->as->roleArn,
            .region = run->call->region,
            .namespace = run->as->namespace,
    };
    a->detail = arena_new(arena, struct codepipeline_ActionExecutionDetail);
    *a->detail = (struct codepipeline_ActionExecutionDetail){
            .pipelineExecutionId = a->execution,
            .actionExecutionId = a->id,
            .pipelineVersion = SOME_INT(run->execution->version),
            .stageName = a->stage,
            .actionName = a->name,
            .startTime = SOME_TIME(run->call->now),
            .lastUpdateTime = SOME_TIME(run->call->now),
            .status = a->status,
            .input = input,
            .output = arena_new(arena, struct codepipeline_ActionExecutionOutput),
    };
    a->detail->output->executionResult =
            arena_new(arena, struct codepipeline_ActionExecutionResult);
}

static int start_provider(struct run *run)
{
    struct outcome outcome = {0};
    int r = run_assume(run, &outcome);

    if (r == 1)
        return run_end(run, &outcome);
    if (r < 0)
        return r;
    if (run->provider->start)
        return run->provider->start(run);
    return queue_add(
            run->call->server->queue, run->call->tx, JOB_ACT, run->action.id, run->action.id, 0);
}

int action_start(struct engine *e, struct execution *x,
        const struct codepipeline_PipelineDeclaration *d,
        const struct codepipeline_ActionDeclaration *as)
{
    struct call *call = e->call;
    struct run run = {
            .call = call,
            .pipeline = &e->pipeline,
            .declaration = d,
            .as = as,
            .provider = provider_find(as->actionTypeId),
            .execution = x,
            .action = {.id = random_uuid(call->arena),
                    .pipeline = e->pipeline.id,
                    .execution = x->id,
                    .position = random_uuid_sortable(call->arena),
                    .stage = x->stage,
                    .name = as->name,
                    .status = STR("InProgress"),
                    .is_current = true},
    };
    struct action_list done;
    str missing = {0};
    int unresolved, r = action_current(call->tx, x->id, &done);

    if (r < 0)
        return r;
    fill_detail(&run);
    artifact_places(&run, &done);
    unresolved = variables_resolve(
            &run, &done, &run.action.detail->input->resolvedConfiguration, &missing);
    if (unresolved < 0)
        return unresolved;
    r = action_insert(call, &run.action);
    if (r == 0)
        r = notice_action(call, &e->pipeline, &run.action, "STARTED");
    if (r < 0)
        return r;
    if (unresolved) {
        struct outcome outcome = outcome_failed("ConfigurationError",
                str_printf(call->arena,
                        "The action failed because one or more of the variables could not be "
                        "resolved: %.*s",
                        STR_ARG(missing)));
        return run_end(&run, &outcome);
    }
    return start_provider(&run);
}
