#include "cmd/embedded.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/random.h"

#include <limits.h>
#include <signal.h>
#include <sys/stat.h>

enum {
    RESTART_MS = 1000,
    STOP_MS = 5000
};

/* Ours, and nobody else can put anything into it: what is in it may be removed. */
static bool is_own_directory(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
           !(st.st_mode & (S_IWGRP | S_IWOTH));
}

/*
 * Where builds have their directories: not in the data directory, which builds' user must not
 * enter. DIR/work keeps the path, so that what a killed worker left there is cleared by the
 * next one. The path is written first: it is found again after a crash at any moment. Its name
 * cannot be guessed, so nobody else is there before us.
 */
static int open_work_dir(struct arena *arena, const char *data_dir, char **ret, struct error *err)
{
    const char *record = config_path(arena, data_dir, "work"), *tmp = getenv("TMPDIR");
    str path;
    int r = fs_read(arena, record, PATH_MAX, &path, err);

    if (r == 0 && is_own_directory(str_cstr(arena, str_trim(path)))) {
        *ret = str_cstr(arena, str_trim(path));
        return 0;
    }
    if (r < 0 && r != -ENOENT)
        return r;
    path = str_printf(
            arena, "%s/slipway-worker-%.*s", tmp ? tmp : "/var/tmp", STR_ARG(random_uuid(arena)));
    r = fs_write_atomic(record, path, 0600, err);
    if (r < 0)
        return r;
    if (mkdir(path.ptr, 0700) < 0 || chmod(path.ptr, 0711) < 0)
        return error_set(err, errno, "could not make \"%s\": %m", path.ptr);
    *ret = str_cstr(arena, path);
    return 0;
}

static void remove_work_dir(const char *data_dir)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *record = config_path(&scratch, data_dir, "work");
    struct error err;
    str path;

    if (fs_read(&scratch, record, PATH_MAX, &path, &err) < 0)
        return;
    const char *dir = str_cstr(&scratch, str_trim(path));
    if (is_own_directory(dir) && fs_remove_tree(dir, &err) < 0) {
        log_warn("worker.work", F("error", err.text)); /* the next start tries again */
        return;
    }
    (void)unlink(record);
}

static void launch(struct embedded *worker)
{
    AUTO_ARENA struct arena scratch = {0};
    const struct server *server = worker->server;
    struct error err;
    char *work = NULL;

    worker->started = clock_now();
    if (open_work_dir(&scratch, worker->config->data_dir, &work, &err) < 0) {
        log_error("worker.start", F("error", err.text));
        return;
    }
    str credentials = str_of(config_path(&scratch, worker->config->data_dir, "credentials"));
    const char *argv[] = {"/proc/self/exe", "worker", "--endpoint",
            str_cstr(&scratch, server->endpoint), "--region", str_cstr(&scratch, server->region),
            "--credentials", str_cstr(&scratch, credentials), "--hide", worker->config->data_dir,
            "--secret", config_path(&scratch, worker->config->data_dir, "worker.secret"), "--work",
            work, "--capacity", str_printf(&scratch, "%u", worker->config->workers).ptr,
            server->ca_path.ptr ? "--ca" : NULL,
            server->ca_path.ptr ? str_cstr(&scratch, server->ca_path) : NULL, NULL};
    const struct proc_options options = {.argv = argv,
            .in = PROC_NULL,
            .out = PROC_INHERIT,
            .err = PROC_INHERIT,
            .die_with_parent = true};

    if (proc_start(&options, &worker->process, &err) < 0)
        log_error("worker.start", F("error", err.text));
}

void embedded_start(
        struct embedded *worker, const struct config *config, const struct server *server)
{
    *worker = (struct embedded){.config = config,
            .server = server,
            .is_wanted = config->workers > 0,
            .process = {.in = -1, .out = -1, .err = -1}};
    if (worker->is_wanted)
        launch(worker);
}

void embedded_watch(struct embedded *worker)
{
    struct error err;
    int status;

    if (!worker->is_wanted)
        return;
    if (worker->process.pid && proc_wait(&worker->process, 0, &status, &err) == -ETIMEDOUT)
        return;
    if (clock_now() - worker->started < RESTART_MS)
        return;
    log_warn("worker.restart", F("status", status));
    launch(worker);
}

void embedded_stop(struct embedded *worker)
{
    struct error err;
    int status;

    if (!worker->is_wanted)
        return;
    worker->is_wanted = false;
    if (worker->process.pid) {
        (void)kill(worker->process.pid, SIGTERM); /* it ends its builds itself */
        if (proc_wait(&worker->process, STOP_MS, &status, &err) < 0)
            log_warn("worker.stop", F("error", err.text));
    }
    proc_done(&worker->process);
    remove_work_dir(worker->config->data_dir);
}
