/*
 * One-time codes: what enables a device, sets it right, and proves who one is. A code is taken
 * once; wrong ones are counted (guess.h), which is why all of it is in prepare.
 */
#include "services/iam/guess.h"
#include "services/iam/mfa.h"
#include "services/iam/totp.h"

static int open_seed(struct call *call, const struct mfa_device *device, str *ret)
{
    struct error err;
    int r = seal_unseal(call->server->seal, call->arena,
            mfa_seed_context(call->arena, device->serial), device->seed, ret, &err);

    if (r < 0)
        return error_set(
                &call->tx->error, EIO, "seed of %.*s: %s", STR_ARG(device->serial), err.text);
    return 0;
}

/* ---- Two codes in a row --------------------------------------------------------------- */

struct proof {
    struct call *call;
    str user, serial, first, second;
    bool is_of_user; /* the device is the user's already */
    enum {
        PROOF_WRONG,
        PROOF_RIGHT,
        PROOF_BLOCKED
    } result;
    int64_t step;
};

static int check_unused(
        struct call *call, const struct entity *user, const struct mfa_device *device)
{
    const struct db_row *row;
    int r;

    if (device->entity.ptr)
        return call_fail(call, &iam_EntityAlreadyExistsException, "MFA device is already in use.");
    r = db_one(call->tx, &row, "select count(*) from iam_mfa_device where entity = $1", user->id);
    if (r > 0 && row_int(row, 0) >= MFA_MAX_PER_USER)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for MFADevicesPerUser: %d", MFA_MAX_PER_USER);
    return r < 0 ? r : 0;
}

/* Finds and authorizes; the call fails where there is nothing to show codes for. */
static int open_both(const struct proof *proof, struct entity *user, struct mfa_device *device)
{
    struct call *call = proof->call;
    int r = entity_open(call, "user", proof->user, user);

    if (r < 0)
        return r;
    r = mfa_find(call, proof->serial, device);
    if (r == 0)
        return mfa_no_such(call, proof->serial);
    if (r < 0)
        return r;
    if (!proof->is_of_user)
        return check_unused(call, user, device);
    if (!str_eq(device->entity, user->id))
        return call_fail(call, &iam_NoSuchEntityException, "MFA Device invalid for user.");
    return 0;
}

static int look_at_two(struct tx *tx, void *arg)
{
    struct proof *proof = arg;
    struct call *call = proof->call;
    struct mfa_device device;
    struct entity user;
    str seed;
    int r;

    call->tx = tx;
    proof->result = PROOF_BLOCKED;
    r = open_both(proof, &user, &device);
    if (r < 0 || (r = guess_may(call, user.id, GUESS_MFA)) <= 0)
        return r;
    r = open_seed(call, &device, &seed);
    if (r < 0)
        return r;
    proof->step = totp_find_two(
            seed, proof->first, proof->second, totp_step(call->now), device.last_step);
    mem_wipe((char *)seed.ptr, seed.len);
    proof->result = proof->step ? PROOF_RIGHT : PROOF_WRONG;
    return guess_was(call, user.id, GUESS_MFA, proof->step != 0);
}

static int fail_code(struct call *call)
{
    return call_fail(call, &iam_InvalidAuthenticationCodeException,
            "Authentication code for device is not valid.");
}

static int prepare_two(struct call *call, struct proof proof)
{
    struct proof *kept = arena_new(call->arena, struct proof);
    int r;

    *kept = proof;
    kept->call = call;
    call->prepared = kept;
    r = guess_transaction(call, look_at_two, kept);
    if (r < 0)
        return r;
    if (kept->result == PROOF_BLOCKED)
        return guess_refuse(call);
    return kept->result == PROOF_WRONG ? fail_code(call) : 0;
}

/* The device is the user's, and the codes are used up. */
static int take_two(struct call *call)
{
    const struct proof *proof = call->prepared;
    struct mfa_device device;
    struct entity user;
    int64_t enabled;
    int r = open_both(proof, &user, &device);

    if (r < 0)
        return r;
    enabled = proof->is_of_user ? device.enabled : call->now;
    r = db_exec(call->tx,
            "update iam_mfa_device set entity = $1, enabled = $2, drift = $3, last_step = $4"
            " where serial = $5 and last_step < $4",
            user.id, enabled, totp_drift(proof->step, totp_step(call->now)), proof->step,
            device.serial);
    if (r == 0) /* another call took them */
        return fail_code(call);
    return r < 0 ? r : 0;
}

int iam_EnableMFADevice_prepare(struct call *call, const struct iam_EnableMFADeviceRequest *in)
{
    return prepare_two(call, (struct proof){.user = in->UserName,
                                     .serial = in->SerialNumber,
                                     .first = in->AuthenticationCode1,
                                     .second = in->AuthenticationCode2});
}

int iam_EnableMFADevice(struct call *call, const struct iam_EnableMFADeviceRequest *in, void *out)
{
    (void)in;
    (void)out;
    return take_two(call);
}

int iam_ResyncMFADevice_prepare(struct call *call, const struct iam_ResyncMFADeviceRequest *in)
{
    return prepare_two(call, (struct proof){.user = in->UserName,
                                     .serial = in->SerialNumber,
                                     .first = in->AuthenticationCode1,
                                     .second = in->AuthenticationCode2,
                                     .is_of_user = true});
}

int iam_ResyncMFADevice(struct call *call, const struct iam_ResyncMFADeviceRequest *in, void *out)
{
    (void)in;
    (void)out;
    return take_two(call);
}

int iam_DeactivateMFADevice(
        struct call *call, const struct iam_DeactivateMFADeviceRequest *in, void *out)
{
    struct entity user;
    int r = entity_open_user(call, in->UserName, &user);

    (void)out;
    if (r < 0)
        return r;
    /* last_step stays: what was used is used for whoever has the device next. */
    r = db_exec(call->tx,
            "update iam_mfa_device set entity = null, enabled = null, drift = 0"
            " where serial = $1 and entity = $2",
            in->SerialNumber, user.id);
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException, "MFA Device invalid for user.");
    return r < 0 ? r : 0;
}

/* ---- One code, for a session ----------------------------------------------------------- */

struct showing {
    struct call *call;
    str serial, code;
    enum iam_mfa_result result;
};

/* A code that was taken before is refused, but is no guess. */
static bool was_taken(str seed, str code, const struct mfa_device *device)
{
    char last[TOTP_DIGITS];

    totp_code(seed, device->last_step, last);
    return str_eq_secret((str){last, TOTP_DIGITS}, code);
}

static int take_one(struct showing *showing, const struct mfa_device *device)
{
    struct call *call = showing->call;
    bool is_guess;
    int64_t step;
    str seed;
    int r = open_seed(call, device, &seed);

    if (r < 0)
        return r;
    step = totp_find(seed, showing->code, totp_step(call->now), device->drift, device->last_step);
    is_guess = !step && !was_taken(seed, showing->code, device);
    mem_wipe((char *)seed.ptr, seed.len);
    if (step)
        r = db_exec(call->tx,
                "update iam_mfa_device set last_step = $1 where serial = $2 and last_step < $1",
                step, device->serial);
    if (r < 0)
        return r;
    showing->result = step ? IAM_MFA_RIGHT : IAM_MFA_WRONG;
    return step || is_guess ? guess_was(call, device->entity, GUESS_MFA, step != 0) : 0;
}

static int look_at_one(struct tx *tx, void *arg)
{
    struct showing *showing = arg;
    struct call *call = showing->call;
    struct mfa_device device;
    int r;

    call->tx = tx;
    showing->result = IAM_MFA_NO_DEVICE;
    r = mfa_find(call, showing->serial, &device);
    if (r <= 0 || !str_eq(device.entity, call->principal->user_id))
        return r < 0 ? r : 0;
    showing->result = IAM_MFA_BLOCKED;
    r = guess_may(call, device.entity, GUESS_MFA);
    return r <= 0 ? r : take_one(showing, &device);
}

int iam_mfa_show(struct call *call, str serial, str code, enum iam_mfa_result *ret)
{
    struct showing showing = {.call = call, .serial = serial, .code = code};
    int r = guess_transaction(call, look_at_one, &showing);

    if (r < 0)
        return r;
    *ret = showing.result;
    return 0;
}
