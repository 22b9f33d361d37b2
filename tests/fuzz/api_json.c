/* JSON into structures and back: api/shape_json.c. What was read is written, and reads again. */
#include "api/call.h"
#include "gen/kms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    AUTO_ARENA struct arena arena = {0};
    struct kms_CreateKeyRequest first = {0}, second = {0};
    str text, again;
    struct error err = {{0}};
    int r = shape_from_json(
            &arena, kms_type_CreateKeyRequest, (str){(const char *)data, len}, &first, &err);

    if (r < 0 && (r != -EINVAL || !err.text[0]))
        abort();
    if (r < 0)
        return 0;
    text = shape_to_json(&arena, kms_type_CreateKeyRequest, &first);
    if (shape_from_json(&arena, kms_type_CreateKeyRequest, text, &second, &err) < 0)
        abort();
    again = shape_to_json(&arena, kms_type_CreateKeyRequest, &second);
    if (!str_eq(text, again))
        abort();
    return 0;
}
