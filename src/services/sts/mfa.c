#include "services/sts/mfa.h"

#include "services/iam/iam.h"

static int refuse(struct call *call, enum iam_mfa_result result)
{
    switch (result) {
    case IAM_MFA_BLOCKED:
        return call_fail(call, &error_Throttling, "Rate exceeded");
    case IAM_MFA_NO_DEVICE:
        return call_fail(call, &error_AccessDenied,
                "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify "
                "your "
                "MFA serial number is valid and associated with this user.");
    default: /* the blank at the end is AWS's, and scripts compare it */
        return call_fail(call, &error_AccessDenied,
                "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
    }
}

int session_mfa(struct call *call, str serial, str code)
{
    int64_t *time = arena_new(call->arena, int64_t);
    enum iam_mfa_result result;
    int r;

    call->prepared = time;
    if (!serial.ptr && !code.ptr)
        return 0;
    if (!serial.ptr || !code.ptr)
        return call_fail(call, &error_AccessDenied,
                "MultiFactorAuthentication failed, must provide both MFA serial number and one "
                "time "
                "pass code.");
    r = iam_mfa_show(call, serial, code, &result);
    if (r < 0)
        return r;
    if (result != IAM_MFA_RIGHT)
        return refuse(call, result);
    *time = call->now;
    return 0;
}
