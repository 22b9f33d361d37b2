#include "store/fault.h"

#include <signal.h>
#include <stdatomic.h>

static _Atomic int armed_point;
static _Atomic int armed_code;
static _Atomic int64_t armed_nth;
static _Atomic int64_t passes;

void fault_arm(enum fault_point point, int64_t nth, int code)
{
    atomic_store(&passes, 0);
    atomic_store(&armed_nth, nth);
    atomic_store(&armed_code, code);
    atomic_store(&armed_point, (int)point);
}

void fault_disarm(void)
{
    atomic_store(&armed_point, FAULT_NONE);
}

int64_t fault_passes(void)
{
    return atomic_load(&passes);
}

int fault_hit(enum fault_point point)
{
    if (atomic_load_explicit(&armed_point, memory_order_relaxed) != (int)point)
        return 0;
    if (atomic_fetch_add(&passes, 1) + 1 != atomic_load(&armed_nth))
        return 0;

    int code = atomic_load(&armed_code);
    if (code == FAULT_KILL)
        (void)raise(SIGKILL);
    return code;
}
