#include "services/iam/access_key.h"

#include "api/last_use.h"
#include "base/random.h"
#include "services/iam/entity.h"
#include "services/iam/iam.h"

enum {
    KEY_ID_RANDOM = 16,
    SECRET_LEN = 40
};

str access_key_context(struct arena *arena, str id)
{
    return str_concat(arena, STR("iam.access-key/"), id);
}

int access_key_insert(struct server *server, struct tx *tx, str account, str entity, int64_t now,
        str *ret_id, str *ret_secret)
{
    str id = random_id(tx->arena, STR("AKIA"), RANDOM_BASE32, KEY_ID_RANDOM);
    str secret = random_id(tx->arena, STR(""), RANDOM_BASE62, SECRET_LEN);
    str sealed = seal_bytes(server->seal, tx->arena, access_key_context(tx->arena, id), secret);
    int r = db_exec(tx,
            "insert into iam_access_key (id, account, entity, status, secret, created)"
            " values ($1, $2, $3, 'Active', $4, $5)",
            id, account, entity, db_blob(sealed), now);

    if (r < 0)
        return r;
    *ret_id = id;
    *ret_secret = secret;
    return 0;
}

int iam_access_key_account(struct tx *tx, str id, str *ret)
{
    struct db_rows rows;
    int r = db_query(tx, &rows, "select account from iam_access_key where id = $1", id);

    if (r < 0 || rows.len == 0)
        return r;
    *ret = row_text(rows.items, 0);
    return 1;
}

static str user_name(const struct entity *entity)
{
    return str_eq(entity->kind, STR("root")) ? (str){0} : entity->name;
}

int iam_CreateAccessKey(struct call *call, const struct iam_CreateAccessKeyRequest *in,
        struct iam_CreateAccessKeyResponse *out)
{
    struct iam_AccessKey *key = arena_new(call->arena, struct iam_AccessKey);
    struct entity entity;
    struct db_rows rows;
    int r = entity_open_user(call, in->UserName, &entity);

    if (r < 0)
        return r;
    r = db_query(
            call->tx, &rows, "select id from iam_access_key where entity = $1 limit 10", entity.id);
    if (r < 0)
        return r;
    if (rows.len >= IAM_MAX_KEYS)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for AccessKeysPerUser: %d", IAM_MAX_KEYS);
    r = access_key_insert(call->server, call->tx, call->account, entity.id, call->now,
            &key->AccessKeyId, &key->SecretAccessKey);
    if (r < 0)
        return r;
    key->UserName = user_name(&entity);
    key->Status = STR("Active");
    key->CreateDate = SOME_TIME(call->now);
    out->AccessKey = key;
    return iam_generation_bump(call->tx, call->account);
}

int iam_ListAccessKeys(struct call *call, const struct iam_ListAccessKeysRequest *in,
        struct iam_ListAccessKeysResponse *out)
{
    struct entity entity;
    struct db_rows rows;
    struct page page;
    size_t len;
    int r = entity_open_user(call, in->UserName, &entity);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select id, status, created from iam_access_key where entity = $1 and id > $2"
            " order by id limit $3",
            entity.id, page.after.ptr ? page.after : STR(""), page.limit + 1);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, 0, &out->IsTruncated, &out->Marker);
    out->AccessKeyMetadata.is_set = true;
    out->AccessKeyMetadata.items = arena_array(call->arena, len, struct iam_AccessKeyMetadata);
    for (size_t i = 0; i < len; i++)
        out->AccessKeyMetadata.items[out->AccessKeyMetadata.len++] = (struct iam_AccessKeyMetadata){
                .UserName = user_name(&entity),
                .AccessKeyId = row_text(&rows.items[i], 0),
                .Status = row_text(&rows.items[i], 1),
                .CreateDate = SOME_TIME(row_int(&rows.items[i], 2)),
        };
    return 0;
}

/* `changed` rows, as db_exec() says: one, or the key is not that user's. */
static int key_changed(struct call *call, int changed, str id)
{
    if (changed < 0)
        return changed;
    if (changed == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "The Access Key with id %.*s cannot be found.", STR_ARG(id));
    return iam_generation_bump(call->tx, call->account);
}

int iam_UpdateAccessKey(struct call *call, const struct iam_UpdateAccessKeyRequest *in, void *out)
{
    struct entity entity;
    int r = entity_open_user(call, in->UserName, &entity);

    (void)out;
    if (r < 0)
        return r;
    if (!str_eq(in->Status, STR("Active")) && !str_eq(in->Status, STR("Inactive")))
        return call_fail(call, &iam_InvalidInputException, "Access keys cannot be changed to %.*s.",
                STR_ARG(in->Status));
    r = db_exec(call->tx, "update iam_access_key set status = $1 where id = $2 and entity = $3",
            in->Status, in->AccessKeyId, entity.id);
    return key_changed(call, r, in->AccessKeyId);
}

int iam_DeleteAccessKey(struct call *call, const struct iam_DeleteAccessKeyRequest *in, void *out)
{
    struct entity entity;
    int r = entity_open_user(call, in->UserName, &entity);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx, "delete from iam_access_key where id = $1 and entity = $2",
            in->AccessKeyId, entity.id);
    r = key_changed(call, r, in->AccessKeyId);
    return r < 0 ? r : last_use_forget(call->tx, in->AccessKeyId);
}

int iam_GetAccessKeyLastUsed(struct call *call, const struct iam_GetAccessKeyLastUsedRequest *in,
        struct iam_GetAccessKeyLastUsedResponse *out)
{
    struct iam_AccessKeyLastUsed *used = arena_new(call->arena, struct iam_AccessKeyLastUsed);
    struct entity entity = {
            .arn = str_printf(call->arena, "arn:aws:iam::%.*s:user/*", STR_ARG(call->account))};
    const struct db_row *row;
    struct last_use use;
    int found = db_one(call->tx, &row,
            "select entity from iam_access_key where id = $1 and account = $2", in->AccessKeyId,
            call->account);
    int r = found > 0 ? entity_find_id(call->tx, row_text(row, 0), &entity) : found;

    if (r >= 0)
        r = authorize(call, entity_action(call), entity.arn);
    if (r < 0)
        return r;
    if (!found)
        return call_fail(call, &iam_NoSuchEntityException,
                "The Access Key with id %.*s cannot be found.", STR_ARG(in->AccessKeyId));
    r = last_use_find(call->tx, in->AccessKeyId, &use);
    if (r < 0)
        return r;
    *used = (struct iam_AccessKeyLastUsed){.ServiceName = STR("N/A"), .Region = STR("N/A")};
    if (r > 0)
        *used = (struct iam_AccessKeyLastUsed){SOME_TIME(use.time), use.service, use.region};
    out->UserName = user_name(&entity);
    out->AccessKeyLastUsed = used;
    return 0;
}
