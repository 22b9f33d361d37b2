#include "embedded.h"
#include "services/ssm/parameter.h"

const struct service ssm_service = {
        .model = &ssm_model,
        .handlers = ssm_handlers,
        .prepares = ssm_prepares,
        .schema = {"ssm", schema_ssm_sql},
};
