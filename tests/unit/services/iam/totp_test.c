#include "unit.h"
#include "services/iam/totp.h"

static const str SEED = STR_INIT("12345678901234567890");

static int64_t find(const char *code, int64_t now, int64_t drift, int64_t last)
{
    return totp_find(SEED, str_of(code), now, drift, last);
}

/* Appendix B gives 8 digits; 6 are the last of them. */
static void totp_has_the_sha_1_vectors_of_rfc_6238(void **state)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } cases[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"},
            {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char code[TOTP_DIGITS];
        totp_code(SEED, totp_step(cases[i].seconds * 1000), code);
        assert_str(((str){code, TOTP_DIGITS}), cases[i].code);
    }
}

static void totp_has_the_vectors_of_rfc_4226(void **state)
{
    static const char *const codes[] = {"755224", "287082", "359152", "969429", "338314", "254676",
            "287922", "162583", "399871", "520489"};

    (void)state;
    for (int i = 0; i < 10; i++) {
        char code[TOTP_DIGITS];
        totp_code(SEED, i, code);
        assert_str(((str){code, TOTP_DIGITS}), codes[i]);
    }
}

/* The codes of the steps 0 to 9 are those of RFC 4226. */
static void totp_takes_a_code_a_step_early_or_late_and_no_more(void **state)
{
    (void)state;
    assert_int_equal(find("254676", 5, 0, 0), 5);
    assert_int_equal(find("338314", 5, 0, 0), 4);
    assert_int_equal(find("287922", 5, 0, 0), 6);
    assert_int_equal(find("969429", 5, 0, 0), 0);
    assert_int_equal(find("162583", 5, 0, 0), 0);
    assert_int_equal(find("520489", 5, 4, 0), 9);
    assert_int_equal(find("254676", 5, 4, 0), 0);
    assert_int_equal(find("25467", 5, 0, 0), 0);
    assert_int_equal(find("2546760", 5, 0, 0), 0);
}

static void totp_takes_no_code_of_a_step_that_was_used(void **state)
{
    (void)state;
    assert_int_equal(find("254676", 5, 0, 4), 5);
    assert_int_equal(find("254676", 5, 0, 5), 0);
    assert_int_equal(find("338314", 5, 0, 5), 0);
    assert_int_equal(find("287922", 5, 0, 5), 6);
}

static void totp_finds_two_in_a_row_over_ten_minutes(void **state)
{
    str first = STR("338314"), second = STR("254676"); /* 4 and 5 */

    (void)state;
    for (int64_t now = 0; now <= 5 + TOTP_FAR; now++)
        assert_int_equal(totp_find_two(SEED, first, second, now, 0), 5);
    assert_int_equal(totp_find_two(SEED, first, second, 6 + TOTP_FAR, 0), 0);
    assert_int_equal(totp_find_two(SEED, second, first, 5, 0), 0);
    assert_int_equal(totp_find_two(SEED, first, first, 5, 0), 0);
    assert_int_equal(totp_find_two(SEED, first, STR("287922"), 5, 0), 0);
    assert_int_equal(totp_find_two(SEED, first, second, 5, 3), 5);
    assert_int_equal(totp_find_two(SEED, first, second, 5, 4), 0);
}

static void totp_remembers_only_a_drift_that_is_no_slow_hand(void **state)
{
    (void)state;
    assert_int_equal(totp_drift(98, 100), 0);
    assert_int_equal(totp_drift(102, 100), 0);
    assert_int_equal(totp_drift(97, 100), -3);
    assert_int_equal(totp_drift(120, 100), 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(totp_has_the_sha_1_vectors_of_rfc_6238),
            cmocka_unit_test(totp_has_the_vectors_of_rfc_4226),
            cmocka_unit_test(totp_takes_a_code_a_step_early_or_late_and_no_more),
            cmocka_unit_test(totp_takes_no_code_of_a_step_that_was_used),
            cmocka_unit_test(totp_finds_two_in_a_row_over_ten_minutes),
            cmocka_unit_test(totp_remembers_only_a_drift_that_is_no_slow_hand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
