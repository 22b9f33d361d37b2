#include "net/aws.h"

#include "base/clock.h"
#include "base/random.h"
#include "net/aws_private.h"

enum {
    AWS_TRIES = 4,
    AWS_BACKOFF_MS = 100, /* of the first retry, at most; doubles */
    AWS_MAX_BACKOFF_MS = 5000,
    AWS_MAX_ERROR = 1 << 20,
    AWS_SKEW_MS = 240000, /* clocks this far apart are worth a correction */
};

static str keep(str s)
{
    char *copy = mem_alloc(s.len + 1, 1);

    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return s.ptr ? (str){copy, s.len} : (free(copy), (str){0});
}

static void drop_credentials(struct aws_private *p)
{
    if (p->credentials.secret.ptr)
        mem_wipe((char *)p->credentials.secret.ptr, p->credentials.secret.len);
    free((char *)p->credentials.access_key.ptr);
    free((char *)p->credentials.secret.ptr);
    free((char *)p->credentials.token.ptr);
}

void aws_set_credentials(struct aws *aws, const struct sigv4_credentials *credentials)
{
    struct sigv4_credentials copy = {
            keep(credentials->access_key), keep(credentials->secret), keep(credentials->token)};

    drop_credentials(aws->private_);
    aws->private_->credentials = copy;
}

int aws_open(const struct aws_options *options, struct aws **ret, struct error *err)
{
    struct aws_private *p;
    struct aws *aws;
    str endpoint = options->endpoint, host = endpoint;
    ptrdiff_t slash;

    if (!str_take_prefix(&host, STR("https://")) && !str_take_prefix(&host, STR("http://")))
        return error_set(err, EINVAL, "the endpoint \"%.*s\" is not an http or https URL",
                STR_ARG(endpoint));
    slash = str_find_char(host, '/');
    if (host.len == 0 || (slash >= 0 && (size_t)slash + 1 != host.len))
        return error_set(err, EINVAL, "the endpoint \"%.*s\" is not of the form https://host:port",
                STR_ARG(endpoint));
    if (slash >= 0)
        host.len--, endpoint.len--;

    aws = mem_new(struct aws);
    p = aws->private_ = mem_new(struct aws_private);
    p->endpoint = str_dup(&p->arena, endpoint);
    p->host = str_dup(&p->arena, host);
    p->region = str_dup(&p->arena, options->region);
    p->tries = options->tries > 0 ? options->tries : AWS_TRIES;
    aws_set_credentials(aws, &options->credentials);
    int r = http_open(
            &(struct http_options){.ca_file = options->ca_file, .timeout_ms = options->timeout_ms},
            &p->http, err);
    if (r < 0) {
        aws_close(aws);
        return r;
    }
    *ret = aws;
    return 0;
}

void aws_close(struct aws *aws)
{
    if (!aws)
        return;
    http_close(aws->private_->http);
    drop_credentials(aws->private_);
    arena_free(&aws->private_->arena);
    free(aws->private_);
    free(aws);
}

/* ---- Errors ----------------------------------------------------------------------------- */

/* What is between the first <name> and </name>. */
static str xml_text(str xml, const char *name)
{
    char open[40], close[40];
    ptrdiff_t from, to;

    snprintf(open, sizeof(open), "<%s>", name);
    snprintf(close, sizeof(close), "</%s>", name);
    from = str_find(xml, str_of(open));
    if (from < 0)
        return (str){0};
    xml = str_skip(xml, (size_t)from + strlen(open));
    to = str_find(xml, str_of(close));
    return to < 0 ? (str){0} : str_head(xml, (size_t)to);
}

/* "com.amazonaws.x#Code:http://…" is "Code". */
static str bare_code(str code)
{
    str head;
    ptrdiff_t hash = str_find_char(code, '#');

    if (hash >= 0)
        code = str_skip(code, (size_t)hash + 1);
    return str_cut(&code, ':', &head) ? head : code;
}

static int service_error(struct aws *aws, struct arena *arena, const struct http_response *response,
        struct error *err)
{
    AUTO_JSON json_t *json = NULL;
    str code = http_response_header(response, STR("x-amzn-errortype")), message;

    if (json_parse(response->body, &json, NULL) == 0) {
        if (!code.ptr)
            code = json_member_str(json, "__type");
        message = json_member_str(json, "message");
        if (!message.ptr)
            message = json_member_str(json, "Message");
    } else {
        code = code.ptr ? code : xml_text(response->body, "Code");
        message = xml_text(response->body, "Message");
    }
    code = bare_code(code);
    if (!code.len)
        code = str_printf(arena, "HTTP%d", response->status);
    snprintf(aws->code, sizeof(aws->code), "%.*s", STR_ARG(code));
    aws->status = response->status;
    return error_set(err, EREMOTEIO, "%s: %.*s", aws->code, STR_ARG(message));
}

static bool is_throttling(str code)
{
    static const str codes[] = {
            STR_INIT("Throttling"),
            STR_INIT("ThrottlingException"),
            STR_INIT("ThrottledException"),
            STR_INIT("RequestLimitExceeded"),
            STR_INIT("TooManyRequestsException"),
            STR_INIT("RequestThrottled"),
            STR_INIT("SlowDown"),
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (str_eq(code, codes[i]))
            return true;
    return false;
}

/* True: the server's clock is far from the one we sign with, and from now on we sign with it. */
static bool adopt_clock(struct aws *aws, const struct http_response *response)
{
    struct aws_private *p = aws->private_;
    int64_t theirs, skew, change;

    if (response->status < 400 || response->status >= 500 ||
            time_parse_http(http_response_header(response, STR("date")), &theirs) < 0)
        return false;
    skew = theirs - clock_now();
    change = skew - p->skew_ms;
    if (change < AWS_SKEW_MS && change > -AWS_SKEW_MS)
        return false;
    p->skew_ms = skew;
    return true;
}

/* ---- Requests --------------------------------------------------------------------------- */

static struct sigv4_header *add(struct sigv4_header *at, const char *name, str value)
{
    *at = (struct sigv4_header){str_of(name), value};
    return at + 1;
}

static int send_once(struct aws *aws, struct arena *arena, const struct aws_request *req,
        struct http_response *ret, struct error *err)
{
    struct aws_private *p = aws->private_;
    struct sigv4_header headers[10], *end = headers;
    str timestamp = time_basic(arena, clock_now() + p->skew_ms);
    struct sigv4_request signed_req = {
            .method = req->method,
            .path = req->path,
            .query = req->query,
            .headers = headers,
            .payload_hash = req->payload_hash,
            .is_s3 = str_eq(req->service, STR("s3")),
    };
    struct http_request http_req = {
            .method = req->method,
            .url = str_printf(arena, "%.*s%.*s%s%.*s", STR_ARG(p->endpoint), STR_ARG(req->path),
                    req->query.ptr ? "?" : "", STR_ARG(req->query)),
            .headers = headers,
            .body = req->body,
            .read = req->read,
            .body_len = req->body_len,
            .write = req->write,
            .arg = req->arg,
    };

    end = add(end, "Host", p->host);
    end = add(end, "X-Amz-Date", timestamp);
    if (req->content_type.ptr)
        end = add(end, "Content-Type", req->content_type);
    if (req->target.ptr)
        end = add(end, "X-Amz-Target", req->target);
    if (signed_req.is_s3)
        end = add(end, "X-Amz-Content-Sha256", req->payload_hash);
    if (req->kms_key.ptr) {
        end = add(end, "X-Amz-Server-Side-Encryption", STR("aws:kms"));
        end = add(end, "X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", req->kms_key);
    }
    if (p->credentials.token.ptr)
        end = add(end, "X-Amz-Security-Token", p->credentials.token);
    signed_req.headers_len = (size_t)(end - headers);
    end = add(end, "Authorization",
            sigv4_sign(arena, &signed_req, &p->credentials, p->region, req->service, timestamp));
    http_req.headers_len = (size_t)(end - headers);
    return http_send(p->http, arena, &http_req, ret, err);
}

/* Full jitter: many clients that failed together do not come back together. */
static void back_off(int attempt)
{
    int64_t most = (int64_t)AWS_BACKOFF_MS << (attempt < 10 ? attempt : 10);

    if (most > AWS_MAX_BACKOFF_MS)
        most = AWS_MAX_BACKOFF_MS;
    clock_sleep((int64_t)random_below((uint64_t)most) + 1);
}

int aws_send(struct aws *aws, struct arena *arena, const struct aws_request *req,
        struct http_response *ret, struct error *err)
{
    for (int attempt = 0;; attempt++) {
        bool is_last = attempt + 1 >= aws->private_->tries;
        int r = attempt > 0 && req->rewind ? req->rewind(req->arg, err) : 0;

        if (r < 0)
            return r;
        r = send_once(aws, arena, req, ret, err);
        if (r == 0 && ret->status < 300)
            return 0;
        if (r < 0 && ((r != -ECONNREFUSED && r != -EIO) || is_last))
            return r;
        if (r == 0) {
            bool is_skewed = adopt_clock(aws, ret);

            r = service_error(aws, arena, ret, err);
            if (is_last || (ret->status < 500 && !is_skewed && !is_throttling(str_of(aws->code))))
                return r;
        }
        back_off(attempt);
    }
}

int aws_call(struct aws *aws, struct arena *arena, str service, str target, str body, json_t **ret,
        struct error *err)
{
    struct http_response response;
    struct aws_request req = {
            .service = service,
            .method = STR("POST"),
            .path = STR("/"),
            .target = target,
            .content_type = STR("application/x-amz-json-1.1"),
            .body = body.ptr ? body : STR("{}"),
    };
    int r;

    req.payload_hash = sha256_hex(arena, req.body);
    r = aws_send(aws, arena, &req, &response, err);
    if (r < 0)
        return r;
    r = json_parse(response.body.len ? response.body : STR("{}"), ret, err);
    return r < 0 ? error_prefix(err, r, "the answer to %.*s", STR_ARG(target)) : 0;
}
