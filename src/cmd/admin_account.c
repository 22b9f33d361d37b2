#include "cmd/admin.h"

#include "services/codecommit/codecommit.h"
#include "services/iam/iam.h"

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

int admin_account_create(struct admin *admin, struct error *err)
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

int admin_account_list(struct admin *admin, struct error *err)
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

int admin_account_delete(struct admin *admin, struct error *err)
{
    struct creation creation = {.admin = admin, .id = str_of(admin->id)};
    int r;

    if (!admin->id)
        return error_set(err, EINVAL, "account delete needs --id N");
    r = db_write(admin->server.db, admin->arena, delete_account, &creation, err);
    if (r == -ENOENT)
        return error_set(err, ENOENT, "there is no account %s", admin->id);
    return r < 0 ? r : codecommit_sweep_cache(&admin->server, err);
}
