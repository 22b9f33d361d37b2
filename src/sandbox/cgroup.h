/*
 * cgroup - limits for a process tree as a whole, where the host lets us
 *
 * A directory of its own below our cgroup, in the unified hierarchy (version 2) or in
 * the pids, memory and cpu hierarchies (version 1). As an ordinary user without
 * delegation there is none: cgroup_new() then gives NULL, and limits of whole trees are
 * not enforced.
 *
 * Limits    CGROUP_MAX_DIRS
 */
#pragma once

#include "base/str.h"

#include <sys/types.h>

struct sandbox_limits;
struct cgroup;

enum {
    CGROUP_MAX_DIRS = 4,
    CGROUP_MAX_FILE = 64 << 10
};

/* NULL: not possible here. */
struct cgroup *cgroup_new(const struct sandbox_limits *limits);
/* For a forked child: puts the calling process in. Only system calls. False: could not. */
bool cgroup_enter(const struct cgroup *cgroup);
bool cgroup_limits_processes(const struct cgroup *cgroup);
/* The processes in it have ended. Removes the directories; NULL is fine. */
void cgroup_free(struct cgroup *cgroup);
