/*
 * appspec - the file that says how a host installs a revision: appspec.yml, version 0.0
 *
 *     version: 0.0
 *     os: linux
 *     files:
 *       - source: /app
 *         destination: /srv/web
 *     permissions:
 *       - object: /srv/web
 *         mode: "644"
 *         type: [file]
 *     hooks:
 *       ApplicationStart:
 *         - location: scripts/start.sh
 *           timeout: 60
 *           runas: www-data
 *
 * Source: CodeDeploy User Guide, "AppSpec File reference". Form only is judged here;
 * whether a script exists or an owner is known is found out when it is used.
 *
 * Memory    everything lives in the caller's arena
 * Errors    -EINVAL with line and column
 * Limits    APPSPEC_MAX_…
 */
#pragma once

#include "base/str.h"

#include <sys/types.h>

enum {
    APPSPEC_MAX_BYTES = 1 << 20,
    APPSPEC_MAX_ITEMS = 1000, /* of any list */
    APPSPEC_DEFAULT_TIMEOUT_S = 3600,
    APPSPEC_MAX_TIMEOUT_S = 604800,
};

enum appspec_exists {
    APPSPEC_EXISTS_UNSET,
    APPSPEC_DISALLOW,
    APPSPEC_OVERWRITE,
    APPSPEC_RETAIN
};

struct appspec_file {
    str source; /* relative to the archive; leading slashes removed; "" is all of it */
    str destination;
};

struct appspec_permission {
    str object;
    str pattern; /* "**" by default */
    struct str_list except;
    bool on_files, on_directories;
    str owner, group; /* absent: unchanged */
    bool has_mode;
    mode_t mode;
    struct str_list acls;
};

struct appspec_script {
    str location;
    int64_t timeout_s;
    str runas; /* absent: the agent's own user */
};

struct appspec_hook {
    str event;
    struct appspec_script *items;
    size_t len;
};

struct appspec {
    enum appspec_exists file_exists;
    struct {
        struct appspec_file *items;
        size_t len;
    } files;
    struct {
        struct appspec_permission *items;
        size_t len;
    } permissions;
    struct {
        struct appspec_hook *items;
        size_t len;
    } hooks;
};

MUST_CHECK int appspec_parse(struct arena *arena, str text, struct appspec *ret, struct error *err);
/* The scripts of an event; NULL: none. */
const struct appspec_hook *appspec_hook(const struct appspec *appspec, str event);
/* "DISALLOW", "OVERWRITE", "RETAIN". -EINVAL: none of them. */
MUST_CHECK int appspec_exists_parse(str text, enum appspec_exists *ret);
