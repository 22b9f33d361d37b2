#include "services/iam/entity.h"
#include "services/iam/managed.h"

/* The policy's name if it can be attached; the call has failed if it cannot. */
static int check_policy(struct call *call, str arn, str *ret_name)
{
    struct managed_policy managed;
    const struct db_row *row;
    int r;

    if (policy_is_linked(arn) && managed_find(arn, &managed))
        return call_fail(call, &iam_PolicyNotAttachableException,
                "Cannot attach a Service Role Policy to a Customer Role.");
    if (managed_find(arn, &managed)) {
        *ret_name = managed.name;
        return 0;
    }
    r = db_one(call->tx, &row, "select name from iam_policy where account = $1 and arn = $2",
            call->account, arn);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "Policy %.*s does not exist or is not attachable.", STR_ARG(arn));
    *ret_name = row_text(row, 0);
    return 0;
}

static int attach(struct call *call, const char *kind, str name, str arn)
{
    struct entity entity;
    struct db_rows rows;
    str policy_name = {0};
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = entity_check_modifiable(call, &entity);
    if (r == 0)
        r = check_policy(call, arn, &policy_name);
    if (r == 0)
        r = db_query(call->tx, &rows,
                "select policy from iam_attachment where entity = $1 and policy <> $2 limit 100",
                entity.id, arn);
    if (r < 0)
        return r;
    if (rows.len >= IAM_MAX_ATTACHED)
        return call_fail(call, &iam_LimitExceededException, "Cannot exceed quota for %s: %d",
                strcmp(kind, "user") == 0    ? "PoliciesPerUser"
                : strcmp(kind, "group") == 0 ? "PoliciesPerGroup"
                                             : "PoliciesPerRole",
                IAM_MAX_ATTACHED);
    r = db_exec(call->tx,
            "insert into iam_attachment (account, entity, policy, policy_name)"
            " values ($1, $2, $3, $4) on conflict do nothing",
            call->account, entity.id, arn, policy_name);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

static int detach(struct call *call, const char *kind, str name, str arn)
{
    struct entity entity;
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = entity_check_modifiable(call, &entity);
    if (r < 0)
        return r;
    r = db_exec(call->tx, "delete from iam_attachment where entity = $1 and policy = $2", entity.id,
            arn);
    if (r == 0)
        return call_fail(
                call, &iam_NoSuchEntityException, "Policy %.*s was not found.", STR_ARG(arn));
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

/* The path of a policy, out of its ARN: "/", "/service-role/". */
static str path_of(str arn)
{
    ptrdiff_t first = str_find_char(arn, '/'), last = str_rfind_char(arn, '/');

    return first < 0 ? STR("/")
                     : str_head(str_skip(arn, (size_t)first), (size_t)(last - first) + 1);
}

static int list(struct call *call, const char *kind, str name, str path_prefix, str marker,
        struct opt_int max_items, struct iam_attachedPoliciesListType *ret,
        struct opt_bool *ret_truncated, str *ret_marker)
{
    struct entity entity;
    struct db_rows rows;
    struct page page;
    struct iam_AttachedPolicy items[IAM_MAX_ATTACHED + 1];
    size_t len = 0;
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = page_begin(call, marker, max_items, &page);
    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select policy, policy_name from iam_attachment where entity = $1 and policy > $2"
            " order by policy limit $3",
            entity.id, page.after.ptr ? page.after : STR(""), IAM_MAX_ATTACHED);
    if (r < 0)
        return r;
    for (size_t i = 0; i < rows.len; i++) {
        str arn = row_text(&rows.items[i], 0);
        if (!path_prefix.ptr || str_starts(path_of(arn), path_prefix))
            items[len++] = (struct iam_AttachedPolicy){row_text(&rows.items[i], 1), arn};
    }
    ret->len = page_end(call, &page, len,
            len > (size_t)page.limit ? items[page.limit - 1].PolicyArn : (str){0}, ret_truncated,
            ret_marker);
    ret->is_set = true;
    ret->items = arena_array(call->arena, len, struct iam_AttachedPolicy);
    if (len > 0)
        memcpy(ret->items, items, len * sizeof(*items));
    return 0;
}

int iam_AttachUserPolicy(struct call *call, const struct iam_AttachUserPolicyRequest *in, void *out)
{
    (void)out;
    return attach(call, "user", in->UserName, in->PolicyArn);
}

int iam_DetachUserPolicy(struct call *call, const struct iam_DetachUserPolicyRequest *in, void *out)
{
    (void)out;
    return detach(call, "user", in->UserName, in->PolicyArn);
}

int iam_ListAttachedUserPolicies(struct call *call,
        const struct iam_ListAttachedUserPoliciesRequest *in,
        struct iam_ListAttachedUserPoliciesResponse *out)
{
    return list(call, "user", in->UserName, in->PathPrefix, in->Marker, in->MaxItems,
            &out->AttachedPolicies, &out->IsTruncated, &out->Marker);
}

int iam_AttachGroupPolicy(
        struct call *call, const struct iam_AttachGroupPolicyRequest *in, void *out)
{
    (void)out;
    return attach(call, "group", in->GroupName, in->PolicyArn);
}

int iam_DetachGroupPolicy(
        struct call *call, const struct iam_DetachGroupPolicyRequest *in, void *out)
{
    (void)out;
    return detach(call, "group", in->GroupName, in->PolicyArn);
}

int iam_ListAttachedGroupPolicies(struct call *call,
        const struct iam_ListAttachedGroupPoliciesRequest *in,
        struct iam_ListAttachedGroupPoliciesResponse *out)
{
    return list(call, "group", in->GroupName, in->PathPrefix, in->Marker, in->MaxItems,
            &out->AttachedPolicies, &out->IsTruncated, &out->Marker);
}

int iam_AttachRolePolicy(struct call *call, const struct iam_AttachRolePolicyRequest *in, void *out)
{
    (void)out;
    return attach(call, "role", in->RoleName, in->PolicyArn);
}

int iam_DetachRolePolicy(struct call *call, const struct iam_DetachRolePolicyRequest *in, void *out)
{
    (void)out;
    return detach(call, "role", in->RoleName, in->PolicyArn);
}

int iam_ListAttachedRolePolicies(struct call *call,
        const struct iam_ListAttachedRolePoliciesRequest *in,
        struct iam_ListAttachedRolePoliciesResponse *out)
{
    return list(call, "role", in->RoleName, in->PathPrefix, in->Marker, in->MaxItems,
            &out->AttachedPolicies, &out->IsTruncated, &out->Marker);
}

/* ---- The other way round ----------------------------------------------------------- */

/* As a row says it; a filter on what is no entity finds none. */
static str kind_of(str filter)
{
    if (!filter.ptr)
        return STR("");
    if (str_eq(filter, STR("User")))
        return STR("user");
    if (str_eq(filter, STR("Group")))
        return STR("group");
    return str_eq(filter, STR("Role")) ? STR("role") : STR("none");
}

/* Entities that use a policy, by "<kind>/<name key>"; those that do not are not looked at. */
static int list_users_of(struct call *call, const struct iam_ListEntitiesForPolicyRequest *in,
        const struct page *page, struct db_rows *ret)
{
    str prefix = in->PathPrefix.ptr ? in->PathPrefix : STR("/");
    str after = page->after.ptr ? page->after : STR("");
    bool as_boundary = str_eq(in->PolicyUsageFilter, STR("PermissionsBoundary"));
    bool as_policy = str_eq(in->PolicyUsageFilter, STR("PermissionsPolicy"));

    return db_query(call->tx, ret,
            "select kind, name, id, kind || '/' || name_key from iam_entity where id in"
            " (select entity from iam_attachment where account = $1 and policy = $6 and $7 = 0"
            " union select id from iam_entity where account = $1 and boundary = $6 and $5 = 0)"
            " and kind || '/' || name_key > $2 and substr(path, 1, cast($3 as integer)) = $4"
            " and ($8 = '' or kind = $8) order by kind || '/' || name_key limit $9",
            call->account, after, (int64_t)prefix.len, prefix, (int64_t)as_policy, in->PolicyArn,
            (int64_t)as_boundary, kind_of(in->EntityFilter), page->limit + 1);
}

int iam_ListEntitiesForPolicy(struct call *call, const struct iam_ListEntitiesForPolicyRequest *in,
        struct iam_ListEntitiesForPolicyResponse *out)
{
    struct db_rows rows;
    struct page page;
    str name;
    size_t len;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r == 0) {
        r = iam_policy_text(call->tx, call->account, in->PolicyArn, &name);
        if (r == 0)
            return call_fail(call, &iam_NoSuchEntityException, "Policy %.*s was not found.",
                    STR_ARG(in->PolicyArn));
    }
    if (r >= 0)
        r = list_users_of(call, in, &page, &rows);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, 3, &out->IsTruncated, &out->Marker);
    out->PolicyGroups.is_set = out->PolicyUsers.is_set = out->PolicyRoles.is_set = true;
    out->PolicyGroups.items = arena_array(call->arena, len, struct iam_PolicyGroup);
    out->PolicyUsers.items = arena_array(call->arena, len, struct iam_PolicyUser);
    out->PolicyRoles.items = arena_array(call->arena, len, struct iam_PolicyRole);
    for (size_t i = 0; i < len; i++) {
        const struct db_row *row = &rows.items[i];
        if (str_eq(row_text(row, 0), STR("user")))
            out->PolicyUsers.items[out->PolicyUsers.len++] =
                    (struct iam_PolicyUser){row_text(row, 1), row_text(row, 2)};
        else if (str_eq(row_text(row, 0), STR("group")))
            out->PolicyGroups.items[out->PolicyGroups.len++] =
                    (struct iam_PolicyGroup){row_text(row, 1), row_text(row, 2)};
        else
            out->PolicyRoles.items[out->PolicyRoles.len++] =
                    (struct iam_PolicyRole){row_text(row, 1), row_text(row, 2)};
    }
    return 0;
}
