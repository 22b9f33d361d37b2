#include "store/db_postgres.h"

#include "base/thread.h"

#include <dlfcn.h>

struct postgres_library postgres_library;

static pthread_mutex_t load_lock = PTHREAD_MUTEX_INITIALIZER;

int postgres_load(struct error *err)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&load_lock);
    struct postgres_library library;
    void *handle;

    (void)lock;
    if (postgres_library.exec)
        return 0;
    handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return error_set(err, ENOENT, "PostgreSQL needs libpq (package libpq5): %s", dlerror());
#define X(name)                                                                                    \
    *(void **)&library.name = dlsym(handle, "PQ" #name);                                           \
    if (!library.name)                                                                             \
        return error_set(err, ENOENT, "libpq is too old: it lacks PQ" #name);
    POSTGRES_FUNCTIONS(X)
#undef X
    postgres_library = library;
    return 0;
}
