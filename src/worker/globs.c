#include "worker/globs.h"

/* The next name of a path or pattern; false at the end. */
static bool next_name(str *rest, str *ret)
{
    while (rest->len > 0 && rest->ptr[0] == '/')
        *rest = str_skip(*rest, 1);
    if (rest->len == 0)
        return false;
    ptrdiff_t slash = str_find_char(*rest, '/');
    *ret = str_head(*rest, slash < 0 ? rest->len : (size_t)slash);
    *rest = str_skip(*rest, ret->len);
    return str_eq(*ret, STR(".")) ? next_name(rest, ret) : true;
}

/* pattern[0] is '[': whether `c` is in the set. Sets *ret_len to its length, or 0 if it has no end.
 */
static bool set_has(str pattern, char c, size_t *ret_len)
{
    bool negated = pattern.len > 1 && (pattern.ptr[1] == '!' || pattern.ptr[1] == '^');
    size_t i = negated ? 2 : 1, first = i;
    bool found = false;

    for (; i < pattern.len && (pattern.ptr[i] != ']' || i == first); i++) {
        unsigned char low = (unsigned char)pattern.ptr[i], high = low;
        if (i + 2 < pattern.len && pattern.ptr[i + 1] == '-' && pattern.ptr[i + 2] != ']') {
            high = (unsigned char)pattern.ptr[i + 2];
            i += 2;
        }
        if ((unsigned char)c >= low && (unsigned char)c <= high)
            found = true;
    }
    *ret_len = i < pattern.len ? i + 1 : 0;
    return found != negated;
}

/* Whether the first element of `pattern` (not '*') takes `c`; *ret_len is its length. */
static bool takes(str pattern, char c, size_t *ret_len)
{
    *ret_len = 1;
    if (pattern.ptr[0] == '?')
        return true;
    if (pattern.ptr[0] == '[') {
        bool found = set_has(pattern, c, ret_len);
        if (*ret_len > 0)
            return found;
        *ret_len = 1; /* a '[' without an end is itself */
    }
    if (pattern.ptr[0] == '\\' && pattern.len > 1) {
        *ret_len = 2;
        return pattern.ptr[1] == c;
    }
    return pattern.ptr[0] == c;
}

/* One name against one name: the last '*' is the only one that is ever tried again. */
static bool name_matches(str pattern, str name)
{
    str star = {0}, at_star = {0};
    size_t len;

    while (name.len > 0) {
        if (pattern.len > 0 && pattern.ptr[0] == '*') {
            pattern = str_skip(pattern, 1);
            star = pattern;
            at_star = name;
        } else if (pattern.len > 0 && takes(pattern, name.ptr[0], &len)) {
            pattern = str_skip(pattern, len);
            name = str_skip(name, 1);
        } else if (star.ptr && at_star.len > 0) {
            at_star = str_skip(at_star, 1);
            name = at_star;
            pattern = star;
        } else {
            return false;
        }
    }
    while (pattern.len > 0 && pattern.ptr[0] == '*')
        pattern = str_skip(pattern, 1);
    return pattern.len == 0;
}

/*
 * Names against names, the same way: the last "**" is the only one tried again.
 * `below`: the path may end early, as long as the pattern could go on.
 */
static bool walk(str pattern, str path, bool below)
{
    str star = {0}, at_star = {0}, name, wanted, rest;

    for (;;) {
        rest = path;
        bool has_name = next_name(&rest, &name);
        str after = pattern;
        bool has_wanted = next_name(&after, &wanted);
        if (has_wanted && str_eq(wanted, STR("**"))) {
            if (below)
                return true;
            pattern = after;
            star = after;
            at_star = path;
            continue;
        }
        if (!has_name)
            return has_wanted ? below : !below;
        if (has_wanted && name_matches(wanted, name)) {
            pattern = after;
            path = rest;
            continue;
        }
        if (!star.ptr || !next_name(&at_star, &name))
            return false;
        path = at_star;
        pattern = star;
    }
}

bool glob_matches(str pattern, str path)
{
    str last = str_trim(pattern);

    return last.len <= GLOBS_MAX_PATTERN && walk(last, path, false);
}

bool glob_reaches_below(str pattern, str path)
{
    str last = str_trim(pattern);

    return last.len <= GLOBS_MAX_PATTERN && walk(last, path, true);
}

bool glob_is_literal(str pattern)
{
    for (size_t i = 0; i < pattern.len; i++)
        if (strchr("*?[\\", pattern.ptr[i]))
            return false;
    return true;
}
