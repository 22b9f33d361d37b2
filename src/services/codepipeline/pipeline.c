#include "services/codepipeline/pipeline.h"

#define PIPELINE_COLUMNS                                                                           \
    "select p.id, p.account, p.region, p.name, p.version, p.created, p.updated, v.declaration"     \
    " from codepipeline_pipeline p join codepipeline_version v"                                    \
    " on v.pipeline = p.id and v.version = p.version "

static int read_declaration(struct tx *tx, str json, struct codepipeline_PipelineDeclaration **ret)
{
    struct codepipeline_PipelineDeclaration *d =
            arena_new(tx->arena, struct codepipeline_PipelineDeclaration);
    int r = shape_from_json(tx->arena, codepipeline_type_PipelineDeclaration, json, d, &tx->error);

    *ret = d;
    return r;
}

static int from_row(struct tx *tx, const struct db_row *row, struct pipeline *ret)
{
    struct pipeline p = {
            .id = row_text(row, 0),
            .account = row_text(row, 1),
            .region = row_text(row, 2),
            .name = row_text(row, 3),
            .version = row_int(row, 4),
            .created = row_int(row, 5),
            .updated = row_int(row, 6),
    };
    int r = read_declaration(tx, row_text(row, 7), &p.declaration);

    if (r < 0)
        return r;
    *ret = p;
    return 1;
}

int pipeline_load(struct call *call, str name, struct pipeline *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            PIPELINE_COLUMNS "where p.account = $1 and p.region = $2 and p.name = $3",
            call->account, call->region, name);

    return r <= 0 ? r : from_row(call->tx, row, ret);
}

int pipeline_by_id(struct tx *tx, str id, struct pipeline *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, PIPELINE_COLUMNS "where p.id = $1", id);

    return r <= 0 ? r : from_row(tx, row, ret);
}

int pipeline_find(struct call *call, str name, struct pipeline *ret)
{
    int r = pipeline_load(call, name, ret);

    if (r == 0)
        return call_fail(call, &codepipeline_PipelineNotFoundException,
                "Account '%.*s' does not have a pipeline with name '%.*s'", STR_ARG(call->account),
                STR_ARG(name));
    return r < 0 ? r : 0;
}

int pipeline_version(struct tx *tx, const struct pipeline *pipeline, int64_t version,
        struct codepipeline_PipelineDeclaration **ret)
{
    const struct db_row *row;
    int r;

    if (version == pipeline->version) {
        *ret = pipeline->declaration;
        return 1;
    }
    r = db_one(tx, &row,
            "select declaration from codepipeline_version where pipeline = $1 and version = $2",
            pipeline->id, version);
    if (r <= 0)
        return r;
    r = read_declaration(tx, row_text(row, 0), ret);
    return r < 0 ? r : 1;
}

const struct codepipeline_StageDeclaration *pipeline_stage(
        const struct codepipeline_PipelineDeclaration *declaration, str name)
{
    for (size_t i = 0; i < declaration->stages.len; i++)
        if (str_eq(declaration->stages.items[i].name, name))
            return &declaration->stages.items[i];
    return NULL;
}

const struct codepipeline_ActionDeclaration *stage_action(
        const struct codepipeline_StageDeclaration *stage, str name)
{
    for (size_t i = 0; i < stage->actions.len; i++)
        if (str_eq(stage->actions.items[i].name, name))
            return &stage->actions.items[i];
    return NULL;
}

const struct codepipeline_ArtifactStore *pipeline_store(
        const struct codepipeline_PipelineDeclaration *declaration)
{
    return declaration->artifactStore ? declaration->artifactStore
                                      : &declaration->artifactStores.items[0].value;
}

str configuration_get(const struct codepipeline_ActionConfigurationMap *map, const char *key)
{
    for (size_t i = 0; i < map->len; i++)
        if (str_eq(map->items[i].key, str_of(key)))
            return map->items[i].value;
    return (str){0};
}

bool is_type(
        const struct codepipeline_ActionTypeId *type, const char *category, const char *provider)
{
    return str_eq(type->category, str_of(category)) && str_eq(type->provider, str_of(provider)) &&
           str_eq(type->owner, STR("AWS")) && str_eq(type->version, STR("1"));
}
