/*
 * sts - sessions of roles and users
 *
 * A session is not stored: its token holds all of it, sealed, and its secret is
 * derived from the token. It ends at its time, or when its role or user is deleted; what it
 * may do follows their policies at each call.
 *
 * Memory    results live in the call's arena
 */
#pragma once

#include "api/call.h"
#include "api/service.h"

extern const struct service sts_service;

enum {
    STS_MIN_SESSION = 900, /* seconds */
    STS_MAX_CHAINED_SESSION = 3600,
    STS_MAX_SESSION = 43200,
    STS_MAX_SESSION_NAME = 64,
};

struct sts_credentials {
    str access_key; /* ASIA… */
    str secret;
    str token;
    int64_t expires; /* ms */
};

/*
 * A session of `role_arn` (of call->account) for a service, without credentials: for
 * call_invoke(). `session_name` is cut and cleaned to what a session name may be.
 * -EACCES  no such role, or its trust policy does not name the service; the call has not
 *          failed: each service has its own words for that
 */
MUST_CHECK int sts_assume_service_role(
        struct call *call, str role_arn, str service, str session_name, struct principal *ret);

/* Credentials for a session of a role, or of a user or root itself, valid for `seconds` from now; `session` gets its end. */
void sts_session_credentials(
        struct call *call, struct principal *session, int64_t seconds, struct sts_credentials *ret);

/* The account that the id of a session's access key names. -EINVAL  it is no such id */
MUST_CHECK int sts_session_key_account(struct arena *arena, str access_key, str *ret);

/*
 * What a token says, for identity_source.find. Does not look whether the role exists.
 * -EKEYEXPIRED, -EBADMSG as there.
 */
MUST_CHECK int sts_session_open(struct server *server, struct arena *arena, str access_key,
        str token, struct credential *ret);
