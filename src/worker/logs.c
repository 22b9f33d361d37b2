#include "worker/logs.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/thread.h"

#include <sys/mman.h>
#include <zlib.h>

enum {
    RETRY_MS = 500,
    RETRY_MAX_MS = 5000,
    GIVE_UP_MS = 600000,
    BODY_MAX = 4 << 20
};

struct logs {
    const struct job *job;
    struct build_control *control;
    struct aws *aws; /* of the sending thread */
    pthread_t thread;
    bool has_thread;
    int copy;      /* file for S3, or -1 */
    gzFile packed; /* over a duplicate of `copy`, or NULL */
    struct arena line_arena;
    struct buf line; /* begun, not ended */

    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct arena arenas[2]; /* pending events use [filling], those being sent the other */
    int filling;
    struct buf pending; /* JSON events with commas */
    size_t events;
    bool sent_any;
    bool finishing;
    bool has_new_credentials;
    struct arena credentials_arena;
    struct sigv4_credentials credentials;
    char denied[512];
    struct error failure; /* of the last sending that was given up */
    bool failed;
};

/* ---- Sending thread ------------------------------------------------------------------- */

static int call(struct logs *logs, struct arena *arena, str operation, str body, struct error *err)
{
    AUTO_JSON json_t *answer = NULL;

    return aws_call(logs->aws, arena, STR("logs"),
            str_concat(arena, STR("Logs_20140328."), operation), body, &answer, err);
}

static str names(const struct logs *logs, struct arena *arena, bool stream)
{
    struct buf body = buf_make(arena, BODY_MAX);

    buf_char(&body, '{');
    json_write_member(&body, STR("logGroupName"), logs->job->log_group);
    if (stream)
        json_write_member(&body, STR("logStreamName"), logs->job->log_stream);
    buf_char(&body, '}');
    return buf_str(&body);
}

static bool is_code(const struct logs *logs, int r, const char *code)
{
    return r == -EREMOTEIO && strcmp(logs->aws->code, code) == 0;
}

static int make_stream(struct logs *logs, struct arena *arena, struct error *err)
{
    int r = call(logs, arena, STR("CreateLogStream"), names(logs, arena, true), err);

    if (is_code(logs, r, "ResourceNotFoundException")) {
        r = call(logs, arena, STR("CreateLogGroup"), names(logs, arena, false), err);
        if (r == 0 || is_code(logs, r, "ResourceAlreadyExistsException"))
            r = call(logs, arena, STR("CreateLogStream"), names(logs, arena, true), err);
    }
    return is_code(logs, r, "ResourceAlreadyExistsException") ? 0 : r;
}

static int put(struct logs *logs, struct arena *arena, str events, struct error *err)
{
    struct buf body = buf_make(arena, BODY_MAX);
    int r;

    buf_char(&body, '{');
    json_write_member(&body, STR("logGroupName"), logs->job->log_group);
    json_write_member(&body, STR("logStreamName"), logs->job->log_stream);
    json_write_key(&body, STR("logEvents"));
    buf_char(&body, '[');
    buf_add(&body, events);
    buf_add(&body, STR("]}"));
    r = call(logs, arena, STR("PutLogEvents"), buf_str(&body), err);
    if (!is_code(logs, r, "ResourceNotFoundException"))
        return r;
    r = make_stream(logs, arena, err);
    return r < 0 ? r : call(logs, arena, STR("PutLogEvents"), buf_str(&body), err);
}

static void take_credentials(struct logs *logs)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&logs->mutex);

    if (logs->has_new_credentials)
        aws_set_credentials(logs->aws, &logs->credentials);
    logs->has_new_credentials = false;
}

/* Until it is accepted, refused for good, or nobody wants it any more. */
static void send_events(struct logs *logs, str events)
{
    AUTO_ARENA struct arena scratch = {0};
    struct error err = {{0}};
    int64_t wait = RETRY_MS, since = clock_monotonic_us();
    int r;

    for (;;) {
        take_credentials(logs);
        arena_reset(&scratch);
        r = put(logs, &scratch, events, &err);
        if (r == 0 || atomic_load(&logs->control->wanted) == BUILD_FAULT)
            return;
        if (r == -EREMOTEIO || clock_monotonic_us() - since > (int64_t)GIVE_UP_MS * 1000)
            break;
        clock_sleep(wait);
        wait = wait * 2 < RETRY_MAX_MS ? wait * 2 : RETRY_MAX_MS;
    }
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&logs->mutex);
    logs->failed = true;
    logs->failure = err;
    if (r == -EREMOTEIO && str_starts(str_of(logs->aws->code), STR("AccessDenied"))) {
        (void)snprintf(logs->denied, sizeof(logs->denied), "%s", err.text);
        build_stop(logs->control, BUILD_FAILED);
    }
}

/* Takes what is pending, when it is time; false at the end. */
static bool next_batch(struct logs *logs, str *ret, int *ret_arena)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&logs->mutex);

    while (logs->pending.len == 0 && !logs->finishing)
        (void)cond_wait(&logs->changed, &logs->mutex, -1);
    if (logs->pending.len == 0)
        return false;
    int64_t until = clock_monotonic_us() + (int64_t)LOGS_GATHER_MS * 1000;
    while (logs->sent_any && !logs->finishing && logs->pending.len < LOGS_SEND_BYTES) {
        int64_t left = (until - clock_monotonic_us()) / 1000;
        if (left <= 0 || !cond_wait(&logs->changed, &logs->mutex, left))
            break;
    }
    logs->sent_any = true;
    *ret = buf_str(&logs->pending);
    *ret_arena = logs->filling;
    logs->filling = !logs->filling;
    logs->pending = buf_make(&logs->arenas[logs->filling], BODY_MAX);
    logs->events = 0;
    (void)pthread_cond_broadcast(&logs->changed);
    return true;
}

static void *run(void *arg)
{
    struct logs *logs = arg;
    str events;
    int arena;

    while (next_batch(logs, &events, &arena)) {
        if (!logs->failed)
            send_events(logs, events);
        arena_reset(&logs->arenas[arena]);
    }
    return NULL;
}

/* ---- The build's thread ------------------------------------------------------------------ */

static int open_copy(struct logs *logs, struct error *err)
{
    logs->copy = memfd_create("log", MFD_CLOEXEC);
    if (logs->copy < 0)
        return error_set(err, errno, "could not make a file for the log: %m");
    if (str_ends(logs->job->log_key, STR(".gz")))
        logs->packed = gzdopen(dup(logs->copy), "wb");
    return 0;
}

int logs_open(const struct job *job, const struct aws_options *aws, struct build_control *control,
        struct logs **ret, struct error *err)
{
    struct logs *logs = mem_new(struct logs);
    int r;

    logs->job = job;
    logs->control = control;
    logs->copy = -1;
    logs->line = buf_make(&logs->line_arena, LOGS_MAX_LINE);
    logs->pending = buf_make(&logs->arenas[0], BODY_MAX);
    (void)pthread_mutex_init(&logs->mutex, NULL);
    cond_init(&logs->changed);
    r = aws_open(aws, &logs->aws, err);
    if (r == 0 && job->log_bucket.len && job->log_key.len)
        r = open_copy(logs, err);
    if (r < 0) {
        logs_free(logs);
        return r;
    }
    if (job->log_group.len && job->log_stream.len) {
        logs->thread = thread_start("logs", run, logs);
        logs->has_thread = true;
    }
    *ret = logs;
    return 0;
}

static void add_event(struct logs *logs, str line)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&logs->mutex);

    while ((logs->pending.len + line.len > LOGS_MAX_PENDING || logs->events >= LOGS_MAX_EVENTS) &&
            logs->events > 0 && !logs->failed)
        (void)cond_wait(&logs->changed, &logs->mutex, -1);
    if (logs->failed)
        return;
    buf_add(&logs->pending, logs->events ? STR(",{") : STR("{"));
    json_write_member_int(&logs->pending, STR("timestamp"), clock_now());
    json_write_member(&logs->pending, STR("message"), line);
    buf_char(&logs->pending, '}');
    logs->events++;
    (void)pthread_cond_broadcast(&logs->changed);
}

static void end_line(struct logs *logs)
{
    if (logs->line.len == 0)
        return;
    add_event(logs, buf_str(&logs->line));
    buf_clear(&logs->line);
}

static void keep_copy(struct logs *logs, str bytes)
{
    if (logs->packed)
        (void)gzwrite(logs->packed, bytes.ptr, (unsigned)bytes.len);
    else if (logs->copy >= 0)
        (void)!fd_write_all(logs->copy, bytes, NULL);
}

void logs_add(struct logs *logs, str bytes)
{
    keep_copy(logs, bytes);
    while (logs->has_thread && bytes.len > 0) {
        ptrdiff_t newline = str_find_char(bytes, '\n');
        str piece = str_head(bytes, newline < 0 ? bytes.len : (size_t)newline + 1);
        size_t room = LOGS_MAX_LINE - logs->line.len;
        piece = str_head(piece, room);
        buf_add(&logs->line, piece);
        bytes = str_skip(bytes, piece.len);
        if (str_ends(piece, STR("\n")) || logs->line.len == LOGS_MAX_LINE)
            end_line(logs);
    }
}

void logs_set_credentials(struct logs *logs, const struct sigv4_credentials *credentials)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&logs->mutex);

    arena_free(&logs->credentials_arena);
    logs->credentials =
            (struct sigv4_credentials){str_dup(&logs->credentials_arena, credentials->access_key),
                    str_dup(&logs->credentials_arena, credentials->secret),
                    str_dup(&logs->credentials_arena, credentials->token)};
    logs->has_new_credentials = true;
}

static void join(struct logs *logs)
{
    if (!logs->has_thread)
        return;
    end_line(logs);
    (void)mutex_lock(&logs->mutex);
    logs->finishing = true;
    (void)pthread_cond_broadcast(&logs->changed);
    (void)pthread_mutex_unlock(&logs->mutex);
    (void)pthread_join(logs->thread, NULL);
    logs->has_thread = false;
}

static int store_copy(struct logs *logs, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};

    if (logs->copy < 0)
        return 0;
    if (logs->packed && gzclose(logs->packed) != Z_OK)
        return error_set(err, EIO, "could not pack the log");
    logs->packed = NULL;
    if (lseek(logs->copy, 0, SEEK_SET) < 0)
        return error_set(err, errno, "could not read the log again: %m");
    take_credentials(logs);
    return aws_s3_put_file(logs->aws, &scratch,
            &(struct aws_object){.bucket = logs->job->log_bucket,
                    .key = logs->job->log_key,
                    .kms_key = logs->job->log_kms_key,
                    .content_type = str_ends(logs->job->log_key, STR(".gz"))
                                            ? STR("application/x-gzip")
                                            : STR("text/plain")},
            logs->copy, err);
}

int logs_finish(struct logs *logs, struct error *err)
{
    join(logs);
    int r = store_copy(logs, err);

    if (r == 0 && logs->failed)
        r = error_set(err, EIO, "%s", logs->failure.text);
    return r;
}

const char *logs_denied(const struct logs *logs)
{
    return logs->denied[0] ? logs->denied : NULL;
}

void logs_free(struct logs *logs)
{
    if (!logs)
        return;
    join(logs);
    if (logs->packed)
        (void)gzclose(logs->packed);
    if (logs->copy >= 0)
        (void)close(logs->copy);
    aws_close(logs->aws);
    arena_free(&logs->arenas[0]);
    arena_free(&logs->arenas[1]);
    arena_free(&logs->line_arena);
    arena_free(&logs->credentials_arena);
    (void)pthread_mutex_destroy(&logs->mutex);
    (void)pthread_cond_destroy(&logs->changed);
    free(logs);
}
