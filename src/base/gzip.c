#include "base/gzip.h"

#include <zlib.h>

enum {
    WINDOW_GZIP = 15 + 16, /* zlib's way to ask for gzip's frame */
    MEMORY_LEVEL = 8,
};

str gzip_pack(struct arena *arena, str bytes)
{
    z_stream stream = {0};

    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_GZIP, MEMORY_LEVEL,
                Z_DEFAULT_STRATEGY) != Z_OK)
        abort(); /* out of memory */
    size_t size = deflateBound(&stream, bytes.len);
    char *out = arena_alloc(arena, size, 1);

    stream.next_in = (Bytef *)bytes.ptr;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)size;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        abort(); /* the room is enough */
    size = stream.total_out;
    deflateEnd(&stream);
    return (str){out, size};
}
