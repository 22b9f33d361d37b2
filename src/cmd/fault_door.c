/*
 * fault_door - tests kill a server at a chosen write, sync, rename or commit; or move its clock
 *
 *     SLIPWAY_FAULT=commit:3 slipway serve ...
 *     SLIPWAY_CLOCK=7 slipway serve ...
 *
 * The latter names a descriptor that the program was started with, of a socket. Milliseconds
 * and a line feed written to the other end move the clock forward; when "ok" and a line feed
 * come back, it has moved, and all that waits for a time has been woken. What the server starts,
 * such as its worker, keeps the machine's time, like a host whose clock is wrong.
 *
 * Linked only into builds with -Dfaults=true, so no installed program has it.
 */
#include "base/clock.h"
#include "base/fs.h"
#include "base/thread.h"
#include "store/fault.h"

#include <fcntl.h>
#include <limits.h>

enum {
    LINE_MAX_LEN = 32
};

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

static void *move_clock(void *arg)
{
    AUTO_CLOSE int fd = (int)(intptr_t)arg;
    char line[LINE_MAX_LEN];
    ssize_t len;

    /* One line at a time: its sender waits for the answer. */
    while ((len = read(fd, line, sizeof(line))) > 0) {
        int64_t ms;

        if (str_to_i64(str_trim((str){line, (size_t)len}), &ms) < 0 || ms < 0)
            break;
        clock_advance(ms);
        if (fd_write_all(fd, STR("ok\n"), NULL) < 0)
            break;
    }
    return NULL;
}

static bool follow(const char *given)
{
    int64_t fd;

    if (str_to_i64(str_of(given), &fd) < 0 || fd < 3 || fd > INT_MAX ||
            fcntl((int)fd, F_SETFD, FD_CLOEXEC) < 0)
        return false;
    (void)unsetenv("SLIPWAY_CLOCK"); /* the descriptor is ours alone */
    (void)thread_start("clock-door", move_clock, (void *)(intptr_t)fd);
    return true;
}

__attribute__((constructor)) static void open_doors(void)
{
    const char *fault = getenv("SLIPWAY_FAULT"), *clock = getenv("SLIPWAY_CLOCK");

    if (fault && !arm(str_of(fault)))
        (void)fprintf(stderr, "slipway: SLIPWAY_FAULT \"%s\" is not POINT:N\n", fault);
    else if (clock && !follow(clock))
        (void)fprintf(stderr, "slipway: SLIPWAY_CLOCK \"%s\" is no descriptor\n", clock);
    else
        return;
    exit(2);
}
