#include "base/zstd.h"

#include "base/random.h"
#include "unit.h"

static void what_was_packed_comes_back(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    const size_t sizes[] = {0, 1, 100, 70000};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        char *bytes = arena_alloc(&arena, sizes[i], 1);
        str plain = {bytes, sizes[i]}, packed, again;

        if (i % 2)
            random_bytes(bytes, sizes[i]);
        packed = zstd_pack(&arena, plain);
        assert_int_equal(zstd_unpack(&arena, packed, plain.len, &again), 0);
        assert_true(str_eq(plain, again));
    }
}

static void what_repeats_becomes_small(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *bytes = arena_alloc(&arena, 100000, 1);

    (void)state;
    assert_true(zstd_pack(&arena, (str){bytes, 100000}).len < 2000);
}

static void other_bytes_and_other_sizes_are_refused(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str packed = zstd_pack(&arena, STR("hello, hello, hello")), out;

    (void)state;
    assert_int_equal(zstd_unpack(&arena, packed, 18, &out), -EINVAL);
    assert_int_equal(zstd_unpack(&arena, packed, 20, &out), -EINVAL);
    assert_int_equal(zstd_unpack(&arena, str_head(packed, packed.len - 1), 19, &out), -EINVAL);
    assert_int_equal(zstd_unpack(&arena, STR("hello"), 5, &out), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(what_was_packed_comes_back),
            cmocka_unit_test(what_repeats_becomes_small),
            cmocka_unit_test(other_bytes_and_other_sizes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
