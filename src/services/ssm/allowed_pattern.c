/*
 * The pattern is the user's: compiled for one match, which ends at a limit of steps.
 */
#include "services/ssm/parameter.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    MATCH_LIMIT = 200000, /* steps; a pattern that needs more does not match */
    DEPTH_LIMIT = 20000,
    HEAP_KIB = 16384,
};

int value_match(struct call *call, str pattern, str value)
{
    PCRE2_SIZE offset;
    int number, r;
    pcre2_match_context *limits;
    pcre2_match_data *match;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
            PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &number, &offset, NULL);

    if (!code)
        return call_fail(call, &ssm_InvalidAllowedPatternException,
                "The request does not meet the regular expression requirement: the allowed pattern "
                "is not valid at offset %zu.",
                (size_t)offset);
    limits = pcre2_match_context_create(NULL);
    match = pcre2_match_data_create(1, NULL);
    if (!limits || !match)
        abort(); /* out of memory */
    pcre2_set_match_limit(limits, MATCH_LIMIT);
    pcre2_set_depth_limit(limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(limits, HEAP_KIB);
    r = pcre2_match(code, (PCRE2_SPTR)value.ptr, value.len, 0, 0, match, limits);
    pcre2_match_data_free(match);
    pcre2_match_context_free(limits);
    pcre2_code_free(code);
    if (r < 0)
        return call_fail(call, &ssm_ParameterPatternMismatchException,
                "Parameter value, cannot be validated against allowedPattern: %.*s",
                STR_ARG(pattern));
    return 0;
}
