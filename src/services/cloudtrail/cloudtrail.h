/*
 * cloudtrail - looking up the records of management calls (api/audit.h writes them)
 */
#pragma once

#include "api/service.h"

enum {
    CLOUDTRAIL_KEEP_DAYS = 90, /* as AWS's event history */
};

extern const struct service cloudtrail_service;

/* The job "cloudtrail.expire": removes records past CLOUDTRAIL_KEEP_DAYS, plans its next run. */
MUST_CHECK int cloudtrail_expire(struct job *job, struct tx *tx);
