#include "unit.h"
#include "base/clock.h"

static void times_are_written_in_every_form(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    const int64_t ms = 1795455720123; /* date -u -d @1795455720 */

    (void)state;
    assert_str(time_iso8601(&arena, ms), "2026-11-23T17:42:00Z");
    assert_str(time_iso8601_ms(&arena, ms), "2026-11-23T17:42:00.123Z");
    assert_str(time_basic(&arena, ms), "20261123T174200Z");
    assert_str(time_http(&arena, ms), "Mon, 23 Nov 2026 17:42:00 GMT");
    assert_str(time_http(&arena, 0), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_str(time_iso8601_ms(&arena, -1), "1969-12-31T23:59:59.999Z");
}

static void times_agree_with_libc_over_eight_centuries(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    int64_t back;

    (void)state;
    for (int64_t s = -11000000000; s < 14000000000; s += 86399 * 37) {
        time_t t = (time_t)s;
        struct tm tm;
        char expected[40];

        assert_non_null(gmtime_r(&t, &tm));
        assert_true(strftime(expected, sizeof(expected), "%a, %d %b %Y %H:%M:%S GMT", &tm) > 0);
        assert_str(time_http(&arena, s * 1000), expected);
        assert_int_equal(time_parse_http(str_of(expected), &back), 0);
        assert_true(back == s * 1000);
        assert_int_equal(time_parse_iso8601(time_iso8601(&arena, s * 1000), &back), 0);
        assert_true(back == s * 1000);
        assert_int_equal(time_parse_basic(time_basic(&arena, s * 1000), &back), 0);
        assert_true(back == s * 1000);
        arena_reset(&arena);
    }
}

static void time_parse_iso8601_reads_fractions_and_offsets(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } cases[] = {{"1970-01-01T00:00:00Z", 0}, {"1970-01-01T00:00:00.1Z", 100},
            {"1970-01-01T00:00:00.1239Z", 123}, {"1970-01-01T02:00:00+02:00", 0},
            {"1969-12-31T18:30:00-05:30", 0}, {"2000-02-29T00:00:00Z", 951782400000},
            {"0000-01-01T00:00:00Z", -62167219200000}};
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(time_parse_iso8601(str_of(cases[i].text), &ms), 0);
        assert_true(ms == cases[i].ms);
    }
}

static void time_parsers_refuse_every_cut_of_a_valid_time(void **state)
{
    const str iso = STR("2026-11-23T17:42:00.123+01:00"), basic = STR("20261123T174200Z"),
              http = STR("Mon, 23 Nov 2026 17:42:00 GMT");
    int64_t ms = 42;

    (void)state;
    for (size_t i = 0; i < iso.len; i++)
        assert_int_equal(time_parse_iso8601(str_head(iso, i), &ms), -EINVAL);
    for (size_t i = 0; i < basic.len; i++)
        assert_int_equal(time_parse_basic(str_head(basic, i), &ms), -EINVAL);
    for (size_t i = 0; i < http.len; i++)
        assert_int_equal(time_parse_http(str_head(http, i), &ms), -EINVAL);
    assert_int_equal(ms, 42);
}

static void time_parsers_refuse_what_is_not_a_date(void **state)
{
    static const char *const bad[] = {"2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
            "2026-04-31T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00Zx",
            "+026-01-01T00:00:00Z"};
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_int_equal(time_parse_iso8601(str_of(bad[i]), &ms), -EINVAL);
    assert_int_equal(time_parse_basic(STR("20260229T000000Z"), &ms), -EINVAL);
    assert_int_equal(time_parse_http(STR("Mon, 31 Feb 2026 00:00:00 GMT"), &ms), -EINVAL);
    assert_int_equal(time_parse_http(STR("Mon, 23 Foo 2026 00:00:00 GMT"), &ms), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(times_are_written_in_every_form),
            cmocka_unit_test(times_agree_with_libc_over_eight_centuries),
            cmocka_unit_test(time_parse_iso8601_reads_fractions_and_offsets),
            cmocka_unit_test(time_parsers_refuse_every_cut_of_a_valid_time),
            cmocka_unit_test(time_parsers_refuse_what_is_not_a_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
