#include "services/codedeploy/schedule.h"

#include <stdlib.h>

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t schedule_minimum(str type, int64_t value, int64_t total, bool is_predefined)
{
    int64_t minimum = value;

    if (str_eq(type, STR("FLEET_PERCENT")))
        minimum = (total * value + 99) / 100;
    else if (str_eq(type, STR("MOST_CONCURRENCY")))
        minimum = total > value ? total - value : 0;
    if (is_predefined && minimum >= total && total > 0)
        return total - 1;
    return minimum;
}

struct schedule_step schedule_next(const struct schedule *s)
{
    int64_t room = s->total - s->minimum - s->running;
    int64_t spare = s->succeeded + s->waiting_healthy - s->minimum;
    int64_t waiting = s->waiting_healthy + s->waiting_unhealthy;
    struct schedule_step step = {SCHEDULE_GO_ON, 0};

    if (waiting == 0 && s->running == 0) {
        bool is_met = s->succeeded > 0 && s->succeeded >= s->minimum;
        step.verdict = is_met ? SCHEDULE_SUCCEEDED : SCHEDULE_UNHEALTHY;
        return step;
    }
    if (room > 0) {
        step.start = least(room, s->waiting_unhealthy);
        if (step.start == s->waiting_unhealthy && spare > 0)
            step.start += least(least(room - step.start, spare), s->waiting_healthy);
    }
    if (step.start == 0 && s->running == 0)
        step.verdict = SCHEDULE_UNHEALTHY;
    return step;
}

static int by_turn(const void *a, const void *b)
{
    const struct schedule_host *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return str_cmp(x->name, y->name);
}

void schedule_order(struct schedule_host *hosts, size_t len)
{
    if (len)
        qsort(hosts, len, sizeof(*hosts), by_turn);
}
