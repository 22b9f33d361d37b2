#include "services/codepipeline/provider.h"

#include "base/random.h"

/*
 * Approval Manual: the action is in progress, with a token, until PutApprovalResult or its
 * time is over.
 */

#define APPROVAL_DEFAULT_MINUTES (7 * 24 * 60)

static int check(struct call *call, const struct codepipeline_ActionDeclaration *a)
{
    if (configuration_get(&a->configuration, "NotificationArn").ptr)
        return configuration_fail(call, a, "NotificationArn",
                "notifications are not supported by this version of Slipway");
    return 0;
}

static int start(struct run *run)
{
    int64_t minutes = run->as->timeoutInMinutes.is_set ? run->as->timeoutInMinutes.value
                                                       : APPROVAL_DEFAULT_MINUTES;
    int r;

    run->action.token = random_uuid(run->call->arena);
    r = action_save(run->call, &run->action);
    if (r < 0)
        return r;
    return queue_add(run->call->server->queue, run->call->tx, JOB_APPROVAL, run->action.id,
            run->action.id, run->call->now + minutes * 60000);
}

const struct provider provider_approval = {
        .category = "Approval",
        .name = "Manual",
        .keys = {{"NotificationArn", false}, {"CustomData", false}, {"ExternalEntityLink", false}},
        .check = check,
        .start = start,
};

int approval_time_over(struct job *job, struct tx *tx)
{
    const struct db_row *row;
    struct outcome outcome;
    struct run run;
    int r = db_one(tx, &row, "select account, region from codepipeline_action where id = $1",
            job->payload);

    if (r > 0)
        r = run_load(call_for_job(job->context, job->arena, tx, row_text(row, 0), row_text(row, 1),
                             &codepipeline_service),
                job->payload, &run);
    if (r <= 0)
        return r;
    outcome = outcome_failed("TimedOut", STR("The approval action has timed out"));
    return run_end_and_advance(&run, &outcome);
}

/* The newest execution of that action: 0, or the call has failed. */
static int find_latest(
        struct call *call, const struct codepipeline_PutApprovalResultInput *in, struct action *ret)
{
    const struct codepipeline_StageDeclaration *stage;
    const struct db_row *row;
    struct pipeline p;
    int r = pipeline_find(call, in->pipelineName, &p);

    if (r < 0)
        return r;
    stage = pipeline_stage(p.declaration, in->stageName);
    if (!stage)
        return call_fail(call, &codepipeline_StageNotFoundException,
                "The pipeline '%.*s' does not have a stage with name '%.*s'", STR_ARG(p.name),
                STR_ARG(in->stageName));
    if (!stage_action(stage, in->actionName))
        return call_fail(call, &codepipeline_ActionNotFoundException,
                "The stage '%.*s' does not have an action with name '%.*s'", STR_ARG(in->stageName),
                STR_ARG(in->actionName));
    r = db_one(call->tx, &row,
            "select action from codepipeline_latest where pipeline = $1 and stage = $2 and name = "
            "$3",
            p.id, in->stageName, in->actionName);
    if (r > 0)
        r = action_load(call->tx, row_text(row, 0), ret);
    if (r == 0)
        return call_fail(
                call, &codepipeline_InvalidApprovalTokenException, "Approval token is invalid");
    return r < 0 ? r : 0;
}

int codepipeline_PutApprovalResult(struct call *call,
        const struct codepipeline_PutApprovalResultInput *in,
        struct codepipeline_PutApprovalResultOutput *out)
{
    bool is_approved = str_eq(in->result->status, STR("Approved"));
    struct outcome outcome = {
            .status = is_approved ? STR("Succeeded") : STR("Failed"),
            .summary = in->result->summary,
            .updated_by = call->principal->arn,
    };
    struct engine e;
    struct action action;
    struct run run;
    int r = find_latest(call, in, &action);

    if (r < 0)
        return r;
    if (!action.token.ptr || !str_eq_secret(action.token, in->token))
        return call_fail(
                call, &codepipeline_InvalidApprovalTokenException, "Approval token is invalid");
    r = engine_open(call, action.pipeline, &e);
    if (r == 0)
        r = run_load(e.call, action.id, &run);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codepipeline_ApprovalAlreadyCompletedException,
                "The approval action has already been approved or rejected");
    r = queue_cancel(call->server->queue, call->tx, JOB_APPROVAL, action.id);
    if (r >= 0)
        r = run_end(&run, &outcome);
    if (r >= 0)
        r = engine_advance(&e);
    out->approvedAt = SOME_TIME(call->now);
    return r;
}
