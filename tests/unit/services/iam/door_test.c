#include "unit.h"
#include "services/iam/door.h"

static const str HERE = STR_INIT("192.0.2.1");
static const str ELSEWHERE = STR_INIT("192.0.2.2");
static const str ALICE = STR_INIT("alice-at-111122223333");
static const str BOB = STR_INIT("bob-at-111122223333");

static struct iam_door *door;

static int setup(void **state)
{
    (void)state;
    door = door_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    door_free(door);
    return 0;
}

static void guess_wrong(str from, str name, int times, int64_t now)
{
    for (int i = 0; i < times; i++)
        door_was(door, from, name, false, now);
}

static str address(struct arena *arena, const char *format, int n)
{
    return str_printf(arena, "%s%x", format, n);
}

static void a_name_is_blocked_from_the_address_that_guesses_it_only(void **state)
{
    (void)state;
    guess_wrong(HERE, ALICE, DOOR_NAME_FREE - 1, 1000);
    assert_int_equal(door_wait(door, HERE, ALICE, 1000), 0);
    guess_wrong(HERE, ALICE, 1, 1000);
    assert_int_equal(door_wait(door, HERE, ALICE, 1000), DOOR_PAUSE_MS);
    assert_int_equal(door_wait(door, HERE, ALICE, 1000 + DOOR_PAUSE_MS - 1), 1);
    assert_int_equal(door_wait(door, HERE, ALICE, 1000 + DOOR_PAUSE_MS), 0);
    assert_int_equal(door_wait(door, ELSEWHERE, ALICE, 1000), 0);
    assert_int_equal(door_wait(door, HERE, BOB, 1000), 0);
}

static void pauses_double_up_to_an_hour(void **state)
{
    int64_t now = 1000, last = 0;

    (void)state;
    guess_wrong(HERE, ALICE, DOOR_NAME_FREE, now);
    for (int i = 0; i < 12; i++) {
        int64_t wait = door_wait(door, HERE, ALICE, now);
        assert_true(wait == DOOR_PAUSE_MAX_MS || wait == (last ? 2 * last : DOOR_PAUSE_MS));
        last = wait;
        now += wait;
        assert_int_equal(door_wait(door, HERE, ALICE, now), 0);
        guess_wrong(HERE, ALICE, 1, now);
    }
    assert_int_equal(last, DOOR_PAUSE_MAX_MS);
}

static void the_right_one_forgets(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        guess_wrong(HERE, ALICE, DOOR_NAME_FREE - 1, 1000);
        door_was(door, HERE, ALICE, true, 1000);
    }
    assert_int_equal(door_wait(door, HERE, ALICE, 1000), 0);
}

static void what_was_long_ago_is_forgotten(void **state)
{
    (void)state;
    guess_wrong(HERE, ALICE, DOOR_NAME_FREE, 1000);
    guess_wrong(HERE, ALICE, DOOR_NAME_FREE - 1, 1000 + DOOR_FORGET_MS);
    assert_int_equal(door_wait(door, HERE, ALICE, 1000 + DOOR_FORGET_MS), 0);
    guess_wrong(HERE, ALICE, 1, 1000 + DOOR_FORGET_MS);
    assert_int_equal(door_wait(door, HERE, ALICE, 1000 + DOOR_FORGET_MS), DOOR_PAUSE_MS);
}

static void an_address_that_tries_many_names_is_blocked_but_for_those_it_knows(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    door_was(door, HERE, BOB, true, 1000);
    for (int i = 0; i < DOOR_ADDRESS_FREE; i++) {
        assert_int_equal(door_wait(door, HERE, ALICE, 1000), 0);
        guess_wrong(HERE, str_printf(&arena, "user-%d", i), 1, 1000);
    }
    assert_int_equal(door_wait(door, HERE, ALICE, 1000), DOOR_PAUSE_MS);
    assert_int_equal(door_wait(door, HERE, BOB, 1000), 0);
    assert_int_equal(door_wait(door, ELSEWHERE, ALICE, 1000), 0);
}

static void a_name_that_many_places_try_is_blocked_for_new_ones(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    door_was(door, HERE, ALICE, true, 1000);
    for (int i = 0; i < DOOR_EVERYWHERE_FREE; i++) {
        assert_int_equal(door_wait(door, ELSEWHERE, ALICE, 1000), 0);
        guess_wrong(address(&arena, "198.51.100.", i), ALICE, 1, 1000);
    }
    assert_int_equal(door_wait(door, ELSEWHERE, ALICE, 1000), DOOR_PAUSE_MS);
    assert_int_equal(door_wait(door, HERE, ALICE, 1000), 0);
    assert_int_equal(door_wait(door, ELSEWHERE, BOB, 1000), 0);
}

static void a_network_of_ipv6_is_one_address(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (int i = 1; i <= DOOR_NAME_FREE; i++)
        guess_wrong(address(&arena, "2001:db8:0:1::", i), ALICE, 1, 1000);
    assert_true(door_wait(door, STR("2001:db8:0:1:ffff::1"), ALICE, 1000) > 0);
    assert_int_equal(door_wait(door, STR("2001:db8:0:2::1"), ALICE, 1000), 0);
}

static void what_is_kept_has_a_ceiling(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    guess_wrong(HERE, ALICE, DOOR_NAME_FREE, 1000);
    for (int i = 0; i < 2 * DOOR_MAX; i++) {
        guess_wrong(address(&arena, "2001:db8:", i & 0xffff), str_printf(&arena, "%d", i), 1, 1000);
        if (i % 1000 == 0) /* what is asked for stays */
            assert_true(door_wait(door, HERE, ALICE, 1000) > 0);
    }
    assert_int_equal(door_wait(door, HERE, str_printf(&arena, "%0500d", 1), 1000), 0);
    guess_wrong((str){0}, (str){0}, 1, 1000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(a_name_is_blocked_from_the_address_that_guesses_it_only),
            TEST(pauses_double_up_to_an_hour),
            TEST(the_right_one_forgets),
            TEST(what_was_long_ago_is_forgotten),
            TEST(an_address_that_tries_many_names_is_blocked_but_for_those_it_knows),
            TEST(a_name_that_many_places_try_is_blocked_for_new_ones),
            TEST(a_network_of_ipv6_is_one_address),
            TEST(what_is_kept_has_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
