/*
 * audit_copy - copies of what is recorded, for those who deliver it elsewhere
 *
 *     record ---(the same transaction)---> a row for each subscriber that may want it
 *                                            |
 *            subscriber: reads its rows in order, delivers them, and deletes them in the
 *            transaction that says that they were delivered
 *
 * So nothing depends on the order in which transactions commit, and each record is delivered
 * once. A row says where the record is (an event, a chunk); data events (S3 objects) are not
 * kept, so their rows hold them. services/cloudtrail has a subscriber for each trail.
 */
#pragma once

#include "api/audit_chunk.h"

struct audit_subscriber {
    str id;
    str account, region;
    bool is_on; /* off: keeps what it has, gets nothing more */
    bool has_all_regions;
    bool has_global; /* of services that have no region: IAM, also where another region is named */
    bool wants_data;
};

MUST_CHECK int audit_subscriber_put(struct call *call, const struct audit_subscriber *subscriber);
/* And all that it has yet to deliver. */
MUST_CHECK int audit_subscriber_delete(struct tx *tx, str id);

/* The accounts that want data events are known for a second, and looked up again before a call
 * whose transaction asks. */
struct audit_wants;
struct audit_wants *audit_wants_new(void);
void audit_wants_free(struct audit_wants *wants);
MUST_CHECK int audit_wants_load(struct server *server, struct error *err);
bool audit_wants_data(struct server *server, str account);

/* Of a service that has no region of its own: IAM. */
bool audit_is_global(str event_source);
/* Notes a row of audit_event, a data event, a chunk of either (as it was packed). */
MUST_CHECK int audit_copy_event(struct call *call, str account, const struct audit_item *item);
MUST_CHECK int audit_copy_data(struct call *call, str account, const struct audit_item *item);
MUST_CHECK int audit_copy_chunk(struct tx *tx, const struct audit_chunk *chunk, str id, str packed);

struct audit_copy {
    str id;
    int64_t size; /* of the items unpacked */
    str items;    /* packed (zstd), as those of a chunk; absent: a row of audit_event */
    str record;   /* of that row; absent: it has expired */
};
struct audit_copies {
    struct audit_copy *items;
    size_t len;
};
/* The oldest of a region: as many as one delivery should have. */
MUST_CHECK int audit_copies_read(
        struct tx *tx, str subscriber, str region, struct audit_copies *ret);
MUST_CHECK int audit_copies_delete(
        struct tx *tx, str subscriber, str region, const struct audit_copies *copies);
/* The regions that have some, up to `limit`. */
MUST_CHECK int audit_copies_regions(
        struct tx *tx, str subscriber, int64_t limit, struct str_list *ret);
