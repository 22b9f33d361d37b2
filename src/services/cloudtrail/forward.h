/*
 * forward - brings what a trail has yet to get to its log group (private to services/cloudtrail)
 *
 *     every DELIVER_EVERY_MS, while the trail is logging or something waits, region after region:
 *
 *     prepare   the records that the trail wants, in order of time, one an event
 *     commit    PutLogEvents as the trail's role; the copies are gone, both or neither
 *
 * Stream: ACCOUNT_CloudTrail_REGION, made when it is not there. A delivery that is refused is
 * tried again the next time, and said by GetTrailStatus.
 *
 * Source: CloudTrail User Guide, "Sending events to CloudWatch Logs".
 */
#pragma once

#include "services/cloudtrail/deliver.h"

enum {
    FORWARD_MAX_EVENT = 256 << 10, /* bytes: larger records are not sent, as AWS */
    FORWARD_MAX_BATCH = 1 << 20,   /* of PutLogEvents */
    FORWARD_MAX_EVENTS = 10000,
    FORWARD_EVENT_OVERHEAD = 26,
};

/*
 * The log group and role of the trail, as CreateTrail and UpdateTrail were told to change them: the
 * group is there, the caller may pass the role, and the role may be assumed and may write. Fails
 * the call in CloudTrail's words. An empty member takes its value away.
 */
MUST_CHECK int forward_set(struct call *call, struct trail *trail, str log_group, str log_role);
/* "log-group:NAME:*" of an ARN: NAME. */
str forward_group_name(str log_group);
str forward_stream_name(struct arena *arena, const struct trail *trail, str region);

/* In the transaction that switches the trail on, or gives it a log group. */
MUST_CHECK int forward_plan(struct call *call, const struct trail *trail);
/* The steps of the job "cloudtrail.forward"; its key is the trail's id, its payload the region
 * that was looked at last. */
MUST_CHECK int forward_prepare(struct job *job, struct error *err);
MUST_CHECK int forward_commit(struct job *job, struct tx *tx);
MUST_CHECK int forward_give_up(struct job *job, struct tx *tx, const struct error *why);
