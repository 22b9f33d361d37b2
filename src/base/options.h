/*
 * options - the command line of every subcommand: --name VALUE, --name=VALUE, --flag, words
 *
 * Errors    -EINVAL with one line that names the argument; callers print it and exit 2
 */
#pragma once

#include "base/str.h"

struct option_spec {
    const char *name;   /* "listen" */
    const char **value; /* gets the argument; NULL for a flag */
    bool *flag;         /* gets true; NULL for a value */
};

struct option_words {
    const char **items; /* what is no option, in order; argv's own strings */
    size_t max;         /* room; more is an error */
    size_t len;
};

/*
 * Reads argv[0..argc). Options may come in any order and between words; "--" ends them.
 */
MUST_CHECK int options_parse(int argc, char **argv, const struct option_spec *options, size_t len,
        struct option_words *words, struct error *err);
