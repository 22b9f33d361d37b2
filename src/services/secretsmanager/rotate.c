#include "services/secretsmanager/rotation.h"

#include "base/random.h"

static int check_support(struct call *call, const struct secretsmanager_RotateSecretRequest *in)
{
    if (in->ExternalSecretRotationMetadata.len || in->ExternalSecretRotationRoleArn.ptr)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "Secrets that other providers manage are not supported by Slipway.");
    return 0;
}

/* The function that the request names, or the one from before. */
static int choose_function(struct call *call, const struct secretsmanager_RotateSecretRequest *in,
        struct secret *secret)
{
    str function = in->RotationLambdaARN.len ? in->RotationLambdaARN : secret->rotation.function;
    struct arn arn;
    int r;

    if (!function.ptr)
        return call_fail(call, &secretsmanager_InvalidRequestException,
                "No Lambda rotation function ARN is associated with this secret.");
    if (arn_parse(function, &arn) < 0 || !str_eq(arn.service, STR("lambda")) ||
            !str_starts(arn.resource, STR("function:")))
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "The RotationLambdaARN %.*s isn't the ARN of a function.", STR_ARG(function));
    if ((r = authorize(call, STR("lambda:InvokeFunction"), function)) < 0)
        return r;
    if (!hooks_find(call->server, secret->account, secret->region, function))
        return call_fail(call, &secretsmanager_ResourceNotFoundException,
                "Secrets Manager can't find the rotation hook %.*s: this server has none of that "
                "name for this account and Region.",
                STR_ARG(function));
    secret->rotation.function = function;
    return 0;
}

static int choose_rules(struct call *call, const struct secretsmanager_RotateSecretRequest *in,
        struct secret *secret)
{
    struct schedule schedule;
    struct error err = {{0}};

    if (!in->RotationRules && secret->rotation.rules.ptr)
        return 0;
    if (!in->RotationRules)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "You must specify RotationRules when you turn on rotation.");
    if (rotation_schedule(in->RotationRules, &schedule, &err) < 0)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "The rotation rules are not valid: %s.", err.text);
    secret->rotation.rules =
            shape_to_json(call->arena, secretsmanager_type_RotationRulesType, in->RotationRules);
    return 0;
}

static int enable(struct call *call, struct secret *secret)
{
    int r = db_exec(call->tx,
            "update secretsmanager_secret set rotation_enabled = 1, rotation_function = $2,"
            " rotation_rules = $3 where id = $1",
            secret->id, secret->rotation.function, secret->rotation.rules);

    secret->rotation.is_enabled = true;
    return r < 0 ? r : rotation_plan(call, secret);
}

/* The version to rotate to: what a rotation left, the request's, or a new one. An absent one: the
 * request has been made before, or a test would take away what was left. */
static int choose_version(struct call *call, const struct secretsmanager_RotateSecretRequest *in,
        const struct secret *secret, bool at_once, str *ret)
{
    struct version version;
    int r = version_pending(call, secret, &version);

    if (r != 0) {
        *ret = at_once ? version.id : (str){0};
        return r < 0 ? r : 0;
    }
    *ret = in->ClientRequestToken.ptr ? in->ClientRequestToken : random_uuid(call->arena);
    r = version_by_id(call, secret, *ret, &version);
    if (r > 0)
        *ret = (str){0};
    return r < 0 ? r : 0;
}

static int begin(struct call *call, const struct secretsmanager_RotateSecretRequest *in,
        const struct secret *secret, str *ret_version)
{
    bool at_once = !in->RotateImmediately.is_set || in->RotateImmediately.value;
    str version;
    int r = choose_version(call, in, secret, at_once, &version);

    if (r < 0)
        return r;
    if (!version.ptr) {
        *ret_version = at_once ? in->ClientRequestToken : (str){0};
        return 0;
    }
    if (at_once)
        *ret_version = version;
    return rotation_begin(call, secret, version, !at_once);
}

int secretsmanager_RotateSecret(struct call *call,
        const struct secretsmanager_RotateSecretRequest *in,
        struct secretsmanager_RotateSecretResponse *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:RotateSecret", &secret);

    if (r < 0 || (r = check_support(call, in)) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    if (secret.rotation.version.ptr && in->ClientRequestToken.ptr &&
            str_eq(secret.rotation.version, in->ClientRequestToken)) {
        out->VersionId = secret.rotation.version; /* the same request again */
        return 0;
    }
    if (secret.rotation.version.ptr)
        return call_fail(call, &secretsmanager_InvalidRequestException,
                "A previous rotation isn't complete. That rotation will be reattempted.");
    if ((r = choose_function(call, in, &secret)) < 0 || (r = choose_rules(call, in, &secret)) < 0 ||
            (r = enable(call, &secret)) < 0)
        return r;
    return begin(call, in, &secret, &out->VersionId);
}

int secretsmanager_CancelRotateSecret(struct call *call,
        const struct secretsmanager_CancelRotateSecretRequest *in,
        struct secretsmanager_CancelRotateSecretResponse *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:CancelRotateSecret", &secret);

    if (r < 0)
        return r;
    if (!secret.rotation.function.ptr)
        return call_fail(call, &secretsmanager_InvalidRequestException,
                "You can't cancel rotation of a secret that doesn't have rotation turned on.");
    r = db_exec(call->tx, "update secretsmanager_secret set rotation_enabled = 0 where id = $1",
            secret.id);
    if (r < 0 || (r = rotation_stop(call, &secret)) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    out->VersionId = secret.rotation.version;
    return 0;
}
