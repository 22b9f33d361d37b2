#include "policy_world.h"
#include "base/buf.h"

static void note(void *arg, str key)
{
    struct buf *out = arg;

    if (buf_str(out).len)
        buf_char(out, ' ');
    buf_add(out, key);
}

#define TEXT                                                                                       \
    "{'Version':'2012-10-17','Statement':["                                                        \
    "{'Effect':'Allow','Action':'s3:*','Resource':['arn:aws:s3:::${u}/${v, \"d\"}','*'],"          \
    "'Condition':{'StringLike':{'k':['${w}*','x']},'NumericEquals':{'n':1}}},"                     \
    "{'Effect':'Deny','Action':'iam:*','Resource':'arn:aws:iam::1:user/a',"                        \
    "'Condition':{'Null':{'k':true}}}]}"

static struct policy *text_policy(struct arena *arena)
{
    char *json = str_cstr(arena, STR(TEXT));
    struct policy *policy = NULL;
    struct error err;

    for (char *c = json; *c; c++)
        *c = *c == '\'' ? '"' : *c == '"' ? '\'' : *c;
    if (policy_compile(str_of(json), POLICY_IDENTITY, &policy, &err) < 0)
        fail_msg("%s: %s", err.text, json);
    return policy;
}

static void every_key_and_variable_is_told(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct policy *policy = text_policy(&arena);
    struct buf out = buf_make(&arena, 1000);

    (void)state;
    policy_each_key(policy, note, &out);
    assert_str(buf_str(&out), "u v k w n k");
    policy_free(policy);
}

static void missing_keys_are_those_of_statements_that_they_decide(void **state)
{
    static const struct {
        const char *action, *resource, *keys, *missing;
    } cases[] = {
            {"s3:GetObject", "*", "", "u v k w n"},
            {"s3:GetObject", "*", "U=1;w=2", "v k n"},
            {"s3:GetObject", "*", "u=1;v=1;w=2;k=3;n=1", ""},
            {"iam:GetUser", "arn:aws:iam::1:user/a", "", "k"},
            {"iam:GetUser", "arn:aws:iam::1:user/b", "", ""},
            {"kms:Decrypt", "*", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct policy *policy = text_policy(&arena);
        struct buf out = buf_make(&arena, 1000);
        struct policy_request r =
                request(&arena, cases[i].action, cases[i].resource, cases[i].keys);

        policy_each_missing(policy, &r, &arena, note, &out);
        assert_str(buf_str(&out), cases[i].missing);
        policy_free(policy);
    }
}

static void every_statement_that_matches_is_told(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct policy_request r = request(&arena, "s3:GetObject", "*", "");
    struct policy_matches matches = {0};
    struct policy *policy = compile(&arena, POLICY_RESOURCE,
            "{'Statement':["
            "{'Effect':'Allow','Action':'*','Resource':'*','Principal':'*'},"
            "{'Effect':'Deny','Action':'s3:*','Resource':'*','Principal':'*','Sid':'no'},"
            "{'Effect':'Allow','Action':'iam:*','Resource':'*','Principal':'*'},"
            "{'Effect':'Allow','Action':'s3:*','Resource':'*','Principal':{'AWS':'111122223333'}},"
            "{'Effect':'Allow','Action':'s3:*','Resource':'*','Principal':{'AWS':'444455556666'}}"
            "]}");

    (void)state;
    policy_match_all(policy, &r, &arena, &matches);
    assert_int_equal(matches.len, 3);
    assert_int_equal(matches.items[0].effect, POLICY_ALLOW);
    assert_int_equal(matches.items[1].effect, POLICY_DENY);
    assert_str(matches.items[1].sid, "no");
    assert_int_equal(matches.items[2].statement, 3);
    assert_true(matches.items[2].by_account);
    policy_free(policy);
}

static void statements_are_found_in_their_text(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        struct policy_span first;
    } cases[] = {
            {"{\"Statement\":{}}", 1, {{1, 15}, {1, 16}}},
            {"{\n \"Id\":\"\\\"Statement\\\":{\",\n \"Statement\": [\n  {\"A\":[{\"}\":1}]\n "
             "},{},{}]}",
                    3, {{4, 4}, {5, 3}}},
            {"{\"a\":{\"Statement\":[{}]},\"Statement\" : [ {\"Sid\":\"\303\251\"} ]}", 1,
                    {{1, 42}, {1, 52}}},
            {"{\"Statement\":[]}", 0, {{0, 0}, {0, 0}}},
    };
    struct policy_spans spans = {0};
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(policy_find_spans(str_of(cases[i].text), &arena, &spans), 0);
        assert_int_equal(spans.len, cases[i].len);
        if (spans.len && memcmp(&spans.items[0], &cases[i].first, sizeof(spans.items[0])) != 0)
            fail_msg("case %zu: %d:%d to %d:%d", i, spans.items[0].start.line,
                    spans.items[0].start.column, spans.items[0].end.line,
                    spans.items[0].end.column);
    }
    assert_int_equal(policy_find_spans(STR("{\"Other\":[{}]}"), &arena, &spans), -ENOENT);
}

static void places_of_a_text_that_ends_early_are_told_as_far_as_it_goes(void **state)
{
    static const str whole = STR_INIT("{\"Statement\":[{\"Sid\":\"a\\\"\"},{\"b\":{}}]}");
    AUTO_ARENA struct arena arena = {0};
    struct policy_spans spans;

    (void)state;
    for (size_t i = 0; i <= whole.len; i++)
        if (policy_find_spans(str_head(whole, i), &arena, &spans) == 0)
            assert_true(spans.len <= 2);
    assert_int_equal(spans.len, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(every_key_and_variable_is_told),
            cmocka_unit_test(missing_keys_are_those_of_statements_that_they_decide),
            cmocka_unit_test(every_statement_that_matches_is_told),
            cmocka_unit_test(statements_are_found_in_their_text),
            cmocka_unit_test(places_of_a_text_that_ends_early_are_told_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
