/*
 * blob_backend - where the sealed bytes of blobs lie
 *
 * A backend is one file that fills this table; blob.c does everything else (format,
 * keys, rows). Names are checked by blob.c: 32 lower-case hex digits.
 *
 * Errors    -ENOENT no such blob, -ENOSPC the disk is full; any other is passed up
 */
#pragma once

#include "base/str.h"

struct blob_backend {
    /* A new blob. Nothing is visible under `id` before commit(). */
    int (*create)(void *backend, const char *id, void **ret_file, struct error *err);
    int (*append)(void *file, str bytes, struct error *err);
    /* Durable and visible, or neither. Frees the file in any case. */
    int (*commit)(void *file, struct error *err);
    void (*abandon)(void *file);

    int (*open)(
            void *backend, const char *id, void **ret_file, int64_t *ret_size, struct error *err);
    /* Exactly `len` bytes. -EBADMSG the blob is shorter. */
    int (*read)(void *file, int64_t offset, void *ptr, size_t len, struct error *err);
    void (*close)(void *file);

    int (*remove)(void *backend, const char *id, struct error *err); /* absent is fine */
    /*
     * Calls fn for every blob last changed min_age_ms ago or before, until it returns < 0, and
     * removes what was never committed and is as old: the count of that, or negative.
     */
    int (*walk)(void *backend, int64_t min_age_ms, int (*fn)(void *arg, const char *id), void *arg,
            struct error *err);
    /* Calls fn for every blob, and removes nothing: 0 or negative. */
    int (*list)(void *backend, int (*fn)(void *arg, const char *id), void *arg, struct error *err);
    void (*done)(void *backend);
};

struct blob_store {
    const struct blob_backend *backend;
    void *state; /* the backend's */
};

/* Opens the backend for `where`: fills both. */
int blob_files_open(
        const char *where, const struct blob_backend **ret, void **ret_backend, struct error *err);
