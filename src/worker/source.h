/*
 * source - brings the sources of a job to its directory
 *
 * CODECOMMIT: git over HTTPS, with the password form of AWS's credential helper, given
 * to git through the environment; the version asked for (branch, tag, commit, or
 * "refs/heads/x^{commit}") is fetched and checked out detached. S3 and CODEPIPELINE: a
 * ZIP object, unpacked.
 *
 * Errors    -ECANCELED the build was stopped meanwhile; others with a line for the user
 */
#pragma once

#include "net/aws.h"
#include "worker/job.h"

struct source_context {
    struct arena *arena;
    struct aws *aws; /* as the service role */
    const struct sigv4_credentials *credentials;
    str region;
    str ca_file;
    struct build_control *control;
};

MUST_CHECK int source_download(struct source_context *context, const struct job_source *source,
        const char *dir, str *ret_version, struct error *err);
