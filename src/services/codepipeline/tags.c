#include "services/codepipeline/pipeline.h"

int pipeline_tags_check(struct call *call, const struct codepipeline_TagList *tags)
{
    for (size_t i = 0; i < tags->len; i++) {
        if (str_eq_nocase(str_head(tags->items[i].key, 4), STR("aws:")))
            return call_fail(call, &codepipeline_InvalidTagsException,
                    "Tag keys that begin with aws: are reserved for AWS");
        for (size_t k = 0; k < i; k++)
            if (str_eq(tags->items[i].key, tags->items[k].key))
                return call_fail(call, &codepipeline_InvalidTagsException,
                        "The tag key %.*s is given more than once", STR_ARG(tags->items[i].key));
    }
    if (tags->len > PIPELINE_MAX_TAGS)
        return call_fail(call, &codepipeline_TooManyTagsException,
                "The maximum number of tags for a pipeline is %d", PIPELINE_MAX_TAGS);
    return 0;
}

int pipeline_tags_put(struct call *call, str pipeline, const struct codepipeline_TagList *tags)
{
    const struct db_row *row;
    int r = 0;

    for (size_t i = 0; r >= 0 && i < tags->len; i++)
        r = db_exec(call->tx,
                "insert into codepipeline_tag (account, pipeline, name, value)"
                " values ($1, $2, $3, $4)"
                " on conflict (pipeline, name) do update set value = excluded.value",
                call->account, pipeline, tags->items[i].key, tags->items[i].value);
    if (r >= 0)
        r = db_one(call->tx, &row, "select count(*) from codepipeline_tag where pipeline = $1",
                pipeline);
    if (r >= 0 && row_int(row, 0) > PIPELINE_MAX_TAGS)
        return call_fail(call, &codepipeline_TooManyTagsException,
                "The maximum number of tags for a pipeline is %d", PIPELINE_MAX_TAGS);
    return r < 0 ? r : 0;
}

static int find_by_arn(struct call *call, str text, struct pipeline *ret)
{
    struct arn arn;
    int r = 0;

    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("codepipeline")) || !arn.resource.len)
        return call_fail(call, &codepipeline_InvalidArnException,
                "The specified resource ARN is invalid: %.*s", STR_ARG(text));
    if (str_eq(arn.account, call->account) && str_eq(arn.region, call->region))
        r = pipeline_load(call, arn.resource, ret);
    if (r == 0)
        return call_fail(call, &codepipeline_ResourceNotFoundException,
                "The resource %.*s was not found", STR_ARG(text));
    return r < 0 ? r : 0;
}

int codepipeline_TagResource(struct call *call, const struct codepipeline_TagResourceInput *in,
        struct codepipeline_TagResourceOutput *out)
{
    struct pipeline p;
    int r = pipeline_tags_check(call, &in->tags);

    (void)out;
    if (r == 0)
        r = find_by_arn(call, in->resourceArn, &p);
    return r < 0 ? r : pipeline_tags_put(call, p.id, &in->tags);
}

int codepipeline_UntagResource(struct call *call, const struct codepipeline_UntagResourceInput *in,
        struct codepipeline_UntagResourceOutput *out)
{
    struct pipeline p;
    int r = find_by_arn(call, in->resourceArn, &p);

    (void)out;
    for (size_t i = 0; r >= 0 && i < in->tagKeys.len; i++)
        r = db_exec(call->tx, "delete from codepipeline_tag where pipeline = $1 and name = $2",
                p.id, in->tagKeys.items[i]);
    return r < 0 ? r : 0;
}

int codepipeline_ListTagsForResource(struct call *call,
        const struct codepipeline_ListTagsForResourceInput *in,
        struct codepipeline_ListTagsForResourceOutput *out)
{
    size_t limit = (size_t)page_limit(in->maxResults, 100, 100);
    struct pipeline p;
    struct db_rows rows;
    str after;
    int r = page_open(call, in->nextToken, &codepipeline_InvalidNextTokenException, &after);

    if (r == 0)
        r = find_by_arn(call, in->resourceArn, &p);
    if (r == 0)
        r = db_query(call->tx, &rows,
                "select name, value from codepipeline_tag where pipeline = $1 and name > $2"
                " order by name limit $3",
                p.id, after.ptr ? after : STR(""), limit + 1);
    if (r < 0)
        return r;
    size_t len = rows.len < limit ? rows.len : limit;
    out->tags.is_set = true;
    out->tags.items = arena_array(call->arena, len, struct codepipeline_Tag);
    for (; out->tags.len < len; out->tags.len++)
        out->tags.items[out->tags.len] = (struct codepipeline_Tag){
                row_text(&rows.items[out->tags.len], 0), row_text(&rows.items[out->tags.len], 1)};
    if (rows.len > limit)
        out->nextToken = page_seal(call, out->tags.items[len - 1].key);
    return 0;
}

/* Stages and actions have those of their pipeline. */
int pipeline_resource_tags(struct call *call, str text, struct resource_tags *ret)
{
    struct db_rows rows;
    struct arn arn;
    str name;
    int r;

    if (arn_parse(text, &arn) < 0)
        return 0;
    if (!str_cut(&arn.resource, '/', &name))
        name = arn.resource;
    r = db_query(call->tx, &rows,
            "select t.name, t.value from codepipeline_tag t join codepipeline_pipeline p"
            " on p.id = t.pipeline where p.account = $1 and p.region = $2 and p.name = $3"
            " order by t.name limit $4",
            arn.account, arn.region, name, PIPELINE_MAX_TAGS);
    if (r >= 0)
        resource_tags_from_rows(call->arena, &rows, ret);
    return r;
}
