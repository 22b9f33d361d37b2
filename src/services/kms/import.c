/*
 * The operations on imported key material.
 *
 *     CreateKey EXTERNAL --> [PendingImport] --ImportKeyMaterial--> [Enabled]
 *                                  ^                                    |
 *                                  '--- DeleteImportedKeyMaterial, -----'
 *                                       ValidTo (job kms.expire-material)
 *
 * What GetParametersForImport hands out is kept nowhere: the import token is the wrapping key's private
 * half, sealed under the master key and bound to the KMS key.
 */
#include "services/kms/import.h"

#include "base/clock.h"
#include "base/digest.h"

enum {
    MATERIAL_MAX = 8192, /* bytes of a private key in DER */
};
static const int64_t HOUR_MS = 3600000, DAY_MS = 86400000;
static const int64_t TOKEN_HOURS = 24, VALID_DAYS_MAX = 365;

/* ---- What goes into a token ----------------------------------------------------------------- */

struct wrapping {
    str algorithm;
    int64_t until;   /* ms */
    str private_key; /* wipe after use */
};

static str token_context(struct call *call, const struct key *key)
{
    return str_concat(call->arena, STR("kms.import/"), key->id);
}

static str seal_token(struct call *call, const struct key *key, const struct wrapping *wrapping)
{
    str head = str_printf(
            call->arena, "%.*s\n%lld\n", STR_ARG(wrapping->algorithm), (long long)wrapping->until);
    str plain = str_concat(call->arena, head, wrapping->private_key);
    str sealed = seal_bytes(call->server->seal, call->arena, token_context(call, key), plain);

    mem_wipe((char *)plain.ptr, plain.len);
    return sealed;
}

static int open_token(struct call *call, const struct key *key, str token, struct wrapping *ret)
{
    struct wrapping wrapping = {0};
    str rest, until;

    if (seal_unseal(call->server->seal, call->arena, token_context(call, key), token, &rest, NULL) <
                    0 ||
            !str_cut(&rest, '\n', &wrapping.algorithm) || !str_cut(&rest, '\n', &until) ||
            str_to_i64(until, &wrapping.until) < 0)
        return call_fail(call, &kms_InvalidImportTokenException,
                "The import token is not valid for %.*s.", STR_ARG(key->arn));
    wrapping.private_key = rest;
    if (wrapping.until > call->now) {
        *ret = wrapping;
        return 0;
    }
    mem_wipe((char *)rest.ptr, rest.len);
    return call_fail(call, &kms_ExpiredImportTokenException, "The import token has expired.");
}

/* ---- GetParametersForImport ----------------------------------------------------------------- */

static int find_external(struct call *call, str ref, const char *action, struct key *ret)
{
    int r = key_find_customer(call, ref, action, ret);

    if (r < 0)
        return r;
    if (!str_eq(ret->origin, STR("EXTERNAL")))
        return call_fail(call, &kms_UnsupportedOperationException,
                "%.*s origin is %.*s which is not valid for this operation.", STR_ARG(ret->arn),
                STR_ARG(ret->origin));
    return 0;
}

static bool wraps_aes_key(str algorithm)
{
    return str_starts(algorithm, STR("RSA_AES_KEY_WRAP_"));
}

static const char *digest_of(str algorithm)
{
    return str_ends(algorithm, STR("_256")) ? "SHA256" : "SHA1";
}

static int check_algorithm(struct call *call, const struct key *key, str algorithm, str spec)
{
    bool is_known = str_starts(algorithm, STR("RSAES_OAEP_")) || wraps_aes_key(algorithm);
    bool is_long = key->spec->family == KEY_RSA; /* its DER is longer than any block */

    if (!is_known || str_eq(spec, STR("SM2")))
        return call_fail(call, &kms_UnsupportedOperationException,
                "WrappingAlgorithm %.*s with WrappingKeySpec %.*s is not supported.",
                STR_ARG(algorithm), STR_ARG(spec));
    if (is_long && !wraps_aes_key(algorithm))
        return call_fail(call, &error_Validation,
                "WrappingAlgorithm %.*s cannot wrap key material of spec %.*s.", STR_ARG(algorithm),
                STR_ARG(key->spec->name));
    return 0;
}

int kms_GetParametersForImport(struct call *call,
        const struct kms_GetParametersForImportRequest *in,
        struct kms_GetParametersForImportResponse *out)
{
    struct wrapping wrapping = {
            .algorithm = in->WrappingAlgorithm, .until = call->now + TOKEN_HOURS * HOUR_MS};
    struct error err;
    struct pair pair;
    struct key key;
    int r = find_external(call, in->KeyId, "kms:GetParametersForImport", &key);

    if (r < 0 || (r = key_refuse_pending(call, &key)) < 0 ||
            (r = check_algorithm(call, &key, in->WrappingAlgorithm, in->WrappingKeySpec)) < 0)
        return r;
    if (pair_generate(call->arena, spec_find(in->WrappingKeySpec), &pair, &err) < 0)
        return call_fail(call, &error_InternalFailure, "%s", err.text);
    wrapping.private_key = pair.private_key;
    out->KeyId = key.arn;
    out->ImportToken = seal_token(call, &key, &wrapping);
    out->PublicKey = pair.public_key;
    out->ParametersValidTo = SOME_TIME(wrapping.until);
    mem_wipe((char *)pair.private_key.ptr, pair.private_key.len);
    return 0;
}

/* ---- ImportKeyMaterial ---------------------------------------------------------------------- */

/* The time that the material is valid to; 0: for ever. */
static int read_expiry(
        struct call *call, const struct kms_ImportKeyMaterialRequest *in, int64_t *ret)
{
    bool expires = !str_eq(in->ExpirationModel, STR("KEY_MATERIAL_DOES_NOT_EXPIRE"));

    if (expires != in->ValidTo.is_set)
        return call_fail(call, &error_Validation,
                expires ? "A validTo date must be set if the ExpirationModel is "
                          "KEY_MATERIAL_EXPIRES"
                        : "A validTo date may not be set if the ExpirationModel is "
                          "KEY_MATERIAL_DOES_NOT_EXPIRE");
    *ret = expires ? in->ValidTo.ms : 0;
    if (expires && (*ret <= call->now || *ret > call->now + VALID_DAYS_MAX * DAY_MS))
        return call_fail(call, &error_Validation,
                "ValidTo must be in the future, and at most 365 days from now");
    return 0;
}

static int check_new_members(
        struct call *call, const struct key *key, const struct kms_ImportKeyMaterialRequest *in)
{
    str id = material_public_id(call->arena, key->id, 1);

    if (in->KeyMaterialDescription.ptr)
        return call_fail(call, &kms_UnsupportedOperationException,
                "KeyMaterialDescription is not supported by Slipway.");
    if (str_eq(in->ImportType, STR("NEW_KEY_MATERIAL")) && key->material.ptr)
        return call_fail(call, &kms_UnsupportedOperationException,
                "A second key material for one key is not supported by Slipway.");
    if (in->KeyMaterialId.ptr && !str_eq(in->KeyMaterialId, id))
        return call_fail(call, &kms_IncorrectKeyMaterialException,
                "%.*s is not the key material of %.*s.", STR_ARG(in->KeyMaterialId),
                STR_ARG(key->arn));
    return 0;
}

/* The bytes that were wrapped. Wipe after use. */
static int unwrap(struct call *call, const struct key *key,
        const struct kms_ImportKeyMaterialRequest *in, str *ret)
{
    struct wrapping wrapping = {0};
    struct error err;
    int r = open_token(call, key, in->ImportToken, &wrapping);

    if (r < 0)
        return r;
    r = (wraps_aes_key(wrapping.algorithm) ? pair_unwrap : pair_decrypt)(call->arena,
            wrapping.private_key, digest_of(wrapping.algorithm), in->EncryptedKeyMaterial, ret,
            &err);
    mem_wipe((char *)wrapping.private_key.ptr, wrapping.private_key.len);
    return r < 0 ? call_fail(call, &kms_InvalidCiphertextException,
                           "The key material could not be unwrapped: %s.", err.text)
                 : 0;
}

/* The secret bytes, or the pair, that the key is for. Wipe after use. */
static int read_material(struct call *call, const struct key *key, str plain, struct pair *ret)
{
    bool is_pair = key->spec->family == KEY_RSA || key->spec->family == KEY_ECC;
    struct error err;

    if (!is_pair && plain.len == key->spec->size) {
        *ret = (struct pair){.private_key = str_dup(call->arena, plain)};
        return 0;
    }
    if (is_pair && plain.len <= MATERIAL_MAX &&
            pair_read(call->arena, key->spec, plain, ret, &err) == 0)
        return 0;
    return call_fail(call, &kms_IncorrectKeyMaterialException,
            "The key material is not valid for a key of spec %.*s.", STR_ARG(key->spec->name));
}

static str fingerprint_context(struct call *call, const struct key *key)
{
    return str_concat(call->arena, STR("kms.fingerprint/"), key->id);
}

/* A key has the same material for ever: what it sealed must stay readable. */
static int check_same(struct call *call, const struct key *key, str fingerprint)
{
    const struct db_row *row;
    str known;
    int r = db_one(call->tx, &row,
            "select fingerprint from kms_material where key_id = $1 and number = 1", key->id);

    if (r <= 0 || !row_text(row, 0).ptr)
        return r < 0 ? r : 0;
    r = seal_unseal(call->server->seal, call->arena, fingerprint_context(call, key),
            row_text(row, 0), &known, &call->tx->error);
    if (r < 0 || str_eq_secret(known, fingerprint))
        return r;
    return call_fail(call, &kms_IncorrectKeyMaterialException,
            "The key material is not the one that was imported into %.*s before.",
            STR_ARG(key->arn));
}

static int plan_expiry(struct call *call, const struct key *key, int64_t valid_to)
{
    struct queue *queue = call->server->queue;
    int r = queue_cancel(queue, call->tx, EXPIRY_JOB, key->id);

    return r < 0 || !valid_to ? (r < 0 ? r : 0)
                              : queue_add(queue, call->tx, EXPIRY_JOB, key->id, key->id, valid_to);
}

static int store(
        struct call *call, const struct key *key, const struct pair *pair, int64_t valid_to)
{
    str fingerprint = sha256_hex(call->arena, pair->private_key);
    int r = check_same(call, key, fingerprint);

    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update kms_material set material = $2, public_key = $3, fingerprint = $4,"
            " valid_to = nullif($5, 0) where key_id = $1 and number = 1",
            key->id, db_blob(material_seal(call, key->id, 1, pair->private_key)),
            db_blob(pair->public_key),
            db_blob(seal_bytes(
                    call->server->seal, call->arena, fingerprint_context(call, key), fingerprint)),
            valid_to);
    if (r >= 0 && str_eq(key->state, STR("PendingImport")))
        r = db_exec(call->tx, "update kms_key set state = 'Enabled' where id = $1", key->id);
    return r < 0 ? r : plan_expiry(call, key, valid_to);
}

int kms_ImportKeyMaterial(struct call *call, const struct kms_ImportKeyMaterialRequest *in,
        struct kms_ImportKeyMaterialResponse *out)
{
    struct pair pair;
    struct key key;
    int64_t valid_to = 0;
    str plain;
    int r = find_external(call, in->KeyId, "kms:ImportKeyMaterial", &key);

    if (r < 0 || (r = key_refuse_pending(call, &key)) < 0 ||
            (r = read_expiry(call, in, &valid_to)) < 0 ||
            (r = check_new_members(call, &key, in)) < 0 || (r = unwrap(call, &key, in, &plain)) < 0)
        return r;
    r = read_material(call, &key, plain, &pair);
    mem_wipe((char *)plain.ptr, plain.len);
    if (r < 0)
        return r;
    r = store(call, &key, &pair, valid_to);
    mem_wipe((char *)pair.private_key.ptr, pair.private_key.len);
    out->KeyId = key.arn;
    out->KeyMaterialId = material_public_id(call->arena, key.id, 1);
    return r;
}

/* ---- The end of it -------------------------------------------------------------------------- */

static int forget(struct tx *tx, str key_id)
{
    int r = db_exec(tx,
            "update kms_material set material = null, public_key = null, valid_to = null"
            " where key_id = $1 and number = 1",
            key_id);

    return r < 0 ? r : 0;
}

int kms_DeleteImportedKeyMaterial(struct call *call,
        const struct kms_DeleteImportedKeyMaterialRequest *in,
        struct kms_DeleteImportedKeyMaterialResponse *out)
{
    struct key key;
    str id;
    int r = find_external(call, in->KeyId, "kms:DeleteImportedKeyMaterial", &key);

    if (r < 0)
        return r;
    id = material_public_id(call->arena, key.id, 1);
    if (in->KeyMaterialId.ptr && !str_eq(in->KeyMaterialId, id))
        return call_fail(call, &kms_NotFoundException, "Key material %.*s is not found.",
                STR_ARG(in->KeyMaterialId));
    out->KeyId = key.arn;
    out->KeyMaterialId = id;
    r = plan_expiry(call, &key, 0);
    return r < 0 ? r : forget(call->tx, key.id);
}

int import_expire(struct job *job, struct tx *tx)
{
    const struct db_row *row;
    int r = db_one(tx, &row,
            "select valid_to from kms_material where key_id = $1 and number = 1 and valid_to <= $2",
            job->payload, clock_now());

    return r <= 0 ? r : forget(tx, job->payload);
}
