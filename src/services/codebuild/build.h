/*
 * build - one build as a row, and its states (private to services/codebuild)
 *
 *     StartBuild --> [QUEUED] --PollBuild--> [RUNNING] --FinishBuild--> [ENDED]
 *                        |  ^                    |                         ^
 *                        |  '---- lease lost ----'-- too often: FAULT -----+
 *                        '------ StopBuild, queued too long ---------------'
 *
 * What users see (phases, status, logs) is the declaration: a struct codebuild_Build
 * kept as JSON. The row's own columns are what queries need. A lease fences: only the
 * newest one may report.
 */
#pragma once

#include "gen/codebuild.h"
#include "services/codebuild/codebuild.h"

enum {
    BUILD_LEASE_S = 60,
    BUILD_MAX_ATTEMPTS = 3, /* leases lost before the build is a FAULT */
};

struct build {
    str id; /* project:uuid */
    str account;
    str region;
    str project;
    str state;
    str lease;
    str worker;
    int64_t lease_until;
    int64_t attempts;
    int64_t started; /* ms; 0: not yet */
    bool stop_requested;
    struct codebuild_Build *declaration;
};

/* 1 and the build, 0 none. By id alone: ids are unguessable and global. */
MUST_CHECK int build_load(struct tx *tx, str id, struct build *ret);
/* Of call->account and region, by id or ARN. 1, 0. */
MUST_CHECK int build_find(struct call *call, str id_or_arn, struct build *ret);
/* Writes state, lease and declaration back. */
MUST_CHECK int build_save(struct tx *tx, const struct build *build);
str build_arn(struct arena *arena, str account, str region, str id);
str build_uuid(str id); /* after the last colon */

/* Sets the end of the newest phase and begins `next` (absent: none). Times in ms. */
void build_enter_phase(
        struct arena *arena, struct codebuild_Build *b, str next, str status_of_last, int64_t now);
/* Ends the build in the given status, with a reason in its last phase's context (may be absent),
 * and tells. */
MUST_CHECK int build_end(struct call *call, struct build *build, str status, str code, str message);
/* Tells workers that it waits, and ends it when none takes it within its queued timeout. */
MUST_CHECK int build_enqueue(
        struct server *server, struct tx *tx, const struct codebuild_Build *b, int64_t now);
/* The state-change event. */
MUST_CHECK int build_tell(struct call *call, const struct build *build);

/* Its worker is gone: the build waits again, or ends when that was too often. The call acts in the
 * build's account. */
MUST_CHECK int build_lost(struct call *call, struct build *build);

str build_topic(struct arena *arena, str id);
#define BUILD_QUEUE_TOPIC STR("codebuild.queue")

/* Jobs: payload and key are the build's id. */
#define BUILD_QUEUED_TIMEOUT "codebuild.queued-timeout"
#define BUILD_LEASE "codebuild.lease"
enum {
    BUILD_JOBS = 2
};
extern const struct job_kind build_jobs[BUILD_JOBS];
