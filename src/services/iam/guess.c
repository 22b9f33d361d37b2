#include "services/iam/guess.h"

static const char *const names[] = {[GUESS_MFA] = "mfa", [GUESS_PASSWORD] = "password"};

int guess_transaction(struct call *call, db_fn *fn, void *arg)
{
    struct error err = {0};
    int r = db_write(call->server->db, call->arena, fn, arg, &err);

    call->tx = NULL;
    if (r >= 0 || r == CALL_FAILED)
        return r;
    return call_fail(call, r == -EAGAIN ? &error_ServiceUnavailable : &error_InternalFailure, "%s",
            r == -EAGAIN ? "The service is busy. Please try again." : err.text);
}

static int find(struct call *call, str entity, enum guess_kind kind, const struct db_row **ret)
{
    return db_one(call->tx, ret,
            "select failures, blocked_until from iam_guess where entity = $1 and kind = $2", entity,
            names[kind]);
}

int guess_may(struct call *call, str entity, enum guess_kind kind)
{
    const struct db_row *row;
    int r = find(call, entity, kind, &row);

    if (r < 0)
        return r;
    return r == 0 || row_int(row, 1) <= call->now;
}

static int64_t pause_after(int64_t failures)
{
    int64_t pause = GUESS_PAUSE_MS;

    if (failures < GUESS_FREE)
        return 0;
    for (int64_t i = GUESS_FREE; i < failures && pause < GUESS_PAUSE_MAX_MS; i++)
        pause *= 2;
    return pause < GUESS_PAUSE_MAX_MS ? pause : GUESS_PAUSE_MAX_MS;
}

int guess_was(struct call *call, str entity, enum guess_kind kind, bool is_right)
{
    const struct db_row *row;
    int64_t failures;
    int r = find(call, entity, kind, &row);

    if (r < 0 || (r == 0 && is_right))
        return r;
    failures = r == 1 ? row_int(row, 0) + 1 : 1;
    if (is_right)
        r = db_exec(call->tx, "delete from iam_guess where entity = $1 and kind = $2", entity,
                names[kind]);
    else
        r = db_exec(call->tx,
                "insert into iam_guess (entity, kind, account, failures, blocked_until)"
                " values ($1, $2, $3, $4, $5) on conflict (entity, kind) do update set"
                " failures = excluded.failures, blocked_until = excluded.blocked_until",
                entity, names[kind], call->account, failures, call->now + pause_after(failures));
    return r < 0 ? r : 0;
}

int guess_refuse(struct call *call)
{
    return call_fail(call, &error_Throttling, "Rate exceeded");
}
