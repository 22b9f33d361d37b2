#include "services/s3/receive.h"

#include "base/codec.h"

enum {
    BUFFER_LEN = 131072
};

struct sink {
    struct call *call;
    const struct blob_key *key;
    struct blob_writer *writer; /* NULL: nothing came yet */
    struct digest md5, sum;
    bool has_sum;
    int64_t size;
};

static int too_large(struct call *call)
{
    return call_fail(
            call, &s3_EntityTooLarge, "Your proposed upload exceeds the maximum allowed size");
}

static int add(struct sink *sink, str bytes, struct error *err)
{
    int r = 0;

    sink->size += (int64_t)bytes.len;
    if (sink->size > S3_MAX_PUT)
        return too_large(sink->call);
    if (!sink->writer)
        r = blob_create(sink->call->server->blobs, sink->key, &sink->writer, err);
    if (r < 0)
        return r;
    digest_add(&sink->md5, bytes);
    if (sink->has_sum)
        digest_add(&sink->sum, bytes);
    return blob_write(sink->writer, bytes, err);
}

static int finish(struct sink *sink, str algorithm, struct received *ret, struct error *err)
{
    struct arena *arena = sink->call->arena;
    struct blob_writer *writer = sink->writer;
    struct blob_info info = {0};
    int r = 0;

    sink->writer = NULL;
    if (writer)
        r = blob_finish(writer, arena, &info, err);
    if (r < 0)
        return r;
    ret->blob = info.id;
    ret->size = sink->size;
    ret->md5 = hex_encode(arena, digest_final(&sink->md5, arena));
    if (sink->has_sum)
        ret->checksum = (struct checksum){algorithm,
                base64_encode(arena, digest_final(&sink->sum, arena)), STR("FULL_OBJECT")};
    return 0;
}

static int run(struct sink *sink, receive_fn *fn, void *arg, str algorithm, struct received *ret,
        struct error *err)
{
    char *buffer = arena_alloc(sink->call->arena, 1, BUFFER_LEN);
    ssize_t n;
    int r;

    while ((n = fn(arg, buffer, BUFFER_LEN, err)) > 0) {
        r = add(sink, (str){buffer, (size_t)n}, err);
        if (r < 0)
            return r;
    }
    return n < 0 ? (int)n : finish(sink, algorithm, ret, err);
}

int receive_from(struct call *call, receive_fn *fn, void *arg, str algorithm,
        const struct blob_key *key, struct received *ret)
{
    struct sink sink = {.call = call, .key = key};
    struct received received = {0};
    struct error err = {0};
    enum digest_kind kind;
    int r;

    if (algorithm.ptr) {
        r = checksum_kind(algorithm, &kind);
        if (r < 0)
            return r;
        digest_init(&sink.sum, kind);
        sink.has_sum = true;
    }
    digest_init(&sink.md5, DIGEST_MD5);
    r = run(&sink, fn, arg, algorithm, &received, &err);
    blob_abandon(sink.writer);
    digest_done(&sink.md5);
    if (sink.has_sum)
        digest_done(&sink.sum);
    if (r >= 0)
        *ret = received;
    return r;
}

static ssize_t read_body(void *arg, void *ptr, size_t len, struct error *err)
{
    (void)err; /* the call fails itself */
    return call_read(arg, ptr, len);
}

static int check_md5(struct call *call, str content_md5)
{
    str bytes;

    if (!content_md5.ptr)
        return 0;
    if (base64_decode(call->arena, str_trim(content_md5), &bytes) < 0 || bytes.len != MD5_LEN)
        return call_fail(call, &s3_InvalidDigest, "The Content-MD5 you specified was invalid.");
    return 0;
}

int receive_body(
        struct call *call, str content_md5, const struct blob_key *key, struct received *ret)
{
    struct checksum announced;
    int r = check_md5(call, content_md5);

    if (r < 0 || (r = checksum_of_request(call, &announced)) < 0)
        return r;
    if (call->body_length < 0)
        return call_fail(
                call, &s3_MissingContentLength, "You must provide the Content-Length HTTP header.");
    if (call->body_length > S3_MAX_PUT)
        return too_large(call);
    r = receive_from(call, read_body, call, (str){0}, key, ret);
    return r < 0 ? r : checksum_of_request(call, &ret->checksum); /* trailers too */
}
