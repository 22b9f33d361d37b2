/* A public key as a user uploads it: services/iam/ssh_key.h. What is taken is written so that it is
 * taken again, in both forms, as the same key. */
#include "services/iam/ssh_key.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA struct arena arena = {0};
    struct ssh_key key, again;
    struct error err;
    str pem;

    if (ssh_key_parse(&arena, (str){(const char *)data, size}, &key, &err) < 0)
        return 0;
    if (ssh_key_pem(&arena, key.blob, &pem, &err) < 0 ||
            ssh_key_parse(&arena, pem, &again, &err) < 0 || !str_eq(key.blob, again.blob))
        abort();
    key.comment = (str){0};
    if (ssh_key_parse(&arena, ssh_key_text(&arena, &key), &again, &err) < 0 ||
            !str_eq(key.blob, again.blob) || !str_eq(key.type, again.type))
        abort();
    return 0;
}
