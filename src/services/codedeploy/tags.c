/* Tags of applications and deployment groups. */
#include "services/codedeploy/application.h"

int deploy_tags_drop(struct call *call, str arn)
{
    int r = db_exec(call->tx, "delete from codedeploy_tag where arn = $1", arn);

    return r < 0 ? r : 0;
}

int deploy_tags_move(struct call *call, str from_arn, str to_arn)
{
    int r = db_exec(
            call->tx, "update codedeploy_tag set arn = $2 where arn = $1", from_arn, to_arn);

    return r < 0 ? r : 0;
}

int deploy_tags_put(struct call *call, str arn, const struct codedeploy_TagList *tags)
{
    const struct db_row *row;
    int r = 0;

    for (size_t i = 0; i < tags->len; i++) {
        const struct codedeploy_Tag *tag = &tags->items[i];
        /* conditions see one of them only */
        for (size_t j = 0; j < i; j++)
            if (str_eq_nocase(tag->Key, tags->items[j].Key))
                return call_fail(call, &codedeploy_InvalidTagsToAddException,
                        "The tag key %.*s is given more than once.",
                        STR_ARG(str_head(tag->Key, 128)));
        if (!tag->Key.len || tag->Key.len > 128 || tag->Value.len > 256 ||
                str_starts(tag->Key, STR("aws:")))
            return call_fail(call, &codedeploy_InvalidTagsToAddException,
                    "The tag %.*s is not valid: keys have 1 to 128 characters and do not begin "
                    "with aws:, values up to 256.",
                    STR_ARG(str_head(tag->Key, 128)));
        r = db_exec(call->tx,
                "insert into codedeploy_tag (account, arn, name, value) values ($1, $2, $3, $4)"
                " on conflict (arn, name) do update set value = excluded.value",
                call->account, arn, tag->Key, tag->Value.ptr ? tag->Value : STR(""));
        if (r < 0)
            return r;
    }
    if (!tags->len || (r = db_one(call->tx, &row,
                               "select count(*) from codedeploy_tag where arn = $1", arn)) < 0)
        return r;
    if (row_int(row, 0) > CODEDEPLOY_MAX_TAGS)
        return call_fail(call, &codedeploy_InvalidTagsToAddException,
                "A resource cannot have more than %d tags.", CODEDEPLOY_MAX_TAGS);
    return 0;
}

/* The resource of a tag operation must be there. Fails the call. */
static int find_resource(struct call *call, str text)
{
    struct application application;
    struct group group;
    struct arn arn;
    str application_name;

    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("codedeploy")) ||
            !str_eq(arn.account, call->account) || !str_eq(arn.region, call->region))
        return call_fail(call, &codedeploy_InvalidArnException,
                "The specified ARN is not in a valid format: %.*s", STR_ARG(text));
    if (str_take_prefix(&arn.resource, STR("application:")))
        return application_find(call, arn.resource, &application);
    if (str_take_prefix(&arn.resource, STR("deploymentgroup:")) &&
            str_cut(&arn.resource, '/', &application_name))
        return deploy_group_find(call, application_name, arn.resource, &group);
    return call_fail(call, &codedeploy_ArnNotSupportedException,
            "The specified ARN is not supported: %.*s", STR_ARG(text));
}

int codedeploy_TagResource(struct call *call, const struct codedeploy_TagResourceInput *in,
        struct codedeploy_TagResourceOutput *out)
{
    int r = find_resource(call, in->ResourceArn);

    (void)out;
    return r < 0 ? r : deploy_tags_put(call, in->ResourceArn, &in->Tags);
}

int codedeploy_UntagResource(struct call *call, const struct codedeploy_UntagResourceInput *in,
        struct codedeploy_UntagResourceOutput *out)
{
    int r = find_resource(call, in->ResourceArn);

    (void)out;
    for (size_t i = 0; r >= 0 && i < in->TagKeys.len; i++)
        r = db_exec(call->tx, "delete from codedeploy_tag where arn = $1 and name = $2",
                in->ResourceArn, in->TagKeys.items[i]);
    return r < 0 ? r : 0;
}

int deploy_resource_tags(struct call *call, str arn, struct resource_tags *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select name, value from codedeploy_tag where arn = $1 order by name limit $2", arn,
            CODEDEPLOY_MAX_TAGS);

    if (r >= 0)
        resource_tags_from_rows(call->arena, &rows, ret);
    return r;
}

int codedeploy_ListTagsForResource(struct call *call,
        const struct codedeploy_ListTagsForResourceInput *in,
        struct codedeploy_ListTagsForResourceOutput *out)
{
    struct resource_tags tags = {0};
    int r = find_resource(call, in->ResourceArn);

    if (r < 0 ||
            (r = page_refuse(call, in->NextToken, &codedeploy_InvalidNextTokenException)) < 0 ||
            (r = deploy_resource_tags(call, in->ResourceArn, &tags)) < 0)
        return r;
    out->Tags.is_set = true;
    out->Tags.len = tags.len;
    out->Tags.items = arena_array(call->arena, tags.len, struct codedeploy_Tag);
    for (size_t i = 0; i < tags.len; i++)
        out->Tags.items[i] = (struct codedeploy_Tag){tags.items[i].key, tags.items[i].value};
    return 0;
}
