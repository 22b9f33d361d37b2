#include "net/httpd_private.h"

#include "base/clock.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

size_t ring_put(struct ring *ring, const char *ptr, size_t len)
{
    size_t n = ring->size - ring->len, tail, first;

    n = len < n ? len : n;
    if (n == 0)
        return 0;
    tail = (ring->head + ring->len) % ring->size;
    first = ring->size - tail < n ? ring->size - tail : n;
    memcpy(ring->ptr + tail, ptr, first);
    memcpy(ring->ptr, ptr + first, n - first);
    ring->len += n;
    return n;
}

size_t ring_take(struct ring *ring, char *ptr, size_t len)
{
    size_t n = len < ring->len ? len : ring->len, first;

    if (n == 0)
        return 0;
    first = ring->size - ring->head < n ? ring->size - ring->head : n;
    memcpy(ptr, ring->ptr + ring->head, first);
    memcpy(ptr + first, ring->ptr, n - first);
    ring->head = (ring->head + n) % ring->size;
    ring->len -= n;
    if (ring->len == 0)
        ring->head = 0;
    return n;
}

/* Bytes of a body have the secrets that the arena has. */
static void free_bytes(const struct httpd_exchange *ex, char *ptr, size_t size)
{
    if (ptr && ex->arena.has_secrets)
        mem_wipe(ptr, size);
    free(ptr);
}

void exchange_unref(struct httpd_exchange *ex)
{
    if (atomic_fetch_sub(&ex->refs, 1) != 1)
        return;
    if (ex->response)
        MHD_destroy_response(ex->response);
    (void)atomic_fetch_sub(&ex->httpd->collected, ex->collected);
    free_bytes(ex, ex->in.ptr, ex->in.size);
    free_bytes(ex, ex->out.ptr, ex->out.size);
    free_bytes(ex, ex->gathered, ex->gathered_size);
    arena_free(&ex->arena);
    pthread_cond_destroy(&ex->cond);
    pthread_mutex_destroy(&ex->lock);
    free(ex);
}

void exchange_resume(struct httpd_exchange *ex)
{
    if (!ex->is_suspended || ex->is_gone)
        return;
    ex->is_suspended = false;
    ex->in_is_blocked = false;
    MHD_resume_connection(ex->mhd);
}

void exchange_cut(struct httpd_exchange *ex)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);

    if (ex->is_gone)
        return;
    ex->is_cut = true;
    pthread_cond_broadcast(&ex->cond);
    /* The descriptor is open while the connection is not gone. A client that still
     * sends, or that does not read, is not waited for. */
    (void)shutdown(ex->conn->fd, SHUT_RDWR);
    exchange_resume(ex);
}

str httpd_header(const struct httpd_request *req, str name)
{
    for (size_t i = 0; i < req->headers.len; i++)
        if (str_eq_nocase(req->headers.items[i].name, name))
            return req->headers.items[i].value;
    return (str){0};
}

size_t httpd_header_count(const struct httpd_request *req, str name)
{
    size_t count = 0;

    for (size_t i = 0; i < req->headers.len; i++)
        count += str_eq_nocase(req->headers.items[i].name, name);
    return count;
}

/* The client has closed its side, and all that it sent was read from the socket. */
static bool has_hung_up(const struct httpd_exchange *ex)
{
    struct pollfd pollfd = {.fd = ex->conn->fd, .events = POLLRDHUP};
    int unread = 0;

    return poll(&pollfd, 1, 0) > 0 && ioctl(ex->conn->fd, FIONREAD, &unread) == 0 && unread == 0;
}

bool httpd_client_left(struct httpd_request *req)
{
    struct httpd_exchange *ex = req->exchange;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);
    struct pollfd pollfd = {.events = POLLRDHUP};

    (void)lock;
    if (ex->is_gone || ex->is_cut)
        return true;
    pollfd.fd = ex->conn->fd;
    return poll(&pollfd, 1, 0) > 0;
}

/*
 * Waits until the other side moved. False: it is gone, or has stalled. libmicrohttpd
 * misses an end that comes together with bytes (its epoll is edge-triggered), so a
 * reader looks for itself: twice, for the last bytes may be on their way to us.
 */
static bool wait_for_client(struct httpd_exchange *ex, bool is_reading)
{
    int64_t stall = ex->httpd->options.stall_ms;
    uint64_t before = ex->progress;
    bool is_moved = false, is_over = false;

    ex->handler_waits = true;
    for (int64_t waited = 0, slice = 100; waited < stall; waited += slice) {
        bool was_over = is_over;

        if (ex->is_gone || ex->is_cut)
            break;
        slice = waited ? 1000 : slice;
        is_moved = cond_wait(&ex->cond, &ex->lock, slice) || ex->progress != before;
        if (is_moved || ex->is_gone)
            break;
        is_over = is_reading && has_hung_up(ex);
        if (is_over && was_over)
            break;
    }
    ex->handler_waits = false;
    return is_moved && !ex->is_gone && !ex->is_cut;
}

static int client_gone(struct error *err)
{
    return error_set(err, EPIPE, "the client has closed the connection or does not go on");
}

static size_t read_collected(struct httpd_exchange *ex, char *ptr, size_t len)
{
    size_t n = ex->body_len - ex->body_taken;

    n = len < n ? len : n;
    memcpy(ptr, ex->body + ex->body_taken, n);
    ex->body_taken += n;
    return n;
}

ssize_t httpd_read(struct httpd_request *req, void *ptr, size_t len, struct error *err)
{
    struct httpd_exchange *ex = req->exchange;
    size_t n;

    if (ex->body)
        return (ssize_t)read_collected(ex, ptr, len);

    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);
    if (!ex->is_body_wanted && !ex->is_body_over) {
        ex->is_body_wanted = true;
        if (ex->is_suspended && !ex->in_is_blocked)
            exchange_resume(ex); /* it waits to send "100 Continue" */
    }
    while (ex->in.len == 0 && !ex->is_body_over)
        if (!wait_for_client(ex, true))
            return client_gone(err);
    n = ring_take(&ex->in, ptr, len);
    if (ex->in_is_blocked && ex->in.len <= ex->in.size / 2)
        exchange_resume(ex);
    return (ssize_t)n;
}

bool httpd_is_collected(const struct httpd_request *req)
{
    return req->content_length == 0 || req->exchange->body;
}

/* Not realloc(), which may leave a copy. */
static char *grow(char *old, size_t len, size_t size)
{
    char *grown = mem_alloc(size, 1);

    if (len)
        memcpy(grown, old, len);
    if (old)
        mem_wipe(old, len);
    free(old);
    return grown;
}

static int gather(struct httpd_request *req, size_t max, str *ret, struct error *err)
{
    struct httpd_exchange *ex = req->exchange;
    int64_t until_us = clock_monotonic_us() + ex->httpd->options.gather_ms * 1000;
    size_t size = req->content_length > 0 ? (size_t)req->content_length : 4096, len = 0;
    ssize_t n;

    do {
        if (len >= size || !ex->gathered) {
            size = ex->gathered ? size * 2 : size;
            size = size > max ? max + 1 : size + 1; /* one more, to see the end or an excess */
            ex->gathered = grow(ex->gathered, len, size);
            ex->gathered_size = size;
        }
        n = httpd_read(req, ex->gathered + len, size - len, err);
        if (n < 0)
            return (int)n;
        len += (size_t)n;
        if (len > max)
            return error_set(err, E2BIG, "the body is larger than %zu bytes", max);
        if (n > 0 && clock_monotonic_us() > until_us)
            return client_gone(err);
    } while (n > 0);
    *ret = (str){ex->gathered, len};
    return 0;
}

int httpd_read_all(struct httpd_request *req, size_t max, str *ret, struct error *err)
{
    struct httpd_exchange *ex = req->exchange;
    struct httpd *httpd = ex->httpd;
    int r;

    if (req->content_length > 0 && (uint64_t)req->content_length > max)
        return error_set(err, E2BIG, "the body is larger than %zu bytes", max);
    if (ex->gathered) /* once more */
        return error_set(err, EINVAL, "the body was read before");
    if (httpd_is_collected(req)) {
        *ret = (str){ex->body ? ex->body + ex->body_taken : "", ex->body_len - ex->body_taken};
        ex->body_taken = ex->body_len;
        return 0;
    }
    if (atomic_fetch_add(&httpd->gathered, 1) >= HTTPD_MAX_GATHERED)
        r = error_set(err, EBUSY, "%d other bodies are awaited", HTTPD_MAX_GATHERED);
    else
        r = gather(req, max, ret, err);
    (void)atomic_fetch_sub(&httpd->gathered, 1);
    return r;
}

static void add_headers(
        struct MHD_Response *response, struct httpd_headers headers, struct arena *scratch)
{
    /* Not libmicrohttpd's: clients correct their clocks by the one that judges their signatures. */
    (void)MHD_add_response_header(response, "Date", time_http(scratch, clock_now()).ptr);
    for (size_t i = 0; i < headers.len; i++) {
        const struct httpd_header *header = &headers.items[i];

        /* Refused for "Content-Length" and for line breaks: the first is
         * libmicrohttpd's own to say, the second nobody's. It refuses empty values
         * too; a blank is one, once the other side has trimmed it. */
        (void)MHD_add_response_header(response, str_cstr(scratch, header->name),
                header->value.len ? str_cstr(scratch, header->value) : " ");
    }
}

/* The answer is ready to be sent: the I/O thread takes it from here. */
static void hand_over(struct httpd_exchange *ex, int status, struct MHD_Response *response)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);

    ex->is_answered = true;
    ex->status = status;
    ex->response = response;
    exchange_resume(ex);
}

/* libmicrohttpd frees a body when it was sent. */
struct sent {
    size_t len;
    char bytes[];
};

static void free_sent(void *arg)
{
    struct sent *sent = arg;

    mem_wipe(sent->bytes, sent->len);
    free(sent);
}

static struct MHD_Response *copy_of_body(str body, bool is_secret)
{
    struct MHD_Response *response;
    struct sent *sent;

    if (!is_secret)
        return MHD_create_response_from_buffer(
                body.len, (void *)(body.ptr ? body.ptr : ""), MHD_RESPMEM_MUST_COPY);
    sent = mem_alloc(1, sizeof(*sent) + body.len);
    sent->len = body.len;
    if (body.len)
        memcpy(sent->bytes, body.ptr, body.len);
    response = MHD_create_response_from_buffer_with_free_callback_cls(
            body.len, sent->bytes, free_sent, sent);
    if (!response)
        free_sent(sent);
    return response;
}

void httpd_respond(struct httpd_request *req, int status, struct httpd_headers headers, str body)
{
    struct httpd_exchange *ex = req->exchange;
    struct MHD_Response *response;

    if (ex->is_answered)
        return;
    response = copy_of_body(body, req->arena->has_secrets);
    if (!response) {
        ex->is_answered = true;
        exchange_cut(ex);
        return;
    }
    add_headers(response, headers, req->arena);
    hand_over(ex, status, response);
}

int httpd_begin(struct httpd_request *req, int status, struct httpd_headers headers, int64_t length,
        struct error *err)
{
    struct httpd_exchange *ex = req->exchange;
    struct MHD_Response *response;
    size_t block = HTTPD_SEND_BLOCK; /* allocated and zeroed: no more than is needed */

    if (ex->is_answered)
        return error_set(err, EINVAL, "the request has been answered already");
    if (length >= 0 && length < HTTPD_SEND_BLOCK)
        block = length ? (size_t)length : 1;
    response = MHD_create_response_from_callback(
            length < 0 ? MHD_SIZE_UNKNOWN : (uint64_t)length, block, httpd_on_send, ex, NULL);
    if (!response)
        return error_set(err, ENOMEM, "out of memory");
    add_headers(response, headers, req->arena);
    ex->left = length < 0 ? -1 : length;
    if (!ex->is_head && length != 0) {
        ex->out.size = HTTPD_STREAM_BUFFER;
        if (length > 0 && length < HTTPD_STREAM_BUFFER)
            ex->out.size = (size_t)length;
        ex->out.ptr = mem_alloc(1, ex->out.size);
    }
    ex->is_streaming = true;
    hand_over(ex, status, response);
    return 0;
}

int httpd_write(struct httpd_request *req, str bytes, struct error *err)
{
    struct httpd_exchange *ex = req->exchange;

    if (ex->is_head)
        return 0;
    if (ex->left >= 0 && bytes.len > (uint64_t)ex->left)
        return error_set(err, EMSGSIZE, "more bytes than were announced");
    if (ex->left >= 0)
        ex->left -= (int64_t)bytes.len;

    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);
    while (bytes.len > 0) {
        size_t n;

        if (ex->is_gone || ex->is_cut)
            return client_gone(err);
        n = ring_put(&ex->out, bytes.ptr, bytes.len);
        bytes = str_skip(bytes, n);
        exchange_resume(ex);
        if (bytes.len > 0 && !wait_for_client(ex, false))
            return client_gone(err);
    }
    return 0;
}

void httpd_end(struct httpd_request *req, bool ok)
{
    struct httpd_exchange *ex = req->exchange;

    ex->is_streaming = false;
    if (!ok || (ex->left > 0 && !ex->is_head)) {
        exchange_cut(ex);
        return;
    }
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);
    ex->out_is_over = true;
    exchange_resume(ex);
}
