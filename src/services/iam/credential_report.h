/* credential_report - the job that makes it; private to services/iam */
#pragma once

#include "store/queue.h"

extern const struct job_kind credential_report_job;
