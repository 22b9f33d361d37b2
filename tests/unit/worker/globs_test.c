#include "worker/globs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const struct {
    const char *pattern, *path;
    bool matches;
} cases[] = {
        {"**/*", "a", true},
        {"**/*", "a/b/c", true},
        {"**/*", ".git/x", true},
        {"*", "a", true},
        {"*", "a/b", false},
        {"a/*", "a/b", true},
        {"a/*", "a/b/c", false},
        {"a/**/*", "a/b/c", true},
        {"a/**/c", "a/c", true},
        {"a/**/c", "a/b/d/c", true},
        {"a/**/c", "a/b/d/e", false},
        {"a/**", "a/b/c", true},
        {"**/b/**/d", "a/b/c/b/x/d", true},
        {"./a//b", "a/b", true},
        {"*.jar", "x.jar", true},
        {"*.jar", "x.jar.md5", false},
        {"*a*b*", "xxaxxbxx", true},
        {"*a*b*", "xxbxxaxx", false},
        {"a?c", "abc", true},
        {"a?c", "a/c", false},
        {"[a-c]x", "bx", true},
        {"[a-c]x", "dx", false},
        {"[!a-c]x", "dx", true},
        {"[!a-c]x", "ax", false},
        {"[]]", "]", true},
        {"[a", "[a", true},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"", "a", false},
        {"a", "", false},
};

static void glob_matches_as_codebuild_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        if (glob_matches(str_of(cases[i].pattern), str_of(cases[i].path)) != cases[i].matches)
            fail_msg("\"%s\" and \"%s\"", cases[i].pattern, cases[i].path);
}

static void glob_reaches_below_is_true_only_where_something_can_match(void **state)
{
    (void)state;
    assert_true(glob_reaches_below(STR("**/*"), STR("a/b")));
    assert_true(glob_reaches_below(STR("a/b/c"), STR("a")));
    assert_true(glob_reaches_below(STR("a/b/c"), STR("a/b")));
    assert_true(glob_reaches_below(STR("a/**/c"), STR("a/x/y")));
    assert_false(glob_reaches_below(STR("a/b/c"), STR("a/b/c")));
    assert_false(glob_reaches_below(STR("a/b/c"), STR("x")));
    assert_false(glob_reaches_below(STR("*"), STR("a")));
}

static void glob_matches_in_bounded_time(void **state)
{
    char pattern[301], path[301];

    (void)state;
    for (int i = 0; i < 300; i += 3)
        memcpy(pattern + i, "*a/", 4);
    memset(path, 'a', 300);
    path[300] = '\0';
    assert_false(glob_matches(str_of(pattern), str_of(path)));
    for (int i = 0; i < 300; i += 3)
        memcpy(pattern + i, i % 6 ? "x*/" : "**/", 4);
    for (int i = 0; i < 300; i += 2)
        memcpy(path + i, "x/", 2);
    path[298] = 'y';
    assert_false(glob_matches(str_of(pattern), str_of(path)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(glob_matches_as_codebuild_does),
            cmocka_unit_test(glob_reaches_below_is_true_only_where_something_can_match),
            cmocka_unit_test(glob_matches_in_bounded_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
