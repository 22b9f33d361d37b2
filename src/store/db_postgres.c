#include "store/db_internal.h"

int postgres_open_db(const char *where, unsigned connections, struct db **ret, struct error *err)
{
    (void)where, (void)connections, (void)ret;
    return error_set(err, ENOTSUP, "PostgreSQL is not built in");
}
