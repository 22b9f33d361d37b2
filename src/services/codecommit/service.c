#include "services/codecommit/internal.h"

#include "embedded.h"
#include "git/maintain.h"

enum {
    MAINTENANCE_ATTEMPTS = 3, /* the next push asks again */
    MAINTENANCE_LEASE_MS = 2 * 3600 * 1000,
};

static int start(struct server *server, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct git_options options = {.db = server->db,
            .blobs = server->blobs,
            .queue = server->queue,
            .cache_dir = str_concat(&scratch, server->data_dir, STR("/cache/git"))};

    (void)codecommit_keys(&options.keys, server);
    return git_open(&options, &server->git, err);
}

static void stop(struct server *server)
{
    git_close(server->git);
    server->git = NULL;
}

static const struct job_kind jobs[] = {
        {.name = GIT_MAINTAIN_JOB,
                .prepare = maintenance_prepare,
                .commit = maintenance_commit,
                .max_attempts = MAINTENANCE_ATTEMPTS,
                .lease_ms = MAINTENANCE_LEASE_MS},
};

static const struct api_route routes[] = {
        {.prefix = "/v1/repos/", .handle = codecommit_handle_git},
};

static int delete_account(struct tx *tx, str account)
{
    struct db_rows rows;
    int r = db_query(tx, &rows, "select id from codecommit_repository where account = $1", account);

    for (size_t i = 0; r >= 0 && i < rows.len; i++)
        r = git_repo_delete(tx, row_text(&rows.items[i], 0));
    return r;
}

const struct service codecommit_service = {
        .delete_account = delete_account,
        .model = &codecommit_model,
        .handlers = codecommit_handlers,
        .prepares = codecommit_prepares,
        .schema = {"codecommit", schema_codecommit_sql},
        .routes = routes,
        .routes_len = 1,
        .jobs = jobs,
        .jobs_len = 1,
        .start = start,
        .stop = stop,
};
