#include "gen/sts.h"
#include "services/sts/sts.h"

const struct service sts_service = {
        .model = &sts_model,
        .handlers = sts_handlers,
        .prepares = sts_prepares,
};
