/*
 * Passwords for services that sign nothing: git over HTTPS. A password is 32 random
 * bytes, so a keyed hash of it with a salt is all that has to be kept:
 *
 *     verifier = salt (16) | HMAC-SHA-256(derived key, salt | password)
 */
#include "base/codec.h"
#include "base/digest.h"
#include "base/random.h"
#include "services/iam/entity.h"

enum {
    SALT_LEN = 16,
    PASSWORD_BYTES = 32,
    USERNAME_TRIES = 100
};

static const str CODECOMMIT = STR_INIT("codecommit.amazonaws.com");

/* ---- Passwords --------------------------------------------------------------------- */

static void make_mac(struct server *server, struct arena *arena, str salt, str password,
        unsigned char ret[SHA256_LEN])
{
    unsigned char key[SEAL_KEY_LEN];

    seal_derive(server->seal, STR("iam.service-credential"), key);
    hmac_sha256((str){(const char *)key, sizeof(key)}, str_concat(arena, salt, password), ret);
    mem_wipe(key, sizeof(key));
}

static str make_verifier(struct server *server, struct arena *arena, str password)
{
    char *verifier = arena_alloc(arena, SALT_LEN + SHA256_LEN, 1);

    random_bytes(verifier, SALT_LEN);
    make_mac(server, arena, (str){verifier, SALT_LEN}, password,
            (unsigned char *)verifier + SALT_LEN);
    return (str){verifier, SALT_LEN + SHA256_LEN};
}

static bool verify(struct server *server, struct arena *arena, str verifier, str password)
{
    unsigned char mac[SHA256_LEN];

    if (verifier.len != SALT_LEN + SHA256_LEN)
        return false;
    make_mac(server, arena, str_head(verifier, SALT_LEN), password, mac);
    return str_eq_secret(str_skip(verifier, SALT_LEN), (str){(const char *)mac, sizeof(mac)});
}

static str make_password(struct arena *arena)
{
    char bytes[PASSWORD_BYTES];

    random_bytes(bytes, sizeof(bytes));
    return base64_encode(arena, (str){bytes, sizeof(bytes)});
}

int iam_find_service_credential(struct server *server, struct tx *tx, str username, str password,
        str service, struct principal *ret)
{
    const struct db_row *row;
    struct entity user;
    int r = db_one(tx, &row,
            "select entity, verifier from iam_service_credential"
            " where username = $1 and service = $2 and status = 'Active'",
            username, service);

    if (r <= 0)
        return r;
    if (!verify(server, tx->arena, row_text(row, 1), password))
        return 0;
    r = entity_find_id(tx, row_text(row, 0), &user);
    if (r <= 0)
        return r;
    *ret = (struct principal){
            .kind = PRINCIPAL_USER,
            .account = user.account,
            .arn = user.arn,
            .user_id = user.id,
            .name = user.name,
    };
    return 1;
}

/* ---- Handlers ---------------------------------------------------------------------- */

/* "alice-at-111122223333", then "alice+1-at-…": 1 inserted. */
static int insert(struct call *call, const struct entity *user, str id, str password, str *ret_name)
{
    str verifier = make_verifier(call->server, call->arena, password);

    for (int i = 0; i < USERNAME_TRIES; i++) {
        str number = i ? str_printf(call->arena, "+%d", i) : STR("");
        str name = str_printf(call->arena, "%.*s%.*s-at-%.*s", STR_ARG(user->name), STR_ARG(number),
                STR_ARG(call->account));
        int r = db_exec(call->tx,
                "insert into iam_service_credential (id, account, entity, service, username,"
                " verifier, status, created) values ($1, $2, $3, $4, $5, $6, 'Active', $7)"
                " on conflict do nothing",
                id, call->account, user->id, CODECOMMIT, name, db_blob(verifier), call->now);
        if (r != 0) {
            *ret_name = name;
            return r;
        }
    }
    return call_fail(call, &iam_LimitExceededException,
            "No service user name is free for user %.*s.", STR_ARG(user->name));
}

static int check_service(struct call *call, str service)
{
    if (str_eq(service, CODECOMMIT))
        return 0;
    return call_fail(call, &iam_ServiceNotSupportedException,
            "Service specific credentials are not supported for %.*s.", STR_ARG(service));
}

static struct iam_ServiceSpecificCredential *answer(struct call *call, const struct entity *user,
        str id, str username, str password, str status, int64_t created)
{
    struct iam_ServiceSpecificCredential *c =
            arena_new(call->arena, struct iam_ServiceSpecificCredential);

    c->CreateDate = SOME_TIME(created);
    c->ServiceName = CODECOMMIT;
    c->ServiceUserName = username;
    c->ServicePassword = password;
    c->ServiceSpecificCredentialId = id;
    c->UserName = user->name;
    c->Status = status;
    return c;
}

static int open_user(struct call *call, str name, struct entity *ret)
{
    int r = entity_open_user(call, name, ret);

    if (r == 0 && !str_eq(ret->kind, STR("user")))
        return call_fail(call, &error_Validation,
                "Must specify userName when calling with non-User credentials");
    return r;
}

int iam_CreateServiceSpecificCredential(struct call *call,
        const struct iam_CreateServiceSpecificCredentialRequest *in,
        struct iam_CreateServiceSpecificCredentialResponse *out)
{
    str id = random_id(call->arena, STR("ACCA"), RANDOM_BASE32, 17);
    str password = make_password(call->arena), username = {0};
    struct entity user;
    struct db_rows rows;
    int r = open_user(call, in->UserName, &user);

    if (r == 0)
        r = check_service(call, in->ServiceName);
    if (r < 0)
        return r;
    if (in->CredentialAgeDays.is_set)
        return call_fail(call, &error_Validation, "CredentialAgeDays is not supported for %.*s.",
                STR_ARG(in->ServiceName));
    r = db_query(call->tx, &rows,
            "select id from iam_service_credential where entity = $1 limit 10", user.id);
    if (r < 0)
        return r;
    if (rows.len >= IAM_MAX_SERVICE_CREDENTIALS)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for ServiceSpecificCredentialsPerUser: %d",
                IAM_MAX_SERVICE_CREDENTIALS);
    r = insert(call, &user, id, password, &username);
    if (r < 0)
        return r;
    out->ServiceSpecificCredential =
            answer(call, &user, id, username, password, STR("Active"), call->now);
    return iam_generation_bump(call->tx, call->account);
}

int iam_ListServiceSpecificCredentials(struct call *call,
        const struct iam_ListServiceSpecificCredentialsRequest *in,
        struct iam_ListServiceSpecificCredentialsResponse *out)
{
    struct entity user;
    struct db_rows rows;
    struct page page;
    size_t len;
    int r;

    if (in->AllUsers.is_set && in->AllUsers.value)
        return call_fail(call, &error_Validation,
                "AllUsers is not supported: list the credentials of each user.");
    r = open_user(call, in->UserName, &user);
    if (r == 0 && in->ServiceName.ptr)
        r = check_service(call, in->ServiceName);
    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select id, username, status, created from iam_service_credential"
            " where entity = $1 and id > $2 order by id limit $3",
            user.id, page.after.ptr ? page.after : STR(""), page.limit + 1);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, 0, &out->IsTruncated, &out->Marker);
    out->ServiceSpecificCredentials.is_set = true;
    out->ServiceSpecificCredentials.len = len;
    out->ServiceSpecificCredentials.items =
            arena_array(call->arena, len, struct iam_ServiceSpecificCredentialMetadata);
    for (size_t i = 0; i < len; i++)
        out->ServiceSpecificCredentials.items[i] = (struct iam_ServiceSpecificCredentialMetadata){
                .UserName = user.name,
                .ServiceSpecificCredentialId = row_text(&rows.items[i], 0),
                .ServiceUserName = row_text(&rows.items[i], 1),
                .Status = row_text(&rows.items[i], 2),
                .CreateDate = SOME_TIME(row_int(&rows.items[i], 3)),
                .ServiceName = CODECOMMIT,
        };
    return 0;
}

/* `changed` rows: one, or there is no such credential of that user. */
static int credential_changed(struct call *call, int changed, str id)
{
    if (changed == 0)
        return call_fail(
                call, &iam_NoSuchEntityException, "No such credential %.*s exists", STR_ARG(id));
    return changed < 0 ? changed : iam_generation_bump(call->tx, call->account);
}

int iam_ResetServiceSpecificCredential(struct call *call,
        const struct iam_ResetServiceSpecificCredentialRequest *in,
        struct iam_ResetServiceSpecificCredentialResponse *out)
{
    str id = in->ServiceSpecificCredentialId, password = make_password(call->arena);
    struct entity user;
    const struct db_row *row;
    int r = open_user(call, in->UserName, &user);

    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update iam_service_credential set verifier = $1 where id = $2 and entity = $3",
            db_blob(make_verifier(call->server, call->arena, password)), id, user.id);
    r = credential_changed(call, r, id);
    if (r < 0)
        return r;
    r = db_one(call->tx, &row,
            "select username, status, created from iam_service_credential where id = $1", id);
    if (r < 0)
        return r;
    out->ServiceSpecificCredential =
            answer(call, &user, id, row_text(row, 0), password, row_text(row, 1), row_int(row, 2));
    return 0;
}

int iam_UpdateServiceSpecificCredential(
        struct call *call, const struct iam_UpdateServiceSpecificCredentialRequest *in, void *out)
{
    struct entity user;
    int r = open_user(call, in->UserName, &user);

    (void)out;
    if (r < 0)
        return r;
    if (!str_eq(in->Status, STR("Active")) && !str_eq(in->Status, STR("Inactive")))
        return call_fail(call, &error_Validation,
                "Service specific credentials cannot be changed to %.*s.", STR_ARG(in->Status));
    r = db_exec(call->tx,
            "update iam_service_credential set status = $1 where id = $2 and entity = $3",
            in->Status, in->ServiceSpecificCredentialId, user.id);
    return credential_changed(call, r, in->ServiceSpecificCredentialId);
}

int iam_DeleteServiceSpecificCredential(
        struct call *call, const struct iam_DeleteServiceSpecificCredentialRequest *in, void *out)
{
    struct entity user;
    int r = open_user(call, in->UserName, &user);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx, "delete from iam_service_credential where id = $1 and entity = $2",
            in->ServiceSpecificCredentialId, user.id);
    return credential_changed(call, r, in->ServiceSpecificCredentialId);
}
