#include "base/random.h"
#include "services/iam/entity.h"

static int quota(const struct entity *entity)
{
    if (str_eq(entity->kind, STR("user")))
        return IAM_MAX_USER_INLINE;
    return str_eq(entity->kind, STR("group")) ? IAM_MAX_GROUP_INLINE : IAM_MAX_ROLE_INLINE;
}

/* All inline policies of an entity share one quota. */
static int check_size(struct call *call, const struct entity *entity, str name, str document)
{
    int max = quota(entity);
    size_t total = document_size(document);
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select document from iam_inline_policy where entity = $1 and name <> $2 limit 1000",
            entity->id, name);

    if (r < 0)
        return r;
    for (size_t i = 0; i < rows.len; i++)
        total += document_size(row_text(&rows.items[i], 0));
    if (total > (size_t)max || rows.len >= IAM_MAX_INLINE_POLICIES)
        return call_fail(call, &iam_LimitExceededException,
                "Maximum policy size of %d bytes exceeded for %.*s %.*s", max,
                STR_ARG(entity->kind), STR_ARG(entity->name));
    return 0;
}

static int put(struct call *call, const char *kind, str name, str policy, str document)
{
    struct entity entity;
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = entity_check_modifiable(call, &entity);
    if (r == 0)
        r = document_check(call, document, POLICY_IDENTITY);
    if (r == 0)
        r = check_size(call, &entity, policy, document);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into iam_inline_policy (entity, name, document, version)"
            " values ($1, $2, $3, $4) on conflict (entity, name)"
            " do update set document = excluded.document, version = excluded.version",
            entity.id, policy, document, random_uuid(call->arena));
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

static int not_found(struct call *call, const char *kind, str policy)
{
    return call_fail(call, &iam_NoSuchEntityException,
            "The %s policy with name %.*s cannot be found.", kind, STR_ARG(policy));
}

static int get(struct call *call, const char *kind, str name, str policy, str *ret_document)
{
    const struct db_row *row;
    struct entity entity;
    int r = entity_open(call, kind, name, &entity);

    if (r < 0)
        return r;
    r = db_one(call->tx, &row,
            "select document from iam_inline_policy where entity = $1 and name = $2", entity.id,
            policy);
    if (r < 0)
        return r;
    if (r == 0)
        return not_found(call, kind, policy);
    *ret_document = document_encode(call, row_text(row, 0));
    return 0;
}

static int delete (struct call *call, const char *kind, str name, str policy)
{
    struct entity entity;
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = entity_check_modifiable(call, &entity);
    if (r < 0)
        return r;
    r = db_exec(call->tx, "delete from iam_inline_policy where entity = $1 and name = $2",
            entity.id, policy);
    if (r == 0)
        return not_found(call, kind, policy);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

static int list(struct call *call, const char *kind, str name, str marker, struct opt_int max_items,
        struct str_list *ret, struct opt_bool *ret_truncated, str *ret_marker)
{
    struct entity entity;
    struct page page;
    struct db_rows rows;
    size_t len;
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = page_begin(call, marker, max_items, &page);
    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select name from iam_inline_policy where entity = $1 and name > $2"
            " order by name limit $3",
            entity.id, page.after.ptr ? page.after : STR(""), page.limit + 1);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, 0, ret_truncated, ret_marker);
    *ret = (struct str_list){arena_array(call->arena, len, str), len, true};
    for (size_t i = 0; i < len; i++)
        ret->items[i] = row_text(&rows.items[i], 0);
    return 0;
}

/* ---- Users ------------------------------------------------------------------------- */

int iam_PutUserPolicy(struct call *call, const struct iam_PutUserPolicyRequest *in, void *out)
{
    (void)out;
    return put(call, "user", in->UserName, in->PolicyName, in->PolicyDocument);
}

int iam_GetUserPolicy(struct call *call, const struct iam_GetUserPolicyRequest *in,
        struct iam_GetUserPolicyResponse *out)
{
    out->UserName = in->UserName;
    out->PolicyName = in->PolicyName;
    return get(call, "user", in->UserName, in->PolicyName, &out->PolicyDocument);
}

int iam_DeleteUserPolicy(struct call *call, const struct iam_DeleteUserPolicyRequest *in, void *out)
{
    (void)out;
    return delete (call, "user", in->UserName, in->PolicyName);
}

int iam_ListUserPolicies(struct call *call, const struct iam_ListUserPoliciesRequest *in,
        struct iam_ListUserPoliciesResponse *out)
{
    return list(call, "user", in->UserName, in->Marker, in->MaxItems, &out->PolicyNames,
            &out->IsTruncated, &out->Marker);
}

/* ---- Groups------------------------------------------------------------------------ */

int iam_PutGroupPolicy(struct call *call, const struct iam_PutGroupPolicyRequest *in, void *out)
{
    (void)out;
    return put(call, "group", in->GroupName, in->PolicyName, in->PolicyDocument);
}

int iam_GetGroupPolicy(struct call *call, const struct iam_GetGroupPolicyRequest *in,
        struct iam_GetGroupPolicyResponse *out)
{
    out->GroupName = in->GroupName;
    out->PolicyName = in->PolicyName;
    return get(call, "group", in->GroupName, in->PolicyName, &out->PolicyDocument);
}

int iam_DeleteGroupPolicy(
        struct call *call, const struct iam_DeleteGroupPolicyRequest *in, void *out)
{
    (void)out;
    return delete (call, "group", in->GroupName, in->PolicyName);
}

int iam_ListGroupPolicies(struct call *call, const struct iam_ListGroupPoliciesRequest *in,
        struct iam_ListGroupPoliciesResponse *out)
{
    return list(call, "group", in->GroupName, in->Marker, in->MaxItems, &out->PolicyNames,
            &out->IsTruncated, &out->Marker);
}

/* ---- Roles ------------------------------------------------------------------------- */

int iam_PutRolePolicy(struct call *call, const struct iam_PutRolePolicyRequest *in, void *out)
{
    (void)out;
    return put(call, "role", in->RoleName, in->PolicyName, in->PolicyDocument);
}

int iam_GetRolePolicy(struct call *call, const struct iam_GetRolePolicyRequest *in,
        struct iam_GetRolePolicyResponse *out)
{
    out->RoleName = in->RoleName;
    out->PolicyName = in->PolicyName;
    return get(call, "role", in->RoleName, in->PolicyName, &out->PolicyDocument);
}

int iam_DeleteRolePolicy(struct call *call, const struct iam_DeleteRolePolicyRequest *in, void *out)
{
    (void)out;
    return delete (call, "role", in->RoleName, in->PolicyName);
}

int iam_ListRolePolicies(struct call *call, const struct iam_ListRolePoliciesRequest *in,
        struct iam_ListRolePoliciesResponse *out)
{
    return list(call, "role", in->RoleName, in->Marker, in->MaxItems, &out->PolicyNames,
            &out->IsTruncated, &out->Marker);
}
