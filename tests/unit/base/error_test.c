#include "unit.h"

static void error_set_returns_the_negative_code_and_fills_the_text(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(error_set(&err, ENOENT, "could not open \"%s\": %m", "a"), -ENOENT);
    assert_string_equal(err.text, "could not open \"a\": No such file or directory");
}

static void error_set_takes_no_error(void **state)
{
    (void)state;
    assert_int_equal(error_set(NULL, EINVAL, "nobody asked"), -EINVAL);
    assert_int_equal(error_prefix(NULL, -EINVAL, "nobody asked"), -EINVAL);
}

static void error_set_cuts_a_long_text(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(error_set(&err, EINVAL, "%2000d", 1), -EINVAL);
    assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
}

static void error_prefix_puts_text_before(void **state)
{
    struct error err;

    (void)state;
    (void)error_set(&err, EIO, "could not read");
    assert_int_equal(error_prefix(&err, -EIO, "pack %d", 7), -EIO);
    assert_string_equal(err.text, "pack 7: could not read");
}

static void error_prefix_cuts_at_the_end_whatever_the_length(void **state)
{
    struct error err;

    (void)state;
    for (int len = 500; len < 520; len++) {
        (void)error_set(&err, EIO, "%600d", 1);
        (void)error_prefix(&err, -EIO, "%*d", len, 1);
        assert_in_range(strlen(err.text), 500, sizeof(err.text) - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(error_set_returns_the_negative_code_and_fills_the_text),
            cmocka_unit_test(error_set_takes_no_error),
            cmocka_unit_test(error_set_cuts_a_long_text),
            cmocka_unit_test(error_prefix_puts_text_before),
            cmocka_unit_test(error_prefix_cuts_at_the_end_whatever_the_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
