#include "unit.h"

#include <locale.h>

static void str_to_i64_reads_the_whole_range(void **state)
{
    int64_t n;

    (void)state;
    assert_int_equal(str_to_i64(STR("-9223372036854775808"), &n), 0);
    assert_true(n == INT64_MIN);
    assert_int_equal(str_to_i64(STR("9223372036854775807"), &n), 0);
    assert_true(n == INT64_MAX);
    assert_int_equal(str_to_i64(STR("007"), &n), 0);
    assert_int_equal(n, 7);
    assert_int_equal(str_to_i64(STR("-0"), &n), 0);
    assert_int_equal(n, 0);
}

static void str_to_u64_reads_the_whole_range(void **state)
{
    uint64_t n;

    (void)state;
    assert_int_equal(str_to_u64(STR("18446744073709551615"), &n), 0);
    assert_true(n == UINT64_MAX);
    assert_int_equal(str_to_u64(STR("18446744073709551616"), &n), -ERANGE);
    assert_int_equal(str_to_u64(STR("99999999999999999999999"), &n), -ERANGE);
    assert_int_equal(str_to_u64(STR("-1"), &n), -EINVAL);
}

static void str_to_i64_refuses_all_else_and_leaves_the_output(void **state)
{
    static const struct {
        str text;
        int code;
    } cases[] = {{STR_INIT(""), -EINVAL}, {STR_INIT("-"), -EINVAL}, {STR_INIT("+1"), -EINVAL},
            {STR_INIT(" 1"), -EINVAL}, {STR_INIT("1 "), -EINVAL}, {STR_INIT("1\0"), -EINVAL},
            {STR_INIT("0x1"), -EINVAL}, {STR_INIT("--1"), -EINVAL}, {STR_INIT("1.0"), -EINVAL},
            {STR_INIT("9223372036854775808"), -ERANGE},
            {STR_INIT("-9223372036854775809"), -ERANGE}};
    int64_t n = 42;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_int_equal(str_to_i64(cases[i].text, &n), cases[i].code);
    assert_int_equal(str_to_i64((str){0}, &n), -EINVAL);
    assert_int_equal(n, 42);
}

static void str_to_double_reads_decimals(void **state)
{
    double d;

    (void)state;
    assert_int_equal(str_to_double(STR("-1.5e3"), &d), 0);
    assert_true(d == -1500);
    assert_int_equal(str_to_double(STR("1E-2"), &d), 0);
    assert_true(d == 0.01);
    assert_int_equal(str_to_double(STR("0.1"), &d), 0);
    assert_true(d == 0.1);
}

static void str_to_double_refuses_what_is_not_a_finite_decimal(void **state)
{
    static const str bad[] = {STR_INIT(""), STR_INIT("nan"), STR_INIT("inf"), STR_INIT("0x1p3"),
            STR_INIT("1."), STR_INIT(".5"), STR_INIT("1e"), STR_INIT("1e+"), STR_INIT("+1"),
            STR_INIT("1,5"), STR_INIT("1 "), STR_INIT("-")};
    double d = 42;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_int_equal(str_to_double(bad[i], &d), -EINVAL);
    assert_int_equal(str_to_double((str){0}, &d), -EINVAL);
    assert_int_equal(str_to_double(STR("1e400"), &d), -ERANGE);
    assert_true(d == 42);
}

static void str_to_double_does_not_follow_the_locale(void **state)
{
    locale_t comma = newlocale(LC_NUMERIC_MASK, "de_DE.UTF-8", (locale_t)0);
    locale_t before = comma ? uselocale(comma) : (locale_t)0;
    double d = 0;

    (void)state;
    assert_int_equal(str_to_double(STR("2.5"), &d), 0);
    assert_true(d == 2.5);
    if (!comma)
        return; /* this host has only the C locale: then nothing can go wrong */
    uselocale(before);
    freelocale(comma);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(str_to_i64_reads_the_whole_range),
            cmocka_unit_test(str_to_u64_reads_the_whole_range),
            cmocka_unit_test(str_to_i64_refuses_all_else_and_leaves_the_output),
            cmocka_unit_test(str_to_double_reads_decimals),
            cmocka_unit_test(str_to_double_refuses_what_is_not_a_finite_decimal),
            cmocka_unit_test(str_to_double_does_not_follow_the_locale),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
