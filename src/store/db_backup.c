/*
 * A copy of a running SQLite database: VACUUM INTO reads one snapshot while others
 * write, and leaves a database without a log beside it. PostgreSQL has pg_dump.
 */
#include "store/db_sqlite.h"

#include "base/fs.h"

#include <fcntl.h>
#include <sys/stat.h>

static int vacuum_into(sqlite3 *handle, const char *to, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    str quoted = str_replace(&scratch, str_of(to), STR("'"), STR("''"));
    int code = sqlite3_exec(handle, str_printf(&scratch, "vacuum into '%.*s'", STR_ARG(quoted)).ptr,
            NULL, NULL, NULL);

    return code == SQLITE_OK ? 0 : sqlite_fail(err, handle, code);
}

int db_backup(const char *url, const char *to, struct error *err)
{
    str path = str_of(url);
    sqlite3 *handle = NULL;
    int code, r;

    if (!str_take_prefix(&path, STR("sqlite:")))
        return error_set(err, ENOTSUP, "only SQLite databases are copied here");
    (void)unlink(to); /* of a backup that was interrupted; it must not exist */
    code = sqlite3_open_v2(path.ptr, &handle,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    r = code == SQLITE_OK ? vacuum_into(handle, to, err) : sqlite_fail(err, handle, code);
    (void)sqlite3_close(handle); /* nothing is left open */
    if (r < 0)
        return r;
    AUTO_CLOSE int fd = open(to, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fchmod(fd, 0600) < 0)
        return error_set(err, errno, "could not open \"%s\": %m", to);
    return fd_sync(fd, err);
}
