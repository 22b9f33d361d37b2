/*
 * What must hold for every policy, tried on random ones. The words are few, so that
 * statements overlap often. A failure prints the seed and the round: the same again.
 */
#include "policy_world.h"
#include "base/buf.h"
#include "base/random.h"

enum {
    ROUNDS = 3000,
    MAX_STATEMENTS = 6,
    TEXT_MAX = 16384,
    SEED = 20261123
};

static const char *const actions[] = {"*", "s3:*", "s3:Get*", "s3:GetObject", "s3:*Object",
        "s3:PutObject", "iam:GetUser", "iam:*"};
static const char *const resources[] = {"*", "arn:aws:s3:::a", "arn:aws:s3:::*", "arn:aws:s3:::?",
        "arn:aws:s3:::${aws:username}", "arn:aws:s3:*:1:a", "arn:aws:s3:::a/${k, 'd'}"};
static const char *const principals[] = {"\"*\"", "{\"AWS\":\"111122223333\"}",
        "{\"AWS\":\"" ALICE "\"}", "{\"Service\":\"s3.amazonaws.com\"}",
        "{\"AWS\":[\"444455556666\",\"" ROLE "\"]}"};
static const char *const conditions[] = {"", "", "",
        ",\"Condition\":{\"StringEquals\":{\"k\":[\"d\",\"e\"]}}",
        ",\"Condition\":{\"StringNotLike\":{\"k\":\"d*\"}}",
        ",\"Condition\":{\"Null\":{\"k\":true}}",
        ",\"Condition\":{\"ForAllValues:StringEquals\":{\"tags\":[\"x\",\"y\"]}}",
        ",\"Condition\":{\"ForAnyValue:StringEquals\":{\"tags\":\"x\"}}",
        ",\"Condition\":{\"IpAddressIfExists\":{\"ip\":\"10.0.0.0/8\"}}"};
static const char *const request_actions[] = {
        "s3:GetObject", "s3:PutObject", "iam:GetUser", "kms:X"};
static const char *const request_resources[] = {
        "*", "arn:aws:s3:::a", "arn:aws:s3:::alice", "arn:aws:s3:::a/d"};
static const char *const request_keys[] = {"", "aws:username=alice", "aws:username=a;k=d",
        "k=e;tags=x|y", "tags=x|z;ip=10.1.1.1", "ip=9.9.9.9;k=f"};

#define PICK(array) (array)[random_below(sizeof(array) / sizeof(*(array)))]

struct statements {
    str items[MAX_STATEMENTS + 1];
    bool is_allow[MAX_STATEMENTS + 1];
    size_t len;
};

static str make_statement(struct arena *arena, enum policy_kind kind, bool is_allow)
{
    bool not_action = random_below(6) == 0, not_resource = random_below(6) == 0;
    str principal = {0};

    if (kind == POLICY_RESOURCE)
        principal = str_printf(arena, ",\"%s\":%s",
                !is_allow && random_below(4) == 0 ? "NotPrincipal" : "Principal", PICK(principals));
    return str_printf(arena, "{\"Effect\":\"%s\",\"%s\":\"%s\",\"%s\":\"%s\"%.*s%s}",
            is_allow ? "Allow" : "Deny", not_action ? "NotAction" : "Action", PICK(actions),
            not_resource ? "NotResource" : "Resource", PICK(resources), STR_ARG(principal),
            PICK(conditions));
}

static struct statements make_statements(struct arena *arena, enum policy_kind kind)
{
    struct statements s = {.len = 1 + random_below(MAX_STATEMENTS)};

    for (size_t i = 0; i < s.len; i++) {
        s.is_allow[i] = random_below(4) > 0;
        s.items[i] = make_statement(arena, kind, s.is_allow[i]);
    }
    return s;
}

static struct policy *build(struct arena *arena, enum policy_kind kind, const struct statements *s)
{
    struct buf out = buf_make(arena, TEXT_MAX);
    struct policy *policy = NULL;
    struct error err = {{0}};

    if (s->len == 0)
        return NULL;
    buf_add(&out, STR("{\"Version\":\"2012-10-17\",\"Statement\":["));
    for (size_t i = 0; i < s->len; i++) {
        if (i > 0)
            buf_char(&out, ',');
        buf_add(&out, s->items[i]);
    }
    buf_add(&out, STR("]}"));
    if (policy_compile(buf_str(&out), kind, &policy, &err) < 0)
        fail_msg("%s: %.*s", err.text, STR_ARG(buf_str(&out)));
    return policy;
}

static void shuffle(struct statements *s)
{
    for (size_t i = s->len; i > 1; i--) {
        size_t j = random_below(i);
        str item = s->items[i - 1];
        bool is_allow = s->is_allow[i - 1];
        s->items[i - 1] = s->items[j], s->is_allow[i - 1] = s->is_allow[j];
        s->items[j] = item, s->is_allow[j] = is_allow;
    }
}

static void remove_at(struct statements *s, size_t at)
{
    for (s->len--; at < s->len; at++) {
        s->items[at] = s->items[at + 1];
        s->is_allow[at] = s->is_allow[at + 1];
    }
}

static struct policy_request make_request(struct arena *arena)
{
    struct policy_request r =
            request(arena, PICK(request_actions), PICK(request_resources), PICK(request_keys));

    switch (random_below(4)) {
    case 0:
        r.principal_arn = STR(SESSION);
        r.principal_issuer = STR(ROLE);
        break;
    case 1:
        r.principal_arn = r.principal_account = (str){0};
        r.is_anonymous = true;
        break;
    default:
        break;
    }
    return r;
}

struct answer {
    enum policy_effect effect;
    bool by_account;
};

static struct answer ask(struct arena *arena, enum policy_kind kind, const struct statements *s,
        const struct policy_request *r)
{
    struct policy *policy = build(arena, kind, s);
    struct policy_match match = {0};

    if (policy)
        match = policy_evaluate(policy, r, arena);
    policy_free(policy);
    return (struct answer){match.effect, match.by_account};
}

typedef void property(struct arena *arena, enum policy_kind kind, size_t round);

static void try_rounds(property *holds)
{
    random_set_seed(SEED);
    for (size_t round = 0; round < ROUNDS; round++) {
        AUTO_ARENA struct arena arena = {0};
        holds(&arena, round % 2 ? POLICY_RESOURCE : POLICY_IDENTITY, round);
    }
}

static void order_property(struct arena *arena, enum policy_kind kind, size_t round)
{
    struct statements s = make_statements(arena, kind);
    struct policy_request r = make_request(arena);
    struct answer before = ask(arena, kind, &s, &r), after;

    shuffle(&s);
    after = ask(arena, kind, &s, &r);
    if (before.effect != after.effect || before.by_account != after.by_account)
        fail_msg("seed %d round %zu", SEED, round);
}

static void deny_property(struct arena *arena, enum policy_kind kind, size_t round)
{
    struct statements s = make_statements(arena, kind);
    struct policy_request r = make_request(arena);
    struct answer before = ask(arena, kind, &s, &r), after;

    s.items[s.len] = make_statement(arena, kind, false);
    s.is_allow[s.len++] = false;
    after = ask(arena, kind, &s, &r);
    if (after.effect == POLICY_ALLOW && before.effect != POLICY_ALLOW)
        fail_msg("seed %d round %zu", SEED, round);
    if (before.effect == POLICY_DENY && after.effect != POLICY_DENY)
        fail_msg("a deny was lost: seed %d round %zu", SEED, round);
}

static void removal_property(struct arena *arena, enum policy_kind kind, size_t round)
{
    struct statements s = make_statements(arena, kind);
    struct policy_request r = make_request(arena);
    struct answer before = ask(arena, kind, &s, &r), after;

    for (size_t i = 0; i < s.len; i++) {
        if (!s.is_allow[i])
            continue;
        remove_at(&s, i);
        break;
    }
    after = ask(arena, kind, &s, &r);
    if (after.effect == POLICY_ALLOW && before.effect != POLICY_ALLOW)
        fail_msg("seed %d round %zu", SEED, round);
}

static void limit_property(struct arena *arena, enum policy_kind kind, size_t round)
{
    struct statements own = make_statements(arena, POLICY_IDENTITY);
    struct statements limit = make_statements(arena, POLICY_IDENTITY);
    struct statements on_resource = make_statements(arena, POLICY_RESOURCE);
    struct policy_request r = make_request(arena);
    struct policy *identity = build(arena, POLICY_IDENTITY, &own);
    struct policy *limiting = build(arena, POLICY_IDENTITY, &limit);
    struct policy *resource =
            kind == POLICY_RESOURCE ? build(arena, POLICY_RESOURCE, &on_resource) : NULL;
    const struct policy *list[] = {identity};
    struct policy_set set = {.identity = list,
            .identity_len = 1,
            .resource = resource,
            .is_cross_account = random_below(2),
            .is_resource_policy_required = random_below(2)};
    bool before = policy_decide(&set, &r, arena).allowed, with_boundary, with_session;
    bool limit_allows = policy_evaluate(limiting, &r, arena).effect == POLICY_ALLOW;

    set.boundary = limiting;
    with_boundary = policy_decide(&set, &r, arena).allowed;
    set.boundary = NULL;
    set.session = limiting;
    with_session = policy_decide(&set, &r, arena).allowed;
    if (with_boundary != (before && limit_allows) || with_session != (before && limit_allows))
        fail_msg("seed %d round %zu", SEED, round);
    policy_free(identity);
    policy_free(limiting);
    policy_free(resource);
}

static void the_order_of_statements_never_matters(void **state)
{
    (void)state;
    try_rounds(order_property);
}

static void one_more_deny_never_allows_more(void **state)
{
    (void)state;
    try_rounds(deny_property);
}

static void one_allow_less_never_allows_more(void **state)
{
    (void)state;
    try_rounds(removal_property);
}

static void a_boundary_or_session_policy_never_allows_more(void **state)
{
    (void)state;
    try_rounds(limit_property);
}

/* The glob against the plain recursive definition of what * and ? mean. */
static bool slow_glob(const char *pattern, const char *text)
{
    if (*pattern == '\0')
        return *text == '\0';
    if (*pattern == '*')
        return slow_glob(pattern + 1, text) || (*text && slow_glob(pattern, text + 1));
    return *text && (*pattern == '?' || *pattern == *text) && slow_glob(pattern + 1, text + 1);
}

static void wildcards_agree_with_their_definition(void **state)
{
    (void)state;
    random_set_seed(SEED);
    for (size_t round = 0; round < ROUNDS; round++) {
        AUTO_ARENA struct arena arena = {0};
        char *pattern =
                str_cstr(&arena, random_id(&arena, STR("s3:"), STR("aabb*?"), random_below(9)));
        char *text =
                str_cstr(&arena, random_id(&arena, STR("s3:"), STR("aab"), 1 + random_below(9)));
        struct policy_request r = request(&arena, text, "*", "");
        str policy = str_printf(
                &arena, "{'Statement':{'Effect':'Allow','Action':'%s*','Resource':'*'}}", pattern);
        bool expected = slow_glob(str_printf(&arena, "%s*", pattern).ptr, text);

        if ((evaluate(POLICY_IDENTITY, policy.ptr, &r) == POLICY_ALLOW) != expected)
            fail_msg("%s* %s", pattern, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(the_order_of_statements_never_matters),
            cmocka_unit_test(one_more_deny_never_allows_more),
            cmocka_unit_test(one_allow_less_never_allows_more),
            cmocka_unit_test(a_boundary_or_session_policy_never_allows_more),
            cmocka_unit_test(wildcards_agree_with_their_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
