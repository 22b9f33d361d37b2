#include "gen/cloudtrail.h"
#include "services/cloudtrail/cloudtrail.h"

#include "base/clock.h"

static int plan_expiry(struct tx *tx, void *arg)
{
    struct server *server = arg;

    return queue_add(
            server->queue, tx, cloudtrail_expire_job.name, STR("all"), STR(""), clock_now());
}

static int start(struct server *server, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    int r = db_write(server->db, &scratch, plan_expiry, server, err);

    return r < 0 ? r : 0;
}

const struct service cloudtrail_service = {
        .model = &cloudtrail_model,
        .handlers = cloudtrail_handlers,
        .prepares = cloudtrail_prepares,
        .jobs = &cloudtrail_expire_job,
        .jobs_len = 1,
        .start = start,
};
