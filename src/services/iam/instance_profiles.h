/* instance_profiles - what hosts get a role by; private to services/iam */
#pragma once

#include "services/iam/entity.h"

/* The tags column of the profile of that ARN: 1, or 0 not there. */
MUST_CHECK int instance_profile_tags(struct call *call, const struct arn *arn, str text, str *ret);
/* Those that have the role, as GetAccountAuthorizationDetails shows them. */
MUST_CHECK int instance_profiles_of_role(
        struct call *call, const struct entity *role, struct iam_instanceProfileListType *ret);
