#include "services/events/events.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"

static void write_resources(struct buf *out, struct str_list resources)
{
    json_write_key(out, STR("resources"));
    buf_char(out, '[');
    for (size_t i = 0; i < resources.len; i++) {
        if (i)
            buf_char(out, ',');
        json_write_str(out, resources.items[i]);
    }
    buf_char(out, ']');
}

/* 1: some service wants it, 0: none. */
static int is_wanted(struct call *call, const struct event *event)
{
    const struct server *server = call->server;
    int r = 0;

    for (size_t i = 0; r == 0 && i < server->services_len; i++)
        if (server->services[i]->wants_event)
            r = server->services[i]->wants_event(call, event);
    return r;
}

int events_emit(
        struct call *call, str source, str detail_type, struct str_list resources, str detail)
{
    struct buf out = buf_make(call->arena, EVENT_MAX_BYTES);
    const struct event event = {.source = source,
            .detail_type = detail_type,
            .account = call->account,
            .region = call->region,
            .time = call->now,
            .resources = resources,
            .detail = detail};
    int r = is_wanted(call, &event);

    if (r <= 0)
        return r;
    buf_add(&out, STR("{\"version\":\"0\""));
    json_write_member(&out, STR("id"), random_uuid(call->arena));
    json_write_member(&out, STR("detail-type"), detail_type);
    json_write_member(&out, STR("source"), source);
    json_write_member(&out, STR("account"), call->account);
    json_write_member(&out, STR("time"), time_iso8601_ms(call->arena, call->now));
    json_write_member(&out, STR("region"), call->region);
    write_resources(&out, resources);
    json_write_key(&out, STR("detail"));
    buf_add(&out, detail);
    buf_char(&out, '}');
    if (buf_is_full(&out))
        return error_set(
                &call->tx->error, E2BIG, "an event is larger than %d bytes", EVENT_MAX_BYTES);
    return queue_add(call->server->queue, call->tx, "events.deliver", (str){0}, buf_str(&out), 0);
}

static int parse(struct arena *arena, str text, struct event *ret, struct error *err)
{
    AUTO_JSON json_t *json = NULL;
    const json_t *resources;
    int r = json_parse(text, &json, err);

    if (r < 0)
        return r;
    *ret = (struct event){
            .id = str_dup(arena, json_member_str(json, "id")),
            .source = str_dup(arena, json_member_str(json, "source")),
            .detail_type = str_dup(arena, json_member_str(json, "detail-type")),
            .account = str_dup(arena, json_member_str(json, "account")),
            .region = str_dup(arena, json_member_str(json, "region")),
            .detail = json_print(arena, json_member(json, "detail")),
    };
    resources = json_member(json, "resources");
    ret->resources.is_set = true;
    ret->resources.len = json_array_size(resources);
    ret->resources.items = arena_array(arena, ret->resources.len, str);
    for (size_t i = 0; i < ret->resources.len; i++)
        ret->resources.items[i] = str_dup(arena, json_str(json_array_get(resources, i)));
    return time_parse_iso8601(json_member_str(json, "time"), &ret->time);
}

static int deliver(struct job *job, struct tx *tx)
{
    struct server *server = job->context;
    struct event event;
    int r = parse(job->arena, job->payload, &event, &tx->error);

    for (size_t i = 0; r >= 0 && i < server->services_len; i++) {
        const struct service *service = server->services[i];
        if (service->wants_event)
            r = service->on_event(
                    call_for_job(server, job->arena, tx, event.account, event.region, service),
                    &event);
    }
    return r;
}

str event_detail_str(struct arena *arena, const struct event *event, const char *name)
{
    AUTO_JSON json_t *json = NULL;
    struct error err;

    if (json_parse(event->detail, &json, &err) < 0)
        return (str){0};
    return str_dup(arena, json_member_str(json, name));
}

static const struct job_kind jobs[] = {
        {.name = "events.deliver", .commit = deliver},
};

const struct service events_service = {.jobs = jobs, .jobs_len = 1};
