/*
 * deliver - brings what a trail has yet to get to its bucket (private to services/cloudtrail)
 *
 *     every DELIVER_EVERY_MS, while the trail is logging or something waits:
 *
 *     prepare   reads the copies of a region, packs those that the trail wants
 *     commit    the object, as cloudtrail.amazonaws.com; the copies are gone, both or neither
 *
 * A delivery that is refused is tried again the next time, and said by GetTrailStatus. What
 * could not be delivered for TRAIL_KEEP_DAYS is given up.
 */
#pragma once

#include "services/cloudtrail/trail.h"
#include "services/s3/s3.h"

enum {
    DELIVER_EVERY_MS = 5 * 60 * 1000,
    DELIVER_LEASE_MS = 10 * 60 * 1000,
};

/* In the transaction that switches the trail on. */
MUST_CHECK int deliver_plan(struct call *call, const struct trail *trail);
/* The steps of the job "cloudtrail.deliver"; its key is the trail's id. */
MUST_CHECK int deliver_prepare(struct job *job, struct error *err);
MUST_CHECK int deliver_commit(struct job *job, struct tx *tx);
MUST_CHECK int deliver_give_up(struct job *job, struct tx *tx, const struct error *why);

/* An object of CloudTrail's own, not in a bucket yet. */
struct trail_file {
    str key;
    str sha256;   /* hex, of the bytes before gzip */
    str metadata; /* JSON; absent: none */
    struct s3_blob blob;
};
/* Packs and seals `text`. Outside of transactions. */
MUST_CHECK int trail_file_make(struct server *server, struct arena *arena,
        const struct trail *trail, str text, struct trail_file *ret, struct error *err);
/* Puts it where ret->key says. CALL_FAILED: refused, *ret_failure says why. */
MUST_CHECK int trail_file_put(struct call *call, const struct trail *trail,
        const struct trail_file *file, struct call_failure *ret_failure);
/* Says what became of a delivery of "files", "digests" or "logs". `error` absent: done. */
MUST_CHECK int trail_note(
        struct tx *tx, const struct trail *trail, const char *kind, int64_t now, str error);
