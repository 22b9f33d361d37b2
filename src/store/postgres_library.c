#include "store/db_postgres.h"

#include "base/library.h"

struct postgres_library postgres_library;

int postgres_load(struct error *err)
{
    static const struct library_symbol symbols[] = {
#define POSTGRES_SYMBOL(name) {"PQ" #name, &postgres_library.name},
            POSTGRES_FUNCTIONS(POSTGRES_SYMBOL)
#undef POSTGRES_SYMBOL
    };
    static struct library library = {"libpq.so.5", "libpq5", symbols,
            sizeof(symbols) / sizeof(*symbols), NULL, LIBRARY_LOCK, false};

    return library_load(&library, err);
}
