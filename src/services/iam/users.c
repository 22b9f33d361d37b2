#include "base/random.h"
#include "services/iam/tag_list.h"

static int user_from(
        struct call *call, const struct entity *entity, bool is_listed, struct iam_User *ret)
{
    *ret = (struct iam_User){
            .Path = entity->path,
            .UserName = str_eq(entity->kind, STR("root")) ? (str){0} : entity->name,
            .UserId = entity->id,
            .Arn = entity->arn,
            .CreateDate = SOME_TIME(entity->created),
    };
    if (is_listed) /* lists leave these out */
        return 0;
    ret->PermissionsBoundary = entity_boundary(call, entity->boundary);
    return tag_list_read(call, entity->tags, &ret->Tags);
}

int iam_CreateUser(struct call *call, const struct iam_CreateUserRequest *in,
        struct iam_CreateUserResponse *out)
{
    struct entity user = {
            .id = random_id(call->arena, STR("AIDA"), RANDOM_BASE32, 17),
            .account = call->account,
            .kind = STR("user"),
            .name = in->UserName,
            .path = in->Path.ptr ? in->Path : STR("/"),
            .created = call->now,
            .boundary = in->PermissionsBoundary,
            .tags = tag_list_json(call, &in->Tags),
    };
    int r = tag_list_check(call, &in->Tags);

    if (r == 0)
        r = entity_check_boundary(call, user.boundary);
    if (r == 0)
        r = entity_insert(call, &user);
    if (r == 0)
        r = entity_find_id(call->tx, user.id, &user);
    if (r < 0)
        return r;
    out->User = arena_new(call->arena, struct iam_User);
    return user_from(call, &user, false, out->User);
}

int iam_GetUser(
        struct call *call, const struct iam_GetUserRequest *in, struct iam_GetUserResponse *out)
{
    struct entity user;
    int r = entity_open_user(call, in->UserName, &user);

    if (r < 0)
        return r;
    out->User = arena_new(call->arena, struct iam_User);
    return user_from(call, &user, false, out->User);
}

int user_listed(struct call *call, const struct db_row *row, struct iam_User *ret)
{
    struct entity user;

    entity_from_row(call->arena, row, &user);
    return user_from(call, &user, true, ret);
}

int user_list(
        struct call *call, const struct db_rows *rows, size_t len, struct iam_userListType *ret)
{
    *ret = (struct iam_userListType){arena_array(call->arena, len, struct iam_User), len, true};
    for (size_t i = 0; i < len; i++) {
        int r = user_listed(call, &rows->items[i], &ret->items[i]);
        if (r < 0)
            return r;
    }
    return 0;
}

int iam_ListUsers(
        struct call *call, const struct iam_ListUsersRequest *in, struct iam_ListUsersResponse *out)
{
    struct page page;
    struct db_rows rows;
    size_t len;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r == 0)
        r = entity_list(call, "user", in->PathPrefix, page.after, page.limit, &rows);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, ENTITY_NAME_KEY, &out->IsTruncated, &out->Marker);
    return user_list(call, &rows, len, &out->Users);
}

int iam_UpdateUser(struct call *call, const struct iam_UpdateUserRequest *in, void *out)
{
    struct entity user;
    int r = entity_open(call, "user", in->UserName, &user);

    (void)out;
    return r < 0 ? r : entity_rename(call, &user, in->NewUserName, in->NewPath);
}

int iam_DeleteUser(struct call *call, const struct iam_DeleteUserRequest *in, void *out)
{
    struct entity user;
    int r = entity_open(call, "user", in->UserName, &user);

    (void)out;
    return r < 0 ? r : entity_delete(call, &user);
}
