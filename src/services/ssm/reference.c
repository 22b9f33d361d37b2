/*
 * /aws/reference/secretsmanager/NAME[:version-id or :stage]: a secret, read as a parameter by who
 * may read both. The secret is asked for as the caller, so its permissions and its key's decide.
 *
 * Source    Systems Manager User Guide, "Referencing AWS Secrets Manager secrets"
 */
#include "services/ssm/parameter.h"

#include "gen/secretsmanager.h"
#include "services/secretsmanager/secretsmanager.h"

#define REFERENCE STR("/aws/reference/secretsmanager/")

enum {
    VERSION_ID_LEN = 36, /* of a UUID */
};

bool reference_is(str ref)
{
    return str_starts(ref, REFERENCE);
}

/* A UUID is a version's id; what is shorter can be none, and names a stage. */
static struct secretsmanager_GetSecretValueRequest request_of(str ref, str *ret_name)
{
    struct secretsmanager_GetSecretValueRequest in = {0};
    str selector = str_skip(ref, REFERENCE.len), id = selector;

    *ret_name = ref;
    if (str_cut(&selector, ':', &id)) {
        *(selector.len < VERSION_ID_LEN ? &in.VersionStage : &in.VersionId) = selector;
        *ret_name = str_head(ref, ref.len - selector.len - 1);
    }
    in.SecretId = id;
    return in;
}

static int ask(struct call *call, str ref, const struct secretsmanager_GetSecretValueRequest *in,
        struct secretsmanager_GetSecretValueResponse *out)
{
    struct call_failure why;
    int r = call_invoke(
            call, call->principal, &secretsmanager_service, "GetSecretValue", in, out, &why);

    if (r != CALL_FAILED)
        return r < 0 ? r : 1;
    if (str_eq(why.code, STR("ResourceNotFoundException")))
        return 0;
    if (str_starts(why.code, STR("AccessDenied")))
        return call_fail(call, &error_AccessDenied, "%.*s", STR_ARG(why.message));
    return call_fail(call, &error_Validation,
            "An error occurred (%.*s) when referencing Secrets Manager: %.*s (%.*s)",
            STR_ARG(why.code), STR_ARG(why.message), STR_ARG(ref));
}

int reference_get(struct call *call, const char *action, str ref, struct opt_bool decrypt,
        struct ssm_Parameter *ret)
{
    struct secretsmanager_GetSecretValueResponse secret = {0};
    str name;
    const struct secretsmanager_GetSecretValueRequest in = request_of(ref, &name);
    int r = parameter_authorize(call, action, name, (str){0});

    if (r < 0)
        return r;
    if (!in.SecretId.len || in.VersionStage.ptr == ref.ptr + ref.len)
        return call_fail(
                call, &error_Validation, "Invalid reference to a secret: %.*s", STR_ARG(ref));
    if (!decrypt.is_set || !decrypt.value)
        return call_fail(call, &error_Validation,
                "WithDecryption flag must be True for retrieving a Secret Manager secret.");
    if ((r = ask(call, ref, &in, &secret)) <= 0)
        return r;
    if (!secret.SecretString.ptr)
        return call_fail(call, &error_Validation, "The secret of %.*s is binary, not a string.",
                STR_ARG(ref));
    *ret = (struct ssm_Parameter){
            .Name = name,
            .Type = STR("SecureString"),
            .Value = secret.SecretString,
            .Version = SOME_INT(0),
            .Selector = ref.len > name.len ? str_skip(ref, name.len) : (str){0},
            .SourceResult =
                    shape_to_json(call->arena, secretsmanager_type_GetSecretValueResponse, &secret),
            .LastModifiedDate = secret.CreatedDate,
            .ARN = secret.ARN,
            .DataType = STR("text"),
    };
    return 1;
}
