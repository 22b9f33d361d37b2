#include "agent/hooks.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/proc.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>

enum {
    LINE_MAX_BYTES = 8192,
    TERM_GRACE_MS = 5000,
    OUTPUT_GRACE_MS = 30000, /* after the script has ended, for its output to close */
};

/* One output stream of the script, cut into lines. */
struct stream {
    int fd;
    const char *label; /* "[stdout]" */
    char line[LINE_MAX_BYTES];
    size_t len;
};

struct running {
    struct arena *arena;
    struct buf tail; /* everything, its end goes into the diagnostics */
    int log;         /* scripts.log */
    struct stream streams[2];
};

static void keep_tail(struct running *running)
{
    struct buf *tail = &running->tail;

    if (tail->len <= 2 * DIAGNOSTICS_LOG_MAX)
        return;
    memmove(tail->ptr, tail->ptr + tail->len - DIAGNOSTICS_LOG_MAX, DIAGNOSTICS_LOG_MAX);
    tail->len = DIAGNOSTICS_LOG_MAX;
}

static void log_line(struct running *running, const char *label, str line)
{
    AUTO_ARENA struct arena scratch = {0};
    str stamp = time_iso8601_ms(&scratch, clock_now());

    if (running->log >= 0) /* a log that cannot be written does not fail a deployment */
        (void)!fd_write_all(running->log,
                str_printf(&scratch, "%.*s %s%.*s\n", STR_ARG(stamp), label, STR_ARG(line)), NULL);
    buf_printf(&running->tail, "%s%.*s\n", label, STR_ARG(line));
    keep_tail(running);
}

static void stream_flush(struct running *running, struct stream *stream)
{
    if (stream->len)
        log_line(running, stream->label, (str){stream->line, stream->len});
    stream->len = 0;
}

/* Reads what is there; closes the stream at its end. */
static void stream_read(struct running *running, struct stream *stream)
{
    char bytes[4096];
    ssize_t n = read(stream->fd, bytes, sizeof(bytes));

    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0) {
        stream_flush(running, stream);
        fd_close(&stream->fd);
        return;
    }
    for (ssize_t i = 0; i < n; i++) {
        if (bytes[i] == '\n') {
            log_line(running, stream->label, (str){stream->line, stream->len});
            stream->len = 0;
            continue;
        }
        if (stream->len == sizeof(stream->line))
            stream_flush(running, stream);
        stream->line[stream->len++] = bytes[i];
    }
}

static int open_pidfd(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

enum outcome {
    ENDED,
    TIMED_OUT,
    OUTPUT_HELD
};

/* Reads both streams until the script has ended and they are closed, or the time is over. */
static enum outcome follow(struct running *running, struct proc *proc, int64_t timeout_ms)
{
    int64_t deadline = clock_monotonic_us() + timeout_ms * 1000;
    AUTO_CLOSE int pidfd = open_pidfd(proc->pid);
    bool has_ended = false;

    for (;;) {
        struct pollfd fds[3] = {{.fd = running->streams[0].fd, .events = POLLIN},
                {.fd = running->streams[1].fd, .events = POLLIN},
                {.fd = has_ended ? -1 : pidfd, .events = POLLIN}};
        int64_t left = (deadline - clock_monotonic_us()) / 1000;

        if (has_ended && fds[0].fd < 0 && fds[1].fd < 0)
            return ENDED;
        if (left <= 0)
            return has_ended ? OUTPUT_HELD : TIMED_OUT;
        if (poll(fds, 3, left > 60000 ? 60000 : (int)left) < 0 && errno != EINTR)
            return TIMED_OUT;
        for (int i = 0; i < 2; i++)
            if (fds[i].revents)
                stream_read(running, &running->streams[i]);
        if (fds[2].revents) {
            int64_t grace = clock_monotonic_us() + OUTPUT_GRACE_MS * INT64_C(1000);
            has_ended = true;
            deadline = grace < deadline ? grace : deadline;
        }
    }
}

static void terminate(struct proc *proc)
{
    int status;

    proc_kill(proc, SIGTERM);
    if (proc_wait(proc, TERM_GRACE_MS, &status, NULL) < 0)
        proc_kill(proc, SIGKILL);
}

static void fail(struct arena *arena, struct diagnostics *ret, enum diagnostics_code code,
        str script, const char *what)
{
    ret->code = code;
    ret->script = script;
    ret->message =
            str_printf(arena, "Script at specified location: %.*s %s", STR_ARG(script), what);
}

static void judge(struct running *running, const struct appspec_script *script, struct proc *proc,
        enum outcome outcome, struct diagnostics *ret)
{
    struct arena *arena = running->arena;
    int status = 0;

    if (outcome == TIMED_OUT) {
        fail(arena, ret, DIAGNOSTICS_SCRIPT_TIMED_OUT, script->location,
                str_printf(
                        arena, "failed to complete in %lld seconds", (long long)script->timeout_s)
                        .ptr);
        terminate(proc);
    } else if (outcome == OUTPUT_HELD) {
        fail(arena, ret, DIAGNOSTICS_OUTPUT_HELD, script->location,
                "ended, but a process that it started still holds its output: redirect standard "
                "output and "
                "error of background processes");
    } else if (proc_wait(proc, 1000, &status, NULL) < 0 || status != 0) {
        fail(arena, ret, DIAGNOSTICS_SCRIPT_FAILED, script->location,
                status > 128 ? str_printf(arena, "was ended by signal %d", status - 128).ptr
                             : str_printf(arena, "failed with exit code %d", status).ptr);
    }
}

/* Present and executable, or the diagnostics say which is missing. */
static bool check_script(
        struct arena *arena, const char *path, str location, struct diagnostics *ret)
{
    struct stat st;

    if (stat(path, &st) < 0 || !S_ISREG(st.st_mode)) {
        fail(arena, ret, DIAGNOSTICS_SCRIPT_MISSING, location, "does not exist in the revision");
        return false;
    }
    if (access(path, X_OK) < 0 && chmod(path, st.st_mode | 0111) < 0) {
        fail(arena, ret, DIAGNOSTICS_SCRIPT_NOT_EXECUTABLE, location,
                "could not be made executable");
        return false;
    }
    return true;
}

static void run_script(struct running *running, const struct hooks_run *run,
        const struct appspec_script *script, struct diagnostics *ret)
{
    struct arena *arena = running->arena;
    const char *path =
            str_printf(arena, "%.*s/%.*s", STR_ARG(run->archive), STR_ARG(script->location)).ptr;
    const char *const plain[] = {path, NULL};
    const char *const as_user[] = {
            "su", "-s", "/bin/sh", str_cstr(arena, script->runas), "-c", path, NULL};
    struct proc_options options = {.argv = script->runas.ptr ? as_user : plain,
            .env = run->env,
            .cwd = str_cstr(arena, run->archive),
            .in = PROC_NULL,
            .out = PROC_PIPE,
            .err = PROC_PIPE};
    AUTO_PROC struct proc proc = {.in = -1, .out = -1, .err = -1};
    struct error err;

    log_line(running, "Script - ", script->location);
    if (!check_script(arena, path, script->location, ret))
        return;
    if (proc_start(&options, &proc, &err) < 0) {
        fail(arena, ret, DIAGNOSTICS_SCRIPT_FAILED, script->location,
                str_printf(arena, "could not be started: %s", err.text).ptr);
        return;
    }
    running->streams[0] = (struct stream){.fd = fd_take(&proc.out), .label = "[stdout]"};
    running->streams[1] = (struct stream){.fd = fd_take(&proc.err), .label = "[stderr]"};
    judge(running, script, &proc, follow(running, &proc, script->timeout_s * 1000), ret);
    for (int i = 0; i < 2; i++) {
        stream_flush(running, &running->streams[i]);
        fd_close(&running->streams[i].fd);
    }
    if (ret->code == DIAGNOSTICS_SUCCESS || ret->code == DIAGNOSTICS_OUTPUT_HELD)
        proc.pid = 0; /* what it started in the background lives on: that is the application */
}

void hooks_run(struct arena *arena, const struct hooks_run *run, struct diagnostics *ret)
{
    AUTO_CLOSE int log = open(str_printf(arena, "%.*s/scripts.log", STR_ARG(run->log_dir)).ptr,
            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    struct running *running = arena_new(arena, struct running);

    *running = (struct running){
            .arena = arena, .log = log, .tail = buf_make(arena, 16 * DIAGNOSTICS_LOG_MAX)};
    *ret = (struct diagnostics){.message = STR("Succeeded")};
    log_line(running, "LifecycleEvent - ", run->hook->event);
    for (size_t i = 0; i < run->hook->len && ret->code == DIAGNOSTICS_SUCCESS; i++)
        run_script(running, run, &run->hook->items[i], ret);
    if (ret->code == DIAGNOSTICS_SUCCESS)
        return;
    str tail = buf_str(&running->tail);
    ret->log =
            tail.len > DIAGNOSTICS_LOG_MAX ? str_skip(tail, tail.len - DIAGNOSTICS_LOG_MAX) : tail;
}
