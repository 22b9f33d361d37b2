#include "services/secretsmanager/secret.h"

#include "base/random.h"

static int check_name(struct call *call, str name)
{
    static const str others = STR_INIT("/_+=.@-!");

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    str_find_char(others, c) >= 0))
            return call_fail(call, &secretsmanager_InvalidParameterException,
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any "
                    "of the following: -/_+=.@!");
    }
    return 0;
}

static int check_support(struct call *call, const struct secretsmanager_CreateSecretRequest *in)
{
    if (in->AddReplicaRegions.len)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "Replication to other Regions is not supported by Slipway.");
    if (in->Type.len)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "Secrets that other providers manage (Type) are not supported by Slipway.");
    return check_name(call, in->Name);
}

/* A name that is taken: the same request again has succeeded already. 0, or the call has failed. */
static int refuse_taken(struct call *call, const struct secretsmanager_CreateSecretRequest *in,
        const struct secret *old, str plain, bool is_binary)
{
    struct version version;
    int r;

    if (old->deletion)
        return call_fail(call, &secretsmanager_InvalidRequestException,
                "You can't create this secret because a secret with this name is already scheduled "
                "for deletion.");
    if (in->ClientRequestToken.ptr && plain.ptr) {
        r = version_by_id(call, old, in->ClientRequestToken, &version);
        if (r != 0)
            return r < 0 ? r
                         : version_add(call, old, in->ClientRequestToken, plain, is_binary, NULL);
    }
    return call_fail(call, &secretsmanager_ResourceExistsException,
            "The operation failed because the secret %.*s already exists.", STR_ARG(in->Name));
}

static int insert(
        struct call *call, const struct secretsmanager_CreateSecretRequest *in, struct secret *ret)
{
    str suffix = random_id(call->arena, STR(""), RANDOM_BASE62, SECRET_SUFFIX_LEN);
    str key = in->KmsKeyId.len ? in->KmsKeyId : (str){0};
    int r = db_exec(call->tx,
            "insert into secretsmanager_secret (id, account, region, name, suffix, description,"
            " key_id, created, changed) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
            random_uuid(call->arena), call->account, call->region, in->Name, suffix,
            in->Description, key, call->now);

    if (r >= 0)
        r = secret_load(call, in->Name, ret);
    return r < 0 ? r : 0;
}

static int create(struct call *call, const struct secretsmanager_CreateSecretRequest *in,
        str version, str plain, bool is_binary, struct secret *ret)
{
    int r = 0;

    if (in->Tags.len)
        r = authorize(call, STR("secretsmanager:TagResource"),
                arn_make(
                        call, "secretsmanager", str_concat(call->arena, STR("secret:"), in->Name)));
    if (r < 0 || (r = insert(call, in, ret)) < 0 || (r = secret_put_tags(call, ret, &in->Tags)) < 0)
        return r;
    return plain.ptr ? version_add(call, ret, version, plain, is_binary, NULL) : 0;
}

int secretsmanager_CreateSecret(struct call *call,
        const struct secretsmanager_CreateSecretRequest *in,
        struct secretsmanager_CreateSecretResponse *out)
{
    struct secret secret;
    bool is_binary;
    str plain, version = in->ClientRequestToken;
    int r = check_support(call, in);

    if (r < 0 || (r = value_of_request(
                          call, in->SecretString, in->SecretBinary, &plain, &is_binary)) < 0)
        return r;
    if (!version.ptr)
        version = random_uuid(call->arena);
    if ((r = secret_load(call, in->Name, &secret)) < 0)
        return r;
    r = r > 0 ? refuse_taken(call, in, &secret, plain, is_binary)
              : create(call, in, version, plain, is_binary, &secret);
    if (r < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    if (plain.ptr)
        out->VersionId = version;
    return 0;
}
