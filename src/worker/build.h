/*
 * build - what one build is given, and what comes of it
 *
 * The engine (engine.h) turns a struct build_options into a struct build_result, and
 * tells its owner what happens meanwhile through struct build_owner: `slipway build`
 * and `slipway worker` differ only in that.
 *
 * Memory    options belong to the caller and outlive the build; a result lives in the
 *           arena given to build_run()
 * Threads   build_stop() from any thread; everything else in the build's own thread
 */
#pragma once

#include "worker/artifacts.h"
#include "worker/buildspec.h"

#include <stdatomic.h>

enum {
    BUILD_MAX_SOURCES = 13,
    BUILD_MAX_ARTIFACTS = 13,
    BUILD_MAX_PHASES = 12,
    BUILD_MAX_VALUE = 64 << 10, /* an exported variable */
};

/* As AWS has them; build_status_name() gives AWS's word. */
enum build_status {
    BUILD_IN_PROGRESS,
    BUILD_SUCCEEDED,
    BUILD_FAILED,
    BUILD_FAULT,
    BUILD_TIMED_OUT,
    BUILD_STOPPED,
};

enum build_phase_type {
    PHASE_PROVISIONING,
    PHASE_DOWNLOAD_SOURCE,
    PHASE_INSTALL, /* the four of the buildspec stand in its order */
    PHASE_PRE_BUILD,
    PHASE_BUILD,
    PHASE_POST_BUILD,
    PHASE_UPLOAD_ARTIFACTS,
    PHASE_FINALIZING,
    PHASE_COMPLETED,
};

const char *build_status_name(enum build_status status);
const char *build_phase_name(enum build_phase_type type);

struct build_phase {
    enum build_phase_type type;
    enum build_status status; /* BUILD_IN_PROGRESS while it runs */
    int64_t start, end;       /* ms; end 0 while it runs */
    str code;                 /* "COMMAND_EXECUTION_ERROR"; empty when nothing went wrong */
    str message;
};

struct build_result {
    enum build_status status;
    struct build_phase phases[BUILD_MAX_PHASES];
    size_t phases_len;
    struct buildspec_pairs exported;
    str source_version; /* resolved; absent without a source */
};

/* How to end a build from outside. */
struct build_control {
    _Atomic int wanted; /* enum build_status: BUILD_STOPPED, BUILD_FAULT; 0: go on */
    int event;          /* eventfd: readable when `wanted` is set */
};

MUST_CHECK int build_control_init(struct build_control *control, struct error *err);
void build_control_done(struct build_control *control);
void build_stop(struct build_control *control, enum build_status as);

struct build_owner {
    void *arg;
    /* Bytes of the log as they come, not cut into lines. */
    void (*log)(void *arg, str bytes);
    /* A phase began or ended. */
    void (*phase)(void *arg, const struct build_result *so_far);
    /* Puts source number i into the empty directory `dir`; *ret_version what was resolved. NULL: no
     * sources. */
    int (*download)(void *arg, size_t i, const char *dir, str *ret_version, struct error *err);
    /* The value that the variable refers to (its origin is not plain); the message says why not. */
    int (*resolve)(void *arg, struct arena *arena, const struct buildspec_pair *variable, str *ret,
            struct error *err);
    /* Takes the files of options->artifacts[i] away. `name` is evaluated, absent unless the
     * buildspec has one. */
    int (*upload)(
            void *arg, size_t i, str name, const struct artifact_files *files, struct error *err);
};

struct build_options {
    /* For CODEBUILD_*; absent where it does not apply. */
    str arn, id, project, image, initiator, kms_key, log_path, region, account;
    str source_location, source_version;
    int64_t number, start_time;
    struct buildspec_pairs variables; /* of project and build; win over those of the buildspec */
    struct buildspec_pairs extra;     /* endpoint, credentials: win over everything */
    str ca_file; /* host path, shown as /codebuild/readonly/ca.pem; absent: none */

    str buildspec; /* the text, or a path in the primary source; absent: buildspec.yml */
    str sources[BUILD_MAX_SOURCES];     /* identifiers; the primary one has none (absent) */
    size_t sources_len;                 /* 0: NO_SOURCE */
    str artifacts[BUILD_MAX_ARTIFACTS]; /* identifiers to upload, absent for the primary one */
    size_t artifacts_len;

    const char *work_dir;    /* where the build's directory is made and removed */
    const char *const *hide; /* as in sandbox_options */
    int64_t timeout_ms;      /* of the whole build */
    struct build_control *control;
    struct build_owner owner;
};
