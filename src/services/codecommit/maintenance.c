#include "services/codecommit/internal.h"

#include "base/clock.h"
#include "git/maintain.h"

struct maintaining {
    struct job *job;
    struct call *call; /* acts as the service; NULL: the repository is gone */
};

static int find_owner(struct tx *tx, void *arg)
{
    struct maintaining *x = arg;
    const struct db_row *row;
    int r = db_one(tx, &row, "select account, region from codecommit_repository where id = $1",
            x->job->key);

    if (r == 1)
        x->call = call_for_job(x->job->context, x->job->arena, NULL,
                str_dup(x->job->arena, row_text(row, 0)), str_dup(x->job->arena, row_text(row, 1)),
                &codecommit_service);
    return r;
}

/*
 * The service has no right to a customer's key. It maintains such a repository where its key is
 * open already, that is where it was used since the start: the server that took the push.
 */
int maintenance_prepare(struct job *job, struct error *err)
{
    struct server *server = job->context;
    struct maintaining x = {.job = job};
    struct git_maintenance *made = arena_new(job->arena, struct git_maintenance);
    int r = db_read(server->db, job->arena, find_owner, &x, err);

    if (r < 0 || !x.call)
        return r < 0 ? r : 0;
    r = git_maintain_prepare(server->git, job->arena,
            (struct git_target){.repository = job->key, .who = x.call}, made, err);
    if (r == -ENOENT || r == -EACCES)
        return 0;
    job->prepared = made;
    return r;
}

int maintenance_commit(struct job *job, struct tx *tx)
{
    int r = job->prepared ? git_maintain_commit(tx, job->prepared, clock_now()) : 0;

    return r < 0 ? r : 0;
}
