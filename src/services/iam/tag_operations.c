/* Tag…, Untag… and List…Tags of users, roles, policies and MFA devices. */
#include "services/iam/mfa.h"
#include "services/iam/policy_row.h"
#include "services/iam/tag_list.h"

static int store(struct call *call, const struct entity *entity, str json)
{
    int r = db_exec(call->tx, "update iam_entity set tags = $1 where id = $2", json, entity->id);

    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

static int tag(struct call *call, const char *kind, str name, const struct iam_tagListType *tags)
{
    struct entity entity;
    str json = {0};
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = tag_list_merge(call, entity.tags, tags, &json);
    return r < 0 ? r : store(call, &entity, json);
}

static int untag(struct call *call, const char *kind, str name, const struct str_list *keys)
{
    struct entity entity;
    str json = {0};
    int r = entity_open(call, kind, name, &entity);

    if (r == 0)
        r = tag_list_without(call, entity.tags, keys, &json);
    return r < 0 ? r : store(call, &entity, json);
}

int iam_TagUser(struct call *call, const struct iam_TagUserRequest *in, void *out)
{
    (void)out;
    return tag(call, "user", in->UserName, &in->Tags);
}

int iam_UntagUser(struct call *call, const struct iam_UntagUserRequest *in, void *out)
{
    (void)out;
    return untag(call, "user", in->UserName, &in->TagKeys);
}

int iam_ListUserTags(struct call *call, const struct iam_ListUserTagsRequest *in,
        struct iam_ListUserTagsResponse *out)
{
    struct entity user;
    int r = entity_open(call, "user", in->UserName, &user);

    return r < 0 ? r
                 : tag_list_page(call, user.tags, in->Marker, in->MaxItems, &out->Tags,
                           &out->IsTruncated, &out->Marker);
}

int iam_TagRole(struct call *call, const struct iam_TagRoleRequest *in, void *out)
{
    (void)out;
    return tag(call, "role", in->RoleName, &in->Tags);
}

int iam_UntagRole(struct call *call, const struct iam_UntagRoleRequest *in, void *out)
{
    (void)out;
    return untag(call, "role", in->RoleName, &in->TagKeys);
}

int iam_ListRoleTags(struct call *call, const struct iam_ListRoleTagsRequest *in,
        struct iam_ListRoleTagsResponse *out)
{
    struct entity role;
    int r = entity_open(call, "role", in->RoleName, &role);

    return r < 0 ? r
                 : tag_list_page(call, role.tags, in->Marker, in->MaxItems, &out->Tags,
                           &out->IsTruncated, &out->Marker);
}

/* ---- Policies ---------------------------------------------------------------------- */

static int store_policy(struct call *call, str arn, str json)
{
    int r = db_exec(call->tx, "update iam_policy set tags = $1 where arn = $2", json, arn);

    return r < 0 ? r : 0;
}

int iam_TagPolicy(struct call *call, const struct iam_TagPolicyRequest *in, void *out)
{
    str json = {0};
    int r = policy_tags(call, in->PolicyArn, &json);

    (void)out;
    if (r == 0)
        r = tag_list_merge(call, json, &in->Tags, &json);
    return r < 0 ? r : store_policy(call, in->PolicyArn, json);
}

int iam_UntagPolicy(struct call *call, const struct iam_UntagPolicyRequest *in, void *out)
{
    str json = {0};
    int r = policy_tags(call, in->PolicyArn, &json);

    (void)out;
    if (r == 0)
        r = tag_list_without(call, json, &in->TagKeys, &json);
    return r < 0 ? r : store_policy(call, in->PolicyArn, json);
}

int iam_ListPolicyTags(struct call *call, const struct iam_ListPolicyTagsRequest *in,
        struct iam_ListPolicyTagsResponse *out)
{
    str json = {0};
    int r = policy_tags(call, in->PolicyArn, &json);

    return r < 0 ? r
                 : tag_list_page(call, json, in->Marker, in->MaxItems, &out->Tags,
                           &out->IsTruncated, &out->Marker);
}

/* ---- MFA devices ------------------------------------------------------------------- */

static int store_device(struct call *call, const struct mfa_device *device, str json)
{
    int r = db_exec(call->tx, "update iam_mfa_device set tags = $1 where serial = $2", json,
            device->serial);

    return r < 0 ? r : 0;
}

int iam_TagMFADevice(struct call *call, const struct iam_TagMFADeviceRequest *in, void *out)
{
    struct mfa_device device;
    str json = {0};
    int r = mfa_open(call, in->SerialNumber, &device);

    (void)out;
    if (r == 0)
        r = tag_list_merge(call, device.tags, &in->Tags, &json);
    return r < 0 ? r : store_device(call, &device, json);
}

int iam_UntagMFADevice(struct call *call, const struct iam_UntagMFADeviceRequest *in, void *out)
{
    struct mfa_device device;
    str json = {0};
    int r = mfa_open(call, in->SerialNumber, &device);

    (void)out;
    if (r == 0)
        r = tag_list_without(call, device.tags, &in->TagKeys, &json);
    return r < 0 ? r : store_device(call, &device, json);
}

int iam_ListMFADeviceTags(struct call *call, const struct iam_ListMFADeviceTagsRequest *in,
        struct iam_ListMFADeviceTagsResponse *out)
{
    struct mfa_device device;
    int r = mfa_open(call, in->SerialNumber, &device);

    return r < 0 ? r
                 : tag_list_page(call, device.tags, in->Marker, in->MaxItems, &out->Tags,
                           &out->IsTruncated, &out->Marker);
}
