#include "worker/artifacts.h"

#include "base/fs.h"
#include "base/libarchive.h"

#include <fcntl.h>
#include <sys/stat.h>

enum {
    COPY_SIZE = 64 << 10
};

static int archive_failed(struct archive *zip, struct error *err)
{
    return error_set(err, EIO, "could not write the artifact: %s", libarchive.error_string(zip));
}

static int read_link(const struct artifact_files *files, const struct artifact_file *file,
        char *target, size_t size, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *path = str_cstr(&scratch, str_concat(&scratch, files->base, file->path));
    AUTO_CLOSE int fd = open_beneath(files->source, path, O_PATH | O_NOFOLLOW);
    ssize_t n = fd < 0 ? -1 : readlinkat(fd, "", target, size - 1);

    if (n < 0)
        return error_set(err, EIO, "could not read the link \"%s\"", path);
    target[n] = '\0';
    return 0;
}

/* Copies a whole descriptor through `write`. */
static int zip_data(struct archive *zip, int fd, struct error *err)
{
    char *bytes = mem_alloc(COPY_SIZE, 1);
    ssize_t n;
    int r = 0;

    while (r == 0 && (n = fd_read_full(fd, bytes, COPY_SIZE, err)) != 0) {
        if (n < 0)
            r = (int)n;
        else if (libarchive.write_data(zip, bytes, (size_t)n) < n)
            r = archive_failed(zip, err);
    }
    free(bytes);
    return r;
}

static int zip_file(struct archive *zip, const struct artifact_files *files,
        const struct artifact_file *file, struct archive_entry *entry, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char target[ARTIFACTS_MAX_PATH];
    struct stat st;
    int r;

    libarchive.entry_set_pathname(entry, str_cstr(&scratch, file->name));
    if (file->is_link) {
        r = read_link(files, file, target, sizeof(target), err);
        if (r < 0)
            return r;
        libarchive.entry_set_filetype(entry, AE_IFLNK);
        libarchive.entry_set_perm(entry, 0777);
        libarchive.entry_set_symlink(entry, target);
        return libarchive.write_header(zip, entry) == ARCHIVE_OK ? 0 : archive_failed(zip, err);
    }
    AUTO_CLOSE int fd = artifacts_open(files, file, err);
    if (fd < 0)
        return fd;
    if (fstat(fd, &st) < 0)
        return error_set(err, errno, "could not look at an artifact: %m");
    libarchive.entry_set_filetype(entry, AE_IFREG);
    libarchive.entry_set_perm(entry, st.st_mode & 0777);
    libarchive.entry_set_size(entry, st.st_size);
    libarchive.entry_set_mtime(entry, st.st_mtime, 0);
    if (libarchive.write_header(zip, entry) != ARCHIVE_OK)
        return archive_failed(zip, err);
    return zip_data(zip, fd, err);
}

int artifacts_zip(const struct artifact_files *files, int fd, struct error *err)
{
    struct archive_entry *entry;
    struct archive *zip;
    int r = libarchive_load(err);

    if (r < 0)
        return r;
    zip = libarchive.write_new();
    entry = libarchive.entry_new();
    if (!zip || !entry)
        abort();
    if (libarchive.write_set_format_zip(zip) != ARCHIVE_OK ||
            libarchive.write_set_options(zip, "zip:compression-level=3") != ARCHIVE_OK ||
            libarchive.write_set_bytes_in_last_block(zip, 1) != ARCHIVE_OK ||
            libarchive.write_open_fd(zip, fd) != ARCHIVE_OK)
        r = archive_failed(zip, err);
    for (size_t i = 0; r == 0 && i < files->len; i++) {
        libarchive.entry_clear(entry);
        r = zip_file(zip, files, &files->items[i], entry, err);
    }
    if (libarchive.write_close(zip) != ARCHIVE_OK && r == 0)
        r = archive_failed(zip, err);
    libarchive.entry_free(entry);
    (void)libarchive.write_free(zip);
    return r;
}

static int copy_data(int from, int to, struct error *err)
{
    char *bytes = mem_alloc(COPY_SIZE, 1);
    ssize_t n;
    int r = 0;

    while (r == 0 && (n = fd_read_full(from, bytes, COPY_SIZE, err)) != 0)
        r = n < 0 ? (int)n : fd_write_all(to, (str){bytes, (size_t)n}, err);
    free(bytes);
    return r;
}

static int copy_file(const struct artifact_files *files, const struct artifact_file *file,
        const char *dir, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    str path = str_printf(&scratch, "%s/%.*s", dir, STR_ARG(file->name));
    const char *to = str_cstr(&scratch, path);
    const char *parent = str_cstr(&scratch, str_head(path, (size_t)str_rfind_char(path, '/')));
    char target[ARTIFACTS_MAX_PATH];
    struct stat st;
    int r = fs_make_dirs(parent, 0777, err);

    if (r < 0)
        return r;
    (void)unlink(to); /* of an earlier build; a link is replaced, not followed */
    if (file->is_link) {
        r = read_link(files, file, target, sizeof(target), err);
        if (r == 0 && symlink(target, to) < 0)
            r = error_set(err, errno, "could not make \"%s\": %m", to);
        return r;
    }
    AUTO_CLOSE int in = artifacts_open(files, file, err);
    if (in < 0)
        return in;
    if (fstat(in, &st) < 0)
        return error_set(err, errno, "could not look at an artifact: %m");
    AUTO_CLOSE int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, st.st_mode & 0777);
    if (out < 0)
        return error_set(err, errno, "could not make \"%s\": %m", to);
    return copy_data(in, out, err);
}

int artifacts_copy(const struct artifact_files *files, const char *dir, struct error *err)
{
    int r = fs_make_dirs(dir, 0777, err);

    for (size_t i = 0; r == 0 && i < files->len; i++)
        r = copy_file(files, &files->items[i], dir, err);
    return r;
}
