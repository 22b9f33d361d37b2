/*
 * repo - a git repository as rows
 *
 *     git_repository   id, generation, HEAD, sealed key
 *       git_ref        name -> object id, and what a tag peels to
 *       git_pack       number, name, the blobs with the sealed pack and its index
 *
 * Rows are the truth; what lies in a host's cache (cache.h) is made from them. The
 * generation grows in each transaction that changes refs or packs: a cache, or a
 * reader's memory, that has seen generation n is up to date while the row says n.
 *
 * Memory    results live in the transaction's arena
 * Errors    of store/, as they are
 * Limits    GIT_REF_PAGE refs are read at a time
 * Not here  who may do it, what it is called and whose it is: the service's rows
 */
#pragma once

#include "git/refname.h"
#include "store/db.h"

enum {
    GIT_REF_PAGE = 5000
};

extern const struct db_schema git_schema;

struct git_repo {
    str id;
    int64_t generation;
    str head; /* "refs/heads/main"; absent: no default branch */
    str key;  /* sealed */
};

struct git_ref {
    str name;
    str id;
    str peeled; /* the object behind an annotated tag; absent otherwise */
};

struct git_refs {
    struct git_ref *items;
    size_t len;
};

/* A pack and its index as stored. */
struct git_pack {
    int64_t number; /* given by git_pack_add() */
    str name;
    str salt;
    str blob;
    int64_t size;
    str index_blob;
    int64_t index_size;
    int64_t objects;
};

struct git_packs {
    struct git_pack *items;
    size_t len;
};

MUST_CHECK int git_repo_create(struct tx *tx, str id, str sealed_key, int64_t now);
/* 1 and the row, 0 there is none. */
MUST_CHECK int git_repo_get(struct tx *tx, str id, struct git_repo *ret);
/* head absent: none. The ref need not exist. */
MUST_CHECK int git_repo_set_head(struct tx *tx, str id, str head);
/* The next generation, for whoever changes refs or packs. -ENOENT no such repository. */
MUST_CHECK int git_repo_advance(struct tx *tx, str id, int64_t *ret_generation);
/* All rows; the blobs are released. The cache goes with git_cache_forget(). */
MUST_CHECK int git_repo_delete(struct tx *tx, str id);

/* 1 and the ref, 0 there is none. */
MUST_CHECK int git_ref_get(struct tx *tx, str repository, str name, struct git_ref *ret);
/* Refs with that prefix after `after` ("" to begin), by name, at most `limit`. */
MUST_CHECK int git_ref_list(
        struct tx *tx, str repository, str prefix, str after, int64_t limit, struct git_refs *ret);

MUST_CHECK int git_pack_list(struct tx *tx, str repository, struct git_packs *ret);
/* Records a pack and its blobs. 1, or 0 it is there already (then its blobs are not recorded). */
MUST_CHECK int git_pack_add(
        struct tx *tx, str repository, const struct git_pack *pack, int64_t now);
/* Drops a pack and releases its blobs: 1, or 0 it is not there. */
MUST_CHECK int git_pack_remove(struct tx *tx, str repository, const struct git_pack *pack);
