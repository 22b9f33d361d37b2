#include "services/ssm/parameter.h"

int parameter_tag(struct call *call, str id, const struct ssm_TagList *tags)
{
    const struct db_row *row;
    int r = 0;

    for (size_t i = 0; r >= 0 && i < tags->len; i++) {
        if (str_eq_nocase(str_head(tags->items[i].Key, 4), STR("aws:")))
            return call_fail(call, &error_Validation,
                    "Tag keys that begin with aws: are reserved for AWS: %.*s",
                    STR_ARG(tags->items[i].Key));
        r = db_exec(call->tx,
                "insert into ssm_tag (parameter_id, name, value) values ($1, $2, $3)"
                " on conflict (parameter_id, name) do update set value = excluded.value",
                id, tags->items[i].Key, tags->items[i].Value);
    }
    if (r >= 0 && tags->len)
        r = db_one(call->tx, &row, "select count(*) from ssm_tag where parameter_id = $1", id);
    if (r > 0 && tags->len && row_int(row, 0) > PARAMETER_MAX_TAGS)
        return call_fail(call, &ssm_TooManyTagsError, "A resource can have at most %d tags.",
                PARAMETER_MAX_TAGS);
    return r < 0 ? r : 0;
}

/* The parameter that a tag operation names; other types of resources are not here. */
static int find_resource(struct call *call, str type, str id, const char *action, str *ret)
{
    struct parameter_name name;
    struct parameter p;
    int r;

    if (!str_eq(type, STR("Parameter")))
        return call_fail(call, &ssm_InvalidResourceType,
                "Resources of the type %.*s are not supported by Slipway.", STR_ARG(type));
    r = parameter_find(call, id, action, &name, &p);
    if (r == 0 || (r > 0 && name.selector.ptr))
        return call_fail(call, &ssm_InvalidResourceId,
                "The resource ID \"%.*s\" is not valid. Verify the ID and try again.", STR_ARG(id));
    if (r > 0)
        *ret = p.id;
    return r < 0 ? r : 0;
}

int ssm_AddTagsToResource(struct call *call, const struct ssm_AddTagsToResourceRequest *in,
        struct ssm_AddTagsToResourceResult *out)
{
    str id;
    int r = find_resource(call, in->ResourceType, in->ResourceId, "ssm:AddTagsToResource", &id);

    (void)out;
    return r < 0 ? r : parameter_tag(call, id, &in->Tags);
}

int ssm_RemoveTagsFromResource(struct call *call,
        const struct ssm_RemoveTagsFromResourceRequest *in,
        struct ssm_RemoveTagsFromResourceResult *out)
{
    str id;
    int r = find_resource(
            call, in->ResourceType, in->ResourceId, "ssm:RemoveTagsFromResource", &id);

    (void)out;
    for (size_t i = 0; r >= 0 && i < in->TagKeys.len; i++)
        r = db_exec(call->tx, "delete from ssm_tag where parameter_id = $1 and name = $2", id,
                in->TagKeys.items[i]);
    return r < 0 ? r : 0;
}

int ssm_ListTagsForResource(struct call *call, const struct ssm_ListTagsForResourceRequest *in,
        struct ssm_ListTagsForResourceResult *out)
{
    struct db_rows rows;
    str id;
    int r = find_resource(call, in->ResourceType, in->ResourceId, "ssm:ListTagsForResource", &id);

    if (r == 0)
        r = db_query(call->tx, &rows,
                "select name, value from ssm_tag where parameter_id = $1 order by name", id);
    if (r < 0)
        return r;
    out->TagList.items = arena_array(call->arena, rows.len, struct ssm_Tag);
    out->TagList.is_set = true;
    for (; out->TagList.len < rows.len; out->TagList.len++)
        out->TagList.items[out->TagList.len] =
                (struct ssm_Tag){row_text(&rows.items[out->TagList.len], 0),
                        row_text(&rows.items[out->TagList.len], 1)};
    return 0;
}
