/*
 * bundle - unpack a revision's archive: tar, tgz or zip, over libarchive
 *
 * Names that are absolute or climb out, entries through symbolic links, devices and
 * anything beyond a limit are refused. Modes and times are kept, owners are not.
 * If the archive holds one directory only and the AppSpec file stands in that, the
 * directory's level is removed.
 *
 * Errors    -EINVAL no archive of that type, or a refused entry; -E2BIG beyond a limit
 */
#pragma once

#include "base/str.h"

enum {
    BUNDLE_MAX_ENTRIES = 1000000
};
#define BUNDLE_MAX_BYTES (INT64_C(64) << 30) /* unpacked */

/* `dir` exists and is empty. */
MUST_CHECK int bundle_unpack(const char *archive, str type, const char *dir, struct error *err);
