#include "services/codepipeline/engine.h"

#include "base/random.h"

/*
 * Where artifacts lie: <bucket>/<pipeline, 20 characters>/<artifact, 10>/<7 random>, as AWS
 * names them.
 */

enum {
    PIPELINE_CHARS = 20,
    ARTIFACT_CHARS = 10,
    RANDOM_CHARS = 7
};

static struct codepipeline_S3Location *new_place(struct run *run, str artifact)
{
    struct arena *arena = run->call->arena;
    struct codepipeline_S3Location *place = arena_new(arena, struct codepipeline_S3Location);

    place->bucket = pipeline_store(run->declaration)->location;
    place->key = str_printf(arena, "%.*s/%.*s/%.*s",
            STR_ARG(str_head(run->pipeline->name, PIPELINE_CHARS)),
            STR_ARG(str_head(artifact, ARTIFACT_CHARS)),
            STR_ARG(random_id(arena, STR(""), RANDOM_BASE62, RANDOM_CHARS)));
    return place;
}

static struct codepipeline_S3Location *find_place(const struct action_list *done, str artifact)
{
    for (size_t i = 0; i < done->len; i++) {
        const struct codepipeline_ArtifactDetailList *outputs = &done->items[i].outputs;
        for (size_t k = 0; k < outputs->len; k++)
            if (str_eq(outputs->items[k].name, artifact))
                return outputs->items[k].s3location;
    }
    return NULL;
}

void artifact_places(struct run *run, const struct action_list *done)
{
    const struct codepipeline_ActionDeclaration *as = run->as;
    struct codepipeline_ArtifactDetailList *inputs = &run->action.detail->input->inputArtifacts;
    struct codepipeline_ArtifactDetailList *outputs = &run->action.outputs;
    struct arena *arena = run->call->arena;

    *inputs = (struct codepipeline_ArtifactDetailList){
            arena_array(arena, as->inputArtifacts.len, struct codepipeline_ArtifactDetail),
            as->inputArtifacts.len, true};
    for (size_t i = 0; i < inputs->len; i++)
        inputs->items[i] = (struct codepipeline_ArtifactDetail){as->inputArtifacts.items[i].name,
                find_place(done, as->inputArtifacts.items[i].name)};
    *outputs = (struct codepipeline_ArtifactDetailList){
            arena_array(arena, as->outputArtifacts.len, struct codepipeline_ArtifactDetail),
            as->outputArtifacts.len, true};
    for (size_t i = 0; i < outputs->len; i++)
        outputs->items[i] = (struct codepipeline_ArtifactDetail){as->outputArtifacts.items[i].name,
                new_place(run, as->outputArtifacts.items[i].name)};
}
