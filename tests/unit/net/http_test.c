#include "net/http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <cmocka.h>

#include "base/fs.h"
#include "net/httpd.h"
#include "net/tls.h"

static struct httpd *httpd;
static struct http *http;

static void answer(struct httpd_request *req, void *arg)
{
    struct error err;
    str body;

    (void)arg;
    if (httpd_read_all(req, 8 << 20, &body, &err) < 0)
        return;
    if (str_eq(req->path, STR("/cut"))) {
        (void)!httpd_begin(req, 200, (struct httpd_headers){0}, 1000, &err);
        httpd_end(req, false);
        return;
    }
    struct httpd_header headers[] = {
            {STR("X-Method"), req->method},
            {STR("X-Path"), req->path},
            {STR("X-Type"), httpd_header(req, STR("content-type"))},
            {STR("X-Length"), str_printf(req->arena, "%lld", (long long)req->content_length)},
    };
    httpd_respond(req, str_eq(req->path, STR("/missing")) ? 404 : 200,
            (struct httpd_headers){headers, 4}, body);
}

static int open_both(void **state)
{
    struct httpd_options server = {.host = STR("127.0.0.1"), .handler = answer};

    (void)state;
    if (httpd_start(&server, &httpd, NULL) < 0)
        return -1;
    return http_open(&(struct http_options){.timeout_ms = 30000}, &http, NULL);
}

static int close_both(void **state)
{
    (void)state;
    http_close(http);
    httpd_stop(httpd, 0);
    return 0;
}

static str url(struct arena *arena, const char *path)
{
    return str_printf(arena, "http://127.0.0.1:%u%s", httpd_port(httpd), path);
}

static bool is_mapped(const char *library)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    char line[512];
    bool found = false;

    assert_non_null(maps);
    while (fgets(line, sizeof(line), maps))
        found = found || strstr(line, library);
    (void)fclose(maps);
    return found;
}

static void http_loads_libcurl_at_the_first_request_only(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct http_request req = {.url = url(&arena, "/")};
    struct http_response response;

    (void)state;
    assert_false(is_mapped("libcurl"));
    assert_int_equal(http_send(http, &arena, &req, &response, NULL), 0);
    assert_true(is_mapped("libcurl"));
}

static void http_sends_and_receives_whole_bodies(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct sigv4_header type = {STR("Content-Type"), STR("text/x-test")};
    struct http_request req = {
            .method = STR("PATCH"),
            .url = url(&arena, "/a/./b//..%2f?q"),
            .headers = &type,
            .headers_len = 1,
            .body = STR("hello"),
    };
    struct http_response response;

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(http_send(http, &arena, &req, &response, NULL), 0);
        assert_int_equal(response.status, 200);
        assert_true(str_eq(response.body, STR("hello")));
        assert_true(str_eq(http_response_header(&response, STR("x-METHOD")), STR("PATCH")));
        assert_true(str_eq(http_response_header(&response, STR("x-path")), STR("/a/./b//..%2f")));
        assert_true(str_eq(http_response_header(&response, STR("x-type")), STR("text/x-test")));
    }
    req = (struct http_request){.url = url(&arena, "/missing")};
    assert_int_equal(http_send(http, &arena, &req, &response, NULL), 0);
    assert_int_equal(response.status, 404);
    req.method = STR("HEAD");
    assert_int_equal(http_send(http, &arena, &req, &response, NULL), 0);
    assert_true(str_eq(http_response_header(&response, STR("x-method")), STR("HEAD")));
    assert_int_equal(response.body.len, 0);
}

struct counted {
    size_t left, received;
};

static ssize_t give(void *arg, void *ptr, size_t len)
{
    struct counted *counted = arg;

    if (len > counted->left)
        len = counted->left;
    memset(ptr, 'x', len);
    counted->left -= len;
    return (ssize_t)len;
}

static int take(void *arg, str bytes)
{
    ((struct counted *)arg)->received += bytes.len;
    return 0;
}

static int refuse(void *arg, str bytes)
{
    (void)arg, (void)bytes;
    return -ENOSPC;
}

static void http_streams_both_ways(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct counted counted = {.left = 5000000};
    struct http_request req = {
            .method = STR("PUT"),
            .url = url(&arena, "/"),
            .read = give,
            .body_len = 5000000,
            .write = take,
            .arg = &counted,
    };
    struct http_response response;

    (void)state;
    assert_int_equal(http_send(http, &arena, &req, &response, NULL), 0);
    assert_int_equal(counted.received, 5000000);
    assert_int_equal(response.body.len, 0);

    counted = (struct counted){.left = 300000};
    req.body_len = -1;
    assert_int_equal(http_send(http, &arena, &req, &response, NULL), 0);
    assert_int_equal(counted.received, 300000);
    assert_true(str_eq(http_response_header(&response, STR("x-length")), STR("-1")));

    counted = (struct counted){.left = 10};
    req.body_len = 10;
    req.url = url(&arena, "/missing"); /* what an error says is not taken for the object */
    assert_int_equal(http_send(http, &arena, &req, &response, NULL), 0);
    assert_int_equal(counted.received, 0);
    assert_int_equal(response.body.len, 10);
}

static void http_reports_what_went_wrong(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct http_request req = {
            .method = STR("POST"), .url = url(&arena, "/"), .body = STR("hello")};
    struct http_response response = {.status = 42};
    struct error err = {0};
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    AUTO_CLOSE int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t len = sizeof(at);

    (void)state;
    req.max_response = 4;
    assert_int_equal(http_send(http, &arena, &req, &response, &err), -E2BIG);
    req.max_response = 0;
    req.write = refuse;
    assert_int_equal(http_send(http, &arena, &req, &response, &err), -ENOSPC);
    req.write = NULL;
    req.url = url(&arena, "/cut");
    assert_int_equal(http_send(http, &arena, &req, &response, &err), -EIO);
    req.url = str_printf(&arena, "https://127.0.0.1:%u/", httpd_port(httpd));
    assert_int_equal(http_send(http, &arena, &req, &response, &err), -EPROTO);
    req.url = STR("file:///etc/passwd");
    assert_int_equal(http_send(http, &arena, &req, &response, &err), -EIO);

    /* Bound and not listening: nobody else can take the port meanwhile. */
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
    req.url = str_printf(&arena, "http://127.0.0.1:%u/", ntohs(at.sin_port));
    assert_int_equal(http_send(http, &arena, &req, &response, &err), -ECONNREFUSED);
    assert_true(strlen(err.text) > 0);
    assert_int_equal(response.status, 42);
}

static void http_checks_the_certificate(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char dir[] = "/tmp/slipway-http-XXXXXX";
    struct tls_files files;
    struct httpd *server = NULL;
    struct http *trusting = NULL;
    struct http_response response;
    struct http_request req = {0};

    (void)state;
    assert_int_equal(fs_temp_dir(dir, NULL), 0);
    assert_int_equal(tls_ensure(&arena, dir, STR("127.0.0.1"), &files, NULL), 0);
    assert_int_equal(httpd_start(&(struct httpd_options){.host = STR("127.0.0.1"),
                                         .handler = answer,
                                         .tls_certificate = files.certificate,
                                         .tls_key = files.key},
                             &server, NULL),
            0);
    req.url = str_printf(&arena, "https://127.0.0.1:%u/", httpd_port(server));
    assert_int_equal(http_send(http, &arena, &req, &response, NULL), -EPROTO);
    assert_int_equal(
            http_open(&(struct http_options){.ca_file = files.ca_path}, &trusting, NULL), 0);
    assert_int_equal(http_send(trusting, &arena, &req, &response, NULL), 0);
    http_close(trusting);
    httpd_stop(server, 0);
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_setup_teardown(
                    http_loads_libcurl_at_the_first_request_only, open_both, close_both),
            cmocka_unit_test_setup_teardown(
                    http_sends_and_receives_whole_bodies, open_both, close_both),
            cmocka_unit_test_setup_teardown(http_streams_both_ways, open_both, close_both),
            cmocka_unit_test_setup_teardown(http_reports_what_went_wrong, open_both, close_both),
            cmocka_unit_test_setup_teardown(http_checks_the_certificate, open_both, close_both),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
