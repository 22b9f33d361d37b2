/*
 * health - routes for whoever watches the server
 *
 *     /healthz   the process answers
 *     /readyz    the database answers, and the server is not stopping
 *     /metrics   Prometheus text
 */
#include "api/private.h"

#include "base/metrics.h"

enum {
    METRICS_MAX_TEXT = 16 << 20
};

static void answer(struct httpd_request *req, int status, str type, str body)
{
    struct httpd_header header = {STR("Content-Type"), type};

    if (!str_eq(req->method, STR("GET")) && !str_eq(req->method, STR("HEAD"))) {
        status = 405;
        body = STR("method not allowed\n");
    }
    httpd_respond(req, status, (struct httpd_headers){&header, 1},
            str_eq(req->method, STR("HEAD")) ? STR("") : body);
}

static void healthz(struct server *server, struct httpd_request *req)
{
    (void)server;
    answer(req, 200, STR("text/plain; charset=utf-8"), STR("ok\n"));
}

static void readyz(struct server *server, struct httpd_request *req)
{
    struct error err;

    if (httpd_is_stopping(server->httpd))
        answer(req, 503, STR("text/plain; charset=utf-8"), STR("stopping\n"));
    else if (db_ping(server->db, &err) < 0)
        answer(req, 503, STR("text/plain; charset=utf-8"), STR("the database does not answer\n"));
    else
        answer(req, 200, STR("text/plain; charset=utf-8"), STR("ready\n"));
}

static void gather_jobs(struct server *server)
{
    int64_t waiting, leased, dead, oldest;
    struct error err;

    if (!server->queue || queue_stats(server->queue, &waiting, &leased, &dead, &oldest, &err) < 0)
        return;
    metrics_gauge("slipway_jobs", "state=\"waiting\"", (double)waiting);
    metrics_gauge("slipway_jobs", "state=\"leased\"", (double)leased);
    metrics_gauge("slipway_jobs_dead", "", (double)dead);
    metrics_gauge("slipway_jobs_oldest_seconds", "", (double)oldest / 1000);
}

static void gather_connections(struct server *server)
{
    size_t connections, parked;

    httpd_count(server->httpd, &connections, &parked);
    metrics_gauge("slipway_connections", "", (double)connections);
    metrics_gauge("slipway_requests_parked", "", (double)parked);
}

static void metrics(struct server *server, struct httpd_request *req)
{
    struct buf out = buf_make(req->arena, METRICS_MAX_TEXT);

    gather_jobs(server);
    gather_connections(server);
    metrics_print(&out);
    answer(req, 200, STR("text/plain; version=0.0.4; charset=utf-8"), buf_str(&out));
}

const struct api_route health_routes[] = {
        {"/healthz", healthz},
        {"/readyz", readyz},
        {"/metrics", metrics},
};
const size_t health_routes_len = sizeof(health_routes) / sizeof(*health_routes);
