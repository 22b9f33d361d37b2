/*
 * cloudtrail - looking up the records of management calls (api/audit.h writes them)
 */
#pragma once

#include "api/service.h"

enum {
    CLOUDTRAIL_KEEP_DAYS = 90, /* as AWS's event history */
};

extern const struct service cloudtrail_service;

/* Removes records past CLOUDTRAIL_KEEP_DAYS, and plans its next run. */
extern const struct job_kind cloudtrail_expire_job;
