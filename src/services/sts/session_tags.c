#include "services/sts/session_tags.h"

enum {
    MAX_TAGS = 50
};

static const struct call_error invalid_parameter = {"InvalidParameterValue", 400, true};

static const struct principal_tag *find(const struct principal_tags *tags, str key)
{
    for (size_t i = 0; i < tags->len; i++)
        if (str_eq_nocase(tags->items[i].key, key))
            return &tags->items[i];
    return NULL;
}

static bool is_listed(const struct str_list *keys, str key)
{
    for (size_t i = 0; i < keys->len; i++)
        if (str_eq_nocase(keys->items[i], key))
            return true;
    return false;
}

static void inherit(const struct principal_tags *from, struct principal_tags *to)
{
    for (size_t i = 0; i < from->len; i++)
        if (from->items[i].is_transitive)
            to->items[to->len++] = from->items[i];
}

static int add(struct call *call, const struct sts_Tag *tag, const struct str_list *transitive,
        struct principal_tags *tags)
{
    const struct principal_tag *same = find(tags, tag->Key);

    if (str_eq_nocase(str_head(tag->Key, 4), STR("aws:")))
        return call_fail(call, &error_Validation, "Tag keys may not be prefixed with \"aws:\"");
    if (same && same->is_transitive && find(&call->principal->tags, tag->Key))
        return call_fail(call, &invalid_parameter,
                "One of the specified transitive tag keys can't be set because it conflicts with "
                "a transitive tag key from the calling session.");
    if (same)
        return call_fail(call, &invalid_parameter,
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    tags->items[tags->len++] = (struct principal_tag){
            .key = tag->Key,
            .value = tag->Value,
            .is_session = true,
            .is_transitive = is_listed(transitive, tag->Key),
    };
    return 0;
}

int session_tags_make(struct call *call, const struct sts_tagListType *tags,
        const struct str_list *transitive, struct principal_tags *ret)
{
    const struct principal_tags *current = &call->principal->tags;
    struct principal_tags all = {
            arena_array(call->arena, current->len + tags->len, struct principal_tag), 0};

    inherit(current, &all);
    for (size_t i = 0; i < tags->len; i++) {
        int r = add(call, &tags->items[i], transitive, &all);
        if (r < 0)
            return r;
    }
    for (size_t i = 0; i < transitive->len; i++)
        if (!find(&all, transitive->items[i]))
            return call_fail(call, &invalid_parameter,
                    "The specified transitive tag key must be included in the requested tags.");
    if (all.len > MAX_TAGS)
        return call_fail(call, &error_Validation, "A session has at most %d tags.", MAX_TAGS);
    *ret = all;
    return 0;
}

void session_tags_keys(struct call *call, const struct principal_tags *tags,
        const struct str_list *transitive, struct trust_keys *keys)
{
    if (transitive->len > 0)
        trust_add_list(keys, STR("sts:TransitiveTagKeys"), *transitive);
    for (size_t i = 0; i < tags->len; i++)
        if (tags->items[i].is_transitive && find(&call->principal->tags, tags->items[i].key))
            trust_add(keys, call->arena,
                    str_concat(call->arena, STR("aws:RequestTag/"), tags->items[i].key),
                    tags->items[i].value);
}
