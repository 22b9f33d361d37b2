#include "api/kept.h"

#include "api/private.h"
#include "api/shape.h"
#include "base/random.h"

enum {
    KEPT_OVERHEAD = 128 /* of an entry in the cache's map, about */
};

struct kept_body {
    struct cache_item item;
    int64_t mark;
    size_t len;
    char bytes[];
};

static void free_body(struct cache_item *item)
{
    free(item);
}

/* Two operations may show the same resource. */
static str key_of(struct call *call, str id)
{
    const struct service_model *model = call->service->model;

    return str_concat(call->arena, str_of(model_str(model, call->operation->name)), id);
}

static bool may_keep(const struct call *call)
{
    return call->private_->req && !call->tx->is_write && call_family(call) == FAMILY_JSON;
}

int64_t kept_mark(void)
{
    int64_t mark;

    random_bytes(&mark, sizeof(mark));
    return mark;
}

static void answer(struct call *call, str body)
{
    call->private_->kept.out = call->private_->out;
    call->private_->kept.body = body;
}

bool kept_answer(struct call *call, str id, int64_t mark)
{
    struct kept_body *body;
    bool is_right;

    if (!may_keep(call))
        return false;
    body = (struct kept_body *)cache_get(call->server->api->kept, key_of(call, id));
    if (!body)
        return false;
    is_right = body->mark == mark;
    if (is_right)
        answer(call, str_dup(call->arena, (str){body->bytes, body->len}));
    cache_unref(&body->item);
    return is_right;
}

void kept_put(struct call *call, str id, int64_t mark, const void *out)
{
    struct kept_body *body;
    str text, key;

    if (!may_keep(call))
        return;
    key = key_of(call, id);
    text = shape_to_json(
            call->arena, (struct type){call->service->model, call->operation->output}, out);
    if (!text.ptr)
        return; /* too large: encoding says so */
    answer(call, text);
    body = mem_alloc(1, sizeof(*body) + text.len);
    cache_init_item(&body->item, free_body);
    body->item.weight = sizeof(*body) + text.len + key.len + KEPT_OVERHEAD;
    body->mark = mark;
    body->len = text.len;
    memcpy(body->bytes, text.ptr, text.len);
    cache_put(call->server->api->kept, key, &body->item);
    cache_unref(&body->item);
}
