/*
 * refname - which names a ref may have
 *
 * The rules of git-check-ref-format(1), and two of our own: a name is UTF-8 (it is
 * kept as text), and no longer than REFNAME_MAX.
 */
#pragma once

#include "base/str.h"

enum {
    REFNAME_MAX = 1024,
    OBJECT_ID_LEN = 40, /* SHA-1, as hexadecimal digits */
};

#define OBJECT_ID_ZERO STR("0000000000000000000000000000000000000000")

/* "refs/heads/main": begins with refs/ and has two more components at least. */
bool refname_is_valid(str name);
/* What may follow refs/heads/ or refs/tags/: "main", "feature/a". */
bool refname_is_valid_short(str name);

bool object_id_is_valid(str id); /* 40 lower-case hexadecimal digits */
bool object_id_is_zero(str id);
