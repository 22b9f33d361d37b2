/*
 * Migrations. schema_version has one row for each service: its newest step. At a start
 * with nothing to do, one query finds that out; otherwise everything that is missing
 * runs in one transaction, which the other servers of a database wait for.
 *
 * PostgreSQL would sort text by its database's locale; SQLite sorts bytes. So there
 * the column type `text` is written as `text collate "C"` before a step is run. The
 * rewriting knows quotes and comments but not grammar: in a schema the bare word
 * text is the column type and nothing else (no cast, no column of that name).
 */
#include "store/db_internal.h"

#include "base/buf.h"

enum {
    SCHEMA_MAX_BYTES = 1 << 20
};

struct migration {
    const struct db_schema *schemas;
    size_t len;
    size_t behind; /* schemas that lack steps */
};

/* ---- Reading a schema ------------------------------------------------------------- */

/* "-- step 12" gives 12; another line 0. */
static int64_t step_of(str line)
{
    int64_t step;

    if (!str_take_prefix(&line, STR("-- step ")))
        return 0;
    return str_to_i64(str_trim(line), &step) < 0 ? 0 : step;
}

/* Cuts the next step off *rest: 1, its number and text; 0 at the end. */
static int next_step(
        const char *service, str *rest, int64_t *ret_step, str *ret_sql, struct error *err)
{
    str line, after = *rest;
    const char *begin = NULL;
    int64_t step = 0;

    while (str_next(&after, '\n', &line)) {
        int64_t found = step_of(line);
        if (found && begin)
            break;
        if (found) {
            begin = line.ptr + line.len;
            step = found;
        } else if (!begin && line.len && !str_starts(line, STR("--"))) {
            return error_set(err, EINVAL, "schema of %s has text before its first step", service);
        }
        *rest = after;
    }
    if (!begin)
        return 0;
    *ret_step = step;
    *ret_sql = (str){begin, (size_t)((rest->ptr ? rest->ptr : line.ptr + line.len) - begin)};
    return 1;
}

static int newest_step(const struct db_schema *schema, int64_t *ret, struct error *err)
{
    str rest = str_of(schema->sql), sql;
    int64_t step, count = 0;
    int r;

    if (rest.len > SCHEMA_MAX_BYTES)
        return error_set(err, E2BIG, "schema of %s is too long", schema->service);
    while ((r = next_step(schema->service, &rest, &step, &sql, err)) > 0)
        if (step != ++count)
            return error_set(err, EINVAL, "schema of %s has step %lld where %lld is due",
                    schema->service, (long long)step, (long long)count);
    if (r == 0)
        *ret = count;
    return r;
}

/* ---- PostgreSQL's text ------------------------------------------------------------ */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The length of the quote, comment, word or single byte that `sql` begins with. */
static size_t token_len(str sql)
{
    size_t n = 1;

    if (sql.ptr[0] == '\'' || sql.ptr[0] == '"') {
        while (n < sql.len && sql.ptr[n] != sql.ptr[0])
            n++;
        return n < sql.len ? n + 1 : n;
    }
    if (str_starts(sql, STR("--"))) {
        while (n < sql.len && sql.ptr[n] != '\n')
            n++;
        return n;
    }
    if (is_word(sql.ptr[0]))
        while (n < sql.len && is_word(sql.ptr[n]))
            n++;
    return n;
}

static str collate_text(struct arena *arena, str sql)
{
    struct buf out = buf_make(arena, 4 * SCHEMA_MAX_BYTES);

    while (sql.len) {
        str token = str_head(sql, token_len(sql));
        buf_add(&out, token);
        if (str_eq_nocase(token, STR("text")))
            buf_add(&out, STR(" collate \"C\""));
        sql = str_skip(sql, token.len);
    }
    buf_char(&out, '\0');
    return buf_str(&out);
}

/* ---- Running ---------------------------------------------------------------------- */

/* The step that the database has: 0 none. */
static int64_t step_in(const struct db_rows *versions, const char *service)
{
    for (size_t i = 0; i < versions->len; i++)
        if (str_eq(row_text(&versions->items[i], 0), str_of(service)))
            return row_int(&versions->items[i], 1);
    return 0;
}

static int check_schema(struct tx *tx, const struct db_rows *versions,
        const struct db_schema *schema, int64_t *ret_have, int64_t *ret_newest)
{
    int r = newest_step(schema, ret_newest, &tx->error);

    *ret_have = step_in(versions, schema->service);
    if (r >= 0 && *ret_have > *ret_newest)
        return error_set(&tx->error, EPROTO,
                "database is newer than this program: %s is at step %lld, this program knows %lld",
                schema->service, (long long)*ret_have, (long long)*ret_newest);
    return r;
}

static int read_versions(struct tx *tx, struct db_rows *ret)
{
    return db_query(tx, ret, "select service, step from schema_version order by service");
}

static int count_behind(struct tx *tx, void *arg)
{
    struct migration *migration = arg;
    struct db_rows versions;
    int r = read_versions(tx, &versions);

    migration->behind = 0;
    for (size_t i = 0; r >= 0 && i < migration->len; i++) {
        int64_t have, newest;
        r = check_schema(tx, &versions, &migration->schemas[i], &have, &newest);
        if (r >= 0 && have < newest)
            migration->behind++;
    }
    return r < 0 ? r : 0;
}

static int run_script(struct tx *tx, str sql)
{
    if (tx->engine == DB_POSTGRES)
        sql = collate_text(tx->arena, sql);
    return tx->connection->db->driver->script(tx, str_cstr(tx->arena, sql));
}

static int run_steps(struct tx *tx, const struct db_schema *schema, int64_t have, int64_t newest)
{
    str rest = str_of(schema->sql), sql;
    int64_t step;
    int r;

    while ((r = next_step(schema->service, &rest, &step, &sql, &tx->error)) > 0) {
        if (step <= have)
            continue;
        r = run_script(tx, sql);
        if (r < 0)
            return error_prefix(
                    &tx->error, r, "schema of %s, step %lld", schema->service, (long long)step);
    }
    if (r < 0)
        return r;
    return db_exec(tx,
            "insert into schema_version (service, step) values ($1, $2)"
            " on conflict (service) do update set step = excluded.step",
            schema->service, newest);
}

static int migrate(struct tx *tx, void *arg)
{
    struct migration *migration = arg;
    struct db_rows versions;
    int r;

    r = run_script(tx, STR("create table if not exists schema_version ("
                           "service text not null primary key, step bigint not null);"));
    if (r >= 0)
        r = read_versions(tx, &versions);
    for (size_t i = 0; r >= 0 && i < migration->len; i++) {
        int64_t have, newest;
        r = check_schema(tx, &versions, &migration->schemas[i], &have, &newest);
        if (r >= 0 && have < newest)
            r = run_steps(tx, &migration->schemas[i], have, newest);
    }
    return r < 0 ? r : 0;
}

int db_migrate(struct db *db, const struct db_schema *schemas, size_t len, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct migration migration = {.schemas = schemas, .len = len};
    int r = db_read(db, &scratch, count_behind, &migration, err);

    if (r == -EPROTO || r == -EINVAL || r == -E2BIG || (r >= 0 && !migration.behind))
        return r;
    /* Also after another error: the table may not be there yet. A real one comes again. */
    return db_write_with(db, DB_WRITE_MIGRATION, &scratch, migrate, &migration, err);
}
