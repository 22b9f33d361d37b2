/*
 * principal - who makes a call, and where the api layer learns it from
 *
 * The api layer knows signatures and policies, but not where keys and policies are
 * kept: services/iam registers a struct identity_source.
 */
#pragma once

#include "store/db.h"

enum principal_kind {
    PRINCIPAL_ANONYMOUS,
    PRINCIPAL_ROOT, /* of an account: allowed everything in it */
    PRINCIPAL_USER,
    PRINCIPAL_ROLE,         /* a session of an assumed role */
    PRINCIPAL_FEDERATED,    /* a session of someone whom a user, the issuer, vouches for */
    PRINCIPAL_SERVICE,      /* codepipeline.amazonaws.com: Slipway itself, acting in an account */
    PRINCIPAL_WEB_IDENTITY, /* without keys: an identity provider says who it is */
};

/* Who an identity provider said that this is; all absent: none did. */
struct principal_federated {
    str provider; /* arn:aws:iam::1:oidc-provider/host/path */
    str audience, subject;
};

/* As aws:PrincipalTag/<key>. */
struct principal_tag {
    str key, value;
    bool is_session;    /* given when the session began; else of the user or role */
    bool is_transitive; /* goes on to the sessions that this one begins */
};

struct principal_tags {
    struct principal_tag *items;
    size_t len;
};

struct principal {
    enum principal_kind kind;
    str account;
    str arn; /* arn:aws:iam::1:user/a, arn:aws:sts::1:assumed-role/r/session, arn:aws:iam::1:root,
              * arn:aws:sts::1:federated-user/name */
    str user_id; /* AIDA…, AROA…:session, 1:name for federated ones, the account id for root */
    str name;    /* user name, role name, "codepipeline.amazonaws.com" */
    str issuer_arn; /* role sessions: arn:aws:iam::1:role/path/r; federated ones: the user's */
    str issuer_id;  /* federated sessions: AIDA…, the account id of root; else absent */
    str session_name;
    str access_key;     /* absent for what acts in process */
    str session_policy; /* JSON, limits further; absent: none */
    str source_identity;
    bool is_guest;  /* a service: only policies of resources speak for it, as for AWS's own */
    str invoked_by; /* the service that acts as this role: "codebuild.amazonaws.com"; absent: itself
                     */
    struct principal_federated federated; /* sessions of AssumeRoleWithWebIdentity */
    struct principal_tags tags;
    int64_t mfa_time;      /* ms: when the holder of a session showed a one-time code; 0: did not */
    int64_t session_start; /* ms; temporary credentials */
    int64_t session_end;   /* ms */
};

/* An access key as stored. */
struct credential {
    struct principal principal;
    str secret; /* of the key: wipe-worthy, never logged */
};

/* One policy that may apply. Its text is immutable under its version, so it is compiled once. */
struct policy_source {
    str name;    /* for messages and traces: "policy/AdministratorAccess", "user/alice/inline" */
    str version; /* unique for this text: cache key */
    str text;    /* JSON */
    str arn;     /* of a managed policy; absent: it is inline */
};

struct principal_policies {
    struct {
        struct policy_source *items;
        size_t len;
    } identity;
    struct policy_source boundary; /* text absent: none */
};

struct server;

struct identity_source {
    /* 1 and the credential, 0 unknown key, -EKEYEXPIRED or -EBADMSG for a session token past its
     * time or not ours. */
    int (*find)(struct server *server, struct tx *tx, str access_key, str token,
            struct credential *ret);
    /* The policies of a user, group memberships included, or of a role. */
    int (*policies)(struct server *server, struct tx *tx, const struct principal *principal,
            struct principal_policies *ret);
    /* A number that changes with every change of keys and policies of the account: caches hang on
     * it. */
    int (*generation)(struct server *server, struct tx *tx, str account, int64_t *ret);
};
