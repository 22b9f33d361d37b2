#include "services/codecommit/internal.h"

#include "git/internal.h"

enum {
    ARCHIVE_MS = 3600 * 1000
};

struct archive {
    struct call *call;
    str name;
    str commit;
    struct source source;
};

static int open_source(struct tx *tx, void *arg)
{
    struct archive *x = arg;
    struct call *call = x->call;
    str resolved;
    int r;

    source_close(&x->source); /* of a run that the database undid */
    call->tx = tx;
    r = authorize(call, STR("codecommit:UploadArchive"), repository_arn(call, x->name));
    if (r == 0)
        r = source_open(call, x->name, &x->source);
    if (r == 0)
        r = source_resolve(call, &x->source, x->commit, &resolved);
    if (r == 0 && x->source.objects)
        return call_fail(call, &codecommit_CommitIdDoesNotExistException,
                "The commit %.*s does not exist", STR_ARG(x->commit));
    return r < 0 ? r : 0;
}

static int run(struct archive *x, int fd, struct error *err)
{
    struct arena *arena = x->call->arena;
    AUTO_PROC struct proc proc = {0};
    int status = 0;
    int r = proc_start(
            &(struct proc_options){.argv = (const char *const[]){"git", "archive", "--format=zip",
                                           str_cstr(arena, x->commit), NULL},
                    .env = git_program_env(arena, (const char *const[]){"GIT_DIR=.", NULL}),
                    .cwd = x->source.view.dir,
                    .out = fd,
                    .err = PROC_NULL,
                    .die_with_parent = true},
            &proc, err);

    if (r == 0)
        r = proc_wait(&proc, ARCHIVE_MS, &status, err);
    return r == 0 && status ? error_set(err, EIO, "git archive ended with %d", status) : r;
}

int codecommit_archive(struct call *call, str repository_name, str commit_id, int fd)
{
    struct archive x = {.call = call, .name = repository_name, .commit = commit_id};
    struct error err = {0};
    int r;

    if (!object_id_is_valid(commit_id))
        return call_fail(
                call, &codecommit_InvalidCommitIdException, "The specified commit ID is not valid");
    r = db_read(call->server->db, call->arena, open_source, &x, &err);
    call->tx = NULL;
    if (r == 0)
        r = run(&x, fd, &err);
    source_close(&x.source);
    if (r < 0 && r != CALL_FAILED)
        r = call_fail(call, &error_InternalFailure, "%s", err.text);
    return r;
}
