#include "api/private.h"

#include "base/codec.h"

static size_t count_pairs(str text)
{
    size_t n = 1;

    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == '&';
    return n;
}

static int decode(struct arena *arena, str text, int flags, str *ret)
{
    int r = percent_decode(arena, text, flags, ret);

    if (r < 0)
        return r;
    return str_is_utf8(*ret) ? 0 : -EINVAL;
}

int pairs_parse(struct arena *arena, str text, int flags, struct pairs *ret)
{
    struct pairs pairs = {0};
    str piece;

    if (count_pairs(text) > API_MAX_PARAMETERS)
        return -E2BIG;
    pairs.items = arena_array(arena, text.len ? count_pairs(text) : 0, struct pair);
    while (text.len && str_next(&text, '&', &piece)) {
        struct pair *pair = &pairs.items[pairs.len];
        str name = piece;

        if (piece.len == 0)
            continue;
        pair->value = (str){0};
        if (str_cut(&piece, '=', &name) && decode(arena, piece, flags, &pair->value) < 0)
            return -EINVAL;
        if (decode(arena, name, flags, &pair->name) < 0)
            return -EINVAL;
        pairs.len++;
    }
    *ret = pairs;
    return 0;
}

const struct pair *pairs_find(const struct pairs *pairs, str name)
{
    for (size_t i = 0; i < pairs->len; i++)
        if (str_eq(pairs->items[i].name, name))
            return &pairs->items[i];
    return NULL;
}
