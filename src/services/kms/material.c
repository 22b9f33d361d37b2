#include "services/kms/material.h"

#include "base/digest.h"
#include "base/random.h"
#include "services/kms/key.h"

str material_row_id(struct arena *arena, str key_id, int64_t number)
{
    return number == 1 ? key_id
                       : str_printf(arena, "%.*s/%lld", STR_ARG(key_id), (long long)number);
}

str material_public_id(struct arena *arena, str key_id, int64_t number)
{
    return sha256_hex(
            arena, str_concat(arena, STR("kms.material/"), material_row_id(arena, key_id, number)));
}

static str seal_context(struct arena *arena, str key_id, int64_t number)
{
    return str_concat(arena, STR("kms.key/"), material_row_id(arena, key_id, number));
}

str material_seal(struct call *call, str key_id, int64_t number, str plain)
{
    return seal_bytes(
            call->server->seal, call->arena, seal_context(call->arena, key_id, number), plain);
}

int material_make(struct call *call, const struct key_spec *spec, str key_id, int64_t number,
        struct material *ret)
{
    struct pair pair = {0};
    struct error err;

    if (spec->family == KEY_RSA || spec->family == KEY_ECC) {
        if (pair_generate(call->arena, spec, &pair, &err) < 0)
            return call_fail(call, &error_InternalFailure, "%s", err.text);
    } else {
        char *bytes = arena_alloc(call->arena, spec->size, 1);
        random_bytes(bytes, spec->size);
        pair.private_key = (str){bytes, spec->size};
    }
    *ret = (struct material){
            .sealed = material_seal(call, key_id, number, pair.private_key),
            .public_key = pair.public_key,
    };
    mem_wipe((char *)pair.private_key.ptr, pair.private_key.len);
    return 0;
}

int material_insert(struct call *call, str key_id, int64_t number, str rotation,
        const struct material *material)
{
    int r = db_exec(call->tx,
            "insert into kms_material (id, key_id, number, material, public_key, rotation, created)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            material_row_id(call->arena, key_id, number), key_id, number, db_blob(material->sealed),
            db_blob(material->public_key), rotation, call->now);

    return r < 0 ? r : 0;
}

int material_open(struct call *call, const struct key *key, int64_t number, str *ret)
{
    const struct db_row *row;
    str sealed = key->material;
    int r;

    if (number != key->material_number) {
        r = db_one(call->tx, &row,
                "select material from kms_material where key_id = $1 and number = $2", key->id,
                number);
        if (r < 0)
            return r;
        sealed = r > 0 ? row_text(row, 0) : (str){0};
    }
    if (!sealed.ptr)
        return error_set(&call->tx->error, EBADMSG, "the key has no such material");
    return seal_unseal(call->server->seal, call->arena, seal_context(call->arena, key->id, number),
            sealed, ret, &call->tx->error);
}
