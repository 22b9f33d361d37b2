#include "git/cache.h"

#include "base/buf.h"
#include "base/fs.h"
#include "git/internal.h"
#include "git/packstore.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

enum {
    REFS_STEP = 1 << 20
}; /* of packed-refs, written at a time */

/* What git's programs are told about every repository. Nothing here is ever served as is. */
#define CONFIG                                                                                     \
    "[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tlogAllRefUpdates = false\n"           \
    "\thooksPath = /dev/null\n"                                                                    \
    "[gc]\n\tauto = 0\n"                                                                           \
    "[transfer]\n\tunpackLimit = 1\n"                                                              \
    "[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n"                            \
    "[pack]\n\twriteReverseIndex = false\n\tthreads = 0\n"

/* ---- Entries ---------------------------------------------------------------------- */

static struct git_entry *find_entry(struct git *git, str id)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&git->lock);
    struct git_entry *entry = map_get(&git->entries, id);

    (void)lock;
    if (entry)
        return entry;
    entry = mem_new(struct git_entry);
    (void)pthread_mutex_init(&entry->lock, NULL);
    cond_init(&entry->idle);
    if (asprintf(&entry->dir, "%.*s/%.*s", STR_ARG(git->options.cache_dir), STR_ARG(id)) < 0)
        abort(); /* out of memory */
    (void)map_put(&git->entries, id, entry);
    return entry;
}

void git_entry_enter(struct git_entry *entry)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&entry->lock);

    while (entry->is_busy)
        (void)cond_wait(&entry->idle, lock, -1);
    entry->is_busy = true;
}

void git_entry_leave(struct git_entry *entry)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&entry->lock);

    (void)lock;
    entry->is_busy = false;
    (void)pthread_cond_broadcast(&entry->idle);
}

/* ---- Files: the entry is ours ------------------------------------------------------ */

static const char *in_dir(struct arena *arena, const struct git_entry *entry, const char *name)
{
    return str_cstr(arena, str_printf(arena, "%s/%s", entry->dir, name));
}

/* Replaces a file; not durable, as nothing in a cache need be. */
static int write_file(struct arena *arena, const char *path, str bytes, struct error *err)
{
    const char *temp = str_cstr(arena, str_printf(arena, "%s.new", path));
    AUTO_CLOSE int fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not write to the cache: %m");
    r = fd_write_all(fd, bytes, err);
    if (r == 0 && rename(temp, path) < 0)
        r = error_set(err, errno, "could not write to the cache: %m");
    return r;
}

static int make_folders(struct git_entry *entry, struct arena *arena, struct error *err)
{
    static const char *const folders[] = {"", "objects", "objects/pack", "objects/info", "refs"};
    int r = fs_remove_tree(in_dir(arena, entry, "incoming"), err); /* of a server that was killed */

    for (size_t i = 0; r == 0 && i < sizeof(folders) / sizeof(*folders); i++)
        r = fs_make_dirs(in_dir(arena, entry, folders[i]), 0700, err);
    if (r == 0)
        r = fs_make_dirs(in_dir(arena, entry, "incoming"), 0700, err);
    if (r == 0)
        r = write_file(arena, in_dir(arena, entry, "config"), STR(CONFIG), err);
    if (r == 0)
        r = write_file(arena, in_dir(arena, entry, "HEAD"), STR("ref: refs/heads/main\n"), err);
    entry->is_made = r == 0;
    return r;
}

/* A file of another size is one that a power cut left behind. */
static bool is_there(const char *dir, str name, const char *kind, int64_t size)
{
    AUTO_ARENA struct arena scratch = {0};
    struct stat st;
    const char *path =
            str_cstr(&scratch, str_printf(&scratch, "%s/pack-%.*s.%s", dir, STR_ARG(name), kind));

    return stat(path, &st) == 0 && st.st_size == size;
}

static bool is_named(const struct map *names, str file)
{
    ptrdiff_t dot;

    if (!str_take_prefix(&file, STR("pack-")))
        return false; /* also tmp_… of a fetch that was cut short */
    dot = str_rfind_char(file, '.');
    return dot > 0 && map_get(names, str_head(file, (size_t)dot));
}

static void remove_others(const char *dir, const struct git_packs *packs)
{
    AUTO_ARENA struct arena scratch = {0};
    struct map names = {0};
    struct dirent *item;
    DIR *files = opendir(dir);

    for (size_t i = 0; i < packs->len; i++)
        (void)map_put(&names, packs->items[i].name, &packs->items[i]);
    while (files && (item = readdir(files)))
        if (item->d_name[0] != '.' && !is_named(&names, str_of(item->d_name)))
            (void)unlink(str_cstr(
                    &scratch, str_printf(&scratch, "%s/%s", dir, item->d_name))); /* next time */
    if (files)
        (void)closedir(files);
    map_done(&names);
}

static int sync_packs(struct git_view *view, struct tx *tx, bool may_remove, struct error *err)
{
    const char *dir = in_dir(tx->arena, view->entry, "objects/pack");
    struct git_packs packs;
    int r = git_pack_list(tx, view->repository.id, &packs);

    if (r < 0)
        return error_set(err, -r, "%s", tx->error.text);
    for (size_t i = 0; i < packs.len; i++) {
        const struct git_pack *pack = &packs.items[i];
        if (is_there(dir, pack->name, "pack", pack->size) &&
                is_there(dir, pack->name, "idx", pack->index_size))
            continue;
        r = git_pack_fetch(view->git, view->entry->key, pack, dir, err);
        if (r < 0)
            return error_prefix(err, r, "pack %.*s", STR_ARG(pack->name));
    }
    if (may_remove)
        remove_others(dir, &packs);
    return 0;
}

static int write_refs_page(int fd, const struct git_refs *refs, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct buf out = buf_make(&scratch, (size_t)GIT_REF_PAGE * (REFNAME_MAX + 100));

    for (size_t i = 0; i < refs->len; i++) {
        const struct git_ref *ref = &refs->items[i];
        buf_printf(&out, "%.*s %.*s\n", STR_ARG(ref->id), STR_ARG(ref->name));
        if (ref->peeled.ptr)
            buf_printf(&out, "^%.*s\n", STR_ARG(ref->peeled));
    }
    return fd_write_all(fd, buf_str(&out), err);
}

static int write_packed_refs(struct git_view *view, struct tx *tx, int fd, struct error *err)
{
    struct git_refs refs;
    str after = STR("");
    int r = fd_write_all(fd, STR("# pack-refs with: peeled fully-peeled sorted \n"), err);

    while (r == 0) {
        r = git_ref_list(tx, view->repository.id, STR("refs/"), after, GIT_REF_PAGE, &refs);
        if (r < 0)
            return error_set(err, -r, "%s", tx->error.text);
        r = write_refs_page(fd, &refs, err);
        if (refs.len < GIT_REF_PAGE)
            break;
        after = refs.items[refs.len - 1].name;
    }
    return r;
}

static int sync_refs(struct git_view *view, struct tx *tx, struct error *err)
{
    const char *temp = in_dir(tx->arena, view->entry, "packed-refs.new");
    AUTO_CLOSE int fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    str head = view->repository.head.ptr ? view->repository.head : STR("refs/heads/main");
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not write to the cache: %m");
    r = write_packed_refs(view, tx, fd, err);
    if (r == 0 && rename(temp, in_dir(tx->arena, view->entry, "packed-refs")) < 0)
        r = error_set(err, errno, "could not write to the cache: %m");
    if (r == 0)
        r = write_file(tx->arena, in_dir(tx->arena, view->entry, "HEAD"),
                str_printf(tx->arena, "ref: %.*s\n", STR_ARG(head)), err);
    return r;
}

static int open_key(
        struct git_view *view, struct tx *tx, const struct git_target *target, struct error *err)
{
    const struct git_keys *keys = &view->git->options.keys;
    int r = keys->open(keys->arg, tx, target, view->repository.key, view->entry->key, err);

    view->entry->has_key = r == 0;
    return r;
}

/* ---- Views ------------------------------------------------------------------------- */

static int bring_up_to_date(struct git_view *view, struct tx *tx, const struct git_target *target,
        int flags, struct error *err)
{
    struct git_entry *entry = view->entry;
    int64_t generation = view->repository.generation;
    int r = 0;

    if (entry->is_forgotten)
        return error_set(err, ENOENT, "the repository does not exist");
    if (!entry->is_made)
        r = make_folders(entry, tx->arena, err);
    if (r == 0 && !entry->has_key)
        r = open_key(view, tx, target, err);
    if (r == 0 && entry->packs_generation < generation) {
        r = sync_packs(view, tx, entry->readers == 1, err);
        if (r == 0)
            entry->packs_generation = generation;
    }
    if (r == 0 && (flags & GIT_VIEW_REFS) && entry->refs_generation < generation) {
        r = sync_refs(view, tx, err);
        if (r == 0)
            entry->refs_generation = generation;
    }
    return r;
}

static bool is_up_to_date(const struct git_view *view, int flags)
{
    const struct git_entry *entry = view->entry;

    return entry->is_made && entry->has_key && !entry->is_forgotten &&
           entry->packs_generation >= view->repository.generation &&
           (!(flags & GIT_VIEW_REFS) || entry->refs_generation >= view->repository.generation);
}

/* Counts as a reader from here on: no pack that is needed is removed. */
static bool join(struct git_view *view, int flags)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&view->entry->lock);

    while (view->entry->is_busy)
        (void)cond_wait(&view->entry->idle, lock, -1);
    view->entry->readers++;
    if (is_up_to_date(view, flags))
        return true;
    view->entry->is_busy = true;
    return false;
}

int git_view_open(struct git *git, struct tx *tx, struct git_target target, int flags,
        struct git_view *ret, struct error *err)
{
    struct git_view view = {.git = git};
    int r = git_repo_get(tx, target.repository, &view.repository);

    if (r == 0)
        return error_set(err, ENOENT, "the repository does not exist");
    if (r < 0)
        return error_set(err, -r, "%s", tx->error.text);
    view.entry = find_entry(git, target.repository);
    view.dir = view.entry->dir;
    if (!join(&view, flags)) {
        r = bring_up_to_date(&view, tx, &target, flags, err);
        git_entry_leave(view.entry);
        if (r < 0) {
            git_view_close(&view);
            return r;
        }
    }
    *ret = view;
    return 0;
}

void git_view_close(struct git_view *view)
{
    if (!view->entry)
        return;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&view->entry->lock);
    (void)lock;
    view->entry->readers--;
    view->entry = NULL;
}

struct read_view {
    struct git *git;
    struct git_target target;
    int flags;
    struct git_view view;
    struct error *err;
};

static int read_view(struct tx *tx, void *arg)
{
    struct read_view *wish = arg;

    git_view_close(&wish->view); /* of a run that the database undid */
    return git_view_open(wish->git, tx, wish->target, wish->flags, &wish->view, wish->err);
}

int git_view_read(struct git *git, struct arena *arena, struct git_target target, int flags,
        struct git_view *ret, struct error *err)
{
    struct error why = {0}, database = {0};
    struct read_view wish = {.git = git, .target = target, .flags = flags, .err = &why};
    int r = db_read(git->options.db, arena, read_view, &wish, &database);

    if (r < 0) {
        git_view_close(&wish.view);
        return error_set(err, -r, "%s", why.text[0] ? why.text : database.text);
    }
    *ret = wish.view;
    return 0;
}

void git_cache_forget(struct git *git, str repository)
{
    struct git_entry *entry = find_entry(git, repository);

    git_entry_enter(entry);
    entry->is_forgotten = true;
    if (fs_remove_tree(entry->dir, NULL) < 0)
        entry->is_made = false; /* what is left is only space */
    git_entry_leave(entry);
}

static int is_gone(struct tx *tx, void *arg)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "select 1 from git_repository where id = $1", *(str *)arg);

    return r < 0 ? r : r == 0;
}

int git_cache_sweep(struct db *db, str cache_dir, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *path = str_cstr(&scratch, cache_dir);
    DIR *dir = opendir(path);
    struct dirent *item;
    int r = 0;

    if (!dir)
        return errno == ENOENT ? 0 : error_set(err, errno, "could not read \"%s\": %m", path);
    while (r >= 0 && (item = readdir(dir))) {
        str id = str_of(item->d_name);
        if (item->d_name[0] != '.')
            r = db_read(db, &scratch, is_gone, &id, err);
        if (item->d_name[0] != '.' && r > 0)
            r = fs_remove_tree(
                    str_cstr(&scratch, str_printf(&scratch, "%s/%s", path, item->d_name)), err);
    }
    (void)closedir(dir);
    return r < 0 ? r : 0;
}

void git_cache_adopt(
        struct git_view *view, const char *from, const struct git_pack *pack, int64_t generation)
{
    static const char *const kinds[] = {"pack", "idx"};
    AUTO_ARENA struct arena scratch = {0};
    bool is_moved = true;

    git_entry_enter(view->entry);
    for (size_t i = 0; i < 2; i++) {
        str name = str_printf(&scratch, "pack-%.*s.%s", STR_ARG(pack->name), kinds[i]);
        const char *source =
                str_cstr(&scratch, str_printf(&scratch, "%s/%.*s", from, STR_ARG(name)));
        const char *target = str_cstr(&scratch,
                str_printf(&scratch, "%s/objects/pack/%.*s", view->entry->dir, STR_ARG(name)));
        is_moved = is_moved && rename(source, target) == 0;
    }
    if (is_moved && view->entry->packs_generation + 1 >= generation &&
            view->entry->packs_generation < generation)
        view->entry->packs_generation = generation; /* else the next view looks for itself */
    git_entry_leave(view->entry);
}
