#include "embedded.h"
#include "services/s3/account.h"
#include "services/s3/bucket.h"

const struct service s3_service = {
        .model = &s3_model,
        .delete_account = s3_delete_account,
        .handlers = s3_handlers,
        .prepares = s3_prepares,
        .schema = {"s3", schema_s3_sql},
        .resource_policy = bucket_policy,
        .has_data_events = true,
        .resource_tags = bucket_resource_tags,
};
