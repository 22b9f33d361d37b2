/*
 * pattern - filter patterns for unstructured log lines
 *
 *     ERROR timeout       both words
 *     "two words"         the phrase
 *     ?ERROR ?WARN        any of them; ignored beside terms of the other kinds, as AWS
 *     ERROR -retry        the first, without the second
 *
 * Source: CloudWatch Logs User Guide, "Filter pattern syntax". Terms are case-sensitive.
 * Patterns for JSON ("{ $.x = 1 }"), columns ("[a, b]") and regular expressions ("%x%")
 * are not supported: -ENOTSUP.
 */
#pragma once

#include "base/str.h"

enum {
    PATTERN_MAX_TERMS = 100
};

struct pattern_term {
    str text;
    enum {
        PATTERN_ALL,
        PATTERN_ANY,
        PATTERN_NONE
    } kind;
};

struct pattern {
    const struct pattern_term *items;
    size_t len;
};

/* -EINVAL malformed, -ENOTSUP a kind of pattern that is not supported. */
MUST_CHECK int pattern_parse(struct arena *arena, str text, struct pattern *ret, struct error *err);
bool pattern_matches(const struct pattern *pattern, str line);
