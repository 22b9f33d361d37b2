#include "net/httpd_private.h"

#include "base/clock.h"

/* An idle handler thread; on its own stack. */
struct worker {
    struct worker *next;
    pthread_cond_t cond;
    bool is_woken;
};

static void wake_one(struct httpd *httpd)
{
    struct worker *worker = httpd->idle;

    httpd->idle = worker->next;
    worker->is_woken = true;
    httpd->waking++;
    pthread_cond_signal(&worker->cond);
}

static void *work(void *arg);

static void start_worker(struct httpd *httpd)
{
    pthread_t thread = thread_start("handler", work, httpd);

    httpd->threads++;
    (void)pthread_detach(thread); /* pool_close() counts them down */
}

/*
 * Sees to it that the queue is worked on. One thread is woken at a time: it wakes the
 * next when it finds more than it takes. So a burst costs the I/O thread one wake-up,
 * and requests that take microseconds stay with few threads.
 */
static void attend(struct httpd *httpd)
{
    if (!httpd->queue_head || httpd->waking > 0)
        return;
    if (httpd->idle) {
        wake_one(httpd);
        return;
    }
    if (httpd->threads < HTTPD_EAGER_THREADS && httpd->threads < httpd->options.handler_threads) {
        start_worker(httpd);
    } else if (!httpd->is_growing && httpd->threads < httpd->options.handler_threads) {
        httpd->is_growing = true; /* until the timer finds the queue empty */
        pthread_cond_signal(&httpd->timer_cond);
    }
}

void pool_push(struct httpd *httpd, struct httpd_exchange *ex)
{
    ex->next = NULL;
    ex->queued_us = clock_monotonic_us();
    if (httpd->queue_tail)
        httpd->queue_tail->next = ex;
    else
        httpd->queue_head = ex;
    httpd->queue_tail = ex;
    attend(httpd);
}

void pool_grow(struct httpd *httpd, int64_t now_us)
{
    httpd->is_growing = httpd->queue_head && httpd->threads < httpd->options.handler_threads;
    if (httpd->is_growing && !httpd->idle && httpd->waking == 0 &&
            now_us - httpd->queue_head->queued_us >= HTTPD_GROW_MS * 1000)
        start_worker(httpd);
}

void pool_dispatch(struct httpd_exchange *ex)
{
    struct httpd *httpd = ex->httpd;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    ex->run_next = httpd->running;
    if (ex->run_next)
        ex->run_next->run_prev = ex;
    httpd->running = ex;
    httpd->running_len++;
    if (httpd->is_closing) {
        mutex_unlock(&lock);
        exchange_cut(ex);
        return;
    }
    atomic_fetch_add(&ex->refs, 1);
    pool_push(httpd, ex);
}

void pool_finish(struct httpd_exchange *ex)
{
    struct httpd *httpd = ex->httpd;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    if (ex->run_next)
        ex->run_next->run_prev = ex->run_prev;
    if (ex->run_prev)
        ex->run_prev->run_next = ex->run_next;
    else
        httpd->running = ex->run_next;
    if (--httpd->running_len == 0)
        pthread_cond_broadcast(&httpd->calm);
}

static void run(struct httpd_exchange *ex)
{
    struct httpd *httpd = ex->httpd;

    httpd->options.handler(&ex->req, httpd->options.arg);
    if (ex->parked) {
        park_enter(ex);
        return;
    }
    if (!ex->is_answered || ex->is_streaming)
        exchange_cut(ex);
    exchange_unref(ex);
}

static struct httpd_exchange *pop(struct httpd *httpd)
{
    struct httpd_exchange *ex = httpd->queue_head;

    if (!ex)
        return NULL;
    httpd->queue_head = ex->next;
    if (!httpd->queue_head)
        httpd->queue_tail = NULL;
    attend(httpd);
    return ex;
}

/* False: there was nothing to do for so long that the thread may end. */
static bool wait_for_work(struct httpd *httpd, struct worker *self)
{
    self->is_woken = false;
    self->next = httpd->idle;
    httpd->idle = self;
    while (!self->is_woken)
        if (!cond_wait(&self->cond, &httpd->pool_lock, HTTPD_THREAD_IDLE_MS))
            break;
    if (self->is_woken) {
        httpd->waking--;
        return true;
    }
    for (struct worker **at = &httpd->idle; *at; at = &(*at)->next)
        if (*at == self) {
            *at = self->next;
            break;
        }
    return false;
}

static void *work(void *arg)
{
    struct httpd *httpd = arg;
    struct worker self = {0};
    bool stays = true;

    cond_init(&self.cond);
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);
    while (stays) {
        struct httpd_exchange *ex = pop(httpd);

        if (ex) {
            mutex_unlock(&lock);
            run(ex);
            lock = mutex_lock(&httpd->pool_lock);
        } else if (httpd->is_closing) {
            break;
        } else {
            stays = wait_for_work(httpd, &self) || httpd->queue_head || httpd->threads == 1;
        }
    }
    pthread_cond_destroy(&self.cond);
    if (--httpd->threads == 0)
        pthread_cond_broadcast(&httpd->calm);
    return NULL;
}

/* The exchanges under way, each with a reference. */
static struct httpd_exchange **list_running(struct httpd *httpd, size_t *ret_len)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);
    struct httpd_exchange **list =
            mem_alloc(httpd->running_len + 1, sizeof(struct httpd_exchange *));
    size_t len = 0;

    for (struct httpd_exchange *ex = httpd->running; ex; ex = ex->run_next) {
        atomic_fetch_add(&ex->refs, 1);
        list[len++] = ex;
    }
    *ret_len = len;
    return list;
}

void pool_cut_all(struct httpd *httpd)
{
    size_t len;
    struct httpd_exchange **list = list_running(httpd, &len);

    for (size_t i = 0; i < len; i++) {
        exchange_cut(list[i]);
        exchange_unref(list[i]);
    }
    free(list);
}

void pool_close(struct httpd *httpd)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&httpd->pool_lock);

    httpd->is_closing = true;
    while (httpd->idle)
        wake_one(httpd);
    while (httpd->threads > 0)
        (void)cond_wait(&httpd->calm, &httpd->pool_lock, -1);
}
