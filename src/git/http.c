#include "git/http.h"

#include "base/codec.h"
#include "git/internal.h"
#include "git/upload.h"

#include <zlib.h>

enum {
    GZIP_STEP = 32 << 10,
    GZIP_WINDOW = 15 + 16
};

static const char *const service_names[] = {"git-upload-pack", "git-receive-pack"};

/* ---- What is wanted ------------------------------------------------------------------ */

static int parse_service(str query, enum git_service *ret)
{
    str piece;

    while (str_next(&query, '&', &piece)) {
        if (!str_take_prefix(&piece, STR("service=")))
            continue;
        for (int i = GIT_UPLOAD_PACK; i <= GIT_RECEIVE_PACK; i++)
            if (str_eq(piece, str_of(service_names[i]))) {
                *ret = (enum git_service)i;
                return 0;
            }
    }
    return -ENOSYS;
}

static bool cut_suffix(str *path, str suffix)
{
    if (path->len <= suffix.len || !str_ends(*path, suffix))
        return false;
    path->len -= suffix.len;
    return true;
}

int git_http_parse(const struct httpd_request *req, str rest, struct git_http_wish *ret)
{
    struct git_http_wish wish = {0};
    str method;
    int r = 0;

    if (cut_suffix(&rest, STR("/info/refs"))) {
        wish.is_advertisement = true;
        r = parse_service(req->query, &wish.service);
    } else if (cut_suffix(&rest, STR("/git-receive-pack"))) {
        wish.service = GIT_RECEIVE_PACK;
    } else if (!cut_suffix(&rest, STR("/git-upload-pack"))) {
        return -ENOENT;
    }
    method = wish.is_advertisement ? STR("GET") : STR("POST");
    if (!str_eq(req->method, method))
        return -EOPNOTSUPP;
    if (r < 0 || percent_decode(req->arena, rest, 0, &wish.name) < 0)
        return r < 0 ? r : -ENOENT;
    *ret = wish;
    return 0;
}

/* ---- Streams -------------------------------------------------------------------------- */

struct exchange {
    struct httpd_request *req;
    str content_type;
    bool has_begun;
    bool is_gzip;
    bool is_at_end; /* of the gzip stream */
    z_stream zip;
    unsigned char *packed; /* GZIP_STEP bytes */
};

static struct httpd_headers headers_of(struct arena *arena, str content_type)
{
    struct httpd_header *items = arena_array(arena, 4, struct httpd_header);

    items[0] = (struct httpd_header){STR("Content-Type"), content_type};
    items[1] = (struct httpd_header){
            STR("Cache-Control"), STR("no-cache, max-age=0, must-revalidate")};
    items[2] = (struct httpd_header){STR("Pragma"), STR("no-cache")};
    items[3] = (struct httpd_header){STR("Expires"), STR("Fri, 01 Jan 1980 00:00:00 GMT")};
    return (struct httpd_headers){items, 4};
}

static ssize_t read_gzip(struct exchange *x, void *ptr, size_t len, struct error *err)
{
    x->zip.next_out = ptr;
    x->zip.avail_out = (uInt)len;
    while (x->zip.avail_out == len && !x->is_at_end) {
        if (x->zip.avail_in == 0) {
            ssize_t n = httpd_read(x->req, x->packed, GZIP_STEP, err);
            if (n < 0)
                return n;
            if (n == 0)
                return error_set(err, EPROTO, "the gzip body ends too early");
            x->zip.next_in = x->packed;
            x->zip.avail_in = (uInt)n;
        }
        int r = inflate(&x->zip, Z_NO_FLUSH);
        if (r != Z_OK && r != Z_STREAM_END)
            return error_set(err, EPROTO, "the gzip body is malformed");
        x->is_at_end = r == Z_STREAM_END;
    }
    return (ssize_t)(len - x->zip.avail_out);
}

static ssize_t read_body(void *arg, void *ptr, size_t len, struct error *err)
{
    struct exchange *x = arg;

    return x->is_gzip ? read_gzip(x, ptr, len, err) : httpd_read(x->req, ptr, len, err);
}

static int write_answer(void *arg, str bytes, struct error *err)
{
    struct exchange *x = arg;

    if (!x->has_begun) {
        int r = httpd_begin(x->req, 200, headers_of(x->req->arena, x->content_type), -1, err);
        if (r < 0)
            return r;
        x->has_begun = true;
    }
    return httpd_write(x->req, bytes, err);
}

/* ---- Answers ---------------------------------------------------------------------------- */

void git_http_refuse(struct httpd_request *req, int status, str text)
{
    httpd_respond(req, status, headers_of(req->arena, STR("text/plain; charset=utf-8")),
            str_concat(req->arena, text, STR("\n")));
}

static int status_of(int code)
{
    switch (code) {
    case -ENOENT:
        return 404;
    case -EPROTO:
        return 400;
    case -E2BIG:
        return 413;
    default:
        return 500;
    }
}

/* Our own troubles are not the client's business. */
static int refuse_error(struct httpd_request *req, int code, const struct error *err)
{
    int status = status_of(code);

    git_http_refuse(req, status, status == 500 ? STR("internal error") : str_of(err->text));
    return code;
}

static int version_of(const struct httpd_request *req)
{
    str rest = httpd_header(req, STR("Git-Protocol")), piece;
    int version = 0;

    while (str_next(&rest, ':', &piece)) {
        if (str_eq(piece, STR("version=1")) && version < 1)
            version = 1;
        if (str_eq(piece, STR("version=2")))
            version = 2;
    }
    return version;
}

struct advertisement {
    const struct git_http *options;
    int version;
    struct buf out;
};

static int read_advertisement(struct tx *tx, void *arg)
{
    struct advertisement *ad = arg;
    const struct git_http_wish *wish = &ad->options->wish;

    buf_clear(&ad->out);
    if (ad->version == 2 && wish->service == GIT_UPLOAD_PACK) {
        git_advertise_v2(&ad->out);
        return 0;
    }
    pkt_printf(&ad->out, "# service=%s\n", service_names[wish->service]);
    pkt_add_flush(&ad->out);
    if (ad->version == 1)
        pkt_add(&ad->out, STR("version 1\n"));
    return git_advertise(tx, ad->options->target.repository, wish->service, &ad->out);
}

static int answer_advertisement(struct git *git, struct httpd_request *req,
        const struct git_http *options, struct error *err)
{
    struct advertisement ad = {.options = options,
            .version = version_of(req),
            .out = buf_make(req->arena, GIT_MAX_ADVERTISEMENT)};
    int r = db_read(git->options.db, req->arena, read_advertisement, &ad, err);

    if (r < 0)
        return refuse_error(req, r, err);
    httpd_respond(req, 200,
            headers_of(req->arena, str_printf(req->arena, "application/x-%s-advertisement",
                                           service_names[options->wish.service])),
            buf_str(&ad.out));
    return 0;
}

static int open_exchange(struct exchange *x, const struct git_http *options, struct error *err)
{
    struct arena *arena = x->req->arena;
    const char *name = service_names[options->wish.service];
    str encoding = httpd_header(x->req, STR("Content-Encoding"));

    if (!str_eq(httpd_header(x->req, STR("Content-Type")),
                str_printf(arena, "application/x-%s-request", name)))
        return error_set(err, EPROTO, "the content type is not application/x-%s-request", name);
    x->content_type = str_printf(arena, "application/x-%s-result", name);
    if (!encoding.ptr || str_eq_nocase(encoding, STR("identity")))
        return 0;
    if (!str_eq_nocase(encoding, STR("gzip")) && !str_eq_nocase(encoding, STR("x-gzip")))
        return error_set(err, EPROTO, "the content encoding is not supported");
    x->is_gzip = true;
    x->packed = arena_alloc(arena, GZIP_STEP, 1);
    if (inflateInit2(&x->zip, GZIP_WINDOW) != Z_OK)
        return error_set(err, ENOMEM, "could not start to unzip");
    return 0;
}

static int answer_rpc(
        struct git *git, struct exchange *x, struct git_http *options, struct error *err)
{
    struct arena *arena = x->req->arena;
    struct git_stream stream = {.arg = x, .read = read_body, .write = write_answer};
    int r;

    if (options->wish.service == GIT_UPLOAD_PACK) {
        r = git_upload(git, arena, options->target, version_of(x->req), &stream, err);
    } else {
        options->receive.target = options->target;
        options->receive.stream = stream;
        r = git_receive(git, arena, &options->receive, err);
    }
    options->has_asked = r > 0 || options->wish.service == GIT_RECEIVE_PACK;
    if (r > 0)
        r = 0;
    if (r == 0 && !x->has_begun)
        httpd_respond(x->req, 200, headers_of(arena, x->content_type), STR(""));
    else if (x->has_begun)
        httpd_end(x->req, r == 0);
    else if (r != -EPIPE)
        return refuse_error(x->req, r, err);
    return r;
}

int git_http_answer(
        struct git *git, struct httpd_request *req, struct git_http *options, struct error *err)
{
    struct exchange x = {.req = req};
    int r;

    if (options->wish.is_advertisement)
        return answer_advertisement(git, req, options, err);
    r = open_exchange(&x, options, err);
    r = r < 0 ? refuse_error(req, r, err) : answer_rpc(git, &x, options, err);
    if (x.is_gzip)
        (void)inflateEnd(&x.zip); /* cannot fail after init */
    return r;
}
