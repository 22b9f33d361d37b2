/*
 * libarchive - zip and tar, loaded with the first archive
 *
 * It brings libxml2, ICU and the C++ library, which take a server that has no archive at hand
 * 5 ms and 0.3 MB. Functions keep their names behind the archive_, once libarchive_load() was
 * called:
 *
 *     struct archive *zip = libarchive.read_new();
 */
#pragma once

#include "base/str.h"

#include <archive.h>
#include <archive_entry.h>

/* clang-format off */
#define LIBARCHIVE_FUNCTIONS(f) \
    f(entry_clear) f(entry_copy_pathname) f(entry_filetype) f(entry_free) f(entry_hardlink) \
    f(entry_new) f(entry_pathname) f(entry_perm) f(entry_set_filetype) f(entry_set_hardlink) \
    f(entry_set_mtime) f(entry_set_pathname) f(entry_set_perm) f(entry_set_size) \
    f(entry_set_symlink) f(error_string) f(read_data) f(read_data_block) f(read_free) \
    f(read_new) f(read_next_header) f(read_open1) f(read_open_fd) f(read_open_filename) \
    f(read_set_callback_data) f(read_set_read_callback) f(read_set_seek_callback) \
    f(read_support_filter_gzip) f(read_support_format_tar) f(read_support_format_zip) \
    f(set_error) f(write_close) f(write_data) f(write_data_block) f(write_disk_new) \
    f(write_disk_set_options) f(write_finish_entry) f(write_free) f(write_header) f(write_new) \
    f(write_open_fd) f(write_set_bytes_in_last_block) f(write_set_format_zip) \
    f(write_set_options)
/* clang-format on */

struct libarchive {
#define LIBARCHIVE_MEMBER(name) __typeof__(&archive_##name) name;
    LIBARCHIVE_FUNCTIONS(LIBARCHIVE_MEMBER)
    __typeof__(&archive_errno) error_number; /* errno is a macro */
#undef LIBARCHIVE_MEMBER
};
extern struct libarchive libarchive;

/* -ENOENT the library is not installed. */
MUST_CHECK int libarchive_load(struct error *err);
