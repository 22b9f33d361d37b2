#include "git/repo.h"

#include "embedded.h"
#include "store/blob.h"

const struct db_schema git_schema = {"git", schema_git_sql};

/* After every name with a given prefix: text sorts by bytes, and no name has this character. */
#define LAST_CHARACTER STR("\xf4\x8f\xbf\xbf")

int git_repo_create(struct tx *tx, str id, str sealed_key, int64_t now)
{
    int r = db_exec(tx,
            "insert into git_repository (id, generation, pack_number, key, created)"
            " values ($1, 1, 0, $2, $3)",
            id, db_blob(sealed_key), now);

    return r < 0 ? r : 0;
}

int git_repo_get(struct tx *tx, str id, struct git_repo *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "select generation, head, key from git_repository where id = $1", id);

    if (r == 1)
        *ret = (struct git_repo){.id = str_dup(tx->arena, id),
                .generation = row_int(row, 0),
                .head = row_text(row, 1),
                .key = row_text(row, 2)};
    return r;
}

int git_repo_set_head(struct tx *tx, str id, str head)
{
    int r = db_exec(tx,
            "update git_repository set head = $2, generation = generation + 1 where id = $1", id,
            head);

    if (r == 0)
        return error_set(&tx->error, ENOENT, "the repository does not exist");
    return r < 0 ? r : 0;
}

int git_repo_advance(struct tx *tx, str id, int64_t *ret_generation)
{
    const struct db_row *row;
    int r = db_exec(tx, "update git_repository set generation = generation + 1 where id = $1", id);

    if (r == 0)
        return error_set(&tx->error, ENOENT, "the repository does not exist");
    if (r > 0)
        r = db_one(tx, &row, "select generation from git_repository where id = $1", id);
    if (r < 0)
        return r;
    *ret_generation = row_int(row, 0);
    return 0;
}

int git_repo_delete(struct tx *tx, str id)
{
    struct git_packs packs;
    int r = git_pack_list(tx, id, &packs);

    for (size_t i = 0; r >= 0 && i < packs.len; i++)
        r = git_pack_remove(tx, id, &packs.items[i]);
    if (r >= 0)
        r = db_exec(tx, "delete from git_ref where repository = $1", id);
    if (r >= 0)
        r = db_exec(tx, "delete from git_repository where id = $1", id);
    return r < 0 ? r : 0;
}

static struct git_ref ref_of(const struct db_row *row)
{
    return (struct git_ref){
            .name = row_text(row, 0), .id = row_text(row, 1), .peeled = row_text(row, 2)};
}

int git_ref_get(struct tx *tx, str repository, str name, struct git_ref *ret)
{
    const struct db_row *row;
    int r;

    if (!str_is_utf8(name)) /* then no ref can have it */
        return 0;
    r = db_one(tx, &row, "select name, id, peeled from git_ref where repository = $1 and name = $2",
            repository, name);
    if (r == 1)
        *ret = ref_of(row);
    return r;
}

int git_ref_list(
        struct tx *tx, str repository, str prefix, str after, int64_t limit, struct git_refs *ret)
{
    struct db_rows rows;
    struct git_refs refs = {0};
    int r;

    if (!str_is_utf8(prefix) || !str_is_utf8(after)) {
        *ret = refs;
        return 0;
    }
    r = db_query(tx, &rows,
            "select name, id, peeled from git_ref where repository = $1 and name > $2"
            " and name >= $3 and name < $4 order by name limit $5",
            repository, after, prefix, str_concat(tx->arena, prefix, LAST_CHARACTER), limit);
    if (r < 0)
        return r;
    refs.items = arena_array(tx->arena, rows.len, struct git_ref);
    for (; refs.len < rows.len; refs.len++)
        refs.items[refs.len] = ref_of(&rows.items[refs.len]);
    *ret = refs;
    return 0;
}

int git_pack_list(struct tx *tx, str repository, struct git_packs *ret)
{
    struct db_rows rows;
    struct git_packs packs = {0};
    int r = db_query(tx, &rows,
            "select number, name, salt, blob, size, index_blob, index_size, objects from git_pack"
            " where repository = $1 order by number",
            repository);

    if (r < 0)
        return r;
    packs.items = arena_array(tx->arena, rows.len, struct git_pack);
    for (; packs.len < rows.len; packs.len++) {
        const struct db_row *row = &rows.items[packs.len];
        packs.items[packs.len] = (struct git_pack){.number = row_int(row, 0),
                .name = row_text(row, 1),
                .salt = row_text(row, 2),
                .blob = row_text(row, 3),
                .size = row_int(row, 4),
                .index_blob = row_text(row, 5),
                .index_size = row_int(row, 6),
                .objects = row_int(row, 7)};
    }
    *ret = packs;
    return 0;
}

int git_pack_add(struct tx *tx, str repository, const struct git_pack *pack, int64_t now)
{
    str owner = str_printf(tx->arena, "git.pack/%.*s", STR_ARG(repository));
    int added, r;

    r = db_exec(tx, "update git_repository set pack_number = pack_number + 1 where id = $1",
            repository);
    if (r < 0)
        return r;
    added = db_exec(tx,
            "insert into git_pack (repository, number, name, salt, blob, size, index_blob,"
            " index_size, objects, created) select $1, pack_number, $2, $3, $4, $5, $6, $7, $8, $9"
            " from git_repository where id = $1 on conflict (repository, name) do nothing",
            repository, pack->name, pack->salt, pack->blob, pack->size, pack->index_blob,
            pack->index_size, pack->objects, now);
    if (added <= 0)
        return added;
    r = blob_record(tx, pack->blob, pack->size, owner);
    if (r >= 0)
        r = blob_record(tx, pack->index_blob, pack->index_size, owner);
    return r < 0 ? r : 1;
}

int git_pack_remove(struct tx *tx, str repository, const struct git_pack *pack)
{
    int removed = db_exec(
            tx, "delete from git_pack where repository = $1 and name = $2", repository, pack->name);
    int r;

    if (removed <= 0)
        return removed;
    r = blob_release(tx, pack->blob);
    if (r >= 0)
        r = blob_release(tx, pack->index_blob);
    return r < 0 ? r : 1;
}
