/* The command list of a push: git/push.h. Any input ends in one of the documented codes. */
#include "git/push.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    AUTO_ARENA struct arena arena = {0};
    struct push push = {0};
    struct error err;
    int r = push_parse(&arena, (str){(const char *)data, len}, &push, &err);

    if (r < 0 && r != -EAGAIN && r != -EPROTO && r != -E2BIG)
        abort();
    if (r == 0 && push.wire_len > len)
        abort();
    for (size_t i = 0; i < push.commands.len; i++)
        (void)refname_is_valid(push.commands.items[i].ref);
    return 0;
}
