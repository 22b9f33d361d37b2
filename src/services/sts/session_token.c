/* GetSessionToken: a session of the user itself, which may show that a device was at hand. */
#include "services/sts/mfa.h"
#include "services/sts/session_answer.h"

enum {
    DEFAULT_SECONDS = 43200,
    ROOT_SECONDS = 3600, /* at most */
};

int sts_GetSessionToken_prepare(struct call *call, const struct sts_GetSessionTokenRequest *in)
{
    return session_mfa(call, in->SerialNumber, in->TokenCode);
}

int sts_GetSessionToken(struct call *call, const struct sts_GetSessionTokenRequest *in,
        struct sts_GetSessionTokenResponse *out)
{
    int64_t seconds = in->DurationSeconds.is_set ? in->DurationSeconds.value : DEFAULT_SECONDS;
    struct principal session = *call->principal;

    if (session.kind != PRINCIPAL_USER && session.kind != PRINCIPAL_ROOT)
        return call_fail(call, &error_AccessDenied, "Only users have sessions of their own.");
    if (session.kind == PRINCIPAL_ROOT && seconds > ROOT_SECONDS)
        seconds = ROOT_SECONDS;
    session.mfa_time = *(const int64_t *)call->prepared;
    out->Credentials = session_credentials(call, &session, seconds);
    return 0;
}
