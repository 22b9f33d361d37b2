#include "agent/bundle.h"

#include "base/libarchive.h"

#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>

enum {
    READ_BLOCK = 65536
};

static bool is_safe_name(str name)
{
    str part;

    if (!name.len || name.ptr[0] == '/')
        return false;
    while (str_next(&name, '/', &part))
        if (str_eq(part, STR("..")))
            return false;
    return true;
}

static bool is_wanted_type(mode_t type)
{
    return type == AE_IFREG || type == AE_IFDIR || type == AE_IFLNK || type == 0;
}

static int set_path(struct archive_entry *entry, const char *dir, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    str name = str_of(libarchive.entry_pathname(entry)),
        link = str_of(libarchive.entry_hardlink(entry));

    if (!is_safe_name(name) || (link.ptr && !is_safe_name(link)))
        return error_set(err, EINVAL, "the bundle names a path outside of itself");
    if (!link.ptr && !is_wanted_type(libarchive.entry_filetype(entry)))
        return error_set(
                err, EINVAL, "the bundle holds something that is no file, directory or link");
    libarchive.entry_set_pathname(entry, str_printf(&scratch, "%s/%.*s", dir, STR_ARG(name)).ptr);
    if (link.ptr)
        libarchive.entry_set_hardlink(
                entry, str_printf(&scratch, "%s/%.*s", dir, STR_ARG(link)).ptr);
    return 0;
}

static int copy_data(struct archive *in, struct archive *out, int64_t *total, struct error *err)
{
    const void *bytes;
    size_t len;
    la_int64_t offset;
    int r;

    while ((r = libarchive.read_data_block(in, &bytes, &len, &offset)) == ARCHIVE_OK) {
        *total += (int64_t)len;
        if (*total > BUNDLE_MAX_BYTES)
            return error_set(err, E2BIG, "the bundle unpacks to more than %lld bytes",
                    (long long)BUNDLE_MAX_BYTES);
        if (libarchive.write_data_block(out, bytes, len, offset) != ARCHIVE_OK)
            return error_set(err, libarchive.error_number(out) ? libarchive.error_number(out) : EIO,
                    "could not unpack the bundle: %s", libarchive.error_string(out));
    }
    if (r != ARCHIVE_EOF)
        return error_set(err, EINVAL, "the bundle is damaged: %s", libarchive.error_string(in));
    return 0;
}

static int unpack_entries(
        struct archive *in, struct archive *out, const char *dir, struct error *err)
{
    struct archive_entry *entry;
    int64_t total = 0, count = 0;
    int r;

    while ((r = libarchive.read_next_header(in, &entry)) == ARCHIVE_OK || r == ARCHIVE_WARN) {
        if (++count > BUNDLE_MAX_ENTRIES)
            return error_set(err, E2BIG, "the bundle has more than %d entries", BUNDLE_MAX_ENTRIES);
        if ((r = set_path(entry, dir, err)) < 0)
            return r;
        if (libarchive.write_header(out, entry) < ARCHIVE_WARN)
            return error_set(
                    err, EINVAL, "could not unpack the bundle: %s", libarchive.error_string(out));
        if ((r = copy_data(in, out, &total, err)) < 0)
            return r;
        if (libarchive.write_finish_entry(out) < ARCHIVE_WARN)
            return error_set(
                    err, EIO, "could not unpack the bundle: %s", libarchive.error_string(out));
    }
    if (r != ARCHIVE_EOF)
        return error_set(err, EINVAL, "the bundle is damaged: %s", libarchive.error_string(in));
    return 0;
}

static void support(struct archive *in, str type)
{
    if (str_eq(type, STR("zip"))) {
        libarchive.read_support_format_zip(in);
        return;
    }
    libarchive.read_support_format_tar(in);
    if (str_eq(type, STR("tgz")))
        libarchive.read_support_filter_gzip(in);
}

/* The only entry of `dir` if it is a directory that holds an AppSpec file; else false. */
static bool only_directory(const char *dir, char *ret, size_t size)
{
    DIR *list = opendir(dir);
    struct dirent *entry;
    size_t count = 0;
    bool found = false;

    while (list && (entry = readdir(list))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        snprintf(ret, size, "%s/%s", dir, entry->d_name);
    }
    if (list)
        closedir(list);
    if (count != 1 || !(list = opendir(ret)))
        return false;
    while ((entry = readdir(list)))
        found = found || strcasestr(entry->d_name, "appspec");
    closedir(list);
    return found;
}

/* Moves what is in `inner` (inside dir) one level up. */
static int strip_level(const char *dir, const char *inner, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *aside = str_printf(&scratch, "%s.inner", dir).ptr;

    if (rename(inner, aside) < 0 || rmdir(dir) < 0 || rename(aside, dir) < 0)
        return error_set(err, errno, "could not unpack the bundle: %m");
    return 0;
}

int bundle_unpack(const char *archive, str type, const char *dir, struct error *err)
{
    char real[PATH_MAX], inner[PATH_MAX + 256];
    struct archive *in, *out;
    int r;

    if (!str_eq(type, STR("zip")) && !str_eq(type, STR("tar")) && !str_eq(type, STR("tgz")))
        return error_set(
                err, EINVAL, "bundle type \"%.*s\" is none of zip, tar, tgz", STR_ARG(type));
    if (!realpath(dir, real))
        return error_set(err, errno, "could not find \"%s\": %m", dir);
    if ((r = libarchive_load(err)) < 0)
        return r;
    in = libarchive.read_new();
    out = libarchive.write_disk_new();
    if (!in || !out)
        abort();
    support(in, type);
    libarchive.write_disk_set_options(out, ARCHIVE_EXTRACT_TIME | ARCHIVE_EXTRACT_PERM |
                                                   ARCHIVE_EXTRACT_SECURE_SYMLINKS |
                                                   ARCHIVE_EXTRACT_SECURE_NODOTDOT);
    if (libarchive.read_open_filename(in, archive, READ_BLOCK) != ARCHIVE_OK)
        r = error_set(err, EINVAL, "the bundle is no %.*s archive: %s", STR_ARG(type),
                libarchive.error_string(in));
    if (r == 0)
        r = unpack_entries(in, out, real, err);
    if (libarchive.write_close(out) != ARCHIVE_OK && r == 0)
        r = error_set(err, EIO, "could not unpack the bundle: %s", libarchive.error_string(out));
    libarchive.write_free(out);
    libarchive.read_free(in);
    if (r == 0 && only_directory(real, inner, sizeof(inner)))
        r = strip_level(real, inner, err);
    return r;
}
