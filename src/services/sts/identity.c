#include "api/trace.h"
#include "gen/sts.h"
#include "services/iam/iam.h"
#include "services/sts/sts.h"

int sts_GetCallerIdentity(struct call *call, const struct sts_GetCallerIdentityRequest *in,
        struct sts_GetCallerIdentityResponse *out)
{
    (void)in;
    out->UserId = call->principal->user_id;
    out->Account = call->principal->account;
    out->Arn = call->principal->arn;
    return 0;
}

/* Of any account: who finds a key somewhere may ask whose it is. */
int sts_GetAccessKeyInfo(struct call *call, const struct sts_GetAccessKeyInfoRequest *in,
        struct sts_GetAccessKeyInfoResponse *out)
{
    int r = sts_session_key_account(call->arena, in->AccessKeyId, &out->Account);

    /* an id that nobody was given may say any number */
    r = r == 0 ? iam_account_exists(call->tx, out->Account)
               : iam_access_key_account(call->tx, in->AccessKeyId, &out->Account);
    if (r == 0)
        return call_fail(call, &error_Validation, "Access key ID %.*s is not known.",
                STR_ARG(in->AccessKeyId));
    return r < 0 ? r : 0;
}

int sts_DecodeAuthorizationMessage(struct call *call,
        const struct sts_DecodeAuthorizationMessageRequest *in,
        struct sts_DecodeAuthorizationMessageResponse *out)
{
    if (trace_decode(call, in->EncodedMessage, &out->DecodedMessage) < 0)
        return call_fail(call, &sts_InvalidAuthorizationMessageException,
                "The authorization message is invalid.");
    return 0;
}
