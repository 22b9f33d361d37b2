/*
 * httpd - the HTTP/1.1 server: one port for every protocol
 *
 * An I/O pool (libmicrohttpd, epoll) parses requests; a pool of handler threads runs
 * the handler, which may block. Bodies stream both ways with back-pressure, so that
 * a request takes constant memory whatever its size. A request can be parked: it
 * then holds no thread until it is woken or its time is over.
 *
 *     handler(req):  reads with httpd_read() until 0, then exactly one of
 *                    httpd_respond(req, ...)                     a whole answer
 *                    httpd_begin() httpd_write()... httpd_end()  a streamed one
 *                    httpd_park()                                an answer later
 * Returning without any of them closes the connection.
 *
 * Memory    req->arena lives until the answer is sent
 * Limits    HTTPD_MAX_…; idle, header and body timeouts against slow clients
 * Threads   all functions on req only from its handler; httpd_unpark() from any
 */
#pragma once

#include "base/str.h"

enum {
    HTTPD_MAX_HEADER_BYTES = 16384, /* request line and headers: 431 beyond */
    HTTPD_MAX_HEADERS = 200,
    HTTPD_STREAM_BUFFER = 262144, /* bytes buffered for each direction */
    HTTPD_IDLE_MS = 75000,
    HTTPD_STALL_MS = 30000,   /* no byte in this time: the client is gone */
    HTTPD_GATHER_MS = 120000, /* for the whole of a body that httpd_read_all() waits for */
    HTTPD_MAX_GATHERED = 32,  /* such bodies at once */
    HTTPD_MAX_COLLECTED = 128 << 20,
};

struct httpd;

struct httpd_header {
    str name; /* as sent; compare with httpd_header() */
    str value;
};

struct httpd_headers {
    const struct httpd_header *items;
    size_t len;
};

struct httpd_request {
    struct arena *arena;
    str method;
    str path;  /* as sent: neither decoded nor normalised; begins with "/" */
    str query; /* as sent, without "?"; absent if there is none */
    struct httpd_headers headers;
    int64_t content_length; /* -1: unknown (chunked); 0: none */
    str peer;               /* IP address of the client */
    bool is_tls;
    str tls_version, tls_cipher;     /* "TLSv1.3", "TLS_AES_128_GCM_SHA256"; absent: not known */
    bool is_loopback;                /* the client's address is */
    int64_t started_us;              /* clock_monotonic_us() at the first byte */
    int wakeups;                     /* how often it was parked and woken; 0 the first time */
    void *state;                     /* the handler's own, kept over parking; arena memory */
    struct httpd_exchange *exchange; /* private */
};

typedef void httpd_handler(struct httpd_request *req, void *arg);

struct httpd_options {
    str host;            /* an address, or "localhost" */
    uint16_t port;       /* 0: any free one */
    str tls_certificate; /* PEM chain; absent: plain HTTP */
    str tls_key;
    httpd_handler *handler;
    void *arg;
    unsigned io_threads;      /* 0: 2 */
    unsigned handler_threads; /* at most; started when needed, ended when idle; 0: 64 */
    unsigned max_connections; /* 0: 20000 */
    size_t max_collected;     /* bytes of small bodies under way; 0: HTTPD_MAX_COLLECTED */
    int64_t idle_ms;          /* 0: HTTPD_IDLE_MS */
    int64_t stall_ms;         /* 0: HTTPD_STALL_MS */
    int64_t gather_ms;        /* 0: HTTPD_GATHER_MS */
};

/* -EADDRINUSE, -EADDRNOTAVAIL, -EACCES as bind(2). */
MUST_CHECK int httpd_start(
        const struct httpd_options *options, struct httpd **ret, struct error *err);
uint16_t httpd_port(const struct httpd *httpd);
/* No new requests; parked ones are woken; waits for those under way, at most grace_ms; frees. */
void httpd_stop(struct httpd *httpd, int64_t grace_ms);
bool httpd_is_stopping(const struct httpd *httpd);
bool httpd_client_left(struct httpd_request *req); /* whoever asked has closed the connection */
/* How many connections there are, and how many requests are parked. */
void httpd_count(struct httpd *httpd, size_t *ret_connections, size_t *ret_parked);

/* The value of the first header of that name (any case); absent if there is none. */
str httpd_header(const struct httpd_request *req, str name);
/* How many headers have that name. */
size_t httpd_header_count(const struct httpd_request *req, str name);

/* Up to `len` bytes of the body, blocking; 0 at its end. -EPIPE the client is gone or stalls. */
MUST_CHECK ssize_t httpd_read(struct httpd_request *req, void *ptr, size_t len, struct error *err);
/* The whole body, which lives as long as the arena. Who sends it is mostly not known yet: it has
 * HTTPD_GATHER_MS to arrive. -E2BIG more than max, -EBUSY too many others are awaited. */
MUST_CHECK int httpd_read_all(struct httpd_request *req, size_t max, str *ret, struct error *err);

/* Whether httpd_read_all() need not wait: small bodies came before the handler ran. */
bool httpd_is_collected(const struct httpd_request *req);

/* A whole answer; the body is copied. What was not read of the request is discarded (or the
 * connection closed). */
void httpd_respond(struct httpd_request *req, int status, struct httpd_headers headers, str body);
/* A streamed one. length -1: chunked. HEAD: begin with the length, then end. */
MUST_CHECK int httpd_begin(struct httpd_request *req, int status, struct httpd_headers headers,
        int64_t length, struct error *err);
/* Blocks while the client is slower than we are. -EPIPE the client is gone. */
MUST_CHECK int httpd_write(struct httpd_request *req, str bytes, struct error *err);
/* ok false: something went wrong after begin; the connection is cut so that the client notices. */
void httpd_end(struct httpd_request *req, bool ok);

/*
 * Parks the request and lets the handler return. It is called again, from the start,
 * with the same req (wakeups + 1; the body is not read again: keep it in req->state)
 * after httpd_unpark(), or when deadline (clock_monotonic_us) is over, or on stop.
 * *ret stays valid until that; a second unpark, or one too late, does nothing.
 */
struct httpd_parked;
void httpd_park(struct httpd_request *req, int64_t deadline_us, struct httpd_parked **ret);
void httpd_unpark(struct httpd_parked *parked); /* drops the reference too */
void httpd_parked_ref(struct httpd_parked *parked);
void httpd_parked_unref(struct httpd_parked *parked);
