/*
 * sandbox - run a command tree isolated and limited
 *
 *     struct sandbox box;
 *     r = sandbox_start(&(struct sandbox_options){
 *                 .argv = ..., .env = ..., .cwd = "/work", .out = PROC_PIPE,
 *                 .binds = binds, .binds_len = 2, .network = true}, &box, err);
 *     ... read box.proc.out ...
 *     r = sandbox_wait(&box, -1, &status, err);
 *     sandbox_done(&box);
 *
 * Over bubblewrap: new user, mount, pid, ipc and uts namespaces, without network unless
 * asked for; no capabilities, no new privileges, a seccomp filter (seccomp.h), resource
 * limits, and cgroups where this host lets us make them (cgroup.h). As root the tree
 * runs under an unprivileged user id of the host besides: see sandbox_user().
 *
 * Inside one sees
 *
 *     /usr /bin /sbin /lib* /opt    the host's toolchain, read-only
 *     /etc                          only what programs need to start: see etc.c
 *     /proc /dev                    its own
 *     binds                         what the caller gives: work, home, /tmp
 *
 * and nothing else of the host: no /home, /root, /var, /run, /srv, and not the
 * directories named in `hide`, should they lie in what is shown.
 *
 * Everything in the sandbox has ended when sandbox_stop() or sandbox_wait() return: the
 * first process of the pid namespace takes all others with it, and is waited for. If the
 * thread that called sandbox_start() ends, the sandbox is killed.
 *
 * Errors    -ENOENT bubblewrap is not installed; others as the system says
 * Limits    SANDBOX_MAX_…
 * Threads   one sandbox belongs to the thread that started it
 * Not here  copy-on-write views of the toolchain; images of docker or podman
 */
#pragma once

#include "base/proc.h"

enum {
    SANDBOX_MAX_BINDS = 64,
    SANDBOX_MAX_FDS = 8,
    SANDBOX_UID = 1000,       /* who the processes are, inside */
    SANDBOX_HOST_UID = 65534, /* who they are outside, when we are root */
};

struct sandbox_bind {
    const char *host; /* must exist, and sandbox_user() must be able to walk to it */
    const char *path; /* inside */
    bool writable;
};

/* 0: no limit. */
struct sandbox_limits {
    int64_t memory;      /* bytes, of all processes together; needs a cgroup */
    int64_t processes;   /* of all together; without a cgroup RLIMIT_NPROC */
    int64_t cpu_percent; /* 100 is one core; needs a cgroup */
    int64_t open_files;  /* of each process */
    int64_t file_size;   /* bytes */
};

struct sandbox_options {
    const char *const *argv; /* looked up in the sandbox's PATH */
    const char *const *env;  /* the whole environment; ends with NULL */
    const char *cwd;         /* inside */
    const char *hostname;    /* NULL: "slipway" */
    const struct sandbox_bind *binds;
    size_t binds_len;
    const char *const *hide; /* host directories that must not show; ends with NULL; NULL: none */
    bool network;            /* share the host's network; else only an own loopback */
    int in, out, err;        /* as in struct proc_options; err may be PROC_STDOUT */
    const struct sandbox_fd {
        int fd; /* ours */
        int as; /* 3..9, inside */
    } * fds;
    size_t fds_len; /* up to SANDBOX_MAX_FDS */
    struct sandbox_limits limits;
};

struct sandbox {
    struct proc proc;      /* bubblewrap; its in, out, err are the pipes asked for */
    int info;              /* where bubblewrap says which process is the first one inside */
    struct cgroup *cgroup; /* NULL: none */
};

#define AUTO_SANDBOX __attribute__((cleanup(sandbox_done)))

MUST_CHECK int sandbox_start(
        const struct sandbox_options *options, struct sandbox *ret, struct error *err);
/* As proc_wait(). When it returns 0, nothing of the tree runs any more. */
MUST_CHECK int sandbox_wait(
        struct sandbox *box, int64_t timeout_ms, int *ret_status, struct error *err);
/* Kills the tree and waits until all of it is gone. */
void sandbox_stop(struct sandbox *box);
/* Stops what runs, closes, removes the cgroup. Twice is fine. */
void sandbox_done(struct sandbox *box);

/* The host's user and group id of what runs inside: the owner of writable binds. */
uid_t sandbox_user(void);
