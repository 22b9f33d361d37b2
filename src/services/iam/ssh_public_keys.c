/*
 * SSH public keys of users: who shows the private one to git's SSH door is that user. The same key
 * may be of several users; a client then says which, by the key's id as its name.
 */
#include "base/digest.h"
#include "base/random.h"
#include "services/iam/entity.h"
#include "services/iam/ssh_key.h"

enum {
    ID_RANDOM = 17
};

static struct ssh_key key_from_row(const struct db_row *row)
{
    return (struct ssh_key){
            .type = row_text(row, 0), .blob = row_text(row, 1), .comment = row_text(row, 2)};
}

static int open_key(struct call *call, const struct entity *user, str id, const struct db_row **ret)
{
    int r = db_one(call->tx, ret,
            "select type, blob, comment, status, uploaded from iam_ssh_key"
            " where id = $1 and entity = $2",
            id, user->id);

    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "The Public Key with id %.*s cannot be found.", STR_ARG(id));
    return r < 0 ? r : 0;
}

static int parse(struct call *call, str text, struct ssh_key *ret)
{
    struct error err;
    int r = ssh_key_parse(call->arena, text, ret, &err);

    if (r == -EPROTO)
        return call_fail(call, &iam_UnrecognizedPublicKeyEncodingException, "%s", err.text);
    if (r < 0)
        return call_fail(call, &iam_InvalidPublicKeyException, "%s", err.text);
    return 0;
}

static int check_quota(struct call *call, const struct entity *user)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row, "select count(*) from iam_ssh_key where entity = $1", user->id);

    if (r > 0 && row_int(row, 0) >= IAM_MAX_SSH_KEYS)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for SSHPublicKeysPerUser: %d", IAM_MAX_SSH_KEYS);
    return r < 0 ? r : 0;
}

int iam_UploadSSHPublicKey(struct call *call, const struct iam_UploadSSHPublicKeyRequest *in,
        struct iam_UploadSSHPublicKeyResponse *out)
{
    str id = random_id(call->arena, STR("APKA"), RANDOM_BASE32, ID_RANDOM);
    struct entity user;
    struct ssh_key key;
    int r = entity_open(call, "user", in->UserName, &user);

    if (r == 0)
        r = parse(call, in->SSHPublicKeyBody, &key);
    if (r == 0)
        r = check_quota(call, &user);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into iam_ssh_key (id, account, entity, digest, type, blob, comment, status,"
            " uploaded) values ($1, $2, $3, $4, $5, $6, $7, 'Active', $8) on conflict do nothing",
            id, call->account, user.id, sha256_hex(call->arena, key.blob), key.type,
            db_blob(key.blob), key.comment, call->now);
    if (r == 0)
        return call_fail(call, &iam_DuplicateSSHPublicKeyException,
                "The SSH public key is already associated with user %.*s.", STR_ARG(user.name));
    if (r < 0)
        return r;
    out->SSHPublicKey = arena_new(call->arena, struct iam_SSHPublicKey);
    *out->SSHPublicKey = (struct iam_SSHPublicKey){
            .UserName = user.name,
            .SSHPublicKeyId = id,
            .Fingerprint = ssh_key_fingerprint(call->arena, key.blob),
            .SSHPublicKeyBody = ssh_key_text(call->arena, &key),
            .Status = STR("Active"),
            .UploadDate = SOME_TIME(call->now),
    };
    return 0;
}

int iam_GetSSHPublicKey(struct call *call, const struct iam_GetSSHPublicKeyRequest *in,
        struct iam_GetSSHPublicKeyResponse *out)
{
    const struct db_row *row;
    struct entity user;
    struct ssh_key key;
    struct error err;
    str body;
    int r = entity_open(call, "user", in->UserName, &user);

    if (r == 0)
        r = open_key(call, &user, in->SSHPublicKeyId, &row);
    if (r < 0)
        return r;
    key = key_from_row(row);
    if (str_eq(in->Encoding, STR("SSH")))
        body = ssh_key_text(call->arena, &key);
    else if (ssh_key_pem(call->arena, key.blob, &body, &err) < 0)
        return error_set(
                &call->tx->error, EIO, "SSH key %.*s: %s", STR_ARG(in->SSHPublicKeyId), err.text);
    out->SSHPublicKey = arena_new(call->arena, struct iam_SSHPublicKey);
    *out->SSHPublicKey = (struct iam_SSHPublicKey){
            .UserName = user.name,
            .SSHPublicKeyId = in->SSHPublicKeyId,
            .Fingerprint = ssh_key_fingerprint(call->arena, key.blob),
            .SSHPublicKeyBody = body,
            .Status = row_text(row, 3),
            .UploadDate = SOME_TIME(row_int(row, 4)),
    };
    return 0;
}

int iam_ListSSHPublicKeys(struct call *call, const struct iam_ListSSHPublicKeysRequest *in,
        struct iam_ListSSHPublicKeysResponse *out)
{
    struct entity user;
    struct db_rows rows;
    struct page page;
    size_t len;
    int r = entity_open_user(call, in->UserName, &user);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select id, status, uploaded from iam_ssh_key where entity = $1 and id > $2"
            " order by id limit $3",
            user.id, page.after.ptr ? page.after : STR(""), page.limit + 1);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, 0, &out->IsTruncated, &out->Marker);
    out->SSHPublicKeys.is_set = true;
    out->SSHPublicKeys.len = len;
    out->SSHPublicKeys.items = arena_array(call->arena, len, struct iam_SSHPublicKeyMetadata);
    for (size_t i = 0; i < len; i++)
        out->SSHPublicKeys.items[i] = (struct iam_SSHPublicKeyMetadata){
                .UserName = user.name,
                .SSHPublicKeyId = row_text(&rows.items[i], 0),
                .Status = row_text(&rows.items[i], 1),
                .UploadDate = SOME_TIME(row_int(&rows.items[i], 2)),
        };
    return 0;
}

int iam_UpdateSSHPublicKey(
        struct call *call, const struct iam_UpdateSSHPublicKeyRequest *in, void *out)
{
    const struct db_row *row;
    struct entity user;
    int r = entity_open(call, "user", in->UserName, &user);

    (void)out;
    if (r == 0)
        r = open_key(call, &user, in->SSHPublicKeyId, &row);
    if (r < 0)
        return r;
    if (!str_eq(in->Status, STR("Active")) && !str_eq(in->Status, STR("Inactive")))
        return call_fail(call, &iam_InvalidInputException,
                "SSH public keys cannot be changed to %.*s.", STR_ARG(in->Status));
    r = db_exec(call->tx, "update iam_ssh_key set status = $1 where id = $2", in->Status,
            in->SSHPublicKeyId);
    return r < 0 ? r : 0;
}

int iam_DeleteSSHPublicKey(
        struct call *call, const struct iam_DeleteSSHPublicKeyRequest *in, void *out)
{
    const struct db_row *row;
    struct entity user;
    int r = entity_open(call, "user", in->UserName, &user);

    (void)out;
    if (r == 0)
        r = open_key(call, &user, in->SSHPublicKeyId, &row);
    if (r < 0)
        return r;
    r = db_exec(call->tx, "delete from iam_ssh_key where id = $1", in->SSHPublicKeyId);
    return r < 0 ? r : 0;
}

/* ---- For CodeCommit's SSH door ----------------------------------------------------------- */

int iam_find_ssh_key(struct tx *tx, str id, str blob, struct principal *ret)
{
    str digest = sha256_hex(tx->arena, blob);
    struct entity user;
    struct db_rows rows;
    int r;

    if (id.ptr)
        r = db_query(tx, &rows,
                "select entity, blob from iam_ssh_key"
                " where id = $1 and digest = $2 and status = 'Active'",
                id, digest);
    else
        r = db_query(tx, &rows,
                "select entity, blob from iam_ssh_key where digest = $1 and status = 'Active'"
                " order by id limit 2",
                digest);
    if (r < 0)
        return r;
    if (rows.len != 1 || !str_eq(row_text(&rows.items[0], 1), blob))
        return 0;
    r = entity_find_id(tx, row_text(&rows.items[0], 0), &user);
    if (r <= 0)
        return r;
    *ret = (struct principal){
            .kind = PRINCIPAL_USER,
            .account = user.account,
            .arn = user.arn,
            .user_id = user.id,
            .name = user.name,
    };
    r = iam_principal_tags(tx->arena, user.tags, ret);
    return r < 0 ? r : 1;
}
