/*
 * call - the life of one call, from its target to the answer
 *
 *     claim      who it says it is: needs no transaction
 *     body       read whole, unless the operation streams it
 *     first      a snapshot: signature, decode, validate, authorize; and of operations
 *                that only read and prepare nothing, the handler too
 *     prepare    no transaction; reads a streamed body
 *     second     the handler in its transaction, with the audit record of a change
 *     respond    the answer
 */
#include "api/audit_copy.h"
#include "api/private.h"
#include "api/shape.h"
#include "base/clock.h"
#include "base/log.h"

bool call_is_read(const struct call *call)
{
    return call->operation && (call->operation->flags & OP_READONLY);
}

int call_operation_index(const struct call *call)
{
    return (int)(call->operation - call->service->model->operations);
}

static call_handler *prepare_of(const struct call *call)
{
    if (!call->service->prepares)
        return NULL;
    return call->service->prepares[call_operation_index(call)];
}

const struct member *operation_streaming(const struct service_model *model, uint16_t shape)
{
    if (shape == SHAPE_NONE)
        return NULL;
    const struct shape *s = shape_of(model, shape);
    for (size_t i = 0; i < s->members_len; i++)
        if (model->members[s->first_member + i].flags & MEMBER_STREAMING)
            return &model->members[s->first_member + i];
    return NULL;
}

void call_forget(struct call *call)
{
    struct call_private *p = call->private_;

    call->failure = (struct call_failure){0};
    call->wait.topic = (str){0};
    call->wait.until = 0;
    p->has_generation = false;
    p->headers_len = 0;
    p->trace = (str){0};
    p->status = 0;
    p->is_audited = false;
    p->answer.fn = NULL;
    p->error_extra = (struct pairs){0};
}

void call_settle(struct call *call, int r, const struct error *err)
{
    int failed = 0;

    if (r >= 0 || (r == CALL_FAILED && call->failure.code.ptr))
        return;
    if (r == -EILSEQ) { /* "\u0000" of a client, on its way into a row */
        failed = call_fail(
                call, &error_Validation, "The request contains a character that is not supported.");
        return (void)failed;
    }
    if (r == -EAGAIN)
        failed = call_fail(
                call, &error_ServiceUnavailable, "The service is busy. Please try again.");
    else
        failed = call_fail(call, &error_InternalFailure,
                call_family(call) == FAMILY_S3
                        ? "We encountered an internal error. Please try again."
                        : "The request processing has failed because of an unknown error, "
                          "exception or failure.");
    (void)failed; /* call->failure says it */
    log_error("call_failed", F("operation", call->private_->target.operation_name),
            F("request", call->request_id), F("errno", r),
            F("error", err && *err->text ? err->text : strerror(-r)));
}

int call_handle(struct call *call)
{
    struct call_private *p = call->private_;
    call_handler *handler = call->service->handlers[call_operation_index(call)];

    if (!handler)
        return call_fail(call, &error_NotImplemented,
                "The operation %.*s of service %s is known but not supported by "
                "this version of Slipway.",
                STR_ARG(p->target.operation_name), call->service->model->name);
    p->out = arena_alloc(
            call->arena, 1, call->operation->output_size ? call->operation->output_size : 1);
    return handler(call, p->in, p->out);
}

/* ---- The steps ----------------------------------------------------------------------------- */

static int refuse_target(struct call *call)
{
    const struct call_private *p = call->private_;
    str name = str_head(p->target.operation_name, 128);

    if (call->operation && (call->operation->flags & OP_PLANNED))
        return call_fail(call, &error_NotImplemented,
                "The operation %.*s of service %s is known but not supported by "
                "this version of Slipway.",
                STR_ARG(name), call->service->model->name);
    if (call->operation)
        return 0;
    switch (p->wire->family) {
    case FAMILY_S3:
        return call_fail(call, &error_UnknownOperation,
                "The specified method is not allowed against this resource.");
    case FAMILY_QUERY:
        return call_fail(call, &error_UnknownOperation, "Could not find operation %.*s%s%s",
                STR_ARG(name), call->service ? " for version " : "",
                call->service ? call->service->model->version : "");
    default:
        return call_fail(
                call, &error_UnknownOperation, "The operation %.*s is not known.", STR_ARG(name));
    }
}

static int look_for_key(struct tx *tx, void *arg)
{
    struct call *call = arg;
    int r;

    call->tx = tx;
    r = authenticate_key(call);
    call->tx = NULL;
    return r;
}

/* A signature that covers the body can only be verified when all of it is there. Who has not even
 * the name of a key gets nothing read that is not small. */
static int read_body(struct call *call)
{
    struct target *target = &call->private_->target;
    size_t max = call_family(call) == FAMILY_JSON ? API_MAX_BODY_JSON : API_MAX_BODY;
    struct error err;
    int r = 0;

    if (target->has_body)
        return 0;
    if (call->private_->is_signed && !httpd_is_collected(call->private_->req))
        r = db_read(call->server->db, call->arena, look_for_key, call, &err);
    if (r < 0)
        return r;
    r = httpd_read_all(call->private_->req, max, &target->body, &err);
    if (r == -EBUSY)
        return call_fail(call, &error_Throttling,
                call_family(call) == FAMILY_S3 ? "Please reduce your request rate."
                                               : "Rate exceeded");
    if (r == -E2BIG)
        return call_fail(call, &error_TooLarge, "The request body is larger than %zu bytes.", max);
    if (r < 0)
        return call_fail(call, &error_RequestTimeout,
                "Your socket connection to the server was not read from or written to within the "
                "timeout period.");
    target->has_body = true;
    return 0;
}

static int decode(struct call *call)
{
    struct call_private *p = call->private_;

    p->in = arena_alloc(
            call->arena, 1, call->operation->input_size ? call->operation->input_size : 1);
    return p->wire->decode(call, p->in);
}

/* What is the same for every call: in a snapshot. */
static int admit(struct call *call)
{
    int r = authenticate(call);

    if (r >= 0 && call->service->admit)
        r = call->service->admit(call);
    if (r >= 0)
        r = decode(call);
    if (r >= 0)
        r = validate(call, call->private_->in);
    if (r >= 0)
        r = condition_keys(call, call->private_->in);
    if (r < 0)
        return r;
    return authorize_operation(call, call->private_->in);
}

/* A call that was parked may have outlived its key, its session or its permission. */
static int admit_again(struct call *call)
{
    int r = authenticate(call);

    if (r >= 0)
        r = condition_keys(call, call->private_->in);
    return r < 0 ? r : authorize_operation(call, call->private_->in);
}

static int first_step(struct tx *tx, void *arg)
{
    struct call *call = arg;
    int r;

    call->tx = tx;
    call_forget(call);
    r = admit(call);
    if (r >= 0 && call_is_read(call) && !prepare_of(call))
        r = call_handle(call);
    call->tx = NULL;
    return r;
}

static int second_step(struct tx *tx, void *arg)
{
    struct call *call = arg;
    int r;

    call->tx = tx;
    call_forget(call);
    r = call->private_->has_waited ? admit_again(call) : 0;
    if (r >= 0)
        r = call_handle(call);
    if (r >= 0 && !call_is_read(call))
        r = call->operation->flags & OP_DATA_PLANE
                    ? audit_record_data(call, call->private_->in, call->private_->out)
                    : audit_record(call, call->private_->in, call->private_->out);
    call->tx = NULL;
    return r;
}

int call_run(struct call *call, struct error *err)
{
    return call_is_read(call) ? db_read(call->server->db, call->arena, second_step, call, err)
                              : db_write(call->server->db, call->arena, second_step, call, err);
}

static int run_prepare(struct call *call, call_handler *prepare)
{
    bool is_streamed = operation_streaming(call->service->model, call->operation->input);
    int r = is_streamed ? body_open(call) : 0;

    if (r >= 0)
        r = prepare(call, call->private_->in, NULL);
    if (r >= 0 && is_streamed)
        r = body_finish(call);
    return r;
}

static int run_steps(struct call *call, struct error *err)
{
    call_handler *prepare = prepare_of(call);
    int r = audit_is_data_event(call) ? audit_wants_load(call->server, err) : 0;

    if (r >= 0)
        r = db_read(call->server->db, call->arena, first_step, call, err);

    if (r < 0 || (call_is_read(call) && !prepare))
        return r;
    if (prepare)
        r = run_prepare(call, prepare);
    if (r < 0)
        return r;
    return call_run(call, err);
}

void call_serve(struct call *call)
{
    struct error err = {0};
    int r = refuse_target(call);

    if (r >= 0)
        r = authenticate_claim(call);
    if (r >= 0 && !operation_streaming(call->service->model, call->operation->input))
        r = read_body(call);
    if (r >= 0)
        authenticate_body(call);
    if (r >= 0 && call->private_->target.has_body)
        r = body_check(call, call->private_->target.body);
    if (r >= 0)
        r = run_steps(call, &err);
    call->tx = NULL;
    if (r == CALL_WAIT && wait_park(call) == 0)
        return;
    body_done(call);
    call_settle(call, r, &err);
    respond(call);
}

/* ---- What handlers say about the answer ------------------------------------------------------ */

int call_wait(struct call *call, str topic, int64_t until)
{
    if (call->now >= until)
        return 0;
    call->wait.topic = str_dup(call->arena, topic);
    call->wait.until = until;
    return CALL_WAIT;
}

void call_set_header(struct call *call, str name, str value)
{
    struct call_private *p = call->private_;

    if (p->headers_len < API_MAX_RESPONSE_HEADERS)
        p->headers[p->headers_len++] = (struct httpd_header){name, value};
}

void call_set_status(struct call *call, int status)
{
    call->private_->status = status;
}

void call_stream(struct call *call, int64_t length, call_stream_fn *fn, void *arg)
{
    call->private_->answer.fn = fn;
    call->private_->answer.arg = arg;
    call->private_->answer.length = length;
}

int call_write(struct call *call, str bytes, struct error *err)
{
    struct call_private *p = call->private_;

    if (!p->answer.whole)
        return httpd_write(p->req, bytes, err);
    buf_add(p->answer.whole, bytes);
    if (buf_is_full(p->answer.whole))
        return error_set(err, EINVAL, "more was written than was announced");
    return 0;
}
