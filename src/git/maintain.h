/*
 * maintain - keeping the packs of a repository few
 *
 * Each push leaves a pack. When a repository has more than GIT_PACKS_MANY, the transaction
 * of the push that passed it adds a job of the kind GIT_MAINTAIN_JOB, whose key is the
 * repository. The service that opened the struct git gives the queue that kind:
 *
 *     prepare   git_maintain_prepare   the smaller packs -> one new pack, sealed, durable
 *     commit    git_maintain_commit    the new pack is recorded, the old ones are released
 *
 * Which packs: by number of objects, the fewest for which afterwards each pack has at least
 * twice the objects of all smaller ones together. So an object is copied a logarithmic
 * number of times, and the packs that are left are logarithmically many.
 *
 * Nobody waits: readers use the old packs until they close their views, pushes add theirs
 * meanwhile. When a pack of the plan is gone at commit, nothing is changed.
 */
#pragma once

#include "git/git.h"

#define GIT_MAINTAIN_JOB "git.maintain"

enum {
    GIT_PACKS_MANY = 24
};

/* The packs of `old` become `pack`. */
struct git_maintenance {
    str repository;
    struct git_packs old; /* empty: there is nothing to do */
    struct git_pack pack;
};

/* How many of the packs, which it sorts by size, are to become one: 0 or at least 2. */
size_t git_maintain_choose(struct git_packs *packs);
/* Adds the job if the repository needs it. `git` NULL or without a queue: does nothing. */
MUST_CHECK int git_maintain_ask(struct git *git, struct tx *tx, str repository);
/* Slow; in no transaction. -ENOENT the repository is gone. */
MUST_CHECK int git_maintain_prepare(struct git *git, struct arena *arena, struct git_target target,
        struct git_maintenance *ret, struct error *err);
/* 1, or 0 nothing was changed. */
MUST_CHECK int git_maintain_commit(
        struct tx *tx, const struct git_maintenance *maintenance, int64_t now);
