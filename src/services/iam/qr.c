#include "services/iam/qr.h"

#include "base/buf.h"
#include "base/library.h"

#include <qrencode.h>
#include <zlib.h>

enum {
    MODULE = 6, /* dots of a side of the smallest square */
    QUIET = 4,  /* squares of the margin: ISO/IEC 18004 */
    TEXT_MAX = 2048,
    PNG_MAX = 1 << 20,
};

static struct {
    __typeof__(&QRcode_encodeData) encode;
    __typeof__(&QRcode_free) free;
} qrencode;

static int load(struct error *err)
{
    static const struct library_symbol symbols[] = {
            {"QRcode_encodeData", &qrencode.encode}, {"QRcode_free", &qrencode.free}};
    static struct library library = {"libqrencode.so.4", "libqrencode4", symbols,
            sizeof(symbols) / sizeof(*symbols), NULL, LIBRARY_LOCK, false};

    return library_load(&library, err);
}

/* ---- PNG (ISO/IEC 15948) ------------------------------------------------------------- */

static void add_number(struct buf *out, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(out, (char)(n >> shift & 255));
}

/* Length, type, bytes, and the CRC of type and bytes. */
static void add_chunk(struct buf *out, const char *type, str bytes)
{
    uLong crc = crc32_z(crc32_z(0, NULL, 0), (const Bytef *)type, 4);

    if (bytes.len > 0)
        crc = crc32_z(crc, (const Bytef *)bytes.ptr, bytes.len);
    add_number(out, (uint32_t)bytes.len);
    buf_add(out, (str){type, 4});
    buf_add(out, bytes);
    add_number(out, (uint32_t)crc);
}

static void add_header(struct buf *out, uint32_t side)
{
    struct buf header = buf_make(out->arena, 13);

    add_number(&header, side);
    add_number(&header, side);
    /* a bit for each dot, grey, the one compression, the one filter method, not interlaced */
    buf_add(&header, (str){"\x01\0\0\0\0", 5});
    add_chunk(out, "IHDR", buf_str(&header));
}

/* A row is its filter (0: none) and its dots, white ones set. */
static str draw(struct arena *arena, const QRcode *code, size_t side)
{
    size_t row_len = 1 + (side + 7) / 8;
    unsigned char *rows = arena_alloc(arena, side, row_len);

    for (size_t y = 0; y < side; y++)
        for (size_t x = 0; x < side; x++) {
            size_t column = x / MODULE, row = y / MODULE, width = (size_t)code->width;
            bool is_inside = column >= QUIET && row >= QUIET && column < QUIET + width &&
                             row < QUIET + width;
            bool is_black = is_inside && (code->data[(row - QUIET) * width + column - QUIET] & 1);
            if (!is_black)
                rows[y * row_len + 1 + x / 8] |= (unsigned char)(0x80 >> x % 8);
        }
    return (str){(const char *)rows, side * row_len};
}

static int make_png(struct arena *arena, const QRcode *code, str *ret, struct error *err)
{
    size_t side = ((size_t)code->width + 2 * QUIET) * MODULE;
    str rows = draw(arena, code, side);
    uLongf len = compressBound(rows.len);
    char *packed = arena_alloc(arena, len, 1);
    struct buf out = buf_make(arena, PNG_MAX);

    if (compress((Bytef *)packed, &len, (const Bytef *)rows.ptr, rows.len) != Z_OK)
        return error_set(err, EIO, "a QR code could not be compressed");
    buf_add(&out, STR("\x89PNG\r\n\x1a\n"));
    add_header(&out, (uint32_t)side);
    add_chunk(&out, "IDAT", (str){packed, len});
    add_chunk(&out, "IEND", STR(""));
    *ret = buf_str(&out);
    return 0;
}

int qr_png(struct arena *arena, str text, str *ret, struct error *err)
{
    QRcode *code;
    int r = load(err);

    if (r < 0)
        return r;
    if (text.len > TEXT_MAX)
        return error_set(err, E2BIG, "a QR code is of at most %d bytes", TEXT_MAX);
    code = qrencode.encode((int)text.len, (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);
    if (!code)
        return error_set(err, errno ? errno : EIO, "a QR code could not be made: %m");
    r = make_png(arena, code, ret, err);
    qrencode.free(code);
    return r;
}
