#include "git/objects.h"

/*
 * Two trees are walked side by side; folders with the same id are passed over unread.
 * Git sorts a folder as if its name ended with "/", so a file and a folder of one name
 * are two entries, and every path comes in its place.
 */
struct walk {
    struct git_objects *objects;
    struct arena *arena;
    int64_t skip, limit;
    struct git_differences found;
    size_t size; /* of found.items */
};

static bool is_folder(const struct git_item *item)
{
    return item->mode == GIT_MODE_FOLDER;
}

static void emit(struct walk *walk, const struct git_item *before, const struct git_item *after)
{
    if (walk->skip > 0) {
        walk->skip--;
        return;
    }
    if (walk->found.len == (size_t)walk->limit) {
        walk->found.has_more = true;
        return;
    }
    if (walk->found.len == walk->size) {
        size_t larger = walk->size ? walk->size * 2 : 64;
        struct git_difference *items = arena_array(walk->arena, larger, struct git_difference);
        if (walk->size)
            memcpy(items, walk->found.items, walk->size * sizeof(*items));
        walk->found.items = items;
        walk->size = larger;
    }
    struct git_difference *difference = &walk->found.items[walk->found.len++];
    if (before)
        difference->before = *before;
    if (after)
        difference->after = *after;
}

static int compare(const struct git_item *a, const struct git_item *b)
{
    size_t shorter = a->name.len < b->name.len ? a->name.len : b->name.len;
    int r = shorter ? memcmp(a->name.ptr, b->name.ptr, shorter) : 0;
    unsigned char x, y;

    if (r != 0)
        return r;
    x = a->name.len > shorter ? (unsigned char)a->name.ptr[shorter] : is_folder(a) ? '/' : 0;
    y = b->name.len > shorter ? (unsigned char)b->name.ptr[shorter] : is_folder(b) ? '/' : 0;
    return (int)x - (int)y;
}

static int walk_trees(struct walk *walk, const struct git_item *before,
        const struct git_item *after, int depth, struct error *err);

static int visit(struct walk *walk, const struct git_item *before, const struct git_item *after,
        int depth, struct error *err)
{
    bool folders = is_folder(before ? before : after);

    if (before && after && str_eq(before->id, after->id) && before->mode == after->mode)
        return 0;
    if (folders)
        return walk_trees(walk, before, after, depth + 1, err);
    emit(walk, before, after);
    return 0;
}

static int list(
        struct walk *walk, const struct git_item *folder, struct git_items *ret, struct error *err)
{
    *ret = (struct git_items){0};
    return folder ? git_tree_list(walk->objects, walk->arena, folder->id, ret, err) : 0;
}

/* An entry with its whole path. NULL stays NULL. */
static const struct git_item *in_folder(struct walk *walk, const struct git_item *folder,
        const struct git_item *item, struct git_item *room)
{
    if (!item)
        return NULL;
    *room = *item;
    if (folder->name.len)
        room->name =
                str_printf(walk->arena, "%.*s/%.*s", STR_ARG(folder->name), STR_ARG(item->name));
    return room;
}

static int walk_trees(struct walk *walk, const struct git_item *before,
        const struct git_item *after, int depth, struct error *err)
{
    struct git_items left, right;
    size_t i = 0, j = 0;
    int r;

    if (depth > GIT_MAX_DEPTH)
        return error_set(err, E2BIG, "folders are nested deeper than %d", GIT_MAX_DEPTH);
    r = list(walk, before, &left, err);
    if (r == 0)
        r = list(walk, after, &right, err);
    while (r == 0 && (i < left.len || j < right.len) && !walk->found.has_more) {
        int order = i == left.len    ? 1
                    : j == right.len ? -1
                                     : compare(&left.items[i], &right.items[j]);
        struct git_item a, b;
        const struct git_item *x = order <= 0 ? &left.items[i++] : NULL;
        const struct git_item *y = order >= 0 ? &right.items[j++] : NULL;
        r = visit(walk, in_folder(walk, before, x, &a), in_folder(walk, after, y, &b), depth, err);
    }
    return r;
}

int git_compare(struct git_objects *objects, struct arena *arena,
        const struct git_comparison *options, struct git_differences *ret, struct error *err)
{
    struct walk walk = {
            .objects = objects, .arena = arena, .skip = options->skip, .limit = options->limit};
    const struct git_item *before = options->before.id.ptr ? &options->before : NULL;
    const struct git_item *after = options->after.id.ptr ? &options->after : NULL;
    int r = 0;

    if (before && after && is_folder(before) != is_folder(after)) {
        r = visit(&walk, before, NULL, 0, err);
        before = NULL;
    }
    if (r == 0 && (before || after))
        r = visit(&walk, before, after, 0, err);
    if (r == 0)
        *ret = walk.found;
    return r;
}
