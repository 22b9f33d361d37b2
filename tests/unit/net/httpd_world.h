/*
 * httpd_world - a server with a handler of the test's, and a client that sends bytes
 */
#pragma once

#include "net/httpd.h"

#include <arpa/inet.h>
#include <poll.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/thread.h"

/* What the handler under test and the test tell each other. */
static struct {
    struct httpd *httpd;
    struct httpd_parked *parked;
    sem_t entered, go;
    int result;
    _Atomic size_t bytes;
} world;

static void start_with(struct httpd_options options)
{
    struct error err;

    options.host = STR("127.0.0.1");
    world.parked = NULL;
    world.result = 0;
    world.bytes = 0;
    sem_init(&world.entered, 0, 0);
    sem_init(&world.go, 0, 0);
    assert_int_equal(httpd_start(&options, &world.httpd, &err), 0);
}

__attribute__((unused)) static void start(httpd_handler *handler, unsigned handler_threads)
{
    start_with((struct httpd_options){.handler = handler, .handler_threads = handler_threads});
}

__attribute__((unused)) static int dial(void)
{
    struct sockaddr_in at = {
            .sin_family = AF_INET,
            .sin_port = htons(httpd_port(world.httpd)),
            .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    return fd;
}

__attribute__((unused)) static void say(int fd, str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        assert_true(n > 0);
        bytes = str_skip(bytes, (size_t)n);
    }
}

/* Reads up to the end of the connection, or until `until` was seen. */
__attribute__((unused)) static str hear(struct arena *arena, int fd, const char *until)
{
    struct buf in = buf_make(arena, 16 << 20);

    for (;;) {
        char *at = buf_room(&in, 65536);
        ssize_t n = recv(fd, at, 65536, 0);

        if (n <= 0)
            break;
        buf_grew(&in, (size_t)n);
        if (until && str_find(buf_str(&in), str_of(until)) >= 0)
            break;
    }
    return buf_str(&in);
}

__attribute__((unused)) static str ask(struct arena *arena, const char *request)
{
    int fd = dial();
    str answer;

    say(fd, str_of(request));
    answer = hear(arena, fd, NULL);
    (void)close(fd);
    return answer;
}

static void respond_text(struct httpd_request *req, int status, str text)
{
    struct httpd_header type = {STR("Content-Type"), STR("text/plain")};

    httpd_respond(req, status, (struct httpd_headers){&type, 1}, text);
}

/* Answers with what the request looked like. */
__attribute__((unused)) static void echo(struct httpd_request *req, void *arg)
{
    struct error err;
    str body;

    (void)arg;
    if (httpd_read_all(req, 1 << 20, &body, &err) < 0) {
        respond_text(req, 413, str_of(err.text));
        return;
    }
    respond_text(req, 200,
            str_printf(req->arena, "[%.*s|%.*s|%.*s%s|%lld|%.*s|x=%.*s]", STR_ARG(req->method),
                    STR_ARG(req->path), STR_ARG(req->query), req->query.ptr ? "" : "absent",
                    (long long)req->content_length, STR_ARG(body),
                    STR_ARG(httpd_header(req, STR("X-TEST")))));
}

/* Says that it is there, and answers when it may go on. */
__attribute__((unused)) static void block(struct httpd_request *req, void *arg)
{
    (void)arg;
    sem_post(&world.entered);
    sem_wait(&world.go);
    respond_text(req, 200, STR("done"));
}

__attribute__((unused)) static void check_contains(str text, const char *part)
{
    if (str_find(text, str_of(part)) < 0)
        fail_msg("no \"%s\" in:\n%.*s", part, STR_ARG(text));
}
