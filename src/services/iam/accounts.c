#include "api/audit.h"
#include "base/clock.h"
#include "base/random.h"
#include "services/iam/access_key.h"
#include "services/iam/entity.h"

enum {
    ACCOUNT_DIGITS = 12,
    ACCOUNT_TRIES = 20,
    ACCOUNT_MAX_TABLES = 256,
};

static bool is_account_id(str id)
{
    for (size_t i = 0; i < id.len; i++)
        if (id.ptr[i] < '0' || id.ptr[i] > '9')
            return false;
    return id.len == ACCOUNT_DIGITS;
}

int iam_account_exists(struct tx *tx, str id)
{
    const struct db_row *row;

    return db_one(tx, &row, "select 1 from iam_account where id = $1", id);
}

/* 1 inserted, 0 there is one. */
static int insert_account(struct tx *tx, str id, str name, int64_t now)
{
    return db_exec(tx,
            "insert into iam_account (id, name, created, generation) values ($1, $2, $3, 1)"
            " on conflict do nothing",
            id, name, now);
}

static int insert_chosen(struct tx *tx, str *id, str name, int64_t now)
{
    if (id->ptr)
        return insert_account(tx, *id, name, now);
    for (int i = 0; i < ACCOUNT_TRIES; i++) {
        int r;
        *id = random_id(tx->arena, STR(""), STR("123456789"), ACCOUNT_DIGITS);
        r = insert_account(tx, *id, name, now);
        if (r != 0)
            return r;
    }
    return 0;
}

int iam_root_key_new(struct server *server, struct tx *tx, str account, struct iam_root_key *ret)
{
    struct iam_root_key key = {.account = account};
    int r = iam_account_exists(tx, account);

    if (r == 0)
        return error_set(&tx->error, ENOENT, "there is no account %.*s", STR_ARG(account));
    if (r > 0)
        r = access_key_insert(
                server, tx, account, account, clock_now(), &key.access_key, &key.secret);
    if (r == 0)
        r = iam_generation_bump(tx, account);
    if (r < 0)
        return r;
    *ret = key;
    return 0;
}

int iam_account_create(
        struct server *server, struct tx *tx, str id, str name, struct iam_root_key *ret)
{
    int64_t now = clock_now();
    int r;

    if (id.ptr && !is_account_id(id))
        return error_set(&tx->error, EINVAL, "an account id has 12 digits");
    r = insert_chosen(tx, &id, name.ptr ? name : STR(""), now);
    if (r == 0)
        return error_set(&tx->error, EEXIST, "account %.*s exists already", STR_ARG(id));
    if (r < 0)
        return r;
    r = db_exec(tx,
            "insert into iam_entity (id, account, kind, name, name_key, path, created, max_session)"
            " values ($1, $1, 'root', 'root', 'root', '/', $2, 0)",
            id, now);
    if (r < 0)
        return r;
    return iam_root_key_new(server, tx, id, ret);
}

int iam_account_list(struct tx *tx, struct iam_accounts *ret)
{
    struct db_rows rows;
    struct iam_accounts accounts = {0};
    int r = db_query(tx, &rows, "select id, name, created from iam_account order by id");

    if (r < 0)
        return r;
    accounts.items = arena_array(tx->arena, rows.len, struct iam_account);
    for (size_t i = 0; i < rows.len; i++)
        accounts.items[accounts.len++] = (struct iam_account){row_text(&rows.items[i], 0),
                row_text(&rows.items[i], 1), row_int(&rows.items[i], 2)};
    *ret = accounts;
    return 0;
}

/* ---- Deleting: every table that a schema makes with an "account" column ------------- */

struct tables {
    str names[ACCOUNT_MAX_TABLES];
    size_t len;
};

static void find_tables(const char *sql, struct tables *ret)
{
    str rest = str_of(sql), name;
    ptrdiff_t at;

    while ((at = str_find(rest, STR("create table "))) >= 0) {
        ptrdiff_t end;
        rest = str_skip(rest, (size_t)at + strlen("create table "));
        end = str_find(rest, STR(";\n"));
        str after = rest;
        if (end < 0 || !str_cut(&after, ' ', &name))
            continue;
        if (str_find(str_head(rest, (size_t)end), STR("\n    account text")) >= 0 &&
                ret->len < sizeof(ret->names) / sizeof(ret->names[0]))
            ret->names[ret->len++] = name;
    }
}

int iam_account_delete(struct server *server, struct tx *tx, str id)
{
    struct tables *tables = arena_new(tx->arena, struct tables);
    int r = iam_account_exists(tx, id);

    if (r == 0)
        return error_set(&tx->error, ENOENT, "there is no account %.*s", STR_ARG(id));
    if (r < 0)
        return r;
    find_tables(audit_schema.sql, tables);
    for (size_t i = 0; i < server->services_len; i++) {
        const struct service *service = server->services[i];

        if (service->delete_account && (r = service->delete_account(tx, id)) < 0)
            return r;
        if (service->schema.sql)
            find_tables(service->schema.sql, tables);
    }
    for (size_t i = tables->len; i > 0; i--) { /* what refers to others was made after them */
        str sql = str_printf(
                tx->arena, "delete from %.*s where account = $1", STR_ARG(tables->names[i - 1]));
        r = db_exec(tx, sql.ptr, id);
        if (r < 0)
            return r;
    }
    r = db_exec(tx, "delete from iam_account where id = $1", id);
    return r < 0 ? r : 0;
}

int iam_generation_bump(struct tx *tx, str account)
{
    int r = db_exec(
            tx, "update iam_account set generation = generation + 1 where id = $1", account);

    return r < 0 ? r : 0;
}
