/*
 * journal - the log lines and phases of a build, in CodeBuild's form
 *
 *     [Container] 2026/11/23 17:42:00.123000 Entering phase BUILD
 *
 * Phases go one after the other: journal_enter() begins one, journal_leave() ends it
 * and tells the owner.
 *
 * Everything that the owner is given to read comes through here, and the build's secrets do not:
 * once journal_hide() has named them, they are masked (mask.h) in the log, in messages, and in
 * what journal_text() is asked about.
 */
#pragma once

#include "worker/build.h"
#include "worker/mask.h"

struct journal {
    struct arena *arena;
    const struct build_owner *owner;
    struct build_result *result;
    struct mask *mask;          /* NULL: there is nothing to hide */
    struct mask_stream *stream; /* of the log */
};

/* Once, before anything that has them is written. */
MUST_CHECK int journal_hide(struct journal *journal, struct str_list values, struct error *err);
void journal_close(struct journal *journal); /* with what was held back; the mask is gone */
void journal_bytes(struct journal *journal, str bytes); /* into the log */
/* The text without secrets; itself where it has none. In the journal's arena. */
str journal_text(const struct journal *journal, str text);

PRINTF(2, 3) void journal_line(struct journal *journal, const char *fmt, ...);
void journal_enter(struct journal *journal, enum build_phase_type type);
/* Ends the phase under way. code and message may be absent. */
void journal_leave(struct journal *journal, enum build_status status, str code, str message);
