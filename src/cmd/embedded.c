#include "cmd/embedded.h"

#include "base/clock.h"
#include "base/log.h"

#include <signal.h>

enum {
    RESTART_MS = 1000,
    STOP_MS = 5000
};

static void launch(struct embedded *worker)
{
    AUTO_ARENA struct arena scratch = {0};
    const struct server *server = worker->server;
    struct error err;
    str credentials = str_of(config_path(&scratch, worker->config->data_dir, "credentials"));
    const char *argv[] = {"/proc/self/exe", "worker", "--endpoint",
            str_cstr(&scratch, server->endpoint), "--region", str_cstr(&scratch, server->region),
            "--credentials", str_cstr(&scratch, credentials), "--hide",
            worker->config->data_dir, "--capacity",
            str_printf(&scratch, "%u", worker->config->workers).ptr,
            server->ca_path.ptr ? "--ca" : NULL,
            server->ca_path.ptr ? str_cstr(&scratch, server->ca_path) : NULL, NULL};
    const struct proc_options options = {.argv = argv,
            .in = PROC_NULL,
            .out = PROC_INHERIT,
            .err = PROC_INHERIT,
            .die_with_parent = true};

    worker->started = clock_now();
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
}
