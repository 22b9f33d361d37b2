/*
 * invoke - calls that the server makes of itself, in the caller's transaction
 */
#include "api/private.h"

#include "base/clock.h"
#include "base/random.h"

enum {
    INVOKE_MAX_DEPTH = 8 /* calls within calls */
};

struct invocation {
    struct call *call;
    const void *in;
};

static int run(struct tx *tx, void *arg)
{
    struct invocation *invocation = arg;
    struct call *call = invocation->call;
    int r;

    call->tx = tx;
    call_forget(call);
    r = validate(call, invocation->in);
    if (r >= 0)
        r = condition_keys(call, invocation->in);
    if (r >= 0)
        r = authorize_operation(call, invocation->in);
    if (r >= 0)
        r = call_handle(call);
    if (r >= 0 && !call_is_read(call) && !(call->operation->flags & OP_DATA_PLANE))
        r = audit_record(call, invocation->in, call->private_->out);
    return r;
}

struct call *call_as(struct call *parent, const struct principal *principal,
        const struct service *service, const char *operation)
{
    struct call *call = arena_new(parent->arena, struct call);

    *call = *parent;
    call->private_ = arena_new(parent->arena, struct call_private);
    call->parent = parent;
    call->service = service;
    call->operation = model_operation(service->model, str_of(operation));
    call->principal = principal;
    call->account = principal->account;
    call->event_id = random_uuid_sortable(parent->arena);
    call->body_length = -1;
    call->prepared = NULL;
    call->failure = (struct call_failure){0};
    call->private_->wire = wire_of(service);
    call->private_->target.operation_name = str_of(operation);
    return call;
}

static size_t depth_of(const struct call *call)
{
    size_t depth = 0;

    for (; call->parent; call = call->parent)
        depth++;
    return depth;
}

static int check_callable(struct call *call)
{
    const struct operation *operation = call->operation;

    if (!operation)
        return call_fail(call, &error_UnknownOperation, "The operation %.*s is not known.",
                STR_ARG(call->private_->target.operation_name));
    if (operation->flags & OP_PLANNED)
        return call_fail(call, &error_NotImplemented,
                "The operation %.*s of service %s is known but not supported by "
                "this version of Slipway.",
                STR_ARG(call->private_->target.operation_name), call->service->model->name);
    if ((operation->flags & OP_PREPARE) ||
            operation_streaming(call->service->model, operation->input))
        return call_fail(call, &error_NotImplemented,
                "The operation %.*s cannot be called in process.",
                STR_ARG(call->private_->target.operation_name));
    if (depth_of(call) > INVOKE_MAX_DEPTH)
        return call_fail(
                call, &error_InternalFailure, "calls are nested deeper than %d", INVOKE_MAX_DEPTH);
    return 0;
}

static int run_nested(struct call *call, struct call *child, const void *in)
{
    struct invocation invocation = {child, in};

    if (call->tx->is_write)
        return tx_nested(call->tx, run, &invocation);
    if (!call_is_read(child))
        return error_set(
                &call->tx->error, EPERM, "a change was called from a read-only transaction");
    return run(call->tx, &invocation);
}

int call_invoke(struct call *call, const struct principal *principal, const struct service *service,
        const char *operation, const void *in, void *out, struct call_failure *ret_failure)
{
    struct call *child = call_as(call, principal, service, operation);
    int r = check_callable(child);

    child->private_->in = (void *)in;
    if (r >= 0)
        r = run_nested(call, child, in);
    if (r == CALL_WAIT)
        r = call_fail(child, &error_InternalFailure,
                "the operation waits, which a call in process cannot");
    if (r == CALL_FAILED) {
        *ret_failure = child->failure;
        if (child->operation && !(child->operation->flags & OP_DATA_PLANE))
            audit_record_later(child, in, NULL);
        return CALL_FAILED;
    }
    if (r < 0)
        return r;
    if (out && child->operation->output_size)
        memcpy(out, child->private_->out, child->operation->output_size);
    return 0;
}

struct call *call_for_job(struct server *server, struct arena *arena, struct tx *tx, str account,
        str region, const struct service *service)
{
    struct call *call = call_new(server, arena);
    struct principal *principal = &call->private_->own_principal;
    str name = str_printf(arena, "%s.amazonaws.com", service->model->name);

    *principal = (struct principal){
            .kind = PRINCIPAL_SERVICE,
            .account = account,
            .user_id = name,
            .name = name,
    };
    call->tx = tx;
    call->service = service;
    call->principal = principal;
    call->account = account;
    call->region = region.ptr ? region : server->region;
    call->source_ip = name;
    call->user_agent = name;
    call->is_tls = true;
    call->private_->wire = wire_of(service);
    call->private_->is_job = true;
    return call;
}
