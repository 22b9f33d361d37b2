#include "worker/worker.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/options.h"
#include "base/random.h"
#include "base/thread.h"
#include "sandbox/sandbox.h"
#include "worker/client.h"
#include "worker/lease.h"
#include "worker/workspace.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>

enum {
    MAX_CAPACITY = 256,
    POLL_WAIT_S = 20,
    RETRY_MS = 200,
    RETRY_MAX_MS = 3000,
    DRAIN_POLL_MS = 200,
    EXIT_USAGE = 2,
    CREDENTIALS_MAX = 64 << 10,
    SECRET_MAX = 128,
};

struct worker {
    struct arena arena;
    struct lease_options lease;
    const char *hide[2];
    str name;
    str secret; /* absent: none */
    int capacity;
    bool owns_work_dir;

    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct lease *running[MAX_CAPACITY]; /* NULL: a free slot */
    int running_len;
    bool is_stopping;
};

struct slot {
    struct worker *worker;
    struct lease *lease;
    int at;
};

/* ---- Builds ------------------------------------------------------------------------------ */

static void *run_slot(void *arg)
{
    struct slot *slot = arg;
    struct worker *worker = slot->worker;

    lease_run(slot->lease);
    (void)mutex_lock(&worker->mutex);
    worker->running[slot->at] = NULL;
    worker->running_len--;
    (void)pthread_cond_broadcast(&worker->changed);
    (void)pthread_mutex_unlock(&worker->mutex);
    lease_free(slot->lease);
    free(slot);
    return NULL;
}

static void start_slot(struct worker *worker, struct lease *lease)
{
    struct slot *slot = mem_new(struct slot);
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&worker->mutex);

    while (worker->running[slot->at])
        slot->at++;
    slot->worker = worker;
    slot->lease = lease;
    worker->running[slot->at] = lease;
    worker->running_len++;
    if (worker->is_stopping)
        lease_abandon(lease);
    (void)pthread_detach(thread_start("build", run_slot, slot));
}

/* Waits for a free slot. False: the worker ends. */
static bool wait_for_slot(struct worker *worker)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&worker->mutex);

    while (!worker->is_stopping && worker->running_len == worker->capacity)
        (void)cond_wait(&worker->changed, &worker->mutex, -1);
    return !worker->is_stopping;
}

/* One poll. 0, or negative: wait a little and ask again with the same token. */
static int poll_once(struct worker *worker, struct aws *aws, const struct client_poll *poll)
{
    AUTO_ARENA struct arena scratch = {0};
    AUTO_JSON json_t *answer = NULL;
    const json_t *job = NULL;
    struct lease *lease = NULL;
    struct error err = {{0}};
    int r = client_poll(aws, &scratch, poll, &answer, &job, &err);

    if (r < 0) {
        log_warn("poll-failed", F("error", err.text));
        return r;
    }
    if (!job)
        return 0;
    r = lease_new(&worker->lease, job, &lease, &err);
    if (r < 0) { /* it comes again when its lease is over */
        log_error("bad-job", F("error", err.text));
        return 0;
    }
    log_info("build-started", F("build", lease_build(lease)));
    start_slot(worker, lease);
    return 0;
}

static void *run_poller(void *arg)
{
    struct worker *worker = arg;
    AUTO_ARENA struct arena scratch = {0};
    struct aws_options options = worker->lease.aws;
    struct aws *aws = NULL;
    struct error err = {{0}};
    int64_t wait = RETRY_MS;
    struct client_poll poll = {.worker_id = worker->name,
            .secret = worker->secret,
            .is_starting = worker->secret.ptr,
            .token = random_uuid(&scratch),
            .wait_s = POLL_WAIT_S};

    options.tries = 1;
    if (aws_open(&options, &aws, &err) < 0) {
        log_error("worker-failed", F("error", err.text));
        (void)kill(getpid(), SIGTERM);
        return NULL;
    }
    while (wait_for_slot(worker)) {
        if (poll_once(worker, aws, &poll) < 0) {
            clock_sleep(wait);
            wait = wait * 2 < RETRY_MAX_MS ? wait * 2 : RETRY_MAX_MS;
            continue;
        }
        wait = RETRY_MS;
        arena_reset(&scratch);
        poll.is_starting = false;
        poll.token = random_uuid(&scratch);
    }
    aws_close(aws);
    return NULL;
}

/* ---- Start and end -------------------------------------------------------------------------- */

/* Directories build-XXXXXX of a worker that was killed. Only in a directory that is the worker's
 * own. */
static void sweep(const char *work_dir)
{
    AUTO_ARENA struct arena scratch = {0};
    DIR *dir = opendir(work_dir);
    struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        if (str_starts(str_of(entry->d_name), STR("build-")))
            workspace_close(&(struct workspace){
                    .root = str_cstr(
                            &scratch, str_printf(&scratch, "%s/%s", work_dir, entry->d_name))});
    if (dir)
        (void)closedir(dir);
}

/* As root the sandbox's user has to get to its directories. */
static int check_reachable(const char *work_dir, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *real = realpath(work_dir, NULL);
    struct stat st;
    int r = 0;

    if (!real)
        return error_set(err, errno, "could not use \"%s\": %m", work_dir);
    for (size_t i = 1; r == 0 && geteuid() == 0 && i <= strlen(real); i++) {
        if (real[i] != '/' && real[i] != '\0')
            continue;
        const char *part = str_cstr(&scratch, (str){real, i});
        if (stat(part, &st) == 0 && !(st.st_mode & S_IXOTH))
            r = error_set(err, EACCES,
                    "builds run as user %d, who cannot enter \"%s\": choose another --work",
                    SANDBOX_HOST_UID, part);
    }
    free(real);
    return r;
}

static int open_work_dir(struct worker *worker, const char *given, struct error *err)
{
    const char *tmp = getenv("TMPDIR");
    char *made;
    int r;

    if (given) {
        worker->lease.work_dir = given;
        r = fs_make_dirs(given, 0711, err);
        if (r == 0)
            r = check_reachable(given, err);
        if (r == 0)
            sweep(given);
        return r;
    }
    made = str_cstr(&worker->arena,
            str_printf(&worker->arena, "%s/slipway-worker-XXXXXX", tmp ? tmp : "/var/tmp"));
    r = fs_temp_dir(made, err);
    if (r < 0)
        return r;
    worker->lease.work_dir = made;
    worker->owns_work_dir = true;
    if (chmod(made, 0711) < 0)
        return error_set(err, errno, "could not open up \"%s\": %m", made);
    return check_reachable(made, err);
}

static str variable(const char *name)
{
    return str_of(getenv(name));
}

static str first(str a, str b)
{
    return a.len ? a : b;
}

/* The first profile of a file in AWS's shared-credentials format. */
static int read_credentials(struct worker *worker, const char *path, struct error *err)
{
    struct sigv4_credentials *c = &worker->lease.aws.credentials;
    str text, line, name;
    int r = fs_read(&worker->arena, path, CREDENTIALS_MAX, &text, err);

    if (r < 0)
        return r;
    while (str_next(&text, '\n', &line)) {
        if (str_starts(str_trim(line), STR("[")) && c->secret.len)
            break;
        if (!str_cut(&line, '=', &name))
            continue;
        name = str_trim(name);
        if (str_eq(name, STR("aws_access_key_id")))
            c->access_key = str_trim(line);
        else if (str_eq(name, STR("aws_secret_access_key")))
            c->secret = str_trim(line);
        else if (str_eq(name, STR("aws_session_token")))
            c->token = str_trim(line);
    }
    if (!c->access_key.len || !c->secret.len)
        return error_set(err, EINVAL, "\"%s\" has no access key", path);
    return 0;
}

static int set_credentials(struct worker *worker, const char *file, struct error *err)
{
    struct sigv4_credentials *c = &worker->lease.aws.credentials;

    if (file)
        return read_credentials(worker, file, err);
    *c = (struct sigv4_credentials){.access_key = variable("AWS_ACCESS_KEY_ID"),
            .secret = variable("AWS_SECRET_ACCESS_KEY"),
            .token = variable("AWS_SESSION_TOKEN")};
    if (!c->access_key.len || !c->secret.len)
        return error_set(err, EINVAL,
                "no credentials: --credentials FILE, or AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY");
    return 0;
}

/* The worker's secret, made by its first start. */
static int open_secret(struct worker *worker, const char *path, struct error *err)
{
    str text = {0};
    int r = path ? fs_read(&worker->arena, path, SECRET_MAX, &text, err) : 0;

    if (r == -ENOENT) {
        text = random_uuid(&worker->arena);
        r = fs_write_atomic(path, text, 0600, err);
    }
    if (r < 0)
        return r;
    worker->secret = str_trim(text);
    return path && !worker->secret.len ? error_set(err, EINVAL, "\"%s\" is empty", path) : 0;
}

static int set_aws(struct worker *worker, str endpoint, str ca_file, str region, struct error *err)
{
    struct aws_options *aws = &worker->lease.aws;

    aws->endpoint = endpoint;
    aws->ca_file = first(ca_file, variable("AWS_CA_BUNDLE"));
    aws->region = first(first(region, variable("AWS_REGION")),
            first(variable("AWS_DEFAULT_REGION"), STR("us-east-1")));
    if (!aws->ca_file.len)
        aws->ca_file = (str){0};
    return endpoint.len ? 0 : error_set(err, EINVAL, "--endpoint is required");
}

static int set_capacity(struct worker *worker, const char *given, struct error *err)
{
    int64_t capacity = sysconf(_SC_NPROCESSORS_ONLN);

    if (given &&
            (str_to_i64(str_of(given), &capacity) < 0 || capacity < 1 || capacity > MAX_CAPACITY))
        return error_set(err, EINVAL, "--capacity wants a number from 1 to %d", MAX_CAPACITY);
    worker->capacity = capacity < 1 ? 1 : capacity > MAX_CAPACITY ? MAX_CAPACITY : (int)capacity;
    return 0;
}

static int read_arguments(struct worker *worker, int argc, char **argv, struct error *err)
{
    const char *endpoint = NULL, *capacity = NULL, *work = NULL, *name = NULL, *ca = NULL,
               *region = NULL, *credentials = NULL, *secret = NULL;
    const struct option_spec options[] = {{"endpoint", &endpoint, NULL},
            {"capacity", &capacity, NULL}, {"work", &work, NULL}, {"name", &name, NULL},
            {"ca", &ca, NULL}, {"credentials", &credentials, NULL}, {"region", &region, NULL},
            {"hide", &worker->hide[0], NULL}, {"secret", &secret, NULL}};
    struct option_words words = {0};
    char host[65] = "";
    int r = options_parse(
            argc - 1, argv + 1, options, sizeof(options) / sizeof(*options), &words, err);

    if (r < 0 || (r = set_aws(worker, str_of(endpoint), str_of(ca), str_of(region), err)) < 0 ||
            (r = set_credentials(worker, credentials, err)) < 0 ||
            (r = set_capacity(worker, capacity, err)) < 0 ||
            (r = open_secret(worker, secret, err)) < 0)
        return r;
    (void)gethostname(host, sizeof(host) - 1);
    worker->name = name ? str_of(name) : str_printf(&worker->arena, "%s:%d", host, (int)getpid());
    worker->lease.hide = worker->hide;
    return open_work_dir(worker, work, err);
}

static int count_running(struct worker *worker)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&worker->mutex);

    worker->is_stopping = true;
    (void)pthread_cond_broadcast(&worker->changed);
    return worker->running_len;
}

/* No new builds, and the running ones to their end; or until a signal says at once. */
static void drain(struct worker *worker, const sigset_t *ends)
{
    const struct timespec moment = {.tv_nsec = DRAIN_POLL_MS * 1000000L};

    while (count_running(worker) > 0)
        if (sigtimedwait(ends, NULL, &moment) > 0)
            return;
}

static void stop(struct worker *worker)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&worker->mutex);

    worker->is_stopping = true;
    (void)pthread_cond_broadcast(&worker->changed);
    for (int i = 0; i < MAX_CAPACITY; i++)
        if (worker->running[i])
            lease_abandon(worker->running[i]);
    while (worker->running_len > 0)
        (void)cond_wait(&worker->changed, &worker->mutex, -1);
}

static void run(struct worker *worker)
{
    sigset_t ends;
    int signal_number = SIGTERM;

    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGTERM);
    (void)sigaddset(&ends, SIGINT);
    (void)sigaddset(&ends, SIGQUIT);
    (void)pthread_sigmask(SIG_BLOCK, &ends, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)pthread_mutex_init(&worker->mutex, NULL);
    cond_init(&worker->changed);
    /* Not joined: it may wait for an answer for long, and dies with the process. */
    (void)pthread_detach(thread_start("poll", run_poller, worker));
    log_info("worker-ready", F("endpoint", worker->lease.aws.endpoint),
            F("capacity", worker->capacity));
    while (sigwait(&ends, &signal_number) != 0)
        continue;
    if (signal_number == SIGQUIT)
        drain(worker, &ends);
    stop(worker);
}

int worker_main(int argc, char **argv)
{
    struct worker *worker = mem_new(struct worker); /* outlived by threads: never freed */
    struct error err = {{0}};

    if (read_arguments(worker, argc, argv, &err) < 0) {
        (void)fprintf(stderr, "slipway worker: %s\n", err.text);
        if (worker->owns_work_dir)
            (void)rmdir(worker->lease.work_dir);
        free(worker); /* no thread yet */
        return EXIT_USAGE;
    }
    run(worker);
    if (worker->owns_work_dir)
        (void)!fs_remove_tree(worker->lease.work_dir, NULL);
    (void)fflush(NULL); /* _exit() does not */
    _exit(0);           /* the poller may be inside TLS: exit handlers would tear that down */
}
