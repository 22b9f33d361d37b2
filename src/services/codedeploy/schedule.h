/*
 * schedule - how many instances of a deployment may be deployed to at once
 *
 * Pure arithmetic. The minimum of healthy hosts is fixed when the deployment starts.
 *
 *     healthy now = succeeded + waiting ones that are healthy     (those under way are out)
 *     may start   = unhealthy ones first, which lowers nothing;
 *                   then as many as healthy now exceeds the minimum
 *     never more at once than all - minimum
 *
 * When nothing runs and nothing may start while some wait, health has failed. When all
 * have had their turn, the deployment succeeded if at least one did and the minimum is
 * met; so the failure that reaches the minimum does no harm on the last instance.
 *
 * Source: CodeDeploy User Guide, "Instance health".
 */
#pragma once

#include "base/str.h"

enum schedule_verdict {
    SCHEDULE_GO_ON,
    SCHEDULE_SUCCEEDED,
    SCHEDULE_UNHEALTHY, /* too few healthy hosts */
};

struct schedule {
    int64_t total;
    int64_t minimum;
    int64_t succeeded;
    int64_t failed;
    int64_t running;
    int64_t waiting_healthy;
    int64_t waiting_unhealthy;
};

struct schedule_step {
    enum schedule_verdict verdict;
    int64_t start; /* the next so many, unhealthy ones first */
};

/*
 * Hosts that must stay healthy of `total`. `type` is HOST_COUNT, FLEET_PERCENT (rounded up)
 * or MOST_CONCURRENCY (so many at a time). `is_predefined`: never so many that none could
 * be deployed to.
 */
int64_t schedule_minimum(str type, int64_t value, int64_t total, bool is_predefined);
struct schedule_step schedule_next(const struct schedule *schedule);

enum schedule_rank { /* the order of turns */
    SCHEDULE_RANK_UNHEALTHY,
    SCHEDULE_RANK_UNKNOWN, /* nothing is known of a revision */
    SCHEDULE_RANK_OLD,     /* another revision than the group's */
    SCHEDULE_RANK_CURRENT,
};

struct schedule_host {
    str name;
    enum schedule_rank rank;
    size_t index; /* the caller's */
};
void schedule_order(struct schedule_host *hosts, size_t len);
