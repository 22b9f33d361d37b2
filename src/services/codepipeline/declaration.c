#include "services/codepipeline/pipeline.h"

#include "services/iam/iam.h"

/*
 * Names, structure and artifacts of a pipeline.
 *
 * Source: CodePipeline User Guide, "CodePipeline pipeline structure reference".
 */

static int check_role(struct call *call, str role)
{
    return iam_pass_role(call, role, PIPELINE_SERVICE);
}

static int check_store(struct call *call, struct codepipeline_PipelineDeclaration *p)
{
    if (!p->artifactStore == (p->artifactStores.len == 0))
        return call_fail(call, &codepipeline_InvalidStructureException,
                "Exactly one of artifactStore and artifactStores must be specified");
    if (p->artifactStores.len > 1 ||
            (p->artifactStores.len == 1 && !str_eq(p->artifactStores.items[0].key, call->region)))
        return call_fail(call, &codepipeline_InvalidStructureException,
                "artifactStores must have one entry, for the pipeline's own region: cross-region "
                "actions are not supported by this version of Slipway");
    const struct codepipeline_EncryptionKey *key = pipeline_store(p)->encryptionKey;
    if (key && !str_eq(key->type, STR("KMS")))
        return call_fail(call, &codepipeline_InvalidStructureException,
                "The type of an encryption key must be KMS");
    return 0;
}

static int check_type(struct call *call, struct codepipeline_PipelineDeclaration *p)
{
    if (!p->pipelineType.ptr)
        p->pipelineType = STR("V1");
    if (!p->executionMode.ptr)
        p->executionMode = STR("SUPERSEDED");
    if (!str_eq(p->executionMode, STR("SUPERSEDED")))
        return call_fail(call, &codepipeline_InvalidStructureException,
                "Execution mode %.*s is not supported by this version of Slipway",
                STR_ARG(p->executionMode));
    if (p->triggers.len)
        return call_fail(call, &codepipeline_InvalidStructureException,
                "Triggers are not supported by this version of Slipway");
    if (p->variables.len && !str_eq(p->pipelineType, STR("V2")))
        return call_fail(call, &codepipeline_InvalidStructureException,
                "Pipeline variables are only supported with pipeline type V2");
    for (size_t i = 0; i < p->variables.len; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(p->variables.items[i].name, p->variables.items[k].name))
                return call_fail(call, &codepipeline_InvalidStructureException,
                        "Variable name must be unique within the pipeline. %.*s has been used more "
                        "than once.",
                        STR_ARG(p->variables.items[i].name));
    return 0;
}

/* ---- Stages ------------------------------------------------------------------------------ */

static int check_stage(
        struct call *call, const struct codepipeline_PipelineDeclaration *p, size_t i)
{
    const struct codepipeline_StageDeclaration *stage = &p->stages.items[i];

    if (pipeline_stage(p, stage->name) != stage)
        return call_fail(call, &codepipeline_InvalidStageDeclarationException,
                "Stage name must be unique within the pipeline. %.*s has been used more than once.",
                STR_ARG(stage->name));
    if (stage->blockers.len)
        return call_fail(call, &codepipeline_InvalidBlockerDeclarationException,
                "Blockers are not supported by this version of Slipway");
    if (stage->onFailure || stage->onSuccess || stage->beforeEntry)
        return call_fail(call, &codepipeline_InvalidStageDeclarationException,
                "Stage conditions of stage %.*s are not supported by this version of Slipway",
                STR_ARG(stage->name));
    if (stage->actions.len == 0 || stage->actions.len > STAGE_MAX_ACTIONS)
        return call_fail(call, &codepipeline_InvalidStageDeclarationException,
                "Stage %.*s has %zu actions. A stage has 1 to %d actions", STR_ARG(stage->name),
                stage->actions.len, STAGE_MAX_ACTIONS);
    for (size_t k = 0; k < stage->actions.len; k++) {
        bool is_source = str_eq(stage->actions.items[k].actionTypeId->category, STR("Source"));
        if (i == 0 && !is_source)
            return call_fail(call, &codepipeline_InvalidStructureException,
                    "Pipeline should start with a stage that only contains source actions");
        if (i > 0 && is_source)
            return call_fail(call, &codepipeline_InvalidStructureException,
                    "Only first stage can contain source actions");
    }
    return 0;
}

/* ---- Actions ----------------------------------------------------------------------------- */

static int check_features(struct call *call, const struct codepipeline_ActionDeclaration *a)
{
    const char *what = a->commands.len               ? "Commands"
                       : a->outputVariables.len      ? "Output variables"
                       : a->environmentVariables.len ? "Environment variables"
                                                     : NULL;

    if (what)
        return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                "%s of action %.*s are not supported by this version of Slipway", what,
                STR_ARG(a->name));
    if (a->region.ptr && !str_eq(a->region, call->region))
        return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                "Action %.*s is in another region: cross-region actions are not supported by this "
                "version of Slipway",
                STR_ARG(a->name));
    if (a->timeoutInMinutes.is_set && !is_type(a->actionTypeId, "Approval", "Manual"))
        return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                "timeoutInMinutes of action %.*s is only supported for manual approvals",
                STR_ARG(a->name));
    for (size_t i = 0; i < a->outputArtifacts.len; i++)
        if (a->outputArtifacts.items[i].files.len)
            return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                    "Files of output artifacts are only supported for Commands actions");
    return 0;
}

/* Which artifacts there are, with the run order (stage and order in it) that makes them. */
struct made {
    str name;
    int64_t order;
};

struct scope {
    struct made *items;
    size_t len;
    struct str_list namespaces;
};

static const struct made *find_made(const struct scope *scope, str name)
{
    for (size_t i = 0; i < scope->len; i++)
        if (str_eq(scope->items[i].name, name))
            return &scope->items[i];
    return NULL;
}

static int64_t order_of(size_t stage, const struct codepipeline_ActionDeclaration *a)
{
    return (int64_t)stage * 1000 + (a->runOrder.is_set ? a->runOrder.value : 1);
}

static int note_outputs(struct call *call, struct scope *scope,
        const struct codepipeline_ActionDeclaration *a, int64_t order)
{
    for (size_t i = 0; i < a->outputArtifacts.len; i++) {
        str name = a->outputArtifacts.items[i].name;
        if (find_made(scope, name))
            return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                    "Output Artifact Bundle name must be unique within the pipeline. %.*s has been "
                    "used more than once.",
                    STR_ARG(name));
        scope->items[scope->len++] = (struct made){name, order};
    }
    if (!a->namespace.ptr)
        return 0;
    for (size_t i = 0; i < scope->namespaces.len; i++)
        if (str_eq(scope->namespaces.items[i], a->namespace))
            return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                    "Namespace must be unique within the pipeline. %.*s has been used more than "
                    "once.",
                    STR_ARG(a->namespace));
    scope->namespaces.items[scope->namespaces.len++] = a->namespace;
    if (str_eq(a->namespace, STR("codepipeline")) || str_eq(a->namespace, STR("variables")))
        return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                "The namespace %.*s of action %.*s is reserved", STR_ARG(a->namespace),
                STR_ARG(a->name));
    return 0;
}

static int check_inputs(struct call *call, const struct scope *scope,
        const struct codepipeline_ActionDeclaration *a, int64_t order)
{
    for (size_t i = 0; i < a->inputArtifacts.len; i++) {
        const struct made *made = find_made(scope, a->inputArtifacts.items[i].name);
        if (!made || made->order >= order)
            return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                    "Input Artifact Bundle %.*s in action %.*s is not declared as Output Artifact "
                    "Bundle in any of the preceding actions",
                    STR_ARG(a->inputArtifacts.items[i].name), STR_ARG(a->name));
    }
    return 0;
}

static int check_action(struct call *call, const struct codepipeline_StageDeclaration *stage,
        struct codepipeline_ActionDeclaration *a)
{
    int r;

    if (stage_action(stage, a->name) != a)
        return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                "Action name must be unique within the stage %.*s. %.*s has been used more than "
                "once.",
                STR_ARG(stage->name), STR_ARG(a->name));
    if (!a->runOrder.is_set)
        a->runOrder = SOME_INT(1);
    r = check_features(call, a);
    if (r == 0)
        r = configuration_check(call, a);
    if (r == 0 && a->roleArn.ptr)
        r = check_role(call, a->roleArn);
    return r;
}

static int check_actions(
        struct call *call, struct codepipeline_PipelineDeclaration *p, size_t len, size_t outputs)
{
    struct scope scope = {.items = arena_array(call->arena, outputs, struct made)};
    int r = 0;

    scope.namespaces.items = arena_array(call->arena, len, str);
    for (size_t i = 0; r == 0 && i < p->stages.len; i++) {
        struct codepipeline_StageDeclaration *stage = &p->stages.items[i];
        for (size_t k = 0; r == 0 && k < stage->actions.len; k++) {
            r = check_action(call, stage, &stage->actions.items[k]);
            if (r == 0)
                r = note_outputs(call, &scope, &stage->actions.items[k],
                        order_of(i, &stage->actions.items[k]));
        }
        for (size_t k = 0; r == 0 && k < stage->actions.len; k++)
            r = check_inputs(
                    call, &scope, &stage->actions.items[k], order_of(i, &stage->actions.items[k]));
    }
    return r;
}

int declaration_check(struct call *call, struct codepipeline_PipelineDeclaration *p)
{
    size_t actions = 0, outputs = 0;
    int r = check_store(call, p);

    if (r == 0)
        r = check_type(call, p);
    if (r < 0)
        return r;
    if (p->stages.len < 2)
        return call_fail(call, &codepipeline_InvalidStructureException,
                "Pipeline has %zu stage(s). There should be a minimum of 2 stages in a pipeline",
                p->stages.len);
    if (p->stages.len > PIPELINE_MAX_STAGES)
        return call_fail(call, &codepipeline_LimitExceededException,
                "Pipeline has %zu stages. The maximum is %d", p->stages.len, PIPELINE_MAX_STAGES);
    for (size_t i = 0; r == 0 && i < p->stages.len; i++) {
        const struct codepipeline_StageActionDeclarationList *list = &p->stages.items[i].actions;
        r = check_stage(call, p, i);
        actions += list->len;
        for (size_t k = 0; k < list->len; k++)
            outputs += list->items[k].outputArtifacts.len;
    }
    if (r == 0 && actions > PIPELINE_MAX_ACTIONS)
        return call_fail(call, &codepipeline_LimitExceededException,
                "Pipeline has %zu actions. The maximum is %d", actions, PIPELINE_MAX_ACTIONS);
    if (r == 0)
        r = check_role(call, p->roleArn);
    return r < 0 ? r : check_actions(call, p, actions, outputs);
}
