#include "net/aws.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <fcntl.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/fs.h"
#include "net/httpd.h"

/* A server that checks signatures, then answers as the test wants it. */
static struct {
    struct httpd *httpd;
    struct aws *aws;
    int failures; /* so many requests are answered with `failure` first */
    int status;
    const char *failure, *error_type;
    int requests;
    int64_t clock_ms; /* of the server; 0: the time */
    char object[200000];
    size_t object_len;
} world;

static bool is_signed(struct httpd_request *req, str body)
{
    struct sigv4_header *headers = arena_array(req->arena, req->headers.len, struct sigv4_header);
    struct sigv4_request signed_req = {
            .method = req->method,
            .path = req->path,
            .query = req->query,
            .headers = headers,
            .headers_len = req->headers.len,
            .payload_hash = sha256_hex(req->arena, body),
    };
    struct sigv4_claim claim;
    unsigned char key[32];

    for (size_t i = 0; i < req->headers.len; i++)
        headers[i] = (struct sigv4_header){req->headers.items[i].name, req->headers.items[i].value};
    signed_req.is_s3 = httpd_header(req, STR("x-amz-content-sha256")).ptr != NULL;
    if (sigv4_parse(req->arena, &signed_req, &claim, NULL) < 0)
        return false;
    sigv4_key(STR("secret"), claim.date, STR("eu-west-1"), claim.service, key);
    if (sigv4_verify(req->arena, &signed_req, &claim, key, NULL) < 0)
        return false;
    int64_t now = world.clock_ms ? world.clock_ms : clock_now();
    return claim.time < now + 300000 && claim.time > now - 300000 &&
           str_eq(claim.token, STR("the token"));
}

static void respond(struct httpd_request *req, int status, str body)
{
    struct httpd_header headers[3] = {{STR("ETag"), STR("\"tag\"")}};
    size_t len = 1;

    if (world.clock_ms)
        headers[len++] = (struct httpd_header){STR("Date"), time_http(req->arena, world.clock_ms)};
    if (status >= 400 && world.error_type)
        headers[len++] = (struct httpd_header){STR("x-amzn-ErrorType"), str_of(world.error_type)};
    httpd_respond(req, status, (struct httpd_headers){headers, len}, body);
}

static void answer(struct httpd_request *req, void *arg)
{
    str body;

    (void)arg;
    if (httpd_read_all(req, 1 << 20, &body, NULL) < 0)
        return;
    world.requests++;
    if (world.failures > 0) {
        world.failures--;
        respond(req, world.status, str_of(world.failure));
    } else if (!is_signed(req, body)) {
        respond(req, 403, STR("{\"__type\":\"InvalidSignatureException\",\"message\":\"no\"}"));
    } else if (str_eq(req->method, STR("PUT"))) {
        memcpy(world.object, body.ptr, body.len);
        world.object_len = body.len;
        respond(req, 200, STR(""));
    } else if (str_eq(req->path, STR("/bucket/a%20key/%E2%82%AC"))) {
        respond(req, 200, (str){world.object, world.object_len});
    } else if (str_eq(req->method, STR("GET"))) {
        respond(req, 404,
                STR("<Error><Code>NoSuchKey</Code><Message>The specified key does not "
                    "exist.</Message></Error>"));
    } else {
        respond(req, 200, str_eq(body, STR("{}")) ? STR("") : body);
    }
}

static int open_world(void **state)
{
    char endpoint[64];
    struct aws_options options = {
            .region = STR("eu-west-1"),
            .credentials = {STR("AKID"), STR("secret"), STR("the token")},
    };

    (void)state;
    memset(&world, 0, sizeof(world));
    if (httpd_start(&(struct httpd_options){.host = STR("127.0.0.1"), .handler = answer},
                &world.httpd, NULL) < 0)
        return -1;
    snprintf(endpoint, sizeof(endpoint), "http://127.0.0.1:%u/", httpd_port(world.httpd));
    options.endpoint = str_of(endpoint);
    return aws_open(&options, &world.aws, NULL);
}

static int close_world(void **state)
{
    (void)state;
    aws_close(world.aws);
    httpd_stop(world.httpd, 0);
    return 0;
}

static int call(struct error *err)
{
    AUTO_ARENA struct arena arena = {0};
    AUTO_JSON json_t *json = NULL;

    return aws_call(world.aws, &arena, STR("codebuild"), STR("CodeBuild_20161006.ListBuilds"),
            STR("{\"sortOrder\":\"ASCENDING\"}"), &json, err);
}

static void aws_call_signs_and_parses(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    AUTO_JSON json_t *json = NULL;
    struct error err = {0};

    (void)state;
    assert_int_equal(
            aws_call(world.aws, &arena, STR("iam"), STR("x.Y"), STR("{\"a\":\"b\"}"), &json, &err),
            0);
    assert_true(str_eq(json_member_str(json, "a"), STR("b")));
    aws_set_credentials(
            world.aws, &(struct sigv4_credentials){STR("AKID"), STR("wrong"), STR("the token")});
    assert_int_equal(call(&err), -EREMOTEIO);
    assert_string_equal(world.aws->code, "InvalidSignatureException");
    assert_string_equal(err.text, "InvalidSignatureException: no");
    assert_int_equal(world.aws->status, 403);
}

static void aws_call_reads_every_form_of_error(void **state)
{
    static const struct {
        const char *body, *type, *code;
    } cases[] = {
            {"{\"__type\":\"com.amazonaws.x#ThingNotFound\",\"message\":\"m\"}", NULL,
                    "ThingNotFound"},
            {"{\"__type\":\"ThingNotFound\",\"Message\":\"m\"}", NULL, "ThingNotFound"},
            {"{\"message\":\"m\"}", "ThingNotFound:http://internal.amazon.com/x/", "ThingNotFound"},
            {"<Error><Code>ThingNotFound</Code><Message>m</Message></Error>", NULL,
                    "ThingNotFound"},
            {"nonsense", NULL, "HTTP400"},
    };

    (void)state;
    world.status = 400;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error err = {0};

        world.failures = 1;
        world.failure = cases[i].body;
        world.error_type = cases[i].type;
        assert_int_equal(call(&err), -EREMOTEIO);
        assert_string_equal(world.aws->code, cases[i].code);
        assert_int_equal(world.requests, (int)i + 1); /* not tried again */
    }
}

static void aws_call_tries_again_when_that_may_help(void **state)
{
    struct error err = {0};

    (void)state;
    world.failures = 3;
    world.status = 503;
    world.failure = "{\"__type\":\"ServiceUnavailable\"}";
    assert_int_equal(call(&err), 0);
    assert_int_equal(world.requests, 4);
    world.failures = 1;
    world.status = 400;
    world.failure = "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";
    assert_int_equal(call(&err), 0);
    assert_int_equal(world.requests, 6);
    world.failures = 100;
    assert_int_equal(call(&err), -EREMOTEIO);
    assert_int_equal(world.requests, 10);
    assert_string_equal(err.text, "ThrottlingException: Rate exceeded");
}

static void aws_call_signs_with_the_clock_of_the_server(void **state)
{
    struct error err = {0};

    (void)state;
    world.clock_ms = clock_now() - 7200000;
    assert_int_equal(call(&err), 0);
    assert_int_equal(world.requests, 2);
    assert_int_equal(call(&err), 0);
    assert_int_equal(world.requests, 3);
}

static void aws_call_follows_a_clock_that_is_set_again(void **state)
{
    struct error err = {0};

    (void)state;
    world.clock_ms = clock_now() - 7200000;
    assert_int_equal(call(&err), 0);
    world.clock_ms = clock_now();
    assert_int_equal(call(&err), 0);
    assert_int_equal(world.requests, 4);
}

static void aws_s3_moves_files(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char dir[] = "/tmp/slipway-aws-XXXXXX", path[64];
    struct error err = {0};
    static char bytes[150000];
    str etag, back;

    (void)state;
    assert_int_equal(fs_temp_dir(dir, NULL), 0);
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 7);
    snprintf(path, sizeof(path), "%s/file", dir);
    assert_int_equal(fs_write_atomic(path, (str){bytes, sizeof(bytes)}, 0600, NULL), 0);
    AUTO_CLOSE int fd = open(path, O_RDWR | O_CLOEXEC);

    world.failures = 1; /* the file is sent from its start again */
    world.status = 500;
    world.failure = "";
    const struct aws_object object = {
            STR("bucket"), STR("a key/€"), STR("application/zip"), STR("alias/mine")};
    assert_int_equal(aws_s3_put_file(world.aws, &arena, &object, fd, &err), 0);
    assert_int_equal(world.object_len, sizeof(bytes));
    assert_memory_equal(world.object, bytes, sizeof(bytes));

    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    world.failures = 1;
    assert_int_equal(aws_s3_get_file(world.aws, &arena, STR("bucket"), STR("a key/€"), STR("v/1"),
                             fd, &etag, &err),
            0);
    assert_true(str_eq(etag, STR("\"tag\"")));
    assert_int_equal(fs_read(&arena, path, 1 << 20, &back, NULL), 0);
    assert_true(str_eq(back, (str){bytes, sizeof(bytes)}));

    assert_int_equal(aws_s3_get_file(world.aws, &arena, STR("bucket"), STR("other"), (str){0}, fd,
                             &etag, &err),
            -ENOENT);
    assert_string_equal(err.text, "NoSuchKey: The specified key does not exist.");
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
}

static void aws_open_refuses_what_is_no_endpoint(void **state)
{
    static const char *const endpoints[] = {"localhost:8443", "ftp://x", "https://", "http://h/p"};

    (void)state;
    for (size_t i = 0; i < sizeof(endpoints) / sizeof(endpoints[0]); i++) {
        struct aws *aws = NULL;

        assert_int_equal(
                aws_open(&(struct aws_options){.endpoint = str_of(endpoints[i])}, &aws, NULL),
                -EINVAL);
        assert_null(aws);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_setup_teardown(aws_call_signs_and_parses, open_world, close_world),
            cmocka_unit_test_setup_teardown(
                    aws_call_reads_every_form_of_error, open_world, close_world),
            cmocka_unit_test_setup_teardown(
                    aws_call_tries_again_when_that_may_help, open_world, close_world),
            cmocka_unit_test_setup_teardown(
                    aws_call_signs_with_the_clock_of_the_server, open_world, close_world),
            cmocka_unit_test_setup_teardown(
                    aws_call_follows_a_clock_that_is_set_again, open_world, close_world),
            cmocka_unit_test_setup_teardown(aws_s3_moves_files, open_world, close_world),
            cmocka_unit_test(aws_open_refuses_what_is_no_endpoint),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
