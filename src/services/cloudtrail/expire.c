#include "services/cloudtrail/cloudtrail.h"

#include "api/usage.h"
#include "base/clock.h"

enum {
    EXPIRE_EVENTS = 2000, /* removed in one transaction */
    EXPIRE_CHUNKS = 200,
    EXPIRE_USAGE = 2000,
};
static const int64_t DAY_MS = 86400000;

/* Some of the oldest; their resources and values go with them. */
static int expire_some(struct tx *tx, int64_t before)
{
    int r = db_exec(tx,
            "delete from audit_event where event_id in (select event_id from audit_event"
            " where time < $1 order by time limit $2)",
            before, (int64_t)EXPIRE_EVENTS);
    int n = db_exec(tx,
            "delete from audit_chunk where id in (select id from audit_chunk"
            " where last_time < $1 order by last_time limit $2)",
            before, (int64_t)EXPIRE_CHUNKS);
    int u = usage_expire(tx, before, EXPIRE_USAGE);

    if (r < 0 || n < 0 || u < 0)
        return r < 0 ? r : n < 0 ? n : u;
    return r == EXPIRE_EVENTS || n == EXPIRE_CHUNKS || u == EXPIRE_USAGE;
}

int cloudtrail_expire(struct job *job, struct tx *tx)
{
    struct server *server = job->context;
    int64_t now = clock_now();
    int r = expire_some(tx, now - CLOUDTRAIL_KEEP_DAYS * DAY_MS);

    if (r < 0)
        return r;
    return queue_add(
            server->queue, tx, "cloudtrail.expire", job->key, STR(""), r > 0 ? now : now + DAY_MS);
}
