/* Identity providers as sts finds them, and the keys that it keeps with them. */
#include "base/json.h"
#include "services/iam/oidc_providers.h"

str oidc_list_json(struct call *call, const struct str_list *list)
{
    return shape_to_json(call->arena, iam_type_clientIDListType, list);
}

int oidc_list_read(struct arena *arena, str json, struct str_list *ret)
{
    struct error err;

    return shape_from_json(arena, iam_type_clientIDListType, json, ret, &err) < 0 ? -EIO : 0;
}

int iam_oidc_find(struct tx *tx, str account, str issuer, struct iam_oidc_provider *ret)
{
    struct iam_oidc_provider provider = {.account = account, .url = issuer};
    const struct db_row *row;
    int r;

    if (!str_take_prefix(&provider.url, STR("https://")))
        return 0;
    r = db_one(tx, &row,
            "select clients, thumbprints, keys, keys_at, keys_tried, failure"
            " from iam_oidc_provider where account = $1 and url = $2",
            account, provider.url);
    if (r <= 0)
        return r;
    provider.arn = str_printf(tx->arena, "arn:aws:iam::%.*s:oidc-provider/%.*s", STR_ARG(account),
            STR_ARG(provider.url));
    provider.keys = row_text(row, 2);
    provider.keys_at = row_int(row, 3);
    provider.keys_tried = row_int(row, 4);
    provider.failure = row_text(row, 5);
    r = oidc_list_read(tx->arena, row_text(row, 0), &provider.clients);
    if (r == 0)
        r = oidc_list_read(tx->arena, row_text(row, 1), &provider.thumbprints);
    if (r < 0)
        return r;
    *ret = provider;
    return 1;
}

int iam_oidc_begin_fetch(
        struct tx *tx, const struct iam_oidc_provider *provider, int64_t before, int64_t now)
{
    return db_exec(tx,
            "update iam_oidc_provider set keys_tried = $1, failure = null"
            " where account = $2 and url = $3 and keys_tried < $4",
            now, provider->account, provider->url, before);
}

int iam_oidc_end_fetch(
        struct tx *tx, const struct iam_oidc_provider *provider, str keys, str failure, int64_t now)
{
    int r = keys.ptr
                    ? db_exec(tx,
                              "update iam_oidc_provider set keys = $1, keys_at = $2, failure = null"
                              " where account = $3 and url = $4",
                              keys, now, provider->account, provider->url)
                    : db_exec(tx,
                              "update iam_oidc_provider set failure = $1"
                              " where account = $2 and url = $3",
                              failure, provider->account, provider->url);

    return r < 0 ? r : 0;
}
