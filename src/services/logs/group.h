/*
 * group - finding groups and streams (private to services/logs)
 */
#pragma once

#include "gen/logs.h"
#include "services/logs/logs.h"

struct group {
    str id;
    str name;
    int64_t retention_days; /* 0: for ever */
};

struct stream {
    str id;
    str name;
    int64_t next_seq;
};

/* The group's name from either of the two members that requests have; an ARN is taken apart. Fails
 * the call. */
MUST_CHECK int group_name(struct call *call, str name, str identifier, str *ret);
/* Fail the call with ResourceNotFoundException. */
MUST_CHECK int group_find(struct call *call, str name, struct group *ret);
MUST_CHECK int stream_find(
        struct call *call, const struct group *group, str name, struct stream *ret);
str group_arn(struct call *call, str name); /* without ":*" */
/* Nothing is ever masked, but who asks for what would be must be allowed to. Fails the call. */
MUST_CHECK int group_may_unmask(struct call *call, str name, struct opt_bool unmask);
/* Deletes chunks that are past the group's retention, and plans the next time. */
extern const struct job_kind group_expire_job;
