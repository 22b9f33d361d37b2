/*
 * sigv4 - AWS Signature Version 4, both sides, without I/O
 *
 * Source: AWS General Reference, "Signing AWS API requests"; for S3 "Authenticating
 * Requests"; for git the credential helper of the aws CLI.
 *
 * sigv4_parse() finds out what a request claims (header or presigned query);
 * sigv4_verify() computes the signature from the secret and compares in constant
 * time. Who the access key belongs to is the caller's business.
 *
 * Errors    -ENOENT  no signature at all (an anonymous request)
 *           -EINVAL  malformed: *err has AWS's wording
 *           -EBADMSG x-amz-content-sha256 is missing or nothing known; likewise
 *           -EACCES  the signature does not match
 */
#pragma once

#include "base/str.h"

enum sigv4_where {
    SIGV4_HEADER,
    SIGV4_QUERY
};

enum sigv4_payload {
    SIGV4_PAYLOAD_HASH,             /* the hash of the body is given */
    SIGV4_PAYLOAD_UNSIGNED,         /* UNSIGNED-PAYLOAD */
    SIGV4_PAYLOAD_CHUNKED,          /* STREAMING-AWS4-HMAC-SHA256-PAYLOAD */
    SIGV4_PAYLOAD_CHUNKED_TRAILER,  /* STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER */
    SIGV4_PAYLOAD_UNSIGNED_TRAILER, /* STREAMING-UNSIGNED-PAYLOAD-TRAILER */
};

struct sigv4_header {
    str name; /* any case */
    str value;
};

struct sigv4_request {
    str method;
    str path;  /* raw, as on the wire */
    str query; /* raw, without "?" */
    const struct sigv4_header *headers;
    size_t headers_len;
    str payload_hash; /* hex SHA-256 of the body, or absent: taken from x-amz-content-sha256 */
    bool is_s3;       /* paths are not normalised and encoded once */
};

struct sigv4_claim {
    enum sigv4_where where;
    str access_key;
    str date; /* yyyymmdd */
    str region;
    str service;
    str scope; /* date/region/service/aws4_request */
    str signed_headers;
    str signature;   /* hex */
    str token;       /* x-amz-security-token; absent if there is none */
    str timestamp;   /* yyyymmddThhmmssZ */
    int64_t time;    /* ms */
    int64_t expires; /* presigned: seconds; else 0 */
    enum sigv4_payload payload;
    str payload_hash; /* what x-amz-content-sha256 says; absent without one */
};

MUST_CHECK int sigv4_parse(struct arena *arena, const struct sigv4_request *req,
        struct sigv4_claim *ret, struct error *err);
/* What the request says of its body: fills ret->payload and ret->payload_hash. sigv4_parse() has
 * done it where there is a signature. */
MUST_CHECK int sigv4_parse_payload(const struct sigv4_request *req, bool is_required,
        struct sigv4_claim *ret, struct error *err);
/* The first x-amz- header that the signature does not cover; absent if there is none. With it
 * somebody else has widened the request: its token, its operation, its rights. */
str sigv4_unsigned_header(const struct sigv4_request *req, const struct sigv4_claim *claim);
/* Signing key for (secret, date, region, service): 32 bytes, may be cached. */
void sigv4_key(str secret, str date, str region, str service, unsigned char ret[32]);
MUST_CHECK int sigv4_verify(struct arena *arena, const struct sigv4_request *req,
        const struct sigv4_claim *claim, const unsigned char key[32], struct error *err);
/* The canonical request, for the message of SignatureDoesNotMatch. */
str sigv4_canonical(
        struct arena *arena, const struct sigv4_request *req, const struct sigv4_claim *claim);

/*
 * Streamed bodies in aws-chunked encoding (S3): "<hex size>;chunk-signature=<64
 * hex>\r\n<bytes>\r\n"… and trailers. Feed raw bytes, get plain ones.
 */
struct sigv4_chunks;
struct sigv4_chunks *sigv4_chunks_new(
        struct arena *arena, const struct sigv4_claim *claim, const unsigned char key[32]);
/* Decodes as much of *raw as possible (and moves it on) into `out`; the count of plain bytes.
 * -EACCES a chunk's signature is wrong, -EINVAL malformed. */
MUST_CHECK ssize_t sigv4_chunks_feed(
        struct sigv4_chunks *chunks, str *raw, void *out, size_t len, struct error *err);
bool sigv4_chunks_at_end(const struct sigv4_chunks *chunks);
/* A trailer ("x-amz-checksum-crc32"), after the end; absent if it was not sent. */
str sigv4_chunks_trailer(const struct sigv4_chunks *chunks, str name);
/* Whether there was a trailer that is not called this. */
bool sigv4_chunks_has_other(const struct sigv4_chunks *chunks, str name);

/* Signing, for our own clients (worker, agent). Adds nothing itself: returns the value of
 * Authorization. */
struct sigv4_credentials {
    str access_key;
    str secret;
    str token; /* may be absent */
};
str sigv4_sign(struct arena *arena, const struct sigv4_request *req,
        const struct sigv4_credentials *credentials, str region, str service, str timestamp);

/* The password that `aws codecommit credential-helper` makes: "<timestamp>Z<hex signature>". Host
 * as the client used it. */
MUST_CHECK int sigv4_verify_git(str password, str host, str path, str region,
        const unsigned char key[32], int64_t *ret_time, struct error *err);
