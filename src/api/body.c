/*
 * body - a request's streamed body as plain bytes, all its promises checked
 *
 *     socket --> aws-chunked decoding, chunk signatures --> hashes --> call_read()
 *
 * Checked at the end: x-amz-content-sha256, Content-MD5, x-amz-checksum-… (header or
 * trailer), and that the decoded length is what was announced.
 */
#include "api/private.h"

#include "base/codec.h"
#include "base/digest.h"

enum {
    BODY_BUFFER = 65536,
    BODY_MAX_DIGESTS = 8
};

struct check {
    struct digest digest;
    str expected; /* base64 (hex for SHA-256 of the payload); absent: in the trailer */
    str header;   /* its name */
    bool is_hex;
};

struct body_stream {
    struct sigv4_chunks *chunks; /* NULL: plain */
    char *buffer;
    str raw; /* read, not yet decoded */
    struct check checks[BODY_MAX_DIGESTS];
    size_t checks_len;
    str trailer; /* the one that was announced */
    int64_t total;
    int64_t expected; /* -1: unknown */
    bool at_end;
};

static const struct algorithm {
    const char *header;
    enum digest_kind kind;
} algorithms[] = {
        {"x-amz-checksum-crc32", DIGEST_CRC32},
        {"x-amz-checksum-crc32c", DIGEST_CRC32C},
        {"x-amz-checksum-crc64nvme", DIGEST_CRC64NVME},
        {"x-amz-checksum-sha1", DIGEST_SHA1},
        {"x-amz-checksum-sha256", DIGEST_SHA256},
};

static void add_check(struct body_stream *body, enum digest_kind kind, const char *header,
        str expected, bool is_hex)
{
    struct check *check;

    if (body->checks_len == BODY_MAX_DIGESTS)
        return;
    check = &body->checks[body->checks_len++];
    digest_init(&check->digest, kind);
    check->expected = expected;
    check->header = str_of(header);
    check->is_hex = is_hex;
}

/* "x-amz-trailer: x-amz-checksum-crc32" announces what comes after the body. */
static int add_checks(struct call *call, struct body_stream *body)
{
    static const struct call_error invalid = {"InvalidRequest", 400, true};
    const struct call_private *p = call->private_;
    str trailer = str_trim(httpd_header(p->req, STR("x-amz-trailer"))),
        md5 = call_header(call, STR("Content-MD5"));
    bool is_known = !trailer.ptr;

    for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++) {
        str value = httpd_header(p->req, str_of(algorithms[i].header));
        bool is_announced = str_eq_nocase(trailer, str_of(algorithms[i].header));

        is_known = is_known || is_announced;
        if (value.ptr || is_announced)
            add_check(body, algorithms[i].kind, algorithms[i].header, value, false);
    }
    if (md5.ptr)
        add_check(body, DIGEST_MD5, "Content-MD5", md5, false);
    if (p->claim.payload == SIGV4_PAYLOAD_HASH)
        add_check(body, DIGEST_SHA256, "x-amz-content-sha256", p->claim.payload_hash, true);
    body->trailer = trailer;
    if (!is_known)
        return call_fail(
                call, &invalid, "The value specified in the x-amz-trailer header is not supported");
    return 0;
}

static int bad_check(struct call *call, const struct check *check, str actual)
{
    if (check->is_hex) {
        call_error_extra(call, STR("ClientComputedContentSHA256"), check->expected);
        call_error_extra(call, STR("S3ComputedContentSHA256"), actual);
        return call_fail(call, &error_ContentHash,
                "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    if (str_eq(check->header, STR("Content-MD5")))
        return call_fail(call, &error_BadDigest,
                "The Content-MD5 you specified did not match what we received.");
    return call_fail(call, &error_BadDigest,
            "The %.*s you specified did not match the calculated checksum.",
            STR_ARG(str_skip(check->header, strlen("x-amz-checksum-"))));
}

static int malformed_trailer(struct call *call)
{
    static const struct call_error error = {"MalformedTrailerError", 400, true};

    return call_fail(call, &error,
            "The request contained trailing data that was not well-formed or did not conform to "
            "our published schema.");
}

static int finish_checks(struct call *call, struct body_stream *body)
{
    int r = 0;

    /* One that was not announced was not computed either. */
    if (body->chunks && sigv4_chunks_has_other(body->chunks, body->trailer))
        r = malformed_trailer(call);
    for (size_t i = 0; i < body->checks_len; i++) {
        struct check *check = &body->checks[i];
        str bytes = digest_final(&check->digest, call->arena);
        str actual =
                check->is_hex ? hex_encode(call->arena, bytes) : base64_encode(call->arena, bytes);

        digest_done(&check->digest);
        if (!check->expected.ptr && body->chunks)
            check->expected = sigv4_chunks_trailer(body->chunks, check->header);
        if (r >= 0 && !check->expected.ptr)
            r = malformed_trailer(call);
        else if (r >= 0 && !str_eq_nocase(str_trim(check->expected), actual))
            r = bad_check(call, check, actual);
        else if (r >= 0 && !check->is_hex && str_trim(check->expected).len == actual.len &&
                 memcmp(str_trim(check->expected).ptr, actual.ptr, actual.len) != 0)
            r = bad_check(call, check, actual); /* base64 has case */
    }
    body->checks_len = 0;
    return r;
}

static int body_new(struct call *call, struct body_stream **ret)
{
    struct body_stream *body = arena_new(call->arena, struct body_stream);

    body->expected = -1;
    call->private_->body = body;
    *ret = body;
    return add_checks(call, body);
}

int body_check(struct call *call, str bytes)
{
    struct body_stream *body;
    int r;

    if (call_family(call) != FAMILY_S3)
        return 0; /* the signature covers the body itself */
    r = body_new(call, &body);
    if (r < 0)
        return r;
    for (size_t i = 0; i < body->checks_len; i++)
        digest_add(&body->checks[i].digest, bytes);
    return finish_checks(call, body);
}

static bool is_chunked(const struct call_private *p)
{
    return p->claim.payload != SIGV4_PAYLOAD_HASH && p->claim.payload != SIGV4_PAYLOAD_UNSIGNED;
}

int body_open(struct call *call)
{
    struct call_private *p = call->private_;
    str length = call_header(call, STR("x-amz-decoded-content-length"));
    struct body_stream *body;
    int r = body_new(call, &body);

    if (r < 0)
        return r;
    body->buffer = arena_alloc(call->arena, 1, BODY_BUFFER);
    body->expected = p->req->content_length;
    if (!is_chunked(p)) {
        call->body_length = body->expected;
        return 0;
    }
    body->chunks = sigv4_chunks_new(call->arena, &p->claim, p->signing_key);
    body->expected = -1;
    if (length.ptr && (str_to_i64(length, &body->expected) < 0 || body->expected < 0))
        return call_fail(
                call, &error_Validation, "The value of x-amz-decoded-content-length is not valid.");
    call->body_length = body->expected;
    return 0;
}

static int fill(struct call *call, struct body_stream *body)
{
    struct error err;
    ssize_t n = httpd_read(call->private_->req, body->buffer, BODY_BUFFER, &err);

    if (n < 0)
        return call_fail(call, &error_RequestTimeout,
                "Your socket connection to the server was not read from or "
                "written to within the timeout period. Idle connections will be closed.");
    body->raw = (str){body->buffer, (size_t)n};
    return n > 0;
}

static int incomplete(struct call *call)
{
    static const struct call_error error = {"IncompleteBody", 400, true};

    return call_fail(call, &error,
            "You did not provide the number of bytes specified by the Content-Length HTTP header");
}

/* Plain bytes into ptr; 0 at the end. */
static ssize_t next_bytes(struct call *call, struct body_stream *body, void *ptr, size_t len)
{
    struct error err;

    while (!body->chunks || !sigv4_chunks_at_end(body->chunks)) {
        ssize_t n;
        int r = body->raw.len ? 1 : fill(call, body);

        if (r < 0)
            return r;
        if (r == 0)
            return body->chunks ? incomplete(call) : 0;
        if (!body->chunks) {
            n = (ssize_t)(len < body->raw.len ? len : body->raw.len);
            memcpy(ptr, body->raw.ptr, (size_t)n);
            body->raw = str_skip(body->raw, (size_t)n);
            return n;
        }
        n = sigv4_chunks_feed(body->chunks, &body->raw, ptr, len, &err);
        if (n == -EACCES)
            return call_fail(call, &error_SignatureMismatch,
                    "The request signature we calculated does not match the "
                    "signature you provided. Check your key and signing method.");
        if (n < 0)
            return call_fail(call, &error_Validation, "%s", err.text);
        if (n > 0)
            return n;
    }
    return 0;
}

ssize_t call_read(struct call *call, void *ptr, size_t len)
{
    struct body_stream *body = call->private_->body;
    ssize_t n;

    if (!body || body->at_end || len == 0)
        return 0;
    n = next_bytes(call, body, ptr, len);
    if (n < 0)
        return n;
    for (size_t i = 0; i < body->checks_len && n > 0; i++)
        digest_add(&body->checks[i].digest, (str){ptr, (size_t)n});
    body->total += n;
    if (body->expected >= 0 && body->total > body->expected)
        return incomplete(call);
    if (n > 0)
        return n;
    body->at_end = true;
    if (body->expected >= 0 && body->total != body->expected)
        return incomplete(call);
    return finish_checks(call, body);
}

int body_finish(struct call *call)
{
    struct body_stream *body = call->private_->body;
    ssize_t n;
    char *rest;

    if (!body || body->at_end)
        return 0;
    rest = arena_alloc(call->arena, 1, BODY_BUFFER);
    do
        n = call_read(call, rest, BODY_BUFFER);
    while (n > 0);
    return (int)n;
}

void body_done(struct call *call)
{
    struct body_stream *body = call->private_->body;

    for (size_t i = 0; body && i < body->checks_len; i++)
        digest_done(&body->checks[i].digest);
    if (body)
        body->checks_len = 0;
}

str call_header(struct call *call, str name)
{
    const struct call_private *p = call->private_;
    str value = p->req ? httpd_header(p->req, name) : (str){0};

    if (!value.ptr && p->body && p->body->chunks && sigv4_chunks_at_end(p->body->chunks))
        value = sigv4_chunks_trailer(p->body->chunks, name);
    return value;
}
