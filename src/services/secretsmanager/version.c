#include "services/secretsmanager/secret.h"

#include "services/kms/kms.h"

int value_of_request(struct call *call, str text, str binary, str *ret, bool *ret_binary)
{
    if (text.ptr && binary.ptr)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "You can't specify both a binary secret value and a string secret value in the "
                "same secret.");
    *ret = text.ptr ? text : binary;
    *ret_binary = binary.ptr;
    return ret->ptr ? 1 : 0;
}

/* ---- Rows -------------------------------------------------------------------------------- */

static void version_from_row(const struct db_row *row, struct version *ret)
{
    *ret = (struct version){
            row_text(row, 0), row_int(row, 1), row_int(row, 2), row_text(row, 3), row_text(row, 4)};
}

int version_by_id(struct call *call, const struct secret *secret, str id, struct version *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " VERSION_COLUMNS
            " from secretsmanager_version v where v.secret_id = $1 and v.id = $2",
            secret->id, id);

    if (r > 0)
        version_from_row(row, ret);
    return r;
}

int version_by_stage(struct call *call, const struct secret *secret, str stage, struct version *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " VERSION_COLUMNS " from secretsmanager_stage s join secretsmanager_version v"
            " on v.secret_id = s.secret_id and v.id = s.version_id"
            " where s.secret_id = $1 and s.stage = $2",
            secret->id, stage);

    if (r > 0)
        version_from_row(row, ret);
    return r;
}

/* ---- Values ------------------------------------------------------------------------------ */

static struct kms_use use_of(const struct secret *secret, str version)
{
    return (struct kms_use){
            .service = "secretsmanager",
            .action = "kms:GenerateDataKey",
            .key = secret->key_id,
            .context = {{STR("SecretARN"), secret->arn}, {STR("SecretVersionId"), version}},
    };
}

/* The managed key of an account is for principals of that account only. */
static int check_owner(struct call *call, const struct secret *secret, str key)
{
    if (key.ptr || str_eq(call->principal->account, secret->account))
        return 0;
    return call_fail(call, &error_AccessDenied, "Access to KMS is not allowed");
}

static int seal_value(struct call *call, const struct secret *secret, str id, str plain, str *ret)
{
    struct kms_use use = use_of(secret, id);
    int r = check_owner(call, secret, secret->key_id);

    if (r == 0)
        r = kms_seal_value(call, &use, plain, ret);
    if (r == CALL_FAILED && kms_failed_for_key(call))
        return call_fail(call, &secretsmanager_EncryptionFailure,
                "Secrets Manager can't encrypt the protected secret text using the provided KMS "
                "key: %.*s",
                STR_ARG(call->failure.message));
    return r;
}

int version_open(
        struct call *call, const struct secret *secret, const struct version *version, str *ret)
{
    struct kms_use use = use_of(secret, version->id);
    int r = check_owner(call, secret, version->key_id);

    if (r == 0)
        r = kms_open_value(call, &use, version->value, ret);
    if (r == CALL_FAILED && kms_failed_for_key(call))
        return call_fail(call, &secretsmanager_DecryptionFailure,
                "Secrets Manager can't decrypt the protected secret text using the provided KMS "
                "key: %.*s",
                STR_ARG(call->failure.message));
    return r;
}

/* ---- A new version -------------------------------------------------------------------------- */

/* 1: there already, with this value. -ENODATA: there, without any. */
static int is_repeated(
        struct call *call, const struct secret *secret, str id, str plain, bool is_binary)
{
    struct version version;
    str old;
    int r = version_by_id(call, secret, id, &version);

    if (r > 0 && !version.value.len)
        return -ENODATA;
    if (r <= 0 || (r = version_open(call, secret, &version, &old)) < 0)
        return r;
    if (str_eq_secret(old, plain) && version.is_binary == is_binary)
        return 1;
    return call_fail(call, &secretsmanager_ResourceExistsException,
            "A resource with the ID you requested already exists.");
}

/* Versions that no stage names are forgotten, the oldest first. */
static int drop_oldest(struct call *call, const struct secret *secret)
{
    int r = db_exec(call->tx,
            "delete from secretsmanager_version where secret_id = $1 and id in (select v.id from"
            " secretsmanager_version v where v.secret_id = $1 and not exists (select 1 from"
            " secretsmanager_stage s where s.secret_id = $1 and s.version_id = v.id)"
            " order by v.created desc, v.id limit 1000 offset $2)",
            secret->id, SECRET_MAX_VERSIONS);

    return r < 0 ? r : 0;
}

static int insert(
        struct call *call, const struct secret *secret, str id, str sealed, bool is_binary)
{
    int r = db_exec(call->tx,
            "insert into secretsmanager_version (secret_id, id, created, is_binary, key_id, value)"
            " values ($1, $2, $3, $4, $5, $6) on conflict (secret_id, id) do update set is_binary ="
            " excluded.is_binary, key_id = excluded.key_id, value = excluded.value",
            secret->id, id, call->now, (int64_t)is_binary, secret->key_id, db_blob(sealed));

    return r < 0 ? r : 0;
}

int version_add(struct call *call, const struct secret *secret, str id, str plain, bool is_binary,
        const struct str_list *stages)
{
    str sealed, current = STR("AWSCURRENT");
    const struct str_list preset = {&current, 1, true};
    int r;

    if (plain.len > SECRET_MAX_VALUE)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "The secret value is too long: at most %d bytes.", SECRET_MAX_VALUE);
    r = is_repeated(call, secret, id, plain, is_binary);
    if (r != 0 && r != -ENODATA)
        return r < 0 ? r : 0;
    if (!stages || !stages->len)
        stages = &preset;
    if ((r = seal_value(call, secret, id, plain, &sealed)) < 0 ||
            (r = insert(call, secret, id, sealed, is_binary)) < 0)
        return r;
    for (size_t i = 0; r == 0 && i < stages->len; i++)
        r = stage_move(call, secret, stages->items[i], id);
    if (r == 0)
        r = drop_oldest(call, secret);
    return r < 0 ? r : secret_touch(call, secret);
}

/* ---- What a rotation makes ----------------------------------------------------------------- */

int version_expect(struct call *call, const struct secret *secret, str id)
{
    int r = insert(call, secret, id, STR(""), false);

    return r < 0 ? r : stage_move(call, secret, STR("AWSPENDING"), id);
}

int version_pending(struct call *call, const struct secret *secret, struct version *ret)
{
    struct version current, pending;
    int r = version_by_stage(call, secret, STR("AWSPENDING"), &pending);

    if (r <= 0)
        return r;
    r = version_by_stage(call, secret, STR("AWSCURRENT"), &current);
    if (r < 0 || (r > 0 && str_eq(current.id, pending.id)))
        return r < 0 ? r : 0;
    *ret = pending;
    return 1;
}

/* ---- Another key ------------------------------------------------------------------------------ */

static int reseal(struct call *call, const struct secret *secret, const struct version *version)
{
    str plain, sealed;
    int r = version_open(call, secret, version, &plain);

    if (r < 0 || (r = seal_value(call, secret, version->id, plain, &sealed)) < 0)
        return r;
    r = db_exec(call->tx,
            "update secretsmanager_version set value = $3, key_id = $4"
            " where secret_id = $1 and id = $2",
            secret->id, version->id, db_blob(sealed), secret->key_id);
    return r < 0 ? r : 0;
}

int version_reseal_all(struct call *call, const struct secret *secret)
{
    struct db_rows rows;
    struct version version;
    int r = db_query(call->tx, &rows,
            "select " VERSION_COLUMNS " from secretsmanager_version v where v.secret_id = $1 and"
            " exists (select 1 from secretsmanager_stage s where s.secret_id = $1 and"
            " s.version_id = v.id)",
            secret->id);

    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        version_from_row(&rows.items[i], &version);
        if (version.value.len)
            r = reseal(call, secret, &version);
    }
    return r < 0 ? r : 0;
}
