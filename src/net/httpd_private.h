/*
 * httpd_private - what the files of the HTTP server share
 *
 * A request is a struct httpd_exchange. Two sides know it: the I/O thread of its connection
 * and, once it was dispatched, one handler thread. Each holds a reference.
 *
 *     COLLECTING  I/O gathers a small body               httpd_io.c
 *     WAITING     in the queue of the handler pool       httpd_pool.c
 *     RUNNING     the handler has it                     httpd_exchange.c
 *     PARKED      nobody has it; a heap knows when       httpd_park.c
 *     answered    `response` is set; I/O sends it        httpd_io.c
 *
 * libmicrohttpd must not look at a connection while it waits for us: it is suspended
 * then (`is_suspended`), and whoever makes progress possible resumes it, once
 * (exchange_resume()). A suspended connection is never closed by libmicrohttpd, so
 * `mhd` is valid exactly as long as `is_gone` is false.
 *
 * Locks     httpd->conns_lock, httpd->pool_lock, exchange->lock; no two at a time,
 *           but for pool_lock inside of none and libmicrohttpd's own below exchange->lock
 */
#pragma once

#include "base/thread.h"
#include "net/httpd.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>

enum {
    HTTPD_POOL_BYTES = 20 * 1024,  /* libmicrohttpd's memory of one connection */
    HTTPD_COLLECT_MAX = 64 * 1024, /* bodies up to this are collected before the handler runs */
    HTTPD_COLLECT_FIRST = 8192,    /* room for the first of it, whatever its length */
    HTTPD_SEND_BLOCK = 64 * 1024,  /* libmicrohttpd's send buffer of a streamed answer */
    HTTPD_MAX_DISCARD = 256 << 20, /* of a body that the handler did not want */
    HTTPD_SWEEPS = 15,             /* how often slow clients are looked for, in idle_ms */
    HTTPD_THREAD_IDLE_MS = 10000,  /* then a handler thread ends */
    HTTPD_GROW_MS = 5,             /* a request that waits longer gets a new thread */
    HTTPD_EAGER_THREADS = 4,       /* up to here a new thread is started at once */
    HTTPD_CROWD = 1000,            /* connections whose leaving is worth a trim */
    HTTPD_LISTENERS = 2,
};

/* A connection: what is the same for all of its requests. */
struct conn {
    struct httpd *httpd;
    struct conn *prev, *next; /* all connections, under conns_lock */
    int fd;
    bool is_loopback;
    /* By when the next request must be there, headers and small body; 0: one is running. */
    _Atomic int64_t deadline_us;
    char peer[INET6_ADDRSTRLEN];
};

/* Bytes on their way between the I/O thread and the handler. */
struct ring {
    char *ptr;
    size_t size, head, len;
};

size_t ring_put(struct ring *ring, const char *ptr, size_t len);
size_t ring_take(struct ring *ring, char *ptr, size_t len);

struct httpd_exchange {
    struct httpd_request req;
    struct arena arena;
    struct conn *conn; /* valid until is_gone */
    struct MHD_Connection *mhd;
    struct httpd *httpd;
    _Atomic int refs;
    struct httpd_exchange *next;                /* in the queue, under pool_lock */
    struct httpd_exchange *run_prev, *run_next; /* among those under way, under pool_lock */
    int64_t queued_us;
    struct httpd_parked *parked; /* set by the handler, taken by the pool */

    /* The I/O thread's own. */
    bool is_begun;
    str authority;         /* of a target "http://authority/path"; else absent */
    bool expects_continue; /* the client waits for "100 Continue" */
    bool is_dispatched;
    bool sends_now; /* the answer is there, and this is the moment for it */
    uint64_t discarded;

    /* The handler's own. */
    size_t body_taken; /* of `body` */
    bool is_answered;
    bool is_streaming; /* between httpd_begin() and httpd_end() */
    bool is_stop_told; /* it was woken because the server stops */
    bool is_head;
    int64_t left; /* of a streamed answer's length; -1: unknown */

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t cond;  /* the handler waits for room or bytes */
    bool handler_waits;
    bool is_suspended;
    bool is_gone;        /* the connection is */
    bool is_cut;         /* close it: there is no (whole) answer */
    bool is_body_wanted; /* send "100 Continue" */
    bool is_body_over;
    bool in_is_blocked; /* suspended because `in` is full */
    char *body;         /* a small one, collected */
    size_t body_len, body_size;
    size_t body_room; /* of `body`: it grows once */
    size_t collected; /* bytes that are counted in httpd->collected */
    char *gathered;   /* a larger one, by httpd_read_all() */
    size_t gathered_size;
    struct ring in, out;
    uint64_t progress; /* grows with each byte moved: a stall is no growth */
    bool out_is_over;
    struct MHD_Response *response;
    int status;
};

struct httpd {
    struct httpd_options options;
    struct MHD_Daemon *daemons[HTTPD_LISTENERS];
    int quiesced[HTTPD_LISTENERS]; /* where it listened; libmicrohttpd may use it to its end */
    uint16_t port;
    _Atomic bool is_stopping;
    _Atomic size_t collected;  /* bytes of small bodies */
    _Atomic unsigned gathered; /* larger bodies that are awaited */

    pthread_mutex_t conns_lock;
    struct conn *conns;
    size_t conns_len, conns_peak; /* peak: since the last trim */

    pthread_mutex_t pool_lock; /* guards what follows */
    struct httpd_exchange *queue_head, *queue_tail;
    struct worker *idle;            /* the last to become idle is the first to be woken */
    unsigned threads, waking;       /* waking: woken, and not yet there */
    bool is_closing;                /* threads end when the queue is empty */
    struct httpd_exchange *running; /* dispatched and not finished */
    unsigned running_len;
    pthread_cond_t calm; /* running_len or threads became 0 */
    struct httpd_parked **heap;
    size_t heap_len, heap_size;
    pthread_cond_t timer_cond;
    pthread_t timer;
    bool has_timer, timer_ends, watches, is_growing;
};

/* httpd_io.c: called by libmicrohttpd, on its threads */
void *httpd_on_target(void *arg, const char *target, struct MHD_Connection *mhd);
enum MHD_Result httpd_on_request(void *arg, struct MHD_Connection *mhd, const char *url,
        const char *method, const char *version, const char *upload, size_t *upload_len,
        void **state);
void httpd_on_completed(
        void *arg, struct MHD_Connection *mhd, void **state, enum MHD_RequestTerminationCode why);
void httpd_on_connection(void *arg, struct MHD_Connection *mhd, void **state,
        enum MHD_ConnectionNotificationCode what);
ssize_t httpd_on_send(void *arg, uint64_t offset, char *ptr, size_t len);

/* httpd_exchange.c */
void exchange_unref(struct httpd_exchange *ex);
void exchange_note_tls(struct httpd_exchange *ex); /* httpd_tls.c; on the I/O thread */
void exchange_resume(struct httpd_exchange *ex);   /* with its lock held */
/* Nobody answers any more: closes the connection. */
void exchange_cut(struct httpd_exchange *ex);

/* httpd_pool.c */
void pool_dispatch(struct httpd_exchange *ex); /* takes a reference */
void pool_finish(struct httpd_exchange *ex);   /* the answer is sent, or the client gone */
void pool_push(struct httpd *httpd, struct httpd_exchange *ex); /* with pool_lock held */
void pool_grow(struct httpd *httpd, int64_t now_us);            /* with pool_lock held */
void pool_cut_all(struct httpd *httpd);
void pool_close(struct httpd *httpd); /* waits for the handlers */

/* httpd_park.c */
void timer_start(struct httpd *httpd);
void timer_end(struct httpd *httpd);
/* There is a connection again: look for slow clients. */
void timer_watch(struct httpd *httpd);
/* The handler has returned after httpd_park(): waits, unless it is awake already. */
void park_enter(struct httpd_exchange *ex);
void park_wake_all(struct httpd *httpd);
