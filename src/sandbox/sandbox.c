#include "sandbox/sandbox.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/json.h"
#include "sandbox/cgroup.h"
#include "sandbox/etc.h"
#include "sandbox/seccomp.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum {
    FIRST_OWN_FD = 32, /* ours are above those that the sandbox gets */
    ARGUMENTS_MAX = 8 << 20,
    MAX_PASSED = SANDBOX_MAX_FDS + 8,
    INFO_MAX = 4096,
    STOP_WAIT_MS = 10000,
};

/* Everything for one start; what is in `fds` is closed with it. */
struct setup {
    struct arena arena;
    const struct sandbox_options *options;
    struct buf args; /* of bubblewrap, NUL-terminated each */
    int fds[MAX_PASSED + 1];
    size_t fds_len;
    struct cgroup *cgroup;
    bool drop_user;
    struct error *err;
};

uid_t sandbox_user(void)
{
    return geteuid() == 0 ? SANDBOX_HOST_UID : geteuid();
}

/* ---- In the child, before bubblewrap: system calls only ---------------------------- */

static bool set_limit(int what, int64_t value)
{
    struct rlimit limit;

    if (getrlimit((__rlimit_resource_t)what, &limit) < 0)
        return false;
    if (limit.rlim_max != RLIM_INFINITY && (rlim_t)value > limit.rlim_max)
        value = (int64_t)limit.rlim_max;
    limit = (struct rlimit){(rlim_t)value, (rlim_t)value};
    return setrlimit((__rlimit_resource_t)what, &limit) == 0;
}

static bool set_limits(const struct setup *setup)
{
    const struct sandbox_limits *limits = &setup->options->limits;

    if (!set_limit(RLIMIT_CORE, 0))
        return false;
    if (limits->open_files && !set_limit(RLIMIT_NOFILE, limits->open_files))
        return false;
    if (limits->file_size && !set_limit(RLIMIT_FSIZE, limits->file_size))
        return false;
    return !limits->processes || cgroup_limits_processes(setup->cgroup) ||
           set_limit(RLIMIT_NPROC, limits->processes);
}

/* The C library's wrappers would change every thread of the process we still share. */
static bool drop_user(void)
{
    return syscall(SYS_setgroups, 0, NULL) == 0 &&
           syscall(SYS_setresgid, SANDBOX_HOST_UID, SANDBOX_HOST_UID, SANDBOX_HOST_UID) == 0 &&
           syscall(SYS_setresuid, SANDBOX_HOST_UID, SANDBOX_HOST_UID, SANDBOX_HOST_UID) == 0;
}

static bool prepare_child(void *arg)
{
    const struct setup *setup = arg;
    const struct sandbox_options *options = setup->options;

    if (setup->cgroup && !cgroup_enter(setup->cgroup))
        return false;
    if (!set_limits(setup))
        return false;
    for (size_t i = 0; i < options->fds_len; i++)
        if (dup2(setup->fds[i], options->fds[i].as) < 0)
            return false;
    for (size_t i = 0; i < options->fds_len; i++)
        if (fcntl(setup->fds[i], F_SETFD, FD_CLOEXEC) < 0)
            return false;
    return !setup->drop_user || drop_user();
}

/* ---- Bubblewrap's arguments --------------------------------------------------------- */

static void add(struct setup *setup, const char *arg)
{
    buf_add(&setup->args, str_of(arg));
    buf_char(&setup->args, '\0');
}

#define ADD(setup, ...)                                                                            \
    do {                                                                                           \
        const char *const words_[] = {__VA_ARGS__};                                                \
        for (size_t i_ = 0; i_ < sizeof(words_) / sizeof(*words_); i_++)                           \
            add((setup), words_[i_]);                                                              \
    } while (0)

static const char *number(struct setup *setup, int n)
{
    return str_cstr(&setup->arena, str_printf(&setup->arena, "%d", n));
}

/* Keeps `fd` for the child under a number out of the way; negative fds are errors of open(). */
static int keep(struct setup *setup, int fd, const char *what)
{
    int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, FIRST_OWN_FD);
    int code = errno;

    if (fd >= 0)
        (void)close(fd);
    if (moved < 0)
        return error_set(setup->err, code, "could not open %s: %s", what, strerror(code));
    if (setup->fds_len == MAX_PASSED) {
        (void)close(moved);
        return error_set(setup->err, E2BIG, "sandbox has too many descriptors");
    }
    setup->fds[setup->fds_len++] = moved;
    return moved;
}

static int keep_text(struct setup *setup, str text)
{
    int fd = memfd_create("sandbox", MFD_CLOEXEC);

    if (fd >= 0 && (fd_write_all(fd, text, NULL) < 0 || lseek(fd, 0, SEEK_SET) < 0)) {
        (void)close(fd);
        fd = -1;
    }
    return keep(setup, fd, "a temporary file");
}

/* A link on the host (bin -> usr/bin) is a link inside; a directory is bound. */
static void add_toolchain_dir(struct setup *setup, const char *path)
{
    char target[256];
    ssize_t n = readlink(path, target, sizeof(target) - 1);

    if (n > 0) {
        target[n] = '\0';
        ADD(setup, "--symlink", target, path);
    } else {
        ADD(setup, "--ro-bind-try", path, path);
    }
}

static int add_etc(struct setup *setup)
{
    int passwd = keep_text(setup, str_of(etc_passwd));
    int group = keep_text(setup, str_of(etc_group));

    if (passwd < 0 || group < 0)
        return passwd < 0 ? passwd : group;
    for (size_t i = 0; etc_from_host[i]; i++)
        ADD(setup, "--ro-bind-try", etc_from_host[i], etc_from_host[i]);
    ADD(setup, "--ro-bind-data", number(setup, passwd), "/etc/passwd", "--ro-bind-data",
            number(setup, group), "/etc/group");
    return 0;
}

static int add_host_view(struct setup *setup)
{
    static const char *const dirs[] = {
            "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt"};
    const char *const *hide = setup->options->hide;
    int r;

    for (size_t i = 0; i < sizeof(dirs) / sizeof(*dirs); i++)
        add_toolchain_dir(setup, dirs[i]);
    r = add_etc(setup);
    for (; hide && *hide; hide++)
        for (size_t i = 0; i < sizeof(dirs) / sizeof(*dirs); i++)
            if (str_starts(str_of(*hide), str_of(dirs[i])) && (*hide)[strlen(dirs[i])] == '/' &&
                    fs_exists(*hide))
                ADD(setup, "--tmpfs", *hide, "--remount-ro", *hide);
    ADD(setup, "--proc", "/proc", "--dev", "/dev", "--size", "16777216", "--tmpfs", "/run");
    return r;
}

static int add_binds(struct setup *setup)
{
    const struct sandbox_options *options = setup->options;

    if (options->binds_len > SANDBOX_MAX_BINDS)
        return error_set(setup->err, E2BIG, "sandbox has more than %d binds", SANDBOX_MAX_BINDS);
    for (size_t i = 0; i < options->binds_len; i++) {
        const struct sandbox_bind *bind = &options->binds[i];
        if (!fs_exists(bind->host))
            return error_set(setup->err, ENOENT, "\"%s\" does not exist", bind->host);
        ADD(setup, bind->writable ? "--bind" : "--ro-bind", bind->host, bind->path);
    }
    return 0;
}

static void add_environment(struct setup *setup)
{
    const char *const *env = setup->options->env;
    str value, name;

    add(setup, "--clearenv");
    for (; env && *env; env++) {
        value = str_of(*env);
        if (str_cut(&value, '=', &name) && name.len > 0)
            ADD(setup, "--setenv", str_cstr(&setup->arena, name), str_cstr(&setup->arena, value));
    }
}

static int add_arguments(struct setup *setup, int info)
{
    const struct sandbox_options *options = setup->options;
    int filter = keep(setup, seccomp_open(setup->err), "the seccomp filter");
    int r;

    if (filter < 0)
        return filter;
    ADD(setup, "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts",
            "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL");
    ADD(setup, "--uid", number(setup, SANDBOX_UID), "--gid", number(setup, SANDBOX_UID),
            "--hostname", options->hostname ? options->hostname : "slipway");
    ADD(setup, "--seccomp", number(setup, filter), "--info-fd", number(setup, info));
    if (!options->network)
        add(setup, "--unshare-net");
    if ((r = add_host_view(setup)) < 0 || (r = add_binds(setup)) < 0)
        return r;
    add_environment(setup);
    ADD(setup, "--remount-ro", "/", "--chdir", options->cwd ? options->cwd : "/");
    if (buf_is_full(&setup->args))
        return error_set(setup->err, E2BIG, "the environment of the sandbox is too large");
    return 0;
}

/* ---- Life ---------------------------------------------------------------------------- */

static const char **make_argv(struct setup *setup, int args)
{
    const char *const *argv = setup->options->argv;
    const char **ret;
    size_t len = 0;

    while (argv[len])
        len++;
    ret = arena_array(&setup->arena, len + 5, const char *);
    ret[0] = "bwrap";
    ret[1] = "--args";
    ret[2] = number(setup, args);
    ret[3] = "--";
    memcpy(ret + 4, argv, len * sizeof(*argv));
    return ret;
}

static int start(struct setup *setup, int info, struct proc *ret)
{
    static const char *const env[] = {"PATH=/usr/bin:/bin", NULL};
    const struct sandbox_options *options = setup->options;
    int r, args;

    if (options->fds_len > SANDBOX_MAX_FDS)
        return error_set(
                setup->err, E2BIG, "sandbox has more than %d descriptors", SANDBOX_MAX_FDS);
    for (size_t i = 0; i < options->fds_len; i++) { /* first: prepare_child() counts on it */
        r = keep(setup, dup(options->fds[i].fd), "a descriptor");
        if (r < 0)
            return r;
    }
    info = keep(setup, dup(info), "a pipe");
    if (info < 0 || (r = add_arguments(setup, info)) < 0)
        return info < 0 ? info : r;
    args = keep_text(setup, buf_str(&setup->args));
    if (args < 0)
        return args;
    setup->fds[setup->fds_len] = -1;
    setup->drop_user = geteuid() == 0;
    setup->cgroup = cgroup_new(&options->limits);
    return proc_start(&(struct proc_options){.argv = make_argv(setup, args),
                              .env = env,
                              .in = options->in,
                              .out = options->out,
                              .err = options->err,
                              .pass_fds = setup->fds,
                              .die_with_parent = true,
                              .prepare = prepare_child,
                              .prepare_arg = setup},
            ret, setup->err);
}

int sandbox_start(const struct sandbox_options *options, struct sandbox *ret, struct error *err)
{
    struct setup setup = {.options = options, .err = err};
    struct sandbox box = {.info = -1};
    int info[2], r;

    if (pipe2(info, O_CLOEXEC) < 0)
        return error_set(err, errno, "could not make a pipe: %m");
    setup.args = buf_make(&setup.arena, ARGUMENTS_MAX);
    r = start(&setup, info[1], &box.proc);
    (void)close(info[1]);
    for (size_t i = 0; i < setup.fds_len; i++)
        fd_close(&setup.fds[i]);
    arena_free(&setup.arena);
    if (r < 0) {
        (void)close(info[0]);
        cgroup_free(setup.cgroup);
        return r;
    }
    box.info = info[0];
    box.cgroup = setup.cgroup;
    *ret = box;
    return 0;
}

/* A pidfd of the first process inside, or -1 when bubblewrap did not come that far. */
static int open_first(struct sandbox *box)
{
    AUTO_JSON json_t *info = NULL;
    char text[INFO_MAX];
    size_t len = 0;

    while (len < sizeof(text) && !memchr(text, '}', len)) {
        ssize_t n = read(box->info, text + len, sizeof(text) - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        len += (size_t)n;
    }
    if (json_parse(str_trim((str){text, len}), &info, NULL) < 0)
        return -1;
    const json_t *pid = json_member(info, "child-pid");
    return json_is_integer(pid) ? pidfd_open((pid_t)json_integer_value(pid), 0) : -1;
}

/*
 * Bubblewrap outside waits for the first process inside, so while bubblewrap is not
 * reaped the pid that it told is not another's. The kernel reports the first process's
 * end only when it has killed and reaped the whole pid namespace.
 */
static void kill_tree(struct sandbox *box)
{
    siginfo_t ended = {0};
    int status;

    if (waitid(P_PID, (id_t)box->proc.pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            ended.si_pid == 0) {
        AUTO_CLOSE int first = open_first(box);
        struct pollfd gone = {.fd = first, .events = POLLIN};
        if (first >= 0 && pidfd_send_signal(first, SIGKILL, NULL, 0) == 0)
            while (poll(&gone, 1, STOP_WAIT_MS) < 0 && errno == EINTR)
                continue;
        if (first < 0)
            proc_kill(&box->proc, SIGKILL);
    }
    if (proc_wait(&box->proc, STOP_WAIT_MS, &status, NULL) < 0)
        proc_kill(&box->proc, SIGKILL); /* proc_done() reaps it */
}

int sandbox_wait(struct sandbox *box, int64_t timeout_ms, int *ret_status, struct error *err)
{
    return proc_wait(&box->proc, timeout_ms, ret_status, err);
}

void sandbox_stop(struct sandbox *box)
{
    if (box->proc.pid > 0)
        kill_tree(box);
}

void sandbox_done(struct sandbox *box)
{
    if (!box->proc.pid && !box->info)
        return; /* all zero: was never started */
    sandbox_stop(box);
    proc_done(&box->proc);
    if (box->info > 0)
        fd_close(&box->info);
    cgroup_free(box->cgroup);
    *box = (struct sandbox){0};
}
