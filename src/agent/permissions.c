#include "agent/permissions.h"

#include "base/proc.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

enum {
    SETFACL_MS = 30000,
    NAME_BUFFER = 16384
};

/* '*' is any characters but '/'. */
static bool glob(str pattern, str name)
{
    while (pattern.len) {
        if (pattern.ptr[0] == '*') {
            pattern = str_skip(pattern, 1);
            for (size_t i = 0;; i++) {
                if (glob(pattern, str_skip(name, i)))
                    return true;
                if (i == name.len || name.ptr[i] == '/')
                    return false;
            }
        }
        if (!name.len || name.ptr[0] != pattern.ptr[0])
            return false;
        pattern = str_skip(pattern, 1);
        name = str_skip(name, 1);
    }
    return !name.len;
}

static bool below(str object, str path, str *ret_name)
{
    while (object.len > 1 && object.ptr[object.len - 1] == '/')
        object.len--;
    if (!str_starts(path, object) || path.len <= object.len || path.ptr[object.len] != '/')
        return false;
    *ret_name = str_skip(path, object.len + 1);
    return true;
}

static bool applies(const struct appspec_permission *permission, const struct install_path *path)
{
    str name;

    if (path->is_directory ? !permission->on_directories : !permission->on_files)
        return false;
    if (str_eq(permission->object, path->path))
        return !path->is_directory;
    if (!below(permission->object, path->path, &name))
        return false;
    if (!str_eq(permission->pattern, STR("**")) && !glob(permission->pattern, name))
        return false;
    for (size_t i = 0; i < permission->except.len; i++)
        if (glob(permission->except.items[i], name))
            return false;
    return true;
}

static int find_owner(struct arena *arena, str name, uid_t *ret, struct error *err)
{
    struct passwd entry, *found = NULL;
    char *buffer = arena_alloc(arena, NAME_BUFFER, 1);

    if (getpwnam_r(str_cstr(arena, name), &entry, buffer, NAME_BUFFER, &found) != 0 || !found)
        return error_set(err, ENOENT, "there is no user \"%.*s\" on this host", STR_ARG(name));
    *ret = found->pw_uid;
    return 0;
}

static int find_group(struct arena *arena, str name, gid_t *ret, struct error *err)
{
    struct group entry, *found = NULL;
    char *buffer = arena_alloc(arena, NAME_BUFFER, 1);

    if (getgrnam_r(str_cstr(arena, name), &entry, buffer, NAME_BUFFER, &found) != 0 || !found)
        return error_set(err, ENOENT, "there is no group \"%.*s\" on this host", STR_ARG(name));
    *ret = found->gr_gid;
    return 0;
}

static int set_acls(struct arena *arena, const struct appspec_permission *permission,
        const char *path, struct error *err)
{
    const char *acls = str_cstr(arena, str_join(arena, permission->acls, STR(",")));
    const struct proc_options options = {
            .argv = (const char *const[]){"setfacl", "-m", acls, path, NULL},
            .out = PROC_NULL,
            .err = PROC_PIPE};
    str out, text;
    int r = proc_run(arena, &options, (str){0}, 4096, SETFACL_MS, &out, &text, err);

    if (r < 0)
        return r;
    return r == 0 ? 0
                  : error_set(err, EINVAL, "setfacl failed for \"%s\": %.*s", path,
                            STR_ARG(str_trim(text)));
}

/* Mode, ACLs, then owner: as the public agent does. */
static int apply(struct arena *arena, const struct appspec_permission *permission,
        const struct install_path *path, struct error *err)
{
    const char *name = str_cstr(arena, path->path);
    uid_t owner = (uid_t)-1;
    gid_t group = (gid_t)-1;
    struct stat st;
    int r;

    if (lstat(name, &st) < 0)
        return error_set(err, errno, "could not find \"%s\": %m", name);
    if (permission->has_mode && !S_ISLNK(st.st_mode) && chmod(name, permission->mode) < 0)
        return error_set(err, errno, "could not set the mode of \"%s\": %m", name);
    if (permission->acls.len && (r = set_acls(arena, permission, name, err)) < 0)
        return r;
    if (permission->owner.ptr && (r = find_owner(arena, permission->owner, &owner, err)) < 0)
        return r;
    if (permission->group.ptr && (r = find_group(arena, permission->group, &group, err)) < 0)
        return r;
    if ((permission->owner.ptr || permission->group.ptr) && lchown(name, owner, group) < 0)
        return error_set(err, errno, "could not set the owner of \"%s\": %m", name);
    return 0;
}

int permissions_apply(struct arena *arena, const struct appspec *appspec,
        const struct install_path *paths, size_t len, struct error *err)
{
    for (size_t i = 0; i < len; i++) {
        const struct appspec_permission *match = NULL;

        for (size_t j = 0; j < appspec->permissions.len; j++) {
            if (!applies(&appspec->permissions.items[j], &paths[i]))
                continue;
            if (match)
                return error_set(err, EINVAL, "two permissions of the AppSpec file match \"%.*s\"",
                        STR_ARG(paths[i].path));
            match = &appspec->permissions.items[j];
        }
        int r = match ? apply(arena, match, &paths[i], err) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}
