#include "worker/job.h"

enum {
    JOB_MAX_VARIABLES = 2000
};

int64_t job_ms(const json_t *seconds)
{
    return json_is_number(seconds) ? (int64_t)(json_number_value(seconds) * 1000.0 + 0.5) : 0;
}

static str member(struct arena *arena, const json_t *json, const char *name)
{
    return str_dup(arena, json_member_str(json, name));
}

static bool is_identifier(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_'))
            return false;
    }
    return s.len > 0 && s.len <= 128;
}

static int choose(str word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if (str_eq(word, str_of(words[i])))
            return i;
    return -1;
}

static int parse_source(struct arena *arena, const json_t *json, bool is_first,
        struct job_source *ret, struct error *err)
{
    static const char *const types[] = {"CODECOMMIT", "CODEPIPELINE", "S3", "NO_SOURCE"};
    int type = choose(json_member_str(json, "type"), types, 4);
    struct job_source s = {.identifier = member(arena, json, "sourceIdentifier"),
            .location = member(arena, json, "location"),
            .version = member(arena, json, "sourceVersion"),
            .bucket = member(arena, json, "bucket"),
            .key = member(arena, json, "key"),
            .object_version = member(arena, json, "objectVersion"),
            .revision = member(arena, json, "revision"),
            .clone_url = member(arena, json, "cloneUrl"),
            .depth = json_integer_value(json_member(json, "gitCloneDepth")),
            .submodules = json_is_true(json_member(json, "gitSubmodules"))};

    if (type < 0)
        return error_set(err, EPROTO, "job has a source of an unknown type");
    s.type = (enum job_source_type)type;
    if (is_first)
        s.identifier = (str){0};
    else if (!is_identifier(s.identifier))
        return error_set(err, EPROTO, "job has a source with a bad identifier");
    if (s.type == SOURCE_CODECOMMIT ? s.clone_url.len == 0
                                    : s.type != SOURCE_NONE && (!s.bucket.len || !s.key.len))
        return error_set(err, EPROTO, "job has a source without a place");
    *ret = s;
    return 0;
}

static int parse_artifact(struct arena *arena, const json_t *json, bool is_first,
        struct job_artifact *ret, struct error *err)
{
    static const char *const types[] = {"CODEPIPELINE", "S3", "NO_ARTIFACTS"};
    int type = choose(json_member_str(json, "type"), types, 3);
    struct job_artifact a = {.identifier = member(arena, json, "artifactIdentifier"),
            .bucket = member(arena, json, "bucket"),
            .key = member(arena, json, "key"),
            .path = member(arena, json, "path"),
            .name = member(arena, json, "name"),
            .kms_key = member(arena, json, "kmsKey"),
            .by_build_id = str_eq(json_member_str(json, "namespaceType"), STR("BUILD_ID")),
            .override_name = json_is_true(json_member(json, "overrideArtifactName"))};

    if (type < 0)
        return error_set(err, EPROTO, "job has an artifact of an unknown type");
    a.type = (enum job_artifact_type)type;
    a.as_zip = a.type == ARTIFACT_CODEPIPELINE ||
               str_eq(json_member_str(json, "packaging"), STR("ZIP"));
    if (is_first && !a.identifier.len)
        a.identifier = (str){0};
    else if (!is_identifier(a.identifier))
        return error_set(err, EPROTO, "job has an artifact with a bad identifier");
    if (a.type != ARTIFACT_NONE && !a.bucket.len)
        return error_set(err, EPROTO, "job has an artifact without a bucket");
    if (a.type == ARTIFACT_CODEPIPELINE && !a.key.len)
        return error_set(err, EPROTO, "job has an artifact without a key");
    *ret = a;
    return 0;
}

int job_parse_credentials(
        struct arena *arena, const json_t *json, struct sigv4_credentials *ret, struct error *err)
{
    struct sigv4_credentials c = {.access_key = member(arena, json, "accessKeyId"),
            .secret = member(arena, json, "secretAccessKey"),
            .token = member(arena, json, "sessionToken")};

    if (!c.access_key.len || !c.secret.len)
        return error_set(err, EPROTO, "answer has no credentials");
    *ret = c;
    return 0;
}

static int parse_variables(
        struct arena *arena, const json_t *json, struct buildspec_pairs *ret, struct error *err)
{
    static const char *const origins[] = {[BUILDSPEC_PLAIN] = "PLAINTEXT",
            [BUILDSPEC_PARAMETER_STORE] = "PARAMETER_STORE",
            [BUILDSPEC_SECRETS_MANAGER] = "SECRETS_MANAGER"};
    struct buildspec_pairs pairs = {0};
    size_t len = json_array_size(json);

    if (len > JOB_MAX_VARIABLES)
        return error_set(err, EPROTO, "job has too many variables");
    pairs.items = arena_array(arena, len, struct buildspec_pair);
    for (size_t i = 0; i < len; i++) {
        const json_t *item = json_array_get(json, i);
        str type = json_member_str(item, "type");
        int origin = type.ptr ? choose(type, origins, 3) : BUILDSPEC_PLAIN;
        struct buildspec_pair pair = {.name = member(arena, item, "name"),
                .value = member(arena, item, "value"),
                .origin = (enum buildspec_origin)origin};
        if (!pair.name.len || !pair.value.ptr || memchr(pair.name.ptr, '=', pair.name.len))
            return error_set(err, EPROTO, "job has a bad variable");
        if (origin < 0)
            return error_set(err, EPROTO, "job has a variable of an unknown type");
        pairs.items[pairs.len++] = pair;
    }
    *ret = pairs;
    return 0;
}

static int parse_lists(struct arena *arena, const json_t *json, struct job *job, struct error *err)
{
    const json_t *sources = json_member(json, "sources"),
                 *artifacts = json_member(json, "artifacts");
    int r = 0;

    if (json_array_size(sources) > BUILD_MAX_SOURCES ||
            json_array_size(artifacts) > BUILD_MAX_ARTIFACTS)
        return error_set(err, EPROTO, "job has too many sources or artifacts");
    for (size_t i = 0; r == 0 && i < json_array_size(sources); i++)
        r = parse_source(
                arena, json_array_get(sources, i), i == 0, &job->sources[job->sources_len++], err);
    for (size_t i = 0; r == 0 && i < json_array_size(artifacts); i++)
        r = parse_artifact(arena, json_array_get(artifacts, i), i == 0,
                &job->artifacts[job->artifacts_len++], err);
    return r;
}

int job_parse(struct arena *arena, const json_t *json, struct job *ret, struct error *err)
{
    const json_t *logs = json_member(json, "logs");
    struct job job = {.arn = member(arena, json, "buildArn"),
            .id = member(arena, json, "buildId"),
            .lease = member(arena, json, "leaseToken"),
            .project = member(arena, json, "projectName"),
            .account = member(arena, json, "accountId"),
            .region = member(arena, json, "region"),
            .image = member(arena, json, "image"),
            .initiator = member(arena, json, "initiator"),
            .kms_key = member(arena, json, "encryptionKey"),
            .buildspec = member(arena, json, "buildspec"),
            .number = json_integer_value(json_member(json, "buildNumber")),
            .start_time = job_ms(json_member(json, "startTime")),
            .lease_ms = job_ms(json_member(json, "leaseSeconds")),
            .timeout_ms = job_ms(json_member(json, "timeoutSeconds")),
            .log_group = member(arena, logs, "cloudWatchGroupName"),
            .log_stream = member(arena, logs, "cloudWatchStreamName"),
            .log_bucket = member(arena, logs, "s3Bucket"),
            .log_key = member(arena, logs, "s3Key"),
            .log_kms_key = member(arena, logs, "s3KmsKey"),
            .log_path = member(arena, logs, "path")};
    int r;

    if (!job.arn.len || !job.id.len || !job.lease.len || !job.image.len || !job.region.len ||
            job.lease_ms <= 0 || job.timeout_ms <= 0)
        return error_set(err, EPROTO, "job lacks a required member");
    if ((r = parse_lists(arena, json, &job, err)) < 0 ||
            (r = parse_variables(
                     arena, json_member(json, "environmentVariables"), &job.variables, err)) < 0 ||
            (r = job_parse_credentials(
                     arena, json_member(json, "credentials"), &job.credentials, err)) < 0)
        return r;
    *ret = job;
    return 0;
}
