#include "services/kms/key.h"

enum {
    TAGS_MAX = 50
};

static int check_name(struct call *call, str name)
{
    if (str_starts(name, STR("aws:")))
        return call_fail(
                call, &kms_TagException, "Tags beginning with aws: are reserved for system use");
    return 0;
}

static int check_names(struct call *call, const struct kms_TagList *tags)
{
    int r;

    for (size_t i = 0; i < tags->len; i++) {
        if ((r = check_name(call, tags->items[i].TagKey)) < 0)
            return r;
        for (size_t k = 0; k < i; k++)
            if (str_eq(tags->items[i].TagKey, tags->items[k].TagKey))
                return call_fail(call, &kms_TagException, "Duplicate tag keys");
    }
    return 0;
}

int key_put_tags(struct call *call, const struct key *key, const struct kms_TagList *tags)
{
    const struct db_row *row;
    int r;

    if (tags->len > TAGS_MAX)
        return call_fail(call, &kms_TagException, "Too many tags");
    if ((r = check_names(call, tags)) < 0)
        return r;
    for (size_t i = 0; i < tags->len; i++) {
        r = db_exec(call->tx,
                "insert into kms_tag (key_id, name, value) values ($1, $2, $3)"
                " on conflict (key_id, name) do update set value = excluded.value",
                key->id, tags->items[i].TagKey, tags->items[i].TagValue);
        if (r < 0)
            return r;
    }
    if ((r = db_one(call->tx, &row, "select count(*) from kms_tag where key_id = $1", key->id)) < 0)
        return r;
    if (row_int(row, 0) > TAGS_MAX)
        return call_fail(call, &kms_TagException, "Too many tags");
    return 0;
}

int kms_TagResource(struct call *call, const struct kms_TagResourceRequest *in, void *out)
{
    struct key key;
    int r = key_find_customer(call, in->KeyId, "kms:TagResource", &key);

    (void)out;
    if (r < 0 || (r = key_refuse_pending(call, &key)) < 0)
        return r;
    return key_put_tags(call, &key, &in->Tags);
}

int kms_UntagResource(struct call *call, const struct kms_UntagResourceRequest *in, void *out)
{
    struct key key;
    int r = key_find_customer(call, in->KeyId, "kms:UntagResource", &key);

    (void)out;
    if (r < 0 || (r = key_refuse_pending(call, &key)) < 0)
        return r;
    for (size_t i = 0; i < in->TagKeys.len; i++) {
        if ((r = check_name(call, in->TagKeys.items[i])) < 0)
            return r;
        r = db_exec(call->tx, "delete from kms_tag where key_id = $1 and name = $2", key.id,
                in->TagKeys.items[i]);
        if (r < 0)
            return r;
    }
    return 0;
}

int kms_ListResourceTags(struct call *call, const struct kms_ListResourceTagsRequest *in,
        struct kms_ListResourceTagsResponse *out)
{
    size_t limit = (size_t)page_limit(in->Limit, TAGS_MAX, TAGS_MAX);
    struct db_rows rows;
    struct key key;
    str after;
    int r = key_find_for(call, in->KeyId, "kms:ListResourceTags", &key);

    if (r < 0 || (r = page_open(call, in->Marker, &kms_InvalidMarkerException, &after)) < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select name, value from kms_tag where key_id = $1 and name > $2 order by name limit "
            "$3",
            key.id, after.ptr ? after : STR(""), limit + 1);
    if (r < 0)
        return r;
    out->Tags.is_set = true;
    out->Tags.len = rows.len < limit ? rows.len : limit;
    out->Tags.items = arena_array(call->arena, out->Tags.len, struct kms_Tag);
    for (size_t i = 0; i < out->Tags.len; i++)
        out->Tags.items[i] = (struct kms_Tag){
                .TagKey = row_text(&rows.items[i], 0), .TagValue = row_text(&rows.items[i], 1)};
    out->Truncated = SOME_BOOL(rows.len > limit);
    if (rows.len > limit)
        out->NextMarker = page_seal(call, out->Tags.items[limit - 1].TagKey);
    return 0;
}

int key_resource_tags(struct call *call, str arn, struct resource_tags *ret)
{
    struct db_rows rows;
    struct arn parts;
    int r;

    if (arn_parse(arn, &parts) < 0 || !str_take_prefix(&parts.resource, STR("key/")))
        return 0;
    r = db_query(call->tx, &rows,
            "select t.name, t.value from kms_tag t join kms_key k on k.id = t.key_id"
            " where k.id = $1 and k.account = $2 and k.region = $3 order by t.name limit $4",
            parts.resource, parts.account, parts.region, TAGS_MAX);
    if (r >= 0)
        resource_tags_from_rows(call->arena, &rows, ret);
    return r;
}
