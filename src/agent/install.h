/*
 * install - copy a revision's files to their places, and take away the previous ones
 *
 *     plan        every directory to make and file to copy; conflicts are found here,
 *                 before the host is touched
 *     clean up    what the previous deployment of the group made, newest first
 *     execute     each path is noted in <group>-cleanup before it is made
 *     permissions owner, group, mode, ACLs of what was made now
 *
 * A file that is there already and was not made by the previous deployment: DISALLOW
 * fails, OVERWRITE replaces it, RETAIN leaves it.
 *
 * Errors    -EEXIST  a file is in the way (DISALLOW)
 *           -ENOENT  a source or an owner does not exist
 * Limits    INSTALL_MAX_PATHS
 */
#pragma once

#include "agent/appspec.h"

enum {
    INSTALL_MAX_PATHS = 1000000
};

struct install_options {
    str archive; /* directory of the unpacked revision */
    str cleanup; /* path of the list of what was made */
    const struct appspec *appspec;
    enum appspec_exists file_exists;
};

MUST_CHECK int install_run(
        struct arena *arena, const struct install_options *options, struct error *err);
