/*
 * own_pair - pairs that services sign with for themselves
 */
#include "services/kms/kms.h"
#include "services/kms/pair.h"

static str seal_context(struct arena *arena, str label)
{
    return str_concat(arena, STR("kms.own-pair/"), label);
}

int kms_own_pair_new(struct server *server, struct arena *arena, str label,
        struct kms_own_pair *ret, struct error *err)
{
    struct kms_own_pair made;
    struct pair pair;
    int r = pair_generate(arena, spec_find(STR("RSA_2048")), &pair, err);

    if (r < 0)
        return r;
    made.sealed = seal_bytes(server->seal, arena, seal_context(arena, label), pair.private_key);
    mem_wipe((char *)pair.private_key.ptr, pair.private_key.len);
    r = pair_public_pkcs1(arena, pair.public_key, &made.public_key, err);
    if (r == 0)
        *ret = made;
    return r;
}

int kms_own_pair_sign(struct server *server, struct arena *arena, str label, str sealed,
        str message, str *ret, struct error *err)
{
    const struct signature *how = signature_find(STR("RSASSA_PKCS1_V1_5_SHA_256"));
    str digest, private_key;
    int r = pair_digest(arena, how, message, &digest, err);

    if (r == 0)
        r = seal_unseal(server->seal, arena, seal_context(arena, label), sealed, &private_key, err);
    if (r < 0)
        return r;
    r = pair_sign(arena, private_key, how, digest, ret, err);
    mem_wipe((char *)private_key.ptr, private_key.len);
    return r;
}
