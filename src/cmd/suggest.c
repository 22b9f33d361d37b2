/*
 * Actions with the same resources are one statement. What a wider pattern of the same action
 * covers is left out.
 */
#include "cmd/suggest.h"

#include "base/clock.h"
#include "base/json.h"

enum {
    SUGGEST_MAX = 16 << 20,
};

/* One action and its resources: a statement, or part of the one before. */
struct use {
    struct str_list actions, resources;
};

struct uses {
    struct use *items;
    size_t len;
};

/* Patterns of ours end with their only wildcard. */
static bool covers(str pattern, str resource)
{
    return str_ends(pattern, STR("*")) && !str_eq(pattern, resource) &&
           str_starts(resource, str_head(pattern, pattern.len - 1));
}

static bool is_covered(const struct usage_items *items, const struct usage_item *item)
{
    for (size_t i = 0; i < items->len; i++) {
        const struct usage_item *other = &items->items[i];

        if (other->is_allowed && str_eq(other->action, item->action) &&
                covers(other->resource, item->resource))
            return true;
    }
    return false;
}

static bool is_allowed_too(const struct usage_items *items, const struct usage_item *item)
{
    for (size_t i = 0; i < items->len; i++) {
        const struct usage_item *other = &items->items[i];

        if (other->is_allowed && str_eq(other->action, item->action) &&
                (str_eq(other->resource, item->resource) ||
                        covers(other->resource, item->resource)))
            return true;
    }
    return false;
}

/* By action: they come in that order. */
static struct uses gather(struct arena *arena, const struct usage_items *items)
{
    struct uses uses = {arena_array(arena, items->len, struct use), 0};

    for (size_t i = 0; i < items->len; i++) {
        const struct usage_item *item = &items->items[i];
        struct use *use = uses.len ? &uses.items[uses.len - 1] : NULL;

        if (!item->is_allowed || is_covered(items, item))
            continue;
        if (!use || !str_eq(use->actions.items[0], item->action)) {
            use = &uses.items[uses.len++];
            use->actions.items = arena_array(arena, items->len, str);
            use->resources.items = arena_array(arena, items->len, str);
            use->actions.items[use->actions.len++] = item->action;
        }
        use->resources.items[use->resources.len++] = item->resource;
    }
    return uses;
}

static bool is_same(const struct str_list *a, const struct str_list *b)
{
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (!str_eq(a->items[i], b->items[i]))
            return false;
    return true;
}

/* Each goes to the first that has the same resources. */
static void merge(struct uses *uses)
{
    size_t len = 0;

    for (size_t i = 0; i < uses->len; i++) {
        struct use *use = &uses->items[i];
        size_t j = 0;

        while (j < len && !is_same(&uses->items[j].resources, &use->resources))
            j++;
        if (j == len)
            uses->items[len++] = *use;
        else
            uses->items[j].actions.items[uses->items[j].actions.len++] = use->actions.items[0];
    }
    uses->len = len;
}

static void write_list(struct buf *out, const char *name, const struct str_list *list)
{
    buf_printf(out, "      \"%s\": [\n", name);
    for (size_t i = 0; i < list->len; i++) {
        buf_add(out, STR("        "));
        json_write_str(out, list->items[i]);
        buf_add(out, i + 1 < list->len ? STR(",\n") : STR("\n"));
    }
    buf_add(out, STR("      ]"));
}

static void write_policy(struct buf *out, const struct uses *uses)
{
    buf_add(out, STR("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n"));
    for (size_t i = 0; i < uses->len; i++) {
        buf_add(out, STR("    {\n      \"Effect\": \"Allow\",\n"));
        write_list(out, "Action", &uses->items[i].actions);
        buf_add(out, STR(",\n"));
        write_list(out, "Resource", &uses->items[i].resources);
        buf_add(out, i + 1 < uses->len ? STR("\n    },\n") : STR("\n    }\n"));
    }
    buf_add(out, STR("  ]\n}\n"));
}

static void write_remarks(struct buf *out, struct arena *arena, const struct usage_items *items)
{
    for (size_t i = 0; i < items->len; i++) {
        const struct usage_item *item = &items->items[i];

        if (!item->is_allowed && !is_allowed_too(items, item))
            buf_printf(out, "refused, and not in the policy: %.*s on %.*s, last at %.*s\n",
                    STR_ARG(item->action), STR_ARG(item->resource),
                    STR_ARG(time_iso8601(arena, item->last_time)));
    }
}

static size_t length_of(str policy)
{
    size_t len = 0;

    for (size_t i = 0; i < policy.len; i++)
        len += policy.ptr[i] != ' ' && policy.ptr[i] != '\n';
    return len;
}

int suggest_policy(struct arena *arena, const struct usage_items *items, struct suggestion *ret)
{
    struct buf policy = buf_make(arena, SUGGEST_MAX), remarks = buf_make(arena, SUGGEST_MAX);
    struct uses uses = gather(arena, items);

    merge(&uses);
    write_policy(&policy, &uses);
    write_remarks(&remarks, arena, items);
    if (buf_is_full(&policy) || buf_is_full(&remarks))
        return -E2BIG;
    *ret = (struct suggestion){
            .policy = uses.len ? buf_str(&policy) : (str){0},
            .remarks = buf_str(&remarks),
            .length = length_of(buf_str(&policy)),
    };
    return 0;
}
