/*
 * Requests: net/sigv4.h. Parsing, verifying and the chunked body, from bytes of this form:
 *
 *     METHOD path?query\n
 *     name: value\n ...
 *     \n
 *     body
 *
 * A method that begins with "s" (lower case) makes it a request to S3.
 */
#include "net/sigv4.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static struct sigv4_request read_request(struct arena *arena, str *text)
{
    struct sigv4_request req = {0};
    struct sigv4_header *headers = arena_array(arena, 50, struct sigv4_header);
    str line = {0}, name;

    (void)str_cut(text, '\n', &line);
    if (!str_cut(&line, ' ', &req.method))
        req.method = STR("GET");
    req.is_s3 = str_starts(req.method, STR("s"));
    if (str_cut(&line, '?', &req.path))
        req.query = line;
    else
        req.path = line;
    while (req.headers_len < 50 && str_cut(text, '\n', &line) && line.len > 0)
        if (str_cut(&line, ':', &name))
            headers[req.headers_len++] = (struct sigv4_header){name, str_trim(line)};
    req.headers = headers;
    return req;
}

static void decode(struct arena *arena, const struct sigv4_claim *claim, str body)
{
    static const unsigned char key[32];
    struct sigv4_chunks *chunks = sigv4_chunks_new(arena, claim, key);
    char out[100];

    while (body.len > 0) {
        str raw = str_head(body, 7);
        size_t before = raw.len;
        ssize_t n = sigv4_chunks_feed(chunks, &raw, out, 5, NULL);

        if (n < 0)
            break;
        if (n > 5 || (n == 0 && raw.len == before))
            abort();
        body = str_skip(body, before - raw.len);
    }
    (void)sigv4_chunks_trailer(chunks, STR("x-amz-checksum-crc32"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const unsigned char key[32];
    AUTO_ARENA struct arena arena = {0};
    str text = {(const char *)data, len};
    struct sigv4_request req = read_request(&arena, &text);
    struct sigv4_claim claim = {0};
    struct error err;
    int64_t time;

    if (sigv4_parse(&arena, &req, &claim, &err) == 0) {
        (void)!sigv4_verify(&arena, &req, &claim, key, &err);
        decode(&arena, &claim, text);
    }
    for (int payload = SIGV4_PAYLOAD_CHUNKED; payload <= SIGV4_PAYLOAD_UNSIGNED_TRAILER; payload++)
        decode(&arena, &(struct sigv4_claim){.payload = (enum sigv4_payload)payload}, text);
    (void)!sigv4_verify_git(text, STR("h:1"), req.path, STR("r"), key, &time, &err);
    return 0;
}
