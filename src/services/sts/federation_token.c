/* GetFederationToken: a session of someone whom a user vouches for. */
#include "services/sts/session_answer.h"
#include "services/sts/session_policy.h"
#include "services/sts/session_tags.h"

enum {
    DEFAULT_SECONDS = 43200,
    ROOT_SECONDS = 3600, /* at most */
};

static struct principal make_principal(
        struct call *call, const struct sts_GetFederationTokenRequest *in)
{
    const struct principal *issuer = call->principal;
    struct arena *arena = call->arena;

    return (struct principal){
            .kind = PRINCIPAL_FEDERATED,
            .account = issuer->account,
            .arn = str_printf(arena, "arn:aws:sts::%.*s:federated-user/%.*s",
                    STR_ARG(issuer->account), STR_ARG(in->Name)),
            .user_id = str_printf(arena, "%.*s:%.*s", STR_ARG(issuer->account), STR_ARG(in->Name)),
            .name = in->Name,
            .issuer_arn = issuer->arn,
            .issuer_id = issuer->user_id,
    };
}

static int limit(struct call *call, const struct sts_GetFederationTokenRequest *in,
        struct principal *session, struct opt_int *ret_percent)
{
    const struct str_list transitive = {0};
    int r = session_tags_make(call, &in->Tags, &transitive, &session->tags);

    if (r == 0 && session->tags.len > 0)
        r = authorize(call, STR("sts:TagSession"), session->arn);
    if (r == 0)
        r = session_policy_make(
                call, session->account, in->Policy, &in->PolicyArns, &session->session_policy);
    return r == 0 ? session_pack(call, session, ret_percent) : r;
}

int sts_GetFederationToken(struct call *call, const struct sts_GetFederationTokenRequest *in,
        struct sts_GetFederationTokenResponse *out)
{
    int64_t seconds = in->DurationSeconds.is_set ? in->DurationSeconds.value : DEFAULT_SECONDS;
    struct principal session = make_principal(call, in);
    int r = limit(call, in, &session, &out->PackedPolicySize);

    if (r < 0)
        return r;
    if (call->principal->kind == PRINCIPAL_ROOT && seconds > ROOT_SECONDS)
        seconds = ROOT_SECONDS;
    out->Credentials = session_credentials(call, &session, seconds);
    out->FederatedUser = arena_new(call->arena, struct sts_FederatedUser);
    out->FederatedUser->FederatedUserId = session.user_id;
    out->FederatedUser->Arn = session.arn;
    return 0;
}
