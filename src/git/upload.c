#include "git/upload.h"

#include "base/fs.h"
#include "git/internal.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum {
    STEP = 128 << 10
};

/* The beginning of a request, as much as came at once. */
struct opening {
    char *bytes;
    size_t len, size;
    bool is_whole;
};

static int read_more(
        const struct git_stream *stream, struct opening *opening, size_t until, struct error *err)
{
    while (!opening->is_whole && opening->len < until && opening->len < opening->size) {
        ssize_t n = stream->read(
                stream->arg, opening->bytes + opening->len, opening->size - opening->len, err);
        if (n < 0)
            return (int)n;
        opening->len += (size_t)n;
        opening->is_whole = n == 0;
    }
    return 0;
}

static int refuse(
        const struct git_stream *stream, struct arena *arena, const char *why, struct error *err)
{
    struct buf out = buf_make(arena, PKT_MAX);

    pkt_printf(&out, "ERR %s", why);
    return stream->write(stream->arg, buf_str(&out), err);
}

/* ---- ls-refs ---------------------------------------------------------------------- */

struct ls_refs_reading {
    str repository;
    struct ls_refs request;
    struct buf out;
};

static int read_ls_refs(struct tx *tx, void *arg)
{
    struct ls_refs_reading *reading = arg;

    buf_clear(&reading->out);
    return git_ls_refs(tx, reading->repository, &reading->request, &reading->out);
}

static int answer_ls_refs(struct git *git, struct arena *arena, str repository, str wire,
        const struct git_stream *stream, struct error *err)
{
    struct ls_refs_reading reading = {
            .repository = repository, .out = buf_make(arena, GIT_MAX_ADVERTISEMENT)};
    struct error why;
    int r = ls_refs_parse(arena, wire, &reading.request, &why);

    if (r < 0)
        return refuse(stream, arena, why.text, err);
    r = db_read(git->options.db, arena, read_ls_refs, &reading, err);
    return r < 0 ? r : stream->write(stream->arg, buf_str(&reading.out), err);
}

/* ---- upload-pack ------------------------------------------------------------------ */

/* git's input is a file: in memory if the request is small, so that a full disk can be read. */
static int spool(const struct git_view *view, const struct git_stream *stream,
        struct opening *opening, int *ret_fd, struct error *err)
{
    int r = read_more(stream, opening, opening->size, err);

    if (r < 0)
        return r;
    AUTO_CLOSE int fd = opening->is_whole ? memfd_create("request", MFD_CLOEXEC)
                                          : open(view->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    AUTO_ARENA struct arena scratch = {0};
    char *bytes = arena_alloc(&scratch, STEP, 1);
    size_t total = opening->len;
    ssize_t n = opening->is_whole ? 0 : 1;

    if (fd < 0)
        return error_set(err, errno, "could not keep the request: %m");
    r = fd_write_all(fd, (str){opening->bytes, opening->len}, err);
    while (r == 0 && n > 0) {
        n = stream->read(stream->arg, bytes, STEP, err);
        if (n < 0)
            return (int)n;
        total += (size_t)n;
        if (total > GIT_MAX_FETCH_REQUEST)
            return error_set(err, E2BIG, "the request exceeds %d bytes", GIT_MAX_FETCH_REQUEST);
        r = fd_write_all(fd, (str){bytes, (size_t)n}, err);
    }
    if (r == 0 && lseek(fd, 0, SEEK_SET) < 0)
        r = error_set(err, errno, "could not keep the request: %m");
    if (r == 0)
        *ret_fd = fd_take(&fd);
    return r;
}

static int relay(int fd, const struct git_stream *stream, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *bytes = arena_alloc(&scratch, STEP, 1);

    for (;;) {
        ssize_t n = read(fd, bytes, STEP);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(err, errno, "could not read from git: %m");
        if (n == 0)
            return 0;
        int r = stream->write(stream->arg, (str){bytes, (size_t)n}, err);
        if (r < 0)
            return r;
    }
}

static int run_upload_pack(struct git *git, struct arena *arena, struct git_target target,
        int version, const struct git_stream *stream, struct opening *opening, struct error *err)
{
    static const char *const protocols[] = {
            NULL, "GIT_PROTOCOL=version=1", "GIT_PROTOCOL=version=2"};
    AUTO_VIEW struct git_view view = {0};
    AUTO_PROC struct proc proc = {0};
    AUTO_CLOSE int fd = -1;
    int status, r = git_view_read(git, arena, target, GIT_VIEW_REFS, &view, err);

    if (r == 0)
        r = spool(&view, stream, opening, &fd, err);
    if (r == 0)
        r = proc_start(&(struct proc_options){.argv = (const char *const[]){"git", "upload-pack",
                                                      "--stateless-rpc", "--strict", ".", NULL},
                               .env = git_program_env(
                                       arena, (const char *const[]){protocols[version], NULL}),
                               .cwd = view.dir,
                               .in = fd,
                               .out = PROC_PIPE,
                               .err = PROC_NULL,
                               .die_with_parent = true},
                &proc, err);
    if (r == 0)
        r = relay(proc.out, stream, err);
    if (r == 0)
        r = proc_wait(&proc, -1, &status, err);
    return r < 0 ? r : 1; /* what git refused, it has told the client itself */
}

int git_upload(struct git *git, struct arena *arena, struct git_target target, int version,
        const struct git_stream *stream, struct error *err)
{
    struct opening opening = {.bytes = arena_alloc(arena, STEP, 1), .size = STEP};
    enum pkt_kind kind;
    str wire, line;
    int r = read_more(stream, &opening, PKT_HEADER, err);

    if (r < 0 || opening.len == 0)
        return r;
    if (version < 2)
        return run_upload_pack(git, arena, target, version, stream, &opening, err);

    do {
        wire = (str){opening.bytes, opening.len};
        r = pkt_cut(&wire, &kind, &line, err);
        if (r == -EAGAIN && !opening.is_whole)
            r = read_more(stream, &opening, opening.len + 1, err);
        else if (r < 0)
            return refuse(stream, arena, "the request is malformed", err);
        else
            break;
    } while (r == 0);
    if (r < 0)
        return r;
    if (kind == PKT_FLUSH) /* nothing more is wanted */
        return 0;
    if (kind == PKT_DATA && str_eq(pkt_line(line), STR("command=fetch")))
        return run_upload_pack(git, arena, target, version, stream, &opening, err);
    if (kind != PKT_DATA || !str_eq(pkt_line(line), STR("command=ls-refs")))
        return refuse(stream, arena, "the command is not known", err);

    char *larger =
            memcpy(arena_alloc(arena, GIT_MAX_LS_REFS_REQUEST, 1), opening.bytes, opening.len);
    opening.bytes = larger;
    opening.size = GIT_MAX_LS_REFS_REQUEST;
    r = read_more(stream, &opening, opening.size, err);
    if (r < 0)
        return r;
    return answer_ls_refs(
            git, arena, target.repository, (str){opening.bytes, opening.len}, stream, err);
}
