#include "base/proc.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/thread.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <linux/close_range.h>

enum {
    PROC_CHILD_STACK = 64 << 10
};

/*
 * What the child needs, all of it made before it exists. Until execve() it runs in our
 * memory while the starting thread sleeps (no page table is copied: a start costs the same
 * however large we are), and other threads may hold any lock. So it makes system calls
 * only, and answers in the two fields at the end.
 */
struct plan {
    const char *program; /* argv[0] found in PATH */
    const struct proc_options *options;
    char *const *env;
    int child[3]; /* for 0, 1, 2; all > 2, or -1 to leave it as it is */
    int ours[3];  /* our ends of the pipes, or -1 */
    pid_t parent;
    char *stack;       /* the child's, PROC_CHILD_STACK bytes */
    volatile int code; /* errno, 0 when it has become the program */
    const char *volatile what;
};

static void close_plan(struct plan *plan)
{
    for (int i = 0; i < 3; i++) {
        fd_close(&plan->child[i]);
        fd_close(&plan->ours[i]);
    }
}

/* The child would close or overwrite 0, 1 and 2 while it still needs them. */
static int above_standard(int fd)
{
    int moved;

    if (fd < 0 || fd > STDERR_FILENO)
        return fd;
    moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    (void)close(fd);
    return moved;
}

static int plan_pipe(struct plan *plan, int i)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return -errno;
    ends[0] = above_standard(ends[0]);
    ends[1] = above_standard(ends[1]);
    plan->child[i] = ends[i == STDIN_FILENO ? 0 : 1];
    plan->ours[i] = ends[i == STDIN_FILENO ? 1 : 0];
    return ends[0] < 0 || ends[1] < 0 ? -EMFILE : 0;
}

static int plan_descriptor(struct plan *plan, int i, int wish, struct error *err)
{
    int r = 0;

    if (wish == PROC_PIPE) {
        r = plan_pipe(plan, i);
    } else if (wish == PROC_NULL) {
        plan->child[i] = above_standard(open("/dev/null", O_RDWR | O_CLOEXEC));
        r = plan->child[i] < 0 ? -errno : 0;
    } else if (wish == PROC_STDOUT && i == STDERR_FILENO) {
        if (plan->child[STDOUT_FILENO] < 0)
            plan->child[i] = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        else
            plan->child[i] = fcntl(plan->child[STDOUT_FILENO], F_DUPFD_CLOEXEC, 3);
        r = plan->child[i] < 0 ? -errno : 0;
    } else if (wish > STDERR_FILENO) {
        plan->child[i] = fcntl(wish, F_DUPFD_CLOEXEC, 3);
        r = plan->child[i] < 0 ? -errno : 0;
    } else if (wish != PROC_INHERIT) {
        r = -EINVAL;
    }
    return r < 0 ? error_set(err, -r, "could not prepare descriptor %d: %m", i) : 0;
}

static const char *find_program(struct arena *arena, const char *name)
{
    const char *path = getenv("PATH");
    str rest = str_of(path ? path : "/usr/local/bin:/usr/bin:/bin"), dir;

    if (strchr(name, '/'))
        return name;
    while (str_next(&rest, ':', &dir)) {
        const char *file = str_cstr(
                arena, str_printf(arena, "%.*s/%s", STR_ARG(dir.len ? dir : STR(".")), name));
        if (access(file, X_OK) == 0)
            return file;
    }
    return NULL;
}

/* ---- In the child: system calls only --------------------------------------------- */

/* The sanitizers know nothing of a child on a stack of its own in the same memory. */
#define IN_CHILD __attribute__((no_sanitize("address"), no_sanitize("thread")))

IN_CHILD static _Noreturn void give_up(struct plan *plan, const char *what)
{
    plan->code = errno;
    plan->what = what;
    _exit(127);
}

IN_CHILD static void reset_signals(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t none;

    for (int i = 1; i < NSIG; i++)
        (void)sigaction(i, &usual, NULL); /* KILL, STOP and glibc's own refuse */
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

IN_CHILD static void close_others(struct plan *plan)
{
    const int *pass = plan->options->pass_fds;
    struct rlimit limit = {.rlim_cur = 1024};

    if (close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC) < 0) { /* Linux < 5.11 */
        (void)getrlimit(RLIMIT_NOFILE, &limit);
        for (int fd = STDERR_FILENO + 1; fd < (int)limit.rlim_cur; fd++)
            (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    for (; pass && *pass >= 0; pass++)
        if (fcntl(*pass, F_SETFD, 0) < 0)
            give_up(plan, "pass a descriptor on");
}

IN_CHILD static int become(void *arg)
{
    struct plan *plan = arg;
    const struct proc_options *options = plan->options;

    if (setpgid(0, 0) < 0)
        give_up(plan, "make a process group");
    if (options->die_with_parent) {
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
            give_up(plan, "tie it to its parent");
        if (getppid() != plan->parent) {
            errno = ESRCH;
            give_up(plan, "tie it to its parent");
        }
    }
    for (int i = 0; i < 3; i++)
        if (plan->child[i] >= 0 && dup2(plan->child[i], i) < 0)
            give_up(plan, "set its descriptors");
    close_others(plan);
    if (options->cwd && chdir(options->cwd) < 0)
        give_up(plan, "enter its directory");
    reset_signals();
    if (options->prepare && !options->prepare(options->prepare_arg))
        give_up(plan, "prepare it");
    execve(plan->program, (char *const *)(uintptr_t)options->argv, plan->env);
    give_up(plan, "run it");
}

#ifdef __SANITIZE_THREAD__
/* Its clone() takes the child for a fork, and being in the same memory ignores from then on
 * what the calling thread locks. libc's own name goes past it. */
int __clone(int (*run)(void *), void *stack, int flags, void *arg, ...);
#define clone __clone
#endif

/* ---- In the parent ---------------------------------------------------------------- */

static int start_plan(struct plan *plan, pid_t *ret, struct error *err)
{
    const char *name = plan->options->argv[0];
    sigset_t all, before;
    pid_t pid;
    int code;

    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before); /* no handler of ours in the child */
    pid = clone(become, plan->stack + PROC_CHILD_STACK, CLONE_VM | CLONE_VFORK | SIGCHLD, plan);
    code = errno;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (pid < 0)
        return error_set(err, code, "could not start \"%s\": %m", name);
    if (plan->code) {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            continue;
        return error_set(
                err, plan->code, "could not start \"%s\": could not %s: %m", name, plan->what);
    }
    *ret = pid;
    return 0;
}

int proc_start(const struct proc_options *options, struct proc *ret, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct plan plan = {.options = options,
            .child = {-1, -1, -1},
            .ours = {-1, -1, -1},
            .parent = getpid(),
            .env = options->env ? (char *const *)(uintptr_t)options->env : environ};
    const int wishes[3] = {options->in ? options->in : PROC_NULL,
            options->out ? options->out : PROC_NULL, options->err ? options->err : PROC_INHERIT};
    struct proc proc = {0};
    int r = 0;

    plan.program = find_program(&scratch, options->argv[0]);
    if (!plan.program)
        return error_set(err, ENOENT, "could not find \"%s\" in PATH", options->argv[0]);
    for (int i = 0; i < 3 && r == 0; i++)
        r = plan_descriptor(&plan, i, wishes[i], err);
    plan.stack = arena_alloc(&scratch, PROC_CHILD_STACK, 1);
    if (r == 0)
        r = start_plan(&plan, &proc.pid, err);
    if (r == 0) {
        proc.in = fd_take(&plan.ours[STDIN_FILENO]);
        proc.out = fd_take(&plan.ours[STDOUT_FILENO]);
        proc.err = fd_take(&plan.ours[STDERR_FILENO]);
        *ret = proc;
    }
    close_plan(&plan);
    return r;
}

/* Waits, without reaping, until the process has ended: 0, or -ETIMEDOUT. */
static int wait_ended(pid_t pid, int64_t timeout_ms, struct error *err)
{
    AUTO_CLOSE int fd = pidfd_open(pid, 0);
    int64_t until = clock_monotonic_us() + timeout_ms * 1000;
    struct pollfd ended = {.fd = fd, .events = POLLIN};

    if (fd < 0)
        return error_set(err, errno, "could not watch process %d: %m", (int)pid);
    for (;;) {
        int64_t left = (until - clock_monotonic_us() + 999) / 1000;
        int n = poll(&ended, 1, left <= 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left);
        if (n > 0)
            return 0;
        if (n < 0 && errno != EINTR)
            return error_set(err, errno, "could not watch process %d: %m", (int)pid);
        if (n == 0 && left <= 0)
            return error_set(err, ETIMEDOUT, "process %d still runs", (int)pid);
    }
}

int proc_wait(struct proc *proc, int64_t timeout_ms, int *ret_status, struct error *err)
{
    int status, r;

    if (proc->pid <= 0)
        return error_set(err, ECHILD, "no process is running");
    r = timeout_ms < 0 ? 0 : wait_ended(proc->pid, timeout_ms, err);
    if (r < 0)
        return r;
    while (waitpid(proc->pid, &status, 0) < 0)
        if (errno != EINTR)
            return error_set(err, errno, "could not wait for process %d: %m", (int)proc->pid);
    proc->pid = 0;
    *ret_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return 0;
}

void proc_kill(struct proc *proc, int signal)
{
    if (proc->pid > 0)
        (void)kill(-proc->pid, signal); /* it may have ended by itself */
}

/* All zero, or -1 for the pipes, is a process that was never started. */
void proc_done(struct proc *proc)
{
    int *const pipes[] = {&proc->in, &proc->out, &proc->err};

    for (int i = 0; i < 3; i++) {
        if (*pipes[i] > 0)
            fd_close(pipes[i]);
        *pipes[i] = -1;
    }
    if (proc->pid <= 0)
        return;
    proc_kill(proc, SIGKILL);
    while (waitpid(proc->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    proc->pid = 0;
}
