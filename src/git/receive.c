#include "git/receive.h"

#include "base/clock.h"
#include "git/internal.h"
#include "git/push.h"
#include "git/quarantine.h"

enum {
    STEP = 64 << 10,
    REPORT_MAX = 16 << 20,
};

struct receiving {
    struct git *git;
    struct arena *arena;
    const struct git_receive *options;
    struct push push;
    str head; /* what was read beyond the commands */
    struct git_view view;
    struct git_quarantine quarantine;
    struct git_changes changes;
    struct git_refs known; /* where the repository's refs are: the walk ends there */
    struct git_pack pack;
    int64_t generation;
    struct error unpack; /* empty: ok */
};

/* ---- The commands ------------------------------------------------------------------ */

static int read_commands(struct receiving *x, struct error *err)
{
    const struct git_stream *stream = &x->options->stream;
    struct buf wire = buf_make(x->arena, PUSH_MAX_BYTES + 2 * STEP);
    size_t scanned = 0;
    bool is_complete = false;

    while (!is_complete) {
        char *room = buf_room(&wire, STEP);
        ssize_t n = room ? stream->read(stream->arg, room, STEP, err) : 0;
        if (n < 0)
            return (int)n;
        if (!room)
            return error_set(err, E2BIG, "push commands exceed %d bytes", PUSH_MAX_BYTES);
        if (n == 0 && wire.len > 0)
            return error_set(err, EPROTO, "the push ends before its commands do");
        if (n == 0)
            return 0;
        buf_grew(&wire, (size_t)n);
        str rest = str_skip(buf_str(&wire), scanned), line;
        enum pkt_kind kind;
        while (!is_complete && rest.len >= PKT_HEADER && pkt_cut(&rest, &kind, &line, NULL) == 0) {
            scanned = wire.len - rest.len;
            is_complete = kind == PKT_FLUSH;
        }
        int r = is_complete ? 0 : pkt_cut(&rest, &kind, &line, err);
        if (r < 0 && r != -EAGAIN)
            return r;
    }
    int r = push_parse(x->arena, buf_str(&wire), &x->push, err);
    if (r == 0)
        x->head = str_skip(buf_str(&wire), x->push.wire_len);
    return r;
}

static int find_refusal(
        struct receiving *x, struct tx *tx, const struct git_change *change, str *ret)
{
    bool is_deletion = object_id_is_zero(change->new_id);

    *ret = (str){0};
    if (!refname_is_valid(change->ref))
        *ret = STR("funny refname");
    else if (str_eq(x->view.repository.head, change->ref) && is_deletion)
        *ret = STR("deletion of the current branch prohibited");
    else if (is_deletion && object_id_is_zero(change->old_id))
        *ret = STR("the ref does not exist");
    else if (x->options->refuse)
        return x->options->refuse(tx, x->options->arg, change, ret);
    return 0;
}

static int judge_commands(struct receiving *x, struct tx *tx)
{
    struct map seen = {0};
    int r = 0;

    x->changes.items = arena_array(x->arena, x->push.commands.len, struct git_change);
    x->changes.len = x->push.commands.len;
    x->changes.capabilities = x->push.capabilities;
    for (size_t i = 0; i < x->changes.len && r >= 0; i++) {
        const struct push_command *command = &x->push.commands.items[i];
        struct git_change *change = &x->changes.items[i];
        *change = (struct git_change){
                .ref = command->ref, .old_id = command->old_id, .new_id = command->new_id};
        struct git_change *before = map_put(&seen, change->ref, change);
        r = find_refusal(x, tx, change, &change->refusal);
        if (before)
            before->refusal = change->refusal = STR("multiple updates for ref not allowed");
    }
    map_done(&seen);
    return r < 0 ? r : 0;
}

static bool is_hopeless(const struct receiving *x)
{
    size_t refused = 0;

    for (size_t i = 0; i < x->changes.len; i++)
        refused += x->changes.items[i].refusal.ptr != NULL;
    return refused == x->changes.len || (x->push.atomic && refused);
}

/* ---- The transaction ---------------------------------------------------------------- */

static int load_and_judge(struct tx *tx, void *arg)
{
    struct receiving *x = arg;
    int r;

    git_view_close(&x->view); /* of a run that the database undid */
    r = git_view_open(x->git, tx, x->options->target, 0, &x->view, &tx->error);
    if (r == 0)
        r = git_ref_list(tx, x->options->target.repository, STR("refs/"), STR(""),
                GIT_MAX_KNOWN_REFS, &x->known);
    return r < 0 ? r : judge_commands(x, tx);
}

static int commit(struct tx *tx, void *arg)
{
    struct receiving *x = arg;
    struct git_update update = {.repository = x->options->target.repository,
            .atomic = x->push.atomic,
            .pack = x->pack.name.ptr ? &x->pack : NULL,
            .git = x->git,
            .now = clock_now(),
            .changed = x->options->changed,
            .arg = x->options->arg};
    int r;

    /* A copy: this may run again, and refusals of a run that was undone are void. */
    update.changes.len = x->changes.len;
    update.changes.capabilities = x->changes.capabilities;
    update.changes.items = arena_array(tx->arena, x->changes.len, struct git_change);
    memcpy(update.changes.items, x->changes.items, x->changes.len * sizeof(*x->changes.items));
    r = git_update(tx, &update, &x->generation);
    if (r >= 0 || r == -ECANCELED)
        x->changes = update.changes;
    return r;
}

static void refuse_rest(struct receiving *x, str why)
{
    for (size_t i = 0; i < x->changes.len; i++)
        if (!x->changes.items[i].refusal.ptr)
            x->changes.items[i].refusal = why;
}

static int commit_all(struct receiving *x, struct error *err)
{
    int r = db_write(x->git->options.db, x->arena, commit, x, err);

    if (r == -ECANCELED)
        refuse_rest(x, STR("atomic push failure"));
    else if (r > 0 && x->pack.name.ptr)
        git_cache_adopt(&x->view, git_quarantine_packs(&x->quarantine), &x->pack, x->generation);
    return r < 0 && r != -ECANCELED ? r : 0;
}

/* ---- The report ---------------------------------------------------------------------- */

static void write_report(const struct receiving *x, struct buf *out)
{
    if (x->unpack.text[0])
        pkt_printf(out, "unpack %s\n", x->unpack.text);
    else
        pkt_add(out, STR("unpack ok\n"));
    for (size_t i = 0; i < x->changes.len; i++) {
        const struct git_change *change = &x->changes.items[i];
        if (change->refusal.ptr)
            pkt_printf(out, "ng %.*s %.*s\n", STR_ARG(change->ref), STR_ARG(change->refusal));
        else
            pkt_printf(out, "ok %.*s\n", STR_ARG(change->ref));
    }
    pkt_add_flush(out);
}

static int report(struct receiving *x, struct error *err)
{
    const struct git_stream *stream = &x->options->stream;
    struct buf plain = buf_make(x->arena, REPORT_MAX), out = buf_make(x->arena, REPORT_MAX);

    if (!x->push.report_status)
        return 0;
    write_report(x, &plain);
    if (!x->push.side_band)
        return stream->write(stream->arg, buf_str(&plain), err);
    if (x->unpack.text[0])
        pkt_add_band(&out, PKT_BAND_PROGRESS, str_printf(x->arena, "error: %s\n", x->unpack.text));
    pkt_add_band(&out, PKT_BAND_DATA, buf_str(&plain));
    pkt_add_flush(&out);
    return stream->write(stream->arg, buf_str(&out), err);
}

/* ---- A push --------------------------------------------------------------------------- */

static int discard_rest(struct receiving *x, struct error *err)
{
    const struct git_stream *stream = &x->options->stream;
    char *bytes = arena_alloc(x->arena, STEP, 1);
    ssize_t n;

    do {
        n = stream->read(stream->arg, bytes, STEP, err);
    } while (n > 0);
    return (int)n;
}

static int take_pack(struct receiving *x, struct error *err)
{
    int r = git_quarantine_open(&x->view, x->arena, &x->quarantine, err);

    if (r == 0)
        r = git_quarantine_fill(&x->quarantine, x->head, &x->options->stream, err);
    if (r != -EINVAL)
        return r;
    x->unpack = *err;
    refuse_rest(x, STR("unpacker error"));
    return 0;
}

static int receive(struct receiving *x, struct error *err)
{
    int r = db_read(x->git->options.db, x->arena, load_and_judge, x, err);

    if (r < 0)
        return r;
    if (is_hopeless(x)) {
        refuse_rest(x, STR("atomic push failure"));
        r = discard_rest(x, err);
        return r < 0 ? r : report(x, err);
    }
    r = push_has_pack(&x->push) ? take_pack(x, err) : discard_rest(x, err);
    if (r == 0 && push_has_pack(&x->push) && !x->unpack.text[0])
        r = git_quarantine_check(
                &x->quarantine, &x->changes, &x->known, x->push.shallow_len > 0, &x->pack, err);
    if (r == 0 && x->push.atomic && is_hopeless(x))
        refuse_rest(x, STR("atomic push failure"));
    if (r == 0 && !is_hopeless(x))
        r = commit_all(x, err);
    return r < 0 ? r : report(x, err);
}

int git_receive(
        struct git *git, struct arena *arena, const struct git_receive *options, struct error *err)
{
    struct receiving x = {.git = git, .arena = arena, .options = options};
    int r = read_commands(&x, err);

    if (r == 0 && x.push.commands.len)
        r = receive(&x, err);
    git_quarantine_close(&x.quarantine);
    git_view_close(&x.view);
    return r;
}
