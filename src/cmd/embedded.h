/*
 * embedded - the build worker that `slipway serve` starts itself
 *
 * A child process, `slipway worker`, that is a client of this server like any other.
 * It dies with the server and is started again when it ends by itself. Its builds' directories
 * lie in one that DIR/work names: it survives a crash and is cleared at the next start. By
 * DIR/worker.secret the next one gets the builds that it left, of this server and no other.
 */
#pragma once

#include "base/proc.h"
#include "cmd/config.h"

struct embedded {
    struct proc process;
    bool is_wanted;
    int64_t started; /* ms */
    const struct config *config;
    const struct server *server;
};

void embedded_start(
        struct embedded *worker, const struct config *config, const struct server *server);
/* Starts it again if it has ended, not more often than every second. */
void embedded_watch(struct embedded *worker);
void embedded_stop(struct embedded *worker);
