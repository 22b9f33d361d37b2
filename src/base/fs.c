#include "base/fs.h"

#include "base/buf.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

enum {
    FS_READ_STEP = 64 << 10
};

void fd_close(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd); /* what must be safe was synced before */
    *fd = -1;
}

int fd_write_all(int fd, str bytes, struct error *err)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(err, errno, "could not write: %m");
        bytes = str_skip(bytes, (size_t)n);
    }
    return 0;
}

ssize_t fd_read_full(int fd, void *ptr, size_t size, struct error *err)
{
    size_t len = 0;

    while (len < size) {
        ssize_t n = read(fd, (char *)ptr + len, size - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(err, errno, "could not read: %m");
        if (n == 0)
            break;
        len += (size_t)n;
    }
    return (ssize_t)len;
}

/* How much to make room for: what a file says it has, and a byte more to see its end. */
static size_t first_step(int fd, size_t max)
{
    struct stat st;

    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size <= 0)
        return max < FS_READ_STEP ? max + 1 : FS_READ_STEP;
    return (uintmax_t)st.st_size > max ? max + 1 : (size_t)st.st_size + 1;
}

int fd_read_all(struct arena *arena, int fd, size_t max, str *ret, struct error *err)
{
    if (max > SIZE_MAX / 8)
        max = SIZE_MAX / 8;

    struct buf all = buf_make(arena, max + 1); /* one more, to see that there is more */
    size_t step = first_step(fd, max);
    for (;;) {
        if (step > max + 1 - all.len)
            step = max + 1 - all.len;
        char *room = buf_room(&all, step);
        ssize_t n = room ? fd_read_full(fd, room, step, err) : 0;
        if (n < 0)
            return (int)n;
        buf_grew(&all, (size_t)n);
        if (all.len > max)
            return error_set(err, E2BIG, "there are more than %zu bytes", max);
        if ((size_t)n < step)
            break;
        step = all.len > FS_READ_STEP ? all.len : FS_READ_STEP;
    }
    *ret = buf_str(&all);
    return 0;
}

int fd_sync(int fd, struct error *err)
{
    while (fsync(fd) < 0)
        if (errno != EINTR)
            return error_set(err, errno, "could not sync: %m");
    return 0;
}

int fs_read(struct arena *arena, const char *path, size_t max, str *ret, struct error *err)
{
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return error_set(err, errno, "could not open \"%s\": %m", path);
    int r = fd_read_all(arena, fd, max, ret, err);
    return r < 0 ? error_prefix(err, r, "\"%s\"", path) : 0;
}

/* The directory part of a path, for what lies beside it. */
static char *parent_of(struct arena *arena, const char *path)
{
    str s = str_of(path);
    ptrdiff_t slash = str_rfind_char(s, '/');

    if (slash < 0)
        return str_cstr(arena, STR("."));
    return str_cstr(arena, slash == 0 ? STR("/") : str_head(s, (size_t)slash));
}

static int write_new(int fd, str bytes, mode_t mode, bool is_durable, struct error *err)
{
    int r = fd_write_all(fd, bytes, err);

    if (r < 0)
        return r;
    if (fchmod(fd, mode) < 0)
        return error_set(err, errno, "could not set the mode: %m");
    return is_durable ? fd_sync(fd, err) : 0;
}

static int replace(const char *path, str bytes, mode_t mode, bool is_durable, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *temporary = str_cstr(&scratch, str_printf(&scratch, "%s.new-XXXXXX", path));
    AUTO_CLOSE int fd = mkostemp(temporary, O_CLOEXEC);
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not create \"%s\": %m", temporary);
    r = write_new(fd, bytes, mode, is_durable, err);
    if (r < 0) {
        r = error_prefix(err, r, "\"%s\"", temporary);
        goto fail;
    }
    if (rename(temporary, path) < 0) {
        r = error_set(err, errno, "could not rename to \"%s\": %m", path);
        goto fail;
    }
    return is_durable ? fs_sync_dir(parent_of(&scratch, path), err) : 0;
fail:
    (void)unlink(temporary); /* the first failure is the one to report */
    return r;
}

int fs_write_atomic(const char *path, str bytes, mode_t mode, struct error *err)
{
    return replace(path, bytes, mode, true, err);
}

int fs_write_fleeting(const char *path, str bytes, mode_t mode, struct error *err)
{
    return replace(path, bytes, mode, false, err);
}

static int make_dir(const char *path, mode_t mode, struct error *err)
{
    struct stat st;

    if (mkdir(path, mode) == 0)
        return 0;
    int code = errno;
    if ((code == EEXIST || code == EISDIR) && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return 0;
    return error_set(err, code, "could not create directory \"%s\": %m", path);
}

int fs_make_dirs(const char *path, mode_t mode, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *part = str_cstr(&scratch, str_of(path));

    for (char *at = part; *at; at++) {
        if (*at != '/' || at == part || at[-1] == '/')
            continue;
        *at = '\0';
        int r = make_dir(part, mode, err);
        if (r < 0)
            return r;
        *at = '/';
    }
    return make_dir(part, mode, err);
}

int fs_sync_dir(const char *path, struct error *err)
{
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return error_set(err, errno, "could not open directory \"%s\": %m", path);
    int r = fd_sync(fd, err);
    return r < 0 ? error_prefix(err, r, "\"%s\"", path) : 0;
}

int fs_temp_dir(char *template, struct error *err)
{
    if (!mkdtemp(template))
        return error_set(err, errno, "could not create directory \"%s\": %m", template);
    return 0;
}

bool fs_exists(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}
