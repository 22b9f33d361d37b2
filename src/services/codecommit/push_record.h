/* push_record - what the audit says of git transfers (private to codecommit/) */
#pragma once

#include "services/codecommit/internal.h"

/* Before audit_record(): git has read, refs only or (has_data) objects. */
void push_describe(struct call *call, const struct repository *repository, bool has_data);
/* The changes of a push: those that were made, or all of them. */
void push_describe_changes(struct call *call, const struct repository *repository,
        const struct git_changes *changes, bool are_made);
