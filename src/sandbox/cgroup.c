#include "sandbox/cgroup.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/random.h"
#include "sandbox/sandbox.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

struct cgroup {
    struct arena arena;
    char *dirs[CGROUP_MAX_DIRS];
    int procs[CGROUP_MAX_DIRS]; /* cgroup.procs of each, open for writing */
    size_t len;
    bool has_pids;
};

enum {
    CPU_PERIOD_US = 100000,
    REMOVE_TRIES = 100,
    REMOVE_WAIT_MS = 5
};

static bool write_file(const char *dir, const char *name, str text)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *path = str_cstr(&scratch, str_printf(&scratch, "%s/%s", dir, name));
    AUTO_CLOSE int fd = open(path, O_WRONLY | O_CLOEXEC);

    return fd >= 0 && write(fd, text.ptr, text.len) == (ssize_t)text.len;
}

static bool write_number(const char *dir, const char *name, int64_t n)
{
    AUTO_ARENA struct arena scratch = {0};

    return write_file(dir, name, str_printf(&scratch, "%lld", (long long)n));
}

static void add_dir(struct cgroup *cgroup, const char *dir)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *path = str_cstr(&scratch, str_printf(&scratch, "%s/cgroup.procs", dir));
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    if (fd < 0) {
        (void)rmdir(dir);
        return;
    }
    cgroup->dirs[cgroup->len] = str_cstr(&cgroup->arena, str_of(dir));
    cgroup->procs[cgroup->len++] = fd;
}

/* Directories are named slipway-<pid>-…: those of owners that were killed are removed. */
static void sweep(const char *parent)
{
    DIR *dir = opendir(parent);
    struct dirent *entry;
    int64_t pid;

    while (dir && (entry = readdir(dir))) {
        str name = str_of(entry->d_name), number;
        if (str_take_prefix(&name, STR("slipway-")) && str_cut(&name, '-', &number) &&
                str_to_i64(number, &pid) == 0 && pid > 0 && pid <= INT32_MAX &&
                kill((pid_t)pid, 0) < 0 && errno == ESRCH)
            (void)unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR);
    }
    if (dir)
        (void)closedir(dir);
}

/* A new directory below `base`/`path` of a hierarchy; NULL when that is not allowed. */
static const char *make_dir(struct cgroup *cgroup, const char *base, str path)
{
    struct arena *arena = &cgroup->arena;

    if (str_eq(path, STR("/")))
        path = STR("");
    const char *parent = str_cstr(arena, str_printf(arena, "%s%.*s", base, STR_ARG(path)));
    str id = random_id(arena, STR(""), RANDOM_LOWER, 12);
    const char *dir = str_cstr(
            arena, str_printf(arena, "%s/slipway-%d-%.*s", parent, (int)getpid(), STR_ARG(id)));

    sweep(parent);
    return mkdir(dir, 0755) == 0 ? dir : NULL;
}

static void add_unified(struct cgroup *cgroup, str path, const struct sandbox_limits *limits)
{
    const char *base = fs_exists("/sys/fs/cgroup/cgroup.controllers") ? "/sys/fs/cgroup"
                                                                      : "/sys/fs/cgroup/unified";
    struct arena *arena = &cgroup->arena;
    const char *parent = str_cstr(arena, str_printf(arena, "%s%.*s", base, STR_ARG(path)));

    /* Only the root and delegated groups without processes of their own accept this. */
    (void)write_file(parent, "cgroup.subtree_control", STR("+pids +memory +cpu"));
    const char *dir = make_dir(cgroup, base, path);
    if (!dir)
        return;
    bool useful = false;
    if (limits->processes && write_number(dir, "pids.max", limits->processes))
        cgroup->has_pids = useful = true;
    if (limits->memory && write_number(dir, "memory.max", limits->memory)) {
        (void)write_number(dir, "memory.swap.max", 0);
        useful = true;
    }
    if (limits->cpu_percent &&
            write_file(dir, "cpu.max",
                    str_printf(arena, "%lld %d",
                            (long long)(limits->cpu_percent * CPU_PERIOD_US / 100), CPU_PERIOD_US)))
        useful = true;
    if (useful) {
        add_dir(cgroup, dir);
    } else {
        (void)rmdir(dir);
    }
}

static bool limit_v1(const char *dir, str controller, const struct sandbox_limits *limits)
{
    if (str_eq(controller, STR("pids")))
        return limits->processes && write_number(dir, "pids.max", limits->processes);
    if (str_eq(controller, STR("memory")))
        return limits->memory && write_number(dir, "memory.limit_in_bytes", limits->memory);
    return limits->cpu_percent && write_number(dir, "cpu.cfs_period_us", CPU_PERIOD_US) &&
           write_number(dir, "cpu.cfs_quota_us", limits->cpu_percent * CPU_PERIOD_US / 100);
}

static void add_v1(
        struct cgroup *cgroup, str controller, str path, const struct sandbox_limits *limits)
{
    struct arena *arena = &cgroup->arena;
    const char *base =
            str_cstr(arena, str_printf(arena, "/sys/fs/cgroup/%.*s", STR_ARG(controller)));
    const char *dir = make_dir(cgroup, base, path);

    if (!dir) /* inside a container our own path may not be visible: its root is ours */
        dir = make_dir(cgroup, base, STR("/"));
    if (!dir)
        return;
    if (!limit_v1(dir, controller, limits)) {
        (void)rmdir(dir);
        return;
    }
    if (str_eq(controller, STR("pids")))
        cgroup->has_pids = true;
    add_dir(cgroup, dir);
}

/* A line of /proc/self/cgroup: "8:pids:/a/b", or "0::/a/b" of version 2. */
static void add_line(struct cgroup *cgroup, str line, const struct sandbox_limits *limits)
{
    static const str wanted[] = {STR_INIT("pids"), STR_INIT("memory"), STR_INIT("cpu")};
    str number, controllers, name;

    if (!str_cut(&line, ':', &number) || !str_cut(&line, ':', &controllers))
        return;
    if (controllers.len == 0 && cgroup->len < CGROUP_MAX_DIRS) {
        add_unified(cgroup, line, limits);
        return;
    }
    while (str_next(&controllers, ',', &name))
        for (size_t i = 0; i < 3; i++)
            if (str_eq(name, wanted[i]) && cgroup->len < CGROUP_MAX_DIRS)
                add_v1(cgroup, name, line, limits);
}

struct cgroup *cgroup_new(const struct sandbox_limits *limits)
{
    struct cgroup *cgroup;
    str text, line;

    if (!limits->memory && !limits->processes && !limits->cpu_percent)
        return NULL;
    cgroup = mem_new(struct cgroup);
    if (fs_read(&cgroup->arena, "/proc/self/cgroup", CGROUP_MAX_FILE, &text, NULL) == 0)
        while (str_next(&text, '\n', &line))
            add_line(cgroup, line, limits);
    if (cgroup->len > 0)
        return cgroup;
    cgroup_free(cgroup);
    return NULL;
}

bool cgroup_enter(const struct cgroup *cgroup)
{
    for (size_t i = 0; i < cgroup->len; i++)
        if (write(cgroup->procs[i], "0", 1) != 1)
            return false;
    return true;
}

bool cgroup_limits_processes(const struct cgroup *cgroup)
{
    return cgroup && cgroup->has_pids;
}

/* A process that was reaped may count for a moment longer. */
static void remove_dir(const char *dir)
{
    for (int i = 0; i < REMOVE_TRIES; i++) {
        if (rmdir(dir) == 0 || errno != EBUSY)
            return;
        clock_sleep(REMOVE_WAIT_MS);
    }
}

void cgroup_free(struct cgroup *cgroup)
{
    if (!cgroup)
        return;
    for (size_t i = 0; i < cgroup->len; i++) {
        fd_close(&cgroup->procs[i]);
        remove_dir(cgroup->dirs[i]);
    }
    arena_free(&cgroup->arena);
    free(cgroup);
}
