/*
 * update - moving refs: compare and swap, in the transaction that has all consequences
 *
 *     for each change:  the ref has old_id still?  --no--> change->refusal says why
 *                       yes: it gets new_id
 *     a pack is recorded, the generation grows, update->changed() adds events and jobs
 *
 * An atomic update with a refusal changes nothing (-ECANCELED); otherwise each change
 * stands for itself. Wordings of refusals are those of git's receive-pack: they reach
 * the person who pushes.
 *
 * The first branch of a repository without HEAD becomes its HEAD: "main" or "master"
 * if one of them is among the new ones, else the first named. The branch that HEAD names
 * cannot be deleted by a push.
 */
#pragma once

#include "git/repo.h"

struct git;

struct git_change {
    str ref;
    str old_id;  /* OBJECT_ID_ZERO: must not exist */
    str new_id;  /* OBJECT_ID_ZERO: to be deleted */
    str peeled;  /* of new_id, if that is an annotated tag */
    str refusal; /* why it was not made; absent: made, or not tried yet */
};

struct git_changes {
    struct git_change *items;
    size_t len;
    str capabilities; /* of a push, as the client sent them; absent: this is none */
};

struct git_update {
    str repository;
    struct git_changes changes; /* those with a refusal are passed over */
    bool atomic;
    const struct git_pack *pack; /* NULL: none */
    struct git *git;             /* whose queue maintains it; NULL: none does */
    int64_t now;
    /* In the transaction, after the changes. NULL: nobody wants to know. */
    int (*changed)(struct tx *tx, void *arg, const struct git_changes *changes);
    void *arg;
};

/*
 * The number of changes made; *ret_generation is set if any was.
 *
 * -ENOENT     the repository is gone
 * -ECANCELED  atomic, and something was refused: nothing was changed
 */
MUST_CHECK int git_update(struct tx *tx, struct git_update *update, int64_t *ret_generation);
bool git_change_is_made(const struct git_change *change);
