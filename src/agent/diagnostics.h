/*
 * diagnostics - how a command ended, as the agent reports it
 *
 * {"error_code": 4, "script_name": "scripts/start.sh", "message": "…", "log": "…"}
 * `log` is the tail of what the scripts printed, at most DIAGNOSTICS_LOG_MAX bytes.
 */
#pragma once

#include "base/buf.h"

enum {
    DIAGNOSTICS_LOG_MAX = 2048
};

enum diagnostics_code {
    DIAGNOSTICS_SUCCESS = 0,
    DIAGNOSTICS_SCRIPT_MISSING = 1,
    DIAGNOSTICS_SCRIPT_NOT_EXECUTABLE = 2,
    DIAGNOSTICS_SCRIPT_TIMED_OUT = 3,
    DIAGNOSTICS_SCRIPT_FAILED = 4,
    DIAGNOSTICS_UNKNOWN = 5,
    DIAGNOSTICS_OUTPUT_HELD = 6, /* the script ended, but a process of its still holds its output */
    DIAGNOSTICS_RESTARTED = 7,
};

struct diagnostics {
    enum diagnostics_code code;
    str script; /* absent: none */
    str message;
    str log;
};

str diagnostics_print(struct arena *arena, const struct diagnostics *diagnostics);
