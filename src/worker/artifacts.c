#include "worker/artifacts.h"

#include "base/fs.h"
#include "base/map.h"
#include "worker/globs.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

struct walk {
    struct arena *arena;
    int source;
    const struct buildspec_artifacts *spec;
    struct artifact_files files;
    size_t size; /* of files.items */
    struct error *err;
};

int open_beneath(int dir, const char *path, int flags)
{
    struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC),
            .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    long fd;

    do {
        fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));
    } while (fd < 0 && (errno == EINTR || errno == EAGAIN));
    return fd < 0 ? -errno : (int)fd;
}

static bool any_matches(struct str_list patterns, str path)
{
    for (size_t i = 0; i < patterns.len; i++)
        if (glob_matches(patterns.items[i], path))
            return true;
    return false;
}

static bool any_reaches_below(struct str_list patterns, str path)
{
    for (size_t i = 0; i < patterns.len; i++)
        if (glob_reaches_below(patterns.items[i], path))
            return true;
    return false;
}

static int add_file(struct walk *walk, str path, bool is_link)
{
    struct artifact_files *files = &walk->files;

    if (files->len == ARTIFACTS_MAX_FILES)
        return error_set(walk->err, E2BIG, "artifact has more than %d files", ARTIFACTS_MAX_FILES);
    if (files->len == walk->size) {
        size_t size = walk->size ? walk->size * 2 : 64;
        struct artifact_file *grown = arena_array(walk->arena, size, struct artifact_file);
        if (files->len > 0)
            memcpy(grown, files->items, files->len * sizeof(*grown));
        files->items = grown;
        walk->size = size;
    }
    ptrdiff_t slash = walk->spec->discard_paths ? str_rfind_char(path, '/') : -1;
    path = str_dup(walk->arena, path);
    files->items[files->len++] = (struct artifact_file){
            .path = path, .name = str_skip(path, (size_t)(slash + 1)), .is_link = is_link};
    return 0;
}

/* Whether a link leads to a regular file inside the source directory. */
static bool link_is_file(struct walk *walk, str path)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *full = str_cstr(&scratch, str_concat(&scratch, walk->files.base, path));
    AUTO_CLOSE int fd = open_beneath(walk->source, full, O_PATH);
    struct stat st;

    return fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

static int walk_dir(struct walk *walk, int fd, str path, int depth);

static int walk_entry(struct walk *walk, int dir, const char *name, str path, int depth)
{
    struct stat st;

    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return 0; /* gone again: a process of the build may still have run */
    if (S_ISDIR(st.st_mode)) {
        if (!any_reaches_below(walk->spec->files, path))
            return 0;
        int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd < 0)
            return error_set(walk->err, errno, "could not open \"%.*s\": %m", STR_ARG(path));
        return walk_dir(walk, fd, path, depth + 1);
    }
    if (!any_matches(walk->spec->files, path) || any_matches(walk->spec->exclude, path))
        return 0;
    if (S_ISLNK(st.st_mode) && walk->spec->enable_symlinks)
        return add_file(walk, path, true);
    if (S_ISREG(st.st_mode) || (S_ISLNK(st.st_mode) && link_is_file(walk, path)))
        return add_file(walk, path, false);
    return 0;
}

/* Takes `fd` over. */
static int walk_dir(struct walk *walk, int fd, str path, int depth)
{
    DIR *dir = fdopendir(fd);
    struct dirent *entry;
    int r = 0;

    if (!dir) {
        (void)close(fd);
        return error_set(walk->err, errno, "could not list \"%.*s\": %m", STR_ARG(path));
    }
    if (depth > ARTIFACTS_MAX_DEPTH)
        r = error_set(
                walk->err, E2BIG, "directories are nested deeper than %d", ARTIFACTS_MAX_DEPTH);
    while (r == 0 && (entry = readdir(dir))) {
        char below[ARTIFACTS_MAX_PATH];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        int n = snprintf(below, sizeof(below), "%.*s%s%s", STR_ARG(path), path.len ? "/" : "",
                entry->d_name);
        if (n < 0 || (size_t)n >= sizeof(below))
            r = error_set(walk->err, E2BIG, "a path is longer than %d bytes", ARTIFACTS_MAX_PATH);
        else
            r = walk_entry(walk, dirfd(dir), entry->d_name, (str){below, (size_t)n}, depth);
    }
    (void)closedir(dir);
    return r;
}

static int compare_names(const void *a, const void *b)
{
    const struct artifact_file *x = a, *y = b;
    int r = str_cmp(x->name, y->name);

    return r ? r : str_cmp(x->path, y->path);
}

/* The first directory, by name, that a base-directory pattern names; "" at the source itself. */
static int find_base(struct arena *arena, int source, str pattern, int depth, str below, str *ret)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *path = str_cstr(&scratch, below.len ? below : STR("."));
    int fd = open_beneath(source, path, O_RDONLY | O_DIRECTORY);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *entry;
    str best = {0};

    if (!dir) {
        if (fd >= 0)
            (void)close(fd);
        return -ENOENT;
    }
    while (depth < ARTIFACTS_MAX_DEPTH && (entry = readdir(dir))) {
        struct stat st;
        if (entry->d_name[0] == '.' && (!entry->d_name[1] || strcmp(entry->d_name, "..") == 0))
            continue;
        if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
                !S_ISDIR(st.st_mode))
            continue;
        str name =
                str_printf(arena, "%.*s%s%s", STR_ARG(below), below.len ? "/" : "", entry->d_name);
        str found = {0};
        if (glob_matches(pattern, name))
            found = name;
        else if (glob_reaches_below(pattern, name))
            (void)!find_base(arena, source, pattern, depth + 1, name, &found);
        if (found.ptr && (!best.ptr || str_cmp(found, best) < 0))
            best = found;
    }
    (void)closedir(dir);
    if (!best.ptr)
        return -ENOENT;
    *ret = best;
    return 0;
}

static int open_base(struct walk *walk, struct error *err)
{
    str base = walk->spec->base_directory;
    str found = base;
    AUTO_ARENA struct arena scratch = {0};

    while (str_starts(found, STR("./")))
        found = str_skip(found, 2);
    while (str_ends(found, STR("/")))
        found = str_head(found, found.len - 1);
    if (!glob_is_literal(found) &&
            find_base(walk->arena, walk->source, found, 0, STR(""), &found) < 0)
        return error_set(
                err, ENOENT, "no matching base directory path found for %.*s", STR_ARG(base));
    if (found.len == 0)
        found = STR(".");
    int fd = open_beneath(walk->source, str_cstr(&scratch, found), O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return error_set(
                err, ENOENT, "no matching base directory path found for %.*s", STR_ARG(base));
    walk->files.base =
            str_eq(found, STR(".")) ? STR("") : str_printf(walk->arena, "%.*s/", STR_ARG(found));
    return fd;
}

int artifacts_select(struct arena *arena, int source, const struct buildspec_artifacts *spec,
        struct artifact_files *ret, struct error *err)
{
    struct walk walk = {.arena = arena, .source = source, .spec = spec, .err = err};
    struct artifact_files *files = &walk.files;
    int fd = open_base(&walk, err), r;

    if (fd < 0)
        return fd;
    files->source = source;
    r = walk_dir(&walk, fd, STR(""), 0);
    if (r < 0)
        return r;
    if (files->len == 0)
        return error_set(err, ENOENT, "no matching artifact paths found");
    qsort(files->items, files->len, sizeof(*files->items), compare_names);
    for (size_t i = 1; i < files->len; i++)
        if (str_eq(files->items[i].name, files->items[i - 1].name))
            return error_set(err, EEXIST, "artifact has two files named \"%.*s\"",
                    STR_ARG(files->items[i].name));
    *ret = *files;
    return 0;
}

int artifacts_open(
        const struct artifact_files *files, const struct artifact_file *file, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *path = str_cstr(&scratch, str_concat(&scratch, files->base, file->path));
    struct stat st;
    AUTO_CLOSE int fd = open_beneath(files->source, path, O_RDONLY | O_NONBLOCK);

    if (fd < 0)
        return error_set(err, -fd, "could not open \"%s\": %s", path, strerror(-fd));
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        return error_set(err, EINVAL, "\"%s\" is not a regular file any more", path);
    return fd_take(&fd);
}
