#include "unit.h"
#include "base/clock.h"

static int back_to_real(void **state)
{
    (void)state;
    clock_set_real();
    return 0;
}

static void a_virtual_clock_stands_still_until_it_is_moved(void **state)
{
    (void)state;
    clock_set_virtual(1000);
    assert_true(clock_is_virtual());
    assert_int_equal(clock_now(), 1000);
    clock_sleep(1000000000);
    assert_int_equal(clock_now(), 1000);
    clock_advance(234);
    assert_int_equal(clock_now(), 1234);
    assert_int_equal(back_to_real(state), 0);
}

static void the_real_clock_goes_forward(void **state)
{
    int64_t wall = clock_now(), monotonic = clock_monotonic_us();

    (void)state;
    assert_false(clock_is_virtual());
    assert_true(wall > 1700000000000);
    clock_sleep(2);
    assert_true(clock_monotonic_us() >= monotonic + 2000);
}

static void count_up(void *arg)
{
    ++*(int *)arg;
}

static void a_real_clock_that_is_moved_goes_on_from_there(void **state)
{
    int64_t wall = clock_now(), monotonic = clock_monotonic_us();
    int woken = 0;

    clock_on_advance(count_up, &woken);
    clock_advance(86400000);
    assert_int_equal(woken, 1);
    assert_true(clock_now() >= wall + 86400000);
    assert_true(clock_monotonic_us() < monotonic + 86400000 * INT64_C(1000));
    clock_sleep(2);
    assert_true(clock_now() >= wall + 86400002);
    clock_on_advance(NULL, NULL);
    clock_advance(1);
    assert_int_equal(woken, 1);
    assert_int_equal(back_to_real(state), 0);
    assert_true(clock_now() < wall + 86400000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(a_virtual_clock_stands_still_until_it_is_moved),
            cmocka_unit_test(the_real_clock_goes_forward),
            cmocka_unit_test(a_real_clock_that_is_moved_goes_on_from_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
