/* tag_list - tags of users, roles, policies and what else has them; private to services/iam */
#pragma once

#include "services/iam/entity.h"

enum {
    TAG_LIST_MAX = 50
};

MUST_CHECK int tag_list_read(struct call *call, str json, struct iam_tagListType *ret);
/* What the column holds: NULL if there are none. */
str tag_list_json(struct call *call, const struct iam_tagListType *tags);
/* Of a request: fails the call with InvalidInput. */
MUST_CHECK int tag_list_check(struct call *call, const struct iam_tagListType *tags);

/* The column after a Tag… operation, an Untag… operation; the call may have failed. */
MUST_CHECK int tag_list_merge(
        struct call *call, str json, const struct iam_tagListType *more, str *ret);
MUST_CHECK int tag_list_without(struct call *call, str json, const struct str_list *keys, str *ret);
/* service.resource_tags */
MUST_CHECK int tag_list_of_resource(struct call *call, str arn, struct resource_tags *ret);
/* What a List…Tags operation answers. */
MUST_CHECK int tag_list_page(struct call *call, str json, str marker, struct opt_int max_items,
        struct iam_tagListType *ret, struct opt_bool *ret_truncated, str *ret_marker);
