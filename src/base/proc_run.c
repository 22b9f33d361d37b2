/* proc_run - a child from beginning to end: feeds it and collects what it says */
#include "base/proc.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>

enum {
    PROC_READ_STEP = 64 << 10
};

struct exchange {
    struct proc *proc;
    str input;
    struct buf out, err;
    int64_t until_us; /* on the monotonic clock; < 0: for ever */
};

static int remaining_ms(const struct exchange *x)
{
    if (x->until_us < 0)
        return -1;
    int64_t left = (x->until_us - clock_monotonic_us() + 999) / 1000;
    return left <= 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left;
}

/* SIGPIPE is blocked: a child that does not read all of its input is no error. */
static int feed(struct exchange *x, struct error *err)
{
    ssize_t n = write(x->proc->in, x->input.ptr, x->input.len);

    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return 0;
    if (n < 0 && errno != EPIPE)
        return error_set(err, errno, "could not write: %m");
    if (n > 0)
        x->input = str_skip(x->input, (size_t)n);
    if (n < 0 || x->input.len == 0)
        fd_close(&x->proc->in);
    return 0;
}

static int collect(int *fd, struct buf *into, struct error *err)
{
    size_t step = into->max - into->len < PROC_READ_STEP ? into->max - into->len : PROC_READ_STEP;
    char *room = buf_room(into, step);
    ssize_t n = room && step ? read(*fd, room, step) : 0;

    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return 0;
    if (n < 0)
        return error_set(err, errno, "could not read: %m");
    buf_grew(into, (size_t)n);
    if (into->len == into->max) /* max is one byte beyond what is allowed */
        return error_set(err, E2BIG, "it prints more than %zu bytes", into->max - 1);
    if (n == 0)
        fd_close(fd);
    return 0;
}

/* Until both outputs are closed and all input is given or refused. */
static int talk(struct exchange *x, struct error *err)
{
    struct proc *proc = x->proc;
    int r = 0;

    while (r == 0 && (proc->in >= 0 || proc->out >= 0 || proc->err >= 0)) {
        struct pollfd fds[] = {{.fd = proc->in, .events = POLLOUT},
                {.fd = proc->out, .events = POLLIN}, {.fd = proc->err, .events = POLLIN}};
        int n = poll(fds, 3, remaining_ms(x));
        if (n < 0 && errno != EINTR)
            return error_set(err, errno, "could not wait for output: %m");
        if (n == 0)
            return error_set(err, ETIMEDOUT, "it did not end in time");
        if (n < 0)
            continue;
        if (fds[0].revents)
            r = feed(x, err);
        if (r == 0 && fds[1].revents)
            r = collect(&proc->out, &x->out, err);
        if (r == 0 && fds[2].revents)
            r = collect(&proc->err, &x->err, err);
    }
    return r;
}

/* talk() with SIGPIPE blocked, and taken back if it came. */
static int talk_without_sigpipe(struct exchange *x, struct error *err)
{
    const struct timespec now = {0};
    sigset_t pipe_only, before;
    int r;

    (void)sigemptyset(&pipe_only);
    (void)sigaddset(&pipe_only, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    r = talk(x, err);
    if (!sigismember(&before, SIGPIPE))
        while (sigtimedwait(&pipe_only, NULL, &now) < 0 && errno == EINTR)
            continue;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return r;
}

static int run_started(struct exchange *x, int *ret_status, struct error *err)
{
    struct proc *proc = x->proc;
    int r;

    if (proc->in >= 0 && x->input.len == 0)
        fd_close(&proc->in);
    if (proc->in >= 0 && fcntl(proc->in, F_SETFL, O_NONBLOCK) < 0)
        return error_set(err, errno, "could not prepare its input: %m");
    r = talk_without_sigpipe(x, err);
    if (r == 0)
        r = proc_wait(proc, remaining_ms(x), ret_status, err);
    return r;
}

int proc_run(struct arena *arena, const struct proc_options *options, str input, size_t max,
        int64_t timeout_ms, str *ret_out, str *ret_err, struct error *err)
{
    struct proc_options wanted = *options;
    AUTO_PROC struct proc proc = {0};
    struct exchange x = {.proc = &proc, .input = input, .until_us = -1};
    size_t ceiling = max < SIZE_MAX / 8 ? max + 1 : SIZE_MAX / 8;
    int status = 0, r;

    if (input.len)
        wanted.in = PROC_PIPE;
    if (ret_out)
        wanted.out = PROC_PIPE;
    if (ret_err)
        wanted.err = PROC_PIPE;
    x.out = buf_make(arena, ceiling);
    x.err = buf_make(arena, ceiling);
    if (timeout_ms >= 0)
        x.until_us = clock_monotonic_us() + timeout_ms * 1000;

    r = proc_start(&wanted, &proc, err);
    if (r < 0)
        return r;
    r = run_started(&x, &status, err);
    if (r < 0)
        return error_prefix(err, r, "\"%s\"", options->argv[0]);
    if (ret_out)
        *ret_out = buf_str(&x.out);
    if (ret_err)
        *ret_err = buf_str(&x.err);
    return status;
}
