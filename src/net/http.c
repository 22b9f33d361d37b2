#include "net/http.h"

#define CURL_DISABLE_TYPECHECK /* its macros name functions that are not linked */
#include <curl/curl.h>

#include "base/buf.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/library.h"

enum {
    HTTP_CONNECT_MS = 10000,
    HTTP_TIMEOUT_MS = 90000,
    HTTP_STALL_SECONDS = 60,
    HTTP_MAX_RESPONSE = 16 << 20,
    HTTP_MAX_HEADERS = 200,
    HTTP_MAX_HEADER_BYTES = 65536,
    HTTP_MAX_CERTIFICATES = 20,
    HTTP_MAX_CERTIFICATE = 65536,
};

struct http {
    struct arena arena;
    struct http_options options;
    const char *ca_file;
    CURL *easy; /* NULL before the first request */
};

/* ---- libcurl, loaded at the first request --------------------------------------------- */

static struct {
    CURLcode (*global_init)(long flags);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *easy);
    void (*easy_reset)(CURL *easy);
    CURLcode (*easy_setopt)(CURL *easy, CURLoption option, ...);
    CURLcode (*easy_perform)(CURL *easy);
    CURLcode (*easy_getinfo)(CURL *easy, CURLINFO info, ...);
    const char *(*easy_strerror)(CURLcode code);
    struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
    void (*slist_free_all)(struct curl_slist *list);
} curl;

static int init_curl(struct error *err)
{
    if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return error_set(err, EIO, "libcurl could not be initialized");
    return 0;
}

static int load_curl(struct error *err)
{
    static const struct library_symbol symbols[] = {
            {"curl_global_init", &curl.global_init},
            {"curl_easy_init", &curl.easy_init},
            {"curl_easy_cleanup", &curl.easy_cleanup},
            {"curl_easy_reset", &curl.easy_reset},
            {"curl_easy_setopt", &curl.easy_setopt},
            {"curl_easy_perform", &curl.easy_perform},
            {"curl_easy_getinfo", &curl.easy_getinfo},
            {"curl_easy_strerror", &curl.easy_strerror},
            {"curl_slist_append", &curl.slist_append},
            {"curl_slist_free_all", &curl.slist_free_all},
    };
    static struct library library = {"libcurl.so.4", "libcurl4", symbols,
            sizeof(symbols) / sizeof(*symbols), init_curl, LIBRARY_LOCK, false};

    return library_load(&library, err);
}

int http_open(const struct http_options *options, struct http **ret, struct error *err)
{
    struct http *http = mem_new(struct http);

    (void)err; /* nothing fails before the first request */
    http->options = *options;
    if (options->ca_file.ptr)
        http->ca_file = str_cstr(&http->arena, options->ca_file);
    http->options.ca_file = (str){0};
    http->options.ca_pem = str_dup(&http->arena, options->ca_pem);
    *ret = http;
    return 0;
}

void http_close(struct http *http)
{
    if (!http)
        return;
    if (http->easy)
        curl.easy_cleanup(http->easy);
    arena_free(&http->arena);
    free(http);
}

/* ---- One request ----------------------------------------------------------------------- */

struct transfer {
    struct http *http;
    const struct http_request *req;
    struct arena *arena;
    struct buf body;
    struct sigv4_header *headers;
    size_t headers_len, header_bytes;
    int code; /* what a callback failed with, or 0 */
    const char *why;
};

static size_t fail(struct transfer *transfer, int code, const char *why)
{
    transfer->code = code;
    transfer->why = why;
    return 0;
}

static size_t on_header(char *ptr, size_t size, size_t count, void *arg)
{
    struct transfer *transfer = arg;
    str line = {ptr, size * count}, name;

    if (str_starts(line, STR("HTTP/"))) { /* another answer: after "100 Continue" */
        transfer->headers_len = 0;
        return line.len;
    }
    transfer->header_bytes += line.len;
    if (transfer->headers_len >= HTTP_MAX_HEADERS || transfer->header_bytes > HTTP_MAX_HEADER_BYTES)
        return fail(transfer, -E2BIG, "the answer has too many headers");
    if (str_cut(&line, ':', &name))
        transfer->headers[transfer->headers_len++] = (struct sigv4_header){
                str_dup(transfer->arena, name), str_dup(transfer->arena, str_trim(line))};
    return size * count;
}

static bool is_success(struct http *http)
{
    long status = 0;

    (void)curl.easy_getinfo(http->easy, CURLINFO_RESPONSE_CODE, &status);
    return status >= 200 && status < 300;
}

static size_t on_body(char *ptr, size_t size, size_t count, void *arg)
{
    struct transfer *transfer = arg;
    str bytes = {ptr, size * count};

    if (transfer->req->write && is_success(transfer->http)) {
        int r = transfer->req->write(transfer->req->arg, bytes);
        if (r < 0)
            return fail(transfer, r, "the answer could not be stored");
        return bytes.len;
    }
    buf_add(&transfer->body, bytes);
    if (buf_is_full(&transfer->body))
        return fail(transfer, -E2BIG, "the answer is too large");
    return bytes.len;
}

static size_t on_read(char *ptr, size_t size, size_t count, void *arg)
{
    struct transfer *transfer = arg;
    ssize_t n = transfer->req->read(transfer->req->arg, ptr, size * count);

    if (n >= 0)
        return (size_t)n;
    (void)fail(transfer, (int)n, "the body could not be read");
    return CURL_READFUNC_ABORT;
}

static bool has_header(const struct http_request *req, str name)
{
    for (size_t i = 0; i < req->headers_len; i++)
        if (str_eq_nocase(req->headers[i].name, name))
            return true;
    return false;
}

static struct curl_slist *add_line(struct curl_slist *list, const char *line)
{
    struct curl_slist *longer = curl.slist_append(list, line);

    return longer ? longer : list;
}

static struct curl_slist *list_headers(struct arena *arena, const struct http_request *req)
{
    struct curl_slist *list = NULL;

    for (size_t i = 0; i < req->headers_len; i++) {
        const struct sigv4_header *h = &req->headers[i];
        str line = h->value.len
                           ? str_printf(arena, "%.*s: %.*s", STR_ARG(h->name), STR_ARG(h->value))
                           : str_printf(arena, "%.*s;",
                                     STR_ARG(h->name)); /* curl's way to say empty */

        list = add_line(list, str_cstr(arena, line));
    }
    if (!has_header(req, STR("content-type")))
        list = add_line(list, "Content-Type:"); /* none instead of curl's guess */
    if (!req->read)
        list = add_line(list, "Expect:");
    return list;
}

static void set_body(CURL *easy, struct transfer *transfer)
{
    const struct http_request *req = transfer->req;

    if (req->read) {
        (void)curl.easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        (void)curl.easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
        (void)curl.easy_setopt(easy, CURLOPT_READDATA, transfer);
        (void)curl.easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)req->body_len);
    } else if (req->body.ptr) {
        (void)curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)req->body.len);
        (void)curl.easy_setopt(easy, CURLOPT_POSTFIELDS, req->body.ptr);
    }
}

static bool is_loopback(str url)
{
    static const str hosts[] = {STR_INIT("localhost"), STR_INIT("127.0.0.1"), STR_INIT("[::1]")};
    ptrdiff_t at = str_find(url, STR("://"));

    for (size_t i = 0; at >= 0 && i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        str rest = str_skip(url, (size_t)at + 3);
        if (str_take_prefix(&rest, hosts[i]) && (rest.len == 0 || strchr(":/?", rest.ptr[0])))
            return true;
    }
    return false;
}

static void trust_only(CURL *easy, str pem)
{
    struct curl_blob blob = {(char *)pem.ptr, pem.len, CURL_BLOB_COPY};

    if (!pem.ptr)
        return;
    (void)curl.easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
    (void)curl.easy_setopt(easy, CURLOPT_CAPATH, NULL);
}

static void set_options(struct transfer *transfer, struct curl_slist *headers)
{
    const struct http_request *req = transfer->req;
    const struct http_options *o = &transfer->http->options;
    CURL *easy = transfer->http->easy;
    str method = req->method.ptr ? req->method : STR("GET");
    int64_t connect_ms = o->connect_timeout_ms ? o->connect_timeout_ms : HTTP_CONNECT_MS;

    /* None of these fails but for want of memory, which the transfer then reports. */
    (void)curl.easy_setopt(easy, CURLOPT_URL, str_cstr(transfer->arena, req->url));
    (void)curl.easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L); /* as it was signed */
    (void)curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, o->https_only ? "https" : "http,https");
    (void)curl.easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    (void)curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)connect_ms);
    if (o->timeout_ms >= 0) {
        (void)curl.easy_setopt(
                easy, CURLOPT_TIMEOUT_MS, (long)(o->timeout_ms ? o->timeout_ms : HTTP_TIMEOUT_MS));
    } else {
        (void)curl.easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
        (void)curl.easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)HTTP_STALL_SECONDS);
    }
    if (transfer->http->ca_file)
        (void)curl.easy_setopt(easy, CURLOPT_CAINFO, transfer->http->ca_file);
    trust_only(easy, o->ca_pem);
    if (is_loopback(req->url))
        (void)curl.easy_setopt(easy, CURLOPT_PROXY, ""); /* a proxy would look on its own host */
    (void)curl.easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    set_body(easy, transfer);
    if (str_eq(method, STR("HEAD")))
        (void)curl.easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else
        (void)curl.easy_setopt(easy, CURLOPT_CUSTOMREQUEST, str_cstr(transfer->arena, method));
    (void)curl.easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    (void)curl.easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    (void)curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    (void)curl.easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
}

static int translate(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_CONNECT:
        return ECONNREFUSED;
    case CURLE_OPERATION_TIMEDOUT:
        return ETIMEDOUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
        return EPROTO;
    default:
        return EIO;
    }
}

/* A handle that remembers nothing but its connection. */
static int open_easy(struct http *http, struct error *err)
{
    int r = load_curl(err);

    if (r < 0)
        return r;
    if (!http->easy)
        http->easy = curl.easy_init();
    if (!http->easy)
        return error_set(err, ENOMEM, "out of memory");
    curl.easy_reset(http->easy);
    return 0;
}

int http_send(struct http *http, struct arena *arena, const struct http_request *req,
        struct http_response *ret, struct error *err)
{
    struct transfer transfer = {
            .http = http,
            .req = req,
            .arena = arena,
            .body = buf_make(arena, req->max_response ? req->max_response : HTTP_MAX_RESPONSE),
    };
    char text[CURL_ERROR_SIZE] = "";
    struct curl_slist *headers;
    CURLcode code;
    long status = 0;
    int r = open_easy(http, err);

    if (r < 0)
        return r;
    transfer.headers = arena_array(arena, HTTP_MAX_HEADERS, struct sigv4_header);
    headers = list_headers(arena, req);
    set_options(&transfer, headers);
    (void)curl.easy_setopt(http->easy, CURLOPT_ERRORBUFFER, text);
    code = curl.easy_perform(http->easy);
    (void)curl.easy_setopt(http->easy, CURLOPT_ERRORBUFFER, NULL);
    curl.slist_free_all(headers);
    if (transfer.code < 0)
        return error_set(err, -transfer.code, "%s", transfer.why);
    if (code != CURLE_OK)
        return error_set(err, translate(code), "%s", text[0] ? text : curl.easy_strerror(code));
    (void)curl.easy_getinfo(http->easy, CURLINFO_RESPONSE_CODE, &status);
    *ret = (struct http_response){
            .status = (int)status,
            .headers = transfer.headers,
            .headers_len = transfer.headers_len,
            .body = buf_str(&transfer.body),
    };
    return 0;
}

str http_response_header(const struct http_response *response, str name)
{
    for (size_t i = 0; i < response->headers_len; i++)
        if (str_eq_nocase(response->headers[i].name, name))
            return response->headers[i].value;
    return (str){0};
}

/* ---- Certificates ---------------------------------------------------------------------- */

/* The certificate among what curl tells of it, line by line; absent: it is not there. */
static str certificate_pem(const struct curl_slist *lines)
{
    for (; lines; lines = lines->next) {
        str line = str_of(lines->data);
        if (str_take_prefix(&line, STR("Cert:")))
            return line;
    }
    return (str){0};
}

static void read_certificates(struct http *http, struct arena *arena, struct str_list *ret)
{
    const struct curl_certinfo *info = NULL;

    *ret = (struct str_list){arena_array(arena, HTTP_MAX_CERTIFICATES, str), 0, true};
    (void)curl.easy_getinfo(http->easy, CURLINFO_CERTINFO, &info);
    for (int i = 0; info && i < info->num_of_certs && ret->len < HTTP_MAX_CERTIFICATES; i++) {
        str pem = certificate_pem(info->certinfo[i]);
        if (pem.ptr && pem.len <= HTTP_MAX_CERTIFICATE)
            ret->items[ret->len++] = str_dup(arena, pem);
    }
}

int http_certificates(
        struct http *http, struct arena *arena, str url, struct str_list *ret, struct error *err)
{
    struct transfer transfer = {
            .http = http, .req = &(struct http_request){.url = url}, .arena = arena};
    CURLcode code;
    int r = open_easy(http, err);

    if (r < 0)
        return r;
    set_options(&transfer, NULL);
    (void)curl.easy_setopt(http->easy, CURLOPT_PROTOCOLS_STR, "https");
    (void)curl.easy_setopt(http->easy, CURLOPT_CONNECT_ONLY, 1L);
    (void)curl.easy_setopt(http->easy, CURLOPT_SSL_VERIFYPEER, 0L);
    (void)curl.easy_setopt(http->easy, CURLOPT_SSL_VERIFYHOST, 0L);
    (void)curl.easy_setopt(http->easy, CURLOPT_CERTINFO, 1L);
    code = curl.easy_perform(http->easy);
    if (code != CURLE_OK)
        return error_set(err, translate(code), "%s", curl.easy_strerror(code));
    read_certificates(http, arena, ret);
    /* What was not checked is not used again. */
    curl.easy_cleanup(http->easy);
    http->easy = NULL;
    return 0;
}

str http_thumbprint(struct arena *arena, str pem)
{
    static const str begin = STR_INIT("-----BEGIN CERTIFICATE-----"), end = STR_INIT("-----END");
    struct digest digest;
    str body = str_trim(pem), der, hash;
    ptrdiff_t at;

    if (!str_take_prefix(&body, begin) || (at = str_find(body, end)) < 0)
        return (str){0};
    body = str_replace(arena, str_head(body, (size_t)at), STR("\n"), STR(""));
    if (base64_decode(arena, body, &der) < 0)
        return (str){0};
    digest_init(&digest, DIGEST_SHA1);
    digest_add(&digest, der);
    hash = digest_final(&digest, arena);
    digest_done(&digest);
    return hex_encode(arena, hash);
}
