#include "services/iam/entity.h"

int iam_CreateAccountAlias(
        struct call *call, const struct iam_CreateAccountAliasRequest *in, void *out)
{
    int r = db_exec(call->tx, "delete from iam_account_alias where account = $1", call->account);

    (void)out;
    if (r < 0)
        return r;
    /* An account has one alias; the names are everybody's. */
    r = db_exec(call->tx,
            "insert into iam_account_alias (alias, account) values ($1, $2) on conflict do nothing",
            in->AccountAlias, call->account);
    if (r == 0)
        return call_fail(call, &iam_EntityAlreadyExistsException,
                "The account alias %.*s already exists.", STR_ARG(in->AccountAlias));
    return r < 0 ? r : 0;
}

int iam_DeleteAccountAlias(
        struct call *call, const struct iam_DeleteAccountAliasRequest *in, void *out)
{
    int r = db_exec(call->tx, "delete from iam_account_alias where account = $1 and alias = $2",
            call->account, in->AccountAlias);

    (void)out;
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "The account alias %.*s cannot be found.", STR_ARG(in->AccountAlias));
    return r < 0 ? r : 0;
}

int iam_ListAccountAliases(struct call *call, const struct iam_ListAccountAliasesRequest *in,
        struct iam_ListAccountAliasesResponse *out)
{
    const struct db_row *row;
    struct page page;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r == 0)
        r = db_one(call->tx, &row, "select alias from iam_account_alias where account = $1",
                call->account);
    if (r < 0)
        return r;
    out->IsTruncated = SOME_BOOL(false);
    out->AccountAliases = (struct str_list){arena_array(call->arena, 1, str), (size_t)r, true};
    if (r == 1)
        out->AccountAliases.items[0] = row_text(row, 0);
    return 0;
}
