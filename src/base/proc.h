/*
 * proc - child processes, from argv arrays, never a shell
 *
 *     struct proc git;
 *     r = proc_start(&(struct proc_options){
 *                 .argv = (const char *const[]){"git", "index-pack", "--stdin", NULL},
 *                 .in = PROC_PIPE, .out = PROC_PIPE}, &git, err);
 *     ... fd_write_all(git.in, ...); fd_close(&git.in); fd_read_all(git.out) ...
 *     r = proc_wait(&git, 30000, &status, err);
 *
 * The child is the leader of a new process group, has default signal actions and an
 * empty signal mask, and only the descriptors 0, 1, 2 and those of `pass_fds`.
 * proc_done() closes the pipes and, if it still runs, kills the group and reaps it:
 * AUTO_PROC makes every early return safe.
 */
#pragma once

#include "base/str.h"

#include <sys/types.h>

enum {
    PROC_NULL = -1,    /* /dev/null */
    PROC_PIPE = -2,    /* a pipe; our end is in struct proc */
    PROC_INHERIT = -3, /* ours */
    PROC_STDOUT = -4,  /* err only: the same as out */
};

struct proc_options {
    const char *const *argv; /* argv[0] is looked up in PATH; ends with NULL */
    const char *const *env;  /* "K=V", ends with NULL; NULL: ours */
    const char *cwd;         /* NULL: ours */
    /* A descriptor > 2, or PROC_…; 0 means PROC_NULL for in and out, PROC_INHERIT for err. */
    int in, out, err;
    const int *pass_fds;  /* same numbers in the child; ends with -1; NULL: none */
    bool die_with_parent; /* SIGKILL when the starting thread ends: start it from one that stays */
    /* Last thing in the child before the program; NULL: nothing. The child shares our
     * memory until then: system calls only. False: give up, errno says why. */
    bool (*prepare)(void *arg);
    void *prepare_arg;
};

struct proc {
    pid_t pid;        /* 0: not running (any more) */
    int in, out, err; /* our pipe ends, or -1 */
};

#define AUTO_PROC __attribute__((cleanup(proc_done)))

MUST_CHECK int proc_start(const struct proc_options *options, struct proc *ret, struct error *err);
/*
 * Waits for the end, for ever if timeout_ms < 0. *ret_status is 0..255, or 128 + signal.
 * -ETIMEDOUT it still runs.
 */
MUST_CHECK int proc_wait(struct proc *proc, int64_t timeout_ms, int *ret_status, struct error *err);
void proc_kill(struct proc *proc, int signal); /* the whole group */
void proc_done(struct proc *proc);

/*
 * Runs to the end: gives `input`, collects standard output (and error, if asked) up
 * to `max` bytes each. The exit status is the return value (0 success, 1..255).
 * -ETIMEDOUT killed after timeout_ms, -E2BIG output beyond max.
 */
MUST_CHECK int proc_run(struct arena *arena, const struct proc_options *options, str input,
        size_t max, int64_t timeout_ms, str *ret_out, str *ret_err, struct error *err);
