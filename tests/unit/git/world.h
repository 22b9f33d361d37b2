/*
 * world - a server with one repository, and the real git beside it, for tests
 *
 * Everything lies in a temporary folder: database, blobs, cache, work trees. git() runs
 * the program there and fails the test unless it ends as expected.
 */
#pragma once

#include "git/http.h"
#include "store/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#define REPOSITORY STR("11111111-2222-3333-4444-555555555555")

struct world {
    struct arena arena;
    char dir[64];
    struct db *db;
    struct blob_store *blobs;
    struct git *git;
    struct httpd *httpd;
    const char *url;
    int changes;     /* how many ref changes were committed */
    str refused_ref; /* pushes to it are denied; absent: none */
};

void world_open(struct world *world);
void world_close(struct world *world);
/* The same as set-up and tear-down of one test: *state is its world. */
int world_setup(void **state);
int world_teardown(void **state);
/* Forgets the cache, as another host would not have it. */
void world_lose_cache(struct world *world);

/* Runs git in <dir>/<where>; the output, standard error behind it. `status` < 0: any. */
str world_git(struct world *world, const char *where, int status, const char *const *arguments);
#define git(world, where, ...)                                                                     \
    world_git((world), (where), 0, (const char *const[]){__VA_ARGS__, NULL})
#define git_fails(world, where, ...)                                                               \
    world_git((world), (where), 1, (const char *const[]){__VA_ARGS__, NULL})
void world_write(struct world *world, const char *path, const char *text);
/* The id of a ref as the rows have it; absent if there is none. */
str world_ref(struct world *world, const char *name);
int64_t world_count(struct world *world, const char *sql);
