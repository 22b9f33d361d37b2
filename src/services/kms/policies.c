/* Who may use a key: its policy. */
#include "services/kms/key.h"

#include "base/random.h"

int key_check_policy(struct call *call, str policy)
{
    struct policy *compiled;
    struct error err;

    if (policy_compile(policy, POLICY_RESOURCE, &compiled, &err) < 0)
        return call_fail(call, &kms_MalformedPolicyDocumentException, "%s", err.text);
    policy_free(compiled);
    return 0;
}

int key_check_lockout(struct call *call, const struct key *key, struct opt_bool bypass)
{
    int r;

    if ((bypass.is_set && bypass.value) || call->principal->kind == PRINCIPAL_SERVICE)
        return 0;
    r = key_authorize(call, key, "kms:PutKeyPolicy", NULL, 0);
    if (r != CALL_FAILED)
        return r;
    return call_fail(call, &kms_MalformedPolicyDocumentException,
            "The new key policy will not allow you to update the key policy in the future.");
}

/* A key has one policy, and its name is "default". */
static int check_name(struct call *call, str name)
{
    if (name.ptr && !str_eq(name, STR("default")))
        return call_fail(call, &kms_NotFoundException, "No such policy exists");
    return 0;
}

int kms_GetKeyPolicy(struct call *call, const struct kms_GetKeyPolicyRequest *in,
        struct kms_GetKeyPolicyResponse *out)
{
    const struct db_row *row;
    struct key key;
    int r = key_find_for(call, in->KeyId, "kms:GetKeyPolicy", &key);

    if (r < 0)
        return r;
    if ((r = check_name(call, in->PolicyName)) < 0)
        return r;
    if ((r = db_one(call->tx, &row, "select policy from kms_key where id = $1", key.id)) < 0)
        return r;
    out->Policy = row_text(row, 0);
    out->PolicyName = STR("default");
    return 0;
}

int kms_PutKeyPolicy(struct call *call, const struct kms_PutKeyPolicyRequest *in, void *out)
{
    struct key key;
    int r = key_find_customer(call, in->KeyId, "kms:PutKeyPolicy", &key);

    (void)out;
    if (r < 0)
        return r;
    if ((r = check_name(call, in->PolicyName)) < 0)
        return r;
    if ((r = key_refuse_pending(call, &key)) < 0 || (r = key_check_policy(call, in->Policy)) < 0)
        return r;
    r = db_exec(call->tx, "update kms_key set policy = $2, policy_version = $3 where id = $1",
            key.id, in->Policy, random_uuid(call->arena));
    return r < 0 ? r : key_check_lockout(call, &key, in->BypassPolicyLockoutSafetyCheck);
}

int kms_ListKeyPolicies(struct call *call, const struct kms_ListKeyPoliciesRequest *in,
        struct kms_ListKeyPoliciesResponse *out)
{
    static const str only = STR_INIT("default");
    struct key key;
    str after;
    int r = key_find_for(call, in->KeyId, "kms:ListKeyPolicies", &key);

    if (r < 0 || (r = page_open(call, in->Marker, &error_Validation, &after)) < 0)
        return r;
    out->PolicyNames = (struct str_list){(str *)&only, 1, true};
    out->Truncated = SOME_BOOL(false);
    return 0;
}
