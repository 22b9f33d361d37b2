/*
 * Tags: a JSON list in the row of what has them, at most 50, with keys that compare
 * without case.
 */
#include "services/iam/tag_list.h"

#include "services/iam/instance_profiles.h"
#include "services/iam/oidc_providers.h"

int tag_list_read(struct call *call, str json, struct iam_tagListType *ret)
{
    struct error err;
    int r;

    if (!json.ptr)
        return 0;
    r = shape_from_json(call->arena, iam_type_tagListType, json, ret, &err);
    return r < 0 ? -EIO : 0;
}

str tag_list_json(struct call *call, const struct iam_tagListType *tags)
{
    if (tags->len == 0)
        return (str){0};
    return shape_to_json(call->arena, iam_type_tagListType, tags);
}

int tag_list_check(struct call *call, const struct iam_tagListType *tags)
{
    for (size_t i = 0; i < tags->len; i++) {
        if (str_eq_nocase(str_head(tags->items[i].Key, 4), STR("aws:")))
            return call_fail(
                    call, &iam_InvalidInputException, "Tag keys may not be prefixed with \"aws:\"");
        for (size_t j = 0; j < i; j++)
            if (str_eq_nocase(tags->items[i].Key, tags->items[j].Key))
                return call_fail(call, &iam_InvalidInputException,
                        "Duplicate tag keys found. Please note that Tag keys are case "
                        "insensitive.");
    }
    return 0;
}

static struct iam_Tag *find(const struct iam_tagListType *tags, str key)
{
    for (size_t i = 0; i < tags->len; i++)
        if (str_eq_nocase(tags->items[i].Key, key))
            return &tags->items[i];
    return NULL;
}

int tag_list_merge(struct call *call, str json, const struct iam_tagListType *more, str *ret)
{
    struct iam_tagListType old = {0}, all = {.is_set = true};
    int r = tag_list_check(call, more);

    if (r == 0)
        r = tag_list_read(call, json, &old);
    if (r < 0)
        return r;
    all.items = arena_array(call->arena, old.len + more->len, struct iam_Tag);
    for (size_t i = 0; i < old.len; i++)
        all.items[all.len++] = old.items[i];
    for (size_t i = 0; i < more->len; i++) {
        struct iam_Tag *tag = find(&all, more->items[i].Key);
        if (!tag)
            tag = &all.items[all.len++];
        *tag = more->items[i];
    }
    if (all.len > TAG_LIST_MAX)
        return call_fail(call, &iam_LimitExceededException,
                "The number of tags has reached the maximum limit.");
    *ret = tag_list_json(call, &all);
    return 0;
}

int tag_list_without(struct call *call, str json, const struct str_list *keys, str *ret)
{
    struct iam_tagListType tags = {0};
    size_t kept = 0;
    int r = tag_list_read(call, json, &tags);

    if (r < 0)
        return r;
    for (size_t i = 0; i < tags.len; i++) {
        bool gone = false;
        for (size_t j = 0; j < keys->len && !gone; j++)
            gone = str_eq_nocase(tags.items[i].Key, keys->items[j]);
        if (!gone)
            tags.items[kept++] = tags.items[i];
    }
    tags.len = kept;
    *ret = tag_list_json(call, &tags);
    return 0;
}

int tag_list_page(struct call *call, str json, str marker, struct opt_int max_items,
        struct iam_tagListType *ret, struct opt_bool *ret_truncated, str *ret_marker)
{
    struct iam_tagListType tags = {0};
    struct page page;
    int64_t from = 0;
    int r = page_begin(call, marker, max_items, &page);

    if (r == 0)
        r = tag_list_read(call, json, &tags);
    if (r < 0)
        return r;
    if (page.after.ptr &&
            (str_to_i64(page.after, &from) < 0 || from < 0 || (size_t)from > tags.len))
        from = (int64_t)tags.len; /* tags have gone since */
    ret->items = tags.items + from;
    ret->len = page_end(call, &page, tags.len - (size_t)from,
            str_printf(call->arena, "%lld", (long long)(from + page.limit)), ret_truncated,
            ret_marker);
    ret->is_set = true;
    return 0;
}

static int find_json(struct call *call, str text, str *ret)
{
    struct arn arn;
    const struct db_row *row;
    struct entity entity;
    ptrdiff_t slash;
    str kind;
    int r;

    if (arn_parse(text, &arn) < 0 || !str_cut(&arn.resource, '/', &kind))
        return 0;
    if (str_eq(kind, STR("policy"))) {
        r = db_one(call->tx, &row, "select tags from iam_policy where arn = $1", text);
        *ret = r > 0 ? row_text(row, 0) : (str){0};
        return r;
    }
    if (str_eq(kind, STR("mfa"))) {
        r = db_one(call->tx, &row, "select tags from iam_mfa_device where serial = $1", text);
        *ret = r > 0 ? row_text(row, 0) : (str){0};
        return r;
    }
    if (str_eq(kind, STR("instance-profile")))
        return instance_profile_tags(call, &arn, text, ret);
    if (str_eq(kind, STR("oidc-provider")))
        return oidc_tags(call, text, ret);
    slash = str_rfind_char(arn.resource, '/');
    if (!str_eq(kind, STR("user")) && !str_eq(kind, STR("role")))
        return 0;
    r = entity_find(call->tx, arn.account, str_cstr(call->arena, kind),
            str_skip(arn.resource, (size_t)(slash + 1)), &entity);
    if (r <= 0 || !str_eq(entity.arn, text))
        return r < 0 ? r : 0;
    *ret = entity.tags;
    return 1;
}

int tag_list_of_resource(struct call *call, str arn, struct resource_tags *ret)
{
    struct iam_tagListType tags = {0};
    str json = {0};
    int r = find_json(call, arn, &json);

    if (r <= 0 || (r = tag_list_read(call, json, &tags)) < 0)
        return r;
    ret->len = tags.len;
    ret->items = arena_array(call->arena, tags.len, struct resource_tag);
    for (size_t i = 0; i < tags.len; i++)
        ret->items[i] = (struct resource_tag){tags.items[i].Key, tags.items[i].Value};
    return 0;
}
