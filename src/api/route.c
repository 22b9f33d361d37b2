/*
 * route - what a request is: a path of a service's own, or a call of a protocol
 *
 *     path prefix of a service's routes            that route (longest prefix)
 *     X-Amz-Target: Prefix.Operation               JSON
 *     Action= in the form body or the query        query
 *     else                                         S3: path and method
 */
#include "api/private.h"

#include "base/codec.h"

static const struct api_route *longer(
        const struct api_route *best, const struct api_route *routes, size_t len, str path)
{
    for (size_t i = 0; i < len; i++) {
        str prefix = str_of(routes[i].prefix);

        if ((str_ends(prefix, STR("/")) ? str_starts(path, prefix) : str_eq(path, prefix)) &&
                (!best || prefix.len > strlen(best->prefix)))
            best = &routes[i];
    }
    return best;
}

static const struct api_route *find_route(const struct server *server, str path)
{
    const struct api_route *best = longer(NULL, health_routes, health_routes_len, path);

    for (size_t i = 0; i < server->services_len; i++)
        best = longer(best, server->services[i]->routes, server->services[i]->routes_len, path);
    return best;
}

/* ---- JSON: X-Amz-Target ------------------------------------------------------------------ */

static bool is_named(const char *name, str text)
{
    return name && str_eq(text, str_of(name));
}

static void find_json(struct server *server, str target, str content_type, struct target *ret)
{
    ptrdiff_t dot = str_rfind_char(target, '.');
    str prefix = dot < 0 ? target : str_head(target, (size_t)dot);

    ret->wire = str_starts(content_type, STR("application/x-amz-json-1.0")) ? &wire_json10
                                                                            : &wire_json11;
    ret->operation_name = dot < 0 ? target : str_skip(target, (size_t)dot + 1);
    for (size_t i = 0; i < server->services_len; i++) {
        const struct service_model *model = server->services[i]->model;

        if (!model || (!is_named(model->target_prefix, prefix) &&
                              !is_named(model->other_target_prefix, prefix)))
            continue;
        ret->service = server->services[i];
        ret->operation = model_operation(model, ret->operation_name);
        return;
    }
}

/* ---- Query: Action= ------------------------------------------------------------------------ */

/* The service of the credential scope, before anything is checked:
 * "…/20261123/us-east-1/iam/aws4_request". */
static str scope_service(const struct httpd_request *req, const struct pairs *query)
{
    const struct pair *presigned = pairs_find(query, STR("X-Amz-Credential"));
    str header = httpd_header(req, STR("Authorization")), piece = {0};
    ptrdiff_t at = str_find(header, STR("Credential="));

    if (at >= 0) {
        header = str_skip(header, (size_t)at + strlen("Credential="));
        if (!str_next(&header, ',', &piece))
            return (str){0};
    } else if (presigned && presigned->value.ptr) {
        piece = presigned->value;
    }
    at = str_rfind_char(piece, '/');
    if (at < 0)
        return (str){0};
    piece = str_head(piece, (size_t)at);
    at = str_rfind_char(piece, '/');
    return at < 0 ? (str){0} : str_skip(piece, (size_t)at + 1);
}

static bool is_query_service(
        const struct service_model *model, str scope, const struct pair *version)
{
    if (!model || !(model->protocols & PROTOCOL_QUERY))
        return false;
    if (scope.ptr && !is_named(model->signing_name, scope) &&
            !is_named(model->other_signing_name, scope))
        return false;
    return !version || !version->value.ptr || str_eq(version->value, str_of(model->version));
}

/* The service of the scope; without one, or with none of ours in it, whoever has the operation. */
static void find_query(struct server *server, struct httpd_request *req, struct target *ret)
{
    const struct pair *version = pairs_find(&ret->form, STR("Version"));
    str scope = scope_service(req, &ret->query);

    ret->wire = &wire_query;
    for (size_t i = 0; i < server->services_len && scope.ptr; i++) {
        if (!is_query_service(server->services[i]->model, scope, version))
            continue;
        ret->service = server->services[i];
        ret->operation = model_operation(ret->service->model, ret->operation_name);
        return;
    }
    for (size_t i = 0; i < server->services_len && !ret->operation; i++) {
        if (!is_query_service(server->services[i]->model, (str){0}, version))
            continue;
        ret->service = server->services[i];
        ret->operation = model_operation(ret->service->model, ret->operation_name);
    }
}

static bool is_form(const struct httpd_request *req)
{
    return str_starts(
            httpd_header(req, STR("Content-Type")), STR("application/x-www-form-urlencoded"));
}

/* An S3 request may have such a content type too: its scope says "s3". */
static bool may_be_query(const struct httpd_request *req, const struct pairs *query)
{
    if (!str_eq(req->path, STR("/")) || str_eq(scope_service(req, query), STR("s3")))
        return false;
    if (str_eq(req->method, STR("POST")))
        return is_form(req) || pairs_find(query, STR("Action"));
    return str_eq(req->method, STR("GET")) && pairs_find(query, STR("Action"));
}

static enum route_result read_form(struct httpd_request *req, struct target *ret)
{
    struct pairs *form = &ret->form;
    struct error err;
    int r = httpd_read_all(req, API_MAX_FORM, &ret->body, &err);

    if (r == -E2BIG)
        return ROUTE_TOO_LARGE;
    if (r == -EBUSY)
        return ROUTE_BUSY;
    if (r < 0)
        return ROUTE_GONE;
    ret->has_body = true;
    r = pairs_parse(req->arena, is_form(req) ? ret->body : STR(""), PERCENT_PLUS, form);
    if (r < 0)
        return r == -E2BIG ? ROUTE_TOO_LARGE : ROUTE_BAD_REQUEST;
    if (!pairs_find(form, STR("Action")))
        *form = ret->query;
    return ROUTE_OK;
}

static enum route_result route_query(
        struct server *server, struct httpd_request *req, struct target *ret)
{
    const struct pair *action;
    enum route_result result;

    ret->wire = &wire_query;
    result = read_form(req, ret);
    if (result != ROUTE_OK)
        return result;
    action = pairs_find(&ret->form, STR("Action"));
    ret->operation_name = action && action->value.ptr ? action->value : STR("");
    find_query(server, req, ret);
    return ROUTE_OK;
}

/* ---- S3: path and host ----------------------------------------------------------------------- */

/* "bucket.s3.region.host" and "bucket.localhost" name the bucket: it then begins the path. */
static str host_bucket(const struct server *server, const struct httpd_request *req)
{
    str host = httpd_header(req, STR("Host")), base = server->endpoint, piece;
    ptrdiff_t at;

    if (!host.ptr || host.len == 0 || host.ptr[0] == '[')
        return (str){0};
    if (str_cut(&host, ':', &piece))
        host = piece;
    at = str_find(host, STR(".s3."));
    if (at < 0)
        at = str_find(host, STR(".s3-"));
    if (at > 0)
        return str_head(host, (size_t)at);
    if (host.len > strlen(".localhost") && str_ends(host, STR(".localhost"))) {
        host.len -= strlen(".localhost");
        return str_eq(host, STR("s3")) ? (str){0} : host;
    }
    /* the endpoint's own name */
    at = str_find(base, STR("://"));
    if (at < 0)
        return (str){0};
    base = str_skip(base, (size_t)at + 3);
    if (str_cut(&base, ':', &piece))
        base = piece;
    if (base.len == 0 || host.len <= base.len + 1 || !str_ends(host, base) ||
            host.ptr[host.len - base.len - 1] != '.')
        return (str){0};
    host.len -= base.len + 1;
    return host;
}

static enum route_result route_rest(
        struct server *server, struct httpd_request *req, struct target *ret)
{
    str bucket = host_bucket(server, req), path = req->path;

    ret->wire = &wire_rest_xml;
    ret->operation_name = req->method;
    if (bucket.ptr)
        path = str_printf(req->arena, "/%.*s%.*s", STR_ARG(bucket),
                STR_ARG(str_eq(path, STR("/")) ? STR("") : path));
    for (size_t i = 0; i < server->services_len; i++) {
        const struct service *service = server->services[i];

        if (!service->model || !(service->model->protocols & PROTOCOL_REST_XML))
            continue;
        ret->service = service;
        rest_match(server, service, req, path, ret);
        if (ret->operation)
            return ROUTE_OK;
    }
    return ROUTE_OK;
}

/* Somebody looks who answers here: no credentials, no query, the root. */
static bool is_probe(const struct httpd_request *req)
{
    bool is_read = str_eq(req->method, STR("GET")) || str_eq(req->method, STR("HEAD"));

    return is_read && str_eq(req->path, STR("/")) && !req->query.ptr &&
           !httpd_header(req, STR("Authorization")).ptr;
}

enum route_result route_find(struct server *server, struct httpd_request *req, struct target *ret)
{
    str target = httpd_header(req, STR("X-Amz-Target"));

    *ret = (struct target){0};
    ret->route = find_route(server, req->path);
    if (ret->route)
        return ROUTE_OK;
    if (target.ptr) {
        find_json(server, target, httpd_header(req, STR("Content-Type")), ret);
        return ROUTE_OK;
    }
    ret->wire = &wire_rest_xml;
    if (pairs_parse(req->arena, req->query, PERCENT_PLUS, &ret->query) < 0)
        return ROUTE_BAD_REQUEST;
    if (may_be_query(req, &ret->query))
        return route_query(server, req, ret);
    if (is_probe(req) && !host_bucket(server, req).ptr)
        return ROUTE_NOTHING;
    return route_rest(server, req, ret);
}
