#include "services/codepipeline/provider.h"

/* Keys and counts of artifacts of an action, against its provider's table. */

int configuration_fail(struct call *call, const struct codepipeline_ActionDeclaration *a,
        const char *key, const char *problem)
{
    return call_fail(call, &codepipeline_InvalidActionDeclarationException,
            "Action configuration for action '%.*s' has an invalid value for configuration '%s': "
            "%s",
            STR_ARG(a->name), key, problem);
}

static bool is_key(const struct provider *provider, str name)
{
    for (size_t i = 0; i < PROVIDER_MAX_KEYS && provider->keys[i].name; i++)
        if (str_eq(name, str_of(provider->keys[i].name)))
            return true;
    return false;
}

static int check_keys(struct call *call, const struct provider *provider,
        const struct codepipeline_ActionDeclaration *a)
{
    for (size_t i = 0; i < a->configuration.len; i++)
        if (!is_key(provider, a->configuration.items[i].key))
            return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                    "Action configuration for action '%.*s' contains unknown configuration '%.*s'",
                    STR_ARG(a->name), STR_ARG(a->configuration.items[i].key));
    for (size_t i = 0; i < PROVIDER_MAX_KEYS && provider->keys[i].name; i++)
        if (provider->keys[i].is_required &&
                !configuration_get(&a->configuration, provider->keys[i].name).len)
            return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                    "Action configuration for action '%.*s' is missing required configuration "
                    "'%s'",
                    STR_ARG(a->name), provider->keys[i].name);
    return 0;
}

static int check_count(struct call *call, const struct codepipeline_ActionDeclaration *a,
        const char *what, size_t count, size_t min, size_t max)
{
    if (count >= min && count <= max)
        return 0;
    return call_fail(call, &codepipeline_InvalidActionDeclarationException,
            "Action %.*s has %zu %s artifacts. An action of category '%.*s' and provider '%.*s' "
            "has a minimum of %zu and a maximum of %zu %s artifacts",
            STR_ARG(a->name), count, what, STR_ARG(a->actionTypeId->category),
            STR_ARG(a->actionTypeId->provider), min, max, what);
}

int configuration_check(struct call *call, const struct codepipeline_ActionDeclaration *a)
{
    const struct codepipeline_ActionTypeId *type = a->actionTypeId;
    const struct provider *provider = provider_find(type);
    int r;

    if (!provider)
        return call_fail(call, &codepipeline_InvalidActionDeclarationException,
                "ActionType (Category: '%.*s', Provider: '%.*s', Owner: '%.*s', Version: '%.*s') "
                "in action '%.*s' is not available in region %.*s",
                STR_ARG(type->category), STR_ARG(type->provider), STR_ARG(type->owner),
                STR_ARG(type->version), STR_ARG(a->name), STR_ARG(call->region));
    r = check_keys(call, provider, a);
    if (r == 0)
        r = check_count(call, a, "input", a->inputArtifacts.len, provider->min_inputs,
                provider->max_inputs);
    if (r == 0)
        r = check_count(call, a, "output", a->outputArtifacts.len, provider->min_outputs,
                provider->max_outputs);
    if (r == 0 && provider->check)
        r = provider->check(call, a);
    return r;
}
