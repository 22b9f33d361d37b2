/* The operations on grants. */
#include "services/kms/grant.h"

#include "base/buf.h"
#include "base/codec.h"
#include "base/random.h"
#include "services/kms/access.h"

enum {
    LIST_PRESET = 50,
    LIST_MAX = 100,
    OPERATIONS_MAX = 1024, /* bytes of all their names */
};

/* In the order in which they are kept and shown. */
static const struct operation_use {
    const char *name;
    const char *usage; /* of the keys that do it; NULL: of all */
    bool symmetric_only, pair_only;
} operation_uses[] = {
        {"CreateGrant", NULL, false, false},
        {"Decrypt", "ENCRYPT_DECRYPT", false, false},
        {"DeriveSharedSecret", "KEY_AGREEMENT", false, false},
        {"DescribeKey", NULL, false, false},
        {"Encrypt", "ENCRYPT_DECRYPT", false, false},
        {"GenerateDataKey", "ENCRYPT_DECRYPT", true, false},
        {"GenerateDataKeyPair", "ENCRYPT_DECRYPT", true, false},
        {"GenerateDataKeyPairWithoutPlaintext", "ENCRYPT_DECRYPT", true, false},
        {"GenerateDataKeyWithoutPlaintext", "ENCRYPT_DECRYPT", true, false},
        {"GenerateMac", "GENERATE_VERIFY_MAC", false, false},
        {"GetPublicKey", NULL, false, true},
        {"ReEncryptFrom", "ENCRYPT_DECRYPT", false, false},
        {"ReEncryptTo", "ENCRYPT_DECRYPT", false, false},
        {"RetireGrant", NULL, false, false},
        {"Sign", "SIGN_VERIFY", false, false},
        {"Verify", "SIGN_VERIFY", false, false},
        {"VerifyMac", "GENERATE_VERIFY_MAC", false, false},
};

/* ---- CreateGrant ---------------------------------------------------------------------------- */

static bool is_fit(const struct key *key, const struct operation_use *use)
{
    bool is_symmetric = key->spec->family == KEY_SYMMETRIC;
    bool is_pair = !is_symmetric && !str_eq(key->usage, STR("GENERATE_VERIFY_MAC"));

    return (!use->usage || str_eq(key->usage, str_of(use->usage))) &&
           (!use->symmetric_only || is_symmetric) && (!use->pair_only || is_pair);
}

static const struct operation_use *find_use(str name)
{
    for (size_t i = 0; i < sizeof(operation_uses) / sizeof(*operation_uses); i++)
        if (str_eq(name, str_of(operation_uses[i].name)))
            return &operation_uses[i];
    return NULL;
}

/* The names that are asked for, each once and in order: ",Decrypt,Encrypt,". */
static int read_operations(
        struct call *call, const struct key *key, struct str_list asked, str *ret)
{
    struct buf out = buf_make(call->arena, OPERATIONS_MAX);

    if (!asked.len)
        return call_fail(call, &error_Validation, "Operations must not be empty");
    for (size_t i = 0; i < asked.len; i++) {
        const struct operation_use *use = find_use(asked.items[i]);

        if (!use || !is_fit(key, use))
            return call_fail(call, &error_Validation,
                    "Grant operation %.*s is not valid for a KMS key of spec %.*s with key usage "
                    "%.*s",
                    STR_ARG(asked.items[i]), STR_ARG(key->spec->name), STR_ARG(key->usage));
    }
    buf_char(&out, ',');
    for (size_t i = 0; i < sizeof(operation_uses) / sizeof(*operation_uses); i++)
        if (list_has(asked, str_of(operation_uses[i].name)))
            buf_printf(&out, "%s,", operation_uses[i].name);
    *ret = buf_str(&out);
    return 0;
}

static int check_principal(struct call *call, str text)
{
    static const char *const kinds[] = {"user/", "role/", "assumed-role/", "federated-user/"};
    struct arn arn;
    bool is_one = false;

    if (arn_parse(text, &arn) == 0 && arn.account.len == 12 && !arn.region.len) {
        is_one = str_eq(arn.service, STR("iam")) && str_eq(arn.resource, STR("root"));
        for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
            if (str_eq(arn.service, i < 2 ? STR("iam") : STR("sts")))
                is_one = is_one || (str_starts(arn.resource, str_of(kinds[i])) &&
                                           arn.resource.len > strlen(kinds[i]));
    }
    return is_one ? 0
                  : call_fail(call, &kms_InvalidArnException,
                            "ARN does not refer to a valid principal: %.*s", STR_ARG(text));
}

/* One of an ARN and the name of a service. Empty: neither, where that may be. */
static int read_principal(
        struct call *call, str arn, str service, const char *what, bool is_required, str *ret)
{
    if (arn.ptr && service.ptr)
        return call_fail(call, &error_Validation,
                "%sPrincipal and %sServicePrincipal cannot both be given", what, what);
    if (!arn.ptr && !service.ptr && is_required)
        return call_fail(call, &error_Validation,
                "One of %sPrincipal and %sServicePrincipal is required", what, what);
    if (service.ptr)
        *ret = service;
    else
        *ret = arn.ptr ? arn : STR("");
    return arn.ptr ? check_principal(call, arn) : 0;
}

static int check_constraints(
        struct call *call, const struct key *key, const struct kms_GrantConstraints *constraints)
{
    str bytes;
    bool is_exact;

    if (constraints->SourceArn.ptr)
        return call_fail(call, &error_Validation,
                "Grants with the constraint SourceArn are not supported by Slipway.");
    if (constraints->EncryptionContextEquals.len && constraints->EncryptionContextSubset.len)
        return call_fail(call, &error_Validation,
                "EncryptionContextEquals and EncryptionContextSubset cannot both be given");
    const struct kms_EncryptionContextType *pairs = grant_pairs(constraints, &is_exact);
    if (pairs->len && key->spec->family != KEY_SYMMETRIC)
        return call_fail(call, &error_Validation,
                "Encryption context constraints are valid only in grants on symmetric encryption "
                "keys");
    return access_context_bytes(call, pairs, &bytes);
}

/* "true" where a service asks for the caller. */
static str for_aws_resource(const struct call *call)
{
    bool is = call->principal->kind == PRINCIPAL_SERVICE || call->principal->invoked_by.ptr;

    return is ? STR("true") : STR("false");
}

static str constraint_type(bool is_exact)
{
    return is_exact ? STR("EncryptionContextEquals") : STR("EncryptionContextSubset");
}

/* key_find() for ListGrants and RevokeGrant. */
static int find_for_grants(struct call *call, str ref, const char *action, struct key *ret)
{
    str resource = for_aws_resource(call);
    const struct policy_key more = {STR("kms:GrantIsForAWSResource"), {&resource, 1, true}};
    int r = key_find(call, ref, ret);

    return r < 0 ? r : key_authorize(call, ret, action, &more, 1);
}

/* Condition keys of CreateGrant. The new grant's constraints stand where a request's context does. */
static int may_create(struct call *call, const struct key *key, const struct grant *grant,
        const struct str_list *operations)
{
    bool is_exact;
    const struct kms_EncryptionContextType *pairs = grant_pairs(&grant->constraints, &is_exact);
    str type = constraint_type(is_exact), resource = for_aws_resource(call);
    struct policy_key more[3] = {
            {STR("kms:GrantOperations"), {operations->items, operations->len, true}},
            {STR("kms:GrantIsForAWSResource"), {&resource, 1, true}},
            {STR("kms:GrantConstraintType"), {&type, 1, true}},
    };
    const struct access access = {.action = "kms:CreateGrant",
            .context = pairs,
            .more = more,
            .more_len = pairs->len ? 3 : 2};

    return access_found_key(call, key, &access);
}

/* The same grant again, under the same name, is the one that is there. 1 found. */
static int find_same(struct call *call, const struct grant *draft, str constraints, str *ret_id)
{
    struct db_rows rows;
    int r;

    if (!draft->name.len)
        return 0;
    r = db_query(call->tx, &rows,
            "select id from kms_grant where key_id = $1 and name = $2 and grantee = $3"
            " and retiring = $4 and operations = $5 and constraints = $6 limit 1",
            draft->key_id, draft->name, draft->grantee, draft->retiring, draft->operations,
            constraints);
    if (r < 0 || rows.len == 0)
        return r < 0 ? r : 0;
    *ret_id = row_text(&rows.items[0], 0);
    return 1;
}

static int insert(struct call *call, struct grant *draft, str constraints)
{
    char bytes[GRANT_ID_LEN / 2];
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select id from kms_grant where key_id = $1 order by id limit 1 offset $2",
            draft->key_id, GRANT_MAX_PER_KEY - 1);

    if (r < 0)
        return r;
    if (rows.len)
        return call_fail(call, &kms_LimitExceededException,
                "Grants per KMS key: the limit of %d is reached.", GRANT_MAX_PER_KEY);
    random_bytes(bytes, sizeof(bytes));
    draft->id = hex_encode(call->arena, (str){bytes, sizeof(bytes)});
    return db_exec(call->tx,
            "insert into kms_grant (id, key_id, name, grantee, retiring, operations, constraints,"
            " issuer, created) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            draft->id, draft->key_id, draft->name, draft->grantee, draft->retiring,
            draft->operations, constraints, call->principal->account, call->now);
}

static int read_principals(
        struct call *call, const struct kms_CreateGrantRequest *in, struct grant *draft)
{
    int r = read_principal(call, in->GranteePrincipal, in->GranteeServicePrincipal, "Grantee", true,
            &draft->grantee);

    return r < 0 ? r
                 : read_principal(call, in->RetiringPrincipal, in->RetiringServicePrincipal,
                           "Retiring", false, &draft->retiring);
}

int kms_CreateGrant(struct call *call, const struct kms_CreateGrantRequest *in,
        struct kms_CreateGrantResponse *out)
{
    struct grant draft = {.name = in->Name.ptr ? in->Name : STR("")};
    struct key key;
    str constraints;
    bool is_exact;
    int r;

    if (in->Constraints)
        draft.constraints = *in->Constraints;
    if ((r = grant_tokens_check(call, &in->GrantTokens)) < 0 ||
            (r = key_find(call, in->KeyId, &key)) < 0 ||
            (r = may_create(call, &key, &draft, &in->Operations)) < 0)
        return r;
    if (str_eq(key.manager, STR("AWS")))
        return key_refuse_managed(call, "kms:CreateGrant");
    draft.key_id = key.id;
    if ((r = read_principals(call, in, &draft)) < 0 ||
            (r = read_operations(call, &key, in->Operations, &draft.operations)) < 0 ||
            (r = check_constraints(call, &key, &draft.constraints)) < 0 ||
            (r = access_dry_run(call, in->DryRun)) < 0)
        return r;
    constraints =
            grant_pairs(&draft.constraints, &is_exact)->len
                    ? shape_to_json(call->arena, kms_type_GrantConstraints, &draft.constraints)
                    : STR("");
    r = find_same(call, &draft, constraints, &draft.id);
    if (r == 0)
        r = insert(call, &draft, constraints);
    if (r < 0)
        return r;
    out->GrantId = draft.id;
    out->GrantToken = grant_token(call->arena, draft.id);
    return 0;
}

/* ---- Lists ---------------------------------------------------------------------------------- */

static struct str_list list_operations(struct call *call, const struct grant *grant)
{
    struct str_list list = {.is_set = true};
    str rest = grant->operations, one;

    list.items = arena_array(call->arena, sizeof(operation_uses) / sizeof(*operation_uses), str);
    while (str_next(&rest, ',', &one))
        if (one.len)
            list.items[list.len++] = one;
    return list;
}

static bool is_arn(str text)
{
    return str_starts(text, STR("arn:"));
}

static int make_entry(struct call *call, const struct db_row *row, struct kms_GrantListEntry *ret)
{
    struct grant grant;
    bool is_exact;
    int r = grant_read(call, row, &grant);

    if (r < 0)
        return r;
    *ret = (struct kms_GrantListEntry){
            .KeyId = grant.key_arn,
            .GrantId = grant.id,
            .Name = grant.name,
            .CreationDate = SOME_TIME(grant.created),
            .IssuingAccount =
                    str_printf(call->arena, "arn:aws:iam::%.*s:root", STR_ARG(grant.issuer)),
            .Operations = list_operations(call, &grant),
    };
    *(is_arn(grant.grantee) ? &ret->GranteePrincipal : &ret->GranteeServicePrincipal) =
            grant.grantee;
    if (grant.retiring.len)
        *(is_arn(grant.retiring) ? &ret->RetiringPrincipal : &ret->RetiringServicePrincipal) =
                grant.retiring;
    if (grant_pairs(&grant.constraints, &is_exact)->len) {
        ret->Constraints = arena_new(call->arena, struct kms_GrantConstraints);
        *ret->Constraints = grant.constraints;
    }
    return 0;
}

/* `rows` has one more than the page, if there is more. */
static int make_page(struct call *call, const struct db_rows *rows, size_t limit,
        struct kms_ListGrantsResponse *out)
{
    size_t len = rows->len < limit ? rows->len : limit;
    int r = 0;

    out->Grants.is_set = true;
    out->Grants.items = arena_array(call->arena, len, struct kms_GrantListEntry);
    for (size_t i = 0; i < len && r == 0; i++)
        r = make_entry(call, &rows->items[i], &out->Grants.items[i]);
    out->Grants.len = len;
    out->Truncated = SOME_BOOL(rows->len > limit);
    if (rows->len > limit)
        out->NextMarker = page_seal(call, out->Grants.items[limit - 1].GrantId);
    return r;
}

static bool is_grant_id(str id)
{
    for (size_t i = 0; i < id.len; i++)
        if (!(id.ptr[i] >= '0' && id.ptr[i] <= '9') && !(id.ptr[i] >= 'a' && id.ptr[i] <= 'f'))
            return false;
    return id.len == GRANT_ID_LEN;
}

static int check_grant_id(struct call *call, str id)
{
    if (id.ptr && !is_grant_id(id))
        return call_fail(
                call, &kms_InvalidGrantIdException, "%.*s is not a valid grant id.", STR_ARG(id));
    return 0;
}

int kms_ListGrants(struct call *call, const struct kms_ListGrantsRequest *in,
        struct kms_ListGrantsResponse *out)
{
    size_t limit = (size_t)page_limit(in->Limit, LIST_PRESET, LIST_MAX);
    struct db_rows rows;
    struct key key;
    str after, grantee;
    int r;

    if ((r = page_open(call, in->Marker, &kms_InvalidMarkerException, &after)) < 0 ||
            (r = check_grant_id(call, in->GrantId)) < 0 ||
            (r = find_for_grants(call, in->KeyId, "kms:ListGrants", &key)) < 0 ||
            (r = read_principal(call, in->GranteePrincipal, in->GranteeServicePrincipal, "Grantee",
                     false, &grantee)) < 0)
        return r;
    after = after.ptr ? after : STR("");
    if (in->GrantId.ptr)
        r = db_query(call->tx, &rows,
                GRANT_COLUMNS
                "g.key_id = $1 and g.id = $2 and g.id > $3 and ($4 = '' or g.grantee = $4)",
                key.id, in->GrantId, after, grantee);
    else if (grantee.len)
        r = db_query(call->tx, &rows,
                GRANT_COLUMNS
                "g.key_id = $1 and g.grantee = $2 and g.id > $3 order by g.id limit $4",
                key.id, grantee, after, limit + 1);
    else
        r = db_query(call->tx, &rows,
                GRANT_COLUMNS "g.key_id = $1 and g.id > $2 order by g.id limit $3", key.id, after,
                limit + 1);
    return r < 0 ? r : make_page(call, &rows, limit, out);
}

int kms_ListRetirableGrants(struct call *call, const struct kms_ListRetirableGrantsRequest *in,
        struct kms_ListGrantsResponse *out)
{
    size_t limit = (size_t)page_limit(in->Limit, LIST_PRESET, LIST_MAX);
    struct db_rows rows;
    struct arn arn;
    str after, retiring;
    int r;

    if ((r = page_open(call, in->Marker, &kms_InvalidMarkerException, &after)) < 0 ||
            (r = read_principal(call, in->RetiringPrincipal, in->RetiringServicePrincipal,
                     "Retiring", true, &retiring)) < 0)
        return r;
    if (!in->RetiringPrincipal.ptr || arn_parse(retiring, &arn) < 0 ||
            !str_eq(arn.account, call->principal->account))
        return call_fail(call, &error_AccessDenied,
                "User: %.*s is not authorized to perform: kms:ListRetirableGrants for a retiring "
                "principal that is not of its account",
                STR_ARG(call->principal->arn));
    r = db_query(call->tx, &rows,
            GRANT_COLUMNS "g.retiring = $1 and g.id > $2 and k.region = $3 order by g.id limit $4",
            retiring, after.ptr ? after : STR(""), call->region, limit + 1);
    return r < 0 ? r : make_page(call, &rows, limit, out);
}

/* ---- The end of a grant --------------------------------------------------------------------- */

static int grant_is_missing(struct call *call, str id)
{
    return call_fail(call, &kms_NotFoundException, "Grant ID %.*s not found", STR_ARG(id));
}

static int delete_grant(struct call *call, const struct grant *grant)
{
    int r = db_exec(call->tx, "delete from kms_grant where id = $1", grant->id);

    return r < 0 ? r : 0;
}

static bool may_retire(const struct call *call, const struct grant *grant)
{
    const struct principal *principal = call->principal;

    return grant_names(grant->retiring, principal) ||
           (grant_allows(grant, STR("RetireGrant")) && grant_names(grant->grantee, principal)) ||
           (principal->kind == PRINCIPAL_ROOT && str_eq(principal->account, grant->issuer));
}

/* For who is not entitled by the grant itself. Its constraints stand where a request's context does. */
static int may_retire_by_policy(struct call *call, const struct grant *grant)
{
    bool is_exact;
    const struct kms_EncryptionContextType *pairs = grant_pairs(&grant->constraints, &is_exact);
    str type = constraint_type(is_exact);
    const struct policy_key more = {STR("kms:GrantConstraintType"), {&type, 1, true}};
    const struct access access = {.action = "kms:RetireGrant",
            .context = pairs,
            .more = &more,
            .more_len = pairs->len ? 1 : 0};
    struct key key;
    int r = key_find(call, grant->key_arn, &key);

    return r < 0 ? r : access_ask(call, &key, &access);
}

/* 1 the grant that the token, or the key and the id, name; 0 there is none. */
static int find_named(struct call *call, const struct kms_RetireGrantRequest *in,
        struct grant *ret_grant, str *ret_id)
{
    bool has_pair = in->KeyId.ptr && in->GrantId.ptr;
    struct key key = {0};
    int r;

    if (in->GrantToken.ptr ? in->KeyId.ptr || in->GrantId.ptr : !has_pair)
        return call_fail(call, &error_Validation,
                "Must specify either a grant token or a grant id and a key id");
    *ret_id = in->GrantId;
    if (in->GrantToken.ptr)
        r = grant_of_token(call, in->GrantToken, ret_id);
    else if ((r = check_grant_id(call, in->GrantId)) == 0)
        r = key_find(call, in->KeyId, &key);
    if (r < 0 || (r = grant_find(call, *ret_id, ret_grant)) < 0)
        return r;
    return r > 0 && (!key.arn.ptr || str_eq(key.id, ret_grant->key_id));
}

int kms_RetireGrant(struct call *call, const struct kms_RetireGrantRequest *in, void *out)
{
    struct grant grant;
    struct key key;
    str id;
    int r = find_named(call, in, &grant, &id), found = r;

    (void)out;
    if (r < 0)
        return r;
    /* Who is entitled by the grant itself needs no policy; whether it is there is told to nobody else. */
    if (!found && in->GrantToken.ptr)
        return grant_is_missing(call, id);
    if (!found) {
        r = key_find_for(call, in->KeyId, "kms:RetireGrant", &key);
        return r < 0 ? r : grant_is_missing(call, id);
    }
    if (!may_retire(call, &grant) && (r = may_retire_by_policy(call, &grant)) < 0)
        return r;
    r = access_dry_run(call, in->DryRun);
    return r < 0 ? r : delete_grant(call, &grant);
}

int kms_RevokeGrant(struct call *call, const struct kms_RevokeGrantRequest *in, void *out)
{
    struct grant grant;
    struct key key;
    int r;

    (void)out;
    if ((r = find_for_grants(call, in->KeyId, "kms:RevokeGrant", &key)) < 0)
        return r;
    if (str_eq(key.manager, STR("AWS")))
        return key_refuse_managed(call, "kms:RevokeGrant");
    if ((r = check_grant_id(call, in->GrantId)) < 0 ||
            (r = grant_find(call, in->GrantId, &grant)) < 0)
        return r;
    if (r == 0 || !str_eq(grant.key_id, key.id))
        return grant_is_missing(call, in->GrantId);
    r = access_dry_run(call, in->DryRun);
    return r < 0 ? r : delete_grant(call, &grant);
}
