#include "api/private.h"
#include "api/shape.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"

void response_header(struct response *response, str name, str value)
{
    if (response->headers_len < API_MAX_RESPONSE_HEADERS)
        response->headers[response->headers_len++] = (struct httpd_header){name, value};
}

static void add_ids(struct call *call, struct response *response)
{
    if (call_family(call) != FAMILY_S3) {
        response_header(response, STR("x-amzn-RequestId"), call->request_id);
        return;
    }
    response_header(response, STR("x-amz-request-id"), call->request_id);
    response_header(response, STR("x-amz-id-2"), call->event_id);
}

/* The length is httpd's to say, but of HEAD it is not that of the body. Absent: not there. */
static str take_header(struct response *response, str name)
{
    for (size_t i = 0; i < response->headers_len; i++) {
        str value = response->headers[i].value;

        if (!str_eq_nocase(response->headers[i].name, name))
            continue;
        response->headers[i] = response->headers[--response->headers_len];
        return value;
    }
    return (str){0};
}

/* Bytes from users become headers (metadata): none may end the line. */
static void drop_broken_headers(struct response *response)
{
    size_t n = 0;

    for (size_t i = 0; i < response->headers_len; i++) {
        str value = response->headers[i].value;
        bool is_clean = value.ptr;

        for (size_t j = 0; j < value.len; j++)
            is_clean = is_clean && value.ptr[j] != '\r' && value.ptr[j] != '\n' &&
                       value.ptr[j] != '\0';
        if (is_clean)
            response->headers[n++] = response->headers[i];
    }
    response->headers_len = n;
}

static struct httpd_headers headers_of(const struct response *response)
{
    return (struct httpd_headers){response->headers, response->headers_len};
}

static void send_head(struct call *call, struct response *response, str length)
{
    struct httpd_request *req = call->private_->req;
    int64_t n = (int64_t)response->body.len;

    if (length.ptr && str_to_i64(length, &n) < 0)
        n = 0;
    if (call->failure.code.ptr)
        n = 0;
    int r = httpd_begin(req, response->status, headers_of(response), n, NULL);
    httpd_end(req, r >= 0);
}

/* One wake-up of the I/O thread instead of two, and still time to say what went wrong. */
static void send_small_stream(struct call *call, struct response *response)
{
    struct call_private *p = call->private_;
    struct buf whole = buf_make(call->arena, (size_t)p->answer.length);
    struct error err = {0};
    int r;

    p->answer.whole = &whole;
    r = p->answer.fn(call, p->answer.arg, &err);
    if (r >= 0 && whole.len != (size_t)p->answer.length)
        r = error_set(&err, EINVAL, "less was written than was announced");
    if (r >= 0) {
        httpd_respond(p->req, response->status, headers_of(response), buf_str(&whole));
        return;
    }
    call_settle(call, r, &err);
    *response = (struct response){.status = call->failure.status};
    add_ids(call, response);
    p->wire->encode_error(call, response);
    httpd_respond(p->req, response->status, headers_of(response), response->body);
}

static void send_stream(struct call *call, struct response *response)
{
    struct call_private *p = call->private_;
    struct error err = {0};
    int r = httpd_begin(p->req, response->status, headers_of(response), p->answer.length, &err);

    if (r >= 0)
        r = p->answer.fn(call, p->answer.arg, &err);
    if (r < 0 && r != -EPIPE)
        log_error("stream_failed", F("request", call->request_id), F("errno", r),
                F("error", err.text));
    httpd_end(p->req, r >= 0);
}

static void send(struct call *call, struct response *response)
{
    struct call_private *p = call->private_;
    str length = take_header(response, STR("Content-Length"));

    drop_broken_headers(response);
    if (str_eq(p->req->method, STR("HEAD")))
        send_head(call, response, length);
    else if (p->answer.fn && !call->failure.code.ptr && p->answer.length > 0 &&
             p->answer.length <= API_SMALL_STREAM)
        send_small_stream(call, response);
    else if (p->answer.fn && !call->failure.code.ptr)
        send_stream(call, response);
    else
        httpd_respond(p->req, response->status, headers_of(response),
                response->status == 204 || response->status == 304 ? STR("") : response->body);
}

/* Of known operations only: what is not in a model never becomes a label. */
static void note(struct call *call, int status)
{
    const struct call_private *p = call->private_;
    double seconds = (double)(clock_monotonic_us() - p->req->started_us) / 1e6;
    bool is_change = call->operation && !call_is_read(call) && !call->failure.code.ptr &&
                     !(call->operation->flags & OP_DATA_PLANE);
    enum log_level level = is_change ? LOG_LEVEL_INFO : LOG_LEVEL_DEBUG;
    char labels[192];

    snprintf(labels, sizeof(labels), "service=\"%s\",operation=\"%s\"",
            call->service ? call->service->model->name : "unknown",
            call->operation ? model_str(call->service->model, call->operation->name) : "unknown");
    metrics_observe("slipway_request_seconds", labels, seconds);
    snprintf(labels, sizeof(labels), "service=\"%s\",operation=\"%s\",status=\"%d\"",
            call->service ? call->service->model->name : "unknown",
            call->operation ? model_str(call->service->model, call->operation->name) : "unknown",
            status);
    metrics_count("slipway_requests_total", labels, 1);
    if (!log_is_on(level))
        return;
    LOG_AT(level, is_change ? "change" : "request",
            F("service", call->service ? call->service->model->name : "unknown"),
            F("operation", str_head(p->target.operation_name, 128)), F("status", status),
            F("error", call->failure.code),
            F("principal", call->principal ? call->principal->arn : (str){0}),
            F("account", call->account), F("ip", call->source_ip), F("ms", seconds * 1000),
            F("request", call->request_id));
}

static void record(struct call *call)
{
    if (!call->operation || !call->principal || (call->operation->flags & OP_PLANNED) ||
            ((call->operation->flags & OP_DATA_PLANE) && !audit_is_data_event(call)))
        return;
    if (!call->private_->is_audited)
        audit_record_later(call, call->private_->in, call->private_->out);
}

static int encode(struct call *call, struct response *response)
{
    const struct call_private *p = call->private_;
    int r;

    response->status = p->status                 ? p->status
                       : call->operation->status ? call->operation->status
                                                 : 200;
    r = p->wire->encode(call, p->out, response);
    if (r < 0)
        return r;
    if (p->status)
        response->status = p->status;
    return 0;
}

void respond(struct call *call)
{
    struct call_private *p = call->private_;
    struct response *response = arena_new(call->arena, struct response);

    for (size_t i = 0; i < p->headers_len; i++)
        response_header(response, p->headers[i].name, p->headers[i].value);
    if (!call->failure.code.ptr && encode(call, response) < 0)
        *response = (struct response){0};
    add_ids(call, response);
    if (call->failure.code.ptr) {
        response->status = call->failure.status;
        p->wire->encode_error(call, response);
    }
    record(call);
    send(call, response);
    note(call, response->status);
}

static void respond_root(struct httpd_request *req)
{
    struct httpd_header type = {STR("Content-Type"), STR("text/plain; charset=utf-8")};
    str body = STR(
            "Slipway " SLIPWAY_VERSION
            "\nThe AWS developer tools, self-hosted. Point an AWS client here: --endpoint-url\n");

    httpd_respond(req, 200, (struct httpd_headers){&type, 1},
            str_eq(req->method, STR("HEAD")) ? STR("") : body);
}

void respond_parse_error(struct server *server, struct httpd_request *req,
        const struct target *target, enum route_result result)
{
    struct call *call;
    int r;

    if (result == ROUTE_NOTHING) {
        respond_root(req);
        return;
    }
    call = call_new(server, req->arena);
    call->private_->req = req;
    call->private_->wire = target->wire;
    call->source_ip = req->peer;
    if (result == ROUTE_TOO_LARGE)
        r = call_fail(call, &error_TooLarge, "The request is larger than the service allows.");
    else if (result == ROUTE_BUSY)
        r = call_fail(call, &error_Throttling, "Rate exceeded");
    else if (result == ROUTE_GONE)
        r = call_fail(call, &error_RequestTimeout,
                "Your socket connection to the server was not read from or written to within the "
                "timeout period.");
    else
        r = call_fail(call,
                target->wire->family == FAMILY_S3 ? &error_Validation : &error_Serialization,
                "The query string or form could not be decoded.");
    (void)r; /* call->failure says it */
    respond(call);
}
