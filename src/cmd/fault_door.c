/*
 * fault_door - tests kill a server at a chosen write, sync, rename or commit
 *
 *     SLIPWAY_FAULT=commit:3 slipway serve ...
 *
 * Linked only into builds with -Dfaults=true, so no installed program has it.
 */
#include "base/str.h"
#include "store/fault.h"

static const struct {
    const char *name;
    enum fault_point point;
} points[] = {
        {"statement", FAULT_STATEMENT},
        {"commit", FAULT_COMMIT},
        {"blob-write", FAULT_BLOB_WRITE},
        {"blob-sync", FAULT_BLOB_SYNC},
        {"blob-rename", FAULT_BLOB_RENAME},
        {"blob-sync-dir", FAULT_BLOB_SYNC_DIR},
};

static bool arm(str text)
{
    int64_t nth;
    str name;

    if (!str_cut(&text, ':', &name) || str_to_i64(text, &nth) < 0)
        return false;
    for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++)
        if (str_eq(name, str_of(points[i].name))) {
            fault_arm(points[i].point, nth, FAULT_KILL);
            return true;
        }
    return false;
}

__attribute__((constructor)) static void open_door(void)
{
    const char *given = getenv("SLIPWAY_FAULT");

    if (!given || arm(str_of(given)))
        return;
    (void)fprintf(stderr, "slipway: SLIPWAY_FAULT \"%s\" is not POINT:N\n", given);
    exit(2);
}
