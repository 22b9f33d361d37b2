#include "services/kms/key.h"

enum {
    LIST_PRESET = 50,
    LIST_MAX = 100
};

static str alias_arn(struct call *call, str name)
{
    return arn_make(call, "kms", name);
}

/* "alias/" and a name of AWS's characters; "alias/aws/" belongs to the services. */
static int check_name(struct call *call, str name)
{
    str rest = name;

    if (!str_take_prefix(&rest, STR("alias/")) || !rest.len)
        return call_fail(call, &error_Validation, "Invalid identifier");
    for (size_t i = 0; i < rest.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/_-",
                    rest.ptr[i]))
            return call_fail(
                    call, &kms_InvalidAliasNameException, "Alias contains invalid characters");
    if (str_starts(rest, STR("aws/")))
        return call_fail(
                call, &kms_InvalidAliasNameException, "Alias must not start with alias/aws/");
    return 0;
}

/* The key must be named by id or key ARN, and allow the action, as the alias must. */
static int find_target(
        struct call *call, str alias, str target, const char *action, struct key *ret)
{
    int r = check_name(call, alias);

    if (r < 0)
        return r;
    if (str_find(target, STR("alias/")) >= 0)
        return call_fail(call, &error_Validation, "Aliases must refer to keys. Not aliases");
    if ((r = key_find(call, target, ret)) < 0)
        return r;
    if (!str_eq(ret->account, call->account) || !str_eq(ret->region, call->region))
        return call_fail(call, &kms_NotFoundException,
                "Key '%.*s' is not in the account and Region of the alias", STR_ARG(ret->arn));
    call_add_key(call, STR("kms:CallerAccount"), call->principal->account);
    if ((r = authorize(call, str_of(action), alias_arn(call, alias))) < 0 ||
            (r = key_authorize(call, ret, action, NULL, 0)) < 0)
        return r;
    if (str_eq(ret->state, STR("PendingDeletion")))
        return call_fail(call, &kms_KMSInvalidStateException, "%.*s is pending deletion.",
                STR_ARG(ret->arn));
    return 0;
}

/* Once it has the new one. */
static int check_number(struct call *call, const struct key *key)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows, "select name from kms_alias where key_id = $1 limit $2",
            key->id, KEY_MAX_ALIASES + 1);

    if (r < 0 || rows.len <= KEY_MAX_ALIASES)
        return r < 0 ? r : 0;
    return call_fail(call, &kms_LimitExceededException, "%.*s cannot have more than %d aliases.",
            STR_ARG(key->arn), KEY_MAX_ALIASES);
}

int kms_CreateAlias(struct call *call, const struct kms_CreateAliasRequest *in, void *out)
{
    struct key key;
    int r = find_target(call, in->AliasName, in->TargetKeyId, "kms:CreateAlias", &key);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into kms_alias (account, region, name, key_id, created, updated) values ($1, "
            "$2, $3, $4, $5, $5)"
            " on conflict do nothing",
            call->account, call->region, in->AliasName, key.id, call->now);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &kms_AlreadyExistsException,
                "An alias with the name %.*s already exists",
                STR_ARG(alias_arn(call, in->AliasName)));
    return check_number(call, &key);
}

static int alias_is_missing(struct call *call, str name)
{
    return call_fail(call, &kms_NotFoundException, "Alias %.*s is not found.",
            STR_ARG(alias_arn(call, name)));
}

int kms_UpdateAlias(struct call *call, const struct kms_UpdateAliasRequest *in, void *out)
{
    struct key key;
    int r = find_target(call, in->AliasName, in->TargetKeyId, "kms:UpdateAlias", &key);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update kms_alias set key_id = $4, updated = $5 where account = $1 and region = $2 and "
            "name = $3",
            call->account, call->region, in->AliasName, key.id, call->now);
    if (r < 0)
        return r;
    return r == 0 ? alias_is_missing(call, in->AliasName) : check_number(call, &key);
}

int kms_DeleteAlias(struct call *call, const struct kms_DeleteAliasRequest *in, void *out)
{
    struct key key;
    int r = check_name(call, in->AliasName);

    (void)out;
    call_add_key(call, STR("kms:CallerAccount"), call->principal->account);
    if (r < 0 ||
            (r = authorize(call, STR("kms:DeleteAlias"), alias_arn(call, in->AliasName))) < 0 ||
            (r = key_find_for(call, in->AliasName, "kms:DeleteAlias", &key)) < 0)
        return r;
    r = db_exec(call->tx, "delete from kms_alias where account = $1 and region = $2 and name = $3",
            call->account, call->region, in->AliasName);
    return r < 0 ? r : 0;
}

#define ALIAS_COLUMNS "select name, key_id, created, updated from kms_alias where "

/* Who may list his own aliases learns nothing of another account's keys, nor that they are there. */
static int find_own(struct call *call, str ref, struct key *ret)
{
    struct arn arn;

    if (arn_parse(ref, &arn) == 0 &&
            (!str_eq(arn.account, call->account) || !str_eq(arn.region, call->region)))
        return call_fail(call, &kms_NotFoundException, "Key '%.*s' does not exist", STR_ARG(ref));
    return key_find(call, ref, ret);
}

int kms_ListAliases(struct call *call, const struct kms_ListAliasesRequest *in,
        struct kms_ListAliasesResponse *out)
{
    size_t limit = (size_t)page_limit(in->Limit, LIST_PRESET, LIST_MAX);
    struct db_rows rows;
    struct key key = {0};
    str after;
    int r = page_open(call, in->Marker, &kms_InvalidMarkerException, &after);

    if (r < 0 || (in->KeyId.ptr && (r = find_own(call, in->KeyId, &key)) < 0))
        return r;
    if (!after.ptr)
        after = STR("");
    if (in->KeyId.ptr)
        r = db_query(call->tx, &rows,
                ALIAS_COLUMNS "key_id = $1 and name > $2 order by name limit $3", key.id, after,
                limit + 1);
    else
        r = db_query(call->tx, &rows,
                ALIAS_COLUMNS "account = $1 and region = $2 and name > $3 order by name limit $4",
                call->account, call->region, after, limit + 1);
    if (r < 0)
        return r;
    out->Aliases.is_set = true;
    out->Aliases.len = rows.len < limit ? rows.len : limit;
    out->Aliases.items = arena_array(call->arena, out->Aliases.len, struct kms_AliasListEntry);
    for (size_t i = 0; i < out->Aliases.len; i++) {
        const struct db_row *row = &rows.items[i];
        out->Aliases.items[i] = (struct kms_AliasListEntry){
                .AliasName = row_text(row, 0),
                .AliasArn = alias_arn(call, row_text(row, 0)),
                .TargetKeyId = row_text(row, 1),
                .CreationDate = SOME_TIME(row_int(row, 2)),
                .LastUpdatedDate = SOME_TIME(row_int(row, 3)),
        };
    }
    out->Truncated = SOME_BOOL(rows.len > limit);
    if (rows.len > limit)
        out->NextMarker = page_seal(call, out->Aliases.items[limit - 1].AliasName);
    return 0;
}
