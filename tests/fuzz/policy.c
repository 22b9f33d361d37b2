/* Policy documents, of all three kinds, and requests on them: api/policy.h. */
#include "api/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

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
        policy_free(policy);
    }
    return 0;
}
