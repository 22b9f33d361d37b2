/*
 * fs - files, descriptors and directories
 *
 * Everything is O_CLOEXEC, EINTR is handled, short reads and writes are continued.
 */
#pragma once

#include "base/str.h"

#include <sys/types.h>

#define AUTO_CLOSE __attribute__((cleanup(fd_close)))
void fd_close(int *fd);            /* closes if >= 0, sets to -1 */
static inline int fd_take(int *fd) /* hands over: *fd becomes -1 */
{
    int r = *fd;
    *fd = -1;
    return r;
}

MUST_CHECK int fd_write_all(int fd, str bytes, struct error *err);
/* Reads until `size` bytes or the end: the count, or negative. */
MUST_CHECK ssize_t fd_read_full(int fd, void *ptr, size_t size, struct error *err);
/* Reads to the end. -E2BIG more than max bytes. */
MUST_CHECK int fd_read_all(struct arena *arena, int fd, size_t max, str *ret, struct error *err);
MUST_CHECK int fd_sync(int fd, struct error *err);

/* -ENOENT no such file, -E2BIG larger than max. */
MUST_CHECK int fs_read(
        struct arena *arena, const char *path, size_t max, str *ret, struct error *err);
/* Whole or not at all, and durable: temporary name, fsync, rename, fsync of the directory. */
MUST_CHECK int fs_write_atomic(const char *path, str bytes, mode_t mode, struct error *err);
/* Whole or not at all for those who look, but not synced: what means nothing after a reboot. */
MUST_CHECK int fs_write_fleeting(const char *path, str bytes, mode_t mode, struct error *err);
MUST_CHECK int fs_make_dirs(
        const char *path, mode_t mode, struct error *err); /* existing is fine */
MUST_CHECK int fs_sync_dir(const char *path, struct error *err);
/* Removes a file or a whole tree, never following links. Absent is fine. */
MUST_CHECK int fs_remove_tree(const char *path, struct error *err);
/* Makes a new directory from a template ending in XXXXXX (changed in place). */
MUST_CHECK int fs_temp_dir(char *template, struct error *err);
bool fs_exists(const char *path);
