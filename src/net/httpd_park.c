#include "net/httpd_private.h"

#include "base/clock.h"

#include <malloc.h>
#include <sys/socket.h>

/*
 * Guarded by pool_lock:
 *
 *     new --park_enter()--> in the heap --unpark, deadline, stop--> awake
 *      \---------------unpark before the handler has returned------/
 *
 * Awake: `ex` is in the queue again, or will be by park_enter(), and belongs no more
 * to this.
 */
struct httpd_parked {
    _Atomic int refs; /* the caller's, and one until it is awake */
    struct httpd *httpd;
    struct httpd_exchange *ex;
    int64_t deadline_us;
    size_t at; /* place in the heap */
    bool is_in_heap;
    _Atomic bool is_awake;
};

static void place(struct httpd *httpd, size_t at, struct httpd_parked *parked)
{
    httpd->heap[at] = parked;
    parked->at = at;
}

static void sift_up(struct httpd *httpd, size_t at)
{
    struct httpd_parked *parked = httpd->heap[at];

    while (at > 0 && httpd->heap[(at - 1) / 2]->deadline_us > parked->deadline_us) {
        place(httpd, at, httpd->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(httpd, at, parked);
}

static void sift_down(struct httpd *httpd, size_t at)
{
    struct httpd_parked *parked = httpd->heap[at];

    for (;;) {
        size_t child = at * 2 + 1;

        if (child >= httpd->heap_len)
            break;
        if (child + 1 < httpd->heap_len &&
                httpd->heap[child + 1]->deadline_us < httpd->heap[child]->deadline_us)
            child++;
        if (httpd->heap[child]->deadline_us >= parked->deadline_us)
            break;
        place(httpd, at, httpd->heap[child]);
        at = child;
    }
    place(httpd, at, parked);
}

static void heap_add(struct httpd *httpd, struct httpd_parked *parked)
{
    if (httpd->heap_len == httpd->heap_size) {
        httpd->heap_size = httpd->heap_size ? httpd->heap_size * 2 : 64;
        httpd->heap = mem_resize(httpd->heap, httpd->heap_size, sizeof(struct httpd_parked *));
    }
    parked->is_in_heap = true;
    place(httpd, httpd->heap_len++, parked);
    sift_up(httpd, parked->at);
}

static void heap_remove(struct httpd *httpd, struct httpd_parked *parked)
{
    struct httpd_parked *last = httpd->heap[--httpd->heap_len];
    size_t at = parked->at;

    parked->is_in_heap = false;
    if (last == parked)
        return;
    place(httpd, at, last);
    sift_up(httpd, at);
    sift_down(httpd, last->at);
}

void httpd_parked_ref(struct httpd_parked *parked)
{
    atomic_fetch_add(&parked->refs, 1);
}

void httpd_parked_unref(struct httpd_parked *parked)
{
    if (parked && atomic_fetch_sub(&parked->refs, 1) == 1)
        free(parked);
}

void httpd_park(struct httpd_request *req, int64_t deadline_us, struct httpd_parked **ret)
{
    struct httpd_parked *parked = mem_new(struct httpd_parked);

    parked->refs = 2;
    parked->httpd = req->exchange->httpd;
    parked->ex = req->exchange;
    parked->deadline_us = deadline_us;
    req->exchange->parked = parked;
    *ret = parked;
}

/* With pool_lock held. */
static void queue_again(struct httpd *httpd, struct httpd_parked *parked)
{
    struct httpd_exchange *ex = parked->ex;

    parked->ex = NULL;
    ex->req.wakeups++;
    pool_push(httpd, ex);
    httpd_parked_unref(parked);
}

/* With pool_lock held. */
static void wake(struct httpd *httpd, struct httpd_parked *parked)
{
    if (parked->is_awake)
        return;
    parked->is_awake = true;
    if (parked->is_in_heap) {
        heap_remove(httpd, parked);
        queue_again(httpd, parked);
    }
}

void httpd_unpark(struct httpd_parked *parked)
{
    struct httpd *httpd = parked->httpd;
    AUTO_UNLOCK pthread_mutex_t *lock = NULL;

    /* Awake is for ever, and the server may be gone by then. */
    if (!atomic_load(&parked->is_awake)) {
        lock = mutex_lock(&httpd->pool_lock);
        wake(httpd, parked);
    }
    httpd_parked_unref(parked);
}

void park_enter(struct httpd_exchange *ex)
{
    struct httpd *httpd = ex->httpd;
    struct httpd_parked *parked = ex->parked;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    ex->parked = NULL;
    if (atomic_load(&httpd->is_stopping)) {
        parked->is_awake = true;
        if (ex->is_stop_told) { /* and parks all the same */
            mutex_unlock(&lock);
            httpd_parked_unref(parked);
            exchange_cut(ex);
            exchange_unref(ex);
            return;
        }
        ex->is_stop_told = true;
    }
    if (parked->is_awake) {
        queue_again(httpd, parked);
        return;
    }
    heap_add(httpd, parked);
    if (parked->at == 0)
        pthread_cond_signal(&httpd->timer_cond);
}

void park_wake_all(struct httpd *httpd)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    while (httpd->heap_len > 0) {
        struct httpd_parked *parked = httpd->heap[httpd->heap_len - 1];
        parked->ex->is_stop_told = true;
        wake(httpd, parked);
    }
}

/* ---- The timer: deadlines of parked requests, growth of the pool, slow clients ---- */

void timer_watch(struct httpd *httpd)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    if (!httpd->watches)
        pthread_cond_signal(&httpd->timer_cond);
    httpd->watches = true;
}

/* With conns_lock held. True, once: a crowd has left, and what it took can be given back. */
static bool has_emptied(struct httpd *httpd)
{
    if (httpd->conns_peak < HTTPD_CROWD || httpd->conns_len >= httpd->conns_peak / 2)
        return false;
    httpd->conns_peak = httpd->conns_len;
    return true;
}

/* Closes what did not become a request in time. False: there are no connections. */
static bool sweep(struct httpd *httpd, int64_t now_us)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->conns_lock);
    bool has_conns = httpd->conns != NULL, is_emptied = has_emptied(httpd);

    for (struct conn *conn = httpd->conns; conn; conn = conn->next) {
        int64_t deadline_us = atomic_load(&conn->deadline_us);

        if (deadline_us > 0 && deadline_us < now_us)
            (void)shutdown(conn->fd, SHUT_RDWR); /* libmicrohttpd then closes it */
    }
    mutex_unlock(&lock);
    if (is_emptied)
        (void)malloc_trim(0);
    return has_conns;
}

static int64_t sweep_ms(const struct httpd *httpd)
{
    return httpd->options.idle_ms / HTTPD_SWEEPS + 1;
}

/* How long nothing is due, in ms; -1: for ever. */
static int64_t until_due(struct httpd *httpd, int64_t now_us)
{
    int64_t ms = httpd->watches ? sweep_ms(httpd) : -1;

    if (httpd->heap_len > 0) {
        int64_t left = (httpd->heap[0]->deadline_us - now_us + 999) / 1000;
        left = left < 0 ? 0 : left;
        ms = ms < 0 || left < ms ? left : ms;
    }
    return httpd->is_growing ? HTTPD_GROW_MS : ms;
}

static void *keep_time(void *arg)
{
    struct httpd *httpd = arg;
    int64_t swept_us = clock_monotonic_us();
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    while (!httpd->timer_ends) {
        int64_t now_us = clock_monotonic_us();

        while (httpd->heap_len > 0 && httpd->heap[0]->deadline_us <= now_us)
            wake(httpd, httpd->heap[0]);
        pool_grow(httpd, now_us);
        if (httpd->watches && now_us - swept_us >= sweep_ms(httpd) * 1000) {
            httpd->watches = false; /* a connection made from here on sets it again */
            mutex_unlock(&lock);
            bool has_conns = sweep(httpd, now_us);
            lock = mutex_lock(&httpd->pool_lock);
            httpd->watches = httpd->watches || has_conns;
            swept_us = now_us;
            continue;
        }
        (void)cond_wait(&httpd->timer_cond, &httpd->pool_lock, until_due(httpd, now_us));
    }
    return NULL;
}

void timer_start(struct httpd *httpd)
{
    httpd->timer = thread_start("http-timer", keep_time, httpd);
    httpd->has_timer = true;
}

void timer_end(struct httpd *httpd)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    if (!httpd->has_timer)
        return;
    httpd->timer_ends = true;
    pthread_cond_signal(&httpd->timer_cond);
    mutex_unlock(&lock);
    (void)pthread_join(httpd->timer, NULL); /* joinable: thread_start() */
}
