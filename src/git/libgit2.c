#include "git/libgit2.h"

#include <dlfcn.h>
#include <pthread.h>

#define LIBRARY_NAME(major, minor) LIBRARY_NAME_(major, minor)
#define LIBRARY_NAME_(major, minor) "libgit2.so." #major "." #minor

enum {
    OBJECT_CACHE_MAX = 16 << 20
}; /* of one request */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct libgit2 table;
static struct error failure;
static int outcome;

static void load(void)
{
    const char *name = LIBRARY_NAME(LIBGIT2_VER_MAJOR, LIBGIT2_VER_MINOR);
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);

    if (!library) {
        outcome = error_set(&failure, ENOENT, "could not load %s", name);
        return;
    }
#define LIBGIT2_FIND(function)                                                                     \
    *(void **)&table.function = dlsym(library, "git_" #function);                                  \
    if (!table.function)                                                                           \
        outcome = error_set(&failure, ENOENT, "%s has no git_%s", name, #function);
    LIBGIT2_FUNCTIONS(LIBGIT2_FIND)
#undef LIBGIT2_FIND
    if (outcome == 0 && table.libgit2_init() < 0)
        outcome = error_set(&failure, EIO, "could not initialize %s", name);
    if (outcome == 0)
        (void)table.libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)OBJECT_CACHE_MAX);
}

int libgit2_load(const struct libgit2 **ret, struct error *err)
{
    (void)pthread_once(&once, load);
    if (outcome < 0)
        return error_set(err, -outcome, "%s", failure.text);
    *ret = &table;
    return 0;
}
