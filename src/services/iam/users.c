#include "base/random.h"
#include "services/iam/entity.h"

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
    return entity_tags(call, entity->tags, &ret->Tags);
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
            .tags = entity_tags_json(call, &in->Tags),
    };
    int r = entity_check_tags(call, &in->Tags);

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
    len = page_end(call, &page, rows.len,
            rows.len > (size_t)page.limit ? row_text(&rows.items[page.limit - 1], 11) : (str){0},
            &out->IsTruncated, &out->Marker);
    out->Users.is_set = true;
    out->Users.items = arena_array(call->arena, len, struct iam_User);
    for (size_t i = 0; i < len; i++) {
        struct entity user;
        entity_from_row(call->arena, &rows.items[i], &user);
        r = user_from(call, &user, true, &out->Users.items[out->Users.len++]);
        if (r < 0)
            return r;
    }
    return 0;
}

int iam_UpdateUser(struct call *call, const struct iam_UpdateUserRequest *in, void *out)
{
    struct entity user;
    const struct db_row *other;
    str name, path;
    int r = entity_open(call, "user", in->UserName, &user);

    (void)out;
    if (r < 0)
        return r;
    name = in->NewUserName.ptr ? in->NewUserName : user.name;
    path = in->NewPath.ptr ? in->NewPath : user.path;
    /* Renaming needs the permission on what the user becomes, too. */
    r = authorize(call, entity_action(call),
            str_printf(call->arena, "arn:aws:iam::%.*s:user%.*s%.*s", STR_ARG(call->account),
                    STR_ARG(path), STR_ARG(name)));
    if (r < 0)
        return r;
    r = db_one(call->tx, &other,
            "select id from iam_entity where account = $1 and kind = 'user' and name_key = $2",
            call->account, entity_key(call->arena, name));
    if (r < 0)
        return r;
    if (r > 0 && !str_eq(row_text(other, 0), user.id))
        return call_fail(call, &iam_EntityAlreadyExistsException,
                "User with name %.*s already exists.", STR_ARG(name));
    r = db_exec(call->tx, "update iam_entity set name = $1, name_key = $2, path = $3 where id = $4",
            name, entity_key(call->arena, name), path, user.id);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

int iam_DeleteUser(struct call *call, const struct iam_DeleteUserRequest *in, void *out)
{
    struct entity user;
    int r = entity_open(call, "user", in->UserName, &user);

    (void)out;
    return r < 0 ? r : entity_delete(call, &user);
}
