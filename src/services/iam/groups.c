#include "base/random.h"
#include "services/iam/entity.h"

static struct iam_Group group_from(const struct entity *entity)
{
    return (struct iam_Group){
            .Path = entity->path,
            .GroupName = entity->name,
            .GroupId = entity->id,
            .Arn = entity->arn,
            .CreateDate = SOME_TIME(entity->created),
    };
}

static struct iam_Group *group_new(struct call *call, const struct entity *entity)
{
    struct iam_Group *group = arena_new(call->arena, struct iam_Group);

    *group = group_from(entity);
    return group;
}

/* A page of rows of ENTITY_COLUMNS, name_key. */
static void fill_groups(
        struct call *call, const struct db_rows *rows, size_t len, struct iam_groupListType *ret)
{
    *ret = (struct iam_groupListType){arena_array(call->arena, len, struct iam_Group), len, true};
    for (size_t i = 0; i < len; i++) {
        struct entity entity;
        entity_from_row(call->arena, &rows->items[i], &entity);
        ret->items[i] = group_from(&entity);
    }
}

int iam_CreateGroup(struct call *call, const struct iam_CreateGroupRequest *in,
        struct iam_CreateGroupResponse *out)
{
    struct entity group = {
            .id = random_id(call->arena, STR("AGPA"), RANDOM_BASE32, 17),
            .account = call->account,
            .kind = STR("group"),
            .name = in->GroupName,
            .path = in->Path.ptr ? in->Path : STR("/"),
            .created = call->now,
    };
    int r = entity_insert(call, &group);

    if (r == 0)
        r = entity_find_id(call->tx, group.id, &group);
    if (r < 0)
        return r;
    out->Group = group_new(call, &group);
    return 0;
}

int iam_ListGroups(struct call *call, const struct iam_ListGroupsRequest *in,
        struct iam_ListGroupsResponse *out)
{
    struct page page;
    struct db_rows rows;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r == 0)
        r = entity_list(call, "group", in->PathPrefix, page.after, page.limit, &rows);
    if (r < 0)
        return r;
    fill_groups(call, &rows,
            page_end_rows(call, &page, &rows, ENTITY_NAME_KEY, &out->IsTruncated, &out->Marker),
            &out->Groups);
    return 0;
}

int iam_UpdateGroup(struct call *call, const struct iam_UpdateGroupRequest *in, void *out)
{
    struct entity group;
    int r = entity_open(call, "group", in->GroupName, &group);

    (void)out;
    return r < 0 ? r : entity_rename(call, &group, in->NewGroupName, in->NewPath);
}

int iam_DeleteGroup(struct call *call, const struct iam_DeleteGroupRequest *in, void *out)
{
    struct entity group;
    int r = entity_open(call, "group", in->GroupName, &group);

    (void)out;
    return r < 0 ? r : entity_delete(call, &group);
}

/* ---- Who is in it ------------------------------------------------------------------ */

static int open_both(struct call *call, str group_name, str user_name, struct entity *ret_group,
        struct entity *ret_user)
{
    int r = entity_open(call, "group", group_name, ret_group);

    if (r < 0)
        return r;
    r = entity_find(call->tx, call->account, "user", user_name, ret_user);
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "The user with name %.*s cannot be found.", STR_ARG(user_name));
    return r < 0 ? r : 0;
}

int iam_AddUserToGroup(struct call *call, const struct iam_AddUserToGroupRequest *in, void *out)
{
    struct entity group, user;
    struct db_rows others;
    int r = open_both(call, in->GroupName, in->UserName, &group, &user);

    (void)out;
    if (r < 0)
        return r;
    r = db_query(call->tx, &others,
            "select group_id from iam_membership where user_id = $1 and group_id <> $2 limit 100",
            user.id, group.id);
    if (r < 0)
        return r;
    if (others.len >= IAM_MAX_GROUPS_PER_USER)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for GroupsPerUser: %d", IAM_MAX_GROUPS_PER_USER);
    r = db_exec(call->tx,
            "insert into iam_membership (account, group_id, user_id) values ($1, $2, $3)"
            " on conflict do nothing",
            call->account, group.id, user.id);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

int iam_RemoveUserFromGroup(
        struct call *call, const struct iam_RemoveUserFromGroupRequest *in, void *out)
{
    struct entity group, user;
    int r = open_both(call, in->GroupName, in->UserName, &group, &user);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx, "delete from iam_membership where user_id = $1 and group_id = $2",
            user.id, group.id);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

int iam_GetGroup(
        struct call *call, const struct iam_GetGroupRequest *in, struct iam_GetGroupResponse *out)
{
    struct entity group;
    struct page page;
    struct db_rows rows;
    int r = entity_open(call, "group", in->GroupName, &group);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select " ENTITY_COLUMNS ", name_key from iam_entity where id in"
            " (select user_id from iam_membership where group_id = $1) and name_key > $2"
            " order by name_key limit $3",
            group.id, page.after.ptr ? page.after : STR(""), page.limit + 1);
    if (r < 0)
        return r;
    out->Group = group_new(call, &group);
    return user_list(call, &rows,
            page_end_rows(call, &page, &rows, ENTITY_NAME_KEY, &out->IsTruncated, &out->Marker),
            &out->Users);
}

int iam_ListGroupsForUser(struct call *call, const struct iam_ListGroupsForUserRequest *in,
        struct iam_ListGroupsForUserResponse *out)
{
    struct entity user;
    struct page page;
    struct db_rows rows;
    int r = entity_open(call, "user", in->UserName, &user);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r == 0)
        r = entity_groups(call->tx, &user, page.after, page.limit, &rows);
    if (r < 0)
        return r;
    fill_groups(call, &rows,
            page_end_rows(call, &page, &rows, ENTITY_NAME_KEY, &out->IsTruncated, &out->Marker),
            &out->Groups);
    return 0;
}
