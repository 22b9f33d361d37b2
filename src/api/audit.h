/*
 * audit - a record of every management call, in CloudTrail's words
 *
 * A call that changes something writes its record in its own transaction. Reads and
 * refused calls are batched and written within a second. Members that the IDL marks
 * @sensitive are left out. services/cloudtrail reads the table.
 */
#pragma once

#include "api/call.h"

extern const struct db_schema audit_schema;

/* In the call's transaction. `in` and `out` are the C structs; out may be NULL. */
MUST_CHECK int audit_record(struct call *call, const void *in, const void *out);
/* The same of a data event (S3 objects), for those who want it: it is not kept. */
bool audit_is_data_event(const struct call *call);
MUST_CHECK int audit_record_data(struct call *call, const void *in, const void *out);
/* What a service did of itself: a job, of a call_for_job(), in its transaction. */
struct audit_service_event {
    str name;          /* "RotationStarted" */
    str resource;      /* ARN */
    str details;       /* additionalEventData: a JSON object */
    str error_message; /* absent: it went well */
};
MUST_CHECK int audit_record_service_event(
        struct call *call, const struct audit_service_event *event);
/* A read, or a call that failed: into the batch. `out` may be NULL. */
void audit_record_later(struct call *call, const void *in, const void *out);
/* What the record of a call says that is no operation of the API: a git transfer. */
struct audit_detail {
    str request, additional; /* JSON; absent: nothing */
    bool is_read;
};
void audit_describe(struct call *call, const struct audit_detail *detail);
/* Writes the batch now. */
MUST_CHECK int audit_flush(struct server *server, struct error *err);
