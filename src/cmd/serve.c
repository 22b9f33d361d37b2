/*
 * serve - `slipway serve`: one server, from its arguments to its graceful end
 *
 *     parse arguments            exit code 2 and one line if they are wrong
 *     lock the data directory
 *     master key, database, migrations, blobs, queue, certificate
 *     first account and DIR/credentials, if there is none
 *     listen; services; jobs; the embedded worker (a child process)
 *     "slipway … is ready at URL" on standard output
 *     SIGTERM, SIGINT: no new requests, finish what is under way, stop; exit code 0
 */
#include "cmd/cmd.h"

#include "api/api.h"
#include "api/audit.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/random.h"
#include "cmd/config.h"
#include "cmd/embedded.h"
#include "cmd/upkeep.h"
#include "net/tls.h"
#include "services/iam/iam.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum {
    STOP_GRACE_MS = 10000,
    MAX_JOB_KINDS = 64,
    NAME_LEN = 36, /* a UUID */
};

/* One running server and what main() must undo. Members are set in order and undone backwards. */
struct serving {
    struct arena *arena;
    struct config config;
    struct server server;
    const struct job_kind *kinds[MAX_JOB_KINDS + 1];
    size_t kinds_len;
    size_t started; /* services whose start() ran */
    int lock;
    str name; /* nobody else's */
    struct embedded worker;
};

/* The lock holds the server's name, by which it knows again what it had begun before a crash. */
static int read_name(struct serving *serving, struct error *err)
{
    char name[NAME_LEN];
    ssize_t len = fd_read_full(serving->lock, name, NAME_LEN, err);

    if (len < 0)
        return (int)len;
    if (len == NAME_LEN) {
        serving->name = str_dup(serving->arena, (str){name, NAME_LEN});
        return 0;
    }
    serving->name = random_uuid(serving->arena);
    if (ftruncate(serving->lock, 0) < 0 || lseek(serving->lock, 0, SEEK_SET) < 0)
        return error_set(err, errno, "could not write the lock: %m");
    return fd_write_all(serving->lock, serving->name, err);
}

static int lock_data_dir(struct serving *serving, struct error *err)
{
    const char *dir = serving->config.data_dir;
    int r = fs_make_dirs(dir, 0700, err);

    if (r < 0)
        return r;
    if (access(dir, R_OK | W_OK | X_OK) < 0)
        return error_set(err, errno, "data directory \"%s\" is not readable and writable: %m", dir);
    serving->lock =
            open(config_path(serving->arena, dir, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (serving->lock < 0)
        return error_set(err, errno, "could not open the lock of \"%s\": %m", dir);
    if (flock(serving->lock, LOCK_EX | LOCK_NB) < 0) {
        fd_close(&serving->lock); /* not ours: nor is server.json */
        return error_set(err, EBUSY, "another server runs on data directory \"%s\"", dir);
    }
    return read_name(serving, err);
}

static int open_store(struct serving *serving, struct error *err)
{
    struct config *config = &serving->config;
    struct server *server = &serving->server;
    struct db_schema schemas[CONFIG_MAX_SCHEMAS];
    struct db_options options = {.url = config->database_url};
    int r = seal_open(
            config_path(serving->arena, config->data_dir, "master.key"), &server->seal, err);

    if (r < 0 || (r = db_open(&options, &server->db, err)) < 0)
        return r;
    r = db_migrate(server->db, schemas, config_schemas(schemas, CONFIG_MAX_SCHEMAS), err);
    if (r < 0 || (r = blob_store_open(config->blobs, &server->blobs, err)) < 0)
        return r;
    if ((r = notify_open(server->db, &server->notify, err)) == 0)
        clock_on_advance(notify_signal_all, server->notify);
    return r;
}

static int open_queue(struct serving *serving, struct error *err)
{
    struct server *server = &serving->server;

    for (size_t i = 0; i < all_services_len; i++)
        for (size_t j = 0; j < all_services[i]->jobs_len && serving->kinds_len < MAX_JOB_KINDS; j++)
            serving->kinds[serving->kinds_len++] = &all_services[i]->jobs[j];
    serving->kinds[serving->kinds_len++] = &upkeep_job;
    return queue_open(
            &(struct queue_options){
                    .db = server->db,
                    .notify = server->notify,
                    .kinds = serving->kinds,
                    .kinds_len = serving->kinds_len,
                    .context = server,
                    .owner = serving->name,
            },
            &server->queue, err);
}

struct first_account {
    struct server *server;
    bool is_needed; /* no usable DIR/credentials: make a root key */
    str access_key; /* absent: nothing to write */
    str secret;
};

static int ensure_account(struct tx *tx, void *arg)
{
    struct first_account *first = arg;
    struct iam_root_key key;
    str account = first->server->account;
    int r = iam_account_exists(tx, account);

    first->access_key = (str){0};
    if (r < 0 || (r && !first->is_needed))
        return r;
    r = r ? iam_root_key_new(first->server, tx, account, &key)
          : iam_account_create(first->server, tx, account, STR(""), &key);
    if (r < 0)
        return r;
    first->access_key = key.access_key;
    first->secret = key.secret;
    return 0;
}

/* The key is committed before the file is written: a crash in between makes a new key at the next
 * start. */
static int open_account(struct serving *serving, struct error *err)
{
    struct server *server = &serving->server;
    const char *path = config_path(serving->arena, serving->config.data_dir, "credentials");
    struct first_account first = {.server = server, .is_needed = !fs_exists(path)};
    int r = db_write(server->db, serving->arena, ensure_account, &first, err);

    if (r < 0 || !first.access_key.ptr)
        return r;
    return fs_write_atomic(path,
            str_printf(serving->arena,
                    "[default]\naws_access_key_id = %.*s\naws_secret_access_key = %.*s\n",
                    STR_ARG(first.access_key), STR_ARG(first.secret)),
            0600, err);
}

/* A path of another working directory; what is no path stays as it is. */
static str absolute(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    str ret = str_dup(arena, str_of(real ? real : path));

    free(real);
    return ret;
}

static int open_http(struct serving *serving, struct error *err)
{
    struct config *config = &serving->config;
    struct server *server = &serving->server;
    struct tls_files tls = {0};
    struct httpd_options options = {
            .host = config->host, .port = config->port, .handler = api_handle, .arg = server};
    int r = 0;

    if (config->tls_certificate)
        r = tls_load(serving->arena, config->tls_certificate, config->tls_key, &tls, err);
    else if (config->has_tls)
        r = tls_ensure(serving->arena, config->data_dir, config->host, &tls, err);
    if (r < 0)
        return r;
    options.tls_certificate = tls.certificate;
    options.tls_key = tls.key;
    server->ca_path = tls.ca_path;
    if (server->ca_path.ptr && server->ca_path.ptr[0] != '/') {
        server->ca_path = absolute(serving->arena, str_cstr(serving->arena, tls.ca_path));
    }
    if ((r = httpd_start(&options, &server->httpd, err)) < 0)
        return r;
    bool is_any = str_eq(config->host, STR("0.0.0.0")) || str_eq(config->host, STR("::"));
    bool is_v6 = str_find_char(config->host, ':') >= 0;
    str host = is_any ? STR("localhost") : config->host;
    server->endpoint = str_printf(serving->arena, "http%s://%s%.*s%s:%u",
            config->has_tls ? "s" : "", is_v6 && !is_any ? "[" : "", STR_ARG(host),
            is_v6 && !is_any ? "]" : "", httpd_port(server->httpd));
    return 0;
}

static int start_services(struct serving *serving, struct error *err)
{
    for (size_t i = 0; i < all_services_len; i++, serving->started++) {
        int r = all_services[i]->start ? all_services[i]->start(&serving->server, err) : 0;
        if (r < 0)
            return r;
    }
    int r = upkeep_start(&serving->server, err);
    return r < 0 ? r : queue_start(serving->server.queue, err);
}

static int start(struct serving *serving, struct error *err)
{
    struct server *server = &serving->server;
    int r;

    if ((r = lock_data_dir(serving, err)) < 0 || (r = open_store(serving, err)) < 0 ||
            (r = open_queue(serving, err)) < 0 || (r = open_account(serving, err)) < 0 ||
            (r = api_open(server, err)) < 0 || (r = open_http(serving, err)) < 0 ||
            (r = start_services(serving, err)) < 0)
        return r;
    struct config_running running = {
            .endpoint = server->endpoint,
            .region = server->region,
            .account = server->account,
            .database_url = str_of(serving->config.database_url),
            .blobs = absolute(serving->arena, serving->config.blobs),
            .ca_path = server->ca_path,
    };
    return config_write_running(serving->config.data_dir, &running, err);
}

/* Jobs use all that is closed after them. One that outlasts the grace is cut, as when the power
 * fails: it is run again at the next start. */
static void stop_jobs(struct server *server)
{
    struct error err;

    if (!queue_stop(server->queue, STOP_GRACE_MS)) {
        log_warn("stop.jobs", F("cut_after_ms", (int64_t)STOP_GRACE_MS));
        if (audit_flush(server, &err) < 0)
            log_error("audit_flush", F("error", err.text));
        _exit(EXIT_SUCCESS);
    }
    queue_close(server->queue);
}

static void stop(struct serving *serving)
{
    struct server *server = &serving->server;
    AUTO_ARENA struct arena scratch = {0};

    if (serving->lock >= 0)
        (void)unlink(config_path(&scratch, serving->config.data_dir, "server.json"));
    embedded_stop(&serving->worker);
    if (server->httpd)
        httpd_stop(server->httpd, STOP_GRACE_MS);
    if (server->queue)
        stop_jobs(server);
    while (serving->started > 0) {
        const struct service *service = all_services[--serving->started];
        if (service->stop)
            service->stop(server);
    }
    if (server->api)
        api_close(server);
    clock_on_advance(NULL, NULL);
    if (server->notify)
        notify_close(server->notify);
    if (server->blobs)
        blob_store_close(server->blobs);
    if (server->db)
        db_close(server->db);
    if (server->seal)
        seal_close(server->seal);
    fd_close(&serving->lock);
}

/* A connection is a descriptor: take all that the host allows. */
static void raise_file_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit); /* fewer connections, that is all */
    }
}

static int wait_for_signal(struct serving *serving, const sigset_t *signals)
{
    for (;;) {
        struct timespec tick = {1, 0};
        int signal = sigtimedwait(signals, NULL, &tick);

        if (signal == SIGTERM || signal == SIGINT)
            return signal;
        embedded_watch(&serving->worker);
    }
}

int cmd_serve(int argc, char **argv)
{
    AUTO_ARENA struct arena arena = {0};
    struct serving serving = {.arena = &arena, .lock = -1};
    struct error err = {0};
    sigset_t signals;

    if (config_parse(&arena, argc, argv, &serving.config, &err) < 0)
        return cmd_usage_error("serve", &err);
    serving.server.services = all_services;
    serving.server.services_len = all_services_len;
    serving.server.identity = &iam_identity;
    serving.server.data_dir = str_of(serving.config.data_dir);
    serving.server.account = serving.config.account;
    serving.server.region = serving.config.region;
    serving.server.rotation_hooks_file = serving.config.rotation_hooks;
    if (serving.config.is_verbose)
        log_set_level(LOG_LEVEL_DEBUG);
    (void)mallopt(M_ARENA_MAX, 2); /* few threads allocate at once; idle memory counts */
    raise_file_limit();
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before any thread: all inherit it */

    if (start(&serving, &err) < 0) {
        stop(&serving);
        return cmd_fatal(&err);
    }
    embedded_start(&serving.worker, &serving.config, &serving.server);
    printf("slipway %s is ready at %.*s (account %.*s, region %.*s)\n", SLIPWAY_VERSION,
            STR_ARG(serving.server.endpoint), STR_ARG(serving.server.account),
            STR_ARG(serving.server.region));
    (void)fflush(stdout); /* whoever waits for the line may be gone */
    int signal = wait_for_signal(&serving, &signals);
    log_info("stopping", F("signal", signal));
    stop(&serving);
    return 0;
}
