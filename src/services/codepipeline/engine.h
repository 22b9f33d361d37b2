/*
 * engine - executions move through stages, and actions through their lives (private)
 *
 *     execution of a pipeline
 *
 *       start ──> waiting ──enter──> in a stage ──all succeeded──> waiting before the next
 *                  before     │         │   │                        or Succeeded (was the last)
 *                  a stage    │         │   └─one failed, none in progress──> Failed
 *                    │        │         │                                       │
 * RetryStageExecution │        │         └─stop──> Stopping ──> Stopped ──────────┴──> in the stage
 * again │        └ one execution at a time is in a stage ├─a newer one waits there too──>
 * Superseded └─stop──> Stopped
 *
 *     action execution
 *
 *       started ──> InProgress ──┬──> Succeeded
 *                                ├──> Failed      (also: role, variables, start refused)
 *                                └──> Abandoned   (the execution was stopped with abandon)
 *
 * What holds: all of a pipeline's moves happen in the transaction that caused them (a
 * push's delivery, an action's end, an API call); advance() then moves on as far as it
 * goes, so no job stands between two steps. Transactions on one pipeline follow each other,
 * because each begins by writing the pipeline's row (engine_open).
 */
#pragma once

#include "services/codepipeline/pipeline.h"

/* One pipeline in one transaction. */
struct engine {
    struct call *call; /* acts as the service, with call->tx */
    struct pipeline pipeline;
};

/* `call` may be anybody's. 0, or 1: the pipeline is gone. */
MUST_CHECK int engine_open(struct call *call, str pipeline, struct engine *ret);

struct start {
    str trigger_type, trigger_detail;
    struct codepipeline_SourceRevisionOverrideList wanted;
    struct codepipeline_ResolvedPipelineVariableList variables;
    str token;
};

/* A new execution, which has gone as far as it can. */
MUST_CHECK int engine_start(struct engine *e, const struct start *start, str *ret_id);
/* The pipeline's variables with `values` (NULL: none) in place of defaults. Fails the call. */
MUST_CHECK int engine_default_variables(struct call *call,
        const struct codepipeline_PipelineDeclaration *d,
        const struct codepipeline_PipelineVariableList *values,
        struct codepipeline_ResolvedPipelineVariableList *ret);
/* Moves what can move. */
MUST_CHECK int engine_advance(struct engine *e);

/* ---- One action ---------------------------------------------------------------------- */

/* An action execution and all around it. */
struct run {
    struct call *call;
    const struct pipeline *pipeline;
    const struct codepipeline_PipelineDeclaration *declaration; /* of the execution's version */
    const struct codepipeline_ActionDeclaration *as;            /* what was declared */
    const struct provider *provider;
    struct execution *execution;
    struct action action;
    struct principal role;
};

struct outcome {
    str status;        /* absent: not ended */
    str code, message; /* of a failure */
    str summary;
    str updated_by;
    struct codepipeline_OutputVariablesMap variables;
    struct codepipeline_ArtifactRevision *revision;
};

/* 1, and the run of an action execution that is in progress; 0 there is none. No role yet. */
MUST_CHECK int run_load(struct call *call, str action_id, struct run *ret);
/* The session of the action's role in run->role. 0, or 1 and why not. */
MUST_CHECK int run_assume(struct run *run, struct outcome *ret);
MUST_CHECK int run_end(struct run *run, const struct outcome *outcome);
/* Ends it and advances the pipeline. */
MUST_CHECK int run_end_and_advance(struct run *run, const struct outcome *outcome);
/* "Failed" with a code of CodePipeline's: PermissionError, ConfigurationError, JobFailed. */
struct outcome outcome_failed(const char *code, str message);
/* The same for a call in process that was refused: "Error calling startBuild: …". */
struct outcome outcome_refused(
        struct arena *arena, const char *what, const char *service, const struct call_failure *why);
/* The configuration with its variables resolved. */
str run_configuration(const struct run *run, const char *key);
/* Where an input artifact lies; NULL: its action was declared without. */
const struct codepipeline_S3Location *run_input(const struct run *run, size_t i);

/* The KMS key of the artifact store; absent: as its bucket says. */
str run_artifact_key(const struct run *run);

/* ---- Variables and artifacts ------------------------------------------------------------ */

/*
 * Resolves #{namespace.variable} of a configuration. 0, or 1 and *ret_missing, the first
 * that is not known.
 */
MUST_CHECK int variables_resolve(const struct run *run, const struct action_list *done,
        struct codepipeline_ResolvedActionConfigurationMap *ret, str *ret_missing);
void variables_set(struct arena *arena, struct codepipeline_OutputVariablesMap *map,
        const char *name, str value);

/* Fills input (where it was made) and output (where it is to be) places of an action. */
void artifact_places(struct run *run, const struct action_list *done);

/* ---- Events -------------------------------------------------------------------------- */

MUST_CHECK int notice_pipeline(
        struct call *call, const struct pipeline *p, const struct execution *x, const char *state);
MUST_CHECK int notice_stage(struct call *call, const struct pipeline *p, const struct execution *x,
        str stage, const char *state);
MUST_CHECK int notice_action(
        struct call *call, const struct pipeline *p, const struct action *a, const char *state);

/* Events of other services; jobs of slow actions and of approvals. */
int pipeline_on_event(struct call *call, const struct event *event);
int pipeline_wants_event(struct call *call, const struct event *event);
#define JOB_ACT "codepipeline.act"
#define JOB_APPROVAL "codepipeline.approval"
enum {
    PIPELINE_JOBS = 2
};
extern const struct job_kind pipeline_jobs[PIPELINE_JOBS];
/* Their steps. */
int act_prepare(struct job *job, struct error *err);
int act_commit(struct job *job, struct tx *tx);
int act_give_up(struct job *job, struct tx *tx, const struct error *why);
int approval_time_over(struct job *job, struct tx *tx);
