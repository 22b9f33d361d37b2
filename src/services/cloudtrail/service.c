#include "embedded.h"
#include "services/cloudtrail/chain.h"
#include "services/cloudtrail/forward.h"

#include "base/clock.h"

static int plan_expiry(struct tx *tx, void *arg)
{
    struct server *server = arg;

    return queue_add(server->queue, tx, "cloudtrail.expire", STR("all"), STR(""), clock_now());
}

static int start(struct server *server, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    int r = db_write(server->db, &scratch, plan_expiry, server, err);

    return r < 0 ? r : 0;
}

static const struct job_kind jobs[] = {
        {.name = "cloudtrail.expire", .commit = cloudtrail_expire},
        {
                .name = "cloudtrail.deliver",
                .prepare = deliver_prepare,
                .commit = deliver_commit,
                .give_up = deliver_give_up,
                .lease_ms = DELIVER_LEASE_MS,
        },
        {
                .name = "cloudtrail.forward",
                .prepare = forward_prepare,
                .commit = forward_commit,
                .give_up = forward_give_up,
                .lease_ms = DELIVER_LEASE_MS,
        },
        {
                .name = "cloudtrail.digest",
                .prepare = chain_prepare,
                .commit = chain_commit,
                .give_up = chain_give_up,
                .lease_ms = DELIVER_LEASE_MS,
        },
};

const struct service cloudtrail_service = {
        .model = &cloudtrail_model,
        .handlers = cloudtrail_handlers,
        .prepares = cloudtrail_prepares,
        .schema = {"cloudtrail", schema_cloudtrail_sql},
        .jobs = jobs,
        .jobs_len = sizeof(jobs) / sizeof(*jobs),
        .resource_tags = trail_resource_tags,
        .start = start,
};
