/*
 * codec - hex, base32, base64 and percent encoding
 *
 * Encoders never fail. Decoders are strict: -EINVAL for any byte, length or padding
 * that an encoder would not have made (base32, base64: RFC 4648, with padding; white space
 * is refused; the url variant is unpadded).
 */
#pragma once

#include "base/str.h"

int hex_digit(char c); /* the value of a hexadecimal digit of either case, or -1 */
/* Only digits that hex_encode() makes, which are of lower case; also "". */
bool is_lower_hex(str text);
/* A number of digits of either case. -EINVAL no number, -ERANGE out of range */
MUST_CHECK int hex_to_u64(str text, uint64_t *ret);
void hex_write(str bytes, char *ret); /* two digits a byte into *ret, without a NUL */
str hex_encode(struct arena *arena, str bytes);
MUST_CHECK int hex_decode(struct arena *arena, str text, str *ret);
str base32_encode(struct arena *arena, str bytes);
MUST_CHECK int base32_decode(struct arena *arena, str text, str *ret);
str base64_encode(struct arena *arena, str bytes);
MUST_CHECK int base64_decode(struct arena *arena, str text, str *ret);
str base64url_encode(struct arena *arena, str bytes);
MUST_CHECK int base64url_decode(struct arena *arena, str text, str *ret);

enum percent_flags {
    PERCENT_KEEP_SLASH = 1, /* '/' stays as it is */
    PERCENT_PLUS = 2,       /* decode: '+' is a space (forms) */
};
/*
 * Encodes all but RFC 3986 unreserved bytes, as SigV4 wants it. Clients encode less, and
 * in either case: decoding takes every byte but an incomplete "%xx".
 */
str percent_encode(struct arena *arena, str s, int flags);
MUST_CHECK int percent_decode(struct arena *arena, str s, int flags, str *ret);
str percent_decode_leniently(
        struct arena *arena, str s, int flags); /* an incomplete "%xx" stays as it is */
