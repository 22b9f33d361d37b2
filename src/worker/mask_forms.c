#include "worker/mask_forms.h"

#include "base/buf.h"
#include "base/codec.h"
#include "worker/mask.h"

/* What each family of libraries leaves as it is, beside letters, digits, '-', '_' and '.'. */
static const struct percent_style {
    str kept;
    bool plus; /* a space becomes '+' */
} percent_styles[] = {
        {STR_INIT("~"), false},                 /* RFC 3986: curl, jq @uri, Go PathEscape */
        {STR_INIT("~/"), false},                /* Python quote() */
        {STR_INIT("~!'()*"), false},            /* encodeURIComponent() */
        {STR_INIT("~!'()*;,/?:@&=+$#"), false}, /* encodeURI() */
        {STR_INIT("~"), true},                  /* Python quote_plus(), Go QueryEscape */
        {STR_INIT("*"), true},                  /* forms: Java, URLSearchParams */
        {STR_INIT(""), false},                  /* everything: PHP before 5.3 */
};

static const struct json_style {
    bool ascii; /* \uXXXX beyond ASCII */
    bool upper; /* digits of \u */
    bool slash; /* "\/" */
    bool html;  /* \u003c for what HTML would take amiss */
} json_styles[] = {
        {false, false, false, false},
        {false, true, false, false},
        {true, false, false, false},
        {true, true, false, false},
        {true, false, true, false},
        {false, false, false, true},
};

struct forms {
    struct arena *arena;
    mask_form_fn *fn;
    void *arg;
    size_t max; /* bytes of a form: no value has a longer one */
};

static void add(const struct forms *forms, str text, bool wraps)
{
    if (text.len >= MASK_MIN)
        forms->fn(forms->arg, &(struct mask_form){text, wraps});
}

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static void add_percent(const struct forms *forms, str s, const struct percent_style *style)
{
    struct buf upper = buf_make(forms->arena, forms->max),
               lower = buf_make(forms->arena, forms->max);

    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (is_alnum(c) || c == '-' || c == '_' || c == '.' || str_find_char(style->kept, c) >= 0) {
            buf_char(&upper, c);
            buf_char(&lower, c);
        } else if (c == ' ' && style->plus) {
            buf_char(&upper, '+');
            buf_char(&lower, '+');
        } else {
            buf_printf(&upper, "%%%02X", (unsigned char)c);
            buf_printf(&lower, "%%%02x", (unsigned char)c);
        }
    }
    add(forms, buf_str(&upper), false);
    add(forms, buf_str(&lower), false);
}

static void add_unit(struct buf *out, const struct json_style *style, unsigned unit)
{
    if (style->upper)
        buf_printf(out, "\\u%04X", unit);
    else
        buf_printf(out, "\\u%04x", unit);
}

/* Of one well-formed code point of 2 to 4 bytes. */
static void add_code_point(struct buf *out, const struct json_style *style, str bytes)
{
    unsigned c = (unsigned char)bytes.ptr[0] & (0xffU >> (bytes.len + 1));

    for (size_t i = 1; i < bytes.len; i++)
        c = c << 6 | ((unsigned char)bytes.ptr[i] & 0x3f);
    if (c < 0x10000) {
        add_unit(out, style, c);
        return;
    }
    add_unit(out, style, 0xd800 + ((c - 0x10000) >> 10));
    add_unit(out, style, 0xdc00 + ((c - 0x10000) & 0x3ff));
}

static void add_json(const struct forms *forms, str s, const struct json_style *style)
{
    static const char names[][2] = {{'\b', 'b'}, {'\f', 'f'}, {'\n', 'n'}, {'\r', 'r'}, {'\t', 't'},
            {'"', '"'}, {'\\', '\\'}};
    struct buf out = buf_make(forms->arena, forms->max);

    for (size_t i = 0; i < s.len;) {
        char c = s.ptr[i], name = c == '/' && style->slash ? '/' : 0;
        size_t len = str_utf8_next(str_skip(s, i));
        for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
            if (names[k][0] == c)
                name = names[k][1];
        if (name) {
            buf_char(&out, '\\');
            buf_char(&out, name);
        } else if ((unsigned char)c < 0x20 || (style->html && (c == '<' || c == '>' || c == '&'))) {
            add_unit(&out, style, (unsigned char)c);
        } else if (style->ascii && len > 1) {
            add_code_point(&out, style, str_head(str_skip(s, i), len));
        } else {
            buf_add(&out, str_head(str_skip(s, i), len ? len : 1));
        }
        i += len ? len : 1;
    }
    add(forms, buf_str(&out), false);
}

/*
 * Where the value begins `before` bytes into a group of three: the characters that it alone decides.
 * A line may end behind the first character, which is then too little to go by: the rest is a
 * form too.
 */
static void add_base64(const struct forms *forms, str s, size_t before, bool url)
{
    char *bytes = arena_alloc(forms->arena, before + s.len, 1);

    memcpy(bytes + before, s.ptr, s.len);
    str in = {bytes, before + s.len};
    str text = url ? base64url_encode(forms->arena, in) : base64_encode(forms->arena, in);
    text = str_head(text, (before + s.len) * 8 / 6);
    text = str_skip(text, (before * 8 + 5) / 6);
    add(forms, text, true);
    if (text.len > MASK_MIN)
        add(forms, str_skip(text, 1), true);
}

static void add_all_base64(const struct forms *forms, str s)
{
    for (size_t before = 0; before < 3; before++) {
        add_base64(forms, s, before, false);
        add_base64(forms, s, before, true);
    }
}

static void add_line(const struct forms *forms, str line)
{
    if (line.len < MASK_MIN)
        return;
    add(forms, line, false);
    add(forms, str_replace(forms->arena, line, STR("'"), STR("'\\''")), false);
    for (size_t i = 0; i < sizeof(percent_styles) / sizeof(*percent_styles); i++)
        add_percent(forms, line, &percent_styles[i]);
    for (size_t i = 0; i < sizeof(json_styles) / sizeof(*json_styles); i++)
        add_json(forms, line, &json_styles[i]);
    add_all_base64(forms, line);
}

void mask_forms(str value, mask_form_fn *fn, void *arg)
{
    AUTO_ARENA struct arena scratch = {0};
    struct forms forms = {&scratch, fn, arg, value.len * 6 + 64};
    str rest = value, line;

    while (rest.len && (rest.ptr[rest.len - 1] == '\n' || rest.ptr[rest.len - 1] == '\r'))
        rest.len--;
    if (rest.len < MASK_MIN)
        return;
    if (str_find_char(rest, '\n') >= 0)
        add_all_base64(&forms, rest);
    while (str_next(&rest, '\n', &line))
        add_line(&forms, str_trim(line));
}
