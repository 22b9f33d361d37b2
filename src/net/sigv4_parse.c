#include "base/clock.h"
#include "base/codec.h"
#include "net/sigv4_private.h"

static str find_header(const struct sigv4_request *req, str name)
{
    for (size_t i = 0; i < req->headers_len; i++)
        if (str_eq_nocase(req->headers[i].name, name))
            return req->headers[i].value;
    return (str){0};
}

/* A parameter of the signature stands once, under its own name: one that is written with escapes
 * would be signed as that name, and not be found here. */
static bool has_one_of_each(struct arena *arena, str query)
{
    static const str names[] = {STR_INIT("X-Amz-Algorithm"), STR_INIT("X-Amz-Credential"),
            STR_INIT("X-Amz-Date"), STR_INIT("X-Amz-Expires"), STR_INIT("X-Amz-SignedHeaders"),
            STR_INIT("X-Amz-Signature"), STR_INIT("X-Amz-Security-Token")};
    unsigned seen = 0;
    str part, name;

    while (str_next(&query, '&', &part)) {
        if (!str_cut(&part, '=', &name))
            name = part;
        str decoded = percent_decode_leniently(arena, name, PERCENT_PLUS);
        for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++) {
            if (!str_eq(decoded, names[i]))
                continue;
            if (seen & 1u << i || !str_eq(name, decoded))
                return false;
            seen |= 1u << i;
        }
    }
    return true;
}

/* The decoded value of a query parameter; absent if it is not there or not well written. */
static str find_parameter(struct arena *arena, str query, str name)
{
    str part, key, value = {0};

    while (str_next(&query, '&', &part))
        if (str_cut(&part, '=', &key) && str_eq(key, name))
            return percent_decode(arena, part, PERCENT_PLUS, &value) == 0 ? value : (str){0};
    return (str){0};
}

static bool is_canonical_name(str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] <= ' ' || name.ptr[i] > '~' || (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z'))
            return false;
    return name.len > 0;
}

static int parse_signed_headers(struct sigv4_claim *claim, bool is_s3, struct error *err)
{
    str rest = claim->signed_headers, name, before = {0};
    bool has_host = false;
    size_t count = 0;

    while (str_next(&rest, ';', &name)) {
        if (++count > SIGV4_MAX_SIGNED_HEADERS)
            return error_set(err, EINVAL, "too many SignedHeaders");
        if (!is_canonical_name(name) || str_cmp(before, name) >= 0)
            return error_set(err, EINVAL,
                    "%sSignedHeaders must be names in lower case and in alphabetical order, each "
                    "of them once.",
                    is_s3 ? "The authorization header is malformed; " : "");
        before = name;
        has_host = has_host || str_eq(name, STR("host"));
    }
    if (has_host)
        return 0;
    return error_set(err, EINVAL, "%s",
            is_s3 ? "The authorization header is malformed; the Host header must be signed."
                  : "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
}

static int credential_error(bool is_s3, enum sigv4_where where, str text, struct error *err)
{
    if (!is_s3)
        return error_set(err, EINVAL,
                "Credential must have exactly 5 slash-delimited elements, "
                "e.g. keyid/date/region/service/term, got '%.*s'",
                STR_ARG(text));
    return error_set(err, EINVAL,
            "%s; the Credential is mal-formed; expecting "
            "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
            where == SIGV4_HEADER ? "The authorization header is malformed"
                                  : "Error parsing the X-Amz-Credential parameter");
}

/* keyid/date/region/service/aws4_request */
static int parse_credential(
        str text, const struct sigv4_request *req, struct sigv4_claim *claim, struct error *err)
{
    str rest = text;

    if (!str_cut(&rest, '/', &claim->access_key))
        return credential_error(req->is_s3, claim->where, text, err);
    claim->scope = rest;
    if (!str_cut(&rest, '/', &claim->date) || !str_cut(&rest, '/', &claim->region) ||
            !str_cut(&rest, '/', &claim->service) || str_find_char(rest, '/') >= 0 ||
            claim->access_key.len == 0 || claim->date.len != 8)
        return credential_error(req->is_s3, claim->where, text, err);
    if (str_eq(rest, STR("aws4_request")))
        return 0;
    return error_set(err, EINVAL,
            "Credential should be scoped with a valid terminator: 'aws4_request', not '%.*s'.",
            STR_ARG(rest));
}

/* The date of the scope must be the day of the time. */
static int check_date(const struct sigv4_claim *claim, struct error *err)
{
    if (str_eq(claim->date, str_head(claim->timestamp, 8)))
        return 0;
    return error_set(err, EINVAL,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
            "HTTP: '%.*s' != '%.*s', from '%.*s'.",
            STR_ARG(claim->date), STR_ARG(str_head(claim->timestamp, 8)),
            STR_ARG(claim->timestamp));
}

int sigv4_parse_payload(const struct sigv4_request *req, bool is_required, struct sigv4_claim *ret,
        struct error *err)
{
    static const struct {
        str text;
        enum sigv4_payload payload;
    } kinds[] = {
            {STR_INIT("UNSIGNED-PAYLOAD"), SIGV4_PAYLOAD_UNSIGNED},
            {STR_INIT("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), SIGV4_PAYLOAD_CHUNKED},
            {STR_INIT("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"), SIGV4_PAYLOAD_CHUNKED_TRAILER},
            {STR_INIT("STREAMING-UNSIGNED-PAYLOAD-TRAILER"), SIGV4_PAYLOAD_UNSIGNED_TRAILER},
    };
    str text = find_header(req, STR("x-amz-content-sha256"));

    ret->payload = text.ptr || !req->is_s3 ? SIGV4_PAYLOAD_HASH : SIGV4_PAYLOAD_UNSIGNED;
    ret->payload_hash = text;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && req->is_s3; i++)
        if (str_eq(text, kinds[i].text)) {
            ret->payload = kinds[i].payload;
            return 0;
        }
    if (!req->is_s3 || sigv4_is_signature(text) || (!text.ptr && !is_required))
        return 0;
    if (!text.ptr)
        return error_set(
                err, EBADMSG, "Missing required header for this request: x-amz-content-sha256");
    return error_set(err, EBADMSG,
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER "
            "or a valid sha256 value.");
}

/* X-Amz-Date, or else Date, which may have HTTP's form too. */
static int parse_header_time(struct arena *arena, const struct sigv4_request *req,
        struct sigv4_claim *claim, struct error *err)
{
    str text = find_header(req, STR("x-amz-date"));

    if (!text.ptr)
        text = find_header(req, STR("date"));
    claim->timestamp = text;
    if (time_parse_basic(text, &claim->time) == 0)
        return 0;
    if (time_parse_http(text, &claim->time) == 0) {
        claim->timestamp = time_basic(arena, claim->time);
        return 0;
    }
    return error_set(err, EINVAL,
            "Date must be in ISO-8601 'basic format'. Got '%.*s'. "
            "See http://en.wikipedia.org/wiki/ISO_8601",
            STR_ARG(text));
}

struct fields {
    str credential, signed_headers, signature;
};

static int split_fields(str text, str whole, struct fields *ret, struct error *err)
{
    struct fields fields = {0};
    str field, name;

    while (str_next(&text, ',', &field)) {
        field = str_trim(field);
        if (field.len == 0)
            continue;
        if (!str_cut(&field, '=', &name))
            return error_set(err, EINVAL,
                    "'%.*s' not a valid key=value pair (missing equal-sign) in Authorization "
                    "header: '%.*s'.",
                    STR_ARG(field), STR_ARG(whole));
        str *slot = str_eq(name, STR("Credential"))      ? &fields.credential
                    : str_eq(name, STR("SignedHeaders")) ? &fields.signed_headers
                    : str_eq(name, STR("Signature"))     ? &fields.signature
                                                         : NULL;
        if (slot && slot->ptr)
            return error_set(err, EINVAL, "'%.*s' stands twice in Authorization header: '%.*s'.",
                    STR_ARG(name), STR_ARG(whole));
        if (slot)
            *slot = field;
    }
    *ret = fields;
    return 0;
}

static int check_fields(
        const struct sigv4_request *req, const struct fields *fields, str whole, struct error *err)
{
    bool has_date = find_header(req, STR("x-amz-date")).ptr || find_header(req, STR("date")).ptr;

    if (fields->credential.ptr && fields->signature.ptr && fields->signed_headers.ptr && has_date)
        return 0;
    if (req->is_s3 && has_date)
        return error_set(err, EINVAL,
                "The authorization header is malformed; the authorization header requires three "
                "components: Credential, SignedHeaders, and Signature.");
    if (req->is_s3)
        return error_set(
                err, EINVAL, "AWS authentication requires a valid Date or x-amz-date header");
    return error_set(err, EINVAL, "%s%s%s%sAuthorization=%.*s",
            fields->credential.ptr ? "" : "Authorization header requires 'Credential' parameter. ",
            fields->signature.ptr ? "" : "Authorization header requires 'Signature' parameter. ",
            fields->signed_headers.ptr
                    ? ""
                    : "Authorization header requires 'SignedHeaders' parameter. ",
            has_date ? ""
                     : "Authorization header requires existence of either a 'X-Amz-Date' or a "
                       "'Date' header. ",
            STR_ARG(whole));
}

static int check_signature_form(const struct sigv4_claim *claim, struct error *err)
{
    if (sigv4_is_signature(claim->signature))
        return 0;
    return error_set(err, EINVAL, "Signature must be 64 hexadecimal digits.");
}

static int parse_header(struct arena *arena, const struct sigv4_request *req, str text,
        struct sigv4_claim *claim, struct error *err)
{
    struct fields fields;
    int r = split_fields(text, find_header(req, STR("authorization")), &fields, err);

    if (r == 0)
        r = check_fields(req, &fields, find_header(req, STR("authorization")), err);
    if (r == 0)
        r = parse_credential(fields.credential, req, claim, err);
    if (r == 0)
        r = parse_header_time(arena, req, claim, err);
    if (r == 0)
        r = check_date(claim, err);
    if (r < 0)
        return r;
    claim->signed_headers = fields.signed_headers;
    claim->signature = fields.signature;
    claim->token = find_header(req, STR("x-amz-security-token"));
    return check_signature_form(claim, err);
}

static int parse_expires(str text, bool is_s3, int64_t *ret, struct error *err)
{
    if (!text.ptr && !is_s3) {
        *ret = 900; /* what services but S3 give a URL without it */
        return 0;
    }
    if (str_to_i64(text, ret) < 0)
        return error_set(err, EINVAL, "X-Amz-Expires should be a number");
    if (*ret < 0)
        return error_set(err, EINVAL, "X-Amz-Expires must be non-negative");
    if (*ret > SIGV4_MAX_EXPIRES)
        return error_set(err, EINVAL,
                "X-Amz-Expires must be less than a week (in seconds); that is, the given "
                "X-Amz-Expires must be less than %d seconds",
                SIGV4_MAX_EXPIRES);
    return 0;
}

static int parse_query(struct arena *arena, const struct sigv4_request *req,
        struct sigv4_claim *claim, struct error *err)
{
    str algorithm = find_parameter(arena, req->query, STR("X-Amz-Algorithm"));
    str credential = find_parameter(arena, req->query, STR("X-Amz-Credential"));
    str expires = find_parameter(arena, req->query, STR("X-Amz-Expires"));
    int r;

    if (!has_one_of_each(arena, req->query))
        return error_set(err, EINVAL, "X-Amz- query parameters of a signature must be given once");
    claim->timestamp = find_parameter(arena, req->query, STR("X-Amz-Date"));
    claim->signed_headers = find_parameter(arena, req->query, STR("X-Amz-SignedHeaders"));
    claim->signature = find_parameter(arena, req->query, STR("X-Amz-Signature"));
    claim->token = find_parameter(arena, req->query, STR("X-Amz-Security-Token"));
    if (!algorithm.ptr || !credential.ptr || !claim->signature.ptr || !claim->timestamp.ptr ||
            !claim->signed_headers.ptr || (!expires.ptr && req->is_s3))
        return error_set(err, EINVAL,
                "Query-string authentication version 4 requires the X-Amz-Algorithm, "
                "X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and "
                "X-Amz-Expires parameters.");
    if (!str_eq(algorithm, SIGV4_ALGORITHM))
        return error_set(err, EINVAL, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
    if (time_parse_basic(claim->timestamp, &claim->time) < 0)
        return error_set(err, EINVAL,
                "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    r = parse_expires(expires, req->is_s3, &claim->expires, err);
    if (r == 0)
        r = parse_credential(credential, req, claim, err);
    if (r == 0)
        r = check_date(claim, err);
    return r < 0 ? r : check_signature_form(claim, err);
}

/* Where the signature is; -ENOENT nowhere. *ret is what follows the algorithm's name. */
static int find_signature(struct arena *arena, const struct sigv4_request *req, str *ret,
        enum sigv4_where *ret_where, struct error *err)
{
    str header = find_header(req, STR("authorization"));
    bool in_query = find_parameter(arena, req->query, STR("X-Amz-Algorithm")).ptr ||
                    find_parameter(arena, req->query, STR("X-Amz-Signature")).ptr;

    if (in_query && header.ptr && str_starts(header, STR("AWS")))
        return error_set(err, EINVAL,
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
                "Signature query string parameter or the Authorization header should be "
                "specified");
    if (in_query) {
        *ret_where = SIGV4_QUERY;
        return 0;
    }
    if (!str_starts(header, STR("AWS")))
        return error_set(err, ENOENT, "the request is not signed");
    if (!str_take_prefix(&header, SIGV4_ALGORITHM) || (header.len > 0 && header.ptr[0] != ' '))
        return error_set(err, EINVAL,
                "The authorization mechanism you have provided is not supported. "
                "Please use AWS4-HMAC-SHA256.");
    *ret_where = SIGV4_HEADER;
    *ret = header;
    return 0;
}

int sigv4_parse(struct arena *arena, const struct sigv4_request *req, struct sigv4_claim *ret,
        struct error *err)
{
    struct sigv4_claim claim = {0};
    size_t parameters = 0;
    str rest = {0};
    int r;

    for (size_t i = 0; i < req->query.len; i++)
        parameters += req->query.ptr[i] == '&';
    if (parameters >= SIGV4_MAX_PARAMETERS)
        return error_set(
                err, EINVAL, "the query has more than %d parameters", SIGV4_MAX_PARAMETERS);
    r = find_signature(arena, req, &rest, &claim.where, err);
    if (r < 0)
        return r;
    r = claim.where == SIGV4_HEADER ? parse_header(arena, req, rest, &claim, err)
                                    : parse_query(arena, req, &claim, err);
    if (r == 0)
        r = parse_signed_headers(&claim, req->is_s3, err);
    if (r == 0)
        r = sigv4_parse_payload(req, claim.where == SIGV4_HEADER, &claim, err);
    if (r < 0)
        return r;
    *ret = claim;
    return 0;
}
