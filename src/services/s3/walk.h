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

/* What a client asks to be listed. */
struct walk_query {
    str bucket, expected_owner;
    str prefix, delimiter;
    str encoding; /* "url": names as in URLs; absent: as they are */
    struct opt_int max;
};

struct walk {
    struct call *call;
    const char *sql;
    bool is_uploads;                                          /* $4 is an id, not a rank */
    bool (*add)(struct walk *walk, const struct db_row *row); /* row: key, rank or id, ... */
    void *arg;
    /* known after walk_init() */
    struct bucket bucket;
    str prefix, delimiter, encoding;
    size_t max;
    struct walk_position position;
    /* the result */
    struct s3_CommonPrefixList prefixes; /* encoded */
    size_t count;
    bool is_truncated;
    str last; /* key or common prefix shown last */
    bool last_is_prefix;
    const struct db_row *last_row; /* NULL: it was a prefix */
};

#define WALK_EXCLUSIVE_ID STR("~")

/* All keys from the prefix on. Fails the call like bucket_use(), or for what the query says. */
MUST_CHECK int walk_init(struct walk *walk, struct call *call, const struct walk_query *query);
void walk_after_key(struct walk *walk, str key);
void walk_after_version(struct walk *walk, str key, int64_t rank);
void walk_after_upload(struct walk *walk, str key, str id);
void walk_after_prefix(struct walk *walk, str prefix);
/* Is `marker` a common prefix that this walk could show? Then it goes on behind it. */
void walk_after_marker(struct walk *walk, str marker);
MUST_CHECK int walk_run(struct walk *walk);

str walk_encode(struct walk *walk, str name); /* as the client wants names encoded */
