/*
 * upload - artifacts of a job into S3
 *
 * Where an object goes is CodeBuild's rule: path / [build uuid /] name, and below that
 * each file when packaging is NONE; CODEPIPELINE gives the whole key.
 */
#pragma once

#include "net/aws.h"
#include "worker/job.h"

struct uploaded {
    str identifier;  /* absent for the primary one */
    str location;    /* arn:aws:s3:::bucket/key */
    str sha256, md5; /* hex, of a ZIP; absent otherwise */
};

/* The key of a ZIP, or the prefix of single files (without a "/" at its end). */
str upload_key(
        struct arena *arena, const struct job *job, const struct job_artifact *artifact, str name);
/* work_dir: for the temporary ZIP. */
MUST_CHECK int upload_artifact(struct arena *arena, struct aws *aws, const struct job *job,
        const struct job_artifact *artifact, str name, const struct artifact_files *files,
        const char *work_dir, struct uploaded *ret, struct error *err);
