/* What a client that is slow, silent or greedy can hold, and for how long: with short times. */
#include "httpd_world.h"

enum {
    SHORT_MS = 300,
};

#define BEGINNING "POST / HTTP/1.1\r\nHost: h\r\n"

static void start_impatient(httpd_handler *handler)
{
    start_with((struct httpd_options){.handler = handler,
            .idle_ms = SHORT_MS,
            .stall_ms = SHORT_MS,
            .gather_ms = 2 * SHORT_MS});
}

/* Byte by byte, for ever: returns when the server has closed the connection. */
static void say_slowly(int fd, const char *bytes)
{
    struct pollfd answer = {.fd = fd, .events = POLLIN};
    size_t at = 0, len = strlen(bytes);

    while (poll(&answer, 1, SHORT_MS / 10) == 0) {
        if (send(fd, bytes + at, 1, MSG_NOSIGNAL) < 0)
            return;
        at = (at + 1) % len;
    }
}

/* Everything up to the end of the connection. */
static void check_end(int fd, const char *expected)
{
    AUTO_ARENA struct arena arena = {0};
    str rest = hear(&arena, fd, NULL);

    assert_true(str_find(rest, str_of(expected)) >= 0 || (!*expected && rest.len == 0));
    (void)close(fd);
}

static void httpd_closes_silent_connections(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    int mute, used;

    (void)state;
    start_impatient(echo);
    mute = dial();
    used = dial();
    say(used, STR("GET /used HTTP/1.1\r\nHost: h\r\n\r\n"));
    check_contains(hear(&arena, used, "]"), "[GET|/used|");
    check_end(mute, "");
    check_end(used, "");
    httpd_stop(world.httpd, 1000);
}

static void httpd_closes_slow_requests_however_lively(void **state)
{
    static const struct {
        const char *begin, *more;
    } cases[] = {
            {"", "GET /"},
            {"GET / HTTP/1.1\r\nHost: h\r\n", "X: y\r\n"},
            {BEGINNING "Content-Length: 60000\r\n\r\n", "z"},
    };
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    start_impatient(echo);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        int fd = dial();

        say(fd, str_of(cases[i].begin));
        say_slowly(fd, cases[i].more);
        (void)close(fd);
    }
    check_contains(ask(&arena, "GET /quick HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
            "[GET|/quick|");
    httpd_stop(world.httpd, 1000);
}

/* What is answered slowly is our doing, not the client's. */
static void httpd_keeps_connections_whose_requests_are_under_way(void **state)
{
    int busy, mute;

    (void)state;
    start_impatient(block);
    busy = dial();
    say(busy, STR("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
    sem_wait(&world.entered);
    for (int i = 0; i < 3; i++) { /* each takes the time after which a silent one is closed */
        mute = dial();
        check_end(mute, "");
    }
    sem_post(&world.go);
    check_end(busy, "done");
    httpd_stop(world.httpd, 1000);
}

static void refuse(struct httpd_request *req, void *arg)
{
    (void)arg;
    respond_text(req, 403, STR("no"));
}

static void httpd_reads_past_what_nobody_wants_for_a_while(void **state)
{
    int fd;

    (void)state;
    start_impatient(refuse);
    fd = dial();
    say(fd, STR(BEGINNING "Content-Length: 100000\r\n\r\n"));
    say_slowly(fd, "x");
    (void)close(fd);
    httpd_stop(world.httpd, 1000);
}

static void gather(struct httpd_request *req, void *arg)
{
    struct error err;
    str body;

    (void)arg;
    assert_false(httpd_is_collected(req));
    sem_post(&world.entered);
    world.result = httpd_read_all(req, 1 << 20, &body, &err);
    if (world.result == -EBUSY)
        respond_text(req, 503, STR("busy"));
    if (world.result == 0)
        respond_text(req, 200, STR("all"));
    sem_post(&world.go);
}

static void httpd_gives_a_large_body_so_much_time_and_no_more(void **state)
{
    int stalled, slow;

    (void)state;
    start_impatient(gather);
    stalled = dial();
    say(stalled, STR(BEGINNING "Content-Length: 100000\r\n\r\nabc"));
    sem_wait(&world.go);
    assert_int_equal(world.result, -EPIPE);
    check_end(stalled, "");

    slow = dial();
    say(slow, STR(BEGINNING "Content-Length: 100000\r\n\r\n"));
    say_slowly(slow, "x"); /* never silent for long */
    sem_wait(&world.go);
    assert_int_equal(world.result, -EPIPE);
    (void)close(slow);
    httpd_stop(world.httpd, 1000);
}

static void httpd_awaits_so_many_large_bodies_at_once(void **state)
{
    static char bytes[70000];
    AUTO_ARENA struct arena arena = {0};
    int fds[HTTPD_MAX_GATHERED], fd;
    str answer;

    (void)state;
    start(gather, 0);
    for (size_t i = 0; i < HTTPD_MAX_GATHERED; i++) {
        fds[i] = dial();
        say(fds[i], STR(BEGINNING "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
        sem_wait(&world.entered);
    }
    do { /* the last of them may have entered, and not begun to wait */
        fd = dial();
        say(fd, STR(BEGINNING "Content-Length: 70000\r\nConnection: close\r\n\r\n"));
        say(fd, (str){bytes, sizeof(bytes)});
        answer = hear(&arena, fd, NULL);
        (void)close(fd);
    } while (str_find(answer, STR("busy")) < 0);
    for (size_t i = 0; i < HTTPD_MAX_GATHERED; i++) {
        say(fds[i], STR("1\r\nx\r\n0\r\n\r\n"));
        check_end(fds[i], "all");
    }
    httpd_stop(world.httpd, 1000);
}

static void httpd_cuts_small_bodies_of_which_there_are_too_many(void **state)
{
    static char bytes[60000];
    AUTO_ARENA struct arena arena = {0};
    int one, two, cut;

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    start_with((struct httpd_options){.handler = echo, .max_collected = 150000});
    one = dial();
    two = dial();
    for (int i = 0; i < 2; i++) {
        say(i ? two : one, STR(BEGINNING "Content-Length: 60001\r\nConnection: close\r\n\r\n"));
        say(i ? two : one, (str){bytes, sizeof(bytes)});
    }
    cut = dial(); /* announces much, which costs nothing; then there is too much */
    say(cut, STR(BEGINNING "Content-Length: 60000\r\n\r\n"));
    while (send(cut, bytes, 100, MSG_NOSIGNAL) > 0)
        (void)poll(NULL, 0, 1);
    (void)close(cut);
    for (int i = 0; i < 2; i++) {
        say(i ? two : one, STR("!"));
        check_end(i ? two : one, "xxx!|");
    }
    /* The bytes of those that are over do not count. */
    one = dial();
    say(one, STR(BEGINNING "Content-Length: 60000\r\nConnection: close\r\n\r\n"));
    say(one, (str){bytes, sizeof(bytes)});
    check_contains(hear(&arena, one, NULL), "xxx|");
    (void)close(one);
    httpd_stop(world.httpd, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(httpd_closes_silent_connections),
            cmocka_unit_test(httpd_closes_slow_requests_however_lively),
            cmocka_unit_test(httpd_keeps_connections_whose_requests_are_under_way),
            cmocka_unit_test(httpd_reads_past_what_nobody_wants_for_a_while),
            cmocka_unit_test(httpd_gives_a_large_body_so_much_time_and_no_more),
            cmocka_unit_test(httpd_awaits_so_many_large_bodies_at_once),
            cmocka_unit_test(httpd_cuts_small_bodies_of_which_there_are_too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
