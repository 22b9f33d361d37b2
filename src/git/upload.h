/*
 * upload - the server's side of a fetch
 *
 *     ls-refs (v2)            answered from rows
 *     fetch (v2), v0 wants    git's own upload-pack, on the cache
 *
 * The request is spooled to an unnamed file first, so that neither side can block the
 * other; the answer streams.
 *
 * Limits    GIT_MAX_FETCH_REQUEST
 */
#pragma once

#include "git/advertise.h"
#include "git/cache.h"
#include "git/stream.h"

enum {
    GIT_MAX_FETCH_REQUEST = 64 << 20,
    GIT_MAX_LS_REFS_REQUEST = 1 << 20,
};

/*
 * One request of a client that speaks protocol `version` (0, 1 or 2), from the stream
 * and to it. What the client did wrong it is told in an ERR packet. 1: it asked for objects.
 *
 * -ENOENT no such repository, -E2BIG beyond a limit, -EPIPE the client is gone
 */
MUST_CHECK int git_upload(struct git *git, struct arena *arena, struct git_target target,
        int version, const struct git_stream *stream, struct error *err);
