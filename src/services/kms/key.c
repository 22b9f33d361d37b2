#include "services/kms/key.h"

#include "base/codec.h"
#include "base/random.h"

enum {
    CIPHERTEXT_VERSION = 1,
    ID_LEN = 16,
    NONCE_LEN = 12,
    TAG_LEN = 16,
    HEADER_LEN = 1 + ID_LEN + NONCE_LEN
};

#define KEY_COLUMNS "id, account, region, description, manager, state, material, created, deletion"

static void key_from_row(struct call *call, const struct db_row *row, struct key *ret)
{
    *ret = (struct key){
            .id = row_text(row, 0),
            .account = row_text(row, 1),
            .region = row_text(row, 2),
            .description = row_text(row, 3),
            .manager = row_text(row, 4),
            .state = row_text(row, 5),
            .material = row_text(row, 6),
            .created = row_int(row, 7),
            .deletion = row_int(row, 8),
    };
    ret->arn = str_printf(call->arena, "arn:aws:kms:%.*s:%.*s:key/%.*s", STR_ARG(ret->region),
            STR_ARG(ret->account), STR_ARG(ret->id));
}

int key_by_id(struct call *call, str id, struct key *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row, "select " KEY_COLUMNS " from kms_key where id = $1", id);

    if (r > 0)
        key_from_row(call, row, ret);
    return r;
}

/* What a caller may name a key by, taken apart. */
struct reference {
    str account, region;
    str id;    /* or absent */
    str alias; /* "alias/..." or absent */
};

static int parse_reference(struct call *call, str ref, struct reference *ret)
{
    struct arn arn;
    str resource = ref;

    *ret = (struct reference){.account = call->account, .region = call->region};
    if (str_starts(ref, STR("arn:"))) {
        if (arn_parse(ref, &arn) < 0 || !str_eq(arn.service, STR("kms")))
            return call_fail(call, &kms_NotFoundException, "Invalid arn %.*s", STR_ARG(ref));
        ret->account = arn.account;
        ret->region = arn.region;
        resource = arn.resource;
        (void)str_take_prefix(&resource, STR("key/"));
    }
    if (str_starts(resource, STR("alias/")))
        ret->alias = resource;
    else
        ret->id = resource;
    return 0;
}

static str reference_arn(struct call *call, const struct reference *reference)
{
    return str_printf(call->arena, "arn:aws:kms:%.*s:%.*s:%s%.*s", STR_ARG(reference->region),
            STR_ARG(reference->account), reference->alias.ptr ? "" : "key/",
            STR_ARG(reference->alias.ptr ? reference->alias : reference->id));
}

/* 1 found, 0 none. */
static int find_alias(struct call *call, const struct reference *reference, struct key *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select key_id from kms_alias where account = $1 and region = $2 and name = $3",
            reference->account, reference->region, reference->alias);

    return r <= 0 ? r : key_by_id(call, row_text(row, 0), ret);
}

static int find_id(struct call *call, const struct reference *reference, struct key *ret)
{
    int r = key_by_id(call, reference->id, ret);

    if (r <= 0)
        return r;
    return str_eq(ret->account, reference->account) && str_eq(ret->region, reference->region);
}

int key_find(struct call *call, str ref, struct key *ret)
{
    struct reference reference;
    struct key key;
    bool is_foreign;
    str arn;
    int r = parse_reference(call, ref, &reference);

    if (r < 0)
        return r;
    is_foreign = !str_eq(reference.account, call->principal->account);
    arn = reference_arn(call, &reference);
    r = reference.alias.ptr ? find_alias(call, &reference, &key) : find_id(call, &reference, &key);
    if (r < 0)
        return r;
    if (r == 0 && !is_foreign)
        return call_fail(call, &kms_NotFoundException,
                reference.alias.ptr ? "Alias %.*s is not found." : "Key '%.*s' does not exist",
                STR_ARG(arn));
    if (r == 0)
        key = (struct key){.account = reference.account, .region = reference.region, .arn = arn};
    if (is_foreign && reference.alias.ptr)
        key.alias_arn = arn;
    *ret = key;
    return 0;
}

int key_authorize(struct call *call, const struct key *key, const char *action,
        const struct policy_key *keys, size_t len)
{
    int r = authorize_with(call, str_of(action), key->arn, keys, len);

    if (r == CALL_FAILED && key->id.ptr && key->alias_arn.ptr) {
        /* It is refused all the same, but as if the alias named nothing. */
        int again = authorize_with(call, str_of(action), key->alias_arn, keys, len);
        r = again < 0 ? again : r;
    }
    if (r < 0)
        return r;
    return key->id.ptr ? 0
                       : call_fail(call, &kms_NotFoundException, "Key '%.*s' does not exist",
                                 STR_ARG(key->arn));
}

bool key_is_own_managed(const struct call *call, const struct key *key)
{
    return str_eq(key->manager, STR("AWS")) && str_eq(key->account, call->account);
}

int key_find_for(struct call *call, str ref, const char *action, struct key *ret)
{
    int r = key_find(call, ref, ret);

    return r < 0 ? r : key_authorize(call, ret, action, NULL, 0);
}

int key_find_customer(struct call *call, str ref, const char *action, struct key *ret)
{
    int r = key_find_for(call, ref, action, ret);

    if (r < 0)
        return r;
    if (str_eq(ret->manager, STR("AWS")))
        return call_fail(call, &error_AccessDenied,
                "User: %.*s is not authorized to perform: %s on an AWS managed key",
                STR_ARG(call->principal->arn), action);
    return 0;
}

int key_refuse_pending(struct call *call, const struct key *key)
{
    if (str_eq(key->state, STR("PendingDeletion")))
        return call_fail(call, &kms_KMSInvalidStateException, "%.*s is pending deletion.",
                STR_ARG(key->arn));
    return 0;
}

int key_is_usable(struct call *call, const struct key *key)
{
    if (str_eq(key->state, STR("Enabled")))
        return 0;
    if (str_eq(key->state, STR("Disabled")))
        return call_fail(call, &kms_DisabledException, "%.*s is disabled.", STR_ARG(key->arn));
    return call_fail(
            call, &kms_KMSInvalidStateException, "%.*s is pending deletion.", STR_ARG(key->arn));
}

str key_default_policy(struct call *call)
{
    return str_printf(call->arena,
            "{\n  \"Version\" : \"2012-10-17\",\n  \"Id\" : \"key-default-1\",\n  \"Statement\" : "
            "[ {\n"
            "    \"Sid\" : \"Enable IAM User Permissions\",\n    \"Effect\" : \"Allow\",\n"
            "    \"Principal\" : {\n      \"AWS\" : \"arn:aws:iam::%.*s:root\"\n    },\n"
            "    \"Action\" : \"kms:*\",\n    \"Resource\" : \"*\"\n  } ]\n}",
            STR_ARG(call->account));
}

static str material_context(struct call *call, str id)
{
    return str_printf(call->arena, "kms.key/%.*s", STR_ARG(id));
}

int key_create(struct call *call, str manager, str description, str policy, struct key *ret)
{
    unsigned char material[KEY_MATERIAL_LEN];
    struct key key = {.id = random_uuid(call->arena),
            .account = call->account,
            .region = call->region,
            .description = description,
            .manager = manager,
            .state = STR("Enabled"),
            .created = call->now};
    int r;

    random_bytes(material, sizeof(material));
    key.material = seal_bytes(call->server->seal, call->arena, material_context(call, key.id),
            (str){(const char *)material, sizeof(material)});
    mem_wipe(material, sizeof(material));
    r = db_exec(call->tx,
            "insert into kms_key (id, account, region, description, manager, state, policy, "
            "policy_version, material,"
            " created) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            key.id, key.account, key.region, key.description, key.manager, key.state,
            policy.ptr ? policy : key_default_policy(call), random_uuid(call->arena),
            db_blob(key.material), key.created);
    if (r < 0)
        return r;
    key.arn = arn_make(call, "kms", str_printf(call->arena, "key/%.*s", STR_ARG(key.id)));
    *ret = key;
    return 0;
}

int key_managed(struct call *call, const char *service, struct key *ret)
{
    str alias = str_printf(call->arena, "alias/aws/%s", service);
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select key_id from kms_alias where account = $1 and region = $2 and name = $3",
            call->account, call->region, alias);

    if (r < 0)
        return r;
    if (r > 0)
        return (r = key_by_id(call, row_text(row, 0), ret)) < 0 ? r : 0;
    r = key_create(call, STR("AWS"),
            str_printf(call->arena,
                    "Default key that protects my data when no other key is defined (%s)", service),
            (str){0}, ret);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into kms_alias (account, region, name, key_id, created, updated) values ($1, "
            "$2, $3, $4, $5, $5)",
            call->account, call->region, alias, ret->id, call->now);
    return r < 0 ? r : 0;
}

struct kms_KeyMetadata *key_metadata(struct call *call, const struct key *key)
{
    struct kms_KeyMetadata *m = arena_new(call->arena, struct kms_KeyMetadata);
    str *algorithms = arena_new(call->arena, str);

    *algorithms = STR("SYMMETRIC_DEFAULT");
    *m = (struct kms_KeyMetadata){
            .AWSAccountId = key->account,
            .KeyId = key->id,
            .Arn = key->arn,
            .CreationDate = SOME_TIME(key->created),
            .Enabled = SOME_BOOL(str_eq(key->state, STR("Enabled"))),
            .Description = key->description,
            .KeyUsage = STR("ENCRYPT_DECRYPT"),
            .KeyState = key->state,
            .Origin = STR("AWS_KMS"),
            .KeyManager = key->manager,
            .CustomerMasterKeySpec = STR("SYMMETRIC_DEFAULT"),
            .KeySpec = STR("SYMMETRIC_DEFAULT"),
            .EncryptionAlgorithms = {algorithms, 1, true},
            .MultiRegion = SOME_BOOL(false),
    };
    if (key->deletion)
        m->DeletionDate = SOME_TIME(key->deletion);
    return m;
}

/* ---- Cipher ----------------------------------------------------------------------- */

/* "8-4-4-4-12" hex digits to 16 bytes and back. */
static int id_to_bytes(struct arena *arena, str id, str *ret)
{
    return hex_decode(arena, str_replace(arena, id, STR("-"), STR("")), ret);
}

static str id_from_bytes(struct arena *arena, str bytes)
{
    str h = hex_encode(arena, bytes);

    return str_printf(arena, "%.8s-%.4s-%.4s-%.4s-%.12s", h.ptr, h.ptr + 8, h.ptr + 12, h.ptr + 16,
            h.ptr + 20);
}

bool key_of_ciphertext(struct arena *arena, str ciphertext, str *ret_id)
{
    if (ciphertext.len < HEADER_LEN + TAG_LEN || ciphertext.ptr[0] != CIPHERTEXT_VERSION)
        return false;
    *ret_id = id_from_bytes(arena, (str){ciphertext.ptr + 1, ID_LEN});
    return true;
}

static int open_material(struct call *call, const struct key *key, str *ret)
{
    return seal_unseal(call->server->seal, call->arena, material_context(call, key->id),
            key->material, ret, &call->tx->error);
}

int key_encrypt(struct call *call, const struct key *key, str aad, str plain, str *ret)
{
    char *out = arena_alloc(call->arena, HEADER_LEN + plain.len + TAG_LEN, 1);
    str material, id;
    int r = open_material(call, key, &material);

    if (r < 0 || (r = id_to_bytes(call->arena, key->id, &id)) < 0)
        return r;
    out[0] = CIPHERTEXT_VERSION;
    memcpy(out + 1, id.ptr, ID_LEN);
    random_bytes(out + 1 + ID_LEN, NONCE_LEN);
    seal_gcm_encrypt((const unsigned char *)material.ptr, (const unsigned char *)out + 1 + ID_LEN,
            aad, plain, (unsigned char *)out + HEADER_LEN);
    mem_wipe((char *)material.ptr, material.len);
    *ret = (str){out, HEADER_LEN + plain.len + TAG_LEN};
    return 0;
}

int key_decrypt(struct call *call, const struct key *key, str aad, str ciphertext, str *ret)
{
    size_t len = ciphertext.len - HEADER_LEN - TAG_LEN;
    unsigned char *out = arena_alloc(call->arena, len, 1);
    str material;
    int r = open_material(call, key, &material);

    if (r < 0)
        return r;
    r = seal_gcm_decrypt((const unsigned char *)material.ptr,
            (const unsigned char *)ciphertext.ptr + 1 + ID_LEN, aad,
            str_skip(ciphertext, HEADER_LEN), out);
    mem_wipe((char *)material.ptr, material.len);
    if (r < 0)
        return r;
    *ret = (str){(const char *)out, len};
    return 0;
}
