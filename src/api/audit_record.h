/* audit_record - one call as a CloudTrail record */
#pragma once

#include "api/audit.h"

/*
 * Whose record it is. A call on what another account owns is recorded for both: for the caller
 * in full, for the owner without more of the caller than account and id. Of a call that failed
 * the owner learns only where its own policy was asked (S3).
 */
struct audit_side {
    str account;
    str event_id;
    str shared_id; /* of both records; absent: there is one */
    bool is_owner; /* and the caller a stranger */
};
enum {
    AUDIT_SIDES = 2
};
size_t audit_sides(struct call *call, struct audit_side ret[AUDIT_SIDES]);

/* In the call's arena. Sensitive members and blobs are not in it. */
str audit_record_service_json(struct call *call, const struct audit_service_event *event);
str audit_record_json(
        struct call *call, const struct audit_side *side, const void *in, const void *out);
/* Also of git transfers, which say themselves whether they only read. */
bool audit_is_read(const struct call *call);
