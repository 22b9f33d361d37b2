/* Any bytes as a buildspec. Seeds: tests/fuzz/seeds/buildspec. */
#include "worker/buildspec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA struct arena arena = {0};
    struct buildspec spec;
    struct error err;

    (void)!buildspec_parse(&arena, (str){(const char *)data, size}, &spec, &err);
    return 0;
}
