#include "base/zstd.h"

#include <zstd.h>

enum {
    ZSTD_LEVEL = 1
};

str zstd_pack(struct arena *arena, str bytes)
{
    size_t size = ZSTD_compressBound(bytes.len);
    char *out = arena_alloc(arena, size, 1);
    size_t len = ZSTD_compress(out, size, bytes.ptr, bytes.len, ZSTD_LEVEL);

    if (ZSTD_isError(len))
        abort(); /* the room is enough: out of memory */
    return (str){out, len};
}

int zstd_unpack(struct arena *arena, str packed, size_t size, str *ret)
{
    char *out = arena_alloc(arena, size, 1);

    if (ZSTD_decompress(out, size, packed.ptr, packed.len) != size)
        return -EINVAL;
    *ret = (str){out, size};
    return 0;
}
