#include "services/codepipeline/provider.h"

#include "base/codec.h"
#include "base/digest.h"
#include "base/random.h"

/*
 * The job of slow actions: provider.h says in which steps. A job that runs again after a
 * crash does all of it again; blobs without an object are collected by the store.
 */

enum {
    TAKE_BYTES = 65536
};

struct work_object *work_add(struct work *work, str bucket, str key)
{
    struct work_object *object;

    if (work->objects.len == WORK_MAX_OBJECTS) {
        work->outcome = outcome_failed("ConfigurationError",
                str_printf(work->run.call->arena, "The artifact has more than %d files",
                        WORK_MAX_OBJECTS));
        return NULL;
    }
    if (work->objects.len == work->objects.size) {
        size_t size = work->objects.size ? work->objects.size * 2 : 4;
        object = arena_array(work->run.call->arena, size, struct work_object);
        if (work->objects.len)
            memcpy(object, work->objects.items, work->objects.len * sizeof(*object));
        work->objects.items = object;
        work->objects.size = size;
    }
    object = &work->objects.items[work->objects.len++];
    object->bucket = bucket;
    object->key = key;
    return object;
}

static int copy(struct blob_writer *writer, struct digest *digest, work_read_fn *read, void *arg,
        int64_t max, int64_t *ret_size, struct error *err)
{
    char *bytes = malloc(TAKE_BYTES);
    ssize_t n = -ENOMEM;
    int r = 0;

    *ret_size = 0;
    while (bytes && r == 0 && (n = read(arg, *ret_size, bytes, TAKE_BYTES, err)) > 0) {
        *ret_size += n;
        digest_add(digest, (str){bytes, (size_t)n});
        r = *ret_size > max ? error_set(err, EFBIG, "the bytes are more than %lld", (long long)max)
                            : blob_write(writer, (str){bytes, (size_t)n}, err);
    }
    free(bytes);
    return r < 0 ? r : (int)n;
}

int work_take(struct work *work, work_read_fn *read, void *arg, int64_t max,
        struct work_object *object, struct error *err)
{
    struct call *call = work->run.call;
    AUTO_DIGEST struct digest digest = {0};
    struct blob_writer *writer;
    struct blob_info info;
    int r;

    random_bytes(object->blob.key.bytes, sizeof(object->blob.key.bytes));
    digest_init(&digest, DIGEST_MD5);
    r = blob_create(call->server->blobs, &object->blob.key, &writer, err);
    if (r < 0)
        return r;
    r = copy(writer, &digest, read, arg, max, &object->blob.size, err);
    if (r < 0) {
        blob_abandon(writer);
        return r;
    }
    r = blob_finish(writer, call->arena, &info, err);
    if (r < 0)
        return r;
    object->blob.blob = info.id;
    object->blob.md5 = hex_encode(call->arena, digest_final(&digest, call->arena));
    return 0;
}

struct outcome outcome_s3(struct arena *arena, str bucket, const struct call_failure *why)
{
    if (str_starts(why->code, STR("AccessDenied")))
        return outcome_failed("PermissionError",
                str_printf(arena,
                        "Insufficient permissions: The service role or action role doesn't have "
                        "the permissions required to access the Amazon S3 bucket named %.*s. "
                        "Update "
                        "the IAM role permissions, and then try again. Error: Amazon "
                        "S3:AccessDenied:%.*s",
                        STR_ARG(bucket), STR_ARG(why->message)));
    return outcome_failed("ConfigurationError",
            str_printf(arena,
                    "The Amazon S3 bucket named %.*s could not be used. Error: Amazon "
                    "S3:%.*s:%.*s",
                    STR_ARG(bucket), STR_ARG(why->code), STR_ARG(why->message)));
}

/* ---- Prepare ----------------------------------------------------------------------------- */

struct opening {
    struct job *job;
    struct work *work;
    bool is_found;
};

/* May run again: what an earlier run opened is closed first. */
static int open_work(struct tx *tx, void *arg)
{
    struct opening *opening = arg;
    struct job *job = opening->job;
    struct server *server = job->context;
    struct work *work = opening->work;
    const struct db_row *row;
    int r = db_one(tx, &row, "select account, region from codepipeline_action where id = $1",
            job->payload);

    s3_close(work->reader);
    *work = (struct work){0};
    opening->is_found = false;
    if (r <= 0)
        return r;
    struct call *call = call_for_job(
            server, job->arena, tx, row_text(row, 0), row_text(row, 1), &codepipeline_service);
    r = run_load(call, job->payload, &work->run);
    if (r <= 0)
        return r;
    opening->is_found = true;
    r = run_assume(&work->run, &work->outcome);
    if (r == 0)
        r = work->run.provider->open(work);
    return r < 0 ? r : 0;
}

int act_prepare(struct job *job, struct error *err)
{
    struct server *server = job->context;
    struct work *work = arena_new(job->arena, struct work);
    struct opening opening = {.job = job, .work = work};
    int r = db_read(server->db, job->arena, open_work, &opening, err);

    if (r == 0 && opening.is_found && !work->outcome.status.ptr) {
        work->run.call->tx = NULL;
        r = work->run.provider->fetch(work, err);
    }
    s3_close(work->reader);
    work->reader = NULL;
    job->prepared = opening.is_found ? work : NULL;
    return r;
}

/* ---- Commit ------------------------------------------------------------------------------ */

static int put_objects(struct work *work, struct run *run, struct outcome *ret)
{
    for (size_t i = 0; i < work->objects.len; i++) {
        struct work_object *object = &work->objects.items[i];
        struct call_failure why;
        struct s3_info info;
        int r = s3_put_blob(
                run->call, &run->role, object->bucket, object->key, &object->blob, &info, &why);
        if (r == CALL_FAILED) {
            *ret = outcome_s3(run->call->arena, object->bucket, &why);
            return 1;
        }
        if (r < 0)
            return r;
    }
    return 0;
}

/* What was put before a refusal stays behind a savepoint: all objects, or none. */
struct putting {
    struct work *work;
    struct run *run;
    struct outcome outcome;
};

static int put_all(struct tx *tx, void *arg)
{
    struct putting *putting = arg;
    int r = put_objects(putting->work, putting->run, &putting->outcome);

    (void)tx;
    return r == 1 ? CALL_FAILED : r;
}

int act_commit(struct job *job, struct tx *tx)
{
    struct server *server = job->context;
    struct work *work = job->prepared;
    struct putting putting = {.work = work};
    struct run run;
    int r;

    if (!work)
        return 0;
    struct call *call = call_for_job(server, job->arena, tx, work->run.call->account,
            work->run.call->region, &codepipeline_service);
    r = run_load(call, job->payload, &run);
    if (r <= 0)
        return r; /* abandoned meanwhile */
    putting.run = &run;
    putting.outcome = work->outcome;
    if (!work->outcome.status.ptr) {
        putting.outcome.status = STR("Succeeded");
        r = run_assume(&run, &putting.outcome);
        if (r == 0)
            r = tx_nested(tx, put_all, &putting);
        if (r < 0 && r != CALL_FAILED)
            return r;
    }
    return run_end_and_advance(&run, &putting.outcome);
}

int act_give_up(struct job *job, struct tx *tx, const struct error *why)
{
    const struct db_row *row;
    struct outcome outcome;
    struct run run;
    int r = db_one(tx, &row, "select account, region from codepipeline_action where id = $1",
            job->payload);

    if (r <= 0)
        return r;
    r = run_load(call_for_job(job->context, job->arena, tx, row_text(row, 0), row_text(row, 1),
                         &codepipeline_service),
            job->payload, &run);
    if (r <= 0)
        return r;
    outcome = outcome_failed("InternalError", str_printf(job->arena, "%s", why->text));
    return run_end_and_advance(&run, &outcome);
}
