#include "services/codepipeline/provider.h"

#include "services/sts/sts.h"

/* An action execution in progress: its role, its configuration, its end. */

int run_load(struct call *call, str action_id, struct run *ret)
{
    struct run run = {.call = call, .execution = arena_new(call->arena, struct execution)};
    struct pipeline *p = arena_new(call->arena, struct pipeline);
    struct codepipeline_PipelineDeclaration *d;
    int r = action_load(call->tx, action_id, &run.action);

    if (r <= 0 || !str_eq(run.action.status, STR("InProgress")))
        return r < 0 ? r : 0;
    r = pipeline_by_id(call->tx, run.action.pipeline, p);
    if (r > 0)
        r = execution_load(call->tx, p->id, run.action.execution, run.execution);
    if (r > 0)
        r = pipeline_version(call->tx, p, run.execution->version, &d);
    if (r <= 0)
        return r;
    run.pipeline = p;
    run.declaration = d;
    run.as = stage_action(pipeline_stage(d, run.action.stage), run.action.name);
    run.provider = provider_find(run.as->actionTypeId);
    *ret = run;
    return 1;
}

/* ---- The role ---------------------------------------------------------------------------- */

int run_assume(struct run *run, struct outcome *ret)
{
    str role = run->as->roleArn.ptr ? run->as->roleArn : run->declaration->roleArn;
    int r = sts_assume_service_role(
            run->call, role, PIPELINE_SERVICE, run->pipeline->name, &run->role);

    if (r != -EACCES)
        return r;
    *ret = outcome_failed("PermissionError",
            str_printf(run->call->arena,
                    "CodePipeline is not authorized to perform AssumeRole on role %.*s",
                    STR_ARG(role)));
    return 1;
}

/* ---- Configuration ------------------------------------------------------------------------- */

str run_configuration(const struct run *run, const char *key)
{
    const struct codepipeline_ResolvedActionConfigurationMap *map =
            &run->action.detail->input->resolvedConfiguration;

    for (size_t i = 0; i < map->len; i++)
        if (str_eq(map->items[i].key, str_of(key)))
            return map->items[i].value;
    return (str){0};
}

const struct codepipeline_S3Location *run_input(const struct run *run, size_t i)
{
    return run->action.detail->input->inputArtifacts.items[i].s3location;
}

str run_artifact_key(const struct run *run)
{
    const struct codepipeline_EncryptionKey *key = pipeline_store(run->declaration)->encryptionKey;

    return key ? key->id : (str){0};
}

/* ---- The end ----------------------------------------------------------------------------- */

struct outcome outcome_failed(const char *code, str message)
{
    return (struct outcome){.status = STR("Failed"), .code = str_of(code), .message = message};
}

static bool is_denied(str code)
{
    return str_starts(code, STR("AccessDenied")) || str_starts(code, STR("KMS.AccessDenied"));
}

struct outcome outcome_refused(
        struct arena *arena, const char *what, const char *service, const struct call_failure *why)
{
    return outcome_failed(is_denied(why->code) ? "PermissionError" : "ConfigurationError",
            str_printf(arena,
                    "Error calling %s: %.*s (Service: %s; Status Code: %d; Error Code: %.*s)", what,
                    STR_ARG(why->message), service, why->status, STR_ARG(why->code)));
}

static int note_revision(struct run *run, struct codepipeline_ArtifactRevision *revision)
{
    struct execution *x = run->execution;
    struct arena *arena = run->call->arena;
    struct codepipeline_ArtifactRevision *revisions;
    struct codepipeline_SourceRevision *sources;
    size_t n = 0, m = 0;
    int r = execution_load(run->call->tx, run->pipeline->id, x->id, x); /* others may have ended */

    if (r < 0)
        return r;
    revisions = arena_array(arena, x->revisions.len + 1, struct codepipeline_ArtifactRevision);
    sources = arena_array(arena, x->sources.len + 1, struct codepipeline_SourceRevision);
    for (size_t i = 0; i < x->revisions.len; i++)
        if (!str_eq(x->revisions.items[i].name, revision->name))
            revisions[n++] = x->revisions.items[i];
    for (size_t i = 0; i < x->sources.len; i++)
        if (!str_eq(x->sources.items[i].actionName, run->action.name))
            sources[m++] = x->sources.items[i];
    revisions[n++] = *revision;
    sources[m++] = (struct codepipeline_SourceRevision){run->action.name, revision->revisionId,
            revision->revisionSummary, revision->revisionUrl};
    x->revisions.items = revisions;
    x->revisions.len = n;
    x->sources.items = sources;
    x->sources.len = m;
    return execution_save(run->call, x);
}

static const char *state_of(str status)
{
    return str_eq(status, STR("Succeeded")) ? "SUCCEEDED"
           : str_eq(status, STR("Failed"))  ? "FAILED"
                                            : "ABANDONED";
}

int run_end(struct run *run, const struct outcome *outcome)
{
    struct arena *arena = run->call->arena;
    struct action *a = &run->action;
    struct codepipeline_ActionExecutionResult *result = a->detail->output->executionResult;
    int r;

    a->status = a->detail->status = outcome->status;
    a->detail->lastUpdateTime = SOME_TIME(run->call->now);
    a->detail->updatedBy = outcome->updated_by;
    if (outcome->summary.ptr)
        result->externalExecutionSummary = outcome->summary;
    if (outcome->code.ptr) {
        result->errorDetails = arena_new(arena, struct codepipeline_ErrorDetails);
        *result->errorDetails = (struct codepipeline_ErrorDetails){outcome->code, outcome->message};
    }
    if (str_eq(a->status, STR("Succeeded"))) {
        a->detail->output->outputArtifacts = a->outputs;
        a->detail->output->outputVariables = outcome->variables;
        a->detail->output->outputVariables.is_set = true;
        a->revision = outcome->revision;
    }
    r = action_save(run->call, a);
    if (r == 0 && a->revision)
        r = note_revision(run, a->revision);
    return r < 0 ? r : notice_action(run->call, run->pipeline, a, state_of(a->status));
}

int run_end_and_advance(struct run *run, const struct outcome *outcome)
{
    struct engine e;
    int r = engine_open(run->call, run->pipeline->id, &e);

    if (r != 0)
        return r < 0 ? r : 0;
    r = run_end(run, outcome);
    return r < 0 ? r : engine_advance(&e);
}
