/* Policy documents, of all three kinds, and requests on them: api/policy.h. */
#include "api/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void count_key(void *arg, str key)
{
    if (!key.ptr)
        abort();
    ++*(size_t *)arg;
}

/* All that matches decides as the decision says; and what else simulators ask. */
static void walk(const struct policy *policy, str text, const struct policy_request *request,
        const struct policy_match *match, struct arena *arena)
{
    enum policy_effect strongest = POLICY_NONE;
    struct policy_matches matches;
    struct policy_spans spans;
    size_t keys = 0, missing = 0;

    policy_match_all(policy, request, arena, &matches);
    for (size_t i = 0; i < matches.len; i++)
        if (matches.items[i].effect > strongest)
            strongest = matches.items[i].effect;
    policy_each_key(policy, count_key, &keys);
    policy_each_missing(policy, request, arena, count_key, &missing);
    if (strongest != match->effect || missing > keys)
        abort();
    if (policy_find_spans(text, arena, &spans) == 0 && spans.len > POLICY_MAX_STATEMENTS)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    AUTO_ARENA struct arena arena = {0};
    /* the first bytes up to a newline become the resource and a key's value */
    str rest = {(const char *)data, len}, head = {0};
    bool has_head = str_cut(&rest, '\n', &head);
    str values[] = {has_head ? head : STR("alice")};
    const struct policy_key keys[] = {
            {STR("aws:username"), {values, 1, true}}, {STR("aws:SourceIp"), {values, 1, true}}};
    const struct policy_request request = {
            .action = STR("s3:GetObject"),
            .resource = has_head ? head : STR("arn:aws:s3:::bucket/key"),
            .principal_arn = STR("arn:aws:iam::111122223333:user/alice"),
            .principal_account = STR("111122223333"),
            .keys = keys,
            .keys_len = 2,
    };

    for (int kind = POLICY_IDENTITY; kind <= POLICY_TRUST; kind++) {
        struct policy *policy = NULL;
        struct error err = {{0}};
        int r = policy_compile(rest, (enum policy_kind)kind, &policy, &err);
        if (r < 0 && (r != -EINVAL || !err.text[0] || policy))
            abort();
        if (r < 0)
            continue;
        struct policy_match match = policy_evaluate(policy, &request, &arena);
        if ((match.effect == POLICY_NONE) != (match.statement == -1))
            abort();
        walk(policy, rest, &request, &match, &arena);
        policy_free(policy);
    }
    return 0;
}
