#include "services/sts/session_answer.h"

struct sts_Credentials *session_credentials(
        struct call *call, struct principal *session, int64_t seconds)
{
    struct sts_Credentials *answer = arena_new(call->arena, struct sts_Credentials);
    struct sts_credentials made;

    sts_session_credentials(call, session, seconds, &made);
    *answer = (struct sts_Credentials){
            .AccessKeyId = made.access_key,
            .SecretAccessKey = made.secret,
            .SessionToken = made.token,
            .Expiration = SOME_TIME(made.expires / 1000 * 1000),
    };
    return answer;
}

struct sts_AssumedRoleUser *session_role_user(struct call *call, const struct principal *session)
{
    struct sts_AssumedRoleUser *answer = arena_new(call->arena, struct sts_AssumedRoleUser);

    answer->AssumedRoleId = session->user_id;
    answer->Arn = session->arn;
    return answer;
}
