/* The condition keys that policies look at: what a simulation of them needs to be told. */
#include "services/iam/simulation.h"

static int tell(struct call *call, const struct entity *source, struct str_list policies,
        struct iam_GetContextKeysForPolicyResponse *out)
{
    AUTO_SIMULATION struct simulation simulation = {0};
    AUTO_KEY_NAMES struct key_names names = {.arena = call->arena};
    int r = simulation_begin(&simulation, call, source, policies.len, true);

    if (r == 0)
        r = simulation_add_list(&simulation, POLICY_PART_IDENTITY, "PolicyInputList", policies);
    if (r < 0)
        return r;
    for (size_t i = 0; i < simulation.len; i++)
        policy_each_key(simulation.items[i].policy, key_names_add, &names);
    out->ContextKeyNames = names.list;
    out->ContextKeyNames.is_set = true;
    return 0;
}

int iam_GetContextKeysForCustomPolicy(struct call *call,
        const struct iam_GetContextKeysForCustomPolicyRequest *in,
        struct iam_GetContextKeysForPolicyResponse *out)
{
    return tell(call, NULL, in->PolicyInputList, out);
}

int iam_GetContextKeysForPrincipalPolicy(struct call *call,
        const struct iam_GetContextKeysForPrincipalPolicyRequest *in,
        struct iam_GetContextKeysForPolicyResponse *out)
{
    struct entity source;
    int r = simulation_source(call, in->PolicySourceArn, &source);

    return r < 0 ? r : tell(call, &source, in->PolicyInputList, out);
}
