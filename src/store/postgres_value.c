/*
 * Parameters and rows between struct db_arg and libpq.
 *
 * Integers go as text, so that a column of any width takes them; bytes go in binary.
 * Rows come in binary: integers big-endian, text and bytes as they are. sum(bigint)
 * is `numeric` there; a whole one that fits is an integer here.
 */
#include "store/db_postgres.h"

#include <limits.h>

enum { /* pg_type.dat */
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_CHAR = 18,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_UNKNOWN = 705,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_NUMERIC = 1700,
    OID_VOID = 2278,
};

void postgres_encode(
        struct arena *arena, const struct db_arg *args, size_t len, struct postgres_args *ret)
{
    for (size_t i = 0; i < len; i++) {
        const struct db_arg *arg = &args[i];

        ret->lengths[i] = (int)arg->s.len;
        ret->formats[i] = arg->kind == DB_ARG_BLOB;
        if (arg->kind == DB_ARG_INT) {
            snprintf(ret->numbers[i], sizeof(ret->numbers[i]), "%lld", (long long)arg->i);
            ret->values[i] = ret->numbers[i];
            ret->types[i] = OID_INT8;
        } else if (!arg->s.ptr) { /* NULL: of whatever type the statement wants */
            ret->values[i] = NULL;
            ret->types[i] = 0;
        } else if (arg->kind == DB_ARG_BLOB) {
            ret->values[i] = arg->s.ptr;
            ret->types[i] = OID_BYTEA;
        } else {
            ret->values[i] = str_cstr(arena, arg->s);
            ret->types[i] = OID_TEXT;
        }
    }
}

static int64_t big_endian(const char *bytes, int len)
{
    uint64_t n = 0;

    for (int i = 0; i < len; i++)
        n = n << 8 | (unsigned char)bytes[i];
    if (len < 8 && n >> (8 * len - 1))
        n |= ~(uint64_t)0 << (8 * len); /* negative */
    return (int64_t)n;
}

/* ndigits, weight, sign, scale (16 bits each), then digits to the base 10000. */
static int decode_numeric(const char *bytes, int len, int64_t *ret)
{
    int64_t n = 0;

    if (len < 8)
        return -EIO;
    int64_t digits = big_endian(bytes, 2), weight = big_endian(bytes + 2, 2);
    bool is_negative = big_endian(bytes + 4, 2) == 0x4000;
    if ((!is_negative && big_endian(bytes + 4, 2) != 0) || digits > weight + 1 || weight > 4 ||
            len < 8 + 2 * digits)
        return -EIO; /* a fraction, not a number, or far too large */
    for (int64_t i = 0; i <= weight; i++) {
        int64_t digit = i < digits ? big_endian(bytes + 8 + 2 * i, 2) : 0;
        if (__builtin_mul_overflow(n, 10000, &n) ||
                __builtin_add_overflow(n, is_negative ? -digit : digit, &n))
            return -EIO;
    }
    *ret = n;
    return 0;
}

static int decode_cell(struct arena *arena, Oid type, str bytes, struct db_arg *ret)
{
    int64_t n;

    switch (type) {
    case OID_BOOL:
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        *ret = db_int(type == OID_BOOL ? bytes.ptr[0] : big_endian(bytes.ptr, (int)bytes.len));
        return 0;
    case OID_NUMERIC:
        if (decode_numeric(bytes.ptr, (int)bytes.len, &n) < 0)
            return -EIO;
        *ret = db_int(n);
        return 0;
    case OID_TEXT:
    case OID_VARCHAR:
    case OID_BPCHAR:
    case OID_NAME:
    case OID_CHAR:
    case OID_UNKNOWN:
    case OID_VOID:
        *ret = db_text(bytes.len ? str_dup(arena, bytes) : STR(""));
        return 0;
    case OID_BYTEA:
        *ret = db_blob(bytes.len ? str_dup(arena, bytes) : STR(""));
        return 0;
    default:
        return -EIO;
    }
}

int postgres_decode(struct tx *tx, const PGresult *result, struct db_rows *ret)
{
    struct db_row_list list = {.arena = tx->arena};
    int columns = PQ(nfields)(result);

    for (int i = 0; i < PQ(ntuples)(result); i++) {
        struct db_arg *cells = row_list_add(&list, (size_t)columns);
        if (!cells)
            return error_set(&tx->error, E2BIG, "query gives more than %d rows", DB_MAX_ROWS);
        for (int k = 0; k < columns; k++) {
            str bytes = {PQ(getvalue)(result, i, k), (size_t)PQ(getlength)(result, i, k)};
            if (PQ(getisnull)(result, i, k))
                cells[k] = DB_NULL;
            else if (decode_cell(tx->arena, PQ(ftype)(result, k), bytes, &cells[k]) < 0)
                return error_set(&tx->error, EIO, "column %d is no text, bigint or bytea (type %u)",
                        k + 1, PQ(ftype)(result, k));
        }
    }
    *ret = (struct db_rows){list.items, list.len};
    return (int)list.len;
}
