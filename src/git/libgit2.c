#include "git/libgit2.h"

#include "base/library.h"

#define LIBRARY_NAME(major, minor) LIBRARY_NAME_(major, minor)
#define LIBRARY_NAME_(major, minor) "libgit2.so." #major "." #minor

enum {
    OBJECT_CACHE_MAX = 16 << 20
}; /* of one request */

static struct libgit2 table;

static int init(struct error *err)
{
    if (table.libgit2_init() < 0)
        return error_set(err, EIO, "libgit2 could not be initialized");
    (void)table.libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)OBJECT_CACHE_MAX);
    return 0;
}

int libgit2_load(const struct libgit2 **ret, struct error *err)
{
    static const struct library_symbol symbols[] = {
#define LIBGIT2_SYMBOL(name) {"git_" #name, &table.name},
            LIBGIT2_FUNCTIONS(LIBGIT2_SYMBOL)
#undef LIBGIT2_SYMBOL
    };
    static struct library library = {LIBRARY_NAME(LIBGIT2_VER_MAJOR, LIBGIT2_VER_MINOR),
            "libgit2-dev", symbols, sizeof(symbols) / sizeof(*symbols), init, LIBRARY_LOCK, false};
    int r = library_load(&library, err);

    if (r < 0)
        return r;
    *ret = &table;
    return 0;
}
