/*
 * tags - tag sets as JSON objects, in the order they were given
 */
#include "services/s3/bucket.h"

enum {
    TAG_MAX_NAME = 128, /* code points */
    TAG_MAX_VALUE = 256,
    TAGS_MAX_JSON = 65536,
};

static int check_tag(struct call *call, const struct s3_TagSet *tags, size_t i)
{
    const struct s3_Tag *tag = &tags->items[i];

    if (!tag->Key.len || str_utf8_len(tag->Key) > TAG_MAX_NAME)
        return call_fail(call, &s3_InvalidTag, "The TagKey you have provided is invalid");
    if (str_utf8_len(tag->Value) > TAG_MAX_VALUE)
        return call_fail(call, &s3_InvalidTag, "The TagValue you have provided is invalid");
    if (str_starts(tag->Key, STR("aws:")))
        return call_fail(call, &s3_InvalidTag, "System tags cannot be added/updated by requester");
    for (size_t j = 0; j < i; j++)
        if (str_eq(tags->items[j].Key, tag->Key))
            return call_fail(
                    call, &s3_InvalidTag, "Cannot provide multiple Tags with the same key");
    return 0;
}

int tags_to_json(struct call *call, const struct s3_TagSet *tags, size_t max, str *ret)
{
    struct buf out = buf_make(call->arena, TAGS_MAX_JSON);
    int r;

    *ret = (str){0};
    if (tags->len > max)
        return call_fail(call, max == S3_MAX_TAGS ? &s3_InvalidTag : &s3_InvalidArgument,
                "Object tags cannot be greater than %zu", max);
    if (!tags->len)
        return 0;
    buf_char(&out, '{');
    for (size_t i = 0; i < tags->len; i++) {
        r = check_tag(call, tags, i);
        if (r < 0)
            return r;
        json_write_member(&out, tags->items[i].Key,
                tags->items[i].Value.ptr ? tags->items[i].Value : STR(""));
    }
    buf_char(&out, '}');
    *ret = buf_str(&out);
    return 0;
}

int json_of_column(struct call *call, str column, json_t **ret)
{
    *ret = NULL;
    return column.ptr ? json_parse(column, ret, &call->tx->error) : 0;
}

int tags_from_json(struct call *call, str json, struct s3_TagSet *ret)
{
    AUTO_JSON json_t *object = NULL;
    const char *name;
    json_t *value;
    int r = json_of_column(call, json, &object);

    if (r < 0)
        return r;
    *ret = (struct s3_TagSet){.is_set = true};
    ret->items = arena_array(call->arena, json_object_size(object), struct s3_Tag);
    json_object_foreach(object, name, value)
    {
        ret->items[ret->len++] = (struct s3_Tag){
                .Key = str_dup(call->arena, str_of(name)),
                .Value = str_dup(call->arena, json_str(value)),
        };
    }
    return 0;
}

int bucket_resource_tags(struct call *call, str text, struct resource_tags *ret)
{
    const struct db_row *row;
    struct s3_TagSet tags;
    struct arn arn;
    str name;
    int r;

    if (arn_parse(text, &arn) < 0)
        return 0;
    if (!str_cut(&arn.resource, '/', &name))
        name = arn.resource;
    r = db_one(call->tx, &row, "select tags from s3_bucket where name = $1", name);
    if (r <= 0 || (r = tags_from_json(call, row_text(row, 0), &tags)) < 0)
        return r;
    ret->len = tags.len;
    ret->items = arena_array(call->arena, tags.len, struct resource_tag);
    for (size_t i = 0; i < tags.len; i++)
        ret->items[i] = (struct resource_tag){tags.items[i].Key, tags.items[i].Value};
    return 0;
}
