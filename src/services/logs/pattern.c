#include "services/logs/pattern.h"

#include "base/buf.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_bare(char c)
{
    return !is_blank(c) && c != '"';
}

/* One term's text at *rest, quoted or bare. */
static int take_text(struct arena *arena, str *rest, str *ret, struct error *err)
{
    struct buf out = buf_make(arena, 4096);
    size_t i = 0;

    if (!rest->len)
        return error_set(err, EINVAL, "Invalid filter pattern");
    if (rest->ptr[0] != '"') {
        while (i < rest->len && is_bare(rest->ptr[i]))
            i++;
        *ret = str_head(*rest, i);
        *rest = str_skip(*rest, i);
        return i ? 0 : error_set(err, EINVAL, "Invalid filter pattern");
    }
    for (i = 1; i < rest->len && rest->ptr[i] != '"'; i++) {
        if (rest->ptr[i] == '\\' && i + 1 < rest->len)
            i++;
        buf_char(&out, rest->ptr[i]);
    }
    if (i == rest->len)
        return error_set(err, EINVAL, "Invalid filter pattern: a quote is not closed");
    *ret = buf_str(&out);
    *rest = str_skip(*rest, i + 1);
    return 0;
}

int pattern_parse(struct arena *arena, str text, struct pattern *ret, struct error *err)
{
    struct pattern_term *terms = arena_array(arena, PATTERN_MAX_TERMS, struct pattern_term);
    size_t len = 0;
    str rest = str_trim(text);

    if (rest.len && strchr("{[%", rest.ptr[0]))
        return error_set(err, ENOTSUP,
                "filter patterns for JSON, columns and regular expressions are not supported");
    while (rest.len) {
        struct pattern_term term = {.kind = PATTERN_ALL};
        int r;

        if (len == PATTERN_MAX_TERMS)
            return error_set(
                    err, EINVAL, "Invalid filter pattern: more than %d terms", PATTERN_MAX_TERMS);
        if (rest.ptr[0] == '?' || rest.ptr[0] == '-') {
            term.kind = rest.ptr[0] == '?' ? PATTERN_ANY : PATTERN_NONE;
            rest = str_skip(rest, 1);
        }
        if ((r = take_text(arena, &rest, &term.text, err)) < 0)
            return r;
        terms[len++] = term;
        while (rest.len && is_blank(rest.ptr[0]))
            rest = str_skip(rest, 1);
    }
    *ret = (struct pattern){terms, len};
    return 0;
}

bool pattern_matches(const struct pattern *pattern, str line)
{
    bool has_any = false, is_any = false, has_other = false;

    for (size_t i = 0; i < pattern->len; i++) {
        bool found = str_find(line, pattern->items[i].text) >= 0;

        if (pattern->items[i].kind == PATTERN_ANY) {
            has_any = true;
            is_any = is_any || found;
            continue;
        }
        has_other = true;
        if (found != (pattern->items[i].kind == PATTERN_ALL))
            return false;
    }
    return !has_any || has_other || is_any;
}
