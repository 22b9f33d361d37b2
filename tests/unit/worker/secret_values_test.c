#include "worker/secret_values.h"

#include "unit.h"

#define SECRET_ARN "arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-AbCdEf"

static const struct {
    const char *text;
    const char *id, *json_key, *stage, *version; /* NULL: absent */
} good[] = {
        {"app/db", "app/db", NULL, NULL, NULL},
        {"app/db:user", "app/db", "user", NULL, NULL},
        {"app/db:user:AWSPREVIOUS", "app/db", "user", "AWSPREVIOUS", NULL},
        {"app/db::AWSPENDING:", "app/db", NULL, "AWSPENDING", NULL},
        {"app/db:::v1", "app/db", NULL, NULL, "v1"},
        {"app/db:user:S:v1", "app/db", "user", "S", "v1"},
        {SECRET_ARN, SECRET_ARN, NULL, NULL, NULL},
        {SECRET_ARN ":user", SECRET_ARN, "user", NULL, NULL},
        {SECRET_ARN ":user:S:v1", SECRET_ARN, "user", "S", "v1"},
        {SECRET_ARN ":::v1", SECRET_ARN, NULL, NULL, "v1"},
};

static const char *const bad[] = {"", ":user", "a:b:c:d:e", "arn:aws:secretsmanager:us-east-1",
        "arn:aws:secretsmanager:us-east-1:111122223333:secret", SECRET_ARN ":a:b:c:d"};

static void assert_part(str part, const char *expected)
{
    assert_int_equal(part.ptr != NULL, expected != NULL);
    if (expected)
        assert_str(part, expected);
}

static void secret_reference_parse_tells_its_parts_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        struct secret_reference reference;
        assert_int_equal(secret_reference_parse(str_of(good[i].text), &reference, NULL), 0);
        assert_part(reference.id, good[i].id);
        assert_part(reference.json_key, good[i].json_key);
        assert_part(reference.stage, good[i].stage);
        assert_part(reference.version, good[i].version);
    }
}

static void secret_reference_parse_refuses_what_has_no_id_or_too_many_parts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct secret_reference reference = {.id = STR("untouched")};
        struct error err = {{0}};
        assert_int_equal(secret_reference_parse(str_of(bad[i]), &reference, &err), -EINVAL);
        assert_non_null(strstr(err.text, "is not secret-id:json-key:version-stage:version-id"));
        assert_str(reference.id, "untouched");
    }
}

static const struct {
    const char *json, *key;
    int r;
    const char *value; /* or the error */
} members[] = {
        {"{\"a\":\"x y\"}", "a", 0, "x y"},
        {"{\"a\":\"\"}", "a", 0, ""},
        {"{\"a\":5432}", "a", 0, "5432"},
        {"{\"a\":true}", "a", 0, "true"},
        {"{\"a\":{\"b\":1}}", "a", -EINVAL, "the secret's key \"a\" is neither text nor a number"},
        {"{\"a\":null}", "a", -EINVAL, "the secret's key \"a\" is neither text nor a number"},
        {"{\"a\":1}", "b", -ENOENT, "the secret has no key \"b\""},
        {"plain", "a", -EINVAL, "the secret is no JSON object"},
        {"[1]", "a", -EINVAL, "the secret is no JSON object"},
        {"{\"a\":1", "a", -EINVAL, "the secret is no JSON object"},
};

static void secret_member_gives_text_numbers_and_booleans(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct error err = {{0}};
        str value = {0};
        int r = secret_member(
                &arena, str_of(members[i].json), str_of(members[i].key), &value, &err);
        assert_int_equal(r, members[i].r);
        if (r < 0)
            assert_string_equal(err.text, members[i].value);
        else
            assert_str(value, members[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(secret_reference_parse_tells_its_parts_apart),
            cmocka_unit_test(secret_reference_parse_refuses_what_has_no_id_or_too_many_parts),
            cmocka_unit_test(secret_member_gives_text_numbers_and_booleans),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
