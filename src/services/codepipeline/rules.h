/*
 * rules - what an execution does next, decided without any I/O (private to services/codepipeline)
 *
 * Source: CodePipeline User Guide, "How pipeline executions work".
 */
#pragma once

#include "base/str.h"

/* A live execution, newest first in its array. */
struct rule_execution {
    str stage;
    bool is_waiting;
    bool is_stopping;
};

enum entry {
    ENTRY_WAIT, /* the stage is taken, or its transition is disabled */
    ENTRY_ENTER,
    ENTRY_SUPERSEDED, /* a newer one waits before the same stage */
    ENTRY_STOPPED,
};

/* What the waiting execution `i` does. */
enum entry rule_entry(const struct rule_execution *all, size_t len, size_t i, bool is_disabled);

enum try_state {
    TRY_NONE, /* not tried in this execution, or to be tried again */
    TRY_IN_PROGRESS,
    TRY_SUCCEEDED,
    TRY_FAILED, /* or abandoned */
};

struct rule_action {
    int64_t run_order;
    enum try_state state;
};

enum step {
    STEP_WAIT,    /* actions are in progress */
    STEP_START,   /* those of *ret_order that were not tried */
    STEP_SUCCEED, /* the stage is done */
    STEP_FAIL,
    STEP_STOP,
};

/* What the stage of an execution does next. */
enum step rule_step(
        const struct rule_action *actions, size_t len, bool is_stopping, int64_t *ret_order);
