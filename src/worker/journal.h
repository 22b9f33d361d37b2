/*
 * journal - the log lines and phases of a build, in CodeBuild's form
 *
 *     [Container] 2026/11/23 17:42:00.123000 Entering phase BUILD
 *
 * Phases go one after the other: journal_enter() begins one, journal_leave() ends it
 * and tells the owner.
 */
#pragma once

#include "worker/build.h"

struct journal {
    struct arena *arena;
    const struct build_owner *owner;
    struct build_result *result;
};

PRINTF(2, 3) void journal_line(struct journal *journal, const char *fmt, ...);
void journal_enter(struct journal *journal, enum build_phase_type type);
/* Ends the phase under way. code and message may be absent. */
void journal_leave(struct journal *journal, enum build_status status, str code, str message);
