/*
 * git - what the repositories of one server share
 *
 * A struct git knows where repositories are kept (database and blob store), how their
 * keys are opened, and the folder of this host's cache:
 *
 *     DIR/<repository id>/          a bare repository, mode 0700 (cache.h)
 *     DIR/<repository id>/incoming/ pushes being received (quarantine.h)
 *
 * Keys: a repository has one key of 32 bytes, which the service makes, seals and opens
 * (struct git_keys); the key of each blob is derived from it and a random salt.
 *
 * Threads   any
 */
#pragma once

#include "git/repo.h"
#include "store/blob.h"
#include "store/queue.h"

enum {
    GIT_KEY_LEN = 32
};

/* A repository, and on whose behalf its key is opened: struct git_keys knows what that is. */
struct git_target {
    str repository;
    void *who;
};

/* The port to whoever keeps keys. */
struct git_keys {
    void *arg;
    /* Opens git_repository.key; asked once for each repository and process. */
    int (*open)(void *arg, struct tx *tx, const struct git_target *target, str sealed,
            unsigned char ret[GIT_KEY_LEN], struct error *err);
};

struct git_options {
    struct db *db;
    struct blob_store *blobs;
    struct queue *queue; /* NULL: no maintenance */
    struct git_keys keys;
    str cache_dir; /* made if absent; no other process may use it */
};

struct git;

MUST_CHECK int git_open(const struct git_options *options, struct git **ret, struct error *err);
void git_close(struct git *git); /* no view is open any more */
