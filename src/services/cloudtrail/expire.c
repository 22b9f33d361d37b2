#include "services/cloudtrail/cloudtrail.h"

#include "base/clock.h"

enum {
    EXPIRE_AT_ONCE = 2000 /* records removed in one transaction */
};
static const int64_t DAY_MS = 86400000;

static int expire(struct job *job, struct tx *tx)
{
    struct server *server = job->context;
    int64_t now = clock_now();
    int r = db_exec(tx,
            "delete from audit_event where event_id in (select event_id from audit_event"
            " where time < $1 order by time limit $2)",
            now - CLOUDTRAIL_KEEP_DAYS * DAY_MS, EXPIRE_AT_ONCE);

    if (r < 0)
        return r;
    return queue_add(server->queue, tx, cloudtrail_expire_job.name, job->key, STR(""),
            r == EXPIRE_AT_ONCE ? now : now + DAY_MS);
}

const struct job_kind cloudtrail_expire_job = {.name = "cloudtrail.expire", .commit = expire};
