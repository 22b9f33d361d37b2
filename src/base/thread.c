#include "base/thread.h"

#include <signal.h>

#ifndef THREAD_STACK_KIB /* sanitizer builds set more */
#define THREAD_STACK_KIB 512
#endif

enum {
    THREAD_MAX_NAME = 16
}; /* with the NUL; the kernel's */

static void must(int code, const char *what)
{
    if (code == 0)
        return;
    fprintf(stderr, "slipway: could not %s: %s\n", what, strerrordesc_np(code));
    abort();
}

pthread_mutex_t *mutex_lock(pthread_mutex_t *mutex)
{
    must(pthread_mutex_lock(mutex), "lock a mutex");
    return mutex;
}

void mutex_unlock(pthread_mutex_t **mutex)
{
    if (*mutex)
        must(pthread_mutex_unlock(*mutex), "unlock a mutex");
    *mutex = NULL;
}

void cond_init(pthread_cond_t *cond)
{
    pthread_condattr_t attributes;

    must(pthread_condattr_init(&attributes), "make a condition");
    must(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC), "make a condition");
    must(pthread_cond_init(cond, &attributes), "make a condition");
    must(pthread_condattr_destroy(&attributes), "make a condition");
}

bool cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t timeout_ms)
{
    struct timespec until;
    int r;

    if (timeout_ms < 0) {
        must(pthread_cond_wait(cond, mutex), "wait on a condition");
        return true;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &until); /* fails only for an unknown clock */
    until.tv_sec += timeout_ms / 1000;
    until.tv_nsec += timeout_ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    r = pthread_cond_timedwait(cond, mutex, &until);
    if (r != ETIMEDOUT)
        must(r, "wait on a condition");
    return r == 0;
}

pthread_t thread_start(const char *name, void *(*run)(void *arg), void *arg)
{
    char short_name[THREAD_MAX_NAME];
    pthread_attr_t attributes;
    sigset_t all, before;
    pthread_t thread;

    must(pthread_attr_init(&attributes), "start a thread");
    must(pthread_attr_setstacksize(&attributes, THREAD_STACK_KIB << 10), "start a thread");
    (void)sigfillset(&all); /* cannot fail */
    must(pthread_sigmask(SIG_SETMASK, &all, &before), "start a thread");
    must(pthread_create(&thread, &attributes, run, arg), "start a thread");
    must(pthread_sigmask(SIG_SETMASK, &before, NULL), "start a thread");
    must(pthread_attr_destroy(&attributes), "start a thread");
    (void)snprintf(short_name, sizeof(short_name), "%s", name); /* cut when too long */
    (void)pthread_setname_np(thread, short_name); /* only for people; it may be over already */
    return thread;
}
