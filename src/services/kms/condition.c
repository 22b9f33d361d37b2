/* What policies may ask about a key, beside what the operation says of itself. */
#include "services/kms/key.h"

enum {
    CALLER_KEYS = 2, /* kms:CallerAccount, kms:RequestAlias */
    KEY_KEYS = 7,    /* kms:KeySpec and the others of add_key() */
};

struct conditions {
    struct policy_key *items;
    size_t len;
};

static void add(struct call *call, struct conditions *to, const char *name, str value)
{
    str *kept = arena_new(call->arena, str);

    *kept = value;
    to->items[to->len++] = (struct policy_key){str_of(name), {kept, 1, true}};
}

/* What the key is. Its tags are added where all resources' are. */
static int add_key(struct call *call, struct conditions *to, const struct key *key)
{
    struct str_list names = {.is_set = true};
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select name from kms_alias where key_id = $1 order by name limit $2", key->id,
            KEY_MAX_ALIASES);

    if (r < 0)
        return r;
    names.items = arena_array(call->arena, rows.len, str);
    for (size_t i = 0; i < rows.len; i++)
        names.items[names.len++] = row_text(&rows.items[i], 0);
    if (names.len)
        to->items[to->len++] = (struct policy_key){STR("kms:ResourceAliases"), names};
    add(call, to, "kms:KeySpec", key->spec->name);
    add(call, to, "kms:KeyUsage", key->usage);
    add(call, to, "kms:KeyOrigin", key->origin);
    add(call, to, "kms:MultiRegion", STR("false"));
    add(call, to, "kms:CustomerMasterKeySpec", key->spec->name);
    add(call, to, "kms:CustomerMasterKeyUsage", key->usage);
    return 0;
}

/*
 * A key of another account is refused in the words of one that is not there: nobody finds out by his
 * own policies what it is, or what an alias names.
 */
static int refuse_untold(struct call *call, const struct key *key, const char *action,
        const struct conditions *untold)
{
    str arn = key->alias_arn.ptr ? key->alias_arn : key->arn;
    int r = authorize_with(call, str_of(action), arn, untold->items, untold->len);

    return r < 0 ? r : CALL_FAILED;
}

int key_authorize(struct call *call, const struct key *key, const char *action,
        const struct policy_key *keys, size_t len)
{
    struct conditions all = {
            .items = arena_array(call->arena, len + CALLER_KEYS + KEY_KEYS, struct policy_key)};
    struct conditions untold;
    int r;

    if (len)
        memcpy(all.items, keys, len * sizeof(*keys));
    all.len = len;
    add(call, &all, "kms:CallerAccount", call->principal->account);
    if (key->alias.ptr)
        add(call, &all, "kms:RequestAlias", key->alias);
    untold = all;
    if (key->id.ptr && (r = add_key(call, &all, key)) < 0)
        return r;
    r = authorize_with(call, str_of(action), key->arn, all.items, all.len);
    if (r == CALL_FAILED && key->id.ptr && !str_eq(key->account, call->principal->account))
        return refuse_untold(call, key, action, &untold);
    if (r < 0 || key->id.ptr)
        return r;
    return call_fail(call, &kms_NotFoundException, "Key '%.*s' does not exist", STR_ARG(key->arn));
}
