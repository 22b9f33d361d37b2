/* Packets: git/pktline.h. Cutting always ends, and gives back what it was given. */
#include "git/pktline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    str wire = {(const char *)data, len}, payload = {0};
    enum pkt_kind kind;

    while (wire.len) {
        size_t before = wire.len;
        if (pkt_cut(&wire, &kind, &payload, NULL) < 0)
            break;
        if (wire.len >= before || (kind == PKT_DATA && payload.len > PKT_MAX_DATA))
            abort();
        (void)pkt_line(payload);
    }
    return 0;
}
