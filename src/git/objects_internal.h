/* objects_internal - what objects.c, diff.c and edit.c share */
#pragma once

#include "base/buf.h"
#include "git/libgit2.h"
#include "git/objects.h"

struct git_objects {
    const struct libgit2 *lib;
    git_odb *odb;
    git_odb_backend *mempack; /* owned by odb */
    git_repository *repository;
};

/* libgit2's error as one of ours. */
int git_objects_fail(struct git_objects *objects, int code, struct error *err);
MUST_CHECK int git_objects_oid(
        str id, git_oid *ret, struct git_objects *objects, struct error *err);
str git_objects_hex(struct git_objects *objects, struct arena *arena, const git_oid *oid);
