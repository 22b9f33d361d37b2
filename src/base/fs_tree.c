/*
 * fs_tree - removing whole trees
 *
 * Builds leave trees of any shape. Each directory is opened below its parent without
 * following links. One that lies deeper than FS_MAX_DEPTH is moved up to the top of the
 * tree and met again there, so depth costs neither stack nor descriptors.
 */
#include "base/fs.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

enum {
    FS_MAX_DEPTH = 64
};

struct removal {
    int top;        /* the directory whose tree goes */
    unsigned moved; /* directories moved up so far */
    bool again;     /* some were, since the top was last read */
};

static void close_dir(DIR **dir)
{
    if (*dir)
        (void)closedir(*dir);
}

#define AUTO_CLOSE_DIR __attribute__((cleanup(close_dir)))

static int remove_children(struct removal *removal, int fd, int depth, struct error *err);

/* Opens a directory for removal, giving ourselves the rights that its owner may lack. */
static int open_dir(int parent, const char *name)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(parent, name, flags);

    if (fd < 0 && errno == EACCES && fchmodat(parent, name, 0700, AT_SYMLINK_NOFOLLOW) == 0)
        fd = openat(parent, name, flags);
    return fd;
}

static int move_up(struct removal *removal, int parent, const char *name, struct error *err)
{
    char moved[32];

    do {
        (void)snprintf(moved, sizeof(moved), ".removing-%u", removal->moved++); /* always fits */
        if (renameat2(parent, name, removal->top, moved, RENAME_NOREPLACE) == 0) {
            removal->again = true;
            return 0;
        }
    } while (errno == EEXIST);
    return error_set(err, errno, "could not move a directory: %m");
}

static int remove_entry(
        struct removal *removal, int parent, const char *name, int depth, struct error *err)
{
    struct stat st;

    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return 0;
    if ((errno == EACCES || errno == EPERM) && fstat(parent, &st) == 0 &&
            (st.st_mode & S_IRWXU) != S_IRWXU && fchmod(parent, 0700) == 0 &&
            (unlinkat(parent, name, 0) == 0 || errno == ENOENT))
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return error_set(err, errno, "could not remove a file: %m");
    if (depth >= FS_MAX_DEPTH)
        return move_up(removal, parent, name, err);

    AUTO_CLOSE int fd = open_dir(parent, name);
    if (fd < 0)
        return error_set(err, errno, "could not open a directory: %m");
    int r = remove_children(removal, fd, depth + 1, err);
    if (r < 0)
        return r;
    if (unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
        return error_set(err, errno, "could not remove a directory: %m");
    return 0;
}

static int remove_children(struct removal *removal, int fd, int depth, struct error *err)
{
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    AUTO_CLOSE_DIR DIR *dir = own < 0 ? NULL : fdopendir(own);
    struct dirent *entry;

    if (!dir) {
        int code = errno;
        fd_close(&own);
        return error_set(err, code, "could not read a directory: %m");
    }
    rewinddir(dir); /* the descriptor's position is shared with earlier readings */
    while ((errno = 0, entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        int r = remove_entry(removal, fd, entry->d_name, depth, err);
        if (r < 0)
            return r;
    }
    if (errno)
        return error_set(err, errno, "could not read a directory: %m");
    return 0;
}

int fs_remove_tree(const char *path, struct error *err)
{
    if (unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR)
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return error_set(err, errno, "could not remove \"%s\": %m", path);

    AUTO_CLOSE int fd = open_dir(AT_FDCWD, path);
    if (fd < 0)
        return error_set(err, errno, "could not open \"%s\": %m", path);
    struct removal removal = {.top = fd};
    do {
        removal.again = false;
        int r = remove_children(&removal, fd, 0, err);
        if (r < 0)
            return error_prefix(err, r, "\"%s\"", path);
    } while (removal.again);
    if (rmdir(path) < 0)
        return error_set(err, errno, "could not remove \"%s\": %m", path);
    return 0;
}
