#include "services/secretsmanager/secret.h"

void secret_from_row(struct call *call, const struct db_row *row, struct secret *ret)
{
    *ret = (struct secret){
            .id = row_text(row, 0),
            .account = row_text(row, 1),
            .region = row_text(row, 2),
            .name = row_text(row, 3),
            .description = row_text(row, 5),
            .key_id = row_text(row, 6),
            .policy = row_text(row, 7),
            .created = row_int(row, 8),
            .changed = row_int(row, 9),
            .deletion = row_int(row, 10),
            .rotation = {.is_known = !row_is_null(row, 11),
                    .is_enabled = row_int(row, 11),
                    .function = row_text(row, 12),
                    .rules = row_text(row, 13),
                    .next = row_int(row, 14),
                    .rotated = row_int(row, 15),
                    .version = row_text(row, 16),
                    .step = row_text(row, 17),
                    .tries = row_int(row, 18)},
    };
    ret->arn = str_printf(call->arena, "arn:aws:secretsmanager:%.*s:%.*s:secret:%.*s-%.*s",
            STR_ARG(ret->region), STR_ARG(ret->account), STR_ARG(ret->name),
            STR_ARG(row_text(row, 4)));
}

static int load_name(struct call *call, str account, str name, struct secret *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " SECRET_COLUMNS " from secretsmanager_secret"
            " where account = $1 and region = $2 and name = $3",
            account, call->region, name);

    if (r > 0)
        secret_from_row(call, row, ret);
    return r;
}

int secret_load(struct call *call, str ref, struct secret *ret)
{
    struct arn arn;
    str name;
    int r = 0;

    if (!str_starts(ref, STR("arn:")))
        return load_name(call, call->account, ref, ret);
    if (arn_parse(ref, &arn) < 0 || !str_eq(arn.service, STR("secretsmanager")) ||
            !str_eq(arn.region, call->region) || !str_take_prefix(&arn.resource, STR("secret:")))
        return 0;
    name = arn.resource;
    if (name.len > SECRET_SUFFIX_LEN + 1 && name.ptr[name.len - SECRET_SUFFIX_LEN - 1] == '-') {
        r = load_name(call, arn.account, str_head(name, name.len - SECRET_SUFFIX_LEN - 1), ret);
        if (r < 0 || (r > 0 && str_eq(ret->arn, ref)))
            return r;
    }
    return load_name(call, arn.account, name, ret);
}

static int may(struct call *call, const char *action, str arn, const struct secret *secret)
{
    struct secretsmanager_TagListType tags = {0};
    struct policy_key *keys;
    int r = secret ? secret_tags(call, secret, &tags) : 0;

    if (r < 0)
        return r;
    keys = arena_array(call->arena, 2 * tags.len, struct policy_key);
    for (size_t i = 0; i < tags.len; i++) {
        struct str_list value = {&tags.items[i].Value, 1, true};

        keys[2 * i] = (struct policy_key){
                str_concat(call->arena, STR("aws:ResourceTag/"), tags.items[i].Key), value};
        keys[2 * i + 1] = (struct policy_key){
                str_concat(call->arena, STR("secretsmanager:ResourceTag/"), tags.items[i].Key),
                value};
    }
    return authorize_with(call, str_of(action), arn, keys, 2 * tags.len);
}

int secret_find(struct call *call, str ref, const char *action, struct secret *ret)
{
    struct secret secret;
    str arn = ref;
    int found = secret_load(call, ref, &secret), r;

    if (found < 0)
        return found;
    if (found)
        arn = secret.arn;
    else if (!str_starts(ref, STR("arn:")))
        arn = arn_make(call, "secretsmanager", str_concat(call->arena, STR("secret:"), ref));
    if ((r = may(call, action, arn, found ? &secret : NULL)) < 0)
        return r;
    if (!found)
        return call_fail(call, &secretsmanager_ResourceNotFoundException,
                "Secrets Manager can't find the specified secret.");
    call->account = secret.account;
    *ret = secret;
    return 0;
}

int secret_use(struct call *call, str ref, const char *action, struct secret *ret)
{
    int r = secret_find(call, ref, action, ret);

    if (r == 0 && ret->deletion)
        return call_fail(call, &secretsmanager_InvalidRequestException,
                "You can't perform this operation on the secret because it was marked for "
                "deletion.");
    return r;
}

int secret_touch(struct call *call, const struct secret *secret)
{
    int r = db_exec(call->tx, "update secretsmanager_secret set changed = $2 where id = $1",
            secret->id, call->now);

    return r < 0 ? r : 0;
}
