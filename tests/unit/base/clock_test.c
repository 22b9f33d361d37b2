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

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(a_virtual_clock_stands_still_until_it_is_moved),
            cmocka_unit_test(the_real_clock_goes_forward),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
