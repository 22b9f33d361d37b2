/*
 * chain - digest files: what was delivered in an hour, each signed over the one before (private
 * to services/cloudtrail)
 *
 *                     StartLogging, or UpdateTrail that wants validation
 *     (no chain) ------------------------------------------------------> [chain]
 *         ^            in other regions: their first log file              |  ^
 *         |                                                                |  | every hour
 *         '------ the digest after StopLogging, or validation off ---------'--'
 *
 *     text signed:  end time \n bucket/key \n SHA-256 of the digest \n signature of the one before
 *
 * A digest lists the log files that were delivered since the one before, and has its hash and
 * signature; the first of a chain has neither. Who changes or removes a file cannot make the
 * digest fit, and who changes a digest cannot sign it.
 *
 * Source: CloudTrail User Guide, "CloudTrail digest file structure".
 */
#pragma once

#include "services/cloudtrail/deliver.h"

enum {
    CHAIN_EVERY_MS = 60 * 60 * 1000,
    CHAIN_MAX_FILES = 1000, /* of a digest; more go into another at once */
};

/* A log file that was delivered. The times are of its events, as in records. */
struct chain_file {
    str bucket, object, hash;
    str oldest, newest;
};

/* Where the trail wants validation and is logging: begins the chain of a region, if there is
 * none. */
MUST_CHECK int chain_begin(
        struct queue *queue, struct tx *tx, const struct trail *trail, str region, int64_t now);
/* To be in the next digest, where there is a chain. */
MUST_CHECK int chain_add(
        struct tx *tx, str trail, str region, const struct chain_file *file, int64_t now);
/* The steps of the job "cloudtrail.digest"; its key is the chain's id. */
MUST_CHECK int chain_prepare(struct job *job, struct error *err);
MUST_CHECK int chain_commit(struct job *job, struct tx *tx);
MUST_CHECK int chain_give_up(struct job *job, struct tx *tx, const struct error *why);
