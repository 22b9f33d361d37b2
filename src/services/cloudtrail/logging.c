/*
 * logging - switching a trail on and off, and what became of its deliveries
 */
#include "services/cloudtrail/chain.h"
#include "services/cloudtrail/forward.h"

#include "base/clock.h"

int cloudtrail_StartLogging(struct call *call, const struct cloudtrail_StartLoggingRequest *in,
        struct cloudtrail_StartLoggingResponse *out)
{
    struct trail trail;
    int r = trail_open_home(call, in->Name, &trail);

    (void)out;
    if (r < 0 || trail.is_logging)
        return r;
    trail.is_logging = true;
    trail.started = call->now;
    r = trail_update(call, &trail);
    if (r == 0)
        r = chain_begin(call->server->queue, call->tx, &trail, trail.region, call->now);
    if (r == 0)
        r = forward_plan(call, &trail);
    return r < 0 ? r : deliver_plan(call, &trail);
}

/* What came before is still delivered. */
int cloudtrail_StopLogging(struct call *call, const struct cloudtrail_StopLoggingRequest *in,
        struct cloudtrail_StopLoggingResponse *out)
{
    struct trail trail;
    int r = trail_open_home(call, in->Name, &trail);

    (void)out;
    if (r < 0 || !trail.is_logging)
        return r;
    trail.is_logging = false;
    trail.stopped = call->now;
    return trail_update(call, &trail);
}

static struct opt_time some_time(int64_t ms)
{
    return ms ? (struct opt_time)SOME_TIME(ms) : (struct opt_time){0};
}

static str shown_time(struct call *call, int64_t ms)
{
    return ms ? time_iso8601(call->arena, ms) : STR("");
}

static void fill_delivery(
        struct call *call, const struct db_row *row, struct cloudtrail_GetTrailStatusResponse *out)
{
    if (str_eq(row_text(row, 3), STR("digests"))) {
        out->LatestDigestDeliveryTime = some_time(row_int(row, 1));
        out->LatestDigestDeliveryError = row_text(row, 2);
        return;
    }
    if (str_eq(row_text(row, 3), STR("logs"))) {
        out->LatestCloudWatchLogsDeliveryTime = some_time(row_int(row, 1));
        out->LatestCloudWatchLogsDeliveryError = row_text(row, 2);
        return;
    }
    out->LatestDeliveryTime = some_time(row_int(row, 1));
    out->LatestDeliveryError = row_text(row, 2);
    out->LatestDeliveryAttemptTime = shown_time(call, row_int(row, 0));
    out->LatestDeliveryAttemptSucceeded = shown_time(call, row_int(row, 1));
}

int cloudtrail_GetTrailStatus(struct call *call, const struct cloudtrail_GetTrailStatusRequest *in,
        struct cloudtrail_GetTrailStatusResponse *out)
{
    struct db_rows rows = {0};
    struct trail trail;
    int r = trail_open(call, in->Name, &trail);

    if (r == 0)
        r = db_query(call->tx, &rows,
                "select attempted, succeeded, error, kind from cloudtrail_delivery where trail = "
                "$1",
                trail.id);
    if (r < 0)
        return r;
    *out = (struct cloudtrail_GetTrailStatusResponse){
            .IsLogging = SOME_BOOL(trail.is_logging),
            .StartLoggingTime = some_time(trail.started),
            .StopLoggingTime = some_time(trail.stopped),
            .LatestDeliveryAttemptTime = STR(""),
            .LatestNotificationAttemptTime = STR(""),
            .LatestNotificationAttemptSucceeded = STR(""),
            .LatestDeliveryAttemptSucceeded = STR(""),
            .TimeLoggingStarted = shown_time(call, trail.started),
            .TimeLoggingStopped = shown_time(call, trail.stopped),
    };
    for (size_t i = 0; i < rows.len; i++)
        fill_delivery(call, &rows.items[i], out);
    return 0;
}
