/*
 * quarantine - a pack that came from outside, kept apart until it is known to be good
 *
 *     git_quarantine_open     DIR/<id>/incoming/XXXXXX
 *     git_quarantine_fill     stream -> git index-pack --stdin --fix-thin --strict
 *     git_quarantine_check    git rev-list (all that the new ids need is there),
 *                             git cat-file (what they are); meanwhile the pack is sealed
 *     git_quarantine_close    the folder is removed, whatever happened
 *
 * Errors    -EINVAL the pack is no good: *err says why in git's words
 * Limits    GIT_MAX_PACK_BYTES
 */
#pragma once

#include "git/cache.h"
#include "git/stream.h"
#include "git/update.h"

enum {
    GIT_MAX_KNOWN_REFS = 10000, /* ends of the walk that are told; the walk is longer with fewer */
    GIT_CHECK_SINGLY = 50,      /* changes that are checked one by one when all together fail */
};
#define GIT_MAX_PACK_BYTES INT64_C(17179869184)

struct git_quarantine {
    struct git_view *view;
    struct arena *arena;
    const char *dir;      /* an object folder; NULL: not open */
    const char *relative; /* the same, seen from the repository */
    str pack_name;        /* absent: no pack, or one without objects */
};

#define AUTO_QUARANTINE __attribute__((cleanup(git_quarantine_close)))

MUST_CHECK int git_quarantine_open(
        struct git_view *view, struct arena *arena, struct git_quarantine *ret, struct error *err);
void git_quarantine_close(struct git_quarantine *quarantine); /* all zero is fine */
/* The folder that holds the pack. */
const char *git_quarantine_packs(const struct git_quarantine *quarantine);

/* `head` was read already; the stream is read to its end, also when the pack is refused. */
MUST_CHECK int git_quarantine_fill(struct git_quarantine *quarantine, str head,
        const struct git_stream *stream, struct error *err);

/*
 * Refuses changes whose new ids are not whole, and branches that are no commits; sets
 * `peeled`; seals the pack (*ret_pack; its name is absent if there is none).
 */
MUST_CHECK int git_quarantine_check(struct git_quarantine *quarantine, struct git_changes *changes,
        const struct git_refs *known, bool is_shallow, struct git_pack *ret_pack,
        struct error *err);
