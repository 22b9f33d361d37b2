#include "embedded.h"
#include "services/logs/group.h"

const struct service logs_service = {
        .model = &logs_model,
        .handlers = logs_handlers,
        .prepares = logs_prepares,
        .schema = {"logs", schema_logs_sql},
        .jobs = &group_expire_job,
        .jobs_len = 1,
};
