#include "services/secretsmanager/secret.h"

int version_stages(struct call *call, const struct secret *secret, str id, struct str_list *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select stage from secretsmanager_stage where secret_id = $1 and version_id = $2"
            " order by stage",
            secret->id, id);

    if (r < 0)
        return r;
    *ret = (struct str_list){arena_array(call->arena, rows.len, str), 0, true};
    for (; ret->len < rows.len; ret->len++)
        ret->items[ret->len] = row_text(&rows.items[ret->len], 0);
    return 0;
}

static int put_stage(struct call *call, const struct secret *secret, str stage, str id)
{
    struct str_list stages;
    int r = db_exec(call->tx,
            "insert into secretsmanager_stage (secret_id, stage, version_id) values ($1, $2, $3)"
            " on conflict (secret_id, stage) do update set version_id = excluded.version_id",
            secret->id, stage, id);

    if (r < 0 || (r = version_stages(call, secret, id, &stages)) < 0)
        return r;
    if (stages.len > SECRET_MAX_STAGES)
        return call_fail(call, &secretsmanager_LimitExceededException,
                "A version of a secret can have at most %d staging labels.", SECRET_MAX_STAGES);
    return 0;
}

static int drop_stage(struct call *call, const struct secret *secret, str stage)
{
    int r = db_exec(call->tx,
            "delete from secretsmanager_stage where secret_id = $1 and stage = $2", secret->id,
            stage);

    return r < 0 ? r : 0;
}

int stage_move(struct call *call, const struct secret *secret, str stage, str id)
{
    struct version old;
    int r;

    if (str_eq(stage, STR("AWSCURRENT"))) {
        r = version_by_stage(call, secret, stage, &old);
        if (r > 0 && !str_eq(old.id, id))
            r = put_stage(call, secret, STR("AWSPREVIOUS"), old.id);
        if (r >= 0 && (r = version_by_stage(call, secret, STR("AWSPREVIOUS"), &old)) > 0 &&
                str_eq(old.id, id)) /* it is the current one again, not the one before */
            r = drop_stage(call, secret, STR("AWSPREVIOUS"));
        if (r < 0)
            return r;
    }
    return put_stage(call, secret, stage, id);
}

static int no_version(struct call *call, str id)
{
    return call_fail(call, &secretsmanager_ResourceNotFoundException,
            "Secrets Manager can't find the specified secret value for VersionId: %.*s",
            STR_ARG(id));
}

/* What the request says of the version that has the stage now must be true. */
static int check_source(struct call *call, const struct secret *secret, str stage, str from, str to)
{
    struct version holder;
    int r = version_by_stage(call, secret, stage, &holder);

    if (r < 0)
        return r;
    if (r > 0 && from.ptr && !str_eq(from, holder.id))
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "The staging label %.*s is not attached to the version %.*s.", STR_ARG(stage),
                STR_ARG(from));
    if (r == 0 && from.ptr)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "The staging label %.*s is not attached to any version.", STR_ARG(stage));
    if (r > 0 && !from.ptr && !str_eq(holder.id, to))
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "The parameter RemoveFromVersionId can't be empty. Staging label %.*s is currently "
                "attached to version %.*s, so you must explicitly reference that version in "
                "RemoveFromVersionId.",
                STR_ARG(stage), STR_ARG(holder.id));
    return 0;
}

int secretsmanager_UpdateSecretVersionStage(struct call *call,
        const struct secretsmanager_UpdateSecretVersionStageRequest *in,
        struct secretsmanager_UpdateSecretVersionStageResponse *out)
{
    str from = in->RemoveFromVersionId, to = in->MoveToVersionId;
    struct secret secret;
    struct version version;
    int r = secret_use(call, in->SecretId, "secretsmanager:UpdateSecretVersionStage", &secret);

    if (r < 0)
        return r;
    if (!from.ptr && !to.ptr)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "You must specify RemoveFromVersionId, MoveToVersionId, or both.");
    if (to.ptr && (r = version_by_id(call, &secret, to, &version)) <= 0)
        return r < 0 ? r : no_version(call, to);
    if (from.ptr && (r = version_by_id(call, &secret, from, &version)) <= 0)
        return r < 0 ? r : no_version(call, from);
    if (!to.ptr && str_eq(in->VersionStage, STR("AWSCURRENT")))
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "You can't remove the staging label AWSCURRENT from a version without moving it to "
                "another.");
    if ((r = check_source(call, &secret, in->VersionStage, from, to)) < 0)
        return r;
    r = to.ptr ? stage_move(call, &secret, in->VersionStage, to)
               : drop_stage(call, &secret, in->VersionStage);
    if (r < 0 || (r = secret_touch(call, &secret)) < 0)
        return r;
    out->ARN = secret.arn;
    out->Name = secret.name;
    return 0;
}
