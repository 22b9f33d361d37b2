#include "worker/shell.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"

#include <fcntl.h>
#include <poll.h>

#define SESSION_SCRIPT "/codebuild/readonly/session.sh"

enum {
    OUTPUT_SIZE = 64 << 10,
    DRAIN_MAX = 16 << 20
};

/* $1 is the shell. Ends by SIGPIPE when the engine is gone. */
static const char supervisor[] = "while :; do\n"
                                 "    \"$1\" " SESSION_SCRIPT "\n"
                                 "    printf 'x%s\\n' \"$?\" >&8 || exit\n"
                                 "done\n";

static const char session[] =
        "if [ -r /run/codebuild-session ]; then\n"
        "    . /run/codebuild-session\n"
        "    cd \"$__SLIPWAY_PWD\"\n"
        "fi\n"
        "while IFS=' ' read -r __slipway_verb CODEBUILD_BUILD_SUCCEEDING <&9; do\n"
        "    export CODEBUILD_BUILD_SUCCEEDING\n"
        "    case $__slipway_verb in\n"
        "    run) . /codebuild/readonly/script.sh 8>&- 9<&- ;;\n"
        "    *) . /codebuild/readonly/script.sh 9<&- ;;\n"
        "    esac\n"
        "    { CODEBUILD_LAST_EXIT=$?; set +euvx; } 2>/dev/null\n"
        "    export CODEBUILD_LAST_EXIT\n"
        "    __SLIPWAY_PWD=$PWD\n"
        "    export __SLIPWAY_PWD\n"
        "    { export -p; [ -z \"${BASH_VERSION-}\" ] || declare -f; } "
        ">/run/codebuild-session 2>/dev/null\n"
        "    unset __SLIPWAY_PWD\n"
        "    printf '%s\\n' \"$CODEBUILD_LAST_EXIT\" >&8\n"
        "done\n"
        "exit 0\n";

static int write_control(const struct shell *shell, const char *name, str text, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *path =
            str_cstr(&scratch, str_printf(&scratch, "%s/%s", shell->options.control_dir, name));
    AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);

    if (fd < 0)
        return error_set(err, errno, "could not write \"%s\": %m", path);
    return fd_write_all(fd, text, err);
}

static int start(struct shell *shell, int commands, int answers, struct error *err)
{
    const char *program = shell->options.program == BUILDSPEC_BASH ? "bash" : "sh";
    const char *const argv[] = {"sh", "-c", supervisor, "slipway", program, NULL};
    struct sandbox_fd fds[] = {{commands, 9}, {answers, 8}};
    struct sandbox_options options = shell->options.sandbox;
    int r = write_control(shell, "session.sh", str_of(session), err);

    if (r < 0)
        return r;
    options.argv = argv;
    options.out = PROC_PIPE;
    options.err = PROC_STDOUT;
    options.fds = fds;
    options.fds_len = 2;
    return sandbox_start(&options, &shell->sandbox, err);
}

static bool set_nonblocking(int fd)
{
    return fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

int shell_open(const struct shell_options *options, struct shell *ret, struct error *err)
{
    struct shell shell = {.options = *options, .commands = -1, .answers = -1, .last = '\n'};
    int commands[2], answers[2], r;

    if (pipe2(commands, O_CLOEXEC) < 0)
        return error_set(err, errno, "could not make a pipe: %m");
    if (pipe2(answers, O_CLOEXEC) < 0) {
        r = error_set(err, errno, "could not make a pipe: %m");
        (void)close(commands[0]);
        (void)close(commands[1]);
        return r;
    }
    shell.commands = commands[1];
    shell.answers = answers[0];
    r = start(&shell, commands[0], answers[1], err);
    (void)close(commands[0]);
    (void)close(answers[1]);
    if (r == 0 && (!set_nonblocking(shell.answers) || !set_nonblocking(shell.sandbox.proc.out)))
        r = error_set(err, errno, "could not set up a pipe: %m");
    if (r < 0)
        shell_close(&shell);
    else
        *ret = shell;
    return r;
}

/* Hands on what output there is now: 1, 0 there is none, -EPIPE there will be none any more. */
static int pump(struct shell *shell)
{
    char bytes[OUTPUT_SIZE];
    ssize_t n;

    do {
        n = read(shell->sandbox.proc.out, bytes, sizeof(bytes));
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        return 0;
    if (n == 0)
        return -EPIPE;
    shell->options.log(shell->options.log_arg, (str){bytes, (size_t)n});
    shell->last = bytes[n - 1];
    shell->had_output = true;
    return (int)n;
}

/* What a command wrote before its status came is in the pipe already. */
static void drain(struct shell *shell)
{
    int n, total = 0;

    while (total < DRAIN_MAX && (n = pump(shell)) > 0)
        total += n;
}

/* Reads more of the answer: 1, 0 nothing now, -EPIPE at the end. */
static int read_answer(struct shell *shell, struct buf *answer, struct error *err)
{
    char *room = buf_room(answer, 4096);
    ssize_t n;

    if (!room)
        return error_set(err, E2BIG, "the values of variables exceed %d bytes", SHELL_MAX_ANSWER);
    n = read(shell->answers, room, 4096);
    if (n == 0)
        return error_set(err, EPIPE, "the sandbox ended");
    if (n > 0)
        buf_grew(answer, (size_t)n);
    return n > 0;
}

/* Waits until something can be read. `out`: output too. */
static int wait_some(struct shell *shell, bool out, struct error *err)
{
    struct pollfd fds[] = {{.fd = shell->answers, .events = POLLIN},
            {.fd = shell->options.control->event, .events = POLLIN},
            {.fd = out ? shell->sandbox.proc.out : -1, .events = POLLIN}};
    int64_t left = (shell->options.deadline - clock_monotonic_us() + 999) / 1000;

    if (atomic_load(&shell->options.control->wanted))
        return error_set(err, ECANCELED, "the build was stopped");
    if (left <= 0)
        return error_set(err, ETIMEDOUT, "Build has timed out. ");
    if (poll(fds, 3, left > INT32_MAX ? INT32_MAX : (int)left) < 0 && errno != EINTR)
        return error_set(err, errno, "could not wait for a command: %m");
    return 0;
}

/* The status line at the end of an answer after `values` NUL-terminated values. */
static bool answer_is_whole(str answer, size_t values, str *ret_status)
{
    str rest = answer, value;

    while (values > 0 && str_cut(&rest, '\0', &value))
        values--;
    if (!str_ends(rest, STR("\n")))
        return false;
    rest = str_head(rest, rest.len - 1);
    ptrdiff_t newline = str_rfind_char(rest, '\n');
    *ret_status = str_skip(rest, (size_t)(newline + 1));
    /* Only a shell that ended inside its script gives fewer values. */
    return values == 0 || str_starts(*ret_status, STR("x"));
}

static int ask(struct shell *shell, const char *verb, str script, bool succeeding, size_t values,
        struct buf *answer, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    str request = str_printf(&scratch, "%s %d\n", verb, succeeding);
    bool out_open = true;
    int64_t status;
    str line;
    int r = write_control(shell, "script.sh", script, err);

    shell->had_output = false;
    if (r < 0 || (r = fd_write_all(shell->commands, request, err)) < 0)
        return r;
    for (;;) {
        r = wait_some(shell, out_open, err);
        if (r < 0)
            return r;
        if (out_open && pump(shell) == -EPIPE)
            out_open = false;
        r = read_answer(shell, answer, err);
        if (r < 0)
            return r;
        if (r == 0 || !answer_is_whole(buf_str(answer), values, &line))
            continue;
        drain(shell);
        (void)str_take_prefix(&line, STR("x"));
        if (str_to_i64(line, &status) < 0 || status < 0 || status > 255)
            return error_set(err, EPIPE, "the shell gave no exit status");
        return (int)status;
    }
}

int shell_run(struct shell *shell, str command, bool succeeding, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct buf answer = buf_make(&scratch, SHELL_MAX_ANSWER);
    str script = str_printf(&scratch, "%.*s\n", STR_ARG(command));

    return ask(shell, "run", script, succeeding, 0, &answer, err);
}

/* A word between double quotes, where quotes of its own are plain characters. */
static void add_word(struct buf *script, str word)
{
    buf_add(script, STR("printf '%s\\0' \""));
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '"')
            buf_char(script, '\\');
        buf_char(script, word.ptr[i]);
    }
    buf_add(script, STR("\" >&8\n"));
}

int shell_expand(struct shell *shell, struct arena *arena, struct str_list words, str *ret,
        struct error *err)
{
    struct buf script = buf_make(arena, SHELL_MAX_ANSWER);
    struct buf answer = buf_make(arena, SHELL_MAX_ANSWER);
    str rest;
    int r;

    for (size_t i = 0; i < words.len; i++)
        add_word(&script, words.items[i]);
    r = ask(shell, "expand", buf_str(&script), true, words.len, &answer, err);
    if (r < 0)
        return r;
    rest = buf_str(&answer);
    for (size_t i = 0; i < words.len; i++)
        if (!str_cut(&rest, '\0', &ret[i]))
            return error_set(err, EINVAL, "could not expand \"%.*s\"", STR_ARG(words.items[i]));
    return 0;
}

void shell_close(struct shell *shell)
{
    sandbox_done(&shell->sandbox);
    if (shell->commands > 0)
        fd_close(&shell->commands);
    if (shell->answers > 0)
        fd_close(&shell->answers);
}
