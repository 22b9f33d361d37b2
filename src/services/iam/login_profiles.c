/*
 * Passwords of users. Deriving a verifier is slow on purpose, so that of a new password
 * is made in prepare, before the transaction.
 */
#include "services/iam/guess.h"
#include "services/iam/password.h"

/* A password that is being set: its verifier, and those that it may not be. */
struct setting {
    struct call *call;
    str user; /* its name */
    str verifier;
    struct str_list old;
};

/* The profile, or the call has failed. */
static int open_profile(struct call *call, const struct entity *user, const struct db_row **ret)
{
    int r = db_one(call->tx, ret,
            "select created, reset_required, verifier, changed from iam_login_profile"
            " where entity = $1",
            user->id);

    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "Login Profile for User %.*s cannot be found.", STR_ARG(user->name));
    return r < 0 ? r : 0;
}

static int set_password(
        struct call *call, const struct entity *user, str verifier, bool is_reset_required)
{
    int r = db_exec(call->tx,
            "update iam_login_profile set verifier = $1, reset_required = $2, changed = $3"
            " where entity = $4",
            db_blob(verifier), (int64_t)is_reset_required, call->now, user->id);

    return r < 0 ? r : password_history_add(call, user->id, verifier);
}

static struct iam_LoginProfile *profile_new(
        struct call *call, const struct entity *user, int64_t created, bool is_reset_required)
{
    struct iam_LoginProfile *profile = arena_new(call->arena, struct iam_LoginProfile);

    profile->UserName = user->name;
    profile->CreateDate = SOME_TIME(created);
    profile->PasswordResetRequired = SOME_BOOL(is_reset_required);
    return profile;
}

int iam_CreateLoginProfile_prepare(
        struct call *call, const struct iam_CreateLoginProfileRequest *in)
{
    struct setting *setting = arena_new(call->arena, struct setting);

    call->prepared = setting;
    return in->Password.ptr ? password_verifier(call->arena, in->Password, &setting->verifier) : 0;
}

int iam_CreateLoginProfile(struct call *call, const struct iam_CreateLoginProfileRequest *in,
        struct iam_CreateLoginProfileResponse *out)
{
    bool is_reset_required = in->PasswordResetRequired.is_set && in->PasswordResetRequired.value;
    const struct setting *setting = call->prepared;
    struct entity user;
    int r = entity_open_user(call, in->UserName, &user);

    if (r < 0)
        return r;
    if (!str_eq(user.kind, STR("user")) || !in->Password.ptr)
        return call_fail(
                call, &error_Validation, "A login profile is of a user, and needs a password.");
    r = password_check(call, in->Password);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into iam_login_profile (entity, account, verifier, reset_required, created,"
            " changed) values ($1, $2, $3, $4, $5, $5) on conflict do nothing",
            user.id, call->account, db_blob(setting->verifier), (int64_t)is_reset_required,
            call->now);
    if (r == 0)
        return call_fail(call, &iam_EntityAlreadyExistsException,
                "Login Profile for user %.*s already exists.", STR_ARG(user.name));
    out->LoginProfile = profile_new(call, &user, call->now, is_reset_required);
    return r < 0 ? r : password_history_add(call, user.id, setting->verifier);
}

int iam_GetLoginProfile(struct call *call, const struct iam_GetLoginProfileRequest *in,
        struct iam_GetLoginProfileResponse *out)
{
    const struct db_row *row;
    struct entity user;
    int r = entity_open_user(call, in->UserName, &user);

    if (r == 0)
        r = open_profile(call, &user, &row);
    if (r < 0)
        return r;
    out->LoginProfile = profile_new(call, &user, row_int(row, 0), row_int(row, 1) != 0);
    return 0;
}

static int begin_update(struct tx *tx, void *arg)
{
    struct setting *setting = arg;
    struct entity user;
    int r;

    setting->call->tx = tx;
    r = entity_open(setting->call, "user", setting->user, &user);
    return r < 0 ? r : password_history_read(setting->call, user.id, &setting->old);
}

int iam_UpdateLoginProfile_prepare(
        struct call *call, const struct iam_UpdateLoginProfileRequest *in)
{
    struct setting *setting = arena_new(call->arena, struct setting);
    int r;

    setting->call = call;
    setting->user = in->UserName;
    call->prepared = setting;
    if (!in->Password.ptr)
        return 0;
    r = guess_transaction(call, begin_update, setting);
    if (r == 0)
        r = password_history_check(call, &setting->old, in->Password);
    return r < 0 ? r : password_verifier(call->arena, in->Password, &setting->verifier);
}

int iam_UpdateLoginProfile(
        struct call *call, const struct iam_UpdateLoginProfileRequest *in, void *out)
{
    const struct setting *setting = call->prepared;
    const struct db_row *row;
    struct entity user;
    int r = entity_open(call, "user", in->UserName, &user);
    bool is_reset_required;

    (void)out;
    if (r == 0)
        r = open_profile(call, &user, &row);
    if (r == 0 && in->Password.ptr)
        r = password_check(call, in->Password);
    if (r < 0)
        return r;
    is_reset_required = in->PasswordResetRequired.is_set ? in->PasswordResetRequired.value
                                                         : row_int(row, 1) != 0;
    if (in->Password.ptr)
        return set_password(call, &user, setting->verifier, is_reset_required);
    r = db_exec(call->tx, "update iam_login_profile set reset_required = $1 where entity = $2",
            (int64_t)is_reset_required, user.id);
    return r < 0 ? r : 0;
}

int iam_DeleteLoginProfile(
        struct call *call, const struct iam_DeleteLoginProfileRequest *in, void *out)
{
    const struct db_row *row;
    struct entity user;
    int r = entity_open_user(call, in->UserName, &user);

    (void)out;
    if (r == 0)
        r = open_profile(call, &user, &row);
    if (r < 0)
        return r;
    r = db_exec(call->tx, "delete from iam_login_profile where entity = $1", user.id);
    return r < 0 ? r : 0;
}

/* ---- With the old password -------------------------------------------------------------- */

struct change {
    struct call *call;
    str user;          /* id */
    str old, verifier; /* verifiers: the one that the old password was held against, the new one */
    struct str_list history; /* those that the new one may not be */
    bool may;
};

/* With a hard expiry only an administrator sets a password that is too old. */
static int check_age(struct call *call, int64_t changed)
{
    struct password_rules rules;
    int r = password_rules(call, &rules);

    if (r < 0 || !rules.is_hard || !rules.max_age || call->now < changed + rules.max_age)
        return r;
    return call_fail(call, &error_AccessDenied,
            "The password has expired. Contact an administrator, who can set a new one.");
}

/* What to hold the old password against. It counts as a wrong one until it has shown right, so that
 * many at once are no way around the limit. */
static int begin_change(struct tx *tx, void *arg)
{
    struct change *change = arg;
    struct call *call = change->call;
    const struct db_row *row;
    struct entity user;
    int r;

    call->tx = tx;
    r = entity_open(call, "user", call->principal->name, &user);
    if (r == 0)
        r = open_profile(call, &user, &row);
    if (r < 0)
        return r;
    change->user = user.id;
    change->old = row_text(row, 2);
    r = check_age(call, row_int(row, 3));
    if (r == 0)
        r = password_history_read(call, user.id, &change->history);
    if (r < 0)
        return r;
    r = guess_may(call, user.id, GUESS_PASSWORD);
    change->may = r == 1;
    return r == 1 ? guess_was(call, user.id, GUESS_PASSWORD, false) : r;
}

static int was_right(struct tx *tx, void *arg)
{
    struct change *change = arg;

    change->call->tx = tx;
    return guess_was(change->call, change->user, GUESS_PASSWORD, true);
}

static int fail_old(struct call *call)
{
    return call_fail(call, &error_AccessDenied, "The old password was incorrect.");
}

int iam_ChangePassword_prepare(struct call *call, const struct iam_ChangePasswordRequest *in)
{
    struct change *change = arena_new(call->arena, struct change);
    int r;

    if (call->principal->kind != PRINCIPAL_USER)
        return call_fail(call, &iam_InvalidUserTypeException,
                "Only IAM Users can change their own password.");
    change->call = call;
    call->prepared = change;
    r = guess_transaction(call, begin_change, change);
    if (r < 0)
        return r;
    if (!change->may)
        return guess_refuse(call);
    r = password_verify(change->old, in->OldPassword);
    if (r == 0)
        return fail_old(call);
    if (r > 0)
        r = guess_transaction(call, was_right, change);
    if (r >= 0)
        r = password_history_check(call, &change->history, in->NewPassword);
    return r < 0 ? r : password_verifier(call->arena, in->NewPassword, &change->verifier);
}

int iam_ChangePassword(struct call *call, const struct iam_ChangePasswordRequest *in, void *out)
{
    const struct change *change = call->prepared;
    struct entity user;
    int r = entity_open(call, "user", call->principal->name, &user);

    (void)out;
    if (r == 0)
        r = password_check(call, in->NewPassword);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update iam_login_profile set verifier = $1, reset_required = 0, changed = $2"
            " where entity = $3 and verifier = $4",
            db_blob(change->verifier), call->now, user.id, db_blob(change->old));
    if (r == 0) /* another call changed it */
        return fail_old(call);
    return r < 0 ? r : password_history_add(call, user.id, change->verifier);
}
