#include "policy_world.h"

#define BODY(inner) "{'Version':'2012-10-17','Statement':{" inner "}}"

static int compile_text(enum policy_kind kind, const char *text, struct error *err)
{
    AUTO_ARENA struct arena arena = {0};
    static char untouched;
    struct policy *policy = (struct policy *)(void *)&untouched;
    char *json = str_cstr(&arena, str_of(text));
    int r;

    for (char *c = json; *c; c++)
        if (*c == '\'')
            *c = '"';
        else if (*c == '`')
            *c = '\'';
    r = policy_compile(str_of(json), kind, &policy, err);
    if (r == 0)
        policy_free(policy);
    else
        assert_ptr_equal(policy, (void *)&untouched);
    return r;
}

struct bad_case {
    const char *text;
    const char *says;
};

static void check_refused(enum policy_kind kind, const struct bad_case *cases, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        struct error err = {{0}};
        int r = compile_text(kind, cases[i].text, &err);
        if (r != -EINVAL)
            fail_msg("accepted: %s", cases[i].text);
        assert_string_equal(err.text, cases[i].says);
    }
}

#define OK "'Effect':'Allow','Action':'s3:GetObject','Resource':'*'"
#define SYNTAX "Syntax errors in policy."
#define LEGACY "The policy failed legacy parsing"

static void policy_compile_refuses_identity_policies_in_the_words_of_iam(void **state)
{
    static const struct bad_case cases[] = {
            {"", SYNTAX},
            {"[]", SYNTAX},
            {"'x'", SYNTAX},
            {"{", SYNTAX},
            {"{}", SYNTAX},
            {"{'Version':'2012-10-17'}", SYNTAX},
            {"{'Version':'2012-10-17','Statement':[]}", SYNTAX},
            {"{'Version':'2012-10-17','Statement':['x']}", SYNTAX},
            {"{'Version':'2012-10-17','Statement':'x'}", SYNTAX},
            {"{'Version':'2013-10-17','Statement':{" OK "}}", SYNTAX},
            {"{'Version':1,'Statement':{" OK "}}", SYNTAX},
            {"{'Id':1,'Statement':{" OK "}}", SYNTAX},
            {"{'Extra':'1','Statement':{" OK "}}", SYNTAX},
            {"{'Statement':{" OK "},'Statement':{" OK "}}", SYNTAX},
            {BODY(OK ",'Extra':'x'"), SYNTAX},
            {BODY(OK ",'Sid':1"), SYNTAX},
            {BODY("'Action':'s3:GetObject','Resource':'*'"), SYNTAX},
            {BODY("'Effect':'allow','Action':'s3:GetObject','Resource':'*'"), SYNTAX},
            {BODY("'Effect':['Allow'],'Action':'s3:GetObject','Resource':'*'"), SYNTAX},
            {BODY(OK ",'NotAction':'s3:*'"), SYNTAX},
            {BODY(OK ",'NotResource':'*'"), SYNTAX},
            {BODY("'Effect':'Allow','Resource':'*'"), "Policy statement must contain actions."},
            {BODY("'Effect':'Allow','Action':[],'Resource':'*'"),
                    "Policy statement must contain actions."},
            {BODY("'Effect':'Allow','Action':'s3:*'"), "Policy statement must contain resources."},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':[]"),
                    "Policy statement must contain resources."},
            {BODY("'Effect':'Allow','Action':5,'Resource':'*'"), SYNTAX},
            {BODY("'Effect':'Allow','Action':['s3:*',null],'Resource':'*'"), SYNTAX},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':{}"), SYNTAX},
            {BODY("'Effect':'Allow','Action':'GetObject','Resource':'*'"),
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."},
            {BODY("'Effect':'Allow','Action':'s3:Get:Object','Resource':'*'"),
                    "Actions/Condition can contain only one colon."},
            {BODY("'Effect':'Allow','Action':'s 3:GetObject','Resource':'*'"),
                    "Vendor s 3 is not valid"},
            {BODY("'Effect':'Allow','Action':'s*:GetObject','Resource':'*'"),
                    "Vendor s* is not valid"},
            {BODY("'Effect':'Allow','Action':'s3:Get Object','Resource':'*'"), LEGACY},
            {BODY("'Effect':'Allow','Action':'s3:','Resource':'*'"), LEGACY},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'bucket'"),
                    "Resource bucket must be in ARN format or \"*\"."},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':''"),
                    "Resource  must be in ARN format or \"*\"."},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws'"),
                    "Resource arn:aws must be in ARN format or \"*\"."},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:x:s3:::b'"),
                    "Partition \"x\" is not valid for resource \"arn:x:s3:::b\"."},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3::b'"), LEGACY},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::'"), LEGACY},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s*:::b'"),
                    "Resource vendor must be fully qualified and cannot contain regexes."},
            {BODY("'Effect':'Allow','Action':'iam:*','Resource':'arn:aws:iam:eu:1:user/a'"),
                    "IAM resource arn:aws:iam:eu:1:user/a cannot contain region information."},
            {BODY("'Effect':'Allow','Action':'iam:*','Resource':'arn:aws:iam::1:thing/a'"),
                    "IAM resource path must either be \"*\" or start with user/, federated-user/, "
                    "role/, group/, instance-profile/, mfa/, server-certificate/, policy/, "
                    "sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/."},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/${aws:username'"),
                    LEGACY},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/${}'"), LEGACY},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/${a, b}'"), LEGACY},
            {BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/${a${b}}'"), LEGACY},
            {BODY(OK ",'Principal':'*'"), "Policy document should not specify a principal."},
            {BODY(OK ",'Sid':'a b'"),
                    "Statement IDs (SID) should not include spaces and must be alphanumeric."},
            {"{'Statement':[{'Sid':'a'," OK "},{'Sid':'a'," OK "}]}",
                    "Statement IDs (SID) in a single policy must be unique."},
            {BODY(OK ",'Condition':'x'"), SYNTAX},
            {BODY(OK ",'Condition':{'StringEquals':'x'}"), SYNTAX},
            {BODY(OK ",'Condition':{'StringIs':{'a':'b'}}"), SYNTAX},
            {BODY(OK ",'Condition':{'StringEquals':{'':'b'}}"), SYNTAX},
            {BODY(OK ",'Condition':{'StringEquals':{'a':{}}}"), SYNTAX},
            {BODY(OK ",'Condition':{'StringEquals':{'a':[[]]}}"), SYNTAX},
            {BODY(OK ",'Condition':{'StringEquals':{'a':null}}"), SYNTAX},
            {BODY(OK ",'Condition':{'NullIfExists':{'a':'true'}}"), SYNTAX},
            {BODY(OK ",'Condition':{'ForAnyValue:Null':{'a':'true'}}"), SYNTAX},
            {BODY(OK ",'Condition':{'ForEachValue:StringEquals':{'a':'b'}}"), SYNTAX},
            {BODY(OK ",'Condition':{'IfExists':{'a':'b'}}"), SYNTAX},
            {BODY(OK ",'Condition':{'NumericEquals':{'a':'b'}}"), LEGACY},
            {BODY(OK ",'Condition':{'DateLessThan':{'a':'yesterday'}}"), LEGACY},
            {BODY(OK ",'Condition':{'Bool':{'a':'yes'}}"), LEGACY},
            {BODY(OK ",'Condition':{'Null':{'a':'0'}}"), LEGACY},
            {BODY(OK ",'Condition':{'BinaryEquals':{'a':'!'}}"), LEGACY},
            {BODY(OK ",'Condition':{'IpAddress':{'a':'10.0.0.0/33'}}"), LEGACY},
            {BODY(OK ",'Condition':{'IpAddress':{'a':'10.0.0'}}"), LEGACY},
            {BODY(OK ",'Condition':{'IpAddress':{'a':'::/129'}}"), LEGACY},
            {BODY(OK ",'Condition':{'IpAddress':{'a':''}}"), LEGACY},
            {BODY(OK ",'Condition':{'StringLike':{'a':'${x'}}"), LEGACY},
    };

    (void)state;
    check_refused(POLICY_IDENTITY, cases, sizeof(cases) / sizeof(*cases));
}

#define TRUST "'Effect':'Allow','Action':'sts:AssumeRole'"

static void policy_compile_refuses_trust_policies_in_the_words_of_iam(void **state)
{
    static const struct bad_case cases[] = {
            {"{", "This policy contains invalid Json"},
            {"[]", "This policy contains invalid Json"},
            {"{'Version':'1','Statement':{" TRUST ",'Principal':'*'}}",
                    "The policy must contain a valid version string"},
            {"{'Version':'2012-10-17'}", "Missing required field Statement"},
            {"{'Foo':'','Statement':{" TRUST ",'Principal':'*'}}", "Unknown field Foo"},
            {BODY(TRUST), "Missing required field Principal cannot be empty!"},
            {BODY(TRUST ",'Principal':'*','Resource':'*'"), "Has prohibited field Resource"},
            {BODY(TRUST ",'Principal':'*','Foo':'*'"), "Unknown field Foo"},
            {BODY("'Action':'sts:AssumeRole','Principal':'*'"), "Missing required field Effect"},
            {BODY("'Effect':'Maybe','Action':'sts:AssumeRole','Principal':'*'"),
                    "Invalid effect: Maybe"},
            {BODY("'Effect':'Allow','Principal':'*'"), "Missing required field Action"},
            {BODY("'Effect':'Allow','Action':'*','Principal':'*'"),
                    "AssumeRole policy may only specify STS AssumeRole actions."},
            {BODY("'Effect':'Allow','Action':'s3:GetObject','Principal':'*'"),
                    "AssumeRole policy may only specify STS AssumeRole actions."},
            {BODY("'Effect':'Allow','Action':'sts:GetCallerIdentity','Principal':'*'"),
                    "AssumeRole policy may only specify STS AssumeRole actions."},
            {BODY(TRUST ",'Principal':'x'"), "Invalid principal in policy"},
            {BODY(TRUST ",'Principal':{}"), "Invalid principal in policy"},
            {BODY(TRUST ",'Principal':{'AWS':[]}"), "Invalid principal in policy"},
            {BODY(TRUST ",'Principal':{'AWS':'x'}"), "Invalid principal in policy: \"AWS\":\"x\""},
            {BODY(TRUST ",'Principal':{'AWS':''}"), "Invalid principal in policy: \"AWS\":\"\""},
            {BODY(TRUST ",'Principal':{'AWS':5}"), "Invalid principal in policy: \"AWS\":\"\""},
            {BODY(TRUST ",'Principal':{'aws':'*'}"), "Invalid principal in policy: \"aws\":\"*\""},
            {BODY(TRUST ",'Principal':{'Service':'codebuild'}"),
                    "Invalid principal in policy: \"Service\":\"codebuild\""},
            {BODY(TRUST ",'Principal':{'AWS':'12345678901'}"),
                    "Invalid principal in policy: \"AWS\":\"12345678901\""},
            {BODY(TRUST ",'Principal':{'AWS':'arn:aws:iam::111122223333:user/*'}"),
                    "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:user/*\""},
            {BODY(TRUST ",'Principal':{'AWS':'arn:aws:iam::111122223333:group/g'}"),
                    "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:group/g\""},
            {BODY(TRUST ",'Principal':{'AWS':'arn:aws:iam:eu:111122223333:root'}"),
                    "Invalid principal in policy: \"AWS\":\"arn:aws:iam:eu:111122223333:root\""},
            {BODY(TRUST ",'NotPrincipal':{'AWS':'111122223333'}"),
                    "Allow with NotPrincipal is not allowed."},
            {BODY(TRUST ",'Principal':'*','Condition':{'Foo':{'a':'b'}}"),
                    "Invalid Condition type : Foo"},
    };

    (void)state;
    check_refused(POLICY_TRUST, cases, sizeof(cases) / sizeof(*cases));
}

static void policy_compile_refuses_resource_policies_in_the_words_of_s3(void **state)
{
    static const struct bad_case cases[] = {
            {BODY(OK), "Missing required field Principal"},
            {BODY("'Effect':'Allow','Action':'s3:*','Principal':'*'"),
                    "Missing required field Resource"},
            {BODY("'Effect':'Allow','Action':'s3:*','Principal':'*','Resource':'b'"),
                    "Policy has invalid resource"},
            {BODY("'Effect':'Allow','Action':'s3:*','Principal':'*','Resource':'arn:aws:s3::b'"),
                    "Policy has invalid resource"},
            {BODY("'Effect':'Allow','Action':'s3','Principal':'*','Resource':'*'"),
                    "Policy has invalid action"},
    };

    (void)state;
    check_refused(POLICY_RESOURCE, cases, sizeof(cases) / sizeof(*cases));
}

static void policy_compile_takes_every_form_that_iam_takes(void **state)
{
    static const struct {
        enum policy_kind kind;
        const char *text;
    } cases[] = {
            {POLICY_IDENTITY, "{'Statement':{" OK "}}"},
            {POLICY_IDENTITY, "{'Version':'2008-10-17','Id':'x','Statement':[{" OK "}]}"},
            {POLICY_IDENTITY, BODY("'Effect':'Deny','NotAction':['s3:Get*','*'],'NotResource':"
                                   "['*','arn:aws:s3:::b','arn:aws:s3:::b/*']")},
            {POLICY_IDENTITY, BODY("'Effect':'Allow','Action':'*:*','Resource':'arn:aws:*'")},
            {POLICY_IDENTITY, BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:*'")},
            {POLICY_IDENTITY, BODY("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::"
                                   "${aws:PrincipalTag/a:b, `x:y`}/*'")},
            {POLICY_IDENTITY, BODY("'Effect':'Allow','Action':'iam:*','Resource':"
                                   "['arn:aws:iam::*:user/${aws:username}','arn:aws:iam::1:root',"
                                   "'arn:aws:iam::*:*','arn:aws:iam::1:${x}']")},
            {POLICY_IDENTITY, BODY(OK ",'Condition':{}")},
            {POLICY_IDENTITY, BODY(OK ",'Condition':{'Bool':{'a':true},'NumericEquals':{'b':[1,2.5,"
                                      "'3']},'forallvalues:stringlikeifexists':{'c':[]}}")},
            {POLICY_TRUST, BODY("'Effect':'Allow','Action':['sts:AssumeRole','sts:TagSession',"
                                "'sts:*','sts:AssumeRole*'],'Principal':{'AWS':['*','111122223333',"
                                "'" ALICE "','" ROLE "','" SESSION "','AIDAQABCDEFGHIJKLMNOP'],"
                                "'Service':'codebuild.amazonaws.com','Federated':'x.example',"
                                "'CanonicalUser':'79a5'}")},
            {POLICY_TRUST, BODY("'Effect':'Deny','Action':'sts:AssumeRole',"
                                "'NotPrincipal':{'AWS':'111122223333'}")},
            {POLICY_RESOURCE, BODY(OK ",'Principal':'*','Sid':'with blanks, of course'")},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct error err = {{0}};
        if (compile_text(cases[i].kind, cases[i].text, &err) != 0)
            fail_msg("%s: %s", err.text, cases[i].text);
    }
}

static void policy_compile_refuses_a_policy_cut_at_any_byte(void **state)
{
    static const str whole = STR_INIT("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"a\","
                                      "\"Effect\":\"Allow\",\"Action\":[\"s3:Get*\"],\"Resource\":"
                                      "\"arn:aws:s3:::b/${aws:username, 'x'}\",\"Condition\":"
                                      "{\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\"]}}}]}");
    struct policy *policy = NULL;
    struct error err;

    (void)state;
    for (size_t i = 0; i < whole.len; i++) {
        assert_int_equal(
                policy_compile(str_head(whole, i), POLICY_IDENTITY, &policy, &err), -EINVAL);
        assert_null(policy);
    }
    assert_int_equal(policy_compile(whole, POLICY_IDENTITY, &policy, &err), 0);
    policy_free(policy);
}

static void policy_compile_has_a_ceiling_on_bytes_and_statements(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct policy *policy = NULL;
    struct error err;
    static const str item = STR_INIT("{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}");
    char *text = arena_alloc(&arena, POLICY_MAX_BYTES + 2, 1);
    size_t len = 0;

    (void)state;
    memset(text, ' ', POLICY_MAX_BYTES + 1);
    assert_int_equal(
            policy_compile((str){text, POLICY_MAX_BYTES + 1}, POLICY_IDENTITY, &policy, &err),
            -EINVAL);
    assert_string_equal(err.text, "Policy document is longer than 131072 bytes");

    len = (size_t)snprintf(text, POLICY_MAX_BYTES, "{\"Statement\":[");
    for (int i = 0; i <= POLICY_MAX_STATEMENTS; i++)
        len += (size_t)snprintf(text + len, POLICY_MAX_BYTES - len, "%s%s", i ? "," : "", item.ptr);
    len += (size_t)snprintf(text + len, POLICY_MAX_BYTES - len, "]}");
    assert_int_equal(policy_compile((str){text, len}, POLICY_IDENTITY, &policy, &err), -EINVAL);
    assert_string_equal(err.text, "Policy has more than 1000 statements");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(policy_compile_refuses_identity_policies_in_the_words_of_iam),
            cmocka_unit_test(policy_compile_refuses_trust_policies_in_the_words_of_iam),
            cmocka_unit_test(policy_compile_refuses_resource_policies_in_the_words_of_s3),
            cmocka_unit_test(policy_compile_takes_every_form_that_iam_takes),
            cmocka_unit_test(policy_compile_refuses_a_policy_cut_at_any_byte),
            cmocka_unit_test(policy_compile_has_a_ceiling_on_bytes_and_statements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
