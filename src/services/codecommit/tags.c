#include "services/codecommit/internal.h"

int tags_check(struct call *call, const struct codecommit_TagsMap *tags)
{
    if (tags->len > TAGS_MAX)
        return call_fail(call, &codecommit_TooManyTagsException,
                "The maximum number of tags for a repository is %d", TAGS_MAX);
    for (size_t i = 0; i < tags->len; i++)
        if (str_eq_nocase(str_head(tags->items[i].key, 4), STR("aws:")))
            return call_fail(call, &codecommit_InvalidSystemTagUsageException,
                    "Tag keys that begin with aws: are reserved for AWS");
    return 0;
}

int tags_put(struct call *call, const struct repository *repository,
        const struct codecommit_TagsMap *tags)
{
    for (size_t i = 0; i < tags->len; i++) {
        int r = db_exec(call->tx,
                "insert into codecommit_tag (repository, name, value) values ($1, $2, $3)"
                " on conflict (repository, name) do update set value = excluded.value",
                repository->id, tags->items[i].key,
                tags->items[i].value.ptr ? tags->items[i].value : STR(""));
        if (r < 0)
            return r;
    }
    return 0;
}

static int find_by_arn(struct call *call, str text, struct repository *ret)
{
    struct arn arn;
    int r = 0;

    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("codecommit")) ||
            arn.resource.len == 0)
        return call_fail(call, &codecommit_InvalidResourceArnException,
                "The value for the resource ARN is not valid");
    if (str_eq(arn.account, call->account) && str_eq(arn.region, call->region))
        r = repository_look_up(call->tx, arn.account, arn.region, arn.resource, ret);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codecommit_RepositoryDoesNotExistException, "%.*s does not exist",
                STR_ARG(arn.resource));
    return 0;
}

int codecommit_TagResource(
        struct call *call, const struct codecommit_TagResourceInput *in, void *out)
{
    struct repository repository;
    const struct db_row *row;
    int r = tags_check(call, &in->tags);

    (void)out;
    if (r == 0)
        r = find_by_arn(call, in->resourceArn, &repository);
    if (r == 0)
        r = tags_put(call, &repository, &in->tags);
    if (r == 0)
        r = db_one(call->tx, &row, "select count(*) from codecommit_tag where repository = $1",
                repository.id);
    if (r >= 0 && row_int(row, 0) > TAGS_MAX)
        return call_fail(call, &codecommit_TooManyTagsException,
                "The maximum number of tags for a repository is %d", TAGS_MAX);
    return r < 0 ? r : 0;
}

int codecommit_UntagResource(
        struct call *call, const struct codecommit_UntagResourceInput *in, void *out)
{
    struct repository repository;
    int r = find_by_arn(call, in->resourceArn, &repository);

    (void)out;
    for (size_t i = 0; r >= 0 && i < in->tagKeys.len; i++)
        r = db_exec(call->tx, "delete from codecommit_tag where repository = $1 and name = $2",
                repository.id, in->tagKeys.items[i]);
    return r < 0 ? r : 0;
}

int codecommit_ListTagsForResource(struct call *call,
        const struct codecommit_ListTagsForResourceInput *in,
        struct codecommit_ListTagsForResourceOutput *out)
{
    struct repository repository;
    struct db_rows rows;
    int r = find_by_arn(call, in->resourceArn, &repository);

    if (r == 0)
        r = page_refuse(call, in->nextToken, &codecommit_InvalidContinuationTokenException);
    if (r == 0)
        r = db_query(call->tx, &rows,
                "select name, value from codecommit_tag where repository = $1 order by name",
                repository.id);
    if (r < 0)
        return r;
    out->tags.is_set = true;
    out->tags.items = arena_array(call->arena, rows.len, struct codecommit_TagsMap_entry);
    for (; out->tags.len < rows.len; out->tags.len++)
        out->tags.items[out->tags.len] =
                (struct codecommit_TagsMap_entry){.key = row_text(&rows.items[out->tags.len], 0),
                        .value = row_text(&rows.items[out->tags.len], 1)};
    return 0;
}

int repository_tags(struct call *call, str text, struct resource_tags *ret)
{
    struct db_rows rows;
    struct arn arn;
    int r;

    if (arn_parse(text, &arn) < 0)
        return 0;
    r = db_query(call->tx, &rows,
            "select t.name, t.value from codecommit_tag t join codecommit_repository r"
            " on r.id = t.repository where r.account = $1 and r.region = $2 and r.name = $3"
            " order by t.name limit $4",
            arn.account, arn.region, arn.resource, TAGS_MAX);
    if (r >= 0)
        resource_tags_from_rows(call->arena, &rows, ret);
    return r;
}
