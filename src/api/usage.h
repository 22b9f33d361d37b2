/*
 * usage - what each user and role has really done: the latest time of every action on every
 * resource that its own policies were needed for
 *
 *     decision --> note (memory, once however often) --(a second)--> a row of audit_usage
 *
 * The audit trail has calls; a call may need several permissions, some on behalf of it in other
 * services, and reads of data are not in the trail at all. Here is each permission that was used,
 * or was asked for and refused, and nothing of the call: enough for `slipway policy suggest`.
 * Resources that are made by the thousand count as one: S3 objects by their folder, log streams
 * by their group.
 *
 * Limits    USAGE_MAX_…; past them resources are widened (usage_widen), so that nothing that was
 *           done is missing
 * Threads   usage_note() from any; usage_flush() one at a time
 * Not here  roots, services that act as themselves, what a policy of the resource allows alone
 */
#pragma once

#include "api/call.h"

enum {
    USAGE_MAX_RESOURCES = 100, /* of one principal and action; as many again once widened */
    USAGE_MAX_NOTES = 20000,   /* held in memory; more are dropped, and counted */
};

struct usage;
struct usage *usage_new(void);
void usage_free(struct usage *usage);
/* call->principal was, or was not, allowed to do this. */
void usage_note(struct call *call, str action, str arn, bool is_allowed);
/* Writes what was noted. What could not be written is kept. */
MUST_CHECK int usage_flush(struct server *server, struct error *err);
/* Of what was last used before a time (ms), up to `limit` rows: how many. */
MUST_CHECK int usage_expire(struct tx *tx, int64_t before, int64_t limit);

struct usage_item {
    str action, resource; /* a pattern, as policies have them */
    int64_t last_time;    /* ms */
    bool is_allowed;
};
struct usage_items {
    struct usage_item *items; /* by action, then resource */
    size_t len;
};
/* Of a user or role (its ARN), used at `since` (ms) or later. */
MUST_CHECK int usage_read(struct tx *tx, str principal, int64_t since, struct usage_items *ret);

/* The pattern that a resource is noted as. */
str usage_resource(struct arena *arena, str arn);
/* The next wider pattern: all of a bucket, of a service in an account; at last "*". */
str usage_widen(struct arena *arena, str resource);
