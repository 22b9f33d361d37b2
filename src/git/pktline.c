#include "git/pktline.h"

#include "base/codec.h"

int pkt_cut(str *wire, enum pkt_kind *ret_kind, str *ret_payload, struct error *err)
{
    uint64_t size;

    if (wire->len < PKT_HEADER)
        return error_set(err, EAGAIN, "the stream ends inside a packet header");
    if (hex_to_u64(str_head(*wire, PKT_HEADER), &size) < 0)
        return error_set(err, EPROTO, "packet length is not hexadecimal");

    if (size < PKT_HEADER - 1) {
        static const enum pkt_kind kinds[] = {PKT_FLUSH, PKT_DELIMITER, PKT_END};
        *wire = str_skip(*wire, PKT_HEADER);
        *ret_kind = kinds[size];
        return 0;
    }
    if (size < PKT_HEADER || size > PKT_MAX)
        return error_set(err, EPROTO, "packet length %zu is out of range", (size_t)size);
    if (size > wire->len)
        return error_set(err, EAGAIN, "the stream ends inside a packet");
    *ret_kind = PKT_DATA;
    *ret_payload = (str){wire->ptr + PKT_HEADER, size - PKT_HEADER};
    *wire = str_skip(*wire, size);
    return 0;
}

str pkt_line(str payload)
{
    if (payload.len && payload.ptr[payload.len - 1] == '\n')
        payload.len--;
    return payload;
}

void pkt_add(struct buf *out, str payload)
{
    buf_printf(out, "%04zx", payload.len + PKT_HEADER);
    buf_add(out, payload);
}

void pkt_printf(struct buf *out, const char *fmt, ...)
{
    AUTO_ARENA struct arena scratch = {0};
    va_list args;

    va_start(args, fmt);
    pkt_add(out, str_vprintf(&scratch, fmt, args));
    va_end(args);
}

void pkt_add_flush(struct buf *out)
{
    buf_add(out, STR("0000"));
}

void pkt_add_delimiter(struct buf *out)
{
    buf_add(out, STR("0001"));
}

void pkt_add_band(struct buf *out, enum pkt_band band, str bytes)
{
    while (bytes.len) {
        str piece = str_head(bytes, PKT_MAX_DATA - 1);
        buf_printf(out, "%04zx", piece.len + PKT_HEADER + 1);
        buf_char(out, (char)band);
        buf_add(out, piece);
        bytes = str_skip(bytes, piece.len);
    }
}
