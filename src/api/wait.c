/*
 * wait - calls that have nothing to say yet hold no thread
 *
 *     handler: CALL_WAIT
 *        |  subscribe to the topic, run the handler once more (the change may just have come)
 *        |  still CALL_WAIT
 *        v
 *     [parked] --signal or deadline--> key, session, permission? --> handler again
 *                                                       --> answer, or park again
 *
 * A key that was deactivated while its call was parked gets no answer by it.
 *
 * At the deadline, or when the server stops, the handler runs with call->now >= until
 * and answers, perhaps with nothing.
 */
#include "api/private.h"

#include "base/clock.h"

enum {
    WAIT_MAX_MS = 10 * 60 * 1000
};

struct waiter {
    pthread_mutex_t lock;
    int refs; /* the call, and whoever parks it right now */
    struct notify_subscription *subscription;
    struct httpd_parked *parked; /* ours; NULL: not parked, or woken already */
    bool is_signalled;
};

/* Keeps `parked` for wake(), unless the signal came before: then it is the caller's to wake. */
static struct httpd_parked *keep_parked(struct waiter *waiter, struct httpd_parked *parked)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&waiter->lock);

    (void)lock;
    if (waiter->is_signalled)
        return parked;
    if (waiter->parked)
        httpd_parked_unref(waiter->parked);
    waiter->parked = parked;
    return NULL;
}

static void unref(struct waiter *waiter)
{
    if (__atomic_sub_fetch(&waiter->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    if (waiter->parked)
        httpd_parked_unref(waiter->parked);
    pthread_mutex_destroy(&waiter->lock);
    free(waiter);
}

static struct httpd_parked *take_parked(struct waiter *waiter)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&waiter->lock);
    struct httpd_parked *parked = waiter->parked;

    (void)lock;
    waiter->is_signalled = true;
    waiter->parked = NULL;
    return parked;
}

static void expect_signal(struct waiter *waiter)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&waiter->lock);

    (void)lock;
    waiter->is_signalled = false;
}

static void wake(void *arg)
{
    struct httpd_parked *parked = take_parked(arg);

    if (parked)
        httpd_unpark(parked);
}

static void subscribe(struct call *call)
{
    struct waiter *waiter = mem_new(struct waiter);

    pthread_mutex_init(&waiter->lock, NULL);
    waiter->refs = 1;
    call->private_->waiter = waiter;
    waiter->subscription = notify_subscribe(call->server->notify, call->wait.topic, wake, waiter);
}

static void unsubscribe(struct call *call)
{
    struct waiter *waiter = call->private_->waiter;

    if (!waiter)
        return;
    call->private_->waiter = NULL;
    notify_unsubscribe(waiter->subscription);
    unref(waiter);
}

static void finish(struct call *call, int r, const struct error *err)
{
    unsubscribe(call);
    call_settle(call, r, err);
    respond(call);
}

/* From httpd_park() on another thread may run, and free, the call: only `waiter` is ours. */
static void park(struct call *call)
{
    struct waiter *waiter = call->private_->waiter;
    int64_t left = call->wait.until - clock_now();
    struct httpd_parked *parked;

    if (left > WAIT_MAX_MS)
        left = WAIT_MAX_MS;
    call->private_->req->state = call;
    (void)__atomic_add_fetch(&waiter->refs, 1, __ATOMIC_RELAXED);
    httpd_park(call->private_->req, clock_monotonic_us() + (left > 0 ? left : 0) * 1000, &parked);
    parked = keep_parked(waiter, parked);
    if (parked)
        httpd_unpark(parked);
    unref(waiter);
}

int wait_park(struct call *call)
{
    struct error err = {0};
    int r;

    if (!call->private_->req)
        return CALL_WAIT;
    subscribe(call);
    call->now = clock_now();
    r = call_run(call, &err);
    if (r == CALL_WAIT)
        park(call);
    else
        finish(call, r, &err);
    return 0;
}

/* The topic or the time that the handler waits for has changed: follow it. CALL_WAIT: parked. */
static int wait_on(struct call *call, str topic, struct error *err)
{
    int r = CALL_WAIT;

    if (!str_eq(topic, call->wait.topic)) {
        unsubscribe(call);
        subscribe(call);
        r = call_run(call, err);
    }
    if (r == CALL_WAIT)
        park(call);
    return r;
}

int wait_resume(struct call *call)
{
    struct error err = {0};
    str topic = call->wait.topic;
    bool is_stopping = httpd_is_stopping(call->server->httpd);
    int r;

    call->private_->has_waited = true;
    call->now = clock_now();
    if (is_stopping && call->now < call->wait.until)
        call->now = call->wait.until;
    expect_signal(call->private_->waiter);
    /* What a poll would be given now, nobody would get: a worker that was killed while it waited. */
    r = httpd_client_left(call->private_->req)
                ? call_fail(call, &error_RequestTimeout, "The client has left before the answer.")
                : call_run(call, &err);
    if (r == CALL_WAIT && !is_stopping)
        r = wait_on(call, topic, &err);
    else if (r == CALL_WAIT)
        r = call_fail(call, &error_ServiceUnavailable, "The server is stopping.");
    if (r != CALL_WAIT)
        finish(call, r, &err);
    return 0;
}
