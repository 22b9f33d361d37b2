/*
 * trail - the row of a trail, and the way to it (private to services/cloudtrail)
 *
 * A trail lives in its home region. One of all regions is seen from each of them, as its
 * shadow, but changed at home only.
 *
 * What is recorded while a trail is logging is noted for it in the same transaction
 * (api/audit_copy.h); deliver.c brings it to the bucket, forward.c to the log group.
 */
#pragma once

#include "gen/cloudtrail.h"
#include "services/cloudtrail/cloudtrail.h"
#include "services/s3/s3.h"

enum {
    TRAIL_MAX = 5, /* with a home in one region */
    TRAIL_MIN_NAME = 3,
    TRAIL_MAX_NAME = 128,
    TRAIL_MAX_PREFIX = 200,
    TRAIL_MAX_TAGS = 50,
    TRAIL_KEEP_DAYS = 30, /* as AWS: what was refused for so long is given up */
};

struct trail {
    str id;
    str account, region, name;
    str arn;
    str bucket;
    str prefix;    /* absent: none */
    str kms_key;   /* ARN; absent: as the bucket says */
    str log_group; /* ARN; absent: to no log group */
    str log_role;  /* ARN of the role that may write to it */
    bool has_global, is_multi_region;
    bool has_validation; /* digest files (chain.h) */
    str selectors;       /* JSON (selectors.h); absent: all management events */
    bool is_logging;
    int64_t started, stopped; /* ms; 0: never */
};

/* Which trail a request means: its name, or its ARN. */
struct trail_name {
    str region, name, arn;
};

/* Fails the call: InvalidTrailNameException, CloudTrailARNInvalidException. */
MUST_CHECK int trail_name_check(struct call *call, str name);
MUST_CHECK int trail_name_parse(struct call *call, str text, struct trail_name *ret);
str trail_arn(struct call *call, str region, str name);

/* 1 the trail, 0 none that is seen from the call's region. */
MUST_CHECK int trail_find(struct call *call, const struct trail_name *name, struct trail *ret);
MUST_CHECK int trail_by_id(struct tx *tx, str id, struct trail *ret);
/*
 * The trail of a request, once the caller may do the call's operation on it. Fails the call
 * with TrailNotFoundException; to change it, also away from its home.
 */
MUST_CHECK int trail_open(struct call *call, str text, struct trail *ret);
MUST_CHECK int trail_open_home(struct call *call, str text, struct trail *ret);

/* Those of an account, by name, that are seen from a region (absent: all). */
struct trails {
    struct trail *items;
    size_t len;
};
MUST_CHECK int trail_list(struct call *call, str region, struct trails *ret);

MUST_CHECK int trail_insert(struct call *call, struct trail *trail);
MUST_CHECK int trail_update(struct call *call, const struct trail *trail);
/* And all that it has yet to deliver. */
MUST_CHECK int trail_delete(struct call *call, const struct trail *trail);

/* ---- check.c: what a trail is to deliver to, before it is written -------------------------- */

/* The condition keys of its deliveries. */
void trail_keys(const struct trail *trail, struct s3_keys *ret);
/* Acts as cloudtrail.amazonaws.com for the trail: with the condition keys of its deliveries. */
struct call *trail_call_as_service(struct call *call, const struct trail *trail,
        const struct service *service, const char *operation);
const struct principal *trail_principal(struct arena *arena, str account);
/* Fails the call in CloudTrail's words. trail->kms_key becomes the key's ARN. */
MUST_CHECK int trail_check(struct call *call, struct trail *trail);
/* Where the trail's files of a region are: "prefix/AWSLogs/123456789012/CloudTrail/eu-west-1/" */
str trail_folder(struct arena *arena, const struct trail *trail, const char *kind, str region);

/* ---- tags.c -------------------------------------------------------------------------------- */

MUST_CHECK int trail_put_tags(
        struct call *call, const struct trail *trail, const struct cloudtrail_TagsList *tags);
/* service.resource_tags */
MUST_CHECK int trail_resource_tags(struct call *call, str arn, struct resource_tags *ret);
