#include "api/audit_chunk.h"

#include "api/audit_copy.h"
#include "api/audit_resource.h"
#include "base/buf.h"
#include "base/zstd.h"
#include "base/map.h"
#include "base/random.h"

enum {
    CHUNK_FIRST = 16 << 10,
    FLAG_READ = 1,
    FLAG_TRACE = 2,
};

void audit_item_values(const struct audit_item *item, audit_value_fn *fn, void *arg)
{
    fn(STR("EventName"), item->event_name, arg);
    fn(STR("EventSource"), item->event_source, arg);
    fn(STR("Username"), item->user_name, arg);
    fn(STR("AccessKeyId"), item->access_key, arg);
    fn(STR("ReadOnly"), item->is_read ? STR("true") : STR("false"), arg);
    for (size_t i = 0; i < item->resources.len; i++) {
        str arn = item->resources.items[i];

        fn(STR("ResourceArn"), arn, arg);
        fn(STR("ResourceName"), audit_resource_name(arn), arg);
        fn(STR("ResourceType"), audit_resource_type(arn), arg);
    }
}

/* ---- Items --------------------------------------------------------------------------------- */

static void add_field(struct buf *out, str field)
{
    buf_int(out, (int64_t)field.len);
    buf_char(out, ':');
    buf_add(out, field);
}

static void add_number(struct buf *out, int64_t number)
{
    buf_int(out, number);
    buf_char(out, ':');
}

str audit_item_pack(struct arena *arena, const struct audit_item *item)
{
    const str *texts[] = {&item->event_id, &item->event_source, &item->event_name, &item->user_name,
            &item->access_key, &item->record};
    struct buf out = buf_make(arena, SIZE_MAX / 8);

    add_number(&out, item->time);
    add_number(&out, (item->is_read ? FLAG_READ : 0) | (item->trace.len ? FLAG_TRACE : 0));
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        add_field(&out, *texts[i]);
    add_number(&out, (int64_t)item->resources.len);
    for (size_t i = 0; i < item->resources.len; i++)
        add_field(&out, item->resources.items[i]);
    if (item->trace.len)
        add_field(&out, item->trace);
    return buf_str(&out);
}

static int take_number(str *rest, int64_t *ret)
{
    str number;

    if (!str_cut(rest, ':', &number))
        return -EINVAL;
    return str_to_i64(number, ret);
}

/* An empty field is absent. */
static int take_field(str *rest, str *ret)
{
    int64_t len;

    if (take_number(rest, &len) < 0 || len < 0 || (uint64_t)len > rest->len)
        return -EINVAL;
    *ret = len > 0 ? str_head(*rest, (size_t)len) : (str){0};
    *rest = str_skip(*rest, (size_t)len);
    return 0;
}

static int take_resources(struct arena *arena, str *rest, struct str_list *ret)
{
    int64_t len;
    int r = take_number(rest, &len);

    if (r < 0 || len < 0 || (uint64_t)len > rest->len)
        return -EINVAL;
    *ret = (struct str_list){.items = arena_array(arena, (size_t)len, str), .len = (size_t)len};
    for (size_t i = 0; i < ret->len && r >= 0; i++)
        r = take_field(rest, &ret->items[i]);
    return r;
}

int audit_item_next(struct arena *arena, str *rest, struct audit_item *ret)
{
    str *texts[] = {&ret->event_id, &ret->event_source, &ret->event_name, &ret->user_name,
            &ret->access_key, &ret->record};
    int64_t flags = 0;
    int r;

    if (rest->len == 0)
        return 0;
    *ret = (struct audit_item){0};
    r = take_number(rest, &ret->time);
    if (r >= 0)
        r = take_number(rest, &flags);
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts) && r >= 0; i++)
        r = take_field(rest, texts[i]);
    if (r >= 0)
        r = take_resources(arena, rest, &ret->resources);
    if (r >= 0 && (flags & FLAG_TRACE))
        r = take_field(rest, &ret->trace);
    ret->is_read = flags & FLAG_READ;
    return r < 0 ? r : 1;
}

/* ---- Chunks -------------------------------------------------------------------------------- */

static char *copy(str s)
{
    char *text = mem_alloc(s.len + 1, 1);

    memcpy(text, s.ptr, s.len);
    return text;
}

struct audit_chunk *audit_chunk_new(str account, str region)
{
    struct audit_chunk *chunk = mem_new(struct audit_chunk);

    chunk->account = copy(account);
    chunk->region = copy(region);
    return chunk;
}

void audit_chunk_free(struct audit_chunk *chunk)
{
    free(chunk->account);
    free(chunk->region);
    free(chunk->items);
    free(chunk);
}

static bool is_of_this_time(const struct audit_chunk *chunk, int64_t time)
{
    return time <= chunk->first + AUDIT_CHUNK_SPAN_MS && time >= chunk->last - AUDIT_CHUNK_SPAN_MS;
}

bool audit_chunk_add(struct audit_chunk *chunk, int64_t time, str item)
{
    if (chunk->len == 0)
        chunk->first = chunk->last = time;
    if (chunk->len >= AUDIT_CHUNK_FULL || !is_of_this_time(chunk, time))
        return false;
    if (item.len > chunk->size - chunk->len) {
        size_t size = chunk->size ? chunk->size : CHUNK_FIRST;

        while (size - chunk->len < item.len)
            size *= 2;
        chunk->items = mem_resize(chunk->items, size, 1);
        chunk->size = size;
    }
    memcpy(chunk->items + chunk->len, item.ptr, item.len);
    chunk->len += item.len;
    chunk->first = time < chunk->first ? time : chunk->first;
    chunk->last = time > chunk->last ? time : chunk->last;
    return true;
}

/* The rows of audit_chunk_value under way: each value once. */
struct values {
    struct tx *tx;
    const struct audit_chunk *chunk;
    str id;
    struct map seen;
    int r;
};

/* A value that is too long for a key is inserted as often as it occurs. */
static bool is_new(struct values *values, str attribute, str value)
{
    char key[512];

    if (attribute.len + value.len > sizeof(key))
        return true;
    memcpy(key, attribute.ptr, attribute.len);
    memcpy(key + attribute.len, value.ptr, value.len);
    return !map_put(&values->seen, (str){key, attribute.len + value.len}, values);
}

static void add_value(str attribute, str value, void *arg)
{
    struct values *values = arg;

    if (values->r < 0 || !value.ptr || !is_new(values, attribute, value))
        return;
    values->r = db_exec(values->tx,
            "insert into audit_chunk_value (account, region, attribute, value, last_time, chunk) "
            "values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            str_of(values->chunk->account), str_of(values->chunk->region), attribute, value,
            values->chunk->last, values->id);
}

static int insert_values(struct tx *tx, const struct audit_chunk *chunk, str id)
{
    struct values values = {.tx = tx, .chunk = chunk, .id = id};
    str rest = {chunk->items, chunk->len};
    struct audit_item item;
    int r;

    while ((r = audit_item_next(tx->arena, &rest, &item)) > 0 && values.r >= 0)
        audit_item_values(&item, add_value, &values);
    map_done(&values.seen);
    return r < 0 ? r : values.r;
}

static int insert_chunk(struct tx *tx, const struct audit_chunk *chunk, str id, str packed)
{
    int r = db_exec(tx,
            "insert into audit_chunk (id, account, region, first_time, last_time, size, items)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            id, str_of(chunk->account), str_of(chunk->region), chunk->first, chunk->last,
            chunk->len, db_blob(packed));

    return r < 0 ? r : insert_values(tx, chunk, id);
}

int audit_chunk_insert(struct tx *tx, const struct audit_chunk *chunk)
{
    str packed = zstd_pack(tx->arena, (str){chunk->items, chunk->len});
    str id = random_uuid_sortable(tx->arena);
    int r = chunk->is_data ? 0 : insert_chunk(tx, chunk, id, packed);

    return r < 0 ? r : audit_copy_chunk(tx, chunk, id, packed);
}
