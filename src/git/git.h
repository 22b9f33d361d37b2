/*
 * git - what the repositories of one server share
 *
 * A struct git knows where repositories are kept (database and blob store), how their
 * keys are opened, and the folder of this host's cache:
 *
 *     DIR/<repository id>/          a bare repository, mode 0700 (cache.h)
 *     DIR/<repository id>/incoming/ pushes being received (quarantine.h)
 *
 * Keys: a repository has one key of 32 bytes, which the service seals and opens
 * (struct git_keys); the key of each blob is derived from it and a random salt.
 *
 * Threads   any
 */
#pragma once

#include "git/repository.h"
#include "store/blob.h"
#include "store/queue.h"
#include "store/seal.h"

enum {
    GIT_KEY_LEN = 32
};

/* The port to whoever keeps keys. */
struct git_keys {
    void *arg;
    /* A new key for a repository, sealed as git_repository.key holds it. */
    int (*make)(void *arg, struct arena *arena, str repository, str *ret_sealed, struct error *err);
    /* -EBADMSG it was sealed by somebody else, -EACCES its master key is not to be used. */
    int (*open)(void *arg, struct arena *arena, str repository, str sealed,
            unsigned char ret[GIT_KEY_LEN], struct error *err);
};

/* Keys sealed under the server's master key. */
struct git_keys git_keys_of_seal(struct seal *seal);

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
