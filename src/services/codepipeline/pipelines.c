#include "services/codepipeline/engine.h"

#include "api/kept.h"
#include "base/random.h"

/* ---- Writing ------------------------------------------------------------------------------- */

static str resource_of(struct arena *arena, const struct codepipeline_ActionDeclaration *a)
{
    bool is_git = is_type(a->actionTypeId, "Source", "CodeCommit");

    return str_printf(arena, "%.*s/%.*s",
            STR_ARG(configuration_get(&a->configuration, is_git ? "RepositoryName" : "S3Bucket")),
            STR_ARG(configuration_get(&a->configuration, is_git ? "BranchName" : "S3ObjectKey")));
}

/* What its executions are started by. */
static int put_sources(struct call *call, str id, const struct codepipeline_PipelineDeclaration *d)
{
    const struct codepipeline_StageActionDeclarationList *list = &d->stages.items[0].actions;
    int r = db_exec(call->tx, "delete from codepipeline_source where pipeline = $1", id);

    for (size_t i = 0; r >= 0 && i < list->len; i++)
        r = db_exec(call->tx,
                "insert into codepipeline_source (account, region, pipeline, action, provider,"
                " resource) values ($1, $2, $3, $4, $5, $6)",
                call->account, call->region, id, list->items[i].name,
                list->items[i].actionTypeId->provider, resource_of(call->arena, &list->items[i]));
    return r < 0 ? r : 0;
}

static int put_version(
        struct call *call, str id, struct codepipeline_PipelineDeclaration *d, int64_t version)
{
    int r;

    d->version = SOME_INT(version);
    r = db_exec(call->tx,
            "insert into codepipeline_version (account, pipeline, version, declaration)"
            " values ($1, $2, $3, $4)",
            call->account, id, version,
            shape_to_json(call->arena, codepipeline_type_PipelineDeclaration, d));
    return r < 0 ? r : put_sources(call, id, d);
}

static int insert(struct call *call, str id, struct codepipeline_PipelineDeclaration *d)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select count(*) from codepipeline_pipeline where account = $1 and region = $2",
            call->account, call->region);

    if (r < 0)
        return r;
    if (row_int(row, 0) >= PIPELINE_MAX)
        return call_fail(call, &codepipeline_LimitExceededException,
                "The number of pipelines has reached the maximum of %d", PIPELINE_MAX);
    r = db_exec(call->tx,
            "insert into codepipeline_pipeline (id, account, region, name, version, created,"
            " updated) values ($1, $2, $3, $4, 1, $5, $5) on conflict do nothing",
            id, call->account, call->region, d->name, call->now);
    if (r == 0)
        return call_fail(call, &codepipeline_PipelineNameInUseException,
                "A pipeline with the name '%.*s' already exists in account '%.*s'",
                STR_ARG(d->name), STR_ARG(call->account));
    return r < 0 ? r : put_version(call, id, d, 1);
}

/* The input is const: defaults go into a copy of all that they touch. */
static int copy_declaration(struct call *call, const struct codepipeline_PipelineDeclaration *in,
        struct codepipeline_PipelineDeclaration **ret)
{
    *ret = arena_new(call->arena, struct codepipeline_PipelineDeclaration);
    return shape_from_json(call->arena, codepipeline_type_PipelineDeclaration,
            shape_to_json(call->arena, codepipeline_type_PipelineDeclaration, in), *ret,
            &call->tx->error);
}

/* As with AWS, a new pipeline runs at once. */
static int start_first(struct call *call, str id, const struct codepipeline_PipelineDeclaration *d)
{
    struct start start = {
            .trigger_type = STR("CreatePipeline"), .trigger_detail = call->principal->arn};
    struct engine e;
    str execution;
    int r;

    for (size_t i = 0; i < d->variables.len; i++)
        if (!d->variables.items[i].defaultValue.ptr)
            return 0; /* it needs values first */
    r = engine_open(call, id, &e);
    if (r == 0)
        r = engine_default_variables(call, d, NULL, &start.variables);
    return r < 0 ? r : engine_start(&e, &start, &execution);
}

int codepipeline_CreatePipeline(struct call *call,
        const struct codepipeline_CreatePipelineInput *in,
        struct codepipeline_CreatePipelineOutput *out)
{
    struct codepipeline_PipelineDeclaration *d;
    str id = random_uuid(call->arena);
    int r = copy_declaration(call, in->pipeline, &d);

    if (r >= 0)
        r = declaration_check(call, d);
    if (r == 0)
        r = pipeline_tags_check(call, &in->tags);
    if (r == 0)
        r = insert(call, id, d);
    if (r == 0)
        r = pipeline_tags_put(call, id, &in->tags);
    if (r == 0)
        r = start_first(call, id, d);
    out->pipeline = d;
    out->tags = in->tags;
    return r;
}

int codepipeline_UpdatePipeline(struct call *call,
        const struct codepipeline_UpdatePipelineInput *in,
        struct codepipeline_UpdatePipelineOutput *out)
{
    struct codepipeline_PipelineDeclaration *d;
    struct pipeline p;
    int r = pipeline_load(call, in->pipeline->name, &p);

    if (r == 0)
        return call_fail(call, &codepipeline_InvalidStructureException,
                "Account '%.*s' does not have a pipeline with name '%.*s'", STR_ARG(call->account),
                STR_ARG(in->pipeline->name));
    if (r > 0)
        r = copy_declaration(call, in->pipeline, &d);
    if (r >= 0)
        r = declaration_check(call, d);
    if (r == 0)
        r = db_exec(call->tx,
                "update codepipeline_pipeline set version = version + 1, updated = $2, mark = $3"
                " where id = $1",
                p.id, call->now, kept_mark());
    if (r < 0)
        return r;
    out->pipeline = d;
    return put_version(call, p.id, d, p.version + 1);
}

int codepipeline_DeletePipeline(
        struct call *call, const struct codepipeline_DeletePipelineInput *in, void *out)
{
    int r = db_exec(call->tx,
            "delete from codepipeline_pipeline where account = $1 and region = $2 and name = $3",
            call->account, call->region, in->name);

    (void)out;
    return r < 0 ? r : 0; /* deleting what is not there succeeds */
}

/* ---- Reading ------------------------------------------------------------------------------- */

int codepipeline_GetPipeline(struct call *call, const struct codepipeline_GetPipelineInput *in,
        struct codepipeline_GetPipelineOutput *out)
{
    struct pipeline p;
    int r = pipeline_find(call, in->name, &p);

    if (r < 0)
        return r;
    r = pipeline_version(
            call->tx, &p, in->version.is_set ? in->version.value : p.version, &out->pipeline);
    if (r == 0)
        return call_fail(call, &codepipeline_PipelineVersionNotFoundException,
                "Account '%.*s' does not have version %lld of a pipeline with name '%.*s'",
                STR_ARG(call->account), (long long)in->version.value, STR_ARG(in->name));
    out->metadata = arena_new(call->arena, struct codepipeline_PipelineMetadata);
    *out->metadata = (struct codepipeline_PipelineMetadata){
            .pipelineArn = arn_make(call, "codepipeline", p.name),
            .created = SOME_TIME(p.created),
            .updated = SOME_TIME(p.updated),
    };
    return r < 0 ? r : 0;
}

static int summary(
        struct call *call, const struct db_row *row, struct codepipeline_PipelineSummary *ret)
{
    struct codepipeline_PipelineDeclaration d = {0};
    int r = shape_from_json(call->arena, codepipeline_type_PipelineDeclaration, row_text(row, 4),
            &d, &call->tx->error);

    *ret = (struct codepipeline_PipelineSummary){
            .name = row_text(row, 0),
            .version = SOME_INT(row_int(row, 1)),
            .created = SOME_TIME(row_int(row, 2)),
            .updated = SOME_TIME(row_int(row, 3)),
            .pipelineType = d.pipelineType,
            .executionMode = d.executionMode,
    };
    return r;
}

int codepipeline_ListPipelines(struct call *call, const struct codepipeline_ListPipelinesInput *in,
        struct codepipeline_ListPipelinesOutput *out)
{
    size_t limit = (size_t)page_limit(in->maxResults, 100, 1000);
    struct db_rows rows;
    str after;
    int r = page_open(call, in->nextToken, &codepipeline_InvalidNextTokenException, &after);

    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select p.name, p.version, p.created, p.updated, v.declaration"
            " from codepipeline_pipeline p join codepipeline_version v"
            " on v.pipeline = p.id and v.version = p.version"
            " where p.account = $1 and p.region = $2 and p.name > $3 order by p.name limit $4",
            call->account, call->region, after.ptr ? after : STR(""), limit + 1);
    if (r < 0)
        return r;
    size_t len = rows.len < limit ? rows.len : limit;
    out->pipelines.is_set = true;
    out->pipelines.items = arena_array(call->arena, len, struct codepipeline_PipelineSummary);
    for (r = 0; r >= 0 && out->pipelines.len < len; out->pipelines.len++)
        r = summary(
                call, &rows.items[out->pipelines.len], &out->pipelines.items[out->pipelines.len]);
    if (rows.len > limit)
        out->nextToken = page_seal(call, out->pipelines.items[len - 1].name);
    return r < 0 ? r : 0;
}
