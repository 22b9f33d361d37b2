#include "policy_world.h"

#define ANY_RESOURCE "arn:aws:codecommit:eu-west-1:111122223333:web"

static void actions_match_with_wildcards_and_without_case(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    static const struct {
        const char *pattern, *action;
        bool matches;
    } cases[] = {
            {"*", "s3:GetObject", true},
            {"*:*", "s3:GetObject", true},
            {"s3:GetObject", "s3:GetObject", true},
            {"S3:getobject", "s3:GetObject", true},
            {"s3:GetObject", "S3:GETOBJECT", true},
            {"s3:GetObject", "s3:GetObjectAcl", false},
            {"s3:GetObjectAcl", "s3:GetObject", false},
            {"s3:Get*", "s3:GetObject", true},
            {"s3:Get*", "s3:Get", true},
            {"s3:Get*", "s3:Ge", false},
            {"s3:*Object", "s3:GetObject", true},
            {"s3:*Object", "s3:GetObjectAcl", false},
            {"s3:*Object*", "s3:GetObjectAcl", true},
            {"s3:?etObject", "s3:GetObject", true},
            {"s3:?etObject", "s3:etObject", false},
            {"s3:*", "s3-object-lambda:GetObject", false},
            {"s3:*t*t*", "s3:GetObject", true},
            {"s3:*t*t*t*", "s3:GetObject", false},
            {"iam:*", "s3:GetObject", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct policy_request r = request(&arena, cases[i].action, ANY_RESOURCE, "");
        str text = str_printf(&arena,
                "{'Statement':{'Effect':'Allow','Action':'%s','Resource':'*'}}", cases[i].pattern);
        str not_text = str_printf(&arena,
                "{'Statement':{'Effect':'Allow','NotAction':'%s','Resource':'*'}}",
                cases[i].pattern);
        if ((evaluate(POLICY_IDENTITY, text.ptr, &r) == POLICY_ALLOW) != cases[i].matches)
            fail_msg("%s %s", cases[i].pattern, cases[i].action);
        if ((evaluate(POLICY_IDENTITY, not_text.ptr, &r) == POLICY_ALLOW) == cases[i].matches)
            fail_msg("not %s %s", cases[i].pattern, cases[i].action);
    }
}

struct resource_case {
    const char *pattern, *resource;
    bool matches;
};

static void check_resources(
        const char *version, const char *keys, const struct resource_case *cases, size_t len)
{
    AUTO_ARENA struct arena arena = {0};

    for (size_t i = 0; i < len; i++) {
        struct policy_request r = request(&arena, "s3:GetObject", cases[i].resource, keys);
        for (int negated = 0; negated < 2; negated++) {
            str text = str_printf(&arena,
                    "{\"Version\":\"%s\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"s3:*\","
                    "\"%s\":[\"%s\"]}}",
                    version, negated ? "NotResource" : "Resource", cases[i].pattern);
            struct policy *policy = NULL;
            struct error err = {{0}};
            if (policy_compile(text, POLICY_IDENTITY, &policy, &err) < 0)
                fail_msg("%s: %s", err.text, cases[i].pattern);
            if ((policy_evaluate(policy, &r, &arena).effect == POLICY_DENY) !=
                    (cases[i].matches != (negated == 1)))
                fail_msg("%s %s %d", cases[i].pattern, cases[i].resource, negated);
            policy_free(policy);
        }
    }
}

static void resources_match_by_segments(void **state)
{
    static const struct resource_case cases[] = {
            {"*", "*", true},
            {"*", "arn:aws:s3:::b/k", true},
            {"arn:aws:s3:::*", "*", false},
            {"arn:aws:s3:::b/k", "arn:aws:s3:::b/k", true},
            {"arn:aws:s3:::b/k", "arn:aws:s3:::b/K", false},
            {"arn:aws:s3:::b/*", "arn:aws:s3:::b/k/l:m", true},
            {"arn:aws:s3:::b/*", "arn:aws:s3:::b", false},
            {"arn:aws:s3:::b/*", "arn:aws:s3:::b/", true},
            {"arn:aws:s3:::b*", "arn:aws:s3:::bucket", true},
            {"arn:aws:s3:::b/?", "arn:aws:s3:::b/k", true},
            {"arn:aws:s3:::b/?", "arn:aws:s3:::b/\303\251", true},
            {"arn:aws:s3:::b/?", "arn:aws:s3:::b/kk", false},
            {"arn:aws:s3:::b/?", "arn:aws:s3:::b/", false},
            {"arn:aws:s3:::*/a/*/c", "arn:aws:s3:::b/a/x/y/c", true},
            {"arn:aws:s3:::*/a/*/c", "arn:aws:s3:::b/a/c", false},
            {"arn:aws:logs:*:*:log-group:/a:*", "arn:aws:logs:eu:1:log-group:/a:log-stream:x",
                    true},
            {"arn:aws:logs:*:*:log-group:/a:*", "arn:aws:logs:eu:1:log-group:/b:log-stream:x",
                    false},
            {"arn:*:s3:::b", "arn:aws:s3:::b", true},
            {"arn:aws:*:*:*:b", "arn:aws:s3:::b", true},
            {"arn:aws:s3:*", "arn:aws:s3:::b/k", true}, /* ends a segment: goes on beyond it */
            {"arn:aws:iam::11*33:user/a", "arn:aws:iam::112233:user/a", true},
            {"arn:aws:logs:e*t:1:x", "arn:aws:logs:eu-west:1:x", true},
            {"arn:aws:logs:e*x:1:y:x", "arn:aws:logs:eu:x:1:y:x", false},
            {"arn:aws:logs:e*t:1:x:y", "arn:aws:logs:e:t:1:x:y", false},
            {"arn:aws:logs:e?w:1:x", "arn:aws:logs:e:w:1:x", false},
            {"arn:aws:logs:eu?1:x:y", "arn:aws:logs:eu:1:x:y", false},
            {"arn:aws:logs:eu:1:x?y", "arn:aws:logs:eu:1:x:y", true},
            {"arn:aws:logs:eu:1:x*y", "arn:aws:logs:eu:1:x:z:y", true},
            /* the free star must be tried again after the bound one failed */
            {"arn:aws:logs:*:1*2:x", "arn:aws:logs:1:132:x", true},
            {"arn:aws:logs:*:1*2:x", "arn:aws:logs:1:1:2:x", false},
    };

    (void)state;
    check_resources("2012-10-17", "", cases, sizeof(cases) / sizeof(*cases));
}

static void variables_take_the_place_of_text_but_never_of_wildcards(void **state)
{
    static const struct resource_case cases[] = {
            {"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/alice/x", true},
            {"arn:aws:s3:::b/${AWS:UserName}/*", "arn:aws:s3:::b/alice/x", true},
            {"arn:aws:s3:::b/${ aws:username }/*", "arn:aws:s3:::b/alice/x", true},
            {"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/bob/x", false},
            {"arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${aws:username}", false},
            {"arn:aws:s3:::b/${wild}", "arn:aws:s3:::b/anything", false},
            {"arn:aws:s3:::b/${wild}", "arn:aws:s3:::b/*", true},
            {"arn:aws:s3:::b/${absent}", "arn:aws:s3:::b/", false},
            {"arn:aws:s3:::b/${absent}*", "arn:aws:s3:::b/x", false},
            {"arn:aws:s3:::b/${empty}x", "arn:aws:s3:::b/x", true},
            {"arn:aws:s3:::b/${many}", "arn:aws:s3:::b/a", false},
            {"arn:aws:s3:::b/${many, 'd'}", "arn:aws:s3:::b/d", false},
            {"arn:aws:s3:::b/${absent, 'd'}", "arn:aws:s3:::b/d", true},
            {"arn:aws:s3:::b/${absent,'*'}", "arn:aws:s3:::b/d", false},
            {"arn:aws:s3:::b/${absent, ''}x", "arn:aws:s3:::b/x", true},
            {"arn:aws:s3:::b/${aws:username, 'd'}", "arn:aws:s3:::b/alice", true},
            {"arn:aws:s3:::b/${aws:username}-${wild}", "arn:aws:s3:::b/alice-*", true},
            {"arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*", true},
            {"arn:aws:s3:::b/${*}", "arn:aws:s3:::b/x", false},
            {"arn:aws:s3:::b/${?}", "arn:aws:s3:::b/?", true},
            {"arn:aws:s3:::b/${?}", "arn:aws:s3:::b/x", false},
            {"arn:aws:s3:::b/${$}{aws:username}", "arn:aws:s3:::b/${aws:username}", true},
            {"arn:aws:s3:::b/$x", "arn:aws:s3:::b/$x", true},
            {"arn:aws:s3:::${poison}", "arn:aws:s3:::b", false},
    };
    static const char keys[] = "aws:username=alice;wild=*;empty=;many=a|b;poison=\xff";

    (void)state;
    check_resources("2012-10-17", keys, cases, sizeof(cases) / sizeof(*cases));
}

static void version_2008_has_no_variables(void **state)
{
    static const struct resource_case cases[] = {
            {"arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/alice", false},
            {"arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${aws:username}", true},
            {"arn:aws:s3:::b/${*}", "arn:aws:s3:::b/${abc}", true},
            {"arn:aws:s3:::b/${", "arn:aws:s3:::b/${", true},
    };

    (void)state;
    check_resources("2008-10-17", "aws:username=alice", cases, sizeof(cases) / sizeof(*cases));
}

static void principals_match_users_roles_sessions_accounts_and_services(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    enum {
        A_USER,
        A_SESSION,
        A_ROOT,
        A_OTHER,
        A_SERVICE,
        A_FEDERATED,
        ANONYMOUS,
        KINDS
    };
    const struct policy_request who[KINDS] = {
            [A_USER] = {.principal_arn = STR(ALICE), .principal_account = STR("111122223333")},
            [A_SESSION] = {.principal_arn = STR(SESSION),
                    .principal_issuer = STR(ROLE),
                    .principal_account = STR("111122223333")},
            [A_ROOT] = {.principal_arn = STR("arn:aws:iam::111122223333:root"),
                    .principal_account = STR("111122223333")},
            [A_OTHER] = {.principal_arn = STR("arn:aws:iam::444455556666:user/alice"),
                    .principal_account = STR("444455556666")},
            [A_SERVICE] = {.principal_service = STR("codebuild.amazonaws.com"),
                    .principal_account = STR("111122223333")},
            [A_FEDERATED] = {.principal_federated = STR("accounts.example")},
            [ANONYMOUS] = {.is_anonymous = true},
    };
    static const struct {
        const char *principal;
        const char *matches; /* one of "-yA" for each kind: no, yes, by account */
    } cases[] = {
            {"'*'", "yyyyyyy"},
            {"{'AWS':'*'}", "yyyyyyy"},
            {"{'AWS':'111122223333'}", "AAA----"},
            {"{'AWS':'arn:aws:iam::111122223333:root'}", "AAA----"},
            {"{'AWS':'" ALICE "'}", "y------"},
            {"{'AWS':'" ROLE "'}", "-y-----"},
            {"{'AWS':'" SESSION "'}", "-y-----"},
            {"{'AWS':['111122223333','" ALICE "']}", "yAA----"},
            {"{'AWS':'arn:aws:iam::111122223333:user/Alice'}", "-------"},
            {"{'AWS':'AIDAQABCDEFGHIJKLMNOP'}", "-------"},
            {"{'Service':'codebuild.amazonaws.com'}", "----y--"},
            {"{'Service':'*'}", "----y--"},
            {"{'Service':'codedeploy.amazonaws.com'}", "-------"},
            {"{'Federated':'accounts.example'}", "-----y-"},
            {"{'CanonicalUser':'79a5'}", "-------"},
            {"{'AWS':'444455556666','Service':'codebuild.amazonaws.com'}", "---Ay--"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (size_t k = 0; k < KINDS; k++) {
            struct policy_request r = who[k];
            str allow = str_printf(&arena,
                    "{'Statement':{'Effect':'Allow','Action':'sts:AssumeRole','Principal':%s}}",
                    cases[i].principal);
            str deny = str_printf(&arena,
                    "{'Statement':{'Effect':'Deny','Action':'sts:AssumeRole','NotPrincipal':%s}}",
                    cases[i].principal);
            struct policy *policy = compile(&arena, POLICY_TRUST, allow.ptr);
            struct policy_match match;
            char c;

            r.action = STR("sts:AssumeRole");
            r.resource = STR(ROLE);
            match = policy_evaluate(policy, &r, &arena);
            c = match.effect == POLICY_NONE ? '-' : match.by_account ? 'A' : 'y';
            if (c != cases[i].matches[k])
                fail_msg("%s kind %zu is %c", cases[i].principal, k, c);
            policy_free(policy);
            if ((evaluate(POLICY_TRUST, deny.ptr, &r) == POLICY_DENY) != (c == '-'))
                fail_msg("not %s kind %zu", cases[i].principal, k);
        }
    }
}

static void evaluate_names_the_statement_that_decided(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct policy *policy = compile(&arena, POLICY_IDENTITY,
            "{'Statement':[{'Effect':'Allow','Action':'s3:*','Resource':'*'},"
            "{'Sid':'Second','Effect':'Allow','Action':'*','Resource':'*'},"
            "{'Sid':'NoDelete','Effect':'Deny','Action':'s3:Delete*','Resource':'*'}]}");
    struct policy_request r = request(&arena, "s3:GetObject", "*", "");
    struct policy_match match = policy_evaluate(policy, &r, &arena);

    (void)state;
    assert_int_equal(match.effect, POLICY_ALLOW);
    assert_int_equal(match.statement, 0);
    assert_null(match.sid.ptr);
    r.action = STR("iam:GetUser");
    match = policy_evaluate(policy, &r, &arena);
    assert_int_equal(match.statement, 1);
    assert_str(match.sid, "Second");
    r.action = STR("s3:DeleteObject");
    match = policy_evaluate(policy, &r, &arena);
    assert_int_equal(match.effect, POLICY_DENY);
    assert_int_equal(match.statement, 2);
    assert_str(match.sid, "NoDelete");
    policy_free(policy);
}

static void evaluate_takes_actions_of_any_length(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char action[400] = "s3:";
    struct policy_request r;

    (void)state;
    memset(action + 3, 'X', sizeof(action) - 4);
    r = request(&arena, action, "*", "");
    assert_int_equal(
            evaluate(POLICY_IDENTITY,
                    "{'Statement':{'Effect':'Allow','Action':'s3:x*x','Resource':'*'}}", &r),
            POLICY_ALLOW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(actions_match_with_wildcards_and_without_case),
            cmocka_unit_test(resources_match_by_segments),
            cmocka_unit_test(variables_take_the_place_of_text_but_never_of_wildcards),
            cmocka_unit_test(version_2008_has_no_variables),
            cmocka_unit_test(principals_match_users_roles_sessions_accounts_and_services),
            cmocka_unit_test(evaluate_names_the_statement_that_decided),
            cmocka_unit_test(evaluate_takes_actions_of_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
