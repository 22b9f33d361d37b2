/* The password policy of an account. Without one, AWS's default holds: 8 characters of
 * three kinds. */
#include "services/iam/password.h"

enum {
    DEFAULT_LENGTH = 8,
    DEFAULT_KINDS = 3,
    LEAST_LENGTH = 6, /* of a policy that does not say */
    DAY_MS = 24 * 3600 * 1000,
};

struct counts {
    int symbols, numbers, upper, lower;
};

static struct counts count(str password)
{
    struct counts counts = {0};

    for (size_t i = 0; i < password.len; i++) {
        char c = password.ptr[i];
        if (c >= '0' && c <= '9')
            counts.numbers++;
        else if (c >= 'A' && c <= 'Z')
            counts.upper++;
        else if (c >= 'a' && c <= 'z')
            counts.lower++;
        else if (c != '\0' && strchr("!@#$%^&*()_+-=[]{}|'", c))
            counts.symbols++;
    }
    return counts;
}

static int find(struct call *call, const struct db_row **ret)
{
    return db_one(call->tx, ret,
            "select min_length, symbols, numbers, upper, lower, may_change, max_age, reuse,"
            " hard_expiry from iam_password_policy"
            " where account = $1",
            call->account);
}

static int violates(struct call *call, const char *what)
{
    return call_fail(call, &iam_PasswordPolicyViolationException,
            "Password should have at least one %s", what);
}

/* Characters, not bytes, of UTF-8. */
static int64_t length_of(str text)
{
    int64_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return n;
}

int password_check(struct call *call, str password)
{
    struct counts has = count(password);
    const struct db_row *row;
    int kinds = (has.symbols > 0) + (has.numbers > 0) + (has.upper > 0) + (has.lower > 0);
    int r = find(call, &row);
    int64_t least = r == 1 ? row_int(row, 0) : DEFAULT_LENGTH;

    if (r < 0)
        return r;
    if (length_of(password) < least)
        return call_fail(call, &iam_PasswordPolicyViolationException,
                "Password should have a minimum length of %lld", (long long)least);
    if (r == 0)
        return kinds >= DEFAULT_KINDS
                       ? 0
                       : call_fail(call, &iam_PasswordPolicyViolationException,
                                 "Password should have at least three of: uppercase letters, "
                                 "lowercase letters, numbers, symbols");
    if (row_int(row, 1) && !has.symbols)
        return violates(call, "symbol");
    if (row_int(row, 2) && !has.numbers)
        return violates(call, "number");
    if (row_int(row, 3) && !has.upper)
        return violates(call, "uppercase letter");
    return row_int(row, 4) && !has.lower ? violates(call, "lowercase letter") : 0;
}

int password_rules(struct call *call, struct password_rules *ret)
{
    const struct db_row *row;
    int r = find(call, &row);

    *ret = (struct password_rules){0};
    if (r > 0)
        *ret = (struct password_rules){
                .reuse = row_int(row, 7),
                .max_age = row_int(row, 6) * DAY_MS,
                .is_hard = row_int(row, 8) != 0,
        };
    return r < 0 ? r : 0;
}

/* ---- Who may change it ----------------------------------------------------------------- */

/* AllowUsersToChangePassword speaks for each user as a policy of the user would. */
int password_resource_policy(struct call *call, str arn, str *ret)
{
    const struct db_row *row;
    int r;

    if (call->service != &iam_service || call->principal->kind != PRINCIPAL_USER ||
            !str_eq(call->principal->arn, arn) ||
            !str_eq(entity_action(call), STR("iam:ChangePassword")))
        return 0;
    r = db_one(call->tx, &row,
            "select 1 from iam_password_policy where account = $1 and may_change = 1",
            call->principal->account);
    if (r > 0)
        *ret = str_printf(call->arena,
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                "\"Principal\":{\"AWS\":\"%.*s\"},\"Action\":\"iam:ChangePassword\","
                "\"Resource\":\"%.*s\"}]}",
                STR_ARG(arn), STR_ARG(arn));
    return r;
}

/* ---- Handlers ---------------------------------------------------------------------- */

static bool is_true(struct opt_bool b)
{
    return b.is_set && b.value;
}

int iam_UpdateAccountPasswordPolicy(
        struct call *call, const struct iam_UpdateAccountPasswordPolicyRequest *in, void *out)
{
    int r;

    (void)out;
    r = db_exec(call->tx,
            "insert into iam_password_policy (account, min_length, symbols, numbers, upper, lower,"
            " may_change, max_age, reuse, hard_expiry)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (account) do update set"
            " min_length = excluded.min_length, symbols = excluded.symbols,"
            " numbers = excluded.numbers, upper = excluded.upper, lower = excluded.lower,"
            " may_change = excluded.may_change, max_age = excluded.max_age,"
            " reuse = excluded.reuse, hard_expiry = excluded.hard_expiry",
            call->account,
            in->MinimumPasswordLength.is_set ? in->MinimumPasswordLength.value
                                             : (int64_t)LEAST_LENGTH,
            (int64_t)is_true(in->RequireSymbols), (int64_t)is_true(in->RequireNumbers),
            (int64_t)is_true(in->RequireUppercaseCharacters),
            (int64_t)is_true(in->RequireLowercaseCharacters),
            (int64_t)is_true(in->AllowUsersToChangePassword),
            in->MaxPasswordAge.is_set ? in->MaxPasswordAge.value : 0,
            in->PasswordReusePrevention.is_set ? in->PasswordReusePrevention.value : 0,
            (int64_t)is_true(in->HardExpiry));
    if (r >= 0) /* who may change the own password may have changed */
        r = iam_generation_bump(call->tx, call->account);
    return r < 0 ? r : 0;
}

int iam_GetAccountPasswordPolicy(
        struct call *call, const void *in, struct iam_GetAccountPasswordPolicyResponse *out)
{
    const struct db_row *row;
    int r = find(call, &row);

    (void)in;
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "The Password Policy with domain name %.*s cannot be found.",
                STR_ARG(call->account));
    if (r < 0)
        return r;
    out->PasswordPolicy = arena_new(call->arena, struct iam_PasswordPolicy);
    *out->PasswordPolicy = (struct iam_PasswordPolicy){
            .MinimumPasswordLength = SOME_INT(row_int(row, 0)),
            .RequireSymbols = SOME_BOOL(row_int(row, 1)),
            .RequireNumbers = SOME_BOOL(row_int(row, 2)),
            .RequireUppercaseCharacters = SOME_BOOL(row_int(row, 3)),
            .RequireLowercaseCharacters = SOME_BOOL(row_int(row, 4)),
            .AllowUsersToChangePassword = SOME_BOOL(row_int(row, 5)),
            .ExpirePasswords = SOME_BOOL(row_int(row, 6) > 0),
            .HardExpiry = SOME_BOOL(row_int(row, 8)),
    };
    if (row_int(row, 6) > 0)
        out->PasswordPolicy->MaxPasswordAge = SOME_INT(row_int(row, 6));
    if (row_int(row, 7) > 0)
        out->PasswordPolicy->PasswordReusePrevention = SOME_INT(row_int(row, 7));
    return 0;
}

int iam_DeleteAccountPasswordPolicy(struct call *call, const void *in, void *out)
{
    int r = db_exec(call->tx, "delete from iam_password_policy where account = $1", call->account);

    (void)in;
    (void)out;
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "The account policy with name PasswordPolicy cannot be found.");
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}
