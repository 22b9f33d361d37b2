#include "cmd/admin.h"

#include "base/options.h"
#include "cmd/cmd.h"

/* The running server says where its database and blobs are; a stopped one had them in the data
 * directory, unless the options say otherwise. */
static int find_store(struct admin *admin, struct error *err)
{
    struct config_running running = {0};
    int r = config_read_running(admin->arena, admin->data_dir, &running, err);

    if (r < 0 && r != -ENOENT)
        return r;
    if (access(config_path(admin->arena, admin->data_dir, "master.key"), F_OK) < 0)
        return error_set(err, ENOENT, "\"%s\" is no data directory of a server", admin->data_dir);
    if (!admin->database && running.database_url.ptr &&
            !str_starts(running.database_url, STR("sqlite:")))
        admin->database = str_cstr(admin->arena, running.database_url);
    if (!admin->blobs)
        admin->blobs = running.blobs.ptr ? str_cstr(admin->arena, running.blobs)
                                         : config_path(admin->arena, admin->data_dir, "blobs");
    admin->database_url =
            admin->database && strcmp(admin->database, "sqlite") != 0
                    ? admin->database
                    : str_printf(admin->arena, "sqlite:%s/slipway.db", admin->data_dir).ptr;
    return 0;
}

static int admin_open(struct admin *admin, struct error *err)
{
    struct db_schema schemas[CONFIG_MAX_SCHEMAS];
    struct db_options options = {.max_connections = 2};
    int r = find_store(admin, err);

    if (r < 0)
        return r;
    options.url = admin->database_url;
    admin->server.data_dir = str_of(admin->data_dir);
    admin->server.services = all_services;
    admin->server.services_len = all_services_len;
    r = seal_open(
            config_path(admin->arena, admin->data_dir, "master.key"), &admin->server.seal, err);
    if (r < 0 || (r = db_open(&options, &admin->server.db, err)) < 0 ||
            (r = db_migrate(admin->server.db, schemas, config_schemas(schemas, CONFIG_MAX_SCHEMAS),
                     err)) < 0)
        return r;
    return blob_store_open(admin->blobs, &admin->server.blobs, err);
}

static void admin_close(struct admin *admin)
{
    if (admin->server.blobs)
        blob_store_close(admin->server.blobs);
    if (admin->server.db)
        db_close(admin->server.db);
    if (admin->server.seal)
        seal_close(admin->server.seal);
}

static const struct command {
    const char *noun, *verb; /* verb NULL: the noun stands alone */
    admin_fn *run;
    bool is_without_store;
} commands[] = {
        {"account", "create", admin_account_create, false},
        {"account", "list", admin_account_list, false},
        {"account", "delete", admin_account_delete, false},
        {"backup", NULL, admin_backup, false},
        {"restore", NULL, admin_restore, true},
        {"fsck", NULL, admin_fsck, false},
};

static const struct command *find_command(const char *const items[2])
{
    for (size_t i = 0; items[0] && i < sizeof(commands) / sizeof(*commands); i++)
        if (strcmp(items[0], commands[i].noun) == 0 &&
                (commands[i].verb ? items[1] && strcmp(items[1], commands[i].verb) == 0
                                  : !items[1]))
            return &commands[i];
    return NULL;
}

int admin_run(struct admin *admin, admin_fn *run, bool is_without_store)
{
    struct error why = {0}, *err = &why;
    int r = is_without_store ? 0 : admin_open(admin, err);

    if (r >= 0)
        r = run(admin, err);
    admin_close(admin);
    if (r >= 0)
        return 0;
    fprintf(stderr, "slipway: %s\n", err->text);
    return r == -EINVAL ? 2 : 1;
}

int cmd_admin(int argc, char **argv)
{
    AUTO_ARENA struct arena arena = {0};
    struct admin admin = {.arena = &arena};
    const struct option_spec options[] = {{"data", &admin.data_dir, NULL}, {"id", &admin.id, NULL},
            {"to", &admin.to, NULL}, {"from", &admin.from, NULL},
            {"database", &admin.database, NULL}, {"blobs", &admin.blobs, NULL},
            {"blobs-only", NULL, &admin.is_blobs_only}};
    const char *items[2] = {0};
    struct option_words words = {items, 2, 0};
    struct error err = {0};

    if (options_parse(
                argc - 1, argv + 1, options, sizeof(options) / sizeof(*options), &words, &err) < 0)
        return cmd_usage_error("admin", &err);
    const struct command *command = find_command(items);
    if (!command)
        (void)error_set(&err, EINVAL, "no such admin command: \"%s%s%s\"", items[0] ? items[0] : "",
                items[1] ? " " : "", items[1] ? items[1] : "");
    else if (!admin.data_dir)
        (void)error_set(&err, EINVAL, "--data DIR is needed");
    else
        return admin_run(&admin, command->run, command->is_without_store);
    return cmd_usage_error("admin", &err);
}
