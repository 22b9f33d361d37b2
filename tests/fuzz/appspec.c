/* Any bytes as an AppSpec file. Seeds: tests/fuzz/seeds/appspec. */
#include "agent/appspec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA struct arena arena = {0};
    struct appspec appspec;
    struct error err;

    (void)!appspec_parse(&arena, (str){(const char *)data, size}, &appspec, &err);
    return 0;
}
