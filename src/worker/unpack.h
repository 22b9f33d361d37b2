/*
 * unpack - a source that comes as a ZIP
 *
 * Entries stay below the directory: absolute names, ".." and ways through links are
 * refused.
 *
 * Errors    -EINVAL not a ZIP, or an entry that is refused; -E2BIG beyond a limit
 * Limits    UNPACK_MAX_…
 */
#pragma once

#include "base/str.h"

#define UNPACK_MAX_BYTES (64LL << 30)

enum {
    UNPACK_MAX_ENTRIES = 2000000
};

/* The file open as `fd`, into `dir`, a real path. */
MUST_CHECK int unpack_zip(int fd, const char *dir, struct error *err);
