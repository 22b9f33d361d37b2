#include "net/httpd.h"

#include <netdb.h>
#include <signal.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/fs.h"
#include "net/httpd_private.h"

static size_t keep_escapes(void *arg, struct MHD_Connection *mhd, char *s)
{
    (void)arg, (void)mhd;
    return strlen(s); /* paths are taken as they were sent */
}

/* libmicrohttpd reports broken clients: nothing that an operator could act on. */
static void drop_message(void *arg, const char *format, va_list args)
{
    (void)arg, (void)format, (void)args;
}

static int listen_at(const struct addrinfo *address, uint16_t port, struct error *err)
{
    struct sockaddr_storage at = {0};
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int one = 1, code;

    if (fd < 0)
        return error_set(err, errno, "could not make a socket: %m");
    memcpy(&at, address->ai_addr, address->ai_addrlen);
    if (at.ss_family == AF_INET6)
        ((struct sockaddr_in6 *)&at)->sin6_port = htons(port);
    else
        ((struct sockaddr_in *)&at)->sin_port = htons(port);
    if (at.ss_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY,
                &(int){!IN6_IS_ADDR_UNSPECIFIED(&((struct sockaddr_in6 *)&at)->sin6_addr)},
                sizeof(int)); /* "::" listens on both; a system without that, on one */
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0 &&
            bind(fd, (struct sockaddr *)&at, address->ai_addrlen) == 0 && listen(fd, 1024) == 0)
        return fd;
    code = errno;
    (void)close(fd);
    errno = code;
    return error_set(err, code, "could not listen on port %u: %m", port);
}

static uint16_t bound_port(int fd)
{
    struct sockaddr_storage at = {0};
    socklen_t len = sizeof(at);

    if (getsockname(fd, (struct sockaddr *)&at, &len) < 0)
        return 0;
    return ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&at)->sin6_port
                                          : ((struct sockaddr_in *)&at)->sin_port);
}

static int start_daemon(struct httpd *httpd, int fd, struct MHD_Daemon **ret, struct error *err)
{
    const struct httpd_options *o = &httpd->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem items[16] = {
            {MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)drop_message, NULL},
            {MHD_OPTION_LISTEN_SOCKET, fd, NULL},
            {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)o->max_connections, NULL},
            {MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTPD_POOL_BYTES, NULL},
            {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)((o->idle_ms + 999) / 1000), NULL},
            {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)httpd_on_target, httpd},
            {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)keep_escapes, NULL},
            {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)httpd_on_completed, NULL},
            {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)httpd_on_connection, httpd},
            {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
    };
    size_t n = 10;
    AUTO_ARENA struct arena scratch = {0};
    sigset_t all, before;

    if (o->io_threads > 1)
        items[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, o->io_threads, NULL};
    if (o->tls_certificate.ptr) {
        flags |= MHD_USE_TLS;
        items[n++] = (struct MHD_OptionItem){
                MHD_OPTION_HTTPS_MEM_CERT, 0, str_cstr(&scratch, o->tls_certificate)};
        items[n++] = (struct MHD_OptionItem){
                MHD_OPTION_HTTPS_MEM_KEY, 0, str_cstr(&scratch, o->tls_key)};
        items[n++] = (struct MHD_OptionItem){
                MHD_OPTION_HTTPS_PRIORITIES, 0, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"};
    }
    items[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};

    (void)sigfillset(&all); /* cannot fail */
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    *ret = MHD_start_daemon(
            flags, 0, NULL, NULL, httpd_on_request, httpd, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (*ret)
        return 0;
    (void)close(fd);
    return error_set(err, EINVAL, "could not start the HTTP server%s",
            o->tls_certificate.ptr ? ": is the certificate valid?" : "");
}

static int listen_and_start(
        struct httpd *httpd, const struct addrinfo *address, size_t at, struct error *err)
{
    int fd = listen_at(address, httpd->port, err);

    if (fd < 0)
        return fd;
    httpd->port = bound_port(fd);
    return start_daemon(httpd, fd, &httpd->daemons[at], err);
}

static int resolve(const char *host, struct addrinfo **ret, struct error *err)
{
    struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    int r = getaddrinfo(host, NULL, &hints, ret);

    if (r == 0)
        return 0;
    return error_set(err, EADDRNOTAVAIL, "\"%s\" is not an IP address to listen on", host);
}

static int start_all(struct httpd *httpd, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *host = str_cstr(&scratch, httpd->options.host);
    bool is_localhost = str_eq(httpd->options.host, STR("localhost"));
    struct addrinfo *address;
    int r;

    r = resolve(is_localhost ? "127.0.0.1" : host, &address, err);
    if (r < 0)
        return r;
    r = listen_and_start(httpd, address, 0, err);
    freeaddrinfo(address);
    if (r < 0 || !is_localhost || resolve("::1", &address, NULL) < 0)
        return r;
    /* A host without IPv6, or with somebody else there, is served on IPv4 alone. */
    (void)listen_and_start(httpd, address, 1, NULL);
    freeaddrinfo(address);
    return 0;
}

static void httpd_free(struct httpd *httpd)
{
    for (size_t i = 0; i < HTTPD_LISTENERS; i++)
        if (httpd->daemons[i]) {
            MHD_stop_daemon(httpd->daemons[i]);
            fd_close(&httpd->quiesced[i]);
        }
    timer_end(httpd);
    pthread_cond_destroy(&httpd->calm);
    pthread_cond_destroy(&httpd->timer_cond);
    pthread_mutex_destroy(&httpd->conns_lock);
    pthread_mutex_destroy(&httpd->pool_lock);
    free(httpd->heap);
    free(httpd);
}

int httpd_start(const struct httpd_options *options, struct httpd **ret, struct error *err)
{
    struct httpd *httpd = mem_new(struct httpd);
    struct httpd_options *o = &httpd->options;
    int r;

    *o = *options;
    o->io_threads = o->io_threads ? o->io_threads : 2;
    o->handler_threads = o->handler_threads ? o->handler_threads : 64;
    o->max_connections = o->max_connections ? o->max_connections : 20000;
    o->max_collected = o->max_collected ? o->max_collected : HTTPD_MAX_COLLECTED;
    o->idle_ms = o->idle_ms ? o->idle_ms : HTTPD_IDLE_MS;
    o->stall_ms = o->stall_ms ? o->stall_ms : HTTPD_STALL_MS;
    o->gather_ms = o->gather_ms ? o->gather_ms : HTTPD_GATHER_MS;
    httpd->port = o->port;
    for (size_t i = 0; i < HTTPD_LISTENERS; i++)
        httpd->quiesced[i] = -1;
    pthread_mutex_init(&httpd->conns_lock, NULL);
    pthread_mutex_init(&httpd->pool_lock, NULL);
    cond_init(&httpd->calm);
    cond_init(&httpd->timer_cond);

    timer_start(httpd);
    r = start_all(httpd, err);
    if (r < 0) {
        httpd_free(httpd);
        return r;
    }
    *ret = httpd;
    return 0;
}

uint16_t httpd_port(const struct httpd *httpd)
{
    return httpd->port;
}

bool httpd_is_stopping(const struct httpd *httpd)
{
    return atomic_load(&httpd->is_stopping);
}

void httpd_count(struct httpd *httpd, size_t *ret_connections, size_t *ret_parked)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->conns_lock);

    *ret_connections = httpd->conns_len;
    mutex_unlock(&lock);
    lock = mutex_lock(&httpd->pool_lock);
    *ret_parked = httpd->heap_len;
}

static void wait_until_calm(struct httpd *httpd, int64_t grace_ms)
{
    int64_t until_us = clock_monotonic_us() + grace_ms * 1000;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    while (httpd->running_len > 0) {
        int64_t left_us = until_us - clock_monotonic_us();

        if (left_us <= 0)
            break;
        (void)cond_wait(&httpd->calm, &httpd->pool_lock, left_us / 1000 + 1);
    }
}

void httpd_stop(struct httpd *httpd, int64_t grace_ms)
{
    if (!httpd)
        return;
    atomic_store(&httpd->is_stopping, true);
    for (size_t i = 0; i < HTTPD_LISTENERS; i++)
        if (httpd->daemons[i]) {
            httpd->quiesced[i] = MHD_quiesce_daemon(httpd->daemons[i]);
            if (httpd->quiesced[i] >= 0)
                (void)shutdown(httpd->quiesced[i], SHUT_RDWR); /* refuses from now on */
        }
    park_wake_all(httpd);
    wait_until_calm(httpd, grace_ms);
    pool_cut_all(httpd);
    pool_close(httpd);
    httpd_free(httpd);
}
