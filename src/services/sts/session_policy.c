#include "services/sts/session_policy.h"

#include "base/buf.h"
#include "base/json.h"
#include "services/iam/iam.h"
#include "services/sts/sts.h"

/* ---- Policies --------------------------------------------------------------------------- */

static int check_policy(struct call *call, str text)
{
    struct policy *policy;
    struct error err;

    if (policy_compile(text, POLICY_IDENTITY, &policy, &err) < 0)
        return call_fail(call, &sts_MalformedPolicyDocumentException, "%s", err.text);
    policy_free(policy);
    return 0;
}

static void add_statement(struct buf *out, struct arena *arena, json_t *statement, bool *first)
{
    (void)json_object_del(statement, "Sid"); /* ids are unique within one policy only */
    if (!*first)
        buf_char(out, ',');
    *first = false;
    buf_add(out, json_print(arena, statement));
}

/* The statements of a policy that has compiled. */
static int add_policy(struct buf *out, struct arena *arena, str text, bool *first)
{
    AUTO_JSON json_t *json = NULL;
    json_t *statements;

    if (json_parse(text, &json, NULL) < 0)
        return -EIO;
    statements = json_object_get(json, "Statement");
    if (!json_is_array(statements)) {
        add_statement(out, arena, statements, first);
        return 0;
    }
    for (size_t i = 0; i < json_array_size(statements); i++)
        add_statement(out, arena, json_array_get(statements, i), first);
    return 0;
}

static int add_managed(struct call *call, str account, str arn, struct buf *out, bool *first)
{
    str text;
    int r = iam_policy_text(call->tx, account, arn, &text);

    if (r == 0)
        return call_fail(call, &sts_MalformedPolicyDocumentException,
                "Policy %.*s does not exist or is not attachable.", STR_ARG(arn));
    return r < 0 ? r : add_policy(out, call->arena, text, first);
}

static int add_all(struct call *call, str account, str policy,
        const struct sts_policyDescriptorListType *arns, struct buf *out)
{
    bool first = true;
    int r = 0;

    if (policy.ptr) {
        r = check_policy(call, policy);
        if (r == 0)
            r = add_policy(out, call->arena, policy, &first);
    }
    for (size_t i = 0; r == 0 && i < arns->len; i++)
        r = add_managed(call, account, arns->items[i].arn, out, &first);
    return r;
}

static int fail_size(struct call *call, const char *what, size_t len, const char *advice)
{
    return call_fail(call, &sts_PackedPolicyTooLargeException,
            "%s consumes %zu%% of allotted space%s", what,
            (len * 100 + SESSION_MAX_PACKED - 1) / SESSION_MAX_PACKED, advice);
}

int session_policy_make(struct call *call, str account, str policy,
        const struct sts_policyDescriptorListType *arns, str *ret)
{
    struct buf out = buf_make(call->arena, POLICY_MAX_BYTES);
    int r;

    *ret = (str){0};
    if (!policy.ptr && arns->len == 0)
        return 0;
    if (arns->len > SESSION_MAX_POLICY_ARNS)
        return call_fail(call, &error_Validation,
                "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: "
                "Member must have length less than or equal to %d",
                SESSION_MAX_POLICY_ARNS);
    buf_add(&out, STR("{\"Version\":\"2012-10-17\",\"Statement\":["));
    r = add_all(call, account, policy, arns, &out);
    if (r < 0)
        return r;
    buf_add(&out, STR("]}"));
    if (buf_is_full(&out) || buf_str(&out).len > SESSION_MAX_PACKED)
        return fail_size(call, "Packed policy", buf_str(&out).len, ", please use smaller policy.");
    *ret = buf_str(&out);
    return check_policy(call, *ret);
}

/* ---- Size ------------------------------------------------------------------------------- */

int session_pack(struct call *call, const struct principal *session, struct opt_int *ret_percent)
{
    size_t tags = 0, len;

    for (size_t i = 0; i < session->tags.len; i++)
        if (session->tags.items[i].is_session)
            tags += session->tags.items[i].key.len + session->tags.items[i].value.len;
    len = tags + session->session_policy.len;
    if (tags > SESSION_MAX_PACKED)
        return fail_size(call, "Packed size of session tags", tags, ".");
    if (len > SESSION_MAX_PACKED)
        return fail_size(call, "Packed policy", len, ", please use smaller policy.");
    if (len > 0)
        *ret_percent =
                SOME_INT((int64_t)((len * 100 + SESSION_MAX_PACKED - 1) / SESSION_MAX_PACKED));
    return 0;
}
