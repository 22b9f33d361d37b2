/*
 * copy - the source of CopyObject and UploadPartCopy (private to services/s3)
 */
#pragma once

#include "services/s3/object.h"

struct copy_source {
    struct bucket bucket;
    struct object object;
};

/*
 * Finds what x-amz-copy-source names, "bucket/key?versionId=…" as in URLs, checks that the
 * caller may read it and that the conditions hold. Fails the call. call->account is then the
 * source's.
 */
MUST_CHECK int copy_source_find(struct call *call, str text, str expected_owner,
        const struct conditions *conditions, struct copy_source *ret);
