#include "sandbox/sandbox.h"

#include "base/fs.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <cmocka.h>

static const char *const environment[] = {
        "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/work", "SECRET=s3cr3t", NULL};

enum {
    PATIENCE_MS = 60000
};

/* Runs `script` in a sandbox with a writable /work; its output, and its status. */
static str run(
        struct arena *arena, const char *script, struct sandbox_options more, int *ret_status)
{
    char work[] = "/tmp/slipway-sandbox-XXXXXX";
    const char *const argv[] = {"bash", "-c", script, NULL};
    struct sandbox_bind binds[] = {{work, "/work", true}, {"/etc/hostname", "/work2", false}};
    struct error err = {{0}};
    struct sandbox box = {0};
    str out;

    assert_int_equal(fs_temp_dir(work, &err), 0);
    assert_int_equal(chown(work, sandbox_user(), (gid_t)-1), 0);
    more.argv = argv;
    more.env = environment;
    more.cwd = "/work";
    more.binds = binds;
    more.binds_len = 2;
    more.out = PROC_PIPE;
    more.err = PROC_STDOUT;
    if (sandbox_start(&more, &box, &err) < 0)
        fail_msg("%s", err.text);
    assert_int_equal(fd_read_all(arena, box.proc.out, 1 << 20, &out, &err), 0);
    assert_int_equal(sandbox_wait(&box, PATIENCE_MS, ret_status, &err), 0);
    sandbox_done(&box);
    assert_int_equal(fs_remove_tree(work, &err), 0);
    return out;
}

static void assert_output(const char *script, struct sandbox_options more, const char *expected)
{
    AUTO_ARENA struct arena arena = {0};
    int status;
    str out = run(&arena, script, more, &status);

    assert_string_equal(str_cstr(&arena, out), expected);
}

#define SIMPLE ((struct sandbox_options){0})

static void a_command_runs_with_its_environment_and_work_directory(void **state)
{
    (void)state;
    assert_output("echo $SECRET; pwd; touch x && ls; whoami; hostname", SIMPLE,
            "s3cr3t\n/work\nx\ncodebuild-user\nslipway\n");
}

static void its_exit_status_is_returned(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    int status;

    (void)state;
    (void)run(&arena, "exit 42", SIMPLE, &status);
    assert_int_equal(status, 42);
    (void)run(&arena, "kill -9 $$", SIMPLE, &status);
    assert_int_equal(status, 128 + 9);
}

static void the_host_does_not_show(void **state)
{
    (void)state;
    assert_output("ls -d /root /home /var/lib /srv /mnt /etc/shadow /etc/ssh /etc/ssl/private "
                  "/sys/kernel /run/* 2>/dev/null",
            SIMPLE, "");
    assert_output("set -- /proc/[0-9]*; echo $#", SIMPLE, "2\n"); /* init and bash */
}

static void nothing_but_its_binds_can_be_written(void **state)
{
    (void)state;
    assert_output(
            "for d in / /usr /usr/bin /etc /opt /bin; do touch $d/x 2>/dev/null && echo $d; done; "
            "echo x 2>/dev/null >/work2 || echo kept",
            SIMPLE, "kept\n");
}

static void directories_to_hide_are_empty(void **state)
{
    static const char *const hide[] = {"/usr/share", "/home", NULL};

    (void)state;
    assert_output("ls /usr/share", ((struct sandbox_options){.hide = hide}), "");
}

static void system_calls_that_reach_out_are_refused(void **state)
{
    (void)state;
    assert_output("unshare -r true 2>/dev/null && echo unshare; "
                  "mount -t tmpfs x /work 2>/dev/null && echo mount; "
                  "python3 -c 'import ctypes; c = ctypes.CDLL(None, use_errno=True); "
                  "print(c.ptrace(0, 0, 0, 0), ctypes.get_errno())'",
            SIMPLE, "-1 1\n");
    assert_output("grep -E 'CapEff|CapBnd|NoNewPrivs|Seccomp:' /proc/self/status | tr -d '\\t'",
            SIMPLE, "CapEff:0000000000000000\nCapBnd:0000000000000000\nNoNewPrivs:1\nSeccomp:2\n");
}

static void without_network_there_is_only_a_loopback(void **state)
{
    (void)state;
    assert_output("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '", SIMPLE, "lo\n");
}

static void limits_hold(void **state)
{
    struct sandbox_options files = {.limits = {.open_files = 123}};
    struct sandbox_options size = {.limits = {.file_size = 4096}};

    (void)state;
    assert_output("ulimit -n; ulimit -c", files, "123\n0\n");
    assert_output(
            "trap '' XFSZ; head -c 10000 /dev/zero >f 2>/dev/null; stat -c %s f", size, "4096\n");
}

static void too_many_processes_are_refused(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct sandbox_options few = {.limits = {.processes = 20}};
    int status;

    (void)state;
    str out = run(&arena,
            "python3 -c 'import os, time\n"
            "for i in range(60):\n"
            "    if os.fork() == 0: time.sleep(100)'",
            few, &status);
    assert_int_equal(status, 1);
    assert_true(str_find(out, STR("BlockingIOError")) >= 0);
}

static void descriptors_arrive_under_their_numbers(void **state)
{
    const char *const argv[] = {
            "bash", "-c", "read -r x <&9; echo got $x >&8; ls /proc/self/fd", NULL};
    AUTO_ARENA struct arena arena = {0};
    struct sandbox box = {0};
    int in[2], back[2], status;
    struct error err;
    str out;

    (void)state;
    assert_int_equal(pipe2(in, O_CLOEXEC), 0);
    assert_int_equal(pipe2(back, O_CLOEXEC), 0);
    struct sandbox_fd fds[] = {{in[0], 9}, {back[1], 8}};
    assert_int_equal(sandbox_start(&(struct sandbox_options){.argv = argv,
                                           .env = environment,
                                           .out = PROC_PIPE,
                                           .fds = fds,
                                           .fds_len = 2},
                             &box, &err),
            0);
    (void)close(in[0]);
    (void)close(back[1]);
    assert_int_equal(fd_write_all(in[1], STR("hello\n"), &err), 0);
    assert_int_equal(fd_read_all(&arena, back[0], 100, &out, &err), 0);
    assert_string_equal(str_cstr(&arena, out), "got hello\n");
    assert_int_equal(fd_read_all(&arena, box.proc.out, 100, &out, &err), 0);
    assert_string_equal(str_cstr(&arena, out), "0\n1\n2\n3\n8\n9\n"); /* 3: ls's own */
    assert_int_equal(sandbox_wait(&box, PATIENCE_MS, &status, &err), 0);
    sandbox_done(&box);
    (void)close(in[1]);
    (void)close(back[0]);
}

/* A lock that a process holds as long as it lives tells whether anything is left. */
static void stop_leaves_no_process(void **state)
{
    const char *const argv[] = {"bash", "-c",
            "setsid bash -c 'trap \"\" TERM; while :; do sleep 1000; done' & setsid sleep 1000 & "
            "echo up; wait",
            NULL};
    struct sandbox box = {0};
    struct error err;
    char byte[4];

    (void)state;
    assert_int_equal(
            sandbox_start(
                    &(struct sandbox_options){.argv = argv, .env = environment, .out = PROC_PIPE},
                    &box, &err),
            0);
    assert_int_equal(fd_read_full(box.proc.out, byte, 3, &err), 3);
    sandbox_stop(&box);
    /* Every process had the pipe: once all are gone it is at its end, without waiting. */
    struct pollfd end = {.fd = box.proc.out, .events = POLLIN};
    assert_int_equal(poll(&end, 1, 0), 1);
    assert_int_equal(read(box.proc.out, byte, 1), 0);
    sandbox_done(&box);
    sandbox_done(&box);
}

static void stop_right_after_the_start_works(void **state)
{
    const char *const argv[] = {"sleep", "1000", NULL};
    struct error err;

    (void)state;
    for (int i = 0; i < 10; i++) {
        struct sandbox box = {0};
        assert_int_equal(sandbox_start(&(struct sandbox_options){.argv = argv, .env = environment},
                                 &box, &err),
                0);
        sandbox_done(&box);
    }
}

static void a_program_that_does_not_exist_ends_with_1_or_127(void **state)
{
    const char *const argv[] = {"no-such-program", NULL};
    struct sandbox box = {0};
    struct error err;
    int status;

    (void)state;
    assert_int_equal(
            sandbox_start(
                    &(struct sandbox_options){.argv = argv, .env = environment, .err = PROC_NULL},
                    &box, &err),
            0);
    assert_int_equal(sandbox_wait(&box, PATIENCE_MS, &status, &err), 0);
    assert_true(status == 1 || status == 127);
    sandbox_done(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(a_command_runs_with_its_environment_and_work_directory),
            cmocka_unit_test(its_exit_status_is_returned),
            cmocka_unit_test(the_host_does_not_show),
            cmocka_unit_test(nothing_but_its_binds_can_be_written),
            cmocka_unit_test(directories_to_hide_are_empty),
            cmocka_unit_test(system_calls_that_reach_out_are_refused),
            cmocka_unit_test(without_network_there_is_only_a_loopback),
            cmocka_unit_test(limits_hold),
            cmocka_unit_test(too_many_processes_are_refused),
            cmocka_unit_test(descriptors_arrive_under_their_numbers),
            cmocka_unit_test(stop_leaves_no_process),
            cmocka_unit_test(stop_right_after_the_start_works),
            cmocka_unit_test(a_program_that_does_not_exist_ends_with_1_or_127),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
