#include "services/iam/entity.h"

#include "api/last_use.h"

/* ---- Rows -------------------------------------------------------------------------- */

static str entity_arn(struct arena *arena, const struct entity *entity)
{
    if (str_eq(entity->kind, STR("root")))
        return str_printf(arena, "arn:aws:iam::%.*s:root", STR_ARG(entity->account));
    return str_printf(arena, "arn:aws:iam::%.*s:%.*s%.*s%.*s", STR_ARG(entity->account),
            STR_ARG(entity->kind), STR_ARG(entity->path), STR_ARG(entity->name));
}

void entity_from_row(struct arena *arena, const struct db_row *row, struct entity *ret)
{
    *ret = (struct entity){
            .id = row_text(row, 0),
            .account = row_text(row, 1),
            .kind = row_text(row, 2),
            .name = row_text(row, 3),
            .path = row_text(row, 4),
            .created = row_int(row, 5),
            .boundary = row_text(row, 6),
            .tags = row_text(row, 7),
            .trust = row_text(row, 8),
            .description = row_text(row, 9),
            .max_session = row_int(row, 10),
    };
    ret->arn = entity_arn(arena, ret);
}

str entity_key(struct arena *arena, str name)
{
    return str_lower(arena, name);
}

static int from_one(struct tx *tx, int found, const struct db_row *row, struct entity *ret)
{
    if (found == 1)
        entity_from_row(tx->arena, row, ret);
    return found;
}

int entity_find(struct tx *tx, str account, const char *kind, str name, struct entity *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row,
            "select " ENTITY_COLUMNS " from iam_entity"
            " where account = $1 and kind = $2 and name_key = $3 and name = $4",
            account, kind, entity_key(tx->arena, name), name);

    return from_one(tx, r, row, ret);
}

int entity_find_id(struct tx *tx, str id, struct entity *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "select " ENTITY_COLUMNS " from iam_entity where id = $1", id);

    return from_one(tx, r, row, ret);
}

/* ---- Opening ----------------------------------------------------------------------- */

str entity_action(struct call *call)
{
    return str_printf(
            call->arena, "iam:%s", model_str(call->service->model, call->operation->name));
}

int entity_open(struct call *call, const char *kind, str name, struct entity *ret)
{
    struct entity entity = {0};
    int found = entity_find(call->tx, call->account, kind, name, &entity), r;

    if (found < 0)
        return found;
    if (!found) {
        entity = (struct entity){
                .account = call->account, .kind = str_of(kind), .path = STR("/"), .name = name};
        entity.arn = entity_arn(call->arena, &entity);
    }
    r = authorize(call, entity_action(call), entity.arn);
    if (r < 0)
        return r;
    if (!found)
        return call_fail(call, &iam_NoSuchEntityException, "The %s with name %.*s cannot be found.",
                kind, STR_ARG(name));
    *ret = entity;
    return 0;
}

int entity_open_user(struct call *call, str name, struct entity *ret)
{
    struct entity entity = {0};
    int r;

    if (name.ptr)
        return entity_open(call, "user", name, ret);
    if (call->principal->kind == PRINCIPAL_USER)
        return entity_open(call, "user", call->principal->name, ret);
    if (call->principal->kind != PRINCIPAL_ROOT)
        return call_fail(call, &error_Validation,
                "Must specify userName when calling with non-User credentials");
    r = entity_find(call->tx, call->account, "root", STR("root"), &entity);
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException, "The account cannot be found.");
    if (r < 0)
        return r;
    *ret = entity;
    return authorize(call, entity_action(call), entity.arn);
}

/* ---- Changing ---------------------------------------------------------------------- */

struct quota {
    const char *kind, *title, *name;
    int64_t max;
};

static const struct quota quotas[] = {
        {"user", "User", "UsersPerAccount", 5000},
        {"group", "Group", "GroupsPerAccount", 300},
        {"role", "Role", "RolesPerAccount", 1000},
};

static const struct quota *quota_of(str kind)
{
    for (size_t i = 0; i < sizeof(quotas) / sizeof(quotas[0]); i++)
        if (str_eq(kind, str_of(quotas[i].kind)))
            return &quotas[i];
    return NULL;
}

int64_t entity_quota(str kind)
{
    return quota_of(kind)->max;
}

static int check_quota(struct call *call, const struct entity *entity)
{
    const struct quota *quota = quota_of(entity->kind);
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select 1 from iam_entity where account = $1 and kind = $2 order by name_key"
            " limit 1 offset $3",
            entity->account, entity->kind, quota->max - 1);

    if (r > 0)
        return call_fail(call, &iam_LimitExceededException, "Cannot exceed quota for %s: %lld",
                quota->name, (long long)quota->max);
    return r;
}

static int already_exists(struct call *call, str kind, str name)
{
    return call_fail(call, &iam_EntityAlreadyExistsException, "%s with name %.*s already exists.",
            quota_of(kind)->title, STR_ARG(name));
}

int entity_insert(struct call *call, const struct entity *entity)
{
    int r = check_quota(call, entity);

    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into iam_entity (id, account, kind, name, name_key, path, created, boundary,"
            " tags, trust, description, max_session)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
            " on conflict do nothing",
            entity->id, entity->account, entity->kind, entity->name,
            entity_key(call->arena, entity->name), entity->path, entity->created, entity->boundary,
            entity->tags, entity->trust, entity->description, entity->max_session);

    if (r == 0)
        return already_exists(call, entity->kind, entity->name);
    return r < 0 ? r : 0;
}

struct conflict {
    const char *sql;
    const char *message;
};

static const struct conflict conflicts[] = {
        {"select 1 from iam_membership where user_id = $1 or group_id = $1 limit 1",
                "Cannot delete entity, must remove users from group first."},
        {"select 1 from iam_login_profile where entity = $1 limit 1",
                "Cannot delete entity, must delete login profile first."},
        {"select 1 from iam_mfa_device where entity = $1 limit 1",
                "Cannot delete entity, must delete MFA device first."},
        {"select 1 from iam_access_key where entity = $1 limit 1",
                "Cannot delete entity, must delete access keys first."},
        {"select 1 from iam_inline_policy where entity = $1 limit 1",
                "Cannot delete entity, must delete policies first."},
        {"select 1 from iam_attachment where entity = $1 limit 1",
                "Cannot delete entity, must detach all policies first."},
        {"select 1 from iam_instance_profile where role = $1 limit 1",
                "Cannot delete entity, must remove roles from instance profile first."},
        {"select 1 from iam_service_credential where entity = $1 limit 1",
                "Cannot delete entity, must delete service specific credentials first."},
        {"select 1 from iam_ssh_key where entity = $1 limit 1",
                "Cannot delete entity, must delete SSH public keys first."},
};

int entity_delete(struct call *call, const struct entity *entity)
{
    const struct db_row *row;
    int r;

    for (size_t i = 0; i < sizeof(conflicts) / sizeof(conflicts[0]); i++) {
        r = db_one(call->tx, &row, conflicts[i].sql, entity->id);
        if (r < 0)
            return r;
        if (r > 0)
            return call_fail(call, &iam_DeleteConflictException, "%s", conflicts[i].message);
    }
    r = db_exec(call->tx, "delete from iam_entity where id = $1", entity->id);
    if (r >= 0)
        r = last_use_forget(call->tx, entity->id);
    if (r < 0)
        return r;
    return iam_generation_bump(call->tx, call->account);
}

int entity_rename(struct call *call, const struct entity *entity, str new_name, str new_path)
{
    struct entity renamed = *entity;
    const struct db_row *other;
    str key;
    int r;

    if (new_name.ptr)
        renamed.name = new_name;
    if (new_path.ptr)
        renamed.path = new_path;
    key = entity_key(call->arena, renamed.name);
    /* Renaming needs the permission on what it becomes, too. */
    r = authorize(call, entity_action(call), entity_arn(call->arena, &renamed));
    if (r < 0)
        return r;
    r = db_one(call->tx, &other,
            "select id from iam_entity where account = $1 and kind = $2 and name_key = $3",
            call->account, entity->kind, key);
    if (r < 0)
        return r;
    if (r > 0 && !str_eq(row_text(other, 0), entity->id))
        return already_exists(call, entity->kind, renamed.name);
    r = db_exec(call->tx, "update iam_entity set name = $1, name_key = $2, path = $3 where id = $4",
            renamed.name, key, renamed.path, entity->id);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

int entity_groups(
        struct tx *tx, const struct entity *user, str after, int64_t limit, struct db_rows *ret)
{
    return db_query(tx, ret,
            "select " ENTITY_COLUMNS ", name_key from iam_entity where id in"
            " (select group_id from iam_membership where user_id = $1) and name_key > $2"
            " order by name_key limit $3",
            user->id, after.ptr ? after : STR(""), limit + 1);
}

int entity_list(struct call *call, const char *kind, str path_prefix, str after, int64_t limit,
        struct db_rows *ret)
{
    if (!path_prefix.ptr)
        path_prefix = STR("/");
    if (!after.ptr)
        after = STR("");
    return db_query(call->tx, ret,
            "select " ENTITY_COLUMNS ", name_key from iam_entity"
            " where account = $1 and kind = $2 and name_key > $3 and substr(path, 1, cast($4 as "
            "integer)) = $5"
            " order by name_key limit $6",
            call->account, kind, after, (int64_t)path_prefix.len, path_prefix, limit + 1);
}

/* ---- Paging ------------------------------------------------------------------------ */

int page_begin(struct call *call, str marker, struct opt_int max_items, struct page *ret)
{
    ret->limit = page_limit(max_items, IAM_PAGE, IAM_PAGE_MAX);
    return page_open(call, marker, &error_Validation, &ret->after);
}

size_t page_end(struct call *call, const struct page *page, size_t len, str last_position,
        struct opt_bool *ret_truncated, str *ret_marker)
{
    bool more = len > (size_t)page->limit;

    *ret_truncated = SOME_BOOL(more);
    if (!more)
        return len;
    *ret_marker = page_seal(call, last_position);
    return (size_t)page->limit;
}

size_t page_end_rows(struct call *call, const struct page *page, const struct db_rows *rows,
        size_t column, struct opt_bool *ret_truncated, str *ret_marker)
{
    bool more = rows->len > (size_t)page->limit;

    return page_end(call, page, rows->len,
            more ? row_text(&rows->items[page->limit - 1], column) : (str){0}, ret_truncated,
            ret_marker);
}
