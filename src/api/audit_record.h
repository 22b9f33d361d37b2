/* audit_record - one call as a CloudTrail record */
#pragma once

#include "api/audit.h"

/* In the call's arena. Sensitive members and blobs are not in it. */
str audit_record_service_json(struct call *call, const struct audit_service_event *event);
str audit_record_json(struct call *call, const void *in, const void *out);
