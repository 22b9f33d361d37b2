#include "net/httpd_private.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <sys/socket.h>

/* By when what comes next must be there. */
static int64_t deadline(const struct httpd *httpd)
{
    return clock_monotonic_us() + httpd->options.idle_ms * 1000;
}

static void set_peer(struct conn *conn, const struct sockaddr *address)
{
    const void *ip = &((const struct sockaddr_in *)address)->sin_addr;
    int family = address->sa_family;

    if (family == AF_INET6) {
        const struct in6_addr *ip6 = &((const struct sockaddr_in6 *)address)->sin6_addr;

        ip = ip6;
        conn->is_loopback = IN6_IS_ADDR_LOOPBACK(ip6);
        if (IN6_IS_ADDR_V4MAPPED(ip6)) {
            ip = &ip6->s6_addr[12];
            family = AF_INET;
        }
    }
    if (family == AF_INET)
        conn->is_loopback = *(const unsigned char *)ip == 127;
    if (!inet_ntop(family, ip, conn->peer, sizeof(conn->peer)))
        conn->peer[0] = '\0';
}

static struct conn *open_conn(struct httpd *httpd, struct MHD_Connection *mhd)
{
    struct conn *conn = mem_new(struct conn);
    bool is_first;

    conn->httpd = httpd;
    conn->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    conn->deadline_us = deadline(httpd);
    set_peer(conn, MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);

    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->conns_lock);
    conn->next = httpd->conns;
    is_first = !conn->next;
    if (!is_first)
        conn->next->prev = conn;
    httpd->conns = conn;
    if (++httpd->conns_len > httpd->conns_peak)
        httpd->conns_peak = httpd->conns_len;
    mutex_unlock(&lock);
    if (is_first)
        timer_watch(httpd);
    return conn;
}

static void close_conn(struct conn *conn)
{
    struct httpd *httpd = conn->httpd;

    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->conns_lock);
    if (conn->next)
        conn->next->prev = conn->prev;
    if (conn->prev)
        conn->prev->next = conn->next;
    else
        httpd->conns = conn->next;
    httpd->conns_len--;
    free(conn);
}

void httpd_on_connection(void *arg, struct MHD_Connection *mhd, void **state,
        enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        *state = open_conn(arg, mhd);
    else if (*state)
        close_conn(*state);
}

/* The request line has come. `target` is still as it was sent. */
void *httpd_on_target(void *arg, const char *target, struct MHD_Connection *mhd)
{
    struct httpd_exchange *ex = mem_new(struct httpd_exchange);
    struct httpd_request *req = &ex->req;
    str rest;

    ex->httpd = arg;
    ex->conn = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    ex->mhd = mhd;
    ex->refs = 1;
    pthread_mutex_init(&ex->lock, NULL);
    cond_init(&ex->cond);
    req->started_us = clock_monotonic_us();
    req->arena = &ex->arena;
    req->exchange = ex;

    rest = str_dup(&ex->arena, str_of(target));
    if (str_take_prefix(&rest, STR("http://")) || str_take_prefix(&rest, STR("https://"))) {
        ptrdiff_t slash = str_find_char(rest, '/');
        ex->authority = slash < 0 ? rest : str_head(rest, (size_t)slash);
        rest = slash < 0 ? STR("/") : str_skip(rest, (size_t)slash);
    }
    if (str_cut(&rest, '?', &req->path))
        req->query = rest;
    else
        req->path = rest;
    return ex;
}

struct header_copy {
    struct httpd_exchange *ex;
    struct httpd_header *items;
    size_t len, bytes;
    char *at;
};

static enum MHD_Result measure_header(void *arg, enum MHD_ValueKind kind, const char *name,
        size_t name_len, const char *value, size_t value_len)
{
    struct header_copy *copy = arg;

    (void)kind, (void)name, (void)value;
    copy->len++;
    copy->bytes += name_len + value_len;
    return copy->len > HTTPD_MAX_HEADERS ? MHD_NO : MHD_YES;
}

static str copy_bytes(struct header_copy *copy, const char *ptr, size_t len)
{
    str s = {copy->at, len};

    if (len)
        memcpy(copy->at, ptr, len);
    copy->at += len;
    return s;
}

static enum MHD_Result copy_header(void *arg, enum MHD_ValueKind kind, const char *name,
        size_t name_len, const char *value, size_t value_len)
{
    struct header_copy *copy = arg;
    struct httpd_header *header = &copy->items[copy->len++];

    (void)kind;
    header->name = copy_bytes(copy, name, name_len);
    header->value = str_trim(copy_bytes(copy, value, value_len));
    return MHD_YES;
}

/* libmicrohttpd's copies go with the connection; a handler may outlive that. */
static bool copy_headers(struct httpd_exchange *ex)
{
    struct header_copy copy = {.ex = ex};

    MHD_get_connection_values_n(ex->mhd, MHD_HEADER_KIND, measure_header, &copy);
    if (copy.len > HTTPD_MAX_HEADERS)
        return false;
    copy.items = arena_array(&ex->arena, copy.len, struct httpd_header);
    copy.at = arena_alloc(&ex->arena, copy.bytes, 1);
    copy.len = 0;
    MHD_get_connection_values_n(ex->mhd, MHD_HEADER_KIND, copy_header, &copy);
    ex->req.headers = (struct httpd_headers){copy.items, copy.len};
    return true;
}

/* Framing that two parsers could read in two ways is refused (RFC 9112, 6.1 to 6.3). */
static int find_body(struct httpd_exchange *ex)
{
    struct httpd_request *req = &ex->req;
    str length = httpd_header(req, STR("content-length"));
    str coding = httpd_header(req, STR("transfer-encoding"));

    if (httpd_header_count(req, STR("content-length")) > 1 ||
            httpd_header_count(req, STR("transfer-encoding")) > 1 || (length.ptr && coding.ptr))
        return -EINVAL;
    if (coding.ptr) {
        req->content_length = -1;
        return str_eq_nocase(coding, STR("chunked")) ? 0 : -EINVAL;
    }
    if (length.ptr)
        return str_to_i64(length, &req->content_length);
    return 0;
}

/* libmicrohttpd takes more for a header than RFC 9110 does, 5.1 and 5.5. */
static bool is_well_formed(const struct httpd_header *header)
{
    for (size_t i = 0; i < header->name.len; i++)
        if (!isalnum((unsigned char)header->name.ptr[i]) &&
                str_find_char(STR("!#$%&'*+-.^_`|~"), header->name.ptr[i]) < 0)
            return false;
    for (size_t i = 0; i < header->value.len; i++) {
        unsigned char c = (unsigned char)header->value.ptr[i];

        if ((c < ' ' && c != '\t') || c == 0x7F)
            return false;
    }
    return header->name.len > 0;
}

static bool are_well_formed(const struct httpd_headers *headers)
{
    for (size_t i = 0; i < headers->len; i++)
        if (!is_well_formed(&headers->items[i]))
            return false;
    return true;
}

/* A field of which one counts, and of which nobody could say which. */
static bool is_single(str name)
{
    static const str names[] = {STR_INIT("host"), STR_INIT("authorization"),
            STR_INIT("content-type"), STR_INIT("content-encoding"), STR_INIT("content-md5"),
            STR_INIT("date"), STR_INIT("expect"), STR_INIT("range"), STR_INIT("if-match"),
            STR_INIT("if-none-match"), STR_INIT("if-modified-since"),
            STR_INIT("if-unmodified-since")};

    if (name.len > 6 && str_eq_nocase(str_head(name, 6), STR("x-amz-")))
        return true;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (str_eq_nocase(name, names[i]))
            return true;
    return false;
}

/* One header by two names, or two by one, are read in two ways too: a signature covers both, what
 * is served is one of them. */
static bool has_repeated(const struct httpd_headers *headers)
{
    for (size_t i = 1; i < headers->len; i++)
        for (size_t j = 0; j < i; j++)
            if (str_eq_nocase(headers->items[i].name, headers->items[j].name) &&
                    is_single(headers->items[i].name))
                return true;
    return false;
}

/* A name or an address, maybe with a port; the same as in the target, where that has one. */
static bool is_host_clear(const struct httpd_exchange *ex)
{
    str host = httpd_header(&ex->req, STR("host"));

    for (size_t i = 0; i < host.len; i++)
        if (!isalnum((unsigned char)host.ptr[i]) && str_find_char(STR(".-_:[]"), host.ptr[i]) < 0)
            return false;
    return !ex->authority.ptr || str_eq_nocase(host, ex->authority);
}

/* An answer without a handler. The connection ends with it. */
static enum MHD_Result refuse(struct httpd_exchange *ex, int status, const char *text)
{
    struct MHD_Response *response =
            MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result r;

    if (!response)
        return MHD_NO;
    r = MHD_add_response_header(response, "Content-Type", "text/plain");
    if (r == MHD_YES)
        r = MHD_add_response_header(response, "Connection", "close");
    if (r == MHD_YES)
        r = MHD_queue_response(ex->mhd, (unsigned)status, response);
    MHD_destroy_response(response);
    return r;
}

static void suspend(struct httpd_exchange *ex)
{
    ex->is_suspended = true;
    MHD_suspend_connection(ex->mhd);
}

/* The headers are complete; decides how the body, if any, comes in. */
static enum MHD_Result begin(struct httpd_exchange *ex, const char *method)
{
    struct httpd_request *req = &ex->req;
    bool is_small;

    ex->is_begun = true;
    if (atomic_load(&ex->httpd->is_stopping))
        return refuse(ex, MHD_HTTP_SERVICE_UNAVAILABLE, "the server is stopping\n");
    if (!copy_headers(ex))
        return refuse(ex, MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE, "too many header fields\n");
    if (!str_starts(req->path, STR("/")) && !str_eq(req->path, STR("*")))
        return refuse(ex, MHD_HTTP_BAD_REQUEST, "the request target is not a path\n");
    if (!are_well_formed(&req->headers))
        return refuse(ex, MHD_HTTP_BAD_REQUEST, "a header field is not well-formed\n");
    if (!is_host_clear(ex))
        return refuse(ex, MHD_HTTP_BAD_REQUEST, "the host is not clear\n");
    if (has_repeated(&req->headers))
        return refuse(ex, MHD_HTTP_BAD_REQUEST, "a header field is given twice\n");
    if (find_body(ex) < 0)
        return refuse(ex, MHD_HTTP_BAD_REQUEST, "the length of the body is not clear\n");

    req->method = str_dup(&ex->arena, str_of(method));
    ex->is_head = str_eq(req->method, STR("HEAD"));
    req->peer = str_dup(&ex->arena, str_of(ex->conn->peer));
    req->is_loopback = ex->conn->is_loopback;
    req->is_tls = ex->httpd->options.tls_certificate.ptr != NULL;
    if (req->is_tls)
        exchange_note_tls(ex);
    if (req->content_length == 0) {
        ex->is_body_over = true;
        return MHD_YES; /* called again at once */
    }

    is_small = req->content_length > 0 && req->content_length <= HTTPD_COLLECT_MAX;
    if (is_small) {
        ex->body_size = (size_t)req->content_length;
        ex->conn->deadline_us = deadline(ex->httpd);
        return MHD_YES;
    }
    ex->expects_continue = str_eq_nocase(httpd_header(req, STR("expect")), STR("100-continue"));
    if (ex->expects_continue)
        suspend(ex);
    ex->is_dispatched = true;
    return MHD_YES;
}

/* "100 Continue" was held back until the handler asks for the body. With the lock held. */
static enum MHD_Result before_body(struct httpd_exchange *ex)
{
    ex->sends_now = ex->response != NULL;
    if (ex->sends_now)
        return MHD_YES;
    if (ex->is_body_wanted)
        ex->expects_continue = false; /* libmicrohttpd now sends it */
    else
        suspend(ex);
    return MHD_YES;
}

/* With the lock held. */
static enum MHD_Result after_body(struct httpd_exchange *ex)
{
    ex->is_body_over = true;
    ex->sends_now = ex->response != NULL;
    if (ex->sends_now)
        return MHD_YES;
    if (ex->handler_waits)
        pthread_cond_signal(&ex->cond);
    suspend(ex);
    ex->is_dispatched = true;
    return MHD_YES;
}

/* Makes `body` large enough for `len` more. What is announced costs nothing until it comes. False:
 * there is too much of it, in all. */
static bool make_room(struct httpd_exchange *ex, size_t len)
{
    size_t room = ex->body_size;
    char *body;

    if (ex->body_len + len <= ex->body_room)
        return true;
    if (!ex->body && len < HTTPD_COLLECT_FIRST && room > HTTPD_COLLECT_FIRST)
        room = HTTPD_COLLECT_FIRST;
    ex->collected += room;
    if (atomic_fetch_add(&ex->httpd->collected, room) + room > ex->httpd->options.max_collected)
        return false;
    body = arena_alloc(&ex->arena, room, 1);
    if (ex->body_len)
        memcpy(body, ex->body, ex->body_len);
    ex->body = body;
    ex->body_room = room;
    return true;
}

/* With the lock held. */
static enum MHD_Result take_body(struct httpd_exchange *ex, const char *ptr, size_t *len)
{
    size_t taken;

    if (!ex->is_dispatched) {
        if (*len > ex->body_size - ex->body_len)
            return MHD_NO; /* cannot be: libmicrohttpd counts too */
        if (!make_room(ex, *len))
            return MHD_NO;
        memcpy(ex->body + ex->body_len, ptr, *len);
        ex->body_len += *len;
        *len = 0;
        return MHD_YES;
    }
    if (ex->response) { /* answered early: what is left is read past, in the time of a request */
        if (ex->conn->deadline_us == 0)
            ex->conn->deadline_us = deadline(ex->httpd);
        ex->discarded += *len;
        *len = 0;
        return ex->discarded > HTTPD_MAX_DISCARD ? MHD_NO : MHD_YES;
    }
    if (!ex->in.ptr) {
        ex->in.size = HTTPD_STREAM_BUFFER;
        ex->in.ptr = mem_alloc(1, ex->in.size);
    }
    taken = ring_put(&ex->in, ptr, *len);
    *len -= taken;
    ex->progress += taken;
    if (ex->handler_waits)
        pthread_cond_signal(&ex->cond);
    if (*len > 0) {
        ex->in_is_blocked = true;
        suspend(ex);
    }
    return MHD_YES;
}

/* take_body(), and nothing is left of it in libmicrohttpd's memory, which is the next request's too. */
static enum MHD_Result move_body(struct httpd_exchange *ex, const char *ptr, size_t *len)
{
    size_t before = *len;
    enum MHD_Result result = take_body(ex, ptr, len);

    mem_wipe((char *)ptr, before - *len);
    return result;
}

static enum MHD_Result step(
        struct httpd_exchange *ex, const char *method, const char *upload, size_t *upload_len)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);

    if (ex->is_cut)
        return MHD_NO;
    if (!ex->is_begun)
        return begin(ex, method);
    if (*upload_len > 0)
        return move_body(ex, upload, upload_len);
    if (ex->expects_continue)
        return before_body(ex);
    return after_body(ex);
}

/* libmicrohttpd calls this when the headers are complete, for each part of the body,
 * at the end, and again at the same point after each suspension. */
enum MHD_Result httpd_on_request(void *arg, struct MHD_Connection *mhd, const char *url,
        const char *method, const char *version, const char *upload, size_t *upload_len,
        void **state)
{
    struct httpd_exchange *ex = *state;

    (void)arg, (void)mhd, (void)url, (void)version;
    if (!ex)
        return MHD_NO;
    bool was_dispatched = ex->is_dispatched;
    enum MHD_Result r = step(ex, method, upload, upload_len);

    /* Outside of the lock: libmicrohttpd takes its own, under which it calls us too. */
    if (ex->sends_now && r == MHD_YES)
        return MHD_queue_response(ex->mhd, (unsigned)ex->status, ex->response);
    /* And the handler soon wants it. */
    if (ex->is_dispatched && !was_dispatched) {
        ex->conn->deadline_us = 0;
        pool_dispatch(ex);
    }
    return r;
}

/* More of a streamed answer is wanted. */
ssize_t httpd_on_send(void *arg, uint64_t offset, char *ptr, size_t len)
{
    struct httpd_exchange *ex = arg;
    size_t n;

    (void)offset;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);
    n = ring_take(&ex->out, ptr, len);
    if (n > 0) {
        ex->progress += n;
        if (ex->handler_waits && ex->out.len <= ex->out.size / 2)
            pthread_cond_signal(&ex->cond);
        return (ssize_t)n;
    }
    if (ex->is_cut)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (ex->out_is_over)
        return MHD_CONTENT_READER_END_OF_STREAM;
    suspend(ex);
    return 0;
}

void httpd_on_completed(
        void *arg, struct MHD_Connection *mhd, void **state, enum MHD_RequestTerminationCode why)
{
    struct httpd_exchange *ex = *state;

    (void)arg, (void)mhd, (void)why;
    if (!ex)
        return;
    *state = NULL;
    ex->conn->deadline_us = deadline(ex->httpd);
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&ex->lock);
    ex->is_gone = true;
    if (ex->handler_waits)
        pthread_cond_signal(&ex->cond);
    mutex_unlock(&lock);
    if (ex->is_dispatched)
        pool_finish(ex);
    exchange_unref(ex);
}
