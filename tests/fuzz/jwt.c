/*
 * A token, a line feed, and a fetched key set: services/sts/jwt.h and jwks.h. A cleaned set is
 * one that cleaning leaves as it is, and what verifies has a key.
 */
#include "services/sts/jwks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA struct arena arena = {0};
    str rest = {(const char *)data, size}, token, keys = {0}, again = {0};
    struct jwt jwt = {0};
    struct error err;
    bool is_set;

    if (!str_cut(&rest, '\n', &token))
        return 0;
    is_set = jwks_clean(&arena, rest, &keys, &err) == 0;
    if (is_set && (jwks_clean(&arena, keys, &again, &err) < 0 || !str_eq(keys, again)))
        abort();
    if (jwt_parse(&arena, token, &jwt, &err) < 0)
        return 0;
    if (!jwt.issuer.ptr || !jwt.subject.ptr || jwt.audience.len > JWT_MAX_LIST)
        abort();
    if (jwks_verify(&arena, keys, &jwt) == 0 && !jwks_has(keys, &jwt))
        abort();
    return 0;
}
