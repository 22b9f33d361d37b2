#include "services/secretsmanager/rotation.h"

enum {
    WINDOW_PRESET = 30, /* days */
    WINDOW_MIN = 7,
    WINDOW_MAX = 30,
};
static const int64_t DAY_MS = 86400000;

static int check_window(struct call *call, const struct secretsmanager_DeleteSecretRequest *in,
        bool is_forced, int64_t days)
{
    if (is_forced && in->RecoveryWindowInDays.is_set)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "You can't use ForceDeleteWithoutRecovery in conjunction with "
                "RecoveryWindowInDays.");
    if (days < WINDOW_MIN || days > WINDOW_MAX)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "The RecoveryWindowInDays value must be between %d and %d days (inclusive).",
                WINDOW_MIN, WINDOW_MAX);
    return 0;
}

static int forget(struct call *call, const struct secret *secret)
{
    int r = db_exec(call->tx, "delete from secretsmanager_secret where id = $1", secret->id);

    return r < 0 ? r : 0;
}

static int plan(struct call *call, const struct secret *secret, int64_t when)
{
    int r;

    if (secret->deletion)
        return call_fail(call, &secretsmanager_InvalidRequestException,
                "You can't perform this operation on the secret because it was already scheduled "
                "for deletion.");
    r = db_exec(call->tx, "update secretsmanager_secret set deletion = $2 where id = $1",
            secret->id, when);
    if (r >= 0)
        r = rotation_stop(call, secret);
    return r < 0 ? r
                 : queue_add(call->server->queue, call->tx, "secretsmanager.delete", secret->id,
                           secret->id, when);
}

int secretsmanager_DeleteSecret(struct call *call,
        const struct secretsmanager_DeleteSecretRequest *in,
        struct secretsmanager_DeleteSecretResponse *out)
{
    bool is_forced = in->ForceDeleteWithoutRecovery.is_set && in->ForceDeleteWithoutRecovery.value;
    int64_t days = in->RecoveryWindowInDays.is_set ? in->RecoveryWindowInDays.value : WINDOW_PRESET;
    int64_t when = is_forced ? call->now : call->now + days * DAY_MS;
    struct secret secret;
    int r = secret_find(call, in->SecretId, "secretsmanager:DeleteSecret", &secret);

    if (r < 0 || (r = check_window(call, in, is_forced, days)) < 0 ||
            (r = is_forced ? forget(call, &secret) : plan(call, &secret, when)) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    out->DeletionDate = SOME_TIME(when);
    return 0;
}

int secretsmanager_RestoreSecret(struct call *call,
        const struct secretsmanager_RestoreSecretRequest *in,
        struct secretsmanager_RestoreSecretResponse *out)
{
    struct secret secret;
    int r = secret_find(call, in->SecretId, "secretsmanager:RestoreSecret", &secret);

    if (r == 0)
        r = db_exec(call->tx, "update secretsmanager_secret set deletion = null where id = $1",
                secret.id);
    if (r < 0 ||
            (r = queue_cancel(call->server->queue, call->tx, "secretsmanager.delete", secret.id)) <
                    0 ||
            (secret.rotation.is_enabled && (r = rotation_plan(call, &secret)) < 0))
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    return 0;
}
