/*
 * objects - commits, trees and blobs, read in process, and new commits made
 *
 * Over libgit2 on a view of the cache. Ids are 40 hexadecimal digits. What is written
 * (git_edit) is kept in memory and comes out as a pack, to go the way of a push.
 *
 * Memory    results are copies in the caller's arena
 * Errors    -ENOENT no such object or path, -EINVAL it is of another kind
 * Limits    GIT_MAX_PATH; blobs by their caller's `max`; GIT_MAX_DEPTH folders
 * Threads   one at a time
 */
#pragma once

#include "git/cache.h"

enum {
    GIT_MAX_PATH = 4096,
    GIT_MAX_DEPTH = 200,
};

enum git_mode {
    GIT_MODE_FOLDER = 040000,
    GIT_MODE_NORMAL = 0100644,
    GIT_MODE_EXECUTABLE = 0100755,
    GIT_MODE_SYMLINK = 0120000,
    GIT_MODE_SUBMODULE = 0160000,
};

struct git_objects;

#define AUTO_OBJECTS __attribute__((cleanup(git_objects_free)))

MUST_CHECK int git_objects_open(
        const struct git_view *view, struct git_objects **ret, struct error *err);
void git_objects_close(struct git_objects *objects); /* NULL is fine */
static inline void git_objects_free(struct git_objects **objects)
{
    git_objects_close(*objects);
}

struct git_person {
    str name;
    str email;
    int64_t time; /* s since the epoch */
    int offset;   /* minutes east of UTC */
};

struct git_commit_info {
    str id;
    str tree;
    struct str_list parents;
    struct git_person author;
    struct git_person committer;
    str message;
    str extra; /* header lines beyond those above: gpgsig and so on; may be empty */
};

struct git_item { /* of a tree */
    str name;
    str id;
    unsigned mode; /* enum git_mode, or what an old git wrote */
};

struct git_items {
    struct git_item *items;
    size_t len;
};

/* The commit that an id means: itself, or what a tag points to. */
MUST_CHECK int git_commit_resolve(
        struct git_objects *objects, struct arena *arena, str id, str *ret, struct error *err);
MUST_CHECK int git_commit_read(struct git_objects *objects, struct arena *arena, str id,
        struct git_commit_info *ret, struct error *err);
MUST_CHECK int git_tree_list(struct git_objects *objects, struct arena *arena, str tree,
        struct git_items *ret, struct error *err);
/* What lies at a path, without slashes at its ends; "" is the tree itself. */
MUST_CHECK int git_tree_find(struct git_objects *objects, struct arena *arena, str tree, str path,
        struct git_item *ret, struct error *err);
/* -EFBIG larger than max. */
MUST_CHECK int git_blob_read(struct git_objects *objects, struct arena *arena, str id, int64_t max,
        str *ret, struct error *err);

/* ---- Differences ------------------------------------------------------------------ */

struct git_difference {
    struct git_item before; /* id absent: it was added; name is the whole path */
    struct git_item after;  /* id absent: it was deleted */
};

struct git_differences {
    struct git_difference *items;
    size_t len;
    bool has_more;
};

struct git_comparison {
    struct git_item before, after; /* files or folders, name is their path; id absent: nothing */
    int64_t skip, limit;
};

/* Files that differ, by path. Renames are a deletion and an addition, as in AWS. */
MUST_CHECK int git_compare(struct git_objects *objects, struct arena *arena,
        const struct git_comparison *options, struct git_differences *ret, struct error *err);

/* ---- New commits -------------------------------------------------------------------- */

struct git_edit {
    str parent; /* commit; absent: the first one */
    str path;
    str content;
    unsigned mode;
    struct git_person author, committer;
    str message;
};

struct git_edited {
    str commit, tree, blob;
    str pack; /* the bytes of a pack with all that is new */
};

/* The commit that puts one file. The path does not conflict: the caller has looked. */
MUST_CHECK int git_edit_make(struct git_objects *objects, struct arena *arena,
        const struct git_edit *edit, struct git_edited *ret, struct error *err);
/* The id that a blob would have. */
MUST_CHECK int git_blob_hash(
        struct git_objects *objects, struct arena *arena, str content, str *ret, struct error *err);
