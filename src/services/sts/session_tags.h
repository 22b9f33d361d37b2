/* session_tags - the tags that a session begins with. Private to services/sts. */
#pragma once

#include "gen/sts.h"
#include "services/sts/trust.h"

/*
 * The transitive tags that the caller's session has, and those of the request. 0, or the call has
 * failed: a key twice, one of AWS's, or one that would change a transitive tag.
 */
MUST_CHECK int session_tags_make(struct call *call, const struct sts_tagListType *tags,
        const struct str_list *transitive, struct principal_tags *ret);

/* What sts:AssumeRole and sts:TagSession are asked with. The request's own tags are keys of the
 * call already. */
void session_tags_keys(struct call *call, const struct principal_tags *tags,
        const struct str_list *transitive, struct trust_keys *keys);
