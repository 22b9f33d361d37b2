/*
 * job - a build as PollBuild hands it out (api/worker.smithy: BuildJob)
 *
 * job_parse() checks what the worker relies on: required members, known types, names
 * that become paths.
 *
 * Memory    borrowed strings live in the caller's arena
 * Errors    -EPROTO the server's answer is not such a job
 */
#pragma once

#include "base/json.h"
#include "net/sigv4.h"
#include "worker/build.h"

enum job_source_type {
    SOURCE_CODECOMMIT,
    SOURCE_CODEPIPELINE,
    SOURCE_S3,
    SOURCE_NONE
};
enum job_artifact_type {
    ARTIFACT_CODEPIPELINE,
    ARTIFACT_S3,
    ARTIFACT_NONE
};

struct job_source {
    enum job_source_type type;
    str identifier; /* absent for the primary one */
    str location, version;
    str bucket, key, object_version;
    str revision; /* what an artifact of a pipeline was made of */
    str clone_url;
    int64_t depth;
    bool submodules;
};

struct job_artifact {
    enum job_artifact_type type;
    str identifier;
    str bucket, key, path, name;
    str kms_key;      /* absent: the bucket's default */
    bool by_build_id; /* namespaceType BUILD_ID */
    bool as_zip;
    bool override_name;
};

struct job {
    str arn, id, lease, project, account, region, image, initiator, kms_key, buildspec;
    int64_t number, start_time, lease_ms, timeout_ms;
    struct job_source sources[BUILD_MAX_SOURCES];
    size_t sources_len;
    struct job_artifact artifacts[BUILD_MAX_ARTIFACTS];
    size_t artifacts_len;
    struct buildspec_pairs variables;
    str log_group, log_stream, log_bucket, log_key, log_kms_key, log_path;
    struct sigv4_credentials credentials;
};

MUST_CHECK int job_parse(
        struct arena *arena, const json_t *json, struct job *ret, struct error *err);
MUST_CHECK int job_parse_credentials(
        struct arena *arena, const json_t *json, struct sigv4_credentials *ret, struct error *err);
/* A JSON number of seconds as milliseconds; 0 when absent. */
int64_t job_ms(const json_t *seconds);
