#include "agent/install.h"

#include "agent/permissions.h"
#include "base/fs.h"
#include "base/map.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

enum {
    CLEANUP_MAX = 256 << 20,
    COPY_BLOCK = 65536,
    MAX_DEPTH = 200
};

struct install {
    struct arena *arena;
    const struct install_options *options;
    struct map old;   /* paths of the previous deployment */
    struct map taken; /* destinations of the plan: path -> its step */
    struct install_path *steps;
    size_t len, size;
    struct error *err;
};

/* ---- The previous deployment ------------------------------------------------------ */

/*
 * The list: NUL, and each path with NUL behind it, for a path may hold all else. Agents before
 * wrote lines, and no NUL. An unfinished last path was not made.
 */
static int read_cleanup(struct install *in, struct str_list *ret)
{
    str text;
    int r = fs_read(
            in->arena, str_cstr(in->arena, in->options->cleanup), CLEANUP_MAX, &text, in->err);

    *ret = (struct str_list){0};
    if (r == -ENOENT)
        return 0;
    if (r < 0)
        return r;
    char end = text.len && text.ptr[0] == '\0' ? '\0' : '\n';
    text.len = (size_t)(str_rfind_char(text, end) + 1);
    *ret = str_split(in->arena, text, end);
    for (size_t i = 0; i < ret->len; i++)
        if (ret->items[i].len)
            (void)map_put(&in->old, ret->items[i], in);
    return 0;
}

/* Newest first; what is gone or not empty stays as it is. */
static int clean_up(struct install *in, struct str_list paths)
{
    for (size_t i = paths.len; i-- > 0;) {
        const char *path = str_cstr(in->arena, paths.items[i]);
        struct stat st;

        if (!paths.items[i].len || lstat(path, &st) < 0)
            continue;
        if (S_ISDIR(st.st_mode) ? rmdir(path) < 0 && errno != ENOTEMPTY && errno != EEXIST
                                : unlink(path) < 0 && errno != ENOENT)
            return error_set(
                    in->err, errno, "could not remove \"%s\" of the previous deployment: %m", path);
    }
    if (unlink(str_cstr(in->arena, in->options->cleanup)) < 0 && errno != ENOENT)
        return error_set(
                in->err, errno, "could not remove the list of the previous deployment: %m");
    return 0;
}

/* ---- The plan ------------------------------------------------------------------- */

static bool will_exist(struct install *in, str path, struct stat *st)
{
    return lstat(str_cstr(in->arena, path), st) == 0 && !map_get(&in->old, path);
}

static int add_step(struct install *in, str source, str path, bool is_directory)
{
    if (in->len == INSTALL_MAX_PATHS)
        return error_set(in->err, E2BIG, "the revision has more than %d files", INSTALL_MAX_PATHS);
    if (in->len == in->size) {
        size_t size = in->size ? in->size * 2 : 256;
        struct install_path *steps = arena_array(in->arena, size, struct install_path);
        if (in->len)
            memcpy(steps, in->steps, in->len * sizeof(*steps));
        in->steps = steps;
        in->size = size;
    }
    in->steps[in->len++] =
            (struct install_path){.source = source, .path = path, .is_directory = is_directory};
    (void)map_put(&in->taken, path, is_directory ? "d" : "f");
    return 0;
}

/* The directory and its missing parents, outermost first. */
static int plan_directory(struct install *in, str path)
{
    struct stat st;
    ptrdiff_t slash = str_rfind_char(path, '/');
    const char *taken = map_get(&in->taken, path);
    int r;

    if (!path.len || (taken && *taken == 'd'))
        return 0;
    if (taken)
        return error_set(
                in->err, EINVAL, "\"%.*s\" is to be a file and a directory", STR_ARG(path));
    if (stat(str_cstr(in->arena, path), &st) == 0 && !map_get(&in->old, path)) {
        if (S_ISDIR(st.st_mode))
            return 0;
        return error_set(in->err, ENOTDIR, "\"%.*s\" is not a directory", STR_ARG(path));
    }
    if (slash > 0 && (r = plan_directory(in, str_head(path, (size_t)slash))) < 0)
        return r;
    return add_step(in, (str){0}, path, true);
}

static int plan_file(struct install *in, str source, str path)
{
    struct stat st;

    if (map_get(&in->taken, path))
        return error_set(
                in->err, EINVAL, "the AppSpec file copies two sources to \"%.*s\"", STR_ARG(path));
    if (will_exist(in, path, &st)) {
        if (S_ISDIR(st.st_mode))
            return error_set(in->err, EISDIR, "\"%.*s\" is a directory already", STR_ARG(path));
        if (in->options->file_exists == APPSPEC_RETAIN)
            return 0;
        if (in->options->file_exists != APPSPEC_OVERWRITE)
            return error_set(in->err, EEXIST,
                    "The deployment failed because a specified file already exists at this "
                    "location: %.*s",
                    STR_ARG(path));
    }
    return add_step(in, source, path, false);
}

static int plan_tree(struct install *in, str source, str path, int depth);

static int plan_entry(struct install *in, str source, str path, int depth)
{
    struct stat st;

    if (stat(str_cstr(in->arena, source), &st) == 0 && S_ISDIR(st.st_mode))
        return plan_tree(in, source, path, depth);
    return plan_file(in, source, path);
}

static int plan_tree(struct install *in, str source, str path, int depth)
{
    DIR *list;
    struct dirent *entry;
    int r = plan_directory(in, path);

    if (r < 0)
        return r;
    if (depth > MAX_DEPTH)
        return error_set(in->err, ELOOP, "\"%.*s\" is nested too deeply", STR_ARG(source));
    if (!(list = opendir(str_cstr(in->arena, source))))
        return error_set(in->err, errno, "could not read \"%.*s\": %m", STR_ARG(source));
    while (r >= 0 && (entry = readdir(list))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        r = plan_entry(in, str_printf(in->arena, "%.*s/%s", STR_ARG(source), entry->d_name),
                str_printf(in->arena, "%.*s/%s", STR_ARG(path), entry->d_name), depth + 1);
    }
    closedir(list);
    return r;
}

static str without_last_slash(str path)
{
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    return path;
}

static int plan(struct install *in)
{
    const struct appspec *appspec = in->options->appspec;

    for (size_t i = 0; i < appspec->files.len; i++) {
        str name = without_last_slash(appspec->files.items[i].source);
        str to = without_last_slash(appspec->files.items[i].destination);
        str source =
                str_printf(in->arena, "%.*s/%.*s", STR_ARG(in->options->archive), STR_ARG(name));
        str base = str_skip(name, (size_t)(str_rfind_char(name, '/') + 1));
        struct stat st;
        int r;

        if (lstat(str_cstr(in->arena, source), &st) < 0)
            return error_set(in->err, ENOENT,
                    "the revision has no \"%.*s\", which the AppSpec file copies", STR_ARG(name));
        if (S_ISDIR(st.st_mode))
            r = plan_tree(in, without_last_slash(source), str_eq(to, STR("/")) ? STR("") : to, 0);
        else if ((r = plan_directory(in, to)) >= 0)
            r = plan_file(
                    in, source, str_printf(in->arena, "%.*s/%.*s", STR_ARG(to), STR_ARG(base)));
        if (r < 0)
            return r;
    }
    return 0;
}

/* ---- Execution -------------------------------------------------------------------- */

static int copy_bytes(int from, int to, const char *path, struct error *err)
{
    char bytes[COPY_BLOCK];
    ssize_t n;

    while ((n = fd_read_full(from, bytes, sizeof(bytes), err)) > 0) {
        int r = fd_write_all(to, (str){bytes, (size_t)n}, err);
        if (r < 0)
            return error_prefix(err, r, "could not write \"%s\"", path);
    }
    return (int)n;
}

static int copy_file(struct install *in, const char *source, const char *path)
{
    AUTO_CLOSE int from = open(source, O_RDONLY | O_CLOEXEC);
    AUTO_CLOSE int to = -1;
    struct stat st;
    int r;

    if (from < 0 || fstat(from, &st) < 0)
        return error_set(in->err, errno, "could not read \"%s\": %m", source);
    if (unlink(path) < 0 && errno != ENOENT)
        return error_set(in->err, errno, "could not replace \"%s\": %m", path);
    to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (to < 0)
        return error_set(in->err, errno, "could not create \"%s\": %m", path);
    if ((r = copy_bytes(from, to, path, in->err)) < 0)
        return r;
    struct timespec times[2] = {st.st_atim, st.st_mtim};
    if (fchmod(to, st.st_mode & 07777) < 0 || futimens(to, times) < 0)
        return error_set(in->err, errno, "could not set the mode of \"%s\": %m", path);
    return 0;
}

static int copy_link(struct install *in, const char *source, const char *path)
{
    char target[4096];
    ssize_t n = readlink(source, target, sizeof(target) - 1);

    if (n < 0)
        return error_set(in->err, errno, "could not read \"%s\": %m", source);
    target[n] = 0;
    if ((unlink(path) < 0 && errno != ENOENT) || symlink(target, path) < 0)
        return error_set(in->err, errno, "could not create \"%s\": %m", path);
    return 0;
}

static int execute_step(struct install *in, const struct install_path *step)
{
    const char *path = str_cstr(in->arena, step->path), *source = str_cstr(in->arena, step->source);
    struct stat st;

    if (step->is_directory) {
        if (mkdir(path, 0755) < 0 && errno != EEXIST)
            return error_set(in->err, errno, "could not create \"%s\": %m", path);
        return 0;
    }
    if (lstat(source, &st) < 0)
        return error_set(in->err, errno, "could not read \"%s\": %m", source);
    return S_ISLNK(st.st_mode) ? copy_link(in, source, path) : copy_file(in, source, path);
}

static int execute(struct install *in)
{
    AUTO_CLOSE int list = open(str_cstr(in->arena, in->options->cleanup),
            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    int r;

    if (list < 0)
        return error_set(
                in->err, errno, "could not write \"%.*s\": %m", STR_ARG(in->options->cleanup));
    r = fd_write_all(list, STR("\0"), in->err);
    for (size_t i = 0; r >= 0 && i < in->len; i++) {
        str path = in->steps[i].path;
        r = fd_write_all(list, (str){str_cstr(in->arena, path), path.len + 1}, in->err);
        if (r >= 0)
            r = execute_step(in, &in->steps[i]);
    }
    return r < 0 ? r : fd_sync(list, in->err);
}

int install_run(struct arena *arena, const struct install_options *options, struct error *err)
{
    struct install in = {.arena = arena, .options = options, .err = err};
    struct str_list old;
    int r = read_cleanup(&in, &old);

    if (r >= 0)
        r = plan(&in);
    if (r >= 0)
        r = clean_up(&in, old);
    if (r >= 0)
        r = execute(&in);
    if (r >= 0)
        r = permissions_apply(arena, options->appspec, in.steps, in.len, err);
    map_done(&in.old);
    map_done(&in.taken);
    return r;
}
