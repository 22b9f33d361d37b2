/* internal - what the files of git/ know of each other */
#pragma once

#include "base/map.h"
#include "base/proc.h"
#include "base/thread.h"
#include "git/cache.h"

enum {
    GIT_PROGRAM_ENV = 16
};

struct git {
    struct git_options options; /* cache_dir: a copy */
    pthread_mutex_t lock;       /* of `entries` */
    struct map entries;         /* repository id -> struct git_entry, made at first use */
};

/* A repository in this host's cache. */
struct git_entry {
    pthread_mutex_t lock; /* of all that follows; not held while files are made */
    pthread_cond_t idle;
    bool is_busy;             /* somebody makes files: wait for idle */
    bool is_made;             /* the folder was looked at since the start */
    bool is_forgotten;        /* deleted: opens no more */
    unsigned readers;         /* views */
    int64_t packs_generation; /* objects/pack has the packs of this generation */
    int64_t refs_generation;  /* packed-refs and HEAD have the refs of this one */
    bool has_key;
    unsigned char key[GIT_KEY_LEN];
    char *dir;
};

/* The only one who makes files, until git_entry_leave(). */
void git_entry_enter(struct git_entry *entry);
void git_entry_leave(struct git_entry *entry);

/* The environment of git programs: no configuration but ours. `more` ends with NULL. */
const char *const *git_program_env(struct arena *arena, const char *const *more);
/* "could not …: <first line that git said>" of what a program wrote to a file. */
str git_program_complaint(struct arena *arena, const char *path);
