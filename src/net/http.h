/*
 * http - the HTTP client, over libcurl
 *
 * Used by the worker, the agent, webhooks, identity providers and the S3 blob backend. libcurl is loaded
 * at the first request: `slipway serve` does not pay for it while idle.
 *
 * Errors    -ECONNREFUSED, -ETIMEDOUT, -EPROTO (TLS), -E2BIG (answer beyond max),
 *           -EIO; an HTTP status is not an error
 * Threads   a struct http belongs to one thread at a time; keeps its connection
 */
#pragma once

#include "base/str.h"
#include "net/sigv4.h"

struct http;

struct http_options {
    str ca_file; /* absent: the system's */
    str ca_pem;  /* instead: only what this certificate signed; it may be any */
    bool https_only;
    int64_t connect_timeout_ms; /* 0: 10000 */
    int64_t timeout_ms;         /* whole request; 0: 90000; < 0: none, only stalls */
};

struct http_request {
    str method; /* absent: GET */
    str url;
    const struct sigv4_header *headers;
    size_t headers_len;
    str body;
    /* Streamed body instead: returns the count, 0 at the end, < 0 to fail. body_len -1: chunked. */
    ssize_t (*read)(void *arg, void *ptr, size_t len);
    int64_t body_len;
    /* Streamed answer instead of response.body, when the status is 2xx: < 0 stops. */
    int (*write)(void *arg, str bytes);
    void *arg;
    size_t max_response; /* 0: 16 MiB */
};

struct http_response {
    int status;
    const struct sigv4_header *headers;
    size_t headers_len;
    str body;
};

MUST_CHECK int http_open(const struct http_options *options, struct http **ret, struct error *err);
void http_close(struct http *http);
MUST_CHECK int http_send(struct http *http, struct arena *arena, const struct http_request *req,
        struct http_response *ret, struct error *err);
str http_response_header(const struct http_response *response, str name);

/*
 * The certificates that the server of a URL shows, its own first, as PEM. Nothing of them is
 * checked, and nothing is asked: who means to trust one of them opens a client with it as ca_pem.
 */
MUST_CHECK int http_certificates(
        struct http *http, struct arena *arena, str url, struct str_list *ret, struct error *err);
/* SHA-1 of one of them, as AWS calls certificates: 40 digits of lower case; absent: it is none. */
str http_thumbprint(struct arena *arena, str pem);
