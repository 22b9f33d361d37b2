/*
 * zstd - bytes made smaller, whole and in memory (Zstandard frames, RFC 8878)
 *
 * Quick rather than small: for what is written often and read seldom. The caller keeps the
 * size beside the packed bytes, and so says how much memory unpacking may take.
 */
#pragma once

#include "base/str.h"

str zstd_pack(struct arena *arena, str bytes);
/* -EINVAL: not packed bytes, or not of `size` bytes. */
MUST_CHECK int zstd_unpack(struct arena *arena, str packed, size_t size, str *ret);
