#include "api/last_use.h"
#include "base/random.h"
#include "services/iam/tag_list.h"

/* Empty: never. */
static int add_last_used(struct call *call, str id, struct iam_Role *ret)
{
    struct last_use use;
    int r = last_use_find(call->tx, id, &use);

    ret->RoleLastUsed = arena_new(call->arena, struct iam_RoleLastUsed);
    if (r > 0)
        *ret->RoleLastUsed = (struct iam_RoleLastUsed){SOME_TIME(use.time), use.region};
    return r < 0 ? r : 0;
}

int role_shown(struct call *call, const struct entity *entity, bool is_listed, struct iam_Role *ret)
{
    *ret = (struct iam_Role){
            .Path = entity->path,
            .RoleName = entity->name,
            .RoleId = entity->id,
            .Arn = entity->arn,
            .CreateDate = SOME_TIME(entity->created),
            .AssumeRolePolicyDocument = document_encode(call, entity->trust),
            .Description = entity->description,
            .MaxSessionDuration = SOME_INT(entity->max_session),
    };
    if (is_listed) /* lists leave these out */
        return 0;
    ret->PermissionsBoundary = entity_boundary(call, entity->boundary);
    int r = add_last_used(call, entity->id, ret);
    return r < 0 ? r : tag_list_read(call, entity->tags, &ret->Tags);
}

int iam_CreateRole(struct call *call, const struct iam_CreateRoleRequest *in,
        struct iam_CreateRoleResponse *out)
{
    struct entity role = {
            .id = random_id(call->arena, STR("AROA"), RANDOM_BASE32, 17),
            .account = call->account,
            .kind = STR("role"),
            .name = in->RoleName,
            .path = in->Path.ptr ? in->Path : STR("/"),
            .created = call->now,
            .boundary = in->PermissionsBoundary,
            .tags = tag_list_json(call, &in->Tags),
            .trust = in->AssumeRolePolicyDocument,
            .description = in->Description,
            .max_session = in->MaxSessionDuration.is_set ? in->MaxSessionDuration.value
                                                         : IAM_SESSION_DEFAULT,
    };
    int r = document_check(call, role.trust, POLICY_TRUST);

    if (r == 0)
        r = entity_check_path(call, in->Path);
    if (r == 0)
        r = tag_list_check(call, &in->Tags);
    if (r == 0)
        r = entity_check_boundary(call, role.boundary);
    if (r == 0)
        r = entity_insert(call, &role);
    if (r == 0)
        r = entity_find_id(call->tx, role.id, &role);
    if (r < 0)
        return r;
    out->Role = arena_new(call->arena, struct iam_Role);
    return role_shown(call, &role, false, out->Role);
}

int iam_GetRole(
        struct call *call, const struct iam_GetRoleRequest *in, struct iam_GetRoleResponse *out)
{
    struct entity role;
    int r = entity_open(call, "role", in->RoleName, &role);

    if (r < 0)
        return r;
    out->Role = arena_new(call->arena, struct iam_Role);
    return role_shown(call, &role, false, out->Role);
}

int iam_ListRoles(
        struct call *call, const struct iam_ListRolesRequest *in, struct iam_ListRolesResponse *out)
{
    struct page page;
    struct db_rows rows;
    size_t len;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r == 0)
        r = entity_list(call, "role", in->PathPrefix, page.after, page.limit, &rows);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, ENTITY_NAME_KEY, &out->IsTruncated, &out->Marker);
    out->Roles.is_set = true;
    out->Roles.items = arena_array(call->arena, len, struct iam_Role);
    for (size_t i = 0; i < len; i++) {
        struct entity role;
        entity_from_row(call->arena, &rows.items[i], &role);
        r = role_shown(call, &role, true, &out->Roles.items[out->Roles.len++]);
        if (r < 0)
            return r;
    }
    return 0;
}

int iam_UpdateRole(struct call *call, const struct iam_UpdateRoleRequest *in,
        struct iam_UpdateRoleResponse *out)
{
    struct entity role;
    int r = entity_open(call, "role", in->RoleName, &role);

    (void)out;
    if (r == 0 && in->MaxSessionDuration.is_set)
        r = entity_check_modifiable(call, &role);
    if (r < 0)
        return r;
    r = db_exec(call->tx, "update iam_entity set description = $1, max_session = $2 where id = $3",
            in->Description.ptr ? in->Description : role.description,
            in->MaxSessionDuration.is_set ? in->MaxSessionDuration.value : role.max_session,
            role.id);
    return r < 0 ? r : 0;
}

int iam_UpdateRoleDescription(struct call *call, const struct iam_UpdateRoleDescriptionRequest *in,
        struct iam_UpdateRoleDescriptionResponse *out)
{
    struct entity role;
    int r = entity_open(call, "role", in->RoleName, &role);

    if (r < 0)
        return r;
    role.description = in->Description;
    r = db_exec(call->tx, "update iam_entity set description = $1 where id = $2", role.description,
            role.id);
    if (r < 0)
        return r;
    out->Role = arena_new(call->arena, struct iam_Role);
    return role_shown(call, &role, false, out->Role);
}

int iam_UpdateAssumeRolePolicy(
        struct call *call, const struct iam_UpdateAssumeRolePolicyRequest *in, void *out)
{
    struct entity role;
    int r = entity_open(call, "role", in->RoleName, &role);

    (void)out;
    if (r == 0)
        r = entity_check_modifiable(call, &role);
    if (r == 0)
        r = document_check(call, in->PolicyDocument, POLICY_TRUST);
    if (r < 0)
        return r;
    r = db_exec(call->tx, "update iam_entity set trust = $1 where id = $2", in->PolicyDocument,
            role.id);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

int iam_DeleteRole(struct call *call, const struct iam_DeleteRoleRequest *in, void *out)
{
    struct entity role;
    int r = entity_open(call, "role", in->RoleName, &role);

    (void)out;
    if (r == 0)
        r = entity_check_modifiable(call, &role);
    return r < 0 ? r : entity_delete(call, &role);
}

/* ---- For other services ------------------------------------------------------------ */

int iam_role_find(struct tx *tx, str text, struct iam_role *ret)
{
    struct arn arn;
    struct entity role;
    str name;
    ptrdiff_t slash;
    int r;

    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("iam")) ||
            !str_starts(arn.resource, STR("role/")))
        return 0;
    slash = str_rfind_char(arn.resource, '/');
    name = str_skip(arn.resource, (size_t)slash + 1);
    r = entity_find(tx, arn.account, "role", name, &role);
    if (r <= 0)
        return r;
    if (!str_eq(role.arn, text)) /* another path */
        return 0;
    *ret = (struct iam_role){
            .id = role.id,
            .account = role.account,
            .name = role.name,
            .arn = role.arn,
            .trust = role.trust,
            .tags = role.tags,
            .max_session = role.max_session,
    };
    return 1;
}

int iam_pass_role(struct call *call, str role_arn, str service)
{
    const struct policy_key keys[] = {{STR("iam:PassedToService"), {&service, 1, true}}};

    return authorize_with(call, STR("iam:PassRole"), role_arn, keys, 1);
}
