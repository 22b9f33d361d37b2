/*
 * pipeline - rows of pipelines, executions and action executions (private to services/codepipeline)
 *
 * Users see AWS's shapes; those are kept as JSON. The other columns are what queries need.
 *
 * Memory    everything in the call's arena
 */
#pragma once

#include "gen/codepipeline.h"
#include "services/codepipeline/codepipeline.h"

enum {
    PIPELINE_MAX = 1000, /* of an account and region */
    PIPELINE_MAX_STAGES = 50,
    PIPELINE_MAX_ACTIONS = 500,
    PIPELINE_MAX_TAGS = 50,
    STAGE_MAX_ACTIONS = 50,
    STAGE_MAX_SOURCES = 50,
    VARIABLES_MAX = 50,
    EXECUTIONS_MAX_LIVE = 200, /* of one pipeline */
};

#define PIPELINE_SERVICE STR("codepipeline.amazonaws.com")

/* ---- Pipelines ------------------------------------------------------------------------- */

struct pipeline {
    str id, account, region, name;
    int64_t version, created, updated;
    struct codepipeline_PipelineDeclaration *declaration; /* of `version` */
};

/* 1 and the pipeline, 0 there is none. */
MUST_CHECK int pipeline_load(struct call *call, str name, struct pipeline *ret);
MUST_CHECK int pipeline_by_id(struct tx *tx, str id, struct pipeline *ret);
/* 0, or the call has failed with PipelineNotFoundException. */
MUST_CHECK int pipeline_find(struct call *call, str name, struct pipeline *ret);
/* The declaration of any version: 1, or 0 there is none. */
MUST_CHECK int pipeline_version(struct tx *tx, const struct pipeline *pipeline, int64_t version,
        struct codepipeline_PipelineDeclaration **ret);
const struct codepipeline_StageDeclaration *pipeline_stage(
        const struct codepipeline_PipelineDeclaration *declaration, str name); /* NULL: none */
const struct codepipeline_ActionDeclaration *stage_action(
        const struct codepipeline_StageDeclaration *stage, str name); /* NULL: none */
/* Where artifacts of this region lie. */
const struct codepipeline_ArtifactStore *pipeline_store(
        const struct codepipeline_PipelineDeclaration *declaration);
str configuration_get(const struct codepipeline_ActionConfigurationMap *map, const char *key);
bool is_type(
        const struct codepipeline_ActionTypeId *type, const char *category, const char *provider);

/* Checks what the tables cannot say and fills defaults. Fails the call. */
MUST_CHECK int declaration_check(struct call *call, struct codepipeline_PipelineDeclaration *p);
/* Provider, configuration and counts of artifacts of one action. Fails the call. */
MUST_CHECK int configuration_check(
        struct call *call, const struct codepipeline_ActionDeclaration *a);

MUST_CHECK int pipeline_tags_check(struct call *call, const struct codepipeline_TagList *tags);
/* service.resource_tags */
MUST_CHECK int pipeline_resource_tags(struct call *call, str text, struct resource_tags *ret);
MUST_CHECK int pipeline_tags_put(
        struct call *call, str pipeline, const struct codepipeline_TagList *tags);

/* ---- Executions ------------------------------------------------------------------------ */

struct execution {
    str id, pipeline, position;
    int64_t version;
    str status;
    str stage;       /* the one it is in, or waits before */
    bool is_waiting; /* before the stage */
    str trigger_type, trigger_detail;
    str stop_reason;
    struct codepipeline_SourceRevisionOverrideList wanted;
    struct codepipeline_ResolvedPipelineVariableList variables;
    struct codepipeline_ArtifactRevisionList revisions;
    struct codepipeline_SourceRevisionList sources;
    int64_t started, updated;
};

struct execution_list {
    struct execution *items;
    size_t len;
};

#define EXECUTION_COLUMNS                                                                          \
    "select id, pipeline, position, version, status, stage, is_waiting, trigger_type,"             \
    " trigger_detail, stop_reason, wanted, variables, revisions, sources, started, updated"        \
    " from codepipeline_execution "

MUST_CHECK int execution_from_row(struct tx *tx, const struct db_row *row, struct execution *ret);
MUST_CHECK int execution_from_rows(
        struct tx *tx, const struct db_rows *rows, struct execution_list *ret);
/* 1, or 0 there is none. */
MUST_CHECK int execution_load(struct tx *tx, str pipeline, str id, struct execution *ret);
/* Those that have not ended, newest first. */
MUST_CHECK int execution_live(struct tx *tx, str pipeline, struct execution_list *ret);
MUST_CHECK int execution_insert(struct call *call, const struct execution *x, str token);
MUST_CHECK int execution_save(struct call *call, struct execution *x);

/* ---- Action executions ------------------------------------------------------------------- */

struct action {
    str id, pipeline, execution, position, stage, name, status;
    bool is_current; /* the newest try in its execution */
    str token;       /* of an approval that waits */
    str external;    /* what its end is known by: "codebuild/<id>", "codedeploy/<id>" */
    struct codepipeline_ActionExecutionDetail *detail;
    struct codepipeline_ArtifactDetailList outputs; /* where its artifacts are to be */
    struct codepipeline_ArtifactRevision *revision; /* sources that succeeded */
};

struct action_list {
    struct action *items;
    size_t len;
};

#define ACTION_COLUMNS(a)                                                                          \
    "select " a ".id, " a ".pipeline, " a ".execution, " a ".position, " a ".stage, " a            \
    ".name, " a ".status, " a ".is_current, " a ".token, " a ".external, " a ".detail, " a         \
    ".outputs, " a ".revision from codepipeline_action " a " "

MUST_CHECK int action_from_rows(struct tx *tx, const struct db_rows *rows, struct action_list *ret);
MUST_CHECK int action_load(struct tx *tx, str id, struct action *ret); /* 1, or 0 */
/* The current ones of an execution, oldest first. */
MUST_CHECK int action_current(struct tx *tx, str execution, struct action_list *ret);
/* The newest of each action of the pipeline, whatever its execution. */
MUST_CHECK int action_latest(struct tx *tx, str pipeline, struct action_list *ret);
MUST_CHECK int action_insert(struct call *call, const struct action *a);
MUST_CHECK int action_save(struct call *call, const struct action *a);
