#include "unit.h"
#include "base/map.h"

static void an_empty_map_has_nothing(void **state)
{
    struct map map = {0};
    size_t pos = 0;
    void *value;
    str key;

    (void)state;
    assert_null(map_get(&map, STR("a")));
    assert_null(map_remove(&map, STR("a")));
    assert_false(map_next(&map, &pos, &key, &value));
    map_done(&map);
}

static void map_put_replaces_and_returns_the_old_value(void **state)
{
    struct map map = {0};
    int one, two;

    (void)state;
    assert_null(map_put(&map, STR("k"), &one));
    assert_ptr_equal(map_put(&map, STR("k"), &two), &one);
    assert_ptr_equal(map_get(&map, STR("k")), &two);
    assert_int_equal(map.len, 1);
    assert_null(map_put(&map, STR(""), &one));
    assert_ptr_equal(map_get(&map, STR("")), &one);
    map_done(&map);
}

static void map_copies_its_keys(void **state)
{
    struct map map = {0};
    char key[] = "key";

    (void)state;
    (void)map_put(&map, str_of(key), key);
    key[0] = 'x';
    assert_non_null(map_get(&map, STR("key")));
    assert_null(map_get(&map, STR("xey")));
    map_done(&map);
}

/* Against an array: key i is there exactly when here[i]. */
static void map_agrees_with_a_model_through_many_changes(void **state)
{
    enum {
        KEYS = 300
    };
    static int here[KEYS];
    struct map map = {0};
    uint32_t next = 1;

    (void)state;
    for (int step = 0; step < 20000; step++) {
        char key[16];
        next = next * 1664525 + 1013904223;
        unsigned i = next >> 16 & 0xFFFF;
        i %= KEYS;
        (void)snprintf(key, sizeof(key), "key-%u", i);
        if (next >> 30) {
            assert_ptr_equal(map_put(&map, str_of(key), &here[i]), here[i] ? &here[i] : NULL);
            here[i] = 1;
        } else {
            assert_ptr_equal(map_remove(&map, str_of(key)), here[i] ? &here[i] : NULL);
            here[i] = 0;
        }
    }

    size_t pos = 0, count = 0, expected = 0;
    void *value;
    str key;
    while (map_next(&map, &pos, &key, &value)) {
        assert_int_equal(*(int *)value, 1);
        assert_ptr_equal(map_get(&map, key), value);
        count++;
    }
    for (int i = 0; i < KEYS; i++)
        expected += (size_t)here[i];
    assert_int_equal(count, expected);
    assert_int_equal(map.len, expected);
    map_done(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(an_empty_map_has_nothing),
            cmocka_unit_test(map_put_replaces_and_returns_the_old_value),
            cmocka_unit_test(map_copies_its_keys),
            cmocka_unit_test(map_agrees_with_a_model_through_many_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
