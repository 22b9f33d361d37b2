#include "services/codepipeline/provider.h"

#include "base/json.h"
#include "gen/codebuild.h"
#include "services/codebuild/codebuild.h"

/*
 * Build and Test CodeBuild: StartBuild as the action's role, with the artifact places in the
 * members that codebuild.h names; the build's end comes as an event (events.c).
 */

enum {
    ENVIRONMENT_MAX = 100 /* variables of one action */
};

static bool is_variable_type(str type)
{
    return str_eq(type, STR("PLAINTEXT")) || str_eq(type, STR("PARAMETER_STORE")) ||
           str_eq(type, STR("SECRETS_MANAGER"));
}

/* An array of objects, not too many; a type, where there is one, that CodeBuild knows. */
static bool are_variables(str text)
{
    AUTO_JSON json_t *json = NULL;

    if (json_parse(text, &json, NULL) < 0 || !json_is_array(json) ||
            json_array_size(json) > ENVIRONMENT_MAX)
        return false;
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *item = json_array_get(json, i);
        const json_t *type = json_member(item, "type");
        if (!json_is_object(item) || (type && !is_variable_type(json_str(type))))
            return false;
    }
    return true;
}

static int check(struct call *call, const struct codepipeline_ActionDeclaration *a)
{
    str batch = configuration_get(&a->configuration, "BatchEnabled");
    str combine = configuration_get(&a->configuration, "CombineArtifacts");
    str primary = configuration_get(&a->configuration, "PrimarySource");
    str variables = configuration_get(&a->configuration, "EnvironmentVariables");
    bool is_named = a->inputArtifacts.len == 1;

    if ((batch.ptr && !str_eq(batch, STR("false"))) ||
            (combine.ptr && !str_eq(combine, STR("false"))))
        return configuration_fail(call, a, "BatchEnabled",
                "batch builds are not supported by this version of Slipway");
    for (size_t i = 0; i < a->inputArtifacts.len; i++)
        is_named |= str_eq(a->inputArtifacts.items[i].name, primary);
    if (!is_named)
        return configuration_fail(call, a, "PrimarySource",
                "it must name one of the input artifacts when there are several");
    if (variables.ptr && !are_variables(variables))
        return configuration_fail(call, a, "EnvironmentVariables",
                "it must be a JSON array of objects with name, value and type, which is PLAINTEXT, "
                "PARAMETER_STORE or SECRETS_MANAGER");
    return 0;
}

static size_t primary_input(const struct run *run)
{
    str primary = run_configuration(run, "PrimarySource");

    for (size_t i = 0; i < run->as->inputArtifacts.len; i++)
        if (str_eq(run->as->inputArtifacts.items[i].name, primary))
            return i;
    return 0;
}

/* The revision that an artifact is of, if it comes from a source; else empty. */
static str revision_of(const struct run *run, str artifact)
{
    const struct codepipeline_ArtifactRevisionList *revisions = &run->execution->revisions;

    for (size_t i = 0; i < revisions->len; i++)
        if (str_eq(revisions->items[i].name, artifact))
            return revisions->items[i].revisionId;
    return STR("");
}

/* The place of the i-th input, as codebuild.h says. */
static str place_arn(const struct run *run, size_t i)
{
    const struct codepipeline_S3Location *place = run_input(run, i);
    str revision = revision_of(run, run->as->inputArtifacts.items[i].name);

    return str_printf(run->call->arena, "arn:aws:s3:::%.*s/%.*s%s%.*s", STR_ARG(place->bucket),
            STR_ARG(place->key), revision.len ? "#" : "", STR_ARG(revision));
}

static void set_sources(const struct run *run, struct codebuild_StartBuildInput *in)
{
    size_t len = run->as->inputArtifacts.len, primary = primary_input(run);
    struct arena *arena = run->call->arena;

    in->sourceVersion = place_arn(run, primary);
    in->sourceTypeOverride = STR("CODEPIPELINE");
    if (len < 2)
        return;
    in->secondarySourcesOverride.is_set = in->secondarySourcesVersionOverride.is_set = true;
    in->secondarySourcesOverride.items = arena_array(arena, len, struct codebuild_ProjectSource);
    in->secondarySourcesVersionOverride.items =
            arena_array(arena, len, struct codebuild_ProjectSourceVersion);
    for (size_t i = 0; i < len; i++) {
        str name = run->as->inputArtifacts.items[i].name;
        if (i == primary)
            continue;
        in->secondarySourcesOverride.items[in->secondarySourcesOverride.len++] =
                (struct codebuild_ProjectSource){
                        .type = STR("CODEPIPELINE"), .sourceIdentifier = name};
        in->secondarySourcesVersionOverride.items[in->secondarySourcesVersionOverride.len++] =
                (struct codebuild_ProjectSourceVersion){name, place_arn(run, i)};
    }
}

static struct codebuild_ProjectArtifacts artifact(const struct codepipeline_ArtifactDetail *output)
{
    return (struct codebuild_ProjectArtifacts){
            .type = STR("CODEPIPELINE"),
            .location = output->s3location->bucket,
            .name = output->s3location->key,
            .packaging = STR("ZIP"),
            .namespaceType = STR("NONE"),
    };
}

/* One output is the build's artifact; of several each is the secondary artifact of its name. */
static void set_artifacts(const struct run *run, struct codebuild_StartBuildInput *in)
{
    const struct codepipeline_ArtifactDetailList *outputs = &run->action.outputs;
    struct codebuild_ProjectArtifactsList *secondary = &in->secondaryArtifactsOverride;

    in->artifactsOverride = arena_new(run->call->arena, struct codebuild_ProjectArtifacts);
    secondary->is_set = true;
    if (outputs->len == 1) {
        *in->artifactsOverride = artifact(&outputs->items[0]);
        return;
    }
    in->artifactsOverride->type = STR("NO_ARTIFACTS");
    secondary->items =
            arena_array(run->call->arena, outputs->len, struct codebuild_ProjectArtifacts);
    for (; secondary->len < outputs->len; secondary->len++) {
        secondary->items[secondary->len] = artifact(&outputs->items[secondary->len]);
        secondary->items[secondary->len].artifactIdentifier = outputs->items[secondary->len].name;
    }
}

/* False: it is no array of objects with names and values. */
static bool set_variables(const struct run *run, struct codebuild_StartBuildInput *in)
{
    struct codebuild_EnvironmentVariables *list = &in->environmentVariablesOverride;
    str text = run_configuration(run, "EnvironmentVariables");
    struct arena *arena = run->call->arena;
    AUTO_JSON json_t *json = NULL;

    if (!text.ptr)
        return true;
    if (json_parse(text, &json, NULL) < 0 || !json_is_array(json))
        return false;
    list->is_set = true;
    list->items = arena_array(arena, json_array_size(json), struct codebuild_EnvironmentVariable);
    for (; list->len < json_array_size(json); list->len++) {
        const json_t *item = json_array_get(json, list->len);
        str type = json_member_str(item, "type");
        struct codebuild_EnvironmentVariable variable = {
                .name = str_dup(arena, json_member_str(item, "name")),
                .value = str_dup(arena, json_member_str(item, "value")),
                .type = type.ptr ? str_dup(arena, type) : STR("PLAINTEXT"),
        };
        if (!variable.name.ptr || !variable.value.ptr || !is_variable_type(variable.type))
            return false;
        list->items[list->len] = variable;
    }
    return true;
}

static int start(struct run *run)
{
    struct codebuild_StartBuildInput in = {.projectName = run_configuration(run, "ProjectName")};
    struct codebuild_StartBuildOutput out = {0};
    struct outcome outcome;
    struct call_failure why;
    int r;

    set_sources(run, &in);
    set_artifacts(run, &in);
    in.encryptionKeyOverride = run_artifact_key(run);
    if (!set_variables(run, &in)) {
        outcome = outcome_failed("ConfigurationError",
                STR("EnvironmentVariables is not a JSON array of objects with name and value"));
        return run_end(run, &outcome);
    }
    r = call_invoke(run->call, &run->role, &codebuild_service, "StartBuild", &in, &out, &why);
    if (r == CALL_FAILED) {
        outcome = outcome_refused(run->call->arena, "startBuild", "AWSCodeBuild", &why);
        return run_end(run, &outcome);
    }
    if (r < 0)
        return r;
    run->action.external = str_printf(run->call->arena, "codebuild/%.*s", STR_ARG(out.build->id));
    run->action.detail->output->executionResult->externalExecutionId = out.build->id;
    return action_save(run->call, &run->action);
}

/* The same in both categories. */
#define PROVIDER(of)                                                                               \
    {                                                                                              \
        .category = of, .name = "CodeBuild",                                                       \
        .keys = {{"ProjectName", true}, {"PrimarySource", false}, {"EnvironmentVariables", false}, \
                {"BatchEnabled", false}, {"CombineArtifacts", false}},                             \
        .min_inputs = 1, .max_inputs = 5, .max_outputs = 5, .check = check, .start = start,        \
    }

const struct provider provider_codebuild = PROVIDER("Build");
const struct provider provider_codebuild_test = PROVIDER("Test");
