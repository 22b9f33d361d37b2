/*
 * stream - both ends of a client's connection, whatever carries it (HTTP now, SSH later)
 *
 * Each function blocks. -EPIPE: the client is gone.
 */
#pragma once

#include "base/str.h"

struct git_stream {
    void *arg;
    /* Up to `len` bytes, 0 at the end of what the client sends. */
    ssize_t (*read)(void *arg, void *ptr, size_t len, struct error *err);
    int (*write)(void *arg, str bytes, struct error *err);
};
