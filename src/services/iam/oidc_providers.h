/* oidc_providers - rows of identity providers; private to services/iam */
#pragma once

#include "services/iam/entity.h"

/* What the columns `clients` and `thumbprints` hold: a JSON list of texts. */
str oidc_list_json(struct call *call, const struct str_list *list);
MUST_CHECK int oidc_list_read(struct arena *arena, str json, struct str_list *ret);

/* The column `tags` of the provider with that ARN: 1, or 0 not there. */
MUST_CHECK int oidc_tags(struct call *call, str arn, str *ret);
