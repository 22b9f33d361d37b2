#include "services/secretsmanager/secret.h"

#include "base/json.h"

static int compile(str policy, struct error *err)
{
    struct policy *compiled;
    int r = policy_compile(policy, POLICY_RESOURCE, &compiled, err);

    if (r == 0)
        policy_free(compiled);
    return r;
}

int secret_check_policy(struct call *call, str policy)
{
    struct error err;

    if (compile(policy, &err) < 0)
        return call_fail(call, &secretsmanager_MalformedPolicyDocumentException,
                "This resource policy contains a syntax error: %s", err.text);
    return 0;
}

/* ---- Policies for everybody -------------------------------------------------------------------- */

static bool names_everybody(const json_t *principal)
{
    const json_t *item;
    size_t i;

    if (json_is_object(principal))
        principal = json_member(principal, "AWS");
    if (!json_is_array(principal))
        return str_eq(json_str(principal), STR("*"));
    json_array_foreach(principal, i, item) if (str_eq(json_str(item), STR("*"))) return true;
    return false;
}

static bool allows_everybody(const json_t *statement)
{
    return str_eq(json_member_str(statement, "Effect"), STR("Allow")) &&
           !json_member(statement, "Condition") &&
           names_everybody(json_member(statement, "Principal"));
}

static bool is_public(str policy)
{
    AUTO_JSON json_t *root = NULL;
    const json_t *statements, *statement;
    size_t i;

    if (json_parse(policy, &root, NULL) < 0)
        return false; /* it has been compiled: not reached */
    statements = json_member(root, "Statement");
    if (json_is_object(statements))
        return allows_everybody(statements);
    json_array_foreach(statements, i, statement) if (allows_everybody(statement)) return true;
    return false;
}

/* ---- Operations --------------------------------------------------------------------------------- */

static int set_policy(struct call *call, const struct secret *secret, str policy)
{
    int r = db_exec(call->tx, "update secretsmanager_secret set policy = $2 where id = $1",
            secret->id, policy);

    return r < 0 ? r : 0;
}

int secretsmanager_PutResourcePolicy(struct call *call,
        const struct secretsmanager_PutResourcePolicyRequest *in,
        struct secretsmanager_PutResourcePolicyResponse *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:PutResourcePolicy", &secret);

    if (r < 0 || (r = secret_check_policy(call, in->ResourcePolicy)) < 0)
        return r;
    if (in->BlockPublicPolicy.is_set && in->BlockPublicPolicy.value &&
            is_public(in->ResourcePolicy))
        return call_fail(call, &secretsmanager_PublicPolicyException,
                "You can't attach a resource policy that allows broad access to the secret.");
    if ((r = set_policy(call, &secret, in->ResourcePolicy)) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    return 0;
}

int secretsmanager_GetResourcePolicy(struct call *call,
        const struct secretsmanager_GetResourcePolicyRequest *in,
        struct secretsmanager_GetResourcePolicyResponse *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:GetResourcePolicy", &secret);

    if (r < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    out->ResourcePolicy = secret.policy;
    return 0;
}

int secretsmanager_DeleteResourcePolicy(struct call *call,
        const struct secretsmanager_DeleteResourcePolicyRequest *in,
        struct secretsmanager_DeleteResourcePolicyResponse *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:DeleteResourcePolicy", &secret);

    if (r < 0 || (r = set_policy(call, &secret, (str){0})) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    return 0;
}

int secretsmanager_ValidateResourcePolicy(struct call *call,
        const struct secretsmanager_ValidateResourcePolicyRequest *in,
        struct secretsmanager_ValidateResourcePolicyResponse *out)
{
    static const char action[] = "secretsmanager:ValidateResourcePolicy";
    struct secretsmanager_ValidationErrorsEntry *entry;
    struct secret secret;
    struct error err;
    int r = in->SecretId.ptr ? secret_use(call, in->SecretId, action, &secret)
                             : authorize(call, str_of(action), STR("*"));

    if (r < 0)
        return r;
    out->ValidationErrors.is_set = true;
    out->PolicyValidationPassed = SOME_BOOL(compile(in->ResourcePolicy, &err) == 0);
    entry = out->ValidationErrors.items =
            arena_new(call->arena, struct secretsmanager_ValidationErrorsEntry);
    if (!out->PolicyValidationPassed.value)
        entry[out->ValidationErrors.len++] = (struct secretsmanager_ValidationErrorsEntry){
                STR("SYNTAX"), str_printf(call->arena, "%s", err.text)};
    else if (is_public(in->ResourcePolicy)) {
        out->PolicyValidationPassed = SOME_BOOL(false);
        entry[out->ValidationErrors.len++] =
                (struct secretsmanager_ValidationErrorsEntry){STR("PUBLIC_POLICY"),
                        STR("The resource policy allows broad access to the secret.")};
    }
    return 0;
}
