/* internal - what the files of codecommit/ share */
#pragma once

#include "gen/codecommit.h"
#include "git/cache.h"
#include "git/objects.h"
#include "git/update.h"
#include "services/codecommit/codecommit.h"

enum {
    REPOSITORIES_MAX = 5000, /* of an account in a region */
    TAGS_MAX = 50,
    PAGE_SIZE = 1000,    /* of ListRepositories and ListBranches */
    FILE_MAX = 6 << 20,  /* GetFile, PutFile */
    BLOB_MAX = 20 << 20, /* GetBlob */
};

struct repository {
    str id;
    str account;
    str region;
    str name;
    str description; /* absent: none */
    str kms_key;
    bool is_customer_key;
    int64_t created;
    int64_t modified;
    str head; /* "refs/heads/main"; absent: no default branch */
    str sealed_key;
};

/* ---- repositories.c ---- */

/* By the call's account and region; fails with RepositoryDoesNotExistException. */
MUST_CHECK int repository_find(struct call *call, str name, struct repository *ret);
/* As repository_find(), but 0 for none instead of failing; else 1. */
MUST_CHECK int repository_look_up(
        struct tx *tx, str account, str region, str name, struct repository *ret);
str repository_arn(struct call *call, str name);
/* What GetRepository shows of it has changed. */
MUST_CHECK int repository_touch(struct tx *tx, str id, int64_t now);
/* AWS's rules beyond the pattern: no ".git" at the end. */
MUST_CHECK int repository_check_name(struct call *call, str name);

/* ---- keys.c ---- */

extern const struct git_keys *codecommit_keys(struct git_keys *room, struct server *server);
/* A repository under a customer's key is shut when the key may not be used. Fails the call. */
MUST_CHECK int repository_check_key(struct call *call, const struct repository *repository);
/* Turns a failure of KMS into CodeCommit's error for it. */
MUST_CHECK int key_failure(struct call *call);

/* ---- tags.c ---- */

MUST_CHECK int tags_check(struct call *call, const struct codecommit_TagsMap *tags);
/* service.resource_tags */
MUST_CHECK int repository_tags(struct call *call, str text, struct resource_tags *ret);
MUST_CHECK int tags_put(struct call *call, const struct repository *repository,
        const struct codecommit_TagsMap *tags);

/* ---- objects ---- */

/* A repository with its objects, for one call: source.c. */
struct source {
    struct repository repository;
    struct git_view view;
    struct git_objects *objects;
};

#define AUTO_SOURCE __attribute__((cleanup(source_close)))
/* Finds the repository, checks its key, opens its cache. Fails the call. */
MUST_CHECK int source_open(struct call *call, str name, struct source *ret);
void source_close(struct source *source);
/*
 * The commit that a branch, tag, full ref, HEAD or commit id means: 1, or 0 there is none.
 */
MUST_CHECK int source_resolve(
        struct call *call, struct source *source, str specifier, str *ret_commit);
/* Whatever git/ said that is not the caller's fault. */
MUST_CHECK int source_fail(struct call *call, int code, const struct error *err);
bool path_is_valid(str path); /* no slash at an end, no empty, "." or ".." part */
str mode_name(unsigned mode); /* NORMAL, EXECUTABLE, SYMLINK */

/* ---- changes.c ---- */

/* Ref changes that were made: events, and the repository's time. For git_update.changed. */
MUST_CHECK int changes_announce(
        struct call *call, const struct repository *repository, const struct git_changes *changes);

/* ---- maintenance.c: a job's two steps; its key is the repository's id ---- */

struct job;

MUST_CHECK int maintenance_prepare(struct job *job, struct error *err);
MUST_CHECK int maintenance_commit(struct job *job, struct tx *tx);

/* ---- push.c: git over HTTPS ---- */

void codecommit_handle_git(struct server *server, struct httpd_request *req);
