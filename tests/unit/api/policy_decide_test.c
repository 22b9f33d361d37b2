#include "policy_world.h"

#define S(effect, action)                                                                          \
    "{'Statement':{'Effect':'" effect "','Action':'" action "','Resource':'*'}}"
#define R(effect, principal)                                                                       \
    "{'Statement':{'Effect':'" effect "','Action':'s3:*','Resource':'*','Principal':" principal "}}"
#define SID(effect, sid)                                                                           \
    "{'Statement':{'Sid':'" sid "','Effect':'" effect "','Action':'s3:*','Resource':'*'}}"
#define BY_NAME "{'AWS':'" ALICE "'}"
#define BY_ACCOUNT "{'AWS':'111122223333'}"

static const char ALLOW[] = S("Allow", "s3:*");
static const char DENY[] = S("Deny", "s3:*");
static const char OTHER[] = S("Allow", "iam:*");

enum who {
    AS_USER,
    AS_ANYONE,
    AS_SERVICE
};

struct decide_case {
    const char *identity[3];
    const char *boundary, *session, *resource;
    bool cross, required;
    enum who who;
    /* what should come out */
    bool allowed, explicit_deny;
    const char *kind;
};

#define I "identity-based policy"
#define RES "resource-based policy"
#define B "permissions boundary"
#define SES "session policy"

static const struct decide_case cases[] = {
        /* identity policies alone */
        {.kind = I},
        {.identity = {ALLOW}, .allowed = true, .kind = I},
        {.identity = {OTHER}, .kind = I},
        {.identity = {DENY}, .explicit_deny = true, .kind = I},
        {.identity = {ALLOW, DENY}, .explicit_deny = true, .kind = I},
        {.identity = {DENY, ALLOW}, .explicit_deny = true, .kind = I},
        {.identity = {OTHER, ALLOW}, .allowed = true, .kind = I},
        /* boundaries and session policies only limit */
        {.identity = {ALLOW}, .boundary = ALLOW, .allowed = true, .kind = I},
        {.identity = {ALLOW}, .boundary = OTHER, .kind = B},
        {.identity = {ALLOW}, .boundary = DENY, .explicit_deny = true, .kind = B},
        {.boundary = ALLOW, .kind = I},
        {.identity = {ALLOW}, .session = ALLOW, .allowed = true, .kind = I},
        {.identity = {ALLOW}, .session = OTHER, .kind = SES},
        {.identity = {ALLOW}, .session = DENY, .explicit_deny = true, .kind = SES},
        {.session = ALLOW, .kind = I},
        {.identity = {ALLOW}, .boundary = OTHER, .session = OTHER, .kind = B},
        {.identity = {ALLOW}, .boundary = ALLOW, .session = ALLOW, .allowed = true, .kind = I},
        /* resource policies, same account */
        {.resource = R("Allow", BY_NAME), .allowed = true, .kind = RES},
        {.resource = R("Allow", "'*'"), .allowed = true, .kind = RES},
        {.resource = R("Allow", BY_ACCOUNT), .kind = I},
        {.identity = {ALLOW}, .resource = R("Allow", BY_ACCOUNT), .allowed = true, .kind = I},
        {.identity = {ALLOW},
                .resource = R("Deny", BY_ACCOUNT),
                .explicit_deny = true,
                .kind = RES},
        {.identity = {DENY}, .resource = R("Allow", BY_NAME), .explicit_deny = true, .kind = I},
        {.identity = {ALLOW},
                .resource = R("Allow", "{'AWS':'444455556666'}"),
                .allowed = true,
                .kind = I},
        {.resource = R("Allow", BY_NAME), .boundary = OTHER, .kind = B},
        {.resource = R("Allow", BY_NAME), .session = OTHER, .kind = SES},
        /* other account: both must allow */
        {.cross = true, .kind = I},
        {.cross = true, .identity = {ALLOW}, .kind = RES},
        {.cross = true, .resource = R("Allow", BY_NAME), .kind = I},
        {.cross = true, .resource = R("Allow", BY_ACCOUNT), .kind = I},
        {.cross = true,
                .identity = {ALLOW},
                .resource = R("Allow", BY_NAME),
                .allowed = true,
                .kind = I},
        {.cross = true,
                .identity = {ALLOW},
                .resource = R("Allow", BY_ACCOUNT),
                .allowed = true,
                .kind = I},
        {.cross = true,
                .identity = {ALLOW},
                .resource = R("Deny", BY_NAME),
                .explicit_deny = true,
                .kind = RES},
        {.cross = true,
                .identity = {ALLOW},
                .resource = R("Allow", BY_NAME),
                .boundary = OTHER,
                .kind = B},
        /* keys: nothing without the key policy */
        {.required = true, .identity = {ALLOW}, .kind = RES},
        {.required = true,
                .identity = {ALLOW},
                .resource = R("Allow", "{'AWS':'444455556666'}"),
                .kind = RES},
        {.required = true,
                .identity = {ALLOW},
                .resource = R("Allow", BY_ACCOUNT),
                .allowed = true,
                .kind = I},
        {.required = true, .resource = R("Allow", BY_ACCOUNT), .kind = I},
        {.required = true, .resource = R("Allow", BY_NAME), .allowed = true, .kind = RES},
        /* those who have no identity policies */
        {.who = AS_ANYONE, .kind = RES},
        {.who = AS_ANYONE,
                .cross = true,
                .resource = R("Allow", "'*'"),
                .allowed = true,
                .kind = RES},
        {.who = AS_ANYONE, .resource = R("Allow", BY_ACCOUNT), .kind = RES},
        {.who = AS_ANYONE, .resource = R("Deny", "'*'"), .explicit_deny = true, .kind = RES},
        {.who = AS_SERVICE,
                .cross = true,
                .allowed = true,
                .kind = RES,
                .resource = R("Allow", "{'Service':'codebuild.amazonaws.com'}")},
        {.who = AS_SERVICE, .resource = R("Allow", "{'Service':'s3.amazonaws.com'}"), .kind = RES},
};

static struct policy *maybe(struct arena *arena, enum policy_kind kind, const char *text)
{
    return text ? compile(arena, kind, text) : NULL;
}

static void check_case(size_t number)
{
    const struct decide_case *c = &cases[number];
    AUTO_ARENA struct arena arena = {0};
    struct policy_request r = request(&arena, "s3:GetObject", "arn:aws:s3:::b/k", "");
    const struct policy *identity[3] = {0};
    str names[3] = {STR("first"), STR("second"), STR("third")};
    struct policy *boundary = maybe(&arena, POLICY_IDENTITY, c->boundary);
    struct policy *session = maybe(&arena, POLICY_IDENTITY, c->session);
    struct policy *resource = maybe(&arena, POLICY_RESOURCE, c->resource);
    struct policy_set set = {.identity = identity,
            .identity_names = names,
            .boundary = boundary,
            .session = session,
            .resource = resource,
            .is_cross_account = c->cross,
            .is_resource_policy_required = c->required};
    struct policy_decision d;

    for (; c->identity[set.identity_len]; set.identity_len++)
        identity[set.identity_len] =
                compile(&arena, POLICY_IDENTITY, c->identity[set.identity_len]);
    if (c->who != AS_USER) {
        r.principal_arn = r.principal_account = (str){0};
        r.is_anonymous = c->who == AS_ANYONE;
        r.principal_service = c->who == AS_SERVICE ? STR("codebuild.amazonaws.com") : (str){0};
    }

    d = policy_decide(&set, &r, &arena);
    if (d.allowed != c->allowed || d.explicit_deny != c->explicit_deny ||
            strcmp(d.kind, c->kind) != 0)
        fail_msg("case %zu: allowed %d, explicit deny %d, %s", number, d.allowed, d.explicit_deny,
                d.kind);
    assert_int_equal(d.statement, d.allowed || d.explicit_deny ? 0 : -1);
    for (size_t i = 0; i < set.identity_len; i++)
        policy_free((struct policy *)(uintptr_t)identity[i]);
    policy_free(boundary);
    policy_free(session);
    policy_free(resource);
}

static void policies_combine_as_documented(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        check_case(i);
}

static void the_identity_policy_that_decided_is_named(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct policy_request r = request(&arena, "s3:GetObject", "*", "");
    struct policy *other = compile(&arena, POLICY_IDENTITY, OTHER);
    struct policy *allow = compile(&arena, POLICY_IDENTITY, ALLOW);
    struct policy *deny = compile(&arena, POLICY_IDENTITY, DENY);
    const struct policy *identity[] = {other, allow, deny};
    const str names[] = {STR("policy/other"), STR("policy/allow"), STR("policy/deny")};
    struct policy_set set = {.identity = identity, .identity_names = names, .identity_len = 2};

    (void)state;
    assert_str(policy_decide(&set, &r, &arena).policy_name, "policy/allow");
    set.identity_len = 3;
    assert_str(policy_decide(&set, &r, &arena).policy_name, "policy/deny");
    assert_int_equal(policy_decide(&set, &r, &arena).policy, 2);
    set.identity_len = 1;
    assert_null(policy_decide(&set, &r, &arena).policy_name.ptr);
    assert_int_equal(policy_decide(&set, &r, &arena).policy, -1);
    policy_free(other);
    policy_free(allow);
    policy_free(deny);
}

static void every_part_says_what_it_decided_by_itself(void **state)
{
    static const struct {
        const char *identity, *resource, *boundary, *session;
        enum policy_effect effects[POLICY_PARTS];
        enum policy_part part;
        const char *sid; /* of the statement that decided */
    } them[] = {
            {ALLOW, NULL, SID("Allow", "first"), SID("Deny", "second"),
                    {POLICY_ALLOW, POLICY_NONE, POLICY_ALLOW, POLICY_DENY}, POLICY_PART_SESSION,
                    "second"},
            {SID("Deny", "mine"), R("Deny", "'*'"), DENY, DENY,
                    {POLICY_DENY, POLICY_DENY, POLICY_DENY, POLICY_DENY}, POLICY_PART_IDENTITY,
                    "mine"},
            {SID("Allow", "mine"), R("Allow", "'*'"), NULL, NULL,
                    {POLICY_ALLOW, POLICY_ALLOW, POLICY_NONE, POLICY_NONE}, POLICY_PART_IDENTITY,
                    "mine"},
            {OTHER, NULL, ALLOW, OTHER, {POLICY_NONE, POLICY_NONE, POLICY_ALLOW, POLICY_NONE},
                    POLICY_PART_IDENTITY, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(them) / sizeof(*them); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct policy_request r = request(&arena, "s3:GetObject", "*", "");
        struct policy *identity = maybe(&arena, POLICY_IDENTITY, them[i].identity);
        const struct policy *list[] = {identity};
        struct policy *resource = maybe(&arena, POLICY_RESOURCE, them[i].resource);
        struct policy *boundary = maybe(&arena, POLICY_IDENTITY, them[i].boundary);
        struct policy *session = maybe(&arena, POLICY_IDENTITY, them[i].session);
        struct policy_set set = {list, NULL, 1, boundary, session, resource, false, false};
        struct policy_decision d = policy_decide(&set, &r, &arena);

        for (enum policy_part part = 0; part < POLICY_PARTS; part++)
            assert_int_equal(d.parts[part].effect, them[i].effects[part]);
        assert_int_equal(d.part, them[i].part);
        if (them[i].sid)
            assert_str(d.sid, them[i].sid);
        else
            assert_null(d.sid.ptr);
        policy_free(identity);
        policy_free(resource);
        policy_free(boundary);
        policy_free(session);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(policies_combine_as_documented),
            cmocka_unit_test(the_identity_policy_that_decided_is_named),
            cmocka_unit_test(every_part_says_what_it_decided_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
