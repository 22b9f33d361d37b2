/*
 * pktline - the packets of git's wire protocol
 *
 *     0032git-upload-pack ...\n     four hexadecimal digits: the length, these four included
 *     0000                          flush: the end of a list
 *     0001                          delimiter: command | arguments (protocol v2)
 *     0002                          end of a response (protocol v2, stateless)
 *
 * Side bands: the first byte of a payload says 1 data, 2 progress, 3 fatal error.
 *
 * Memory    payloads point into the input
 * Errors    "more is needed" (-EAGAIN) is never "malformed" (-EPROTO)
 * Limits    PKT_MAX, fixed by the protocol
 */
#pragma once

#include "base/buf.h"

enum {
    PKT_HEADER = 4,
    PKT_MAX = 65520, /* header included */
    PKT_MAX_DATA = PKT_MAX - PKT_HEADER,
};

enum pkt_kind {
    PKT_DATA,
    PKT_FLUSH,
    PKT_DELIMITER,
    PKT_END,
};

enum pkt_band {
    PKT_BAND_DATA = 1,
    PKT_BAND_PROGRESS = 2,
    PKT_BAND_ERROR = 3,
};

/*
 * Cuts one packet off *wire. *ret_payload is set for PKT_DATA only, and may be empty.
 *
 * -EAGAIN  the packet is not complete
 * -EPROTO  this is no packet
 */
MUST_CHECK int pkt_cut(str *wire, enum pkt_kind *ret_kind, str *ret_payload, struct error *err);
/* A payload without the one line feed that text packets end with. */
str pkt_line(str payload);

/* `payload` is at most PKT_MAX_DATA bytes. */
void pkt_add(struct buf *out, str payload);
PRINTF(2, 3) void pkt_printf(struct buf *out, const char *fmt, ...);
void pkt_add_flush(struct buf *out);
void pkt_add_delimiter(struct buf *out);
/* `bytes` in as many packets of that band as are needed. */
void pkt_add_band(struct buf *out, enum pkt_band band, str bytes);
