/*
 * provider - what an action does: source, build, approval, deploy (private to
 * services/codepipeline)
 *
 * To add one: a struct provider, and its line in provider.c.
 *
 * start() runs in the transaction that starts the action, and may end it at once. Slow
 * work (archives, copies) goes in two steps of the job "codepipeline.act":
 *
 *     start: action InProgress, job --> open() reads, in a snapshot --> fetch() slow, no
 *     transaction --> one transaction: objects put, action ended, pipeline advanced
 *
 * All that touches other services runs as the action's role.
 */
#pragma once

#include "services/codepipeline/engine.h"
#include "services/s3/s3.h"

enum {
    PROVIDER_MAX_KEYS = 8,
    WORK_MAX_OBJECTS = 10000, /* that one deploy action writes */
};
#define WORK_MAX_BYTES ((int64_t)20 << 30) /* that one deploy action unpacks */

struct work_object {
    str bucket, key;
    struct s3_blob blob;
};

/* A slow action on its way; what it does must be safe to repeat. */
struct work {
    struct run run; /* run.call has no transaction in fetch() */
    struct outcome outcome;
    struct {
        struct work_object *items;
        size_t len, size;
    } objects;                /* to be put as the role, when the action ends */
    str commit;               /* CodeCommit */
    struct s3_reader *reader; /* S3 */
    struct s3_info info;
};

struct provider {
    const char *category, *name;
    struct provider_key {
        const char *name;
        bool is_required;
    } keys[PROVIDER_MAX_KEYS];
    uint8_t min_inputs, max_inputs, min_outputs, max_outputs;
    /* Values of the configuration. Fails the call. NULL: nothing more to check. */
    int (*check)(struct call *call, const struct codepipeline_ActionDeclaration *a);
    int (*start)(struct run *run);  /* NULL: it is slow */
    int (*open)(struct work *work); /* in run.call->tx, which only reads */
    int (*fetch)(struct work *work, struct error *err);
};

extern const struct provider provider_codecommit, provider_s3_source, provider_codebuild,
        provider_codebuild_test, provider_approval, provider_codedeploy, provider_s3_deploy;

/* How a deployment stands: *ret is left alone while it is under way. */
MUST_CHECK int deployment_read(struct run *run, str id, struct outcome *ret);

/* NULL: there is none. */
const struct provider *provider_find(const struct codepipeline_ActionTypeId *type);

/* "InvalidActionDeclarationException: Action configuration for action ..." Fails the call. */
MUST_CHECK int configuration_fail(struct call *call, const struct codepipeline_ActionDeclaration *a,
        const char *key, const char *problem);

/* "Insufficient permissions", or what else S3 said of a bucket. */
struct outcome outcome_s3(struct arena *arena, str bucket, const struct call_failure *why);
/* The next object of the work, or NULL: there are too many, and the work has failed. */
struct work_object *work_add(struct work *work, str bucket, str key);
/*
 * All that `read` gives, into a new blob of `object`, under a data key of its own. `max` bytes at
 * most: -EFBIG.
 */
typedef ssize_t work_read_fn(void *arg, int64_t offset, void *ptr, size_t len, struct error *err);
MUST_CHECK int work_take(struct work *work, work_read_fn *read, void *arg, int64_t max,
        struct work_object *object, struct error *err);
