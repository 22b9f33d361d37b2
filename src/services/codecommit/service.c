#include "services/codecommit/internal.h"

#include "embedded.h"

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

static const struct api_route routes[] = {
        {.prefix = "/v1/repos/", .handle = codecommit_handle_git},
};

const struct service codecommit_service = {
        .model = &codecommit_model,
        .handlers = codecommit_handlers,
        .prepares = codecommit_prepares,
        .schema = {"codecommit", schema_codecommit_sql},
        .routes = routes,
        .routes_len = 1,
        .start = start,
        .stop = stop,
};
