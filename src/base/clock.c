#include "base/clock.h"

#include <stdatomic.h>

static _Atomic bool is_virtual;
static _Atomic int64_t virtual_ms;

int64_t clock_now(void)
{
    struct timespec now;

    if (is_virtual)
        return virtual_ms;
    (void)clock_gettime(CLOCK_REALTIME, &now); /* fails only for an unknown clock */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* fails only for an unknown clock */
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_set_virtual(int64_t ms)
{
    virtual_ms = ms;
    is_virtual = true;
}

void clock_advance(int64_t ms)
{
    virtual_ms += ms;
}

void clock_set_real(void)
{
    is_virtual = false;
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
