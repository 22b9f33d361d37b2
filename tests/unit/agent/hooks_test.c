#include "agent/hooks.h"

#include "dir.h"

/* Runs one script with this text. */
static struct diagnostics run_text(const char *text, int64_t timeout_s)
{
    struct appspec_script script = {.location = STR("s.sh"), .timeout_s = timeout_s};
    const struct appspec_hook hook = {.event = STR("ApplicationStart"), .items = &script, .len = 1};
    const struct hooks_run run = {.hook = &hook,
            .archive = str_of(dir_path),
            .log_dir = str_of(dir_path),
            .env = (const char *const[]){
                    "PATH=/usr/bin:/bin", "LIFECYCLE_EVENT=ApplicationStart", NULL}};
    struct diagnostics ret;

    if (text)
        put_file("s.sh", text, 0644); /* made executable by the agent */
    hooks_run(&dir_arena, &run, &ret);
    return ret;
}

static void a_script_that_succeeds_leaves_no_log(void **state)
{
    struct diagnostics d =
            run_text("#!/bin/sh\necho $LIFECYCLE_EVENT\nread x && exit 1\nexit 0\n", 30);

    (void)state;
    assert_int_equal(d.code, DIAGNOSTICS_SUCCESS);
    assert_int_equal(d.log.len, 0);
    assert_true(str_find(get_file("scripts.log"), STR("[stdout]ApplicationStart\n")) > 0);
}

static void a_failure_tells_script_status_and_tail(void **state)
{
    struct diagnostics d = run_text("#!/bin/sh\necho out\necho err >&2\nexit 3\n", 30);

    (void)state;
    assert_int_equal(d.code, DIAGNOSTICS_SCRIPT_FAILED);
    assert_str(d.script, "s.sh");
    assert_true(str_find(d.message, STR("exit code 3")) > 0);
    assert_true(str_find(d.log, STR("[stdout]out\n")) >= 0 &&
                str_find(d.log, STR("[stderr]err\n")) >= 0);
}

static void the_tail_has_a_limit(void **state)
{
    struct diagnostics d = run_text(
            "#!/bin/sh\ni=0\nwhile [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done\nexit 1\n",
            30);

    (void)state;
    assert_int_equal(d.log.len, DIAGNOSTICS_LOG_MAX);
    assert_true(str_ends(d.log, STR("line 1999\n")));
}

static void a_script_that_is_missing(void **state)
{
    (void)state;
    assert_int_equal(run_text(NULL, 30).code, DIAGNOSTICS_SCRIPT_MISSING);
}

static void a_script_over_its_time_is_ended_with_its_children(void **state)
{
    struct diagnostics d = run_text("#!/bin/sh\nsleep 1000 & wait\n", 1);

    (void)state;
    assert_int_equal(d.code, DIAGNOSTICS_SCRIPT_TIMED_OUT);
}

static void a_background_process_that_holds_the_output_fails_the_event(void **state)
{
    struct diagnostics d = run_text("#!/bin/sh\nsleep 3 &\nexit 0\n", 1);

    (void)state;
    assert_int_equal(d.code, DIAGNOSTICS_OUTPUT_HELD);
}

static void a_background_process_with_its_own_streams_lives_on(void **state)
{
    struct diagnostics d =
            run_text("#!/bin/sh\nsleep 1 > /dev/null 2>&1 < /dev/null &\nexit 0\n", 30);

    (void)state;
    assert_int_equal(d.code, DIAGNOSTICS_SUCCESS);
}

static void diagnostics_fit_the_protocol(void **state)
{
    char log[DIAGNOSTICS_LOG_MAX];

    (void)state;
    dir_open(NULL);
    memset(log, 1, sizeof(log)); /* each byte becomes \u0001 */
    const struct diagnostics d = {
            .code = 4, .script = STR("s"), .message = STR("m"), .log = {log, sizeof(log)}};
    str text = diagnostics_print(&dir_arena, &d);
    assert_true(text.len <= 8192);
    assert_true(str_starts(text,
            STR("{\"error_code\":4,\"script_name\":\"s\",\"message\":\"m\",\"log\":\"\\u0001")));
    dir_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            DIR_TEST(a_script_that_succeeds_leaves_no_log),
            DIR_TEST(a_failure_tells_script_status_and_tail),
            DIR_TEST(the_tail_has_a_limit),
            DIR_TEST(a_script_that_is_missing),
            DIR_TEST(a_script_over_its_time_is_ended_with_its_children),
            DIR_TEST(a_background_process_that_holds_the_output_fails_the_event),
            DIR_TEST(a_background_process_with_its_own_streams_lives_on),
            cmocka_unit_test(diagnostics_fit_the_protocol),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
