/*
 * rest_route - operations by method and URI template
 *
 *     PUT /{Bucket}/{Key+}?uploads      method, labels, fixed query
 *
 * Several templates may fit one request: CopyObject is PutObject with one more header,
 * ListParts is GetObject with one more parameter. The one with the most fixed query
 * parameters wins, then the one whose required headers and parameters are all there,
 * then the one that needs the most of them.
 */
#include "api/private.h"
#include "api/shape.h"
#include "base/codec.h"

struct segment {
    str text; /* of a label: its member's name */
    bool is_label;
    bool is_greedy;
};

struct rest_route {
    const struct service *service;
    const struct operation *operation;
    str method;
    struct segment segments[API_MAX_LABELS];
    size_t segments_len;
    struct pairs fixed; /* query; value absent: any */
};

static int parse_segment(str text, struct segment *ret)
{
    if (text.len < 3 || text.ptr[0] != '{' || text.ptr[text.len - 1] != '}') {
        *ret = (struct segment){.text = text};
        return 0;
    }
    text = (str){text.ptr + 1, text.len - 2};
    *ret = (struct segment){.text = text, .is_label = true, .is_greedy = str_ends(text, STR("+"))};
    if (ret->is_greedy)
        ret->text.len--;
    return 0;
}

static int parse_template(struct arena *arena, str uri, struct rest_route *route)
{
    str path, piece;

    if (!str_cut(&uri, '?', &path)) {
        path = uri;
        uri = STR("");
    }
    if (pairs_parse(arena, uri, 0, &route->fixed) < 0)
        return -EINVAL;
    for (size_t i = 0; i < route->fixed.len; i++)
        if (str_eq(route->fixed.items[i].name, STR("x-id")))
            route->fixed.items[i] = route->fixed.items[--route->fixed.len];
    path = str_skip(path, 1);
    while (path.len && str_next(&path, '/', &piece)) {
        if (route->segments_len == API_MAX_LABELS)
            return -EINVAL;
        if (parse_segment(piece, &route->segments[route->segments_len++]) < 0)
            return -EINVAL;
    }
    return 0;
}

static bool is_rest(const struct service_model *model)
{
    return model && (model->protocols & (PROTOCOL_REST_XML | PROTOCOL_REST_JSON));
}

int rest_routes_make(struct server *server, struct error *err)
{
    struct api *api = server->api;
    size_t n = 0;

    for (size_t i = 0; i < server->services_len; i++)
        if (is_rest(server->services[i]->model))
            n += server->services[i]->model->operations_len;
    api->routes = arena_array(&api->arena, n, struct rest_route);
    for (size_t i = 0; i < server->services_len; i++) {
        const struct service_model *model = server->services[i]->model;

        for (size_t j = 0; is_rest(model) && j < model->operations_len; j++) {
            const struct operation *operation = &model->operations[j];
            struct rest_route *route = &api->routes[api->routes_len++];

            route->service = server->services[i];
            route->operation = operation;
            route->method = str_of(model_str(model, operation->method));
            if (parse_template(&api->arena, str_of(model_str(model, operation->uri)), route) < 0)
                return error_set(err, EINVAL, "operation %s has an invalid URI \"%s\"",
                        model_str(model, operation->name), model_str(model, operation->uri));
        }
    }
    return 0;
}

/* The labels' raw values, in the order of the template. False: the path does not fit. */
static bool match_path(const struct rest_route *route, str path, str *values)
{
    size_t i = 0;

    path = str_skip(path, path.len ? 1 : 0);
    while (i < route->segments_len) {
        const struct segment *segment = &route->segments[i];
        str piece = path;

        if (path.len == 0)
            return false;
        if (!segment->is_greedy && !str_cut(&path, '/', &piece))
            path = STR("");
        if (segment->is_greedy)
            path = STR("");
        if (segment->is_label ? piece.len == 0 : !str_eq(piece, segment->text))
            return false;
        values[i++] = piece;
    }
    return path.len == 0;
}

static bool has_fixed(const struct rest_route *route, const struct pairs *query)
{
    for (size_t i = 0; i < route->fixed.len; i++) {
        const struct pair *want = &route->fixed.items[i], *have = pairs_find(query, want->name);

        if (!have || (want->value.len && !str_eq(want->value, have->value)))
            return false;
    }
    return true;
}

static bool is_sent(const struct service_model *model, const struct member *member,
        const struct httpd_request *req, const struct pairs *query)
{
    str name = str_of(model_str(model, member->wire_name));

    if (member->location == IN_QUERY)
        return pairs_find(query, name);
    return httpd_header(req, name).ptr;
}

static int score(
        const struct rest_route *route, const struct httpd_request *req, const struct pairs *query)
{
    const struct service_model *model = route->service->model;
    int points = (int)route->fixed.len * 1000, present = 0;
    bool is_complete = true;

    for (size_t i = 0; i < route->segments_len; i++)
        points += !route->segments[i].is_label * 500;
    if (!(route->operation->flags & OP_PLANNED))
        points++;
    if (route->operation->input == SHAPE_NONE)
        return points + 10;
    const struct shape *input = shape_of(model, route->operation->input);
    for (size_t i = 0; i < input->members_len; i++) {
        const struct member *member = &model->members[input->first_member + i];

        if (!(member->flags & MEMBER_REQUIRED) ||
                (member->location != IN_QUERY && member->location != IN_HEADER))
            continue;
        if (is_sent(model, member, req, query))
            present++;
        else
            is_complete = false;
    }
    return is_complete ? points + 10 + 10 * present : points;
}

static bool decode_labels(
        struct arena *arena, const struct rest_route *route, const str *values, struct pairs *ret)
{
    ret->items = arena_array(arena, route->segments_len, struct pair);
    ret->len = 0;
    for (size_t i = 0; i < route->segments_len; i++) {
        struct pair *pair = &ret->items[ret->len];

        if (!route->segments[i].is_label)
            continue;
        pair->name = route->segments[i].text;
        if (percent_decode(arena, values[i], 0, &pair->value) < 0 || !str_is_utf8(pair->value))
            return false;
        ret->len++;
    }
    return true;
}

void rest_match(struct server *server, const struct service *service, struct httpd_request *req,
        str path, struct target *target)
{
    const struct rest_route *best = NULL;
    str values[API_MAX_LABELS], best_values[API_MAX_LABELS];
    int best_score = -1;

    for (size_t i = 0; i < server->api->routes_len; i++) {
        const struct rest_route *route = &server->api->routes[i];
        int points;

        if (route->service != service || !str_eq(route->method, req->method) ||
                !has_fixed(route, &target->query) || !match_path(route, path, values))
            continue;
        points = score(route, req, &target->query);
        if (points <= best_score)
            continue;
        best = route;
        best_score = points;
        memcpy(best_values, values, sizeof(values));
    }
    if (!best || !decode_labels(req->arena, best, best_values, &target->labels))
        return;
    target->operation = best->operation;
    target->operation_name = str_of(model_str(service->model, best->operation->name));
}
