/*
 * material - the secret bytes of a key: made, sealed at once, and opened for one use
 *
 * A key has one material, or, once rotated, several: the newest encrypts, all of them
 * decrypt. Each lies sealed under the master key, bound to its id.
 */
#pragma once

#include "api/service.h"
#include "services/kms/pair.h"

struct key;

struct material {
    str sealed;
    str public_key; /* pairs only */
};

/* "<key id>" for the first, "<key id>/<number>" for the others. */
str material_row_id(struct arena *arena, str key_id, int64_t number);
/* What AWS calls KeyMaterialId: 64 hexadecimal digits. */
str material_public_id(struct arena *arena, str key_id, int64_t number);

/* New secret bytes, or a new pair: slow for RSA. */
MUST_CHECK int material_make(struct call *call, const struct key_spec *spec, str key_id,
        int64_t number, struct material *ret);
str material_seal(struct call *call, str key_id, int64_t number, str plain);
/* `rotation`: AUTOMATIC, ON_DEMAND, absent for the first. */
MUST_CHECK int material_insert(struct call *call, str key_id, int64_t number, str rotation,
        const struct material *material);
/* The plain bytes, of the current material or an older one. Wipe after use. -EBADMSG: no such. */
MUST_CHECK int material_open(struct call *call, const struct key *key, int64_t number, str *ret);
