#include "services/s3/walk.h"

#include "base/codec.h"

enum {
    BATCH_MIN = 32,
    LAST_KEY_LEN = (S3_MAX_KEY / 4 + 1) * 4,
    MAX_ASCII = 0x7f,
};

/* Beyond every key: U+10FFFF, over and over. */
static str beyond(struct arena *arena)
{
    char *bytes = arena_alloc(arena, LAST_KEY_LEN, 1);

    for (size_t i = 0; i < LAST_KEY_LEN; i += 4)
        memcpy(bytes + i, "\xf4\x8f\xbf\xbf", 4);
    return (str){bytes, LAST_KEY_LEN};
}

static uint32_t decode_point(const unsigned char *p, size_t len)
{
    uint32_t c = len == 1 ? p[0] : p[0] & (0xffu >> (len + 1));

    for (size_t i = 1; i < len; i++)
        c = c << 6 | (p[i] & 0x3f);
    return c;
}

static size_t encode_point(uint32_t c, char *ret)
{
    if (c <= MAX_ASCII) {
        ret[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        ret[0] = (char)(0xc0 | c >> 6);
        ret[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        ret[0] = (char)(0xe0 | c >> 12);
        ret[1] = (char)(0x80 | (c >> 6 & 0x3f));
        ret[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    ret[0] = (char)(0xf0 | c >> 18);
    ret[1] = (char)(0x80 | (c >> 12 & 0x3f));
    ret[2] = (char)(0x80 | (c >> 6 & 0x3f));
    ret[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

/* The least text greater than all that begin with `prefix`: its last code point, plus one. */
static str successor(struct arena *arena, str prefix)
{
    while (prefix.len) {
        size_t at = prefix.len - 1, len;
        char *out;
        uint32_t c;

        while (at > 0 && ((unsigned char)prefix.ptr[at] & 0xc0) == 0x80)
            at--;
        len = prefix.len - at;
        c = decode_point((const unsigned char *)prefix.ptr + at, len);
        prefix.len = at;
        if (c >= 0x10ffff)
            continue;
        c = c == 0xd7ff ? 0xe000 : c + 1; /* no surrogates */
        out = arena_alloc(arena, at + 4, 1);
        if (at)
            memcpy(out, prefix.ptr, at);
        return (str){out, at + encode_point(c, out + at)};
    }
    return beyond(arena);
}

static struct walk_position from(str key)
{
    return (struct walk_position){.key = key, .rank = INT64_MAX, .id = STR("")};
}

static bool has_nul(str s)
{
    return s.len && memchr(s.ptr, '\0', s.len);
}

int walk_init(struct walk *walk, struct call *call, const struct walk_query *query)
{
    int r = bucket_use(call, query->bucket, query->expected_owner, &walk->bucket);

    if (r < 0)
        return r;
    if (query->encoding.ptr && !str_eq(query->encoding, STR("url")))
        return call_fail(call, &s3_InvalidArgument, "Invalid Encoding Method specified in Request");
    if (query->max.is_set && query->max.value < 0)
        return call_fail(call, &s3_InvalidArgument,
                "Argument max-keys must be an integer between 0 and 2147483647");
    if (has_nul(query->prefix) || has_nul(query->delimiter))
        return call_fail(call, &s3_InvalidArgument, "Object keys cannot hold the character NUL.");
    walk->call = call;
    walk->prefix = query->prefix.ptr ? query->prefix : STR("");
    walk->delimiter = query->delimiter;
    walk->encoding = query->encoding;
    walk->max = S3_MAX_LIST;
    if (query->max.is_set && query->max.value < S3_MAX_LIST)
        walk->max = (size_t)query->max.value;
    walk->position = from(walk->prefix);
    return 0;
}

static void go_on(struct walk *walk, struct walk_position position)
{
    if (str_cmp(position.key, walk->position.key) >= 0)
        walk->position = position;
}

void walk_after_key(struct walk *walk, str key)
{
    go_on(walk, (struct walk_position){.key = key, .id = WALK_EXCLUSIVE_ID});
}

void walk_after_version(struct walk *walk, str key, int64_t rank)
{
    go_on(walk, (struct walk_position){.key = key, .rank = rank, .id = WALK_EXCLUSIVE_ID});
}

void walk_after_upload(struct walk *walk, str key, str id)
{
    go_on(walk, (struct walk_position){.key = key, .id = id});
}

void walk_after_prefix(struct walk *walk, str prefix)
{
    go_on(walk, from(successor(walk->call->arena, prefix)));
}

/* The common prefix that a key belongs to; absent: it is shown itself. */
static str common_prefix(const struct walk *walk, str key)
{
    ptrdiff_t at;

    if (!walk->delimiter.len || !str_starts(key, walk->prefix))
        return (str){0};
    at = str_find(str_skip(key, walk->prefix.len), walk->delimiter);
    return at < 0 ? (str){0} : str_head(key, walk->prefix.len + (size_t)at + walk->delimiter.len);
}

void walk_after_marker(struct walk *walk, str marker)
{
    str prefix = common_prefix(walk, marker);

    if (prefix.ptr && str_eq(prefix, marker))
        walk_after_prefix(walk, marker);
    else
        walk_after_key(walk, marker);
}

str walk_encode(struct walk *walk, str name)
{
    bool as_it_is = !name.ptr || !walk->encoding.ptr;

    return as_it_is ? name : percent_encode(walk->call->arena, name, PERCENT_KEEP_SLASH);
}

static int fetch(struct walk *walk, str end, size_t limit, struct db_rows *ret)
{
    const struct walk_position *p = &walk->position;
    struct db_arg second = walk->is_uploads ? db_text(p->id) : db_int(p->rank);

    return db_query(
            walk->call->tx, ret, walk->sql, walk->bucket.name, p->key, end, second, (int64_t)limit);
}

static bool show_prefix(struct walk *walk, str prefix)
{
    if (walk->count == walk->max) {
        walk->is_truncated = true;
        return false;
    }
    if (!walk->prefixes.items)
        walk->prefixes.items = arena_array(walk->call->arena, walk->max, struct s3_CommonPrefix);
    walk->prefixes.is_set = true;
    walk->prefixes.items[walk->prefixes.len++].Prefix = walk_encode(walk, prefix);
    walk->count++;
    walk->last = prefix;
    walk->last_is_prefix = true;
    walk->last_row = NULL;
    walk->position = from(successor(walk->call->arena, prefix));
    return true;
}

static bool show_entry(struct walk *walk, const struct db_row *row)
{
    if (walk->count == walk->max || !walk->add(walk, row)) {
        walk->is_truncated = true;
        return false;
    }
    walk->count++;
    walk->last = row_text(row, 0);
    walk->last_is_prefix = false;
    walk->last_row = row;
    walk->position = (struct walk_position){.key = row_text(row, 0)};
    if (walk->is_uploads)
        walk->position.id = row_text(row, 1);
    else
        walk->position.rank = row_int(row, 1);
    return true;
}

/* False: the answer is full. */
static bool show_rows(struct walk *walk, const struct db_rows *rows)
{
    str skipped = {0};

    for (size_t i = 0; i < rows->len; i++) {
        const struct db_row *row = &rows->items[i];
        str prefix;

        if (skipped.ptr && str_starts(row_text(row, 0), skipped))
            continue;
        prefix = common_prefix(walk, row_text(row, 0));
        skipped = prefix;
        if (prefix.ptr ? !show_prefix(walk, prefix) : !show_entry(walk, row))
            return false;
    }
    return true;
}

int walk_run(struct walk *walk)
{
    str end = successor(walk->call->arena, walk->prefix);
    size_t limit = walk->delimiter.len ? BATCH_MIN : walk->max + 1;
    struct db_rows rows;
    int r;

    if (walk->max == 0)
        return 0;
    for (;;) {
        r = fetch(walk, end, limit, &rows);
        if (r < 0)
            return r;
        if (!show_rows(walk, &rows) || rows.len < limit)
            return 0;
        limit = limit * 2 <= S3_MAX_LIST + 1 ? limit * 2 : S3_MAX_LIST + 1;
    }
}
