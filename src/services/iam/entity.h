/*
 * entity - users, groups and roles, as every handler of this folder finds them
 *
 * Private to services/iam. All are rows of iam_entity; the root of an account is one
 * too, so that its access keys have an owner.
 */
#pragma once

#include "gen/iam.h"
#include "services/iam/iam.h"

enum {
    IAM_PAGE = 100, /* MaxItems, unless asked */
    IAM_PAGE_MAX = 1000,
    IAM_MAX_ATTACHED = 10,
    IAM_MAX_GROUPS_PER_USER = 10,
    IAM_MAX_POLICIES = 1500, /* customer managed, of an account */
    IAM_MAX_INSTANCE_PROFILES = 1000,
    IAM_MAX_KEYS = 2,
    IAM_MAX_SERVICE_CREDENTIALS = 2,
    IAM_MAX_SSH_KEYS = 5,
    IAM_MAX_VERSIONS = 5,
    IAM_MAX_POLICY = 6144,      /* characters that are no white space */
    IAM_MAX_USER_INLINE = 2048, /* all inline policies together, the same */
    IAM_MAX_GROUP_INLINE = 5120,
    IAM_MAX_ROLE_INLINE = 10240,
    IAM_MAX_TRUST = 2048,
    IAM_MAX_INLINE_POLICIES = 1000,
    IAM_MAX_OIDC_PROVIDERS = 100,
    IAM_MAX_OIDC_CLIENTS = 100,
    IAM_MAX_OIDC_THUMBPRINTS = 5,
    IAM_SESSION_DEFAULT = 3600, /* seconds */
};

struct entity {
    str id;
    str account;
    str kind; /* "user", "group", "role", "root" */
    str name;
    str path; /* "/", "/a/b/" */
    str arn;
    int64_t created; /* ms */
    str boundary;    /* ARN; absent: none */
    str tags;        /* JSON of the API's tag list; absent: none */
    str trust, description;
    int64_t max_session;
};

#define ENTITY_COLUMNS                                                                             \
    "id, account, kind, name, path, created, boundary, tags, trust, description, max_session"

enum {
    ENTITY_NAME_KEY = 11 /* the column after them in a list */
};

void entity_from_row(struct arena *arena, const struct db_row *row, struct entity *ret);
/* 1 and the entity, 0 not there. */
MUST_CHECK int entity_find(
        struct tx *tx, str account, const char *kind, str name, struct entity *ret);
MUST_CHECK int entity_find_id(struct tx *tx, str id, struct entity *ret);

/* "iam:<Operation>" of the call. */
str entity_action(struct call *call);
/*
 * Finds the entity, authorizes the call's action on its ARN (or the one it would have),
 * then fails the call with NoSuchEntity if it is not there.
 */
MUST_CHECK int entity_open(struct call *call, const char *kind, str name, struct entity *ret);
/* The same for a user, or without a name for the caller: a user or the root. */
MUST_CHECK int entity_open_user(struct call *call, str name, struct entity *ret);

/* How many of a kind an account may have. */
int64_t entity_quota(str kind);
/* Inserts; 0 done, or the call has failed with EntityAlreadyExists or LimitExceeded. */
MUST_CHECK int entity_insert(struct call *call, const struct entity *entity);
/* Deletes, after checking that nothing hangs on it. */
MUST_CHECK int entity_delete(struct call *call, const struct entity *entity);
/* An absent name or path stays as it is. */
MUST_CHECK int entity_rename(
        struct call *call, const struct entity *entity, str new_name, str new_path);
/* A page of the user's groups by name; one more than `limit` if there are further ones. */
MUST_CHECK int entity_groups(
        struct tx *tx, const struct entity *user, str after, int64_t limit, struct db_rows *ret);
/* A page of entities by name; one more than `limit` if there are further ones. */
MUST_CHECK int entity_list(struct call *call, const char *kind, str path_prefix, str after,
        int64_t limit, struct db_rows *ret);

str entity_key(struct arena *arena, str name); /* names compare without case */

/* ---- identity.c -------------------------------------------------------------------- */

/* The policies of a user with those of its groups, of a group, or of a role; and the boundary. */
MUST_CHECK int entity_policies(
        struct tx *tx, const struct entity *entity, struct principal_policies *ret);

/* ---- users.c ----------------------------------------------------------------------- */

/* A row of ENTITY_COLUMNS as lists show a user. */
MUST_CHECK int user_listed(struct call *call, const struct db_row *row, struct iam_User *ret);
/* As lists show users: `len` rows of ENTITY_COLUMNS. */
MUST_CHECK int user_list(
        struct call *call, const struct db_rows *rows, size_t len, struct iam_userListType *ret);

/* ---- roles.c ----------------------------------------------------------------------- */

MUST_CHECK int role_shown(
        struct call *call, const struct entity *entity, bool is_listed, struct iam_Role *ret);

/* ---- linked_roles.c ---------------------------------------------------------------- */

bool entity_is_linked(const struct entity *entity);
/* A service-linked role fails the call with UnmodifiableEntity. */
MUST_CHECK int entity_check_modifiable(struct call *call, const struct entity *entity);
/* The path of a new role (absent: none) may not be that of service-linked ones. */
MUST_CHECK int entity_check_path(struct call *call, str path);
/* Is it a policy of AWS for such a role, and for no other? */
bool policy_is_linked(str arn);

/* ---- boundaries.c ------------------------------------------------------------------ */

struct iam_AttachedPermissionsBoundary *entity_boundary(struct call *call, str arn);
/* A boundary that is being set must be a policy of the account or of AWS. */
MUST_CHECK int entity_check_boundary(struct call *call, str arn);

/* ---- Paging ------------------------------------------------------------------------ */

struct page {
    str after;     /* position to go on from; absent: the start */
    int64_t limit; /* rows to answer with; ask for one more */
};
MUST_CHECK int page_begin(
        struct call *call, str marker, struct opt_int max_items, struct page *ret);
/* Rows to answer with, of `len` found; sets the two members of every list answer. */
size_t page_end(struct call *call, const struct page *page, size_t len, str last_position,
        struct opt_bool *ret_truncated, str *ret_marker);

/* The same for rows, whose `column` is the position. */
size_t page_end_rows(struct call *call, const struct page *page, const struct db_rows *rows,
        size_t column, struct opt_bool *ret_truncated, str *ret_marker);

/* ---- documents.c ------------------------------------------------------------------- */

/* Fails the call with MalformedPolicyDocument or LimitExceeded. */
MUST_CHECK int document_check(struct call *call, str text, enum policy_kind kind);
/* Characters that count against a size quota. */
size_t document_size(str text);
/* As the API returns documents. */
str document_encode(struct call *call, str text);
