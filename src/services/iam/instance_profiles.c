/*
 * Instance profiles: a name under which a host is given a role, of which there is one at most.
 */
#include "services/iam/instance_profiles.h"

#include "base/random.h"
#include "services/iam/tag_list.h"

#define PROFILE_COLUMNS                                                                            \
    "p.id, p.name, p.path, p.created, p.tags, p.name_key, e.id, e.account, e.kind, e.name,"        \
    " e.path, e.created, e.boundary, e.tags, e.trust, e.description, e.max_session"
#define PROFILE_TABLES " from iam_instance_profile p left join iam_entity e on e.id = p.role"

enum {
    NAME_KEY = 5,
    ROLE = 6, /* its first column */
};

struct profile {
    str id; /* AIPA… */
    str name;
    str path;
    str arn;
    int64_t created;
    str tags;
    bool has_role;
    struct entity role;
};

/* ---- Rows ----------------------------------------------------------------------------- */

static str profile_arn(struct call *call, str path, str name)
{
    return str_printf(call->arena, "arn:aws:iam::%.*s:instance-profile%.*s%.*s",
            STR_ARG(call->account), STR_ARG(path), STR_ARG(name));
}

static void profile_from_row(struct call *call, const struct db_row *row, struct profile *ret)
{
    const struct db_row role = {row->columns + ROLE, row->len - ROLE};

    *ret = (struct profile){
            .id = row_text(row, 0),
            .name = row_text(row, 1),
            .path = row_text(row, 2),
            .created = row_int(row, 3),
            .tags = row_text(row, 4),
            .has_role = row_text(row, ROLE).ptr != NULL,
    };
    ret->arn = profile_arn(call, ret->path, ret->name);
    if (ret->has_role)
        entity_from_row(call->arena, &role, &ret->role);
}

static int find(struct call *call, str name, struct profile *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " PROFILE_COLUMNS PROFILE_TABLES
            " where p.account = $1 and p.name_key = $2 and p.name = $3",
            call->account, entity_key(call->arena, name), name);

    if (r > 0)
        profile_from_row(call, row, ret);
    return r;
}

/* As entity_open(). */
static int open_profile(struct call *call, str name, struct profile *ret)
{
    struct profile profile = {0};
    int found = find(call, name, &profile), r;

    if (found < 0)
        return found;
    r = authorize(
            call, entity_action(call), found ? profile.arn : profile_arn(call, STR("/"), name));
    if (r < 0)
        return r;
    if (!found)
        return call_fail(call, &iam_NoSuchEntityException, "Instance Profile %.*s cannot be found.",
                STR_ARG(name));
    *ret = profile;
    return 0;
}

int instance_profile_tags(struct call *call, const struct arn *arn, str text, str *ret)
{
    ptrdiff_t slash = str_rfind_char(arn->resource, '/');
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select tags from iam_instance_profile where account = $1 and name_key = $2 and"
            " 'arn:aws:iam::' || account || ':instance-profile' || path || name = $3",
            arn->account, entity_key(call->arena, str_skip(arn->resource, (size_t)(slash + 1))),
            text);

    *ret = r > 0 ? row_text(row, 0) : (str){0};
    return r;
}

/* ---- As the API shows them ------------------------------------------------------------ */

static int shown(struct call *call, const struct profile *profile, bool is_listed,
        struct iam_InstanceProfile *ret)
{
    *ret = (struct iam_InstanceProfile){
            .Path = profile->path,
            .InstanceProfileName = profile->name,
            .InstanceProfileId = profile->id,
            .Arn = profile->arn,
            .CreateDate = SOME_TIME(profile->created),
            .Roles = {.is_set = true},
    };
    if (profile->has_role) {
        ret->Roles.items = arena_new(call->arena, struct iam_Role);
        ret->Roles.len = 1;
        int r = role_shown(call, &profile->role, true, ret->Roles.items);
        if (r < 0)
            return r;
    }
    return is_listed ? 0 : tag_list_read(call, profile->tags, &ret->Tags);
}

static int shown_rows(struct call *call, const struct db_rows *rows, size_t len,
        struct iam_instanceProfileListType *ret)
{
    ret->is_set = true;
    ret->items = arena_array(call->arena, len, struct iam_InstanceProfile);
    for (size_t i = 0; i < len; i++) {
        struct profile profile;
        profile_from_row(call, &rows->items[i], &profile);
        int r = shown(call, &profile, true, &ret->items[ret->len++]);
        if (r < 0)
            return r;
    }
    return 0;
}

static int of_role(
        struct call *call, const struct entity *role, str after, int64_t limit, struct db_rows *ret)
{
    return db_query(call->tx, ret,
            "select " PROFILE_COLUMNS PROFILE_TABLES
            " where p.role = $1 and p.name_key > $2 order by p.name_key limit $3",
            role->id, after.ptr ? after : STR(""), limit);
}

int instance_profiles_of_role(
        struct call *call, const struct entity *role, struct iam_instanceProfileListType *ret)
{
    struct db_rows rows;
    int r = of_role(call, role, (str){0}, IAM_PAGE_MAX, &rows);

    return r < 0 ? r : shown_rows(call, &rows, rows.len, ret);
}

/* ---- Handlers ------------------------------------------------------------------------- */

static int check_quota(struct call *call)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select 1 from iam_instance_profile where account = $1 order by name_key"
            " limit 1 offset $2",
            call->account, (int64_t)IAM_MAX_INSTANCE_PROFILES - 1);

    if (r > 0)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for InstanceProfilesPerAccount: %d",
                IAM_MAX_INSTANCE_PROFILES);
    return r;
}

int iam_CreateInstanceProfile(struct call *call, const struct iam_CreateInstanceProfileRequest *in,
        struct iam_CreateInstanceProfileResponse *out)
{
    struct profile profile;
    int r = tag_list_check(call, &in->Tags);

    if (r == 0)
        r = check_quota(call);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into iam_instance_profile (id, account, name, name_key, path, created, tags)"
            " values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            random_id(call->arena, STR("AIPA"), RANDOM_BASE32, 17), call->account,
            in->InstanceProfileName, entity_key(call->arena, in->InstanceProfileName),
            in->Path.ptr ? in->Path : STR("/"), call->now, tag_list_json(call, &in->Tags));
    if (r == 0)
        return call_fail(call, &iam_EntityAlreadyExistsException,
                "Instance Profile %.*s already exists.", STR_ARG(in->InstanceProfileName));
    if (r > 0)
        r = find(call, in->InstanceProfileName, &profile);
    if (r < 0)
        return r;
    out->InstanceProfile = arena_new(call->arena, struct iam_InstanceProfile);
    return shown(call, &profile, false, out->InstanceProfile);
}

int iam_GetInstanceProfile(struct call *call, const struct iam_GetInstanceProfileRequest *in,
        struct iam_GetInstanceProfileResponse *out)
{
    struct profile profile;
    int r = open_profile(call, in->InstanceProfileName, &profile);

    if (r < 0)
        return r;
    out->InstanceProfile = arena_new(call->arena, struct iam_InstanceProfile);
    return shown(call, &profile, false, out->InstanceProfile);
}

int iam_ListInstanceProfiles(struct call *call, const struct iam_ListInstanceProfilesRequest *in,
        struct iam_ListInstanceProfilesResponse *out)
{
    str prefix = in->PathPrefix.ptr ? in->PathPrefix : STR("/");
    struct db_rows rows;
    struct page page;
    size_t len;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select " PROFILE_COLUMNS PROFILE_TABLES " where p.account = $1 and p.name_key > $2 and"
            " substr(p.path, 1, cast($3 as integer)) = $4 order by p.name_key limit $5",
            call->account, page.after.ptr ? page.after : STR(""), (int64_t)prefix.len, prefix,
            page.limit + 1);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, NAME_KEY, &out->IsTruncated, &out->Marker);
    return shown_rows(call, &rows, len, &out->InstanceProfiles);
}

int iam_ListInstanceProfilesForRole(struct call *call,
        const struct iam_ListInstanceProfilesForRoleRequest *in,
        struct iam_ListInstanceProfilesForRoleResponse *out)
{
    struct entity role;
    struct db_rows rows;
    struct page page;
    size_t len;
    int r = entity_open(call, "role", in->RoleName, &role);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r == 0)
        r = of_role(call, &role, page.after, page.limit + 1, &rows);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, NAME_KEY, &out->IsTruncated, &out->Marker);
    return shown_rows(call, &rows, len, &out->InstanceProfiles);
}

int iam_DeleteInstanceProfile(
        struct call *call, const struct iam_DeleteInstanceProfileRequest *in, void *out)
{
    struct profile profile;
    int r = open_profile(call, in->InstanceProfileName, &profile);

    (void)out;
    if (r < 0)
        return r;
    if (profile.has_role)
        return call_fail(call, &iam_DeleteConflictException,
                "Cannot delete entity, must remove roles from instance profile first.");
    r = db_exec(call->tx, "delete from iam_instance_profile where id = $1", profile.id);
    return r < 0 ? r : 0;
}

static int find_role(struct call *call, str name, struct entity *ret)
{
    int r = entity_find(call->tx, call->account, "role", name, ret);

    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "The role with name %.*s cannot be found.", STR_ARG(name));
    return r < 0 ? r : 0;
}

static int set_role(struct call *call, const struct profile *profile, str role)
{
    int r = db_exec(
            call->tx, "update iam_instance_profile set role = $1 where id = $2", role, profile->id);

    return r < 0 ? r : 0;
}

int iam_AddRoleToInstanceProfile(
        struct call *call, const struct iam_AddRoleToInstanceProfileRequest *in, void *out)
{
    struct profile profile;
    struct entity role;
    int r = open_profile(call, in->InstanceProfileName, &profile);

    (void)out;
    if (r == 0)
        r = find_role(call, in->RoleName, &role);
    if (r == 0)
        r = iam_pass_role(call, role.arn, STR("ec2.amazonaws.com"));
    if (r == 0)
        r = entity_check_modifiable(call, &role);
    if (r < 0)
        return r;
    if (profile.has_role)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    return set_role(call, &profile, role.id);
}

int iam_RemoveRoleFromInstanceProfile(
        struct call *call, const struct iam_RemoveRoleFromInstanceProfileRequest *in, void *out)
{
    struct profile profile;
    struct entity role;
    int r = open_profile(call, in->InstanceProfileName, &profile);

    (void)out;
    if (r == 0)
        r = find_role(call, in->RoleName, &role);
    if (r < 0)
        return r;
    if (!profile.has_role || !str_eq(profile.role.id, role.id))
        return call_fail(call, &iam_NoSuchEntityException,
                "Role %.*s is not in Instance Profile %.*s.", STR_ARG(role.name),
                STR_ARG(profile.name));
    return set_role(call, &profile, (str){0});
}

/* ---- Tags ----------------------------------------------------------------------------- */

static int store_tags(struct call *call, const struct profile *profile, str json)
{
    int r = db_exec(
            call->tx, "update iam_instance_profile set tags = $1 where id = $2", json, profile->id);

    return r < 0 ? r : 0;
}

int iam_TagInstanceProfile(
        struct call *call, const struct iam_TagInstanceProfileRequest *in, void *out)
{
    struct profile profile;
    str json = {0};
    int r = open_profile(call, in->InstanceProfileName, &profile);

    (void)out;
    if (r == 0)
        r = tag_list_merge(call, profile.tags, &in->Tags, &json);
    return r < 0 ? r : store_tags(call, &profile, json);
}

int iam_UntagInstanceProfile(
        struct call *call, const struct iam_UntagInstanceProfileRequest *in, void *out)
{
    struct profile profile;
    str json = {0};
    int r = open_profile(call, in->InstanceProfileName, &profile);

    (void)out;
    if (r == 0)
        r = tag_list_without(call, profile.tags, &in->TagKeys, &json);
    return r < 0 ? r : store_tags(call, &profile, json);
}

int iam_ListInstanceProfileTags(struct call *call,
        const struct iam_ListInstanceProfileTagsRequest *in,
        struct iam_ListInstanceProfileTagsResponse *out)
{
    struct profile profile;
    int r = open_profile(call, in->InstanceProfileName, &profile);

    return r < 0 ? r
                 : tag_list_page(call, profile.tags, in->Marker, in->MaxItems, &out->Tags,
                           &out->IsTruncated, &out->Marker);
}
