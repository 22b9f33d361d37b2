#include "services/secretsmanager/secret.h"

#include "base/random.h"

int secretsmanager_PutSecretValue(struct call *call,
        const struct secretsmanager_PutSecretValueRequest *in,
        struct secretsmanager_PutSecretValueResponse *out)
{
    struct secret secret;
    bool is_binary;
    str plain;
    int r = secret_use(call, in->SecretId, "secretsmanager:PutSecretValue", &secret);

    if (r < 0 || (r = value_of_request(
                          call, in->SecretString, in->SecretBinary, &plain, &is_binary)) < 0)
        return r;
    if (r == 0)
        return call_fail(call, &secretsmanager_InvalidRequestException,
                "You must provide either SecretString or SecretBinary.");
    if (in->RotationToken.ptr)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "RotationToken is not supported by Slipway.");
    out->VersionId = in->ClientRequestToken.ptr ? in->ClientRequestToken : random_uuid(call->arena);
    r = version_add(call, &secret, out->VersionId, plain, is_binary, &in->VersionStages);
    if (r < 0 || (r = version_stages(call, &secret, out->VersionId, &out->VersionStages)) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    return 0;
}

/* Another key holds for the versions that have a stage, too. */
static int change_key(struct call *call, struct secret *secret, str key)
{
    int r;

    secret->key_id = key.len ? key : (str){0};
    r = db_exec(call->tx, "update secretsmanager_secret set key_id = $2 where id = $1", secret->id,
            secret->key_id);
    return r < 0 ? r : version_reseal_all(call, secret);
}

int secretsmanager_UpdateSecret(struct call *call,
        const struct secretsmanager_UpdateSecretRequest *in,
        struct secretsmanager_UpdateSecretResponse *out)
{
    struct secret secret;
    bool is_binary;
    str plain;
    int r = secret_use(call, in->SecretId, "secretsmanager:UpdateSecret", &secret);

    if (r == 0 && in->Type.len)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "Secrets that other providers manage (Type) are not supported by Slipway.");
    if (r < 0 || (r = value_of_request(
                          call, in->SecretString, in->SecretBinary, &plain, &is_binary)) < 0)
        return r;
    if (in->Description.ptr)
        r = db_exec(call->tx, "update secretsmanager_secret set description = $2 where id = $1",
                secret.id, in->Description);
    if (r >= 0 && in->KmsKeyId.ptr)
        r = change_key(call, &secret, in->KmsKeyId);
    if (r >= 0 && plain.ptr) {
        out->VersionId =
                in->ClientRequestToken.ptr ? in->ClientRequestToken : random_uuid(call->arena);
        r = version_add(call, &secret, out->VersionId, plain, is_binary, NULL);
    }
    if (r < 0 || (r = secret_touch(call, &secret)) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    return 0;
}
