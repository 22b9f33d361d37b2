#include "policy_world.h"

static void every_operator_compares_as_documented(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    static const struct {
        const char *operator_, *values, *keys; /* the key is "k" */
        bool holds;
    } cases[] = {
            {"StringEquals", "'a'", "k=a", true},
            {"stringequals", "'a'", "K=a", true},
            {"StringEquals", "'a'", "k=A", false},
            {"StringEquals", "'a'", "k=ab", false},
            {"StringEquals", "['x','a']", "k=a", true},
            {"StringEquals", "[]", "k=a", false},
            {"StringEquals", "'a*'", "k=ab", false},
            {"StringEquals", "'a*'", "k=a*", true},
            {"StringEquals", "'a'", "", false},
            {"StringEquals", "'a'", "k=x|a", true},
            {"StringEquals", "true", "k=true", true},
            {"StringEquals", "17", "k=17", true},
            {"StringEquals", "'${u}'", "k=alice;u=alice", true},
            {"StringEquals", "'${u}'", "k=bob;u=alice", false},
            {"StringEquals", "'${u}'", "k=", false},
            {"StringNotEquals", "'a'", "k=a", false},
            {"StringNotEquals", "'a'", "k=b", true},
            {"StringNotEquals", "['a','b']", "k=b", false},
            {"StringNotEquals", "'a'", "", true},
            {"StringNotEquals", "'a'", "k=b|a", false},
            {"StringEqualsIgnoreCase", "'Ab'", "k=aB", true},
            {"StringEqualsIgnoreCase", "'${u}x'", "k=ALICEX;u=alice", true},
            {"StringEqualsIgnoreCase", "'a'", "k=b", false},
            {"StringNotEqualsIgnoreCase", "'A'", "k=a", false},
            {"StringNotEqualsIgnoreCase", "'A'", "k=b", true},
            {"StringLike", "'a*c'", "k=abc", true},
            {"StringLike", "'a?c'", "k=abc", true},
            {"StringLike", "'a?c'", "k=ac", false},
            {"StringLike", "'*'", "k=", true},
            {"StringLike", "'*'", "", false},
            {"StringLike", "'refs/heads/*'", "k=refs/heads/a/b:c", true},
            {"StringLike", "'a${*}'", "k=ab", false},
            {"StringLike", "'${u}/*'", "k=*/x;u=*", true},
            {"StringLike", "'${u}/*'", "k=y/x;u=*", false},
            {"StringNotLike", "'a*'", "k=abc", false},
            {"StringNotLike", "'a*'", "k=bc", true},
            {"StringNotLike", "'a*'", "", true},
            {"NumericEquals", "'10'", "k=10", true},
            {"NumericEquals", "10", "k=10.0", true},
            {"NumericEquals", "2.5", "k=2.5", true},
            {"NumericEquals", "10", "k=ten", false},
            {"NumericNotEquals", "10", "k=11", true},
            {"NumericNotEquals", "10", "k=10", false},
            {"NumericNotEquals", "10", "", true},
            {"NumericLessThan", "10", "k=9", true},
            {"NumericLessThan", "10", "k=10", false},
            {"NumericLessThan", "10", "", false},
            {"NumericLessThanEquals", "10", "k=10", true},
            {"NumericLessThanEquals", "10", "k=11", false},
            {"NumericGreaterThan", "'-1'", "k=0", true},
            {"NumericGreaterThan", "0", "k=0", false},
            {"NumericGreaterThanEquals", "0", "k=0", true},
            {"NumericGreaterThanEquals", "0", "k=-1", false},
            {"DateEquals", "'2026-01-02T03:04:05Z'", "k=2026-01-02T03:04:05Z", true},
            {"DateEquals", "'1767323045'", "k=2026-01-02T03:04:05Z", true},
            {"DateNotEquals", "'2026-01-02T03:04:05Z'", "k=2026-01-02T03:04:06Z", true},
            {"DateNotEquals", "'2026-01-02T03:04:05Z'", "", true},
            {"DateLessThan", "'2026-01-02T00:00:00Z'", "k=2026-01-01T23:59:59Z", true},
            {"DateLessThan", "'2026-01-02T00:00:00Z'", "k=2026-01-02T00:00:00Z", false},
            {"DateLessThanEquals", "'2026-01-02T00:00:00Z'", "k=2026-01-02T00:00:00Z", true},
            {"DateGreaterThan", "'2026-01-02T00:00:00Z'", "k=2026-01-02T00:00:01Z", true},
            {"DateGreaterThan", "'2026-01-02T00:00:00Z'", "k=soon", false},
            {"DateGreaterThanEquals", "'2026-01-02T00:00:00Z'", "k=2026-01-02T00:00:00Z", true},
            {"Bool", "'true'", "k=true", true},
            {"Bool", "true", "k=True", true},
            {"Bool", "false", "k=false", true},
            {"Bool", "true", "k=false", false},
            {"Bool", "false", "", false},
            {"Bool", "false", "k=maybe", false},
            {"BoolIfExists", "true", "", true},
            {"BinaryEquals", "'QmFzZTY0'", "k=QmFzZTY0", true},
            {"BinaryEquals", "'QmFzZTY0'", "k=QmFzZTY1", false},
            {"IpAddress", "'10.1.2.3'", "k=10.1.2.3", true},
            {"IpAddress", "'10.1.2.3'", "k=10.1.2.4", false},
            {"IpAddress", "'10.0.0.0/8'", "k=10.255.0.1", true},
            {"IpAddress", "'10.0.0.0/8'", "k=11.0.0.1", false},
            {"IpAddress", "'10.128.0.0/9'", "k=10.127.0.1", false},
            {"IpAddress", "'10.128.0.0/9'", "k=10.128.0.1", true},
            {"IpAddress", "'10.0.0.255/24'", "k=10.0.0.1", true},
            {"IpAddress", "'0.0.0.0/0'", "k=8.8.8.8", true},
            {"IpAddress", "'0.0.0.0/0'", "k=::1", false},
            {"IpAddress", "'::/0'", "k=::1", true},
            {"IpAddress", "'2001:db8::/33'", "k=2001:db8:7fff::1", true},
            {"IpAddress", "'2001:db8::/33'", "k=2001:db8:8000::1", false},
            {"IpAddress", "'2001:DB8::1'", "k=2001:db8:0::1", true},
            {"IpAddress", "'10.0.0.0/8'", "k=::ffff:10.1.2.3", true},
            {"IpAddress", "'::ffff:10.0.0.0/104'", "k=10.1.2.3", true},
            {"IpAddress", "'10.0.0.0/8'", "k=10.0.0.0/8", false},
            {"IpAddress", "'10.0.0.0/8'", "k=host", false},
            {"IpAddress", "'10.0.0.0/8'", "", false},
            {"NotIpAddress", "'10.0.0.0/8'", "k=10.1.2.3", false},
            {"NotIpAddress", "'10.0.0.0/8'", "k=11.1.2.3", true},
            {"NotIpAddress", "['10.0.0.0/8','11.0.0.0/8']", "k=11.1.2.3", false},
            {"NotIpAddress", "'10.0.0.0/8'", "", true},
            {"ArnEquals", "'arn:aws:s3:::b'", "k=arn:aws:s3:::b", true},
            {"ArnEquals", "'arn:aws:s3:::b*'", "k=arn:aws:s3:::bc", true},
            {"ArnLike", "'arn:aws:*:*:*:b'", "k=arn:aws:s3:::b", true},
            {"ArnLike", "'arn:aws:iam:*:user/a'", "k=arn:aws:iam::1:user/a", false},
            {"ArnLike", "'arn:aws:iam::*:user/*'", "k=arn:aws:iam::1:user/a:b", true},
            {"ArnLike", "'arn:aws:s3*'", "k=arn:aws:s3:::b", false},
            {"ArnLike", "'*'", "k=arn:aws:s3:::b", true},
            {"ArnLike", "'arn:aws:iam::${a}:user/${u}'", "k=arn:aws:iam::1:user/x;a=1;u=x", true},
            {"ArnLike", "'arn:aws:iam::${a}:${u}'", "k=arn:aws:iam:2:1:x;a=2:1;u=x", false},
            {"ArnLike", "'arn:aws:s3:::b'", "k=b", false},
            {"ArnNotEquals", "'arn:aws:s3:::b'", "k=arn:aws:s3:::b", false},
            {"ArnNotLike", "'arn:aws:s3:::b*'", "k=arn:aws:s3:::c", true},
            {"ArnNotLike", "'arn:aws:s3:::b*'", "", true},
            {"Null", "true", "", true},
            {"Null", "'true'", "k=", false},
            {"Null", "'false'", "k=x", true},
            {"Null", "'false'", "", false},
            {"StringEqualsIfExists", "'a'", "", true},
            {"StringEqualsIfExists", "'a'", "k=a", true},
            {"StringEqualsIfExists", "'a'", "k=b", false},
            {"StringNotEqualsIfExists", "'a'", "k=a", false},
            {"ForAllValues:StringEquals", "['a','b']", "k=a|b", true},
            {"ForAllValues:StringEquals", "['a','b']", "k=a|c", false},
            {"ForAllValues:StringEquals", "['a','b']", "", true},
            {"ForAllValues:StringLike", "'a*'", "k=a|ab", true},
            {"ForAllValues:StringNotEquals", "['a','b']", "k=c|d", true},
            {"ForAllValues:StringNotEquals", "['a','b']", "k=c|a", false},
            {"ForAnyValue:StringEquals", "['a','b']", "k=x|b", true},
            {"ForAnyValue:StringEquals", "['a','b']", "k=x|y", false},
            {"ForAnyValue:StringEquals", "['a','b']", "", false},
            {"ForAnyValue:StringEqualsIfExists", "'a'", "", true},
            {"ForAnyValue:StringNotEquals", "'a'", "k=a|b", true},
            {"ForAnyValue:StringNotEquals", "'a'", "k=a", false},
            {"ForAnyValue:StringNotEquals", "'a'", "", false},
            {"ForAnyValue:IpAddress", "'10.0.0.0/8'", "k=9.9.9.9|10.0.0.1", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct policy_request r = request(&arena, "s3:GetObject", "*", cases[i].keys);
        str text = str_printf(&arena,
                "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'*',"
                "'Resource':'*','Condition':{'%s':{'k':%s}}}}",
                cases[i].operator_, cases[i].values);

        if ((evaluate(POLICY_IDENTITY, text.ptr, &r) == POLICY_ALLOW) != cases[i].holds)
            fail_msg("%s %s %s", cases[i].operator_, cases[i].values, cases[i].keys);
    }
}

static void all_conditions_of_a_statement_must_hold(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    static const char text[] = "{'Statement':{'Effect':'Deny','Action':'*','Resource':'*',"
                               "'Condition':{'StringEquals':{'a':'1','b':'2'},'Bool':{'c':true}}}}";
    static const struct {
        const char *keys;
        enum policy_effect effect;
    } cases[] = {
            {"a=1;b=2;c=true", POLICY_DENY},
            {"a=1;b=2;c=false", POLICY_NONE},
            {"a=1;b=1;c=true", POLICY_NONE},
            {"b=2;c=true", POLICY_NONE},
            {"", POLICY_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct policy_request r = request(&arena, "s3:GetObject", "*", cases[i].keys);
        assert_int_equal(evaluate(POLICY_IDENTITY, text, &r), cases[i].effect);
    }
}

static void no_conditions_are_always_met(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct policy_request r = request(&arena, "s3:GetObject", "*", "");

    (void)state;
    assert_int_equal(evaluate(POLICY_IDENTITY,
                             "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*',"
                             "'Condition':{}}}",
                             &r),
            POLICY_ALLOW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(every_operator_compares_as_documented),
            cmocka_unit_test(all_conditions_of_a_statement_must_hold),
            cmocka_unit_test(no_conditions_are_always_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
