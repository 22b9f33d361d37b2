#include "services/codepipeline/provider.h"

/* Source S3: an object, copied as it is into the artifact bucket. */

#define ARTIFACT_MAX_BYTES ((int64_t)5 << 30)

static int check(struct call *call, const struct codepipeline_ActionDeclaration *a)
{
    str poll = configuration_get(&a->configuration, "PollForSourceChanges");
    str override = configuration_get(&a->configuration, "AllowOverrideForS3ObjectKey");

    if (poll.ptr && !str_eq(poll, STR("true")) && !str_eq(poll, STR("false")))
        return configuration_fail(call, a, "PollForSourceChanges", "it must be true or false");
    if (override.ptr && !str_eq(override, STR("false")))
        return configuration_fail(call, a, "AllowOverrideForS3ObjectKey",
                "overrides of the key are not supported by this version of Slipway");
    return 0;
}

static str wanted_version(const struct run *run)
{
    const struct codepipeline_SourceRevisionOverrideList *wanted = &run->execution->wanted;

    for (size_t i = 0; i < wanted->len; i++)
        if (str_eq(wanted->items[i].actionName, run->action.name) &&
                str_eq(wanted->items[i].revisionType, STR("S3_OBJECT_VERSION_ID")))
            return wanted->items[i].revisionValue;
    return (str){0};
}

static void describe(struct work *work)
{
    struct run *run = &work->run;
    struct arena *arena = run->call->arena;
    const struct s3_info *info = &work->info;
    bool has_version = !str_eq(info->version, STR("null"));
    struct codepipeline_ArtifactRevision *revision =
            arena_new(arena, struct codepipeline_ArtifactRevision);
    struct codepipeline_OutputVariablesMap *map = &work->outcome.variables;

    *revision = (struct codepipeline_ArtifactRevision){
            .name = run->as->outputArtifacts.items[0].name,
            .revisionId = has_version ? info->version : info->etag,
            .revisionSummary =
                    str_printf(arena, "Amazon S3 version id: %.*s", STR_ARG(info->version)),
            .created = SOME_TIME(info->modified),
    };
    work->outcome.revision = revision;
    work->outcome.summary = revision->revisionSummary;
    variables_set(arena, map, "BucketName", run_configuration(run, "S3Bucket"));
    variables_set(arena, map, "ObjectKey", run_configuration(run, "S3ObjectKey"));
    variables_set(arena, map, "ETag", info->etag);
    if (has_version)
        variables_set(arena, map, "VersionId", info->version);
}

static int open_object(struct work *work)
{
    struct run *run = &work->run;
    str bucket = run_configuration(run, "S3Bucket");
    struct call_failure why;
    int r = s3_open_object(run->call, &run->role, bucket, run_configuration(run, "S3ObjectKey"),
            wanted_version(run), &work->info, &work->reader, &why);

    if (r == CALL_FAILED) {
        work->outcome = outcome_s3(run->call->arena, bucket, &why);
        return 0;
    }
    if (r == 0)
        describe(work);
    return r;
}

static ssize_t read_object(void *arg, int64_t offset, void *ptr, size_t len, struct error *err)
{
    return s3_read(arg, offset, ptr, len, err);
}

static int fetch_object(struct work *work, struct error *err)
{
    const struct codepipeline_S3Location *place = work->run.action.outputs.items[0].s3location;
    struct work_object *object = work_add(work, place->bucket, place->key);

    object->blob.content_type = work->info.content_type;
    object->blob.kms_key = run_artifact_key(&work->run);
    return work_take(work, read_object, work->reader, ARTIFACT_MAX_BYTES, object, err);
}

const struct provider provider_s3_source = {
        .category = "Source",
        .name = "S3",
        .keys = {{"S3Bucket", true}, {"S3ObjectKey", true}, {"PollForSourceChanges", false},
                {"AllowOverrideForS3ObjectKey", false}},
        .min_outputs = 1,
        .max_outputs = 1,
        .check = check,
        .open = open_object,
        .fetch = fetch_object,
};
