#include "services/kms/rotation.h"

#include "base/clock.h"

enum {
    PRESET_DAYS = 365,
    ON_DEMAND_MAX = 25, /* of one key, as AWS's quota */
    LIST_PRESET = 100,
    LIST_MAX = 1000,
};
static const int64_t DAY_MS = 86400000;

/* Only symmetric keys whose material is made here rotate. */
static int check_kind(struct call *call, const struct key *key)
{
    if (key->spec->family != KEY_SYMMETRIC)
        return call_fail(call, &kms_UnsupportedOperationException,
                "%.*s key spec is %.*s which is not valid for this operation.", STR_ARG(key->arn),
                STR_ARG(key->spec->name));
    if (!str_eq(key->origin, STR("AWS_KMS")))
        return call_fail(call, &kms_UnsupportedOperationException,
                "%.*s origin is %.*s which is not valid for this operation.", STR_ARG(key->arn),
                STR_ARG(key->origin));
    return 0;
}

static int find_rotating(struct call *call, str ref, const char *action, struct key *ret)
{
    int r = key_find_customer(call, ref, action, ret);

    return r < 0 || (r = key_is_usable(call, ret)) < 0 ? r : check_kind(call, ret);
}

static int plan(struct call *call, str key_id, int64_t days, int64_t next)
{
    struct queue *queue = call->server->queue;
    int r = db_exec(call->tx,
            "update kms_key set rotation_days = $2, rotation_next = $3 where id = $1", key_id, days,
            next);

    if (r < 0 || (r = queue_cancel(queue, call->tx, ROTATION_JOB, key_id)) < 0 || !next)
        return r < 0 ? r : 0;
    return queue_add(queue, call->tx, ROTATION_JOB, key_id, key_id, next);
}

int rotation_resume(struct call *call, const struct key *key)
{
    return key->rotation_days ? plan(call, key->id, key->rotation_days, key->rotation_next) : 0;
}

int kms_EnableKeyRotation(
        struct call *call, const struct kms_EnableKeyRotationRequest *in, void *out)
{
    int64_t days = in->RotationPeriodInDays.is_set ? in->RotationPeriodInDays.value : PRESET_DAYS;
    struct key key;
    int r = find_rotating(call, in->KeyId, "kms:EnableKeyRotation", &key);

    (void)out;
    return r < 0 ? r : plan(call, key.id, days, call->now + days * DAY_MS);
}

int kms_DisableKeyRotation(
        struct call *call, const struct kms_DisableKeyRotationRequest *in, void *out)
{
    struct key key;
    int r = find_rotating(call, in->KeyId, "kms:DisableKeyRotation", &key);

    (void)out;
    return r < 0 ? r : plan(call, key.id, 0, 0);
}

int kms_GetKeyRotationStatus(struct call *call, const struct kms_GetKeyRotationStatusRequest *in,
        struct kms_GetKeyRotationStatusResponse *out)
{
    struct key key;
    int r = key_find_for(call, in->KeyId, "kms:GetKeyRotationStatus", &key);

    if (r < 0 || (r = check_kind(call, &key)) < 0)
        return r;
    out->KeyId = key.arn;
    out->KeyRotationEnabled =
            SOME_BOOL(key.rotation_days != 0 && !str_eq(key.state, STR("PendingDeletion")));
    if (out->KeyRotationEnabled.value) {
        out->RotationPeriodInDays = SOME_INT(key.rotation_days);
        out->NextRotationDate = SOME_TIME(key.rotation_next);
    }
    return 0;
}

/* ---- New material ----------------------------------------------------------------- */

static int rotate(struct call *call, const struct key *key, const char *why)
{
    int64_t number = key->material_number + 1;
    struct material material;
    int r = material_make(call, key->spec, key->id, number, &material);

    if (r < 0 || (r = material_insert(call, key->id, number, str_of(why), &material)) < 0)
        return r;
    r = db_exec(call->tx, "update kms_key set material_number = $2 where id = $1", key->id, number);
    return r < 0 ? r : 0;
}

int kms_RotateKeyOnDemand(struct call *call, const struct kms_RotateKeyOnDemandRequest *in,
        struct kms_RotateKeyOnDemandResponse *out)
{
    const struct db_row *row;
    struct key key;
    int r = find_rotating(call, in->KeyId, "kms:RotateKeyOnDemand", &key);

    if (r < 0 || (r = db_one(call->tx, &row,
                          "select count(*) from kms_material where key_id = $1 and rotation = "
                          "'ON_DEMAND'",
                          key.id)) < 0)
        return r;
    if (row_int(row, 0) >= ON_DEMAND_MAX)
        return call_fail(call, &kms_LimitExceededException,
                "You have reached the maximum number of on-demand rotations for %.*s.",
                STR_ARG(key.arn));
    out->KeyId = key.arn;
    return rotate(call, &key, "ON_DEMAND");
}

/* A key that is disabled or waits for its deletion rotates once it is enabled again. */
int rotation_run(struct job *job, struct tx *tx)
{
    struct server *server = job->context;
    struct call *call = call_for_job(server, job->arena, tx, STR(""), STR(""), &kms_service);
    struct key key;
    int r = key_by_id(call, job->payload, &key);

    if (r <= 0 || !key.rotation_days || key.rotation_next > clock_now() ||
            !str_eq(key.state, STR("Enabled")))
        return r < 0 ? r : 0;
    if ((r = rotate(call, &key, "AUTOMATIC")) < 0)
        return r;
    return plan(call, key.id, key.rotation_days, clock_now() + key.rotation_days * DAY_MS);
}

/* ---- The list --------------------------------------------------------------------- */

static struct kms_RotationsListEntry rotation_entry(
        struct call *call, const struct key *key, const struct db_row *row)
{
    int64_t number = row_int(row, 0);

    return (struct kms_RotationsListEntry){
            .KeyId = key->id,
            .KeyMaterialId = material_public_id(call->arena, key->id, number),
            .KeyMaterialState =
                    number == key->material_number ? STR("CURRENT") : STR("NON_CURRENT"),
            .RotationType = row_text(row, 1),
            .RotationDate =
                    row_text(row, 1).ptr ? SOME_TIME(row_int(row, 2)) : (struct opt_time){0},
    };
}

int kms_ListKeyRotations(struct call *call, const struct kms_ListKeyRotationsRequest *in,
        struct kms_ListKeyRotationsResponse *out)
{
    size_t limit = (size_t)page_limit(in->Limit, LIST_PRESET, LIST_MAX);
    bool wants_first = str_eq(in->IncludeKeyMaterial, STR("ALL_KEY_MATERIAL"));
    int64_t from = wants_first ? 0 : 1;
    struct db_rows rows;
    struct key key;
    str after;
    int r = key_find_for(call, in->KeyId, "kms:ListKeyRotations", &key);

    if (r < 0 || (r = check_kind(call, &key)) < 0 ||
            (r = page_open(call, in->Marker, &kms_InvalidMarkerException, &after)) < 0 ||
            (after.ptr && (r = str_to_i64(after, &from)) < 0) ||
            (r = db_query(call->tx, &rows,
                     "select number, rotation, created from kms_material where key_id = $1 and "
                     "number > $2 order by number limit $3",
                     key.id, from, limit + 1)) < 0)
        return r;
    out->Rotations.is_set = true;
    out->Rotations.len = rows.len < limit ? rows.len : limit;
    out->Rotations.items =
            arena_array(call->arena, out->Rotations.len, struct kms_RotationsListEntry);
    for (size_t i = 0; i < out->Rotations.len; i++)
        out->Rotations.items[i] = rotation_entry(call, &key, &rows.items[i]);
    out->Truncated = SOME_BOOL(rows.len > limit);
    if (rows.len > limit)
        out->NextMarker = page_seal(call,
                str_printf(call->arena, "%lld", (long long)row_int(&rows.items[limit - 1], 0)));
    return 0;
}
