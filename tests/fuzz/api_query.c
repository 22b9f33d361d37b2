/* Forms into structures: api/pairs.c and api/query.c. */
#include "api/private.h"
#include "base/codec.h"
#include "gen/kms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const struct service service = {.model = &kms_model};
    AUTO_ARENA struct arena arena = {0};
    struct kms_CreateKeyRequest in = {0};
    struct call_private private = {.wire = &wire_query};
    struct call call = {.arena = &arena,
            .service = &service,
            .operation = model_operation(&kms_model, STR("CreateKey")),
            .private_ = &private};
    int r = pairs_parse(&arena, (str){(const char *)data, len}, PERCENT_PLUS, &private.target.form);

    if (r < 0)
        return 0;
    r = wire_query.decode(&call, &in);
    if (r < 0 && (r != CALL_FAILED || !call.failure.code.ptr))
        abort();
    if (r >= 0)
        (void)shape_to_json(&arena, kms_type_CreateKeyRequest, &in);
    return 0;
}
