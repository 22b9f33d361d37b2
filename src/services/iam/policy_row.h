/* policy_row - customer managed policies for other files; private to services/iam */
#pragma once

#include "services/iam/entity.h"

/* The tags column of a policy of the caller's account, or the call has failed. */
MUST_CHECK int policy_tags(struct call *call, str arn, str *ret);
