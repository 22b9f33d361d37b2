/*
 * packstore - packs between a folder and the blob store
 *
 * A pack is two blobs, the pack and its index, each sealed under a key of its own: an
 * HMAC of the repository's key over which of the two it is and a random salt.
 */
#pragma once

#include "git/cache.h"

/* Seals DIR/pack-<name>.pack and .idx into the blob store: durable, but not recorded yet. */
MUST_CHECK int git_pack_store(struct git_view *view, struct arena *arena, const char *dir, str name,
        struct git_pack *ret, struct error *err);
/* Writes both files of a pack to DIR. -EBADMSG a blob was changed, -ENOENT it is lost. */
MUST_CHECK int git_pack_fetch(struct git *git, const unsigned char key[GIT_KEY_LEN],
        const struct git_pack *pack, const char *dir, struct error *err);
