/*
 * cache - a repository as git's own programs want it, on this host
 *
 *     rows (generation 7)  --git_view_open-->  DIR/<id>/  objects/pack/pack-*.pack .idx
 *                                                         packed-refs, HEAD   (on demand)
 *                                                         config
 *
 * git_view_open() brings the cache to the generation that the transaction sees: packs
 * that are missing are taken from their blobs, packs that no row names any more are
 * removed once nobody reads. All of it may be deleted while the server is stopped.
 *
 * What is sealed in the blob store lies in the clear here: the folder has mode 0700, and
 * belongs on an encrypted or memory-backed file system where that matters.
 *
 * Threads   any. Views of one repository share it; one thread at a time brings it up to
 *           date. Many servers share a database, but not a cache.
 */
#pragma once

#include "git/git.h"

struct git_entry;

struct git_view {
    struct git *git;
    struct git_entry *entry;
    struct git_repo repository; /* in the transaction's arena */
    const char *dir;            /* the bare repository; lives as long as the view */
};

enum git_view_flags {
    GIT_VIEW_REFS = 1, /* packed-refs and HEAD too, not only the objects */
};

#define AUTO_VIEW __attribute__((cleanup(git_view_close)))

/*
 * *ret is to be closed; all zero is a closed view. The error is in *err.
 *
 * -ENOENT no such repository
 */
MUST_CHECK int git_view_open(struct git *git, struct tx *tx, struct git_target target, int flags,
        struct git_view *ret, struct error *err);
/* The same in a transaction of its own. */
MUST_CHECK int git_view_read(struct git *git, struct arena *arena, struct git_target target,
        int flags, struct git_view *ret, struct error *err);
void git_view_close(struct git_view *view);

/* The repository was deleted: its folder is removed. */
void git_cache_forget(struct git *git, str repository);

/*
 * Removes the folders of `cache_dir` whose repositories have no row: they were deleted beside
 * this process, or before a crash. For a cache that nobody uses, or not for those repositories.
 */
MUST_CHECK int git_cache_sweep(struct db *db, str cache_dir, struct error *err);

/*
 * Moves a pack and its index, which a committed update has recorded as generation
 * `generation`, from `from` (a folder on the same file system) into the cache.
 */
void git_cache_adopt(
        struct git_view *view, const char *from, const struct git_pack *pack, int64_t generation);
