#define OPENSSL_SUPPRESS_DEPRECATED /* SHA256_CTX needs no heap: nothing to free with the arena */
#include "net/sigv4_private.h"

#include "base/codec.h"

#include <openssl/sha.h>

/*
 *     LINE --size > 0--> DATA --all--> DATA_CR --> DATA_LF --> LINE
 *       \----size 0----> TRAILER --empty line--> END
 */
enum state {
    LINE,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER,
    END
};

enum {
    MAX_SIZE_DIGITS = 15, /* of a chunk: no sum of two sizes overflows */
};

struct sigv4_chunks {
    struct arena *arena;
    bool is_signed, has_trailer;
    str timestamp, scope;
    unsigned char key[32];
    char previous[SIGV4_SIGNATURE_LEN]; /* signature of the chunk before */

    enum state state;
    char line[SIGV4_MAX_TRAILER_LINE];
    size_t line_len;
    uint64_t left;                       /* bytes of this chunk still to come */
    SHA256_CTX hash;                     /* of this chunk, or of the trailers */
    char signature[SIGV4_SIGNATURE_LEN]; /* that this chunk claims */

    struct sigv4_header trailers[SIGV4_MAX_TRAILERS];
    size_t trailers_len;
};

struct sigv4_chunks *sigv4_chunks_new(
        struct arena *arena, const struct sigv4_claim *claim, const unsigned char key[32])
{
    struct sigv4_chunks *chunks = arena_new(arena, struct sigv4_chunks);

    chunks->arena = arena;
    chunks->is_signed = claim->payload != SIGV4_PAYLOAD_UNSIGNED_TRAILER;
    chunks->has_trailer = claim->payload != SIGV4_PAYLOAD_CHUNKED;
    chunks->timestamp = str_dup(arena, claim->timestamp);
    chunks->scope = str_dup(arena, claim->scope);
    memcpy(chunks->key, key, sizeof(chunks->key));
    if (claim->signature.len == SIGV4_SIGNATURE_LEN)
        memcpy(chunks->previous, claim->signature.ptr, SIGV4_SIGNATURE_LEN);
    return chunks;
}

static str finish_hash(struct sigv4_chunks *chunks, char hex[SIGV4_SIGNATURE_LEN])
{
    unsigned char bytes[SHA256_LEN];

    SHA256_Final(bytes, &chunks->hash);
    sigv4_hex(bytes, hex);
    return (str){hex, SIGV4_SIGNATURE_LEN};
}

/* The signatures are chained: each covers the one before. */
static int check_chain(
        struct sigv4_chunks *chunks, const str *lines, size_t len, str claimed, struct error *err)
{
    char signature[SIGV4_SIGNATURE_LEN];

    sigv4_hmac_lines(chunks->key, lines, len, signature);
    if (!str_eq_secret((str){signature, sizeof(signature)}, claimed))
        return error_set(err, EACCES, "the signature of a chunk does not match");
    memcpy(chunks->previous, signature, sizeof(signature));
    return 0;
}

static int check_chunk(struct sigv4_chunks *chunks, struct error *err)
{
    char hex[SIGV4_SIGNATURE_LEN];
    str hash = finish_hash(chunks, hex);

    if (!chunks->is_signed)
        return 0;
    return check_chain(chunks,
            (const str[]){STR("AWS4-HMAC-SHA256-PAYLOAD"), chunks->timestamp, chunks->scope,
                    {chunks->previous, SIGV4_SIGNATURE_LEN}, SIGV4_EMPTY_HASH, hash},
            6, (str){chunks->signature, SIGV4_SIGNATURE_LEN}, err);
}

/* Adds bytes up to a line feed to the line. 1 and the line without its end, 0: more is needed. */
static int take_line(struct sigv4_chunks *chunks, str *raw, size_t max, str *ret, struct error *err)
{
    while (raw->len > 0) {
        char c = raw->ptr[0];

        *raw = str_skip(*raw, 1);
        if (c == '\n') {
            *ret = (str){chunks->line, chunks->line_len};
            if (ret->len > 0 && ret->ptr[ret->len - 1] == '\r')
                ret->len--;
            chunks->line_len = 0;
            return 1;
        }
        if (chunks->line_len >= max)
            return error_set(err, EINVAL, "a line of the chunked body is too long");
        chunks->line[chunks->line_len++] = c;
    }
    return 0;
}

/* "<hex size>" or "<hex size>;chunk-signature=<64 hex digits>" */
static int start_chunk(struct sigv4_chunks *chunks, str line, struct error *err)
{
    str size = line;
    bool is_signed = str_cut(&line, ';', &size);

    if (size.len > MAX_SIZE_DIGITS || hex_to_u64(size, &chunks->left) < 0)
        return error_set(err, EINVAL, "the size of a chunk is not valid");
    if (chunks->is_signed) {
        if (!is_signed || !str_take_prefix(&line, STR("chunk-signature=")) ||
                !sigv4_is_signature(line))
            return error_set(err, EINVAL, "a chunk has no valid chunk-signature");
        memcpy(chunks->signature, line.ptr, SIGV4_SIGNATURE_LEN);
    }
    SHA256_Init(&chunks->hash);
    chunks->state = DATA;
    if (chunks->left > 0)
        return 0;

    int r = check_chunk(chunks, err);
    SHA256_Init(&chunks->hash); /* the trailers' from here on */
    chunks->state = TRAILER;
    return r;
}

static int check_trailers(struct sigv4_chunks *chunks, str claimed, struct error *err)
{
    char hex[SIGV4_SIGNATURE_LEN];
    str hash = finish_hash(chunks, hex);

    return check_chain(chunks,
            (const str[]){STR("AWS4-HMAC-SHA256-TRAILER"), chunks->timestamp, chunks->scope,
                    {chunks->previous, SIGV4_SIGNATURE_LEN}, hash},
            5, claimed, err);
}

static int add_trailer(struct sigv4_chunks *chunks, str line, struct error *err)
{
    struct sigv4_header *trailer = &chunks->trailers[chunks->trailers_len];
    str name;

    if (!chunks->has_trailer || !str_cut(&line, ':', &name) || name.len == 0)
        return error_set(err, EINVAL, "what follows the last chunk is not a trailer");
    line = str_trim(line);
    if (chunks->is_signed && str_eq_nocase(name, STR("x-amz-trailer-signature"))) {
        int r = check_trailers(chunks, line, err);
        chunks->is_signed = false; /* verified: only the empty line may follow */
        chunks->has_trailer = false;
        return r;
    }
    if (chunks->trailers_len >= SIGV4_MAX_TRAILERS)
        return error_set(err, EINVAL, "more than %d trailers", SIGV4_MAX_TRAILERS);
    trailer->name = str_lower(chunks->arena, name);
    trailer->value = str_dup(chunks->arena, line);
    chunks->trailers_len++;
    SHA256_Update(&chunks->hash, trailer->name.ptr, trailer->name.len);
    SHA256_Update(&chunks->hash, ":", 1);
    SHA256_Update(&chunks->hash, trailer->value.ptr, trailer->value.len);
    SHA256_Update(&chunks->hash, "\n", 1);
    return 0;
}

static int end_trailers(struct sigv4_chunks *chunks, struct error *err)
{
    if (chunks->is_signed && chunks->has_trailer)
        return error_set(err, EINVAL, "the trailers have no x-amz-trailer-signature");
    chunks->state = END;
    mem_wipe(chunks->key, sizeof(chunks->key));
    return 0;
}

static size_t take_data(struct sigv4_chunks *chunks, str *raw, char *out, size_t len)
{
    size_t n = raw->len < len ? raw->len : len;

    if (n > chunks->left)
        n = (size_t)chunks->left;
    memcpy(out, raw->ptr, n);
    if (chunks->is_signed)
        SHA256_Update(&chunks->hash, raw->ptr, n);
    *raw = str_skip(*raw, n);
    chunks->left -= n;
    if (chunks->left == 0)
        chunks->state = DATA_CR;
    return n;
}

static int take_break(struct sigv4_chunks *chunks, str *raw, char expected, struct error *err)
{
    if (raw->ptr[0] != expected)
        return error_set(err, EINVAL, "a chunk is longer than it says");
    *raw = str_skip(*raw, 1);
    if (chunks->state == DATA_CR) {
        chunks->state = DATA_LF;
        return check_chunk(chunks, err);
    }
    chunks->state = LINE;
    return 0;
}

/* One step in any state but DATA. */
static int step(struct sigv4_chunks *chunks, str *raw, struct error *err)
{
    bool is_trailer = chunks->state == TRAILER;
    str line;
    int r;

    if (chunks->state == END)
        return error_set(err, EINVAL, "bytes follow the end of the chunked body");
    if (chunks->state == DATA_CR || chunks->state == DATA_LF)
        return take_break(chunks, raw, chunks->state == DATA_CR ? '\r' : '\n', err);
    r = take_line(
            chunks, raw, is_trailer ? SIGV4_MAX_TRAILER_LINE : SIGV4_MAX_CHUNK_LINE, &line, err);
    if (r <= 0)
        return r;
    if (!is_trailer)
        return start_chunk(chunks, line, err);
    return line.len > 0 ? add_trailer(chunks, line, err) : end_trailers(chunks, err);
}

ssize_t sigv4_chunks_feed(
        struct sigv4_chunks *chunks, str *raw, void *out, size_t len, struct error *err)
{
    size_t total = 0;

    while (raw->len > 0) {
        if (chunks->state == DATA) {
            if (total == len)
                break;
            total += take_data(chunks, raw, (char *)out + total, len - total);
            continue;
        }
        int r = step(chunks, raw, err);
        if (r < 0)
            return r;
    }
    return (ssize_t)total;
}

bool sigv4_chunks_at_end(const struct sigv4_chunks *chunks)
{
    return chunks->state == END;
}

str sigv4_chunks_trailer(const struct sigv4_chunks *chunks, str name)
{
    for (size_t i = 0; i < chunks->trailers_len; i++)
        if (str_eq_nocase(chunks->trailers[i].name, name))
            return chunks->trailers[i].value;
    return (str){0};
}

bool sigv4_chunks_has_other(const struct sigv4_chunks *chunks, str name)
{
    for (size_t i = 0; i < chunks->trailers_len; i++)
        if (!str_eq_nocase(chunks->trailers[i].name, name))
            return true;
    return false;
}
