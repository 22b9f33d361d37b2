#include "worker/lease.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/thread.h"
#include "worker/client.h"
#include "worker/engine.h"
#include "worker/logs.h"
#include "worker/source.h"
#include "worker/secret_values.h"

enum {
    HEARTBEAT_WAIT_MAX_S = 20,
    RETRY_MS = 200,
    RETRY_MAX_MS = 5000
};

/*
 * Shared by the build's thread and the heartbeat's, which may still wait for an answer
 * when the build is over: the last one frees it.
 */
struct lease {
    _Atomic int refs;
    _Atomic bool is_over;      /* the build's thread is done with it */
    _Atomic bool is_finishing; /* the build has ended; its end is being reported */
    _Atomic bool is_abandoned; /* the worker ends */
    struct arena arena;
    const struct lease_options *options;
    struct job job;
    struct build_control control;
    struct aws *worker; /* the build thread's client, as the worker */
    struct aws *role;   /* the build thread's client, as the service role */
    struct logs *logs;
    struct uploaded uploaded[BUILD_MAX_ARTIFACTS];
    size_t uploaded_len;
    size_t artifact_at[BUILD_MAX_ARTIFACTS]; /* build_options.artifacts -> job.artifacts */

    pthread_mutex_t mutex; /* of what the heartbeat brings */
    struct arena credentials_arena;
    struct sigv4_credentials credentials;
    bool has_new_credentials;
};

static void unref(struct lease *lease)
{
    if (atomic_fetch_sub(&lease->refs, 1) > 1)
        return;
    build_control_done(&lease->control);
    (void)pthread_mutex_destroy(&lease->mutex);
    arena_free(&lease->credentials_arena);
    arena_free(&lease->arena);
    free(lease);
}

str lease_build(const struct lease *lease)
{
    return lease->job.id;
}

void lease_free(struct lease *lease)
{
    if (lease)
        unref(lease);
}

void lease_abandon(struct lease *lease)
{
    atomic_store(&lease->is_abandoned, true);
    build_stop(&lease->control, BUILD_FAULT);
}

int lease_new(const struct lease_options *options, const json_t *job, struct lease **ret,
        struct error *err)
{
    struct lease *lease = mem_new(struct lease);
    int r;

    atomic_store(&lease->refs, 1);
    lease->options = options;
    (void)pthread_mutex_init(&lease->mutex, NULL);
    r = build_control_init(&lease->control, err);
    if (r == 0)
        r = job_parse(&lease->arena, job, &lease->job, err);
    if (r < 0) {
        unref(lease);
        return r;
    }
    *ret = lease;
    return 0;
}

/* ---- Heartbeat thread ------------------------------------------------------------------ */

static void keep_credentials(struct lease *lease, const struct sigv4_credentials *credentials)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&lease->mutex);

    arena_free(&lease->credentials_arena);
    lease->credentials =
            (struct sigv4_credentials){str_dup(&lease->credentials_arena, credentials->access_key),
                    str_dup(&lease->credentials_arena, credentials->secret),
                    str_dup(&lease->credentials_arena, credentials->token)};
    lease->has_new_credentials = true;
}

/* One call; false when the lease is over. */
static bool beat(struct lease *lease, struct aws *aws, int64_t *until)
{
    AUTO_ARENA struct arena scratch = {0};
    struct client_heartbeat answer = {0};
    struct error err = {{0}};
    int64_t asked = clock_monotonic_us();
    int64_t wait_s = (*until - asked) / 3000000;
    int r;

    if (wait_s > HEARTBEAT_WAIT_MAX_S)
        wait_s = HEARTBEAT_WAIT_MAX_S;
    if (atomic_load(&lease->control.wanted) ==
            BUILD_STOPPED) /* told already: wait no more than needed */
        clock_sleep(RETRY_MS);
    r = client_heartbeat(aws, &scratch, &lease->job, wait_s > 0 ? (int)wait_s : 0, &answer, &err);
    if (r == 0) {
        *until = asked + answer.lease_ms * 1000;
        if (answer.stop)
            build_stop(&lease->control, BUILD_STOPPED);
        if (answer.has_credentials)
            keep_credentials(lease, &answer.credentials);
        return true;
    }
    if (client_lease_is_lost(aws, r))
        return false;
    if (clock_monotonic_us() > *until && !atomic_load(&lease->is_finishing))
        return false; /* somebody else may have the build by now */
    clock_sleep(RETRY_MS);
    return true;
}

static void *run_heartbeat(void *arg)
{
    struct lease *lease = arg;
    struct aws_options options = lease->options->aws;
    int64_t until = clock_monotonic_us() + lease->job.lease_ms * 1000;
    struct aws *aws = NULL;

    options.tries = 1;
    if (aws_open(&options, &aws, NULL) < 0) {
        build_stop(&lease->control, BUILD_FAULT);
    } else {
        while (!atomic_load(&lease->is_over))
            if (!beat(lease, aws, &until)) {
                build_stop(&lease->control, BUILD_FAULT);
                break;
            }
        aws_close(aws);
    }
    unref(lease);
    return NULL;
}

/* ---- What the engine asks of us ----------------------------------------------------------- */

static void take_credentials(struct lease *lease)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&lease->mutex);

    if (!lease->has_new_credentials)
        return;
    lease->job.credentials =
            (struct sigv4_credentials){str_dup(&lease->arena, lease->credentials.access_key),
                    str_dup(&lease->arena, lease->credentials.secret),
                    str_dup(&lease->arena, lease->credentials.token)};
    lease->has_new_credentials = false;
    aws_set_credentials(lease->role, &lease->job.credentials);
    logs_set_credentials(lease->logs, &lease->job.credentials);
}

static void add_log(void *arg, str bytes)
{
    struct lease *lease = arg;

    logs_add(lease->logs, bytes);
}

/* A report that fails is made up for by the next one, and by FinishBuild. */
static void report_phase(void *arg, const struct build_result *so_far)
{
    struct lease *lease = arg;
    AUTO_ARENA struct arena scratch = {0};
    struct error err = {{0}};
    bool stop = false;

    take_credentials(lease);
    if (so_far->phases[so_far->phases_len - 1].end) /* the next one, or the end, comes at once */
        return;
    int r = client_update(lease->worker, &scratch, &lease->job, so_far, &stop, &err);
    if (client_lease_is_lost(lease->worker, r))
        build_stop(&lease->control, BUILD_FAULT);
    else if (r == 0 && stop)
        build_stop(&lease->control, BUILD_STOPPED);
}

static int download(void *arg, size_t i, const char *dir, str *ret_version, struct error *err)
{
    struct lease *lease = arg;
    struct source_context context = {.arena = &lease->arena,
            .aws = lease->role,
            .credentials = &lease->job.credentials,
            .region = lease->job.region,
            .ca_file = lease->options->aws.ca_file,
            .control = &lease->control};

    return source_download(&context, &lease->job.sources[i], dir, ret_version, err);
}

static int resolve(void *arg, struct arena *arena, const struct buildspec_pair *variable, str *ret,
        struct error *err)
{
    struct lease *lease = arg;

    return secret_value_ask(lease->role, arena, variable, ret, err);
}

static int upload(
        void *arg, size_t i, str name, const struct artifact_files *files, struct error *err)
{
    struct lease *lease = arg;
    const struct job_artifact *artifact = &lease->job.artifacts[lease->artifact_at[i]];
    int r = upload_artifact(&lease->arena, lease->role, &lease->job, artifact, name, files,
            lease->options->work_dir, &lease->uploaded[lease->uploaded_len], err);

    if (r == 0)
        lease->uploaded_len++;
    return r;
}

/* ---- The build ------------------------------------------------------------------------------ */

/* So that an aws CLI or SDK in a command is the service role at this server. */
static struct buildspec_pairs extra_variables(struct lease *lease)
{
    const struct sigv4_credentials *c = &lease->job.credentials;
    struct buildspec_pair *items = arena_array(&lease->arena, 4, struct buildspec_pair);

    items[0] = (struct buildspec_pair){
            .name = STR("AWS_ENDPOINT_URL"), .value = lease->options->aws.endpoint};
    items[1] = (struct buildspec_pair){.name = STR("AWS_ACCESS_KEY_ID"), .value = c->access_key};
    items[2] = (struct buildspec_pair){.name = STR("AWS_SECRET_ACCESS_KEY"), .value = c->secret};
    items[3] = (struct buildspec_pair){.name = STR("AWS_SESSION_TOKEN"), .value = c->token};
    return (struct buildspec_pairs){items, c->token.len ? 4 : 3};
}

static struct build_options make_options(struct lease *lease)
{
    const struct job *job = &lease->job;
    struct build_options options = {.arn = job->arn,
            .id = job->id,
            .project = job->project,
            .image = job->image,
            .initiator = job->initiator,
            .kms_key = job->kms_key,
            .log_path = job->log_path,
            .region = job->region,
            .account = job->account,
            .number = job->number,
            .start_time = job->start_time,
            .variables = job->variables,
            .extra = extra_variables(lease),
            .ca_file = lease->options->aws.ca_file,
            .buildspec = job->buildspec,
            .work_dir = lease->options->work_dir,
            .hide = lease->options->hide,
            .timeout_ms = job->timeout_ms,
            .control = &lease->control,
            .owner = {.arg = lease,
                    .log = add_log,
                    .phase = report_phase,
                    .download = download,
                    .resolve = resolve,
                    .upload = upload}};

    if (job->sources_len > 0) {
        options.source_location = job->sources[0].location;
        options.source_version = job->sources[0].version;
    }
    for (size_t i = 0; i < job->sources_len; i++)
        options.sources[options.sources_len++] = job->sources[i].identifier;
    if (job->sources_len == 1 && job->sources[0].type == SOURCE_NONE)
        options.sources_len = 0;
    for (size_t i = 0; i < job->artifacts_len; i++)
        if (job->artifacts[i].type != ARTIFACT_NONE) {
            lease->artifact_at[options.artifacts_len] = i;
            options.artifacts[options.artifacts_len++] = job->artifacts[i].identifier;
        }
    return options;
}

/* The phase in which the build was ended for want of permission to write its log gets the reason.
 */
static void explain_denial(struct lease *lease, struct build_result *result)
{
    const char *denied = logs_denied(lease->logs);

    for (size_t i = 0; denied && i < result->phases_len; i++)
        if (result->phases[i].status == BUILD_FAILED && !result->phases[i].code.len) {
            result->phases[i].code = STR("ACCESS_DENIED");
            result->phases[i].message = str_dup(&lease->arena, str_of(denied));
            return;
        }
}

/* Until the server has answered, however long it is away; the token keeps it from counting twice.
 */
static void finish(struct lease *lease, const struct build_result *result)
{
    int64_t wait = RETRY_MS;

    if (result->status == BUILD_FAULT) /* given up: the server hands it out again */
        return;
    while (!atomic_load(&lease->is_abandoned)) {
        AUTO_ARENA struct arena scratch = {0};
        struct error err = {{0}};
        int r = client_finish(lease->worker, &scratch, &lease->job, result, lease->uploaded,
                lease->uploaded_len, &err);
        if (r == 0)
            return;
        log_warn("build-not-finished", F("build", lease->job.id), F("error", err.text));
        if (r == -EREMOTEIO && lease->worker->status < 500)
            return; /* the lease is lost, or the server will never take it */
        clock_sleep(wait);
        wait = wait * 2 < RETRY_MAX_MS ? wait * 2 : RETRY_MAX_MS;
    }
}

static int open_clients(struct lease *lease, struct error *err)
{
    struct aws_options role = lease->options->aws;
    int r;

    role.credentials = lease->job.credentials;
    role.region = lease->job.region;
    if ((r = aws_open(&lease->options->aws, &lease->worker, err)) < 0 ||
            (r = aws_open(&role, &lease->role, err)) < 0)
        return r;
    return logs_open(&lease->job, &role, &lease->control, &lease->logs, err);
}

static void run_build(struct lease *lease)
{
    struct build_options options = make_options(lease);
    struct build_result result = {0};
    struct error err = {{0}};

    build_run(&lease->arena, &options, &result);
    atomic_store(&lease->is_finishing, true);
    if (logs_finish(lease->logs, &err) < 0)
        log_warn("build-log-incomplete", F("build", lease->job.id), F("error", err.text));
    explain_denial(lease, &result);
    finish(lease, &result);
    log_info("build-ended", F("build", lease->job.id),
            F("status", build_status_name(result.status)));
}

void lease_run(struct lease *lease)
{
    struct error err = {{0}};

    atomic_fetch_add(&lease->refs, 1);
    (void)pthread_detach(thread_start("heartbeat", run_heartbeat, lease));
    if (open_clients(lease, &err) < 0)
        log_error("build-not-started", F("build", lease->job.id), F("error", err.text));
    else
        run_build(lease);
    atomic_store(&lease->is_over, true);
    logs_free(lease->logs);
    aws_close(lease->role);
    aws_close(lease->worker);
}
