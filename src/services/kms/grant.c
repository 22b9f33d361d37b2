#include "services/kms/grant.h"

#include "base/codec.h"
#include "base/random.h"

enum {
    ROWS_AT_ONCE = 200,
    TOKEN_VERSION = 1,
    TOKEN_ID_LEN = GRANT_ID_LEN / 2,
    TOKEN_NOISE_LEN = 16,
    TOKEN_LEN = 1 + TOKEN_ID_LEN + TOKEN_NOISE_LEN,
};

#define CONTEXT_KEY STR("kms:EncryptionContext:")

/* ---- Rows ----------------------------------------------------------------------------------- */

int grant_read(struct call *call, const struct db_row *row, struct grant *ret)
{
    struct grant grant = {
            .id = row_text(row, 0),
            .key_id = row_text(row, 1),
            .name = row_text(row, 2),
            .grantee = row_text(row, 3),
            .retiring = row_text(row, 4),
            .operations = row_text(row, 5),
            .issuer = row_text(row, 7),
            .created = row_int(row, 8),
    };
    str constraints = row_text(row, 6);
    struct error err;
    int r = 0;

    grant.key_arn = str_printf(call->arena, "arn:aws:kms:%.*s:%.*s:key/%.*s",
            STR_ARG(row_text(row, 10)), STR_ARG(row_text(row, 9)), STR_ARG(grant.key_id));
    if (constraints.len)
        r = shape_from_json(
                call->arena, kms_type_GrantConstraints, constraints, &grant.constraints, &err);
    if (r == 0)
        *ret = grant;
    return r;
}

int grant_find(struct call *call, str id, struct grant *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row, GRANT_COLUMNS "g.id = $1", id);

    if (r <= 0)
        return r;
    r = grant_read(call, row, ret);
    return r < 0 ? r : 1;
}

/* ---- Whom a grant speaks for ---------------------------------------------------------------- */

bool grant_allows(const struct grant *grant, str operation)
{
    str rest = grant->operations, one;

    while (str_next(&rest, ',', &one))
        if (one.len && str_eq(one, operation))
            return true;
    return false;
}

static bool is_root_of(str who, str account)
{
    return account.len && str_take_prefix(&who, STR("arn:aws:iam::")) &&
           str_take_prefix(&who, account) && str_eq(who, STR(":root"));
}

bool grant_names(str who, const struct principal *principal)
{
    if (!who.len)
        return false;
    if (principal->kind == PRINCIPAL_SERVICE)
        return str_eq(who, principal->name);
    return str_eq(who, principal->arn) || str_eq(who, principal->issuer_arn) ||
           is_root_of(who, principal->account);
}

/* ---- What it asks of the request ------------------------------------------------------------ */

const struct kms_EncryptionContextType *grant_pairs(
        const struct kms_GrantConstraints *constraints, bool *ret_exact)
{
    *ret_exact = constraints->EncryptionContextEquals.len > 0;
    return *ret_exact ? &constraints->EncryptionContextEquals
                      : &constraints->EncryptionContextSubset;
}

static str value_of(const struct policy_request *request, str name)
{
    for (size_t i = 0; i < request->keys_len; i++)
        if (str_eq(request->keys[i].name, name) && request->keys[i].values.len == 1)
            return request->keys[i].values.items[0];
    return (str){0};
}

/* Names and values of the context are compared with their case, unlike those of conditions. */
static bool has_pair(
        const struct policy_request *request, const struct kms_EncryptionContextType_entry *pair)
{
    for (size_t i = 0; i < request->keys_len; i++) {
        const struct policy_key *key = &request->keys[i];
        str name = key->name;

        if (str_take_prefix(&name, CONTEXT_KEY) && str_eq(name, pair->key) &&
                key->values.len == 1 && str_eq(key->values.items[0], pair->value))
            return true;
    }
    return false;
}

static size_t count_pairs(const struct policy_request *request)
{
    size_t n = 0;

    for (size_t i = 0; i < request->keys_len; i++)
        n += str_starts(request->keys[i].name, CONTEXT_KEY);
    return n;
}

static bool has_context(str operation)
{
    return str_starts(operation, STR("GenerateDataKey")) || str_eq(operation, STR("Decrypt")) ||
           str_eq(operation, STR("Encrypt")) || str_starts(operation, STR("ReEncrypt"));
}

/* CreateGrant is allowed for grants that give no more: of the operations of this one, and bound
 * at least as tightly. The request has the new grant's constraints as its context. */
static bool covers_new_grant(const struct grant *grant, const struct policy_request *request,
        const struct kms_EncryptionContextType *pairs, bool is_exact)
{
    for (size_t i = 0; i < request->keys_len; i++) {
        const struct policy_key *key = &request->keys[i];

        for (size_t k = 0; str_eq(key->name, STR("kms:GrantOperations")) && k < key->values.len;
                k++)
            if (!grant_allows(grant, key->values.items[k]))
                return false;
    }
    return !pairs->len || !is_exact ||
           str_eq(value_of(request, STR("kms:GrantConstraintType")),
                   STR("EncryptionContextEquals"));
}

static bool holds(const struct grant *grant, str operation, const struct policy_request *request)
{
    bool is_exact, is_creation = str_eq(operation, STR("CreateGrant"));
    const struct kms_EncryptionContextType *pairs = grant_pairs(&grant->constraints, &is_exact);

    if (is_creation && !covers_new_grant(grant, request, pairs, is_exact))
        return false;
    if (!pairs->len || !(is_creation || has_context(operation)))
        return true;
    for (size_t i = 0; i < pairs->len; i++)
        if (!has_pair(request, &pairs->items[i]))
            return false;
    return !is_exact || count_pairs(request) == pairs->len;
}

/* ---- The question of the api layer ----------------------------------------------------------- */

/* Looks through the grants on the key that name the principal as `grantee`. 1: one allows it. */
static int look_through(struct call *call, str key_id, str grantee, str operation,
        const struct policy_request *request)
{
    str after = STR("");
    struct db_rows rows;
    struct grant grant;
    int r;

    do {
        r = db_query(call->tx, &rows,
                GRANT_COLUMNS
                "g.key_id = $1 and g.grantee = $2 and g.id > $3 order by g.id limit $4",
                key_id, grantee, after, ROWS_AT_ONCE);
        for (size_t i = 0; r >= 0 && i < rows.len; i++) {
            r = grant_read(call, &rows.items[i], &grant);
            if (r == 0 && grant_allows(&grant, operation) && holds(&grant, operation, request))
                return 1;
            after = grant.id;
        }
    } while (r >= 0 && rows.len == ROWS_AT_ONCE);
    return r < 0 ? r : 0;
}

int grant_speaks(struct call *call, const struct policy_request *request, struct policy_match *ret)
{
    str names[] = {request->principal_arn, request->principal_issuer, request->principal_service,
            str_printf(call->arena, "arn:aws:iam::%.*s:root", STR_ARG(request->principal_account))};
    const size_t account = sizeof(names) / sizeof(*names) - 1;
    str operation = request->action;
    struct arn arn;
    int r = 0;

    /* RetireGrant is of one grant, and judged where that one is at hand. */
    if (arn_parse(request->resource, &arn) < 0 || !str_take_prefix(&arn.resource, STR("key/")) ||
            !str_take_prefix(&operation, STR("kms:")) || str_eq(operation, STR("RetireGrant")) ||
            request->is_anonymous)
        return 0;
    for (size_t i = 0; i <= account && r == 0; i++) {
        if (!names[i].len || (i == account && request->principal_service.len))
            continue;
        r = look_through(call, arn.resource, names[i], operation, request);
        if (r > 0)
            *ret = (struct policy_match){
                    .effect = POLICY_ALLOW, .statement = -1, .by_account = i == account};
    }
    return r < 0 ? r : 0;
}

/* ---- Tokens --------------------------------------------------------------------------------- */

str grant_token(struct arena *arena, str id)
{
    char *bytes = arena_alloc(arena, TOKEN_LEN, 1);
    str raw;

    bytes[0] = TOKEN_VERSION;
    if (hex_decode(arena, id, &raw) == 0 && raw.len == TOKEN_ID_LEN)
        memcpy(bytes + 1, raw.ptr, TOKEN_ID_LEN);
    random_bytes(bytes + 1 + TOKEN_ID_LEN, TOKEN_NOISE_LEN);
    return base64url_encode(arena, (str){bytes, TOKEN_LEN});
}

int grant_of_token(struct call *call, str token, str *ret_id)
{
    str bytes;

    if (base64url_decode(call->arena, token, &bytes) < 0 || bytes.len != TOKEN_LEN ||
            bytes.ptr[0] != TOKEN_VERSION)
        return call_fail(call, &kms_InvalidGrantTokenException, "The grant token is not valid.");
    *ret_id = hex_encode(call->arena, (str){bytes.ptr + 1, TOKEN_ID_LEN});
    return 0;
}

int grant_tokens_check(struct call *call, const struct str_list *tokens)
{
    str id;
    int r = 0;

    for (size_t i = 0; tokens && i < tokens->len && r == 0; i++)
        r = grant_of_token(call, tokens->items[i], &id);
    return r;
}
