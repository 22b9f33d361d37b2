#include "services/logs/pattern.h"

#include "base/buf.h"
#include "unit.h"

static const struct {
    const char *pattern, *line;
    bool matches;
} cases[] = {
        {"", "anything", true},
        {"  ", "anything", true},
        {"ERROR", "an ERROR here", true},
        {"ERROR", "an error here", false},
        {"ERROR disk", "disk ERROR", true},
        {"ERROR disk", "ERROR", false},
        {"\"disk full\"", "the disk full", true},
        {"\"disk full\"", "full disk", false},
        {"\"a \\\"b\\\"\"", "a \"b\"", true},
        {"\"\"", "anything", true},
        {"?a ?b", "b", true},
        {"?a ?b", "c", false},
        {"-a", "b", true},
        {"-a", "a", false},
        {"-\"a b\" c", "c a b", false},
        {"a ?b", "a", true}, /* `?` is ignored beside others */
        {"a ?b", "b", false},
        {"a\tb", "b a", true},
};

static void pattern_matches_as_documented(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct pattern pattern;
        struct error err;

        assert_int_equal(pattern_parse(&arena, str_of(cases[i].pattern), &pattern, &err), 0);
        assert_int_equal(pattern_matches(&pattern, str_of(cases[i].line)), cases[i].matches);
    }
}

static const struct {
    const char *pattern;
    int code;
    const char *text;
} bad[] = {
        {"\"open", -EINVAL, "Invalid filter pattern: a quote is not closed"},
        {"a -", -EINVAL, "Invalid filter pattern"},
        {"?", -EINVAL, "Invalid filter pattern"},
        {"{ $.a = 1 }", -ENOTSUP,
                "filter patterns for JSON, columns and regular expressions are not supported"},
        {"[a, b]", -ENOTSUP,
                "filter patterns for JSON, columns and regular expressions are not supported"},
        {" %x%", -ENOTSUP,
                "filter patterns for JSON, columns and regular expressions are not supported"},
};

static void pattern_parse_refuses_what_it_cannot_match(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct pattern pattern = {NULL, 99};
        struct error err;

        assert_int_equal(
                pattern_parse(&arena, str_of(bad[i].pattern), &pattern, &err), bad[i].code);
        assert_string_equal(err.text, bad[i].text);
        assert_int_equal(pattern.len, 99);
    }
}

static void pattern_parse_has_a_ceiling_of_terms(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf text = buf_make(&arena, 1024);
    struct pattern pattern;
    struct error err;

    (void)state;
    for (int i = 0; i < PATTERN_MAX_TERMS; i++)
        buf_add(&text, STR("a "));
    assert_int_equal(pattern_parse(&arena, buf_str(&text), &pattern, &err), 0);
    assert_int_equal(pattern.len, PATTERN_MAX_TERMS);
    buf_char(&text, 'b');
    assert_int_equal(pattern_parse(&arena, buf_str(&text), &pattern, &err), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(pattern_matches_as_documented),
            cmocka_unit_test(pattern_parse_refuses_what_it_cannot_match),
            cmocka_unit_test(pattern_parse_has_a_ceiling_of_terms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
