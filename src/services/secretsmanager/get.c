#include "services/secretsmanager/list.h"
#include "services/secretsmanager/secret.h"

enum {
    BATCH_PRESET = 20,
    BATCH_MAX = 20,
};

static int find_version(struct call *call, const struct secretsmanager_GetSecretValueRequest *in,
        const struct secret *secret, struct version *ret)
{
    str stage = in->VersionStage.ptr ? in->VersionStage : STR("AWSCURRENT");
    struct version staged;
    int r;

    if (!in->VersionId.ptr) {
        r = version_by_stage(call, secret, stage, ret);
        if (r == 0 || (r > 0 && !ret->value.len))
            return call_fail(call, &secretsmanager_ResourceNotFoundException,
                    "Secrets Manager can't find the specified secret value for staging label: "
                    "%.*s",
                    STR_ARG(stage));
        return r < 0 ? r : 0;
    }
    r = version_by_id(call, secret, in->VersionId, ret);
    if (r == 0 || (r > 0 && !ret->value.len))
        return call_fail(call, &secretsmanager_ResourceNotFoundException,
                "Secrets Manager can't find the specified secret value for VersionId: %.*s",
                STR_ARG(in->VersionId));
    if (r < 0 || !in->VersionStage.ptr)
        return r < 0 ? r : 0;
    r = version_by_stage(call, secret, stage, &staged);
    if (r == 0 || (r > 0 && !str_eq(staged.id, ret->id)))
        return call_fail(call, &secretsmanager_InvalidRequestException,
                "You provided a VersionStage that is not associated to the provided VersionId.");
    return r < 0 ? r : 0;
}

int secretsmanager_GetSecretValue(struct call *call,
        const struct secretsmanager_GetSecretValueRequest *in,
        struct secretsmanager_GetSecretValueResponse *out)
{
    struct secret secret;
    struct version version;
    str plain;
    int r = secret_use(call, in->SecretId, "secretsmanager:GetSecretValue", &secret);

    if (r < 0 || (r = find_version(call, in, &secret, &version)) < 0 ||
            (r = version_open(call, &secret, &version, &plain)) < 0 ||
            (r = version_stages(call, &secret, version.id, &out->VersionStages)) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    out->VersionId = version.id;
    out->CreatedDate = SOME_TIME(version.created);
    *(version.is_binary ? &out->SecretBinary : &out->SecretString) = plain;
    return 0;
}

/* ---- Many at once --------------------------------------------------------------------------- */

/* One that cannot be had is named among the errors. */
static int get_one(
        struct call *call, str ref, struct secretsmanager_BatchGetSecretValueResponse *out)
{
    struct call *own = call_as(call, call->principal, &secretsmanager_service, "GetSecretValue");
    const struct secretsmanager_GetSecretValueRequest in = {.SecretId = ref};
    struct secretsmanager_GetSecretValueResponse one = {0};
    int r = secretsmanager_GetSecretValue(own, &in, &one);

    if (r == CALL_FAILED) {
        out->Errors.items[out->Errors.len++] =
                (struct secretsmanager_APIErrorType){ref, own->failure.code, own->failure.message};
        return 0;
    }
    if (r == 0)
        out->SecretValues.items[out->SecretValues.len++] = (struct secretsmanager_SecretValueEntry){
                .ARN = one.ARN,
                .Name = one.Name,
                .VersionId = one.VersionId,
                .SecretBinary = one.SecretBinary,
                .SecretString = one.SecretString,
                .VersionStages = one.VersionStages,
                .CreatedDate = one.CreatedDate,
        };
    return r;
}

int secretsmanager_BatchGetSecretValue(struct call *call,
        const struct secretsmanager_BatchGetSecretValueRequest *in,
        struct secretsmanager_BatchGetSecretValueResponse *out)
{
    struct list list = {.limit = (size_t)page_limit(in->MaxResults, BATCH_PRESET, BATCH_MAX),
            .filters = &in->Filters};
    size_t len = in->SecretIdList.len;
    int r = 0;

    if ((len > 0) == (in->Filters.len > 0))
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "You must specify either SecretIdList or Filters, and not both.");
    if (!len) {
        if ((r = list_run(call, in->NextToken, &list)) < 0)
            return r;
        len = list.found_len;
        out->NextToken = list.next;
    }
    out->SecretValues.items = arena_array(call->arena, len, struct secretsmanager_SecretValueEntry);
    out->Errors.items = arena_array(call->arena, len, struct secretsmanager_APIErrorType);
    out->SecretValues.is_set = out->Errors.is_set = true;
    for (size_t i = 0; r == 0 && i < len; i++)
        r = get_one(
                call, in->SecretIdList.len ? in->SecretIdList.items[i] : list.found[i].arn, out);
    return r;
}
