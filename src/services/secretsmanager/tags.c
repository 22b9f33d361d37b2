#include "services/secretsmanager/secret.h"

int secret_tags(
        struct call *call, const struct secret *secret, struct secretsmanager_TagListType *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select name, value from secretsmanager_tag where secret_id = $1 order by name",
            secret->id);

    if (r < 0)
        return r;
    *ret = (struct secretsmanager_TagListType){
            arena_array(call->arena, rows.len, struct secretsmanager_Tag), 0, true};
    for (; ret->len < rows.len; ret->len++)
        ret->items[ret->len] = (struct secretsmanager_Tag){
                row_text(&rows.items[ret->len], 0), row_text(&rows.items[ret->len], 1)};
    return 0;
}

int secret_put_tags(struct call *call, const struct secret *secret,
        const struct secretsmanager_TagListType *tags)
{
    struct secretsmanager_TagListType all;
    int r = 0;

    for (size_t i = 0; i < tags->len; i++) {
        str name = tags->items[i].Key, value = tags->items[i].Value;

        if (!name.ptr || str_eq_nocase(str_head(name, 4), STR("aws:")))
            return call_fail(call, &secretsmanager_InvalidParameterException,
                    "Tag keys are required, and can't begin with aws: (reserved for AWS use).");
        r = db_exec(call->tx,
                "insert into secretsmanager_tag (secret_id, name, value) values ($1, $2, $3)"
                " on conflict (secret_id, name) do update set value = excluded.value",
                secret->id, name, value.ptr ? value : STR(""));
        if (r < 0)
            return r;
    }
    if (!tags->len || (r = secret_tags(call, secret, &all)) < 0)
        return r;
    if (all.len > SECRET_MAX_TAGS)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "A secret can have at most %d tags.", SECRET_MAX_TAGS);
    return 0;
}

int secretsmanager_TagResource(
        struct call *call, const struct secretsmanager_TagResourceRequest *in, void *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:TagResource", &secret);

    (void)out;
    return r < 0 ? r : secret_put_tags(call, &secret, &in->Tags);
}

int secretsmanager_UntagResource(
        struct call *call, const struct secretsmanager_UntagResourceRequest *in, void *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:UntagResource", &secret);

    (void)out;
    for (size_t i = 0; r >= 0 && i < in->TagKeys.len; i++)
        r = db_exec(call->tx, "delete from secretsmanager_tag where secret_id = $1 and name = $2",
                secret.id, in->TagKeys.items[i]);
    return r < 0 ? r : 0;
}
