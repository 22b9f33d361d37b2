#include "gen/sts.h"

int sts_GetCallerIdentity(struct call *call, const struct sts_GetCallerIdentityRequest *in,
        struct sts_GetCallerIdentityResponse *out)
{
    (void)in;
    out->UserId = call->principal->user_id;
    out->Account = call->principal->account;
    out->Arn = call->principal->arn;
    return 0;
}
