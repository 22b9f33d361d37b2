#include "git/update.h"

#include "git/maintain.h"

bool git_change_is_made(const struct git_change *change)
{
    return !change->refusal.ptr;
}

/* A name cannot be a file and a folder: refs/heads/a excludes refs/heads/a/b. */
static int find_path_conflict(struct tx *tx, str repository, str name)
{
    struct git_refs below;
    struct git_ref above;
    int r = git_ref_list(tx, repository, str_concat(tx->arena, name, STR("/")), STR(""), 1, &below);

    if (r < 0 || below.len)
        return r < 0 ? r : 1;
    for (size_t i = strlen("refs/"); i < name.len; i++) {
        r = name.ptr[i] == '/' ? git_ref_get(tx, repository, str_head(name, i), &above) : 0;
        if (r != 0)
            return r;
    }
    return 0;
}

static int create_ref(struct tx *tx, str repository, struct git_change *change)
{
    int r = find_path_conflict(tx, repository, change->ref);

    if (r > 0)
        change->refusal = STR("its name conflicts with that of another ref");
    if (r != 0)
        return r < 0 ? r : 0;
    r = db_exec(tx,
            "insert into git_ref (repository, name, id, peeled) values ($1, $2, $3, $4)"
            " on conflict do nothing",
            repository, change->ref, change->new_id, change->peeled);
    if (r == 0)
        change->refusal = STR("failed to update ref");
    return r < 0 ? r : 0;
}

static int move_ref(struct tx *tx, str repository, struct git_change *change)
{
    int r = db_exec(tx,
            "update git_ref set id = $3, peeled = $4 where repository = $1 and name = $2"
            " and id = $5",
            repository, change->ref, change->new_id, change->peeled, change->old_id);

    if (r == 0)
        change->refusal = STR("failed to update ref");
    return r < 0 ? r : 0;
}

static int delete_ref(struct tx *tx, const struct git_repo *repository, struct git_change *change)
{
    int r;

    if (str_eq(repository->head, change->ref)) {
        change->refusal = STR("deletion of the current branch prohibited");
        return 0;
    }
    r = db_exec(tx, "delete from git_ref where repository = $1 and name = $2 and id = $3",
            repository->id, change->ref, change->old_id);
    if (r == 0)
        change->refusal = STR("failed to update ref");
    return r < 0 ? r : 0;
}

static int apply(struct tx *tx, const struct git_repo *repository, struct git_change *change)
{
    if (object_id_is_zero(change->new_id))
        return delete_ref(tx, repository, change);
    if (object_id_is_zero(change->old_id))
        return create_ref(tx, repository->id, change);
    return move_ref(tx, repository->id, change);
}

/* Deletions first: they make room for names. */
static int apply_all(struct tx *tx, const struct git_repo *repository, struct git_update *update)
{
    int made = 0;

    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < update->changes.len; i++) {
            struct git_change *change = &update->changes.items[i];
            if (change->refusal.ptr || object_id_is_zero(change->new_id) != (round == 0))
                continue;
            int r = apply(tx, repository, change);
            if (r < 0)
                return r;
            made += git_change_is_made(change);
        }
    return made;
}

static int choose_head(struct tx *tx, const struct git_update *update)
{
    str head = {0};

    for (size_t i = 0; i < update->changes.len; i++) {
        const struct git_change *change = &update->changes.items[i];
        if (!git_change_is_made(change) || object_id_is_zero(change->new_id) ||
                !str_starts(change->ref, STR("refs/heads/")))
            continue;
        bool is_main = str_eq(change->ref, STR("refs/heads/main"));
        if (!head.ptr || is_main ||
                (str_eq(change->ref, STR("refs/heads/master")) &&
                        !str_eq(head, STR("refs/heads/main"))))
            head = change->ref;
    }
    return head.ptr ? git_repo_set_head(tx, update->repository, head) : 0;
}

static bool has_refusal(const struct git_changes *changes)
{
    for (size_t i = 0; i < changes->len; i++)
        if (!git_change_is_made(&changes->items[i]))
            return true;
    return false;
}

int git_update(struct tx *tx, struct git_update *update, int64_t *ret_generation)
{
    struct git_repo repository;
    int made, r = git_repo_get(tx, update->repository, &repository);

    if (r == 0)
        return error_set(&tx->error, ENOENT, "the repository does not exist");
    if (r < 0)
        return r;
    made = apply_all(tx, &repository, update);
    if (made < 0)
        return made;
    if (update->atomic && has_refusal(&update->changes))
        return error_set(&tx->error, ECANCELED, "a change of an atomic update was refused");
    if (made == 0)
        return 0;
    if (!repository.head.ptr) {
        r = choose_head(tx, update);
        if (r < 0)
            return r;
    }
    if (update->pack) {
        r = git_pack_add(tx, update->repository, update->pack, update->now);
        if (r >= 0)
            r = git_maintain_ask(update->git, tx, update->repository);
        if (r < 0)
            return r;
    }
    r = git_repo_advance(tx, update->repository, ret_generation);
    if (r == 0 && update->changed)
        r = update->changed(tx, update->arg, &update->changes);
    return r < 0 ? r : made;
}
