/*
 * aws_private - what the files of the client of AWS's APIs share
 */
#pragma once

#include "base/digest.h"
#include "net/aws.h"

struct aws_private {
    struct arena arena;
    struct http *http;
    str endpoint, host, region;
    struct sigv4_credentials credentials; /* heap */
    int tries;
    int64_t skew_ms; /* the server's clock less ours */
};

struct aws_request {
    str service, method, path, query, target, content_type;
    str kms_key; /* S3: what the object is to be encrypted under */
    str body, payload_hash;
    ssize_t (*read)(void *arg, void *ptr, size_t len);
    int64_t body_len;
    int (*write)(void *arg, str bytes);
    int (*rewind)(void *arg, struct error *err); /* before it is sent once more */
    void *arg;
};

/* Signs and sends, with retries. -EREMOTEIO for a status that is not 2xx. */
MUST_CHECK int aws_send(struct aws *aws, struct arena *arena, const struct aws_request *req,
        struct http_response *ret, struct error *err);
