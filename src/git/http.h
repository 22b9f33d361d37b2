/*
 * http - git's smart HTTP protocol on one repository
 *
 *     GET  …/info/refs?service=git-upload-pack | git-receive-pack
 *     POST …/git-upload-pack, …/git-receive-pack
 *
 * The service that owns the path finds the repository and asks whether the client may:
 *
 *     git_http_parse(req, rest, &wish)     what is wanted of which name
 *     … authenticate, authorize …
 *     git_http_answer(git, req, &options)
 *
 * Source: gitprotocol-http(5). Protocol v0, v1 and v2 by the Git-Protocol header; gzip
 * request bodies. Not here: the "dumb" protocol.
 */
#pragma once

#include "git/advertise.h"
#include "git/receive.h"
#include "net/httpd.h"

struct git_http_wish {
    str name;                 /* of the repository, percent-decoded */
    enum git_service service; /* what the client is about to do, or does */
    bool is_advertisement;    /* GET info/refs */
};

/*
 * `rest` is the path behind the service's prefix: "NAME/info/refs".
 *
 * -ENOENT  no path of git's, -ENOSYS the dumb protocol, -EOPNOTSUPP another method
 */
MUST_CHECK int git_http_parse(const struct httpd_request *req, str rest, struct git_http_wish *ret);

struct git_http {
    struct git_http_wish wish;
    struct git_receive receive; /* for pushes; the stream is ours to fill in */
    struct git_target target;
    bool has_asked; /* out: the client asked for objects, or sent some */
};

/* Answers the request. The return is for the log only: it has been answered in any case. */
int git_http_answer(
        struct git *git, struct httpd_request *req, struct git_http *options, struct error *err);

/* A plain text answer, as git shows it to a person ("remote: …" or "fatal: …"). */
void git_http_refuse(struct httpd_request *req, int status, str text);
