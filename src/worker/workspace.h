/*
 * workspace - the directories of one build on the host
 *
 *     <work_dir>/build-XXXXXX/       host only
 *         output/                    /codebuild/output      src, src_<identifier>
 *         control/                   /codebuild/readonly    read-only inside
 *         tmp/                       /tmp, /var/tmp
 *         home/                      /home/codebuild-user
 *
 * All but control belongs to sandbox_user(), who must be able to walk to work_dir. Made at the
 * start, gone at the end.
 */
#pragma once

#include "sandbox/sandbox.h"
#include "worker/build.h"

#define WORKSPACE_SRC "/codebuild/output/src"

enum {
    WORKSPACE_BINDS = 6,
    WORKSPACE_MAX_TREE = 20000000
};

struct workspace {
    char *root; /* in the arena */
    struct sandbox_bind binds[WORKSPACE_BINDS];
    size_t binds_len;
};

MUST_CHECK int workspace_open(
        struct arena *arena, const char *work_dir, struct workspace *ret, struct error *err);
/* <root>/<below> */
const char *workspace_path(
        struct arena *arena, const struct workspace *workspace, const char *below);
/* Gives everything below <root>/<below> to the sandbox's user. Nothing runs in it yet. */
MUST_CHECK int workspace_give(
        const struct workspace *workspace, const char *below, struct error *err);
void workspace_close(struct workspace *workspace);
