/*
 * permissions - owner, group, mode and ACLs of what a deployment made
 *
 * An entry applies to its object if that is a file made now, else to everything made
 * now below the object that its pattern matches and its exceptions do not. "**" is
 * everything at any depth; in other patterns "*" stands for any characters but "/",
 * so they match direct children only.
 */
#pragma once

#include "agent/appspec.h"

struct install_path {
    str source; /* absent for directories */
    str path;
    bool is_directory;
};

/* -ENOENT an owner or group that this host does not know; -EINVAL one path is matched by two
 * entries. */
MUST_CHECK int permissions_apply(struct arena *arena, const struct appspec *appspec,
        const struct install_path *paths, size_t len, struct error *err);
