/*
 * Blobs as files:
 *
 *     DIR/temp/<id>          being written
 *     DIR/objects/ab/cdef…   blob abcdef…
 *
 * A blob is synced before it is renamed, and its folder after: what was finished is
 * there after a power loss, whole. What lies in temp/ after a crash is removed by walk().
 */
#include "store/blob_backend.h"

#include "base/clock.h"
#include "base/fs.h"
#include "store/fault.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

enum {
    NAME_MAX_LEN = 64
};

struct files {
    int temp; /* directories */
    int objects;
};

struct file {
    struct files *files;
    int fd;
    char id[33];
};

static int fail(struct error *err, const char *what, const char *id)
{
    int code = errno == EDQUOT ? ENOSPC : errno;

    return error_set(err, code, "could not %s blob %s: %s", what, id, strerrordesc_np(code));
}

/* As the test wants it, or what the system call said. */
static bool is_faulty(enum fault_point point)
{
    int code = fault_hit(point);

    if (code)
        errno = code;
    return code != 0;
}

/* "ab/cdef…" */
static void object_name(const char *id, char ret[NAME_MAX_LEN])
{
    snprintf(ret, NAME_MAX_LEN, "%.2s/%s", id, id + 2);
}

/* ---- Writing ---------------------------------------------------------------------- */

static int files_create(void *backend, const char *id, void **ret, struct error *err)
{
    struct files *files = backend;
    int fd = openat(files->temp, id, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    struct file *file;

    if (fd < 0)
        return fail(err, "create", id);
    file = mem_new(struct file);
    *file = (struct file){.files = files, .fd = fd};
    snprintf(file->id, sizeof(file->id), "%s", id);
    *ret = file;
    return 0;
}

static int files_append(void *ptr, str bytes, struct error *err)
{
    struct file *file = ptr;

    if (is_faulty(FAULT_BLOB_WRITE))
        return fail(err, "write", file->id);
    while (bytes.len) {
        ssize_t n = write(file->fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(err, "write", file->id);
        bytes = str_skip(bytes, (size_t)n);
    }
    return 0;
}

static void files_abandon(void *ptr)
{
    struct file *file = ptr;

    (void)unlinkat(file->files->temp, file->id, 0); /* else walk() removes it */
    fd_close(&file->fd);
    free(file);
}

/* Moves the file to its place, whose folder is made when it is the first there. */
static int move_in(struct file *file, struct error *err)
{
    struct files *files = file->files;
    char name[NAME_MAX_LEN], folder[3] = {file->id[0], file->id[1]};

    object_name(file->id, name);
    if (is_faulty(FAULT_BLOB_RENAME))
        return fail(err, "name", file->id);
    if (renameat(files->temp, file->id, files->objects, name) == 0)
        return 0;
    if (errno != ENOENT)
        return fail(err, "name", file->id);
    if (mkdirat(files->objects, folder, 0700) < 0 && errno != EEXIST)
        return fail(err, "make the folder of", file->id);
    if (fsync(files->objects) < 0 || renameat(files->temp, file->id, files->objects, name) < 0)
        return fail(err, "name", file->id);
    return 0;
}

static int sync_folder(struct file *file, struct error *err)
{
    char folder[3] = {file->id[0], file->id[1]};
    AUTO_CLOSE int fd = openat(file->files->objects, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0 || is_faulty(FAULT_BLOB_SYNC_DIR) || fsync(fd) < 0)
        return fail(err, "sync the folder of", file->id);
    return 0;
}

static int files_commit(void *ptr, struct error *err)
{
    struct file *file = ptr;
    char name[NAME_MAX_LEN];
    int r;

    if (is_faulty(FAULT_BLOB_SYNC) || fdatasync(file->fd) < 0) {
        r = fail(err, "sync", file->id);
        files_abandon(file);
        return r;
    }
    r = move_in(file, err);
    if (r >= 0) {
        r = sync_folder(file, err);
        object_name(file->id, name);
        if (r < 0)
            (void)unlinkat(file->files->objects, name, 0); /* nobody has its name yet */
    }
    files_abandon(file); /* it has moved, or is to go */
    return r;
}

/* ---- Reading ---------------------------------------------------------------------- */

static void files_close(void *ptr)
{
    struct file *file = ptr;

    fd_close(&file->fd);
    free(file);
}

static int files_open(
        void *backend, const char *id, void **ret, int64_t *ret_size, struct error *err)
{
    struct files *files = backend;
    char name[NAME_MAX_LEN];
    struct stat st;
    struct file *file;

    object_name(id, name);
    AUTO_CLOSE int fd = openat(files->objects, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT)
        return error_set(err, ENOENT, "there is no blob %s", id);
    if (fd < 0 || fstat(fd, &st) < 0)
        return fail(err, "open", id);
    file = mem_new(struct file);
    *file = (struct file){.files = files, .fd = fd_take(&fd)};
    snprintf(file->id, sizeof(file->id), "%s", id);
    *ret = file;
    *ret_size = st.st_size;
    return 0;
}

static int files_read(void *ptr, int64_t offset, void *to, size_t len, struct error *err)
{
    struct file *file = ptr;
    char *at = to;

    while (len) {
        ssize_t n = pread(file->fd, at, len, offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(err, "read", file->id);
        if (n == 0)
            return error_set(err, EBADMSG, "blob %s is cut short", file->id);
        at += n;
        offset += n;
        len -= (size_t)n;
    }
    return 0;
}

static int files_remove(void *backend, const char *id, struct error *err)
{
    struct files *files = backend;
    char name[NAME_MAX_LEN];

    object_name(id, name);
    if (unlinkat(files->objects, name, 0) < 0 && errno != ENOENT)
        return fail(err, "remove", id);
    return 0;
}

/* ---- Walking ---------------------------------------------------------------------- */

struct walk {
    int64_t before_ms; /* by the clock of the machine, which dates files */
    int (*fn)(void *arg, const char *id);
    void *arg;
    int folder;         /* the directory that is walked */
    const char *prefix; /* of its names: "ab" */
    int removed;
};

static void close_dir(DIR **dir)
{
    if (*dir)
        (void)closedir(*dir);
}

static bool is_old(const struct walk *walk, const char *name)
{
    struct stat st;

    if (fstatat(walk->folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode))
        return false; /* gone meanwhile, or not ours */
    return st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000 < walk->before_ms;
}

static int visit_object(struct walk *walk, const char *name)
{
    char id[NAME_MAX_LEN];

    if (strlen(name) != 30 || !is_old(walk, name))
        return 0;
    snprintf(id, sizeof(id), "%s%s", walk->prefix, name);
    return walk->fn(walk->arg, id);
}

static int visit_temp(struct walk *walk, const char *name)
{
    if (is_old(walk, name) && unlinkat(walk->folder, name, 0) == 0)
        walk->removed++;
    return 0;
}

/* Calls visit for every name of the directory `fd`, which it closes. */
static int walk_folder(struct walk *walk, int fd, int (*visit)(struct walk *walk, const char *name))
{
    __attribute__((cleanup(close_dir))) DIR *dir = fdopendir(fd);
    struct dirent *entry;
    int r = 0;

    if (!dir) {
        r = -errno;
        fd_close(&fd);
        return r;
    }
    walk->folder = fd;
    while (r >= 0 && (entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            r = visit(walk, entry->d_name);
    return r;
}

static int walk_failed(int r, struct error *err)
{
    return error_set(err, -r, "could not look through the blobs: %s", strerrordesc_np(-r));
}

static int walk_objects(struct files *files, struct walk *walk)
{
    int r = 0;

    for (int i = 0; r >= 0 && i < 256; i++) {
        char folder[3];
        snprintf(folder, sizeof(folder), "%02x", (unsigned)i);
        walk->prefix = folder;
        int fd = openat(files->objects, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd >= 0)
            r = walk_folder(walk, fd, visit_object);
        else if (errno != ENOENT)
            r = -errno;
    }
    return r;
}

static int files_list(
        void *backend, int (*fn)(void *arg, const char *id), void *arg, struct error *err)
{
    struct walk walk = {.before_ms = INT64_MAX, .fn = fn, .arg = arg};
    int r = walk_objects(backend, &walk);

    return r < 0 ? walk_failed(r, err) : 0;
}

static int files_walk(void *backend, int64_t min_age_ms, int (*fn)(void *arg, const char *id),
        void *arg, struct error *err)
{
    struct files *files = backend;
    struct walk walk = {.before_ms = clock_machine() - min_age_ms, .fn = fn, .arg = arg};
    int r = walk_objects(files, &walk);

    if (r >= 0) {
        int fd = openat(files->temp, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        r = fd < 0 ? -errno : walk_folder(&walk, fd, visit_temp);
    }
    return r < 0 ? walk_failed(r, err) : walk.removed;
}

/* ---- Life cycle ------------------------------------------------------------------- */

static void files_done(void *backend)
{
    struct files *files = backend;

    fd_close(&files->temp);
    fd_close(&files->objects);
    free(files);
}

static int open_folder(const char *where, const char *name, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *path = str_cstr(&scratch, str_printf(&scratch, "%s/%s", where, name));
    int r = fs_make_dirs(path, 0700, err);
    int fd;

    if (r < 0)
        return r;
    fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? error_set(err, errno, "could not open \"%s\": %m", path) : fd;
}

int blob_files_open(
        const char *where, const struct blob_backend **ret, void **ret_backend, struct error *err)
{
    static const struct blob_backend table = {
            .create = files_create,
            .append = files_append,
            .commit = files_commit,
            .abandon = files_abandon,
            .open = files_open,
            .read = files_read,
            .close = files_close,
            .remove = files_remove,
            .walk = files_walk,
            .list = files_list,
            .done = files_done,
    };
    struct files files = {-1, -1};

    files.temp = open_folder(where, "temp", err);
    if (files.temp < 0)
        return files.temp;
    files.objects = open_folder(where, "objects", err);
    if (files.objects < 0) {
        fd_close(&files.temp);
        return files.objects;
    }
    *ret_backend = memcpy(mem_new(struct files), &files, sizeof(files));
    *ret = &table;
    return 0;
}
