/*
 * body - a request's streamed body as plain bytes, all its promises checked
 *
 *     socket --> aws-chunked decoding, chunk signatures --> hashes --> call_read()
 *
 * Checked at the end: x-amz-content-sha256, Content-MD5, x-amz-checksum-… (header or
 * trailer), and that the decoded length is what was announced.
 */
#include "api/private.h"
#include "api/shape.h"

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

static const str PREFIX = STR_INIT("x-amz-checksum-");

static int fail_request(struct call *call, const char *why)
{
    static const struct call_error error = {"InvalidRequest", 400, true};

    return call_fail(call, &error, "%s", why);
}

/* Checksum headers are of the body where a header may name their algorithm; elsewhere they are
 * what the handler makes of them (CompleteMultipartUpload: of the object). */
static bool are_of_body(const struct call *call)
{
    const struct service_model *model = call->service->model;
    const struct shape *input;

    if (call->operation->input == SHAPE_NONE)
        return false;
    input = shape_of(model, call->operation->input);
    for (size_t i = 0; i < input->members_len; i++) {
        const struct member *member = &model->members[input->first_member + i];
        if (member->location == IN_HEADER &&
                str_eq_nocase(str_of(model_str(model, member->wire_name)),
                        STR("x-amz-sdk-checksum-algorithm")))
            return true;
    }
    return false;
}

/* "x-amz-checksum-sha512: ...": nothing here could check it. */
static bool has_unknown_checksum(const struct httpd_request *req)
{
    for (size_t i = 0; i < req->headers.len; i++) {
        str name = str_head(req->headers.items[i].name, PREFIX.len);
        bool is_known =
                !str_eq_nocase(name, PREFIX) ||
                str_eq_nocase(req->headers.items[i].name, STR("x-amz-checksum-algorithm")) ||
                str_eq_nocase(req->headers.items[i].name, STR("x-amz-checksum-mode")) ||
                str_eq_nocase(req->headers.items[i].name, STR("x-amz-checksum-type"));

        for (size_t k = 0; !is_known && k < sizeof(algorithms) / sizeof(*algorithms); k++)
            is_known = str_eq_nocase(req->headers.items[i].name, str_of(algorithms[k].header));
        if (!is_known)
            return true;
    }
    return false;
}

/* "x-amz-trailer: x-amz-checksum-crc32" announces what comes after the body. */
static int add_checksums(struct call *call, struct body_stream *body)
{
    const struct httpd_request *req = call->private_->req;
    str named = httpd_header(req, STR("x-amz-sdk-checksum-algorithm"));
    bool is_announced = false, has_named = false;

    body->trailer = str_trim(httpd_header(req, STR("x-amz-trailer")));
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++) {
        str header = str_of(algorithms[i].header), value = httpd_header(req, header);
        bool is_trailer = str_eq_nocase(body->trailer, header);

        if (!value.ptr && !is_trailer)
            continue;
        add_check(body, algorithms[i].kind, algorithms[i].header, value, false);
        is_announced = is_announced || is_trailer;
        has_named = has_named || str_eq_nocase(named, str_skip(header, PREFIX.len));
    }
    if (has_unknown_checksum(req))
        return call_fail(call, &error_NotImplemented,
                "A header you provided implies functionality that is not implemented");
    if (body->trailer.ptr && !is_announced)
        return fail_request(
                call, "The value specified in the x-amz-trailer header is not supported");
    if (named.ptr && !has_named)
        return fail_request(call,
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
                "x-amz-trailer headers were found.");
    return 0;
}

static int add_checks(struct call *call, struct body_stream *body)
{
    const struct call_private *p = call->private_;
    str md5 = httpd_header(p->req, STR("Content-MD5"));

    if (md5.ptr)
        add_check(body, DIGEST_MD5, "Content-MD5", md5, false);
    if (p->claim.payload == SIGV4_PAYLOAD_HASH)
        add_check(body, DIGEST_SHA256, "x-amz-content-sha256", p->claim.payload_hash, true);
    return are_of_body(call) ? add_checksums(call, body) : 0;
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
            STR_ARG(str_skip(check->header, PREFIX.len)));
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

static bool is_chunked(const struct call_private *p)
{
    return p->claim.payload != SIGV4_PAYLOAD_HASH && p->claim.payload != SIGV4_PAYLOAD_UNSIGNED;
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
        return 0;                   /* the signature covers the body itself */
    if (is_chunked(call->private_)) /* the signature would cover the name of the framing alone */
        return call_fail(call, &error_NotImplemented,
                "A header you provided implies functionality that is not implemented");
    r = body_new(call, &body);
    if (r < 0)
        return r;
    for (size_t i = 0; i < body->checks_len; i++)
        digest_add(&body->checks[i].digest, bytes);
    return finish_checks(call, body);
}

int body_open(struct call *call)
{
    static const struct call_error error = {"MissingContentLength", 411, true};
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
    if (!length.ptr)
        return call_fail(call, &error, "You must provide the Content-Length HTTP header.");
    if (str_to_i64(length, &body->expected) < 0 || body->expected < 0)
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
    int r;

    while (!body->chunks || !sigv4_chunks_at_end(body->chunks)) {
        ssize_t n;

        r = body->raw.len ? 1 : fill(call, body);
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
    r = body->raw.len ? 1 : fill(call, body);
    if (r > 0)
        return call_fail(call, &error_Validation, "bytes follow the end of the chunked body");
    return r;
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
