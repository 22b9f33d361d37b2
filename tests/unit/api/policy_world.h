/* policy_world - policies and requests out of short texts, for the policy tests */
#pragma once

#include "unit.h"
#include "api/policy.h"

#define ALICE "arn:aws:iam::111122223333:user/alice"
#define SESSION "arn:aws:sts::111122223333:assumed-role/builder/one"
#define ROLE "arn:aws:iam::111122223333:role/ci/builder"

/* ' is written for ", so that policies can be read in C. */
static inline struct policy *compile(struct arena *arena, enum policy_kind kind, const char *text)
{
    struct policy *policy = NULL;
    struct error err = {{0}};
    char *json = str_cstr(arena, str_of(text));

    for (char *c = json; *c; c++)
        if (*c == '\'')
            *c = '"';
    if (policy_compile(str_of(json), kind, &policy, &err) < 0)
        fail_msg("%s: %s", err.text, json);
    return policy;
}

/* Keys as "aws:username=alice;aws:TagKeys=a|b;empty=": values are separated by "|". */
static inline struct policy_request request(
        struct arena *arena, const char *action, const char *resource, const char *keys)
{
    struct policy_request r = {
            .action = str_of(action),
            .resource = str_of(resource),
            .principal_arn = STR(ALICE),
            .principal_account = STR("111122223333"),
    };
    str rest = str_of(keys), piece, name;
    struct policy_key *items = arena_array(arena, 20, struct policy_key);

    while (rest.len > 0 && str_next(&rest, ';', &piece)) {
        assert_true(str_cut(&piece, '=', &name));
        assert_true(r.keys_len < 20);
        items[r.keys_len++] = (struct policy_key){name, str_split(arena, piece, '|')};
    }
    r.keys = items;
    return r;
}

static inline enum policy_effect evaluate(
        enum policy_kind kind, const char *text, const struct policy_request *r)
{
    AUTO_ARENA struct arena arena = {0};
    struct policy *policy = compile(&arena, kind, text);
    enum policy_effect effect = policy_evaluate(policy, r, &arena).effect;

    policy_free(policy);
    return effect;
}
