/*
 * call - one API call: who, what, in which transaction, and how it may end
 *
 *   request --> authenticate --> decode --> validate --> authorize
 *                                                          |
 *             prepare (if the IDL says so: slow, no transaction, may read the body)
 *                                                          |
 *             transaction: handler, audit record, events, follow-up jobs: all or nothing
 *                                                          |
 *             encode, or stream what call_stream() was given
 *
 * A handler runs again after a conflict: it has no effect outside call->tx. It returns
 * 0, or what call_fail() returned, or any negative errno that store/ gave it (conflicts
 * are retried; the rest becomes InternalFailure and is logged).
 *
 * Memory    everything in call->arena: no free
 */
#pragma once

#include "api/model.h"
#include "api/policy.h"
#include "api/principal.h"
#include "api/server.h"

enum {
    CALL_FAILED = -ECANCELED, /* call->failure says how */
    CALL_WAIT = -EINPROGRESS, /* call->wait says for what */
};

/* An error as the client sees it. Generated headers have one for each modelled error:
 * `static const struct call_error codecommit_RepositoryDoesNotExistException`. */
struct call_error {
    const char *code;
    int status;
    bool is_sender;
};

/* Errors that every service has. */
extern const struct call_error
        error_AccessDenied; /* AccessDeniedException or AccessDenied by protocol */
extern const struct call_error error_Validation; /* ValidationException / ValidationError */
extern const struct call_error error_Throttling;
extern const struct call_error error_InternalFailure;
extern const struct call_error error_ServiceUnavailable;
extern const struct call_error error_NotImplemented;

struct call_failure {
    str code; /* absent: no failure */
    int status;
    bool is_sender;
    str message;
    /* further members of the error's structure, in its C type; NULL: message only */
    const void *detail;
    uint16_t detail_shape;
};

struct call {
    struct arena *arena;
    struct server *server;
    struct tx *tx; /* NULL in prepare and in streams */
    const struct service *service;
    const struct operation *operation;
    const struct principal *principal;
    str account; /* whose resources: the principal's, or the resource's owner's */
    str region;
    str request_id; /* a UUID */
    str source_ip;
    str user_agent;
    str event_id;
    int64_t now;     /* ms: one instant for the whole call */
    int64_t arrived; /* ms: when the request came; the same in every run of a waiting call */
    bool is_tls;
    int64_t body_length; /* streamed bodies: plain bytes, -1 unknown */
    void *prepared;      /* what prepare made for the handler */
    struct call *parent; /* calls made in process */
    struct call_failure failure;
    struct {
        str topic;
        int64_t until; /* ms */
    } wait;
    struct call_private *private_;
};

/* ---- How a call ends ------------------------------------------------------------- */

/* return call_fail(call, &codecommit_RepositoryDoesNotExistException, "%.*s does not exist",
 * STR_ARG(name)); */
MUST_CHECK int call_fail(struct call *call, const struct call_error *error, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
/* The same with a filled error structure (its type from the generated header). */
MUST_CHECK int call_fail_detail(struct call *call, const struct call_error *error, uint16_t shape,
        const void *detail, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* Nothing to say yet: run me again when the topic is signalled or until (ms) is reached. What the
 * handler wrote is rolled back. `until` counts from call->arrived, not from call->now, which moves.
 * CALL_WAIT, or 0 once `until` is reached: answer with nothing. */
MUST_CHECK int call_wait(struct call *call, str topic, int64_t until);

/* ---- Streams (S3, artifacts) ------------------------------------------------------ */

/* Only in prepare: up to len plain bytes of the streamed body (aws-chunked is decoded, signatures
 * and trailing checksums are checked); 0 at the end. Fails the call itself where the client is at
 * fault. */
MUST_CHECK ssize_t call_read(struct call *call, void *ptr, size_t len);
/* A trailer or header of the request ("x-amz-checksum-crc32"); absent if not sent. */
str call_header(struct call *call, str name);
/* After the transaction: fn writes exactly `length` bytes (-1: unknown) with call_write(). */
typedef int call_stream_fn(struct call *call, void *arg, struct error *err);
void call_stream(struct call *call, int64_t length, call_stream_fn *fn, void *arg);
MUST_CHECK int call_write(struct call *call, str bytes, struct error *err);
/* An extra response header, beside those of the output structure. */
void call_set_header(struct call *call, str name, str value);
void call_set_status(struct call *call, int status);

/* ---- Authorization ---------------------------------------------------------------- */

/*
 * May call->principal do `action` on `arn`? Where the IDL names the ARN, the dispatcher
 * has asked already. 0, or the call has failed with AWS's access-denied wording.
 */
MUST_CHECK int authorize(struct call *call, str action, str arn);
MUST_CHECK int authorize_with(
        struct call *call, str action, str arn, const struct policy_key *keys, size_t len);
/* A condition key for all further questions of this call, beside those of its request. */
void call_add_key(struct call *call, str name, str value);
/* Without failing the call: true if allowed. */
MUST_CHECK int authorize_check(struct call *call, str action, str arn, bool *ret);

/*
 * May call->principal be given this role? Asks the role's trust policy, always, and what speaks
 * for the principal. `federated`: the identity provider that vouches for a caller without keys.
 */
struct trust_question {
    str action; /* "sts:AssumeRole" */
    str role_arn;
    str policy; /* the trust policy: JSON */
    str federated;
    const struct policy_key *keys;
    size_t keys_len;
};
MUST_CHECK int authorize_trust(struct call *call, const struct trust_question *question, bool *ret);

/* ---- Calls in process ------------------------------------------------------------- */

/*
 * Makes an operation of any service in the same transaction, as `principal`,
 * authorized and audited like any other. Behind a savepoint: when it fails nothing of
 * it remains, *ret_failure says why, and the caller's transaction goes on.
 *
 *     r = call_invoke(call, &role, &codebuild_service, "StartBuild", &in, &out, &failure);
 *
 * 0, CALL_FAILED (the callee's failure is in *ret_failure), or a store error to pass up.
 * Not for operations with a prepare step or a streamed body.
 */
MUST_CHECK int call_invoke(struct call *call, const struct principal *principal,
        const struct service *service, const char *operation, const void *in, void *out,
        struct call_failure *ret_failure);

/* For a service's public functions: a call in the same transaction that acts as `principal`,
 * to authorize() with and to fail without failing its parent. */
struct call *call_as(struct call *call, const struct principal *principal,
        const struct service *service, const char *operation);

/* The call that a job's commit makes its calls from: acts as the service itself in an account. */
struct call *call_for_job(struct server *server, struct arena *arena, struct tx *tx, str account,
        str region, const struct service *service);

/* ---- Paging ------------------------------------------------------------------------ */

/* Page tokens are sealed and bound to operation and account. Absent token: *ret is absent.
 * Fails the call with the service's invalid-token error (or ValidationException). */
MUST_CHECK int page_open(struct call *call, str token, const struct call_error *invalid, str *ret);
str page_seal(struct call *call, str position);
/* Of an operation that gives no tokens, for all is in its first answer: any token is invalid. */
MUST_CHECK int page_refuse(struct call *call, str token, const struct call_error *invalid);
/* The limit to use: what was asked for, else `preset`, at most `max`. */
int64_t page_limit(struct opt_int asked, int64_t preset, int64_t max);

/* ---- Shapes as JSON, for storage and events ------------------------------------------ */

str shape_to_json(struct arena *arena, struct type type, const void *value);
/* Fills *ret (zeroed, of the type's C struct). -EINVAL: *err says where. */
MUST_CHECK int shape_from_json(
        struct arena *arena, struct type type, str json, void *ret, struct error *err);

str arn_make(struct call *call, const char *service,
        str resource); /* arn:aws:<service>:<region>:<account>:<resource> */
struct arn {
    str partition, service, region, account, resource;
};
MUST_CHECK int arn_parse(str text, struct arn *ret); /* -EINVAL */
