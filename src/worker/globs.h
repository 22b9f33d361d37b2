/*
 * globs - the file patterns of a buildspec
 *
 *     *     any characters of one name, none included      ?   one character
 *     **    as a whole name: any number of directories     [ab-z] [!a]  one of a set
 *     \c    c itself
 *
 * Names that begin with a dot are matched like others, as CodeBuild does. A leading
 * "./" and doubled slashes mean nothing.
 *
 * Limits    time is at most pattern length x path length for each "**"
 */
#pragma once

#include "base/str.h"

enum {
    GLOBS_MAX_PATTERN = 4096
};

bool glob_matches(str pattern, str path);
/* Whether something below the directory `path` could match. For walking no more than needed. */
bool glob_reaches_below(str pattern, str path);
bool glob_is_literal(str pattern);
