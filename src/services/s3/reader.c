#include "services/s3/reader.h"

struct s3_reader {
    struct blob_store *blobs;
    struct blob_key key; /* the object's */
    bool is_in_parts;
    struct object_parts parts; /* one, for an object that is one blob */
    struct blob_reader *open;  /* of parts.items[current]; NULL: none */
    size_t current;
    int64_t end;
};

static int add_single(struct call *call, const struct object *object, struct s3_reader *reader)
{
    reader->parts.items = arena_new(call->arena, struct object_part);
    reader->parts.items[0] = (struct object_part){.size = object->size, .blob = object->blob};
    reader->parts.len = 1;
    return 0;
}

int reader_new(struct call *call, const struct object *object, int64_t at, int64_t end,
        struct s3_reader **ret)
{
    struct s3_reader *reader = arena_new(call->arena, struct s3_reader);
    int r = 0;

    reader->blobs = call->server->blobs;
    reader->end = end;
    reader->is_in_parts = object->parts > 0;
    if (at < end)
        r = object_key_open(call, object->bucket, &object->data_key, &reader->key);
    if (r >= 0 && at < end)
        r = reader->is_in_parts ? object_parts(call, object->id, at, end, &reader->parts)
                                : add_single(call, object, reader);
    if (r < 0)
        return r;
    *ret = reader;
    return 0;
}

static void close_part(struct s3_reader *reader)
{
    blob_close(reader->open);
    reader->open = NULL;
}

void s3_close(struct s3_reader *reader)
{
    if (!reader)
        return;
    close_part(reader);
    mem_wipe(&reader->key, sizeof(reader->key));
}

static int open_part(struct s3_reader *reader, size_t i, struct error *err)
{
    const struct object_part *part = &reader->parts.items[i];
    struct blob_key key = reader->key;
    int r = 0;

    if (reader->open && reader->current == i)
        return 0;
    close_part(reader);
    if (reader->is_in_parts && part_key_open(&reader->key, part->data_key, &key) < 0)
        return error_set(err, EBADMSG, "the key of a part is damaged");
    r = blob_open(reader->blobs, part->blob, &key, &reader->open, err);
    mem_wipe(&key, sizeof(key));
    reader->current = i;
    return r;
}

/* Reading goes forward: the part is nearly always the current one or the next. */
static size_t find_part(const struct s3_reader *reader, int64_t offset)
{
    size_t i = reader->current;

    if (i >= reader->parts.len || reader->parts.items[i].at > offset)
        i = 0;
    while (i < reader->parts.len &&
            offset >= reader->parts.items[i].at + reader->parts.items[i].size)
        i++;
    return i;
}

ssize_t s3_read(struct s3_reader *reader, int64_t offset, void *ptr, size_t len, struct error *err)
{
    const struct object_part *part;
    size_t i = find_part(reader, offset);
    int r;

    if (offset >= reader->end || i >= reader->parts.len)
        return 0;
    r = open_part(reader, i, err);
    if (r < 0)
        return r;
    part = &reader->parts.items[i];
    if ((int64_t)len > reader->end - offset)
        len = (size_t)(reader->end - offset);
    if ((int64_t)len > part->at + part->size - offset)
        len = (size_t)(part->at + part->size - offset);
    return blob_read(reader->open, offset - part->at, ptr, len, err);
}
