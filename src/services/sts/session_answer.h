/* session_answer - the members that answers with a new session have. Private to services/sts. */
#pragma once

#include "gen/sts.h"
#include "services/sts/sts.h"

/* New credentials: `session` gets its key, its beginning and its end. */
struct sts_Credentials *session_credentials(
        struct call *call, struct principal *session, int64_t seconds);
struct sts_AssumedRoleUser *session_role_user(struct call *call, const struct principal *session);
