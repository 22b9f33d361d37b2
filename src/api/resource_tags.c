#include "api/service.h"

void resource_tags_from_rows(
        struct arena *arena, const struct db_rows *rows, struct resource_tags *ret)
{
    ret->len = rows->len;
    ret->items = arena_array(arena, rows->len, struct resource_tag);
    for (size_t i = 0; i < rows->len; i++)
        ret->items[i] =
                (struct resource_tag){row_text(&rows->items[i], 0), row_text(&rows->items[i], 1)};
}
