/*
 * random - the one door to randomness, and the ids made of it
 *
 * random_bytes() is OpenSSL's DRBG; the simulator may seed it (random_set_seed),
 * which no server does.
 */
#pragma once

#include "base/str.h"

void random_bytes(void *ptr, size_t len);
uint64_t random_below(uint64_t limit); /* uniform in [0, limit); limit > 0 */
void random_set_seed(uint64_t seed);   /* tests only: deterministic from here on */

str random_uuid(struct arena *arena); /* RFC 9562 version 4, lower case */
/* A UUID of version 7: sorts by time of creation. For rows that are listed newest first. */
str random_uuid_sortable(struct arena *arena);
/* `prefix` and `len` characters of `alphabet`: AKIA…, d-ABC…, AIDA…. */
str random_id(struct arena *arena, str prefix, str alphabet, size_t len);
#define RANDOM_BASE32 STR("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
#define RANDOM_UPPER STR("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
#define RANDOM_LOWER STR("abcdefghijklmnopqrstuvwxyz0123456789")
#define RANDOM_BASE62 STR("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
