/*
 * advertise - what a repository has, told from rows without starting a process
 *
 *     v0, v1   the list of refs that opens a fetch or a push
 *     v2       the list of capabilities, and the ls-refs command
 *
 * Source: gitprotocol-pack(5), gitprotocol-v2(5).
 *
 * Limits    GIT_MAX_ADVERTISEMENT bytes; LS_REFS_MAX_PREFIXES, beyond which all refs are
 *           told, as git does
 */
#pragma once

#include "git/pktline.h"
#include "git/repo.h"

enum {
    GIT_MAX_ADVERTISEMENT = 128 << 20,
    LS_REFS_MAX_PREFIXES = 1000,
};

enum git_service {
    GIT_UPLOAD_PACK, /* the client fetches */
    GIT_RECEIVE_PACK,
};

/* The refs with the capabilities of v0. -ENOENT no such repository, -E2BIG too many refs. */
MUST_CHECK int git_advertise(
        struct tx *tx, str repository, enum git_service service, struct buf *out);
/* The capabilities of v2: the same for every repository. */
void git_advertise_v2(struct buf *out);

struct ls_refs {
    struct str_list prefixes; /* none: all */
    bool peel, symrefs, unborn;
};

/*
 * Reads an ls-refs request, from the packet "command=ls-refs" to the flush.
 *
 * -EAGAIN it is not complete, -EPROTO it is malformed
 */
MUST_CHECK int ls_refs_parse(struct arena *arena, str wire, struct ls_refs *ret, struct error *err);
MUST_CHECK int git_ls_refs(
        struct tx *tx, str repository, const struct ls_refs *request, struct buf *out);
