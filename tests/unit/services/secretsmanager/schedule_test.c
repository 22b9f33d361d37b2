#include "services/secretsmanager/schedule.h"

#include "base/clock.h"
#include "unit.h"

static const struct {
    const char *expression;
    int64_t hours; /* of the window; 0: not asked for */
    const char *after, *start, *end;
} good[] = {
        {"rate(10 days)", 0, "2026-11-24T15:30:00Z", "2026-12-04T00:00:00Z",
                "2026-12-05T00:00:00Z"},
        {"rate(1 day)", 3, "2026-11-24T15:30:00Z", "2026-11-25T00:00:00Z", "2026-11-25T03:00:00Z"},
        {"rate(4 hours)", 0, "2026-11-24T15:30:00Z", "2026-11-24T19:00:00Z",
                "2026-11-24T20:00:00Z"},
        {"rate(12 hours)", 2, "2026-11-24T15:30:00Z", "2026-11-25T03:00:00Z",
                "2026-11-25T05:00:00Z"},
        {"cron(0 16 1,15 * ? *)", 2, "2026-11-24T15:30:00Z", "2026-12-01T16:00:00Z",
                "2026-12-01T18:00:00Z"},
        {"cron(0 8 * * ? *)", 0, "2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z",
                "2026-11-26T00:00:00Z"},
        {"cron(0 0/8 * * ? *)", 0, "2026-11-24T15:30:00Z", "2026-11-24T16:00:00Z",
                "2026-11-24T17:00:00Z"},
        {"cron(0 4 L * ? *)", 0, "2026-02-01T00:00:00Z", "2026-02-28T04:00:00Z",
                "2026-03-01T00:00:00Z"},
        {"cron(0 4 29 FEB ? *)", 0, "2026-02-01T00:00:00Z", "2028-02-29T04:00:00Z",
                "2028-03-01T00:00:00Z"},
        {"cron(0 4 ? * MON *)", 0, "2026-11-24T15:30:00Z", "2026-11-30T04:00:00Z",
                "2026-12-01T00:00:00Z"},
        {"cron(0 4 ? 1-3 2-6 *)", 0, "2026-11-24T15:30:00Z", "2027-01-01T04:00:00Z",
                "2027-01-02T00:00:00Z"},
        {"cron(0 4 ? * 3#2 *)", 0, "2026-11-24T15:30:00Z", "2026-12-08T04:00:00Z",
                "2026-12-09T00:00:00Z"},
        {"cron(0 4 ? * 6L *)", 0, "2026-11-24T15:30:00Z", "2026-11-27T04:00:00Z",
                "2026-11-28T00:00:00Z"},
        {"cron(0 4 15W * ? *)", 0, "2026-11-01T00:00:00Z", "2026-11-16T04:00:00Z",
                "2026-11-17T00:00:00Z"},
        {"cron(0 4 1W * ? *)", 0, "2026-08-01T00:00:00Z", "2026-08-03T04:00:00Z",
                "2026-08-04T00:00:00Z"},
        {"cron(0 4 LW * ? *)", 0, "2026-01-02T00:00:00Z", "2026-01-30T04:00:00Z",
                "2026-01-31T00:00:00Z"},
};

static void schedule_window_after_is_the_first_window_after_a_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct schedule schedule;
        struct schedule_window window;
        struct error err = {{0}};
        int64_t after;
        if (schedule_parse(str_of(good[i].expression), good[i].hours, &schedule, &err) < 0)
            fail_msg("%s: %s", good[i].expression, err.text);
        assert_int_equal(time_parse_iso8601(str_of(good[i].after), &after), 0);
        assert_int_equal(schedule_window_after(&schedule, after, &window), 0);
        assert_str(time_iso8601(&arena, window.start), good[i].start);
        assert_str(time_iso8601(&arena, window.end), good[i].end);
    }
}

static const struct {
    const char *expression;
    int64_t hours;
} bad[] = {
        {"", 0},
        {"rate()", 0},
        {"rate(0 days)", 0},
        {"rate(3 hours)", 0},
        {"rate(1001 days)", 0},
        {"rate(10 weeks)", 0},
        {"rate(10 days", 0},
        {"10 days", 0},
        {"rate(-1 days)", 0},
        {"cron(5 8 * * ? *)", 0},
        {"cron(0 8 * * * *)", 0},
        {"cron(0 8 ? * ? *)", 0},
        {"cron(0 8 * * ? 2027)", 0},
        {"cron(0 24 * * ? *)", 0},
        {"cron(0 8 0 * ? *)", 0},
        {"cron(0 8 * 13 ? *)", 0},
        {"cron(0 8 ? * 8 *)", 0},
        {"cron(0 8 * * ?)", 0},
        {"cron(0 8 * * ? * *)", 0},
        {"cron(0 0/2 * * ? *)", 0},
        {"cron(0 2,23 * * ? *)", 0},
        {"cron(0 8 5-1 * ? *)", 0},
        {"cron(0 8 ? * MON#6 *)", 0},
        {"cron(0 * * * ? *)", 0},
        {"cron(0 8/0 * * ? *)", 0},
        {"rate(1 day)", 25},
        {"cron(0 20 * * ? *)", 5},
        {"rate(4 hours)", 5},
        {"cron(0 8,12 * * ? *)", 5},
};

static void schedule_parse_refuses_what_is_no_schedule_of_rotations(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct schedule schedule;
        struct error err = {{0}};
        if (schedule_parse(str_of(bad[i].expression), bad[i].hours, &schedule, &err) != -EINVAL)
            fail_msg("%s is taken", bad[i].expression);
        assert_true(err.text[0]);
    }
}

static void schedule_window_after_says_when_there_is_no_time(void **state)
{
    struct schedule schedule;
    struct schedule_window window;

    (void)state;
    assert_int_equal(schedule_parse(STR("cron(0 4 31 2 ? *)"), 0, &schedule, NULL), 0);
    assert_int_equal(schedule_window_after(&schedule, 0, &window), -ENOENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(schedule_window_after_is_the_first_window_after_a_time),
            cmocka_unit_test(schedule_parse_refuses_what_is_no_schedule_of_rotations),
            cmocka_unit_test(schedule_window_after_says_when_there_is_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
