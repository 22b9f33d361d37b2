#include "unit.h"
#include "base/proc.h"
#include "base/fs.h"

#include <fcntl.h>
#include <signal.h>

#define ARGV(...)                                                                                  \
    .argv = (const char *const[])                                                                  \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static int run(struct arena *arena, const struct proc_options *options, str input, str *ret_out,
        struct error *err)
{
    return proc_run(arena, options, input, 1 << 20, 60000, ret_out, NULL, err);
}

static void proc_run_feeds_and_collects(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str out, err;
    int r = proc_run(&arena, &(struct proc_options){ARGV("sh", "-c", "cat; echo oops >&2; exit 7")},
            STR("hello"), 100, 60000, &out, &err, NULL);

    (void)state;
    assert_int_equal(r, 7);
    assert_str(out, "hello");
    assert_str(err, "oops\n");
}

static void proc_run_takes_more_than_a_pipe_holds_both_ways(void **state)
{
    enum {
        MANY = 700000
    };
    AUTO_ARENA struct arena arena = {0};
    char *bytes = memset(arena_alloc(&arena, MANY, 1), 'x', MANY);
    str out;

    (void)state;
    assert_int_equal(
            run(&arena, &(struct proc_options){ARGV("cat")}, (str){bytes, MANY}, &out, NULL), 0);
    assert_int_equal(out.len, MANY);
    assert_memory_equal(out.ptr, bytes, MANY);
}

static void proc_run_survives_a_child_that_does_not_read(void **state)
{
    enum {
        MANY = 700000
    };
    AUTO_ARENA struct arena arena = {0};
    str out;

    (void)state;
    assert_int_equal(run(&arena, &(struct proc_options){ARGV("true")},
                             (str){arena_alloc(&arena, MANY, 1), MANY}, &out, NULL),
            0);
    assert_str(out, "");
}

static void proc_run_stops_too_much_output_and_too_much_time(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct error err;
    str out = STR("before");

    (void)state;
    assert_int_equal(proc_run(&arena, &(struct proc_options){ARGV("yes")}, STR(""), 1000, 60000,
                             &out, NULL, &err),
            -E2BIG);
    assert_string_equal(err.text, "\"yes\": it prints more than 1000 bytes");
    assert_int_equal(proc_run(&arena, &(struct proc_options){ARGV("sleep", "1000")}, STR(""), 1000,
                             20, &out, NULL, &err),
            -ETIMEDOUT);
    assert_str(out, "before");
    assert_int_equal(proc_run(&arena, &(struct proc_options){ARGV("printf", "abc")}, STR(""), 3,
                             60000, &out, NULL, &err),
            0);
    assert_str(out, "abc");
}

static void proc_run_reports_a_signal_as_128_and_its_number(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_int_equal(run(&arena, &(struct proc_options){ARGV("sh", "-c", "kill -9 $$")}, STR(""),
                             NULL, NULL),
            137);
}

static void proc_start_says_why_it_cannot(void **state)
{
    struct proc proc = {.pid = 42};
    struct error err;

    (void)state;
    assert_int_equal(
            proc_start(&(struct proc_options){ARGV("no-such-program")}, &proc, &err), -ENOENT);
    assert_string_equal(err.text, "could not find \"no-such-program\" in PATH");
    assert_int_equal(proc_start(&(struct proc_options){ARGV("/etc/passwd")}, &proc, &err), -EACCES);
    assert_string_equal(
            err.text, "could not start \"/etc/passwd\": could not run it: Permission denied");
    assert_int_equal(
            proc_start(&(struct proc_options){ARGV("true"), .cwd = "/no/such"}, &proc, &err),
            -ENOENT);
    assert_string_equal(err.text,
            "could not start \"true\": could not enter its directory: No such file or directory");
    assert_int_equal(proc.pid, 42);
}

static void the_child_has_its_own_environment_directory_and_group(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    const struct proc_options options = {
            ARGV("sh", "-c", "pwd; echo $A; test $(ps -o pgid= -p $$) = $$ && echo leader"),
            .env = (const char *const[]){"A=b c", "PATH=/usr/bin:/bin", NULL}, .cwd = "/usr"};
    str out;

    (void)state;
    assert_int_equal(run(&arena, &options, STR(""), &out, NULL), 0);
    assert_str(out, "/usr\nb c\nleader\n");
}

static void the_child_has_only_the_descriptors_it_was_given(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    AUTO_CLOSE int passed = open("/dev/null", O_RDONLY | O_CLOEXEC);
    AUTO_CLOSE int leaked = open("/dev/null", O_RDONLY); /* not O_CLOEXEC, as a library's */
    const int pass[] = {passed, -1};
    const struct proc_options options = {
            ARGV("sh", "-c", "cd /proc/self/fd; echo *"), .pass_fds = pass};
    str out, expected;

    (void)state;
    assert_int_equal(run(&arena, &options, STR(""), &out, NULL), 0);
    expected = str_printf(&arena, "0 1 2 %d", passed);
    assert_true(str_starts(out, expected));
    assert_int_equal(str_find(out, str_printf(&arena, " %d ", leaked)), -1);
}

static void the_child_has_default_signals(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    sigset_t all, mask;

    (void)state;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &mask);
    int r = run(&arena, &(struct proc_options){ARGV("sh", "-c", "kill -PIPE $$; exit 1")}, STR(""),
            NULL, NULL);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    signal(SIGPIPE, before);
    assert_int_equal(r, 128 + SIGPIPE);
}

static void errors_can_follow_the_output(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    const struct proc_options options = {
            ARGV("sh", "-c", "echo a; echo b >&2"), .err = PROC_STDOUT};
    str out;

    (void)state;
    assert_int_equal(run(&arena, &options, STR(""), &out, NULL), 0);
    assert_str(out, "a\nb\n");
}

static void a_descriptor_can_be_handed_to_the_child(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    int ends[2], status;
    struct proc proc;
    str out;

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(
            proc_start(&(struct proc_options){ARGV("echo", "hi"), .out = ends[1]}, &proc, NULL), 0);
    fd_close(&ends[1]);
    assert_int_equal(fd_read_all(&arena, ends[0], 100, &out, NULL), 0);
    fd_close(&ends[0]);
    assert_str(out, "hi\n");
    assert_int_equal(proc_wait(&proc, -1, &status, NULL), 0);
    assert_int_equal(status, 0);
    assert_int_equal(proc_wait(&proc, -1, &status, NULL), -ECHILD);
    proc_done(&proc);
}

static void proc_wait_times_out_and_proc_done_ends_the_group(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct proc proc;
    int status = 42;
    str out;

    (void)state;
    assert_int_equal(proc_start(&(struct proc_options){ARGV("sh", "-c", "sleep 1000 & echo; wait"),
                                        .out = PROC_PIPE},
                             &proc, NULL),
            0);
    assert_int_equal(proc_wait(&proc, 1, &status, NULL), -ETIMEDOUT);
    assert_int_equal(status, 42);
    int out_end = fd_take(&proc.out);
    proc_done(&proc);
    assert_int_equal(proc.pid, 0);
    assert_int_equal(fd_read_all(&arena, out_end, 100, &out, NULL), 0); /* ends: nobody writes */
    fd_close(&out_end);
}

static void proc_kill_reaches_the_child(void **state)
{
    struct proc proc;
    int status;

    (void)state;
    assert_int_equal(
            proc_start(&(struct proc_options){ARGV("sleep", "1000"), .die_with_parent = true},
                    &proc, NULL),
            0);
    proc_kill(&proc, SIGTERM);
    assert_int_equal(proc_wait(&proc, 60000, &status, NULL), 0);
    assert_int_equal(status, 128 + SIGTERM);
    proc_kill(&proc, SIGTERM); /* nothing is there: nothing happens */
    proc_done(&proc);
}

static void proc_done_takes_what_was_never_started(void **state)
{
    AUTO_PROC struct proc proc = {0};

    (void)state;
    proc_done(&proc);
    assert_true(fcntl(0, F_GETFD) >= 0); /* a zeroed proc does not own descriptor 0 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(proc_run_feeds_and_collects),
            cmocka_unit_test(proc_run_takes_more_than_a_pipe_holds_both_ways),
            cmocka_unit_test(proc_run_survives_a_child_that_does_not_read),
            cmocka_unit_test(proc_run_stops_too_much_output_and_too_much_time),
            cmocka_unit_test(proc_run_reports_a_signal_as_128_and_its_number),
            cmocka_unit_test(proc_start_says_why_it_cannot),
            cmocka_unit_test(the_child_has_its_own_environment_directory_and_group),
            cmocka_unit_test(the_child_has_only_the_descriptors_it_was_given),
            cmocka_unit_test(the_child_has_default_signals),
            cmocka_unit_test(errors_can_follow_the_output),
            cmocka_unit_test(a_descriptor_can_be_handed_to_the_child),
            cmocka_unit_test(proc_wait_times_out_and_proc_done_ends_the_group),
            cmocka_unit_test(proc_kill_reaches_the_child),
            cmocka_unit_test(proc_done_takes_what_was_never_started),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
