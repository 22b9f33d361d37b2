/*
 * Everything of an account that decides who may do what, in pages. A page goes through the sections
 * in their order; a position is "section/name", and what comes after that name is next.
 */
#include "services/iam/instance_profiles.h"
#include "services/iam/managed.h"
#include "services/iam/tag_list.h"

enum {
    DETAILS_MAX = 200, /* on a page, whatever is asked for: each may have many documents */
};

struct details {
    struct call *call;
    struct iam_GetAccountAuthorizationDetailsResponse *out;
    str after;    /* in the section; "": from its start */
    size_t room;  /* items that the page still takes */
    str last;     /* the last one taken */
    bool is_more; /* of this section */
};

typedef int section_fn(struct details *d);

/* ---- Parts ---------------------------------------------------------------------------- */

static int add_inline(
        struct call *call, const struct entity *entity, struct iam_policyDetailListType *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select name, document from iam_inline_policy where entity = $1 order by name limit $2",
            entity->id, (int64_t)IAM_MAX_INLINE_POLICIES);

    if (r < 0)
        return r;
    ret->is_set = true;
    ret->len = rows.len;
    ret->items = arena_array(call->arena, rows.len, struct iam_PolicyDetail);
    for (size_t i = 0; i < rows.len; i++)
        ret->items[i] = (struct iam_PolicyDetail){
                row_text(&rows.items[i], 0), document_encode(call, row_text(&rows.items[i], 1))};
    return 0;
}

static int add_attached(
        struct call *call, const struct entity *entity, struct iam_attachedPoliciesListType *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select policy_name, policy from iam_attachment where entity = $1 order by policy"
            " limit $2",
            entity->id, (int64_t)IAM_PAGE_MAX);

    if (r < 0)
        return r;
    ret->is_set = true;
    ret->len = rows.len;
    ret->items = arena_array(call->arena, rows.len, struct iam_AttachedPolicy);
    for (size_t i = 0; i < rows.len; i++)
        ret->items[i] = (struct iam_AttachedPolicy){
                row_text(&rows.items[i], 0), row_text(&rows.items[i], 1)};
    return 0;
}

static int add_groups(struct call *call, const struct entity *user, struct str_list *ret)
{
    struct db_rows rows;
    int r = entity_groups(call->tx, user, (str){0}, IAM_PAGE_MAX, &rows);

    if (r < 0)
        return r;
    ret->is_set = true;
    ret->len = rows.len;
    ret->items = arena_array(call->arena, rows.len, str);
    for (size_t i = 0; i < rows.len; i++) {
        struct entity group;
        entity_from_row(call->arena, &rows.items[i], &group);
        ret->items[i] = group.name;
    }
    return 0;
}

/* ---- Users, groups, roles ------------------------------------------------------------- */

static int show_user(struct call *call, const struct entity *user, struct iam_UserDetail *ret)
{
    int r;

    *ret = (struct iam_UserDetail){
            .Path = user->path,
            .UserName = user->name,
            .UserId = user->id,
            .Arn = user->arn,
            .CreateDate = SOME_TIME(user->created),
            .PermissionsBoundary = entity_boundary(call, user->boundary),
    };
    r = add_inline(call, user, &ret->UserPolicyList);
    if (r == 0)
        r = add_groups(call, user, &ret->GroupList);
    if (r == 0)
        r = add_attached(call, user, &ret->AttachedManagedPolicies);
    return r < 0 ? r : tag_list_read(call, user->tags, &ret->Tags);
}

static int show_group(struct call *call, const struct entity *group, struct iam_GroupDetail *ret)
{
    int r;

    *ret = (struct iam_GroupDetail){
            .Path = group->path,
            .GroupName = group->name,
            .GroupId = group->id,
            .Arn = group->arn,
            .CreateDate = SOME_TIME(group->created),
    };
    r = add_inline(call, group, &ret->GroupPolicyList);
    return r < 0 ? r : add_attached(call, group, &ret->AttachedManagedPolicies);
}

static int show_role(struct call *call, const struct entity *entity, struct iam_RoleDetail *ret)
{
    struct iam_Role role;
    int r = role_shown(call, entity, false, &role);

    if (r < 0)
        return r;
    *ret = (struct iam_RoleDetail){
            .Path = role.Path,
            .RoleName = role.RoleName,
            .RoleId = role.RoleId,
            .Arn = role.Arn,
            .CreateDate = role.CreateDate,
            .AssumeRolePolicyDocument = role.AssumeRolePolicyDocument,
            .PermissionsBoundary = role.PermissionsBoundary,
            .Tags = role.Tags,
            .RoleLastUsed = role.RoleLastUsed,
    };
    r = add_inline(call, entity, &ret->RolePolicyList);
    if (r == 0)
        r = add_attached(call, entity, &ret->AttachedManagedPolicies);
    return r < 0 ? r : instance_profiles_of_role(call, entity, &ret->InstanceProfileList);
}

/* The rows that fit, and how the section goes on. */
static size_t take(struct details *d, const struct db_rows *rows, size_t key)
{
    size_t len = rows->len < d->room ? rows->len : d->room;

    d->is_more = rows->len > len;
    if (len > 0)
        d->last = row_text(&rows->items[len - 1], key);
    d->room -= len;
    return len;
}

static int list_entities(
        struct details *d, const char *kind, struct entity **ret_items, size_t *ret_len)
{
    struct db_rows rows;
    int r = entity_list(d->call, kind, (str){0}, d->after, (int64_t)d->room, &rows);

    if (r < 0)
        return r;
    *ret_len = take(d, &rows, ENTITY_NAME_KEY);
    *ret_items = arena_array(d->call->arena, *ret_len, struct entity);
    for (size_t i = 0; i < *ret_len; i++)
        entity_from_row(d->call->arena, &rows.items[i], &(*ret_items)[i]);
    return 0;
}

static int list_users(struct details *d)
{
    struct iam_userDetailListType *list = &d->out->UserDetailList;
    struct entity *users;
    size_t len;
    int r = list_entities(d, "user", &users, &len);

    if (r < 0)
        return r;
    list->items = arena_array(d->call->arena, len, struct iam_UserDetail);
    for (; list->len < len && r == 0; list->len++)
        r = show_user(d->call, &users[list->len], &list->items[list->len]);
    return r;
}

static int list_groups(struct details *d)
{
    struct iam_groupDetailListType *list = &d->out->GroupDetailList;
    struct entity *groups;
    size_t len;
    int r = list_entities(d, "group", &groups, &len);

    if (r < 0)
        return r;
    list->items = arena_array(d->call->arena, len, struct iam_GroupDetail);
    for (; list->len < len && r == 0; list->len++)
        r = show_group(d->call, &groups[list->len], &list->items[list->len]);
    return r;
}

static int list_roles(struct details *d)
{
    struct iam_roleDetailListType *list = &d->out->RoleDetailList;
    struct entity *roles;
    size_t len;
    int r = list_entities(d, "role", &roles, &len);

    if (r < 0)
        return r;
    list->items = arena_array(d->call->arena, len, struct iam_RoleDetail);
    for (; list->len < len && r == 0; list->len++)
        r = show_role(d->call, &roles[list->len], &list->items[list->len]);
    return r;
}

/* ---- Policies ------------------------------------------------------------------------- */

/* What has been shown of policies, with room for `more`. */
static struct iam_ManagedPolicyDetail *more_policies(struct details *d, size_t more)
{
    struct iam_ManagedPolicyDetailListType *list = &d->out->Policies;
    struct iam_ManagedPolicyDetail *items =
            arena_array(d->call->arena, list->len + more, struct iam_ManagedPolicyDetail);

    for (size_t i = 0; i < list->len; i++)
        items[i] = list->items[i];
    list->items = items;
    return items + list->len;
}

static int show_versions(
        struct call *call, str arn, int64_t current, struct iam_policyDocumentVersionListType *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select version, document, created from iam_policy_version where arn = $1"
            " order by version desc limit $2",
            arn, (int64_t)IAM_MAX_VERSIONS);

    if (r < 0)
        return r;
    ret->is_set = true;
    ret->len = rows.len;
    ret->items = arena_array(call->arena, rows.len, struct iam_PolicyVersion);
    for (size_t i = 0; i < rows.len; i++) {
        int64_t version = row_int(&rows.items[i], 0);
        ret->items[i] = (struct iam_PolicyVersion){
                .Document = document_encode(call, row_text(&rows.items[i], 1)),
                .VersionId = str_printf(call->arena, "v%lld", (long long)version),
                .IsDefaultVersion = SOME_BOOL(version == current),
                .CreateDate = SOME_TIME(row_int(&rows.items[i], 2)),
        };
    }
    return 0;
}

static int list_own_policies(struct details *d)
{
    struct call *call = d->call;
    struct iam_ManagedPolicyDetail *items;
    struct db_rows rows;
    size_t len;
    int r = db_query(call->tx, &rows,
            "select p.name, p.id, p.arn, p.path, p.description, p.created, p.updated,"
            " p.default_version,"
            " (select count(*) from iam_attachment a where a.account = $1 and a.policy = p.arn),"
            " (select count(*) from iam_entity e where e.account = $1 and e.boundary = p.arn),"
            " p.name_key from iam_policy p where p.account = $1 and p.name_key > $2"
            " order by p.name_key limit $3",
            call->account, d->after, (int64_t)d->room + 1);

    if (r < 0)
        return r;
    len = take(d, &rows, 10);
    items = more_policies(d, len);
    for (size_t i = 0; i < len; i++) {
        const struct db_row *row = &rows.items[i];
        items[i] = (struct iam_ManagedPolicyDetail){
                .PolicyName = row_text(row, 0),
                .PolicyId = row_text(row, 1),
                .Arn = row_text(row, 2),
                .Path = row_text(row, 3),
                .Description = row_text(row, 4),
                .CreateDate = SOME_TIME(row_int(row, 5)),
                .UpdateDate = SOME_TIME(row_int(row, 6)),
                .DefaultVersionId = str_printf(call->arena, "v%lld", (long long)row_int(row, 7)),
                .AttachmentCount = SOME_INT(row_int(row, 8)),
                .PermissionsBoundaryUsageCount = SOME_INT(row_int(row, 9)),
                .IsAttachable = SOME_BOOL(true),
        };
        r = show_versions(call, items[i].Arn, row_int(row, 7), &items[i].PolicyVersionList);
        if (r < 0)
            return r;
        d->out->Policies.len++;
    }
    return 0;
}

static struct iam_ManagedPolicyDetail show_managed(
        struct call *call, const struct managed_policy *policy, const struct db_row *row)
{
    struct iam_PolicyVersion *version = arena_new(call->arena, struct iam_PolicyVersion);

    *version = (struct iam_PolicyVersion){
            .Document = document_encode(call, policy->document),
            .VersionId = STR("v1"),
            .IsDefaultVersion = SOME_BOOL(true),
            .CreateDate = SOME_TIME(MANAGED_CREATED_MS),
    };
    return (struct iam_ManagedPolicyDetail){
            .PolicyName = policy->name,
            .PolicyId = policy->id,
            .Arn = policy->arn,
            .Path = policy->path,
            .Description = policy->description,
            .CreateDate = SOME_TIME(MANAGED_CREATED_MS),
            .UpdateDate = SOME_TIME(MANAGED_CREATED_MS),
            .DefaultVersionId = STR("v1"),
            .AttachmentCount = SOME_INT(row_int(row, 1)),
            .PermissionsBoundaryUsageCount = SOME_INT(row_int(row, 2)),
            .IsAttachable = SOME_BOOL(true),
            .PolicyVersionList = {version, 1, true},
    };
}

/* Those of AWS that are in use, by ARN. */
static int list_managed(struct details *d)
{
    struct iam_ManagedPolicyDetail *items;
    struct db_rows rows;
    size_t len, before = d->out->Policies.len;
    int r = db_query(d->call->tx, &rows,
            "select arn, sum(attached), sum(bounded) from (select policy as arn, 1 as attached,"
            " 0 as bounded from iam_attachment where account = $1 and policy like "
            "'arn:aws:iam::aws:%'"
            " union all select boundary, 0, 1 from iam_entity where account = $1 and"
            " boundary like 'arn:aws:iam::aws:%') as used where arn > $2 group by arn order by arn"
            " limit $3",
            d->call->account, d->after, (int64_t)d->room + 1);

    if (r < 0)
        return r;
    len = take(d, &rows, 0);
    items = more_policies(d, len);
    for (size_t i = 0; i < len; i++) {
        struct managed_policy policy;
        if (managed_find(row_text(&rows.items[i], 0), &policy))
            items[d->out->Policies.len++ - before] = show_managed(d->call, &policy, &rows.items[i]);
    }
    return 0;
}

/* ---- Sections ------------------------------------------------------------------------- */

static const struct section {
    const char *filter;
    section_fn *list;
} sections[] = {
        {"User", list_users},
        {"Group", list_groups},
        {"Role", list_roles},
        {"LocalManagedPolicy", list_own_policies},
        {"AWSManagedPolicy", list_managed},
};

enum {
    SECTIONS = sizeof(sections) / sizeof(sections[0])
};

static bool is_wanted(const struct str_list *filter, const struct section *section)
{
    for (size_t i = 0; i < filter->len; i++)
        if (str_eq(filter->items[i], str_of(section->filter)))
            return true;
    return filter->len == 0;
}

/* "2/name": the section to go on with, and after which of its names. */
static size_t parse_position(str position, str *ret_after)
{
    *ret_after = STR("");
    if (position.len < 2 || position.ptr[0] < '0' || position.ptr[0] >= '0' + SECTIONS)
        return 0;
    *ret_after = str_skip(position, 2);
    return (size_t)(position.ptr[0] - '0');
}

int iam_GetAccountAuthorizationDetails(struct call *call,
        const struct iam_GetAccountAuthorizationDetailsRequest *in,
        struct iam_GetAccountAuthorizationDetailsResponse *out)
{
    struct details d = {.call = call, .out = out};
    struct page page;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);
    size_t first;

    if (r < 0)
        return r;
    first = parse_position(page.after, &d.after);
    d.room = (size_t)(page.limit < DETAILS_MAX ? page.limit : DETAILS_MAX);
    out->UserDetailList.is_set = out->GroupDetailList.is_set = out->RoleDetailList.is_set =
            out->Policies.is_set = true;
    out->IsTruncated = SOME_BOOL(false);
    for (size_t i = first; i < SECTIONS; i++) {
        if (i > first)
            d.after = STR("");
        if (!is_wanted(&in->Filter, &sections[i]))
            continue;
        d.last = d.after;
        r = sections[i].list(&d);
        if (r < 0)
            return r;
        if (!d.is_more)
            continue;
        out->IsTruncated = SOME_BOOL(true);
        out->Marker = page_seal(call, str_printf(call->arena, "%zu/%.*s", i, STR_ARG(d.last)));
        break;
    }
    return 0;
}
