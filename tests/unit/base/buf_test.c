#include "unit.h"
#include "base/buf.h"

static void buf_collects_pieces(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf out = buf_make(&arena, 1000);

    (void)state;
    assert_non_null(buf_str(&out).ptr);
    buf_add(&out, STR("a"));
    buf_add(&out, (str){0});
    buf_char(&out, 'b');
    buf_printf(&out, "%d", 12);
    buf_int(&out, INT64_MIN);
    buf_int(&out, 0);
    assert_str(buf_str(&out), "ab12-92233720368547758080");
    assert_false(buf_is_full(&out));
}

static void buf_grows_and_keeps_what_was_there(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf out = buf_make(&arena, 1 << 20);

    (void)state;
    for (int i = 0; i < 50000; i++) {
        buf_char(&out, (char)i);
        if (i % 1000 == 0)
            (void)arena_alloc(&arena, 10, 1); /* now it cannot grow where it lies */
    }
    assert_int_equal(out.len, 50000);
    for (int i = 0; i < 50000; i++)
        assert_int_equal(out.ptr[i], (char)i);
}

static void buf_is_a_prefix_past_the_ceiling(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t max = 0; max < 12; max++) {
        struct buf out = buf_make(&arena, max);
        buf_add(&out, STR("abc"));
        buf_printf(&out, "%s", "defg");
        buf_char(&out, 'h');
        buf_add(&out, STR("ij"));
        assert_int_equal(buf_is_full(&out), max < 10);
        assert_true(str_eq(buf_str(&out), str_head(STR("abcdefghij"), max)));
    }
}

static void buf_takes_nothing_more_once_full(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf out = buf_make(&arena, 4);

    (void)state;
    assert_null(buf_room(&out, 5));
    assert_true(buf_is_full(&out));
    buf_char(&out, 'x');
    assert_int_equal(out.len, 0);
    buf_clear(&out);
    buf_char(&out, 'x');
    assert_str(buf_str(&out), "x");
}

static void buf_room_is_filled_by_the_caller(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf out = buf_make(&arena, 3000);
    char *room = buf_room(&out, 3000);

    (void)state;
    assert_non_null(room);
    memset(room, 'r', 3000);
    buf_grew(&out, 3000);
    assert_int_equal(buf_str(&out).len, 3000);
    assert_non_null(buf_room(&out, 0));
    assert_false(buf_is_full(&out));
}

static void buf_printf_takes_any_length(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (int len = 250; len < 260; len++) {
        struct buf out = buf_make(&arena, 300);
        buf_printf(&out, "%*d", len, 7);
        assert_int_equal(out.len, len);
        assert_int_equal(out.ptr[len - 1], '7');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(buf_collects_pieces),
            cmocka_unit_test(buf_grows_and_keeps_what_was_there),
            cmocka_unit_test(buf_is_a_prefix_past_the_ceiling),
            cmocka_unit_test(buf_takes_nothing_more_once_full),
            cmocka_unit_test(buf_room_is_filled_by_the_caller),
            cmocka_unit_test(buf_printf_takes_any_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
