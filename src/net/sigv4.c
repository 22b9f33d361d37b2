#include "net/sigv4.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/codec.h"
#include "net/sigv4_private.h"

struct pair {
    str name, value;
};

struct pairs {
    struct pair *items;
    size_t len;
};

bool sigv4_is_signature(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (hex_digit(s.ptr[i]) < 0)
            return false;
    return s.len == SIGV4_SIGNATURE_LEN;
}

void sigv4_hex(const unsigned char bytes[SHA256_LEN], char ret[SIGV4_SIGNATURE_LEN])
{
    hex_write((str){(const char *)bytes, SHA256_LEN}, ret);
}

void sigv4_hmac_lines(
        const unsigned char key[32], const str *lines, size_t len, char ret[SIGV4_SIGNATURE_LEN])
{
    AUTO_ARENA struct arena scratch = {0};
    str text = str_join(&scratch, (struct str_list){(str *)lines, len, true}, STR("\n"));
    unsigned char mac[SHA256_LEN];

    hmac_sha256((str){(const char *)key, 32}, text, mac);
    sigv4_hex(mac, ret);
}

void sigv4_key(str secret, str date, str region, str service, unsigned char ret[32])
{
    AUTO_ARENA struct arena scratch = {0};
    str first = str_concat(&scratch, STR("AWS4"), secret);
    const str parts[] = {date, region, service, STR("aws4_request")};
    unsigned char key[SHA256_LEN];

    hmac_sha256(first, parts[0], key);
    for (size_t i = 1; i < 4; i++)
        hmac_sha256((str){(const char *)key, sizeof(key)}, parts[i], key);
    memcpy(ret, key, sizeof(key));
    mem_wipe(key, sizeof(key));
    mem_wipe((char *)first.ptr, first.len);
}

/* The one way to write what `s` means: escapes are undone, and made where they must be. */
static str canonical_piece(struct arena *arena, str s, int flags)
{
    return percent_encode(arena, percent_decode_leniently(arena, s, flags), 0);
}

/* Each segment in the one way of writing it: an escaped slash stays escaped. */
static void add_s3_path(struct buf *out, struct arena *scratch, str path)
{
    str segment;
    bool is_first = true;

    while (str_next(&path, '/', &segment)) {
        if (!is_first)
            buf_char(out, '/');
        buf_add(out, canonical_piece(scratch, segment, 0));
        is_first = false;
    }
}

/* Without "//", "." and "..", then escaped once more on top of the sender's escapes. */
static void add_path(struct buf *out, struct arena *scratch, str path)
{
    str *kept = arena_array(scratch, path.len + 1, str);
    bool ends_in_slash = str_ends(path, STR("/"));
    size_t len = 0;
    str segment;

    while (str_next(&path, '/', &segment)) {
        if (segment.len == 0 || str_eq(segment, STR(".")))
            continue;
        if (!str_eq(segment, STR("..")))
            kept[len++] = segment;
        else if (len > 0)
            len--;
    }
    for (size_t i = 0; i < len; i++) {
        buf_char(out, '/');
        buf_add(out, percent_encode(scratch, kept[i], 0));
    }
    if (len == 0 || ends_in_slash)
        buf_char(out, '/');
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    int r = str_cmp(x->name, y->name);

    return r ? r : str_cmp(x->value, y->value);
}

static struct pairs split_query(struct arena *arena, str query)
{
    struct pairs pairs = {0};
    size_t count = 1;
    str part;

    for (size_t i = 0; i < query.len; i++)
        count += query.ptr[i] == '&';
    pairs.items = arena_array(arena, count, struct pair);
    while (str_next(&query, '&', &part)) {
        struct pair *pair = &pairs.items[pairs.len];
        str name = part, value = STR("");

        if (part.len == 0)
            continue;
        if (str_cut(&part, '=', &name))
            value = part;
        /* "+" is read as a blank (api/pairs.c): what is signed is what is served. */
        pair->name = canonical_piece(arena, name, PERCENT_PLUS);
        pair->value = canonical_piece(arena, value, PERCENT_PLUS);
        pairs.len++;
    }
    qsort(pairs.items, pairs.len, sizeof(*pairs.items), compare_pairs);
    return pairs;
}

static void add_query(struct buf *out, struct arena *scratch, str query, bool is_presigned)
{
    struct pairs pairs = split_query(scratch, query);
    bool is_first = true;

    for (size_t i = 0; i < pairs.len; i++) {
        const struct pair *pair = &pairs.items[i];

        if (is_presigned && str_eq(pair->name, STR("X-Amz-Signature")))
            continue;
        if (!is_first)
            buf_char(out, '&');
        buf_add(out, pair->name);
        buf_char(out, '=');
        buf_add(out, pair->value);
        is_first = false;
    }
}

/* Without blanks at the ends; inside, a run of them is one space. */
static void add_folded(struct buf *out, str value)
{
    bool is_first = true;

    value = str_trim(value);
    for (size_t i = 0; i < value.len;) {
        size_t start = i;

        while (i < value.len && !strchr(" \t\r\n\v\f", value.ptr[i]))
            i++;
        if (i > start) {
            if (!is_first)
                buf_char(out, ' ');
            buf_add(out, (str){value.ptr + start, i - start});
            is_first = false;
        } else {
            i++;
        }
    }
}

static void add_header(struct buf *out, const struct sigv4_request *req, str name)
{
    bool is_first = true;

    buf_add(out, name);
    buf_char(out, ':');
    for (size_t i = 0; i < req->headers_len; i++) {
        if (!str_eq_nocase(req->headers[i].name, name))
            continue;
        if (!is_first)
            buf_char(out, ',');
        add_folded(out, req->headers[i].value);
        is_first = false;
    }
    buf_char(out, '\n');
}

static str signed_hash(const struct sigv4_request *req, const struct sigv4_claim *claim)
{
    if (req->is_s3 && claim->payload != SIGV4_PAYLOAD_HASH)
        return claim->payload_hash.ptr ? claim->payload_hash : STR("UNSIGNED-PAYLOAD");
    if (req->payload_hash.ptr)
        return req->payload_hash;
    return claim->payload_hash.ptr ? claim->payload_hash : SIGV4_EMPTY_HASH;
}

str sigv4_canonical(
        struct arena *arena, const struct sigv4_request *req, const struct sigv4_claim *claim)
{
    struct buf out = buf_make(arena, SIGV4_MAX_CANONICAL);
    AUTO_ARENA struct arena scratch = {0};
    str names = claim->signed_headers, name;

    buf_add(&out, req->method);
    buf_char(&out, '\n');
    if (req->is_s3)
        add_s3_path(&out, &scratch, req->path);
    else
        add_path(&out, &scratch, req->path);
    buf_char(&out, '\n');
    add_query(&out, &scratch, req->query, claim->where == SIGV4_QUERY);
    buf_char(&out, '\n');
    while (str_next(&names, ';', &name))
        add_header(&out, req, name);
    buf_char(&out, '\n');
    buf_add(&out, claim->signed_headers);
    buf_char(&out, '\n');
    buf_add(&out, signed_hash(req, claim));
    return buf_str(&out);
}

static void sign(str canonical, str timestamp, str scope, const unsigned char key[32],
        char ret[SIGV4_SIGNATURE_LEN])
{
    unsigned char hash[SHA256_LEN];
    char hex[SIGV4_SIGNATURE_LEN];

    sha256(canonical, hash);
    sigv4_hex(hash, hex);
    sigv4_hmac_lines(
            key, (const str[]){SIGV4_ALGORITHM, timestamp, scope, {hex, sizeof(hex)}}, 4, ret);
}

static bool is_signed_header(str list, str name)
{
    str item;

    while (str_next(&list, ';', &item))
        if (str_eq_nocase(item, name))
            return true;
    return false;
}

str sigv4_unsigned_header(const struct sigv4_request *req, const struct sigv4_claim *claim)
{
    for (size_t i = 0; i < req->headers_len; i++) {
        str name = req->headers[i].name;

        if (name.len < 6 || !str_eq_nocase(str_head(name, 6), STR("x-amz-")))
            continue;
        if (str_eq_nocase(name, STR("x-amz-content-sha256")) && claim->where == SIGV4_QUERY)
            continue; /* it stands in the canonical request by itself */
        if (!is_signed_header(claim->signed_headers, name))
            return name;
    }
    return (str){0};
}

int sigv4_verify(struct arena *arena, const struct sigv4_request *req,
        const struct sigv4_claim *claim, const unsigned char key[32], struct error *err)
{
    char signature[SIGV4_SIGNATURE_LEN];

    sign(sigv4_canonical(arena, req, claim), claim->timestamp, claim->scope, key, signature);
    if (str_eq_secret((str){signature, sizeof(signature)}, claim->signature))
        return 0;
    return error_set(err, EACCES,
            "The request signature we calculated does not match the signature you provided. "
            "Check your AWS Secret Access Key and signing method. "
            "Consult the service documentation for details.");
}

static str header_names(struct arena *arena, const struct sigv4_request *req)
{
    struct pair *names = arena_array(arena, req->headers_len, struct pair);
    struct buf out = buf_make(arena, SIGV4_MAX_CANONICAL);

    for (size_t i = 0; i < req->headers_len; i++)
        names[i].name = str_lower(arena, req->headers[i].name);
    qsort(names, req->headers_len, sizeof(*names), compare_pairs);
    for (size_t i = 0; i < req->headers_len; i++) {
        if (i > 0 && str_eq(names[i].name, names[i - 1].name))
            continue;
        if (i > 0)
            buf_char(&out, ';');
        buf_add(&out, names[i].name);
    }
    return buf_str(&out);
}

str sigv4_sign(struct arena *arena, const struct sigv4_request *req,
        const struct sigv4_credentials *credentials, str region, str service, str timestamp)
{
    str date = str_head(timestamp, 8);
    struct sigv4_claim claim = {
            .where = SIGV4_HEADER,
            .signed_headers = header_names(arena, req),
            .scope = str_printf(arena, "%.*s/%.*s/%.*s/aws4_request", STR_ARG(date),
                    STR_ARG(region), STR_ARG(service)),
    };
    char signature[SIGV4_SIGNATURE_LEN];
    unsigned char key[SHA256_LEN];

    sigv4_key(credentials->secret, date, region, service, key);
    sign(sigv4_canonical(arena, req, &claim), timestamp, claim.scope, key, signature);
    mem_wipe(key, sizeof(key));
    return str_printf(arena,
            "AWS4-HMAC-SHA256 Credential=%.*s/%.*s, SignedHeaders=%.*s, Signature=%.*s",
            STR_ARG(credentials->access_key), STR_ARG(claim.scope), STR_ARG(claim.signed_headers),
            (int)sizeof(signature), signature);
}

int sigv4_verify_git(str password, str host, str path, str region, const unsigned char key[32],
        int64_t *ret_time, struct error *err)
{
    enum {
        TIMESTAMP = sizeof("yyyymmddThhmmssZ") - 1
    };
    AUTO_ARENA struct arena scratch = {0};
    char signature[SIGV4_SIGNATURE_LEN];
    str canonical, scope, name;
    int64_t time;

    if (password.len != TIMESTAMP + SIGV4_SIGNATURE_LEN ||
            time_parse_basic(str_head(password, TIMESTAMP), &time) < 0 ||
            !sigv4_is_signature(str_skip(password, TIMESTAMP)))
        return error_set(err, EINVAL, "the password is not one of the credential helper");

    /* As the helper: the host without its port, and the time without its "Z". */
    if (!str_cut(&host, ':', &name))
        name = host;
    canonical =
            str_printf(&scratch, "GIT\n%.*s\n\nhost:%.*s\n\nhost\n", STR_ARG(path), STR_ARG(name));
    scope = str_printf(&scratch, "%.*s/%.*s/codecommit/aws4_request",
            STR_ARG(str_head(password, 8)), STR_ARG(region));
    sign(canonical, str_head(password, TIMESTAMP - 1), scope, key, signature);
    if (!str_eq_secret((str){signature, sizeof(signature)}, str_skip(password, TIMESTAMP)))
        return error_set(err, EACCES, "the signature in the password does not match");
    *ret_time = time;
    return 0;
}
