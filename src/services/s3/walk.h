/*
 * walk - through the keys of a bucket in the order of their bytes (private to services/s3)
 *
 *     prefix "a/", delimiter "/"       a/1      entry
 *                                      a/b/1    common prefix "a/b/", and then the next
 *                                      a/b/2    query begins behind all that share it
 *                                      a/c
 *
 * So a listing costs what it shows, not what lies below it.
 */
#pragma once

#include "services/s3/object.h"

/* From where: keys greater than `key`, or of `key` itself what comes after rank or id. */
struct walk_position {
    str key;
    int64_t rank; /* objects: versions with a lower one are left; 0: none of this key */
    str id;       /* uploads: those with a greater one are left */
};

struct walk {
    struct call *call;
    const char *sql;
    bool is_uploads; /* $4 is an id, not a rank */
    str bucket, prefix, delimiter;
    size_t max;
    struct walk_position position;
    bool (*add)(struct walk *walk, const struct db_row *row); /* row: key, rank or id, ... */
    void *arg;
    /* the result */
    struct s3_CommonPrefixList prefixes;
    size_t count;
    bool is_truncated;
    str last; /* key or common prefix shown last */
    bool last_is_prefix;
    const struct db_row *last_row; /* NULL: it was a prefix */
};

#define WALK_EXCLUSIVE_ID STR("~")

/* All keys from prefix on. Fails the call: parameters out of range. */
MUST_CHECK int walk_init(struct walk *walk, struct call *call, str bucket, str prefix,
        str delimiter, struct opt_int max);
void walk_after_key(struct walk *walk, str key);
void walk_after_version(struct walk *walk, str key, int64_t rank);
void walk_after_upload(struct walk *walk, str key, str id);
void walk_after_prefix(struct walk *walk, str prefix);
/* Is `marker` a common prefix that this walk could show? Then it goes on behind it. */
void walk_after_marker(struct walk *walk, str marker);
MUST_CHECK int walk_run(struct walk *walk);

/* encoding-type=url: names as in URLs; else as they are. */
str walk_encode(struct call *call, str encoding, str name);
MUST_CHECK int walk_check_encoding(struct call *call, str encoding);
void walk_encode_prefixes(struct call *call, str encoding, struct s3_CommonPrefixList *prefixes);
