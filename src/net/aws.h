/*
 * aws - a small client of AWS's APIs: signed requests, retries, errors
 *
 * What the worker and the agent speak to the server (DESIGN: workers and agents are
 * only API clients). JSON protocols only; S3 objects by get and put.
 *
 * Errors    -EREMOTEIO  the service answered with an error: its code is in aws->code
 *           others as http.h, after the retries
 */
#pragma once

#include "base/json.h"
#include "net/http.h"

struct aws_options {
    str endpoint; /* https://host:port */
    str ca_file;
    str region;
    struct sigv4_credentials credentials; /* copied */
    int tries;          /* on refused connections, 5xx and throttling, with backoff; 0: 4 */
    int64_t timeout_ms; /* of one request; 0: 90000 */
};

struct aws {
    char code[128]; /* of the last -EREMOTEIO: "ValidationException" */
    int status;
    struct aws_private *private_;
};

MUST_CHECK int aws_open(const struct aws_options *options, struct aws **ret, struct error *err);
void aws_close(struct aws *aws);
void aws_set_credentials(struct aws *aws, const struct sigv4_credentials *credentials);
/* target: "CodeBuild_20161006.StartBuild". *ret is the caller's (AUTO_JSON). */
MUST_CHECK int aws_call(struct aws *aws, struct arena *arena, str service, str target, str body,
        json_t **ret, struct error *err);
/* Objects, streamed from and to files. version and etag may be absent. -ENOENT no such object. */
MUST_CHECK int aws_s3_get_file(struct aws *aws, struct arena *arena, str bucket, str key,
        str version, int fd, str *ret_etag, struct error *err);
struct aws_object {
    str bucket, key;
    str content_type; /* absent: S3's own choice */
    str kms_key;      /* what it is to be encrypted under; absent: the bucket's default */
};
MUST_CHECK int aws_s3_put_file(struct aws *aws, struct arena *arena,
        const struct aws_object *object, int fd, struct error *err);
