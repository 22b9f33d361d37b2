#include "git/refname.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static void refname_accepts_what_git_accepts(void **state)
{
    static const char *const names[] = {"refs/heads/main", "refs/tags/v1.0", "refs/heads/a/b/c",
            "refs/notes/commits", "refs/heads/h\xc3\xa9", "refs/heads/@", "refs/heads/a@b",
            "refs/heads/-x", "refs/heads/a.b"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        assert_true(refname_is_valid(str_of(names[i])));
}

static void refname_refuses_what_git_refuses(void **state)
{
    static const char *const names[] = {"", "refs/", "refs/heads", "refs/heads/", "HEAD",
            "heads/main", "refs//main", "refs/heads//a", "refs/heads/.a", "refs/heads/a..b",
            "refs/heads/a.lock", "refs/heads/a.lock/b", "refs/heads/a b", "refs/heads/a~1",
            "refs/heads/a^", "refs/heads/a:b", "refs/heads/a?", "refs/heads/a*", "refs/heads/a[",
            "refs/heads/a\\b", "refs/heads/a@{b", "refs/heads/a.", "refs/heads/a\x7f",
            "refs/heads/a\n", "refs/heads/\xff"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (refname_is_valid(str_of(names[i])))
            fail_msg("\"%s\" was accepted", names[i]);
    assert_false(refname_is_valid(STR("refs/heads/a\0b")));
}

static void refname_short_is_what_follows_heads(void **state)
{
    (void)state;
    assert_true(refname_is_valid_short(STR("main")));
    assert_true(refname_is_valid_short(STR("feature/a")));
    assert_false(refname_is_valid_short(STR("")));
    assert_false(refname_is_valid_short(STR("@")));
    assert_false(refname_is_valid_short(STR("a/")));
    assert_false(refname_is_valid_short(STR("/a")));
}

static void object_id_is_forty_lower_case_digits(void **state)
{
    (void)state;
    assert_true(object_id_is_valid(STR("0123456789abcdef0123456789abcdef01234567")));
    assert_false(object_id_is_valid(STR("0123456789abcdef0123456789abcdef0123456")));
    assert_false(object_id_is_valid(STR("0123456789ABCDEF0123456789abcdef01234567")));
    assert_false(object_id_is_valid(STR("")));
    assert_true(object_id_is_zero(OBJECT_ID_ZERO));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(refname_accepts_what_git_accepts),
            cmocka_unit_test(refname_refuses_what_git_refuses),
            cmocka_unit_test(refname_short_is_what_follows_heads),
            cmocka_unit_test(object_id_is_forty_lower_case_digits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
