#include "world.h"

static str echo(const char *json)
{
    return body_of(world_ask(&(struct ask){.target = "Test_20200101.Echo",
            .type = JSON_TYPE,
            .key = "AKIDROOT",
            .body = str_of(json)}));
}

static void validate_tells_broken_constraints_in_awss_words(void **state)
{
    static const struct {
        const char *json, *message;
    } table[] = {
            {"{\"text\":\"\"}", "2 validation errors detected: Value '' at 'text' failed to "
                                "satisfy constraint: "
                                "Member must have length greater than or equal to 1; Value '' at "
                                "'text' failed"},
            {"{\"text\":\"abcdefghijk\"}",
                    "Value 'abcdefghijk' at 'text' failed to satisfy constraint: "
                    "Member must have length less than or equal to 10"},
            {"{\"text\":\"A\"}", "Value 'A' at 'text' failed to satisfy constraint: "
                                 "Member must satisfy regular expression pattern: "},
            {"{\"text\":\"a\\n\"}", "Member must satisfy regular expression pattern: "},
            {"{\"color\":\"BLUE\"}", "1 validation error detected: Value 'BLUE' at 'color' failed "
                                     "to satisfy constraint: "
                                     "Member must satisfy enum value set: [RED, GREEN]"},
            {"{\"words\":[\"a\",\"a\",\"a\",\"a\"]}",
                    "Value '[a, a, a, a]' at 'words' failed to satisfy constraint: "
                    "Member must have length less than or equal to 3"},
            {"{\"inner\":{\"size\":5}}", "Value null at 'inner.name' failed to satisfy constraint: "
                                         "Member must not be null"},
            {"{\"inner\":{\"name\":\"a\",\"size\":101}}",
                    "Value '101' at 'inner.size' failed to satisfy constraint: "
                    "Member must have value less than or equal to 100"},
            {"{\"inners\":[{\"name\":\"a\"},{\"name\":\"\"}]}",
                    "Value '' at 'inners.2.member.name' failed"},
            {"{\"secret\":\"abc\"}", "Value at 'secret' failed to satisfy constraint: "
                                     "Member must have length greater than or equal to 4"},
            {"{\"choice\":{}}", "at 'choice' failed to satisfy constraint"},
            {"{\"text\":\"\",\"color\":\"BLUE\"}",
                    "3 validation errors detected: Value '' at 'text'"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        str answer = echo(table[i].json);
        assert_has(answer, "\"__type\":\"ValidationException\"");
        assert_has(answer, table[i].message);
    }
}

static void validate_counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_str(echo("{\"text\":\"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\"}"),
            "{\"text\":\"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\"}");
}

static void validate_uses_the_errors_of_the_model(void **state)
{
    str answer = world_ask(&(struct ask){.target = "Test_20200101.Put",
            .type = JSON_TYPE,
            .key = "AKIDROOT",
            .body = STR("{}")});

    (void)state;
    assert_has(answer, "HTTP/1.1 400");
    assert_has(answer, "\"__type\":\"NameRequiredException\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            WORLD_TEST(validate_tells_broken_constraints_in_awss_words),
            WORLD_TEST(validate_counts_characters_not_bytes),
            WORLD_TEST(validate_uses_the_errors_of_the_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
