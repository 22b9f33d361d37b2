/*
 * wanted - what waits to be delivered of a region, and which of it the trail wants (private to
 * services/cloudtrail)
 *
 * Bucket and log group are subscribers of their own (api/audit_copy.h): one that refuses keeps
 * what it has yet to get, and does not hold up the other.
 *
 * Memory    the arena of the transaction, or of the job
 */
#pragma once

#include "api/audit_copy.h"
#include "services/cloudtrail/selectors.h"
#include "services/cloudtrail/trail.h"

struct wanted {
    struct trail trail;
    str subscriber;
    str region;
    struct audit_copies copies; /* empty: nothing waits */
    struct selectors selectors;
};

/* Whose copies those of the log group are. */
str wanted_logs_subscriber(struct arena *arena, str trail);
/* The oldest copies of the first region after `after` (absent: of all) that has some. ret->trail is
 * filled by the caller. */
MUST_CHECK int wanted_read(struct tx *tx, str after, struct wanted *ret);

/* A record that the trail wants: its text (in the arena), and what it says (not longer than the call). */
typedef int wanted_fn(
        struct arena *arena, void *arg, str text, const json_t *record, struct error *err);
MUST_CHECK int wanted_each(struct arena *arena, const struct wanted *wanted, wanted_fn *fn,
        void *arg, struct error *err);

/* They were delivered. */
MUST_CHECK int wanted_delete(struct tx *tx, const struct wanted *wanted);
/* They were refused: those that are older than TRAIL_KEEP_DAYS go. */
MUST_CHECK int wanted_give_up_old(struct tx *tx, const struct wanted *wanted, int64_t now);
