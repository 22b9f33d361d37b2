#include "services/kms/key.h"

#include "base/codec.h"
#include "base/random.h"

enum {
    ID_LEN = 16,
    NUMBER_LEN = 4,
    NONCE_LEN = 12,
    TAG_LEN = 16,
    HEADER_LEN = 1 + ID_LEN + NUMBER_LEN + NONCE_LEN,
    HEADER_LEN_1 = 1 + ID_LEN + NONCE_LEN, /* of version 1: material number 1 */
};

#define SELECT_KEY                                                                                 \
    "select k.id, k.account, k.region, k.description, k.manager, k.state, k.created, k.deletion,"  \
    " k.spec, k.key_usage, k.origin, k.material_number, k.rotation_days, k.rotation_next,"         \
    " m.material, m.public_key, m.valid_to from kms_key k left join kms_material m"                \
    " on m.key_id = k.id and m.number = k.material_number"

static void key_from_row(struct call *call, const struct db_row *row, struct key *ret)
{
    *ret = (struct key){
            .id = row_text(row, 0),
            .account = row_text(row, 1),
            .region = row_text(row, 2),
            .description = row_text(row, 3),
            .manager = row_text(row, 4),
            .state = row_text(row, 5),
            .created = row_int(row, 6),
            .deletion = row_int(row, 7),
            .spec = spec_find(row_text(row, 8)),
            .usage = row_text(row, 9),
            .origin = row_text(row, 10),
            .material_number = row_int(row, 11),
            .rotation_days = row_int(row, 12),
            .rotation_next = row_int(row, 13),
            .material = row_text(row, 14),
            .public_key = row_text(row, 15),
            .valid_to = row_int(row, 16),
    };
    if (ret->valid_to && ret->valid_to <= call->now)
        ret->material = (str){0};
    if (!ret->material.ptr && !str_eq(ret->state, STR("PendingDeletion")))
        ret->state = STR("PendingImport");
    ret->arn = str_printf(call->arena, "arn:aws:kms:%.*s:%.*s:key/%.*s", STR_ARG(ret->region),
            STR_ARG(ret->account), STR_ARG(ret->id));
}

int key_by_id(struct call *call, str id, struct key *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row, SELECT_KEY " where k.id = $1", id);

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
    key.alias = reference.alias;
    if (is_foreign && reference.alias.ptr)
        key.alias_arn = arn;
    *ret = key;
    return 0;
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

int key_refuse_managed(struct call *call, const char *action)
{
    return call_fail(call, &error_AccessDenied,
            "User: %.*s is not authorized to perform: %s on an AWS managed key",
            STR_ARG(call->principal->arn), action);
}

int key_find_customer(struct call *call, str ref, const char *action, struct key *ret)
{
    int r = key_find_for(call, ref, action, ret);

    if (r < 0)
        return r;
    return str_eq(ret->manager, STR("AWS")) ? key_refuse_managed(call, action) : 0;
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
    return call_fail(call, &kms_KMSInvalidStateException, "%.*s is pending %s.", STR_ARG(key->arn),
            str_eq(key->state, STR("PendingImport")) ? "import" : "deletion");
}

int key_check_usage(struct call *call, const struct key *key, const char *usage)
{
    if (str_eq(key->usage, str_of(usage)))
        return 0;
    return call_fail(call, &kms_InvalidKeyUsageException,
            "%.*s key usage is %.*s which is not valid for %s.", STR_ARG(key->arn),
            STR_ARG(key->usage), model_str(call->service->model, call->operation->name));
}

int key_check_algorithm(
        struct call *call, const struct key *key, struct str_list known, str algorithm)
{
    if (list_has(known, algorithm))
        return 0;
    return call_fail(call, &kms_InvalidKeyUsageException,
            "Algorithm %.*s is incompatible with key spec %.*s.", STR_ARG(algorithm),
            STR_ARG(key->spec->name));
}

int key_check_symmetric(struct call *call, const struct key *key)
{
    return key_check_algorithm(call, key, key->spec->encryption, STR("SYMMETRIC_DEFAULT"));
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

int key_create(struct call *call, const struct key_draft *draft, struct key *ret)
{
    int r = db_exec(call->tx,
            "insert into kms_key (id, account, region, description, manager, state, policy,"
            " policy_version, created, spec, key_usage, origin)"
            " values ($1, $2, $3, $4, $5, 'Enabled', $6, $7, $8, $9, $10, $11)",
            draft->id, call->account, call->region, draft->description, draft->manager,
            draft->policy.ptr ? draft->policy : key_default_policy(call), random_uuid(call->arena),
            call->now, draft->spec->name, draft->usage, draft->origin);

    if (r < 0 || (r = material_insert(call, draft->id, 1, (str){0}, &draft->material)) < 0 ||
            (r = key_by_id(call, draft->id, ret)) < 0)
        return r;
    return 0;
}

static int create_managed(struct call *call, const char *service, struct key *ret)
{
    struct key_draft draft = {
            .id = random_uuid(call->arena),
            .manager = STR("AWS"),
            .description = str_printf(call->arena,
                    "Default key that protects my data when no other key is defined (%s)", service),
            .usage = STR("ENCRYPT_DECRYPT"),
            .origin = STR("AWS_KMS"),
            .spec = spec_find(STR("SYMMETRIC_DEFAULT")),
    };
    int r = material_make(call, draft.spec, draft.id, 1, &draft.material);

    return r < 0 ? r : key_create(call, &draft, ret);
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
    r = create_managed(call, service, ret);
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
    bool is_external = str_eq(key->origin, STR("EXTERNAL"));

    *m = (struct kms_KeyMetadata){
            .AWSAccountId = key->account,
            .KeyId = key->id,
            .Arn = key->arn,
            .CreationDate = SOME_TIME(key->created),
            .Enabled = SOME_BOOL(str_eq(key->state, STR("Enabled"))),
            .Description = key->description,
            .KeyUsage = key->usage,
            .KeyState = key->state,
            .Origin = key->origin,
            .KeyManager = key->manager,
            .CustomerMasterKeySpec = key->spec->name,
            .KeySpec = key->spec->name,
            .MultiRegion = SOME_BOOL(false),
    };
    if (str_eq(key->usage, STR("ENCRYPT_DECRYPT")))
        m->EncryptionAlgorithms = key->spec->encryption;
    else if (str_eq(key->usage, STR("SIGN_VERIFY")))
        m->SigningAlgorithms = key->spec->signing;
    else if (str_eq(key->usage, STR("KEY_AGREEMENT")))
        m->KeyAgreementAlgorithms = key->spec->agreement;
    else
        m->MacAlgorithms = key->spec->mac;
    if (key->deletion)
        m->DeletionDate = SOME_TIME(key->deletion);
    if (is_external && key->material.ptr) {
        m->ExpirationModel =
                key->valid_to ? STR("KEY_MATERIAL_EXPIRES") : STR("KEY_MATERIAL_DOES_NOT_EXPIRE");
        if (key->valid_to)
            m->ValidTo = SOME_TIME(key->valid_to);
    }
    if (key->spec->family == KEY_SYMMETRIC && key->material.ptr)
        m->CurrentKeyMaterialId = material_public_id(call->arena, key->id, key->material_number);
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

/* A ciphertext taken apart. */
struct ciphertext {
    str id;         /* 16 bytes */
    int64_t number; /* of the material */
    str nonce;
    str sealed;
};

static bool read_ciphertext(str text, struct ciphertext *ret)
{
    unsigned char version = text.len ? (unsigned char)text.ptr[0] : 0;
    const unsigned char *number = (const unsigned char *)text.ptr + 1 + ID_LEN;
    size_t header = version == 1 ? HEADER_LEN_1 : HEADER_LEN;

    if ((version != 1 && version != 2) || text.len < header + TAG_LEN)
        return false;
    *ret = (struct ciphertext){
            .id = {text.ptr + 1, ID_LEN},
            .number = 1,
            .nonce = {text.ptr + header - NONCE_LEN, NONCE_LEN},
            .sealed = str_skip(text, header),
    };
    if (version == 2)
        ret->number = (int64_t)number[0] << 24 | number[1] << 16 | number[2] << 8 | number[3];
    return true;
}

bool key_of_ciphertext(struct arena *arena, str ciphertext, str *ret_id)
{
    struct ciphertext parts;

    if (!read_ciphertext(ciphertext, &parts))
        return false;
    *ret_id = id_from_bytes(arena, parts.id);
    return true;
}

int key_encrypt(struct call *call, const struct key *key, str aad, str plain, str *ret)
{
    unsigned char *out = arena_alloc(call->arena, HEADER_LEN + plain.len + TAG_LEN, 1);
    unsigned char *nonce = out + HEADER_LEN - NONCE_LEN;
    str material, id;
    int r = material_open(call, key, key->material_number, &material);

    if (r < 0 || (r = id_to_bytes(call->arena, key->id, &id)) < 0)
        return r;
    out[0] = 2;
    memcpy(out + 1, id.ptr, ID_LEN);
    for (int i = 0; i < NUMBER_LEN; i++)
        out[1 + ID_LEN + i] = (unsigned char)(key->material_number >> (24 - 8 * i));
    random_bytes(nonce, NONCE_LEN);
    seal_gcm_encrypt((const unsigned char *)material.ptr, nonce, aad, plain, out + HEADER_LEN);
    mem_wipe((char *)material.ptr, material.len);
    *ret = (str){(const char *)out, HEADER_LEN + plain.len + TAG_LEN};
    return 0;
}

int key_decrypt(struct call *call, const struct key *key, str aad, str ciphertext, str *ret)
{
    struct ciphertext parts;
    unsigned char *out;
    str material;
    int r;

    if (!read_ciphertext(ciphertext, &parts))
        return -EBADMSG;
    r = material_open(call, key, parts.number, &material);
    if (r < 0)
        return r;
    out = arena_alloc(call->arena, parts.sealed.len - TAG_LEN, 1);
    r = seal_gcm_decrypt((const unsigned char *)material.ptr,
            (const unsigned char *)parts.nonce.ptr, aad, parts.sealed, out);
    mem_wipe((char *)material.ptr, material.len);
    if (r < 0)
        return r;
    *ret = (str){(const char *)out, parts.sealed.len - TAG_LEN};
    return 0;
}
