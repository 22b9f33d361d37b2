#include "api/audit_copy.h"
#include "api/private.h"
#include "api/last_use.h"
#include "api/usage.h"

#include "base/clock.h"
#include "base/random.h"

static const char allow_all[] = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                "\"Action\":\"*\",\"Resource\":\"*\"}]}";
/* A statement there must be: this one allows what needs no permission. */
static const char allow_nothing[] =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
        "\"Action\":\"sts:GetCallerIdentity\",\"Resource\":\"*\"}]}";

int api_open(struct server *server, struct error *err)
{
    struct api *api = mem_new(struct api);
    int r;

    api->credentials = cache_new(API_CACHED_CREDENTIALS);
    api->principals = cache_new(API_CACHED_PRINCIPALS);
    api->policies = cache_new(API_CACHED_POLICIES);
    api->kept = cache_new(API_KEPT_BYTES);
    api->patterns = patterns_new();
    server->api = api;
    r = policy_compile(str_of(allow_all), POLICY_IDENTITY, &api->allow_all, err);
    if (r >= 0)
        r = policy_compile(str_of(allow_nothing), POLICY_IDENTITY, &api->allow_nothing, err);
    if (r >= 0)
        r = rest_routes_make(server, err);
    if (r < 0) {
        api_close(server);
        return r;
    }
    api->audit_wants = audit_wants_new();
    api->usage = usage_new();
    api->last_uses = last_uses_new();
    api->audit = audit_start(server);
    return 0;
}

void api_close(struct server *server)
{
    struct api *api = server->api;

    if (!api)
        return;
    if (api->audit)
        audit_stop(server);
    if (api->audit_wants)
        audit_wants_free(api->audit_wants);
    if (api->usage)
        usage_free(api->usage);
    if (api->last_uses)
        last_uses_free(api->last_uses);
    cache_free(api->credentials);
    cache_free(api->principals);
    cache_free(api->policies);
    cache_free(api->kept);
    patterns_free(api->patterns);
    if (api->allow_all)
        policy_free(api->allow_all);
    if (api->allow_nothing)
        policy_free(api->allow_nothing);
    arena_free(&api->arena);
    free(api);
    server->api = NULL;
}

struct call *call_new(struct server *server, struct arena *arena)
{
    struct call *call = arena_new(arena, struct call);

    call->private_ = arena_new(arena, struct call_private);
    call->arena = arena;
    call->server = server;
    call->account = server->account;
    call->region = server->region;
    call->request_id = random_uuid(arena);
    call->event_id = random_uuid_sortable(arena);
    call->now = call->arrived = clock_now();
    call->body_length = -1;
    return call;
}

static struct call *new_from_request(struct server *server, struct httpd_request *req)
{
    struct call *call = call_new(server, req->arena);

    call->source_ip = req->peer;
    call->user_agent = httpd_header(req, STR("User-Agent"));
    call->is_tls = req->is_tls;
    call->body_length = req->content_length;
    call->private_->req = req;
    return call;
}

void api_handle(struct httpd_request *req, void *arg)
{
    struct server *server = arg;
    struct target target;
    enum route_result result;
    struct call *call;

    if (req->state) {
        wait_resume(req->state);
        return;
    }
    result = route_find(server, req, &target);
    if (result != ROUTE_OK) {
        respond_parse_error(server, req, &target, result);
        return;
    }
    if (target.route) {
        target.route->handle(server, req);
        return;
    }
    call = new_from_request(server, req);
    call->service = target.service;
    call->operation = target.operation;
    call->private_->wire = target.wire;
    call->private_->target = target;
    call_serve(call);
}

struct call *api_route_call(struct server *server, struct httpd_request *req,
        const struct service *service, const struct principal *principal, str operation_name)
{
    struct call *call = new_from_request(server, req);

    call->service = service;
    call->principal = principal;
    if (principal->account.ptr)
        call->account = principal->account;
    call->private_->wire = wire_of(service);
    call->private_->target.operation_name = operation_name;
    return call;
}

const struct wire *wire_of(const struct service *service)
{
    unsigned protocols = service && service->model ? service->model->protocols : PROTOCOL_JSON11;

    if (protocols & PROTOCOL_JSON11)
        return &wire_json11;
    if (protocols & PROTOCOL_JSON10)
        return &wire_json10;
    if (protocols & PROTOCOL_REST_XML)
        return &wire_rest_xml;
    return (protocols & PROTOCOL_QUERY) ? &wire_query : &wire_json11;
}
