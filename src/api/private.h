/*
 * private - what the files of api/ share and nobody else sees
 *
 * A request becomes a `target` (route.c), the target a call (call.c). How the call is
 * written on the wire is the business of one struct wire for each protocol: decode,
 * encode, encode_error. A new protocol is a new file with these three and one line in
 * wire_of() and in route.c.
 */
#pragma once

#include "api/api.h"
#include "api/audit.h"
#include "api/cache.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/thread.h"
#include "net/sigv4.h"

enum {
    API_MAX_BODY = 8 << 20,       /* of what is not streamed */
    API_MAX_BODY_JSON = 16 << 20, /* files travel in JSON as base64 */
    API_MAX_FORM = 2 << 20,       /* it is read before it is known what it asks for */
    API_MAX_RESPONSE = 64 << 20,  /* encoded answer */
    API_SMALL_STREAM = 64 << 10,  /* streamed answers up to here are sent in one piece */
    API_MAX_DEPTH = 100,          /* nesting of structures, any protocol */
    API_MAX_LIST = 100000,        /* items of one list without a modelled maximum */
    API_MAX_PARAMETERS = 20000,   /* of a form or a query string */
    API_MAX_RESPONSE_HEADERS = 64,
    API_MAX_REGION = 32,    /* bytes of a name */
    API_MAX_LABELS = 8,     /* of a URI template */
    API_MAX_RESOURCES = 16, /* remembered of one call, for its audit record */
    API_CACHED_CREDENTIALS = 4096,
    API_CACHED_PRINCIPALS = 4096,
    API_CACHED_POLICIES = 8192,
    API_KEPT_BYTES = 8 << 20, /* of answers (kept.h) */
    API_SKEW_MS = 5 * 60 * 1000,
    API_SKEW_S3_MS = 15 * 60 * 1000,
};

/* ---- A name and a value, from a query string, a form or a path ---------------------- */

struct pair {
    str name;
    str value; /* absent: no "=" */
};

struct pairs {
    struct pair *items;
    size_t len;
};

/* Splits "a=b&c", decoded. -EINVAL bad encoding or not UTF-8, -E2BIG too many. */
MUST_CHECK int pairs_parse(struct arena *arena, str text, int flags, struct pairs *ret);
const struct pair *pairs_find(const struct pairs *pairs, str name); /* NULL: none */

/* ---- Routing ------------------------------------------------------------------------ */

struct wire;

struct target {
    const struct api_route *route; /* or an AWS call: */
    const struct service *service;
    const struct operation *operation; /* NULL: unknown */
    const struct wire *wire;
    str operation_name;  /* as the client wrote it */
    struct pairs query;  /* of the URL */
    struct pairs form;   /* query protocol: the body's */
    struct pairs labels; /* of the URI template, decoded */
    str body;            /* read already, to find the operation */
    bool has_body;
};

struct rest_route;

/* Finds the target of a request. Always finds one, but perhaps without operation. */
enum route_result {
    ROUTE_OK,
    ROUTE_BAD_REQUEST,
    ROUTE_TOO_LARGE,
    ROUTE_GONE,
    ROUTE_BUSY,
    ROUTE_NOTHING
};
enum route_result route_find(struct server *server, struct httpd_request *req, struct target *ret);
MUST_CHECK int rest_routes_make(struct server *server, struct error *err);
void rest_match(struct server *server, const struct service *service, struct httpd_request *req,
        str path, struct target *target);

/* ---- Protocols ---------------------------------------------------------------------- */

enum wire_family {
    FAMILY_JSON,
    FAMILY_QUERY,
    FAMILY_S3,
    FAMILIES
};

struct response {
    int status;
    struct httpd_header headers[API_MAX_RESPONSE_HEADERS];
    size_t headers_len;
    str body;
};

struct wire {
    enum protocol protocol;
    enum wire_family family;
    /* Fills *in (zeroed) from the request. */
    int (*decode)(struct call *call, void *in);
    /* The body and headers of a success; out may be NULL. */
    int (*encode)(struct call *call, const void *out, struct response *ret);
    /* The same of call->failure. */
    void (*encode_error)(struct call *call, struct response *ret);
};

extern const struct wire wire_json10, wire_json11, wire_query, wire_rest_xml;
/* The one to write a service's errors with when the request itself does not tell. */
const struct wire *wire_of(const struct service *service);
void response_header(struct response *response, str name, str value);

/* ---- A call ------------------------------------------------------------------------- */

struct resource_note {
    str arn;
};

struct call_stream_state;
struct waiter;

struct call_private {
    struct httpd_request *req; /* NULL: in process */
    const struct wire *wire;
    struct target target;
    struct sigv4_claim claim;
    bool is_signed;
    unsigned char signing_key[32];
    struct sigv4_request sigv4;
    void *in;
    void *out;
    struct {
        const void *out; /* of which run of the handler */
        str body;
    } kept; /* what `out` need not be encoded as, because it was before (kept.h) */
    /* identity_source.generation of the principal's account, in this transaction */
    bool has_generation;
    int64_t generation;
    struct principal own_principal;
    struct {
        struct policy_key *items;
        size_t len, size;
    } keys;
    bool takes_tags; /* away: they have no values */
    bool has_too_many_tags;
    struct str_list resources; /* ARNs that were asked about */
    str trace;                 /* why the call was denied: JSON (trace.h) */
    struct httpd_header headers[API_MAX_RESPONSE_HEADERS];
    size_t headers_len;
    int status;               /* of call_set_status(); 0: the operation's */
    struct pairs error_extra; /* elements of an S3 error */
    struct body_stream *body;
    struct {
        call_stream_fn *fn;
        void *arg;
        int64_t length;
        struct buf *whole; /* where call_write() gathers a small answer; NULL: it is sent */
        bool has_begun;
    } answer;
    struct waiter *waiter;
    bool has_waited;            /* who makes it, and whether they may, is to be asked again */
    bool is_audited;            /* the record is in the transaction */
    struct audit_detail detail; /* of audit_describe() */
    bool is_job;
};

struct call *call_new(struct server *server, struct arena *arena);
/* A call's life from its target to the answer. */
void call_serve(struct call *call);
/* Runs the handler once in call->tx, with zeroed output. */
int call_handle(struct call *call);
int call_operation_index(const struct call *call);
/* Turns a store error (or CALL_FAILED) into call->failure. */
void call_settle(struct call *call, int r, const struct error *err);
void call_forget(struct call *call); /* before a handler's second run */
bool call_is_read(const struct call *call);
void respond(struct call *call);
void respond_parse_error(struct server *server, struct httpd_request *req,
        const struct target *target, enum route_result result);

/* Runs the handler once more, in a transaction of the kind that it needs. */
int call_run(struct call *call, struct error *err);

int wait_park(
        struct call *call); /* 0: parked or answered by a second run; CALL_WAIT is never returned */
int wait_resume(struct call *call);

/* ---- Steps -------------------------------------------------------------------------- */

MUST_CHECK int authenticate_claim(struct call *call); /* what needs no transaction, and no body */
MUST_CHECK int authenticate_key(struct call *call);   /* in call->tx: is there such a key? */
void authenticate_body(struct call *call);            /* the hash of what was read */
MUST_CHECK int authenticate(struct call *call);       /* in call->tx */
MUST_CHECK int validate(struct call *call, const void *in);
MUST_CHECK int authorize_operation(struct call *call, const void *in);
/* Where `action` makes something, and the input has tags for it: may it be tagged? */
MUST_CHECK int authorize_tagging(struct call *call, str action, str arn);
MUST_CHECK int principal_generation(struct call *call, int64_t *ret);
MUST_CHECK int condition_keys(struct call *call, const void *in);
MUST_CHECK int body_open(struct call *call); /* a streamed body, after authentication */
MUST_CHECK int body_check(
        struct call *call, str body);          /* the same checks for one that was read whole */
MUST_CHECK int body_finish(struct call *call); /* all was read, and checked; drains the rest */
void body_done(struct call *call);
const struct member *operation_streaming(
        const struct service_model *model, uint16_t shape); /* NULL: none */

/* 1 matches, 0 does not, < 0 broken pattern. */
struct patterns;
struct patterns *patterns_new(void);
void patterns_free(struct patterns *patterns);
MUST_CHECK int patterns_match(struct patterns *patterns, const char *pattern, str text);

/* ---- Errors that the protocols name differently -------------------------------------- */

extern const struct call_error error_MissingAuthentication;
extern const struct call_error error_IncompleteSignature;
extern const struct call_error error_UnknownKey;
extern const struct call_error error_UnknownToken;
extern const struct call_error error_SignatureMismatch;
extern const struct call_error error_SignatureExpired;
extern const struct call_error error_PresignedExpired;
extern const struct call_error error_ExpiredToken;
extern const struct call_error error_Serialization;
extern const struct call_error error_UnknownOperation;
extern const struct call_error error_TooLarge;
extern const struct call_error error_RequestTimeout;
extern const struct call_error error_ContentHash;
extern const struct call_error error_BadDigest;
/* The error as this protocol has it. */
struct call_error error_for(const struct call_error *error, enum wire_family family);
enum wire_family call_family(const struct call *call);
/* Room for one more element of the error (S3: <AWSAccessKeyId>…). */
void call_error_extra(struct call *call, str name, str value);

/* ---- The api itself ------------------------------------------------------------------ */

struct audit_batch;
struct audit_wants;
struct usage;

struct api {
    struct cache *credentials; /* access key and token -> struct cached_credential */
    struct cache *principals;  /* principal -> struct bundle */
    struct cache *policies;    /* version -> struct compiled */
    struct cache *kept;        /* operation and resource -> struct kept_body (kept.c) */
    struct patterns *patterns;
    struct policy *allow_all;     /* what roots have */
    struct policy *allow_nothing; /* what a federated session begins with */
    struct audit_batch *audit;
    struct audit_wants *audit_wants; /* audit_copy.h */
    struct usage *usage;             /* usage.h */
    struct last_uses *last_uses;     /* last_use.h */
    struct arena arena;              /* routes */
    struct rest_route *routes;
    size_t routes_len;
    pthread_mutex_t cursor_lock;
};

struct audit_batch *audit_start(struct server *server);
void audit_stop(struct server *server); /* the last flush, too */

extern const struct api_route health_routes[];
extern const size_t health_routes_len;
