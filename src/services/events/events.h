/*
 * events - what happened, told to the services that follow from it
 *
 * An event has EventBridge's shape. events_emit() writes it as a durable job in the
 * transaction of the change; the job hands it to every service whose `struct service`
 * has an `on_event`, in one transaction of its own. So a change and its event are one,
 * and what follows from it happens once.
 *
 * Source of the shape: EventBridge User Guide, "AWS service event metadata".
 */
#pragma once

#include "api/service.h"

extern const struct service events_service;

enum {
    EVENT_MAX_BYTES = 262144
};

struct event {
    str id;
    str source;      /* "aws.codecommit" */
    str detail_type; /* "CodeCommit Repository State Change" */
    str account;
    str region;
    int64_t time;              /* ms */
    struct str_list resources; /* ARNs */
    str detail;                /* JSON object */
};

/*
 * In the call's transaction; account, region and time are the call's. An event that no
 * service wants (`wants_event`) is not written.
 */
MUST_CHECK int events_emit(
        struct call *call, str source, str detail_type, struct str_list resources, str detail);
/* A member of the detail that is a string; absent otherwise. In the arena. */
str event_detail_str(struct arena *arena, const struct event *event, const char *name);
