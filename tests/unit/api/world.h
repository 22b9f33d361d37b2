/*
 * world - a server with the test services, an identity source of four keys, and a raw client
 *
 *     AKIDROOT     root of 111111111111
 *     AKIDUSER     user/u: the policy in world.policy
 *     AKIDROLE     a session of a role: the same, until world.session_end
 *     AKIDOLD      a session that is over
 */
#pragma once

#include "unit.h"

#include "handlers.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>

#include "api/api.h"
#include "api/audit.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/fs.h"
#include "net/sigv4.h"

static struct world {
    struct arena arena;
    char dir[64];
    struct server server;
    int64_t generation;
    int finds;
    bool is_deleted; /* all keys */
    const char *policy;
    int64_t session_end;
    int asked_for_tags; /* how often, of any resource of testjson: they have team=red */
    str signed_date;    /* absent: now */
} world;

static int world_tags(struct call *call, str arn, struct resource_tags *ret)
{
    (void)arn;
    world.asked_for_tags++;
    ret->len = 1;
    ret->items = arena_new(call->arena, struct resource_tag);
    *ret->items = (struct resource_tag){STR("team"), STR("red")};
    return 0;
}

static const struct service testjson_service = {.model = &testjson_model,
        .handlers = testjson_handlers,
        .prepares = testjson_prepares,
        .resource_tags = world_tags};
static const struct service testquery_service = {
        .model = &testquery_model, .handlers = testquery_handlers, .prepares = testquery_prepares};
static const struct service testrest_service = {
        .model = &testrest_model, .handlers = testrest_handlers, .prepares = testrest_prepares};
static const struct service *const world_services[] = {
        &testjson_service, &testquery_service, &testrest_service};

static int world_find(
        struct server *server, struct tx *tx, str key, str token, struct credential *ret)
{
    struct principal principal = {.kind = PRINCIPAL_ROOT,
            .account = STR("111111111111"),
            .arn = STR("arn:aws:iam::111111111111:root"),
            .user_id = STR("111111111111"),
            .name = STR("root"),
            .access_key = str_dup(tx->arena, key)};

    (void)server, (void)token;
    world.finds++;
    if (world.is_deleted)
        return 0;
    if (str_eq(key, STR("AKIDUSER"))) {
        principal.kind = PRINCIPAL_USER;
        principal.arn = STR("arn:aws:iam::111111111111:user/u");
        principal.name = STR("u");
    } else if (str_eq(key, STR("AKIDROLE"))) {
        principal.kind = PRINCIPAL_ROLE;
        principal.arn = STR("arn:aws:sts::111111111111:assumed-role/r/s");
        principal.issuer_arn = STR("arn:aws:iam::111111111111:role/r");
        principal.name = STR("r");
        principal.session_end = world.session_end;
    } else if (str_eq(key, STR("AKIDOLD"))) {
        return -EKEYEXPIRED;
    } else if (!str_eq(key, STR("AKIDROOT"))) {
        return 0;
    }
    *ret = (struct credential){principal, STR("secret")};
    return 1;
}

static int world_policies(struct server *server, struct tx *tx, const struct principal *principal,
        struct principal_policies *ret)
{
    (void)server, (void)principal;
    ret->identity.items = arena_new(tx->arena, struct policy_source);
    ret->identity.len = 1;
    ret->identity.items[0] = (struct policy_source){STR("user/u/inline"),
            str_printf(tx->arena, "v%lld", (long long)world.generation), str_of(world.policy), {0}};
    return 0;
}

static int world_generation(struct server *server, struct tx *tx, str account, int64_t *ret)
{
    (void)server, (void)tx, (void)account;
    *ret = world.generation;
    return 0;
}

static const struct identity_source world_identity = {world_find, world_policies, world_generation};

static void world_must(int r, const struct error *err)
{
    if (r < 0)
        fail_msg("%d: %s", r, err->text);
}

__attribute__((unused)) static int world_open(void **state)
{
    struct server *server = &world.server;
    const struct db_schema schemas[] = {audit_schema};
    struct error err = {0};

    (void)state;
    world = (struct world){.generation = 1,
            .policy = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":"
                      "\"*\","
                      "\"Resource\":\"arn:aws:testjson:*:111111111111:fine\"}}"};
    test_puts = test_wait_answers = test_wait_runs = test_shows = 0;
    test_mark = 0;
    test_show_len = 0;
    snprintf(world.dir, sizeof(world.dir), "/tmp/slipway-api-XXXXXX");
    world_must(fs_temp_dir(world.dir, &err), &err);
    const char *url =
            str_cstr(&world.arena, str_printf(&world.arena, "sqlite:%s/test.db", world.dir));
    const char *key = str_cstr(&world.arena, str_printf(&world.arena, "%s/key", world.dir));
    world_must(db_open(&(struct db_options){.url = url}, &server->db, &err), &err);
    world_must(db_migrate(server->db, schemas, 1, &err), &err);
    world_must(notify_open(server->db, &server->notify, &err), &err);
    world_must(seal_open(key, &server->seal, &err), &err);
    server->services = world_services;
    server->services_len = sizeof(world_services) / sizeof(*world_services);
    server->identity = &world_identity;
    server->account = STR("111111111111");
    server->region = STR("us-east-1");
    server->endpoint = STR("http://127.0.0.1:1");
    world_must(api_open(server, &err), &err);
    world_must(httpd_start(
                       &(struct httpd_options){
                               .host = STR("127.0.0.1"), .handler = api_handle, .arg = server},
                       &server->httpd, &err),
            &err);
    return 0;
}

__attribute__((unused)) static int world_close(void **state)
{
    (void)state;
    httpd_stop(world.server.httpd, 5000);
    api_close(&world.server);
    notify_close(world.server.notify);
    seal_close(world.server.seal);
    db_close(world.server.db);
    if (fs_remove_tree(world.dir, NULL) < 0)
        fprintf(stderr, "could not remove %s\n", world.dir);
    arena_free(&world.arena);
    return 0;
}

#define WORLD_TEST(fn) cmocka_unit_test_setup_teardown(fn, world_open, world_close)

/* ---- The client ------------------------------------------------------------------------- */

static int world_dial(str request)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
            .sin_port = htons(httpd_port(world.server.httpd)),
            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct error err;

    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    world_must(fd_write_all(fd, request, &err), &err);
    return fd;
}

/* The whole answer: the request says "Connection: close". */
static str world_hear(int fd)
{
    struct error err;
    str answer;

    world_must(fd_read_all(&world.arena, fd, 64 << 20, &answer, &err), &err);
    fd_close(&fd);
    return answer;
}

struct ask {
    const char *method; /* NULL: POST */
    const char *path;   /* NULL: / */
    const char *query;
    const char *host;
    const char *target; /* X-Amz-Target */
    const char *type;
    const char *key;     /* NULL: unsigned */
    const char *service; /* of the scope; NULL: testjson */
    const char *secret;  /* NULL: the right one */
    const char *sha256;  /* x-amz-content-sha256 */
    struct sigv4_header more[4];
    str body;
};

static str world_request(const struct ask *ask)
{
    struct arena *arena = &world.arena;
    struct sigv4_header headers[12] = {{STR("Host"), str_of(ask->host ? ask->host : "127.0.0.1")}};
    size_t n = 1;
    str date = world.signed_date.ptr ? world.signed_date : time_basic(arena, clock_now());
    str service = str_of(ask->service ? ask->service : "testjson");
    struct buf out = buf_make(arena, 64 << 20);
    struct sigv4_request req = {.method = str_of(ask->method ? ask->method : "POST"),
            .path = str_of(ask->path ? ask->path : "/"),
            .query = str_of(ask->query),
            .headers = headers,
            .is_s3 = str_eq(service, STR("s3"))};

    headers[n++] = (struct sigv4_header){STR("X-Amz-Date"), date};
    if (ask->target)
        headers[n++] = (struct sigv4_header){STR("X-Amz-Target"), str_of(ask->target)};
    if (ask->type)
        headers[n++] = (struct sigv4_header){STR("Content-Type"), str_of(ask->type)};
    if (ask->sha256)
        headers[n++] = (struct sigv4_header){STR("x-amz-content-sha256"), str_of(ask->sha256)};
    for (size_t i = 0; i < 4 && ask->more[i].name.ptr; i++)
        headers[n++] = ask->more[i];
    req.headers_len = n;
    req.payload_hash = ask->sha256 ? str_of(ask->sha256) : sha256_hex(arena, ask->body);
    buf_printf(&out, "%.*s %.*s%s%s HTTP/1.1\r\n", STR_ARG(req.method), STR_ARG(req.path),
            ask->query ? "?" : "", ask->query ? ask->query : "");
    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "%.*s: %.*s\r\n", STR_ARG(headers[i].name), STR_ARG(headers[i].value));
    if (ask->key) {
        struct sigv4_credentials credentials = {
                str_of(ask->key), str_of(ask->secret ? ask->secret : "secret"), {0}};
        str authorization = sigv4_sign(arena, &req, &credentials, STR("eu-west-1"), service, date);
        buf_printf(&out, "Authorization: %.*s\r\n", STR_ARG(authorization));
    }
    buf_printf(&out, "Content-Length: %zu\r\nConnection: close\r\n\r\n", ask->body.len);
    buf_add(&out, ask->body);
    return buf_str(&out);
}

__attribute__((unused)) static str world_ask(const struct ask *ask)
{
    return world_hear(world_dial(world_request(ask)));
}

/* What follows the empty line. */
__attribute__((unused)) static str body_of(str answer)
{
    ptrdiff_t at = str_find(answer, STR("\r\n\r\n"));

    return at < 0 ? (str){0} : str_skip(answer, (size_t)at + 4);
}

__attribute__((unused)) static void assert_has(str answer, const char *text)
{
    if (str_find(answer, str_of(text)) < 0)
        fail_msg("no \"%s\" in:\n%.*s", text, STR_ARG(answer));
}

#define JSON_TYPE "application/x-amz-json-1.1"
