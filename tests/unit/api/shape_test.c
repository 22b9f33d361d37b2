#include "unit.h"

#include "api/call.h"
#include "handlers.h"

static str round_trip(struct arena *arena, str json)
{
    struct testjson_Everything value = {0};
    struct error err = {0};
    int r = shape_from_json(arena, testjson_type_Everything, json, &value, &err);

    return r < 0 ? str_dup(arena, str_of(err.text))
                 : shape_to_json(arena, testjson_type_Everything, &value);
}

static void shape_json_keeps_every_kind(void **state)
{
    static const char *const texts[] = {
            "{}",
            "{\"text\":\"a\",\"number\":-5,\"big\":9007199254740993,\"ratio\":0.1,\"flag\":false}",
            "{\"when\":1500.250,\"bytes\":\"AAEC\",\"color\":\"RED\",\"words\":[\"a\",\"b\"]}",
            "{\"words\":[],\"pairs\":{},\"inners\":[]}",
            ("{\"pairs\":{\"k\":\"v\",\"l\":\"\"},\"inner\":{\"name\":\"n\",\"size\":3,\"again\":{"
             "\"name\":\"m\"}}}"),
            "{\"inners\":[{\"name\":\"a\"},{\"name\":\"b\",\"size\":1}],\"choice\":{\"right\":7}}",
    };
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        assert_str(round_trip(&arena, str_of(texts[i])), texts[i]);
}

static void shape_json_refuses_other_types_in_awss_words(void **state)
{
    static const struct {
        const char *json, *text;
    } table[] = {
            {"{\"text\":5}", "NUMBER_VALUE can not be converted to a String"},
            {"{\"text\":true}", "TRUE_VALUE can not be converted to a String"},
            {"{\"text\":[]}", "Start of list found where not expected"},
            {"{\"text\":{}}", "Start of structure or map found where not expected."},
            {"{\"number\":\"5\"}", "STRING_VALUE can not be converted to an Integer"},
            {"{\"number\":2147483648}", "NUMBER_VALUE can not be converted to an Integer"},
            {"{\"number\":1.5}", "DECIMAL_VALUE can not be converted to an Integer"},
            {"{\"flag\":\"true\"}", "STRING_VALUE can not be converted to a Boolean"},
            {"{\"bytes\":\"%\"}", "Invalid base64 encoding in a Blob"},
            {"{\"words\":\"a\"}", "Unexpected value type in payload: expected a list"},
            {"{\"words\":[null]}", "NULL_VALUE found where not expected"},
            {"{\"inner\":[]}", "Unexpected value type in payload: expected a structure"},
            {"{\"choice\":{\"left\":\"a\",\"right\":1}}",
                    "Unexpected number of members in a union: exactly one must be set"},
    };
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
        assert_str(round_trip(&arena, str_of(table[i].json)), table[i].text);
}

static void shape_json_passes_over_nulls_and_unknown_members(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_str(round_trip(&arena, STR("{\"text\":null,\"new\":{\"a\":[1]},\"number\":1.0}")),
            "{\"number\":1}");
}

static void arn_parse_takes_arns_apart(void **state)
{
    struct arn arn;

    (void)state;
    assert_int_equal(arn_parse(STR("arn:aws:iam::1:user/a:b"), &arn), 0);
    assert_str(arn.service, "iam");
    assert_str(arn.region, "");
    assert_str(arn.account, "1");
    assert_str(arn.resource, "user/a:b");
    assert_int_equal(arn_parse(STR("arn:aws:iam::1"), &arn), -EINVAL);
    assert_int_equal(arn_parse(STR("*"), &arn), -EINVAL);
    assert_int_equal(arn_parse(STR(""), &arn), -EINVAL);
}

static void page_limit_stays_within_bounds(void **state)
{
    (void)state;
    assert_int_equal(page_limit((struct opt_int){0}, 10, 100), 10);
    assert_int_equal(page_limit(SOME_INT(5), 10, 100), 5);
    assert_int_equal(page_limit(SOME_INT(500), 10, 100), 100);
    assert_int_equal(page_limit(SOME_INT(0), 10, 100), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(shape_json_keeps_every_kind),
            cmocka_unit_test(shape_json_refuses_other_types_in_awss_words),
            cmocka_unit_test(shape_json_passes_over_nulls_and_unknown_members),
            cmocka_unit_test(arn_parse_takes_arns_apart),
            cmocka_unit_test(page_limit_stays_within_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
