#include "api/policy_impl.h"
#include "base/buf.h"

enum {
    ARN_SEGMENTS = 6,
    EXPANDED_MAX = 65536, /* bytes of a pattern after its variables are replaced */
};

/* ---- Patterns from text ------------------------------------------------------------ */

struct reading {
    struct policy_builder *builder;
    enum policy_pattern_kind kind;
    str rest;
    unsigned segment; /* of an ARN, from 0; the last holds all further colons */
    uint32_t flags;
    struct buf out;
};

static bool is_arn_kind(enum policy_pattern_kind kind)
{
    return kind == PATTERN_RESOURCE || kind == PATTERN_ARN;
}

/* ${*} ${?} ${$} ${key} ${key, 'default'}: `body` is what stands between the braces. */
static int read_variable(struct reading *in, str body, struct error *err)
{
    str key = body, fallback = {0};

    if (body.len == 1 && strchr("*?$", body.ptr[0])) {
        buf_add(&in->out, body);
        return 0;
    }
    if (str_cut(&body, ',', &key)) {
        fallback = str_trim(body);
        if (fallback.len < 2 || fallback.ptr[0] != '\'' || fallback.ptr[fallback.len - 1] != '\'')
            return policy_bad(in->builder, err, "The policy failed legacy parsing",
                    "Invalid default value in policy variable");
        fallback = (str){fallback.ptr + 1, fallback.len - 2};
    }
    key = str_trim(key);
    if (key.len == 0 || str_find_char(key, '{') >= 0)
        return policy_bad(
                in->builder, err, "The policy failed legacy parsing", "Invalid policy variable");

    policy_note_key(in->builder, key);
    buf_char(&in->out, (char)TOKEN_VARIABLE);
    buf_add(&in->out, key);
    if (fallback.ptr) {
        buf_char(&in->out, (char)TOKEN_DEFAULT);
        buf_add(&in->out, fallback);
    }
    buf_char(&in->out, (char)TOKEN_VARIABLE_END);
    in->flags |= PATTERN_HAS_VARIABLE;
    return 0;
}

static char wildcard(struct reading *in, char c)
{
    bool is_many = c == '*';
    /* "If the wildcard is the last character of a segment, it can expand to match
     * beyond the colon boundaries" (IAM JSON policy elements: Resource). */
    bool is_last = in->rest.len == 0 || in->rest.ptr[0] == ':';
    bool is_inner =
            in->kind == PATTERN_RESOURCE && in->segment < ARN_SEGMENTS - 1 && !(is_many && is_last);

    in->flags |= PATTERN_HAS_WILDCARD;
    if (is_inner)
        return (char)(is_many ? TOKEN_MANY_INNER : TOKEN_ONE_INNER);
    return (char)(is_many ? TOKEN_MANY : TOKEN_ONE);
}

static int read_one(struct reading *in, struct error *err)
{
    char c = in->rest.ptr[0];
    str body;

    if (c == '$' && in->rest.len > 1 && in->rest.ptr[1] == '{' && in->builder->has_variables &&
            in->kind != PATTERN_ACTION) {
        in->rest = str_skip(in->rest, 2);
        if (!str_cut(&in->rest, '}', &body))
            return policy_bad(in->builder, err, "The policy failed legacy parsing",
                    "Unterminated policy variable");
        return read_variable(in, body, err);
    }
    in->rest = str_skip(in->rest, 1);
    if ((c == '*' || c == '?') && in->kind != PATTERN_EXACT)
        c = wildcard(in, c);
    if (c == ':' && in->segment < ARN_SEGMENTS - 1 && is_arn_kind(in->kind)) {
        in->segment++;
        if (in->kind == PATTERN_ARN)
            c = (char)TOKEN_SEGMENT;
    }
    if (in->kind == PATTERN_ACTION && c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    buf_char(&in->out, c);
    return 0;
}

int policy_add_pattern(struct policy_builder *builder, str text, enum policy_pattern_kind kind,
        struct policy_pattern *ret, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct reading in = {.builder = builder, .kind = kind, .rest = text};
    struct policy_pattern pattern = {0};

    in.out = buf_make(&scratch, text.len + 1); /* no element is longer than its source */
    while (in.rest.len > 0) {
        int r = read_one(&in, err);
        if (r < 0)
            return r;
    }

    str out = buf_str(&in.out);
    while (pattern.prefix < out.len && (unsigned char)out.ptr[pattern.prefix] < TOKEN_FIRST)
        pattern.prefix++;
    pattern.flags = in.flags;
    if (kind != PATTERN_EXACT && str_eq(text, STR("*")))
        pattern.flags |= PATTERN_IS_ALL;
    pattern.text = policy_add_text(builder, out);
    *ret = pattern;
    return 0;
}

/* ---- Matching ---------------------------------------------------------------------- */

/* One pattern byte that is no star against the text at *at. */
static bool step(unsigned char c, str text, size_t *at)
{
    if (*at == text.len)
        return false;
    if (c == TOKEN_ONE || (c == TOKEN_ONE_INNER && text.ptr[*at] != ':')) {
        (*at)++;
        while (*at < text.len && ((unsigned char)text.ptr[*at] & 0xc0) == 0x80)
            (*at)++; /* the rest of the character */
        return true;
    }
    if (c == TOKEN_ONE_INNER || c != (unsigned char)text.ptr[*at])
        return false;
    (*at)++;
    return true;
}

/*
 * Greedy, with one place to go back to for each kind of star: after a mismatch only
 * the last star can help, and when that may not pass a colon, the last free one.
 */
bool policy_glob(str pattern, str text)
{
    struct {
        size_t pattern, text;
        bool is_set;
    } many = {0}, inner = {0};
    size_t p = 0, t = 0;

    while (p < pattern.len || t < text.len) {
        unsigned char c = p < pattern.len ? (unsigned char)pattern.ptr[p] : 0;
        if (c == TOKEN_MANY) {
            if (++p == pattern.len)
                return true;
            many.pattern = p, many.text = t, many.is_set = true;
            inner.is_set = false;
            continue;
        }
        if (c == TOKEN_MANY_INNER) {
            inner.pattern = ++p, inner.text = t, inner.is_set = true;
            continue;
        }
        if (p < pattern.len && step(c, text, &t)) {
            p++;
            continue;
        }
        if (inner.is_set && inner.text < text.len && text.ptr[inner.text] != ':') {
            p = inner.pattern, t = ++inner.text;
            continue;
        }
        inner.is_set = false;
        if (!many.is_set || many.text == text.len)
            return false;
        p = many.pattern, t = ++many.text;
    }
    return true;
}

const struct policy_key *policy_find_key(const struct policy_request *request, str name)
{
    for (size_t i = 0; i < request->keys_len; i++)
        if (request->keys[i].name.len == name.len && str_eq_nocase(request->keys[i].name, name))
            return &request->keys[i];
    return NULL;
}

bool policy_request_has(const struct policy_request *request, str key)
{
    return policy_find_key(request, key) != NULL;
}

/* A variable's value: of a key with exactly one, and without bytes that UTF-8 never has. */
static bool resolve(const struct policy_request *request, str key, str fallback, str *ret)
{
    const struct policy_key *found = policy_find_key(request, key);
    str value = fallback;

    if (found && found->values.len == 1)
        value = found->values.items[0];
    else if (found && found->values.len > 1)
        return false;
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.ptr[i] >= TOKEN_FIRST)
            return false;
    *ret = value;
    return value.ptr != NULL;
}

/* False: a variable has no value, so the pattern matches nothing. */
static bool expand(
        const struct policy_request *request, str pattern, struct arena *scratch, str *ret)
{
    struct buf out = buf_make(scratch, EXPANDED_MAX);
    str head, body, key, value;

    while (str_cut(&pattern, (char)TOKEN_VARIABLE, &head)) {
        str fallback = {0};

        buf_add(&out, head);
        if (!str_cut(&pattern, (char)TOKEN_VARIABLE_END, &body))
            return false;
        key = body;
        if (str_cut(&body, (char)TOKEN_DEFAULT, &key))
            fallback = body;
        if (!resolve(request, key, fallback, &value))
            return false;
        buf_add(&out, value);
    }
    buf_add(&out, pattern);
    *ret = buf_str(&out);
    return !buf_is_full(&out);
}

bool policy_match_pattern(const struct policy *policy, const struct policy_pattern *pattern,
        str text, const struct policy_request *request, struct arena *scratch)
{
    str whole = policy_str(policy, pattern->text);

    if (pattern->flags & PATTERN_IS_ALL)
        return true;
    if (text.len < pattern->prefix || memcmp(text.ptr, whole.ptr, pattern->prefix) != 0)
        return false;
    if (pattern->prefix == whole.len)
        return text.len == whole.len;
    whole = str_skip(whole, pattern->prefix);
    text = str_skip(text, pattern->prefix);
    if ((pattern->flags & PATTERN_HAS_VARIABLE) && !expand(request, whole, scratch, &whole))
        return false;
    return policy_glob(whole, text);
}

bool policy_match_nocase(const struct policy *policy, const struct policy_pattern *pattern,
        str text, const struct policy_request *request, struct arena *scratch)
{
    str whole = policy_str(policy, pattern->text);

    if ((pattern->flags & PATTERN_HAS_VARIABLE) && !expand(request, whole, scratch, &whole))
        return false;
    return str_eq_nocase(whole, text);
}

bool policy_match_arn(const struct policy *policy, const struct policy_pattern *pattern, str text,
        const struct policy_request *request, struct arena *scratch)
{
    str rest = policy_str(policy, pattern->text), want, have;
    size_t segments = 1;

    if (pattern->flags & PATTERN_IS_ALL)
        return true;
    if ((pattern->flags & PATTERN_HAS_VARIABLE) && !expand(request, rest, scratch, &rest))
        return false;
    for (; str_cut(&rest, (char)TOKEN_SEGMENT, &want); segments++)
        if (!str_cut(&text, ':', &have) || !policy_glob(want, have))
            return false;
    return (segments == ARN_SEGMENTS || str_find_char(text, ':') < 0) && policy_glob(rest, text);
}
