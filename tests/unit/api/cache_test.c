#include "unit.h"

#include "api/cache.h"

struct thing {
    struct cache_item item;
    int *freed;
};

static void free_thing(struct cache_item *item)
{
    ++*((struct thing *)item)->freed;
    free(item);
}

static void put_weight(struct cache *cache, str key, size_t weight, int *freed)
{
    struct thing *thing = mem_new(struct thing);

    cache_init_item(&thing->item, free_thing);
    thing->item.weight = weight;
    thing->freed = freed;
    cache_put(cache, key, &thing->item);
    cache_unref(&thing->item);
}

static void put(struct cache *cache, str key, int *freed)
{
    put_weight(cache, key, 1, freed);
}

static void cache_keeps_what_is_used_and_drops_the_rest(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct cache *cache = cache_new(10);
    int freed = 0;

    (void)state;
    put(cache, STR("used"), &freed);
    for (int i = 0; i < 100; i++) {
        struct cache_item *item = cache_get(cache, STR("used"));
        assert_non_null(item);
        cache_unref(item);
        put(cache, str_printf(&arena, "%d", i), &freed);
    }
    assert_true(freed >= 90);
    assert_null(cache_get(cache, STR("0")));
    cache_free(cache);
    assert_int_equal(freed, 101);
}

static void cache_counts_weights_when_items_have_them(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct cache *cache = cache_new(100);
    int freed = 0;

    (void)state;
    for (int i = 0; i < 10; i++) {
        put_weight(cache, str_printf(&arena, "%d", i), 20, &freed);
        assert_true(i + 1 - freed <= 100 / 20);
    }
    put_weight(cache, STR("9"), 20, &freed); /* in place of the one before */
    put_weight(cache, STR("half"), 50, &freed);
    struct cache_item *half = cache_get(cache, STR("half"));
    assert_non_null(half);
    cache_unref(half);
    put_weight(cache, STR("too heavy"), 51, &freed);
    assert_null(cache_get(cache, STR("too heavy")));
    cache_free(cache);
    assert_int_equal(freed, 13);
}

static void an_item_outlives_its_cache_while_it_is_used(void **state)
{
    struct cache *cache = cache_new(10);
    struct cache_item *item;
    int freed = 0;

    (void)state;
    put(cache, STR("a"), &freed);
    item = cache_get(cache, STR("a"));
    put(cache, STR("a"), &freed);
    assert_int_equal(freed, 0);
    cache_free(cache);
    assert_int_equal(freed, 1);
    cache_unref(item);
    assert_int_equal(freed, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(cache_keeps_what_is_used_and_drops_the_rest),
            cmocka_unit_test(cache_counts_weights_when_items_have_them),
            cmocka_unit_test(an_item_outlives_its_cache_while_it_is_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
