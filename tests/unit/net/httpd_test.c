#include "httpd_world.h"

static void check_answer(const char *request, const char *part)
{
    AUTO_ARENA struct arena arena = {0};

    check_contains(ask(&arena, request), part);
}

#define TAIL "Host: h\r\nConnection: close\r\n"

static void httpd_gives_path_and_query_as_they_were_sent(void **state)
{
    (void)state;
    start(echo, 0);
    check_answer("GET /a%2Fb//../c+d?x=%20&&y HTTP/1.1\r\n" TAIL "\r\n",
            "[GET|/a%2Fb//../c+d|x=%20&&y|0||x=]");
    check_answer("GET /? HTTP/1.1\r\n" TAIL "\r\n", "[GET|/||0||x=]");
    check_answer("GET / HTTP/1.1\r\n" TAIL "x-test:  v w \r\n\r\n", "[GET|/|absent|0||x=v w]");
    check_answer("GET http://h/p?q HTTP/1.1\r\n" TAIL "\r\n", "[GET|/p|q|0||x=]");
    check_answer("PROPFIND / HTTP/1.1\r\n" TAIL "\r\n", "[PROPFIND|/|absent|0||x=]");
    httpd_stop(world.httpd, 1000);
}

static void httpd_reads_bodies_of_every_framing(void **state)
{
    (void)state;
    start(echo, 0);
    check_answer("POST / HTTP/1.1\r\n" TAIL "Content-Length: 5\r\n\r\nhello", "|5|hello|");
    check_answer("POST / HTTP/1.1\r\n" TAIL "Content-Length: 0\r\n\r\n", "|0||");
    check_answer("POST / HTTP/1.1\r\n" TAIL
                 "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\n\r\n",
            "|-1|hello|");
    check_answer("POST / HTTP/1.1\r\n" TAIL
                 "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
            "|5|hello|");
    httpd_stop(world.httpd, 1000);
}

static void httpd_refuses_what_cannot_be_a_request(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf many = buf_make(&arena, 1 << 20), huge = buf_make(&arena, 1 << 20);

    (void)state;
    start(echo, 0);
    check_answer("POST / HTTP/1.1\r\n" TAIL
                 "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            " 400 ");
    check_answer(
            "POST / HTTP/1.1\r\n" TAIL "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", " 400 ");
    check_answer("POST / HTTP/1.1\r\n" TAIL "Content-Length: -1\r\n\r\n", " 400 ");
    check_answer(
            "POST / HTTP/1.1\r\n" TAIL "Content-Length: 99999999999999999999\r\n\r\n", " 413 ");
    check_answer("POST / HTTP/1.1\r\n" TAIL "Transfer-Encoding: gzip\r\n\r\n", " 400 ");
    check_answer("POST / HTTP/1.1\r\n" TAIL "Transfer-Encoding: chunked\r\n\r\nzz\r\n", " 400 ");
    check_answer("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", " 400 "); /* no Host */
    check_answer("GET x HTTP/1.1\r\n" TAIL "\r\n", " 400 ");

    buf_add(&many, STR("GET / HTTP/1.1\r\n" TAIL));
    for (int i = 0; i < HTTPD_MAX_HEADERS; i++)
        buf_printf(&many, "a%d: b\r\n", i);
    buf_add(&many, STR("\r\n"));
    check_answer(str_cstr(&arena, buf_str(&many)), " 431 ");

    buf_printf(&huge, "GET / HTTP/1.1\r\n" TAIL "x-test: ");
    for (int i = 0; i < HTTPD_MAX_HEADER_BYTES + 8192; i++)
        buf_char(&huge, 'a');
    check_answer(str_cstr(&arena, buf_str(&huge)), " 431 ");
    httpd_stop(world.httpd, 1000);
}

static void httpd_keeps_connections_and_answers_in_order(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str answer;
    int fd;

    (void)state;
    start(echo, 0);
    fd = dial();
    for (int i = 0; i < 50; i++) {
        say(fd, str_printf(
                        &arena, "POST /%d HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok", i));
        answer = hear(&arena, fd, "]");
        check_contains(answer, str_cstr(&arena, str_printf(&arena, "[POST|/%d|absent|2|ok|", i)));
    }
    say(fd, STR("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\n" TAIL "\r\n"));
    answer = hear(&arena, fd, NULL);
    assert_true(str_find(answer, STR("[GET|/1|")) < str_find(answer, STR("[GET|/2|")));
    assert_true(str_find(answer, STR("[GET|/1|")) > 0);
    (void)close(fd);
    httpd_stop(world.httpd, 1000);
}

/* Counts the body, then sends twice as many bytes. */
static void stream(struct httpd_request *req, void *arg)
{
    static const char block[50000];
    char in[30000];
    ssize_t n;

    (void)arg;
    while ((n = httpd_read(req, in, sizeof(in), NULL)) > 0)
        world.bytes += (size_t)n;
    world.result = (int)n;
    if (n < 0 ||
            httpd_begin(req, 200, (struct httpd_headers){0},
                    str_eq(req->path, STR("/chunked")) ? -1 : (int64_t)world.bytes * 2, NULL) < 0) {
        sem_post(&world.entered);
        return;
    }
    for (size_t left = world.bytes * 2; left > 0;) {
        size_t part = left < sizeof(block) ? left : sizeof(block);

        world.result = httpd_write(req, (str){block, part}, NULL);
        if (world.result < 0)
            break;
        left -= part;
    }
    httpd_end(req, world.result == 0);
    sem_post(&world.entered);
}

struct upload {
    int fd;
    size_t len;
};

static void *send_bytes(void *arg)
{
    static const char block[65536];
    const struct upload *upload = arg;

    for (size_t left = upload->len; left > 0;) {
        ssize_t n =
                send(upload->fd, block, left < sizeof(block) ? left : sizeof(block), MSG_NOSIGNAL);
        if (n <= 0)
            break;
        left -= (size_t)n;
    }
    return NULL;
}

static size_t download(int fd)
{
    static char block[65536];
    size_t total = 0;
    ssize_t n;

    while ((n = recv(fd, block, sizeof(block), 0)) > 0)
        total += (size_t)n;
    return total;
}

static void httpd_streams_more_than_its_buffers(void **state)
{
    static const char *const paths[] = {"/length", "/chunked"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        AUTO_ARENA struct arena arena = {0};
        struct upload upload = {.len = 20 << 20};
        pthread_t thread;
        size_t got;

        start(stream, 0);
        upload.fd = dial();
        say(upload.fd, str_printf(&arena, "PUT %s HTTP/1.1\r\n" TAIL "Content-Length: %zu\r\n\r\n",
                               paths[i], upload.len));
        thread = thread_start("upload", send_bytes, &upload);
        got = download(upload.fd);
        pthread_join(thread, NULL);
        assert_int_equal(world.bytes, upload.len);
        assert_true(got > upload.len * 2 && got < upload.len * 2 + 200000);
        (void)close(upload.fd);
        httpd_stop(world.httpd, 1000);
    }
}

static void refuse_early(struct httpd_request *req, void *arg)
{
    (void)arg;
    respond_text(req, 403, STR("no"));
}

static void httpd_answers_before_the_body_was_asked_for(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct upload upload = {.len = 3 << 20};
    pthread_t thread;
    str answer;

    (void)state;
    start(refuse_early, 0);
    upload.fd = dial();
    say(upload.fd, STR("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: "
                       "3145728\r\n\r\n"));
    answer = hear(&arena, upload.fd, NULL);
    assert_true(str_starts(answer, STR("HTTP/1.1 403 ")));
    (void)close(upload.fd);

    upload.fd = dial();
    say(upload.fd, STR("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3145728\r\n\r\n"));
    thread = thread_start("upload", send_bytes, &upload);
    answer = hear(&arena, upload.fd, "\r\n\r\nno");
    assert_true(str_starts(answer, STR("HTTP/1.1 403 ")));
    pthread_join(thread, NULL);
    (void)close(upload.fd);
    httpd_stop(world.httpd, 1000);
}

static void httpd_sends_continue_when_the_handler_reads(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct upload upload = {.len = 3 << 20};

    (void)state;
    start(stream, 0);
    upload.fd = dial();
    say(upload.fd, STR("PUT / HTTP/1.1\r\n" TAIL
                       "Expect: 100-continue\r\nContent-Length: 3145728\r\n\r\n"));
    check_contains(hear(&arena, upload.fd, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    send_bytes(&upload);
    assert_true(download(upload.fd) > upload.len * 2);
    (void)close(upload.fd);
    httpd_stop(world.httpd, 1000);
}

static void httpd_tells_the_handler_that_the_client_is_gone(void **state)
{
    int fd;

    (void)state;
    start(stream, 0);
    fd = dial();
    say(fd, STR("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nabc"));
    (void)close(fd);
    sem_wait(&world.entered);
    assert_int_equal(world.result, -EPIPE);

    world.bytes = 50 << 20; /* sends this twice: more than sockets hold */
    fd = dial();
    say(fd, STR("GET /length HTTP/1.1\r\nHost: h\r\n\r\n"));
    assert_int_equal(recv(fd, (char[1]){0}, 1, 0), 1);
    (void)close(fd);
    sem_wait(&world.entered);
    assert_int_equal(world.result, -EPIPE);
    httpd_stop(world.httpd, 1000);
}

static void answer_head(struct httpd_request *req, void *arg)
{
    struct httpd_header tag = {STR("ETag"), STR("\"e\"")};

    (void)arg;
    if (httpd_begin(req, 200, (struct httpd_headers){&tag, 1}, 12345, NULL) == 0)
        httpd_end(req, true);
}

static void httpd_answers_head_with_the_length_alone(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str answer;

    (void)state;
    start(answer_head, 0);
    answer = ask(&arena, "HEAD / HTTP/1.1\r\n" TAIL "\r\n");
    check_contains(answer, "Content-Length: 12345\r\n");
    assert_true(str_ends(answer, STR("\r\n\r\n")));
    httpd_stop(world.httpd, 1000);
}

static void break_off(struct httpd_request *req, void *arg)
{
    (void)arg;
    if (str_eq(req->path, STR("/silent")))
        return;
    if (httpd_begin(req, 200, (struct httpd_headers){0}, -1, NULL) == 0 &&
            httpd_write(req, STR("half"), NULL) == 0 && str_eq(req->path, STR("/failed")))
        httpd_end(req, false);
}

static void httpd_cuts_the_connection_of_a_broken_answer(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    start(break_off, 0);
    assert_int_equal(ask(&arena, "GET /silent HTTP/1.1\r\nHost: h\r\n\r\n").len, 0);
    assert_false(
            str_ends(ask(&arena, "GET /failed HTTP/1.1\r\nHost: h\r\n\r\n"), STR("0\r\n\r\n")));
    assert_false(
            str_ends(ask(&arena, "GET /unended HTTP/1.1\r\nHost: h\r\n\r\n"), STR("0\r\n\r\n")));
    httpd_stop(world.httpd, 1000);
}

/* Parks on its first run; then says how often it was woken. "/soon": the deadline is over. */
static void park_once(struct httpd_request *req, void *arg)
{
    bool is_soon = str_eq(req->path, STR("/soon"));

    (void)arg;
    if (req->wakeups == 0) {
        req->state = str_cstr(req->arena, STR("kept"));
        httpd_park(req, clock_monotonic_us() + (is_soon ? 1000 : 3600LL * 1000000), &world.parked);
        if (str_eq(req->path, STR("/at-once")))
            httpd_unpark(world.parked);
        sem_post(&world.entered);
        return;
    }
    respond_text(req, 200,
            str_printf(req->arena, "%s %d%s", (char *)req->state, req->wakeups,
                    httpd_is_stopping(world.httpd) ? " stopping" : ""));
}

static void httpd_parks_until_woken_or_due(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    int fds[20];
    struct httpd_parked *parked[20];

    (void)state;
    start(park_once, 1);
    for (size_t i = 0; i < 20; i++) { /* one handler thread serves them all */
        fds[i] = dial();
        say(fds[i], STR("GET / HTTP/1.1\r\n" TAIL "\r\n"));
        sem_wait(&world.entered);
        parked[i] = world.parked;
    }
    for (size_t i = 0; i < 20; i++) {
        size_t at = i * 7 % 20; /* in an order that moves things in the heap */
        httpd_parked_ref(parked[at]);
        httpd_unpark(parked[at]);
        check_contains(hear(&arena, fds[at], NULL), "kept 1");
        httpd_unpark(parked[at]); /* too late: nothing happens */
        (void)close(fds[at]);
    }
    check_contains(ask(&arena, "GET /soon HTTP/1.1\r\n" TAIL "\r\n"), "kept 1");
    httpd_unpark(world.parked);
    check_contains(ask(&arena, "GET /at-once HTTP/1.1\r\n" TAIL "\r\n"), "kept 1");
    httpd_stop(world.httpd, 1000);
}

static void httpd_stop_wakes_parked_requests(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    int fd;

    (void)state;
    start(park_once, 0);
    fd = dial();
    say(fd, STR("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
    sem_wait(&world.entered);
    httpd_stop(world.httpd, 10000);
    check_contains(hear(&arena, fd, NULL), "kept 1 stopping");
    httpd_unpark(world.parked); /* after the server has gone */
    (void)close(fd);
}

static void httpd_runs_handlers_side_by_side_up_to_the_limit(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    int fds[12];

    (void)state;
    start(block, 10);
    for (size_t i = 0; i < 12; i++) {
        fds[i] = dial();
        say(fds[i], STR("GET / HTTP/1.1\r\n" TAIL "\r\n"));
    }
    for (size_t i = 0; i < 10; i++)
        sem_wait(&world.entered); /* ten at once: the pool has grown */
    assert_int_equal(sem_trywait(&world.entered), -1);
    for (size_t i = 0; i < 12; i++)
        sem_post(&world.go);
    for (size_t i = 0; i < 12; i++) {
        check_contains(hear(&arena, fds[i], NULL), "done");
        (void)close(fds[i]);
    }
    httpd_stop(world.httpd, 1000);
}

static void httpd_stop_cuts_what_outlasts_the_grace(void **state)
{
    int fd;

    (void)state;
    start(stream, 0);
    fd = dial();
    say(fd, STR("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nabc"));
    while (!world.bytes)
        (void)poll(NULL, 0, 1);
    httpd_stop(world.httpd, 0);
    assert_int_equal(world.result, -EPIPE);
    (void)close(fd);
}

/* Asks without end, on ever new connections, whatever becomes of them. */
static void *crowd(void *arg)
{
    _Atomic bool *is_over = arg;

    while (!*is_over) {
        struct sockaddr_in at = {
                .sin_family = AF_INET,
                .sin_port = htons((uint16_t)world.bytes),
                .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        };
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

        if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0) {
            (void)send(fd, "GET / HTTP/1.1\r\nHost: h\r\n\r\n", 27, MSG_NOSIGNAL);
            (void)poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, 100);
        }
        (void)close(fd);
    }
    return NULL;
}

/* libmicrohttpd ends the process when the socket it listens on is closed under it. */
static void httpd_stops_while_clients_come(void **state)
{
    _Atomic bool is_over = false;
    pthread_t threads[4];

    (void)state;
    start(echo, 0);
    world.bytes = httpd_port(world.httpd);
    for (size_t i = 0; i < 4; i++)
        threads[i] = thread_start("client", crowd, &is_over);
    for (int i = 0; i < 200; i++) {
        httpd_stop(world.httpd, 1000);
        start(echo, 0);
        world.bytes = httpd_port(world.httpd);
    }
    is_over = true;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    httpd_stop(world.httpd, 1000);
}

static void httpd_start_says_why_it_cannot_listen(void **state)
{
    struct httpd *other = NULL;
    struct error err;

    (void)state;
    start(echo, 0);
    assert_int_equal(httpd_start(&(struct httpd_options){.host = STR("127.0.0.1"),
                                         .port = httpd_port(world.httpd),
                                         .handler = echo},
                             &other, &err),
            -EADDRINUSE);
    assert_int_equal(httpd_start(&(struct httpd_options){.host = STR("192.0.2.1"), .handler = echo},
                             &other, &err),
            -EADDRNOTAVAIL);
    assert_int_equal(httpd_start(&(struct httpd_options){.host = STR("nonsense"), .handler = echo},
                             &other, &err),
            -EADDRNOTAVAIL);
    assert_null(other);
    httpd_stop(world.httpd, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(httpd_gives_path_and_query_as_they_were_sent),
            cmocka_unit_test(httpd_reads_bodies_of_every_framing),
            cmocka_unit_test(httpd_refuses_what_cannot_be_a_request),
            cmocka_unit_test(httpd_keeps_connections_and_answers_in_order),
            cmocka_unit_test(httpd_streams_more_than_its_buffers),
            cmocka_unit_test(httpd_answers_before_the_body_was_asked_for),
            cmocka_unit_test(httpd_sends_continue_when_the_handler_reads),
            cmocka_unit_test(httpd_tells_the_handler_that_the_client_is_gone),
            cmocka_unit_test(httpd_answers_head_with_the_length_alone),
            cmocka_unit_test(httpd_cuts_the_connection_of_a_broken_answer),
            cmocka_unit_test(httpd_parks_until_woken_or_due),
            cmocka_unit_test(httpd_stop_wakes_parked_requests),
            cmocka_unit_test(httpd_runs_handlers_side_by_side_up_to_the_limit),
            cmocka_unit_test(httpd_stop_cuts_what_outlasts_the_grace),
            cmocka_unit_test(httpd_stops_while_clients_come),
            cmocka_unit_test(httpd_start_says_why_it_cannot_listen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
