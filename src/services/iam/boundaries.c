/* Permissions boundaries: the policy that limits what a user or role can be given. */
#include "services/iam/entity.h"

struct iam_AttachedPermissionsBoundary *entity_boundary(struct call *call, str arn)
{
    struct iam_AttachedPermissionsBoundary *boundary;

    if (!arn.ptr)
        return NULL;
    boundary = arena_new(call->arena, struct iam_AttachedPermissionsBoundary);
    boundary->PermissionsBoundaryType = STR("Policy");
    boundary->PermissionsBoundaryArn = arn;
    return boundary;
}

int entity_check_boundary(struct call *call, str arn)
{
    str text;
    int r;

    if (!arn.ptr)
        return 0;
    r = iam_policy_text(call->tx, call->account, arn, &text);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "Scope ARN: %.*s does not exist or is not attachable.", STR_ARG(arn));
    return 0;
}

static int set(struct call *call, const char *kind, str name, str arn)
{
    struct entity entity;
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = entity_check_modifiable(call, &entity);
    if (r == 0)
        r = entity_check_boundary(call, arn);
    if (r < 0)
        return r;
    if (!arn.ptr && !entity.boundary.ptr)
        return call_fail(call, &iam_NoSuchEntityException,
                "The %s with name %.*s does not have a permissions boundary.", kind, STR_ARG(name));
    r = db_exec(call->tx, "update iam_entity set boundary = $1 where id = $2", arn, entity.id);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

int iam_PutUserPermissionsBoundary(
        struct call *call, const struct iam_PutUserPermissionsBoundaryRequest *in, void *out)
{
    (void)out;
    return set(call, "user", in->UserName, in->PermissionsBoundary);
}

int iam_DeleteUserPermissionsBoundary(
        struct call *call, const struct iam_DeleteUserPermissionsBoundaryRequest *in, void *out)
{
    (void)out;
    return set(call, "user", in->UserName, (str){0});
}

int iam_PutRolePermissionsBoundary(
        struct call *call, const struct iam_PutRolePermissionsBoundaryRequest *in, void *out)
{
    (void)out;
    return set(call, "role", in->RoleName, in->PermissionsBoundary);
}

int iam_DeleteRolePermissionsBoundary(
        struct call *call, const struct iam_DeleteRolePermissionsBoundaryRequest *in, void *out)
{
    (void)out;
    return set(call, "role", in->RoleName, (str){0});
}
