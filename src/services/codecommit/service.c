#include "services/codecommit/internal.h"

#include "embedded.h"
#include "git/cache.h"
#include "git/maintain.h"

enum {
    MAINTENANCE_ATTEMPTS = 3, /* the next push asks again */
    MAINTENANCE_LEASE_MS = 2 * 3600 * 1000,
    ROWS_AT_ONCE = 500,
};

static str cache_dir(struct arena *arena, const struct server *server)
{
    return str_concat(arena, server->data_dir, STR("/cache/git"));
}

int codecommit_sweep_cache(struct server *server, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};

    return git_cache_sweep(server->db, cache_dir(&scratch, server), err);
}

static int start(struct server *server, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct git_options options = {.db = server->db,
            .blobs = server->blobs,
            .queue = server->queue,
            .cache_dir = cache_dir(&scratch, server)};
    int r = codecommit_sweep_cache(server, err);

    (void)codecommit_keys(&options.keys, server);
    return r < 0 ? r : git_open(&options, &server->git, err);
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
    str last = STR("");
    int r;

    do {
        r = db_query(tx, &rows,
                "select id from codecommit_repository where account = $1 and id > $2"
                " order by id limit $3",
                account, last, ROWS_AT_ONCE);
        for (size_t i = 0; r >= 0 && i < rows.len; i++) {
            last = row_text(&rows.items[i], 0);
            r = git_repo_delete(tx, last);
        }
    } while (r >= 0 && rows.len == ROWS_AT_ONCE);
    return r < 0 ? r : 0;
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
        .resource_tags = repository_tags,
};
