#include "net/sigv4.h"

#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/proc.h"

/* ---- Against botocore and the CLI ------------------------------------------------- */

static json_t *load_vectors(struct arena *arena)
{
    const struct proc_options python = {.argv = (const char *const[]){"/usr/bin/python3",
                                                "tests/unit/net/sigv4_vectors.py", NULL}};
    struct error err = {0};
    json_t *vectors = NULL;
    str out, errors;
    int r = proc_run(arena, &python, STR(""), 1 << 20, 60000, &out, &errors, &err);

    if (r != 0)
        fail_msg("sigv4_vectors.py: %d %s %.*s", r, err.text, STR_ARG(errors));
    if (json_parse(out, &vectors, &err) < 0)
        fail_msg("%s", err.text);
    return vectors;
}

static struct sigv4_request load_request(struct arena *arena, const json_t *vector)
{
    const json_t *headers = json_member(vector, "headers");
    size_t len = json_array_size(headers);
    struct sigv4_header *items = arena_array(arena, len, struct sigv4_header);
    str hash = json_member_str(vector, "payload_hash");

    for (size_t i = 0; i < len; i++) {
        items[i].name = json_str(json_array_get(json_array_get(headers, i), 0));
        items[i].value = json_str(json_array_get(json_array_get(headers, i), 1));
    }
    return (struct sigv4_request){
            .method = json_member_str(vector, "method"),
            .path = json_member_str(vector, "path"),
            .query = json_member_str(vector, "query"),
            .headers = items,
            .headers_len = len,
            .payload_hash = hash.len ? hash : (str){0},
            .is_s3 = json_is_true(json_member(vector, "is_s3")),
    };
}

static void check_vector(struct arena *arena, const json_t *vector)
{
    struct sigv4_request req = load_request(arena, vector);
    str name = json_member_str(vector, "name");
    struct sigv4_claim claim;
    struct error err = {0};
    unsigned char key[32];

    if (sigv4_parse(arena, &req, &claim, &err) < 0)
        fail_msg("%.*s: %s", STR_ARG(name), err.text);
    assert_true(str_eq(claim.access_key, json_member_str(vector, "access_key")));
    assert_true(str_eq(claim.service, json_member_str(vector, "service")));
    assert_true(str_eq(claim.region, json_member_str(vector, "region")));
    sigv4_key(json_member_str(vector, "secret"), claim.date, claim.region, claim.service, key);
    if (sigv4_verify(arena, &req, &claim, key, &err) < 0)
        fail_msg("%.*s: %s\n%.*s", STR_ARG(name), err.text,
                STR_ARG(sigv4_canonical(arena, &req, &claim)));

    key[0] ^= 1;
    assert_int_equal(sigv4_verify(arena, &req, &claim, key, &err), -EACCES);
    key[0] ^= 1;
    req.method = STR("DELETE");
    assert_int_equal(sigv4_verify(arena, &req, &claim, key, &err), -EACCES);
}

static void check_git(const json_t *vector)
{
    str password = json_member_str(vector, "password"), host = json_member_str(vector, "host");
    str path = json_member_str(vector, "path"), region = json_member_str(vector, "region");
    struct error err = {0};
    unsigned char key[32];
    int64_t time = 0;

    sigv4_key(json_member_str(vector, "secret"), str_head(password, 8), region, STR("codecommit"),
            key);
    assert_int_equal(sigv4_verify_git(password, host, path, region, key, &time, &err), 0);
    assert_true(time > clock_now() - 120000 && time < clock_now() + 120000);
    assert_int_equal(sigv4_verify_git(password, host, STR("/v1/repos/y"), region, key, &time, &err),
            -EACCES);
    assert_int_equal(sigv4_verify_git(str_head(password, 79), host, path, region, key, &time, &err),
            -EINVAL);
}

static void sigv4_verifies_what_botocore_and_the_cli_sign(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    AUTO_JSON json_t *vectors = load_vectors(&arena);
    const json_t *requests = json_member(vectors, "requests"), *git = json_member(vectors, "git");

    (void)state;
    assert_true(json_array_size(requests) > 60);
    for (size_t i = 0; i < json_array_size(requests); i++)
        check_vector(&arena, json_array_get(requests, i));
    assert_int_equal(json_array_size(git), 3);
    for (size_t i = 0; i < json_array_size(git); i++)
        check_git(json_array_get(git, i));
}

/* ---- Parsing ---------------------------------------------------------------------- */

#define SIGNATURE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define CREDENTIAL "AKID/20261123/eu-west-1/iam/aws4_request"
#define AUTHORIZATION(credential, headers, signature)                                              \
    "AWS4-HMAC-SHA256 Credential=" credential ", SignedHeaders=" headers ", Signature=" signature

static int parse_header(bool is_s3, const char *authorization, const char *date,
        struct sigv4_claim *ret, struct error *err)
{
    static struct arena arena; /* what *ret points to */
    struct sigv4_header headers[] = {
            {STR("host"), STR("h")},
            {STR("x-amz-content-sha256"), STR("UNSIGNED-PAYLOAD")},
            {STR("authorization"), str_of(authorization)},
            {STR("x-amz-date"), str_of(date)},
    };
    struct sigv4_request req = {
            .method = STR("GET"),
            .path = STR("/"),
            .headers = headers,
            .headers_len = date ? 4 : 3,
            .is_s3 = is_s3,
    };

    arena_reset(&arena);
    return sigv4_parse(&arena, &req, ret, err);
}

static void sigv4_parse_takes_the_authorization_header_apart(void **state)
{
    struct sigv4_claim claim;
    struct error err = {0};

    (void)state;
    assert_int_equal(parse_header(false, AUTHORIZATION(CREDENTIAL, "host;x-amz-date", SIGNATURE),
                             "20261123T101112Z", &claim, &err),
            0);
    assert_true(str_eq(claim.access_key, STR("AKID")));
    assert_true(str_eq(claim.date, STR("20261123")));
    assert_true(str_eq(claim.scope, STR("20261123/eu-west-1/iam/aws4_request")));
    assert_true(str_eq(claim.signature, STR(SIGNATURE)));
    assert_int_equal(claim.payload, SIGV4_PAYLOAD_HASH); /* only S3 has bodies that nobody signs */
    assert_int_equal(claim.time, 1795428672000LL);
    assert_null(claim.token.ptr);
    /* No blanks after the commas, as some clients have it. */
    assert_int_equal(parse_header(false,
                             "AWS4-HMAC-SHA256 Credential=" CREDENTIAL ",SignedHeaders=host,"
                             "Signature=" SIGNATURE,
                             "20261123T101112Z", &claim, &err),
            0);
}

static void sigv4_parse_words_its_errors_as_aws_does(void **state)
{
    static const char date[] = "20261123T101112Z";
    static const struct {
        bool is_s3;
        const char *authorization, *date;
        int code;
        const char *text;
    } cases[] = {
            {false, "Basic eDp5", date, -ENOENT, "the request is not signed"},
            {false, "AWS AKID:c2ln", date, -EINVAL,
                    "The authorization mechanism you have provided is not supported. Please use "
                    "AWS4-HMAC-SHA256."},
            {false, "AWS4-HMAC-SHA256", date, -EINVAL,
                    "Authorization header requires 'Credential' parameter. Authorization header "
                    "requires 'Signature' parameter. Authorization header requires "
                    "'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256"},
            {false, "AWS4-HMAC-SHA256 Credential=" CREDENTIAL ", SignedHeaders=host", NULL, -EINVAL,
                    "Authorization header requires 'Signature' parameter. Authorization header "
                    "requires existence of either a 'X-Amz-Date' or a 'Date' header. "
                    "Authorization=AWS4-HMAC-SHA256 Credential=" CREDENTIAL ", SignedHeaders=host"},
            {false, "AWS4-HMAC-SHA256 nonsense", date, -EINVAL,
                    "'nonsense' not a valid key=value pair (missing equal-sign) in Authorization "
                    "header: 'AWS4-HMAC-SHA256 nonsense'."},
            {false, AUTHORIZATION("AKID/20261123/iam", "host", SIGNATURE), date, -EINVAL,
                    "Credential must have exactly 5 slash-delimited elements, e.g. "
                    "keyid/date/region/service/term, got 'AKID/20261123/iam'"},
            {true, AUTHORIZATION("AKID/20261123/s3", "host", SIGNATURE), date, -EINVAL,
                    "The authorization header is malformed; the Credential is mal-formed; "
                    "expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."},
            {false, AUTHORIZATION("AKID/20261123/r/iam/aws3", "host", SIGNATURE), date, -EINVAL,
                    "Credential should be scoped with a valid terminator: 'aws4_request', not "
                    "'aws3'."},
            {false, AUTHORIZATION(CREDENTIAL, "host", SIGNATURE), "20261124T101112Z", -EINVAL,
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of "
                    "date from HTTP: '20261123' != '20261124', from '20261124T101112Z'."},
            {false, AUTHORIZATION(CREDENTIAL, "host", SIGNATURE), "yesterday", -EINVAL,
                    "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See "
                    "http://en.wikipedia.org/wiki/ISO_8601"},
            {false, AUTHORIZATION(CREDENTIAL, "x-amz-date", SIGNATURE), date, -EINVAL,
                    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."},
            {false, AUTHORIZATION(CREDENTIAL, "host", "abc"), date, -EINVAL,
                    "Signature must be 64 hexadecimal digits."},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct sigv4_claim claim = {.expires = 42};
        struct error err = {0};

        assert_int_equal(
                parse_header(cases[i].is_s3, cases[i].authorization, cases[i].date, &claim, &err),
                cases[i].code);
        assert_string_equal(err.text, cases[i].text);
        assert_int_equal(claim.expires, 42); /* untouched */
    }
}

static int parse_query(const char *query, struct error *err)
{
    AUTO_ARENA struct arena arena = {0};
    struct sigv4_header host = {STR("Host"), STR("h")};
    struct sigv4_claim claim;

    return sigv4_parse(&arena,
            &(struct sigv4_request){.method = STR("GET"),
                    .path = STR("/"),
                    .query = str_of(query),
                    .headers = &host,
                    .headers_len = 1,
                    .is_s3 = true},
            &claim, err);
}

#define PRESIGNED(expires)                                                                         \
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20261123%2Fr%2Fs3%2Faws4_request"    \
    "&X-Amz-Date=20261123T101112Z&X-Amz-SignedHeaders=host&X-Amz-Signature=" SIGNATURE expires

static void sigv4_parse_limits_presigned_urls(void **state)
{
    struct error err = {0};

    (void)state;
    assert_int_equal(parse_query(PRESIGNED("&X-Amz-Expires=604800"), &err), 0);
    assert_int_equal(parse_query(PRESIGNED("&X-Amz-Expires=604801"), &err), -EINVAL);
    assert_string_equal(err.text,
            "X-Amz-Expires must be less than a week (in seconds); that is, the given "
            "X-Amz-Expires must be less than 604800 seconds");
    assert_int_equal(parse_query(PRESIGNED("&X-Amz-Expires=x"), &err), -EINVAL);
    assert_string_equal(err.text, "X-Amz-Expires should be a number");
    assert_int_equal(parse_query(PRESIGNED("&X-Amz-Expires=-1"), &err), -EINVAL);
    assert_int_equal(parse_query(PRESIGNED(""), &err), -EINVAL);
    assert_int_equal(parse_query("prefix=a", &err), -ENOENT);
}

static void sigv4_unsigned_header_finds_what_was_added(void **state)
{
    struct sigv4_header headers[] = {{STR("host"), STR("h")},
            {STR("x-amz-content-sha256"), STR("UNSIGNED-PAYLOAD")}, {STR("Accept"), STR("*")},
            {STR("X-Amz-Copy-Source"), STR("/other/secret")}};
    struct sigv4_request req = {.method = STR("PUT"), .path = STR("/b/k"), .headers = headers};
    struct sigv4_claim claim = {
            .where = SIGV4_HEADER, .signed_headers = STR("host;x-amz-content-sha256")};

    (void)state;
    req.headers_len = 3;
    assert_null(sigv4_unsigned_header(&req, &claim).ptr);
    req.headers_len = 4;
    assert_true(str_eq(sigv4_unsigned_header(&req, &claim), STR("X-Amz-Copy-Source")));
    claim.signed_headers = STR("host;x-amz-copy-source");
    assert_true(str_eq(sigv4_unsigned_header(&req, &claim), STR("x-amz-content-sha256")));
    claim.where = SIGV4_QUERY; /* there it is of the canonical request in any case */
    assert_null(sigv4_unsigned_header(&req, &claim).ptr);
}

/* ---- Chunked bodies: the example of "Signature calculations: streaming" ------------- */

static struct sigv4_chunks *example(struct arena *arena, enum sigv4_payload payload, str seed)
{
    struct sigv4_claim claim = {.payload = payload,
            .timestamp = STR("20130524T000000Z"),
            .scope = STR("20130524/us-east-1/s3/aws4_request"),
            .signature = seed};
    unsigned char key[32];

    sigv4_key(STR("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), STR("20130524"), STR("us-east-1"),
            STR("s3"), key);
    return sigv4_chunks_new(arena, &claim, key);
}

#define SEED STR("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9")
#define TRAILER_SEED STR("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e")

static str example_body(struct arena *arena, const char *const signatures[3], const char *tail)
{
    struct buf body = buf_make(arena, 1 << 20);

    buf_printf(&body, "10000;chunk-signature=%s\r\n", signatures[0]);
    for (int i = 0; i < 65536; i++)
        buf_char(&body, 'a');
    buf_printf(&body, "\r\n400;chunk-signature=%s\r\n", signatures[1]);
    for (int i = 0; i < 1024; i++)
        buf_char(&body, 'a');
    buf_printf(&body, "\r\n0;chunk-signature=%s\r\n%s\r\n", signatures[2], tail);
    return buf_str(&body);
}

/* Feeds pieces of `piece` bytes; the count of plain bytes, which must be 'a's. */
static ssize_t feed_all(struct sigv4_chunks *chunks, str body, size_t piece, struct error *err)
{
    ssize_t total = 0;
    char out[777];

    while (body.len > 0) {
        str raw = str_head(body, piece);
        size_t before = raw.len;
        ssize_t n = sigv4_chunks_feed(chunks, &raw, out, sizeof(out), err);

        if (n < 0)
            return n;
        for (ssize_t i = 0; i < n; i++)
            assert_int_equal(out[i], 'a');
        total += n;
        body = str_skip(body, before - raw.len);
    }
    return total;
}

static const char *const signatures[3] = {
        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
        "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
        "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
};
static const char *const trailer_signatures[3] = {
        "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
        "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
        "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
};

static void sigv4_chunks_decodes_the_documented_example(void **state)
{
    static const size_t pieces[] = {1, 2, 63, 4096, 1 << 20};

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct sigv4_chunks *chunks = example(&arena, SIGV4_PAYLOAD_CHUNKED, SEED);
        struct error err = {0};

        assert_int_equal(
                feed_all(chunks, example_body(&arena, signatures, ""), pieces[i], &err), 66560);
        assert_true(sigv4_chunks_at_end(chunks));

        chunks = example(&arena, SIGV4_PAYLOAD_CHUNKED_TRAILER, TRAILER_SEED);
        assert_int_equal(feed_all(chunks,
                                 example_body(&arena, trailer_signatures,
                                         "x-amz-checksum-crc32c:sOO8/Q==\r\n"
                                         "x-amz-trailer-signature:"
                                         "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca1"
                                         "7fe2e435\r\n"),
                                 pieces[i], &err),
                66560);
        assert_true(sigv4_chunks_at_end(chunks));
        assert_true(str_eq(
                sigv4_chunks_trailer(chunks, STR("X-Amz-Checksum-CRC32C")), STR("sOO8/Q==")));
    }
}

static int feed_changed(const char *tail, size_t at, char to)
{
    AUTO_ARENA struct arena arena = {0};
    struct sigv4_chunks *chunks = example(&arena, SIGV4_PAYLOAD_CHUNKED, SEED);
    str body = example_body(&arena, signatures, tail);
    struct error err;

    ((char *)body.ptr)[at] = to;
    return (int)feed_all(chunks, str_head(body, at < 1000 ? 70000 : body.len), 4096, &err);
}

static void sigv4_chunks_refuses_changed_bodies(void **state)
{
    (void)state;
    assert_int_equal(feed_changed("", 30, 'f'), -EACCES);            /* a digit of the signature */
    assert_int_equal(feed_changed("", 0, 'x'), -EINVAL);             /* the size */
    assert_int_equal(feed_changed("", 5, ','), -EINVAL);             /* no extension */
    assert_int_equal(feed_changed("a: b\r\n", 40000, 'a'), -EINVAL); /* a trailer without leave */
}

static void sigv4_chunks_reads_unsigned_trailers(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct sigv4_chunks *chunks = example(&arena, SIGV4_PAYLOAD_UNSIGNED_TRAILER, SEED);
    struct error err = {0};
    str raw;

    (void)state;
    assert_int_equal(
            feed_all(chunks, STR("3\r\naaa\r\n0\r\nx-amz-checksum-crc32: abc= \r\n\r\n"), 3, &err),
            3);
    assert_true(sigv4_chunks_at_end(chunks));
    assert_true(str_eq(sigv4_chunks_trailer(chunks, STR("x-amz-checksum-crc32")), STR("abc=")));
    assert_null(sigv4_chunks_trailer(chunks, STR("x-amz-checksum-sha1")).ptr);
    raw = STR("x");
    assert_int_equal(sigv4_chunks_feed(chunks, &raw, NULL, 0, &err), -EINVAL);

    chunks = example(&arena, SIGV4_PAYLOAD_UNSIGNED_TRAILER, SEED);
    assert_int_equal(feed_all(chunks, STR("3\r\naaa"), 100, &err), 3);
    assert_false(sigv4_chunks_at_end(chunks));
    chunks = example(&arena, SIGV4_PAYLOAD_UNSIGNED_TRAILER, SEED);
    assert_int_equal(feed_all(chunks, STR("3\r\naaaa\r\n"), 100, &err), -EINVAL);
    chunks = example(&arena, SIGV4_PAYLOAD_UNSIGNED_TRAILER, SEED);
    assert_int_equal(feed_all(chunks, STR("fffffffffffffffff\r\n"), 100, &err), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(sigv4_verifies_what_botocore_and_the_cli_sign),
            cmocka_unit_test(sigv4_parse_takes_the_authorization_header_apart),
            cmocka_unit_test(sigv4_parse_words_its_errors_as_aws_does),
            cmocka_unit_test(sigv4_parse_limits_presigned_urls),
            cmocka_unit_test(sigv4_unsigned_header_finds_what_was_added),
            cmocka_unit_test(sigv4_chunks_decodes_the_documented_example),
            cmocka_unit_test(sigv4_chunks_refuses_changed_bodies),
            cmocka_unit_test(sigv4_chunks_reads_unsigned_trailers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
