#include "unit.h"

static void str_cut_leaves_everything_alone_without_a_separator(void **state)
{
    str rest = STR("abc"), head = STR("before");

    (void)state;
    assert_false(str_cut(&rest, ',', &head));
    assert_str(rest, "abc");
    assert_str(head, "before");
    rest = (str){0};
    assert_false(str_cut(&rest, ',', &head));
}

static void str_next_gives_every_piece_also_empty_ones(void **state)
{
    str rest = STR(",a,,b,"), piece;
    const char *const expected[] = {"", "a", "", "b", ""};

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        assert_true(str_next(&rest, ',', &piece));
        assert_str(piece, expected[i]);
    }
    assert_false(str_next(&rest, ',', &piece));
    rest = STR("");
    assert_true(str_next(&rest, ',', &piece));
    assert_false(str_next(&rest, ',', &piece));
}

static void str_keeps_absent_apart_from_empty(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_null(str_dup(&arena, (str){0}).ptr);
    assert_non_null(str_dup(&arena, STR("")).ptr);
    assert_null(str_lower(&arena, (str){0}).ptr);
    assert_null(str_of(NULL).ptr);
    assert_null(str_trim((str){0}).ptr);
    assert_non_null(str_trim(STR("  ")).ptr);
    assert_true(str_eq((str){0}, STR("")));
    assert_string_equal(str_cstr(&arena, (str){0}), "");
}

static void str_compares_bytes_as_unsigned(void **state)
{
    (void)state;
    assert_true(str_cmp(STR("a"), STR("\xFF")) < 0);
    assert_true(str_cmp(STR("a"), STR("aa")) < 0);
    assert_true(str_cmp(STR("b"), STR("aa")) > 0);
    assert_int_equal(str_cmp((str){0}, STR("")), 0);
    assert_true(str_eq_nocase(STR("X-Amz-Date"), STR("x-amz-date")));
    assert_false(str_eq_nocase(STR("a@"), STR("a`")));
    assert_false(str_eq_nocase(STR("a"), STR("ab")));
}

static void str_finds_bytes_and_needles(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("a\0bc"), STR("bc")), 2);
    assert_int_equal(str_find(STR("abc"), STR("")), 0);
    assert_int_equal(str_find(STR("ab"), STR("abc")), -1);
    assert_int_equal(str_find((str){0}, STR("a")), -1);
    assert_int_equal(str_find_char(STR("a/b/c"), '/'), 1);
    assert_int_equal(str_rfind_char(STR("a/b/c"), '/'), 3);
    assert_int_equal(str_rfind_char((str){0}, '/'), -1);
}

static void str_starts_ends_and_takes_prefixes(void **state)
{
    str s = STR("refs/heads/main");

    (void)state;
    assert_true(str_starts(s, STR("refs/")));
    assert_true(str_ends(s, STR("main")));
    assert_false(str_ends(STR("n"), STR("main")));
    assert_false(str_take_prefix(&s, STR("heads/")));
    assert_str(s, "refs/heads/main");
    assert_true(str_take_prefix(&s, STR("refs/")));
    assert_str(s, "heads/main");
}

static void str_replace_replaces_all_or_gives_the_same(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str s = STR("a.b.c");

    (void)state;
    assert_str(str_replace(&arena, s, STR("."), STR("::")), "a::b::c");
    assert_str(str_replace(&arena, s, STR("."), STR("")), "abc");
    assert_str(str_replace(&arena, STR("aaa"), STR("aa"), STR("b")), "ba");
    assert_ptr_equal(str_replace(&arena, s, STR("x"), STR("y")).ptr, s.ptr);
}

static void str_split_and_join_are_inverse(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct str_list list = str_split(&arena, STR("a,,b"), ',');

    (void)state;
    assert_int_equal(list.len, 3);
    assert_true(list.is_set);
    assert_str(str_join(&arena, list, STR(",")), "a,,b");
    assert_int_equal(str_split(&arena, STR(""), ',').len, 1);
    assert_false(str_split(&arena, (str){0}, ',').is_set);
    assert_str(str_join(&arena, (struct str_list){0}, STR(",")), "");
}

static void str_printf_takes_any_length(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (int len = 250; len < 260; len++)
        assert_int_equal(str_printf(&arena, "%*d", len, 7).len, len);
    assert_str(str_printf(&arena, "%.*s-%s", STR_ARG(STR("ab")), "c"), "ab-c");
    assert_str(str_concat(&arena, STR("a"), STR("b")), "ab");
    assert_str(str_lower(&arena, STR("AbC@")), "abc@");
}

static void str_cstr_stops_at_an_inner_nul(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_string_equal(str_cstr(&arena, STR("a\0b")), "a");
    assert_string_equal(str_cstr(&arena, STR("ab")), "ab");
}

static void str_is_utf8_knows_every_boundary(void **state)
{
    static const str good[] = {STR_INIT(""), STR_INIT("abcdefghijk"), STR_INIT("\xC2\x80"),
            STR_INIT("\xDF\xBF"), STR_INIT("\xE0\xA0\x80"), STR_INIT("\xED\x9F\xBF"),
            STR_INIT("\xEE\x80\x80"), STR_INIT("\xEF\xBF\xBF"), STR_INIT("\xF0\x90\x80\x80"),
            STR_INIT("\xF4\x8F\xBF\xBF"), STR_INIT("a\0b")};
    static const str bad[] = {STR_INIT("\x80"), STR_INIT("\xC0\x80"), STR_INIT("\xC1\xBF"),
            STR_INIT("\xE0\x9F\xBF"), STR_INIT("\xED\xA0\x80"), STR_INIT("\xF0\x8F\xBF\xBF"),
            STR_INIT("\xF4\x90\x80\x80"), STR_INIT("\xF5\x80\x80\x80"), STR_INIT("\xFF"),
            STR_INIT("\xE2\x82"), STR_INIT("\xE2\x28\xA1"), STR_INIT("abcdefgh\xC3")};

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
        assert_true(str_is_utf8(good[i]));
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(str_is_utf8(bad[i]));
    assert_int_equal(str_utf8_len(STR("a\xC3\xA9\xF0\x9F\x98\x80")), 3);
    assert_int_equal(str_utf8_next(STR("\xC3\xA9"
                                       "a")),
            2);
    assert_int_equal(str_utf8_next(STR("")), 0);
}

static void str_eq_secret_agrees_with_str_eq(void **state)
{
    char secret[] = "secret";

    (void)state;
    assert_true(str_eq_secret(STR("secret"), STR("secret")));
    assert_false(str_eq_secret(STR("secret"), STR("secreT")));
    assert_false(str_eq_secret(STR("secret"), STR("secre")));
    assert_true(str_eq_secret((str){0}, STR("")));
    mem_wipe(secret, sizeof(secret));
    for (size_t i = 0; i < sizeof(secret); i++)
        assert_int_equal(secret[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(str_cut_leaves_everything_alone_without_a_separator),
            cmocka_unit_test(str_next_gives_every_piece_also_empty_ones),
            cmocka_unit_test(str_keeps_absent_apart_from_empty),
            cmocka_unit_test(str_compares_bytes_as_unsigned),
            cmocka_unit_test(str_finds_bytes_and_needles),
            cmocka_unit_test(str_starts_ends_and_takes_prefixes),
            cmocka_unit_test(str_replace_replaces_all_or_gives_the_same),
            cmocka_unit_test(str_split_and_join_are_inverse),
            cmocka_unit_test(str_printf_takes_any_length),
            cmocka_unit_test(str_cstr_stops_at_an_inner_nul),
            cmocka_unit_test(str_is_utf8_knows_every_boundary),
            cmocka_unit_test(str_eq_secret_agrees_with_str_eq),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
