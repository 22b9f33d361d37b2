#include "unit.h"
#include "base/json.h"

static void json_parse_refuses_with_a_place_and_leaves_the_output(void **state)
{
    static const struct {
        str text;
        const char *says;
    } cases[] = {{STR_INIT(""), "json line 1 column 0: '[' or '{' expected"},
            {STR_INIT("{"), "json line 1 column 1: string or '}' expected"},
            {STR_INIT("{\"a\":1,\n\"a\":2}"), "json line 2 column 3: duplicate object key"},
            {STR_INIT("\"\xFF\""), "json line 1 column 1: unable to decode byte 0xff"},
            {STR_INIT("1 2"), "json line 1 column 3: end of file expected"},
            {STR_INIT("nul"), "json line 1 column 3: invalid token"}};
    struct error err;
    json_t *json = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(json_parse(cases[i].text, &json, &err), -EINVAL);
        if (i > 0) /* of nothing at all jansson speaks in several ways */
            assert_string_equal(err.text, cases[i].says);
        assert_null(json);
    }
}

static void json_parse_counts_depth_outside_strings_only(void **state)
{
    char text[2 * (JSON_MAX_DEPTH + 1)];
    AUTO_JSON json_t *json = NULL;
    json_t *none = NULL;
    struct error err;

    (void)state;
    memset(text, '[', JSON_MAX_DEPTH + 1);
    memset(text + JSON_MAX_DEPTH + 1, ']', JSON_MAX_DEPTH + 1);
    assert_int_equal(json_parse((str){text, sizeof(text)}, &none, &err), -EINVAL);
    assert_string_equal(err.text, "json is nested deeper than 100 levels at line 1");
    assert_int_equal(json_parse((str){text + 1, sizeof(text) - 2}, &json, &err), 0);
    memset(text + 1, '[', sizeof(text) - 2);
    text[0] = text[sizeof(text) - 1] = '"';
    assert_int_equal(json_parse((str){text, sizeof(text)}, &none, &err), 0);
    json_decref(none);
}

static void json_members_are_absent_when_of_another_type(void **state)
{
    AUTO_JSON json_t *json = NULL;

    (void)state;
    assert_int_equal(json_parse(STR("{\"s\":\"a\\u0000b\",\"n\":1,\"e\":\"\"}"), &json, NULL), 0);
    assert_true(str_eq(json_member_str(json, "s"), STR("a\0b")));
    assert_null(json_member_str(json, "n").ptr);
    assert_null(json_member_str(json, "x").ptr);
    assert_non_null(json_member_str(json, "e").ptr);
    assert_null(json_member(json_member(json, "n"), "x"));
    assert_null(json_str(NULL).ptr);
}

static void json_print_keeps_the_order(void **state)
{
    const char *text = "{\"z\":[1,2.5,true,null],\"a\":\"\\\"\"}";
    AUTO_ARENA struct arena arena = {0};
    AUTO_JSON json_t *json = NULL, *string = NULL;

    (void)state;
    assert_int_equal(json_parse(str_of(text), &json, NULL), 0);
    assert_str(json_print(&arena, json), text);
    assert_int_equal(json_parse(STR(" \"x\" "), &string, NULL), 0);
    assert_str(json_print(&arena, string), "\"x\"");
}

static void json_write_str_escapes_and_repairs(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf out = buf_make(&arena, 1000);

    (void)state;
    json_write_str(&out, STR("a\"\\\n\t\r\b\f\x01\x1F\xC3\xA9\x7F"));
    assert_str(buf_str(&out), "\"a\\\"\\\\\\n\\t\\r\\b\\f\\u0001\\u001f\xC3\xA9\x7F\"");
    buf_clear(&out);
    json_write_str(&out, STR("\xC3"
                             "a\xFF\xED\xA0\x80"));
    assert_true(str_is_utf8(buf_str(&out)));
    assert_str(buf_str(&out), "\"\xEF\xBF\xBD"
                              "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    buf_clear(&out);
    json_write_str(&out, (str){0});
    assert_str(buf_str(&out), "\"\"");
}

static void json_write_member_sets_commas_and_leaves_out_the_absent(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf out = buf_make(&arena, 1000);

    (void)state;
    buf_char(&out, '{');
    json_write_member(&out, STR("none"), (str){0});
    json_write_member(&out, STR("a"), STR("{"));
    json_write_member(&out, STR("b"), STR(""));
    json_write_member_int(&out, STR("c"), -5);
    json_write_key(&out, STR("d"));
    buf_add(&out, STR("[{"));
    json_write_member_int(&out, STR("e"), 1);
    buf_add(&out, STR("}]}"));
    assert_str(buf_str(&out), "{\"a\":\"{\",\"b\":\"\",\"c\":-5,\"d\":[{\"e\":1}]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(json_parse_refuses_with_a_place_and_leaves_the_output),
            cmocka_unit_test(json_parse_counts_depth_outside_strings_only),
            cmocka_unit_test(json_members_are_absent_when_of_another_type),
            cmocka_unit_test(json_print_keeps_the_order),
            cmocka_unit_test(json_write_str_escapes_and_repairs),
            cmocka_unit_test(json_write_member_sets_commas_and_leaves_out_the_absent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
