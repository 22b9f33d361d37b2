/*
 * receive - the server's side of a push
 *
 *     commands --> pack into quarantine --> fsck, connectivity --> sealed blobs
 *                                                                     |
 *     report, ref by ref  <-- pack into the cache  <-- one transaction: compare and swap
 *                                                      each ref, pack, events (update.h)
 *
 * An acknowledged push is durable. A push that fails, or whose client vanishes, leaves
 * nothing but blobs without a row, which the blob store collects.
 *
 * Limits    push.h, GIT_MAX_PACK_BYTES
 */
#pragma once

#include "git/cache.h"
#include "git/stream.h"
#include "git/update.h"

struct git_receive {
    struct git_target target;
    struct git_stream stream;
    void *arg;
    /* Before the pack is read, in a reading transaction: why this change may not be made, for
     * the person who pushes; absent if it may. NULL: all may. */
    int (*refuse)(struct tx *tx, void *arg, const struct git_change *change, str *ret);
    /* In the transaction, as in struct git_update. */
    int (*changed)(struct tx *tx, void *arg, const struct git_changes *changes);
};

/*
 * One push, from the stream and to it.
 *
 * -EPROTO, -E2BIG  the request is no push that we take
 * -ENOENT          no such repository
 * -EPIPE           the client is gone
 */
MUST_CHECK int git_receive(
        struct git *git, struct arena *arena, const struct git_receive *options, struct error *err);
