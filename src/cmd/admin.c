#include "cmd/cmd.h"

#include "base/log.h"
#include "cmd/config.h"
#include "base/options.h"
#include "services/iam/iam.h"

/* What an admin command works on: the store of a data directory, beside a server that may run. */
struct admin {
    struct arena *arena;
    const char *data_dir;
    const char *id;
    struct server server;
};

static int admin_open(struct admin *admin, struct error *err)
{
    struct config_running running;
    struct db_schema schemas[CONFIG_MAX_SCHEMAS];
    struct db_options options = {.max_connections = 2};
    int r = config_read_running(admin->arena, admin->data_dir, &running, err);

    if (r == -ENOENT) {
        options.url = str_printf(admin->arena, "sqlite:%s/slipway.db", admin->data_dir).ptr;
        if (access(config_path(admin->arena, admin->data_dir, "master.key"), F_OK) < 0)
            return error_set(
                    err, ENOENT, "\"%s\" is no data directory of a server", admin->data_dir);
    } else if (r < 0) {
        return r;
    } else {
        options.url = str_cstr(admin->arena, running.database_url);
    }
    admin->server.data_dir = str_of(admin->data_dir);
    r = seal_open(
            config_path(admin->arena, admin->data_dir, "master.key"), &admin->server.seal, err);
    if (r < 0 || (r = db_open(&options, &admin->server.db, err)) < 0)
        return r;
    return db_migrate(admin->server.db, schemas, config_schemas(schemas, CONFIG_MAX_SCHEMAS), err);
}

static void admin_close(struct admin *admin)
{
    if (admin->server.db)
        db_close(admin->server.db);
    if (admin->server.seal)
        seal_close(admin->server.seal);
}

struct creation {
    struct admin *admin;
    str id;
    struct iam_root_key key;
};

static int create_account(struct tx *tx, void *arg)
{
    struct creation *creation = arg;

    return iam_account_create(&creation->admin->server, tx, creation->id, STR(""), &creation->key);
}

static int account_create(struct admin *admin, struct error *err)
{
    struct creation creation = {.admin = admin, .id = str_of(admin->id)};
    int r = db_write(admin->server.db, admin->arena, create_account, &creation, err);

    if (r == -EEXIST)
        return error_set(err, EEXIST, "account %s exists already", admin->id);
    if (r == -EINVAL)
        return error_set(err, EINVAL, "--id \"%s\" is not 12 digits", admin->id);
    if (r < 0)
        return r;
    printf("AWS_ACCESS_KEY_ID=%.*s\nAWS_SECRET_ACCESS_KEY=%.*s\nAWS_ACCOUNT_ID=%.*s\n",
            STR_ARG(creation.key.access_key), STR_ARG(creation.key.secret),
            STR_ARG(creation.key.account));
    return 0;
}

static int list_accounts(struct tx *tx, void *arg)
{
    struct iam_accounts *list = arg;

    return iam_account_list(tx, list);
}

static int account_list(struct admin *admin, struct error *err)
{
    struct iam_accounts list = {0};
    int r = db_read(admin->server.db, admin->arena, list_accounts, &list, err);

    for (size_t i = 0; r >= 0 && i < list.len; i++)
        printf("%.*s\n", STR_ARG(list.items[i].id));
    return r;
}

static int delete_account(struct tx *tx, void *arg)
{
    struct creation *creation = arg;

    return iam_account_delete(&creation->admin->server, tx, creation->id);
}

static int account_delete(struct admin *admin, struct error *err)
{
    struct creation creation = {.admin = admin, .id = str_of(admin->id)};
    int r;

    if (!admin->id)
        return error_set(err, EINVAL, "account delete needs --id N");
    r = db_write(admin->server.db, admin->arena, delete_account, &creation, err);
    return r == -ENOENT ? error_set(err, ENOENT, "there is no account %s", admin->id) : r;
}

static const struct {
    const char *noun, *verb; /* verb NULL: the noun stands alone */
    int (*run)(struct admin *admin, struct error *err);
} commands[] = {
        {"account", "create", account_create},
        {"account", "list", account_list},
        {"account", "delete", account_delete},
};

int cmd_admin(int argc, char **argv)
{
    AUTO_ARENA struct arena arena = {0};
    struct admin admin = {.arena = &arena};
    const struct option_spec options[] = {{"data", &admin.data_dir, NULL}, {"id", &admin.id, NULL}};
    const char *items[2] = {0};
    struct option_words words = {items, 2, 0};
    struct error err = {0};

    if (options_parse(argc - 1, argv + 1, options, 2, &words, &err) < 0)
        return cmd_usage_error("admin", &err);
    if (!admin.data_dir) {
        (void)error_set(&err, EINVAL, "--data DIR is needed");
        return cmd_usage_error("admin", &err);
    }
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
        if (!items[0] || strcmp(items[0], commands[i].noun) != 0 ||
                (commands[i].verb && (!items[1] || strcmp(items[1], commands[i].verb) != 0)))
            continue;
        int r = admin_open(&admin, &err);
        if (r >= 0)
            r = commands[i].run(&admin, &err);
        admin_close(&admin);
        return r < 0 ? (fprintf(stderr, "slipway: %s\n", err.text), r == -EINVAL ? 2 : 1) : 0;
    }
    (void)error_set(&err, EINVAL, "no such admin command: \"%s%s%s\"", items[0] ? items[0] : "",
            items[1] ? " " : "", items[1] ? items[1] : "");
    return cmd_usage_error("admin", &err);
}
