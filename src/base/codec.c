#include "base/codec.h"

static const char HEX_LOWER[] = "0123456789abcdef";
static const char HEX_UPPER[] = "0123456789ABCDEF";
static const char BASE32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
static const char BASE64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char BASE64URL[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool is_lower_hex(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (hex_digit(text.ptr[i]) < 0 || (text.ptr[i] >= 'A' && text.ptr[i] <= 'F'))
            return false;
    return true;
}

int hex_to_u64(str text, uint64_t *ret)
{
    uint64_t n = 0;
    bool over = false;

    if (text.len == 0)
        return -EINVAL;
    for (size_t i = 0; i < text.len; i++) {
        int digit = hex_digit(text.ptr[i]);
        if (digit < 0)
            return -EINVAL;
        over |= n >> 60 != 0;
        n = n << 4 | (uint64_t)digit;
    }
    if (over)
        return -ERANGE;
    *ret = n;
    return 0;
}

void hex_write(str bytes, char *ret)
{
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char b = (unsigned char)bytes.ptr[i];
        ret[2 * i] = HEX_LOWER[b >> 4];
        ret[2 * i + 1] = HEX_LOWER[b & 15];
    }
}

str hex_encode(struct arena *arena, str bytes)
{
    char *out = arena_alloc(arena, bytes.len, 2);

    hex_write(bytes, out);
    return (str){out, bytes.len * 2};
}

/* The byte that two digits of either case stand for, or -1. */
static int hex_byte(const char *digits)
{
    int high = hex_digit(digits[0]), low = hex_digit(digits[1]);

    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

int hex_decode(struct arena *arena, str text, str *ret)
{
    if (text.len % 2 != 0 || !is_lower_hex(text))
        return -EINVAL;
    char *out = arena_alloc(arena, text.len / 2, 1);
    for (size_t i = 0; i < text.len; i += 2)
        out[i / 2] = (char)hex_byte(text.ptr + i);
    *ret = (str){out, text.len / 2};
    return 0;
}

enum {
    BASE32_CHARS = 8, /* of five bytes */
};

str base32_encode(struct arena *arena, str bytes)
{
    char *out = arena_alloc(arena, bytes.len / 5 + 1, BASE32_CHARS);
    size_t bits = 0, at = 0;
    uint32_t v = 0;

    for (size_t i = 0; i < bytes.len; i++) {
        v = (v << 8 | (unsigned char)bytes.ptr[i]) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5)
            out[at++] = BASE32[v >> (bits - 5) & 31];
    }
    if (bits > 0)
        out[at++] = BASE32[v << (5 - bits) & 31];
    while (at % BASE32_CHARS != 0)
        out[at++] = '=';
    return (str){out, at};
}

static int value_32(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

int base32_decode(struct arena *arena, str text, str *ret)
{
    size_t whole = text.len, bits = 0, at = 0;
    uint32_t v = 0;

    while (text.len > 0 && text.ptr[text.len - 1] == '=')
        text.len--;
    if (whole % BASE32_CHARS != 0 || whole - text.len >= BASE32_CHARS)
        return -EINVAL;
    char *out = arena_alloc(arena, whole / BASE32_CHARS + 1, 5);
    for (size_t i = 0; i < text.len; i++) {
        int value = value_32(text.ptr[i]);
        if (value < 0)
            return -EINVAL;
        v = (v << 5 | (uint32_t)value) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[at++] = (char)(v >> bits & 255);
        }
    }
    if (bits >= 5 || (v & ((1u << bits) - 1))) /* a character too many, or spare bits set */
        return -EINVAL;
    *ret = (str){out, at};
    return 0;
}

static str encode_64(struct arena *arena, str bytes, const char *alphabet, bool pad)
{
    char *out = arena_alloc(arena, bytes.len / 3 + 1, 4);
    const unsigned char *in = (const unsigned char *)bytes.ptr;
    size_t at = 0, i = 0;

    for (; i + 2 < bytes.len; i += 3) {
        uint32_t v = (uint32_t)in[i] << 16 | (uint32_t)in[i + 1] << 8 | in[i + 2];
        out[at++] = alphabet[v >> 18];
        out[at++] = alphabet[v >> 12 & 63];
        out[at++] = alphabet[v >> 6 & 63];
        out[at++] = alphabet[v & 63];
    }
    if (i < bytes.len) {
        bool two = i + 1 < bytes.len;
        uint32_t v = (uint32_t)in[i] << 16 | (two ? (uint32_t)in[i + 1] << 8 : 0);
        out[at++] = alphabet[v >> 18];
        out[at++] = alphabet[v >> 12 & 63];
        if (two)
            out[at++] = alphabet[v >> 6 & 63];
        for (int n = two ? 1 : 2; pad && n > 0; n--)
            out[at++] = '=';
    }
    return (str){out, at};
}

/* c62 and c63 are the two characters in which the alphabets differ. */
static int value_64(char c, char c62, char c63)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == c62)
        return 62;
    return c == c63 ? 63 : -1;
}

/* `text` is without its padding. */
static int decode_64(struct arena *arena, str text, char c62, char c63, str *ret)
{
    size_t bits = 0, at = 0;
    uint32_t v = 0;

    if (text.len % 4 == 1)
        return -EINVAL;
    char *out = arena_alloc(arena, text.len / 4 + 1, 3);
    for (size_t i = 0; i < text.len; i++) {
        int value = value_64(text.ptr[i], c62, c63);
        if (value < 0)
            return -EINVAL;
        v = v << 6 | (uint32_t)value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[at++] = (char)(v >> bits & 255);
        }
    }
    if (v & ((1u << bits) - 1)) /* an encoder leaves the spare bits zero */
        return -EINVAL;
    *ret = (str){out, at};
    return 0;
}

str base64_encode(struct arena *arena, str bytes)
{
    return encode_64(arena, bytes, BASE64, true);
}

int base64_decode(struct arena *arena, str text, str *ret)
{
    if (text.len % 4 != 0)
        return -EINVAL;
    if (str_ends(text, STR("==")))
        text.len -= 2;
    else if (str_ends(text, STR("=")))
        text.len--;
    return decode_64(arena, text, '+', '/', ret);
}

str base64url_encode(struct arena *arena, str bytes)
{
    return encode_64(arena, bytes, BASE64URL, false);
}

int base64url_decode(struct arena *arena, str text, str *ret)
{
    return decode_64(arena, text, '-', '_', ret);
}

static bool is_unreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

str percent_encode(struct arena *arena, str s, int flags)
{
    char *out = arena_alloc(arena, s.len, 3);
    size_t at = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char b = (unsigned char)s.ptr[i];
        if (is_unreserved(s.ptr[i]) || (s.ptr[i] == '/' && (flags & PERCENT_KEEP_SLASH))) {
            out[at++] = s.ptr[i];
            continue;
        }
        out[at++] = '%';
        out[at++] = HEX_UPPER[b >> 4];
        out[at++] = HEX_UPPER[b & 15];
    }
    return (str){out, at};
}

/* The byte that is escaped at s.ptr[i], or -1: there is no escape. */
static int escaped_byte(str s, size_t i)
{
    return s.ptr[i] == '%' && i + 2 < s.len ? hex_byte(s.ptr + i + 1) : -1;
}

static str undo_escapes(struct arena *arena, str s, int flags)
{
    char *out = arena_alloc(arena, s.len, 1);
    size_t at = 0;

    for (size_t i = 0; i < s.len; i++) {
        int byte = escaped_byte(s, i);
        bool is_space = s.ptr[i] == '+' && (flags & PERCENT_PLUS);
        if (byte >= 0)
            i += 2;
        else
            byte = is_space ? ' ' : s.ptr[i];
        out[at++] = (char)byte;
    }
    return (str){out, at};
}

int percent_decode(struct arena *arena, str s, int flags, str *ret)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '%' && escaped_byte(s, i) < 0)
            return -EINVAL;
    *ret = undo_escapes(arena, s, flags);
    return 0;
}

str percent_decode_leniently(struct arena *arena, str s, int flags)
{
    return undo_escapes(arena, s, flags);
}
