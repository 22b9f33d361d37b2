#include "embedded.h"
#include "services/iam/entity.h"
#include "services/iam/tag_list.h"

const struct service iam_service = {
        .model = &iam_model,
        .handlers = iam_handlers,
        .prepares = iam_prepares,
        .schema = {"iam", schema_iam_sql},
        .resource_tags = tag_list_of_resource,
};
