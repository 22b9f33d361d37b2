#include "world.h"

#include "api/api.h"
#include "base/fs.h"
#include "cmd/config.h"
#include "services/iam/iam.h"

static void must(int r, const struct error *err)
{
    if (r < 0)
        fail_msg("%d: %s", r, err->text);
}

static int make_account(struct tx *tx, void *arg)
{
    struct world *world = arg;
    struct iam_root_key key = {0};
    struct credential root;
    int r = iam_account_create(&world->server, tx, ACCOUNT, STR(""), &key);

    if (r < 0)
        return r;
    r = iam_identity.find(&world->server, tx, key.access_key, (str){0}, &root);
    assert_int_equal(r, 1);
    world->root = root.principal;
    return aws_open(&(struct aws_options){.endpoint = world->server.endpoint,
                            .region = REGION,
                            .credentials = {key.access_key, key.secret, {0}}},
            &world->aws, &tx->error);
}

static void open_server(struct world *world)
{
    struct server *server = &world->server;
    struct db_schema schemas[CONFIG_MAX_SCHEMAS];
    struct error err = {0};
    const char *url =
            str_cstr(&world->arena, str_printf(&world->arena, "sqlite:%s/test.db", world->dir));

    *server = (struct server){.services = all_services,
            .services_len = all_services_len,
            .identity = &iam_identity,
            .data_dir = str_of(world->dir),
            .account = ACCOUNT,
            .region = REGION};
    must(seal_open(config_path(&world->arena, world->dir, "key"), &server->seal, &err), &err);
    must(db_open(&(struct db_options){.url = url}, &server->db, &err), &err);
    must(db_migrate(server->db, schemas, config_schemas(schemas, CONFIG_MAX_SCHEMAS), &err), &err);
    must(blob_store_open(config_path(&world->arena, world->dir, "blobs"), &server->blobs, &err),
            &err);
    must(notify_open(server->db, &server->notify, &err), &err);
    for (size_t i = 0; i < all_services_len; i++)
        for (size_t j = 0; j < all_services[i]->jobs_len; j++)
            world->kinds[world->kinds_len++] = &all_services[i]->jobs[j];
    must(queue_open(&(struct queue_options){.db = server->db,
                            .notify = server->notify,
                            .kinds = world->kinds,
                            .kinds_len = world->kinds_len,
                            .context = server},
                 &server->queue, &err),
            &err);
    must(api_open(server, &err), &err);
    must(httpd_start(
                 &(struct httpd_options){
                         .host = STR("127.0.0.1"), .handler = api_handle, .arg = server},
                 &server->httpd, &err),
            &err);
    server->endpoint = str_printf(&world->arena, "http://127.0.0.1:%u", httpd_port(server->httpd));
    for (; world->started < all_services_len; world->started++)
        if (all_services[world->started]->start)
            must(all_services[world->started]->start(server, &err), &err);
}

int world_setup(void **state)
{
    struct world *world = mem_new(struct world);
    struct error err = {0};

    *state = world;
    snprintf(world->dir, sizeof(world->dir), "/tmp/slipway-services-XXXXXX");
    must(fs_temp_dir(world->dir, &err), &err);
    open_server(world);
    must(db_write(world->server.db, &world->arena, make_account, world, &err), &err);
    world->nobody = (struct principal){.kind = PRINCIPAL_USER,
            .account = ACCOUNT,
            .arn = STR("arn:aws:iam::111111111111:user/nobody"),
            .user_id = STR("AIDANOBODY"),
            .name = STR("nobody")};
    return 0;
}

int world_teardown(void **state)
{
    struct world *world = *state;
    struct server *server = &world->server;

    aws_close(world->aws);
    httpd_stop(server->httpd, 5000);
    while (world->started-- > 0)
        if (all_services[world->started]->stop)
            all_services[world->started]->stop(server);
    api_close(server);
    queue_close(server->queue);
    notify_close(server->notify);
    blob_store_close(server->blobs);
    db_close(server->db);
    seal_close(server->seal);
    if (fs_remove_tree(world->dir, NULL) < 0)
        fprintf(stderr, "could not remove %s\n", world->dir);
    arena_free(&world->arena);
    free(world);
    return 0;
}

struct doing {
    struct world *world;
    void (*body)(struct call *call, struct world *world);
};

static int run_body(struct tx *tx, void *arg)
{
    struct doing *doing = arg;
    struct call *call = world_call(doing->world, &iam_service);

    call->tx = tx;
    doing->body(call, doing->world);
    return 0;
}

void world_do(struct world *world, void (*body)(struct call *call, struct world *world))
{
    struct doing doing = {world, body};
    struct error err = {0};

    must(db_write(world->server.db, &world->arena, run_body, &doing, &err), &err);
}

struct call *world_call(struct world *world, const struct service *service)
{
    return call_for_job(&world->server, &world->arena, NULL, ACCOUNT, REGION, service);
}

str world_ask(struct world *world, const char *service, const char *target, const char *member,
        const char *fmt, ...)
{
    AUTO_JSON json_t *answer = NULL;
    struct error err = {0};
    va_list args;

    va_start(args, fmt);
    str body = str_vprintf(&world->arena, fmt, args);
    va_end(args);
    must(aws_call(world->aws, &world->arena, str_of(service), str_of(target), body, &answer, &err),
            &err);
    return str_dup(&world->arena, json_member_str(answer, member));
}
