/*
 * tags - AddTags, RemoveTags, ListTags
 */
#include "services/cloudtrail/trail.h"

enum {
    MAX_RESOURCES = 20, /* of one ListTags */
};

static int check_tags(struct call *call, const struct cloudtrail_TagsList *tags)
{
    for (size_t i = 0; i < tags->len; i++) {
        if (str_eq_nocase(str_head(tags->items[i].Key, 4), STR("aws:")))
            return call_fail(call, &cloudtrail_InvalidTagParameterException,
                    "Tag keys that begin with aws: are reserved for AWS.");
        for (size_t k = 0; k < i; k++)
            if (str_eq(tags->items[i].Key, tags->items[k].Key))
                return call_fail(call, &cloudtrail_InvalidTagParameterException,
                        "The tag key %.*s is given more than once.", STR_ARG(tags->items[i].Key));
    }
    return 0;
}

int trail_put_tags(
        struct call *call, const struct trail *trail, const struct cloudtrail_TagsList *tags)
{
    const struct db_row *row;
    int r = check_tags(call, tags);

    for (size_t i = 0; i < tags->len && r >= 0; i++)
        r = db_exec(call->tx,
                "insert into cloudtrail_tag (trail, name, value) values ($1, $2, $3) on conflict "
                "(trail, name) do update set value = excluded.value",
                trail->id, tags->items[i].Key,
                tags->items[i].Value.ptr ? tags->items[i].Value : STR(""));
    if (r >= 0)
        r = db_one(
                call->tx, &row, "select count(*) from cloudtrail_tag where trail = $1", trail->id);
    if (r >= 0 && row_int(row, 0) > TRAIL_MAX_TAGS)
        return call_fail(call, &cloudtrail_TagsLimitExceededException,
                "The number of tags per trail, event data store, dashboard or channel must not "
                "exceed %d.",
                TRAIL_MAX_TAGS);
    return r < 0 ? r : 0;
}

/* Only ARNs name what is tagged; what is no trail cannot be there. */
static int open_by_arn(struct call *call, str text, struct trail *ret)
{
    struct arn arn;

    if (arn_parse(text, &arn) == 0 && str_eq(arn.service, STR("cloudtrail")) &&
            !str_starts(arn.resource, STR("trail/")))
        return call_fail(call, &cloudtrail_ResourceTypeNotSupportedException,
                "Only trails can be tagged by this version of Slipway: %.*s", STR_ARG(text));
    if (!str_starts(text, STR("arn:")))
        return call_fail(call, &cloudtrail_CloudTrailARNInvalidException,
                "The trail ARN is not valid: %.*s", STR_ARG(str_head(text, 256)));
    int r = trail_open(call, text, ret);
    if (r == CALL_FAILED &&
            str_eq(call->failure.code, str_of(cloudtrail_TrailNotFoundException.code)))
        return call_fail(call, &cloudtrail_ResourceNotFoundException,
                "Resource with ARN %.*s does not exist.", STR_ARG(text));
    return r;
}

int cloudtrail_AddTags(struct call *call, const struct cloudtrail_AddTagsRequest *in,
        struct cloudtrail_AddTagsResponse *out)
{
    struct trail trail;
    int r = open_by_arn(call, in->ResourceId, &trail);

    (void)out;
    return r < 0 ? r : trail_put_tags(call, &trail, &in->TagsList);
}

int cloudtrail_RemoveTags(struct call *call, const struct cloudtrail_RemoveTagsRequest *in,
        struct cloudtrail_RemoveTagsResponse *out)
{
    struct trail trail;
    int r = open_by_arn(call, in->ResourceId, &trail);

    (void)out;
    for (size_t i = 0; i < in->TagsList.len && r >= 0; i++)
        r = db_exec(call->tx, "delete from cloudtrail_tag where trail = $1 and name = $2", trail.id,
                in->TagsList.items[i].Key);
    return r < 0 ? r : 0;
}

static int query_tags(struct call *call, str trail, struct db_rows *ret)
{
    return db_query(call->tx, ret,
            "select name, value from cloudtrail_tag where trail = $1 order by name limit $2", trail,
            (int64_t)TRAIL_MAX_TAGS);
}

static int fill_tags(struct call *call, str arn, struct cloudtrail_ResourceTag *ret)
{
    struct trail trail;
    struct db_rows rows;
    int r = open_by_arn(call, arn, &trail);

    if (r == 0)
        r = query_tags(call, trail.id, &rows);
    if (r < 0)
        return r;
    ret->ResourceId = arn;
    ret->TagsList.is_set = true;
    ret->TagsList.items = arena_array(call->arena, rows.len, struct cloudtrail_Tag);
    for (; ret->TagsList.len < rows.len; ret->TagsList.len++)
        ret->TagsList.items[ret->TagsList.len] = (struct cloudtrail_Tag){
                .Key = row_text(&rows.items[ret->TagsList.len], 0),
                .Value = row_text(&rows.items[ret->TagsList.len], 1),
        };
    return 0;
}

int cloudtrail_ListTags(struct call *call, const struct cloudtrail_ListTagsRequest *in,
        struct cloudtrail_ListTagsResponse *out)
{
    size_t len = in->ResourceIdList.len;
    int r = page_refuse(call, in->NextToken, &cloudtrail_InvalidTokenException);

    if (r == 0 && len > MAX_RESOURCES)
        return call_fail(call, &error_Validation,
                "1 validation error detected: Value at 'resourceIdList' failed to satisfy "
                "constraint: Member must have length less than or equal to %d",
                MAX_RESOURCES);
    out->ResourceTagList.is_set = true;
    out->ResourceTagList.items = arena_array(call->arena, len, struct cloudtrail_ResourceTag);
    for (; out->ResourceTagList.len < len && r >= 0; out->ResourceTagList.len++)
        r = fill_tags(call, in->ResourceIdList.items[out->ResourceTagList.len],
                &out->ResourceTagList.items[out->ResourceTagList.len]);
    return r;
}

int trail_resource_tags(struct call *call, str text, struct resource_tags *ret)
{
    struct db_rows rows;
    struct arn arn;
    int r;

    if (arn_parse(text, &arn) < 0 || !str_take_prefix(&arn.resource, STR("trail/")))
        return 0;
    r = db_query(call->tx, &rows,
            "select t.name, t.value from cloudtrail_tag t join cloudtrail_trail x on x.id = "
            "t.trail where x.account = $1 and x.region = $2 and x.name = $3 order by t.name "
            "limit $4",
            arn.account, arn.region, arn.resource, (int64_t)TRAIL_MAX_TAGS);
    if (r >= 0)
        resource_tags_from_rows(call->arena, &rows, ret);
    return r < 0 ? r : 0;
}
