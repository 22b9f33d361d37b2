/*
 * library - a shared library that is loaded when it is first needed
 *
 * What a server seldom or never uses costs it neither start-up time nor memory:
 *
 *     static const struct library_symbol symbols[] = {{"curl_easy_init", &curl.easy_init}, …};
 *     static struct library library = {"libcurl.so.4", "libcurl4", symbols, N, init, LIBRARY_LOCK};
 *     r = library_load(&library, err);
 *
 * Threads   any: one loads, others wait
 */
#pragma once

#include "base/thread.h"

struct library_symbol {
    const char *name;
    void *to; /* the function pointer to set */
};

struct library {
    const char *file, *package; /* "libcurl.so.4", and Debian's package of it */
    const struct library_symbol *symbols;
    size_t symbols_len;
    int (*init)(struct error *err); /* once, after loading; or NULL */
    pthread_mutex_t lock;
    bool is_loaded;
};
#define LIBRARY_LOCK PTHREAD_MUTEX_INITIALIZER

/* Sets all symbols, or -ENOENT: not installed, or without one of them. Tried again each time. */
MUST_CHECK int library_load(struct library *library, struct error *err);
