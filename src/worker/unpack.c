#include "worker/unpack.h"

#include "base/libarchive.h"

enum {
    BLOCK_SIZE = 64 << 10
};

static int failed(struct archive *archive, struct error *err)
{
    const char *why = libarchive.error_string(archive);

    return error_set(err, EINVAL, "could not unpack the source: %s", why ? why : "not a ZIP file");
}

static bool is_below(str name)
{
    str piece;

    if (name.len == 0 || name.ptr[0] == '/')
        return false;
    while (str_next(&name, '/', &piece))
        if (str_eq(piece, STR("..")))
            return false;
    return true;
}

static int copy_data(struct archive *zip, struct archive *disk, int64_t *total, struct error *err)
{
    const void *bytes;
    la_int64_t offset;
    size_t len;
    int r;

    while ((r = libarchive.read_data_block(zip, &bytes, &len, &offset)) == ARCHIVE_OK) {
        *total += (int64_t)len;
        if (*total > UNPACK_MAX_BYTES)
            return error_set(err, E2BIG, "source is larger than %lld bytes", UNPACK_MAX_BYTES);
        if (libarchive.write_data_block(disk, bytes, len, offset) != ARCHIVE_OK)
            return failed(disk, err);
    }
    return r == ARCHIVE_EOF ? 0 : failed(zip, err);
}

static int unpack_entry(struct archive *zip, struct archive *disk, struct archive_entry *entry,
        const char *dir, int64_t *total, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *name = libarchive.entry_pathname(entry);
    mode_t type = libarchive.entry_filetype(entry);
    int r;

    if (!name || !is_below(str_of(name)) || libarchive.entry_hardlink(entry))
        return error_set(err, EINVAL, "source has an entry that leads out of it");
    if (type != AE_IFREG && type != AE_IFDIR && type != AE_IFLNK)
        return error_set(err, EINVAL, "source has an entry that is no file, directory or link");
    libarchive.entry_copy_pathname(
            entry, str_cstr(&scratch, str_printf(&scratch, "%s/%s", dir, name)));
    libarchive.entry_set_perm(
            entry, (libarchive.entry_perm(entry) & 0777) | (type == AE_IFDIR ? 0700 : 0600));
    if (libarchive.write_header(disk, entry) != ARCHIVE_OK)
        return failed(disk, err);
    r = copy_data(zip, disk, total, err);
    if (r == 0 && libarchive.write_finish_entry(disk) != ARCHIVE_OK)
        r = failed(disk, err);
    return r;
}

static int unpack_all(struct archive *zip, struct archive *disk, const char *dir, struct error *err)
{
    struct archive_entry *entry;
    int64_t total = 0;
    int r, count = 0;

    while ((r = libarchive.read_next_header(zip, &entry)) == ARCHIVE_OK || r == ARCHIVE_WARN) {
        if (++count > UNPACK_MAX_ENTRIES)
            return error_set(err, E2BIG, "source has more than %d entries", UNPACK_MAX_ENTRIES);
        r = unpack_entry(zip, disk, entry, dir, &total, err);
        if (r < 0)
            return r;
    }
    return r == ARCHIVE_EOF ? 0 : failed(zip, err);
}

int unpack_zip(int fd, const char *dir, struct error *err)
{
    struct archive *zip, *disk;
    int r = libarchive_load(err);

    if (r < 0)
        return r;
    zip = libarchive.read_new();
    disk = libarchive.write_disk_new();
    if (!zip || !disk)
        abort();
    (void)libarchive.read_support_format_zip(zip);
    (void)libarchive.write_disk_set_options(disk, ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_TIME |
                                                          ARCHIVE_EXTRACT_SECURE_SYMLINKS |
                                                          ARCHIVE_EXTRACT_SECURE_NODOTDOT);
    if (libarchive.read_open_fd(zip, fd, BLOCK_SIZE) != ARCHIVE_OK)
        r = failed(zip, err);
    if (r == 0)
        r = unpack_all(zip, disk, dir, err);
    (void)libarchive.read_free(zip);
    if (libarchive.write_free(disk) != ARCHIVE_OK && r == 0)
        r = error_set(err, EIO, "could not finish unpacking the source");
    return r;
}
