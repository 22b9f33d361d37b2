#include "base/clock.h"

#include "base/thread.h"

#include <stdatomic.h>

static _Atomic bool is_virtual;
static _Atomic int64_t offset_ms; /* what tests have added; with a virtual clock, the time itself */

static pthread_mutex_t wake_lock = PTHREAD_MUTEX_INITIALIZER;
static void (*wake_fn)(void *arg);
static void *wake_arg;

int64_t clock_machine(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now); /* fails only for an unknown clock */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now(void)
{
    return is_virtual ? offset_ms : clock_machine() + offset_ms;
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* fails only for an unknown clock */
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_set_virtual(int64_t ms)
{
    offset_ms = ms;
    is_virtual = true;
}

void clock_advance(int64_t ms)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&wake_lock);

    (void)lock;
    offset_ms += ms;
    if (wake_fn)
        wake_fn(wake_arg);
}

void clock_on_advance(void (*fn)(void *arg), void *arg)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&wake_lock);

    (void)lock;
    wake_fn = fn;
    wake_arg = arg;
}

void clock_set_real(void)
{
    is_virtual = false;
    offset_ms = 0;
}

bool clock_is_virtual(void)
{
    return is_virtual;
}

void clock_sleep(int64_t ms)
{
    struct timespec left = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

    if (is_virtual || ms <= 0)
        return;
    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR)
        continue;
}
