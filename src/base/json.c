#include "base/json.h"

static const char REPLACEMENT[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* jansson has a limit of its own, but a far larger one. */
static int check_depth(str text, struct error *err)
{
    size_t depth = 0, line = 1;
    bool in_string = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        line += c == '\n';
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            depth++;
        else if (!in_string && (c == '}' || c == ']') && depth)
            depth--;
        if (depth > JSON_MAX_DEPTH)
            return error_set(err, EINVAL, "json is nested deeper than %d levels at line %zu",
                    JSON_MAX_DEPTH, line);
    }
    return 0;
}

int json_parse(str text, json_t **ret, struct error *err)
{
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_error_t problem;
    int r = check_depth(text, err);

    if (r < 0)
        return r;
    json_t *json = json_loadb(text.ptr ? text.ptr : "", text.len, flags, &problem);
    if (!json) {
        str what = str_of(problem.text); /* "<what> near '<bytes from outside>'" */
        ptrdiff_t near = str_find(what, STR(" near "));
        if (near >= 0)
            what = str_head(what, (size_t)near);
        return error_set(err, EINVAL, "json line %d column %d: %.*s", problem.line, problem.column,
                STR_ARG(what));
    }
    *ret = json;
    return 0;
}

str json_str(const json_t *json)
{
    if (!json_is_string(json))
        return (str){0};
    return (str){json_string_value(json), json_string_length(json)};
}

const json_t *json_member(const json_t *json, const char *name)
{
    return json_object_get(json, name);
}

str json_member_str(const json_t *json, const char *name)
{
    return json_str(json_member(json, name));
}

static int add_piece(const char *bytes, size_t len, void *out)
{
    buf_add(out, (str){bytes, len});
    return 0;
}

str json_print(struct arena *arena, const json_t *json)
{
    struct buf out = buf_make(arena, SIZE_MAX / 8);

    if (json_dump_callback(json, add_piece, &out, JSON_COMPACT | JSON_ENCODE_ANY) < 0)
        abort(); /* a tree that jansson made is printable: out of memory */
    return buf_str(&out);
}

static void write_special(struct buf *out, char c)
{
    switch (c) {
    case '"':
        buf_add(out, STR("\\\""));
        return;
    case '\\':
        buf_add(out, STR("\\\\"));
        return;
    case '\n':
        buf_add(out, STR("\\n"));
        return;
    case '\t':
        buf_add(out, STR("\\t"));
        return;
    case '\r':
        buf_add(out, STR("\\r"));
        return;
    case '\b':
        buf_add(out, STR("\\b"));
        return;
    case '\f':
        buf_add(out, STR("\\f"));
        return;
    default:
        buf_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

/* Eight bytes that are ASCII, and none of them a control character, a quote or a backslash. */
static bool are_plain(const char *bytes)
{
    const uint64_t each = 0x0101010101010101u, high = each * 0x80;
    uint64_t word, quote, backslash;

    memcpy(&word, bytes, sizeof(word));
    quote = word ^ each * '"';
    backslash = word ^ each * '\\';
    /* A byte less than n has its high bit set in (word - each * n) & ~word. */
    return !((word | ((word - each * 0x20) & ~word) | ((quote - each) & ~quote) |
                     ((backslash - each) & ~backslash)) &
             high);
}

/* How many bytes at the start of s can be written as they are. */
static size_t plain_run(str s)
{
    size_t n = 0;

    while (n < s.len) {
        if (s.len - n >= 8 && are_plain(s.ptr + n)) {
            n += 8;
            continue;
        }
        unsigned char c = (unsigned char)s.ptr[n];
        size_t step = 1;
        if (c < 0x20 || c == '"' || c == '\\')
            break;
        if (c >= 0x80)
            step = str_utf8_next(str_skip(s, n));
        if (step == 0)
            break;
        n += step;
    }
    return n;
}

void json_write_str(struct buf *out, str s)
{
    buf_char(out, '"');
    while (s.len) {
        size_t n = plain_run(s);
        buf_add(out, str_head(s, n));
        s = str_skip(s, n);
        if (s.len == 0)
            break;
        if ((unsigned char)s.ptr[0] >= 0x80)
            buf_add(out, str_of(REPLACEMENT));
        else
            write_special(out, s.ptr[0]);
        s = str_skip(s, 1);
    }
    buf_char(out, '"');
}

void json_write_key(struct buf *out, str name)
{
    char last = out->len ? out->ptr[out->len - 1] : '{';

    if (last != '{' && last != '[' && last != ',')
        buf_char(out, ',');
    json_write_str(out, name);
    buf_char(out, ':');
}

void json_write_member(struct buf *out, str name, str value)
{
    if (!value.ptr)
        return;
    json_write_key(out, name);
    json_write_str(out, value);
}

void json_write_member_int(struct buf *out, str name, int64_t value)
{
    json_write_key(out, name);
    buf_int(out, value);
}
