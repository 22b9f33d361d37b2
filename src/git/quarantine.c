#include "git/quarantine.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/fs.h"
#include "git/internal.h"
#include "git/packstore.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum {
    STEP = 128 << 10,
    EMPTY_PACK_LEN = 32, /* header and hash */
    OUTPUT_MAX = 1 << 20,
    WAIT_MS = 3600 * 1000, /* for one program */
};

int git_quarantine_open(
        struct git_view *view, struct arena *arena, struct git_quarantine *ret, struct error *err)
{
    char *dir = str_cstr(arena, str_printf(arena, "%s/incoming/XXXXXX", view->dir));
    struct git_quarantine made = {.view = view, .arena = arena, .dir = dir};
    int r = fs_temp_dir(dir, err);

    if (r < 0)
        return r;
    made.relative = dir + strlen(view->dir) + 1;
    *ret = made;
    return fs_make_dirs(git_quarantine_packs(ret), 0700, err);
}

void git_quarantine_close(struct git_quarantine *quarantine)
{
    if (quarantine->dir && fs_remove_tree(quarantine->dir, NULL) < 0)
        quarantine->dir = NULL; /* removed when the server starts again */
    quarantine->dir = NULL;
}

const char *git_quarantine_packs(const struct git_quarantine *quarantine)
{
    return str_cstr(quarantine->arena, str_printf(quarantine->arena, "%s/pack", quarantine->dir));
}

/* ---- Programs in the quarantine ----------------------------------------------------- */

/* Relative names: no character of the path can be taken for a separator. */
static const char *const *environment(const struct git_quarantine *quarantine)
{
    struct arena *arena = quarantine->arena;
    str dir = str_of(quarantine->relative);

    return git_program_env(arena,
            (const char *const[]){"GIT_DIR=.",
                    str_cstr(arena, str_concat(arena, STR("GIT_OBJECT_DIRECTORY="), dir)),
                    "GIT_ALTERNATE_OBJECT_DIRECTORIES=objects",
                    str_cstr(arena, str_concat(arena, STR("GIT_QUARANTINE_PATH="), dir)), NULL});
}

static const char *complaints_path(const struct git_quarantine *quarantine)
{
    return str_cstr(
            quarantine->arena, str_printf(quarantine->arena, "%s/complaints", quarantine->dir));
}

static int start(const struct git_quarantine *quarantine, const char *const *argv, int in,
        struct proc *ret, struct error *err)
{
    AUTO_CLOSE int complaints =
            open(complaints_path(quarantine), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (complaints < 0)
        return error_set(err, errno, "could not use the cache: %m");
    return proc_start(&(struct proc_options){.argv = argv,
                              .env = environment(quarantine),
                              .cwd = quarantine->view->dir,
                              .in = in,
                              .out = PROC_PIPE,
                              .err = complaints,
                              .die_with_parent = true},
            ret, err);
}

/* Input that is all there at once: no pipe to keep full. */
static int memory_file(str bytes, int *ret, struct error *err)
{
    AUTO_CLOSE int fd = memfd_create("git-input", MFD_CLOEXEC);
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not make a memory file: %m");
    r = fd_write_all(fd, bytes, err);
    if (r == 0 && lseek(fd, 0, SEEK_SET) < 0)
        r = error_set(err, errno, "could not rewind a memory file: %m");
    if (r == 0)
        *ret = fd_take(&fd);
    return r;
}

static int start_with(const struct git_quarantine *quarantine, const char *const *argv, str input,
        struct proc *ret, struct error *err)
{
    AUTO_CLOSE int fd = -1;
    int r = memory_file(input, &fd, err);

    return r < 0 ? r : start(quarantine, argv, fd, ret, err);
}

/* The status; what it printed is in *ret_out. */
static int finish(
        struct git_quarantine *quarantine, struct proc *proc, str *ret_out, struct error *err)
{
    int status, r = fd_read_all(quarantine->arena, proc->out, OUTPUT_MAX, ret_out, err);

    if (r == 0)
        r = proc_wait(proc, WAIT_MS, &status, err);
    return r < 0 ? r : status;
}

/* ---- Filling ------------------------------------------------------------------------ */

static int discard(const struct git_stream *stream, char *bytes, struct error *err)
{
    ssize_t n;

    do {
        n = stream->read(stream->arg, bytes, STEP, err);
    } while (n > 0);
    return (int)n;
}

/* Gives the pack to index-pack. It may end early: then the rest is only read. */
static int feed(int fd, str head, const struct git_stream *stream, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *bytes = arena_alloc(&scratch, STEP, 1);

    while (fd_write_all(fd, head, NULL) == 0) {
        ssize_t n = stream->read(stream->arg, bytes, STEP, err);
        if (n <= 0)
            return (int)n;
        head = (str){bytes, (size_t)n};
    }
    return discard(stream, bytes, err);
}

/* What a push sends that needs no new object: no program is started for it. */
static bool is_empty_pack(str bytes)
{
    AUTO_ARENA struct arena scratch = {0};
    AUTO_DIGEST struct digest digest = {0};
    const size_t hash_at = EMPTY_PACK_LEN - SHA1_LEN;

    if (bytes.len != EMPTY_PACK_LEN || memcmp(bytes.ptr, "PACK\0\0\0\2\0\0\0\0", hash_at) != 0)
        return false;
    digest_init(&digest, DIGEST_SHA1);
    digest_add(&digest, str_head(bytes, hash_at));
    return str_eq(digest_final(&digest, &scratch), str_skip(bytes, hash_at));
}

/* At least EMPTY_PACK_LEN bytes and one, unless the stream ends before. */
static int read_head(
        struct arena *arena, str *head, const struct git_stream *stream, struct error *err)
{
    char *bytes = arena_alloc(arena, head->len + STEP, 1);
    size_t len = head->len;

    if (head->len > EMPTY_PACK_LEN)
        return 0;
    memcpy(bytes, head->ptr, head->len);
    while (len <= EMPTY_PACK_LEN) {
        ssize_t n = stream->read(stream->arg, bytes + len, STEP, err);
        if (n < 0)
            return (int)n;
        if (n == 0)
            break;
        len += (size_t)n;
    }
    *head = (str){bytes, len};
    return 0;
}

static int index_pack(struct git_quarantine *quarantine, str head, const struct git_stream *stream,
        str *ret_out, struct error *err)
{
    char ceiling[64];
    AUTO_PROC struct proc proc = {0};
    int r;

    (void)snprintf(
            ceiling, sizeof(ceiling), "--max-input-size=%lld", (long long)GIT_MAX_PACK_BYTES);
    r = start(quarantine,
            (const char *const[]){"git", "-c", "core.fsync=none", "index-pack", "--stdin",
                    "--fix-thin", "--strict", ceiling, NULL},
            PROC_PIPE, &proc, err);
    if (r == 0)
        r = feed(proc.in, head, stream, err);
    if (r < 0)
        return r;
    fd_close(&proc.in);
    return finish(quarantine, &proc, ret_out, err);
}

int git_quarantine_fill(struct git_quarantine *quarantine, str head,
        const struct git_stream *stream, struct error *err)
{
    str out = {0};
    int r = read_head(quarantine->arena, &head, stream, err);

    if (r < 0 || is_empty_pack(head))
        return r;
    r = index_pack(quarantine, head, stream, &out, err);
    if (r < 0)
        return r;
    if (r > 0)
        return error_set(err, EINVAL, "%.*s",
                STR_ARG(git_program_complaint(quarantine->arena, complaints_path(quarantine))));
    if (!str_take_prefix(&out, STR("pack\t")) || out.len < OBJECT_ID_LEN)
        return error_set(err, EIO, "git index-pack did not name its pack");
    quarantine->pack_name = str_head(out, OBJECT_ID_LEN);
    return 0;
}

/* ---- Checking ----------------------------------------------------------------------- */

static bool is_addition(const struct git_change *change)
{
    return !change->refusal.ptr && !object_id_is_zero(change->new_id);
}

static void add_known(struct buf *input, const struct git_refs *known)
{
    for (size_t i = 0; i < known->len; i++)
        buf_printf(input, "^%.*s\n", STR_ARG(known->items[i].id));
}

static int start_walk(
        struct git_quarantine *quarantine, str input, struct proc *ret, struct error *err)
{
    return start_with(quarantine,
            (const char *const[]){"git", "rev-list", "--objects", "--stdin", "--quiet", NULL},
            input, ret, err);
}

static int start_walk_of_all(struct git_quarantine *quarantine, const struct git_changes *changes,
        const struct git_refs *known, struct proc *ret, struct error *err)
{
    struct buf input = buf_make(quarantine->arena, 4 << 20);

    for (size_t i = 0; i < changes->len; i++)
        if (is_addition(&changes->items[i]))
            buf_printf(&input, "%.*s\n", STR_ARG(changes->items[i].new_id));
    add_known(&input, known);
    return start_walk(quarantine, buf_str(&input), ret, err);
}

/* One of them is not whole: which? */
static int refuse_broken(struct git_quarantine *quarantine, struct git_changes *changes,
        const struct git_refs *known, str refusal, struct error *err)
{
    size_t tried = 0;

    for (size_t i = 0; i < changes->len; i++) {
        struct git_change *change = &changes->items[i];
        int r = 1;
        if (!is_addition(change))
            continue;
        if (changes->len > 1 && tried++ < GIT_CHECK_SINGLY) {
            AUTO_PROC struct proc proc = {0};
            struct buf input = buf_make(quarantine->arena, 4 << 20);
            str out;
            buf_printf(&input, "%.*s\n", STR_ARG(change->new_id));
            add_known(&input, known);
            r = start_walk(quarantine, buf_str(&input), &proc, err);
            if (r == 0)
                r = finish(quarantine, &proc, &out, err);
        }
        if (r < 0)
            return r;
        if (r > 0)
            change->refusal = refusal;
    }
    return 0;
}

/* Two lines for each id: what it is, and what it peels to. */
static int start_types(struct git_quarantine *quarantine, const struct git_changes *changes,
        struct proc *ret, struct error *err)
{
    struct buf input = buf_make(quarantine->arena, 4 << 20);

    for (size_t i = 0; i < changes->len; i++)
        if (is_addition(&changes->items[i]))
            buf_printf(&input, "%.*s\n%.*s^{}\n", STR_ARG(changes->items[i].new_id),
                    STR_ARG(changes->items[i].new_id));
    return start_with(quarantine,
            (const char *const[]){
                    "git", "cat-file", "--batch-check=%(objecttype) %(objectname)", NULL},
            buf_str(&input), ret, err);
}

static void set_type(struct git_change *change, str type, str peeled)
{
    str kind;

    if (str_starts(change->ref, STR("refs/heads/")) && !str_starts(type, STR("commit ")))
        change->refusal = STR("a branch must point to a commit");
    if (str_starts(type, STR("tag ")) && str_cut(&peeled, ' ', &kind) && object_id_is_valid(peeled))
        change->peeled = peeled;
}

static void set_types(struct git_changes *changes, const bool *asked, str out)
{
    for (size_t i = 0; i < changes->len; i++) {
        str type, peeled;
        if (asked[i] && str_next(&out, '\n', &type) && str_next(&out, '\n', &peeled) &&
                !changes->items[i].refusal.ptr)
            set_type(&changes->items[i], type, peeled);
    }
}

/* While git walks, the pack is sealed: the slower of the two sets the time. */
int git_quarantine_check(struct git_quarantine *quarantine, struct git_changes *changes,
        const struct git_refs *known, bool is_shallow, struct git_pack *ret_pack, struct error *err)
{
    AUTO_PROC struct proc walk = {0};
    AUTO_PROC struct proc types = {0};
    bool *asked = arena_array(quarantine->arena, changes->len, bool), any = false;
    struct git_pack pack = {0};
    str out, told = {0};
    int r;

    for (size_t i = 0; i < changes->len; i++)
        any |= asked[i] = is_addition(&changes->items[i]);
    if (!any)
        return 0;
    r = start_walk_of_all(quarantine, changes, known, &walk, err);
    if (r == 0)
        r = start_types(quarantine, changes, &types, err);
    if (r == 0 && quarantine->pack_name.ptr)
        r = git_pack_store(quarantine->view, quarantine->arena, git_quarantine_packs(quarantine),
                quarantine->pack_name, &pack, err);
    if (r == 0)
        r = finish(quarantine, &types, &told, err);
    if (r >= 0)
        r = finish(quarantine, &walk, &out, err);
    if (r > 0)
        r = refuse_broken(quarantine, changes, known,
                is_shallow ? STR("shallow update not allowed") : STR("missing necessary objects"),
                err);
    if (r < 0)
        return r;
    set_types(changes, asked, told);
    *ret_pack = pack;
    return 0;
}
