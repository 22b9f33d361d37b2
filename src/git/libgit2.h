/*
 * libgit2 - loaded when the first object is read, not when the server starts
 *
 * With its own libraries it takes some 5 ms and 0.7 MB of private memory, which a server
 * that nobody asks for a file need not pay. Functions keep their names behind the git_:
 *
 *     const struct libgit2 *lib;
 *     r = libgit2_load(&lib, err);
 *     lib->odb_open(&odb, path);
 */
#pragma once

#include "base/str.h"

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

/* clang-format off */
#define LIBGIT2_FUNCTIONS(f) \
    f(blob_create_from_buffer) f(blob_free) f(blob_lookup) f(blob_rawcontent) f(blob_rawsize) \
    f(buf_dispose) f(commit_author) f(commit_committer) f(commit_create_buffer) f(commit_free) \
    f(commit_lookup) f(commit_message_raw) f(commit_parent_id) f(commit_parentcount) \
    f(commit_raw_header) f(commit_tree_id) f(error_last) f(libgit2_init) f(libgit2_opts) \
    f(mempack_dump) f(mempack_new) f(object_free) f(object_id) f(object_lookup) f(object_peel) \
    f(odb_add_backend) f(odb_add_disk_alternate) f(odb_free) f(odb_hash) f(odb_open) \
    f(odb_read_header) f(odb_write) f(oid_fmt) f(oid_fromstrn) f(repository_free) \
    f(repository_wrap_odb) f(tree_create_updated) \
    f(tree_entry_byindex) f(tree_entry_bypath) f(tree_entry_filemode_raw) f(tree_entry_free) \
    f(tree_entry_id) f(tree_entry_name) f(tree_entrycount) f(tree_free) f(tree_lookup) \
    f(treebuilder_free) f(treebuilder_new) f(treebuilder_write)
/* clang-format on */

struct libgit2 {
#define LIBGIT2_MEMBER(name) __typeof__(&git_##name) name;
    LIBGIT2_FUNCTIONS(LIBGIT2_MEMBER)
#undef LIBGIT2_MEMBER
};

/* The one table of the process. -ENOENT the library is not installed. */
MUST_CHECK int libgit2_load(const struct libgit2 **ret, struct error *err);
