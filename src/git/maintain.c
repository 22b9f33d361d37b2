#include "git/maintain.h"

#include "base/buf.h"
#include "git/internal.h"
#include "git/packstore.h"
#include "git/quarantine.h"

#include <stdlib.h>

enum {
    INPUT_MAX = 16 << 20,
    OUTPUT_MAX = 4096,
    PACK_MS = 3600 * 1000,
};

static int by_objects(const void *one, const void *other)
{
    const struct git_pack *a = one, *b = other;

    return (a->objects > b->objects) - (a->objects < b->objects);
}

size_t git_maintain_choose(struct git_packs *packs)
{
    const struct git_pack *items = packs->items;
    int64_t total = 0;
    size_t n = 0;

    if (packs->len < 2)
        return 0;
    qsort(packs->items, packs->len, sizeof(*items), by_objects);
    for (size_t i = packs->len - 1; i > 0 && n == 0; i--)
        if (items[i].objects < 2 * items[i - 1].objects)
            n = i + 1;
    for (size_t i = 0; i < n; i++)
        total += items[i].objects;
    for (; n > 0 && n < packs->len && items[n].objects < 2 * total; n++)
        total += items[n].objects;
    return n;
}

int git_maintain_ask(struct git *git, struct tx *tx, str repository)
{
    const struct db_row *row;
    int r;

    if (!git || !git->options.queue)
        return 0;
    r = db_one(tx, &row, "select count(*) from git_pack where repository = $1", repository);
    if (r < 0 || row_int(row, 0) <= GIT_PACKS_MANY)
        return r < 0 ? r : 0;
    return queue_add(git->options.queue, tx, GIT_MAINTAIN_JOB, repository, STR(""), 0);
}

/* ---- Before the transaction ----------------------------------------------------------- */

static int list_packs(struct tx *tx, void *arg)
{
    struct git_maintenance *made = arg;

    return git_pack_list(tx, made->repository, &made->old);
}

static int pack_objects(const struct git_quarantine *quarantine, const struct git_packs *old,
        str *ret_name, struct error *err)
{
    struct arena *arena = quarantine->arena;
    struct buf input = buf_make(arena, INPUT_MAX);
    str said, name;
    int r;

    for (size_t i = 0; i < old->len; i++)
        buf_printf(&input, "pack-%.*s.pack\n", STR_ARG(old->items[i].name));
    r = proc_run(arena,
            &(struct proc_options){
                    .argv = (const char *const[]){"git", "-c", "core.fsync=none", "pack-objects",
                            "--quiet", "--stdin-packs", "--delta-base-offset",
                            str_cstr(
                                    arena, str_printf(arena, "%s/pack/pack", quarantine->relative)),
                            NULL},
                    .env = git_program_env(arena, (const char *const[]){"GIT_DIR=.", NULL}),
                    .cwd = quarantine->view->dir,
                    .die_with_parent = true},
            buf_str(&input), OUTPUT_MAX, PACK_MS, &name, &said, err);
    if (r < 0)
        return r;
    name = str_trim(name);
    if (r > 0 || !object_id_is_valid(name))
        return error_set(
                err, EIO, "git pack-objects ended with %d: %.*s", r, STR_ARG(str_head(said, 300)));
    *ret_name = name;
    return 0;
}

/* The new pack lies in the cache before it is recorded: there it harms nobody. */
static int repack(
        struct git_view *view, struct arena *arena, struct git_maintenance *made, struct error *err)
{
    struct git_quarantine quarantine = {0};
    str name;
    int r = git_quarantine_open(view, arena, &quarantine, err);

    if (r == 0)
        r = pack_objects(&quarantine, &made->old, &name, err);
    if (r == 0)
        r = git_pack_store(view, arena, git_quarantine_packs(&quarantine), name, &made->pack, err);
    if (r == 0)
        git_cache_adopt(view, git_quarantine_packs(&quarantine), &made->pack, 0);
    git_quarantine_close(&quarantine);
    return r;
}

int git_maintain_prepare(struct git *git, struct arena *arena, struct git_target target,
        struct git_maintenance *ret, struct error *err)
{
    struct git_maintenance made = {.repository = target.repository};
    AUTO_VIEW struct git_view view = {0};
    int r = db_read(git->options.db, arena, list_packs, &made, err);

    if (r < 0)
        return r;
    made.old.len = git_maintain_choose(&made.old);
    if (made.old.len) {
        r = git_view_read(git, arena, target, 0, &view, err);
        if (r == 0)
            r = repack(&view, arena, &made, err);
    }
    if (r == 0)
        *ret = made;
    return r;
}

/* ---- In the transaction --------------------------------------------------------------- */

static bool has_pack(const struct git_packs *packs, const struct git_pack *pack)
{
    for (size_t i = 0; i < packs->len; i++)
        if (str_eq(packs->items[i].blob, pack->blob))
            return true;
    return false;
}

static int is_still_good(struct tx *tx, const struct git_maintenance *maintenance)
{
    struct git_packs packs;
    int r = git_pack_list(tx, maintenance->repository, &packs);

    if (r < 0 || !maintenance->old.len)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < maintenance->old.len; i++)
        if (!has_pack(&packs, &maintenance->old.items[i]))
            return 0;
    return 1;
}

/* The old packs go first: the new one may have the name of one that held all objects. */
int git_maintain_commit(struct tx *tx, const struct git_maintenance *maintenance, int64_t now)
{
    int64_t generation;
    int r = is_still_good(tx, maintenance);

    if (r <= 0)
        return r;
    for (size_t i = 0; r >= 0 && i < maintenance->old.len; i++)
        r = git_pack_remove(tx, maintenance->repository, &maintenance->old.items[i]);
    if (r >= 0)
        r = git_pack_add(tx, maintenance->repository, &maintenance->pack, now);
    if (r >= 0)
        r = git_repo_advance(tx, maintenance->repository, &generation);
    return r < 0 ? r : 1;
}
