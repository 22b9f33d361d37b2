#include "unit.h"
#include "base/random.h"
#include "base/clock.h"

static void random_below_stays_below_and_reaches_all(void **state)
{
    bool seen[7] = {false};

    (void)state;
    for (int i = 0; i < 2000; i++) {
        uint64_t n = random_below(7);
        assert_true(n < 7);
        seen[n] = true;
    }
    for (int i = 0; i < 7; i++)
        assert_true(seen[i]);
    assert_int_equal(random_below(1), 0);
    (void)random_below(UINT64_MAX);
}

static void assert_uuid(str uuid, char version)
{
    assert_int_equal(uuid.len, 36);
    for (size_t i = 0; i < uuid.len; i++) {
        if (i == 8 || i == 13 || i == 18 || i == 23)
            assert_int_equal(uuid.ptr[i], '-');
        else
            assert_non_null(strchr("0123456789abcdef", uuid.ptr[i]));
    }
    assert_int_equal(uuid.ptr[14], version);
    assert_non_null(strchr("89ab", uuid.ptr[19]));
}

static void uuids_have_their_version_and_variant(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (int i = 0; i < 100; i++) {
        assert_uuid(random_uuid(&arena), '4');
        assert_uuid(random_uuid_sortable(&arena), '7');
    }
    assert_false(str_eq(random_uuid(&arena), random_uuid(&arena)));
}

static void sortable_uuids_sort_also_within_a_millisecond(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str before = random_uuid_sortable(&arena);

    (void)state;
    for (int i = 0; i < 10000; i++) {
        str next = random_uuid_sortable(&arena);
        assert_true(str_cmp(before, next) < 0);
        before = next;
    }
}

static void sortable_uuids_begin_with_the_time(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    clock_set_virtual(0x0123456789AB);
    str uuid = random_uuid_sortable(&arena);
    clock_set_real();
    assert_str(str_head(uuid, 15), "01234567-89ab-7");
}

static void random_id_has_prefix_and_alphabet(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str id = random_id(&arena, STR("AKIA"), RANDOM_BASE32, 16);

    (void)state;
    assert_int_equal(id.len, 20);
    assert_true(str_starts(id, STR("AKIA")));
    for (size_t i = 4; i < id.len; i++)
        assert_true(str_find_char(RANDOM_BASE32, id.ptr[i]) >= 0);
}

static void a_seed_gives_the_same_again(void **state) /* the last: it stays seeded */
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    random_set_seed(7);
    str first = random_uuid(&arena);
    str second = random_uuid(&arena);
    random_set_seed(7);
    assert_true(str_eq(random_uuid(&arena), first));
    assert_false(str_eq(first, second));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(random_below_stays_below_and_reaches_all),
            cmocka_unit_test(uuids_have_their_version_and_variant),
            cmocka_unit_test(sortable_uuids_sort_also_within_a_millisecond),
            cmocka_unit_test(sortable_uuids_begin_with_the_time),
            cmocka_unit_test(random_id_has_prefix_and_alphabet),
            cmocka_unit_test(a_seed_gives_the_same_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
