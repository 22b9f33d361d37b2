/*
 * shell - the one shell in which the commands of a build run
 *
 * A buildspec of version 0.2 keeps its shell: what one command does with cd, export or a
 * function, the next one finds. So one shell runs in one sandbox for the whole build,
 * and is given one command after the other:
 *
 *     engine                             sandbox
 *     write control/script.sh            /codebuild/readonly/script.sh, read-only there
 *     "run 1\n"  --- descriptor 9 --->   session shell sources it
 *     "0\n"      <-- descriptor 8 ----   exit status; "x3\n": the shell itself ended
 *     output     <-- one pipe --------   standard output and error, in order
 *
 * When a command ends the shell (exit, set -e), a supervisor starts a new one that
 * restores exported variables, directory and (bash) functions as they were before that
 * command. Shell options do not outlive a command. What it restores stands in the sandbox's /run,
 * which is memory: variables may be secret.
 *
 * Errors    -ETIMEDOUT, -ECANCELED (stop), -EPIPE (the sandbox ended)
 * Limits    SHELL_MAX_ANSWER
 * Threads   all calls from the thread that opened it
 */
#pragma once

#include "sandbox/sandbox.h"
#include "worker/build.h"

enum {
    SHELL_MAX_ANSWER = 4 << 20
};

struct shell_options {
    enum buildspec_shell program;
    const char *control_dir;        /* host directory shown at /codebuild/readonly */
    struct sandbox_options sandbox; /* binds, env, cwd, limits; the rest is set here */
    struct build_control *control;
    int64_t deadline; /* clock_monotonic_us() */
    void (*log)(void *arg, str bytes);
    void *log_arg;
};

struct shell {
    struct shell_options options;
    struct sandbox sandbox;
    int commands;    /* we write */
    int answers;     /* we read */
    char last;       /* byte of output; '\n' at the start of a line */
    bool had_output; /* of the latest command */
};

MUST_CHECK int shell_open(
        const struct shell_options *options, struct shell *ret, struct error *err);
/* Runs one command; its exit status. `succeeding` becomes CODEBUILD_BUILD_SUCCEEDING. */
MUST_CHECK int shell_run(struct shell *shell, str command, bool succeeding, struct error *err);
/* Expands `words[i]` as between double quotes, in the shell as it stands now. */
MUST_CHECK int shell_expand(struct shell *shell, struct arena *arena, struct str_list words,
        str *ret, struct error *err);
/* Kills everything in it. All zero is fine. */
void shell_close(struct shell *shell);
