/*
 * pattern - the regular expressions of the models, compiled when first needed
 */
#include "api/private.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    PATTERN_MATCH_LIMIT = 200000, /* steps; a pattern that needs more does not match */
    PATTERN_DEPTH_LIMIT = 20000,
    PATTERN_HEAP_KIB = 16384,
};

struct patterns {
    pthread_mutex_t lock;
    struct map map; /* pattern -> pcre2_code */
    pcre2_match_context *context;
};

struct patterns *patterns_new(void)
{
    struct patterns *patterns = mem_new(struct patterns);

    pthread_mutex_init(&patterns->lock, NULL);
    patterns->context = pcre2_match_context_create(NULL);
    if (!patterns->context)
        abort(); /* out of memory */
    pcre2_set_match_limit(patterns->context, PATTERN_MATCH_LIMIT);
    pcre2_set_depth_limit(patterns->context, PATTERN_DEPTH_LIMIT);
    pcre2_set_heap_limit(patterns->context, PATTERN_HEAP_KIB);
    return patterns;
}

void patterns_free(struct patterns *patterns)
{
    size_t pos = 0;
    void *code;
    str key;

    while (map_next(&patterns->map, &pos, &key, &code))
        pcre2_code_free(code);
    map_done(&patterns->map);
    pcre2_match_context_free(patterns->context);
    pthread_mutex_destroy(&patterns->lock);
    free(patterns);
}

/* Java's \uXXXX is PCRE2's in "BSUX" mode only, which reads other escapes differently. */
static uint32_t options_of(str pattern)
{
    uint32_t options =
            PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOLLAR_ENDONLY;

    return str_find(pattern, STR("\\u")) >= 0 ? options | PCRE2_ALT_BSUX : options;
}

static pcre2_code *get(struct patterns *patterns, str pattern)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&patterns->lock);
    pcre2_code *code = map_get(&patterns->map, pattern);
    int number;
    size_t offset;

    (void)lock;
    if (code)
        return code;
    code = pcre2_compile(
            (PCRE2_SPTR)pattern.ptr, pattern.len, options_of(pattern), &number, &offset, NULL);
    if (code)
        map_put(&patterns->map, pattern, code);
    return code;
}

int patterns_match(struct patterns *patterns, const char *pattern, str text)
{
    pcre2_code *code = get(patterns, str_of(pattern));
    pcre2_match_data *data;
    int r;

    if (!code)
        return -EINVAL;
    data = pcre2_match_data_create(1, NULL);
    if (!data)
        abort(); /* out of memory */
    r = pcre2_match(code, (PCRE2_SPTR)(text.ptr ? text.ptr : ""), text.len, 0, PCRE2_NO_UTF_CHECK,
            data, patterns->context);
    pcre2_match_data_free(data);
    return r >= 0;
}
