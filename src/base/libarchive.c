#include "base/libarchive.h"

#include "base/library.h"

struct libarchive libarchive;

int libarchive_load(struct error *err)
{
    static const struct library_symbol symbols[] = {
#define LIBARCHIVE_SYMBOL(name) {"archive_" #name, &libarchive.name},
            LIBARCHIVE_FUNCTIONS(LIBARCHIVE_SYMBOL){"archive_errno", &libarchive.error_number},
#undef LIBARCHIVE_SYMBOL
    };
    static struct library library = {"libarchive.so.13", "libarchive13", symbols,
            sizeof(symbols) / sizeof(*symbols), NULL, LIBRARY_LOCK, false};

    return library_load(&library, err);
}
