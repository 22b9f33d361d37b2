/* The passwords that users have had: only their verifiers, as that of the present one. */
#include "services/iam/password.h"

int password_history_read(struct call *call, str user, struct str_list *ret)
{
    struct password_rules rules;
    struct db_rows rows;
    int r = password_rules(call, &rules);

    *ret = (struct str_list){.is_set = true};
    if (r < 0 || rules.reuse == 0)
        return r;
    r = db_query(call->tx, &rows,
            "select verifier from iam_password_history where entity = $1 order by changed desc"
            " limit $2",
            user, rules.reuse);
    if (r < 0)
        return r;
    ret->items = arena_array(call->arena, rows.len, str);
    for (; ret->len < rows.len; ret->len++)
        ret->items[ret->len] = row_text(&rows.items[ret->len], 0);
    return 0;
}

int password_history_check(struct call *call, const struct str_list *verifiers, str password)
{
    for (size_t i = 0; i < verifiers->len; i++) {
        int r = password_verify(verifiers->items[i], password);
        if (r < 0)
            return r;
        if (r > 0)
            return call_fail(call, &iam_PasswordPolicyViolationException,
                    "Password cannot be one of the last %zu used", verifiers->len);
    }
    return 0;
}

int password_history_add(struct call *call, str user, str verifier)
{
    int r = db_exec(call->tx,
            "insert into iam_password_history (entity, account, changed, verifier)"
            " values ($1, $2, $3, $4) on conflict (entity, changed) do update set"
            " verifier = excluded.verifier",
            user, call->account, call->now, db_blob(verifier));

    if (r >= 0)
        r = db_exec(call->tx,
                "delete from iam_password_history where entity = $1 and changed not in"
                " (select changed from iam_password_history where entity = $1"
                " order by changed desc limit $2)",
                user, (int64_t)PASSWORD_HISTORY);
    return r < 0 ? r : 0;
}
