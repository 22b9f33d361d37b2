/*
 * artifacts - which files a build leaves, and packing them
 *
 * The tree was made by the build and is not trusted: it is walked by descriptors, no
 * link is followed out of the source directory (openat2 RESOLVE_BENEATH), and nothing
 * but regular files and, where wanted, links is taken.
 *
 * Names in the artifact are relative to the base directory, or bare file names with
 * discard_paths (a later file of the same name is then an error).
 *
 * Errors    -ENOENT nothing matched (AWS's message), -E2BIG beyond a limit
 * Limits    ARTIFACTS_MAX_…
 */
#pragma once

#include "worker/buildspec.h"

enum {
    ARTIFACTS_MAX_FILES = 1000000,
    ARTIFACTS_MAX_DEPTH = 200,
    ARTIFACTS_MAX_PATH = 4096,
};

struct artifact_file {
    str path;     /* below the base directory */
    str name;     /* in the artifact */
    bool is_link; /* to be kept as a link */
};

struct artifact_files {
    struct artifact_file *items;
    size_t len;
    int source; /* the source directory, open: links may lead anywhere in it */
    str base;   /* of paths, below the source directory; "" or ending in "/" */
};

/* Collects what `spec` wants of the directory open as `source`, which stays the caller's. Sorted.
 */
MUST_CHECK int artifacts_select(struct arena *arena, int source,
        const struct buildspec_artifacts *spec, struct artifact_files *ret, struct error *err);
/* Opens one regular file for reading. */
MUST_CHECK int artifacts_open(
        const struct artifact_files *files, const struct artifact_file *file, struct error *err);
/* Writes all as a ZIP to the file open as `fd`. */
MUST_CHECK int artifacts_zip(const struct artifact_files *files, int fd, struct error *err);
/* Writes all below the directory `dir`. */
MUST_CHECK int artifacts_copy(
        const struct artifact_files *files, const char *dir, struct error *err);

/* Opens `path` below the directory `dir` without ever leaving it. -ENOENT, -EXDEV it leads out. */
MUST_CHECK int open_beneath(int dir, const char *path, int flags);
