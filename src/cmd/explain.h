/*
 * explain - in plain words, why a call was denied, and what would allow it
 *
 * Memory    the answer lives in the arena
 */
#pragma once

#include "base/str.h"

/*
 * `record` is CloudTrail's of the call, `trace` that of api/trace.h; absent where no policy
 * denied it. Lines of text. -EINVAL  one of them is not what it should be
 */
MUST_CHECK int explain_event(struct arena *arena, str record, str trace, str *ret);
